"""Versions in the library beside what is on the screen: those that it can be compared with, and which one it is."""

from collections.abc import Callable
from functools import lru_cache, partial

from data import library, positions
from data.records import Version
from data.store import Unreachable
from model.documents import Refused
from model.scenario import Scenario
from ui import library_words as words
from ui.session import Session

MOST = 20
SHORT = 6
"""Characters of a fingerprint that tell designs apart."""


def began(session: Session) -> Version | None:
    """The version that what is on the screen began with; None where it is from elsewhere."""
    try:
        return library.version(session.version, session.person) if session.version else None
    except Refused:  # another library is in use now
        return None


def every(session: Session) -> dict[str, Version]:
    """The newest versions of the design that this began with, and the one which that design was made from, by name."""
    try:
        if (start := began(session)) is None:
            return {}
        found = library.versions(start.design, session.person)
        every = [one for one in (*found[:MOST], *_origin(session, found[-1])) if _can_be_read(one)]
        names = {id: library.design(id, session.person).name for id in {one.design for one in every}}
        return {words.numbered(one, names[one.design]): one for one in every}
    except (Unreachable, Refused):  # the page of the library says why
        return {}


def _origin(session: Session, first: Version) -> list[Version]:
    """The version of another design that one was made from."""
    try:
        return [library.version(first.parent, session.person)] if first.parent else []
    except Refused:  # of an alliance in which whoever looks has no part
        return []


def earlier(session: Session) -> dict[str, Version]:
    """Those that the starting design can be compared with: all but itself."""
    return {name: one for name, one in every(session).items() if one.id != session.version}


def start(session: Session) -> str:
    """The name of the version that the starting design is; nothing where it is none."""
    try:
        one = began(session)
        if one and scenario(one) == session.saved:
            return words.numbered(one, library.design(one.design, session.person).name)
    except (Unreachable, Refused):
        pass
    return ""


def before(session: Session) -> Version | None:
    """The version that the saved one was made from."""
    found = {one.id: one for one in every(session).values()}
    start = found.get(session.version)
    return found.get(start.parent) if start and start.parent else None


@lru_cache(maxsize=2 * MOST)
def scenario(version: Version) -> Scenario:
    """The scenario of a version."""
    return library.scenario(version)


def _can_be_read(version: Version) -> bool:
    try:
        return bool(scenario(version))
    except Refused:  # not as it was saved, or of a format that this version does not know
        return False


def of(session: Session, design: Scenario) -> Version | None:
    """The version that a scenario is, first of all the one that what is on the screen began with."""
    try:
        start = began(session)
        if start and design == scenario(start):
            return start
        return next((one for one in every(session).values() if scenario(one) == design), None)
    except (Unreachable, Refused):
        return None


def which(session: Session, design: Scenario) -> str:
    """Which version of which design a scenario is, or since which it was changed; nothing where it is of none."""
    return _said(session, design, words.exactly, words.since)


def terms(session: Session) -> str:
    """By which terms the design on the screen settles: 'Draft version 3, sealed', 'Draft version 2, changed since'."""
    return _said(session, session.scenario, partial(_settling, session), words.edited) or words.UNSAVED


def _settling(session: Session, one: Version, name: str) -> str:
    return words.unchanged(one, name, positions.seal(one.id, session.person))


def tag(session: Session, design: Scenario) -> str:
    """What names a design in the name of a file: 'v3', or how its fingerprint begins where it is no version."""
    one = of(session, design)
    return f"v{one.number}" if one else design.id[:SHORT]


def name(session: Session, design: Scenario) -> str:
    """What the library calls the design that a scenario is a version of, or was changed since; nothing of any other."""
    return _said(session, design, _name, _name)


def _name(_one: Version, design: str) -> str:
    return design


def agreed(session: Session, design: Scenario) -> str:
    """That a scenario is a version which all partners accept, and when it was sealed; nothing where it is none."""
    try:
        if one := of(session, design):
            said, seal = positions.said(one.id, session.person), positions.seal(one.id, session.person)
            name = library.design(one.design, session.person).name
            return words.agreed(one, name, positions.partners(one), said, seal)
    except (Unreachable, Refused):
        pass
    return ""


def unlike(session: Session, design: Scenario) -> tuple[str, Scenario] | None:
    """That a design is no longer the version on which partners took positions, and that version; None where it is, or
    where nobody took any."""
    try:
        start = began(session)
        if (
            start
            and design == session.scenario
            and not of(session, design)
            and positions.said(start.id, session.person)
        ):
            name = library.design(start.design, session.person).name
            return words.unlike(start, name, agreed(session, scenario(start))), scenario(start)
    except (Unreachable, Refused):
        pass
    return None


def _said(
    session: Session, design: Scenario, same: Callable[[Version, str], str], since: Callable[[Version, str], str]
) -> str:
    """What is said of the version that a scenario is, or of that since which it was changed."""
    try:
        if one := of(session, design):
            return same(one, library.design(one.design, session.person).name)
        if design == session.scenario and (start := began(session)):
            return since(start, library.design(start.design, session.person).name)
    except (Unreachable, Refused):
        pass
    return ""
