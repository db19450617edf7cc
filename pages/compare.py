"""Which design, and for whom?"""

import streamlit as st

from ui import comparison, comparison_words, designs, frame

session = frame.open_page()
title = st.container()
designs.controls(session)
found = comparison.chosen(session)
judged = comparison.judged(session, found)
brought = comparison.outlooks(session, judged)
with title:
    frame.answer(comparison_words.title(brought), comparison.about(session, found))

gains, differs, vetoes, regrets = st.tabs(
    ["Gains and pains", "What differs", "Who would veto", "Regret"], key="compare-tabs", on_change="rerun"
)
if gains.open:
    with gains:
        comparison.gains(session, judged, brought)
if differs.open:
    with differs:
        comparison.differs(found)
if vetoes.open:
    with vetoes:
        comparison.vetoes(brought)
if regrets.open:
    with regrets:
        comparison.regrets(session, judged)
