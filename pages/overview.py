"""What is this alliance, what is at stake, would everyone sign?"""

import streamlit as st

from ui import frame, inputs, margins, panels, show, signing, story, words
from ui.decisions import positions
from ui.format import chance, money
from ui.results import table, year, year_said

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
full = table(session, "stake", session.scenario.term.labels()[year(session)])
with title:
    frame.answer(signing.headline(positions(session), full))
with offer:
    story.offered(session)
together = partners.loc["Providers together"]
wide = frame.scaled(212)
with figures, st.container(horizontal=True, horizontal_alignment="distribute"):
    cost, at_stake = money(stake["target_cost"]), words.of_cost(full["largest_loss"])
    st.metric("Target cost, a year", cost, border=True, width=wide, help=words.ABOUT_TARGET)
    about = words.about_stake(full, year_said(session), stake["largest_loss"])
    st.metric("At stake in a full year", at_stake, border=True, width=wide, help=about)
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
