"""How entries are named, written for reading and read back from what was typed."""

import re
from typing import Any

from pydantic.fields import FieldInfo

from model.base import OWNERS_UNIT
from model.by_year import LATER
from model.fields import Path, bare, unit_of
from ui.format import exact, read_number

SPOKEN = {
    "NHS board": ("ICB", "integrated care board", "NHS commissioner", "CCG", "health board", "NHS"),
    "council": ("local authority", "borough", "borough council", "city council", "county council"),
    "NHS trust": ("trust", "foundation trust", "NHS foundation trust", "NHS FT", "FT", "NHS provider"),
    "council service": ("council", "local authority", "in-house service"),
    "charity": ("VCSE", "voluntary sector", "third sector", "registered charity"),
    "company": (
        *("private", "private company", "private provider", "private sector", "limited company"),
        *("CIC", "community interest company"),
    ),
}
"""What else partners' kinds are called in tables, by the kind."""


def spoken(kind: str) -> tuple[str, ...]:
    """What else a kind is called."""
    return SPOKEN.get(kind, ())


def unit_for(info: FieldInfo, owners: str) -> str:
    """The unit that an entry is shown in: its own, or its owner's."""
    own = unit_of(info)
    return owners if own == OWNERS_UNIT or (not own and bare(info.annotation) is not float) else own or ""


def label_of(info: FieldInfo, unit: str) -> str:
    """The entry's title with its unit."""
    title = info.title or ""
    return f"{title} ({unit})" if unit and unit not in title else title


def as_shown(value: Any, unit: str) -> Any:
    """A fraction as a percentage; anything else as it is."""
    return round(value * 100, 10) if unit == "%" and isinstance(value, int | float) else value


def shown(value: Any, unit: str) -> str:
    """A number as the input shows it; text that was no number as it was typed."""
    if value is None or isinstance(value, str):
        return value or ""
    return exact(value).replace("£", "") if unit == "£" else f"{as_shown(value, unit):.10g}"


def in_its_field(value: Any, unit: str) -> str:
    """The same in a field of its own, where a percentage that was worked out is short: 36.871508% as 36.87.

    It stays as it is until something else is typed.
    """
    worked_out = unit == "%" and isinstance(value, float) and round(value, 6) != round(value, 12)
    return f"{value * 100:.4g}" if worked_out else shown(value, unit)


MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
OTHER = {"£": "%", "%": "£"}
"""The sign that an entry in pounds, or in percent, cannot have."""


def read_back(text: str, unit: str) -> float | str | None:
    """A typed text as the document keeps it: a number, nothing, or the text itself where it is no number.

    A percentage may be typed as a fraction, such as 1/3 or 1 in 20. In pounds 40.000 stays a text: £40 or £40,000?
    """
    if not text.strip():
        return None
    if unit in OTHER and OTHER[unit] in text:
        return text
    if unit == "£" and re.fullmatch(r"\W*[1-9]\d{0,2}(\.\d{3})+\W*", text):
        return text
    if unit == "%" and (parts := re.fullmatch(r"\s*(\d{1,4})\s*(?:/|in)\s*(\d{1,4})\s*", text, re.I)) and int(parts[2]):
        return int(parts[1]) / int(parts[2])
    value = read_number(text)
    return value / 100 if unit == "%" and isinstance(value, float) else value


UP_TO_TWELVE = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
"""Numbers that people write as words."""
A_YEAR_HAS = {"day": 365, "week": 52, "month": 12, "year": 1}
SO_LONG = rf"\s*(\d+(?:\.\d+)?|{'|'.join(UP_TO_TWELVE)}|a)[\s-]*({'|'.join(A_YEAR_HAS)})s?(?: of running costs?)?\s*"


def read_months(text: str, month: float) -> float | str | None:
    """A typed sum, which may be put as running costs of so long: '3 months', 'three months', '90 days'. `month`: those
    of one in pounds."""
    found = re.fullmatch(SO_LONG, text.lower())
    if not (found and month):
        return read_back(text, "£")
    words = {"a": 1} | {word: i for i, word in enumerate(UP_TO_TWELVE, start=1)}
    count = words[found[1]] if found[1] in words else float(found[1])
    return round(count * 12 * month / A_YEAR_HAS[found[2]], 2)


CHANCES = ("probability", "loss_chance", "year_chance", "reserve_chance")
"""Entries that are chances."""
SMALL = {**dict.fromkeys(CHANCES, 0.01), "fee_rate": 0.005, "baseline_cost": 1_000.0}
"""Entries that are asked about below so much."""


def asked_as(path: Path) -> Any:
    """The entry as which one at a path is asked about: costs of later years are costs of a year, too."""
    return "baseline_cost" if path[-2:-1] == (LATER,) or path[:1] == (LATER,) else path[-1]


def doubt(entry: Any, value: Any) -> str:
    """A question where so little is hardly meant: a chance or a fee of 0.05, where that is 0.05%, may be 5%, and a cost
    of a year of £9 may be £9m."""
    if entry not in SMALL or not isinstance(value, int | float) or not 0 < value < SMALL[entry]:
        return ""
    if entry == "baseline_cost":
        return f"A cost of £{value:,.10g} a year: did you mean £{value:,.10g}m or £{value:,.10g}k?"
    percent = as_shown(value, "%")
    what = f"A chance of {percent:.4g}% is 1 in {1 / value:,.0f}" if entry in CHANCES else f"A fee of {percent:.4g}%"
    return f"{what}: did you mean {percent * 100:.4g}%?"


def beyond_doubt(text: str) -> bool:
    """Whether what is typed says itself what it is, or is a part of: '0.5%', '1 in 200', '1/200', '£900'."""
    return bool(re.search(r"%|£|/|\din\d|\sin\s", text, re.I))


def read_month(text: str) -> str:
    """A typed month as the document keeps it, '2027-04' for 'April 2027', '04/2027' and '2027-4'; else the text."""
    plain = text.strip().lower()
    if found := re.fullmatch(r"(\d{4})[-/](\d{1,2})", plain):
        return f"{found[1]}-{found[2]:0>2}"
    if found := re.fullmatch(r"(\d{1,2})[-/](\d{4})", plain):
        return f"{found[2]}-{found[1]:0>2}"
    if found := re.fullmatch(r"([a-z]{3,9})\.? (\d{4})", plain):
        for number, name in enumerate(MONTHS, start=1):
            if name.startswith(found[1]):
                return f"{found[2]}-{number:02}"
    return text


def shown_list(values: Any, unit: str) -> str:
    """Numbers as one text, with semicolons between them."""
    return "; ".join(shown(value, unit) for value in values or [])


def read_list(text: str, unit: str) -> list[float | str | None]:
    """The numbers of a text, parted by semicolons or lines; what is no number stays as it was typed."""
    return [read_back(part.strip(), unit) for part in re.split(r"[;\n\t]", text) if part.strip()]
