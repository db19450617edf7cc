"""Pasting a table from a spreadsheet into lines of inputs: shown first what it changes, then taken in one step."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from data.cells import LARGEST_TEXT
from model.documents import Refused
from model.fields import Path
from model.framework import LEVELS
from ui import areas, cells, columns, comings, directions, doubts, later_columns, new_lines
from ui.accounts import signs
from ui.areas import KRAS
from ui.format import listed
from ui.fractions import Question
from ui.inputs import key_of
from ui.meanings import may_be_empty
from ui.range_words import literal
from ui.session import Session, rewrite, typed
from ui.weights import OfTheWhole

MOST_SHOWN = 40
Reader = Callable[[dict[str, Any], columns.Lines, str, dict[str, bool]], cells.Reading]
READING: dict[bool, Reader] = {False: cells.read, True: cells.instead}
"""How a table is read, by whether its lines come instead of others."""
ADD, INSTEAD = "Beside the {what} that are there", "Instead of the {what} that are there"
COMING: dict[Path, str] = {("providers",): "providers", ("commissioners",): "commissioners", KRAS: "KPIs"}
"""What the lines of a table may come instead of, by its list."""
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
    more: dict[str, Any] = {}
    if path == ("providers",) and "baseline_cost" in names:
        beside = tuple(columns.column(session.document, line, place) for place in columns.ASIDE)
        more = {"years": session.scenario.term.labels(), "fit": later_columns.fit, "beside": beside}
    table(session, columns.Lines(path, lines, across, new, **more))


def kpis(session: Session) -> None:
    """Room to paste a table for the weights, values and levels of every KPI."""
    path = KRAS
    kras = enumerate(session.value(path) or [])
    lines = [(str(kpi.get("name", "")), (*path, a, "kpis", k)) for a, kra in kras for k, kpi in enumerate(kra["kpis"])]
    if lines:
        across = [columns.column(session.document, lines[0][1], place) for place in KPI_ENTRIES]
        more: dict[str, Any] = {"fit": kpi_fit(session.document), "beside": directions.COLUMNS}
        table(session, columns.Lines(path, lines, [*across, areas.COLUMN], UNBOUNDED, **more))


def kpi_fit(document: dict[str, Any]) -> directions.Fit:
    """What makes a KPI fit for what its row gives."""
    return directions.fitting(areas.staying(document))


UNBOUNDED = {**new_lines.NEW_KPI, "lowest": None, "highest": None}
"""What a pasted KPI begins as: in any unit."""


def _keep(session: Session, called: str, **parts: Any) -> None:
    """Keeps what is typed or chosen for a table with the draft, beside the rest of it."""
    session.put_sheet(called, {**session.sheets.get(called, {}), **parts})


def _area(session: Session, called: str, key: str) -> Path:
    """The KPIs of the key result area that new ones join, as it is chosen."""
    names = [str(kra.get("name")) for kra in session.value(KRAS)]
    kept = session.sheets.get(called, {}).get("area")
    at = names.index(kept) if kept in names else 0

    def changed() -> None:
        _keep(session, called, area=names[typed(key) or 0])

    more: dict[str, Any] = {"format_func": names.__getitem__, "key": key, "on_change": changed}
    chosen = st.selectbox("KPIs that are not there yet join", range(len(names)), at, **more)
    joins = "Where a column *Key result area* names one, a new KPI joins that."
    path = "How far it may lie from its path is half a level until *One KPI* says otherwise."
    st.markdown(f":small[{joins} {path}]")
    return (*KRAS, chosen or 0, "kpis")


def table(session: Session, into: columns.Lines) -> None:
    """A text for what was copied; what it would change, what could not be read, and a button to take it. Nothing on
    a screen that follows another: it may change no table."""
    if session.live:
        return
    place = (*into.path, "paste", *into.columns[-1].place)
    called = f"table {' '.join(str(part) for part in place)}"
    key = "-".join(["paste", *(str(part) for part in place)])
    start = session.sheets.get(called, {}).get("text", "")
    if start and typed(key) is None:
        rewrite(key, True)  # a text that waits is in sight, whatever was looked at meanwhile
    shown = st.expander("Paste from a spreadsheet", key=key, on_change="rerun", icon=":material/content_paste:")
    if not shown.open:
        return
    key = key_of(session, place)

    def changed() -> None:
        if len(text := typed(key) or "") <= LARGEST_TEXT:
            _keep(session, called, text=text, answers={})

    with shown:
        said = ", ".join(one.title for one in into.columns)
        help_ = HELP.format(dash=_dash(into), empty=_empty(into))
        text = st.text_area("Copied cells", start, key=key, height=150, on_change=changed, help=help_)
        years = f" {LATER_YEARS.format(year=into.years[1])}" if len(into.years) > 1 else ""
        ways = f"A row of headings may name fewer, in any order, also below titles.{years}"
        about = f" {directions.ABOUT}" if into.path == KRAS else _aside(into)
        st.markdown(f":small[Columns: {said}. {ways}{about}]")
        reading = READING[into.new is not None and _instead(session, into.path, called, f"{key}-way")]
        if into.path == KRAS:
            into = replace(into, to=_area(session, called, f"{key}-area"))
        if text:
            _offered(session, into, text, called, reading)


def _aside(into: columns.Lines) -> str:
    """What a table may give too."""
    titles = [one.title for one in into.beside if one.place in columns.ASIDE]
    return f" {listed(titles)} may stand beside them." if titles else ""


def _dash(into: columns.Lines) -> str:
    """What a dash says."""
    optional = any(map(may_be_empty, into.columns))
    if into.lacking:
        return "takes a limit away" if optional else "gives nothing"
    unstated = [f"{one.title} {one.unstated}" for one in into.columns if one.unstated]
    return f"is 0, but makes {listed(unstated)}" if unstated else "is 0"


def _empty(into: columns.Lines) -> str:
    """What an empty cell says: where lines have no names, a row is the whole of a line."""
    none = [] if into.named else [one.title for one in into.columns if may_be_empty(one)]
    return "leaves what is there" + (f", but under {' and '.join(none)} it is none" if none else "")


def _instead(session: Session, path: Path, called: str, key: str) -> bool:
    """Whether lines are to come instead of those that are there, as it is chosen; never where that cannot be."""
    what = COMING.get(path)
    if not what:
        return False
    about = f"{what[0].upper()}{what[1:]} that the table names stay and take its figures either way."
    ways = [ADD.format(what=what), INSTEAD.format(what=what)]
    at = int(bool(session.sheets.get(called, {}).get("instead")))

    def changed() -> None:
        _keep(session, called, instead=typed(key) == ways[1])

    more: dict[str, Any] = {"key": key, "horizontal": True, "help": about, "on_change": changed}
    return st.radio(f"{what[0].upper()}{what[1:]} in the table come", ways, at, **more) == ways[1]


LATER_YEARS = "What later years are planned to cost may stand in columns headed by them, such as {year}."
HELP = (
    "A row for each line, with tabs or semicolons between the cells. '(45)' is −45; £, commas, %, k and m are read; "
    "a dash {dash}, and an empty cell {empty}. "
    "Rows whose first cell is a name go to the line of that name, other rows to the lines in their order."
)


def _offered(session: Session, into: columns.Lines, text: str, called: str, reading: Reader) -> None:
    """What a pasted text changes, once it is asked for."""
    answers: dict[str, bool] = {}
    try:
        found = reading(session.document, into, text, answers)
        while unanswered := [one for one in found.questions if one.about not in answers]:
            answers |= _answers(session, unanswered, called)
            if any(one.about not in answers for one in unanswered):
                return
            found = reading(session.document, into, text, answers)  # which may lead to another question
    except Refused as refusal:
        st.error(str(refusal), icon=":material/error:")
        return

    def taken() -> None:
        before = session.document
        session.replace(reading(before, into, text, answers).document)
        for entry, cell in found.sure.items():
            doubts.typed(session, entry, cell)
        session.news = comings.gone(before, session.document) or session.news
        session.put_sheet(called, {**session.sheets.get(called, {}), "text": text} if found.unread else {"text": ""})
        session.refresh()

    if found.unread:
        st.warning(_listed("Not read, and left in the text above:", found.unread), icon=":material/warning:")
    if found.told:
        st.info(_listed("How the table is read:", found.told), icon=":material/table_rows:")
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
    given = set.intersection(*({one.place for one in row} for row in found.new.values())) if found.new else set()
    if lacking := comings.lacking(session.document, found.document, [place[0] for place in given]):
        st.info(literal(lacking), icon=":material/pending:")
    if found.refused:
        st.error(_listed("Would then have to be mended:", found.refused), icon=":material/error:")
    count = len(found.changes)
    label = f"Use {count} change{'' if count == 1 else 's'}" if len(changes) == count else "Put in their place"
    st.button(label, key=f"{called} use", on_click=taken, type="primary")


def _answers(session: Session, questions: Sequence[Question | OfTheWhole], called: str) -> dict[str, bool]:
    """What is chosen of figures that can be meant in two ways; nothing of the table is shown before."""
    for why in dict.fromkeys(one.unsure for one in questions):
        st.warning(why, icon=":material/help:")
    answers: dict[str, bool] = {}
    for one in questions:
        key = f"{called} {one.about} {one.figure}"
        kept = session.sheets.get(called, {}).get("answers", {})

        def changed(one: Question | OfTheWhole = one, key: str = key, kept: dict[str, bool] = kept) -> None:
            _keep(session, called, answers={**kept, one.about: typed(key) == one.readings[1]})

        at = int(kept[one.about]) if one.about in kept else None
        more: dict[str, Any] = {"key": key, "horizontal": True, "on_change": changed}
        chosen = st.radio(literal(one.about), one.readings, at, literal, **more)
        if chosen:
            answers[one.about] = chosen == one.readings[1]
    return answers


def _listed(lead: str, said: Sequence[str]) -> str:
    """A few of many, each on its own line."""
    more = [f"and {len(said) - MOST_SHOWN} more"] if len(said) > MOST_SHOWN else []
    return "\n".join([lead, "", *(f"- {literal(signs(one))}" for one in [*said[:MOST_SHOWN], *more])])
