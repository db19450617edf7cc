"""What is made from other figures: several people's views pooled, and past values that come again.

Tolerances are four standard errors of plain draws at the number used; Sobol points do no worse.
"""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from scipy import special, stats

from model.base import Floats
from model.distributions import Beta, Fixed, LogNormal, Normal, Pert, StudentT, ThreePoints, Triangular, Uniform
from model.draw import draw
from model.evidence import Distribution, FromData, Pool, View
from model.plan import plan
from model.points import Method
from model.quantiles import CELLS_PER_Z
from tests.model.build import provider, scenario

N, SEED = 65_536, 2018
SE = 4.0
BOTH_METHODS = pytest.mark.parametrize("method", ["sobol", "plain"])
KS = 2.23
"""Kolmogorov-Smirnov: the largest distance passes 2.23/√n once in 10,000 samples."""

U = np.concatenate([[1e-8, 1e-5], np.linspace(0.001, 0.999, 999), [1 - 1e-5, 1 - 1e-8]])

EXACT: list[tuple[Any, Any]] = [
    (Normal(mean=0.1, sd=0.05), stats.norm(0.1, 0.05)),
    (Pert(low=-0.1, likely=0.0, high=0.3), stats.beta(2, 4, -0.1, 0.4)),
    (Triangular(low=-0.2, likely=0.0, high=0.2), stats.triang(0.5, -0.2, 0.4)),
    (LogNormal(median=0.2, sigma=0.4, shift=-0.2), stats.lognorm(0.4, -0.2, 0.2)),
    (StudentT(centre=0, scale=0.05, df=5), stats.t(5, 0, 0.05)),
    (Uniform(low=0.2, high=0.3), stats.uniform(0.2, 0.1)),
    (Uniform(low=-0.3, high=-0.25), stats.uniform(-0.3, 0.05)),
    (Beta(a=2, b=5, low=-0.1, high=0.2), stats.beta(2, 5, -0.1, 0.3)),
    (ThreePoints(p10=-0.1, p50=0.0, p90=0.1), stats.norm(0, 0.1 / stats.norm.ppf(0.9))),
]


def pooled(*views: tuple[float, Any]) -> Pool:
    """A pool of weights and views."""
    return Pool(views=tuple(View(name=f"View {i}", weight=w, view=v) for i, (w, v) in enumerate(views)))


def deviations(distribution: Distribution, method: Method = "sobol") -> Floats:
    """A cost's deviations as they are drawn, (N,)."""
    alliance = scenario(providers=(provider(cost_deviation=distribution),))
    return np.asarray(draw(plan(alliance), N, SEED, method).costs[0, 0] / 1e8 - 1)


weights = st.lists(st.integers(0, len(EXACT) - 1), min_size=1, max_size=5, unique=True).flatmap(
    lambda which: st.tuples(*(st.tuples(st.integers(1, 9), st.just(i)) for i in which))
)


# Several people's views -----------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None, derandomize=True)
@given(weights)
def test_the_chance_of_a_pool_is_the_weighted_mean_of_the_views_chances(chosen: Any) -> None:
    """Read back from the quantiles, to a millionth: P(X ≤ x) is Σ weight × P(view ≤ x)."""
    pool = pooled(*((weight, EXACT[i][0]) for weight, i in chosen))
    total = sum(weight for weight, _ in chosen)
    chance = sum(weight / total * EXACT[i][1].cdf(pool.ppf(U)) for weight, i in chosen)
    assert np.abs(chance - U).max() < 2e-6
    assert (np.diff(pool.ppf(U)) >= 0).all()


@settings(max_examples=60, deadline=None, derandomize=True)
@given(weights)
def test_mean_and_variance_of_a_pool_are_those_of_the_mixture(chosen: Any) -> None:
    pool = pooled(*((weight, EXACT[i][0]) for weight, i in chosen))
    part = np.array([weight for weight, _ in chosen]) / sum(weight for weight, _ in chosen)
    means, sds = (np.array([getattr(EXACT[i][1], name)() for _, i in chosen]) for name in ("mean", "std"))
    between = part @ means**2 - (part @ means) ** 2
    assert pool.mean == pytest.approx(part @ means, abs=1e-12)
    assert pool.sd**2 == pytest.approx(part @ sds**2 + between, rel=1e-9)
    assert pool.disagreement == pytest.approx(between / (part @ sds**2 + between), abs=1e-12)


@pytest.mark.parametrize(
    ("views", "part"),
    [
        ([(1, Normal(mean=0, sd=1)), (1, Normal(mean=2, sd=1))], 0.5),
        ([(3, Normal(mean=0, sd=1)), (1, Normal(mean=4, sd=1))], 0.75),
        ([(1, Normal(mean=1, sd=1)), (1, Normal(mean=1, sd=9))], 0.0),
        ([(1, Fixed(value=0)), (1, Fixed(value=1))], 1.0),
        ([(1, Fixed(value=2)), (5, Fixed(value=2))], 0.0),
        ([(1, Uniform(low=0, high=1))], 0.0),
    ],
)
def test_disagreement_is_the_part_of_the_variance_between_the_middles(
    views: list[tuple[float, Any]], part: float
) -> None:
    assert pooled(*views).disagreement == pytest.approx(part)


def test_one_view_or_several_alike_are_that_view() -> None:
    for view, exact in EXACT:
        for pool in (pooled((1, view)), pooled((1, view), (7, view))):
            z = stats.norm.ppf(U)
            assert np.abs(stats.norm.ppf(exact.cdf(pool.ppf(U))) - z).max() < 1e-4


def test_only_relative_weights_count_and_not_the_order_of_views() -> None:
    views = [(1.0, EXACT[0][0]), (3.0, EXACT[1][0]), (0.0, Uniform(low=-50, high=90)), (2.0, Fixed(value=0.05))]
    expected = pooled(*views).ppf(U)
    for other in (views[::-1], [(100 * w, v) for w, v in views], [v for v in views if v[0]]):
        assert pooled(*other).ppf(U) == pytest.approx(expected, abs=1e-5)


def test_views_that_do_not_meet_leave_a_gap_between_them() -> None:
    apart = pooled((3, Uniform(low=0, high=1)), (1, Uniform(low=10, high=11)))
    expected = np.where(U < 0.75, U / 0.75, 10 + (U - 0.75) / 0.25)
    away = np.abs(U - 0.75) > 1e-9
    assert apart.ppf(U)[away] == pytest.approx(expected[away], abs=1e-4)


def test_certain_views_are_as_likely_as_they_weigh() -> None:
    pool = pooled((3, Fixed(value=-1.0)), (5, Fixed(value=2.0)), (2, Fixed(value=7.0)))
    assert (pool.ppf(np.array([1e-9, 0.1, 0.299])) == -1).all()
    assert (pool.ppf(np.array([0.301, 0.5, 0.799])) == 2).all()
    assert (pool.ppf(np.array([0.801, 0.9, 1 - 1e-9])) == 7).all()
    assert (pool.mean, pool.sd) == pytest.approx((2.1, np.sqrt(0.3 * 3.1**2 + 0.5 * 0.01 + 0.2 * 4.9**2)))
    assert (pooled((1, Fixed(value=3.0))).ppf(U) == 3).all()


def test_a_certain_view_among_others_is_a_step_at_its_value() -> None:
    """Two thirds N(0, 1), one third exactly 1: from 2/3 Φ(1) = 0.5609 to that and a third."""
    pool = pooled((2, Normal(mean=0, sd=1)), (1, Fixed(value=1.0)))
    low = 2 / 3 * stats.norm.cdf(1)
    at_one = (low + 1e-6 < U) & (low + 1 / 3 - 1e-6 > U)
    assert (pool.ppf(U[at_one]) == 1).all()
    below, above = low - 1e-6 > U, low + 1 / 3 + 1e-6 < U
    assert 2 / 3 * stats.norm.cdf(pool.ppf(U[below])) == pytest.approx(U[below], abs=2e-6)
    assert 2 / 3 * stats.norm.cdf(pool.ppf(U[above])) + 1 / 3 == pytest.approx(U[above], abs=2e-6)


@BOTH_METHODS
def test_pooled_views_are_drawn_as_they_are_pooled(method: Method) -> None:
    chosen = EXACT[:6]
    found = deviations(pooled(*((i + 1, view) for i, (view, _) in enumerate(chosen))), method)

    def chance(x: Any) -> Any:
        return sum((i + 1) / 21 * exact.cdf(x) for i, (_, exact) in enumerate(chosen))

    assert stats.kstest(found, chance).statistic < KS / np.sqrt(N)


def test_views_that_cannot_be_pooled_are_refused_with_a_reason() -> None:
    with pytest.raises(ValidationError, match="every view has a weight of 0; at least one must count"):
        pooled((0, Fixed(value=1)), (0, Fixed(value=2)))
    with pytest.raises(ValidationError, match="the view of 'anna' appears twice"):
        Pool(views=(View(name="Anna", view=Fixed(value=1)), View(name="anna", view=Fixed(value=2))))
    with pytest.raises(ValidationError):
        Pool(views=())


# Past values that come again ------------------------------------------------------------------------------------

SERIES = (0.04, -0.02, 0.11, 0.0, -0.07, 0.04, 0.01)


def test_each_past_value_is_as_likely_as_another() -> None:
    """One that is there twice is twice as likely; nothing between or beyond them; their order does not matter."""
    grid = (np.arange(7000) + 0.5) / 7000
    values, counts = np.unique(FromData(values=SERIES).ppf(grid), return_counts=True)
    assert dict(zip(values.tolist(), counts.tolist(), strict=True)) == {
        v: 1000 * SERIES.count(v) for v in sorted(set(SERIES))
    }
    assert (FromData(values=SERIES[::-1]).ppf(grid) == FromData(values=SERIES).ppf(grid)).all()
    assert (FromData(values=SERIES).ppf(np.array([1e-300, 1 - 1e-16])) == [-0.07, 0.11]).all()


def test_mean_and_spread_of_past_values_are_theirs() -> None:
    data = FromData(values=SERIES)
    assert (data.mean, data.sd) == pytest.approx((np.mean(SERIES), np.std(SERIES)))
    assert FromData(values=(0.1,) * 7).sd == 0


@BOTH_METHODS
def test_past_values_are_drawn_with_equal_frequency(method: Method) -> None:
    """But for the draws that fall on a step of the table: of each step, one cell's width of normal scores."""
    found = deviations(FromData(values=SERIES), method)
    assert np.abs(found - 0.02).max() < 0.09 + 1e-12
    edges = special.ndtri(np.array([1, 2, 3, 4, 6]) / 7)
    smeared = stats.norm.pdf(edges) / CELLS_PER_Z
    near = np.abs(found[:, None] - np.unique(SERIES)) < 1e-9
    assert 1 - near.any(axis=1).mean() < smeared.sum() + SE * np.sqrt(smeared.sum() / N)
    for value, often in zip(np.unique(SERIES), near.mean(axis=0), strict=True):
        p = SERIES.count(value) / 7
        assert often == pytest.approx(p, abs=SE * np.sqrt(p * (1 - p) / N) + smeared.max())
    assert found.mean() == pytest.approx(np.mean(SERIES), abs=SE * np.std(SERIES) / np.sqrt(N))


def test_too_few_values_are_refused() -> None:
    with pytest.raises(ValidationError, match="at least 5 items"):
        FromData(values=(1.0, 2.0, 3.0, 4.0))
