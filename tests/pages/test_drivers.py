"""The page on drivers and stress: every tab for every preset and for odd alliances."""

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Selectbox

from data import presets
from model.appetite import Unasked
from model.distributions import Fixed
from model.framework import Framework
from model.scenario import Scenario
from model.uncertainty import Mitigation
from tests.pages.test_pages import opened
from ui import reasons
from ui.session import STATE

TABS = ["What moves it", "In the worst 1 in 20", "Risks on and off", "Stress tests", "What changes did"]
DRAWS = 1_024


def shown(scenario: Scenario, tab: str) -> AppTest:
    """The page with one tab open."""
    app = opened("drivers.py")
    session = app.session_state[STATE]
    session.draws = DRAWS
    session.begin(scenario)
    app.session_state["drivers-tabs"] = tab
    app.run()
    assert not app.exception
    assert not app.error
    return app


def said(app: AppTest) -> str:
    return " ".join(element.value for element in app.markdown)


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("preset", presets.names())
def test_every_tab_answers_for_every_preset_in_the_term_and_in_a_year(preset: str, tab: str) -> None:
    app = shown(presets.preset(preset), tab)
    assert len(app.title[0].value.split()) > 5
    for chart in app.get("plotly_chart"):
        assert chart.proto.alt.strip()
    session = app.session_state[STATE]
    session.period = session.scenario.term.labels()[-1]
    session.refresh()
    assert not app.run().exception


def without_kpis(scenario: Scenario) -> Scenario:
    bare = [risk.edited(kpi_effects=()) for risk in scenario.uncertainty.risks]
    correlations = scenario.uncertainty.correlations.edited(pairs=())
    uncertainty = scenario.uncertainty.edited(risks=tuple(bare), correlations=correlations)
    return scenario.edited(framework=Framework(), uncertainty=uncertainty)


def without_risks(scenario: Scenario) -> Scenario:
    return scenario.edited(uncertainty=scenario.uncertainty.edited(risks=()))


def one_provider(scenario: Scenario) -> Scenario:
    first = scenario.providers[0].edited(gain_share=1.0, pain_share=1.0)
    risks = [risk.edited(hits=()) for risk in scenario.uncertainty.risks]
    return scenario.edited(providers=(first,), uncertainty=scenario.uncertainty.edited(risks=tuple(risks)))


def all_certain(scenario: Scenario) -> Scenario:
    sure = without_kpis(without_risks(scenario))
    providers = [p.edited(cost_deviation=Fixed(value=0.0), baseline_error=Fixed(value=0.0)) for p in sure.providers]
    uncertainty = sure.uncertainty.edited(savings_delivered=Fixed(value=1.0), prices=Fixed(value=0.0))
    return sure.edited(providers=tuple(providers), uncertainty=uncertainty)


def one_year(scenario: Scenario) -> Scenario:
    return scenario.edited(term=scenario.term.edited(years=1, option_years=0, with_option=False))


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("odd", [without_kpis, without_risks, one_provider, all_certain, one_year])
@pytest.mark.parametrize("preset", ["lambeth-living-well", "separate-contracts"])
def test_every_tab_answers_for_odd_alliances(preset: str, odd: object, tab: str) -> None:
    assert callable(odd)
    shown(odd(presets.preset(preset)), tab)


def test_the_title_names_what_explains_most_of_the_chosen_partner() -> None:
    app = shown(presets.preset(presets.FIRST), TABS[0])
    whose = next(box for box in app.selectbox if box.label == "Whose result")
    whose.set_value("Community charity").run()
    assert "explains" in app.title[0].value
    assert " of the spread of what " in app.title[0].value
    assert "Community charity gains or bears over the whole term" in app.title[0].value


def test_nothing_uncertain_is_said_so() -> None:
    app = shown(all_certain(presets.preset(presets.FIRST)), TABS[0])
    assert app.title[0].value.startswith("Nothing in this scenario is uncertain")


def test_a_design_as_saved_has_no_bridge_and_a_changed_one_has() -> None:
    app = shown(presets.preset(presets.FIRST), TABS[4])
    assert app.title[0].value.startswith("This is the starting design")
    session = app.session_state[STATE]
    session.write(("risk_share", "gain_bands", 0, "share"), 0.2)
    session.write(("providers", 0, "baseline_cost"), 30_000_000.0)
    app.session_state["table-bridge"] = True
    app.run()
    assert not app.exception
    assert "Bands" in app.get("plotly_chart")[0].proto.spec
    assert "Together, beyond each by itself" in said(app)
    errors = app.dataframe[0].value["standard error"]
    assert errors.index[0] == "Starting design"
    assert (errors > 0).all()


def test_a_risk_with_a_mitigation_is_shown_without_it() -> None:
    scenario = presets.preset(presets.FIRST)
    first, *others = scenario.uncertainty.risks
    done = Mitigation(probability=0.01, impact=0.5, cost=10_000.0)
    risks = (first.edited(mitigation=done), *others)
    app = shown(scenario.edited(uncertainty=scenario.uncertainty.edited(risks=risks)), TABS[2])
    rows = list(app.table[0].value.index)
    assert f"{first.name}\\: without mitigation" in rows
    assert f"{first.name}\\: left out" in rows
    assert f"{first.name}: with mitigation" not in rows


def test_a_stress_of_the_readers_own_size_is_a_row_of_the_table() -> None:
    app = shown(presets.preset(presets.FIRST), TABS[3])
    next(box for box in app.text_input if box.label == "Costs higher (%)").set_value("12").run()
    assert "Costs 12% higher" in list(app.table[0].value.index)


def test_costs_may_be_higher_in_some_years_and_the_standard_sizes_stay_whole() -> None:
    app = shown(presets.preset(presets.FIRST), TABS[3])
    labels = app.session_state[STATE].scenario.term.labels()
    ends = [next(box for box in app.selectbox if box.label == label) for label in ("Higher from", "Higher to")]
    assert [box.value for box in ends] == [labels[0], labels[-1]]
    app.session_state["stress-cost"] = "4"
    app.session_state["stress-dear-until"] = labels[2]
    app.run()
    three = f"Costs 4% higher, {labels[0]} to {labels[2]}"
    rows = app.table[0].value
    assert {"Costs 3% higher", "Costs 5% higher", three} <= set(rows.index)
    assert "Costs 4% higher" not in rows.index
    assert f"4% more in each year from {labels[0]} to {labels[2]} of every future" in rows["What happens"][three]
    options = next(box for box in app.selectbox if box.label == "Go on from").options
    assert "Costs 5% higher" in options and three not in options


def test_the_stress_that_was_entered_last_stands_first_and_is_answered_under_the_fields() -> None:
    app = shown(presets.preset(presets.FIRST), TABS[3])
    assert "Would everyone still sign?" not in said(app)
    labels = app.session_state[STATE].scenario.term.labels()
    app.session_state["stress-cost"] = "4"
    app.session_state["stress-dear-until"] = labels[2]
    app.run()
    dear = f"Costs 4% higher, {labels[0]} to {labels[2]}"
    rows = app.table[0].value
    assert rows.index[0] == dear
    sentence = next(line.value for line in app.markdown if line.value.startswith(f"**{dear}** hits hardest, for its"))
    assert rows["Hits hardest"][dear] in sentence
    assert sentence.endswith(f"Would everyone still sign? {rows['Would everyone still sign?'][dear]}.")
    assert "Providers together: worse by £" in sentence
    app.session_state["stress-level"] = "poor"
    app.run()
    assert list(app.table[0].value.index[:2]) == ["Every KPI at poor", dear]
    assert any(line.value.startswith("**Every KPI at poor** hits hardest") for line in app.markdown)
    app.session_state["stress-level"] = "failure"
    app.run()
    assert app.table[0].value.index[0] == dear


def test_stresses_together_stand_first_once_they_are_chosen() -> None:
    app = shown(presets.preset(presets.FIRST), TABS[3])
    chosen = next(box for box in app.multiselect if box.label == "Together")
    chosen.set_value(["Costs 5% higher", "Every KPI at failure"]).run()
    assert app.table[0].value.index[0] == "Chosen at once"
    assert any(line.value.startswith("**Chosen at once** hits hardest") for line in app.markdown)


def test_a_size_that_is_always_there_stands_first_once_it_is_entered() -> None:
    app = shown(presets.preset(presets.FIRST), TABS[3])
    next(box for box in app.text_input if box.label == "Costs higher (%)").set_value("5").run()
    rows = list(app.table[0].value.index)
    assert rows[0] == "Costs 5% higher" and rows.count("Costs 5% higher") == 1


def test_every_kpi_may_be_at_failure_for_the_term_or_in_some_years() -> None:
    app = shown(presets.preset(presets.FIRST), TABS[3])
    labels = app.session_state[STATE].scenario.term.labels()
    rows = app.table[0].value
    assert "so that performance scores -100" in rows["What happens"]["Every KPI at failure"]
    assert "✗" in rows["Would everyone still sign?"]["Every KPI at failure"]
    app.session_state["stress-level"] = "poor"
    app.session_state["stress-kpis-until"] = labels[1]
    app.run()
    what = app.table[0].value["What happens"][f"Every KPI at poor, {labels[0]} to {labels[1]}"]
    assert f"in each year from {labels[0]} to {labels[1]} of every future" in what


def test_without_kpis_none_is_at_failure() -> None:
    app = shown(without_kpis(presets.preset(presets.FIRST)), TABS[3])
    assert not [row for row in app.table[0].value.index if "KPI" in row]
    assert "Every KPI at" not in [box.label for box in app.selectbox]


def test_what_prices_grow_by_in_the_plan_is_said_beside_the_points() -> None:
    app = shown(presets.preset(presets.FIRST), TABS[3])
    next(box for box in app.text_input if box.label == "Inflation (points)").set_value("4").run()
    assert "Prices grow by 2% a year in the plan; 4 points more is 6%." in said(app)
    what = app.table[0].value["What happens"]["Inflation +4 points"]
    assert "Prices grow by 6% in each year from" in what
    assert "4 points more than the 2% in the plan" in what


def test_one_provider_may_be_dearer_by_itself_and_is_chosen() -> None:
    app = shown(presets.preset(presets.FIRST), TABS[3])
    assert "Costs 5% higher\\: Mental health trust" in list(app.table[0].value.index)
    next(box for box in app.selectbox if box.label == "Only one provider dearer").set_value("Recovery charity").run()
    next(box for box in app.text_input if box.label == "Its costs higher (%)").set_value("8").run()
    assert "Costs 8% higher\\: Recovery charity" in list(app.table[0].value.index)


def test_who_would_still_sign_is_said_of_every_stress() -> None:
    scenario = presets.preset(presets.FIRST)
    app = shown(scenario, TABS[3])
    said_of = app.table[0].value["Would everyone still sign?"]
    assert said_of.str.contains("[✓✗≈]").all()
    assert "**Would everyone sign?** As it is: ✗ Recovery charity refuses." in said(app)
    assert scenario.providers[0].name not in said_of[f"{scenario.providers[0].name} fails"]


def test_nobody_refuses_where_nobody_has_said_what_it_would_refuse() -> None:
    silent = Unasked()
    scenario = presets.preset(presets.FIRST)
    changed = scenario.edited(
        providers=tuple(one.edited(appetite=silent) for one in scenario.providers),
        commissioners=tuple(one.edited(appetite=silent) for one in scenario.commissioners),
    )
    app = shown(changed, TABS[3])
    assert set(app.table[0].value["Would everyone still sign?"]) == {"nobody has said what it would accept"}


def test_stresses_chosen_together_are_one_more_row() -> None:
    app = shown(presets.preset(presets.FIRST), TABS[3])
    alone = list(app.table[0].value.index)
    chosen = next(box for box in app.multiselect if box.label == "Together")
    chosen.set_value(alone[:1]).run()
    assert list(app.table[0].value.index) == alone
    chosen = next(box for box in app.multiselect if box.label == "Together")
    chosen.set_value(["Costs 5% higher", "Inflation +3 points"]).run()
    assert list(app.table[0].value.index) == ["Chosen at once", *alone]
    assert "Costs 5% higher; Inflation +3 points" in app.table[0].value.loc["Chosen at once", "What happens"]
    assert app.title[0].value.startswith("Chosen at once: providers together have")
    assert not app.exception


def test_a_stress_that_changes_its_size_leaves_those_chosen_together() -> None:
    app = shown(presets.preset(presets.FIRST), TABS[3])
    chosen = next(box for box in app.multiselect if box.label == "Together")
    chosen.set_value(["Costs 1% higher", "Savings a year late"]).run()
    next(box for box in app.text_input if box.label == "Costs higher (%)").set_value("12").run()
    assert not app.exception
    assert "Costs 12% higher" in list(app.table[0].value.index)
    assert "Costs 1% higher" not in list(app.table[0].value.index)


def test_where_people_disagree_is_said_and_only_there() -> None:
    one = presets.preset("small-charities")
    first = one.providers[0]
    views = [{"name": n, "view": {"kind": "normal", "mean": m, "sd": 0.03}} for n, m in (("A", -0.03), ("B", 0.03))]
    pooled = one.edited(
        providers=(first.edited(cost_deviation={"kind": "pool", "views": views}), *one.providers[1:]),
    )
    assert "If it were known whose view" not in said(shown(one, "What moves it"))
    app = shown(pooled, "What moves it")
    assert f"If it were known whose view of {first.name} › Cost uncertainty is right" in said(app)


@pytest.mark.parametrize(
    ("measure", "said_of", "ends"),
    [
        ("Worst 1 in 20", "the worst 1 in 20 over the term", "in the worst 1 in 20"),
        ("Chance of pain", "the chance", "%"),
    ],
)
def test_sentence_and_title_of_stresses_follow_the_measure(measure: str, said_of: str, ends: str) -> None:
    app = shown(presets.preset(presets.FIRST), TABS[3])
    app.session_state["of-stress"] = measure
    app.run()
    assert f"What changes {said_of}" in said(app)
    assert ends in app.title[0].value
    assert "on average" not in app.title[0].value


def test_a_provider_that_has_left_has_no_figure_in_its_own_stress() -> None:
    scenario = presets.preset(presets.FIRST)
    app = shown(scenario, TABS[3])
    app.session_state["of-stress"] = "Worst 1 in 20"
    app.session_state["table-stresses"] = True
    app.run()
    gone = scenario.providers[0].name
    figures = app.dataframe[0].value
    left = figures.loc[f"{gone} fails"].index
    assert len(left)
    assert gone not in left


def test_the_cells_of_a_failure_add_up_to_its_total() -> None:
    scenario = presets.preset(presets.FIRST)
    app = shown(scenario, TABS[3])
    app.session_state["table-stresses"] = True
    app.run()
    moved = app.dataframe[0].value.loc[f"{scenario.providers[0].name} fails"]["Change of mean (£)"]
    each = [moved[provider.name] for provider in scenario.providers]
    assert sum(each) == pytest.approx(moved["Providers together"], abs=1)
    assert "until it leaves" in said(app)


def test_costs_that_rise_and_fall_are_not_put_together() -> None:
    app = shown(presets.preset(presets.FIRST), TABS[3])
    chosen = next(box for box in app.multiselect if box.label == "Together")
    chosen.set_value(["Costs 5% lower", "Costs 5% higher", "Inflation +3 points"]).run()
    what = app.table[0].value.loc["Chosen at once", "What happens"]
    assert what == "All of these at once: Costs 5% higher; Inflation +3 points."
    assert "*Costs 5% higher* counts, Costs 5% lower not" in said(app)


@pytest.mark.parametrize("tab", TABS[:2])
def test_where_nothing_is_at_stake_in_a_year_the_page_says_so(tab: str) -> None:
    app = shown(presets.preset("small-charities"), tab)
    session = app.session_state[STATE]
    session.period, session.whose = "2022-23", session.scenario.providers[0].name  # a shadow year
    session.refresh()
    assert not app.run().exception
    assert app.title[0].value.startswith("Nothing is at stake in 2022-23")
    assert not app.get("plotly_chart") and " 0% " not in said(app)


def test_a_result_that_is_certain_and_not_nothing_is_said() -> None:
    row = pd.Series({"mean": 5e3, "sd": 0.0})
    assert reasons.nothing(row, "A", "2018-19") == "Nothing moves the result in 2018-19: +£5k for A in every future"


def test_who_is_hit_hardest_is_said_with_what_it_has_before_and_after() -> None:
    hit = shown(presets.preset(presets.FIRST), TABS[3]).table[0].value["Hits hardest"]
    assert all("worse by £" in one and ", from " in one for one in hit if one != "nobody")


def test_a_risk_that_comes_true_stands_beside_it_left_out() -> None:
    scenario = presets.preset(presets.FIRST)
    app = shown(scenario, TABS[2])
    rows = list(app.table[0].value.index)
    assert len([row for row in rows if row.endswith("left out")]) == sum(r.included for r in scenario.uncertainty.risks)
    assert len([row for row in rows if "happens once, in 2020-21" in row]) == len(scenario.uncertainty.risks)
    once = app.table[0].value["Mean"][[row for row in rows if "happens once" in row]]
    assert once.str.startswith("−").all()  # to happen costs something, however often it is expected anyway
    app.session_state[STATE].period = "2022-23"
    app.run()
    assert any("happens once, in 2022-23" in row for row in app.table[0].value.index)


def test_inflation_stress_has_its_own_years() -> None:
    app = shown(presets.preset(presets.FIRST), TABS[3])
    labels = app.session_state[STATE].scenario.term.labels()
    for label, year in (("Points from", labels[0]), ("Points to", labels[-1])):
        next(box for box in app.selectbox if box.label == label).set_value(year).run()
    assert f"in each year from {labels[0]} to {labels[-1]}" in str(app.table[0].value.to_numpy())


def test_inflation_of_a_stress_ends_no_sooner_than_it_begins() -> None:
    app = shown(presets.preset(presets.FIRST), TABS[3])
    labels = list(app.session_state[STATE].scenario.term.labels())

    def box(label: str) -> Selectbox:
        return next(one for one in app.selectbox if one.label == label)

    box("Points to").set_value(labels[-1]).run()
    box("Points from").set_value(labels[2]).run()
    assert (box("Points to").options, box("Points to").value) == (labels[2:], labels[-1])
    box("Points from").set_value(labels[-1]).run()
    assert f"in {labels[-1]}, 3 points more" in str(app.table[0].value.to_numpy())


def test_what_leaving_brings_a_provider_is_a_sentence_where_it_is_the_one_looked_at() -> None:
    app = shown(presets.preset(presets.FIRST), TABS[3])
    labels = app.session_state[STATE].scenario.term.labels()
    assert "left at the start of" not in said(app)
    for label, choice in (("Provider that fails or leaves", "Recovery charity"), ("Whose result", "Recovery charity")):
        next(box for box in app.selectbox if box.label == label).set_value(choice).run()
    sentence = f"**If Recovery charity left at the start of {labels[1]}**, it would have"
    assert sentence in said(app)
    next(box for box in app.selectbox if box.label == "Whose result").set_value("Council").run()
    assert "left at the start of" not in said(app)


def test_one_dearer_year_is_tried_where_ones_own_figures_are_typed() -> None:
    app = shown(presets.preset(presets.FIRST), "Stress tests")
    assert any("A year at costs of your own has a page of its own" in line.value for line in app.markdown)
    way = next(one for one in app.button if one.label == "One dearer year: Walk one future › My own figures")
    way.click().run()
    assert not app.exception
    assert app.session_state["walk-future"] == "My own figures"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1,5", "'1,5' is not a number, such as 1. What is shown is of 12."),
        ("ten", "'ten' is not a number, such as 1. What is shown is of 12."),
        ("200", "200 is too high: from -20 to 50. What is shown is of 12."),
        ("", "Type a number, such as 1. What is shown is of 12."),
    ],
)
def test_a_stress_of_no_such_size_is_told_and_the_last_one_stays(text: str, said: str) -> None:
    app = shown(presets.preset(presets.FIRST), TABS[3])

    def enter(typed: str) -> None:
        next(box for box in app.text_input if box.label == "Costs higher (%)").set_value(typed).run()

    enter("12%")
    assert not app.error and "Costs 12% higher" in list(app.table[0].value.index)
    enter(text)
    assert [one.value for one in app.error] == [said]
    assert "Costs 12% higher" in list(app.table[0].value.index)
    enter("1.5")
    assert not app.error and "Costs 1.5% higher" in list(app.table[0].value.index)
