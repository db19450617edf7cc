"""What people type into cells: numbers, years, and sentences for what is neither."""

import re
from typing import NoReturn

from model.base import LARGEST_MONEY
from model.documents import Refused

LONGEST = 60
NO_RESULT = "=formula:"

YEAR = re.compile(r"((?:19|20)[0-9]{2})(?:[-–/]([0-9]{2}|[0-9]{4}))?")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}.*|[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}|[a-z]{3}-[0-9]{2}", re.I | re.S)
NUMBER = re.compile(
    r"£?(?P<sign>[-+]?)\s?£?\s?"
    r"(?P<whole>[0-9]{1,3}(?:[, \u00a0\u202f][0-9]{3})+|[0-9]*)(?P<part>\.[0-9]*)?(?:e(?P<power>[-+]?[0-9]{1,3}))?"
    r"\s?(?P<suffix>%|k|m|bn)?",
    re.I,
)
BRACKETS = re.compile(r"(£?)\s?\((.*)\)\s?((?:%|k|m|bn)?)", re.I | re.S)
"""A loss as accounts write it: '(£320)', '£(320)', '(5)%'."""
DASHES = re.compile(r"[\u2010\u2011\u2013\u2212]")
"""What may stand for a minus."""
ZEROS = {"k": 3, "m": 6, "bn": 9}


def refuse(reason: str) -> NoReturn:
    raise Refused.because(reason)


def without_result(place: str) -> str:
    """What stands for a formula whose result no file has saved: '=formula:C4'."""
    return f"{NO_RESULT}{place}"


def refuse_formula(where: str, text: str) -> NoReturn:
    """Refuses a formula, by its cell where it comes from a workbook."""
    if text.startswith(NO_RESULT):
        place = text.removeprefix(NO_RESULT)
        refuse(f"{place} holds a formula without a result; save the file in Excel, or put its value in its place")
    refuse(f"{where} holds a formula; paste its value instead")


def shown(text: str) -> str:
    """A text in quotes, on one line, and short enough for a sentence."""
    text = " ".join(text[:200].split())
    return f"'{text}'" if len(text) <= LONGEST else f"'{text[: LONGEST - 3]}…'"


def year_named(text: str) -> str | None:
    """'2018-19' for 2018-19, 2018/19 and 2018-2019; '2018' for 2018; None for anything else."""
    found = YEAR.fullmatch(text)
    if not found or not found[2]:
        return found and found[1]
    following = str(int(found[1]) + 1)
    return f"{found[1]}-{following[2:]}" if found[2] in (following, following[2:]) else None


def is_date(text: str) -> bool:
    """Whether a spreadsheet has taken a year, such as 2010-11, for a date."""
    return DATE.fullmatch(text[:LONGEST]) is not None


def number(where: str, text: str, *, money: bool) -> float:
    """The number in a cell: '£38,250,000', '38.25m', '(45)', and '57%' where it is not money. Raises Refused."""
    if text.startswith("="):
        refuse_formula(where, text)
    plain = DASHES.sub("-", text)
    in_brackets = BRACKETS.fullmatch(plain) if len(plain) <= LONGEST else None
    bare = f"{in_brackets[1]}{in_brackets[2].strip()}{in_brackets[3]}" if in_brackets else plain
    found = NUMBER.fullmatch(bare) if len(plain) <= LONGEST else None
    digits = re.sub(r"[^0-9.]", "", found["whole"] + (found["part"] or "")) if found else ""
    if not found or not digits.strip(".") or (in_brackets and found["sign"]):
        refuse(
            f"{where} holds {shown(text)}; a number is needed, such as 38250000, £38,250,000 or 38.25m, "
            "or nothing where there is no figure"
        )
    suffix = (found["suffix"] or "").lower()
    if money and suffix == "%":
        refuse(f"{where} holds {shown(text)}; a sum in pounds is needed, not a percentage")
    size = float(f"{digits}e{int(found['power'] or 0) + ZEROS.get(suffix, 0)}")
    if size > LARGEST_MONEY:
        refuse(f"{where} holds {shown(text)}; figures go up to {LARGEST_MONEY:,.0f}")
    return -size if size and (in_brackets or found["sign"] == "-") else size
