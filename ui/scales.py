"""Cells written out in full, with what the heading above them says of their sums."""

import re

from ui.entries import read_back
from ui.format import DASHES

NUMBER = re.compile(r"(\(?[-+]?[\d,]*\.?\d+(?:e[-+]?\d+)?)(\)?)", re.I)


def in_full(cell: str, step: str) -> str:
    """A number with the 'k', 'm' or '%' that its heading says, where it has none of its own.

    Spaces, the sign of pounds and where it stands make no difference. 6.300 in thousands stays: 6.3 or 6,300 of them?
    """
    if step == "k" and isinstance(read_back(cell, "£"), str):
        return cell
    if isinstance(read_back(cell, ""), str) or (step == "%" and "£" in cell):
        return cell
    found = NUMBER.fullmatch(re.sub(r"[\s£]", "", re.sub(DASHES, "-", cell))) if step else None
    return f"{found[1]}{step}{found[2]}" if found else cell
