"""What is this alliance, what is at stake, would everyone sign?"""

import streamlit as st

from ui import frame, inputs, margins, panels, show, signing, story, words
from ui.decisions import positions
from ui.format import chance, money
from ui.results import table

session = frame.open_page(needs_period=True)
partners = table(session, "partners", session.period)

title, offer, figures = (st.container() for _ in range(3))
levers, results = frame.beside(260)
with levers:
    st.subheader("Levers")
    places = panels.levers(session)
with results:
    st.subheader("Would everyone sign?")
    verdicts = st.container()
    st.subheader(words.hardest_hit(partners, session.period))
    panels.dotplot(session, "overview")  # first, because it is ready first: who signs takes as long again

stake = table(session, "stake", session.period)
with title:
    frame.answer(signing.headline(positions(session), stake))
with offer:
    story.offered(session)
together = partners.loc["Providers together"]
wide = frame.scaled(212)
with figures, st.container(horizontal=True, horizontal_alignment="distribute"):
    st.metric("Target cost, a year", money(stake["target_cost"]), border=True, width=wide)
    at_stake = words.of_cost(stake["largest_loss"])
    st.metric("At stake (2–4% advised)", at_stake, border=True, width=wide, help=words.BENCHMARK)
    st.metric("Providers' chance of pain", chance(together["chance_of_pain"]), border=True, width=wide)
    margin = st.container(width=wide)
with verdicts:
    signing.verdicts(session)

if not session.presenting:
    st.subheader("Who is in it")
    st.markdown(session.scenario.story)
    if session.scenario.expected_answer and not session.changed:
        st.markdown(f"**What to expect.** {session.scenario.expected_answer}")
    show.figures(panels.partner_figures(partners), "partners", "Every partner in figures")
    inputs.group(session, (), ["name", "story"])

margins.metric(session, margin)
panels.still(session, places)
