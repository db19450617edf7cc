"""Which accounts have which part in an alliance: every part ever given is kept, and the last of each account counts.

Raises store.Unreachable where there is no database, Refused for what cannot be given or is not allowed.
"""

from sqlalchemy import Connection, select

from data import shelves, store
from data.people import Part, Person, enter, members_in, must_lead, must_see
from data.positions import partners
from data.records import Member, Role
from data.within import as_version, line, of, refuse


def members(alliance: str, by: Person) -> list[Member]:
    """Everybody who has a part in an alliance, by address."""
    with store.reading() as library:
        must_see(library, alliance, by)
        return sorted(_present(library, alliance), key=lambda one: one.email)


def part(alliance: str, by: Person) -> Part:
    """The part that a person has in an alliance."""
    with store.reading() as library:
        return must_see(library, alliance, by)


def partners_of(alliance: str, by: Person) -> list[str]:
    """The partners in the newest version of each design of an alliance."""
    with store.reading() as library:
        must_see(library, alliance, by)
        return _partners(library, alliance)


def appoint(alliance: str, email: str, role: Role, partner: str, by: Person) -> Member:
    """Gives an account its part in an alliance; 'none' takes it away. A facilitator does this."""
    with store.writing() as library:
        must_lead(library, alliance, by)
        return _appointed(library, alliance, email, role, partner, by.signature)


def appoint_here(name: str, email: str, role: Role, partner: str, who: str) -> Member:
    """Gives an account its part in the alliance of a name, for whoever runs the machine of the library: at first, when
    nobody has a part in it yet, or when its last facilitator has left."""
    with store.writing() as library:
        found = [one for one in library.execute(select(shelves.alliances)) if one.name.casefold() == name.casefold()]
        if not found:
            names = sorted(library.execute(select(shelves.alliances.c.name)).scalars(), key=str.casefold)
            refuse(f"there is no alliance called '{name}'; there are: {', '.join(names) or 'none'}")
        return _appointed(library, found[0].id, email, role, partner, who)


def _appointed(library: Connection, alliance: str, email: str, role: Role, partner: str, who: str) -> Member:
    line(library, shelves.alliances, alliance)
    known = _partners(library, alliance)
    if role == "partner" and partner not in known:
        refuse(f"'{partner}' is no partner in this alliance; its partners are {', '.join(known)}")
    return enter(library, alliance, email, role, partner if role == "partner" else "", who)


def _present(library: Connection, alliance: str) -> list[Member]:
    return [one for one in members_in(library, alliance).values() if one.role != "none"]


def _partners(library: Connection, alliance: str) -> list[str]:
    names: dict[str, None] = {}
    designs = shelves.designs.c
    for design in library.execute(select(designs.id).where(designs.alliance == alliance)).scalars():
        newest = library.execute(of(design).limit(1)).first()
        names |= dict.fromkeys(partners(as_version(newest)) if newest else ())
    return list(names)
