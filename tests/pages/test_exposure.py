"""The page on the alliance's exposure: every tab for every preset and for odd alliances."""

import pytest
from streamlit.testing.v1 import AppTest

from data import presets
from model.scenario import Scenario
from tests.pages.test_drivers import all_certain, one_provider, one_year, said
from tests.pages.test_pages import opened
from ui.session import STATE

TABS = ["Year by year", "Who carries it", "Splits side by side", "If one fails"]
DRAWS = 1_024


def shown(scenario: Scenario, tab: str) -> AppTest:
    """The page with one tab open."""
    app = opened("exposure.py")
    session = app.session_state[STATE]
    session.draws = DRAWS
    session.begin(scenario)
    app.session_state["exposure-tabs"] = tab
    app.run()
    assert not app.exception
    assert not app.error
    assert len(app.title) == 1
    assert len(app.title[0].value.split()) > 5
    return app


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("preset", presets.names())
def test_every_tab_answers_for_every_preset_in_the_term_and_in_a_year(preset: str, tab: str) -> None:
    app = shown(presets.preset(preset), tab)
    assert app.get("plotly_chart")
    for chart in app.get("plotly_chart"):
        assert chart.proto.alt.strip()
    session = app.session_state[STATE]
    session.period = session.scenario.term.labels()[-1]
    session.refresh()
    assert not app.run().exception


def no_reserves(scenario: Scenario) -> Scenario:
    providers = tuple(p.edited(reserves=None) for p in scenario.providers)
    buyers = tuple(c.edited(reserves=None) for c in scenario.commissioners)
    return scenario.edited(providers=providers, commissioners=buyers)


def no_fees(scenario: Scenario) -> Scenario:
    caps = {"gain_cap": {"kind": "none"}, "pain_cap": {"kind": "none"}}
    return scenario.edited(providers=tuple(p.edited(fee_rate=0.0, **caps) for p in scenario.providers))


def no_losses(scenario: Scenario) -> Scenario:
    """Costs certain and under target, performance unpaid: everybody only gains."""
    sure = all_certain(scenario)
    baseline = sure.baseline.edited(contingency=0.2)
    performance = sure.risk_share.performance.edited(pool={"kind": "pounds", "amount": 0.0})
    return sure.edited(baseline=baseline, risk_share=sure.risk_share.edited(performance=performance))


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("odd", [one_provider, all_certain, one_year, no_reserves, no_fees, no_losses])
@pytest.mark.parametrize("preset", ["lambeth-living-well", "separate-contracts"])
def test_every_tab_answers_for_odd_alliances(preset: str, odd: object, tab: str) -> None:
    assert callable(odd)
    shown(odd(presets.preset(preset)), tab)


def test_who_carries_most_of_the_loss_is_the_title() -> None:
    app = shown(presets.preset(presets.FIRST), TABS[1])
    assert app.title[0].value.startswith("NHS commissioner carries")
    assert app.title[0].value.endswith("of its best")


def test_a_higher_limit_leaves_room_for_fixed_shares() -> None:
    app = shown(presets.preset(presets.FIRST), TABS[1])
    assert "no fixed shares would suit all" in said(app)
    next(box for box in app.text_input if box.label.startswith("Each would risk")).set_value("80").run()
    assert "fixed shares that suit all exist" in said(app)


def test_without_losses_there_is_nothing_to_carry() -> None:
    app = shown(no_losses(presets.preset(presets.FIRST)), TABS[1])
    assert "there is no loss to carry" in app.title[0].value
    assert "any share keeps every limit" in said(app)


def test_without_reserves_the_page_says_that_there_are_none() -> None:
    app = shown(no_reserves(presets.preset(presets.FIRST)), TABS[1])
    assert "No provider has free reserves stated" in said(app)
    assert "no limits to keep" in said(app)
    splits = shown(no_reserves(presets.preset(presets.FIRST)), TABS[2])
    assert "By reserves" not in list(splits.table[0].value.index)
    assert "£" in splits.title[0].value


def test_every_split_says_who_is_hit_hardest_and_who_is_worse_off() -> None:
    app = shown(presets.preset(presets.FIRST), TABS[2])
    table = app.table[0].value
    splits = ["As agreed", "Equal", "By fee", "By budget", "By reserves", "By own result"]
    assert list(table.index) == splits
    assert table.iloc[0, 2] == "–"
    assert "Recovery charity" in table.loc["Equal"].iloc[2]


def test_a_failure_can_come_later_and_cost_more() -> None:
    app = shown(presets.preset(presets.FIRST), TABS[3])
    before = app.title[0].value
    next(box for box in app.text_input if box.label == "At more cost (%)").set_value("40").run()
    assert app.title[0].value != before
    next(box for box in app.selectbox if box.label == "From").set_value("2023-24").run()
    assert all("2023-24" in text for text in app.table[0].value["What happens"])


def test_who_fails_is_the_readers_choice() -> None:
    app = shown(presets.preset(presets.FIRST), TABS[3])
    who = app.multiselect[0]
    who.set_value(["Recovery charity"]).run()
    assert list(app.table[0].value.index) == ["Recovery charity fails"]
    who = app.multiselect[0]
    who.set_value([]).run()
    assert app.title[0].value.startswith("Choose a provider")


def test_each_split_says_who_would_refuse_it() -> None:
    scenario = presets.preset("lambeth-living-well")
    app = shown(scenario, "Splits side by side")
    table = app.table[0].value
    assert table["Who would refuse to sign"]["By own result"] == "not tested"
    assert table["Who would refuse to sign"]["As agreed"] == "Recovery charity"


def test_the_saved_design_stays_as_a_ghost_while_another_is_edited() -> None:
    scenario = presets.preset("lambeth-living-well")
    app = shown(scenario, "Year by year")
    assert "Starting design" not in str([chart.proto for chart in app.get("plotly_chart")])
    session = app.session_state[STATE]
    session.write(("risk_share", "pain_bands", 0, "share"), 0.2)
    app.run()
    assert not app.exception
    assert all("Starting design" in str(chart.proto) for chart in app.get("plotly_chart"))
