"""What a heading says of the sums below it: pounds, percent, thousands or millions."""

import re
from collections.abc import Iterator

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
IN_WORDS = {"k": "thousands", "m": "millions", "bn": "billions"}


def larger(title: str) -> str:
    """'k', 'm' or 'bn' where a heading says that its sums are in thousands, millions or billions of pounds."""
    return next((step for _, step in said(title)), "")


def said(title: str) -> Iterator[tuple[str, str]]:
    """Everything that a text says of thousands, millions or billions of pounds, as it is written and as a step."""
    for found in LARGER.finditer(title):
        word = next(part for part in found.groups() if part).casefold()
        yield " ".join(found[0].split()), STEPS.get(word[:1], "k")


def sign(title: str) -> str:
    """'%' or '£' where a heading says that it is in them."""
    return "%" if PER_CENT.search(title) else "£" if POUNDS.search(title) or larger(title) else ""


def without(title: str) -> str:
    """A heading without what it says of its sums."""
    return POUNDS.sub(" ", PER_CENT.sub(" ", LARGER.sub(" ", title)))


def only(title: str) -> bool:
    """Whether a heading says of what its sums are, and nothing else."""
    return bool(sign(title)) and not re.search(r"\w", without(title))
