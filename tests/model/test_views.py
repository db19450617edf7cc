"""How much of the spread is disagreement: worked out by hand where everything is linear."""

import numpy as np
import pytest

from model import tables
from model.base import Floats
from model.distributions import Fixed, Normal
from model.evidence import Pool, View
from model.scenario import Scenario
from model.views import disagreement, disputed
from tests.model.build import provider, scenario

N = 4_096
OPTIMIST, PESSIMIST = View(name="A", weight=1, view=Normal(mean=-0.03, sd=0.04)), Normal(mean=0.03, sd=0.04)


def linear(*views: View) -> Scenario:
    """One year, one provider, half of every pound shared, and these views of its costs."""
    return scenario(providers=(provider(cost_deviation=Pool(views=views)),))


def test_the_part_is_the_variance_of_the_means() -> None:
    """Means ±3%, spread 4% each: 9 of 25 parts. Both spreads miss by their standard errors, √(2/n) of the variance."""
    table = disagreement(linear(OPTIMIST, View(name="B", view=PESSIMIST)), n=N)
    assert table.shape == (1, 4)
    error = 0.36 * 0.64 * np.sqrt(2 / N) * 4
    assert table[tables.PROVIDERS].iloc[0] == pytest.approx(9 / 25, abs=error)
    assert "Community charity" in table.index[0]


def test_weights_count() -> None:
    weights: Floats = np.array([3.0, 1.0])
    case = linear(OPTIMIST.edited(weight=3), View(name="B", view=PESSIMIST))
    assert disputed(case)[0].weights == pytest.approx(weights / 4)
    between = 0.06**2 * 3 / 16
    part = disagreement(case, n=N)[tables.COMMISSIONERS].iloc[0]
    assert part == pytest.approx(between / (between + 0.04**2), abs=4 * np.sqrt(2 / N))


def test_views_that_are_certain_disagree_about_everything() -> None:
    case = linear(View(name="A", view=Fixed(value=-0.01)), View(name="B", view=Fixed(value=0.02)))
    assert disagreement(case, n=160)[tables.PROVIDERS].iloc[0] == pytest.approx(1.0)


def test_without_several_views_nothing_is_disputed() -> None:
    assert disputed(linear(OPTIMIST)) == []
    assert disagreement(linear(OPTIMIST)).empty
    assert disagreement(scenario()).empty


def test_the_same_view_twice_is_no_disagreement() -> None:
    case = linear(OPTIMIST, OPTIMIST.edited(name="B"))
    assert disagreement(case, n=160).to_numpy() == pytest.approx(0.0, abs=1e-12)
