"""Closed forms of performance, of gains and losses, and of what drives them, through draws and settlement together.

Tolerances are four standard errors of plain draws at the number used; Sobol points do no worse.
"""

from typing import Any

import numpy as np
import pytest
from scipy import special, stats

from model.amounts import Pounds
from model.bands import Band
from model.base import Floats
from model.dependence import Correlations, Pair, cost_of
from model.distributions import LogNormal, Normal, Pert
from model.drivers import euler_parts, first_order, sd_parts
from model.evidence import Distribution
from model.framework import Levels, LevelScores, Step
from model.points import Method, Part, Shape, batches, points
from model.pool import PerformancePool
from model.scenario import Scenario
from model.simulate import simulate
from model.statistics import summary
from tests.model.build import MILLION, framework, kpi, provider, providers, scenario, share, uncertain

N, SEED = 65_536, 2018
SE = 4.0
BOTH_METHODS = pytest.mark.parametrize("method", ["sobol", "plain"])


@BOTH_METHODS
def test_a_beta_indicator_pays_half_from_one_level_and_all_from_another(method: Method) -> None:
    """T17: KPI ~ Beta(8, 2); of a pool of £1m half is paid from 0.70 on, all from 0.85 on."""
    indicator = kpi(
        levels=Levels(failure=0.0, poor=0.35, minimum=0.70, stretch=0.80, gamebreaking=0.85),
        scores=LevelScores(failure=0, poor=0, minimum=50, stretch=50, gamebreaking=100),
        scoring=Step(),
        today=0.0,
        expected=0.0,
        deviation=Pert(low=0.0, likely=0.875, high=1.0, shape=8.0),
    )
    bonus = PerformancePool(pool=Pounds(amount=MILLION), max_pain=0.0)
    alliance = scenario(framework=framework(indicator), risk_share=share(performance=bonus))
    half, full = 1 - special.betainc(8, 2, [0.70, 0.85])
    error = np.sqrt((3 * full + half) / 4 - 0.602259**2) / np.sqrt(N)
    assert (half + full) / 2 == pytest.approx(0.602259, abs=5e-7)
    paid = simulate(alliance, N, SEED, method).total[0] / MILLION
    assert set(np.unique(paid)) == {0.0, 0.5, 1.0}
    assert paid.mean() == pytest.approx(0.602259, abs=SE * error)


# Gains of separate contracts are whatever is drawn --------------------------------------------------------------


def alone(*deviations: Distribution, **changes: Any) -> Scenario:
    """Separate contracts with a target of £100m each: 1% of deviation is £1m of gain or loss."""
    members = providers(*[1 / len(deviations)] * len(deviations), pooled=0.0)
    members = tuple(p.edited(cost_deviation=d) for p, d in zip(members, deviations, strict=True))
    return scenario(providers=members, **changes)


def chance_error(p: float) -> float:
    return float(np.sqrt(p * (1 - p) / N))


def tail_error(loss: Floats, edge: float) -> float:
    """Standard error of the mean of the worst 1 in 20: that of the excess over its edge, divided by 1/20."""
    return float(np.maximum(loss - edge, 0).std() / 0.05 / np.sqrt(N))


@BOTH_METHODS
def test_chances_and_tail_of_a_normal_gain(method: Method) -> None:
    """T1: G ~ N(1, 2). The error of a quantile is √(p (1 − p) / n) / density."""
    gain = simulate(alone(Normal(mean=-0.01, sd=0.02)), N, SEED, method).total[0] / MILLION
    found = summary(gain).values
    assert found["chance_of_pain"] == pytest.approx(0.308538, abs=SE * chance_error(0.308538))
    assert (gain < -2).mean() == pytest.approx(0.066807, abs=SE * chance_error(0.066807))
    density = stats.norm(1, 2).pdf(-2.289707)
    assert found["var95"] == pytest.approx(2.289707, abs=SE * chance_error(0.05) / density)
    assert found["cvar95"] == pytest.approx(3.125426, abs=SE * tail_error(-gain, 2.289707))


@BOTH_METHODS
def test_tail_of_a_lognormal_loss(method: Method) -> None:
    """T2: loss ~ lognormal(0, 0.5)."""
    loss = -simulate(alone(LogNormal(median=0.01, sigma=0.5)), N, SEED, method).total[0] / MILLION
    found = summary(-loss).values
    assert -found["mean"] == pytest.approx(1.133148, abs=SE * loss.std() / np.sqrt(N))
    density = stats.lognorm(0.5).pdf(2.276017)
    assert found["var95"] == pytest.approx(2.276017, abs=SE * chance_error(0.05) / density)
    assert found["cvar95"] == pytest.approx(2.858591, abs=SE * tail_error(loss, 2.276017))


@BOTH_METHODS
@pytest.mark.parametrize(
    ("bands", "expected"),
    [
        ((Band(up_to_pounds=10 * MILLION, share=1.0),), 8.807646),
        ((Band(up_to_pounds=12 * MILLION, share=1.0),), 9.455944),
        ((Band(up_to_pounds=10 * MILLION, share=0.0), Band(up_to_pounds=12 * MILLION, share=1.0)), 0.648298),
    ],
)
def test_layers_of_a_lognormal_overspend(bands: tuple[Band, ...], expected: float, method: Method) -> None:
    """T3: overspend lognormal with mean 10, sd-log 0.3, borne whole up to 10, up to 12, and from 10 to 12."""
    over = LogNormal(median=0.1 * float(np.exp(-(0.3**2) / 2)), sigma=0.3)
    case = scenario(providers=(provider(cost_deviation=over),), risk_share=share(pain_bands=bands))
    borne = -simulate(case, N, SEED, method).total[0] / MILLION
    assert borne.mean() == pytest.approx(expected, abs=SE * borne.std() / np.sqrt(N))


def test_three_partners_carry_the_tail_and_the_spread_by_eulers_rule() -> None:
    """T6, plain draws: the error is the spread of 64 independent samples, divided by √64."""
    pairs = tuple(
        Pair(one=cost_of(a), other=cost_of(b), correlation=rho) for a, b, rho in (("A", "B", 0.5), ("A", "C", 0.2))
    )
    none = Correlations(between_costs=0.1, between_kpis=0.0, cost_and_kpis=0.0, year_to_year=0.0, pairs=pairs)
    deviations = (Normal(mean=-m / 100, sd=s / 100) for m, s in ((0.5, 2), (0.3, 1), (0.1, 0.5)))
    case = alone(*deviations, uncertainty=uncertain().edited(correlations=none))
    samples = [
        gains[:, part]
        for gains in (simulate(case, N, seed, "plain").total[:3] / MILLION for seed in range(8))
        for part in batches(N)
    ]
    for rule, exact in (
        (euler_parts, [3.352931, 1.218944, 0.270474]),
        (sd_parts, [1.867895, 0.736382, 0.179605]),
    ):
        found = np.array([rule(gains) for gains in samples])
        error = found.std(axis=0, ddof=1) / np.sqrt(len(found))
        assert (np.abs(found.mean(axis=0) - exact) < SE * error).all()


def test_errors_that_plain_draws_report_are_those_of_theory() -> None:
    """T18: N(0.5, 1), n = 10,000: 0.021132 for a P95, wherever its mean lies; 0.004619 for a chance of 0.3085.

    A squared error from 8 replicates is scaled chi-square with 7 degrees of freedom: its relative standard error over
    S samples is √(2/7/S). A replicate's own bias, of order 1/n, adds at most 1%.
    """
    n, samples, case = 10_000, 60, alone(Normal(mean=-0.005, sd=0.01))
    gains = [simulate(case, n * samples, seed, "plain").total[0].reshape(samples, n) for seed in range(8)]
    found = [summary(sample).errors for sample in np.vstack(gains)]
    for name, exact in (("p95", 0.021132 * MILLION), ("chance_of_pain", 0.004619)):
        squared = np.mean([errors[name] ** 2 for errors in found]) / exact**2
        assert squared == pytest.approx(1, abs=SE * np.sqrt(2 / 7 / len(found)) + 0.01)


# What drives a result, on the model's own random numbers --------------------------------------------------------


def uniforms(count: int, seed: int, method: Method) -> Floats:
    """The model's own uniform numbers, (count, N)."""
    found = np.empty((count, N))
    shape = Shape((), tuple(Part(f"risk {i}", 1) for i in range(count)), tuple(range(count)))
    for streams in points(shape, N, seed, method):
        for stream in streams:
            for block in stream:
                found[:, block.start : block.stop] = block.uniforms
    return found


BLUR = 0.0016
"""What bins hide of an index; see `test_drivers.py`."""


@BOTH_METHODS
def test_first_order_indices_on_the_models_own_numbers(method: Method) -> None:
    """T9, Ishigami (7, 0.1), and T9c, two normals that correlate by 0.5; the error is the spread over 12 seeds."""
    ishigami, tied = [], []
    for seed in range(12):
        u = uniforms(3, seed, method)
        x = np.pi * (2 * u - 1)
        ishigami.append(first_order(x, np.sin(x[0]) + 7 * np.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * np.sin(x[0])))
        z = special.ndtri(np.maximum(u[:2], 1e-12))
        pair = np.stack([z[0], 0.5 * z[0] + np.sqrt(0.75) * z[1]])
        tied.append(first_order(pair, pair.sum(axis=0)))
    for samples, exact in ((ishigami, [0.313905, 0.442411, 0.0]), (tied, [0.75, 0.75])):
        found = np.array(samples)
        error = found.std(axis=0, ddof=1) / np.sqrt(len(found))
        assert (np.abs(found.mean(axis=0) - exact) < SE * error + BLUR).all()
