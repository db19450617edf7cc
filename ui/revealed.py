"""What a partner entered for itself and was revealed, in words. Documents in, plain English out."""

from typing import Any

from data import own
from model import curves
from model.differences import differences
from ui.evidence import valid
from ui.range_words import spread

RANGES = {"cost_deviation": "its cost of a year against plan", "baseline_error": "how wrong its baseline may be"}


def said(document: dict[str, Any], partner: str, mine: dict[str, Any]) -> str:
    """'Revealed by Recovery charity (appetite: open → minimal; its cost of a year against plan: 9 in 10 between …)'.

    An estimate is told with the partner's own figures; `own.revealed` sets it beside what stood there.
    """
    before = own.entries(document, partner) or {}
    parts = [_range(name, value) for name, value in mine.items() if name in RANGES and before.get(name) != value]
    rest = {name: value for name, value in mine.items() if name not in RANGES}
    edits = differences(document, own.placed(document, partner, rest))
    parts += [edit.removeprefix(f"{partner} › ").rsplit(" › ", 1)[-1].replace('"', "") for edit in edits]
    return f"Revealed by {partner} ({'; '.join(parts)})" if parts else f"Revealed by {partner}"


def _range(name: str, value: Any) -> str:
    found = valid(value)
    told = spread("", curves.ranges({name: found}).iloc[0], "%") if found else ""
    told = f"{told[:1].lower()}{told[1:]}"
    return f"{RANGES[name]}, beside what stood there: {told}" if told else RANGES[name]
