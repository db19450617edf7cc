"""What else is uncertain in a year: baselines, prices, delivery, risks and what they move, chance in small numbers.

Tolerances are four standard errors of plain draws at the number used; Sobol points do no worse.
"""

from typing import Any

import numpy as np
import pytest
from scipy import stats

from model.distributions import Fixed, Normal, Pert
from model.draw import Outcomes, draw
from model.evidence import Distribution
from model.plan import plan
from model.points import Method
from model.scenario import Baseline, Scenario
from model.uncertainty import KpiEffect, Mitigation, Risk, Uncertainty
from tests.model.build import MILLION, apart, correlated, framework, kpi, provider, providers, scenario, uncertain

N, SEED = 16_384, 2018
SE = 4.0
SPREAD = Normal(mean=0.0, sd=0.05)
PLANNED = 100 * MILLION
BOTH_METHODS = pytest.mark.parametrize("method", ["sobol", "plain"])
CLAIM = Risk(name="Claim", probability=0.2, impact=Pert(low=0, likely=2 * MILLION, high=10 * MILLION))
KS = 2.23
"""Kolmogorov-Smirnov: the largest distance passes 2.23/√n once in 10,000 samples."""


def drawn(scenario: Scenario, method: Method = "sobol", n: int = N) -> Outcomes:
    return draw(plan(scenario), n, SEED, method)


def unsure(**changes: Any) -> Uncertainty:
    """No correlations, savings that arrive, and these entries."""
    return uncertain().edited(**changes)


def correlation_error(rho: float) -> float:
    return float((1 - rho**2) / np.sqrt(N))


def chance_error(p: float, n: int = N) -> float:
    return float(np.sqrt(p * (1 - p) / n))


# Years that follow each other -----------------------------------------------------------------------------------


@BOTH_METHODS
@pytest.mark.parametrize("rho", [0.3, 0.6, 0.9])
def test_a_deviation_fades_by_the_same_part_every_year(rho: float, method: Method) -> None:
    """Correlations of a cost and of a KPI with themselves one to five years later: rho, rho², … rho⁵."""
    alliance = scenario(
        years=6,
        providers=(provider(cost_deviation=SPREAD),),
        framework=framework(kpi(deviation=Normal(mean=0, sd=5))),
        uncertainty=uncertain(year_to_year=rho),
    )
    found = drawn(alliance, method)
    for values in (found.costs[:, 0], found.kpis[:, 0]):
        matrix = correlated(values)
        for lag in range(1, 6):
            assert np.diagonal(matrix, lag) == pytest.approx(rho**lag, abs=SE * correlation_error(rho**lag))


# Baseline errors ------------------------------------------------------------------------------------------------


def misjudged(*errors: Distribution, **changes: Any) -> Scenario:
    """Providers A, B, C whose baselines may be wrong, and nothing else, unless changed."""
    members = (p.edited(baseline_error=e) for p, e in zip(providers(0.5, 0.25, 0.25), errors, strict=True))
    return scenario(years=4, providers=tuple(members), **changes)


@BOTH_METHODS
def test_a_baseline_error_stays_for_the_whole_term_and_is_each_partners_own(method: Method) -> None:
    costs = drawn(misjudged(SPREAD, SPREAD, Fixed(value=0.02)), method).costs
    assert (costs == costs[:1]).all()
    assert apart(costs[:, 2], np.full((4, N), 1.02 * PLANNED)) < 1e-6
    error = costs[0, :2] / PLANNED - 1
    assert abs(correlated(error)[0, 1]) < SE * correlation_error(0.0)
    for each in error:
        assert stats.kstest(each, stats.norm(0, 0.05).cdf).statistic < KS / np.sqrt(N)


@BOTH_METHODS
def test_baseline_errors_move_together_as_costs_do_but_not_with_the_years(method: Method) -> None:
    members = (p.edited(cost_deviation=SPREAD) for p in misjudged(SPREAD, SPREAD, SPREAD).providers)
    tied = misjudged(SPREAD, SPREAD, SPREAD, uncertainty=uncertain(between_costs=0.4))
    error = drawn(tied, method).costs[0]
    assert correlated(error)[np.triu_indices(3, 1)] == pytest.approx(0.4, abs=SE * correlation_error(0.4))
    costs = drawn(tied.edited(providers=tuple(members)), method).costs[:, 0] / PLANNED
    half = 0.05**2 / (2 * 0.05**2 + 0.05**4)  # (1 + b)(1 + e) has the variance s² + s² + s⁴, and years share that of b
    assert correlated(costs)[np.triu_indices(4, 1)] == pytest.approx(half, abs=SE * correlation_error(half))


def test_a_baseline_error_multiplies_the_years_own_deviation() -> None:
    both = misjudged(Fixed(value=0.1), Fixed(value=0.0), Fixed(value=-0.2))
    members = tuple(p.edited(cost_deviation=Fixed(value=0.05), required_saving=0.1) for p in both.providers)
    costs = drawn(both.edited(providers=members), n=16).costs[0, :, 0]
    assert costs / PLANNED == pytest.approx([1.1 * 0.9 * 1.05, 0.9 * 1.05, 0.8 * 0.9 * 1.05])


# Prices ---------------------------------------------------------------------------------------------------------


@BOTH_METHODS
def test_prices_are_the_same_for_all_and_add_up_over_the_years(method: Method) -> None:
    """Growth of 2% with a spread of 1% in every year, independent: the index of year t is the product of t of them."""
    dear = unsure(prices=Normal(mean=0.02, sd=0.01))
    found = drawn(scenario(years=4, providers=providers(0.5, 0.5), uncertainty=dear), method)
    assert apart(found.costs / PLANNED, np.repeat(found.prices[:, None], 2, axis=1)) < 1e-12
    growth = np.vstack([found.prices[:1], found.prices[1:] / found.prices[:-1]]) - 1
    for each in growth:
        assert stats.kstest(each, stats.norm(0.02, 0.01).cdf).statistic < KS / np.sqrt(N)
    assert np.abs(correlated(growth) - np.eye(4)).max() < SE * correlation_error(0.0)
    t = np.arange(1, 5)
    variance = (1.02**2 + 0.01**2) ** t - 1.02 ** (2 * t)
    assert (np.abs(found.prices.mean(axis=1) - 1.02**t) < SE * np.sqrt(variance / N)).all()


@BOTH_METHODS
def test_price_growth_follows_the_year_before_as_everything_does(method: Method) -> None:
    tied = uncertain(year_to_year=0.6).edited(prices=Normal(mean=0.0, sd=0.01))
    prices = drawn(scenario(years=3, uncertainty=tied), method).prices
    growth = np.vstack([prices[:1], prices[1:] / prices[:-1]])
    found = correlated(growth)[[0, 1, 0], [1, 2, 2]]
    assert (np.abs(found - [0.6, 0.6, 0.36]) < [SE * correlation_error(rho) for rho in (0.6, 0.6, 0.36)]).all()


def test_certain_prices_cumulate_in_every_draw() -> None:
    dear = scenario(years=3, baseline=Baseline(price_growth=0.03), uncertainty=unsure(prices=Fixed(value=0.02)))
    found = drawn(dear, n=8)
    assert found.prices[:, 0] == pytest.approx([1.02, 1.02**2, 1.02**3])
    assert found.costs[:, 0, 0] / PLANNED == pytest.approx([1.02, 1.03 * 1.02**2, 1.03**2 * 1.02**3])


def test_prices_move_no_kpi() -> None:
    measured = framework(kpi(deviation=Normal(mean=0, sd=5)))
    one, other = (
        drawn(scenario(years=2, framework=measured, uncertainty=unsure(prices=prices)), "plain").kpis
        for prices in (Fixed(value=0.0), Normal(mean=0, sd=0.05))
    )
    assert (one == other).all()


# Savings that arrive late ---------------------------------------------------------------------------------------


def test_delivery_grows_by_year_and_the_last_figure_stays() -> None:
    late = scenario(
        years=4,
        providers=(provider(required_saving=0.2),),
        uncertainty=uncertain(delivered=Fixed(value=0.9)).edited(delivered_by_year=(0.25, 0.75, 1.0)),
    )
    costs = drawn(late, n=8).costs[:, 0, 0]
    assert costs / PLANNED == pytest.approx([1 - 0.2 * 0.9 * part for part in (0.25, 0.75, 1.0, 1.0)])


@BOTH_METHODS
def test_uncertain_delivery_is_scaled_by_the_year(method: Method) -> None:
    delivered = Pert(low=0.2, likely=0.7, high=1.1)
    late = scenario(
        years=2,
        providers=(provider(required_saving=0.2),),
        uncertainty=uncertain(delivered=delivered).edited(delivered_by_year=(0.5, 1.0)),
    )
    arrived = (1 - drawn(late, method).costs[:, 0] / PLANNED) / 0.2
    exact = stats.beta(1 + 4 * 5 / 9, 1 + 4 * 4 / 9, 0.2, 0.9)
    for part, each in zip((0.5, 1.0), arrived, strict=True):
        assert stats.kstest(each / part, exact.cdf).statistic < KS / np.sqrt(N)


# Risks ----------------------------------------------------------------------------------------------------------


def hit(*risks: Risk, years: int = 5, **changes: Any) -> Scenario:
    return scenario(years=years, uncertainty=uncertain(*risks), **changes)


@BOTH_METHODS
def test_a_risk_that_comes_once_comes_at_most_once_in_a_year_that_nobody_knows(method: Method) -> None:
    once = CLAIM.edited(when="once", probability=0.4)
    cost = drawn(hit(once), method).costs[:, 0] - PLANNED
    happened = cost > 1e-6
    assert happened.sum(axis=0).max() == 1
    assert happened.any(axis=0).mean() == pytest.approx(0.4, abs=SE * chance_error(0.4))
    assert happened.mean(axis=1) == pytest.approx(0.08, abs=SE * chance_error(0.08))
    exact = stats.beta(1.8, 4.2, 0, 10 * MILLION)
    for costs in (cost[happened], *(year[event] for year, event in zip(cost, happened, strict=True))):
        assert stats.kstest(costs, exact.cdf).statistic < KS / np.sqrt(len(costs))


def test_a_risk_that_comes_once_for_certain_comes_exactly_once() -> None:
    cost = drawn(hit(CLAIM.edited(when="once", probability=1.0, impact=Fixed(value=7.0))), n=4096).costs[:, 0]
    assert (cost.sum(axis=0) - 5 * PLANNED == 7.0).all()


@BOTH_METHODS
def test_a_risk_of_any_year_costs_as_stated_and_one_year_does_not_know_of_another(method: Method) -> None:
    cost = drawn(hit(CLAIM), method).costs[:, 0] - PLANNED
    happened = cost > 1e-6
    assert np.abs(correlated(happened.astype(np.float64)) - np.eye(5)).max() < SE * correlation_error(0.0)
    assert stats.kstest(cost[happened], stats.beta(1.8, 4.2, 0, 10 * MILLION).cdf).statistic < KS / np.sqrt(
        happened.sum()
    )


@BOTH_METHODS
@pytest.mark.parametrize("when", ["any year", "once"])
def test_a_risk_moves_kpis_in_the_years_in_which_it_happens_and_in_no_other(when: Any, method: Method) -> None:
    effects = (KpiEffect(kpi="A", change=-3.0), KpiEffect(kpi="C", change=5.0))
    moves = CLAIM.edited(when=when, impact=Fixed(value=7.0), kpi_effects=effects)
    measured = framework(*(kpi(name, weight=weight) for name, weight in (("A", 0.5), ("B", 0.25), ("C", 0.25))))
    found = drawn(hit(moves, framework=measured), method)
    happened = found.costs[:, 0] > PLANNED + 1e-6
    assert 0 < happened.mean() < 0.5
    for k, change in enumerate((-3.0, 0.0, 5.0)):
        assert (found.kpis[:, k] == 20 + change * happened).all()


def test_two_risks_that_move_one_kpi_add_up() -> None:
    sure = [
        Risk(name=n, probability=1.0, impact=Fixed(value=0.0), kpi_effects=(KpiEffect(kpi="Recovered", change=c),))
        for n, c in (("One", -3.0), ("Other", 10.0))
    ]
    assert (drawn(hit(*sure, framework=framework(kpi())), n=64).kpis == 27).all()


@BOTH_METHODS
def test_mitigation_changes_chance_and_cost_and_is_paid_for_in_every_year(method: Method) -> None:
    measure = Mitigation(probability=0.05, impact=0.25, cost=300.0)
    members = tuple(
        provider(name, baseline_cost=cost, gain_share=0.5, pain_share=0.5)
        for name, cost in (("A", 0.25 * PLANNED), ("B", 0.75 * PLANNED))
    )
    mitigated = CLAIM.edited(mitigation=measure)
    costs = drawn(hit(mitigated, providers=members), method).costs
    over = costs - np.array([0.25, 0.75])[:, None] * PLANNED - np.array([75.0, 225.0])[:, None]
    happened = over[:, 0] > 1e-6
    assert happened.mean(axis=1) == pytest.approx(0.05, abs=SE * chance_error(0.05))
    exact = stats.beta(1.8, 4.2, 0, 2.5 * MILLION)
    assert stats.kstest(over.sum(axis=1)[happened], exact.cdf).statistic < KS / np.sqrt(happened.sum())
    planned = mitigated.edited(mitigation=measure.edited(in_place=False))
    assert (drawn(hit(planned), method).costs == drawn(hit(CLAIM), method).costs).all()


def test_mitigation_of_a_risk_that_is_left_out_costs_nothing() -> None:
    out = CLAIM.edited(included=False, mitigation=Mitigation(probability=0.05, cost=300.0))
    assert (drawn(hit(out), n=64).costs == PLANNED).all()


def test_an_impact_in_percent_is_of_the_planned_cost_of_those_whom_it_hits_in_that_year() -> None:
    """Planned cost grows by 10% a year; A is planned to spend a quarter of B."""
    members = tuple(
        provider(name, baseline_cost=cost * MILLION, gain_share=part, pain_share=part)
        for name, cost, part in (("A", 10.0, 0.5), ("B", 40.0, 0.5), ("C", 50.0, 0.0))
    )
    sure = Risk(name="Flood", probability=1.0, impact=Fixed(value=0.02), impact_in="% of planned cost")
    growing: dict[str, Any] = {"providers": members, "baseline": Baseline(price_growth=0.1)}
    index = np.array([1.0, 1.1, 1.21])[:, None]
    for hits, due in ((("A", "B"), [0.2, 0.8, 0.0]), ((), [0.2, 0.8, 1.0]), (("B",), [0.0, 0.8, 0.0])):
        flooded, dry = (
            drawn(hit(sure.edited(hits=hits, included=on), years=3, **growing), n=8).costs[:, :, 0]
            for on in (True, False)
        )
        assert apart(flooded - dry, index * np.array(due) * MILLION) < 1e-6
