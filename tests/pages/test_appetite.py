"""The paper for a board: for every partner of every preset, and for alliances with little in them."""

import pytest
from streamlit.testing.v1 import AppTest

from data import presets
from model.appetite import InPounds, Unasked
from model.distributions import Fixed
from model.scenario import Scenario
from model.tables import partner_names, partners
from tests.pages.test_pages import opened
from ui.decisions import positions
from ui.format import ABOUT_LUCK, money, percent
from ui.results import results
from ui.session import STATE

DRAWS = 1_024


def shown(scenario: Scenario, partner: str = "") -> AppTest:
    app = opened("appetite.py")
    session = app.session_state[STATE]
    session.draws = DRAWS
    session.begin(scenario)
    app.run()
    if partner:
        next(box for box in app.selectbox if box.label == "Whose board").set_value(partner).run()
    assert not app.exception and not app.error
    return app


def said(app: AppTest) -> str:
    return " ".join(element.value for element in app.markdown)


@pytest.mark.parametrize("preset", presets.names())
def test_every_partner_of_every_preset_has_its_paper(preset: str) -> None:
    app = shown(presets.preset(preset))
    for name in partner_names(presets.preset(preset)):
        next(box for box in app.selectbox if box.label == "Whose board").set_value(name).run()
        assert not app.exception
        assert app.title[0].value.startswith(name)


def test_the_title_is_the_verdict_of_the_partners_tests() -> None:
    app = shown(presets.preset("lambeth-living-well"), "Recovery charity")
    found = {one.partner: one for one in positions(app.session_state[STATE])}
    assert found["Recovery charity"].verdict == "refuses"
    assert "outside its limits" in app.title[0].value
    table = app.table[0].value
    assert "✗ Outside" in table["So it is"].to_list() and "not asked" in table["It accepts"].to_list()
    assert len(table) == len(found["Recovery charity"].cells) + 1
    next(box for box in app.selectbox if box.label == "Whose board").set_value("Community charity").run()
    assert "inside its limits" in app.title[0].value


def test_the_worked_example_is_settled_by_the_contract() -> None:
    """Lambeth in 2020-21: half of an overspend of 5% less the corridor, and what the score earns."""
    app = shown(presets.preset("lambeth-living-well"), "NHS commissioner")
    example = next(m.value for m in app.markdown if "more than its target of" in m.value)
    assert "an overspend of £2.86m" in example and "NHS commissioner would bear" in example


def test_what_is_uncapped_is_said() -> None:
    assert "**uncapped**" in said(shown(presets.preset("lambeth-living-well"), "Council"))


def test_a_partner_that_asks_nothing_is_told_so() -> None:
    scenario = presets.preset("project-alliance")
    free = scenario.edited(providers=(scenario.providers[0].edited(appetite=Unasked()), *scenario.providers[1:]))
    app = shown(free, "Design company")
    assert app.title[0].value == "Design company has not said what it would accept"


def test_a_certain_alliance_has_a_paper_too() -> None:
    scenario = presets.preset("project-alliance")
    sure = [p.edited(cost_deviation=Fixed(value=0.0), baseline_error=Fixed(value=0.0)) for p in scenario.providers]
    bare = scenario.uncertainty.edited(risks=(), prices=Fixed(value=0.0), savings_delivered=Fixed(value=1.0))
    kras = tuple(
        kra.edited(kpis=tuple(kpi.edited(deviation=Fixed(value=0.0), people=None) for kpi in kra.kpis))
        for kra in scenario.framework.kras
    )
    certain = scenario.edited(providers=tuple(sure), uncertainty=bare, framework=scenario.framework.edited(kras=kras))
    assert "In every future" in said(shown(certain, "Design company"))


def test_limits_of_its_own_are_tested() -> None:
    scenario = presets.preset("lambeth-ipsa")
    strict = scenario.providers[0].edited(appetite=InPounds(worst=1.0))
    app = shown(scenario.edited(providers=(strict, *scenario.providers[1:])), strict.name)
    assert app.title[0].value == f"{strict.name} would be outside its limits"
    assert "at most £1" in app.table[0].value["It accepts"].to_list()


def test_limits_that_are_broken_whatever_is_signed_or_never_reached_are_said_to_be() -> None:
    scenario = presets.preset("small-charities")
    *others, last = scenario.providers
    assert last.reserves
    strict = last.edited(appetite=InPounds(reserve_minimum=2 * last.reserves, year_loss=last.reserves))
    told = said(shown(scenario.edited(providers=(*others, strict)), last.name)).replace("\u2060", "")
    assert "today**, whatever is signed." in told
    assert "cannot be reached" in told
    losing = last.edited(appetite=InPounds(worst=1.0), outside=Fixed(value=-150_000.0))
    told = said(shown(scenario.edited(providers=(*others, losing)), last.name)).replace("\u2060", "")
    assert f"Staying out breaks its limit on the worst 1 in 20 too**: it would bring {last.name} −£150k" in told


def test_the_paper_says_by_what_it_was_made() -> None:
    app = shown(presets.preset("lambeth-ipsa"))
    foot = next(m.value for m in reversed(app.markdown) if "seed" in m.value and "starting design" not in m.value)
    scenario = presets.preset("lambeth-ipsa")
    for part in ("Illustrative figures", scenario.id, "1,024 draws", "seed 2018", "version"):
        assert part in foot


def test_what_a_standard_error_is_stands_below_each_table_that_has_one() -> None:
    app = shown(presets.preset("lambeth-living-well"), "NHS commissioner")
    with_errors = [t for t in app.table if "±" in t.value.to_string()]
    assert sum(ABOUT_LUCK in element.value for element in app.markdown) == len(with_errors) == 2


def test_limit_figure_and_slack_can_be_subtracted() -> None:
    app = shown(presets.preset("lambeth-living-well"), "NHS commissioner")
    row = app.table[0].value.loc["Worst 1 in 20, average loss"]
    limit, figure = (float(row[name].split("£")[1].rstrip("m")) for name in ("It accepts", "It would be"))
    slack = float(row["In pounds"].split("£")[1].split("m")[0])
    assert limit - figure == pytest.approx(slack, abs=0.011)
    assert limit == 12.0 and slack < 2


def test_stresses_stand_under_what_they_answer_and_are_not_settled_while_folded() -> None:
    app = shown(presets.preset("lambeth-living-well"), "NHS commissioner")
    box = next(box for box in app.expander if "fails" in box.label)
    asks = "If Mental health trust fails, prices rise, savings come late or KPIs fail"
    assert box.label == f"{asks}: what that would change for NHS commissioner"
    table = next(table.value for table in app.table if "What would happen" in table.value)
    assert list(table.index) == [
        "Inflation +3 points",
        "Savings a year late",
        "Every KPI at failure",
        "Mental health trust fails",
    ]
    app.session_state["board-stress"] = False
    app.run()
    assert not any("What would happen" in table.value for table in app.table)


@pytest.mark.parametrize("preset", presets.names())
def test_the_page_begins_with_the_partner_that_should_we_join_begins_with(preset: str) -> None:
    begun = []
    for page, label in (("appetite.py", "Whose board"), ("joining.py", "Who decides")):
        app = opened(page)
        app.session_state[STATE].begin(presets.preset(preset))
        app.run()
        begun.append(next(box for box in app.selectbox if box.label == label).value)
    assert begun[0] == begun[1]


def test_the_worst_year_and_what_it_takes_of_reserves_are_said_as_the_year_looked_at_has_them() -> None:
    app = shown(presets.preset("lambeth-living-well"), "Council")
    sentence = next(line.value for line in app.markdown if line.value.startswith("The worst year for Council is **"))
    label = sentence.split("**")[1].split(",")[0]
    session = app.session_state[STATE]
    row = partners(results(session, label=label), label).loc["Council"]
    cost = f"costs {money(row['cvar95'])} on average, {percent(row['of reserves'])} of its reserves"
    assert cost in sentence
    assert not any("… % of reserves" in frame.value for frame in app.dataframe)
    app.session_state["table-board-years"] = True
    app.run()
    every = next(frame.value for frame in app.dataframe if "… % of reserves" in frame.value)
    assert list(every.index) == list(session.scenario.term.labels())
    assert every["Worst 1 in 20, average loss (£)"][label] == round(row["cvar95"])


def test_a_council_reads_that_its_own_service_is_a_partner_beside_it() -> None:
    beside = "Adult social care is a council service and a partner of its own here"
    app = shown(presets.preset("lambeth-living-well"), "Council")
    assert beside in said(app)
    next(box for box in app.selectbox if box.label == "Whose board").set_value("NHS commissioner").run()
    assert beside not in said(app)
