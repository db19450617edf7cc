"""Percentages of a pasted table that may be meant as parts of 1: whether 0.035 is 0.035% or 3.5% is asked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from data.typed import shown
from ui.columns import Column, Lines
from ui.entries import read_back

Table = list[list[str]]
Cell = tuple[int, int]
IN_ITS_UNIT = ("today", "expected", "levels")
"""Entries that are in the unit of their own line."""
OF_KPIS = "Values of KPIs in %"
Answers = Mapping[str, bool]
"""Whether the figures that a question is about are parts of 1, by what it is about."""


@dataclass(frozen=True)
class Question:
    """What it is about, a figure to ask by, and the cells."""

    about: str
    figure: str
    cells: tuple[Cell, ...]
    unsure = (
        "Percentages below 1 without a % sign can be meant in two ways. What would change is shown once you choose."
    )

    @property
    def readings(self) -> tuple[str, str]:
        """What the figure is as typed, and as a part of 1."""
        value = _value(self.figure)
        return f"{self.figure} is {value:.10g}%", f"{self.figure} is {value * 100:.10g}%"


def questions(
    table: Table, body: Sequence[int], across: list[Column | None], into: Lines, in_percent: Callable[[list[str]], bool]
) -> tuple[list[Question], list[str]]:
    """What is to be asked: of figures that all are at most 1, some of them less, where none has a percent sign.

    Where others of a column have one, sentences on those that have none. `in_percent`: whether a row's own unit is %.
    """
    by_entry: dict[str, list[Cell]] = {}
    for i in body:
        own = in_percent(table[i])
        for j, (one, cell) in enumerate(zip(into.across(table[i], across), table[i], strict=False)):
            if one and cell and (one.unit == "%" or (own and one.place[0] in IN_ITS_UNIT)):
                by_entry.setdefault(one.title if one.unit == "%" else OF_KPIS, []).append((i, j))
    asked, told = [], []
    for about, cells in by_entry.items():
        bare = [(i, j) for i, j in cells if _is_bare(table[i][j])]
        small = [(i, j) for i, j in bare if 0 < abs(_value(table[i][j])) < 1]
        if not small or any(abs(_value(table[i][j])) > 1 for i, j in bare):
            continue
        if any("%" in table[i][j] for i, j in cells):
            told += [
                f"Row {i + 1}, {about}: {shown(table[i][j])} has no % sign, as others have. It is read as a percentage."
                for i, j in small
            ]
        else:
            i, j = small[0]
            asked.append(Question(about, table[i][j], tuple(bare)))
    return asked, told


def answered(table: Table, asked: list[Question], answers: Answers) -> Table:
    """The table with a percent sign at every figure of a question that was answered."""
    found = [[*row] for row in table]
    for question in asked:
        if question.about in answers:
            factor = 100 if answers[question.about] else 1
            for i, j in question.cells:
                found[i][j] = f"{_value(table[i][j]) * factor:.10g}%"
    return found


def _value(cell: str) -> float:
    value = read_back(cell, "")
    return value if isinstance(value, float) else 0.0


def _is_bare(cell: str) -> bool:
    """Whether a cell is a number alone."""
    return "%" not in cell and "£" not in cell and isinstance(read_back(cell, ""), float)
