"""The settlement: worked examples at every breakpoint, and published cases."""

from typing import Any

import numpy as np
import pytest

from model.allocation import ByFee, ByReserves, ByTarget, Equal
from model.amounts import LowerOf, OfFee, OfTarget, Pounds
from model.bands import Band
from model.base import Floats
from model.basis import CarryForward, Cumulative
from model.contract import RiskShare
from model.corridors import DeductibleCorridor, GateCorridor
from model.framework import Gate
from model.ledger import Ledger
from model.modifiers import ModifierPoint as At
from model.modifiers import OneMinusModifier, QualityModifier, RampModifier, StepModifier
from model.pool import PerformancePool
from model.scenario import Baseline, Scenario
from model.scores import Scores, score
from model.settle import settle
from model.terms import terms
from tests.model.build import (
    MILLION,
    PENNY,
    after,
    commissioner,
    framework,
    kpi,
    limb3,
    performance,
    provider,
    providers,
    scenario,
)
from tests.model.build import share as half

TARGET, FEE = 100 * MILLION, 5 * MILLION
GATE, DEDUCTIBLE = GateCorridor(width=0.02), DeductibleCorridor(width=0.02)
TWO_BANDS = (Band(up_to=0.05, share=0.5), Band(up_to=0.10, share=0.2))


def penny(*expected: float) -> object:
    return pytest.approx(list(expected), abs=PENNY, rel=0)


def outturn(costs: list[float]) -> Floats:
    """One year, one draw."""
    return np.array(costs)[None, :, None]


def over_years(case: Scenario, savings: list[float], relief: list[float] | None = None, owed: float = 0.0) -> Ledger:
    """The ledger when the providers save these sums, one a year; one draw, performance in the middle."""
    contract, years = terms(case), len(savings)
    target = contract.target[:, :, None]
    costs = target - target / target.sum(axis=1, keepdims=True) * np.array(savings)[:, None, None]
    return settle(contract, costs, performance(years), np.array(relief or [0.0] * years)[:, None], owed)


def due(share: RiskShare, savings: list[float], relief: list[float] | None = None, owed: float = 0.0) -> list[float]:
    """What is due for each year from the only provider: target cost £100m, fee £5m."""
    return list(over_years(scenario(years=len(savings), risk_share=share), savings, relief, owed).limb3[:, 0, 0])


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


# When it is due -------------------------------------------------------------------------------------------------


def test_pain_carried_forward_is_set_against_later_gains() -> None:
    """Half of each year: -100, then 30 and 70 that go towards it, then 1 that is paid."""
    share = half(basis=CarryForward())
    assert due(share, [-200, 60, 138, 2, 0]) == penny(0, 0, 0, 0, 0)
    assert due(share, [-200, 60, 140, 2, 0]) == penny(0, 0, 0, 1, 0)
    assert due(share, [-200, 60, 142, 2, 0]) == penny(0, 0, 1, 1, 0)
    assert due(share, [40, -200, 60]) == penny(20, 0, -70)


def test_what_is_left_of_pain_is_due_or_written_off() -> None:
    for last, left in {199: -0.5, 200: 0, 201: 0.5}.items():
        assert due(half(basis=CarryForward()), [-200, last]) == penny(0, left)
        assert due(half(basis=CarryForward(rest="written off")), [-200, last]) == penny(0, max(left, 0))
    assert due(half(basis=CarryForward(rest="written off")), [200, -200]) == penny(100, 0)


def test_pain_from_before_counts_like_pain_of_the_term() -> None:
    for owed, paid in {0: (50, -100), 49: (1, -100), 50: (0, -100), 51: (0, -101)}.items():
        assert due(half(basis=CarryForward()), [100, -200], owed=owed) == penny(*paid)


def test_what_is_carried_forward_is_phased_in() -> None:
    assert due(half(basis=CarryForward(), phase_in=(0.0, 0.5)), [-200, -200, 60]) == penny(0, 0, -20)


def test_at_the_end_the_caps_of_all_years_hold_what_was_carried_forward() -> None:
    """£40 a year for three years: 100 and half of 38 are within them."""
    capped = (provider(pain_cap=Pounds(amount=40)),)
    for last, paid in {-38: -119, -40: -120, -42: -120}.items():
        case = scenario(years=3, providers=capped, risk_share=half(basis=CarryForward()))
        ledger = over_years(case, [-200, 0, last])
        assert ledger.limb3[:, 0, 0].tolist() == penny(0, 0, paid)
        assert ledger.excess[2, 0] == pytest.approx(100 - last / 2 + paid, abs=PENNY)


def test_a_cumulative_contract_is_trued_up_in_the_last_year() -> None:
    """Bands of a saving: half of the first 5% of target cost, then a fifth. Over two years: half of £10m."""
    share = half(gain_bands=(Band(up_to=0.05, share=0.5), Band(share=0.2)), basis=Cumulative())
    for last, whole in {1: 4.5, 2: 5.0, 3: 5.2}.items():
        assert due(share, [8 * MILLION, last * MILLION]) == penny(3.1 * MILLION, (whole - 3.1) * MILLION)
    yearly = half(gain_bands=share.gain_bands)
    assert due(yearly, [8 * MILLION, 3 * MILLION]) == penny(3.1 * MILLION, 1.5 * MILLION)


def test_a_true_up_takes_back_what_the_whole_does_not_give() -> None:
    share = half(pain_bands=(Band(share=0.1),), basis=Cumulative())
    assert due(share, [200, -200]) == penny(100, -100)
    assert due(share, [-200, 200]) == penny(-20, 20)
    assert due(share, [200, -300]) == penny(100, -110)


def test_over_the_term_corridors_caps_and_bands_in_pounds_are_added_up() -> None:
    gate = half(gain_corridor=GATE, basis=Cumulative())
    for last in (-1, 0, 1):
        whole = 0 if last < 0 else 2 * MILLION + last / 2
        assert due(gate, [3 * MILLION, MILLION + last]) == penny(1.5 * MILLION, whole - 1.5 * MILLION)
    cap = half(cost_gain_cap=Pounds(amount=50), basis=Cumulative())
    assert due(cap, [160, 38]) == penny(50, 49)
    assert due(cap, [160, 40]) == penny(50, 50)
    assert due(cap, [160, 42]) == penny(50, 50)
    total = half(total_pain_cap=Pounds(amount=50), basis=Cumulative())
    assert due(total, [-160, -38]) == penny(-50, -49)
    assert due(total, [-160, -42]) == penny(-50, -50)
    bands = half(gain_bands=(Band(up_to_pounds=100, share=0.5),), basis=Cumulative())
    assert due(bands, [160, 38]) == penny(50, 49)
    assert due(bands, [160, 42]) == penny(50, 50)


def test_over_the_term_each_year_counts_as_far_as_its_phase_in() -> None:
    """A shadow year, half a year and a whole one: 0 + 100 - 80 of the saving, and 1½ caps."""
    share = half(cost_gain_cap=Pounds(amount=8), phase_in=(0.0, 0.5), basis=Cumulative())
    assert due(share, [1000, 200, -80]) == penny(0, 4, 6)
    assert due(share, [1000, 200, -76]) == penny(0, 4, 8)
    assert due(share, [1000, 200, -74]) == penny(0, 4, 8)


def test_over_the_term_relief_is_added_up() -> None:
    """£200 over, £80 back: pain of £60 and relief of £50, all of which now counts."""
    assert due(half(basis=Cumulative()), [-200, 80], [50, 0]) == penny(-50, 40)
    assert due(half(basis=Cumulative()), [80, -200], [50, 0]) == penny(40, -50)


def test_over_the_term_only_the_savings_of_one_sided_years_count() -> None:
    share = half(one_sided_years=1, basis=Cumulative())
    assert due(share, [-200, 80]) == penny(0, 40)
    assert due(share, [200, -80]) == penny(100, -40)


def test_over_the_term_the_score_is_the_mean_and_gates_judge_the_savings_of_their_own_year() -> None:
    """Scores of -100 and 50: a quality of 0% and 75%, 37.5% in the mean."""
    case = scenario(years=2, risk_share=half(gain_modifier=QualityModifier(), basis=Cumulative()))
    costs = np.full((2, 1, 1), TARGET - 200)
    no, yes = np.zeros((2, 1), dtype=bool), np.ones((2, 1), dtype=bool)
    first, last = np.array([[True], [False]]), np.array([[False], [True]])
    ops = np.array([[-100.0], [50.0]])
    for barred, free, paid in (
        (no, no, (0, 75)),
        (first, no, (0, 37.5)),
        (last, no, (0, 37.5)),
        (no, yes, (100, 100)),
        (no, first, (100, -25)),
        (no, last, (0, 75)),
    ):
        ledger = settle(terms(case), costs, Scores(ops, ops, barred, no, no, free))
        assert ledger.limb3[:, 0, 0].tolist() == penny(*paid)


def test_over_the_term_each_years_score_weighs_as_much_as_its_target_and_its_phase_in() -> None:
    """Targets of £100m, £150m and £225m, of which 0%, 100% and 40% count: scores of 80, -20 and 60 make 10."""
    case = scenario(
        years=3,
        baseline=Baseline(price_growth=0.5),
        risk_share=half(gain_modifier=QualityModifier(), phase_in=(0.0, 1.0, 0.4), basis=Cumulative()),
    )
    scores = Scores.ungated(np.array([[80.0], [-20.0], [60.0]]))
    ledger = settle(terms(case), terms(case).target[:, :, None] - 1000, scores)
    whole = 0.5 * 1400 * (100 + (150 * -20 + 90 * 60) / 240) / 200
    assert whole == pytest.approx(385)
    assert ledger.limb3[:, 0, 0].tolist() == penny(0, 200, 385 - 200)


def test_over_the_term_performance_counts_as_far_as_the_phase_in() -> None:
    pool = PerformancePool(pool=Pounds(amount=1000))
    share = half(performance=pool, phase_in=(0.0, 0.5), total_gain_cap=Pounds(amount=800), basis=Cumulative())
    ledger = after(scenario(years=3, risk_share=share), [0], performance(3, 100))
    assert ledger.limb3[:, 0, 0].tolist() == penny(0, 400, 800)
    free = share.edited(total_gain_cap=share.cost_gain_cap)
    ledger = after(scenario(years=3, risk_share=free), [0], performance(3, 100))
    assert ledger.limb3[:, 0, 0].tolist() == penny(0, 500, 1000)


@pytest.mark.parametrize(
    ("caps", "savings", "paid"),
    [
        ({"gain_cap": {"kind": "pounds", "amount": 1.0}}, (10, -10), (1, -1)),
        ({"pain_cap": {"kind": "pounds", "amount": 1.0}}, (-10, 10), (-1, 1)),
        ({"pain_cap": {"kind": "pounds", "amount": 1.0}}, (-10, -10), (-1, -1)),
        ({"gain_cap": {"kind": "pounds", "amount": 1.0}}, (1, 10), (0.5, 1.5)),
    ],
)
def test_a_term_that_is_trued_up_is_held_within_the_caps_of_all_its_years(
    caps: dict[str, Any], savings: tuple[float, float], paid: tuple[float, float]
) -> None:
    """Half of what the term saves, at most £2 either way, whatever the years on account came to."""
    case = scenario(years=2, providers=(provider(**caps),), risk_share=half(basis=Cumulative()))
    costs = TARGET - np.array(savings, dtype=float)[:, None, None]
    assert settle(terms(case), costs, performance(2)).limb3[:, 0, 0].tolist() == penny(*paid)


def test_pain_carried_forward_has_the_pain_caps_of_all_years_and_gain_that_of_its_own() -> None:
    caps: dict[str, Any] = {
        "pain_cap": {"kind": "pounds", "amount": 1.0},
        "gain_cap": {"kind": "pounds", "amount": 1.0},
    }
    case = scenario(years=3, providers=(provider(**caps),), risk_share=half(basis=CarryForward()))
    for savings, paid in (((10, 10, 10), (1, 1, 1)), ((-10, -10, -10), (0, 0, -3)), ((-10, 8, 0), (0, 0, -1))):
        costs = TARGET - np.array(savings, dtype=float)[:, None, None]
        assert settle(terms(case), costs, performance(3)).limb3[:, 0, 0].tolist() == penny(*paid)


def test_relief_of_a_one_sided_year_eases_no_other_years_pain() -> None:
    case = scenario(years=2, risk_share=half(one_sided_years=1, basis=Cumulative()))
    ledger = settle(terms(case), np.full((2, 1, 1), TARGET + 10), performance(2), relief=np.array([[5.0], [1.0]]))
    assert ledger.limb3[:, 0, 0].tolist() == penny(0, -4)


def test_a_gate_on_the_score_never_lowers_pain() -> None:
    """Share × quality on pain: at a score of 60 the multiplier is 80%; counted as -100 it would be nothing."""
    case = scenario(risk_share=half(pain_modifier=QualityModifier()))
    ops, never = np.array([[60.0]]), np.zeros((1, 1), dtype=bool)
    failed = Scores(np.full((1, 1), -100.0), ops, never, never, never, never)
    for scores in (Scores.ungated(ops), failed):
        assert settle(terms(case), outturn([TARGET + 100]), scores).limb3[0, 0].tolist() == penny(-40)


def test_over_the_term_performance_stays_as_it_was_in_each_year() -> None:
    pool = PerformancePool(pool=Pounds(amount=1000), max_pain=0.1)
    case = scenario(years=2, risk_share=half(performance=pool, basis=Cumulative()))
    scores = Scores.ungated(np.array([[100.0], [-100.0]]))
    ledger = settle(terms(case), np.full((2, 1, 1), TARGET), scores)
    assert ledger.limb3[:, 0, 0].tolist() == penny(1000, -100)


def test_over_the_term_the_net_stays_within_the_caps_of_all_years() -> None:
    """£40 a year for two years; what was paid in the first year may be taken back besides."""
    capped = (provider(pain_cap=Pounds(amount=40), gain_cap=Pounds(amount=70)),)
    case = scenario(years=2, providers=capped, risk_share=half(basis=Cumulative()))
    for savings, paid in {
        (60, -218): (30, -109),
        (60, -220): (30, -110),
        (60, -222): (30, -110),
        (-60, -98): (-30, -49),
        (-60, -102): (-30, -50),
        (-60, 338): (-30, 169),
        (-60, 342): (-30, 170),
    }.items():
        assert over_years(case, list(savings)).limb3[:, 0, 0].tolist() == penny(*paid)


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


def test_gain_stops_at_a_partners_cap_and_the_commissioners_keep_the_rest() -> None:
    small, large = providers(0.4, 0.6)
    ledger = after(scenario(providers=(small.edited(gain_cap=Pounds(amount=400)), large)), [1998, 2000, 2002, -2002])
    assert ledger.limb3[0, 0].tolist() == penny(399.6, 400, 400, -400.4)
    assert ledger.limb3[0, 1].tolist() == penny(599.4, 600, 600.6, -600.6)
    assert ledger.excess[0].tolist() == penny(0, 0, -0.4, 0)
    assert ledger.commissioners[0, 0].tolist() == penny(999, 1000, 1001.4, -1001)


def one_after_another(**caps: float) -> Scenario:
    """A, B and C bear 20%, 30% and 50%; each pound over a cap goes to the others."""
    trio = tuple(
        p.edited(pain_cap=Pounds(amount=caps[p.name]), gain_cap=Pounds(amount=caps[p.name])) if p.name in caps else p
        for p in providers(0.2, 0.3, 0.5)
    )
    return scenario(providers=trio, risk_share=half(over_partner_caps="other providers"))


@pytest.mark.parametrize("sign", [-1, 1], ids=["pain", "gain"])
def test_others_take_over_what_is_over_a_cap_in_proportion_up_to_their_own(sign: float) -> None:
    """A is full at a total of 50; then B takes 3/8 of each further pound until it is full at 90; then C takes all."""
    case = one_after_another(A=10, B=30)
    totals = {48: (9.6, 14.4, 24), 50: (10, 15, 25), 58: (10, 18, 30), 90: (10, 30, 50), 98: (10, 30, 58)}
    ledger = after(case, [sign * 2 * total for total in totals])
    for d, expected in enumerate(totals.values()):
        assert ledger.limb3[0, :, d].tolist() == penny(*(sign * e for e in expected))
    assert ledger.excess[0].tolist() == penny(*[0] * len(totals))


@pytest.mark.parametrize("sign", [-1, 1], ids=["pain", "gain"])
def test_what_no_provider_can_take_over_falls_on_the_commissioners(sign: float) -> None:
    ledger = after(one_after_another(A=10, B=30, C=60), [sign * 2 * total for total in (99, 100, 107)])
    assert ledger.limb3[0, 2].tolist() == penny(sign * 59, sign * 60, sign * 60)
    assert ledger.excess[0].tolist() == penny(0, 0, -sign * 7)
    assert ledger.commissioners[0, 0].tolist() == penny(sign * 99, sign * 100, sign * 114)


def test_a_provider_without_a_share_takes_nothing_over() -> None:
    a, b = providers(1.0, 0.0)
    pair = (a.edited(pain_cap=Pounds(amount=10)), b)
    ledger = after(scenario(providers=pair, risk_share=half(over_partner_caps="other providers")), [-200])
    assert ledger.limb3[0, :, 0].tolist() == penny(-10, 0)
    assert ledger.excess[0, 0] == pytest.approx(90)


def test_a_fee_on_actual_cost_grows_with_it_at_the_commissioners_expense() -> None:
    """A fee of 5%: £10 more on £200 more, on top of pain of £100."""
    case = scenario(providers=(provider(fee_on="actual cost"),))
    ledger = after(case, [-200, 0, 200])
    assert ledger.fee[0, 0].tolist() == penny(FEE + 10, FEE, FEE - 10)
    assert ledger.gain[0, 0].tolist() == penny(-90, 0, 90)
    assert ledger.commissioners[0, 0].tolist() == penny(-110, 0, 110)


def test_caps_of_a_fee_mean_the_fee_at_target() -> None:
    case = scenario(providers=(provider(fee_on="actual cost", pain_cap=OfFee(part=0.5)),))
    assert after(case, [-80 * MILLION]).limb3[0, :, 0].tolist() == penny(-0.5 * FEE)


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
    many = settle(contract, costs, Scores(ops, ops, cost, quality, never, never))
    for d in range(20):
        row = np.s_[[1], d : d + 1]
        scores = Scores(ops[row], ops[row], cost[row], quality[row], never[row], never[row])
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
