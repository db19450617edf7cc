"""What a partner entered for itself and was revealed, in words. Documents in, plain English out."""

from typing import Any

from data import own
from model import curves
from model.differences import differences
from model.documents import problems_of
from ui import counted
from ui.counted import RANGES
from ui.evidence import valid
from ui.range_words import spread
from ui.three_words import three


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


def tells(document: dict[str, Any], partner: str, mine: dict[str, Any]) -> bool:
    """Whether what a partner entered is more than what stands there: three figures that were only asked for are not."""
    stands = own.entries(document, partner) or {}
    return any(not _restates(own.view_of(stands.get(name), partner), value, partner) for name, value in mine.items())


def _restates(stood: Any, value: Any, partner: str) -> bool:
    found = valid(stood)
    return found is not None and own.view_of(value, partner) == three(found)


def usable(document: dict[str, Any], partner: str, mine: dict[str, Any]) -> bool:
    """Whether what a partner entered can be revealed without keeping everybody from results."""
    after = own.revealed(document, partner, mine)
    return set(problems_of(after)) <= set(problems_of(document))


def _range(name: str, value: Any, counts: str) -> str:
    found = valid(value)
    told = spread("", curves.ranges({name: found}).iloc[0], "%") if found else ""
    told = f"{told[:1].lower()}{told[1:]}"
    how = f"counted {counts}, beside what stood there" if counts else "in place of what stood there"
    return f"{RANGES[name]}, {how}: {told}" if told else RANGES[name]
