"""Partners that are one body, such as a council and its own service, added up."""

import pandas as pd
import streamlit as st

from model.tables import partner_names
from ui import show, words
from ui.format import a_chance, listed, signed, with_error
from ui.range_words import literal
from ui.results import table
from ui.session import Session


def together(session: Session) -> None:
    """What some partners, chosen here, gain or bear between them over the period looked at."""
    chosen = st.multiselect(
        "Add up partners that are one body",
        partner_names(session.scenario),
        key=f"one-body-{session.generation}",
        placeholder="Choose two or more, such as a council and its own service",
    )
    if len(chosen) < 2:
        return
    found = table(session, "together", tuple(chosen), session.period)
    st.markdown(said(chosen, found.iloc[0], session.period))
    show.figures(show.rounded(found, 4), "one-body", "All statistics of them together, in pounds")


def said(names: list[str], row: pd.Series, period: str) -> str:
    """Mean, chance and tail of several partners together."""
    mean = with_error(row["mean"], row["mean s.e."], signed)
    return (
        f"{literal(listed(names))} together have {mean} on average {words.over(period)} and "
        f"{a_chance(row['chance_of_pain'])} of being worse off than at target cost; "
        f"the worst 1 in 20 {words.costs_them(row['cvar95'])} on average."
    )
