"""How wrong may we be: margins against closed forms, by hand, and on anything."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special, stats

from data import presets
from model.acceptance import Position, Standing, cells, positions
from model.amounts import Pounds
from model.appetite import InPounds, Limits, Unasked, Yardstick
from model.bands import Band
from model.corridors import GateCorridor
from model.distributions import Fixed, Normal
from model.draw import draw
from model.margins import EXACT, MOST_LOOKS, Look, Margin, margin, margins, refusals, tightest, turn
from model.paths import Paths, paths
from model.plan import plan
from model.pool import PerformancePool
from model.scenario import Baseline, Scenario
from model.scores import score
from model.worse import Assumption, Futures, KpiValue, MeanCost, Savings, Together, assumptions, redrawn
from tests.model.build import (
    FALLING,
    MILLION,
    apart,
    commissioner,
    correlated,
    framework,
    kpi,
    provider,
    providers,
    scenario,
    share,
    uncertain,
)
from tests.model.strategies import anyhow, scenarios

N, SEED, SE = 65_536, 2018, 4.0
Z10 = float(-special.ndtri(0.1))
LOSS = InPounds(loss=2 * MILLION, loss_chance=0.1)
NOBODY = Yardstick(0.0, "")


def futures(alliance: Scenario, n: int = N, seed: int = SEED) -> Futures:
    outcomes = draw(plan(alliance), n, seed)
    return Futures(alliance, outcomes, score(alliance.framework, outcomes.kpis), seed)


def today(drawn: Futures) -> tuple[Position, ...]:
    return positions(drawn.scenario, paths(drawn.scenario, drawn.outcomes, drawn.scores))


def found(alliance: Scenario, kind: str, n: int = N, seed: int = SEED) -> Margin:
    """The first margin of a kind."""
    drawn = futures(alliance, n, seed)
    wanted = next(one for one in assumptions(drawn) if one.kind == kind)
    return margin(drawn, wanted, today(drawn))


def silent(**changes: Any) -> Scenario:
    """An alliance whose commissioner asks nothing."""
    return scenario(commissioners=(commissioner().edited(appetite=Unasked()),), **changes)


def alone(appetite: Any, **changes: Any) -> Scenario:
    """A provider on its own, whose gain over one year is N(1, 2) in millions, of a target of £100m."""
    deviation = Normal(mean=-0.01, sd=0.02)
    return silent(providers=(provider(pooled=0.0, cost_deviation=deviation, appetite=appetite, **changes),))


# Closed forms: the gain is N(1, 2) -----------------------------------------------------------------------------


def quantile_error(chance: float, n: int = N) -> float:
    """Standard error of a quantile of N(1, 2), plain draws."""
    level = 1 + 2 * special.ndtri(chance)
    return float(np.sqrt(chance * (1 - chance) / n) / stats.norm(1, 2).pdf(level))


def test_the_mean_may_be_worse_by_the_slack() -> None:
    """T23: P(G < −2) ≤ 10% holds until the mean is 0.436897 worse."""
    gain = 1 + 2 * special.ndtri((np.random.default_rng(SEED).permutation(N) + 0.5) / N)
    limits = Limits(2.0, 0.1, None, None, 0.0, None)

    def at(x: float) -> Look:
        tests = cells(Standing("charity", 0.0, limits, NOBODY, Fixed(value=0.0)), Paths(gain - x, gain - x, None))
        return Look(x, tuple(("A", test) for test in tests))

    turned = turn(at, at(0.0), reach=5.0, ordinary=2.0)
    assert turned is not None
    assert turned.x == pytest.approx(0.436897, abs=SE * quantile_error(0.1))
    assert turned.error == pytest.approx(at(0.0).cells[0][1].error)
    assert (turned.partner, turned.test) == ("A", "loss")


def test_costs_may_be_higher_until_a_loss_is_too_likely() -> None:
    """The gain is 100 − (100 − G)(1 + x), N(1 − 99x, 2(1 + x)): its lowest tenth ends at −2 for this x."""
    exact = (3 - 2 * Z10) / (99 + 2 * Z10)
    costs = found(alone(LOSS), "costs")
    assert costs.accepted and costs.margin is not None
    assert costs.margin == pytest.approx(exact, abs=SE * quantile_error(0.1) / (99 + 2 * Z10))
    assert costs.ordinary == pytest.approx(2 / 99, rel=SE / np.sqrt(2 * N))
    assert (costs.first, costs.test) == ("Community charity", "loss")
    assert costs.relative == pytest.approx(costs.margin / costs.ordinary)


def test_costs_must_be_lower_where_somebody_refuses() -> None:
    z = float(-special.ndtri(0.05))
    exact = (3 - 2 * z) / (99 + 2 * z)
    costs = found(alone(LOSS.edited(loss_chance=0.05)), "costs")
    assert not costs.accepted and costs.margin is not None and exact < 0
    assert costs.margin == pytest.approx(exact, abs=SE * quantile_error(0.05) / (99 + 2 * z))
    assert costs.first == "Community charity"


def test_partners_refuse_in_the_order_of_what_each_may_lose() -> None:
    """Each of four bears an eighth of what costs are over target; D has not said."""
    at_once = [provider(name, gain_share=0.25, pain_share=0.25) for name in "ABCD"]
    limits = {"A": 3.0, "B": 1.0, "C": 1e6}
    asking = (
        one.edited(
            appetite=InPounds(loss=limits[one.name] * MILLION, loss_chance=0.0) if one.name in limits else Unasked()
        )
        for one in at_once
    )
    drawn = futures(silent(providers=tuple(asking)), 160)
    whole = sum(one.baseline_cost for one in at_once) / MILLION
    turned = refusals(drawn, today(drawn))
    assert [one.partner for one in turned] == ["B", "A"]
    assert [one.x for one in turned] == pytest.approx([8 * limits[name] / whole for name in "BA"], abs=2e-4)


def test_correlations_may_rise_until_costs_move_together_too_much() -> None:
    """Each has a quarter of the saving of both: sd 0.25 × 5 × √(2 + 2ρ). It bears 1.2816 times that at ρ = 0.5."""
    sd = 0.25 * 5 * np.sqrt(3)
    members = providers(0.5, 0.5, cost_deviation=Normal(mean=0.0, sd=0.05), appetite=Unasked())
    asks = members[0].edited(appetite=InPounds(loss=Z10 * sd * MILLION, loss_chance=0.1))
    alliance = silent(providers=(asks, members[1]), uncertainty=uncertain(between_costs=0.2))
    together = found(alliance, "correlations")
    slope = Z10 * 0.25 * 5 * 0.2 / np.sqrt(3)
    error = np.sqrt(0.09 / N) / stats.norm(0, sd).pdf(Z10 * sd) / slope
    assert together.margin == pytest.approx(1.5, abs=SE * error)
    assert together.relative == together.margin


def test_a_standard_error_is_the_spread_between_seeds() -> None:
    several = [found(alone(LOSS), "costs", 1_024, seed) for seed in range(24)]
    spread = np.var([one.margin or np.nan for one in several], ddof=1)
    said = np.mean([one.error**2 for one in several])
    low, high = stats.f(23, 24 * 7).ppf([0.0005, 0.9995])
    assert low < spread / said < high


# By hand -------------------------------------------------------------------------------------------------------


def saving(worst: float, **changes: Any) -> Scenario:
    """A provider that saves £10m of £100m for certain and bears what does not arrive."""
    appetite = InPounds(worst=worst * MILLION)
    return silent(
        providers=(provider(pooled=0.0, required_saving=0.1, appetite=appetite),),
        baseline=Baseline(price_growth=0.0, saving_phasing=(1.0,)),
        uncertainty=uncertain(**changes),
    )


def test_a_fifth_less_saved_costs_two_million() -> None:
    savings = found(saving(2.0), "savings", 160)
    assert savings.margin == pytest.approx(0.2, abs=1e-6)
    assert savings.error == 0 and savings.ordinary == pytest.approx(0.0, abs=1e-9)


def test_no_saving_at_all_may_be_bearable() -> None:
    savings = found(saving(11.0), "savings", 160)
    assert savings.accepted and savings.margin is None and savings.reach == 1.0


def test_more_saved_may_be_what_is_lacking() -> None:
    late = saving(2.0, delivered=Fixed(value=0.5))
    # £5m over; at most £2m may be lost, so £8m must arrive instead of £5m.
    assert found(late, "savings", 160).margin == pytest.approx(-0.6, abs=1e-6)


def scored(worst: float, **changes: Any) -> Scenario:
    """A pool of £10m of which each point of the KPI below its minimum of 20 loses 5%."""
    asks = provider(appetite=InPounds(worst=worst * MILLION))
    pool = PerformancePool(pool=Pounds(amount=10 * MILLION))
    return silent(providers=(asks,), framework=framework(kpi(**changes)), risk_share=share(performance=pool))


def test_a_kpi_may_be_worse_until_the_pool_costs_too_much() -> None:
    assert found(scored(2.5), "kpi", 160).margin == pytest.approx(5.0, abs=1e-6)


def test_a_kpi_where_lower_is_better_is_worse_when_it_is_higher() -> None:
    # Minimum 20, poor 40: each point above 20 loses 2.5%.
    assert found(scored(2.5, levels=FALLING), "kpi", 160).margin == pytest.approx(10.0, abs=1e-6)


def test_a_kpi_is_looked_at_to_its_failure_and_no_farther() -> None:
    all_lost = found(scored(10.0), "kpi", 160)
    assert all_lost.accepted and all_lost.margin is None and all_lost.reach == pytest.approx(20.0)


def test_a_kpi_stays_within_what_is_possible() -> None:
    drawn = futures(scored(2.5, lowest=18.0, highest=100.0), 160)
    assert KpiValue(0, "", "").worse(drawn, 5.0).outcomes.kpis.min() == 18.0
    rate = futures(scored(2.5, unit="%", people=400), 160)
    assert KpiValue(0, "", "").worse(rate, 90.0).outcomes.kpis.min() == 0.0


def test_no_better_cost_may_be_good_enough() -> None:
    costs = found(alone(InPounds(tolerance=MILLION), outside=Fixed(value=200 * MILLION)), "costs", 1_024)
    assert not costs.accepted and costs.margin is None and costs.reach < 0


def test_where_nobody_asks_anything_nothing_is_looked_at() -> None:
    silence = futures(alone(Unasked()), 160)
    for one in margins(silence, today(silence)):
        assert one.accepted and one.margin is None and not one.first


def test_the_smallest_part_of_an_ordinary_error_is_the_alliances_margin() -> None:
    def made(kind: Any, size: float | None, ordinary: float) -> Margin:
        return Margin(kind, kind, "", True, size, 0.0, ordinary, 1.0, "A", "loss")

    several = [made("costs", 0.02, 0.01), made("kpi", 5.0, 10.0), made("savings", None, 0.1), made("kpi", 0.1, 0.0)]
    assert tightest(several) is several[1]
    assert tightest(several[2:]) is None
    lacking = [made("costs", -0.02, 0.01), made("kpi", -5.0, 10.0)]
    assert tightest(lacking) is lacking[1]


# The same futures ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", presets.names())
def test_an_assumption_that_is_no_worse_leaves_every_future_as_it_was(name: str) -> None:
    drawn = futures(presets.preset(name), 512)
    several: list[Assumption] = assumptions(drawn)
    assert {one.kind for one in several} >= {"costs", "kpi", "correlations"}
    for one in several:
        same = one.worse(drawn, 0.0)
        assert apart(same.outcomes.costs, drawn.outcomes.costs) < 1e-6
        assert apart(same.outcomes.kpis, drawn.outcomes.kpis) < 1e-9
        assert apart(same.scores.ops, drawn.scores.ops) < 1e-9


@pytest.mark.parametrize("x", [-0.3, 0.25, 1.0])
def test_less_delivered_is_what_drawing_again_would_give(x: float) -> None:
    drawn = futures(presets.preset(presets.FIRST), 512)
    inputs = plan(drawn.scenario)
    less = inputs.edited(delivered_by_year=tuple(part * (1 - x) for part in inputs.delivered_by_year))
    (savings,) = (one for one in assumptions(drawn) if isinstance(one, Savings))
    assert apart(savings.worse(drawn, x).outcomes.costs, redrawn(less, inputs, drawn).costs) < 1e-6


def test_correlations_are_as_strong_as_said_and_each_quantity_keeps_its_range() -> None:
    members = providers(0.5, 0.5, cost_deviation=Normal(mean=0.0, sd=0.05))
    drawn = futures(scenario(providers=members, uncertainty=uncertain(between_costs=0.2)), 16_384)
    costs = Together().worse(drawn, 2.0).outcomes.costs[0]
    assert correlated(costs)[0, 1] == pytest.approx(0.6, abs=SE * (1 - 0.36) / np.sqrt(16_384))
    assert costs.std(axis=1) == pytest.approx(drawn.outcomes.costs[0].std(axis=1), rel=SE / np.sqrt(2 * 16_384))


# On anything ---------------------------------------------------------------------------------------------------


@given(scenarios())
@settings(anyhow, max_examples=25)
def test_a_margin_is_positive_exactly_where_all_accept(alliance: Scenario) -> None:
    drawn = futures(alliance, 160)
    stand = today(drawn)
    accepted = all(one.accepts for one in stand)
    names = {one.partner for one in stand}
    for one in margins(drawn, stand):
        assert one.accepted == accepted
        if one.margin is not None:
            assert (one.margin >= 0) == accepted
            assert abs(one.margin) <= abs(one.reach) and one.first in names


limits = st.floats(0.5, 12.0)


@st.composite
def shared(draw: st.DrawFn) -> Scenario:
    """A provider that bears a part of overspends, with or without a cliff; the dearer, the worse for it."""
    bands = (Band(up_to=None, share=draw(st.sampled_from([0.3, 0.6, 1.0]))),)
    corridor = GateCorridor(width=draw(st.sampled_from([0.0, 0.02])))
    deviation = Normal(mean=draw(st.sampled_from([-0.02, 0.0, 0.03])), sd=draw(st.sampled_from([0.0, 0.01, 0.05])))
    asks = provider(cost_deviation=deviation, appetite=InPounds(worst=draw(limits) * MILLION))
    return silent(providers=(asks,), risk_share=share(pain_bands=bands, gain_bands=bands, pain_corridor=corridor))


def step(one: Margin) -> float:
    """To what a margin is searched."""
    return 2 * EXACT * (one.ordinary or 0.05 * abs(one.reach))


@given(shared())
@settings(anyhow, max_examples=40)
def test_just_inside_a_margin_all_accept_and_just_outside_somebody_refuses(alliance: Scenario) -> None:
    drawn = futures(alliance, 160)
    one = margin(drawn, MeanCost(), today(drawn))
    if one.margin is None:
        assert one.accepted == all(p.accepts for p in today(MeanCost().worse(drawn, one.reach)))
    else:
        assert all(p.accepts for p in today(MeanCost().worse(drawn, one.margin - step(one))))
        assert not all(p.accepts for p in today(MeanCost().worse(drawn, one.margin + step(one))))


@given(shared(), st.floats(0.0, 5.0))
@settings(anyhow, max_examples=40)
def test_a_looser_limit_never_lowers_a_margin(alliance: Scenario, more: float) -> None:
    drawn = futures(alliance, 160)
    asks = alliance.providers[0]
    assert isinstance(asks.appetite, InPounds) and asks.appetite.worst is not None
    loose = asks.edited(appetite=asks.appetite.edited(worst=asks.appetite.worst + more * MILLION))
    looser = drawn._replace(scenario=alliance.edited(providers=(loose,)))
    tight, wide = (margin(one, MeanCost(), today(one)) for one in (drawn, looser))
    if tight.margin is None:
        assert wide.margin is None or not tight.accepted
    elif wide.margin is not None:
        assert wide.margin >= tight.margin - step(tight)


def test_few_looks_are_enough() -> None:
    """The margin of mean cost is on the first page."""
    looks: list[float] = []

    class Counted(MeanCost):
        def worse(self, futures: Futures, x: float) -> Futures:
            looks.append(x)
            return super().worse(futures, x)

    for name in presets.names():
        drawn = futures(presets.preset(name), 4_096)
        looks.clear()
        margin(drawn, Counted(), today(drawn))
        assert len(looks) <= 6 < MOST_LOOKS
