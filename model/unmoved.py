"""Whether costs are expected to differ from an earlier design while what staying out is worth was left as it was."""

from model.scenario import Scenario


def dearer(now: Scenario, before: Scenario) -> float:
    """By what part costs are expected to come out higher than in an earlier design: below 0, lower.

    0 where the partners or the years are others, or what staying out is worth to any of them was changed as well.
    """
    if (_outside(now), now.term.horizon) != (_outside(before), before.term.horizon):
        return 0.0
    return _off_plan(now) - _off_plan(before)


def _outside(scenario: Scenario) -> list[object]:
    """Who is there, and what staying out is worth to each."""
    providers = [(one.name, one.outside) for one in scenario.providers]
    return [*providers, *((one.name, one.outside) for one in scenario.commissioners)]


def _off_plan(scenario: Scenario) -> float:
    """How far costs of an average year are expected to lie above plan, as a part of it."""
    cost = sum(one.baseline_cost for one in scenario.providers)
    off = sum(one.baseline_cost * (one.cost_deviation.mean + one.baseline_error.mean) for one in scenario.providers)
    years_of_growth = (scenario.term.horizon - 1) / 2
    return off / cost + scenario.uncertainty.prices.mean * years_of_growth if cost else 0.0
