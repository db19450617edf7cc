"""A stress as a change of the scenario's own inputs, where the scenario has inputs that say the same."""

from functools import singledispatch
from typing import Any

from model.evidence import Distribution
from model.happening import RiskSwitch
from model.scenario import Scenario
from model.simulate import Case
from model.stress import CostsWorse, OneDearer, SavingsLate, Together

PLACES = {"value", "low", "likely", "high", "mean", "centre", "p10", "p50", "p90", "shift"}
"""Entries of distributions that say where values lie; each entry of `values` does too."""
SIZES = {"sd", "scale", "median"}
"""Entries that say how far apart values lie."""


@singledispatch
def adopted(stress: Any, scenario: Scenario) -> Scenario | None:
    """The scenario as it is under a stress; None where its inputs cannot say that."""
    return None


@adopted.register
def _(stress: CostsWorse, scenario: Scenario) -> Scenario | None:
    return dearer(scenario, stress.part) if stress.years is None else None


@adopted.register
def _(stress: OneDearer, scenario: Scenario) -> Scenario | None:
    return dearer(scenario, stress.part, stress.provider)


@adopted.register
def _(stress: SavingsLate, scenario: Scenario) -> Scenario | None:
    late = stress.apply(Case.of(scenario)).plan.delivered_by_year
    if max(late) > 2:  # the most that can be entered
        return None
    return scenario.edited(uncertainty=scenario.uncertainty.edited(delivered_by_year=late))


@adopted.register
def _(stress: RiskSwitch, scenario: Scenario) -> Scenario | None:
    return stress.switched(scenario)


@adopted.register
def _(stress: Together, scenario: Scenario) -> Scenario | None:
    found: Scenario | None = scenario
    for part in stress.parts:
        found = adopted(part, found) if found else None
    return found


def certain(scenario: Scenario, risk: int) -> Scenario:
    """The scenario in which a risk, by its number, comes once in the term for certain, whatever is done about it.

    In a year that is drawn and at a cost that is drawn: no input can say which year, or that it costs the average.
    """
    risks = list(scenario.uncertainty.risks)
    found = risks[risk].edited(when="once", probability=1.0, included=True)
    if found.mitigation:
        found = found.edited(mitigation=found.mitigation.edited(probability=1.0))
    risks[risk] = found
    return scenario.edited(uncertainty=scenario.uncertainty.edited(risks=tuple(risks)))


def dearer(scenario: Scenario, part: float, only: int | None = None) -> Scenario:
    """Everybody, or one provider by its number, spends so much more in every year of every future."""
    providers = tuple(
        one.edited(cost_deviation=moved(one.cost_deviation, 1 + part, part)) if only in (None, i) else one
        for i, one in enumerate(scenario.providers)
    )
    return scenario.edited(providers=providers)


def shifted(scenario: Scenario, more: float) -> Scenario:
    """Everybody's costs lie so much more of plan from it, in every year of every future; how wide ranges are stays."""
    providers = tuple(one.edited(cost_deviation=moved(one.cost_deviation, 1.0, more)) for one in scenario.providers)
    return scenario.edited(providers=providers)


def moved(uncertain: Distribution, times: float, more: float) -> Distribution:
    """Every value so many times as large and so much more."""
    changes: dict[str, Any] = {}
    for name in type(uncertain).model_fields:
        entry = getattr(uncertain, name)
        if name in PLACES:
            changes[name] = _tidy(entry * times + more)
        elif name in SIZES:
            changes[name] = _tidy(entry * times)
        elif name == "values":
            changes[name] = tuple(_tidy(value * times + more) for value in entry)
        elif name == "views":
            changes[name] = tuple(one.edited(view=moved(one.view, times, more)) for one in entry)
    found: Distribution = uncertain.edited(**changes)
    return found


def _tidy(value: float) -> float:
    return round(value, 6) + 0.0
