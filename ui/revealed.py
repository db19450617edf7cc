"""What a partner entered for itself and was revealed, in words. Documents in, plain English out."""

from typing import Any

from data import own
from model import curves
from model.acceptance import standings
from model.differences import differences
from model.documents import from_document, problems_of
from model.tables import partner_names
from ui import counted
from ui.appetites import in_pounds
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
    """Whether what a partner entered is more than what stands there: that in three figures, or in pounds, which were
    only asked for, is not."""
    stands = own.entries(document, partner) or {}
    rest = dict(mine)
    if "appetite" in mine and mine["appetite"] == _in_pounds(document, partner, stands.get("appetite")):
        del rest["appetite"]
    return any(not _restates(own.view_of(stands.get(name), partner), value, partner) for name, value in rest.items())


def _in_pounds(document: dict[str, Any], partner: str, appetite: Any) -> dict[str, Any] | None:
    """What the word that stands for an appetite comes to, as the form takes it over; None for any other."""
    if not isinstance(appetite, dict) or appetite.get("kind") != "words" or problems_of(document):
        return None
    scenario = from_document(document)
    found = standings(scenario)[partner_names(scenario).index(partner)].limits
    return in_pounds(found).model_dump(mode="json")


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
