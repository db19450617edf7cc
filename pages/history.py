"""What would these terms have paid, and were our ranges honest?"""

from functools import partial

import streamlit as st

from model import history, walk
from model.documents import Refused
from ui import accounts, charts, files, frame, ledgers, sheets, show, strangers
from ui.results import outcomes, year

session = frame.open_page(needs_period=True)
scenario = session.scenario
label = scenario.term.labels()[year(session)]
past, settled, covered, refusal = None, {}, [], None
try:
    if sheets.years(session, "past"):
        found = history.past(scenario, sheets.document(session, "past"))
        settled = dict(zip(found.labels, history.settled(scenario, found), strict=True))
        covered = history.coverage(scenario, outcomes(session), year(session), found)
        past = found
except Refused as problem:
    refusal = problem

if past:
    paid = walk.paid(settled)
    frame.answer(accounts.history_title(paid, covered[0]), accounts.ABOUT_HISTORY)
elif not session.may_fill("past"):
    frame.answer("No past year was brought yet, so nothing is held against what happened", files.NOT_HERE)
else:
    frame.answer(
        "Bring your own past years to see what these terms would have paid",
        "Target cost, actual cost and KPI values of past years show whether our ranges are honest.",
    )
files.removed(session, "past")
if refusal:
    sheets.wrong(refusal)
strangers.offer(session, "past")
files.asked(session, settled)
with st.expander("The past years", icon=":material/upload_file:", expanded=past is None):
    files.files(session, "past", sheets.past_labels(scenario), partial(history.past, scenario), settled, targets=True)
    if session.may_fill("past"):
        st.button("Show it on invented years", on_click=lambda: sheets.invent(session, outcomes(session)))
    if past:
        files.download(session, "past")
    if sheets.years(session, "past") and session.may_fill("past"):
        st.button("Take these years away", on_click=lambda: sheets.clear(session, "past"), icon=":material/delete:")
    files.bring_back(session, "past")

if past:
    if session.sheets["past"].get("invented"):
        st.warning("These years are invented, to show how the page works.", icon=":material/info:")
    st.subheader("What the terms would have paid the providers")
    show.chart(
        charts.amounts(paid, frame.ink()), accounts.years(paid), show.rounded(paid.to_frame("pounds"), 2), "past", "£"
    )
    st.subheader(f"Were our ranges honest? The range of {label} against what happened")
    names = [item.item for item in covered]
    item = covered[names.index(st.selectbox("Item", names, key="covered"))]
    figure = charts.coverage(past.labels, item.values, item.low, item.high, item.unit, frame.ink())
    show.chart(figure, accounts.coverage(item), accounts.covered_table([item]), "coverage")
    st.markdown(accounts.narrow(covered))
    st.table(accounts.covered_table(covered), hide_index=True)
    st.markdown(f":small[{accounts.ABOUT_COVERAGE}]")
    st.subheader("One past year, line by line")
    chosen = st.selectbox("Year", past.labels, index=len(past.labels) - 1, key="past-year")
    ledgers.year(session, settled[chosen], chosen, "past")
