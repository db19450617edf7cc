"""What is this alliance, what is at stake, would everyone sign?"""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from data import presets
from model.tables import PROVIDERS, TERM
from ui import bodies, frame, in_numbers, levers, margins, offer, panels, signing, starting, story, words
from ui.decisions import positions
from ui.format import chance, money
from ui.results import table, year_said
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
        only_just = st.container()
        offer.told(session)
    with start:
        story.offered(session)
        starting.guide(session)
    with figures:
        margin = at_stake(session)
    with verdicts:
        st.subheader("Would everyone sign?" if session.period == TERM else "Would everyone sign, over the term?")
        signing.verdicts(session)
    with left:
        st.subheader("Levers")
        places = levers.levers(session)
    if not session.presenting:
        partners(session)
    margins.metric(session, margin, only_just)
    levers.still(session, places)
    session.answered()


def at_stake(session: Session) -> DeltaGenerator:
    """Three figures, of the year looked at if it is one, and the place of the fourth, which is of the term."""
    term = session.period == TERM
    look = frame.beneath("" if term else f"in {session.period}")
    wide, stake, full = frame.scaled(212), table(session, "stake", session.period), panels.stake_in_full(session)
    with st.container(horizontal=True, horizontal_alignment="distribute", key="at-stake"):
        cost, lost = money(stake["target_cost"]), words.of_cost(full["largest_loss"])
        several = term and session.scenario.term.horizon > 1  # each year has a target of its own
        st.metric(f"Target cost{', average year' * several}", cost, width=wide, help=words.ABOUT_TARGET, **look)
        about = words.about_stake(full, year_said(session), stake["largest_loss"])
        st.metric(f"At stake{' in a full year' * term}", lost, width=wide, help=about, **look)
        pain = table(session, "partners", session.period).loc[PROVIDERS, "chance_of_pain"]
        one = f"at least one: {chance(bodies.pain_of_one(session, session.period))}"
        several = len(session.scenario.providers) > 1
        also = frame.beneath(one if term else f"{one}, in {session.period}") if several else look
        st.metric("Providers' pain, together", f"{chance(pain)} chance", width=wide, help=words.ABOUT_PAIN, **also)
        return st.container(width=wide, height="stretch")


def partners(session: Session) -> None:
    """Who is in it."""
    st.subheader("Who is in it")
    st.markdown(session.scenario.story)
    expected = session.scenario.expected_answer
    if expected and not session.changed and presets.as_told(session.scenario):
        st.markdown(f"**What to expect.** {expected}")
    found = bodies.anyone(session, table(session, "partners", session.period))
    label = f"Every partner in figures{words.within(session.period)}"
    in_numbers.to_read(session, panels.partner_figures(found), found, "partners", label)
    with st.container(key="told"):
        starting.told(session)
        starting.to_term(session)
        if not story.new_here(session):
            starting.anew(session)


frame.alone(frame.open_page(needs_period=True), overview)
