"""Who is asking, and which part each person has in an alliance.

Once somebody has a part in an alliance, only those who have one see it, signed in; the last part given to each counts.
A facilitator may do everything there. A partner sees everything, records its own position, and saves nothing but its
own appetite and estimates. A viewer sees everything. An alliance in which nobody has a part is open to a machine
without sign-in, and to nobody who signed in.
"""

from dataclasses import dataclass
from typing import NamedTuple, NoReturn

from sqlalchemy import Connection, select

from data import shelves
from data.drafts import new_id
from data.records import Member, Role, now
from model.documents import Refused, validated

LONGEST_NAME = 80
UNKNOWN = "there is no such alliance, design or version in this library, or you have no part in it"


@dataclass(frozen=True)
class Person:
    """Somebody by the name that is recorded. `email`: the account signed in with; none on a machine without sign-in."""

    name: str
    email: str = ""

    @property
    def signature(self) -> str:
        """What is recorded of a person: the name as it was typed, or the account, which nobody can type."""
        if not self.email:
            return self.name
        room = LONGEST_NAME - len(self.email) - 3
        return f"{self.name[:room]} ({self.email})" if self.name and room > 1 else self.email


GUEST = Person("A screen that follows", "guest")
"""Whoever came by a link to follow. It has no address, so no alliance can give it a part."""


class Part(NamedTuple):
    """What a person is in an alliance, and for which partner."""

    role: Role
    partner: str = ""

    @property
    def leads(self) -> bool:
        """Whether everything is allowed."""
        return self.role == "facilitator"


EVERYTHING = Part("facilitator")


def members_in(library: Connection, alliance: str) -> dict[str, Member]:
    """The last part that was given to each account, by its address; those whose part was taken away too."""
    table = shelves.members
    found = select(table).where(table.c.alliance == alliance).order_by(table.c.number)
    return {row.email: Member.model_validate(dict(row._mapping)) for row in library.execute(found)}


def part_in(library: Connection, alliance: str, by: Person) -> Part | None:
    """The part that a person has in an alliance; None where it has none."""
    members = members_in(library, alliance)
    if not by.email:
        return None if members else EVERYTHING
    found = members.get(by.email.casefold())
    return Part(found.role, found.partner) if found and found.role != "none" else None


def must_see(library: Connection, alliance: str, by: Person) -> Part:
    """The part that a person has in an alliance. Refused in words that do not tell whether there is one."""
    part = part_in(library, alliance, by)
    if part is None:
        _refuse(UNKNOWN)
    return part


def must_lead(library: Connection, alliance: str, by: Person) -> None:
    """Refuses whoever is no facilitator of an alliance."""
    only_leads(must_see(library, alliance, by))


def only_leads(part: Part) -> None:
    """Refuses every part but a facilitator's."""
    if not part.leads:
        _refuse(f"only a facilitator of the alliance can do this, and you are a {part.role} there")


def enter(library: Connection, alliance: str, email: str, role: Role, partner: str, who: str) -> Member:
    """Gives an account its part in an alliance from now on. Whoever calls this has checked who asks for it."""
    members = members_in(library, alliance)
    told = {"id": new_id(), "alliance": alliance, "number": _next(library, alliance), "email": email.strip().casefold()}
    told |= {"role": role, "partner": partner, "who": who, "since": now()}
    new = validated(Member, told)
    left = [one for one in members.values() if one.role == "facilitator" and one.email != new.email]
    if members and role != "facilitator" and not left:
        _refuse("an alliance keeps at least one facilitator; make somebody else one first")
    library.execute(shelves.members.insert(), new.model_dump())
    return new


def _next(library: Connection, alliance: str) -> int:
    table = shelves.members.c
    return len(library.execute(select(table.id).where(table.alliance == alliance)).all()) + 1


def _refuse(reason: str) -> NoReturn:
    raise Refused.because(reason)
