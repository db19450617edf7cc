"""What don't we know, and how much?"""

import streamlit as st

from ui import frame, range_words
from ui.results import table, year
from ui.session import Session
from ui.unknowns import TABS


def uncertainty(session: Session) -> None:
    """What is typed is shown first; the title comes last, because it takes new draws."""
    title = st.container()
    for tab, draw in zip(st.tabs(list(TABS), key="uncertainty-tabs", on_change="rerun"), TABS.values(), strict=True):
        if tab.open:
            with tab:
                draw(session)
    label = session.scenario.term.labels()[year(session)]
    with title:
        saving = table(session, "saving").loc[label]
        frame.answer(range_words.uncertainty_title(saving, label), range_words.uncertainty(session.scenario))


frame.alone(frame.open_page(needs_period=True), uncertainty)
