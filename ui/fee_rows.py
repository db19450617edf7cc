"""Rows of a pasted table of costs that give the parts of the fee, or pounds: the percentage that each comes to."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from data.cells import is_total
from ui.columns import COST, NAME, Column, Lines
from ui.entries import read_back
from ui.entries import shown as as_text
from ui.fee_parts import FEE
from ui.format import listed
from ui.meanings import EMPTY, UNREADABLE, meant

WITHIN = 0.5
"""Pounds by which a fee may differ from the sum that was pasted: so many decimals has its percentage."""


def added_up(
    table: dict[int, list[str]], across: Sequence[Column | None], into: Lines
) -> tuple[dict[int, list[str]], list[Column | None], list[str]]:
    """Rows and columns with the fee in the place of what it is made from, and how each row's came about."""
    at = [j for j, one in enumerate(across) if one and one.place != FEE and one.place[:1] == FEE]
    if not at:
        return table, [*across], []
    fee = next(one for one in into.columns if one.place == FEE)
    cost = next((j for j, one in enumerate(across) if one and one.place == COST), None)
    name = next((j for j, one in enumerate(across) if one and one.place == NAME), None)
    rows, said = {}, []
    for i, row in table.items():
        cells = {one: row[j] for j in at if (one := across[j]) and j < len(row) and row[j].casefold() not in EMPTY}
        text, how = _sum(cells, _cost(row, cost))
        rows[i] = [text if j == at[0] else "" if j in at else cell for j, cell in enumerate(row)]
        whose = row[name] if name is not None and name < len(row) else f"Row {i + 1}"
        said += [f"{whose}: {fee.title} {how}"] if how and not is_total(whose) else []
    return rows, [fee if j == at[0] else None if j in at else one for j, one in enumerate(across)], said


def _cost(row: Sequence[str], at: int | None) -> float:
    """What a row gives as its cost; 0 where it gives none."""
    value = read_back(row[at], "£") if at is not None and at < len(row) else None
    return value if isinstance(value, float) else 0.0


def _sum(cells: Mapping[Column, str], cost: float) -> tuple[str, str]:
    """A row's fee as a cell, and how it came about; what cannot be read, or has no cost beside it, is the cell."""
    values = {one: _percent(cell, one, cost) for one, cell in cells.items()}
    for one, value in values.items():
        if value is UNREADABLE:
            return cells[one] if one.unit != "£" or "£" in cells[one] else f"£{cells[one]}", ""
    if not values:
        return "", ""
    pounds = [one for one in values if _of_pounds(cells[one], one)]
    fee = sum(values.values())
    whole = as_text(_rounded(fee, cost) if pounds else round(fee, 8), "%")
    parts = [f"{one.title.lower()} {_said(cells[one], one, value)}" for one, value in values.items()]
    sign = "%" if pounds or any("%" in cell for cell in cells.values()) else ""
    how = " added up" if len(parts) > 1 else "" if pounds else " alone"
    of = f"{',' if how else ''} of £{as_text(cost, '£')}" if pounds else ""
    return f"{whole}{sign}", f"{whole}: {listed(parts)}{how}{of}"


def _of_pounds(cell: str, one: Column) -> bool:
    return one.unit == "£" and "%" not in cell


def _percent(cell: str, one: Column, cost: float) -> Any:
    """A cell as a part of the cost in its row, or UNREADABLE."""
    if not _of_pounds(cell, one):
        return meant(cell, replace(one, unit="%"))
    value = meant(cell, one)
    return value / cost if cost > 0 and value is not UNREADABLE else UNREADABLE


def _said(cell: str, one: Column, value: float) -> str:
    return f"£{as_text(meant(cell, one), '£')}" if _of_pounds(cell, one) else as_text(value, "%")


def _rounded(part: float, cost: float) -> float:
    """A part of a cost with as few decimals of a percentage as give the same pounds."""
    near = (round(part, places) for places in range(2, 10))
    return next((value for value in near if abs(value - part) * cost < WITHIN), part)
