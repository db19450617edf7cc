"""Single entries of a scenario as cells: how they are written, and how what was typed is read back."""

import re
from datetime import date, datetime
from typing import Any, NamedTuple, get_args

from annotated_types import Ge, Gt, Le, Lt

from data.template.layout import Column
from data.typed import number
from model.base import LARGEST_MONEY, OWNERS_UNIT, as_percent
from model.documents import Refused, amount
from model.fields import bare, empty_of, unit_of

YES, NO = "yes", "no"
RIGHT = "One cell each, to the right."
NUMBER_FORMATS = {"%": "0.0##%", "£": '"£"#,##0.00'}
WHOLE_POUNDS = '"£"#,##0'
LIMITS = {Ge: "at least", Gt: "more than", Le: "at most", Lt: "less than"}


class Typed(NamedTuple):
    """A cell as it stands in a file: where, its value, whether that is a formula, or the error of one."""

    place: str
    value: Any
    formula: bool = False
    error: bool = False

    @property
    def empty(self) -> bool:
        return self.value is None or (isinstance(self.value, str) and not self.value.strip())


def unit_in(column: Column, owners: str) -> str:
    """The unit of an entry: its own, or that of its owner."""
    own = unit_of(column.info)
    return owners if own == OWNERS_UNIT else own


def number_format(value: Any, unit: str) -> str:
    """How Excel shows an entry; text stays text."""
    if isinstance(value, str):
        return "@"
    return (
        WHOLE_POUNDS
        if unit == "£" and (value is None or value == round(value))
        else NUMBER_FORMATS.get(unit, "General")
    )


def written(value: Any, column: Column) -> Any:
    """An entry as it stands in a cell."""
    if isinstance(value, bool):
        return YES if value else NO
    return value.replace("_", " ") if column.is_kind and isinstance(value, str) else value


def read(cell: Typed, column: Column, unit: str) -> Any:
    """An entry as the scenario keeps it. Raises Refused where a number is needed and there is none."""
    kind = _held(column)
    if kind is bool:
        return {YES: True, NO: False}.get(str(cell.value).strip().casefold(), cell.value)
    if kind in (int, float):
        return _number(cell, unit, whole=kind is int)
    if column.allowed:
        return _word(cell.value, column)
    return _text(cell.value)


def _held(column: Column) -> Any:
    """The type of a single value, also of one in a list."""
    held = bare(column.info.annotation)
    return bare(get_args(held)[0]) if column.is_list else held


def _number(cell: Typed, unit: str, whole: bool) -> Any:
    value = cell.value
    if isinstance(value, str):
        value = _typed_number(cell, value.strip(), unit)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Refused.because(f"{shown(value)} is not a number")
    return int(value) if whole and value == int(value) else value


def _typed_number(cell: Typed, text: str, unit: str) -> float:
    example = {"%": "a percentage; write 12% or 0.12", "£": "a sum; write 38250000, £38,250,000 or 38.25m"}
    wrong = Refused.because(f"{shown(text)} is not {example.get(unit, 'a number; write one such as 72.5')}")
    if (unit == "%" and "£" in text) or (unit != "%" and "%" in text):
        raise wrong
    try:
        value = number(cell.place, text, money=unit == "£")
    except Refused:
        raise wrong from None
    return value / 100 if "%" in text else value


def _word(value: Any, column: Column) -> Any:
    """One of the words allowed, whatever its capitals; anything else as it is."""
    folded = " ".join(str(value).replace("_", " ").casefold().split())
    return next((word for word in column.allowed if word.replace("_", " ").casefold() == folded), str(value))


def _text(value: Any) -> str:
    if isinstance(value, datetime | date):
        return f"{value:%Y-%m}"  # Excel takes the month of a start for a date
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return str(value)


def shown(value: Any) -> str:
    """What was typed, in quotes and short."""
    text = re.sub(r"\s+", " ", str(value))
    return f"'{text}'" if len(text) <= 60 else f"'{text[:57]}…'"


def allowed(column: Column) -> str:
    """What an entry is and what is allowed, in words."""
    said = [column.info.description or ""]
    if column.allowed:
        said = [*said[: not column.is_kind], f"One of: {', '.join(word.replace('_', ' ') for word in column.allowed)}."]
    elif _held(column) is bool:
        said.append("yes or no.")
    bounds, unit = [limit for limit in column.info.metadata if type(limit) in LIMITS], unit_of(column.info)
    limits = [f"{LIMITS[type(limit)]} {amount(_bound(limit), unit)}" for limit in bounds]
    if unit == "%":
        said.append("Write 12% or 0.12.")
    if any(abs(_bound(limit)) < LARGEST_MONEY for limit in bounds) and unit != "£":
        said.append(f"{', '.join(limits).capitalize()}.")
    if column.is_list:
        said.append("One cell each, to the right; one in between may be empty." if column.has_gaps else RIGHT)
    if not column.info.is_required() and not column.is_kind:
        said.append(f"Empty: {_default(column)}.")
    return " ".join(part for part in said if part)


def _bound(limit: Any) -> float:
    return float(getattr(limit, type(limit).__name__.lower()))


def _default(column: Column) -> str:
    value = column.info.default
    if value in (None, "", ()):
        return empty_of(column.info)
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, tuple):
        return ", ".join(as_percent(part) if unit_of(column.info) == "%" else str(part) for part in value)
    return amount(value, unit_of(column.info)) if not isinstance(value, str) else value
