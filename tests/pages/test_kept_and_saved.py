"""A design that is kept in the draft and then saved in the library: its name, and what papers hold it against."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data import library, presets
from tests.pages.test_library import press, session_of, write
from tests.pages.test_pages import opened
from tests.people import ADA
from ui.held_against import NONE
from ui.range_words import unformatted

FIRST = presets.preset(presets.FIRST)
A, B = "Option A", "Option B"
TOO = "Keep the starting design too"

pytestmark = pytest.mark.usefixtures("own_library")


def halved(app: AppTest) -> None:
    """Half of every share of overspends."""
    session = session_of(app)
    share: dict[str, Any] = session.document["risk_share"]
    bands = [{**band, "share": band["share"] / 2} for band in share["pain_bands"]]
    session.replace({**session.document, "risk_share": {**share, "pain_bands": bands}})


def with_options(page: str) -> AppTest:
    """A page with Option A, the starting design, and Option B, which is on the screen, both kept in the draft."""
    app = opened(page)
    session = session_of(app)
    session.draws = 1_024
    halved(app)
    session.designs = {A: FIRST, B: session.scenario}
    app.run()
    assert not app.exception
    return app


def turned(app: AppTest, page: str) -> AppTest:
    app.switch_page(f"pages/{page}").run()
    assert not app.exception
    return app


def saved(app: AppTest, name: str = "") -> AppTest:
    """What is on the screen as a new design of the library, under a name that was typed, if one was."""
    turned(app, "library.py")
    write(app, "Your name", "Ada")
    write(app, "Reason for saving", "To agree on it")
    if name:
        write(app, "Name of the new design", name)
    return press(app, "Save as a new design")


def against(app: AppTest) -> Any:
    return next(box for box in app.selectbox if box.label == "Held against")


def said(app: AppTest) -> str:
    return " ".join(unformatted(one.value) for one in (*app.markdown, *app.info))


def test_the_library_takes_over_the_name_that_a_design_is_kept_under() -> None:
    app = turned(with_options("joining.py"), "library.py")
    assert f"What is on the screen is kept as '{B}' in this draft, and not lost." in said(app)
    assert next(box for box in app.text_input if box.label == "Name of the new design").value == B
    saved(app)
    assert session_of(app).state == f"'{B}', as saved"


def test_another_name_can_be_typed_for_a_design_that_is_kept() -> None:
    app = saved(with_options("joining.py"), "Offer")
    assert session_of(app).state == "'Offer', as saved"


def test_a_name_that_the_library_has_already_is_not_proposed_again() -> None:
    app = with_options("library.py")
    version = library.begin("Lambeth", B, FIRST, ADA, "To begin")
    session_of(app).begin(session_of(app).scenario, version=version.id)
    app.session_state["library-tabs"] = "Save"
    app.run()
    next(one for one in app.segmented_control if one.label == "Save as").set_value("A new design").run()
    assert next(box for box in app.text_input if box.label == "Name of the new design").value == ""


def test_a_page_of_a_partner_says_that_kept_is_not_saved() -> None:
    told = f"Kept as '{B}' in this draft; positions are recorded on a version in the library: save it first."
    app = with_options("joining.py")
    assert told in said(app)
    halved(app)
    assert "in this draft; positions" not in said(app.run())


def test_papers_do_not_say_that_a_design_is_also_called_what_it_is_called() -> None:
    app = turned(saved(with_options("joining.py")), "papers.py")
    told = said(app)
    assert f"Design '{B}', version 1, saved " in told
    assert "also called" not in told and f"'{B}': '{B}'" not in told


def test_what_papers_were_held_against_by_itself_is_so_after_a_save() -> None:
    app = with_options("papers.py")
    assert against(app).value == A and f"What changed from '{A}'" in said(app)
    turned(saved(app, B), "papers.py")
    assert against(app).value == A and f"What changed from '{A}'" in said(app)


def test_what_was_chosen_for_papers_stays_over_a_save_and_an_edit() -> None:
    app = with_options("papers.py")
    against(app).set_value(NONE).run()
    turned(saved(app, B), "papers.py")
    assert against(app).value == NONE
    against(app).set_value(A).run()
    halved(app)
    app.run()
    assert against(app).value == A
    turned(turned(app, "compare.py"), "papers.py")
    assert against(app).value == A and "not there any more" not in said(app)


def test_papers_say_that_what_they_were_held_against_is_gone() -> None:
    app = with_options("papers.py")
    session = session_of(app)
    session.designs = {**session.designs, "Third": FIRST.edited(risk_share=FIRST.risk_share.edited(haircut=0.1))}
    app.run()
    against(app).set_value("Third").run()
    assert "not there any more" not in said(app)
    session.designs = {name: one for name, one in session.designs.items() if name != "Third"}
    app.run()
    assert against(app).value == A
    assert f"This paper was held against 'Third', which is not there any more: it is held against '{A}'." in said(app)


def test_papers_say_that_they_are_about_what_they_were_to_be_held_against() -> None:
    app = with_options("papers.py")
    for name in (NONE, A):
        against(app).set_value(name).run()
    next(box for box in app.selectbox if box.label == "Design").set_value(A).run()
    assert f"This paper was to be held against '{A}', which is what it is about now" in said(app)
    next(box for box in app.selectbox if box.label == "Design").set_value(B).run()
    assert against(app).value == A and "what it is about now" not in said(app)


def test_the_starting_design_is_kept_too_at_one_click_and_renamed() -> None:
    app = opened("compare.py")
    session = session_of(app)
    session.draws = 1_024
    assert TOO not in [button.label for button in app.button]
    halved(app)
    app.run()
    press(app, TOO)
    assert list(session.designs.values()) == [FIRST]
    [name] = session.designs
    assert f"Kept: {name}" in " ".join(unformatted(one.value) for one in app.success)
    assert TOO not in [button.label for button in app.button]
    write(app, f"Name of {name}", A)
    app.run()
    assert session.designs == {A: FIRST}


def test_a_name_that_was_typed_stays_while_the_starting_design_is_kept_too() -> None:
    """The browser holds what is typed in a form for as long as the field is the same."""
    app = opened("compare.py")
    session_of(app).draws = 1_024
    halved(app)
    app.run()
    same = name_field(app).key
    press(app, TOO)
    assert name_field(app).key == same
    write(app, "Keep this design as", B)
    press(app, "Keep it")
    assert B in session_of(app).designs
    assert name_field(app).key != same and name_field(app).value == ""


def name_field(app: AppTest) -> Any:
    return next(one for one in app.text_input if one.label == "Keep this design as")
