"""Futures that pile up on one value, as a cap or 'nothing happens' makes them: what share of draws lies where.

A percentile that stands on a pile has more futures at it than its name says: where 12% of them end at the most that can
be lost, P5 and P10 are both that loss, and none lies below. Half a penny is no difference.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from model.base import PENNY, Floats

PILE = 0.005
"""A percentile stands on a pile where more than this share of draws, and more than one draw, is exactly there."""


class Place(NamedTuple):
    """The shares of draws below a percentile, at it (0 where that is no pile) and above it."""

    below: float
    at: float
    above: float


def places(ordered: Floats, levels: Mapping[str, Floats]) -> dict[str, Floats]:
    """Where levels stand among draws: of 'p5' the shares 'p5 below', 'p5 at' and 'p5 above', as in `Place`.

    Values sorted along the last axis (…, draws) and each level (…), pounds; each share (…), a part of 1.
    """
    n, shape = ordered.shape[-1], ordered.shape[:-1]
    rows = list(zip(ordered.reshape(-1, n), np.stack([*levels.values()], -1).reshape(-1, len(levels)), strict=True))
    first = np.array([row.searchsorted(its - PENNY, "left") for row, its in rows])
    after = np.array([row.searchsorted(its + PENNY, "right") for row, its in rows])
    at = np.where(after - first > max(PILE * n, 1), after - first, 0)
    found: dict[str, Floats] = {}
    for part, counts in zip(Place._fields, (first, at, n - after), strict=True):
        found |= {f"{name} {part}": counts[:, i].reshape(shape) / n for i, name in enumerate(levels)}
    return found


def place(row: Mapping[str, float], name: str) -> Place:
    """Where a percentile stands, off a row that has its `places`; of one without, it is on no pile."""
    below, at, above = (float(row.get(f"{name} {part}", 0.0)) for part in Place._fields)
    return Place(below, at, above)


def between(row: Mapping[str, float], low: str, high: str) -> float:
    """The share of draws from one percentile to another, both included, where either stands on a pile; else 0."""
    first, last = place(row, low), place(row, high)
    return 1.0 - first.below - last.above if first.at or last.at else 0.0
