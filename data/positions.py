"""Who accepts a version, and which version is agreed.

Each partner's position is recorded, and the last one counts. A version that all partners accept, without conditions,
can be sealed if it is the newest of its design. From then on no position on it changes, and its design is closed.
A partner records its own position, a facilitator everybody's; a facilitator seals.
Raises store.Unreachable where there is no database, Refused for whatever cannot be recorded or is not allowed.
"""

from typing import Any

from sqlalchemy import Connection, select

from data import shelves, store
from data.drafts import new_id
from data.library import scenario
from data.own import SIDES
from data.people import Part, Person, must_see, only_leads
from data.records import Position, Seal, Stand, Version, now
from data.within import design_in, home_of, open_in, refuse, version_in
from model.documents import parse, validated
from model.tables import partner_names


def partners(version: Version) -> list[str]:
    """Everybody who has to accept a version: providers, then commissioners."""
    document = parse(version.document)
    return [str(line["name"]) for side in SIDES for line in document[side]]


def said(version: str, by: Person) -> list[Position]:
    """All that was ever recorded on a version, the first first."""
    with store.reading() as library:
        version_in(library, version, by)
        return said_in(library, version)


def on_design(design: str, by: Person) -> dict[str, list[Position]]:
    """All that was ever recorded on the versions of a design, by the id of the version."""
    table, versions = shelves.positions, shelves.versions.c
    found = select(table).join(shelves.versions).where(versions.design == design).order_by(table.c.number)
    by_version: dict[str, list[Position]] = {}
    with store.reading() as library:
        design_in(library, design, by)
        for row in library.execute(found):
            by_version.setdefault(row.version, []).append(Position.model_validate(dict(row._mapping)))
    return by_version


def standing(found: list[Position]) -> dict[str, Position]:
    """The position of each partner that has one, which is its last."""
    return {one.partner: one for one in found}


def accepts(found: list[Position]) -> set[str]:
    """Who accepts without conditions."""
    return {partner for partner, one in standing(found).items() if one.stand == "accept"}


def seal(version: str, by: Person) -> Seal | None:
    """The seal of a version, or None."""
    with store.reading() as library:
        version_in(library, version, by)
        return seal_in(library, version)


def agreed(version: Version, by: Person) -> bool:
    """Whether all partners of a version accept it."""
    return set(partner_names(scenario(version))) <= accepts(said(version.id, by))


def take(version: str, partner: str, stand: Stand, note: str, by: Person) -> Position:
    """Records the position of a partner on a version that is not sealed."""
    with store.writing() as library:
        on = version_in(library, version, by)
        _must_speak_for(must_see(library, home_of(library, on.design), by), partner)
        if seal_in(library, version):
            refuse(f"version {on.number} is sealed, and no position on it changes any more")
        if partner not in partners(on):
            refuse(f"'{partner}' is no partner in version {on.number}")
        if stand == "accept with conditions" and not note.strip():
            refuse("which conditions? Write them into the note")
        told: dict[str, Any] = {"id": new_id(), "version": version, "number": len(said_in(library, version)) + 1}
        told |= {"partner": partner, "stand": stand, "note": note, "who": by.signature, "said_at": now()}
        new = validated(Position, told)
        library.execute(shelves.positions.insert(), new.model_dump())
        return new


def put_seal(version: str, by: Person) -> Seal:
    """Seals the newest version of a design, which all its partners accept; this closes the design."""
    with store.writing() as library:
        on = version_in(library, version, by)
        newest, part = open_in(library, on.design, by)
        only_leads(part)
        if newest.id != version:
            refuse(f"version {on.number} is not the newest of its design any more; only the newest can be sealed")
        missing = [one for one in partner_names(scenario(on)) if one not in accepts(said_in(library, version))]
        if missing:
            refuse(f"version {on.number} is not agreed: {missing[0]} does not accept it without conditions")
        new = validated(Seal, {"id": new_id(), "version": version, "who": by.signature, "sealed_at": now()})
        library.execute(shelves.seals.insert(), new.model_dump())
        return new


def said_in(library: Connection, version: str) -> list[Position]:
    """All that was recorded on a version, within a transaction."""
    table = shelves.positions
    found = select(table).where(table.c.version == version).order_by(table.c.number)
    return [Position.model_validate(dict(row._mapping)) for row in library.execute(found)]


def seal_in(library: Connection, version: str) -> Seal | None:
    """The seal of a version, within a transaction."""
    row = library.execute(select(shelves.seals).where(shelves.seals.c.version == version)).first()
    return Seal.model_validate(dict(row._mapping)) if row else None


def _must_speak_for(part: Part, partner: str) -> None:
    """Refuses whoever may not record the position of a partner."""
    if not part.leads and part.partner != partner:
        mine = f"you can record {part.partner}'s" if part.partner else f"you are a {part.role} in this alliance"
        refuse(f"the position of {partner} is recorded by its own account or by a facilitator; {mine}")
