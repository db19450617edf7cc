"""Which designs are compared stays as it was chosen, and each design is offered once."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data import library, presets
from data.records import Version
from model.scenario import Scenario
from tests.pages.test_compare import SHARE, press, said, session_of
from tests.pages.test_pages import ROOT, opened
from tests.people import ADA
from ui import designs
from ui.comparison_charts import SAVED
from ui.session import STATE

FIRST = presets.preset(presets.FIRST)
HALF, SHARE_30 = "Cap at half the fee", "Share 30%"


def box(app: AppTest, label: str) -> Any:
    return next(one for one in (*app.selectbox, *app.multiselect) if one.label == label)


def compared(*kept: str) -> AppTest:
    """The page with ready variants kept, on few draws."""
    app = opened("compare.py")
    session_of(app).draws = 1_024
    for name in kept:
        app = press(app, name)
    return app


def turned(app: AppTest) -> AppTest:
    """The page after another was looked at."""
    app.switch_page("pages/overview.py").run()
    app.switch_page("pages/compare.py").run()
    assert not app.exception
    return app


def again(app: AppTest) -> AppTest:
    """The same draft, in a browser that was loaded anew."""
    fresh = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).switch_page("pages/compare.py")
    fresh.query_params["s"] = app.session_state[STATE].draft
    fresh.run()
    assert not fresh.exception
    return fresh


def test_what_designs_are_held_against_stays_over_pages_edits_undo_and_a_reload() -> None:
    app = compared(HALF, SHARE_30)
    box(app, "Held against").set_value(HALF).run()
    box(app, "Compared").set_value([SHARE_30]).run()

    def stays(app: AppTest) -> None:
        assert box(app, "Held against").value == HALF
        assert SHARE_30 in box(app, "Compared").value and SAVED not in box(app, "Compared").value
        assert f"against '{HALF}'" in said(app)

    stays(turned(app))
    session_of(app).write(SHARE, 0.2)
    app.run()
    stays(app)
    assert designs.EDITED in box(app, "Compared").value
    press(app, "Undo")
    stays(turned(app))
    stays(again(app))


def test_a_chosen_design_stays_chosen_under_a_new_name_and_no_longer_than_it_is_kept() -> None:
    app = compared(HALF, SHARE_30)
    box(app, "Held against").set_value(HALF).run()
    next(one for one in app.text_input if one.label == f"Name of {HALF}").set_value("Ours").run()
    assert box(app, "Held against").value == "Ours"
    press(app, "Remove Ours")
    assert box(app, "Held against").value == SAVED


def test_the_edited_design_that_others_are_held_against_stays_so_once_it_is_kept() -> None:
    app = compared()
    session_of(app).write(SHARE, 0.2)
    app.run()
    box(app, "Held against").set_value(designs.EDITED).run()
    next(one for one in app.text_input if one.label == "Keep this design as").set_value("Ours")
    assert box(press(app, "Keep it"), "Held against").value == "Ours"


def test_another_alliance_begins_with_its_own_first_design() -> None:
    app = compared(HALF)
    box(app, "Held against").set_value(HALF).run()
    session_of(app).begin(presets.preset("project-alliance"), "project-alliance")
    assert box(app.run(), "Held against").value == SAVED


def capped(scenario: Scenario) -> Scenario:
    return scenario.edited(risk_share=scenario.risk_share.edited(haircut=0.1))


@pytest.mark.usefixtures("own_library")
def test_each_design_is_offered_once_under_the_name_that_it_is_kept_by() -> None:
    first = library.begin("Lambeth", "Draft", FIRST, ADA, "To begin")
    second = library.save(first.design, capped(FIRST), first.id, ADA, "A haircut")
    assert isinstance(second, Version)
    app = opened("compare.py")
    session = session_of(app)
    session.draws = 1_024
    session.begin(capped(FIRST), version=second.id)
    session.designs = {"Capped": capped(FIRST), "As we began": FIRST, "The same": FIRST}
    app.run()
    assert not app.exception
    assert box(app, "Held against").options == ["Capped", "As we began"]
    assert box(app, "Held against").value == "As we began"
    assert box(app, "Compared").value == ["Capped"]
    told = said(app).replace("\\", "")
    assert "'As we began' is also 'The same' and 'Version 1 of Draft'." in told
    assert "Changes are counted from 'Capped' ('Draft', version 2, saved " in told
    app.switch_page("pages/papers.py").run()
    assert box(app, "Design").options == ["Version 2 of Draft", "As we began"], "what is on the screen, by its version"
    assert box(app, "Held against").value == "As we began"


@pytest.mark.parametrize("kept", ["As loaded: Lambeth", "As it began: Lambeth", "Before the first save"])
@pytest.mark.usefixtures("own_library")
def test_a_version_just_saved_is_held_against_what_it_was_made_from_until_another_is_chosen(kept: str) -> None:
    first = library.begin("Lambeth", "Draft", capped(FIRST), ADA, "To begin")
    app = opened("compare.py")
    session = session_of(app)
    session.draws = 1_024
    session.begin(capped(FIRST), version=first.id)
    session.designs = {kept: FIRST}
    app.run()
    assert (box(app, "Held against").value, box(app, "Compared").value) == (kept, ["Version 1 of Draft"])
    assert f"'Version 1 of Draft'** against '{kept}'" in said(app).replace("\\", "")
    box(app, "Held against").set_value("Version 1 of Draft").run()
    assert box(turned(app), "Held against").value == "Version 1 of Draft"
    session.held = ""
    session.write(SHARE, 0.2)
    assert box(turned(app), "Held against").value == "Version 1 of Draft"


def test_a_design_kept_as_it_was_loaded_is_not_there_twice() -> None:
    app = compared()
    session_of(app).designs = {"As we began": FIRST}
    assert list(designs.every(session_of(app))) == ["As we began"]
    session_of(app).write(SHARE, 0.2)
    app.run()
    assert box(app, "Held against").options == ["As we began", designs.EDITED]
    assert "The starting design is 'As we began'." in said(app)


def test_why_a_design_was_kept_is_said_where_it_is_compared_and_stays_with_it() -> None:
    app = compared()
    session_of(app).write(SHARE, 0.2)
    app.run()

    def write(label: str, text: str) -> None:
        next(one for one in app.text_input if one.label == label).set_value(text)

    write("Keep this design as", "Ours")
    write("Why (optional)", "The charity *asked*")
    press(app, "Keep it")
    assert "'Ours' was kept because: The charity *asked*" in said(app).replace("\\", "")
    assert next(one for one in app.text_input if one.label == "Why (optional)").value == ""
    write("Name of Ours", "The offer")
    assert "'The offer' was kept because: The charity *asked*" in said(app.run()).replace("\\", "")
    assert "The charity" in said(again(app))
    press(app, "Remove The offer")
    assert "The charity" not in said(app) and not session_of(app).reasons


LIMIT = ("providers", 0, "appetite")


def limited(app: AppTest, worst: float) -> AppTest:
    """A partner enters another limit."""
    session_of(app).write(LIMIT, {"kind": "pounds", "worst": worst})
    app.run()
    assert not app.exception
    return app


def columns(app: AppTest) -> list[str]:
    """The designs that the page judges."""
    app.session_state["compare-tabs"] = "Who would veto"
    app.run()
    return list(app.table[0].value.columns)


def test_a_design_that_only_limits_entered_since_set_apart_is_shown_once() -> None:
    app = compared(HALF)
    kept = session_of(app).designs[HALF]
    designs.go_back(session_of(app), HALF)
    app = limited(app, 9e6)
    assert session_of(app).scenario != kept
    assert sorted(columns(app)) == sorted([SAVED, HALF])
    assert designs.EDITED not in box(app, "Held against").options
    assert f"'{HALF}', as it is now, stands for this design too" in said(app)
    assert f"'{HALF}' was kept with other limits for Mental health trust" in said(app)
    session_of(app).write(SHARE, 0.2)
    app.run()
    assert sorted(columns(app)) == sorted([SAVED, HALF, designs.EDITED])
    assert "stands for" not in said(app)


def test_the_starting_design_stands_for_the_edited_one_where_only_limits_were_entered() -> None:
    app = limited(compared(HALF), 9e6)
    assert sorted(columns(app)) == sorted([SAVED, HALF])
    assert "The starting design, as it is now, stands for this design too" in said(app)
    assert "the starting design" in said(app).split("kept with other limits")[0].lower()


def test_a_design_that_is_held_against_stays_so_where_it_is_shown_as_one_with_another() -> None:
    app = compared(HALF)
    session_of(app).write(SHARE, 0.2)
    app.run()
    box(app, "Held against").set_value(designs.EDITED).run()
    designs.keep(session_of(app), "Kept", session_of(app).scenario)
    app = limited(app, 9e6)
    assert box(app, "Held against").value == "Kept"
