"""What a year of one's own figures starts from: a future, or every cost so much over its target."""

from collections.abc import Callable

import streamlit as st

from model.futures import CHANCES, Future
from ui import sheets
from ui.session import Session, typed

SHEET = "own"


def starts(session: Session, label: str, nth: Callable[[float], Future]) -> None:
    """Ways to fill the year again. `nth`: the future that a part of all futures are worse than."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("Start again from a future:")
        for name, chance in CHANCES.items():
            st.button(name, on_click=sheets.restart, args=(session, SHEET, label, nth(chance)), key=f"own-{name}")
    key = "own-over"

    def fill() -> None:
        over_target(session, label, nth(0.5), (typed(key) or 0.0) / 100)

    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.number_input("Or every cost over target by (%)", -90.0, 200.0, 5.0, 1.0, format="%g", key=key, width=250)
        st.button("Fill in", on_click=fill, help="KPIs and prices are those of the typical future.")


def over_target(session: Session, label: str, future: Future, part: float) -> None:
    """Fills a year: every provider's cost is its target and a part of it more; KPIs and prices are a future's."""
    sheets.start_from(session, SHEET, label, future)
    names = [provider.name for provider in session.scenario.providers]
    costs = {name: round(float(t) * (1 + part), 2) for name, t in zip(names, future.target, strict=True)}
    filled = [one | {"costs": costs} if one.get("year") == label else one for one in sheets.years(session, SHEET)]
    session.put_sheet(SHEET, {"schema_version": 1, "years": filled})
    session.refresh()
