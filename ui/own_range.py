"""How sure a partner is of its own costs: in three figures or by a curve, and how that counts once it is revealed."""

from functools import partial

import streamlit as st

from data import own
from model.fields import Path
from ui import counted, evidence, inputs, own_words, planned
from ui.guest import Guest
from ui.three_words import SAY, THREE, three


def part(session: Guest, path: Path, label: str) -> None:
    """How sure something is: in three figures once these are asked for, else by its curve."""
    at = own.view_at(session.value(path), session.partner)
    mine = path if at is None else (*path, "views", at, "view")
    now = evidence.valid(session.value(mine))
    if session.value((*mine, "kind")) == "three_points":
        st.markdown(f"**{label}**, {planned.beside(session, path) or 'in %'}; 0% is as planned, above it dearer:")
        evidence.row(session, path, label, mine=mine, form=partial(_three_fields, session, path, mine))
        return
    with st.container():  # always there, so that inputs below keep their places
        if now and session.may(path):
            st.markdown(f"**{label}**: a middle figure, a low and a high one are enough.")
            put = (mine, three(now))
            st.button(SAY, key=f"three-{path[-1]}", on_click=session.write, args=put)
    evidence.row(session, path, label, mine=mine, unit="%", form=partial(_curve, session, path, mine, label))


def _curve(session: Guest, path: Path, mine: Path, label: str) -> None:
    """The usual form."""
    inputs.entry(session, mine, label=label, unit="%")
    _counts(session, path)


def _counts(session: Guest, path: Path) -> None:
    """How what is entered counts beside what stood there, or will once it is revealed."""
    now, entry = session.value(path), str(path[-1])
    then = own.entries(own.revealed(session.shared, session.partner, {entry: now}), session.partner) or {}
    with st.container():  # always there, so that inputs below keep their places
        if own.view_at(now, session.partner) is not None:
            st.markdown(counted.mine(now, session.partner, entry))
        elif entry in then and then[entry] != (own.entries(session.shared, session.partner) or {}).get(entry):
            st.markdown(counted.ahead(then[entry], session.partner, entry))


def _three_fields(session: Guest, path: Path, mine: Path) -> None:
    """The likely figure, then the low and the high."""
    for column, (name, said) in zip(st.columns(3, vertical_alignment="bottom"), THREE.items(), strict=True):
        with column:
            read = partial(own_words.read, session, path, mine, name)
            inputs.field(session, (*mine, name), unit="%", label=said, read=read)
    inputs.problems(session, mine)
    with st.container():  # always there, so that inputs below keep their places
        if said := own_words.sentence(session, path, mine):
            st.markdown(said)
    _counts(session, path)
