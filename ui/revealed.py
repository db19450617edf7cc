"""What a partner entered for itself and was revealed, in words. Documents in, plain English out."""

from typing import Any

from data import own
from model import curves
from model.differences import differences
from ui import counted
from ui.counted import RANGES
from ui.evidence import valid
from ui.range_words import spread

KINDS = {"appetite": "appetite", "outside": "staying out", **dict.fromkeys(own.RANGES, "costs")}
"""What a partner may enter, in a word or two."""


def named(document: dict[str, Any], partner: str, mine: dict[str, Any]) -> str:
    """'Recovery charity (appetite, costs)': of what kind that is which it entered."""
    before = own.entries(document, partner) or {}
    kinds = dict.fromkeys(KINDS[name] for name, value in mine.items() if name in KINDS and before.get(name) != value)
    return f"{partner} ({', '.join(kinds)})" if kinds else partner


def said(document: dict[str, Any], partner: str, mine: dict[str, Any]) -> str:
    """'Revealed by Recovery charity (appetite: open → minimal; its cost of a year against plan: 9 in 10 between …)'.

    An estimate is told with the partner's own figures; `own.revealed` sets it beside what stood there.
    """
    before = own.entries(document, partner) or {}
    after = own.entries(own.revealed(document, partner, mine), partner) or {}
    ranges = [name for name, value in mine.items() if name in RANGES and before.get(name) != value]
    parts = [_range(name, own.view_of(mine[name], partner), counted.part(after[name], partner)) for name in ranges]
    rest = {name: value for name, value in mine.items() if name not in RANGES}
    edits = differences(document, own.placed(document, partner, rest))
    parts += [edit.removeprefix(f"{partner} › ").rsplit(" › ", 1)[-1].replace('"', "") for edit in edits]
    return f"Revealed by {partner} ({'; '.join(parts)})" if parts else f"Revealed by {partner}"


def _range(name: str, value: Any, counts: str) -> str:
    found = valid(value)
    told = spread("", curves.ranges({name: found}).iloc[0], "%") if found else ""
    told = f"{told[:1].lower()}{told[1:]}"
    how = f"counted {counts}, beside what stood there" if counts else "in place of what stood there"
    return f"{RANGES[name]}, {how}: {told}" if told else RANGES[name]
