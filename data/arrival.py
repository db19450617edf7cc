"""The content of a library's file coming into a library: what is new, and where each version goes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Table, select

from data import positions, shelves
from data.drafts import new_id
from data.people import Person, enter
from data.records import Version
from data.within import record, refuse

if TYPE_CHECKING:
    from data.exchange import File


@dataclass
class Brought:
    """What came with a file: new versions, those that were here, new designs for versions that had nowhere to go on,
    and what did not fit any more, in words."""

    new: int = 0
    known: int = 0
    apart: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


class Arrival:
    """A file being brought in, within one transaction in which nobody else writes."""

    def __init__(self, library: Connection, file: "File", partners: Mapping[str, list[str]], by: Person) -> None:
        self.library, self.file, self.partners, self.by = library, file, partners, by
        self.brought, self.added = Brought(), 0
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
            if self.by.email:
                enter(self.library, one.id, self.by.email, "facilitator", "", self.by.signature)

    def bring_versions(self) -> None:
        """Adds the versions that are not here, each after the one that it was made from."""
        ends = self._ends()
        self.design_of = {id: place.design for id, place in self.places.items()}
        for version in _in_order(self.file.versions):
            if version.id in self.places:
                if self.places[version.id].digest != version.digest:
                    refuse(f"version {version.number} in the file is another than the one here with its id")
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
                refuse(f"the file is not whole: '{one.partner}' is no partner in the version that it has a position on")
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

    def sign(self) -> None:
        """Records on every alliance of the file which account brought it in: a file can say anything of others."""
        if self.by.email and self.added:
            for one in self.file.alliances:
                record(self.library, one.id, f"{self.added} entries brought in from a file", self.by)

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
        self.added += 1
        return one


def _in_order(versions: Iterable[Version]) -> list[Version]:
    """Every version after the one that it was made from."""
    waiting, order = sorted(versions, key=lambda one: one.number), list[Version]()
    done: set[str | None] = {None}
    while waiting:
        ready = [one for one in waiting if one.parent in done]
        if not ready:
            refuse("the file is not whole: some versions are made from each other in a circle")
        order += ready
        done |= {one.id for one in ready}
        waiting = [one for one in waiting if one.id not in done]
    return order


def _free(name: str, taken: list[str]) -> str:
    """The name, or the name with the next number that nobody has."""
    folded = {other.casefold() for other in taken}
    tried = [name, *(f"{name[:70]} {i}" for i in range(2, len(folded) + 3))]
    return next(one for one in tried if one.casefold() not in folded)
