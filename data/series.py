"""A short series that somebody pastes: past values of a KPI, or past costs against budgets. Read, never executed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf, isfinite
from typing import NamedTuple

from data import scales
from data.cells import is_total
from data.headings import Column, apart, figures_below, heading
from data.parting import DIGIT, cells_of, refuse_doubt
from data.typed import ZEROS, is_date, number, refuse, shown, year_named
from model.base import as_percent
from model.fitting import MOST

LONGEST_TEXT = 200_000
"""Characters."""

WORD = re.compile(r"^[^\W\d_]|(?!bn\W*$)[^\W\d_]{2}", re.I)
OWN_STEP = re.compile(r"(?:%|k|m|bn)\W*$", re.I)
"""What a figure says of itself, whatever the scale of all others."""
USUAL: tuple[Column, Column] = ("budget", "actual")
FAR = 0.5
"""Of the budget: hardly anybody is that far from it on average."""
NAMED = 5
"""Lines that a note names before it says how many more there are."""


@dataclass(frozen=True)
class Series:
    """Values in their order, and a sentence for each kind of thing that was left out or could be doubted."""

    values: tuple[float, ...]
    notes: tuple[str, ...]


class _Figure(NamedTuple):
    text: str
    value: float


class _Line(NamedTuple):
    """A line's number from 1, its first cell, its figures, and its cells that hold none."""

    number: int
    first: str
    figures: list[_Figure]
    others: list[str]


def read_series(text: str, largest_part: float = inf, sums: bool = False) -> Series:
    """Every number of a text, in its order. Raises Refused, a ValueError of one sentence.

    Where none has a percent sign and one is larger than `largest_part`, all are percentages. `sums` of pounds are in
    thousands or millions where the text says so.
    """
    lines, notes = _values_only(_lines(text))
    step, told = _step(lines, text) if sums else ("", [])
    figures = _in_full([figure for line in lines for figure in line.figures], step)
    if len(figures) == 1 and re.search("[0-9],[0-9]", figures[0].text) and "£" not in figures[0].text:
        refuse_doubt("the text", figures[0].text)
    _must_fit(len(figures))
    values = tuple(figure.value for figure in figures)
    read = (*_left_out(lines, step), *told, *notes)
    largest = max(figures, key=lambda figure: abs(figure.value))
    if abs(largest.value) <= largest_part or any("%" in figure.text for figure in figures):
        return Series(values, (*read, *_mixed(figures)))
    so = f"No value has a percent sign and some are larger than {largest_part:g}, so all were read as percentages"
    return Series(tuple(value / 100 for value in values), (*read, f"{so}: {largest.text} as {largest.text}%."))


def read_pairs(text: str, instead: str = "Deviations from plan") -> Series:
    """Actual as part of budget, less 1, of each line that holds both; a label or year may lead. Raises Refused.

    Columns are budget, then actual, where no heading says otherwise. Who has pasted differences is sent to `instead`.
    """
    named = heading(text, instead) if len(text) <= LONGEST_TEXT else None
    columns = named.columns if named else USUAL
    lines, notes = _values_only(_lines(figures_below(text, named)))
    places = named.places if named else None
    step, told = _step(lines, text, places)
    raw = _raw(text)
    values: list[float] = []
    reasons: dict[str, list[int]] = {}
    for line in lines:
        if not line.figures:
            continue
        its = raw[line.number - 1]
        if places and apart(its):
            outcome = _in_places(line, its, places, step)
        else:
            outcome = _overspend(_in_full(line.figures, step), columns)
        if isinstance(outcome, str):
            reasons.setdefault(outcome, []).append(line.number)
        else:
            values.append(outcome)
    left_out = [f"{_named(numbers)} left out: {reason}." for reason, numbers in reasons.items()]
    if not values:
        refuse(left_out[0].rstrip(".") if left_out else "the text holds no pair of budget and actual")
    _must_fit(len(values))
    read = [named.note] if named else []
    others = _left_out([line for line in lines if not line.figures], step)
    notes = [*read, *told, *others, *notes, *left_out]
    return Series(tuple(values), (*notes, *_far(values)))


def _in_places(line: _Line, raw: str, places: tuple[int, int], step: str) -> float | str:
    """What a line says where its heading does, whatever other columns hold."""
    cells = apart(raw)
    held = [cells[place] for place in places if place < len(cells)]
    found = [_Figure(cell, value) for cell in held if (value := _value(f"line {line.number}", cell)) is not None]
    return _overspend(_in_full(found, step), USUAL) if len(found) == 2 else "a line needs both budget and actual"


def _step(lines: list[_Line], text: str, places: Sequence[int] | None = None) -> tuple[str, list[str]]:
    """'k', 'm' or 'bn' where what stands above the figures, or before the first, says so of all; and a note on it.

    Of a line that says it of several columns, what those at `places` say.
    """
    first = next(line for line in lines if line.figures)
    above = [*enumerate(_raw(text)[: first.number - 1], start=1), (first.number, " ".join(first.others))]
    said = {step: (count, words) for count, line in reversed(above) for words, step in _scales(line, places or ())}
    if len(said) > 1:
        (one, a), (other, b) = sorted(said.values())[:2]
        where = f"line {one} says" if one == other else f"lines {one} and {other} say"
        refuse(f"{where} {shown(a)} and {shown(b)} of sums; paste all of them in one of the two")
    for step, (count, words) in said.items():
        how = scales.IN_WORDS[step]
        return step, [f"Line {count}, {shown(words)}, says {how}: so is every sum that says nothing else."]
    return "", []


def _scales(line: str, places: Sequence[int]) -> list[tuple[str, str]]:
    cells = apart(line)
    there = " ".join(cells[place] for place in places if place < len(cells))
    return [*scales.said(there)] or [*scales.said(line)]


def _in_full(figures: list[_Figure], step: str) -> list[_Figure]:
    """Figures with the step of their heading, where they have none of their own."""
    factor = 10.0 ** ZEROS[step] if step else 1.0
    return [one if OWN_STEP.search(one.text) else one._replace(value=one.value * factor) for one in figures]


def _raw(text: str) -> list[str]:
    return text.replace("\ufeff", "").splitlines()


def _far(values: list[float]) -> list[str]:
    """A question where the columns are hardly what they were taken for."""
    mean = sum(values) / len(values)
    if abs(mean) <= FAR:
        return []
    way = "above" if mean > 0 else "below"
    return [f"On average actual lies {as_percent(round(abs(mean), 3))} {way} budget: is each column what it should be?"]


def text_of(rows: Iterable[Sequence[str]]) -> str:
    """Rows of cells, such as those of a file, as a text that the two readers understand."""
    return "\n".join("\t".join(" ".join(cell.replace('"', "").split()) for cell in row) for row in rows)


def _overspend(figures: list[_Figure], columns: tuple[Column, ...]) -> float | str:
    """Actual / budget − 1, or why there is none."""
    if len(figures) != len(columns):
        wanted = "two figures, budget and actual" if len(columns) == 2 else "a figure in each of the columns named"
        return f"a line needs {wanted}"
    budget, actual = (figures[columns.index(name)] for name in USUAL)
    if ("%" in budget.text) != ("%" in actual.text):
        return "one figure is a percentage and the other is not"
    ratio = actual.value / budget.value if budget.value > 0 else float("inf")
    return ratio - 1 if isfinite(ratio) else "its budget must be more than 0"


def _lines(text: str) -> list[_Line]:
    """The lines that are not blank."""
    if len(text) > LONGEST_TEXT:
        refuse(f"the text has {len(text):,} characters; at most {LONGEST_TEXT:,} are read")
    found: list[_Line] = []
    for count, raw in enumerate(_raw(text), start=1):
        if not raw.strip():
            continue
        cells = list(cells_of(f"line {count}", raw.strip()))
        line = _Line(count, cells[0], [], [])
        total = any(map(is_total, cells))  # which is left out, whatever it is made of
        for cell in cells:
            value = None if total and cell.startswith("=") else _value(f"line {count}", cell)
            if value is None:
                line.others.append(cell)
            else:
                line.figures.append(_Figure(cell, value))
        found.append(line)
    if not any(line.figures for line in found):
        refuse("the text holds no number; paste the values, one on each line")
    return found


def _value(where: str, cell: str) -> float | None:
    """The number in a cell, a percentage as a fraction; None for a word, a date or nothing. Raises Refused."""
    is_period = is_date(cell) or (year_named(cell) and not cell.isdigit())
    if scales.only(cell) or (not cell.startswith("=") and (is_period or WORD.search(cell) or not DIGIT.search(cell))):
        return None
    value = number(where, cell, money=False)
    return value / 100 if "%" in cell else value


def _values_only(lines: list[_Line]) -> tuple[list[_Line], list[str]]:
    """The lines without totals and without a heading or column of years, and a note on each of these."""
    lines, totals = _without(lines, [line for line in lines if _is_total(line)], 2, "a total or average")
    lines, heads = _without(lines, [line for line in lines if _is_heading(line)], 1, "years, not values")
    widest = max(len(line.figures) for line in lines)
    first = [line.first for line in lines if len(line.figures) == widest]
    if widest < 2 or not 1 < len(first) == len(set(first)) or not all(map(_is_year, first)):
        return lines, totals + heads
    led = [line for line in lines if _is_year(line.first)]
    years = f"from {led[0].first} to {led[-1].first}"
    numbers = {line.number for line in led}
    kept = [line._replace(figures=line.figures[1:]) if line.number in numbers else line for line in lines]
    return kept, [*totals, *heads, f"The first column was taken for years, {years}, and left out."]


def _is_year(text: str) -> bool:
    return text.isdigit() and year_named(text) is not None


def _without(lines: list[_Line], some: list[_Line], least: int, what: str) -> tuple[list[_Line], list[str]]:
    """The other lines and a note, if at least so many of the others hold figures; else all."""
    gone = {line.number for line in some}
    kept = [line for line in lines if line.number not in gone]
    if not some or sum(bool(line.figures) for line in kept) < least:
        return lines, []
    return kept, [f"{_named(sorted(gone))} left out: {what}."]


def _is_total(line: _Line) -> bool:
    return bool(line.figures) and any(map(is_total, line.others))


def _is_heading(line: _Line) -> bool:
    """Whether its figures are three years or more, one after the other."""
    rising = all(after.value == before.value + 1 for before, after in pairwise(line.figures))
    return len(line.figures) > 2 and rising and all(_is_year(figure.text) for figure in line.figures)


def _must_fit(count: int) -> None:
    if count > MOST:
        refuse(f"the text holds {count:,} values; at most {MOST:,} are read")


def _left_out(lines: list[_Line], step: str) -> list[str]:
    """One note on the cells that hold no number, but for those that say the step, which are told of."""
    found = [(line.number, cell) for line in lines for cell in (_words(line) if step else line.others)]
    if not found:
        return []
    line, cell = found[0]
    first = f"{shown(cell) if cell else 'an empty one'} in line {line}"
    many = f"{len(found):,} cells without a number were left out, the first {first}."
    return [many if len(found) > 1 else f"1 cell without a number was left out: {first}."]


def _words(line: _Line) -> list[str]:
    """The cells that are neither numbers nor units; of a line of units only, none."""
    words = [cell for cell in line.others if not scales.only(cell)]
    return words if any(words) or line.figures else []


def _mixed(figures: list[_Figure]) -> list[str]:
    """A note where some values have a percent sign and others have none."""
    signs = sum("%" in figure.text for figure in figures)
    if signs in (0, len(figures)):
        return []
    return [f"A percent sign stands at {signs} of {len(figures)} values; only these were divided by 100."]


def _named(numbers: list[int]) -> str:
    """'Line 3 was', 'Lines 3 and 7 were', 'Lines 1, 2, 3, 4, 5 and 12 more were'."""
    if len(numbers) == 1:
        return f"Line {numbers[0]} was"
    names = [str(line) for line in numbers[:NAMED]]
    last = f"{len(numbers) - NAMED:,} more" if len(numbers) > NAMED else names.pop()
    return f"Lines {', '.join(names)} and {last} were"
