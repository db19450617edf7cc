"""Costs that are expected to differ while staying out was left as it was."""

import pytest

from model.distributions import Fixed, Normal
from model.scenario import Scenario
from model.unmoved import dearer
from tests.model.build import MILLION, provider, scenario


def spending(deviation: float, outside: float = 0.0) -> Scenario:
    one = provider(cost_deviation=Normal(mean=deviation, sd=0.05), outside=Fixed(value=outside))
    return scenario(providers=(one,), years=3)


def test_costs_that_moved_without_staying_out_are_dearer_by_their_part() -> None:
    assert dearer(spending(0.03), spending(0.0)) == pytest.approx(0.03)
    assert dearer(spending(0.0), spending(0.02)) == pytest.approx(-0.02)


def test_prices_count_by_the_mean_of_their_years() -> None:
    before = spending(0.0)
    now = before.edited(uncertainty=before.uncertainty.edited(prices=Fixed(value=0.02)))
    assert dearer(now, before) == pytest.approx(0.02)


def test_where_staying_out_was_moved_too_nothing_is_asked() -> None:
    assert dearer(spending(0.03, -MILLION), spending(0.0)) == 0.0
