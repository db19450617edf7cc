"""Possible values of KPIs beside what is typed: a bound that a figure breaks is emptied, and said; or asked about."""

from typing import Any

import streamlit as st

from model import possible
from model.fields import Path, titled
from model.framework import KPI
from ui.accounts import signs
from ui.edits import replaced
from ui.format import listed
from ui.range_words import literal
from ui.session import Session

FIGURES = ("unit", "today", "expected", "levels")
DEPTH = 5
"""Of a KPI: ('framework', 'kras', area, 'kpis', kpi)."""


def typed(session: Session, path: Path, unit: Any) -> None:
    """Empties what a figure just typed for a KPI breaks, as one step with it. `unit`: what the KPI's unit was."""
    owner = path[:DEPTH]
    if path[:1] != ("framework",) or len(path) <= DEPTH or path[DEPTH] not in FIGURES:
        return
    before = session.value(owner) or {}
    after = possible.widened(before, unit)
    gone = [end for end in possible.ENDS if before.get(end) is not None and after[end] is None]
    if not gone:
        return
    session.replace(replaced(session.document, owner, after), on=True)
    for end in gone:  # its input starts again, empty
        place = (*owner, end)
        session.renewed[place] = session.renewed.get(place, 0) + 1
    were = listed([f"'{titled(KPI, end)}' was {before[end]:,.10g}" for end in gone])
    now = "is now empty" if len(gone) == 1 else "are now empty"
    session.news = f"{before.get('name')}: {were} and {now}, as what was typed does not fit. Undo brings back what was."


def of_kpi(session: Session, path: Path) -> None:
    """Within what every future of a KPI is kept, and a question where its own figures lie beyond that."""
    kpi = session.value(path) or {}
    with st.container():  # always there, so that inputs below keep their places
        st.markdown(f":small[{said}]" if (said := bounds(kpi)) else "")
        ask(kpi)


def bounds(kpi: dict[str, Any]) -> str:
    """Within what every future of a KPI is kept; nothing where it may have any value."""
    ends = {end: f"{end} {kpi[end]:,.10g}" for end in possible.ENDS if isinstance(kpi.get(end), int | float)}
    if not ends:
        return ""
    where = "outside them" if len(ends) > 1 else f"{possible.BEYOND[next(iter(ends))]} that"
    return f"Possible values: {', '.join(ends.values())}. No future lies {where}."


def of_others(session: Session, chosen: Path | None) -> None:
    """The same question of every KPI but the one looked at."""
    for a, kra in enumerate(session.value(("framework", "kras")) or []):
        for k, kpi in enumerate(kra.get("kpis") or []):
            if ("framework", "kras", a, "kpis", k) != chosen:
                ask(kpi)


def ask(kpi: dict[str, Any]) -> None:
    """Asks about figures of a KPI that no future can reach."""
    for said in possible.doubted(kpi):
        st.warning(signs(literal(said)), icon=":material/help:")
