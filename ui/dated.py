"""Years in the headings of a pasted table: which one a heading names, and what it says beside that."""

import re

from data import scales
from data.typed import year_named

LAST_OF_TERM = 25
"""No term has a year with a higher number."""
IN_TWO_WORDS = re.compile(r"\b(fy|year|yr)\.?\s+(?=\d)", re.I)


def without_year(title: str) -> str:
    """'Budget' for 'Budget 2027/28' and '2027/28 budget'; a title that is only a year as it is."""
    words = _words(title)
    others = [word for word in words if not _year(word)]
    return " ".join(others) if others and len(others) < len(words) else title


def year_in(title: str, alone: bool) -> int | None:
    """The year that a title names, by the calendar year in which it begins, or from 1 on as a year of the term: 2027
    for 'Budget 2027/28' and 'FY28 budget', 2 for 'Year 2'. `alone`: only where the title has no other word."""
    words = _words(title)
    found = [year for word in words if (year := _year(word))]
    return found[0] if len(found) == 1 and not (alone and len(words) > 1) else None


def of_term(year: int) -> bool:
    """Whether a year is counted from the term's first."""
    return year <= LAST_OF_TERM


def _words(title: str) -> list[str]:
    return re.sub(r"[(),]", " ", IN_TWO_WORDS.sub(r"\1", scales.without(title))).split()


def _year(word: str) -> int | None:
    """2027 for 2027-28, 2027/28, FY2027/28, 27/28 and, as it is named by its end, FY28; 2 for Year 2."""
    if found := re.fullmatch(r"(?:year|yr)(\d{1,2})", word, re.I):
        return int(found[1]) if 1 <= int(found[1]) <= LAST_OF_TERM else None
    if found := re.fullmatch(r"fy(?:20)?(\d{2})", word, re.I):
        return 1999 + int(found[1])
    bare = re.sub("^fy", "", word, flags=re.I)
    label = year_named(bare) or (year_named(f"20{bare}") if len(bare) == 5 else None)
    return int(label[:4]) if label else None
