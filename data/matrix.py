"""A correlation matrix that somebody pastes: read as data, bounded, and doubted."""

import csv
from collections.abc import Sequence
from io import StringIO

from data.typed import number, refuse, shown

LONGEST_TEXT = 200_000
"""Characters."""

MOST_ROWS = 260
"""More than the largest alliance has."""

AGREE = 0.0005
"""The two halves of a matrix may differ by rounding."""

Pairs = dict[tuple[str, str], float]


def read_matrix(text: str, names: Sequence[str]) -> Pairs:
    """Correlations by pairs of names, off a table with names across its top and down its side. Raises Refused.

    A part of the names will do, and so will one half of the table. 0.3 and 30% are the same.
    """
    head, *body = _rows(text)
    across = [_known(cell, names, "the first line") for cell in head[1:]]
    _must_differ(across, "the first line")
    down = [_known(row[0], names, f"line {i}") for i, row in enumerate(body, start=2)]
    _must_differ(down, "the first column")
    found: Pairs = {}
    for one, row in zip(down, body, strict=True):
        if len(row) > len(across) + 1:
            refuse(f"the line of '{one}' has {len(row) - 1} figures; there are {len(across)} names across the top")
        for other, cell in zip(across, row[1:], strict=False):
            if cell:
                _take(found, one, other, cell)
    return found or refuse("the table holds no correlation between two different names")


def _rows(text: str) -> list[list[str]]:
    if len(text) > LONGEST_TEXT:
        refuse(f"the text has {len(text):,} characters; at most {LONGEST_TEXT:,} are read")
    lines = [line for line in text.replace("\ufeff", "").splitlines() if line.strip(" ,;\t")]
    if len(lines) < 2:
        refuse("paste a table: names across its top and down its side, and figures between them")
    if len(lines) > MOST_ROWS:
        refuse(f"the table has {len(lines):,} lines; at most {MOST_ROWS} are read")
    delimiter = max("\t;,", key=lines[0].count)
    try:
        rows = [[cell.strip() for cell in row] for row in csv.reader(StringIO("\n".join(lines)), delimiter=delimiter)]
    except csv.Error:
        refuse("the table cannot be read; check its quotation marks")
    rows = [_without_empty_end(row) for row in rows]
    return rows if len(rows[0]) > 1 else refuse("the first line holds no names; put commas, semicolons or tabs between")


def _without_empty_end(row: list[str]) -> list[str]:
    """A row less the empty cells at its end, but with a first cell."""
    filled = [i for i, cell in enumerate(row) if cell]
    return row[: filled[-1] + 1] if filled else [""]


def _known(cell: str, names: Sequence[str], where: str) -> str:
    folded = " ".join(cell.casefold().split())
    found = next((name for name in names if " ".join(name.casefold().split()) == folded), None)
    return found or refuse(f"{where} names {shown(cell)}; there is no such quantity here, only those in the list above")


def _must_differ(found: Sequence[str], where: str) -> None:
    twice = next((name for i, name in enumerate(found) if name in found[:i]), None)
    if twice:
        refuse(f"{where} names '{twice}' twice")


def _take(found: Pairs, one: str, other: str, cell: str) -> None:
    """Adds one correlation, unless it stands in both halves and they agree."""
    where = f"'{one}' with '{other}'"
    value = number(where, cell, money=False) / (100 if "%" in cell else 1)
    if not -1 <= value <= 1:
        refuse(f"{where} is {shown(cell)}; a correlation lies between -1 and 1, or -100% and 100%")
    if one == other:
        if value != 1:
            refuse(f"{where} is {shown(cell)}; a quantity has a correlation of 1 with itself")
        return
    if abs(found.get((other, one), value) - value) > AGREE:
        refuse(f"{where} is {shown(cell)}, but '{other}' with '{one}' is {found[other, one]:.10g}; make them the same")
    if (other, one) not in found:
        found[one, other] = value
