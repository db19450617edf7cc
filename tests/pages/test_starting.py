"""An alliance of one's own: what to enter first, where it stands, and what files hold while an entry is wrong."""

import pytest
from streamlit.testing.v1 import AppTest

from data import presets
from tests.pages.test_pages import opened
from ui import mending, noting
from ui.session import STATE, Session
from ui.starting import TAKE, begin


def press(app: AppTest, label: str) -> AppTest:
    next(b for b in app.button if b.label == label).click().run()
    assert not app.exception
    return app


def links(app: AppTest) -> list[str]:
    return [link.proto.label for link in app.get("page_link")]


def test_the_first_page_begins_a_new_alliance_and_says_what_to_enter_first_until_the_story_is_ones_own() -> None:
    app = press(opened("overview.py"), "Start a new alliance")
    session: Session = app.session_state[STATE]
    assert session.scenario == presets.preset(presets.NEW) and session.preset == presets.NEW
    assert any("Replace the figures by your own" in one.value for one in app.markdown)
    asked = ("Baseline and fees", "Performance framework", "Risk share", "Uncertainty")
    assert all(any(label.endswith(f": {page}") for label in links(app)) for page in asked)
    next(area for area in app.text_area if area.label == "Story").set_value("Ours.").run()
    assert not any("Replace the figures" in one.value for one in app.markdown)


def test_a_new_alliance_can_still_be_begun_after_a_first_change_of_an_example_and_from_the_end_of_the_story() -> None:
    def ways(app: AppTest) -> int:
        return sum(b.label == "Start a new alliance" for b in app.button)

    app = opened("overview.py")
    assert ways(app) == 1
    next(s for s in app.slider if s.label.startswith("Corridor for savings")).set_value(1.0).run()
    assert ways(app) == 1
    story = app.switch_page("pages/story.py")
    story.session_state[STATE].step_of_story = 4
    assert ways(story.run()) == 1
    press(story, "Start a new alliance").switch_page("pages/overview.py").run()
    assert app.session_state[STATE].scenario == presets.preset(presets.NEW)
    assert ways(app) == 0


def test_an_example_is_not_told_to_be_replaced() -> None:
    assert not any("Replace the figures" in one.value for one in opened("overview.py").markdown)


def test_a_new_partner_has_no_appetite_where_nobody_has_said_one() -> None:
    for begun, kind in ((True, "none"), (False, "words")):
        app = press(opened("overview.py"), "Start a new alliance") if begun else opened("overview.py")
        app.switch_page("pages/baseline.py").run()
        press(app, "Add a provider")
        session: Session = app.session_state[STATE]
        assert session.scenario.providers[-1].appetite.kind == kind


def test_how_far_over_target_costs_are_to_be_stays_as_typed() -> None:
    app = opened("walk.py")
    app.session_state["walk-future"] = "My own figures"
    app.run()
    next(one for one in app.number_input if one.label.startswith("Or over target")).set_value(3.0)
    press(app, "Fill in")
    assert next(one for one in app.number_input if one.label.startswith("Or over target")).value == 3.0


def test_name_and_term_lead_to_each_other() -> None:
    app = press(opened("overview.py"), "Start and years: Baseline and fees › Targets and term")
    assert any(i.label == "Starts" for i in app.text_input)
    assert "Change the alliance's name and story" in links(app)


def test_banner_and_files_say_what_the_last_valid_version_still_has() -> None:
    app = press(opened("baseline.py"), "Add a provider")
    next(i for i in app.text_input if i.label == "Fee (%), New provider").set_value("99").run()
    press(app, "Remove")
    session: Session = app.session_state[STATE]
    gone = session.saved.providers[0].name
    assert f"until this is mended: still with {gone}" in app.error[0].value
    app.session_state["files"] = True
    app.run()
    told = [one.value for one in app.warning if one.value.startswith("Files hold the last valid version")]
    assert told and gone in told[0]


def test_what_came_and_went_while_an_entry_is_wrong_is_named() -> None:
    session = Session("draft", presets.preset(presets.NEW), presets.NEW)
    assert mending.behind(session) == ""
    providers = session.document["providers"]
    theirs = [{**providers[0], "name": "Trust", "fee_rate": 9.0}, providers[1]]
    session.document = {**session.document, "providers": theirs}
    assert mending.behind(session) == "still with Provider 1 and not yet with Trust"
    theirs[0]["name"] = ""
    assert mending.behind(session) == "still with Provider 1 and not yet with one without a name"


def test_a_few_entries_to_be_mended_are_all_told_and_of_many_how_many_more() -> None:
    app = opened("overview.py")
    session: Session = app.session_state[STATE]
    for i, wrong in enumerate((7.0, 8.0, 9.0)):
        session.write(("providers", i, "fee_rate"), wrong)
    told = app.run().error[0].value
    assert all(f"Fee is {percent}%" in told for percent in (700, 800, 900)) and "more problems" not in told
    session.write(("providers", 3, "fee_rate"), 6.0)
    told = app.run().error[0].value
    assert "Fee is 800%" in told and "900%" not in told and "There are 2 more problems." in told


def test_a_new_alliance_is_not_compared_with_what_everybody_begins_with() -> None:
    app = opened("risk_share.py")
    session = app.session_state[STATE]
    session.begin(presets.preset(presets.NEW), presets.NEW)
    app.run()
    session = app.session_state[STATE]
    session.write(("providers", 0, "gain_share"), 0.4)
    session.write(("providers", 1, "gain_share"), 0.6)
    assert session.changed and not session.problems
    assert "Starting design" not in " ".join(text.value for text in app.run().markdown)


@pytest.mark.parametrize(("figures", "asked"), [((0.96, 1.0, 1.09), True), ((-0.04, 0.0, 0.09), False)])
def test_costs_of_twice_the_plan_are_asked_about(figures: tuple[float, ...], asked: bool) -> None:
    app = opened("uncertainty.py")
    three = dict(zip(("p10", "p50", "p90"), figures, strict=True))
    app.session_state[STATE].write(("providers", 0, "cost_deviation"), {"kind": "three_points", **three})
    warned = [one.value for one in app.run().warning if "is that right?" in one.value]
    assert bool(warned) == asked
    assert not asked or warned[0].startswith("On average this costs 102% over plan")


def test_a_new_alliance_is_compared_with_nothing_until_it_is_made_the_starting_design() -> None:
    def said() -> str:
        return " ".join([*(one.value for one in app.markdown), *(str(one.value) for one in app.table)])

    app = press(opened("overview.py"), "Start a new alliance")
    assert not any(b.label == TAKE for b in app.button)
    for path, value in ((("providers", 0, "name"), "Trust"), (("providers", 0, "reserves"), 9e6)):
        app.session_state[STATE].write(path, value)
    app.run()
    assert "What just changed" in said() and "Since the starting design" not in said()
    assert app.session_state[STATE].state == "new alliance, without a starting design yet"
    assert any(one.label == "Entered (2)" for one in app.expander)
    app.switch_page("pages/compare.py").run()
    assert "as it was loaded" not in said()
    app.session_state[STATE].write(("providers", 1, "baseline_cost"), 3e6)
    app.switch_page("pages/partners.py").run()
    assert "was\u00a0" not in said()
    app.session_state["drivers-tabs"] = "What changes did"
    app.switch_page("pages/drivers.py").run()
    assert "There is no starting design yet" in app.title[0].value
    app.switch_page("pages/overview.py").run()
    press(app, TAKE)
    assert not app.session_state[STATE].changed
    app.session_state[STATE].write(("providers", 0, "baseline_cost"), 4e6)
    app.session_state[STATE].write(("providers", 1, "fee_rate"), 0.08)
    assert "Since the starting design" in " ".join(one.value for one in app.run().markdown)
    assert any(one.label == "Changed (2)" for one in app.expander)
    app.switch_page("pages/partners.py").run()
    assert "was\u00a0" in said()


@pytest.mark.parametrize("page", ["partners.py", "appetite.py", "joining.py"])
def test_results_say_which_ranges_are_the_apps_until_they_are_entered_or_confirmed(page: str) -> None:
    said = "How sure costs are was not entered for"

    def told(app: AppTest) -> str:
        return " ".join(one.value for one in app.markdown).replace("\\", "")

    app = opened(page)
    assert said not in told(app)
    session: Session = app.session_state[STATE]
    begin(session)
    app.run()
    assert f"{said} Provider 1 and Provider 2: each has the ±8.6%" in told(app)
    assert any(b.label == "Uncertainty › Costs and savings" for b in app.button)
    for i in range(2):
        session.replace(noting.noted(session.document, ("providers", i, "cost_deviation"), "2026-11-22", "date"))
    app.run()
    assert not app.exception
    assert said not in told(app)
    assert any(b.label == "Uncertainty › What moves together" for b in app.button)
