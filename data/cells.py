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

TOTALS = {"total", "totals", "grand total", "grand totals", "overall total", "total cost", "total costs"}
TOTALS |= {"subtotal", "sub-total", "subtotals", "sum", "average", "mean"}
"""What a row is called that sums up others."""


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
    return folded(name).strip(": ") in TOTALS


def folded(text: str) -> str:
    """A text as names and titles are compared: capitals and spaces do not count."""
    return " ".join(text.casefold().split())
