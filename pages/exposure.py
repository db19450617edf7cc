"""What is the whole alliance's risk, year by year, and who carries it?"""

import streamlit as st

from ui import exposure, frame, ways

TABS = {
    "Year by year": exposure.years,
    "Who carries it": exposure.carriers,
    "Splits side by side": exposure.side_by_side,
    "If one fails": exposure.failures,
}

session = frame.open_page(needs_period=True)
title = st.container()

for tab, show in zip(st.tabs(list(TABS), key="exposure-tabs", on_change="rerun"), TABS.values(), strict=True):
    if tab.open:
        with tab:
            answer = show(session)
        with title:
            frame.answer(answer)
            ways.to_learn(session)
