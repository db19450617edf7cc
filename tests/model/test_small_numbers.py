"""Chance in small numbers: a rate in % that is measured on so many people.

Tolerances are four standard errors of plain draws at the number used; Sobol points do no worse.
"""

import numpy as np
import pytest

from model.base import Floats
from model.distributions import Normal
from model.draw import Outcomes, draw
from model.plan import plan
from model.points import Method
from model.scenario import Scenario
from tests.model.build import correlated, framework, kpi, scenario, uncertain

N, SEED = 16_384, 2018
SE = 4.0
BOTH_METHODS = pytest.mark.parametrize("method", ["sobol", "plain"])


def drawn(scenario: Scenario, method: Method = "sobol") -> Outcomes:
    return draw(plan(scenario), N, SEED, method)


def correlation_error(rho: float) -> float:
    return float((1 - rho**2) / np.sqrt(N))


def rate(people: int, path: float = 50.0, years: int = 3) -> Floats:
    """A certain rate in % that is measured on so many people, (years, N)."""
    measured = kpi(unit="%", people=people, today=path, expected=path)
    return drawn(scenario(years=years, framework=framework(measured)), "plain").kpis[:, 0]


@pytest.mark.parametrize(("people", "points"), [(25, 10.0), (50, 7.071068), (100, 5.0), (400, 2.5)])
def test_a_rate_of_half_swings_by_chance_as_a_binomial_does(people: int, points: float) -> None:
    """Standard error of a spread: sd / √(2n), over years that are independent of each other."""
    found = rate(people)
    assert found.mean() == pytest.approx(50, abs=SE * points / np.sqrt(found.size))
    assert found.std() == pytest.approx(points, abs=SE * points / np.sqrt(2 * found.size))
    assert np.abs(correlated(found) - np.eye(3)).max() < SE * correlation_error(0.0)


def test_a_rate_near_its_end_swings_less_and_stays_a_rate() -> None:
    """√(0.1 × 0.9 / 400) is 1.5 points; a rate of 0 or 100 does not swing at all."""
    found = rate(400, path=10.0)
    assert found.std() == pytest.approx(1.5, abs=SE * 1.5 / np.sqrt(2 * found.size))
    assert (rate(25, path=0.0) == 0).all() and (rate(25, path=100.0) == 100).all()
    wild = rate(2, path=50.0)
    assert wild.min() == 0 and wild.max() == 100


@BOTH_METHODS
def test_chance_in_small_numbers_adds_to_the_kpis_own_spread_and_is_not_tied_to_the_next_year(method: Method) -> None:
    """Variances add up: 5² + 10²·(1 − (5/50)²), since p(1 − p) is on average a quarter less the variance of p.

    Only the KPI's own part follows the year before: with rho = 0.6 its covariance is 0.6 × 5².
    """
    measured = kpi(unit="%", people=25, today=50.0, expected=50.0, deviation=Normal(mean=0, sd=5))
    tied = scenario(years=2, framework=framework(measured), uncertainty=uncertain(year_to_year=0.6))
    found = drawn(tied, method).kpis[:, 0]
    variance = 5.0**2 + 10.0**2 * (1 - 0.1**2)
    assert found.var() == pytest.approx(variance, abs=SE * variance * np.sqrt(2 / found.size))
    rho = 0.6 * 5.0**2 / variance
    assert correlated(found)[0, 1] == pytest.approx(rho, abs=SE * correlation_error(rho))
