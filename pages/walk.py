"""How does a year become a payment?"""

import streamlit as st

from model import tables
from model.documents import Refused
from model.futures import CHANCES, nth, of_draw
from model.outturn import checked
from model.plan import plan
from ui import accounts, downloads, files, frame, kept, ledgers, own_year, sheets, year_words
from ui.choices import choice
from ui.own_year import OWN
from ui.results import outcomes, results, year

session = frame.open_page()
scenario, labels = session.scenario, session.scenario.term.labels()
title = st.container()
with st.container(horizontal=True, vertical_alignment="bottom"):
    chosen = st.segmented_control("Future", [*CHANCES, OWN], default="Typical", key="walk-future", required=True)
    label = choice(session, "Year", labels, year(session), key="walk-year", width=120)
    names = [tables.PROVIDERS, *tables.partner_names(scenario), tables.COMMISSIONERS]
    judge = choice(session, "Judged by the gain of", names, 0, key="walk-judge", width=205)

gains = tables.draws(results(session, label=label), label)[judge].to_numpy()
draw = nth(gains, CHANCES.get(chosen or "", 0.5))
future = of_draw(scenario, outcomes(session), draw, labels.index(label))
if chosen == OWN:
    if not sheets.year_of(session, "own", label):
        sheets.start_from(session, "own", label, future)
    with st.expander("Your figures", icon=":material/edit:", expanded=True):
        own_year.starts(
            session, label, lambda part: of_draw(scenario, outcomes(session), nth(gains, part), labels.index(label))
        )
        sheets.form(session, "own", label)
    try:
        own = checked(scenario, sheets.only(session, "own", label))
        future = of_draw(scenario, outcomes(session), draw, labels.index(label), own)
        said = year_words.title(future, label, "With your figures "), own_year.about(session, label, future)
    except Refused as refusal:
        with title:
            frame.answer("Your figures cannot be settled yet")
        sheets.wrong(refusal)
        st.stop()
else:
    said = (
        year_words.title(future, label, f"{chosen}{accounts.judged(judge, float(gains[draw]))}: "),
        accounts.which(chosen or "", judge, label, float(gains[draw]), draw),
    )
with title:
    frame.answer(*said)
    if chosen == OWN:
        files.asked(session, {label: future})
before = None
saved = kept.compared(session.saved, scenario)
if chosen != OWN and saved and plan(saved) == plan(scenario):
    before = of_draw(saved, outcomes(session), draw, labels.index(label))
downloads.workbook(session, future, labels, "own figures" if chosen == OWN else f"a future drawn: {chosen}, by {judge}")
ledgers.year(session, future, label, "walk", before)
