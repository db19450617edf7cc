"""Which sheets and columns a scenario has, worked out from its fields: a new field has its column by itself."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from model.amounts import Amount
from model.base import Value
from model.evidence import Distribution
from model.fields import bare, choices, element, kind_of, unit_of
from model.scenario import Scenario

Names = tuple[str, ...]
"""Entries that lead to a place within a line, one inside the other."""

BETWEEN = " › "
ROOT = "Alliance"
FAMILIES: dict[str, Any] = {"Uncertainty": Distribution, "Caps": Amount}
"""Groups of kinds with too many entries for a column each: a line of a sheet of their own, by the sheet's name."""

FORM_OF = {"risk_share": "Terms"}
"""Parts of the scenario whose single entries have a sheet of their own; all others are on the first."""


@dataclass(frozen=True)
class Column:
    """A single entry, or a list of them that runs to the right: where in its line, its title, its field."""

    place: Names
    title: str
    info: FieldInfo
    allowed: Names = ()
    """The words that it may hold, where not every one will do."""

    @property
    def is_kind(self) -> bool:
        """Whether it says which kind of a choice its line is."""
        return self.place[-1] == "kind" and not self.info.title

    @property
    def is_list(self) -> bool:
        return get_origin(_plain(self.info.annotation)) is tuple

    @property
    def has_gaps(self) -> bool:
        """Whether a cell of a list may be empty where one to its right is not."""
        return self.is_list and NoneType in get_args(element(self.info.annotation))


@dataclass(frozen=True)
class Table:
    """A sheet with a line for each value of a list: where the list is in its owner, and what a line has.

    `owner`: the sheet whose lines have the lists; None for a list of the scenario itself.
    """

    sheet: str
    place: Names
    item: type[Value]
    owner: str | None

    @property
    def named(self) -> bool:
        """Whether its lines are called by their names, which differ; else by their numbers."""
        return "name" in self.item.model_fields and self.owner not in FAMILIES


def columns(owner: Any) -> list[Column]:
    """The columns of a class, or of all members of a union together; a list is the last."""
    found: dict[Names, Column] = {}
    for place, titles, info in _leaves(owner, (), ()):
        before = found.get(place, Column(place, BETWEEN.join(titles), info))
        words = get_args(bare(info.annotation)) if get_origin(bare(info.annotation)) is Literal else ()
        title = before.title if before.title.endswith(titles[-1]) else f"{before.title} or {titles[-1]}"
        found[place] = replace(before, title=title, allowed=tuple(dict.fromkeys([*before.allowed, *words])))
    with_units = [replace(column, title=_with_unit(column)) for column in found.values()]
    return sorted(with_units, key=lambda column: column.is_list)


def _with_unit(column: Column) -> str:
    """A title that says its unit."""
    unit = unit_of(column.info)
    return f"{column.title} ({unit})" if unit in ("£", "%") and unit not in column.title else column.title


def _leaves(owner: Any, place: Names, titles: Names) -> Iterator[tuple[Names, Names, FieldInfo]]:
    """Place, titles and field of every single entry of a class or a union."""
    for member in choices(owner):
        for name, info in member.model_fields.items():
            here, said = (*place, name), (*titles, info.title or name.capitalize())
            inside = _classes(info.annotation)
            if name in ("sources", "schema_version") or family_of(info.annotation) or _lines_of(info.annotation):
                continue
            if inside:
                yield from _leaves(info.annotation, here, said)
            else:
                yield here, said, info


@cache
def tables() -> tuple[Table, ...]:
    """Every sheet of lists, each after the one that owns it."""
    return tuple({(table.owner, table.place): table for table in _tables(Scenario, (), (), None)}.values())


def _tables(owner: Any, place: Names, titles: Names, sheet: str | None) -> Iterator[Table]:
    for member in choices(owner):
        for name, info in member.model_fields.items():
            here, said = (*place, name), (*titles, info.title or name)
            lines = _lines_of(info.annotation) if name != "sources" else None
            if lines:
                called = said[-1] if kind_of(member) is None else ", ".join(said[-2:]).capitalize()
                yield Table(called, here, lines, sheet)
                yield from _tables(lines, (), (), called)
            elif _classes(info.annotation) and not family_of(info.annotation):
                yield from _tables(info.annotation, here, said, sheet)
    if owner is Scenario:
        for family, union in FAMILIES.items():
            yield from _tables(union, (), (), family)


def family_of(annotation: Any) -> str | None:
    """The sheet that lines of this sort are on, where they have one."""
    members = _classes(annotation)
    return next((sheet for sheet, kinds in FAMILIES.items() if set(members) == set(choices(kinds))), None)


def relatives(owner: Any, place: Names = (), titles: Names = ()) -> Iterator[tuple[Names, str, str, FieldInfo]]:
    """What a class has on the sheets of families: its place, its title, the sheet, its field."""
    for member in choices(owner):
        for name, info in member.model_fields.items():
            here, said = (*place, name), (*titles, info.title or name)
            if sheet := family_of(info.annotation):
                yield here, BETWEEN.join(said), sheet, info
            elif _classes(info.annotation) and name != "sources":
                yield from relatives(info.annotation, here, said)


def _classes(annotation: Any) -> list[type[Value]]:
    return [one for one in choices(annotation) if isinstance(one, type) and issubclass(one, Value)]


def _lines_of(annotation: Any) -> type[Value] | None:
    """The class of the lines of a list; None for anything else."""
    if get_origin(_plain(annotation)) is not tuple:
        return None
    held = element(annotation)
    return held if isinstance(held, type) and issubclass(held, Value) else None


def _plain(annotation: Any) -> Any:
    """A list's type, without what is noted beside it."""
    members = choices(annotation)
    return members[0] if len(members) == 1 and get_args(annotation) else annotation
