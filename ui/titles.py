"""The row of headings of a pasted table: which row it is, which entry each names, and what it says of its sums."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from data import scales
from data.cells import folded
from data.typed import shown, year_named
from ui import dated, fee_parts, known_titles, later_columns
from ui.columns import EXPECTED, NAME, Column, Lines
from ui.entries import read_back
from ui.format import listed

Table = Sequence[list[str]]
LOOKED_AT = 20
"""Filled rows among which the headings may stand."""


@dataclass
class Head:
    """What the headings say: each column's entry and the step of its sums ('k', 'm', '%'), and the rows below them.

    `told` and `asked` are sentences on what was understood and what could be doubted.
    """

    across: list[Column | None]
    steps: list[str]
    body: list[int]
    unread: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    aim: str = ""
    """What the expected values of KPIs are headed with, where that is rather an aim."""


def found(table: Table, into: Lines) -> Head | None:
    """The headings of a table; nothing where it has none."""
    filled = [i for i, row in enumerate(table) if any(row)]
    at = _row_of(table, filled, into)
    if at is None:
        return None
    below = [i for i in filled if i > at]
    titles = [*table[at]]
    if below and _says_units(table[below[0]], into):
        units = table[below.pop(0)]
        titles = [" ".join(filter(None, both)) for both in zip(titles, [*units, *[""] * len(titles)], strict=False)]
    head = Head([], [], [i for i in below if table[i] != table[at]])
    head.across = _across(titles, [table[i] for i in head.body], into, head)
    if into.named and NAME not in [one.place for one in head.across if one]:
        head.told.append("No column of names was found, so rows go to the lines in their order.")
    aims = _aims(titles, head.across)
    head.told += [_read_as(*one) for one in aims]
    head.aim = next((title for *_, title in aims), "")
    above = [i for i in filled if i < at]
    _leave_out(table, above, at, into, head)
    head.steps = _steps(titles, _scales_above(table, above), into, head)
    return head


def without(table: Table, into: Lines) -> Head:
    """A table without headings: its columns in the order in which they are shown, and that it is so."""
    filled = [i for i, row in enumerate(table) if any(row)]
    first = next((n for n, i in enumerate(filled) if _has_figures(table[i], into)), 0)
    titles = 0
    while titles < first and sum(map(bool, table[filled[titles]])) == 1:
        titles += 1
    above, body = filled[:titles], filled[titles:]
    figures = all(isinstance(read_back(table[i][0], ""), float) for i in body if table[i][0])
    head = Head([*(into.columns[1:] if into.named and figures else into.columns)], [], body)
    head.left_out = [f"Row {i + 1}, {shown(_text(table[i]))}: a title." for i in above]
    head.steps = _steps(["" for _ in head.across], _scales_above(table, above), into, head)
    names = [one.title for one in head.across if one][: max((len(table[i]) for i in body), default=1)]
    ask = "" if names[0] == into.columns[0].title and into.named else ", and rows by theirs"
    head.told.insert(0, f"No row of headings was found, so columns are read by their order{ask}: {', '.join(names)}.")
    return head


def _row_of(table: Table, filled: list[int], into: Lines) -> int | None:
    """The row that names most columns; one that names a single column, or none, only above all figures."""
    first = filled[:LOOKED_AT]
    known = {i: sum(bool(known_titles.candidates(cell, into)) for cell in table[i]) for i in first}
    best = max(first, key=lambda i: known[i], default=None)
    if best is None or known[best] > 1:
        return best
    figures = next((n for n, i in enumerate(first) if _has_figures(table[i], into)), len(first))
    alone = all(sum(map(bool, table[i])) < 2 for i in filled)
    of_one = [i for i in first[:figures] if known[i] and (alone or sum(map(bool, table[i])) > 1)]
    of_none = [i for i in first[:figures] if _only_titles(table[i], into)]
    return next(iter([*of_one, *of_none]), None)


def _has_figures(row: list[str], into: Lines) -> bool:
    """Whether a row is a line: it begins with a line's name, or holds a figure that is no year."""
    if into.named and folded(row[0]) in {folded(name) for name, _ in into.lines}:
        return True
    return any(isinstance(read_back(cell, ""), float) and not year_named(cell) for cell in row)


def _only_titles(row: list[str], into: Lines) -> bool:
    """Whether a row that starts with no line's name has only words, or years, where the columns hold figures."""
    figures = [cell for cell in row[1:] if cell]
    words = all(year_named(cell) or not isinstance(read_back(cell, ""), float) for cell in figures)
    return into.named and len(figures) > 1 and words and folded(row[0]) not in {folded(n) for n, _ in into.lines}


def _says_units(row: list[str], into: Lines) -> bool:
    """Whether a row below headings only says in what the columns are, or of which year."""
    cells = [cell for cell in row if cell]
    if into.named and row[0] and not scales.only(row[0]):
        return False
    fits = all(scales.only(cell) or year_named(cell) for cell in cells)
    return fits and (any(map(scales.only, cells)) or (into.named and not row[0]))


def _leave_out(table: Table, above: list[int], at: int, into: Lines, head: Head) -> None:
    """Says what becomes of the rows above the headings."""
    for i in above:
        if _has_figures(table[i], into):
            head.unread.append(
                f"Row {i + 1}, {shown(_text(table[i]))}, stands above the headings, which are row {at + 1}."
            )
        else:
            head.left_out.append(f"Row {i + 1}, {shown(_text(table[i]))}: above the headings, which are row {at + 1}.")


def _text(row: list[str]) -> str:
    return " ".join(filter(None, row))


def _scales_above(table: Table, above: list[int]) -> dict[int, tuple[int, str]]:
    """Rows above that say thousands or millions, by the columns that they are about: a row and what it says.

    What stands alone in its row is about all columns; else it is about those as far as the next cell.
    """
    said: dict[int, tuple[int, str]] = {}
    width = max((len(row) for row in table), default=0)
    for i in above:
        places = [j for j, cell in enumerate(table[i]) if cell]
        for place, end in zip(places, [*places[1:], width], strict=True):
            cell = table[i][place]
            if scales.larger(cell):
                alone = len(places) == 1 or scales.only(cell)
                said |= dict.fromkeys(range(width) if alone else range(place, end), (i, cell))
    return said


def _steps(titles: list[str], above: dict[int, tuple[int, str]], into: Lines, head: Head) -> list[str]:
    """What each column's figures are to be multiplied by, as its heading says, or else a row above it."""
    steps: list[str] = []
    followed: dict[tuple[int, str], list[str]] = {}
    for j, (one, title) in enumerate(zip(head.across, titles, strict=True)):
        step = ""
        if one and scales.sign(title) == "%" != one.unit:
            step = "%"
        elif one and one.unit == "£" and not (step := scales.larger(title)) and j in above:
            row, said = above[j]
            if scales.sign(title) == "£":
                head.asked.append(
                    f"Row {row + 1} says {shown(said)}, but column {j + 1} is headed {shown(title)}: "
                    "its sums are read as pounds."
                )
            else:
                step = scales.larger(said)
                followed.setdefault(above[j], []).append(one.title)
        steps.append(step)
    for (row, said), names in followed.items():
        words = scales.IN_WORDS[scales.larger(said)]
        head.told.append(f"Row {row + 1}, {shown(said)}, says {words}: so are sums under {listed(names)}.")
    return steps


def _across(titles: list[str], body: Table, into: Lines, head: Head) -> list[Column | None]:
    """The columns that titles name, in their order. Sentences on titles of no entry are added to the head."""
    given = [
        known_titles.named(title, [row[j] for row in body if j < len(row)], into) for j, title in enumerate(titles)
    ]
    across = [one if isinstance(one, Column) else None for one in given]
    parts = fee_parts.found(titles, given, body, into)
    for place, part in parts.given.items():
        across[place], given[place] = part if isinstance(part, Column) else None, part
    head.told += parts.told
    head.left_out += parts.left_out
    if into.named and into.columns[0] not in across and (j := _of_names(across, body, into)) is not None:
        across[j], given[j] = into.columns[0], into.columns[0]
    costs = later_columns.found(titles, across, into)
    for j in _of_several_years(titles, across):
        across[j], given[j] = None, "of several years; keep one of them"
    for j, cost in costs.columns.items():
        across[j], given[j] = cost, cost
    for j in costs.left_out:
        across[j], given[j] = None, ""
    head.told += costs.told
    head.left_out += costs.left_out.values()
    for j, one in enumerate(given):
        if isinstance(one, str) and one and titles[j]:
            head.unread.append(f"Column {j + 1} is headed {shown(titles[j])}, {one}.")
        elif isinstance(one, Column) and one in across[:j]:
            across[j] = None
            first = next(k for k, other in enumerate(given[:j]) if other == one)
            alike = folded(titles[first]) == folded(titles[j])
            why = "as another column is" if alike else f"which is {one.title}, as column {first + 1} is"
            head.unread.append(f"Column {j + 1} is headed {shown(titles[j])}, {why}.")
    return across


def _aims(titles: list[str], across: list[Column | None]) -> list[tuple[int, Column, str]]:
    """Which headings of an aim are read as what a KPI is expected to be, which need not be the same."""
    pairs = enumerate(zip(across, titles, strict=True), start=1)
    aims = [(j, one, title) for j, (one, title) in pairs if one and one.place == EXPECTED]
    return [(j, one, title) for j, one, title in aims if "expected" not in folded(title)]


def _read_as(j: int, one: Column, title: str) -> str:
    return (
        f"Column {j} is headed {shown(title)}, which is read as {one.title}: "
        "where a KPI is expected to be, not a level. A level goes under Minimum (agreed as good enough) or Stretch "
        "(clearly better)."
    )


def _of_names(across: list[Column | None], body: Table, into: Lines) -> int | None:
    """Where names stand that no title heads: where most of the lines are named, else in a first column of words."""
    known = {folded(name) for name, _ in into.lines}
    held = {j: [row[j] for row in body if j < len(row) and row[j]] for j, one in enumerate(across) if one is None}
    named = {j: sum(folded(cell) in known for cell in cells) for j, cells in held.items()}
    if any(named.values()):
        return max(named, key=named.__getitem__)
    return 0 if not all(isinstance(read_back(cell, ""), float) for cell in held.get(0, ["0"])) else None


def _of_several_years(titles: list[str], across: list[Column | None]) -> list[int]:
    """The columns of one entry that name different years."""
    of_a_year = [(j, one) for j, one in enumerate(across) if one and dated.without_year(titles[j]) != titles[j]]
    return [j for j, one in of_a_year if [entry for _, entry in of_a_year].count(one) > 1]
