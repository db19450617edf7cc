"""Which design a paper's own is held against: what was chosen stays chosen as long as it is there."""

from collections.abc import Iterator, Mapping

import streamlit as st

from model.scenario import Scenario
from ui import comparison_words, kept, versions
from ui.session import Session, typed

NONE = "No other design"
CHOSEN, STOOD = "paper-against-chosen", "paper-against-stood"
"""Under what it is remembered with an alliance what was chosen, and what stood there of itself."""
Designs = Mapping[str, Scenario]


def choice(session: Session, found: Designs, name: str, width: int) -> str:
    """The design that the one of a name is held against."""
    others = [NONE, *(other for other in found if other != name)]
    if len(others) == 1:
        return NONE
    at, key = _at_first(session, found, name), f"paper-against-{session.scenario.name}-{name}-{'|'.join(found)}"

    def choose() -> None:
        _remember(session, CHOSEN, found, typed(key) or NONE)

    against = st.selectbox("Held against", others, others.index(at), key=key, width=width, on_change=choose)
    if found[name] == session.scenario and against != NONE:
        _remember(session, STOOD, found, against)
    return against


def gone(session: Session, found: Designs, name: str, against: str) -> str:
    """That a design is not held any more against what was chosen, or stood there of itself; nothing where it is."""
    asked = _remembered(session, CHOSEN)
    called, id = was = asked if asked[0] else _remembered(session, STOOD)
    if not called or _still(was, found, name) or (not asked[0] and against != NONE):
        return ""
    now = f"it is held against {'no other design' if against == NONE else comparison_words.called(against)}"
    if id == found[name].id:
        what = f"This paper was to be held against {comparison_words.called(called)}, which is what it is about now"
        return f"{what}: {now}." if asked[0] else ""
    return f"This paper was held against {comparison_words.called(called)}, which is not there any more: {now}."


def _at_first(session: Session, found: Designs, name: str) -> str:
    """What was chosen, or else what was in force before, or what stood there last."""
    if chosen := _still(_remembered(session, CHOSEN), found, name):
        return chosen
    stood = _still(_remembered(session, STOOD), found, name) if found[name] == session.scenario else ""
    if stood and _newer(session, found, stood, name):
        stood = ""
    return next(_in_force(session, found, name), stood or NONE)


def _remember(session: Session, what: str, found: Designs, name: str) -> None:
    session.looked_at[f"{what}-{session.alliance}"] = f"{found[name].id if name in found else ''} {name}"


def _remembered(session: Session, what: str) -> tuple[str, str]:
    """What a design was called, and its fingerprint; of none, nothing."""
    id, _, called = session.looked_at.get(f"{what}-{session.alliance}", "").partition(" ")
    return called, id


def _still(was: tuple[str, str], found: Designs, name: str) -> str:
    """By what name it can be chosen beside the design of a name; it may have another since it was saved."""
    called, id = was
    others = [other for other in found if other != name]
    same = (other for other in others if found[other].id == id)
    return called if called in (NONE, *others) else next(same, "")


def _in_force(session: Session, found: Designs, name: str) -> Iterator[str]:
    """What was in force before a design, the nearest first: never a version that is newer than it."""
    settled = [
        other for one in versions.every(session).values() for other in found if found[other] == versions.scenario(one)
    ]
    loaded = [other for other in found if other.startswith(kept.FORMER)]
    start = [other for other in found if found[other] == session.saved]
    for other in (*start, *settled, *loaded):
        if found[other] != found[name] and not _newer(session, found, other, name):
            yield other


def _newer(session: Session, found: Designs, other: str, name: str) -> bool:
    """Whether both are versions, and the other was saved later."""
    saved = versions.every(session)
    own = saved.get(name) or versions.of(session, found[name])
    it = saved.get(other) or (versions.of(session, found[other]) if own else None)
    return bool(own and it and it.saved_at > own.saved_at)
