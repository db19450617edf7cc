"""How likely partners are to lose, or gain, more than a sum that the reader types."""

from collections.abc import Sequence

import streamlit as st

from ui import show
from ui.entries import read_back
from ui.format import money
from ui.results import table
from ui.session import Session


def part(session: Session, shown: Sequence[str]) -> None:
    """A field for the sum, and both chances of some partners."""
    text = st.text_input("More than (£)", "100,000", key=f"more-than-{session.generation}", width=200)
    pounds = read_back(text, "£")
    if not isinstance(pounds, float) or pounds < 0:
        st.markdown("Type a sum in pounds, such as 100,000.")
        return
    found = table(session, "beyond", session.period, pounds).loc[list(shown)]
    sides = {"loss": f"Loses more than {money(pounds)}", "gain": f"Gains more than {money(pounds)}"}
    show.table(show.labelled(found, {side: (title, "chance") for side, title in sides.items()}))
