"""What is reported of many draws (model §4). Pure functions of arrays; draws on the last axis, 1-D or more.

Gains are positive and pains negative; VaR and CVaR are stated as losses, so there a positive figure is a loss.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal

import numpy as np

from model.base import PENNY, Floats
from model.piles import places
from model.points import batches

TAIL = 0.05
"""The worst 1 in 20."""

Statistic = Callable[[Floats], Floats]


def percentile(ordered: Floats, p: float) -> Floats:
    """The p-th percentile (0–100) of values sorted along the last axis, by linear interpolation."""
    position = p / 100 * (ordered.shape[-1] - 1)
    below = int(position)
    above = min(below + 1, ordered.shape[-1] - 1)
    part = position - below
    return np.asarray(ordered[..., below] * (1 - part) + ordered[..., above] * part)


def value_at_risk(ordered: Floats) -> Floats:
    """The loss that 1 in 20 reach or exceed; positive is a loss. Values sorted along the last axis."""
    return 0.0 - percentile(ordered, 100 * TAIL)


def tail_mean(ordered: Floats) -> Floats:
    """The average loss over the worst 1 in 20; positive is a loss. Values sorted along the last axis."""
    n = ordered.shape[-1]
    whole = int(TAIL * n)
    part = TAIL * n - whole
    worst = ordered[..., :whole].sum(axis=-1) + part * ordered[..., min(whole, n - 1)]
    return np.asarray(0.0 - worst / (TAIL * n))


def chance_of_pain(values: Floats) -> Floats:
    """The part of draws that lose at least half a penny."""
    return np.asarray(np.count_nonzero(values < -PENNY, axis=-1) / values.shape[-1])


def chance_of_gain(values: Floats) -> Floats:
    """The part of draws that gain at least half a penny."""
    return np.asarray(np.count_nonzero(values > PENNY, axis=-1) / values.shape[-1])


def pain_of_any(values: Floats) -> tuple[float, float]:
    """The part of draws in which at least one of several has pain, whatever the others gain; and its standard error.
    `values` (several, draws)."""
    worst = values.min(axis=0)
    return float(chance_of_pain(worst)), standard_error(chance_of_pain(_replicates(worst)))


def _pain(ordered: Floats) -> Floats:
    """`chance_of_pain` of values sorted along the last axis."""
    return _places(ordered, -PENNY, "left") / ordered.shape[-1]


def _gain(ordered: Floats) -> Floats:
    """`chance_of_gain` of values sorted along the last axis."""
    return (ordered.shape[-1] - _places(ordered, PENNY, "right")) / ordered.shape[-1]


def _places(ordered: Floats, level: float, side: Literal["left", "right"]) -> Floats:
    """Where a level would stand among values sorted along the last axis."""
    rows = ordered.reshape(-1, ordered.shape[-1])
    return np.array([row.searchsorted(level, side) for row in rows]).reshape(ordered.shape[:-1])


def _spread(values: Floats) -> Floats:
    """The standard deviation of values."""
    apart = values - values.mean(axis=-1, keepdims=True)
    return np.asarray(np.sqrt(np.vecdot(apart, apart) / values.shape[-1]))


ON_SORTED: dict[str, Statistic] = {
    "mean": lambda ordered: np.asarray(ordered.mean(axis=-1)),
    "sd": _spread,
    "p5": lambda ordered: percentile(ordered, 5),
    "p10": lambda ordered: percentile(ordered, 10),
    "p50": lambda ordered: percentile(ordered, 50),
    "p90": lambda ordered: percentile(ordered, 90),
    "p95": lambda ordered: percentile(ordered, 95),
    "chance_of_gain": _gain,
    "chance_of_pain": _pain,
    "var95": value_at_risk,
    "cvar95": tail_mean,
}
"""Every reported statistic, by name; each a function of values sorted along the last axis."""
PERCENTILES = ("p5", "p10", "p50", "p90", "p95")


@dataclass(frozen=True)
class Summary:
    """The statistics of one quantity, the Monte Carlo standard error of each, and the `piles.places` of percentiles."""

    values: dict[str, float]
    errors: dict[str, float]
    places: dict[str, float]


def summary(values: Floats) -> Summary:
    """Every statistic of one quantity, `values` shaped (draws,), with its standard error.

    The error is the spread between the independent replicates of the draws, divided by √replicates.
    """
    ordered, replicates = np.sort(values), np.sort(_replicates(values))
    estimates = np.stack([statistic(replicates) for statistic in ON_SORTED.values()])
    found = {name: statistic(ordered) for name, statistic in ON_SORTED.items()}
    stand = places(ordered, {name: found[name] for name in PERCENTILES})
    return Summary(
        {name: float(value) for name, value in found.items()},
        dict(zip(ON_SORTED, standard_errors(estimates).tolist(), strict=True)),
        {name: float(share) for name, share in stand.items()},
    )


def summaries(values: Iterable[Floats], threads: int = 1) -> list[Summary]:
    """The summary of each of several quantities, on so many threads."""
    if threads == 1:
        return [summary(each) for each in values]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(summary, values))


def _replicates(values: Floats) -> Floats:
    """Equal samples, independent of each other, (replicates, draws of each); the last few draws may be left out."""
    parts = batches(len(values))
    length = min(part.stop - part.start for part in parts)
    if length * len(parts) == len(values):
        return values.reshape(len(parts), length)
    return np.stack([values[part][:length] for part in parts])


def standard_error(estimates: Floats) -> float:
    """Standard error of the mean of independent estimates; nan for fewer than two."""
    return float(standard_errors(estimates))


def standard_errors(estimates: Floats) -> Floats:
    """Of estimates along the last axis, which they lose."""
    n = estimates.shape[-1]
    if n < 2:
        return np.full(estimates.shape[:-1], np.nan)
    return np.asarray(estimates.std(axis=-1, ddof=1) / np.sqrt(n))
