"""What moves together: t and Gaussian copulas, single correlations, and the nearest correlations that are possible.

Tolerances are four standard errors of plain draws at the number used; Sobol points do no worse.
"""

from typing import Any

import numpy as np
import pytest
from scipy import integrate, stats

from model.base import Floats
from model.dependence import (
    Copula,
    Correlations,
    GaussianCopula,
    Pair,
    TCopula,
    cost_of,
    kpi_of,
    saving_of,
)
from model.distributions import Fixed, LogNormal, Normal, StudentT, Uniform
from model.draw import Outcomes, draw
from model.evidence import Distribution
from model.plan import plan
from model.points import Method
from model.scenario import Scenario
from model.simulate import simulate
from model.uncertainty import Uncertainty
from tests.model.build import FALLING, MILLION, framework, kpi, provider, providers, scenario, uncertain

N, SEED = 65_536, 2018
SE = 4.0
SPREAD = Normal(mean=0.0, sd=0.05)
T4 = TCopula(df=4)
BOTH_METHODS = pytest.mark.parametrize("method", ["sobol", "plain"])
KS = 2.23
"""Kolmogorov-Smirnov: the largest distance passes 2.23/√n once in 10,000 samples."""


def drawn(scenario: Scenario, method: Method = "sobol", n: int = N) -> Outcomes:
    return draw(plan(scenario), n, SEED, method)


def tied(copula: Copula = T4, **numbers: Any) -> Uncertainty:
    """No correlations but these, joined by a copula."""
    found = uncertain()
    return found.edited(correlations=found.correlations.edited(copula=copula, **numbers))


def pair(rho: float, copula: Copula = T4, spread: Distribution = SPREAD) -> Scenario:
    members = providers(0.5, 0.5, cost_deviation=spread)
    return scenario(providers=members, uncertainty=tied(copula, between_costs=rho))


def chance_error(p: float, n: float = N) -> float:
    return float(np.sqrt(p * (1 - p) / n))


# Extremes that come together ------------------------------------------------------------------------------------


def together(q: float, rho: float, df: float) -> float:
    """How likely one of two Student t values lies in its lowest part q when the other does.

    Given one value x the other is t with df + 1, around ρx, with scale √((df + x²)(1 − ρ²) / (df + 1)).
    """
    edge = stats.t.ppf(q, df)

    def other_too(x: float) -> float:
        scale = np.sqrt((df + x * x) * (1 - rho * rho) / (df + 1))
        return float(stats.t.pdf(x, df) * stats.t.cdf((edge - rho * x) / scale, df + 1))

    return float(integrate.quad(lambda s: other_too(edge / s) * -edge / s**2, 0, 1)[0]) / q


def in_both_tails(one: Floats, other: Floats, q: float) -> tuple[float, float]:
    """The part of draws in the lowest, and in the highest, part q of one that is there in the other as well."""
    sides = []
    for sign in (1, -1):
        low, too = (sign * x < np.quantile(sign * x, q) for x in (one, other))
        sides.append(float((low & too).sum() / low.sum()))
    return sides[0], sides[1]


def test_the_exact_chance_tends_to_the_known_tail_dependence() -> None:
    """T11c: 0.253170 for 4 degrees of freedom and ρ = 0.5; nearly Gaussian, it goes on falling towards 0."""
    assert together(1e-9, 0.5, 4) == pytest.approx(0.253170, abs=1e-4)
    assert together(1e-9, 0.5, 1e4) < 0.01


@BOTH_METHODS
@pytest.mark.parametrize("q", [0.05, 0.01, 0.002])
def test_a_t_copula_brings_extremes_together_as_often_as_it_must(q: float, method: Method) -> None:
    """T11c at finite levels, 262,144 draws. The edges are those of the sample, which makes the error no larger."""
    n, exact = 4 * N, together(q, 0.5, 4)
    costs = drawn(pair(0.5), method, n).costs[0]
    assert in_both_tails(costs[0], costs[1], q) == pytest.approx([exact, exact], abs=SE * chance_error(exact, q * n))


@BOTH_METHODS
def test_a_gaussian_copula_lets_extremes_part(method: Method) -> None:
    """The same correlation: 24%, 13%, 7% and in the limit 0, where the t copula stays above 25%."""
    n = 4 * N
    costs = drawn(pair(0.5, GaussianCopula()), method, n).costs[0]
    normal, found = stats.multivariate_normal(cov=[[1, 0.5], [0.5, 1]]), []
    for q in (0.05, 0.01, 0.002):
        exact = float(normal.cdf(stats.norm.ppf([q, q]))) / q
        found.append(in_both_tails(costs[0], costs[1], q))
        assert found[-1] == pytest.approx([exact, exact], abs=SE * chance_error(exact, q * n))
    assert found[0][0] > found[1][0] > found[2][0]
    assert found[2][0] < 0.253170 - SE * chance_error(0.253170, 0.002 * n)


def test_one_bad_future_is_bad_for_all_years_partners_kpis_baselines_and_prices() -> None:
    """Uncorrelated, and yet extreme together: the exact chance for ρ = 0, of any two of them."""
    members = (
        *providers(0.5, 0.5, cost_deviation=SPREAD),
        provider("Wrong", gain_share=0, pain_share=0, baseline_error=SPREAD),
    )
    mixed = scenario(
        years=2,
        providers=members,
        framework=framework(kpi(deviation=Normal(mean=0, sd=5))),
        uncertainty=tied().edited(prices=SPREAD),
    )
    found = drawn(mixed, "plain", 4 * N)
    prices, own = found.prices, found.costs / found.prices[:, None]
    values = [own[0, 0], own[1, 0], own[0, 1], own[0, 2], found.kpis[0, 0], prices[0], prices[1] / prices[0]]
    exact = together(0.01, 0.0, 4)
    assert exact > 0.05
    for i, one in enumerate(values):
        for other in values[:i]:
            error = chance_error(exact, 0.01 * 4 * N)
            assert in_both_tails(one, other, 0.01) == pytest.approx([exact, exact], abs=SE * error)


@BOTH_METHODS
@pytest.mark.parametrize("df", [1.0, 4.0, 30.0, 200.0])
@pytest.mark.parametrize(
    ("spread", "exact"),
    [
        (SPREAD, stats.norm(0, 0.05)),
        (Uniform(low=-0.1, high=0.1), stats.uniform(-0.1, 0.2)),
        (StudentT(centre=0, scale=0.05, df=6), stats.t(6, 0, 0.05)),
        (LogNormal(median=0.1, sigma=0.4, shift=-0.1), stats.lognorm(0.4, -0.1, 0.1)),
    ],
    ids=lambda value: getattr(value, "kind", ""),
)
def test_under_a_t_copula_each_keeps_its_own_distribution(
    spread: Distribution, exact: Any, df: float, method: Method
) -> None:
    costs = drawn(pair(0.5, TCopula(df=df), spread), method, N // 4).costs[0] / (100 * MILLION) - 1
    for deviation in costs:
        assert stats.kstest(deviation, exact.cdf).statistic < KS / np.sqrt(N / 4)


@BOTH_METHODS
@pytest.mark.parametrize("copula", [GaussianCopula(), TCopula(df=2), T4], ids=repr)
@pytest.mark.parametrize("rho", [-0.4, 0.5, 0.9])
def test_kendalls_tau_is_that_of_every_elliptical_copula(rho: float, copula: Copula, method: Method) -> None:
    """T11: 2/π asin ρ, a third for ρ = 0.5. Whatever the copula, the variance of tau is at most 2 (1 − τ²) / n."""
    n, tau = 16_384, 2 / np.pi * np.arcsin(rho)
    costs = drawn(pair(rho, copula), method, n).costs[0]
    assert stats.kendalltau(*costs).statistic == pytest.approx(tau, abs=SE * np.sqrt(2 * (1 - tau**2) / n))


@BOTH_METHODS
def test_spearmans_correlation_is_that_of_the_gaussian_copula(method: Method) -> None:
    """T11: 0.482584 for ρ = 0.5; for one of 0.5 ρ must be 0.517638. Error after Bonett and Wright."""
    for rho, exact in ((0.5, 0.482584), (0.517638, 0.5)):
        found = stats.spearmanr(*drawn(pair(rho, GaussianCopula()), method).costs[0]).statistic
        error = (1 - exact**2) * np.sqrt((1 + exact**2 / 2) / N)
        assert found == pytest.approx(exact, abs=SE * error)


@BOTH_METHODS
@pytest.mark.parametrize("copula", [GaussianCopula(), T4], ids=lambda c: c.kind)
@pytest.mark.parametrize("rho", [-0.3, 0.2, 0.5, 0.9])
def test_all_win_or_all_lose_as_often_as_elliptical_values_do(rho: float, copula: Copula, method: Method) -> None:
    """T15: 1/2 + asin(ρ)/π for two separate contracts, 1/4 + 3 asin(ρ)/(2π) for three; one common pool always."""
    two, three = 1 / 2 + np.arcsin(rho) / np.pi, 1 / 4 + 3 * np.arcsin(rho) / (2 * np.pi)
    for count, pooled, p in ((2, 0.0, two), (3, 0.0, three), (3, 1.0, 1.0)):
        members = providers(*[1 / count] * count, pooled=pooled, cost_deviation=SPREAD)
        alliance = scenario(providers=members, uncertainty=tied(copula, between_costs=rho))
        gains = simulate(alliance, N // 4, SEED, method).total[:count]
        alike = ((gains >= 0).all(axis=0) | (gains <= 0).all(axis=0)).mean()
        assert alike == pytest.approx(p, abs=SE * chance_error(p, N / 4))


# Single correlations --------------------------------------------------------------------------------------------


@BOTH_METHODS
def test_single_correlations_hold_between_those_whom_they_name_and_the_four_numbers_elsewhere(method: Method) -> None:
    """Costs, late savings and KPIs; for a KPI where lower is better, better means lower."""
    members = (
        *providers(0.5, 0.5, cost_deviation=SPREAD),
        provider("C", gain_share=0, pain_share=0, required_saving=0.2),
    )
    pairs = (
        Pair(one=cost_of("A"), other=cost_of("B"), correlation=0.6),
        Pair(one=saving_of("C"), other=cost_of("A"), correlation=0.5),
        Pair(one=kpi_of("Down"), other=cost_of("B"), correlation=-0.4),
    )
    mixed = scenario(
        providers=members,
        framework=framework(
            kpi("Up", weight=0.5, deviation=Normal(mean=0, sd=2)),
            kpi("Down", weight=0.5, levels=FALLING, deviation=Normal(mean=0, sd=2)),
        ),
        uncertainty=uncertain(delivered=Normal(mean=0.7, sd=0.1), between_costs=0.2, between_kpis=0.3).edited(
            correlations=Correlations(
                between_costs=0.2, between_kpis=0.3, cost_and_kpis=0.1, year_to_year=0.0, pairs=pairs
            )
        ),
    )
    found = drawn(mixed, method)
    values = np.vstack([found.costs[0], found.kpis[0] * [[1], [-1]]])
    expected = np.array(
        [
            [1.0, 0.6, 0.5, 0.1, 0.1],
            [0.6, 1.0, 0.2, 0.1, -0.4],
            [0.5, 0.2, 1.0, 0.1, 0.1],
            [0.1, 0.1, 0.1, 1.0, 0.3],
            [0.1, -0.4, 0.1, 0.3, 1.0],
        ]
    )
    error = np.maximum((1 - expected**2) / np.sqrt(N), 1e-9)
    assert (np.abs(np.corrcoef(values) - expected) < SE * error).all()


def test_a_pair_about_somebody_who_is_certain_changes_nothing() -> None:
    members = (
        *providers(0.5, 0.5, cost_deviation=SPREAD),
        provider("C", gain_share=0, pain_share=0, cost_deviation=Fixed(value=0.0)),
    )
    pairs = (Pair(one=cost_of("A"), other=cost_of("C"), correlation=0.9),)
    one, other = (
        drawn(scenario(providers=members, uncertainty=tied(pairs=these)), n=1000).costs for these in ((), pairs)
    )
    assert (one == other).all()
