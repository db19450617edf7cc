"""Warnings about a contract: each is given where it is due, with its figures, and nowhere else."""

from typing import Any

import pytest

from data import presets
from model.cautions import cautions
from model.distributions import Fixed, Normal
from model.scenario import Baseline, Scenario
from tests.model.build import FALLING, framework, kpi, provider, providers, scenario, share, uncertain


def warned(case: Scenario) -> str:
    return "\n".join(cautions(case))


def test_a_plain_contract_gives_no_warning() -> None:
    assert cautions(scenario()) == ()


def test_a_gate_is_a_cliff_with_its_pounds() -> None:
    """Target £100m, half shared: at 2% the payment is £1m."""
    case = scenario(risk_share=share(gain_corridor={"kind": "gate", "width": 0.02}))
    assert cautions(case) == ("At 2% saving the providers' payment jumps from £0 to £1,000,000 (2018-19).",)


def test_a_deductible_is_no_cliff() -> None:
    assert cautions(scenario(risk_share=share(pain_corridor={"kind": "deductible", "width": 0.02}))) == ()


def test_a_gate_on_overspends_is_a_cliff_downwards() -> None:
    case = scenario(risk_share=share(pain_corridor={"kind": "gate", "width": 0.03}))
    assert cautions(case) == ("At 3% overspend the providers' payment jumps from £0 to -£1,500,000 (2018-19).",)


def test_a_step_table_is_a_cliff_and_a_ramp_is_not() -> None:
    points = [{"ops": -50.0, "multiplier": 0.5}, {"ops": 20.0, "multiplier": 1.0}]
    for kind, found in (("step", True), ("ramp", False)):
        case = scenario(framework=framework(kpi()), risk_share=share(gain_modifier={"kind": kind, "points": points}))
        jump = (
            "With 5% saving, when the performance score falls below +20, "
            "the providers' payment jumps from £2,500,000 to £1,250,000"
        )
        assert (jump in warned(case)) == found


def test_a_failing_kpi_is_a_cliff_when_it_gates_gain() -> None:
    gated = kpi(gate={"level": "failure", "blocks": "cost gain"})
    assert (
        "With 5% saving, when 'Recovered' worsens to 0 (failure), the providers' payment jumps from £2,500,000 to £0"
    ) in warned(scenario(framework=framework(gated)))


def test_a_gate_that_pays_more_when_it_fails_is_a_cliff_too() -> None:
    """A multiplier of 2 that applies only where the gate is failed."""
    gated = kpi(gate={"level": "failure", "blocks": "full cost gain"})
    table = {"kind": "ramp", "points": [{"ops": 0.0, "multiplier": 2.0}]}
    found = warned(scenario(framework=framework(gated), risk_share=share(gain_modifier=table)))
    assert (
        "when 'Recovered' worsens to 0 (failure), the providers' payment jumps from £2,500,000 to £5,000,000" in found
    )


def test_a_jump_along_the_saving_says_its_score_and_its_year() -> None:
    """As expected, 80 is gamebreaking: +100 doubles half of 2% of £100m; at 0 it is £1m."""
    table = {"kind": "ramp", "points": [{"ops": 0.0, "multiplier": 1.0}, {"ops": 100.0, "multiplier": 2.0}]}
    gate = {"kind": "gate", "width": 0.02}
    best = framework(kpi(today=80.0, expected=80.0))
    case = scenario(years=2, framework=best, risk_share=share(gain_corridor=gate, gain_modifier=table))
    said = "At 2% saving and a performance score of {} the providers' payment jumps from £0 to £{} ({})."
    assert said.format("+100", "2,000,000", "2018-19") in cautions(case)
    assert said.format("0", "1,000,000", "2019-20") in cautions(case, 1, 0.0)


def test_a_fee_on_actual_cost_says_what_it_rewards() -> None:
    case = scenario(providers=(provider(fee_on="actual cost", fee_rate=0.08),))
    assert "Community charity's fee is on actual cost, which rewards overspending by £8,000 per £100,000" in warned(
        case
    )


FOLLOWS = Baseline(price_growth=0.0, reindexed=True)


def test_a_target_that_follows_prices_that_never_move_changes_nothing() -> None:
    expected = "Target follows prices changes nothing in the futures drawn: their prices are always as planned."
    assert cautions(scenario(baseline=FOLLOWS)) == (expected,)


def test_prices_that_the_target_does_not_follow_fall_on_the_alliance() -> None:
    expected = (
        "Prices may differ from plan and the target does not follow them: "
        "dearer years count as overspends, cheaper ones as savings."
    )
    for prices in (Normal(mean=0.0, sd=0.01), Fixed(value=0.01)):
        unsure = uncertain().edited(prices=prices)
        assert cautions(scenario(uncertainty=unsure)) == (expected,)
        assert cautions(scenario(uncertainty=unsure, baseline=FOLLOWS)) == ()


@pytest.mark.parametrize(
    ("terms", "name"),
    [
        ({"gain_bands": [], "gain_corridor": {"kind": "deductible", "width": 0.02}}, "Corridor for savings"),
        ({"pain_bands": [], "pain_modifier": {"kind": "quality"}}, "Modifier on pain"),
        ({"gain_bands": [], "haircut": 0.1}, "Haircut"),
        ({"total_pain_cap": {"kind": "of_target", "part": 0.5}}, "Cap on total pain"),
        ({"gain_bands": [], "total_gain_cap": {"kind": "pounds", "amount": 1.0}}, "Cap on total gain"),
        ({"over_partner_caps": "other providers"}, "Over a partner's cap"),
        ({"phase_in": [0.5], "gain_bands": [], "pain_bands": []}, "Phase-in"),
        ({"pain_bands": [], "one_sided_years": 1}, "One-sided years"),
        ({"performance": {"pool": {"kind": "pounds", "amount": 1000.0}}}, "Performance pool"),
        ({"gain_corridor": {"kind": "gate", "width": 0.02, "inside": 1.0}}, "Corridor for savings"),
    ],
)
def test_a_term_that_changes_nothing_is_named(terms: dict[str, Any], name: str) -> None:
    assert f"{name} changes nothing" in warned(scenario(years=2, risk_share=share(**terms)))


def test_a_band_beyond_a_cap_changes_nothing() -> None:
    bands = [{"up_to": 0.1, "share": 0.5}, {"up_to": None, "share": 0.2}]
    case = scenario(risk_share=share(pain_bands=bands, cost_pain_cap={"kind": "of_target", "part": 0.03}))
    assert "Pain band 2 changes nothing" in warned(case)
    assert "Pain band 1 changes nothing" not in warned(case)


def test_a_band_that_is_meant_to_be_nothing_is_not_idle() -> None:
    bands = [{"up_to": 0.03, "share": 0.0}, {"up_to": None, "share": 0.5}]
    assert cautions(scenario(risk_share=share(gain_bands=bands))) == ()


def test_a_partners_cap_that_others_never_reach_is_named() -> None:
    two = (
        provider("A", gain_share=0.5, pain_share=0.5, pain_cap={"kind": "of_target", "part": 0.5}),
        provider("B", gain_share=0.5, pain_share=0.5, pain_cap={"kind": "of_fee", "part": 0.5}),
    )
    found = warned(scenario(providers=two))
    assert "Cap on pain of A changes nothing" in found
    assert "Cap on pain of B changes nothing" not in found


def test_a_gate_with_nothing_to_take_away_is_named() -> None:
    for blocks in ("performance gain", "full cost gain", "the pool"):
        gated = kpi(gate={"level": "failure", "blocks": blocks})
        assert "The gate on 'Recovered' changes nothing" in warned(scenario(framework=framework(gated)))


def test_a_gate_that_is_failed_as_expected_is_named() -> None:
    late = kpi(levels=FALLING, today=90, expected=20, years_to_change=2, gate={"level": "poor", "blocks": "cost gain"})
    found = warned(scenario(years=3, framework=framework(late)))
    assert "If all goes as expected, the gate on 'Recovered' is failed in 2018-19." in found


def test_a_pool_that_no_cap_lets_through_is_named() -> None:
    """The pool can take £2m, the cap stops at the fee of £5m × 20%."""
    case = scenario(
        framework=framework(kpi()),
        risk_share=share(
            performance={"pool": {"kind": "of_target", "part": 0.02}, "max_gain": 0.0},
            total_pain_cap={"kind": "of_fee", "part": 0.2},
        ),
    )
    assert "The performance pool alone can lose £2,000,000, but the cap on total pain stops at £1,000,000." in warned(
        case
    )


def test_only_shadow_years_and_only_one_sided_years_are_named() -> None:
    assert "Every year is a shadow year" in warned(scenario(years=2, risk_share=share(phase_in=(0.0, 0.0))))
    assert "Every year is one-sided" in warned(scenario(years=2, risk_share=share(one_sided_years=2)))


def test_a_kpi_without_weight_or_gate_changes_nothing() -> None:
    idle = framework(kpi("A"), kpi("B", weight=0.0))
    assert "'B' changes nothing: it has no weight and no gate." in warned(scenario(framework=idle))


@pytest.mark.parametrize("name", presets.names())
def test_warnings_do_not_depend_on_the_order_of_providers(name: str) -> None:
    case = presets.preset(name)
    turned = case.edited(providers=case.providers[::-1])
    assert sorted(cautions(turned)) == sorted(cautions(case))


def test_separate_contracts_are_looked_at_too() -> None:
    assert "Gain band 1 changes nothing" in warned(scenario(providers=providers(0.5, 0.5, pooled=0.0)))
