"""What does this year's outturn pay?"""

from functools import partial

import streamlit as st

from model import walk
from ui import accounts, charts, downloads, files, frame, ledgers, sheets, show, strangers, versions, year_words
from ui.ledgers import pounds
from ui.range_words import literal

session = frame.open_page()
scenario, labels = session.scenario, list(session.scenario.term.labels())
entered = [str(year.get("year")) for year in sheets.years(session, "outturn")]
settled, needed, refusal = sheets.settled(session)

if settled:
    latest = list(settled)[-1]
    which = "Before the entry that is refused: " if refusal else ""
    why = f"{accounts.unmeasured(settled[latest])} {accounts.state(settled)}".strip()
    why = f"Settled by {literal(versions.terms(session))}. {why}".strip()
    frame.answer(year_words.title(settled[latest], latest, which), why)
elif not session.may_fill("outturn"):
    frame.answer("No year is settled yet: its actual figures are entered on the facilitator's screen", files.NOT_HERE)
else:
    frame.answer(
        "Enter what a year actually cost and achieved to see what it pays",
        "Type the figures of one or more years, or bring them in a spreadsheet. The terms are those of the scenario.",
    )
files.removed(session, "outturn")
with st.container():  # always there: a form that moves starts again, and what is being typed is gone
    if refusal:
        sheets.wrong(refusal)
        if settled:
            st.markdown("What follows is of the figures before that.")
    files.asked(session, settled)
    for sentence in needed:
        st.info(sentence, icon=":material/pending:")
    strangers.offer(session, "outturn")

typed, brought = st.tabs(["Type the figures", "Bring a spreadsheet"], key="settle-tabs", on_change="rerun")
if typed.open:
    with typed:
        at = labels.index(entered[-1]) if entered and entered[-1] in labels else 0
        key = f"settle-year-{session.generation}"
        entering = st.selectbox("Year to enter", labels, index=at, key=key, width=200)
        with st.container():
            if settled and entering != latest:
                st.markdown(accounts.two_years(entering, latest, len(settled)))
        sheets.form(session, "outturn", entering)
if brought.open:
    with brought:
        files.files(session, "outturn", labels, partial(files.check, scenario), settled, targets=False)
with st.container(horizontal=True):
    if settled:
        files.download(session, "outturn")
    if entered and session.may_fill("outturn"):
        st.button("Start again", on_click=lambda: sheets.clear(session, "outturn"), icon=":material/delete:")
    files.bring_back(session, "outturn")

if len(settled) > 1:
    st.subheader("All years entered")
    paid = walk.paid(settled)
    show.chart(
        charts.amounts(paid, frame.ink()), accounts.years(paid), show.rounded(paid.to_frame("pounds"), 2), "paid", "£"
    )
    if scenario.risk_share.basis.kind == "carry_forward":
        st.table(walk.balance(settled).map(pounds))
    shown = st.selectbox("Year to look at", list(settled), index=len(settled) - 1, key=f"settled-{len(settled)}")
    latest = shown
if settled:
    downloads.workbook(session, settled[latest], list(settled), "actual figures")
    ledgers.year(session, settled[latest], latest, "settled")
