"""A kept design is found again on the next visit, also once something else was edited."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.test_pages import opened
from ui import designs
from ui.session import STATE, Session

pytestmark = pytest.mark.usefixtures("own_library")


def with_a_design() -> Session:
    session: Session = opened("overview.py").session_state[STATE]
    designs.keep(session, "Half the cap", session.scenario)
    return session


def named(app: AppTest, words: str) -> list[str]:
    return [button.label for button in app.button if re.search(words, button.label)]


def press(app: AppTest, words: str) -> AppTest:
    next(button for button in app.button if re.search(words, button.label)).click().run()
    assert not app.exception
    return app


def test_the_last_draft_is_offered_with_what_is_kept_in_it() -> None:
    with_a_design()
    (label,) = named(opened("overview.py"), "^Go on with")
    assert label == "Go on with Lambeth Living Well (illustrative), the last draft here, 1 kept design"


def test_a_draft_that_was_only_looked_at_is_not_offered() -> None:
    opened("overview.py")
    assert not named(opened("overview.py"), "^Go on with")


def test_the_menu_has_earlier_drafts_after_an_edit_too_and_both_ways() -> None:
    kept = with_a_design()
    app = opened("overview.py")
    next(s for s in app.slider if s.label.startswith("Corridor for savings")).set_value(1.0).run()
    app.session_state["files"] = True
    app.run()
    assert not named(app, "^Go on with")
    new = app.session_state[STATE].draft
    said = r"^Lambeth Living Well \(illustrative\), changed at \d\d:\d\d today, 1 kept design$"
    press(app, said)
    assert app.session_state[STATE].draft == kept.draft and list(app.session_state[STATE].designs) == ["Half the cap"]
    press(app.run(), r"^Lambeth Living Well \(illustrative\), changed at \d\d:\d\d today$")
    assert app.session_state[STATE].draft == new


def test_compare_designs_leads_to_what_is_kept_elsewhere_where_nothing_is_kept_here() -> None:
    kept = with_a_design()
    app = opened("compare.py")
    press(app, "^Go on with Lambeth .* 1 kept design$")
    assert app.session_state[STATE].draft == kept.draft
    assert named(app.run(), "^Go on with Lambeth") == []
