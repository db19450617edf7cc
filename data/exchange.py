"""A whole library as one JSON document, and such a document brought into another library, or into the same one.

What is here already is recognised by its id and not doubled. A version goes on top of the one that it was made from,
where that is still the newest here; otherwise it begins a design of its own: neither library overwrites the other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NoReturn

from sqlalchemy import Connection, Table, select

from data import positions, shelves, store
from data.drafts import new_id
from data.library import scenario
from data.records import Act, Alliance, Design, Position, Record, Seal, Version
from model.base import Value, plain
from model.documents import Refused, parse, validated
from model.tables import partner_names

LARGEST = 50_000_000
"""Bytes: some thousand versions."""


class File(Value):
    """All that a library holds."""

    holds: Literal["alliance library"] = plain("Holds", "What this file is.")
    layout: Literal[1] = plain("Layout", "Version of this file's layout.")
    alliances: tuple[Alliance, ...] = plain("Alliances", "Folders of designs.")
    designs: tuple[Design, ...] = plain("Designs", "Lines of versions.")
    versions: tuple[Version, ...] = plain("Versions", "Scenarios as they were saved.")
    acts: tuple[Act, ...] = plain("Acts", "What was renamed or archived.")
    positions: tuple[Position, ...] = plain("Positions", "Where partners stood.")
    seals: tuple[Seal, ...] = plain("Seals", "Versions that are the agreed ones.")


SHELVES: tuple[tuple[str, type[Record], Table, tuple[str, ...]], ...] = (
    ("alliances", Alliance, shelves.alliances, ("id",)),
    ("designs", Design, shelves.designs, ("id",)),
    ("versions", Version, shelves.versions, ("design", "number")),
    ("acts", Act, shelves.acts, ("done_at", "id")),
    ("positions", Position, shelves.positions, ("version", "number")),
    ("seals", Seal, shelves.seals, ("id",)),
)


@dataclass
class Brought:
    """What came with a file: new versions, those that were here, new designs for versions that had nowhere to go on,
    and what did not fit any more, in words."""

    new: int = 0
    known: int = 0
    apart: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


def whole() -> str:
    """The library as one JSON document. Raises store.Unreachable, and Refused where it is too large to come back."""
    with store.reading() as library:
        lines = {name: _lines(library, table, order, kind) for name, kind, table, order in SHELVES}
    text = File.model_validate({"holds": "alliance library", "layout": 1, **lines}).model_dump_json(indent=1)
    if len(text.encode()) > LARGEST:
        _refuse(f"the library is larger than {LARGEST:,} bytes, which no file may be; copy the database instead")
    return text


def bring_in(text: str | bytes) -> Brought:
    """Adds what such a document has more, all of it or nothing. Raises store.Unreachable and Refused."""
    document = parse(text, LARGEST)
    if not isinstance(document, dict) or document.get("holds") != "alliance library":
        _refuse("this is not a library: it must be a file that 'Download the library' made")
    file = validated(File, document)
    partners = _checked(file)
    with store.writing() as library:
        arrival = _Arrival(library, file, partners)
        arrival.bring_alliances()
        arrival.bring_versions()
        arrival.bring_positions()
        arrival.bring_seals()
        arrival.bring_acts()
    return arrival.brought


def _lines(library: Connection, table: Table, order: Iterable[str], kind: type[Record]) -> list[Record]:
    found = [kind.model_validate(dict(row._mapping)) for row in library.execute(select(table))]
    return sorted(found, key=lambda one: [getattr(one, name) for name in order])  # not as a database sorts


def _checked(file: File) -> dict[str, list[str]]:
    """The partners in every version of a file that is whole and holds only scenarios that can be opened."""
    designs, versions = {one.id: one for one in file.designs}, {one.id for one in file.versions}
    for part in (file.alliances, file.designs, file.versions, file.acts, file.positions, file.seals):
        if len({one.id for one in part}) < len(part):
            _refuse("the file holds the same thing twice; download the library again")
    missing = [one for one in file.designs if one.alliance not in {alliance.id for alliance in file.alliances}]
    torn = [one for one in file.versions if one.design not in designs or one.parent not in {None, *versions}]
    apart = {*(one.version for one in file.positions), *(one.version for one in file.seals)} - versions
    if missing or torn or apart:
        _refuse("the file is not whole: something in it belongs to what is not there; download the library again")
    return {one.id: _partners(one, designs[one.design]) for one in file.versions}


def _partners(version: Version, design: Design) -> list[str]:
    try:
        return partner_names(scenario(version))
    except Refused as refusal:
        _refuse(f"version {version.number} of '{design.name}' cannot be used. {str(refusal).rstrip('.')}")


class _Arrival:
    """A file being brought in, within one transaction in which nobody else writes."""

    def __init__(self, library: Connection, file: File, partners: Mapping[str, list[str]]) -> None:
        self.library, self.file, self.partners = library, file, partners
        self.brought = Brought()
        for table in (shelves.alliances, shelves.designs):
            library.execute(select(table).with_for_update())
        versions = shelves.versions.c
        self.places = {row.id: row for row in library.execute(select(versions.id, versions.design, versions.digest))}
        self.sealed = set(library.execute(select(shelves.seals.c.version)).scalars())

    def bring_alliances(self) -> None:
        """Adds the alliances that are not here."""
        names = self._names(shelves.alliances)
        for one in self._missing(self.file.alliances, shelves.alliances):
            names.append(self._add(shelves.alliances, one.edited(name=_free(one.name, names))).name)

    def bring_versions(self) -> None:
        """Adds the versions that are not here, each after the one that it was made from."""
        ends = self._ends()
        self.design_of = {id: place.design for id, place in self.places.items()}
        for version in _in_order(self.file.versions):
            if version.id in self.places:
                if self.places[version.id].digest != version.digest:
                    _refuse(f"version {version.number} in the file is another than the one here with its id")
                self.brought.known += 1
                continue
            design, number = self._place(version, ends)
            self._add(shelves.versions, version.edited(design=design, number=number))
            ends[design] = (version.id, number)
            self.design_of[version.id] = design
            self.brought.new += 1

    def _place(self, version: Version, ends: dict[str, tuple[str, int]]) -> tuple[str, int]:
        """The design and number under which a version is kept here."""
        on = self.design_of.get(version.parent or "", "")
        if version.number > 1 and on and ends[on][0] == version.parent and version.parent not in self.sealed:
            return on, ends[on][1] + 1
        design = next(one for one in self.file.designs if one.id == version.design)
        names = self._names(shelves.designs, shelves.designs.c.alliance == design.alliance)
        if design.id not in ends and version.number == 1:
            return self._add(shelves.designs, design.edited(name=_free(design.name, names))).id, 1
        new = design.edited(id=new_id(), name=_free(f"{design.name[:60]} (brought in)", names))
        self.brought.apart.append(self._add(shelves.designs, new).name)
        return new.id, 1

    def bring_positions(self) -> None:
        """Adds the positions that are not here, but for those on versions that were sealed here."""
        for one in self._missing(self.file.positions, shelves.positions):
            if one.partner not in self.partners[one.version]:
                _refuse(
                    f"the file is not whole: '{one.partner}' is no partner in the version that it has a position on"
                )
            if one.version in self.sealed:
                self.brought.left.append(f"a position of {one.partner}, on a version that is sealed here")
            else:
                number = len(positions.said_in(self.library, one.version)) + 1
                self._add(shelves.positions, one.edited(number=number))

    def bring_seals(self) -> None:
        """Adds the seals that are not here, where the version is still the newest and agreed."""
        newest = {id for id, _ in self._ends().values()}
        of = {one.id: one for one in self.file.versions}
        for one in self._missing(self.file.seals, shelves.seals):
            version = of[one.version]
            accepting = positions.accepts(positions.said_in(self.library, version.id))
            agreed = set(self.partners[version.id]) <= accepting
            if version.id in newest and agreed and version.id not in self.sealed:
                self._add(shelves.seals, one)
            else:
                self.brought.left.append(f"the seal on version {version.number}, which is not the agreed one here")

    def bring_acts(self) -> None:
        """Adds what was renamed or archived elsewhere to the record; names here stay as they are."""
        for one in self._missing(self.file.acts, shelves.acts):
            self._add(shelves.acts, one)

    def _ends(self) -> dict[str, tuple[str, int]]:
        """The newest version of every design here: its id and number."""
        versions = shelves.versions.c
        found = self.library.execute(select(versions.design, versions.id, versions.number).order_by(versions.number))
        return {row.design: (row.id, row.number) for row in found}

    def _missing(self, records: Any, table: Table) -> list[Any]:
        here = set(self.library.execute(select(table.c.id)).scalars())
        return [one for one in records if one.id not in here]

    def _names(self, table: Table, *where: Any) -> list[str]:
        return list(self.library.execute(select(table.c.name).where(*where)).scalars())

    def _add(self, table: Table, one: Any) -> Any:
        self.library.execute(table.insert(), one.model_dump())
        return one


def _in_order(versions: Iterable[Version]) -> list[Version]:
    """Every version after the one that it was made from."""
    waiting, order = sorted(versions, key=lambda one: one.number), list[Version]()
    done: set[str | None] = {None}
    while waiting:
        ready = [one for one in waiting if one.parent in done]
        if not ready:
            _refuse("the file is not whole: some versions are made from each other in a circle")
        order += ready
        done |= {one.id for one in ready}
        waiting = [one for one in waiting if one.id not in done]
    return order


def _free(name: str, taken: list[str]) -> str:
    """The name, or the name with the next number that nobody has."""
    folded = {other.casefold() for other in taken}
    tried = [name, *(f"{name[:70]} {i}" for i in range(2, len(folded) + 3))]
    return next(one for one in tried if one.casefold() not in folded)


def _refuse(reason: str) -> NoReturn:
    raise Refused.because(reason)
