"""Doubts about actual figures: sums and values that are allowed but hardly right."""

from collections.abc import Iterator

import numpy as np

from model.base import as_percent, as_pounds
from model.framework import KPI
from model.futures import Future

LOW, HIGH = 0.5, 2.0
"""Actual cost as part of target cost below or above which we ask."""
FAR_BELOW = 0.2
"""Of the lowest level: a percentage that small may have been meant as a fraction."""


MANY = 10.0
"""From so many times on, a percentage is hard to read."""


def _of(part: float) -> str:
    """'40.25% of', '102 times'."""
    return f"{part:,.0f} times" if part >= MANY else f"{as_percent(round(part, 4))} of"


def doubts(future: Future) -> Iterator[str]:
    """One question for each figure of a settled year that is far from what the contract expects."""
    target, costs = future.target, future.ledger.costs[future.year, :, future.draw]
    for provider, aim, cost in zip(future.scenario.providers, target, costs, strict=True):
        if aim > 0 and not LOW <= cost / aim <= HIGH:
            yield (
                f"{provider.name}'s cost of {as_pounds(round(cost, 2))} is {_of(cost / aim)} "
                f"its target cost of {as_pounds(round(aim))}: is that right?"
            )
    for kpi, value in zip(future.scenario.framework.kpis(), future.kpis[future.year, :, future.draw], strict=True):
        if said := doubt(kpi, float(value)):
            yield said


def doubt(kpi: KPI, value: float) -> str:
    """The question that a KPI's actual value raises; nothing where it raises none or there are no data."""
    if np.isnan(value):
        return ""
    low, high = sorted((kpi.levels.failure, kpi.levels.gamebreaking))
    least, most = low - (high - low), high + (high - low)
    if kpi.unit == "%":
        least, most = max(least, 0.0), min(most, 100.0)
    meant = round(100 * value, 8)
    if kpi.unit == "%" and 0 < value <= 1 and value < FAR_BELOW * low and least <= meant <= most:
        levels = f"its levels, {low:g}% to {high:g}%"
        return f"'{kpi.name}' at {value:.6g}% is far below {levels}: did you mean {meant:.6g}%?"
    if not least <= value <= most:
        return f"'{kpi.name}' at {value:,.6g} is far from its levels, {low:g} to {high:g}: is that right?"
    return ""
