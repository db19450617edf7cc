"""What happens within a transaction of the library: its lines, and who may see or change them."""

from typing import Any, NoReturn

from sqlalchemy import Connection, Row, Select, Table, select

from data import shelves
from data.drafts import new_id
from data.people import UNKNOWN, Part, Person, must_lead, must_see
from data.records import Act, Alliance, Design, Version, now
from model.documents import Refused, validated


def line(library: Connection, table: Table, id: str) -> Row[Any]:
    """A line of a table, which nobody else writes to until this is done."""
    row = library.execute(select(table).where(table.c.id == id).with_for_update()).first()
    if row is None:
        refuse(UNKNOWN)
    return row


def home_of(library: Connection, design: str) -> str:
    """The id of a design's alliance."""
    return str(line(library, shelves.designs, design).alliance)


def leads(library: Connection, one: Alliance | Design, by: Person) -> None:
    """Refuses whoever does not lead an alliance, or that of a design."""
    must_lead(library, one.id if isinstance(one, Alliance) else home_of(library, one.id), by)


def design_in(library: Connection, id: str, by: Person) -> Design:
    """A design that a person may see."""
    row = _row(library, shelves.designs, id)
    must_see(library, row.alliance, by)
    return as_design(row)


def version_in(library: Connection, id: str, by: Person) -> Version:
    """A version that a person may see."""
    row = _row(library, shelves.versions, id)
    design_in(library, row.design, by)
    return as_version(row)


def _row(library: Connection, table: Table, id: str) -> Row[Any]:
    """A line of a table, only looked at."""
    row = library.execute(select(table).where(table.c.id == id)).first()
    if row is None:
        refuse(UNKNOWN)
    return row


def open_in(library: Connection, design: str, by: Person) -> tuple[Version, Part]:
    """The newest version of a design that is not sealed, and which part a person has there; nobody else can add to the
    design until this is done."""
    part = must_see(library, home_of(library, design), by)
    newest = as_version(library.execute(of(design).limit(1)).one())
    if library.execute(select(shelves.seals).where(shelves.seals.c.version == newest.id)).first():
        refuse(f"version {newest.number} is sealed, which closes its design; save this as a new design")
    return newest, part


def of(design: str) -> Select[Any]:
    """The versions of a design, the newest first."""
    versions = shelves.versions
    return select(versions).where(versions.c.design == design).order_by(versions.c.number.desc())


def must_be_free(name: str, taken: list[str]) -> None:
    """Refuses a name that a reader could not tell from another."""
    if name.casefold() in [other.casefold() for other in taken]:
        refuse(f"there is one called '{name}' already; choose another name")


def record(library: Connection, subject: str, said: str, by: Person) -> None:
    """Records what was done to an alliance or a design."""
    told = {"id": new_id(), "subject": subject, "said": said, "who": by.signature, "done_at": now()}
    library.execute(shelves.acts.insert(), validated(Act, told).model_dump())


def as_version(row: Row[Any]) -> Version:
    """A line of the versions."""
    return Version.model_validate(dict(row._mapping))


def as_alliance(row: Row[Any]) -> Alliance:
    """A line of the alliances."""
    return Alliance.model_validate(dict(row._mapping))


def as_design(row: Row[Any]) -> Design:
    """A line of the designs."""
    return Design.model_validate(dict(row._mapping))


def refuse(reason: str) -> NoReturn:
    """Raises Refused."""
    raise Refused.because(reason)
