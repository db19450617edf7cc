"""Entries so small that much more may have been meant: asked about, unless they were typed with a sign.

What was typed with its sign is kept with the draft under the name of what it is of, so that a reload does not ask.
"""

from collections.abc import Sequence

from model.fields import Path
from ui.entries import asked_as, beyond_doubt, doubt
from ui.range_words import literal
from ui.session import Session

SHEET = "beyond doubt"


def question(session: Session, path: Path) -> str:
    """What is asked about the entry at a path, if anything."""
    value = session.value(path)
    said = doubt(asked_as(path), value) if path else ""
    return said if said and session.sheets.get(SHEET, {}).get(_key(session, path)) != value else ""


def questions(session: Session, line: Path, names: Sequence[str]) -> list[str]:
    """The same of entries of a line, by its name."""
    asked = [said for name in names if (said := question(session, (*line, name)))]
    who = session.value((*line, "name"))
    return [f"{literal(str(who))}: {said[0].lower()}{said[1:]}" if who else said for said in asked]


def typed(session: Session, path: Path, text: object) -> None:
    """Notes, once it is written, whether what was typed for an entry is beyond doubt."""
    value, sure = session.value(path), session.sheets.get(SHEET, {})
    others = {key: kept for key, kept in sure.items() if key != _key(session, path)}
    certain = isinstance(text, str) and beyond_doubt(text) and bool(doubt(asked_as(path), value))
    noted = {**others, _key(session, path): value} if certain else others
    if noted != sure:
        session.put_sheet(SHEET, noted)


def _key(session: Session, path: Path) -> str:
    """An entry by the names of the lines on its way, which may come to stand elsewhere."""
    names = [session.value((*path[: i + 1], "name")) if isinstance(part, int) else None for i, part in enumerate(path)]
    return " › ".join(str(name or part) for name, part in zip(names, path, strict=True))
