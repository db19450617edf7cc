"""The page on acceptance: every preset and odd alliances, prices that can be tried, appetites that can be entered."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data import presets
from model import stood
from model.acceptance import positions
from model.appetite import InPounds, Unasked
from model.dependence import Correlations
from model.distributions import Fixed
from model.documents import from_document, to_document
from model.fields import Path
from model.paths import paths
from model.scenario import Scenario
from tests.pages.test_drivers import all_certain, one_provider, one_year, said, without_kpis, without_risks
from tests.pages.test_pages import opened
from ui import decisions, edits, inputs, signing, verdicts
from ui.results import outcomes, scores
from ui.session import STATE

DRAWS = 1_024
TABS = ["Who accepts", "What each accepts"]


def nobody_asks(scenario: Scenario) -> Scenario:
    nothing = Unasked()
    return scenario.edited(
        providers=tuple(one.edited(appetite=nothing) for one in scenario.providers),
        commissioners=tuple(one.edited(appetite=nothing) for one in scenario.commissioners),
    )


def shown(scenario: Scenario, tab: str = TABS[0]) -> AppTest:
    app = opened("acceptance.py")
    session = app.session_state[STATE]
    session.draws = DRAWS
    session.begin(scenario)
    app.session_state["acceptance-tabs"] = tab
    app.run()
    assert not app.exception
    assert not app.error
    return app


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("preset", presets.names())
def test_every_tab_answers_for_every_preset(preset: str, tab: str) -> None:
    app = shown(presets.preset(preset), tab)
    assert len(app.title[0].value.split()) > 5
    for chart in app.get("plotly_chart"):
        assert chart.proto.alt.strip()


@pytest.mark.parametrize("tab", TABS)
def test_a_limit_that_is_broken_whatever_is_signed_is_said_to_be(tab: str) -> None:
    """Beside the verdict and beside the field: reserves that are too low today, and a loss by staying out."""
    scenario = presets.preset("small-charities")
    first, second, *others = scenario.providers
    poor = first.edited(appetite=InPounds(reserve_minimum=2 * (first.reserves or 0.0)))
    losing = second.edited(appetite=InPounds(worst=1.0), outside=Fixed(value=-150_000.0))
    app = shown(scenario.edited(providers=(poor, losing, *others)), tab)
    told = said(app).replace("\u2060", "")
    assert "today**, whatever is signed." in told
    if tab == TABS[0]:
        assert f"Staying out breaks its limit on the worst 1 in 20 too**: it would bring {second.name} −£150k" in told


def test_reserves_to_keep_may_be_put_in_months_of_running_costs() -> None:
    scenario = presets.preset("small-charities")
    whose = next(one for one in scenario.providers if one.name == "Peer support charity")
    asking = whose.edited(appetite=InPounds(reserve_minimum=30_000.0))
    others = tuple(one for one in scenario.providers if one is not whose)
    app = shown(scenario.edited(providers=(asking, *others)), TABS[1])
    assert f"A month of running costs is £{whose.income / 12:,.0f}." in said(app)
    entry(app, "Reserves not below").set_value("3 months").run()
    assert not app.exception
    kept = app.session_state[STATE].scenario.providers[0].appetite.reserve_minimum
    assert kept == pytest.approx(whose.income / 4)
    entry(app, "Reserves not below").set_value("£45,000").run()
    assert app.session_state[STATE].scenario.providers[0].appetite.reserve_minimum == 45_000.0


def test_what_staying_out_is_worth_is_explained_by_an_example() -> None:
    owners = (presets.preset(presets.FIRST).providers[0], presets.preset(presets.FIRST).commissioners[0])
    provider, commissioner = (type(one).model_fields["outside"].description or "" for one in owners)
    assert "£150,000 lost and £60,000 saved is -90,000" in provider
    assert "fee that it would lose" not in commissioner and "is -200,000" in commissioner


def test_why_reserves_are_too_low_is_said_where_all_partners_stand() -> None:
    scenario = presets.preset("small-charities")
    first, *others = scenario.providers
    poor = first.edited(appetite=InPounds(reserve_minimum=2 * (first.reserves or 0.0)))
    found = shown(scenario.edited(providers=(poor, *others))).session_state[STATE]
    one = next(one for one in decisions.positions(found) if one.partner == first.name)
    assert signing.stands(one)[1].startswith("its reserves are too low today already, £")


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("odd", [without_kpis, without_risks, one_provider, all_certain, one_year, nobody_asks])
@pytest.mark.parametrize("preset", ["lambeth-living-well", "separate-contracts"])
def test_every_tab_answers_for_odd_alliances(preset: str, odd: object, tab: str) -> None:
    assert callable(odd)
    shown(odd(presets.preset(preset)), tab)


def test_the_title_counts_those_who_refuse_and_the_sentence_below_names_them() -> None:
    app = shown(presets.preset("small-charities"))
    session = app.session_state[STATE]
    found = positions(session.scenario, paths(session.scenario, outcomes(session), scores(session)))
    against = [one.partner for one in found if one.verdict == "refuses"]
    assert app.title[0].value.startswith(f"{verdicts.number(len(against))} of eight partners would refuse")
    assert all(f"**{name}**" in app.main.markdown[0].value for name in against)


def test_nobody_refuses_where_nobody_asks_and_the_title_says_why() -> None:
    app = shown(nobody_asks(presets.preset(presets.FIRST)))
    assert app.title[0].value == "Nobody has said what it would accept"


def test_a_partner_whose_limits_are_empty_accepts_nothing_and_blocks_nobody() -> None:
    scenario = presets.preset(presets.FIRST)
    every = tuple(one.edited(appetite=InPounds(loss=1e9)) for one in scenario.providers)
    buyers = tuple(one.edited(appetite=InPounds(loss=1e9)) for one in scenario.commissioners)
    silent = every[0].edited(appetite=InPounds())
    app = shown(scenario.edited(providers=(silent, *every[1:]), commissioners=buyers))
    assert app.title[0].value == f"Five of six partners accept; {silent.name} has not said"
    assert f"**{silent.name}** has not said what it would accept: that blocks nobody, and is no acceptance." in said(
        app
    )


def test_a_price_that_is_tried_makes_the_partner_accept_and_undo_brings_back_what_was() -> None:
    app = shown(presets.preset(presets.FIRST))
    before = app.session_state[STATE].document
    blocked = next(box for box in app.selectbox if box.label == "Whose mind").value
    assert f"✗ **{blocked}** refuses" in said(app)
    next(button for button in app.button if button.label.startswith("Try *")).click().run()
    assert not app.exception
    assert f"✗ **{blocked}** refuses" not in said(app)
    assert next(box for box in app.selectbox if box.label == "Whose mind").value == blocked
    assert f"With what was tried, ✓ **{blocked}** accepts" in said(app).replace("\u00a0", " ")
    assert app.session_state[STATE].document != before
    told = app.session_state[STATE].news
    assert f": {blocked} now accepts. On average over the term it costs " in told and "Council £" in told
    assert said(app).count("On average over the term it costs") == 1
    assert any(button.label == "Beside the starting design: Compare designs" for button in app.button)
    next(button for button in app.button if button.label == "Undo").click().run()
    assert app.session_state[STATE].document == before
    assert f"✗ **{blocked}** refuses" in said(app)


def test_a_share_of_two_bands_says_what_of_the_second_is_tried_with_it() -> None:
    app = shown(presets.preset(presets.FIRST))
    assert any(said.value == "50%, then 40%" for said in app.markdown)
    label = "Try *Providers' share of overspends, first 5% (the rest in proportion) at "
    try_it = next(button for button in app.button if button.label.startswith(label))
    try_it.click().run()
    first, second = (band.share for band in app.session_state[STATE].scenario.risk_share.pain_bands)
    assert second == pytest.approx(0.8 * first)
    assert try_it.label == f"{label}{100 * first:.0f}%, then {100 * second:.1f}%*"


def entry(app: AppTest, label: str) -> Any:
    boxes: list[Any] = [*app.text_input, *app.selectbox]
    return next(box for box in boxes if box.label.startswith(label))


APPETITE: Path = ("providers", 0, "appetite")


def test_a_word_becomes_pounds_that_accept_the_same_and_can_be_changed() -> None:
    app = shown(presets.preset(presets.FIRST), TABS[1])
    session = app.session_state[STATE]
    before = session.scenario.providers[0].appetite
    found = positions(session.scenario, paths(session.scenario, outcomes(session), scores(session)))[0].limits
    app.segmented_control(key=inputs.key_of(session, (*APPETITE, "kind"))).set_value("pounds").run()
    after = session.scenario.providers[0].appetite
    assert (before.kind, after.kind) == ("words", "pounds")
    for name, value in found._asdict().items():
        assert getattr(after, name) == (value if value is None else pytest.approx(value, rel=0.005))
    entry(app, "Loss that must stay unlikely").set_value("£2m").run()
    assert session.scenario.providers[0].appetite.loss == 2e6
    entry(app, "At most this likely").set_value("120").run()
    assert any("At most this likely is 120%" in error.value for error in app.error)


def test_a_limit_of_any_one_year_is_entered_tested_and_priced() -> None:
    app = shown(presets.preset(presets.FIRST), TABS[1])
    session = app.session_state[STATE]
    app.segmented_control(key=inputs.key_of(session, (*APPETITE, "kind"))).set_value("pounds").run()
    entry(app, "Most that may be lost in one year").set_value("£1k").run()
    entry(app, "But for a chance, in at least one year of the term, of").set_value("0").run()
    asked = session.scenario.providers[0].appetite
    assert (asked.year_loss, asked.year_chance) == (1000.0, 0.0)
    entry(app, "Loss that must stay unlikely").set_value("0").run()
    assert any("no loss at all" in table.value.to_string() for table in app.table)
    assert any(
        "in at least one year of the term, in at most 0% of futures" in table.value.to_string() for table in app.table
    )
    app.session_state["acceptance-tabs"] = TABS[0]
    app.run()
    assert not app.exception
    assert any("in one year" in text.value or "in at least one year" in text.value for text in app.markdown)


def test_costs_moved_without_staying_out_ask_whether_that_would_not_cost_more_too() -> None:
    app = shown(presets.preset(presets.FIRST))
    session = app.session_state[STATE]
    asked = "would staying out not cost more too?"
    assert asked not in said(app)
    session.write(("providers", 0, "cost_deviation"), {"kind": "normal", "mean": 0.2, "sd": 0.05})
    app.run()
    assert asked in said(app)
    next(button for button in app.button if button.label.startswith("If it stayed out")).click().run()
    assert app.session_state["acceptance-tabs"] == TABS[1]


def test_another_word_and_another_outside_option_move_the_verdict() -> None:
    app = shown(presets.preset(presets.FIRST), TABS[1])
    session = app.session_state[STATE]
    title = app.title[0].value
    entry(app, "Appetite").set_value("averse").run()
    assert session.scenario.providers[0].appetite.word == "averse"
    assert app.title[0].value != title
    entry(app, "Appetite").set_value("open").run()
    assert app.title[0].value == title
    entry(app, "Value (£)").set_value("£100m").run()
    assert app.title[0].value != title


def test_the_partner_whose_appetite_is_entered_stays_chosen() -> None:
    app = shown(presets.preset(presets.FIRST), TABS[1])
    session = app.session_state[STATE]
    whose = next(box for box in app.selectbox if box.label == "Whose appetite")
    whose.set_value("Council").run()
    path: Path = ("commissioners", 0, "appetite")
    app.segmented_control(key=inputs.key_of(session, (*path, "kind"))).set_value("none").run()
    assert session.scenario.commissioners[0].appetite.kind == "none"
    assert next(box for box in app.selectbox if box.label == "Whose appetite").value == "Council"
    assert not app.exception


def test_signs_in_a_partners_name_are_never_taken_for_formatting() -> None:
    scenario = presets.preset("small-charities")
    named = [p.edited(name=f"{p.name} *one* $2$") for p in scenario.providers]
    alliance = scenario.edited(
        providers=tuple(named), uncertainty=scenario.uncertainty.edited(correlations=Correlations(), risks=())
    )
    for page in ("acceptance.py", "appetite.py", "compare.py"):
        app = opened(page)
        session = app.session_state[STATE]
        session.draws = DRAWS
        session.begin(alliance)
        app.session_state["compare-tabs"] = "Who would veto"
        app.run()
        texts = [element.value for element in (*app.title, *app.markdown)]
        assert any(r"\*one\*" in text for text in texts)
        assert not [text for text in texts if " *one*" in text and "off its mean" not in text]


def test_labels_of_limits_say_over_how_many_years() -> None:
    scenario = presets.preset(presets.FIRST)
    app = shown(
        scenario.edited(providers=(scenario.providers[0].edited(appetite=InPounds(loss=1e6)), *scenario.providers[1:])),
        TABS[1],
    )
    labels = [box.label for box in app.text_input]
    assert "Loss that must stay unlikely, over the 7 years (£)" in labels
    assert "Worst 1 in 20, average at most, over the 7 years (£)" in labels


def test_a_chance_may_be_emptied_with_its_sum_and_not_without_it() -> None:
    scenario = presets.preset(presets.FIRST)
    asks = InPounds(loss=1e6, reserve_minimum=2e6)
    app = shown(
        scenario.edited(providers=(scenario.providers[0].edited(appetite=asks), *scenario.providers[1:])), TABS[1]
    )
    session = app.session_state[STATE]
    entry(app, "Reserves not below").set_value("").run()
    entry(app, "But for a chance of").set_value("").run()
    assert not app.error
    assert len(session.changes()) == 1
    session.begin(session.scenario)
    entry(app, "But for a chance of").set_value("7").run()
    assert not session.changed
    entry(app, "But for a chance of").set_value("").run()
    left = session.scenario.providers[0].appetite
    assert isinstance(left, InPounds) and left.edited(sources=()) == InPounds(loss=1e6)
    assert stood.chances(left) == ("reserve_chance",)
    entry(app, "At most this likely").set_value("").run()
    assert any("At most this likely is empty" in error.value for error in app.error)


def test_a_chance_that_is_typed_first_of_all_is_one_step_and_entered_from_then_on() -> None:
    scenario = presets.preset(presets.FIRST)
    limits = stood.begun({"kind": "pounds", "loss": 1e6})
    asks = from_document(edits.replaced(to_document(scenario), APPETITE, limits))
    app = shown(asks, TABS[1])
    session = app.session_state[STATE]
    steps = len(session.done)
    entry(app, "At most this likely").set_value("7").run()
    assert not app.exception
    now = session.scenario.providers[0].appetite
    assert isinstance(now, InPounds) and now.loss_chance == 0.07 and "loss_chance" not in stood.chances(now)
    assert len(session.done) == steps + 1
    session.step(back=True)
    assert session.scenario == asks


@pytest.mark.parametrize(("name", "tab"), [("Peer support charity", "Partners and reserves")])
def test_from_what_a_loss_is_measured_by_one_comes_to_where_that_is_entered(name: str, tab: str) -> None:
    app = shown(presets.preset("small-charities"), TABS[1])
    next(box for box in app.selectbox if box.label == "Whose appetite").set_value(name).run()
    next(b for b in app.button if b.label == f"Where that is entered: Baseline and fees › {tab}").click().run()
    assert not app.exception
    assert app.session_state["baseline-tabs"] == tab
    assert any(box.label.startswith("Reserves") for box in app.text_input)


def test_limits_far_above_what_a_partner_has_are_so_many_times_that() -> None:
    scenario = presets.preset(presets.FIRST)
    charity = scenario.providers[2]
    assert charity.reserves
    far = InPounds(worst=999_999_999_999, reserve_minimum=999_999_999_999)
    partners = (*scenario.providers[:2], charity.edited(appetite=far), *scenario.providers[3:])
    app = shown(scenario.edited(providers=partners), TABS[1])
    next(box for box in app.selectbox if box.label == "Whose appetite").set_value(charity.name).run()
    text = " ".join(table.value.to_string() for table in app.table)
    assert f"{999_999_999_999 / charity.reserves:,.0f} times its reserves" in text
    assert "e+" not in text


def test_it_is_said_in_which_order_partners_refuse_as_costs_rise() -> None:
    lines = [one.value for one in shown(presets.preset("lambeth-ipsa")).markdown]
    order = next(one for one in lines if one.startswith("**Who refuses first as costs rise:** "))
    assert order.count(" higher") >= 3
    assert order.split(":** ")[1].startswith("NHS commissioner at 0.6")
    assert not any(
        "Who refuses first" in one.value for one in shown(nobody_asks(presets.preset("lambeth-ipsa"))).markdown
    )
