"""The settlement of one year: worked examples at every breakpoint."""

from typing import Any

import numpy as np
import pytest

from model.amounts import LowerOf, OfFee, OfTarget, Pounds
from model.bands import Band
from model.contract import RiskShare
from model.corridors import DeductibleCorridor, GateCorridor
from model.framework import Gate
from model.modifiers import ModifierPoint as At
from model.modifiers import OneMinusModifier, QualityModifier, RampModifier, StepModifier
from model.pool import PerformancePool
from model.scores import score
from model.settle import settle
from model.terms import terms
from tests.model.build import (
    MILLION,
    PENNY,
    after,
    due,
    framework,
    kpi,
    limb3,
    outturn,
    penny,
    performance,
    scenario,
)
from tests.model.build import share as half

TARGET, FEE = 100 * MILLION, 5 * MILLION
GATE, DEDUCTIBLE = GateCorridor(width=0.02), DeductibleCorridor(width=0.02)
TWO_BANDS = (Band(up_to=0.05, share=0.5), Band(up_to=0.10, share=0.2))


# Corridors ------------------------------------------------------------------------------------------------------


def test_a_gate_pays_nothing_below_it_and_everything_from_it_on() -> None:
    gate = half(gain_corridor=GATE)
    savings = [0, 2 * MILLION - 1, 2 * MILLION, 2 * MILLION + 1]
    assert limb3(gate, savings) == penny(0, 0, MILLION, MILLION + 0.5)


def test_a_gate_on_overspends_works_the_same_way_down() -> None:
    gate = half(pain_corridor=GATE)
    savings = [-2 * MILLION + 1, -2 * MILLION, -2 * MILLION - 1]
    assert limb3(gate, savings) == penny(0, -MILLION, -MILLION - 0.5)


def test_inside_a_gate_a_part_may_count() -> None:
    share = half(gain_corridor=GATE.edited(inside=0.4), pain_corridor=GATE.edited(inside=0.1))
    savings = [10, 2 * MILLION - 10, 2 * MILLION, 2 * MILLION + 10]
    assert limb3(share, savings) == penny(2, 0.4 * MILLION - 2, MILLION, MILLION + 5)
    assert limb3(share, [-s for s in savings]) == penny(-0.5, -0.1 * MILLION + 0.5, -MILLION, -MILLION - 5)


def test_a_gate_inside_which_all_counts_is_none() -> None:
    share = half(gain_corridor=GATE.edited(inside=1.0))
    assert limb3(share, [10, 2 * MILLION - 10, 2 * MILLION]) == penny(5, MILLION - 5, MILLION)


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


def test_bands_may_end_in_pounds() -> None:
    bands = (Band(up_to_pounds=1000, share=0.5), Band(up_to_pounds=3000, share=0.2), Band(share=0.1))
    savings = [999, 1000, 1001, 2999, 3000, 3001, 4000]
    paid = (499.5, 500, 500.2, 899.8, 900, 900.1, 1000)
    assert limb3(half(gain_bands=bands), savings) == penny(*paid)
    assert limb3(half(pain_bands=bands), [-s for s in savings]) == penny(*(-p for p in paid))
    assert limb3(half(gain_bands=bands[:2]), [3000, 9000]) == penny(900, 900)


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


def test_gain_may_be_multiplied_by_the_quality() -> None:
    for ops, part in {-100: 0, -99: 0.005, -50: 0.25, 0: 0.5, 60: 0.8, 99: 0.995, 100: 1}.items():
        assert limb3(half(gain_modifier=QualityModifier()), [200, -200], ops=ops) == penny(100 * part, -100)


def test_pain_may_be_multiplied_by_one_minus_share_times_quality() -> None:
    """60% × quality from 100%: between 45% and 90%, so the limits are reached at scores of -66⅔ and 83⅓."""
    modifier = OneMinusModifier(share=0.6, lowest=0.45, highest=0.9)
    limits = {-100: 0.9, -67: 0.9, -66: 0.898, 0: 0.7, 83: 0.451, 84: 0.45, 100: 0.45}
    for ops, part in limits.items():
        assert limb3(half(pain_modifier=modifier), [200, -200], ops=ops) == penny(100, -100 * part)


def test_a_haircut_is_taken_from_gain_alone() -> None:
    assert limb3(half(haircut=0.25), [-200, 0, 200]) == penny(-100, 0, 75)


def test_a_haircut_comes_before_or_after_the_cap() -> None:
    """Half of the saving less a fifth reaches £80 at £200; half of it alone at £160."""
    cap = {"haircut": 0.2, "cost_gain_cap": Pounds(amount=80)}
    savings = [158, 160, 162, 198, 200, 202]
    assert limb3(half(**cap), savings) == penny(63.2, 64, 64.8, 79.2, 80, 80)
    assert limb3(half(**cap, haircut_order="after the cap"), savings) == penny(63.2, 64, 64, 64, 64, 64)


def test_a_haircut_spares_what_performance_earns() -> None:
    share = half(haircut=0.5, performance=PerformancePool(pool=Pounds(amount=1000)))
    assert limb3(share, [200], ops=100) == penny(1050)


@pytest.mark.parametrize(
    ("cap", "most"),
    [
        (Pounds(amount=MILLION), 1),
        (OfFee(part=0.5), 2.5),
        (OfTarget(part=0.03), 3),
        (LowerOf(first=OfFee(part=0.4), second=OfTarget(part=0.05)), 2),
        (LowerOf(first=OfFee(part=4), second=Pounds(amount=2 * MILLION)), 2),
    ],
)
def test_cost_caps_stop_gain_and_pain(cap: Pounds | OfFee | OfTarget | LowerOf, most: float) -> None:
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


def test_relief_reduces_pain_on_cost_at_most_to_nothing() -> None:
    for relief, paid in {0: -100, 1: -99, 99: -1, 100: 0, 101: 0, 5000: 0}.items():
        assert due(half(), [-200], [relief]) == penny(paid)
        assert due(half(), [200], [relief]) == penny(100)


def test_relief_comes_after_the_cap_on_cost_and_leaves_performance_alone() -> None:
    share = half(cost_pain_cap=Pounds(amount=60), performance=PerformancePool(pool=Pounds(amount=10)))
    ledger = settle(
        terms(scenario(risk_share=share)), outturn([TARGET + 1000]), performance(1, -100), np.array([[45.0]])
    )
    assert (ledger.cost_component[0, 0], ledger.relief[0, 0]) == (-60, 45)
    assert ledger.limb3[0, 0].tolist() == penny(-15 - 10)


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


def test_withhold_and_earn_back() -> None:
    """Everything is withheld at -100, half of it earned back at 0, all of it from 100 on."""
    pool = PerformancePool(pool=Pounds(amount=1000), max_gain=0.0, neutral_from=100, neutral_to=100)
    for ops, paid in {-100: -1000, -99: -995, 0: -500, 99: -5, 100: 0}.items():
        assert limb3(half(performance=pool), [0], ops=ops) == penny(paid)


def test_a_bonus_from_the_lowest_score_on() -> None:
    pool = PerformancePool(pool=Pounds(amount=1000), max_pain=0.0, neutral_from=-100, neutral_to=-100)
    for ops, paid in {-100: 0, -99: 5, 0: 500, 99: 995, 100: 1000}.items():
        assert limb3(half(performance=pool), [0], ops=ops) == penny(paid)


def gated(blocks: Any, value: float, saving: float, **more: Any) -> float:
    """Limb 3 when a KPI with a gate at 'poor' (a value of 10) has this value; £1000 on performance."""
    share = half(performance=PerformancePool(pool=Pounds(amount=1000), max_pain=0.6), **more)
    case = scenario(risk_share=share, framework=framework(kpi(gate=Gate(level="poor", blocks=blocks))))
    scores = score(case.framework, np.array([[[value]]]))
    return float(settle(terms(case), outturn([TARGET - saving]), scores).limb3[0, 0, 0])


@pytest.mark.parametrize("saving", [200, -200])
def test_a_gate_on_the_pool_loses_the_most_of_it(saving: float) -> None:
    """At 'poor' the score is -50, so £300 is lost; with the gate £600, and cost is as it would be."""
    assert gated("the pool", 10.01, saving) == pytest.approx(saving / 2 - 299.7, abs=PENNY)
    assert gated("the pool", 10, saving) == pytest.approx(saving / 2 - 600, abs=PENNY)
    assert gated("the pool", 80, saving) == pytest.approx(saving / 2 + 1000, abs=PENNY)


def test_a_gate_on_the_score_makes_it_the_lowest() -> None:
    """For the pool and for the modifiers alike: quality is nothing."""
    quality = {"gain_modifier": QualityModifier()}
    assert gated("the score", 10.01, 200, **quality) == pytest.approx(100 * 0.25025 - 299.7, abs=PENNY)
    assert gated("the score", 10, 200, **quality) == pytest.approx(-600, abs=PENNY)


def test_full_cost_gain_is_modified_only_where_the_gate_has_failed() -> None:
    table = {"gain_modifier": RampModifier(points=(At(ops=0, multiplier=0.3),))}
    assert gated("full cost gain", 10.01, 200, **table) == pytest.approx(100 - 299.7, abs=PENNY)
    assert gated("full cost gain", 10, 200, **table) == pytest.approx(30 - 300, abs=PENNY)
    assert gated("full cost gain", float("nan"), 200, **table) == pytest.approx(100, abs=PENNY)
    assert gated("cost gain", 10.01, 200, **table) == pytest.approx(30 - 299.7, abs=PENNY)


def test_a_gate_on_full_cost_gain_leaves_the_modifier_on_pain_alone() -> None:
    table = {"pain_modifier": RampModifier(points=(At(ops=0, multiplier=0.3),))}
    assert gated("full cost gain", 10.01, -200, **table) == pytest.approx(-30 - 299.7, abs=PENNY)
    assert gated("full cost gain", 10, -200, **table) == pytest.approx(-30 - 300, abs=PENNY)


def test_one_sided_years_know_gain_but_neither_pain_on_cost_nor_on_performance() -> None:
    share = half(performance=PerformancePool(pool=Pounds(amount=10)), one_sided_years=2)
    case = scenario(years=3, risk_share=share)
    for ops, saving, one_sided, later in (
        (100, 200, 110, 110),
        (-100, 200, 100, 90),
        (100, -200, 10, -90),
        (-100, -200, 0, -110),
    ):
        ledger = after(case, [saving], performance(3, ops))
        assert ledger.limb3[:, 0, 0].tolist() == penny(one_sided, one_sided, later)
