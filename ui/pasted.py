"""Pasted series, kept with the draft under the name of what they are of; they follow it to another name, and back."""

from typing import Any

from model.documents import to_document
from model.fields import Path
from ui.keeping import at
from ui.session import Session

Sheet = dict[str, Any]
SERIES = "series "
"""How the names of their sheets begin."""
OF: dict[tuple[Any, int], tuple[str, ...]] = {
    ("providers", 3): ("cost_deviation", "baseline_error"),
    ("framework", 6): ("deviation",),
    ("uncertainty", 4): ("impact",),
}
"""Uncertain entries of a provider, a KPI or a risk, by where its name stands and how deep."""


def pasted(session: Session, path: Path) -> Sheet:
    """What was pasted for an entry, as 'text', and why a file was 'refused'."""
    return _of(session, path, str(session.value((*path[:-1], "name")) or ""))


def keep(session: Session, path: Path, sheet: Sheet) -> None:
    """Keeps what was pasted for an entry."""
    session.put_sheet(_key(str(session.value((*path[:-1], "name")) or ""), path[-1]), sheet)


def follow(session: Session, path: Path, name: Any) -> None:
    """Before what stands at a path is called by another name: takes what was pasted for it along.

    A name that another line has too takes nothing along; once it differs again, what the last valid one had follows.
    """
    entries = OF.get((path[0], len(path)), ())
    if not entries:
        return
    line, others = path[:-1], _others(session, path[:-1])
    old = session.value(path)
    if old in others:
        old = at(to_document(session.scenario), path)
    if name in others or name == old:
        return
    for entry in entries:
        sheet = _of(session, (*line, entry), str(old))
        if sheet or _key(str(name), entry) in session.sheets:
            session.put_sheet(_key(str(old), entry), {"now": str(name)})
            session.put_sheet(_key(str(name), entry), sheet)


def _of(session: Session, path: Path, name: str) -> Sheet:
    """What was pasted under a name; where it moved to another that nobody has now, the new name was undone."""
    sheet = session.sheets.get(_key(name, path[-1]), {})
    if (now := sheet.get("now")) is None:
        return sheet
    return {} if now in _others(session, path[:-1]) else _of(session, path, now)


def _others(session: Session, line: Path) -> list[Any]:
    """The names of all other lines of this sort."""
    if line[0] == "framework":
        areas = range(len(session.value(("framework", "kras")) or []))
        lists: list[Path] = [("framework", "kras", area, "kpis") for area in areas]
    else:
        lists = [line[:-1]]
    lines = [(*where, i) for where in lists for i in range(len(session.value(where) or []))]
    return [session.value((*other, "name")) for other in lines if other != line]


def any_kept(session: Session) -> bool:
    """Whether past figures of anybody are kept beside the scenario, which its file does not hold."""
    return any(name.startswith(SERIES) and sheet.get("text") for name, sheet in session.sheets.items())


def _key(name: str, entry: Any) -> str:
    return f"{SERIES}{name} {entry}"
