"""The headings of pasted columns: what was planned, what it came to, or only their difference."""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from data import scales
from data.typed import is_date, refuse, shown, year_named

Column = Literal["budget", "actual", "difference"]

LOOKED_AT = 20
"""Lines that may stand above the first figures."""
LONGEST_LINE = 500
PLANNED = {"budget", "budgets", "budgeted", "plan", "plans", "planned", "target", "targets", "required"}
HAPPENED = {"actual", "actuals", "outturn", "outturns", "achieved", "delivered"}
SPENT = {"spend", "spent", "spending", "expenditure"}
"""Of what happened where nothing says that it was planned: 'target spend' is a plan."""
BETWEEN = {"variance", "variances", "variation", "difference", "differences", "deviation", "overspend", "underspend"}
NEARLY = {"over", "under", "surplus", "deficit"}
UNITS = {"k", "m", "bn", "gbp", "year"}


class Heading(NamedTuple):
    """A line, counted from 1, and what its columns hold, in their order.

    `places` is where budget and actual stand among the cells of a line; nothing where cells are not kept apart.
    """

    line: int
    columns: tuple[Column, ...]
    said: str
    places: tuple[int, int] | None = None

    @property
    def note(self) -> str:
        """What was read, and in which order where that is not the usual one."""
        first, second = (column for column in self.columns if column != "difference")
        order = f"{first}, then {second}" + ("; they were read in that order" if first == "actual" else "")
        return f"Line {self.line} names the columns: {order}."


def heading(text: str, instead: str) -> Heading | None:
    """The last line above the figures that names two columns. Refuses one that names a difference and no pair."""
    found = None
    for count, line in enumerate(text.replace("\ufeff", "").splitlines()[:LOOKED_AT], start=1):
        if len(line) > LONGEST_LINE:
            break
        cells = _cells(line)
        named = {column: cell for cell in cells if (column := _column(cell))}
        if len(named) > 1:
            found = Heading(count, tuple(named), named.get("difference", ""), _places(line))
        elif any(map(_is_figure, _cells(scales.without(line)))):
            break
    if found and not {"budget", "actual"} <= set(found.columns):
        refuse(
            f"line {found.line} heads a column {shown(found.said)}; paste budget and actual, or choose '{instead}' and "
            "paste percentages"
        )
    return found


def _is_figure(cell: str) -> bool:
    """Whether a cell holds digits and no word."""
    return bool(re.search("[0-9]", cell)) and not re.search(r"[^\W\d_]{2}", cell)


def name_both(cells: Sequence[str]) -> bool:
    """Whether cells head a column of what was planned and one of what it came to."""
    return {"budget", "actual"} <= {_column(cell) for cell in cells}


def _places(line: str) -> tuple[int, int] | None:
    """Where the only cells that name budget and actual stand."""
    held = [_column(cell) for cell in apart(line)]
    once = held.count("budget") == 1 and held.count("actual") == 1
    return (held.index("budget"), held.index("actual")) if once else None


def figures_below(text: str, named: Heading | None) -> str:
    """The text with its heading, and figures below it that it does not name, left blank; lines keep their numbers."""
    lines = text.splitlines()
    if not named:
        return text
    below = lines[named.line :]
    if named.places:
        below = [_only(line, named.places) for line in below]
    return "\n".join([*lines[: named.line - 1], "", *below])


def _only(line: str, places: tuple[int, int]) -> str:
    """A line less the figures of other columns, whatever they are; words and years say what it is, and stay."""
    cells = apart(line)
    kept = [
        cell if j in places or not re.search("^=|[0-9]", cell) or year_named(cell) or is_date(cell) else ""
        for j, cell in enumerate(cells)
    ]
    return "\t".join(kept) if cells else line


def apart(line: str) -> list[str]:
    """The cells of a line that keeps them apart, empty ones too; none where that is not sure."""
    return [] if '"' in line or not re.search("[\t;]", line) else [cell.strip() for cell in re.split("[\t;]", line)]


def _cells(line: str) -> list[str]:
    """The cells of a line; of one without separators its words, where nothing but headings stands in it."""
    cells = [cell.strip(' "') for cell in re.split(r"[\t;,]| {2,}", line.strip())]
    if len(cells) > 1:
        return cells
    words = line.split()
    strangers = [word for word in words if not _column(word) and set(_words(word)) - UNITS]
    return [] if strangers else words


def _column(cell: str) -> Column | None:
    """What a column of that name holds."""
    words = set(_words(cell))
    if words & BETWEEN or (words & PLANNED and words & HAPPENED):
        return "difference"
    if words & PLANNED:
        return "budget"
    if words & (HAPPENED | SPENT):
        return "actual"
    return "difference" if words & NEARLY else None


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.casefold())
