"""Alliances, their designs, and every version of each as it was saved: nothing is overwritten or deleted.

A design is a line of versions 1, 2, 3 … . Each is saved on top of the newest one, by somebody who has seen that.
A sealed version closes its design: nothing more is saved there, and whoever wants to go on begins a new design from it.
Raises store.Unreachable where there is no database, Refused for whatever cannot be saved.
"""

from dataclasses import dataclass
from typing import Any, NoReturn

from sqlalchemy import Connection, Row, Select, Table, select

from data import shelves, store
from data.drafts import new_id
from data.records import Act, Alliance, Design, Record, Version, now
from model.differences import differences
from model.documents import Refused, from_json, parse, to_document, to_json, validated
from model.scenario import Scenario
from model.version import VERSION

TABLES: dict[type[Record], Table] = {Alliance: shelves.alliances, Design: shelves.designs}


@dataclass(frozen=True)
class Moved:
    """Why nothing was saved: the newest version is not the one that was started from."""

    newest: Version


def alliances() -> list[Alliance]:
    """All alliances by name, archived ones too."""
    with store.reading() as library:
        return sorted(map(_alliance, library.execute(select(shelves.alliances))), key=_by_name)


def designs(alliance: str) -> list[Design]:
    """The designs of an alliance by name, archived ones too."""
    with store.reading() as library:
        return sorted(map(_design, library.execute(_named_in(alliance))), key=_by_name)


def versions(design: str) -> list[Version]:
    """The versions of a design, the newest first."""
    with store.reading() as library:
        return [as_version(row) for row in library.execute(_of(design))]


def version(id: str) -> Version:
    """One version."""
    with store.reading() as library:
        return version_in(library, id)


def design(id: str) -> Design:
    """One design."""
    with store.reading() as library:
        return _design(line(library, shelves.designs, id))


def scenario(version: Version) -> Scenario:
    """The scenario of a version."""
    if not version.whole:
        _refuse(f"version {version.number} is not as it was saved; bring the library back from a copy")
    return from_json(version.document)


def begin(alliance: str, name: str, scenario: Scenario, who: str, why: str, start: str | None = None) -> Version:
    """Version 1 of a new design, in the alliance of that name, which is new if nobody had it. `start`: the id of the
    version that it branches from."""
    with store.writing() as library:
        home = _home(library, alliance)
        new = validated(Design, {"id": new_id(), "alliance": home.id, "name": " ".join(name.split())})
        must_be_free(new.name, [row.name for row in library.execute(_named_in(home.id))])
        library.execute(shelves.designs.insert(), new.model_dump())
        before = version_in(library, start) if start else None
        return _append(library, new.id, 1, before, scenario, who, why)


def save(design: str, scenario: Scenario, start: str | None, who: str, why: str) -> Version | Moved:
    """The next version of a design, or the newest one where that is not the one started from, by its id."""
    with store.writing() as library:
        newest = open_in(library, design)
        if newest.id != start:
            return Moved(newest)
        return _append(library, design, newest.number + 1, newest, scenario, who, why)


def restore(id: str, who: str, why: str) -> Version:
    """A new version of the same design, with the scenario of an older one."""
    with store.writing() as library:
        old = version_in(library, id)
        newest = open_in(library, old.design)
        return _append(library, old.design, newest.number + 1, newest, scenario(old), who, why)


def rename(one: Alliance | Design, name: str, who: str) -> None:
    """Gives an alliance or a design another name, and records the old one."""
    name = " ".join(name.split())
    new = validated(type(one), one.model_dump() | {"name": name})
    with store.writing() as library:
        table = TABLES[type(one)]
        old = line(library, table, one.id).name
        others = select(table) if isinstance(one, Alliance) else _named_in(one.alliance)
        must_be_free(name, [row.name for row in library.execute(others.with_for_update()) if row.id != one.id])
        library.execute(table.update().where(table.c.id == one.id).values(name=new.name))
        record(library, one.id, f"Renamed from '{old}' to '{new.name}'", who)


def archive(one: Alliance | Design, who: str) -> None:
    """Puts an alliance or a design away; it stays whole, and can be taken out again."""
    _put(one, True, "Archived", who)


def take_out(one: Alliance | Design, who: str) -> None:
    """Takes an archived alliance or design out again."""
    _put(one, False, "Taken out of the archive", who)


def acts(subject: str) -> list[Act]:
    """What was done to an alliance or a design, by its id; the last first."""
    found = select(shelves.acts).where(shelves.acts.c.subject == subject).order_by(shelves.acts.c.done_at.desc())
    with store.reading() as library:
        return [Act.model_validate(dict(row._mapping)) for row in library.execute(found)]


# Within a transaction ---------------------------------------------------------------------------------------------


def open_in(library: Connection, design: str) -> Version:
    """The newest version of a design that is not sealed; nobody else can add to the design until this is done."""
    line(library, shelves.designs, design)
    newest = as_version(library.execute(_of(design).limit(1)).one())
    if library.execute(select(shelves.seals).where(shelves.seals.c.version == newest.id)).first():
        _refuse(f"version {newest.number} is sealed, which closes its design; save this as a new design")
    return newest


def version_in(library: Connection, id: str) -> Version:
    """A version by its id."""
    row = library.execute(select(shelves.versions).where(shelves.versions.c.id == id)).first()
    if row is None:
        _refuse("there is no such version in this library")
    return as_version(row)


def line(library: Connection, table: Table, id: str) -> Row[Any]:
    """A line of a table, which nobody else writes to until this is done."""
    row = library.execute(select(table).where(table.c.id == id).with_for_update()).first()
    if row is None:
        _refuse("there is no such alliance or design in this library")
    return row


def must_be_free(name: str, taken: list[str]) -> None:
    """Refuses a name that a reader could not tell from another."""
    if name.casefold() in [other.casefold() for other in taken]:
        _refuse(f"there is one called '{name}' already; choose another name")


def record(library: Connection, subject: str, said: str, who: str) -> None:
    """Records what was done to an alliance or a design."""
    act = validated(Act, {"id": new_id(), "subject": subject, "said": said, "who": who, "done_at": now()})
    library.execute(shelves.acts.insert(), act.model_dump())


def as_version(row: Row[Any]) -> Version:
    """A line of the versions."""
    return Version.model_validate(dict(row._mapping))


def _append(
    library: Connection, design: str, number: int, before: Version | None, scenario: Scenario, who: str, why: str
) -> Version:
    text = to_json(scenario)
    changed = differences(parse(before.document), to_document(scenario)) if before else []
    from_json(text)  # a version that could not be opened again must not exist
    told = {"id": new_id(), "design": design, "number": number, "parent": before.id if before else None}
    told |= {"document": text, "inputs": scenario.id, "model_version": VERSION}
    told |= {"who": who, "why": why, "saved_at": now(), "changed": changed}
    new = validated(Version, told).digested()
    library.execute(shelves.versions.insert(), new.model_dump())
    return new


def _home(library: Connection, name: str) -> Alliance:
    """The alliance of a name, made if there is none."""
    new = validated(Alliance, {"id": new_id(), "name": " ".join(name.split())})
    found = [_alliance(row) for row in library.execute(select(shelves.alliances).with_for_update())]
    for one in found:
        if one.name.casefold() == new.name.casefold():
            return one
    library.execute(shelves.alliances.insert(), new.model_dump())
    return new


def _put(one: Alliance | Design, away: bool, said: str, who: str) -> None:
    table = TABLES[type(one)]
    with store.writing() as library:
        library.execute(table.update().where(table.c.id == one.id).values(archived=away))
        record(library, one.id, said, who)


def _of(design: str) -> Select[Any]:
    return (
        select(shelves.versions).where(shelves.versions.c.design == design).order_by(shelves.versions.c.number.desc())
    )


def _named_in(alliance: str) -> Select[Any]:
    return select(shelves.designs).where(shelves.designs.c.alliance == alliance)


def _by_name(one: Alliance | Design) -> str:
    return one.name.casefold()


def _alliance(row: Row[Any]) -> Alliance:
    return Alliance.model_validate(dict(row._mapping))


def _design(row: Row[Any]) -> Design:
    return Design.model_validate(dict(row._mapping))


def _refuse(reason: str) -> NoReturn:
    raise Refused.because(reason)
