"""The ways from figures and words to how they are computed and what they mean."""

import pytest

from data import documents
from tests.pages.test_pages import opened


def test_the_method_begins_with_links_to_its_sections_and_first_to_what_is_not_in_the_range() -> None:
    app = opened("method.py")
    contents = app.tabs[0].markdown[0].value
    anchors = [heading.proto.anchor for heading in app.tabs[0].subheader]
    assert len(set(anchors)) == len(documents.sections("method")) - 1
    assert all(f"](#{anchor})" in contents for anchor in anchors)
    assert contents.index("What is not in the range") < contents.index("A year's target cost")


@pytest.mark.parametrize("page", ["acceptance.py", "appetite.py", "joining.py"])
@pytest.mark.parametrize(("label", "text"), [("Method", "Read first"), ("Glossary", "| word | meaning |")])
def test_pages_of_decisions_lead_to_the_method_and_the_glossary(page: str, label: str, text: str) -> None:
    app = opened(page)
    next(
        button for button in app.button if button.label.endswith(f": {label}") or button.label.endswith(f"? {label}")
    ).click()
    app.run()
    assert not app.exception
    assert any(text in one.value for one in app.main.markdown)


def test_a_word_that_leads_to_another_is_told_in_full() -> None:
    app = opened("walk.py")
    app.session_state["words"] = True
    app.run()
    next(box for box in app.selectbox if box.label == "Word").select("caps").run()
    assert any("**cap**: the most that can be gained or lost" in one.value for one in app.markdown)
