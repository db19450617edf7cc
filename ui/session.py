"""What this browser is working on. The only keeper of session state."""

from typing import Any

import streamlit as st

from data import drafts, presets, room, tabs
from data.people import Person
from data.recent import MOST
from model.documents import Refused, from_document, to_document
from ui import base, nowhere, people
from ui.editing import DRAW_CHOICES as DRAW_CHOICES
from ui.editing import Session as Session
from ui.guest import Guest
from ui.keeping import VIEW

STATE = "alliance"
LEFT = "left"
"""Under which name the drafts stand that were open before in this session."""
ALONE = ("127.0.0.1", "localhost", "::1")
"""Addresses of a server that nobody else can reach."""
COPIED = "This is a copy of your own: nothing that you change in it reaches the one it was made from."
LOST = (
    "This address leads to no draft that is kept here: what you see is a new one. The address of this page is now "
    "its own; keep it to come back."
)
GONE = "That draft could not be opened; what you see is still the one before."
NOT_YOURS = (
    "That draft belongs to another account: what you see is a new one. Ask for a link to follow it, or to a copy."
)


def current() -> Session:
    """The session of this browser; a reloaded page finds its draft by the id in its address.

    Stops at the page that asks to sign in, where that is needed: only a link to follow leads past it.
    """
    if STATE not in st.session_state:
        if link := st.query_params.get("f"):
            st.session_state[STATE] = _follower(link)
        else:
            st.session_state[STATE] = _own(people.signed_in())
        st.session_state[STATE].presenting = "present" in st.query_params
    session: Session = st.session_state[STATE]
    session.catch_up()
    session.drawing()
    if st.query_params.to_dict() != session.address:
        st.query_params.from_dict(session.address)
    return session


def presenting() -> bool:
    """Whether this browser's screen is for a room to look at."""
    session: Session | None = st.session_state.get(STATE)
    return session is not None and session.presenting


def base_label() -> str:
    """What changes on this browser's screen are counted from."""
    found: Session | None = st.session_state.get(STATE)
    return found.base_label if found else base.LABEL


def _follower(link: str) -> Session:
    """A session that follows another's draft through a link."""
    leads = room.found(link)
    found = _found(leads.draft) if leads else None
    if leads is None or leads.copies or found is None:
        people.signed_in()
        nowhere.tell()
    return Guest(link, leads.partner, found)


def _own(person: Person) -> Session:
    """A session of a person's own: a copy that a link leads to, the draft whose id is in the address, the last of the
    account, or a new one."""
    copied = st.query_params.get("c")
    session = _copy(copied) if copied else _mine(st.query_params.get("s") or drafts.last_of(person.email), person)
    return _kept_for(person, session)


def _kept_for(person: Person, session: Session) -> Session:
    """The session as a person's own."""
    drafts.yours(session.draft, person.email)
    session.who, session.email = person.name if person.email else session.who, person.email
    return session


def _mine(draft: str | None, person: Person) -> Session:
    found = _found(draft)
    if found is None or draft is None:
        session = _new()
        session.news = LOST if draft and draft == st.query_params.get("s") else ""
        return session
    if drafts.yours(draft, person.email):
        return found
    session = _new()
    session.news = NOT_YOURS
    return session


def go_on(draft: str) -> None:
    """Makes an earlier draft the one of this browser. Every input starts again: what it shows is the other draft's."""
    before: Session = st.session_state[STATE]
    session = _found(draft)
    if session is None or not drafts.yours(draft, before.email):
        before.news = GONE
        return
    _kept_for(Person(before.who, before.email), session)
    session.generation = max(session.generation, before.generation) + 1
    session.presenting = before.presenting
    st.session_state[STATE] = session
    st.session_state[LEFT] = [before.draft, *left()][:MOST]


def left() -> list[str]:
    """The drafts that were open before in this session, the last first."""
    found: list[str] = st.session_state.get(LEFT, [])
    return found


def _copy(link: str) -> Session:
    """A new draft with what another one holds, without its history."""
    leads = room.found(link)
    found = _found(leads.draft) if leads and leads.copies else None
    if found is None:
        nowhere.tell()
    session = _new()
    session.begin(found.scenario, found.preset, found.version)
    session.done = []
    session.news = COPIED
    return session


def _new() -> Session:
    session = Session(drafts.new_id(), presets.preset(presets.FIRST), presets.FIRST)
    session.refresh()
    return session


def _found(draft: str | None) -> Session | None:
    stored = drafts.find(draft) if draft else None
    if draft is None or stored is None:
        return None
    try:
        state = tabs.from_text(stored.text)
        session = Session(draft, from_document(state["saved"]), state["preset"])
        session.stored = stored
        for view in VIEW:
            setattr(session, view, state[view])
        session.read(state)
    except (Refused, ValueError, KeyError, TypeError):
        return None
    if not session.problems:  # entries that came with a later version have their usual values
        session.document = to_document(session.scenario)
    return session


def rewrite(key: str, value: Any) -> None:
    """Shows what was read in place of what was typed: '£40m' becomes '40,000,000'. The last step of a callback."""
    if typed(key) != value:
        st.session_state[key] = value


def rewrite_again(key: str, value: Any) -> None:
    """Shows what was read in an input about to be made, as its callback did in a run that another then overtook."""
    if key in st.session_state and st.session_state[key] != value:
        st.session_state[key] = value


def superseded(key: str, now: str, start: Any) -> bool:
    """Whether an input that another has taken the place of, by the key `now`, is only heard of again as made.

    A run that is overtaken leaves it on the screen. Streamlit has forgotten it meanwhile, and takes what it shows for
    an edit: what was changed elsewhere, or undone, would be changed back.
    """
    return key != now and typed(key) == start


def no_edit(key: str, now: str, start: Any, stands: Any) -> bool:
    """Whether an input is only heard of again: superseded, or as it stands in the document.

    Where writing what stands there would change something else, such as the figures that come with a kind.
    """
    return superseded(key, now, start) or typed(key) == stands


def typed(key: str) -> Any:
    """What an input holds now; None where it is not on the page.

    Read off a copy: where a newer edit waits, touching the state itself ends the callback, and the edit is lost.
    """
    return st.session_state.to_dict().get(key)
