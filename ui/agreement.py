"""Who accepts a version: each partner's position, and the seal once all of them do."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from data import positions
from data.library import scenario
from data.people import Person
from data.positions import standing
from data.records import STANDS, Position, Version
from ui import answering, show
from ui import library as shelves
from ui import library_words as words
from ui.decisions import positions as where
from ui.format import listed
from ui.library import Shelf
from ui.range_words import literal
from ui.session import Session, typed

MARKS = {"accept": "✓ accepts", "accept with conditions": "◐ accepts with conditions", "not yet": "✗ not yet"}
ABOUT_SEAL = (
    "Sealing makes a version the agreed one: no position on it changes any more, and its design is closed. Whoever "
    "wants to change what was agreed begins a new design from it."
)


def record(session: Session, found: Shelf) -> None:
    """The positions on one version, and the forms for another position and for the seal."""
    one = shelves.version(session, found, "Version to agree on")
    said, partners = found.said.get(one.id, []), positions.partners(one)
    show.table(_table(partners, said))
    if len(said) > len(standing(said)):
        with st.expander("All that was recorded on it", icon=":material/history:"):
            st.markdown("\n".join(f"- {_recorded(position)}" for position in reversed(said)))
    seal = found.seal_of(one)
    if seal:
        st.success(f"Sealed by {literal(seal.who)} on {words.moment(seal.sealed_at)}.", icon=":material/verified:")
    elif found.part.role != "viewer":
        named = shelves.who(session, "position")
        with st.container(key=answering.FORM):
            _form(session, one, [found.part.partner] if found.part.partner else partners, said, named)
        if one == found.newest:
            missing = [partner for partner in partners if partner not in positions.accepts(said)]
            if missing:
                names = listed([literal(partner) for partner in missing])
                st.markdown(f":small[It can be sealed once everybody accepts without conditions. Missing: {names}.]")
            elif found.part.leads:
                _seal(session, one, named)


def _table(partners: list[str], said: list[Position]) -> pd.DataFrame:
    rows = {}
    for partner in partners:
        position = standing(said).get(partner)
        rows[partner] = {
            "Position": MARKS[position.stand] if position else "– nothing recorded",
            "Note": literal(position.note) if position else "",
            "Recorded": f"{words.moment(position.said_at)} · {literal(position.who)}" if position else "",
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("Partner")


def _recorded(position: Position) -> str:
    note = f" ({literal(position.note)})" if position.note else ""
    when = f"{words.moment(position.said_at)} · {literal(position.who)}"
    return f"{literal(position.partner)}: {position.stand}{note} · {when}"


def _form(
    session: Session, one: Version, partners: list[str], said: list[Position], named: Callable[[], Person]
) -> None:
    at = f"{one.id}-{len(said)}"
    key = f"{session.generation}-{at}"
    silent = next((partner for partner in partners if partner not in standing(said)), partners[0])

    def remember(part: str) -> None:
        if part == "partner":
            session.answering = ""
        session.unsaved[f"{part}-{at}"] = typed(f"{part}-{key}") or ""

    def kept(part: str) -> dict[str, Any]:
        return {"key": f"{part}-{key}", "on_change": remember, "args": (part,)}

    chosen, stood, note = (session.unsaved.get(f"{part}-{at}", "") for part in ("partner", "stand", "note"))
    st.subheader("Record a position")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        whose = session.answering if session.answering in partners else chosen
        first = partners.index(whose if whose in partners else silent)
        st.selectbox("Partner", partners, first, width=320, **kept("partner"))
        stand = st.segmented_control("Position", STANDS, default=stood or None, **kept("stand"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input("Note, or the conditions", note, max_chars=1000, width=420, **kept("note"))

    def take() -> None:
        note = typed(f"note-{key}") or ""
        taken = positions.take(one.id, typed(f"partner-{key}"), typed(f"stand-{key}"), note, named())
        session.answering = ""
        session.news = f"Recorded: {taken.partner}, {taken.stand}, on version {one.number}."

    st.button(
        "Record it",
        on_click=shelves.tried,
        args=(session, take),
        icon=":material/how_to_vote:",
        disabled=not stand,
        help=None if stand else "Choose a position first.",
    )
    shelves.note(session)  # beside the button, where it is in sight


def _seal(session: Session, one: Version, named: Callable[[], Person]) -> None:
    st.subheader("All partners accept this version: it can be sealed")
    st.markdown(ABOUT_SEAL)
    against = [literal(each.partner) for each in where(session, scenario(one)) if each.verdict == "refuses"]
    if against:
        st.markdown(f"By the limits that are entered, {listed(against)} would refuse to sign it.")

    def seal() -> None:
        positions.put_seal(one.id, named())

    sure = st.checkbox("Everybody has agreed to this version", key=f"sure-{one.id}")
    st.button(
        "Seal it as the agreed version",
        on_click=shelves.tried,
        args=(session, seal),
        icon=":material/lock:",
        disabled=not sure,
    )
