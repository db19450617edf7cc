"""Worked examples of a contract: instructive outturns of one year, settled by its terms."""

from typing import Any, NamedTuple

from model.base import as_percent
from model.framework import LEVELS
from model.futures import Future, of_actuals
from model.outturn import assumed
from model.scenario import Scenario
from model.simulate import binding

CASES = ((-0.10, "stretch"), (0.0, "minimum"), (0.05, "poor"))
"""How far costs lie over target, and the level that every KPI is at."""
FAR = (0.10, 0.15, 0.20, 0.30, 0.50, 1.0)
"""Overspends at which it is tried whether a cap on pain binds, every KPI at failure."""


class Example(NamedTuple):
    """A year that did not happen: what is assumed of it, and how it is settled."""

    assumed: str
    future: Future


def examples(scenario: Scenario, year: int) -> tuple[Example, ...]:
    """A saving, costs on target, an overspend, and the smallest overspend here at which caps stop pain, if any do.

    `year`: its number in the term, from 0; it is settled by itself.
    """
    found = [_example(scenario, year, over, level) for over, level in CASES]
    far = (_example(scenario, year, over, LEVELS[0]) for over in FAR)
    capped = next((one for one in far if _capped(one)), None)
    return (*found, capped) if capped else tuple(found)


def _example(scenario: Scenario, year: int, over: float, level: str) -> Example:
    target = scenario.target_cost()[year]
    outturn: dict[str, Any] = {
        "year": scenario.term.labels()[year],
        "costs": {p.name: round(float(t) * (1 + over), 2) for p, t in zip(scenario.providers, target, strict=True)},
        "kpis": {kpi.name: getattr(kpi.levels, level) for kpi in scenario.framework.kpis()},
    }
    future, *_ = of_actuals(scenario, assumed(scenario, {"years": [outturn]}))
    cost = "on target" if not over else f"{as_percent(abs(over))} {'over' if over > 0 else 'under'} target"
    scored = f", every KPI at {level}" if outturn["kpis"] else ""
    return Example(f"every provider's cost {cost}{scored}", future)


def _capped(example: Example) -> bool:
    """Whether a cap on pain changes what is paid."""
    found = binding(example.future.scenario, example.future.ledger)
    return any(where.any() for name, where in found.items() if "pain" in name)
