"""What does a partner have from doing well?"""

import streamlit as st

from ui import frame, incentives

TABS = {
    "Pence per pound": incentives.pence,
    "Pounds per level": incentives.levels,
    "What does nothing": incentives.idle,
    "All win or all lose": incentives.together,
    "Luck": incentives.by_luck,
}

session = frame.open_page(needs_period=True)
title = st.container()

for tab, show in zip(st.tabs(list(TABS), key="incentives-tabs", on_change="rerun"), TABS.values(), strict=True):
    if tab.open:
        with tab:
            answer = show(session)
        with title:
            frame.answer(answer)
