"""The settlement between partners: shares, own caps, pooling, commissioners."""

import numpy as np
import pytest

from model.allocation import ByFee, ByReserves, ByTarget, Equal
from model.amounts import OfFee, OfTarget, Pounds
from model.corridors import GateCorridor
from model.pool import PerformancePool
from model.scenario import Scenario
from model.scores import Scores
from model.settle import settle
from model.terms import terms
from tests.model.build import (
    MILLION,
    PENNY,
    after,
    commissioner,
    outturn,
    penny,
    performance,
    provider,
    providers,
    scenario,
)
from tests.model.build import share as half

TARGET, FEE = 100 * MILLION, 5 * MILLION


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
    alliance = scenario(
        providers=(alone.edited(pooled=0.0), member), risk_share=half(gain_corridor=GateCorridor(width=0.02))
    )
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
