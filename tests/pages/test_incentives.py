"""The page on incentives: every tab for every preset and for odd alliances."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from data import presets
from model.basis import CarryForward, Cumulative
from model.contract import RiskShare
from model.scenario import Scenario
from tests.pages.test_drivers import all_certain, one_provider, one_year, without_kpis
from tests.pages.test_pages import opened
from ui.range_words import unformatted
from ui.session import STATE

TABS = ["Pence per pound", "Pounds per level", "What does nothing", "All win or all lose", "Luck"]
DRAWS = 1_024


def shown(scenario: Scenario, tab: str) -> AppTest:
    """The page with one tab open."""
    app = opened("incentives.py")
    session = app.session_state[STATE]
    session.draws = DRAWS
    session.begin(scenario)
    app.session_state["incentives-tabs"] = tab
    app.run()
    assert not app.exception
    assert not app.error
    assert len(app.title[0].value.split()) > 5
    return app


def said(app: AppTest) -> str:
    return " ".join(element.value for element in app.markdown)


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("preset", presets.names())
def test_every_tab_answers_for_every_preset_in_the_term_and_in_a_year(preset: str, tab: str) -> None:
    app = shown(presets.preset(preset), tab)
    for chart in app.get("plotly_chart"):
        assert chart.proto.alt.strip()
    session = app.session_state[STATE]
    session.period = session.scenario.term.labels()[-1]
    session.refresh()
    assert not app.run().exception


@pytest.mark.parametrize("preset", presets.names())
def test_where_a_payment_jumps_is_told_as_on_the_page_of_the_terms(preset: str) -> None:
    here, there = shown(presets.preset(preset), "Pence per pound"), opened("risk_share.py")
    session = there.session_state[STATE]
    session.draws = DRAWS
    session.begin(presets.preset(preset))
    there.run()

    def jumps(app: AppTest) -> list[str]:
        lines = (line for element in app.markdown for line in element.value.split("\n"))
        found = (unformatted(line.removeprefix("- ").replace("\u2060", "")) for line in lines)
        return [line for line in found if "the providers' payment jumps" in line]

    assert jumps(here) == jumps(there)
    assert bool(jumps(here)) == (preset not in ("separate-contracts", "new-alliance"))
    assert ("Nothing jumps in" in said(here)) == (not jumps(here))


def separate(scenario: Scenario) -> Scenario:
    return scenario.edited(providers=tuple(p.edited(pooled=0.0) for p in scenario.providers))


def cumulative(scenario: Scenario) -> Scenario:
    return scenario.edited(risk_share=scenario.risk_share.edited(basis=Cumulative()))


def carried(scenario: Scenario) -> Scenario:
    return scenario.edited(risk_share=scenario.risk_share.edited(basis=CarryForward()))


def nothing_shared(scenario: Scenario) -> Scenario:
    return without_kpis(scenario).edited(risk_share=RiskShare())


ODD = [without_kpis, one_provider, all_certain, one_year, separate, cumulative, carried, nothing_shared]


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("odd", ODD)
def test_every_tab_answers_for_odd_alliances(odd: Callable[[Scenario], Scenario], tab: str) -> None:
    shown(odd(presets.preset("lambeth-ipsa")), tab)


def test_the_first_title_is_what_a_pound_brings_providers() -> None:
    title = shown(presets.preset(presets.FIRST), TABS[0]).title[0].value
    assert title.startswith("A pound saved brings providers ")
    assert title.endswith("p, not the 50p on paper")


def test_another_level_may_be_chosen() -> None:
    app = shown(presets.preset(presets.FIRST), TABS[1])
    assert "from minimum to stretch" in said(app)
    next(box for box in app.selectbox if box.label == "One level").set_value("Failure to poor").run()
    assert "from failure to poor" in said(app)


def test_a_cap_that_never_binds_is_named() -> None:
    scenario = presets.preset(presets.FIRST)
    loose = scenario.risk_share.edited(total_gain_cap={"kind": "pounds", "amount": 1e9})
    app = shown(scenario.edited(risk_share=loose), TABS[2])
    assert app.title[0].value == "One term does nothing at present: Cap on total gain"
    assert "**Cap on total gain** never binds" in said(app)


def test_who_saves_is_told_only_where_it_matters() -> None:
    scenario = presets.preset(presets.FIRST)
    assert "It matters who saves" not in said(shown(scenario, TABS[0]))
    half = tuple(p.edited(pooled=0.5) for p in scenario.providers)
    heads = [head.value for head in shown(scenario.edited(providers=half), TABS[0]).subheader]
    assert "Who saves the pound" in heads


def test_luck_below_another_limit_needs_another_number() -> None:
    app = shown(presets.preset("lambeth-ipsa"), TABS[4])
    before = said(app)
    next(box for box in app.text_input if "below" in box.label).set_value("50").run()
    assert said(app) != before


def test_whether_poor_care_still_pays_is_said_where_levels_are_in_pounds() -> None:
    told = said(shown(presets.preset(presets.FIRST), "Pounds per level"))
    assert "Poor care earns nothing here: at a performance score of −50 (poor) a saving of 5%" in told


def test_a_kpi_leads_to_what_its_levels_are_worth_in_pounds() -> None:
    app = opened("framework.py")
    next(b for b in app.button if b.label == "In pounds: Incentives › Pounds per level").click().run()
    assert not app.exception
    assert any(box.label == "One level" for box in app.selectbox)


def test_which_weight_matters_is_said_once_somebody_asks() -> None:
    app = shown(presets.preset(presets.FIRST), TABS[1])
    assert "weighs 10 points more" not in said(app)
    app.session_state["weights"] = True
    app.run()
    assert not app.exception
    assert "weighs 10 points more of the whole score" in said(app)
    assert any("Providers, mean" in table.value for table in app.table)
