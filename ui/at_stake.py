"""What is at stake, in four figures at the head of a page."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from model.tables import PROVIDERS, TERM
from ui import bodies, frame, panels, stop_words, words
from ui.format import chance, money
from ui.results import table, year_said
from ui.session import Session


def figures(session: Session) -> DeltaGenerator:
    """Three figures, of the year looked at if it is one, and the place of the fourth, which is of the term."""
    term = session.period == TERM
    said = "" if term else f"in {session.period}"
    look = frame.beneath(said)
    wide, stake, full = frame.scaled(212), table(session, "stake", session.period), panels.stake_in_full(session)
    with st.container(horizontal=True, horizontal_alignment="distribute", key="at-stake"):
        cost, lost = money(stake["target_cost"]), words.of_cost(full["largest_loss"])
        several = term and session.scenario.term.horizon > 1  # each year has a target of its own
        st.metric(f"Target cost{', average year' * several}", cost, width=wide, help=words.ABOUT_TARGET, **look)
        found = panels.stops_in_full(session)
        about = words.about_stake(full, year_said(session), stake["largest_loss"], found)
        held = frame.beneath(stop_words.in_short(found, said))
        st.metric(f"At stake{' in a full year' * term}", lost, width=wide, help=about, **held)
        pain = table(session, "partners", session.period).loc[PROVIDERS, "chance_of_pain"]
        one = f"at least one: {chance(bodies.pain_of_one(session, session.period))}"
        several = len(session.scenario.providers) > 1
        also = frame.beneath(one if term else f"{one}, in {session.period}") if several else look
        st.metric("Providers' pain, together", f"{chance(pain)} chance", width=wide, help=words.ABOUT_PAIN, **also)
        return st.container(width=wide, height="stretch")
