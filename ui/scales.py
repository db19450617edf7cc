"""What a heading says of the sums below it: pounds, percent, thousands or millions; and cells written out in full."""

import re

from ui.entries import read_back
from ui.format import DASHES

QUOTE = "'’‘`´′"
LARGER = re.compile(
    rf"(?:\bin\s)?(?:£|\bgbp\b)\s*[{QUOTE},]?\s*(?P<sum>000(?:[{QUOTE}]?s)?|k|mn?|bn|thousands?|millions?|billions?)\b(?:[{QUOTE}]s)?"
    rf"|[{QUOTE}]\s?(?P<quoted>000(?:[{QUOTE}]?s)?)\b"
    rf"|\b(?P<plural>000[{QUOTE}]?s)\b"
    rf"|\((?:in\s)?(?P<bracket>000|k|mn?|bn|thousands?|millions?|billions?)\)"
    r"|\bin\s(?P<words>thousands?|millions?|billions?)\b"
    r"|\b(?P<before>[km])\s?£",
    re.I,
)
"""What a heading says where its sums are in thousands, millions or billions of pounds."""
PER_CENT = re.compile(r"%|\bper\s?cent(?:age)?\b|\bpercentages?\b|\bpct\b", re.I)
POUNDS = re.compile(r"£|\bgbp\b|\bin pounds\b", re.I)
STEPS = {"m": "m", "b": "bn"}
NUMBER = re.compile(r"(\(?[-+]?[\d,]*\.?\d+(?:e[-+]?\d+)?)(\)?)", re.I)
IN_WORDS = {"k": "thousands", "m": "millions", "bn": "billions"}


def larger(title: str) -> str:
    """'k', 'm' or 'bn' where a heading says that its sums are in thousands, millions or billions of pounds."""
    found = LARGER.search(title)
    said = next((part for part in found.groups() if part), "").casefold() if found else ""
    return STEPS.get(said[:1], "k") if said else ""


def sign(title: str) -> str:
    """'%' or '£' where a heading says that it is in them."""
    return "%" if PER_CENT.search(title) else "£" if POUNDS.search(title) or larger(title) else ""


def without(title: str) -> str:
    """A heading without what it says of its sums."""
    return POUNDS.sub(" ", PER_CENT.sub(" ", LARGER.sub(" ", title)))


def only(title: str) -> bool:
    """Whether a heading says of what its sums are, and nothing else."""
    return bool(sign(title)) and not re.search(r"\w", without(title))


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
