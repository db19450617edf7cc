"""Who accepts, who refuses, and what would change their mind?"""

import streamlit as st

from ui import acceptance, appetites, frame, unsaid, verdicts, ways
from ui.decisions import only_just, positions

TABS = {"Who accepts": acceptance.standing, "What each accepts": appetites.form}

session = frame.open_page()
found = positions(session)

frame.answer(verdicts.title(found, only_just(session)), f"{verdicts.blocks(found)} {unsaid.silence(found)}".strip())
ways.to_learn(session)
for tab, show in zip(st.tabs(list(TABS), key="acceptance-tabs", on_change="rerun"), TABS.values(), strict=True):
    if tab.open:
        with tab:
            show(session, found)
