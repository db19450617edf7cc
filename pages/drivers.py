"""What moves the result, and what breaks it?"""

import streamlit as st

from ui import frame, trials

TABS = {
    "What moves it": trials.drivers,
    "In the worst 1 in 20": trials.tail,
    "Risks on and off": trials.switches,
    "Stress tests": trials.stresses,
    "What changes did": trials.designs,
}

session = frame.open_page(needs_period=True)
title = st.container()
name = trials.partner(session)

for tab, show in zip(st.tabs(list(TABS), key="drivers-tabs", on_change="rerun"), TABS.values(), strict=True):
    if tab.open:
        with tab:
            answer = show(session, name)
        with title:
            frame.answer(answer)
