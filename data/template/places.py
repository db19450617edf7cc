"""What the lines of every sheet are called, and where each is in a scenario."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic.fields import FieldInfo

from data.template.layout import BETWEEN, FAMILIES, ROOT, Names, Table, family_of, relatives, tables
from model.base import OWNERS_UNIT, Value
from model.fields import Path, titled, unit_of, value_class
from model.scenario import Scenario

OF, ENTRY = "Of", "Entry"
ABOUT: dict[str, Names] = {
    **dict.fromkeys(FAMILIES, (OF, ENTRY)),
    **{t.sheet: (OF, ENTRY) if t.owner in FAMILIES else (t.owner,) for t in tables() if t.owner},
    "Notes": (OF, ENTRY, "About", "Note", "Owner", "Date"),
}
"""The columns that say whose a line is, by its sheet; lines of other sheets are the scenario's own."""


PARTS = ("note", "owner", "date")
"""What is said of a source, in the order of the columns."""


@dataclass(frozen=True)
class Line:
    """A value on a line of its own: its class, where it is, whose it is as columns say, and what it is called."""

    item: Any
    node: Any
    path: Path
    owner: Names = ()
    called: str = ""
    unit: str = ""


Lines = dict[str, list[Line]]
"""The lines of every sheet in their order."""


def at(node: Any, place: Sequence[str | int]) -> Any:
    """What is at a place; None where there is nothing."""
    for key in place:
        node = node.get(key) if isinstance(node, dict) else None
    return node


def lines_of(document: Any) -> Lines:
    """Every line that a scenario document has."""
    found: Lines = {ROOT: [Line(Scenario, document, (), called=ROOT)]}
    for table in tables():
        if table.owner not in FAMILIES:
            found[table.sheet] = list(_listed(table, found[table.owner or ROOT]))
    every = [line for lines in found.values() for line in lines]
    for family in FAMILIES:
        found[family] = [line for owner in every for line in _related(owner, family)]
    for table in tables():
        if table.owner in FAMILIES:
            found[table.sheet] = list(_listed(table, found[table.owner]))
    return found


def _listed(table: Table, owners: Sequence[Line]) -> Iterator[Line]:
    """The lines of a list, of all its owners."""
    number = 0
    for owner in owners:
        whose = owner.owner if table.owner in FAMILIES else (owner.called.partition(": ")[2],) if table.owner else ()
        for i, node in enumerate(at(owner.node, table.place) or []):
            number += 1
            path = (*owner.path, *table.place, i)
            yield Line(table.item, node, path, whose, called(table, node, number), owner.unit)


def called(table: Table, node: Any, number: int) -> str:
    """What other sheets call a line: by its name, or its number on its sheet."""
    name = node.get("name") if table.named and isinstance(node, dict) else None
    return f"{table.sheet}: {name if name is not None else number}"


def _related(owner: Line, family: str) -> Iterator[Line]:
    for place, title, sheet, info in relatives(owner.item):
        node = at(owner.node, place)
        if sheet == family and node is not None:
            unit = line_unit(owner, place, info)
            yield Line(info.annotation, node, (*owner.path, *place), (owner.called, title), unit=unit)


def line_unit(owner: Line, place: Names, info: FieldInfo) -> str:
    """The unit of a line's figures: that of its field, or what its owner says beside it, as a risk's impact_in does."""
    if unit_of(info) != OWNERS_UNIT:
        return unit_of(info)
    return "£" if at(owner.node, (*place[:-1], f"{place[-1]}_in")) in (None, "pounds") else "%"


def values_in(line: Line) -> Iterator[tuple[str, type[Value], Any]]:
    """Every value on a line, the line's own first: the titles that lead to it, its class, the value."""
    owner = value_class(line.item, line.node)
    if owner is not None:
        yield from _within(owner, line.node, ())


def _within(owner: type[Value], node: Any, titles: Names) -> Iterator[tuple[str, type[Value], Any]]:
    yield BETWEEN.join(titles), owner, node
    for name, info in owner.model_fields.items():
        inner = value_class(info.annotation, node.get(name)) if isinstance(node.get(name), dict) else None
        if inner is not None and not family_of(info.annotation):
            yield from _within(inner, node[name], (*titles, titled(owner, name)))


def address(line: Line, inner: str) -> tuple[str, str]:
    """'Of' and 'Entry' of a value on a line."""
    of, entry = line.owner if not line.called else (line.called, "")
    return of, BETWEEN.join(part for part in (entry, inner) if part)


def notes(lines: Lines) -> Iterator[Names]:
    """Every note of a source: of what, which entry, about which of its figures, what it says, whose, and of when."""
    for line in (line for some in lines.values() for line in some):
        for inner, owner, node in values_in(line):
            for source in node.get("sources", []):
                yield *address(line, inner), titled(owner, source["field"]), *(source.get(part, "") for part in PARTS)
