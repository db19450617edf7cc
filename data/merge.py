"""Two edits of one document brought together, entry by entry, against what both began with."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from model.by_year import LATER
from model.fields import Path

ABSENT = object()
NAMES = ("name", "year", "field", "kpi")
"""Entries by which the lines of a list are told apart."""


@dataclass(frozen=True)
class Merged:
    """What two sides make together.

    Where both changed the same entry, `document` has the first side's value and `other` the second's.
    """

    document: Any
    other: Any


def merge(base: Any, first: Any, second: Any) -> Merged:
    """Both sides' changes of the base. Lines with names are matched by name, other lines by their place."""
    if first == second or second == base:
        return Merged(first, first)
    if first == base:
        return Merged(second, second)
    sides = [base, first, second]
    if all(isinstance(side, dict) and side.get("kind") == base.get("kind") for side in sides):
        return _groups(base, first, second)
    if all(isinstance(side, list) for side in sides):
        if label := _label(sides):
            return _named(base, first, second, label)
        if len(base) == len(first) == len(second):
            return _lines([merge(*lines) for lines in zip(*sides, strict=True)])
    return Merged(first, second)


def places(before: Any, after: Any, path: Path = ()) -> list[Path]:
    """Where two documents differ; a whole list or group where its lines or entries are not the same ones."""
    if before == after:
        return []
    pairs: list[tuple[str | int, Any, Any]] = []
    if isinstance(before, dict) and isinstance(after, dict) and before.keys() == after.keys():
        pairs = [(key, before[key], after[key]) for key in before]
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        pairs = [(i, *both) for i, both in enumerate(zip(before, after, strict=True))]
    return [place for key, a, b in pairs for place in places(a, b, (*path, key))] if pairs else [path]


def _groups(base: dict[str, Any], first: dict[str, Any], second: dict[str, Any]) -> Merged:
    sides = (base, first, second)
    keys = dict.fromkeys(key for side in (second, first, base) for key in side)
    both = {key: merge(*_of(key, [side.get(key, ABSENT) for side in sides])) for key in keys}
    return Merged(
        {key: one.document for key, one in both.items() if one.document is not ABSENT},
        {key: one.other for key, one in both.items() if one.other is not ABSENT},
    )


def _of(key: str, values: list[Any]) -> list[Any]:
    """What the sides have for an entry; costs of later years equally long, so that each year is one side's."""
    given = [value for value in values if isinstance(value, list)]
    if key != LATER or not given:
        return values
    most = max(map(len, given))
    return [[*held, *[None] * (most - len(held))] for held in (v if isinstance(v, list) else [] for v in values)]


def _lines(lines: Sequence[Merged]) -> Merged:
    return Merged(
        [line.document for line in lines if line.document is not ABSENT],
        [line.other for line in lines if line.other is not ABSENT],
    )


def _label(sides: Sequence[list[Any]]) -> str | None:
    """The entry by which the lines of every side can be told apart; None where there is none."""
    lines = [line for side in sides for line in side]
    if not all(isinstance(line, dict) for line in lines):
        return None

    def tells_apart(label: str) -> bool:
        named = all(isinstance(line.get(label), str) for line in lines)
        return named and all(len({line[label] for line in side}) == len(side) for side in sides)

    return next((label for label in NAMES if tells_apart(label)), None)


def _named(base: list[Any], first: list[Any], second: list[Any], label: str) -> Merged:
    """Lines matched by name, in the second side's order; a line that one side left out and the other changed stays
    with the side that changed it."""
    old = {line[label]: line for line in base}
    ours, theirs = (dict(zip(_identities(base, side, label), side, strict=True)) for side in (first, second))
    order = list(theirs)
    before = None
    for name in ours:
        if name not in theirs:
            order.insert(order.index(before) + 1 if before is not None else 0, name)
        before = name
    return _lines([merge(*(side.get(name, ABSENT) for side in (old, ours, theirs))) for name in order])


def _identities(base: list[Any], side: list[Any], label: str) -> list[str]:
    """By which name of the base each line of a side is known; a line with another name in its place was renamed."""
    before, after = [line[label] for line in base], [line[label] for line in side]
    if len(before) != len(after):
        return after
    return [old if new not in before and old not in after else new for old, new in zip(before, after, strict=True)]
