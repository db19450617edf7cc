"""Quantile tables against exact quantiles, and the moments of what is drawn through them.

Tolerances are four standard errors of plain draws at the number used; Sobol points do no worse.
"""

from typing import Any, get_args

import numpy as np
import pytest
from scipy import special, stats

from model.base import Floats
from model.dependence import TCopula
from model.distributions import Beta, Fixed, LogNormal, Normal, Pert, StudentT, ThreePoints, Triangular, Uniform
from model.draw import draw
from model.evidence import Distribution, FromData, Pool, View
from model.plan import plan
from model.points import Method
from model.quantiles import CELLS_PER_Z, at, look_up, stretch, tables
from tests.model.build import framework, kpi, provider, scenario

N, SEED = 65_536, 2018
SE = 4.0
BOTH_METHODS = pytest.mark.parametrize("method", ["sobol", "plain"])
Z = np.linspace(-6, 6, 200_003)

VIEWS = (
    View(name="One", weight=2.0, view=Normal(mean=0, sd=0.05)),
    View(name="Other", view=Pert(low=0, likely=0.1, high=0.3)),
)
SMOOTH: list[tuple[Any, float]] = [
    (Uniform(low=-0.1, high=0.2), 1.2e-6),
    (Triangular(low=-0.1, likely=0.0, high=0.2), 1e-6),
    (Pert(low=-0.1, likely=0.0, high=0.2), 1e-6),
    (Pert(low=0.0, likely=0.0, high=0.2, shape=10), 1e-6),
    (Normal(mean=0.02, sd=0.05), 1e-7),
    (StudentT(centre=0, scale=0.05, df=30), 1e-5),
    (StudentT(centre=0, scale=0.05, df=6), 1e-4),
    (StudentT(centre=0, scale=0.05, df=3), 1e-2),
    (LogNormal(median=0.1, sigma=0.2, shift=-0.1), 1.5e-6),
    (LogNormal(median=0.1, sigma=0.5, shift=-0.1), 1.5e-5),
    (LogNormal(median=0.1, sigma=1.0, shift=-0.1), 3e-4),
    (Beta(a=8, b=2, low=-0.2, high=0.1), 1e-6),
    (Beta(a=0.7, b=3), 1.2e-6),
    (ThreePoints(p10=-0.1, p50=0.0, p90=0.1), 1e-7),
    (ThreePoints(p10=-0.1, p50=0.0, p90=0.2), 1.5e-5),
    (Pool(views=VIEWS), 5e-5),
]
"""Kinds and the largest miss of their tables in standard deviations, at scores up to 6 (once in 500 million).

A millionth where quantiles bend no more than the normal's or those of a bounded curve do. A straight line misses a
bend by (cell width)² / 8 × second derivative, so a tail that grows as fast as Student t with few degrees of freedom,
or a lognormal with a large log spread, is missed by more, out where no more than one draw in a million lies.
"""
WITHIN_THREE = 2e-5
"""The largest miss of any of them at scores up to 3, where 99.7% of draws lie."""

each = pytest.mark.parametrize(("distribution", "miss"), SMOOTH, ids=lambda d: getattr(d, "kind", ""))


def exactly(distribution: Distribution, z: Floats) -> Floats:
    return distribution.ppf(special.ndtr(z))


def test_every_kind_is_here() -> None:
    assert {type(d) for d, _ in SMOOTH} | {Fixed, FromData} == set(get_args(get_args(Distribution)[0]))


@each
def test_a_table_misses_the_exact_quantile_by_no_more_than_stated(distribution: Distribution, miss: float) -> None:
    away = np.abs(at(distribution, Z) - exactly(distribution, Z)) / distribution.sd
    assert away.max() < miss
    assert away[np.abs(Z) <= 3].max() < WITHIN_THREE


@each
def test_a_table_never_falls_and_is_flat_beyond_its_reach(distribution: Distribution, miss: float) -> None:
    found = at(distribution, np.linspace(-8.5, 8.5, 20_001))
    assert (np.diff(found) >= -1e-9 * distribution.sd).all()
    assert np.isfinite(found).all()
    low, high = at(distribution, np.array([-6.6, -8.5, 6.6, 8.5])).reshape(2, 2)
    assert low[0] == pytest.approx(low[1], abs=1e-9 * distribution.sd)
    assert high[0] == pytest.approx(high[1], abs=1e-9 * distribution.sd)


@each
def test_turned_round_high_scores_give_low_values(distribution: Distribution, miss: float) -> None:
    found = tables([(distribution, -1)])
    values = Z * CELLS_PER_Z + found.centre[0]
    look_up(found, values)
    assert np.abs(values - exactly(distribution, -Z)).max() < miss * distribution.sd


def test_tables_end_to_end_give_each_row_its_own() -> None:
    rows: list[tuple[Distribution, int]] = [(d, sign) for d, _ in SMOOTH for sign in (1, -1)] * 2
    found = tables(rows)
    z = np.linspace(-4, 4, 101)
    positions = z * CELLS_PER_Z + found.centre[:, None]
    look_up(found, positions)
    for (distribution, sign), values in zip(rows, positions, strict=True):
        assert np.abs(values - exactly(distribution, sign * z)).max() < 4e-4 * distribution.sd


def test_a_certain_value_and_past_values_are_read_exactly_off_their_steps() -> None:
    assert at(Fixed(value=3.7), Z) == pytest.approx(np.full_like(Z, 3.7), abs=1e-12)
    data = FromData(values=(1.0, 2.0, 3.0, 5.0, 8.0))
    away = np.min(np.abs(Z[:, None] - special.ndtri([0.2, 0.4, 0.6, 0.8])), axis=1) > 1 / CELLS_PER_Z
    assert np.abs(at(data, Z[away]) - exactly(data, Z[away])).max() < 1e-9


@pytest.mark.parametrize("df", [1.0, 4.0, 30.0])
def test_stretched_normals_are_student_t_values_by_their_own_scores(df: float) -> None:
    """A table for the t copula turns the score of a t value into the value of the same rank, to 1e-4 sd."""
    rng = np.random.default_rng(1)
    z, mix = rng.standard_normal(20_000), rng.random(20_000)
    t = z * np.sqrt(df / stats.chi2(df).ppf(mix))
    scores = z.copy()
    stretch(scores, mix, df)
    assert scores == pytest.approx(np.sign(t) * np.sqrt(df * np.log1p(t**2 / df)), rel=1e-6, abs=1e-9)
    found = tables([(Normal(mean=0, sd=1), 1)], TCopula(df=df))
    values = scores * CELLS_PER_Z + found.centre[0]
    look_up(found, values)
    expected = special.ndtri(special.stdtr(df, -np.abs(t))) * -np.sign(t)
    seen = np.abs(expected) < 4.2
    assert np.abs(values - expected)[seen].max() < 1e-4


# Moments of what is drawn ---------------------------------------------------------------------------------------


@each
@BOTH_METHODS
def test_what_is_drawn_has_the_mean_and_the_spread_of_its_kind(
    distribution: Distribution, miss: float, method: Method
) -> None:
    """Costs and KPIs. The error of a spread is √(fourth moment − sd⁴) / (2 sd √n), where there is a fourth moment."""
    alliance = scenario(
        providers=(provider(cost_deviation=distribution),), framework=framework(kpi(deviation=distribution))
    )
    found = draw(plan(alliance), N, SEED, method)
    for values in (found.costs[0, 0] / 1e8 - 1, found.kpis[0, 0] - 20):
        assert values.mean() == pytest.approx(distribution.mean, abs=SE * distribution.sd / np.sqrt(N))
        if distribution.kind == "student_t" and distribution.df <= 4:
            continue
        u = special.ndtr(np.linspace(-6, 6, 4001))
        power = (distribution.ppf(u) - distribution.mean) ** 4
        fourth = float(np.trapezoid(power, u))
        error = float(np.sqrt((fourth - distribution.sd**4) / N)) / (2 * distribution.sd)
        assert values.std() == pytest.approx(distribution.sd, abs=SE * error)


@BOTH_METHODS
def test_a_pert_is_drawn_with_its_known_moments_and_percentiles(method: Method) -> None:
    """T10: as the value of a KPI. The error of a percentile is √(p (1 − p) / n) / density."""
    measured = kpi(today=0.0, expected=0.0, deviation=Pert(low=5, likely=7, high=10))
    found = draw(plan(scenario(framework=framework(measured))), N, SEED, method).kpis[0, 0]
    assert found.mean() == pytest.approx(7.166667, abs=SE * 0.936474 / np.sqrt(N))
    assert found.std() == pytest.approx(0.936474, abs=SE * 0.936474 / np.sqrt(2 * N))
    exact = stats.beta(2.6, 3.4, 5, 5)
    for p, value in ((0.1, 5.9431), (0.5, 7.1274), (0.9, 8.4494)):
        error = np.sqrt(p * (1 - p) / N) / exact.pdf(value)
        assert np.quantile(found, p) == pytest.approx(value, abs=SE * error + 5e-5)
