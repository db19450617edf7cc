"""The settlement: worked examples at every breakpoint, and published cases."""

from typing import Any

import numpy as np
import pytest

from model.allocation import ByFee, ByReserves, ByTarget, Equal
from model.amounts import OfFee, OfTarget, Pounds
from model.bands import Band
from model.base import Floats
from model.contract import RiskShare
from model.corridors import DeductibleCorridor, GateCorridor
from model.modifiers import ModifierPoint as At
from model.modifiers import RampModifier, StepModifier
from model.pool import PerformancePool
from model.scores import Scores
from model.settle import settle
from model.terms import terms
from tests.model.build import MILLION, PENNY, after, commissioner, limb3, performance, provider, providers, scenario
from tests.model.build import share as half

TARGET, FEE = 100 * MILLION, 5 * MILLION
GATE, DEDUCTIBLE = GateCorridor(width=0.02), DeductibleCorridor(width=0.02)
TWO_BANDS = (Band(up_to=0.05, share=0.5), Band(up_to=0.10, share=0.2))


def penny(*expected: float) -> object:
    return pytest.approx(list(expected), abs=PENNY, rel=0)


def outturn(costs: list[float]) -> Floats:
    """One year, one draw."""
    return np.array(costs)[None, :, None]


# Corridors ------------------------------------------------------------------------------------------------------


def test_a_gate_pays_nothing_below_it_and_everything_from_it_on() -> None:
    gate = half(gain_corridor=GATE)
    savings = [0, 2 * MILLION - 1, 2 * MILLION, 2 * MILLION + 1]
    assert limb3(gate, savings) == penny(0, 0, MILLION, MILLION + 0.5)


def test_a_gate_on_overspends_works_the_same_way_down() -> None:
    gate = half(pain_corridor=GATE)
    savings = [-2 * MILLION + 1, -2 * MILLION, -2 * MILLION - 1]
    assert limb3(gate, savings) == penny(0, -MILLION, -MILLION - 0.5)


@pytest.mark.parametrize("percent", range(1, 11))
def test_a_gate_opens_at_exactly_its_percentage(percent: int) -> None:
    """7% of £100m is a binary hair above £7m; nobody may lose a gain by that."""
    share = half(gain_corridor=GateCorridor(width=percent / 100))
    assert limb3(share, [percent * MILLION]) == penny(percent * MILLION / 2)


def test_a_deductible_shares_only_what_exceeds_it() -> None:
    deductible = half(gain_corridor=DEDUCTIBLE, pain_corridor=DEDUCTIBLE)
    savings = [2 * MILLION - 2, 2 * MILLION, 2 * MILLION + 2, -2 * MILLION + 2, -2 * MILLION, -2 * MILLION - 2]
    assert limb3(deductible, savings) == penny(0, 0, 1, 0, 0, -1)


def test_a_corridor_for_savings_leaves_overspends_alone_and_the_other_way_round() -> None:
    assert limb3(half(gain_corridor=GATE), [-10, 10]) == penny(-5, 0)
    assert limb3(half(pain_corridor=DEDUCTIBLE), [-10, 10]) == penny(0, 5)


# Bands ----------------------------------------------------------------------------------------------------------


def test_each_pound_earns_the_share_of_its_own_band() -> None:
    banded = half(gain_bands=TWO_BANDS)
    savings = [5 * MILLION - 10, 5 * MILLION, 5 * MILLION + 10, 10 * MILLION - 10, 10 * MILLION]
    first, second = 2.5 * MILLION, 3.5 * MILLION
    assert limb3(banded, savings) == penny(first - 5, first, first + 2, second - 2, second)


def test_beyond_a_closed_last_band_all_belongs_to_the_commissioners() -> None:
    banded = half(gain_bands=TWO_BANDS, pain_bands=TWO_BANDS)
    ends = 3.5 * MILLION
    assert limb3(banded, [10 * MILLION + 10, 60 * MILLION, -10 * MILLION, -60 * MILLION]) == penny(
        ends, ends, -ends, -ends
    )


def test_an_open_last_band_has_no_end() -> None:
    banded = half(pain_bands=(Band(up_to=0.05, share=0.5), Band(up_to=None, share=0.2)))
    assert limb3(banded, [-5 * MILLION, -5 * MILLION - 10, -95 * MILLION]) == penny(
        -2.5 * MILLION, -2.5 * MILLION - 2, -20.5 * MILLION
    )


def test_without_bands_nothing_is_shared() -> None:
    assert limb3(RiskShare(), [-MILLION, 0, MILLION]) == [0, 0, 0]


def test_bands_are_walked_after_the_corridor() -> None:
    share = half(gain_corridor=DEDUCTIBLE, gain_bands=TWO_BANDS)
    assert limb3(share, [7 * MILLION, 7 * MILLION + 10]) == penny(2.5 * MILLION, 2.5 * MILLION + 2)


# Modifiers and caps ---------------------------------------------------------------------------------------------

TABLE = (At(ops=-50, multiplier=0.5), At(ops=0, multiplier=1.0), At(ops=50, multiplier=1.5))
SCORES = [-100, -50, -49, -25, -1, 0, 25, 49, 50, 100]


@pytest.mark.parametrize(
    ("modifier", "expected"),
    [
        (RampModifier(points=TABLE), [0.5, 0.5, 0.51, 0.75, 0.99, 1.0, 1.25, 1.49, 1.5, 1.5]),
        (StepModifier(points=TABLE), [0.5, 0.5, 0.5, 0.5, 0.5, 1.0, 1.0, 1.0, 1.5, 1.5]),
    ],
    ids=["ramp", "step"],
)
def test_modifiers_multiply_one_side_only(modifier: RampModifier | StepModifier, expected: list[float]) -> None:
    for ops, factor in zip(SCORES, expected, strict=True):
        assert limb3(half(gain_modifier=modifier), [200, -200], ops=ops) == penny(100 * factor, -100)
        assert limb3(half(pain_modifier=modifier), [200, -200], ops=ops) == penny(100, -100 * factor)


@pytest.mark.parametrize(
    ("cap", "most"), [(Pounds(amount=MILLION), 1), (OfFee(part=0.5), 2.5), (OfTarget(part=0.03), 3)]
)
def test_cost_caps_stop_gain_and_pain(cap: Pounds | OfFee | OfTarget, most: float) -> None:
    gain, pain = half(cost_gain_cap=cap), half(cost_pain_cap=cap)
    edge = 2 * most * MILLION
    assert limb3(gain, [edge - 2, edge, edge + 2, -edge - 2]) == penny(edge / 2 - 1, edge / 2, edge / 2, -edge / 2 - 1)
    assert limb3(pain, [2 - edge, -edge, -edge - 2, edge + 2]) == penny(
        1 - edge / 2, -edge / 2, -edge / 2, edge / 2 + 1
    )


def test_cost_caps_apply_after_the_modifier() -> None:
    share = half(cost_gain_cap=Pounds(amount=120), gain_modifier=RampModifier(points=TABLE))
    assert limb3(share, [200], ops=50) == penny(120)


def test_the_cap_on_the_total_counts_cost_and_performance_together() -> None:
    pool = PerformancePool(pool=Pounds(amount=100))
    share = half(performance=pool, total_gain_cap=Pounds(amount=150), total_pain_cap=Pounds(amount=120))
    assert limb3(share, [98, 100, 102], ops=100) == penny(149, 150, 150)
    assert limb3(share, [-38, -40, -42], ops=-100) == penny(-119, -120, -120)
    assert limb3(share, [1000], ops=-100) == penny(150)
    assert limb3(half(performance=pool, cost_gain_cap=Pounds(amount=10)), [1000], ops=100) == penny(110)


# Performance ----------------------------------------------------------------------------------------------------


def test_the_performance_pool_is_paid_in_proportion_outside_its_neutral_zone() -> None:
    pool = PerformancePool(pool=Pounds(amount=1000), max_gain=0.8, max_pain=0.5, neutral_from=-20, neutral_to=60)
    expected = {-100: -500, -60: -250, -21: -6.25, -20: 0, 0: 0, 60: 0, 61: 20, 80: 400, 100: 800}
    for ops, paid in expected.items():
        assert limb3(half(performance=pool), [0], ops=ops) == penny(paid)


@pytest.mark.parametrize(
    ("pool", "pounds"), [(Pounds(amount=7), 7), (OfFee(part=0.2), 0.2 * FEE), (OfTarget(part=0.01), 0.01 * TARGET)]
)
def test_the_pool_may_be_pounds_or_part_of_fee_or_target(pool: Pounds | OfFee | OfTarget, pounds: float) -> None:
    assert limb3(half(performance=PerformancePool(pool=pool)), [0], ops=100) == penny(pounds)


def test_a_failed_cost_gate_blocks_cost_gain_only() -> None:
    share = half(performance=PerformancePool(pool=Pounds(amount=1000)))
    assert limb3(share, [200, -200], ops=100, cost_gate=True) == penny(1000, 900)


def test_a_failed_performance_gate_blocks_performance_gain_only() -> None:
    share = half(performance=PerformancePool(pool=Pounds(amount=1000)))
    assert limb3(share, [200, -200], ops=100, performance_gate=True) == penny(100, -100)


def test_failed_gates_never_remove_pain() -> None:
    share = half(performance=PerformancePool(pool=Pounds(amount=1000)))
    assert limb3(share, [200, -200], ops=-100, cost_gate=True, performance_gate=True) == penny(-1000, -1100)


# Phase-in and allocation ----------------------------------------------------------------------------------------


def test_a_shadow_year_is_scored_but_not_settled() -> None:
    ledger = after(scenario(years=4, risk_share=half(phase_in=(0.0, 0.5))), [200, -200])
    assert ledger.limb3[:, 0].tolist() == [[0, 0], [50, -50], [100, -100], [100, -100]]
    assert ledger.providers_part[0].tolist() == [100, -100]
    assert ledger.commissioners[:, 0].tolist() == [[200, -200], [150, -150], [100, -100], [100, -100]]


def test_phase_in_comes_after_the_cap_on_the_total() -> None:
    share = half(phase_in=(0.5,), total_gain_cap=Pounds(amount=80))
    assert limb3(share, [200]) == penny(40)


THREE = (
    provider("A", baseline_cost=100 * MILLION, fee_rate=0.10, gain_share=0.5, pain_share=0.2, reserves=1 * MILLION),
    provider("B", baseline_cost=60 * MILLION, fee_rate=0.05, gain_share=0.3, pain_share=0.3, reserves=5 * MILLION),
    provider("C", baseline_cost=40 * MILLION, fee_rate=0.175, gain_share=0.2, pain_share=0.5, reserves=4 * MILLION),
)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Equal(), (1 / 3, 1 / 3, 1 / 3)),
        (ByFee(), (0.5, 0.15, 0.35)),
        (ByTarget(), (0.5, 0.3, 0.2)),
        (ByReserves(), (0.1, 0.5, 0.4)),
    ],
    ids=lambda value: getattr(value, "kind", ""),
)
def test_each_allocation_rule_splits_by_its_measure(
    rule: Equal | ByFee | ByTarget | ByReserves, expected: tuple[float, ...]
) -> None:
    stated_gain = after(scenario(providers=THREE, risk_share=half(pain_allocation=rule)), [2000, -2000])
    assert stated_gain.limb3[0].T.tolist() == [penny(500, 300, 200), penny(*(-1000 * e for e in expected))]
    stated_pain = after(scenario(providers=THREE, risk_share=half(gain_allocation=rule)), [2000, -2000])
    assert stated_pain.limb3[0].T.tolist() == [penny(*(1000 * e for e in expected)), penny(-200, -300, -500)]


def test_shares_typed_as_a_third_each_are_scaled_to_the_whole() -> None:
    ledger = after(scenario(providers=providers(0.3333, 0.3333, 0.3334)), [6 * MILLION])
    assert ledger.limb3.sum() == pytest.approx(3 * MILLION, abs=PENNY)
    ledger = after(scenario(providers=providers(0.3333, 0.3333, 0.3333)), [6 * MILLION])
    assert ledger.limb3[0, :, 0].tolist() == penny(MILLION, MILLION, MILLION)


# Partner caps, pooling, commissioners ---------------------------------------------------------------------------


def test_pain_stops_at_the_cap() -> None:
    small, large = providers(0.4, 0.6)
    small = small.edited(pain_cap=Pounds(amount=400))
    ledger = after(scenario(providers=(small, large)), [-1998, -2000, -2002, -20_000, 20_000])
    assert ledger.limb3[0, 0].tolist() == penny(-399.6, -400, -400, -400, 4000)
    assert ledger.limb3[0, 1].tolist() == penny(-599.4, -600, -600.6, -6000, 6000)


def test_what_exceeds_a_partner_cap_falls_on_the_commissioners() -> None:
    small, large = providers(0.4, 0.6)
    ledger = after(scenario(providers=(small.edited(pain_cap=Pounds(amount=400)), large)), [-20_000])
    assert ledger.excess[0].tolist() == penny(3600)
    assert ledger.commissioners[0, 0].tolist() == penny(-10_000 - 3600)


def test_a_partner_cap_may_be_part_of_its_own_fee_or_target() -> None:
    by_fee, by_target = providers(0.5, 0.5)
    pair = (by_fee.edited(pain_cap=OfFee(part=0.5)), by_target.edited(pain_cap=OfTarget(part=0.01)))
    assert after(scenario(providers=pair), [-80 * MILLION]).limb3[0, :, 0].tolist() == penny(-0.5 * FEE, -0.01 * TARGET)


@pytest.mark.parametrize(
    ("pooled", "gain", "commissioners"),
    [(1.0, [50, 50], 100), (0.5, [125, 25], 50), (0.0, [200, 0], 0)],
)
def test_pooling_moves_a_saving_between_its_owner_and_the_alliance(
    pooled: float, gain: list[float], commissioners: float
) -> None:
    alliance = scenario(providers=providers(0.5, 0.5, pooled=pooled))
    ledger = settle(terms(alliance), outturn([TARGET - 200, TARGET]), performance(1))
    assert ledger.gain[0, :, 0].tolist() == penny(*gain)
    assert ledger.commissioners[0, 0].tolist() == penny(commissioners)
    assert ledger.result[0, :, 0].tolist() == penny(*(FEE + g for g in gain))


def test_only_the_pooled_part_of_the_target_measures_corridors_and_bands() -> None:
    alone, member = providers(0.0, 1.0)
    alliance = scenario(providers=(alone.edited(pooled=0.0), member), risk_share=half(gain_corridor=GATE))
    ledger = settle(terms(alliance), outturn([TARGET, TARGET - 2 * MILLION]), performance(1))
    assert ledger.limb3[0, :, 0].tolist() == penny(0, MILLION)


def test_commissioners_split_what_is_left_by_contribution() -> None:
    payers = (commissioner("City council", 0.7), commissioner("Health board", 0.3))
    ledger = after(scenario(commissioners=payers), [200, -200])
    assert ledger.commissioners[0].tolist() == [penny(70, -70), penny(30, -30)]


def test_commissioners_pay_performance_rewards() -> None:
    share = half(performance=PerformancePool(pool=Pounds(amount=1000)))
    ledger = after(scenario(risk_share=share), [0], performance(1, 100))
    assert ledger.commissioners[0, 0].tolist() == penny(-1000)


def test_one_year_of_actuals_settles_like_the_same_row_among_many() -> None:
    pool = PerformancePool(pool=OfFee(part=0.2))
    contract = terms(scenario(years=3, providers=THREE, risk_share=half(phase_in=(0.0, 0.5), performance=pool)))
    rng = np.random.default_rng(1)
    costs = rng.normal(60, 5, (3, 3, 500)) * MILLION
    ops, (cost, quality) = rng.uniform(-100, 100, (3, 500)), rng.random((2, 3, 500)) < 0.2
    never = np.zeros((3, 500), dtype=bool)
    many = settle(contract, costs, Scores(ops, cost, quality, never, never))
    for d in range(20):
        row = np.s_[[1], d : d + 1]
        scores = Scores(ops[row], cost[row], quality[row], never[row], never[row])
        one = settle(contract.years([1]), costs[[1], :, d : d + 1], scores)
        assert one.gain[0, :, 0].tolist() == penny(*many.gain[1, :, d])
        assert one.commissioners[0, :, 0].tolist() == penny(*many.commissioners[1, :, d])


# Published cases (worked_examples.yaml) -------------------------------------------------------------------------


def alone(target: float, fee: float, share: RiskShare, actual: float) -> tuple[float, float]:
    """One provider with this target, fee and actual cost: its fee with Limb 3, and the price with both."""
    single = scenario(providers=(provider(baseline_cost=target, fee_rate=fee / target),), risk_share=share)
    result = settle(terms(single), outturn([actual]), performance(1)).result[0, 0, 0]
    return result, actual + result


def flat(gain: float, pain: float) -> dict[str, Any]:
    return {"gain_bands": (Band(up_to=None, share=gain),), "pain_bands": (Band(up_to=None, share=pain),)}


def between(fee: float, least: float, most: float) -> dict[str, Any]:
    """Caps that hold a fee between two sums."""
    return {"total_pain_cap": Pounds(amount=fee - least), "total_gain_cap": Pounds(amount=most - fee)}


@pytest.mark.parametrize(
    ("target", "fee", "share", "actual", "paid_fee", "price"),
    [
        pytest.param(100_000, 8000, RiskShare(**flat(0.25, 0.25)), 80_000, 13_000, 93_000, id="E01"),
        pytest.param(
            300_000, 40_000, RiskShare(**flat(0.2, 0.2), **between(40_000, 10_000, 60_000)), 380_000, 24_000, 404_000,
            id="E03",
        ),
        pytest.param(
            1e6, 100_000, RiskShare(**flat(0.2, 0.2), **between(100_000, 60_000, 140_000)), 950_000, 110_000, 1_060_000,
            id="E06",
        ),
        pytest.param(
            100, 10, RiskShare(**flat(0.10, 0.15), **between(10, 7, 12)), 80, 12, 92, id="E36 cheaper"
        ),
        pytest.param(100, 10, RiskShare(**flat(0.10, 0.15), **between(10, 7, 12)), 120, 7, 127, id="E36 dearer"),
        pytest.param(3e6, 0, RiskShare(**flat(0.5, 1.0)), 2.4e6, 300_000, 2.7e6, id="E26"),
        pytest.param(
            2e6, 0, RiskShare(**flat(1.0, 0.5), total_pain_cap=Pounds(amount=100_000)), 2.4e6, -100_000, 2.3e6, id="E28"
        ),
        pytest.param(
            150_000, 30_000,
            RiskShare(pain_bands=(Band(up_to=(20_000 / 0.6) / 150_000, share=0.4), Band(up_to=None, share=1.0))),
            210_000, -10_000, 200_000, id="E10 fixed price ceiling",
        ),
    ],
)  # fmt: skip
def test_published_incentive_fees(
    target: float, fee: float, share: RiskShare, actual: float, paid_fee: float, price: float
) -> None:
    assert alone(target, fee, share, actual) == pytest.approx((paid_fee, price), abs=PENNY)


CONSTRUCTION = RiskShare(
    gain_bands=(Band(up_to=0.05, share=0.5), Band(up_to=1.0, share=0.3)),
    pain_bands=(Band(up_to=0.05, share=0.5), Band(up_to=None, share=0.2)),
)


@pytest.mark.parametrize(
    ("share", "target", "actual", "paid"),
    [
        pytest.param(RiskShare(**flat(0.5, 0.5)), 100_000, 150_000, -25_000, id="E13a"),
        pytest.param(CONSTRUCTION, 1e6, 1_080_000, -31_000, id="E15"),
        pytest.param(RiskShare(pain_bands=(Band(up_to=0.05, share=0.5),)), 1e6, 1.1e6, -25_000, id="E18"),
        pytest.param(
            CONSTRUCTION.edited(cost_pain_cap=Pounds(amount=20_000)), 1e6, 1_080_000, -20_000, id="E19"
        ),
    ],
)  # fmt: skip
def test_published_share_ranges(share: RiskShare, target: float, actual: float, paid: float) -> None:
    single = scenario(providers=(provider(baseline_cost=target),), risk_share=share)
    ledger = settle(terms(single), outturn([actual]), performance(1))
    assert ledger.limb3[0, 0, 0] == pytest.approx(paid, abs=PENNY)
    assert ledger.commissioners[0, 0, 0] == pytest.approx(target - actual - paid, abs=PENNY)


def test_published_pain_is_split_between_partners() -> None:
    pair = providers(0.6, 0.4, baseline_cost=500_000)
    ledger = settle(
        terms(scenario(providers=pair, risk_share=CONSTRUCTION)), outturn([540_000, 540_000]), performance(1)
    )
    assert ledger.limb3[0, :, 0].tolist() == penny(-18_600, -12_400)


@pytest.mark.parametrize(("gate", "paid"), [(0.0, 281_250), (0.01, 0)], ids=["E29a", "E29b"])
def test_published_minimum_savings_rate(gate: float, paid: float) -> None:
    share = half(gain_corridor=GateCorridor(width=gate))
    assert alone(500 * 125_000, 0, share, 495.5 * 125_000)[0] == pytest.approx(paid, abs=PENNY)


@pytest.mark.parametrize(("actual", "to_plan"), [(85, -8.1), (95, -1.0), (97, 0), (103, 0), (105, 1.0), (115, 8.1)])
def test_published_risk_corridor(actual: float, to_plan: float) -> None:
    """42 USC 18062(b): nothing within 3%, half of the next 5%, 80% beyond; the plan pays when it underspends."""
    layers = (Band(up_to=0.05, share=0.5), Band(up_to=None, share=0.8))
    three = DeductibleCorridor(width=0.03)
    share = RiskShare(gain_bands=layers, pain_bands=layers, gain_corridor=three, pain_corridor=three)
    single = scenario(providers=(provider(baseline_cost=100, fee_rate=0),), risk_share=share)
    ledger = settle(terms(single), outturn([actual]), performance(1))
    assert -ledger.limb3[0, 0, 0] == pytest.approx(to_plan, abs=1e-9)


def test_published_share_by_thresholds_met() -> None:
    """E40: 14 thresholds; the share of the saving depends on how many are met."""
    rates = {0: 0.0, 9: 0.41, 10: 0.44, 11: 0.44, 12: 0.47, 13: 0.47, 14: 0.50}
    lines = tuple(At(ops=-100 + 200 * met / 14, multiplier=rate) for met, rate in rates.items())
    share = RiskShare(**flat(1.0, 0.0), gain_modifier=StepModifier(points=lines))
    for met, rate in zip([14, 13, 12, 11, 10, 9, 8, 0], [0.50, 0.47, 0.47, 0.44, 0.44, 0.41, 0.0, 0.0], strict=True):
        assert limb3(share, [1000], ops=-100 + 200 * met / 14) == penny(1000 * rate)
