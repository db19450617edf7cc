"""Several rows of a pasted cost table that name one partner, such as its service lines: added up to one, and said."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from data.cells import folded, is_total
from data.typed import shown
from ui.columns import COST, NAME, Column
from ui.entries import read_back
from ui.entries import shown as as_text
from ui.format import listed
from ui.later_columns import is_later
from ui.meanings import EMPTY, UNREADABLE, meant, needed

Table = dict[int, list[str]]
LIKE_A_TOTAL = 0.005
"""Pounds that a row may differ from the sum of the others and still be their total."""


@dataclass
class Summed:
    """The rows, those of one partner as one, in the place of its first; what was added up, and what could not be."""

    rows: Table
    said: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def rows(table: Table, across: Sequence[Column | None]) -> Summed:
    """A table of costs with one row for each partner; any other table as it is."""
    places = [one.place if one else None for one in across]
    if NAME not in places or COST not in places:
        return Summed(table)
    by_name: dict[str, Table] = {}
    for i, row in table.items():
        name = _cell(row, places.index(NAME))
        by_name.setdefault(folded(name) if name and not is_total(name) else f"\0{i}", {})[i] = row
    found = Summed({})
    for lines in by_name.values():
        for i in [i for i, row in lines.items() if len(lines) > 2 and any(is_total(cell) for cell in row)]:
            found.left_out.append(f"Row {i + 1}, {shown(' '.join(lines.pop(i)))}: a total or average.")
        if len(lines) == 1:
            found.rows |= lines
        elif wrong := _wrong(lines, across, places.index(COST)):
            name = _cell(next(iter(lines.values())), places.index(NAME))
            found.unread += [*wrong, f"The {len(lines)} lines of {shown(name)} are not added up until that is mended."]
            found.rows[min(lines)] = [name if place == NAME else "" for place in places]  # it is named, and stays
        else:
            found.rows[min(lines)] = _as_one(lines, across, places.index(COST), found)
    return found


def _cell(row: list[str], at: int) -> str:
    return row[at] if at < len(row) else ""


def _wrong(lines: Table, across: Sequence[Column | None], cost: int) -> list[str]:
    """Why the lines of one partner cannot be added up."""
    wrong = [
        f"Row {i + 1}, {one.title}: {shown(cell)} is not {needed(one)}."
        for i, row in lines.items()
        for one, cell in zip(across, row, strict=False)
        if one and one.place != NAME and cell.casefold() not in EMPTY and meant(cell, one) is UNREADABLE
    ]
    if wrong:
        return wrong
    seen: dict[tuple[str, ...], int] = {}
    for i, row in lines.items():
        if (first := seen.setdefault(tuple(row), i)) != i:
            wrong.append(f"Row {i + 1} is the same as row {first + 1}: leave one out, or enter their sum.")
    costs = _costs(lines, cost)
    if not any(costs.values()):
        wrong += [f"None of its rows gives a cost: {_numbered(lines)}."]
    return wrong


def _like_a_total(costs: dict[int, float]) -> str:
    """A question about a row that comes to as much as all others."""
    total = sum(costs.values())
    found = [i for i, one in costs.items() if len(costs) > 2 and one and abs(total - 2 * one) < LIKE_A_TOTAL]
    return f"row {found[0] + 1} is as much as the others together: leave it out if it is their total" if found else ""


def _costs(lines: Table, at: int) -> dict[int, float]:
    """What each row that gives a cost gives."""
    found = {i: read_back(_cell(row, at), "£") for i, row in lines.items()}
    return {i: cost for i, cost in found.items() if isinstance(cost, float)}


def _as_one(lines: Table, across: Sequence[Column | None], cost: int, found: Summed) -> list[str]:
    """The lines of one partner as one row."""
    costs = _costs(lines, cost)
    total = round(sum(costs.values()), 2)
    one_row = next(iter(lines.values()))
    whole = [*one_row, *[""] * (len(across) - len(one_row))]
    whole[cost] = f"{total:.2f}"
    more = [question] if (question := _like_a_total(costs)) else []
    for j, one in enumerate(across):
        if one and is_later(one.place) and (later := _costs(lines, j)):
            whole[j] = f"{round(sum(later.values()), 2):.2f}"
            more.append(f"{one.title} {as_text(float(whole[j]), '£')}")
        elif one and one.place not in (NAME, COST):
            whole[j], average = _together(lines, costs, j, one, found)
            more += [average] if average else []
    for i, row in list(lines.items())[1:]:
        found.unread += [
            f"Row {i + 1}, column {j + 1}: {shown(cell)} is in a column too many."
            for j, cell in enumerate(row[len(across) :], start=len(across))
            if cell
        ]
    name = next(_cell(one_row, j) for j, one in enumerate(across) if one and one.place == NAME)
    title = next(one.title for one in across if one and one.place == COST)
    without = [i for i in lines if i not in costs]
    gives = "gives" if len(without) == 1 else "give"
    none = f" ({_numbered(without)} {gives} none)" if without else ""
    said = [f"{len(lines)} lines of {name} were added up: {title} {as_text(total, '£')}{none}", *more]
    found.said.append(f"{'; '.join(said)}.")
    return whole


def _together(lines: Table, costs: dict[int, float], at: int, one: Column, found: Summed) -> tuple[str, str]:
    """What the lines say of another entry: what they all say, or its average by cost; and a sentence on the latter."""
    cells = {i: cell for i, row in lines.items() if (cell := _cell(row, at)) and cell.casefold() not in EMPTY}
    values = {i: meant(cell, one) for i, cell in cells.items()}
    if len(set(values.values())) < 2:
        return next(iter(cells.values()), ""), ""
    each = listed([as_text(value, one.unit) for value in values.values()])
    if one.unit != "%" or any(i not in values for i in costs) or min(costs.values()) < 0:
        found.unread.append(f"{one.title} differs between {_numbered(lines)}: {each}.")
        return "", ""
    average = sum(values[i] * cost for i, cost in costs.items()) / sum(costs.values())
    text = as_text(round(average, 6), "%")
    return text, f"{one.title} {text}, the average of {each} by cost"


def _numbered(lines: Sequence[int] | Table) -> str:
    """'rows 2, 3 and 5'."""
    numbers = [str(i + 1) for i in lines]
    return f"row{'s' if len(numbers) > 1 else ''} {listed(numbers)}"
