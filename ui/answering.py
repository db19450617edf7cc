"""The way from a partner's page to where the library records what that partner says: that it would sign, or on what
condition."""

import streamlit as st

from data import library, members, positions
from data.store import Unreachable
from model.documents import Refused
from ui import kept, versions
from ui.range_words import literal
from ui.session import Session, rewrite

TABS = "library-tabs"
AGREED, SAVE = "Who has agreed", "Save"
FORM = "record-position"
"""The key of the form, which the page is scrolled down to."""
WAYS = {AGREED: f"Library › {AGREED}", SAVE: "save this design first, in Library"}

KEPT = "Kept as '{}' in this draft; positions are recorded on a version in the library: save it first."


def to_library(session: Session, partner: str) -> None:
    """The link, for whoever may record it."""
    tab = _tab(session, partner)
    name = kept.called(session.designs, session.scenario)
    if tab == SAVE and name:
        st.markdown(f":small[{KEPT.format(literal(name))}]")
    if tab and st.button(
        f"Record what {literal(partner)} says: {WAYS[tab]}",
        key=f"to-answer{f'-down-to-{FORM}' * (tab == AGREED)}",
        icon=":material/how_to_vote:",
        type="tertiary",
    ):
        rewrite(TABS, tab)
        session.answering = partner
        session.keep()
        st.switch_page("pages/library.py", query_params=session.address)


def _tab(session: Session, partner: str) -> str:
    """Where what it says is recorded: on the version that the design began as, or, where that is none that still takes
    it, on one to be saved; nothing where whoever looks may not."""
    if session.live:
        return ""
    try:
        start = versions.began(session)
        if start is None or not _in_use(session, start.design):
            return SAVE
        if positions.seal(start.id, session.person):
            return "" if versions.of(session, session.scenario) else SAVE
        part = members.part(library.design(start.design, session.person).alliance, session.person)
    except (Unreachable, Refused):  # the page of the library says why
        return ""
    return "" if part.role == "viewer" or part.partner not in ("", partner) else AGREED


def _in_use(session: Session, design: str) -> bool:
    """Whether a design is not put away, nor its alliance."""
    found = library.design(design, session.person)
    homes = {one.id for one in library.alliances(session.person) if not one.archived}
    return not found.archived and found.alliance in homes
