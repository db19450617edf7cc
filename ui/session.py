"""What this browser is working on. The only keeper of session state."""

from typing import Any

import streamlit as st

from data import drafts, presets, room, tabs
from model.documents import Refused, from_document, to_document
from ui.editing import DRAW_CHOICES as DRAW_CHOICES
from ui.editing import VIEW
from ui.editing import Session as Session
from ui.guest import Guest

STATE = "alliance"
ENDED = "This link has ended, or never was one: what you see is a new draft of your own."


def current() -> Session:
    """The session of this browser; a reloaded page finds its draft by the id in its address."""
    if STATE not in st.session_state:
        link = st.query_params.get("f")
        st.session_state[STATE] = _follower(link) if link else _found(st.query_params.get("s")) or _new()
    session: Session = st.session_state[STATE]
    session.catch_up()
    session.drawn = (session.generation, session.document)
    if st.query_params.to_dict() != session.address:
        st.query_params.from_dict(session.address)
    return session


def _follower(link: str) -> Session:
    """A session that follows another's draft through a link."""
    leads = room.found(link)
    found = _found(leads.draft) if leads else None
    if leads is None or found is None:
        session = _new()
        session.news = ENDED
        return session
    return Guest(link, leads.partner, found)


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
        session.draws, session.seed, session.period, session.whose = (state[view] for view in VIEW)
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


def typed(key: str) -> Any:
    """What an input holds now; None where it is not on the page.

    Read off a copy: where a newer edit waits, touching the state itself ends the callback, and the edit is lost.
    """
    return st.session_state.to_dict().get(key)
