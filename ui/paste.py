"""Pasting a table from a spreadsheet into lines of inputs: shown first what it changes, then taken in one step."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from data.cells import LARGEST_TEXT
from model.documents import Refused
from model.fields import Path
from model.framework import LEVELS
from ui import cells, columns, comings, doubts, edits
from ui.accounts import signs
from ui.inputs import key_of
from ui.range_words import literal
from ui.session import Session, typed

MOST_SHOWN = 40
ADD, INSTEAD = "Add to the partners", "Instead of the providers that are there"
READING = {ADD: cells.read, INSTEAD: cells.instead}
KRAS: Path = ("framework", "kras")
KPI_ENTRIES: tuple[Path, ...] = (
    ("name",),
    ("unit",),
    ("weight",),
    ("today",),
    ("expected",),
    *(("levels", level) for level in LEVELS),
)


def rows(session: Session, path: Path, names: Sequence[str], new: dict[str, Any] | None, unit: str = "") -> None:
    """Room to paste a table for a list: its lines, and its entries as they are shown."""
    items = session.value(path) or []
    titled = "name" not in names and any("name" in item for item in items)
    line = (*path, 0)
    titles = [*(["name"] if titled else []), *names]
    across = [columns.column(session.document, line, (name,), unit) for name in titles]
    lines = [(str(item.get("name", "")), (*path, i)) for i, item in enumerate(items)]
    table(session, columns.Lines(path, lines, across, new))


def kpis(session: Session) -> None:
    """Room to paste a table for the weights, values and levels of every KPI."""
    path = KRAS
    areas = enumerate(session.value(path) or [])
    lines = [(str(kpi.get("name", "")), (*path, a, "kpis", k)) for a, kra in areas for k, kpi in enumerate(kra["kpis"])]
    if lines:
        across = [columns.column(session.document, lines[0][1], place) for place in KPI_ENTRIES]
        table(session, columns.Lines(path, lines, across, UNBOUNDED))


UNBOUNDED = {**edits.NEW_KPI, "lowest": None, "highest": None}
"""What a pasted KPI begins as: in any unit."""


def _area(session: Session, key: str) -> Path:
    """The KPIs of the key result area that new ones join, as it is chosen."""
    names = [str(kra.get("name")) for kra in session.value(KRAS)]
    chosen = st.selectbox("KPIs that are not there yet join", range(len(names)), format_func=names.__getitem__, key=key)
    st.markdown(":small[How far a new KPI may lie from its path is entered under *One KPI*.]")
    return (*KRAS, chosen or 0, "kpis")


def table(session: Session, into: columns.Lines) -> None:
    """A text for what was copied; what it would change, what could not be read, and a button to take it. Nothing on
    a screen that follows another: it may change no table."""
    if session.live:
        return
    place = (*into.path, "paste", *into.columns[-1].place)
    called = f"table {' '.join(str(part) for part in place)}"
    key = "-".join(["paste", *(str(part) for part in place)])
    shown = st.expander("Paste from a spreadsheet", key=key, on_change="rerun", icon=":material/content_paste:")
    if not shown.open:
        return
    key = key_of(session, place)

    def changed() -> None:
        if len(text := typed(key) or "") <= LARGEST_TEXT:
            session.put_sheet(called, {"text": text})

    with shown:
        said = ", ".join(one.title for one in into.columns)
        start = session.sheets.get(called, {}).get("text", "")
        dash = "gives nothing" if into.lacking else "is 0"
        help_ = HELP.format(dash=dash)
        text = st.text_area("Copied cells", start, key=key, height=150, on_change=changed, help=help_)
        st.markdown(f":small[Columns: {said}. Titles in the first row may name fewer, in any order.]")
        way = ADD
        if into.path == ("providers",) and into.new:
            about = "Providers that the table names stay and take its figures either way."
            more: dict[str, Any] = {"key": f"{key}-way", "horizontal": True, "help": about}
            way = st.radio("Providers in the table come", [ADD, INSTEAD], **more)
        if into.path == KRAS:
            into = replace(into, to=_area(session, f"{key}-area"))
        if text:
            _offered(session, into, text, called, way)


HELP = (
    "A row for each line, with tabs or semicolons between the cells. '(45)' is −45; £, commas, %, k and m are read; "
    "a dash {dash}, and an empty cell leaves what is there. "
    "Rows whose first cell is a name go to the line of that name, other rows to the lines in their order."
)


def _offered(session: Session, into: columns.Lines, text: str, called: str, way: str) -> None:
    """What a pasted text changes, once it is asked for."""
    try:
        found = READING[way](session.document, into, text)
    except Refused as refusal:
        st.error(str(refusal), icon=":material/error:")
        return

    def taken() -> None:
        before = session.document
        session.replace(READING[way](before, into, text).document)
        for entry, cell in found.sure.items():
            doubts.typed(session, entry, cell)
        session.news = comings.gone(before, session.document) or session.news
        session.put_sheet(called, {"text": text if found.unread else ""})
        session.refresh()

    if found.unread:
        st.warning(_listed("Not read, and left in the text above:", found.unread), icon=":material/warning:")
    if found.added_up:
        st.info(_listed("Several lines of one partner:", found.added_up), icon=":material/info:")
    if found.noughts:
        lead = "A dash is read as 0 (an empty cell leaves what is there):"
        st.info(_listed(lead, found.noughts), icon=":material/info:")
    if found.losses:
        st.info(_listed("A loss in brackets is read as that loss:", found.losses), icon=":material/info:")
    if found.asked:
        st.warning(_listed("Meant so?", found.asked), icon=":material/help:")
    if found.left_out:
        st.info(_listed("Left out:", found.left_out), icon=":material/info:")
    changes = [*found.changes, *comings.leaving(session.document, found.document)]
    if not changes:
        st.markdown(
            "Nothing here would change." if not found.unread else "Nothing that was read would change anything."
        )
        return
    st.markdown(_listed("This would change:", changes))
    if lacking := comings.lacking(session.document, found.document):
        st.info(literal(lacking), icon=":material/pending:")
    if found.refused:
        st.error(_listed("Would then have to be mended:", found.refused), icon=":material/error:")
    count = len(found.changes)
    label = f"Use {count} change{'' if count == 1 else 's'}" if len(changes) == count else "Put in their place"
    st.button(label, key=f"{called} use", on_click=taken, type="primary")


def _listed(lead: str, said: Sequence[str]) -> str:
    """A few of many, each on its own line."""
    more = [f"and {len(said) - MOST_SHOWN} more"] if len(said) > MOST_SHOWN else []
    return "\n".join([lead, "", *(f"- {literal(signs(one))}" for one in [*said[:MOST_SHOWN], *more])])
