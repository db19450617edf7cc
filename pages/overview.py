"""What is this alliance, and what is at stake?"""

import streamlit as st

from ui import frame, inputs, panels, show, words
from ui.format import chance, money, points
from ui.session import table

session = frame.open_page(needs_period=True)
partners = table(session, "partners", session.period)
stake = table(session, "stake", session.period)

frame.answer(words.headline(partners, session.period))

together = partners.loc["Providers together"]
cost, risk, pain, ops = st.columns(4)
cost.metric("Target cost, a year", money(stake["target_cost"]), border=True)
risk.metric(
    "Most they can lose, average year",
    words.of_cost(stake["largest_loss"]),
    border=True,
    help="Of a year's target cost. Nationally 2–4% of payment was recommended to depend on outcomes (2016).",
)
pain.metric("Chance of pain", chance(together["chance_of_pain"]), border=True)
ops.metric(
    "Mean performance score", points(stake["ops"]), border=True, help="From -100 (failure) to +100 (gamebreaking)."
)

levers, results = st.columns([1, 2.4], gap="large")
with levers:
    st.subheader("Levers")
    panels.levers(session)
with results:
    st.subheader(words.hardest_hit(partners, session.period))
    panels.dotplot(session, "overview")

st.subheader("Who is in it")
st.markdown(session.scenario.story)
if session.scenario.expected_answer and not session.changed:
    st.markdown(f"**What to expect.** {session.scenario.expected_answer}")
show.figures(panels.partner_figures(partners), "partners", "Every partner in figures")
inputs.group(session, (), ["name"])
