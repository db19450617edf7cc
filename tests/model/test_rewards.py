"""What a level is worth, and what is paid twice."""

import numpy as np
import pytest

from model.amounts import Pounds
from model.dependence import Pair, cost_of, kpi_of
from model.distributions import Fixed, Normal
from model.framework import LevelScores, Step
from model.incentives import Drawn
from model.pool import PerformancePool
from model.rewards import ERROR, POINTS, TWICE, better, hit_twice, levels, twice
from model.scenario import Scenario
from model.scores import Scores
from model.tables import COMMISSIONERS, PROVIDERS
from model.uncertainty import KpiEffect, Risk
from tests.model import build
from tests.model.test_incentives import SE, N, drawn

POOL = PerformancePool(pool=Pounds(amount=1e6))


def measured(*weights: float, years: int = 1, **changes: object) -> Scenario:
    """KPIs named A, B, … of these weights, a pool of £1m, and nothing uncertain."""
    kpis = [build.kpi(name, weight=weight, **changes) for name, weight in zip("ABCD", weights, strict=False)]
    return build.scenario(years=years, framework=build.framework(*kpis), risk_share=build.share(performance=POOL))


def test_a_level_is_worth_its_points_times_weight_of_the_pool() -> None:
    table = levels(drawn(measured(0.8, 0.2, years=3), 160), 1, "stretch")
    assert table[POINTS].tolist() == pytest.approx([40, 10])
    assert table[PROVIDERS].tolist() == pytest.approx([400_000, 100_000])
    assert table[COMMISSIONERS].tolist() == pytest.approx([-400_000, -100_000])
    assert table[ERROR].tolist() == pytest.approx([0, 0], abs=1e-6)


def test_a_level_that_scores_the_same_is_worth_nothing() -> None:
    same = measured(1.0, scores=LevelScores(minimum=50, stretch=50), scoring=Step())
    table = levels(drawn(same, 160), 0, "stretch")
    assert table.loc["A"].tolist() == [0.0] * len(table.columns)


def test_a_level_in_a_shadow_year_is_worth_nothing() -> None:
    shadow = measured(1.0, years=2)
    shadow = shadow.edited(risk_share=shadow.risk_share.edited(phase_in=(0.0,)))
    settled = drawn(shadow, 160)
    assert levels(settled, 0, "stretch")[PROVIDERS].tolist() == pytest.approx([0.0])
    assert levels(settled, 1, "stretch")[PROVIDERS].tolist() == pytest.approx([500_000])


def test_where_the_pool_is_only_a_bonus_a_level_is_worth_its_mean_over_the_draws() -> None:
    """Score ~ N(0, 10) in a pool that pays above 0 only: E[max(X + 50, 0)] − E[max(X, 0)] = 50 − 10 φ(0), in %."""
    bonus = PerformancePool(pool=Pounds(amount=1e6), max_pain=0.0)
    uncertain = measured(1.0, deviation=Normal(mean=0.0, sd=2.0), levels=build.RISING.edited(minimum=20, poor=10))
    wide = uncertain.edited(risk_share=build.share(performance=bonus))
    straight = build.kpi(
        "A",
        levels={"failure": -500, "poor": -240, "minimum": 20, "stretch": 280, "gamebreaking": 540},
        deviation=Normal(mean=0.0, sd=52.0),
    )
    table = levels(drawn(wide.edited(framework=build.framework(straight))), 0, "stretch")
    expected = (50 - 10 / np.sqrt(2 * np.pi)) / 100 * 1e6
    assert table.loc["A", PROVIDERS] == pytest.approx(expected, abs=SE * 0.1e6 / np.sqrt(N))
    assert table.loc["A", ERROR] < 0.1e6 / np.sqrt(N)


def test_a_score_that_a_gate_has_lost_stays_lost() -> None:
    ops, own = np.array([[-100.0, 30.0], [5.0, 5.0]]), np.array([[20.0, 30.0], [5.0, 5.0]])
    never = np.zeros(ops.shape, dtype=bool)
    found = better(Scores(ops, own, never, never, never, never), 0, 80.0)
    assert found.ops.tolist() == [[-100.0, 100.0], [5.0, 5.0]]
    assert found.measured.tolist() == [[100.0, 100.0], [5.0, 5.0]]


def joined(correlation: float) -> Drawn:
    """Costs and two KPIs, one better high and one better low, joined as if a better KPI came with higher cost."""
    kpis = [
        build.kpi("High", weight=0.5, levels=build.RISING, deviation=Normal(mean=0.0, sd=3.0)),
        build.kpi("Low", weight=0.5, levels=build.FALLING, deviation=Normal(mean=0.0, sd=3.0)),
    ]
    scenario = build.scenario(
        providers=(build.provider(cost_deviation=Normal(mean=0.0, sd=0.05)),), framework=build.framework(*kpis)
    )
    name = scenario.providers[0].name
    pairs = [Pair(one=cost_of(name), other=kpi_of(kpi.name), correlation=correlation) for kpi in kpis]
    correlations = scenario.uncertainty.correlations.edited(pairs=tuple(pairs))
    return drawn(scenario.edited(uncertainty=scenario.uncertainty.edited(correlations=correlations)))


@pytest.mark.parametrize("correlation", [-0.5, 0.5])
def test_rank_correlation_with_cheapness_is_that_of_the_copula(correlation: float) -> None:
    """T11: a normal correlation of 0.5 is a rank correlation of 0.482584."""
    table = twice(joined(correlation))
    expected = -np.sign(correlation) * 0.482584
    for name in ("High", "Low"):
        assert table.loc[name, "correlation"] == pytest.approx(expected, abs=SE / np.sqrt(N))
        assert 0 < table.loc[name, "correlation s.e."] < 2 / np.sqrt(N)
        more = table.loc[name, "with a saving"] > table.loc[name, "any saving"]
        assert more == (expected > 0)


def test_what_is_not_joined_or_not_uncertain_is_not_paid_twice() -> None:
    assert twice(joined(0.0))["correlation"].abs().max() < TWICE
    table = twice(drawn(measured(0.5, 0.5), 160))
    assert (table["correlation"] == 0).all()


def test_a_risk_that_costs_money_and_worsens_a_kpi_is_named() -> None:
    scenario = joined(0.0).scenario
    cost, free = Fixed(value=1e5), Fixed(value=0.0)
    risks = (
        Risk(name="Both", probability=0.1, impact=cost, kpi_effects=(KpiEffect(kpi="Low", change=2.0),)),
        Risk(name="Helps", probability=0.1, impact=cost, kpi_effects=(KpiEffect(kpi="High", change=2.0),)),
        Risk(name="Free", probability=0.1, impact=free, kpi_effects=(KpiEffect(kpi="High", change=-2.0),)),
        Risk(
            name="Off", probability=0.1, impact=cost, kpi_effects=(KpiEffect(kpi="High", change=-2.0),), included=False
        ),
    )
    risky = scenario.edited(uncertainty=scenario.uncertainty.edited(risks=risks))
    assert list(hit_twice(risky)) == [("Both", ["Low"])]
