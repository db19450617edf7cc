"""What is this alliance, what is at stake, would everyone sign?"""

import streamlit as st

from data import presets
from model.tables import TERM
from ui import at_stake, bodies, frame, in_numbers, levers, margins, offer, panels, signing, starting, story, words
from ui.decisions import positions
from ui.results import table
from ui.session import Session


def overview(session: Session) -> None:
    """The dots come first, because they are ready first, and the margin last."""
    title, start, figures = (st.container() for _ in range(3))
    left, right = frame.beside(260, "results-first")
    verdicts = right.container(key="verdicts")
    with st.container() if session.presenting else right:  # a room has levers and verdicts alone beside each other
        st.subheader(words.hardest_hit(table(session, "partners", session.period), session.period))
        panels.dotplot(session, "overview")
    with title:
        year = "" if session.period == TERM else session.period
        frame.answer(signing.headline(positions(session), panels.stake_in_full(session), year))
        offer.told(session)
    with start:
        story.offered(session)
        starting.guide(session)
    with figures:
        margin = at_stake.figures(session)
    with verdicts:
        st.subheader("Would everyone sign?" if session.period == TERM else "Would everyone sign, over the term?")
        signing.verdicts(session)
        only_just = st.container()  # not above the levers: they would move away from under the mouse
    with left:
        st.subheader("Levers")
        places = levers.levers(session)
    if not session.presenting:
        partners(session)
    margins.metric(session, margin, only_just)
    levers.still(session, places)
    session.answered()


def partners(session: Session) -> None:
    """Who is in it."""
    st.subheader("Who is in it")
    st.markdown(session.scenario.story)
    expected = session.scenario.expected_answer
    if expected and not session.changed and presets.as_told(session.scenario):
        st.markdown(f"**What to expect.** {expected}")
    found = bodies.anyone(session, table(session, "partners", session.period))
    label = f"Every partner in figures, {words.over(session.period)}"
    in_numbers.to_read(session, panels.partner_figures(found), found, "partners", label)
    with st.container(key="told"):
        starting.told(session)
        starting.to_term(session)
        if not story.new_here(session):
            starting.anew(session)


frame.alone(frame.open_page(needs_period=True), overview)
