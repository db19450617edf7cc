"""A whole library as one JSON document, and such a document brought into another library, or into the same one.

What is here already is recognised by its id and not doubled. A version goes on top of the one that it was made from,
where that is still the newest here; otherwise it begins a design of its own: neither library overwrites the other.
A person takes out the alliances that it leads, and brings in only what belongs to those, or to alliances that are new.
Which account has which part is no part of a file.
"""

from collections.abc import Iterable
from typing import Any, Literal

from sqlalchemy import Connection, Table, select

from data import shelves, store
from data.arrival import Arrival, Brought
from data.library import scenario
from data.people import Person, must_lead, part_in
from data.records import Act, Alliance, Design, Position, Record, Seal, Version
from data.within import refuse
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


def whole(by: Person) -> str:
    """All that a person leads as one JSON document. Raises store.Unreachable; Refused where it could not come back."""
    with store.reading() as library:
        lines = {name: _lines(library, table, order, kind) for name, kind, table, order in SHELVES}
        _leave_to_others(library, lines, by)
    text = File.model_validate({"holds": "alliance library", "layout": 1, **lines}).model_dump_json(indent=1)
    if len(text.encode()) > LARGEST:
        refuse(f"the library is larger than {LARGEST:,} bytes, which no file may be; copy the database instead")
    return text


def bring_in(text: str | bytes, by: Person) -> Brought:
    """Adds what such a document has more, all of it or nothing. Raises store.Unreachable and Refused."""
    document = parse(text, LARGEST)
    if not isinstance(document, dict) or document.get("holds") != "alliance library":
        refuse("this is not a library: it must be a file that 'Download the library' made")
    file = validated(File, document)
    partners = _checked(file)
    with store.writing() as library:
        _must_lead_all(library, file, by)
        arrival = Arrival(library, file, partners, by)
        arrival.bring_alliances()
        arrival.bring_versions()
        arrival.bring_positions()
        arrival.bring_seals()
        arrival.bring_acts()
        arrival.sign()
    return arrival.brought


def _leave_to_others(library: Connection, lines: dict[str, list[Any]], by: Person) -> None:
    """Takes out of all that there is what belongs to alliances that a person does not lead."""

    def keep(name: str, field: str, ids: set[str]) -> set[str]:
        lines[name] = [one for one in lines[name] if getattr(one, field) in ids]
        return {one.id for one in lines[name]}

    parts = {one.id: part_in(library, one.id, by) for one in lines["alliances"]}
    homes = keep("alliances", "id", {id for id, part in parts.items() if part and part.leads})
    designs = keep("designs", "alliance", homes)
    versions = keep("versions", "design", designs)
    keep("acts", "subject", homes | designs)
    for name in ("positions", "seals"):
        keep(name, "version", versions)
    for one in lines["versions"]:
        if one.parent not in {None, *versions}:
            refuse(
                f"version {one.number}, saved by {one.who}, was made from a version of an alliance that you do not "
                "lead; somebody who leads both can download them"
            )


def _must_lead_all(library: Connection, file: File, by: Person) -> None:
    """Refuses a file with anything of an alliance that is here and that a person does not lead."""
    homes = {one.id: one.alliance for one in library.execute(select(shelves.designs))}
    places = {
        one.id: homes[one.design] for one in library.execute(select(shelves.versions.c.id, shelves.versions.c.design))
    }
    here = set(library.execute(select(shelves.alliances.c.id)).scalars())
    for home in here & {one.id for one in file.alliances}:
        must_lead(library, home, by)
    for part, known in ((file.designs, homes), (file.versions, places)):
        for one in part:
            if one.id in known:
                must_lead(library, known[one.id], by)
    for act in file.acts:
        if act.subject in here | set(homes):
            must_lead(library, homes.get(act.subject, act.subject), by)


def _lines(library: Connection, table: Table, order: Iterable[str], kind: type[Record]) -> list[Record]:
    found = [kind.model_validate(dict(row._mapping)) for row in library.execute(select(table))]
    return sorted(found, key=lambda one: [getattr(one, name) for name in order])  # not as a database sorts


def _checked(file: File) -> dict[str, list[str]]:
    """The partners in every version of a file that is whole and holds only scenarios that can be opened."""
    designs, versions = {one.id: one for one in file.designs}, {one.id for one in file.versions}
    for part in (file.alliances, file.designs, file.versions, file.acts, file.positions, file.seals):
        if len({one.id for one in part}) < len(part):
            refuse("the file holds the same thing twice; download the library again")
    missing = [one for one in file.designs if one.alliance not in {alliance.id for alliance in file.alliances}]
    torn = [one for one in file.versions if one.design not in designs or one.parent not in {None, *versions}]
    apart = {*(one.version for one in file.positions), *(one.version for one in file.seals)} - versions
    if missing or torn or apart:
        refuse("the file is not whole: something in it belongs to what is not there; download the library again")
    return {one.id: _partners(one, designs[one.design]) for one in file.versions}


def _partners(version: Version, design: Design) -> list[str]:
    try:
        return partner_names(scenario(version))
    except Refused as refusal:
        refuse(f"version {version.number} of '{design.name}' cannot be used. {str(refusal).rstrip('.')}")
