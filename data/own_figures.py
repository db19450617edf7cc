"""A file of one's own figures: the rows of the sheet that holds them, which one that is, and which were not read."""

from contextlib import suppress
from typing import NamedTuple

from data import workbook
from data.headings import LOOKED_AT, name_both
from data.scales import only
from data.typed import number, shown, year_named
from data.workbook import Row
from model.documents import Refused

NAMED = 3
"""Sheets that are not read and are named one by one."""


class Figures(NamedTuple):
    """The rows of a file, and a sentence on its other sheets where it has any."""

    rows: list[Row]
    note: str


def read(name: str, content: bytes) -> Figures:
    """The sheet that heads figures as planned and actual, or the first with a figure; one whose figures may all be
    years only where none holds any other.

    Raises Refused.
    """
    sheets = workbook.tables(name, content, most=workbook.LAST_ROW)
    best = max(sheets, key=lambda title: _figures(sheets[title]))
    others = [shown(title) for title in sheets if title != best]
    if not others:
        return Figures(sheets[best], "")
    more = [f"{len(others) - NAMED} more"] if len(others) > NAMED else []
    named = ", ".join([*others[:NAMED], *more])
    return Figures(sheets[best], f"{shown(name)}: its sheet {shown(best)} was read. Not read: {named}.")


def _figures(rows: list[Row]) -> int:
    """3 where a sheet heads its figures as planned and actual, 2 where it holds others, 1 where all may be years,
    0 where there is none."""
    cells = {cell for row in rows for cell in row.texts if cell}
    held = [cell for cell in cells if _is_number(cell)]
    if not any(not year_named(cell) for cell in held):
        return 1 if held else 0
    return 3 if any(name_both(row.texts) for row in rows[:LOOKED_AT]) else 2


def _is_number(cell: str) -> bool:
    """Whether a cell is a number, or a formula, which may be one; '£000' is a unit."""
    if only(cell):
        return False
    with suppress(Refused):
        return cell.startswith("=") or number("", cell, money=False) is not None
    return False
