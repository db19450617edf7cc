"""Who said what: every view of a range that several people have stated, in a sentence."""

from collections.abc import Iterator
from typing import NamedTuple

from model.assumptions import spread, written
from model.evidence import Distribution, Pool
from model.scenario import Scenario


class Stated(NamedTuple):
    """One person's view: of which input, whose, how much it counts, and what it says."""

    input: str
    who: str
    counts: str
    says: str


def views(scenario: Scenario) -> Iterator[Stated]:
    """One by one, in the order of the log of assumptions."""
    for title, found, unit, of in _ranges(scenario):
        if isinstance(found, Pool):
            total = sum(view.weight for view in found.views)
            for view in found.views:
                counts = f"{view.weight:,.10g} of {total:,.10g}, {written(view.weight / total, '%')}"
                yield Stated(title, view.name, counts, spread(view.view, unit, of))


def _ranges(scenario: Scenario) -> Iterator[tuple[str, Distribution, str, str]]:
    """Every range by the name that the log gives it, with its unit and of what it is."""
    for provider in scenario.providers:
        yield f"{provider.name}: cost", provider.cost_deviation, "%", " of plan"
        yield f"{provider.name}: baseline error", provider.baseline_error, "%", " for the whole term"
    yield "Savings delivered", scenario.uncertainty.savings_delivered, "%", " of what is due"
    yield "Prices against plan", scenario.uncertainty.prices, "%", " each year, adding up"
    for kpi in scenario.framework.kpis():
        yield f"{kpi.name}: distance from its path", kpi.deviation, "points" if kpi.unit == "%" else kpi.unit, ""
    for risk in scenario.uncertainty.risks:
        unit, of = ("£", "") if risk.impact_in == "pounds" else ("%", " of planned cost")
        yield f"Risk: {risk.name}", risk.impact, unit, of
