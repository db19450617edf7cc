"""Which design, and for whom?"""

import streamlit as st

from ui import comparison, comparison_titles, comparison_words, designs, frame, side_by_side

session = frame.open_page()
title = st.container()
designs.controls(session)
found = side_by_side.chosen(session)
otherwise = comparison.otherwise(session, found)
level = comparison.levelled(session, otherwise)
judged = comparison.judged(session, found, level)
brought = comparison.outlooks(session, judged)
apart = len(found) > 1 and bool(otherwise) and not level
with title:
    answer = comparison_titles.title(brought, comparison.narrowly(session, judged))
    assumed = comparison_words.assumed(otherwise, level)
    about = (assumed, comparison.about(session, found, judged), designs.about_saved(session))
    frame.answer(comparison_titles.apart(answer) if apart else answer, " ".join(filter(None, about)))

gains, differs, vetoes, regrets = st.tabs(
    ["Gains and pains", "What differs", "Who would veto", "Regret"], key="compare-tabs", on_change="rerun"
)
if gains.open:
    with gains:
        comparison.gains(session, judged, brought)
if differs.open:
    with differs:
        comparison.differs(found, comparison.assuming(session, found, level))
if vetoes.open:
    with vetoes:
        comparison.vetoes(brought)
if regrets.open:
    with regrets:
        comparison.regrets(session, judged, brought, apart)
