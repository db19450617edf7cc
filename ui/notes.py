"""Why an entry is what it is and where it was found: the notes on a page's inputs, read and typed in one place."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import streamlit as st

from model.contract import RiskShare
from model.documents import where
from model.fields import Path, walk
from model.pool import PerformancePool
from ui import inputs, noting, range_words
from ui.session import Session, superseded, typed

TITLE = "Reasons and sources"
EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)
SHARES = ("gain_share", "pain_share", "pooled", "gain_cap", "pain_cap")
COSTS = ("baseline_cost", "later_costs", "required_saving", "demand_growth", "fee_rate", "fee_on", "reserves", "income")
KPI = ("weight", "today", "expected", "years_to_change", "levels", "scores", "scoring", "lowest", "highest", "people")
NO_ENTRIES = ("kind", "sources", "performance")
PAGES: dict[str, dict[Path, tuple[str, ...]]] = {
    "baseline": {
        ("providers",): COSTS,
        ("commissioners",): ("contribution", "reserves"),
        ("baseline",): ("price_growth", "contingency", "reindexed", "saving_phasing"),
        ("term",): ("start", "years", "option_years", "with_option"),
    },
    "framework": {
        ("framework",): ("missing",),
        ("framework", "kras"): ("weight",),
        ("framework", "kras", "kpis"): (*KPI, "gate"),
    },
    "risk_share": {
        ("risk_share",): tuple(name for name in RiskShare.model_fields if name not in NO_ENTRIES),
        ("risk_share", "performance"): tuple(n for n in PerformancePool.model_fields if n not in NO_ENTRIES),
        ("providers",): SHARES,
    },
}
"""The entries of each page, by the group or list that they stand in. What is uncertain has its notes beside it."""
SECTIONS = ("Performance framework › ", "Risk share › ")
"""Not said again on the page of that name."""


def of_page(session: Session, page: str) -> None:
    """All notes of a page, folded: one entry at a time to write about, and what is noted so far."""
    with st.expander(TITLE, key=f"notes-{page}", on_change="rerun", icon=":material/fact_check:") as place:
        if not place.open:
            return
        entries = {_label(session, path): path for path in _entries(session, page)}
        label = st.selectbox("Entry", list(entries), key=f"noted-{page}")
        write(session, entries[label])
        given = {label: text for label, path in entries.items() if (text := note(session, path))}
        st.markdown(
            f"{len(given)} of the {len(entries)} entries of this page have a note. Notes are part of the scenario, "
            "its downloads and its list of assumptions. What is uncertain has its own under Uncertainty."
        )
        said = (f"- **{range_words.literal(label)}**: {range_words.literal(text)}" for label, text in given.items())
        st.markdown("\n".join(said))


def note(session: Session, path: Path, part: str = "note") -> str:
    """What is noted on an entry, or its 'owner' or 'date'; nothing where nothing is."""
    return noting.noted_on(session.value((*path[:-1], "sources")) or [], path[-1]).get(part, "")


def shared(session: Session, path: Path) -> str:
    """The reason that everybody sees for an entry, whatever was noted on this screen alone."""
    return noting.noted_on(session.stands((*path[:-1], "sources")) or [], path[-1]).get("note", "")


def write(session: Session, path: Path) -> None:
    """Where the note on one entry is typed."""
    key, start = inputs.key_of(session, ("reason", *path)), note(session, path)

    def changed() -> None:
        if not superseded(key, inputs.key_of(session, ("reason", *path)), start):
            session.replace(noting.noted(session.document, path, typed(key) or ""))

    empty = "Why this figure? Who says so, and where is it written?"
    more: dict[str, Any] = {"height": "content", "placeholder": empty, "disabled": not session.may(path)}
    st.text_area("Reason or source", start, key=key, on_change=changed, **more)
    with st.container(horizontal=True):
        _owner(session, path)
        _date(session, path)
    inputs.problems(session, (*path[:-1], "sources"), inside=True)


def _owner(session: Session, path: Path) -> None:
    key, start = inputs.key_of(session, ("owner", *path)), note(session, path, "owner")

    def changed() -> None:
        if not superseded(key, inputs.key_of(session, ("owner", *path)), start):
            session.replace(noting.noted(session.document, path, typed(key) or "", "owner"))

    more: dict[str, Any] = {"max_chars": 120, "width": 260, "disabled": not session.may(path)}
    st.text_input("Who answers for it", start, key=key, on_change=changed, **more)


def _date(session: Session, path: Path) -> None:
    key = inputs.key_of(session, ("date", *path))
    noted = note(session, path, "date")
    start = date.fromisoformat(noted) if noted else None

    def changed() -> None:
        day = typed(key)
        if not superseded(key, inputs.key_of(session, ("date", *path)), start):
            session.replace(noting.noted(session.document, path, day.isoformat() if day else "", "date"))

    more: dict[str, Any] = {"format": "DD/MM/YYYY", "width": 160, "disabled": not session.may(path)}
    st.date_input("Looked at on", start, EARLIEST, LATEST, key=key, on_change=changed, **more)


def _label(session: Session, path: Path) -> str:
    """'Community charity › Fee'."""
    label = where(walk(session.document, path))
    return next((label.removeprefix(section) for section in SECTIONS if label.startswith(section)), label)


def _entries(session: Session, page: str) -> Iterator[Path]:
    """Every entry of a page, each followed by what is noted on a part of it."""
    for group, names in PAGES[page].items():
        for owner in _lines(session, group):
            for name in names:
                yield (*owner, name)
                yield from _noted(session.value((*owner, name)), (*owner, name))


def _lines(session: Session, group: Path) -> list[Path]:
    """The group, or every line of the list, or of the lists in a list."""
    found: list[Path] = [()]
    for step in group:
        found = [(*path, step) for path in found]
        found = [line for path in found for line in _each(session.value(path), path)]
    return found


def _each(node: Any, path: Path) -> list[Path]:
    return [(*path, i) for i in range(len(node))] if isinstance(node, list) else [path]


def _noted(node: Any, path: Path) -> Iterator[Path]:
    """Whatever is noted on something inside an entry."""
    if isinstance(node, list):
        for i, line in enumerate(node):
            yield from _noted(line, (*path, i))
    elif isinstance(node, dict):
        yield from ((*path, str(one.get("field"))) for one in node.get("sources") or [])
        for key, inner in node.items():
            if key != "sources":
                yield from _noted(inner, (*path, key))
