"""Alliances, their designs, and every version of each as it was saved: nothing is overwritten or deleted.

A design is a line of versions 1, 2, 3 … . Each is saved on top of the newest one, by somebody who has seen that.
A sealed version closes its design: nothing more is saved there, and whoever wants to go on begins a new design from it.
Everything is done by a person, who sees and changes what its part in the alliance allows (data.people).
Raises store.Unreachable where there is no database, Refused for whatever cannot be saved or is not allowed.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, Table, select

from data import own, shelves, store
from data.drafts import new_id
from data.people import UNKNOWN, Part, Person, enter, must_lead, must_see, only_leads, part_in
from data.records import Act, Alliance, Design, Record, Version, now
from data.within import (
    as_alliance,
    as_design,
    as_version,
    design_in,
    home_of,
    leads,
    line,
    must_be_free,
    of,
    open_in,
    record,
    refuse,
    version_in,
)
from model.differences import differences
from model.documents import from_json, parse, to_document, to_json, validated
from model.scenario import Scenario
from model.version import VERSION

TABLES: dict[type[Record], Table] = {Alliance: shelves.alliances, Design: shelves.designs}


@dataclass(frozen=True)
class Moved:
    """Why nothing was saved: the newest version is not the one that was started from."""

    newest: Version


def alliances(by: Person) -> list[Alliance]:
    """All alliances that a person may see by name, archived ones too."""
    with store.reading() as library:
        every = map(as_alliance, library.execute(select(shelves.alliances)))
        return sorted((one for one in every if part_in(library, one.id, by)), key=_by_name)


def designs(alliance: str, by: Person) -> list[Design]:
    """The designs of an alliance by name, archived ones too."""
    with store.reading() as library:
        must_see(library, alliance, by)
        return sorted(map(as_design, library.execute(_named_in(alliance))), key=_by_name)


def versions(design: str, by: Person) -> list[Version]:
    """The versions of a design, the newest first."""
    with store.reading() as library:
        design_in(library, design, by)
        return [as_version(row) for row in library.execute(of(design))]


def version(id: str, by: Person) -> Version:
    """One version."""
    with store.reading() as library:
        return version_in(library, id, by)


class Called(NamedTuple):
    """What a version is called, and when it was saved; nothing of what it holds, or of who saved it."""

    design: str
    number: int
    saved_at: str


def called(id: str) -> Called:
    """What a version is called, for screens that follow a draft which began with it: these see nothing else here."""
    with store.reading() as library:
        version, design = shelves.versions.c, shelves.designs.c
        asked = select(design.name, version.number, version.saved_at).where(version.id == id)
        row = library.execute(asked.where(design.id == version.design)).first()
    if row is None:
        refuse(UNKNOWN)
    return Called(*row)


def holds(id: str, scenario: Scenario) -> bool:
    """Whether a version is this very scenario; nothing else of what it holds is told."""
    with store.reading() as library:
        document = shelves.versions.c.document
        text = library.execute(select(document).where(shelves.versions.c.id == id)).scalar()
    if text is None:
        refuse(UNKNOWN)
    return from_json(text) == scenario


def design(id: str, by: Person) -> Design:
    """One design."""
    with store.reading() as library:
        return design_in(library, id, by)


def scenario(version: Version) -> Scenario:
    """The scenario of a version."""
    if not version.whole:
        refuse(f"version {version.number} is not as it was saved; bring the library back from a copy")
    return from_json(version.document)


def begin(alliance: str, name: str, scenario: Scenario, by: Person, why: str, start: str | None = None) -> Version:
    """Version 1 of a new design, in the alliance of that name, which is new if nobody had it: who begins an alliance
    leads it. `start`: the id of the version that it branches from."""
    with store.writing() as library:
        home = _home(library, alliance, by)
        new = validated(Design, {"id": new_id(), "alliance": home.id, "name": " ".join(name.split())})
        must_be_free(new.name, [row.name for row in library.execute(_named_in(home.id))])
        library.execute(shelves.designs.insert(), new.model_dump())
        before = version_in(library, start, by) if start else None
        return _append(library, new.id, 1, before, scenario, by, why)


def save(design: str, scenario: Scenario, start: str | None, by: Person, why: str) -> Version | Moved:
    """The next version of a design, or the newest one where that is not the one started from, by its id."""
    with store.writing() as library:
        newest, part = open_in(library, design, by)
        if newest.id != start:
            return Moved(newest)
        _must_be_own(part, newest, scenario)
        return _append(library, design, newest.number + 1, newest, scenario, by, why)


def restore(id: str, by: Person, why: str) -> Version:
    """A new version of the same design, with the scenario of an older one."""
    with store.writing() as library:
        old = version_in(library, id, by)
        must_lead(library, home_of(library, old.design), by)
        newest, _ = open_in(library, old.design, by)
        return _append(library, old.design, newest.number + 1, newest, scenario(old), by, why)


def rename(one: Alliance | Design, name: str, by: Person) -> None:
    """Gives an alliance or a design another name, and records the old one."""
    name = " ".join(name.split())
    new = validated(type(one), one.model_dump() | {"name": name})
    with store.writing() as library:
        leads(library, one, by)
        table = TABLES[type(one)]
        old = line(library, table, one.id).name
        others = select(table) if isinstance(one, Alliance) else _named_in(one.alliance)
        must_be_free(name, [row.name for row in library.execute(others.with_for_update()) if row.id != one.id])
        library.execute(table.update().where(table.c.id == one.id).values(name=new.name))
        record(library, one.id, f"Renamed from '{old}' to '{new.name}'", by)


def archive(one: Alliance | Design, by: Person) -> None:
    """Puts an alliance or a design away; it stays whole, and can be taken out again."""
    _put(one, True, "Archived", by)


def take_out(one: Alliance | Design, by: Person) -> None:
    """Takes an archived alliance or design out again."""
    _put(one, False, "Taken out of the archive", by)


def acts(one: Alliance | Design, by: Person) -> list[Act]:
    """What was done to an alliance or a design; the last first."""
    found = select(shelves.acts).where(shelves.acts.c.subject == one.id).order_by(shelves.acts.c.done_at.desc())
    with store.reading() as library:
        must_see(library, one.id if isinstance(one, Alliance) else design_in(library, one.id, by).alliance, by)
        return [Act.model_validate(dict(row._mapping)) for row in library.execute(found)]


def _must_be_own(part: Part, newest: Version, scenario: Scenario) -> None:
    """Refuses what a person may not save on top of a version."""
    if part.leads:
        return
    if part.role != "partner":
        only_leads(part)
    before, after = to_document(from_json(newest.document)), to_document(scenario)
    if not own.only_own(after, before, part.partner):
        others = differences(*own.besides(after, before, part.partner))
        refuse(
            f"you can save {part.partner}'s own appetite and estimates, and nothing else is yours to change here: "
            f"{others[0] if others else 'an entry of another partner'}"
        )


def _append(
    library: Connection, design: str, number: int, before: Version | None, scenario: Scenario, by: Person, why: str
) -> Version:
    text = to_json(scenario)
    changed = differences(parse(before.document), to_document(scenario)) if before else []
    from_json(text)  # a version that could not be opened again must not exist
    told = {"id": new_id(), "design": design, "number": number, "parent": before.id if before else None}
    told |= {"document": text, "inputs": scenario.id, "model_version": VERSION}
    told |= {"who": by.signature, "why": why, "saved_at": now(), "changed": changed}
    new = validated(Version, told).digested()
    library.execute(shelves.versions.insert(), new.model_dump())
    return new


def _home(library: Connection, name: str, by: Person) -> Alliance:
    """The alliance of a name, which a person leads; made if there is none."""
    new = validated(Alliance, {"id": new_id(), "name": " ".join(name.split())})
    for one in map(as_alliance, library.execute(select(shelves.alliances).with_for_update())):
        if one.name.casefold() == new.name.casefold():
            if part_in(library, one.id, by) is None:
                refuse(f"there is an alliance called '{new.name}' in which you have no part; choose another name")
            must_lead(library, one.id, by)
            return one
    library.execute(shelves.alliances.insert(), new.model_dump())
    if by.email:
        enter(library, new.id, by.email, "facilitator", "", by.signature)
    return new


def _put(one: Alliance | Design, away: bool, said: str, by: Person) -> None:
    table = TABLES[type(one)]
    with store.writing() as library:
        leads(library, one, by)
        library.execute(table.update().where(table.c.id == one.id).values(archived=away))
        record(library, one.id, said, by)


def _named_in(alliance: str) -> Select[Any]:
    return select(shelves.designs).where(shelves.designs.c.alliance == alliance)


def _by_name(one: Alliance | Design) -> str:
    return one.name.casefold()
