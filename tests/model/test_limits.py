"""The largest possible loss: worked by hand from the caps, never exceeded, and reached where it is finite."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import presets
from model.allocation import ByFee, Equal
from model.amounts import LowerOf, OfFee, OfTarget, Pounds, Uncapped
from model.bands import Band
from model.base import PENNY, Floats
from model.basis import CarryForward, Cumulative
from model.contract import RiskShare
from model.corridors import DeductibleCorridor, GateCorridor
from model.limits import largest_losses
from model.modifiers import ModifierPoint, OneMinusModifier, QualityModifier, RampModifier, StepModifier
from model.pool import PerformancePool
from model.scenario import Scenario
from model.scores import Scores, score
from model.settle import settle
from model.simulate import simulate
from model.terms import terms
from tests.model.build import (
    MILLION,
    apart,
    commissioner,
    framework,
    kpi,
    performance,
    provider,
    providers,
    scenario,
    share,
)
from tests.model.strategies import anyhow, outturns, reliefs, scenarios

INF = float("inf")
CLOSED = (Band(up_to=0.04, share=0.5), Band(up_to=0.10, share=0.25))
"""Of a target cost of £100m: half of the first £4m and a quarter of the next £6m, £3.5m at most."""
OPEN = (Band(up_to=0.04, share=0.5), Band(up_to=None, share=0.25))
POOL = PerformancePool(pool=Pounds(amount=2 * MILLION), max_pain=0.5)
"""At most £1m is lost on performance."""


def each_year(scenario: Scenario) -> Floats:
    """The largest losses of every year, (years, N)."""
    return np.stack([largest_losses(scenario, [t]) for t in range(scenario.term.horizon)])


def ramp(*multipliers: float) -> RampModifier:
    return RampModifier(points=tuple(ModifierPoint(ops=i, multiplier=m) for i, m in enumerate(multipliers)))


def worst(terms: RiskShare, **changes: Any) -> float:
    """The most that the only provider can lose in the only year, £m: target cost £100m, fee £5m, one KPI."""
    case = scenario(risk_share=terms, **{"framework": framework(kpi())} | changes)
    return float(each_year(case)[0, 0] / MILLION)


WORKED: dict[str, tuple[dict[str, Any], float]] = {
    "no bands": ({"pain_bands": ()}, 0.0),
    "closed bands": ({"pain_bands": CLOSED}, 3.5),
    "open band": ({"pain_bands": OPEN}, INF),
    "open band of nothing": ({"pain_bands": (Band(up_to=0.04, share=0.5), Band(up_to=None, share=0.0))}, 2.0),
    "only an open band of nothing": ({"pain_bands": (Band(up_to=None, share=0.0),)}, 0.0),
    "closed band of nothing before a closed band": (
        {"pain_bands": (Band(up_to=0.04, share=0.0), Band(up_to=0.10, share=0.25))},
        1.5,
    ),
    "gain bands do not matter": ({"gain_bands": CLOSED, "pain_bands": OPEN}, INF),
    "gate corridor": ({"pain_bands": CLOSED, "pain_corridor": GateCorridor(width=0.02)}, 3.5),
    "deductible corridor": ({"pain_bands": CLOSED, "pain_corridor": DeductibleCorridor(width=0.02)}, 3.5),
    "largest multiplier in the middle": ({"pain_bands": CLOSED, "pain_modifier": ramp(1, 2, 0.5)}, 7.0),
    "multiplier of nothing": ({"pain_bands": CLOSED, "pain_modifier": ramp(0, 0)}, 0.0),
    "multiplier of nothing on an open band": ({"pain_bands": OPEN, "pain_modifier": ramp(0)}, 0.0),
    "steps": (
        {"pain_bands": CLOSED, "pain_modifier": StepModifier(points=(ModifierPoint(ops=0, multiplier=0.5),))},
        1.75,
    ),
    "modifier on gain does not matter": ({"pain_bands": CLOSED, "gain_modifier": ramp(5)}, 3.5),
    "cap on cost pain, pounds": ({"pain_bands": OPEN, "cost_pain_cap": Pounds(amount=3 * MILLION)}, 3.0),
    "cap on cost pain, of fee": ({"pain_bands": OPEN, "cost_pain_cap": OfFee(part=0.8)}, 4.0),
    "cap on cost pain, of target": ({"pain_bands": OPEN, "cost_pain_cap": OfTarget(part=0.025)}, 2.5),
    "cap of nothing": ({"pain_bands": OPEN, "cost_pain_cap": Pounds(amount=0)}, 0.0),
    "cap beyond the bands": ({"pain_bands": CLOSED, "cost_pain_cap": OfFee(part=1)}, 3.5),
    "cap after the modifier": (
        {"pain_bands": CLOSED, "pain_modifier": ramp(2), "cost_pain_cap": OfFee(part=1)},
        5.0,
    ),
    "caps on gain do not matter": (
        {"pain_bands": OPEN, "cost_gain_cap": Pounds(amount=0), "total_gain_cap": Pounds(amount=0)},
        INF,
    ),
    "performance adds": ({"pain_bands": CLOSED, "performance": POOL}, 4.5),
    "cap on cost does not hold performance": (
        {"pain_bands": OPEN, "performance": POOL, "cost_pain_cap": Pounds(amount=3 * MILLION)},
        4.0,
    ),
    "cap on the total, pounds": (
        {"pain_bands": OPEN, "performance": POOL, "total_pain_cap": Pounds(amount=2 * MILLION)},
        2.0,
    ),
    "cap on the total, of fee": ({"pain_bands": CLOSED, "performance": POOL, "total_pain_cap": OfFee(part=0.8)}, 4.0),
    "cap on the total, of target": ({"pain_bands": OPEN, "total_pain_cap": OfTarget(part=0.01)}, 1.0),
    "uncapped, in so many words": ({"pain_bands": OPEN, "total_pain_cap": Uncapped()}, INF),
    "bands in pounds": (
        {"pain_bands": (Band(up_to_pounds=2 * MILLION, share=0.5), Band(up_to_pounds=4 * MILLION, share=0.25))},
        1.5,
    ),
    "open band after pounds": ({"pain_bands": (Band(up_to_pounds=2 * MILLION, share=0.5), Band(share=0.25))}, INF),
    "gate corridor that counts inside": (
        {"pain_bands": CLOSED, "pain_corridor": GateCorridor(width=0.02, inside=0.5)},
        3.5,
    ),
    "quality": ({"pain_bands": CLOSED, "pain_modifier": QualityModifier()}, 3.5),
    "one minus quality": ({"pain_bands": CLOSED, "pain_modifier": OneMinusModifier(highest=0.6)}, 2.1),
    "haircut does not matter": ({"pain_bands": CLOSED, "haircut": 0.5}, 3.5),
    "lower of two caps, the first": (
        {"pain_bands": OPEN, "cost_pain_cap": LowerOf(first=OfFee(part=0.5), second=OfTarget(part=0.05))},
        2.5,
    ),
    "lower of two caps, the second": (
        {"pain_bands": OPEN, "total_pain_cap": LowerOf(first=OfFee(part=1), second=OfTarget(part=0.02))},
        2.0,
    ),
    "one-sided year": ({"pain_bands": OPEN, "performance": POOL, "one_sided_years": 1}, 0.0),
    "neutral from the top": (
        {"pain_bands": (), "performance": POOL.edited(max_gain=0.0, neutral_from=100, neutral_to=100)},
        1.0,
    ),
    "bonus only": (
        {"pain_bands": (), "performance": POOL.edited(max_pain=0.0, neutral_from=-100, neutral_to=-100)},
        0.0,
    ),
    "carried forward": ({"pain_bands": CLOSED, "basis": CarryForward()}, 3.5),
    "written off": ({"pain_bands": CLOSED, "basis": CarryForward(rest="written off")}, 0.0),
    "trued up": ({"pain_bands": CLOSED, "basis": Cumulative()}, 3.5),
    "shadow year": ({"pain_bands": OPEN, "phase_in": (0.0,)}, 0.0),
    "half a year's weight": ({"pain_bands": CLOSED, "phase_in": (0.5,)}, 1.75),
    "phase-in after the cap": ({"pain_bands": OPEN, "total_pain_cap": OfFee(part=1), "phase_in": (0.5,)}, 2.5),
}


@pytest.mark.parametrize(("changes", "expected"), WORKED.values(), ids=WORKED.keys())
def test_the_most_that_the_terms_allow(changes: dict[str, Any], expected: float) -> None:
    assert worst(share(**changes)) == pytest.approx(expected, abs=1e-9)


def test_a_pool_without_kpis_takes_nothing() -> None:
    terms = share(pain_bands=CLOSED, performance=POOL)
    assert worst(terms, framework=framework(kpi())) == pytest.approx(4.5)
    assert worst(terms, framework=scenario().framework) == pytest.approx(3.5)


def test_without_kpis_the_score_of_nothing_may_lose_a_part_of_the_pool() -> None:
    """Withheld and earned back from 50 on: at a score of 0 a third of the £1m is lost, whatever happens."""
    pool = POOL.edited(max_gain=0.0, neutral_from=50, neutral_to=50)
    assert worst(share(pain_bands=(), performance=pool), framework=scenario().framework) == pytest.approx(1 / 3)


def test_a_partners_cap_stops_what_it_can_lose() -> None:
    for cap, expected in ((OfFee(part=0.2), 1.0), (OfTarget(part=0.03), 3.0), (Pounds(amount=9 * MILLION), 9.0)):
        assert worst(share(), providers=(provider(pain_cap=cap),)) == pytest.approx(expected)
        assert worst(share(pain_bands=CLOSED), providers=(provider(pain_cap=cap),)) == min(expected, 3.5)


def test_a_partner_cap_is_not_phased_in() -> None:
    """Half of £3.5m in the first year is within the cap of £2m; all of it in the second is not."""
    case = scenario(
        years=2,
        providers=(provider(pain_cap=Pounds(amount=2 * MILLION)),),
        risk_share=share(pain_bands=CLOSED, phase_in=(0.5,)),
    )
    assert apart(each_year(case)[:, 0] / MILLION, [1.75, 2.0]) < 1e-9


def test_pain_is_divided_as_agreed() -> None:
    """Target cost £200m, so the bands stop at £7m; who bears no part cannot lose even where there is no cap."""
    split = providers(0.7, 0.3, 0.0)[:2]
    closed, open_ended = share(pain_bands=CLOSED), share(pain_bands=OPEN)
    case = scenario(providers=split, risk_share=closed)
    assert apart(each_year(case)[0, :2] / MILLION, [4.9, 2.1]) < 1e-9
    fees = (split[0].edited(fee_rate=0.01), split[1].edited(fee_rate=0.04))
    case = scenario(providers=fees, risk_share=closed.edited(pain_allocation=ByFee()))
    assert apart(each_year(case)[0, :2] / MILLION, [1.4, 5.6]) < 1e-9
    case = scenario(providers=providers(1.0, 0.0), risk_share=open_ended)
    assert each_year(case)[0, :2].tolist() == [INF, 0.0]


def test_what_is_outside_the_pool_has_no_limit() -> None:
    """Half in the pool: no limit for it, and bands that stop at a quarter less for the others."""
    half = (provider("A", pooled=0.5, pain_share=0.5), provider("B", pain_share=0.5, gain_share=0.0))
    case = scenario(providers=half, risk_share=share(pain_bands=CLOSED))
    found = each_year(case)[0]
    assert found[0] == INF
    assert found[1] / MILLION == pytest.approx(0.5 * 3.5 * 1.5)


def test_a_commissioner_bears_what_is_left_without_limit() -> None:
    pair = (commissioner("City council", 1.0), commissioner("Health board", 0.0))
    case = scenario(commissioners=pair, risk_share=share(pain_bands=CLOSED))
    assert each_year(case)[0, 1:].tolist() == [INF, 0.0]


@pytest.mark.parametrize("bonus", [0.0, 2.0])
def test_commissioners_of_separate_contracts_can_lose_only_what_they_pay_for_performance(bonus: float) -> None:
    """Nothing is pooled, so no saving or overspend ever reaches them (model §2, steps 1 and 13)."""
    pool = PerformancePool(pool=Pounds(amount=bonus * MILLION))
    case = scenario(providers=(provider(pooled=0.0),), risk_share=share(performance=pool), framework=framework(kpi()))
    assert each_year(case)[0, 1] / MILLION == pytest.approx(bonus)


def test_years_have_their_own_limits() -> None:
    """Fees grow by 10% a year; the first year is a shadow year."""
    case = scenario(
        years=3,
        baseline=scenario().baseline.edited(price_growth=0.1),
        risk_share=share(total_pain_cap=OfFee(part=1), phase_in=(0.0,)),
    )
    assert apart(each_year(case)[:, 0] / MILLION, [0.0, 5.5, 6.05]) < 1e-9


def test_commissioners_of_separate_contracts_pay_performance_as_far_as_it_counts() -> None:
    """£2m a year, half in the first year, and £1.5m at most in the others."""
    pool = PerformancePool(pool=Pounds(amount=2 * MILLION))
    terms = share(gain_bands=(), performance=pool, phase_in=(0.25,), total_gain_cap=Pounds(amount=1.5 * MILLION))
    case = scenario(years=3, providers=(provider(pooled=0.0),), risk_share=terms, framework=framework(kpi()))
    assert apart(each_year(case)[:, 1] / MILLION, [0.375, 1.5, 1.5]) < 1e-9


def test_fees_on_actual_cost_are_paid_by_the_commissioners_without_limit() -> None:
    case = scenario(providers=(provider(pooled=0.0, fee_on="actual cost"),), risk_share=share(gain_bands=()))
    assert each_year(case)[0, 1] == INF


# Over the years, and for what one's partners cannot bear ---------------------------------------------------------

BOTH = {"gain_bands": CLOSED, "pain_bands": CLOSED}
"""At most £3.5m a year, gain or pain, on a target cost of £100m."""


def capped(**caps: float) -> tuple[Any, ...]:
    """Providers of equal parts with caps on pain in £m a year; none: uncapped."""
    return tuple(
        provider(name, gain_share=1 / len(caps), pain_share=1 / len(caps))
        if cap == INF
        else provider(name, gain_share=1 / len(caps), pain_share=1 / len(caps), pain_cap=Pounds(amount=cap * MILLION))
        for name, cap in caps.items()
    )


OVER_THE_TERM: dict[str, tuple[dict[str, Any], dict[str, Any], list[int], list[float], list[float]]] = {
    # the terms, the alliance, the years looked at, spent of the target cost in each year, the most that each can lose
    "each year": (BOTH, {"years": 2}, [0, 1], [2, 2], [7.0]),
    "one-sided at first": (BOTH | {"one_sided_years": 1}, {"years": 2}, [0, 1], [2, 2], [3.5]),
    "the one-sided year": (BOTH | {"one_sided_years": 1}, {"years": 2}, [0], [2, 2], [0.0]),
    "carried to the end": (BOTH | {"basis": CarryForward()}, {"years": 3}, [2], [2, 2, 2], [10.5]),
    "carried past the first years": (BOTH | {"basis": CarryForward()}, {"years": 3}, [0, 1], [2, 2, 2], [0.0]),
    "carried, phased in": (BOTH | {"basis": CarryForward(), "phase_in": (0.5,)}, {"years": 2}, [0, 1], [2, 2], [5.25]),
    "carried, up to the caps of all years": (
        BOTH | {"basis": CarryForward()},
        {"years": 3, "providers": capped(A=2)},
        [0, 1, 2],
        [1, 2, 2],
        [6.0],
    ),
    "written off": (BOTH | {"basis": CarryForward(rest="written off")}, {"years": 2}, [0, 1], [2, 2], [0.0]),
    "trued up, the first year": (BOTH | {"basis": Cumulative()}, {"years": 2}, [0], [2, 2], [3.5]),
    "trued up, the whole": (BOTH | {"basis": Cumulative()}, {"years": 2}, [0, 1], [2, 2], [7.0]),
    "the true-up also takes back what was paid": (BOTH | {"basis": Cumulative()}, {"years": 2}, [1], [0, 3], [10.5]),
    "taken back, up to the caps of all years": (
        BOTH | {"basis": Cumulative()},
        {"years": 2, "providers": capped(A=2)},
        [1],
        [0, 3],
        [7.5],
    ),
    "trued up, within the caps of all years": (
        BOTH | {"basis": Cumulative()},
        {"years": 2, "providers": capped(A=2)},
        [0, 1],
        [0, 3],
        [4.0],
    ),
    "trued up, with the caps of a one-sided year": (
        {"pain_bands": OPEN, "basis": Cumulative(), "one_sided_years": 1, "cost_pain_cap": Pounds(amount=2 * MILLION)},
        {"years": 2},
        [0, 1],
        [1, 3],
        [4.0],
    ),
    "trued up, all of it one-sided": (
        {"pain_bands": OPEN, "basis": Cumulative(), "one_sided_years": 2},
        {"years": 2},
        [0, 1],
        [2, 2],
        [0.0],
    ),
    "trued up, taken over from the other": (
        BOTH | {"basis": Cumulative(), "over_partner_caps": "other providers", "gain_allocation": Equal()},
        {"providers": capped(A=1, B=INF)},
        [0],
        [2],
        [1.0, 6.0],
    ),
    "over a cap, to the commissioners": (BOTH, {"providers": capped(A=1, B=INF)}, [0], [2], [1.0, 3.5]),
    "over a cap, to the other": (
        BOTH | {"over_partner_caps": "other providers"},
        {"providers": capped(A=1, B=INF)},
        [0],
        [2],
        [1.0, 6.0],
    ),
    "over a cap, to the other up to its own": (
        BOTH | {"over_partner_caps": "other providers"},
        {"providers": capped(A=1, B=4)},
        [0],
        [2],
        [1.0, 4.0],
    ),
    "over a cap, to the others in turn": (
        BOTH | {"over_partner_caps": "other providers"},
        {"providers": capped(A=1, B=4, C=INF)},
        [0],
        [2],
        [1.0, 4.0, 5.5],
    ),
    "others of an endless pain": (
        {"pain_bands": OPEN, "over_partner_caps": "other providers"},
        {"providers": capped(A=1, B=4)},
        [0],
        [2],
        [1.0, 4.0],
    ),
}


@pytest.mark.parametrize(("terms_", "alliance", "rows", "spent", "expected"), OVER_THE_TERM.values(), ids=OVER_THE_TERM)
def test_the_most_over_some_years_is_reached(
    terms_: dict[str, Any], alliance: dict[str, Any], rows: list[int], spent: list[float], expected: list[float]
) -> None:
    case = scenario(risk_share=share(**terms_), **alliance)
    found = largest_losses(case, rows)[: len(expected)] / MILLION
    assert found.tolist() == pytest.approx(expected)
    target = case.target_cost()[:, :, None]
    ledger = settle(terms(case), target * np.array(spent)[:, None, None], performance(len(spent)))
    assert (-ledger.gain[rows].sum(axis=0)[:, 0] / MILLION).tolist() == pytest.approx(expected)


def test_who_bears_no_part_takes_over_nothing() -> None:
    one, other = capped(A=1, B=INF)
    pair = (one.edited(pain_share=1.0), other.edited(pain_share=0.0))
    case = scenario(providers=pair, risk_share=share(**BOTH, over_partner_caps="other providers"))
    assert largest_losses(case, [0])[:2].tolist() == [MILLION, 0.0]


def test_a_fee_on_actual_cost_can_be_lost() -> None:
    """A spends nothing and loses its fee of £5m, while B overspends so much that A also bears half of £7m."""
    pair = tuple(p.edited(fee_on="actual cost") for p in capped(A=INF, B=INF))
    case = scenario(providers=pair, risk_share=share(**BOTH))
    assert (largest_losses(case, [0])[:2] / MILLION).tolist() == pytest.approx([8.5, 8.5])
    ledger = settle(terms(case), np.array([0.0, 400 * MILLION])[None, :, None], performance(1))
    assert -ledger.gain[0, 0, 0] / MILLION == pytest.approx(8.5)


def some_years(case: Scenario, seed: int) -> list[int]:
    """Some of the contract's years, at least one, in order."""
    rng = np.random.default_rng(seed)
    years = case.term.horizon
    return sorted(rng.choice(years, rng.integers(1, years + 1), replace=False).tolist())


@settings(anyhow, max_examples=150)
@given(scenarios(), st.integers(0, 2**32 - 1))
def test_no_outturn_costs_more_than_the_limit(case: Scenario, seed: int) -> None:
    """In each year, in some years together and over the whole term."""
    costs, kpis = outturns(case, 400, seed)
    costs = np.abs(case.target_cost()[:, :, None] + 10 * (costs - case.target_cost()[:, :, None]))
    ledger = settle(terms(case), costs, score(case.framework, kpis), reliefs(case, seed))
    losses = -np.concatenate([ledger.gain, ledger.commissioners], axis=1)
    assert (losses.max(axis=2) <= each_year(case) + PENNY).all()
    for rows in (some_years(case, seed), list(range(len(costs)))):
        assert (losses[rows].sum(axis=0).max(axis=1) <= largest_losses(case, rows) + PENNY).all()


@anyhow
@given(scenarios(), st.integers(0, 1000))
def test_no_draw_costs_more_than_the_limit_over_the_term(case: Scenario, seed: int) -> None:
    """At planned prices, as the limit is."""
    results = simulate(case.edited(baseline=case.baseline.edited(reindexed=False)), 256, seed)
    assert (-results.total.min(axis=1) <= largest_losses(case, list(range(case.term.horizon))) + PENNY).all()


@pytest.mark.parametrize("name", presets.names())
def test_no_draw_of_a_preset_costs_more_than_the_limit(name: str) -> None:
    case = presets.preset(name)
    results = simulate(case, 4096)
    assert (-results.total.min(axis=1) <= largest_losses(case, list(range(case.term.horizon))) + PENNY).all()


FINITE = [name for name, (changes, expected) in WORKED.items() if np.isfinite(expected)]


@pytest.mark.parametrize("name", FINITE)
def test_a_finite_limit_is_reached_by_a_disaster(name: str) -> None:
    """Costs double, at the score where the modifier and the pool are worst together."""
    changes, expected = WORKED[name]
    case = scenario(risk_share=share(**changes), framework=framework(kpi()))
    contract, scores = terms(case), np.array([-100.0, 0.0, 1.0, 2.0, 100.0])
    costs = np.repeat(2 * contract.target[:, :, None], len(scores), axis=2)
    ledger = settle(contract, costs, performance(1, scores))
    assert -ledger.gain.min() / MILLION == pytest.approx(expected, abs=1e-9)


def test_commissioners_may_pay_back_pain_when_a_term_without_a_pool_is_trued_up() -> None:
    """Performance -£1m, then well above the caps of £200,000 a year: the last year makes it +£400,000 in all."""
    terms_ = share(performance=POOL, total_gain_cap=Pounds(amount=0.2 * MILLION), basis=Cumulative())
    case = scenario(years=2, providers=providers(1.0, pooled=0.0), framework=framework(kpi()), risk_share=terms_)
    ledger = settle(terms(case), case.target_cost()[:, :, None], Scores.ungated(np.array([[-100.0], [100.0]])))
    assert ledger.commissioners[1, 0, 0] == pytest.approx(-1.4 * MILLION)
    assert largest_losses(case, [1])[-1] == pytest.approx(1.4 * MILLION)
