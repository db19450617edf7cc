"""Names beside upright lines of a chart: on which side and how high, so that no line runs through a name."""

from collections.abc import Mapping, Sequence
from itertools import product
from typing import NamedTuple

CHARACTER = 0.009
"""The part of a chart's width that a character takes; narrow screens leave less room."""
SUM = 9
"""Characters of the sum behind a name."""


class Flag(NamedTuple):
    """The name of a line, and whether it stands to the right of it."""

    name: str
    to_the_right: bool


class _Placed(NamedTuple):
    """A name as parts of the chart's width: where its line is, and from where to where it stands."""

    flag: Flag
    line: float
    start: float
    end: float

    def over(self, others: Sequence["_Placed"]) -> int:
        """How many lines of others run through it, if they are higher."""
        return sum(self.start < other.line < self.end for other in others if other is not self)


def flags(lines: Mapping[str, float], low: float, high: float) -> list[Flag]:
    """The names of a few lines, pounds by name, on an axis from `low` to `high`: from the lowest row to the highest."""
    tried = (
        _stacked([_placed(lines, name, side, low, high) for name, side in zip(lines, sides, strict=True)])
        for sides in product((True, False), repeat=len(lines))
    )
    return min(tried, key=lambda one: one[0])[1]


def _placed(lines: Mapping[str, float], name: str, to_the_right: bool, low: float, high: float) -> _Placed:
    at, room = (lines[name] - low) / ((high - low) or 1.0), CHARACTER * (len(name) + SUM)
    start = at if to_the_right else at - room
    return _Placed(Flag(name, to_the_right), at, start, start + room)


def _stacked(placed: list[_Placed]) -> tuple[tuple[int, int], list[Flag]]:
    """How many names leave the chart and how many are run through, and the names in rows.

    The lines of all that are still to come run past the row, so that a name comes first that none of them crosses.
    """
    out = sum(one.start < 0 or one.end > 1 for one in placed)
    left, crossed, rows = list(placed), 0, list[Flag]()
    while left:
        lowest = min(left, key=lambda one: one.over(left))
        crossed += lowest.over(left)
        left.remove(lowest)
        rows.append(lowest.flag)
    return (out, crossed), rows
