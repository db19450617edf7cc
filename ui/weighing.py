"""Weights that share a whole: the room that others make where one moves, all alike, and tenths of a percent."""

import copy
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from model.fields import Path
from ui.edits import node_at

TENTHS = 1000
"""Of a percent, in a whole."""


@dataclass(frozen=True)
class Group:
    """Weights that share a whole, as one after another of them is moved by hand.

    `parts` are not rounded, so that a weight that moves and comes back leaves the others as they were.
    """

    path: Path
    parts: tuple[float, ...]
    document: dict[str, Any]
    """Which has them, to tell whether anything else was done since."""
    held: frozenset[int] = frozenset()
    """Those that were moved by hand."""

    def moved(self, line: int, weight: float) -> Self:
        """The same with one of them moved; once all were, none is held any more."""
        parts = made_room(self.parts, line, weight, self.held)
        again = set(range(len(parts))) == self.held | {line}
        held = frozenset({line}) if again else self.held | {line}
        made = weighted(self.document, self.path, in_tenths(parts))
        return replace(self, parts=tuple(parts), document=made, held=held)


def weights(lines: Sequence[dict[str, Any]]) -> list[float]:
    """The weights of a list's lines as they are typed so far; 0 where that is no number."""
    return [float(found) if isinstance(found := line.get("weight"), int | float) else 0.0 for line in lines]


def made_room(before: Sequence[float], line: int, weight: float, held: Collection[int] = ()) -> list[float]:
    """The weights once one of them is another; the others share the rest as they did before.

    Those that are `held` stay as they are, and make room only where no other one can.
    """
    others = [i for i in range(len(before)) if i != line]
    stay = [i for i in others if i in held and set(others) - set(held)]
    give = [i for i in others if i not in stay]
    found = [weight if i == line else each for i, each in enumerate(before)] if others else [1.0]
    rest = round(1.0 - weight - sum(before[i] for i in stay), 9)
    if rest < 0:
        found = [0.0 if i in give else each for i, each in enumerate(found)]
        give, rest = stay, 1.0 - weight
    total = sum(before[i] for i in give)
    for i in give:
        found[i] = rest * (before[i] / total if total else 1 / len(give))
    return found


def in_tenths(parts: Sequence[float]) -> list[float]:
    """Parts of a whole in tenths of a percent that make exactly 100%: what that loses goes to whoever lost most."""
    exact = [round(part * TENTHS, 6) for part in parts]
    found = [int(part) for part in exact]
    most = sorted(range(len(parts)), key=lambda i: found[i] - exact[i])
    for i in most[: TENTHS - sum(found)]:
        found[i] += 1
    return [part / TENTHS for part in found]


def alike(count: int) -> list[float]:
    """As many equal weights, as far as tenths of a percent go."""
    return in_tenths([1 / count] * count)


def weighted(document: dict[str, Any], path: Path, parts: Sequence[float]) -> dict[str, Any]:
    """The document with other weights of a list's lines."""
    edited = copy.deepcopy(document)
    for line, part in zip(node_at(edited, path), parts, strict=True):
        line["weight"] = part
    return edited
