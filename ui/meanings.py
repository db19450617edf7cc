"""What a cell of a pasted table says for an entry: a number, a text, one of its choices, or nothing readable."""

import re
from typing import Any, Literal, get_args, get_origin

from data.cells import folded
from model.choices import kind_name
from model.fields import bare
from model.partners import UNSTATED
from ui import directions
from ui.columns import Column
from ui.entries import read_back, spoken

UNREADABLE = object()
SWITCH = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}
EMPTY = ("", "none", UNSTATED)
EVERYBODY = ("all", "all providers", "all partners", "everybody", "everyone")


def entered(row: list[str], across: list[Column | None]) -> list[tuple[Column, Any]]:
    """The entries that a row has a figure for, and what each is."""
    pairs = [(one, cell) for one, cell in zip(across, row, strict=False) if one and cell]
    return [(one, value) for one, cell in pairs if (value := meant(cell, one)) is not UNREADABLE]


def may_be_empty(one: Column) -> bool:
    """Whether an entry may be nothing."""
    return type(None) in get_args(one.info.annotation)


def meant(cell: str, one: Column) -> Any:
    """What a cell says for an entry: a number, a text, one of its choices, nothing, or UNREADABLE."""
    annotation = bare(one.info.annotation)
    if one in directions.COLUMNS:
        return UNREADABLE if (higher := directions.higher(cell, one)) is None else higher
    if cell.casefold() in EMPTY and may_be_empty(one):
        return None
    if get_origin(annotation) is Literal:
        options = get_args(annotation)
        named = {folded(name): option for option in options for name in (*spoken(option), kind_name(option), option)}
        return named.get(folded(cell), UNREADABLE)
    if annotation is bool:
        return SWITCH.get(cell.casefold(), UNREADABLE)
    if get_origin(annotation) is tuple:
        return _names(cell, one.names)
    if annotation is str:
        return cell
    if one.unit == "%" and re.search(r"\d\s*(k|m|bn)\b", cell, re.I):
        return UNREADABLE
    if ("%" in cell and one.unit != "%") or ("£" in cell and one.unit != "£"):
        return UNREADABLE
    value = read_back(cell, one.unit)
    if annotation is int and isinstance(value, float):
        return int(value) if value.is_integer() else UNREADABLE
    return value if isinstance(value, float) else UNREADABLE


def _names(cell: str, known: tuple[str, ...]) -> Any:
    """The names that a cell lists; none of them where it says that it is all."""
    if folded(cell) in EVERYBODY:
        return []
    names = {folded(name): name for name in known}
    for between in (None, r"[,;/]", r"[,;/&+]|\band\b"):
        parts = [cell] if between is None else re.split(between, cell)
        found = [names.get(folded(part)) for part in parts if part.strip()]
        if found and None not in found:
            return [*dict.fromkeys(found)]
    return UNREADABLE


def needed(one: Column) -> str:
    """What a cell has to be for an entry."""
    if one in directions.COLUMNS:
        return directions.NEEDED
    annotation = bare(one.info.annotation)
    if get_origin(annotation) is Literal:
        return f"one of {', '.join(kind_name(option) for option in get_args(annotation))}"
    if annotation is bool:
        return "yes or no"
    if get_origin(annotation) is tuple:
        return f"names of providers with commas between them, or 'all'; known are {', '.join(one.names)}"
    return {"£": "a sum in pounds", "%": "a percentage"}.get(
        one.unit, "a number" if annotation is float else "a whole number"
    )
