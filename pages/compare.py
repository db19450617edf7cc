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
    about = (comparison.about(session, found), designs.about_saved(session))
    frame.answer(comparison_words.title(brought), " ".join(filter(None, about)))

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
