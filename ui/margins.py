"""How wrong may we be? The parts of pages that show it."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from model.tables import TERM
from ui import frame, margin_charts, show
from ui import margin_words as words
from ui.decisions import cost_margin, margins, only_just, positions, refusals
from ui.session import Session

PLACE = "how-wrong"
"""Where a page shows it, for links that lead there."""


def part(session: Session) -> None:
    """Every assumption's margin: sentence, figure and table. Takes a second or more the first time."""
    with st.container(key=PLACE):
        st.subheader("How wrong may we be?", help=words.ABOUT_USUAL)
    said = [bool(one.cells) for one in positions(session)]
    if not any(said):
        st.markdown(words.NOBODY)
        return
    found = margins(session)
    figure = margin_charts.bars(words.drawn(found), frame.ink())
    show.chart(figure, words.sentence(found, True, not all(said)), words.told(words.table(found)), "margins", least=44)


def order(session: Session) -> None:
    """Who refuses first, second and third as costs rise."""
    found = positions(session)
    if any(one.cells for one in found):
        st.markdown(words.order(refusals(session), found))


def metric(session: Session, place: DeltaGenerator, warning: DeltaGenerator) -> None:
    """The margin of mean cost as a figure, in a place that was kept for it: it takes a moment. Where it is hardly any,
    a warning in another."""
    said = [bool(one.cells) for one in positions(session)]
    asked, cost = any(said), cost_margin(session)
    label, value = words.metric(cost, asked, not all(said))
    look = frame.beneath("" if session.period == TERM else "over the term")
    if just := only_just(session):  # where the title says that it is too close to call, nobody signs yet
        who = "Everyone" if all(said) else "All who have said what they accept"
        warning.warning(f"{who} would sign, but **{just}**.", icon=":material/warning:")
    place.metric(label, value, help=f"{words.sentence([cost], asked, not all(said))} {words.ABOUT}", **look)
