"""Which offer a screen that follows shows, and what of it changed since its partner entered its own figures."""

from datetime import datetime

import streamlit as st

from data import library
from data.store import Unreachable
from model.differences import offered
from model.documents import Refused
from ui import kept, levers, stamps
from ui.format import unbroken
from ui.guest import OFFER, Guest
from ui.range_words import literal
from ui.session import Session

FEW = 3
"""Changes that are named in the sentence; more are listed under it."""


def told(session: Session) -> None:
    """Both, on a screen that follows; nothing on the facilitator's."""
    if not isinstance(session, Guest):
        return
    when, changes = _since(session)
    with st.container(key="offer"):  # always there, so that inputs below keep their places
        named = f" **Changed since {when}:** {'; '.join(changes)}." if 0 < len(changes) <= FEW else ""
        same = f" Nothing of it was changed since {when}." if when and not changes else ""
        st.markdown(unbroken(f"**The offer:** {literal(_which(session))}.{named}{same}"))
        if len(changes) > FEW:
            with st.expander(f"Changed since {when} ({len(changes)})", icon=":material/edit_note:"):
                st.markdown("\n".join(f"- {change}" for change in changes))


def _which(session: Guest) -> str:
    """'version 2 of 'Draft', saved on 30 November 2026 at 14:45 UTC'."""
    if not session.version:
        return "as the facilitator's screen has it now, not saved as a version yet"
    try:
        found = library.called(session.version)
        said = f"version {found.number} of '{found.design}', saved on {_moment(found.saved_at)}"
    except (Unreachable, Refused):
        said = "a saved version"
    edited = offered(kept.as_document(session.saved), session.shared)
    return f"{said}; changed since, and not saved yet" if edited else said


def _since(session: Guest) -> tuple[str, list[str]]:
    """Since when, and what of the offer was changed then; nothing for whoever enters no figures, or is not in it."""
    memory = {} if session.gone else session.kept_beside(OFFER)
    before = memory.get("document")
    if not before:
        return "", []
    when = f"you {'entered yours' if memory['entered'] else 'first saw it'} on {_moment(memory['at'])}"
    return when, [literal(one) for one in levers.as_levers(session, offered(before, session.shared))]


def _moment(utc: str) -> str:
    """'30 November 2026 at 14:45 UTC'."""
    at = datetime.fromisoformat(utc)
    return f"{stamps.dated(at.date())} at {at:%H:%M} UTC"
