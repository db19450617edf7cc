"""A table copied from a spreadsheet: read as rows of cells, bounded."""

import csv
import re
from io import StringIO

from data.typed import refuse

LARGEST_TEXT = 100_000
"""Bytes."""

UNSEEN = "[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
"""Characters without width that web pages and documents leave in cells."""

MOST_ROWS = 200

TOTALS = {"sum", "average", "averages", "mean", "all providers", "all partners", "all commissioners"}
"""What a row is called that sums up others, beside whatever is called a total."""
SUB = r"(?:sub|grand|overall|running)[\s-]*totals?"
OF = "nhs|councils?|charit(?:y|ies)|vcse|providers?|partners?|commissioners?|alliance|costs?|budgets?|spend(?:ing)?"
TOTAL = re.compile(
    rf"{SUB}\b.*|.+[\s-](?:sub)?totals?|totals?[\W\d]*(?:[km]|000s)?\W*"
    rf"|totals?[\s:,–-]+(?:of|for|all|across)\b.*|totals?(?:\s(?:{OF}))+"
)
"""'Subtotal NHS', 'NHS total', 'Total (£000)', 'Total 2027/28', 'Total for 2027' and 'Total NHS'; no other name."""


def rows(text: str) -> list[list[str]]:
    """Rows of cells, trimmed, from lines with tabs between the cells, or semicolons where there is no tab.

    Empty lines count as rows without cells. Raises Refused for what is too large or cannot be parted.
    """
    size = len(text.encode("utf-8", "replace"))
    if size > LARGEST_TEXT:
        refuse(f"the table has {size:,} bytes; at most {LARGEST_TEXT:,} are read")
    text = re.sub(UNSEEN, "", text).strip("\r\n")
    try:
        found = [*csv.reader(StringIO(text, newline=""), delimiter="\t" if "\t" in text else ";")]
    except csv.Error:
        refuse("the table cannot be read; check its quotation marks")
    if len(found) > MOST_ROWS:
        refuse(f"the table has {len(found):,} rows; at most {MOST_ROWS} are read")
    return [[" ".join(cell.split()) for cell in row] for row in found]


def is_total(name: str) -> bool:
    """Whether a row of this name sums up others."""
    plain = folded(name).strip(":*()– -")
    return plain in TOTALS or TOTAL.fullmatch(plain) is not None


def like_a_total(name: str) -> bool:
    """Whether a row of this name may sum up others."""
    return re.search(r"\b(?:sub)?totals?\b", folded(name)) is not None


def folded(text: str) -> str:
    """A text as names and titles are compared: capitals and spaces do not count."""
    return " ".join(text.casefold().split())
