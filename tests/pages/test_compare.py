"""The page that compares designs: every tab for every preset, odd alliances, many designs; what is kept stays kept."""

import json
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from data import drafts, presets
from data.scenario_workbook import to_workbook
from model.acceptance import Cell
from model.appetite import Unasked
from model.bands import Band
from model.comparison import Sharing
from model.documents import to_json
from model.scenario import Scenario
from model.variants import variants
from tests.pages.test_drivers import all_certain, one_provider, one_year, without_kpis
from tests.pages.test_pages import ROOT, opened
from ui import comparison, comparison_titles, comparison_words, decisions, paper_ends, regret_words
from ui.comparison_charts import SAVED
from ui.designs import EDITED, MOST, every, take_in
from ui.format import money
from ui.session import STATE, Session

TABS = ["Gains and pains", "What differs", "Who would veto", "Regret"]
SHARE = ("risk_share", "pain_bands", 0, "share")


def session_of(app: AppTest) -> Session:
    session: Session = app.session_state[STATE]
    return session


def shown(scenario: Scenario, tab: str, designs: dict[str, Scenario] | None = None) -> AppTest:
    """The page with one tab open, on few draws."""
    app = opened("compare.py")
    session = session_of(app)
    session.draws = 1_024
    session.begin(scenario)
    session.designs = designs or {}
    session.invited = tuple(session.designs)
    app.session_state["compare-tabs"] = tab
    app.run()
    assert not app.exception
    assert not app.error
    return app


def said(app: AppTest) -> str:
    return " ".join(element.value for element in app.markdown)


def press(app: AppTest, label: str) -> AppTest:
    app = next(button for button in app.button if label in (button.label, button.help)).click().run()
    assert not app.exception
    return app


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("preset", presets.names())
def test_every_tab_answers_for_every_preset_alone_and_with_its_variants(preset: str, tab: str) -> None:
    design = presets.preset(preset)
    some = {one.name: one.scenario for one in variants(design)[::3]}
    for designs in ({}, some):
        app = shown(design, tab, designs)
        assert len(app.title[0].value.split()) > 5
        for chart in app.get("plotly_chart"):
            assert chart.proto.alt.strip()


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("odd", [without_kpis, one_provider, all_certain, one_year])
def test_every_tab_answers_for_odd_alliances_beside_an_ordinary_one(odd: object, tab: str) -> None:
    assert callable(odd)
    ordinary = presets.preset(presets.FIRST)
    shown(odd(ordinary), tab, {"Ordinary": ordinary, "Others": presets.preset("small-charities")})


@pytest.mark.parametrize("tab", TABS[:3])
def test_twelve_designs_fit(tab: str) -> None:
    design = presets.preset(presets.FIRST)
    parts = [design.edited(risk_share=design.risk_share.edited(haircut=i / 100)) for i in range(1, MOST + 1)]
    app = shown(design, tab, {f"Haircut {i}%": one for i, one in enumerate(parts, start=1)})
    assert "13 designs" in app.title[0].value


def test_a_design_is_kept_by_name_and_survives_a_reload() -> None:
    app = opened("compare.py")
    session_of(app).write(SHARE, 0.2)
    app.run()
    next(box for box in app.text_input if box.label == "Keep this design as").set_value("Our  offer")
    app = press(app, "Keep it")
    session = session_of(app)
    assert list(session.designs) == ["Our offer"]
    again = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    again.query_params["s"] = session.draft
    again.switch_page("pages/compare.py").run()
    assert session_of(again).designs == session.designs
    assert "'Our offer'" in said(again)


def test_what_was_kept_is_said_once_and_the_name_is_empty_again() -> None:
    app = opened("compare.py")
    next(box for box in app.text_input if box.label == "Keep this design as").set_value("Half")
    app = press(app, "Keep it")
    assert "Kept: Half" in [one.value for one in app.success]
    assert next(box for box in app.text_input if box.label == "Keep this design as").value == ""
    assert not app.run().success
    app = press(app, "Keep it")  # after Enter, which has kept it
    assert "Kept: Half" in [one.value for one in app.success]
    assert not app.error
    assert list(session_of(app).designs) == ["Half"]


def test_a_kept_design_can_be_renamed_in_its_place_but_not_as_another() -> None:
    app = press(press(opened("compare.py"), "Share 30%"), "Corridor 2%")
    designs = dict(session_of(app).designs)
    next(box for box in app.text_input if box.label == "Name of Share 30%").set_value("Our  offer").run()
    assert not app.exception
    assert list(session_of(app).designs.items()) == [("Our offer", designs["Share 30%"]), *list(designs.items())[1:]]
    for wrong in ("corridor 2%", "Starting design", " "):
        next(box for box in app.text_input if box.label == "Name of Our offer").set_value(wrong).run()
        assert len(app.error) == 1
        assert list(session_of(app).designs) == ["Our offer", "Corridor 2%"]
        assert next(box for box in app.text_input if box.label == "Name of Our offer").value == "Our offer"
    next(box for box in app.text_input if box.label == "Name of Our offer").set_value("Our Offer").run()
    assert list(session_of(app).designs) == ["Our Offer", "Corridor 2%"]


@pytest.mark.parametrize("name", ["", "starting DESIGN", "This design", "Offer"])
def test_a_name_that_is_empty_or_taken_is_refused_with_a_reason(name: str) -> None:
    app = opened("compare.py")
    session_of(app).designs = {"offer": presets.preset("lambeth-ipsa")}
    app.run()
    next(box for box in app.text_input if box.label == "Keep this design as").set_value(name)
    app = press(app, "Keep it")
    assert list(session_of(app).designs) == ["offer"]
    assert len(app.error) == 1


def test_a_thirteenth_design_is_refused() -> None:
    app = opened("compare.py")
    design = session_of(app).scenario
    session_of(app).designs = dict.fromkeys(map(str, range(MOST)), design)
    app.run()
    next(box for box in app.text_input if box.label == "Keep this design as").set_value("One more")
    app = press(app, "Keep it")
    assert len(session_of(app).designs) == MOST
    assert "remove one first" in app.error[0].value


def test_ready_variants_are_kept_at_one_click_and_answer_who_is_better_off() -> None:
    app = opened("compare.py")
    for name in ("Share 30%", "Corridor 2%", "Cap at half the fee"):
        app = press(app, name)
    assert list(session_of(app).designs) == ["Share 30%", "Corridor 2%", "Cap at half the fee"]
    assert "**'Cap at half the fee'** against the starting design: on average all providers are better off" in said(app)
    assert not [button for button in app.button if button.label == "Share 30%"]


def test_all_variants_at_once() -> None:
    app = press(opened("compare.py"), "Keep all of these")
    session = session_of(app)
    assert list(session.designs.values()) == [one.scenario for one in variants(session.scenario)]


def test_a_kept_design_can_be_gone_back_to_and_undone_and_removed() -> None:
    app = press(opened("compare.py"), "Share 30%")
    before = session_of(app).document
    app = press(app, "Go back to Share 30%: it becomes the design being edited")
    session = session_of(app)
    assert session.scenario == session.designs["Share 30%"]
    assert session.changed
    assert "This design" not in app.multiselect[0].options
    app = press(app, "Undo")
    assert session_of(app).document == before
    app = press(app, "Remove Share 30%")
    assert session_of(app).designs == {}


def test_a_preset_can_be_taken_in_and_partners_of_one_design_only_are_said() -> None:
    app = opened("compare.py")
    next(box for box in app.selectbox if box.label == "A preset").set_value("small-charities").run()
    app = press(app, "Take it in")
    assert [one.name for one in session_of(app).designs.values()] == [presets.preset("small-charities").name]
    assert "only the seed is the same" in said(app)
    assert "not here: Mental health trust" in said(app)
    assert session_of(app).scenario == presets.preset(presets.FIRST)


def test_designs_kept_with_another_alliance_are_not_judged_unless_they_are_ticked() -> None:
    app = press(opened("compare.py"), "Share 30%")
    session = session_of(app)
    assert "Share 30%" in app.multiselect[0].value
    first = session.scenario
    session.begin(presets.preset("project-alliance"), "project-alliance")
    app.run()
    assert not app.exception
    assert "Share 30%" not in app.multiselect[0].value
    assert "Share 30%" in app.multiselect[0].options
    assert "'Share 30%' is of another alliance (Lambeth Living Well (illustrative)): tick to compare it." in said(app)
    session.begin(first.edited(name="Lambeth, renamed"))
    app.run()
    assert "Share 30%" in app.multiselect[0].value
    assert "of another alliance" not in said(app)


def test_an_uploaded_scenario_can_be_taken_in_twice_and_a_broken_one_is_explained() -> None:
    app = opened("compare.py")
    session, ipsa = session_of(app), presets.preset("lambeth-ipsa")
    for _ in range(2):
        take_in(session, "ipsa.json", to_json(ipsa).encode())
    assert session.designs == {ipsa.name: ipsa, f"{ipsa.name} 2": ipsa}
    take_in(session, "broken.json", b"{")
    app.run()
    assert "broken.json was not taken in" in app.error[0].value.replace("\\", "")
    assert len(session.designs) == 2


def test_an_excel_workbook_can_be_taken_in_and_a_broken_one_is_explained() -> None:
    app = opened("compare.py")
    session, ipsa = session_of(app), presets.preset("lambeth-ipsa")
    take_in(session, "ipsa.xlsx", to_workbook(ipsa))
    assert session.designs == {ipsa.name: ipsa}
    take_in(session, "broken.xlsx", b"{")
    app.run()
    assert "broken.xlsx was not taken in" in app.error[0].value.replace("\\", "")
    assert len(session.designs) == 1


def test_a_kept_design_that_can_no_longer_be_read_is_dropped_with_a_sentence() -> None:
    app = press(press(opened("compare.py"), "Share 30%"), "Corridor 2%")
    draft = session_of(app).draft
    state = json.loads(drafts.load(draft) or "")
    state["designs"]["Share 30%"]["providers"][0]["fee_rate"] = 7
    drafts.save(draft, json.dumps(state))
    again = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    again.query_params["s"] = draft
    again.switch_page("pages/compare.py").run()
    assert not again.exception
    assert list(session_of(again).designs) == ["Corridor 2%"]
    assert "'Share 30%' could not be read and was left out" in again.error[0].value


def test_a_draft_of_before_designs_were_kept_opens() -> None:
    app = opened("compare.py")
    draft = session_of(app).draft
    state = json.loads(drafts.load(draft) or "")
    del state["designs"]
    drafts.save(draft, json.dumps(state))
    again = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    again.query_params["s"] = draft
    again.switch_page("pages/compare.py").run()
    assert not again.exception
    assert session_of(again).draft == draft
    assert session_of(again).designs == {}


def test_the_design_that_others_are_held_against_can_be_chosen() -> None:
    app = press(opened("compare.py"), "Cap at half the fee")
    next(box for box in app.selectbox if box.label == "Held against").set_value("Cap at half the fee").run()
    sentence = "against 'Cap at half the fee': on average all commissioners are better off and all providers are worse"
    assert f"**The starting design** {sentence}" in said(app)


def test_a_design_with_other_inputs_has_the_figures_that_it_has_on_every_page() -> None:
    session = session_of(opened("compare.py"))
    session.draws = 1_024
    session.write(("providers", 0, "cost_deviation"), {"kind": "normal", "mean": 0.02, "sd": 0.08})
    brought = comparison.outlooks(session, every(session))
    own = decisions.outlook(session, session.scenario, session.scenario)
    assert (brought[EDITED].figures == own.figures).all()
    alone = decisions.outlook(session, session.saved, session.saved)
    assert not np.allclose(brought[SAVED].figures, alone.figures, rtol=1e-9)  # on the draws of the design being edited
    before = paper_ends.Before("here", "Saved", session.saved)
    table = next(b for b in paper_ends.changed_in_brief(session, before) if hasattr(b, "rows"))
    council = next(row for row in table.rows if row[0].startswith("Council"))
    worst = own.of("worst", "Council")[0]
    assert money(abs(worst)) in council[3]


def beside_dearer_services(tab: str) -> AppTest:
    """A design on dearer services beside the one that was saved, which assumes that they are as planned."""
    app = shown(presets.preset("small-charities"), tab)
    for i in range(6):
        session_of(app).write(("providers", i, "cost_deviation", "centre"), 0.03)
    return app.run()


def level(app: AppTest) -> Any:
    return next(one for one in app.toggle if one.label == "Compare on this design's assumptions")


def test_other_costs_are_said_in_the_title_and_can_be_made_the_same() -> None:
    app = beside_dearer_services("Gains and pains")
    assert app.title[0].value.replace("\u00a0", " ").endswith("; but the designs do not assume the same")
    told = said(app).replace("\\", "")
    assert "the starting design assumes Cost uncertainty › Centre, all 6 providers: 3% → 0%." in told
    level(app).set_value(True).run()
    assert not app.exception
    assert "assume the same" not in app.title[0].value
    assert "All are compared on what this design assumes" in said(app)
    assert "nobody is clearly better or worse off" in said(app)


def plainly(app: AppTest) -> str:
    return said(app).replace("\\", "")


def test_assumptions_that_are_set_aside_are_listed_as_such() -> None:
    app = beside_dearer_services("What differs")
    session_of(app).write(("risk_share", "gain_bands", 0, "share"), 0.2)
    dearer = "Cost uncertainty › Centre, all 6 providers: 0% → 3%"
    terms = "Risk share › Savings, band 1 › Providers' share: 50% → 20%"
    app.run()
    assert dearer in plainly(app) and comparison_words.SET_ASIDE not in plainly(app)
    level(app).set_value(True).run()
    assert not app.exception
    kept, aside = plainly(app).split(comparison_words.SET_ASIDE)
    assert terms in kept and dearer not in kept
    assert dearer in aside and terms not in aside
    session_of(app).write(("risk_share", "gain_bands", 0, "share"), 0.5)
    assert "**This design**: nothing else differs" in said(app.run())


def test_designs_with_random_numbers_of_their_own_are_said_to_differ_in_what_they_do() -> None:
    how: dict[str, Sharing] = {SAVED: "same futures", "A": "same seed only"}
    alone = comparison_words.shared(how, {"A": ("uncertainties",)})
    assert alone.startswith("'A' has other uncertainties, which need random numbers of their own: ")
    how["B"] = "same seed only"
    both = comparison_words.shared(how, {"A": ("years", "uncertainties"), "B": ("partners",)})
    assert both.startswith("'A' and 'B' have other years, uncertainties or partners, which need ")


def test_regret_across_other_inputs_says_so_before_it_recommends() -> None:
    app = beside_dearer_services("Regret")
    assert [one.value for one in app.warning if one.value == regret_words.REGRET_APART]
    level(app).set_value(True).run()
    assert not [one.value for one in app.warning if one.value == regret_words.REGRET_APART]


def test_designs_that_assume_the_same_offer_no_other_assumptions() -> None:
    design = presets.preset(presets.FIRST)
    app = shown(design, "Regret", {one.name: one.scenario for one in variants(design)[:2]})
    assert not app.toggle
    assert not app.warning


def test_what_a_new_alliance_begins_with_is_no_design_to_compare_with() -> None:
    app = opened("compare.py")
    session = session_of(app)
    session.begin(presets.preset(presets.NEW), presets.NEW)
    assert list(every(session)) == [SAVED]
    app.run()
    session.write(("providers", 0, "fee_rate"), 0.09)
    assert list(every(session)) == [EDITED]
    app.run()
    assert not app.exception
    assert "All 2" not in app.title[0].value and "Saved" not in said(app)


def test_the_rules_are_named_as_what_they_are() -> None:
    design = presets.preset(presets.FIRST)
    app = shown(design, "Regret", {one.name: one.scenario for one in variants(design)[:2]})
    assert {metric.label for metric in app.metric} == {"Never far from the best", "Best worst case"}
    assert ["Minimax regret" in metric.help or "Maximin" in metric.help for metric in app.metric] == [True, True]


def test_regret_says_of_a_design_that_it_names_who_would_refuse_it() -> None:
    design = presets.preset(presets.FIRST)
    haircut = design.edited(risk_share=design.risk_share.edited(haircut=0.9))
    app = shown(design, "Regret", {"A haircut": haircut})
    named = {metric.label: (metric.value, metric.delta) for metric in app.metric}
    assert named == {
        "Never far from the best": (SAVED, "would be refused by Recovery charity"),
        "Best worst case": ("2 alike", "each would be refused"),
    }
    app = shown(agreed(), "Regret", {"Another": agreed().edited(risk_share=haircut.risk_share)})
    assert [metric.delta for metric in app.metric] == ["", ""]


def agreed() -> Scenario:
    """An alliance in which nobody asks anything."""
    design = presets.preset(presets.FIRST)
    partners = {
        role: [one.edited(appetite=Unasked()) for one in getattr(design, role)]
        for role in ("providers", "commissioners")
    }
    return design.edited(**partners)


@pytest.mark.parametrize("page", ["partners.py", "walk.py"])
def test_the_saved_design_stays_on_the_charts_while_another_is_edited(page: str) -> None:
    app = opened(page)
    specs = [chart.proto.spec for chart in app.get("plotly_chart")]
    assert not any("Starting design" in spec for spec in specs)
    session_of(app).write(SHARE, 0.2)
    app.run()
    assert not app.exception
    assert any("Starting design" in chart.proto.spec for chart in app.get("plotly_chart"))


def test_a_partner_who_is_not_in_the_first_design_has_a_dash_for_what_changes() -> None:
    """And no standard error of nothing."""
    app = shown(presets.preset(presets.FIRST), TABS[0], {"Others": presets.preset("small-charities")})
    written = " ".join(str(cell) for table in app.table for cell in table.value.to_numpy().ravel())
    assert "–" in written and "± –" not in written


def test_where_nothing_was_saved_the_saved_design_is_said_to_be_the_one_as_loaded() -> None:
    app = opened("compare.py")
    assert "The starting design is the preset as it was loaded" in said(app)
    session_of(app).version = "a version"
    app.run()
    assert "as it was loaded" not in said(app)


def test_an_appetite_changed_today_judges_the_saved_design_too_and_that_is_said() -> None:
    """Only what a commissioner accepts has changed, so no design is nearer than the other."""
    saved = presets.preset(presets.FIRST)
    app = shown(saved, "Who would veto", {"Kept": saved.edited(name="Kept")})
    session_of(app).write(("commissioners", 0, "appetite"), {"kind": "pounds", "worst": 500_000.0})
    app.run()
    assert "short" in app.title[0].value and "nearest" not in app.title[0].value
    name = saved.commissioners[0].name
    assert f"the starting design was kept with other limits for {name}" in said(app)
    table = app.table[0].value
    assert len(set(table.loc[name])) == 1 and "refuses" in table.loc[name].iloc[0]


def test_designs_that_are_equally_short_are_both_named() -> None:
    saved = presets.preset(presets.FIRST)
    worse = saved.edited(risk_share=saved.risk_share.edited(pain_bands=(Band(share=1.0),)))
    app = shown(saved, "Who would veto", {"Alike": saved.edited(story="Told otherwise."), "Worse": worse})
    assert "the starting design and 'Alike' come nearest in pounds" in app.title[0].value


def test_who_has_not_said_is_no_acceptance_of_any_design() -> None:
    stand = [SimpleNamespace(partner=name, verdict=said) for name, said in (("A", "accepts"), ("B", "has not said"))]
    one: Any = SimpleNamespace(verdict="has not said", slack=(5e3, 0.0), positions=stand)
    silent = "B has not said, which counts as no objection"
    assert comparison_titles.title({SAVED: one}) == f"The starting design is refused by nobody; {silent}"
    assert comparison_titles.title({SAVED: one, "Wide": one}) == f"Both designs are refused by nobody; {silent}"


def test_the_design_that_the_fewest_refuse_is_named_beside_the_nearest() -> None:
    def design(short: float, *refusing: str) -> Any:
        stand = [SimpleNamespace(partner=name, verdict="refuses", cells=[]) for name in refusing]
        stand[0].cells = [Cell("loss", 0.2, 0.1, short, -short, 0.0)]
        return SimpleNamespace(verdict="refuses", slack=(-short, 0.0), positions=stand)

    near, few = design(64e3, "A", "B"), design(89e3, "B")
    assert comparison_titles.title({"Wide": near, SAVED: few}) == (
        "Neither design is acceptable to everybody; 'Wide' comes nearest in pounds, the worst placed is £64k "
        "short, and the starting design is refused by the fewest, B"
    )
    assert comparison_titles.title({"Wide": design(70e3, "A", "B"), SAVED: design(64e3, "B")}).endswith(
        "the starting design comes nearest in pounds, £64k short"
    )
    assert "fewest" not in comparison_titles.title({"Wide": near, SAVED: design(89e3, "A", "B")})
    assert comparison_titles.title({"Wide": design(2_090_551.0, "A"), SAVED: design(2_090_000.0, "A")}).endswith(
        "both are £2.09m short"
    )
