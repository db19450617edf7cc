"""How likely partners are to lose, or gain, more than a sum that the reader types."""

from collections.abc import Sequence

import streamlit as st

from model.in_a_year import in_a_year
from model.tables import TERM
from ui import show
from ui.entries import read_back
from ui.format import money
from ui.results import of_draws, table
from ui.session import Session
from ui.words import over

ABOUT_YEARS = (
    "Over the whole term a good year makes up for a bad one; in at least one year it does not. For one year alone, "
    "choose that year under *Period looked at*, at the end of the menu."
)


def part(session: Session, shown: Sequence[str]) -> None:
    """A field for the sum, and both chances of some partners."""
    text = st.text_input("More than (£)", "100,000", key="more-than", width=200)
    pounds = read_back(text, "£")
    if not isinstance(pounds, float) or pounds < 0:
        st.markdown("Type a sum in pounds, such as 100,000.")
        return
    found, titles = table(session, "beyond", session.period, pounds), {}
    several = session.period == TERM and session.scenario.term.horizon > 1
    for side, verb in {"loss": "Loses", "gain": "Gains"}.items():
        titles[side] = (f"{verb} more than {money(pounds)} {over(session.period)}", "chance")
        if several:
            titles[f"{side} in a year"] = (f"{verb} more than {money(pounds)} in at least one year", "chance")
    if several:
        found = found.join(of_draws(session, in_a_year, pounds).rename(columns=_of_a_year))
    show.table(show.labelled(found.loc[list(shown)], titles))
    if several:
        st.markdown(f":small[{ABOUT_YEARS}]")


def _of_a_year(column: str) -> str:
    """'loss in a year', 'loss in a year s.e.'."""
    side, error, _ = column.partition(" s.e.")
    return f"{side} in a year{error}"
