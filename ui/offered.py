"""Figures that buttons put into entries: each with a line that says where it comes from, above what people wrote."""

import copy
import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from data import outside, presets
from data.outside import Offer
from model.fields import Path
from ui import edits

END = r".*?\.(?=\s|$)"
"""To the end of a sentence; the point in 1.5% is none."""
SAMPLED = rf"(?:[A-Z][a-z ]{{1,20}} fitted to|Mean and spread of|Resampled from) [0-9,]+ values \([^)]*\): {END}"


def put(document: dict[str, Any], found: Sequence[tuple[Path, Any, str]]) -> dict[str, Any]:
    """The document with values put into entries, each with its line as the reason; what people wrote stays beneath."""
    for path, value, line in found:
        before = edits.noted_on(_owner(document, path).get("sources") or [], path[-1]).get("note", "")
        document = edits.noted(document, path, "\n".join(part for part in (line, own(before)) if part))
        _owner(document, path)[path[-1]] = copy.deepcopy(value)
    return document


def _owner(document: dict[str, Any], path: Path) -> Any:
    node: Any = document
    for key in path[:-1]:
        node = node[key]
    return node


def sampled(how: str, count: int, mode: str, spread: str) -> str:
    """The line that own data leave: 'Normal fitted to 12 values (budget and actual): 9 in 10 between …'."""
    return f"{how} {count} values ({mode[0].lower()}{mode[1:]}): {spread.rsplit(' (', 1)[0]}."


def public(offer: Offer, said: str) -> str:
    """The line that a public figure leaves."""
    return f"{offer.source}, {offer.title}: {said}."


def by_size(offer: Offer, people: int, spread: float) -> str:
    """The line that the spread of a contract for so many people leaves."""
    title = offer.title.lower()
    return f"Public data, {title}: {people:,} people, a spread of {spread:.1%}. Source: {offer.source}."


def own(text: str) -> str:
    """What people wrote of a reason: without lines that buttons left, and those that an example has of its figures."""
    lines = [_made().sub("", line.strip()).strip() for line in text.splitlines()]
    return "\n".join(line for line in lines if line and line not in presets.notes())


@cache
def _made() -> re.Pattern[str]:
    """The beginning of a line that a button left."""
    offers = outside.offers_of_all()
    ways = [f"{re.escape(f'{offer.source}, {offer.title}: ')}{END}" for offer in offers]
    sized = (re.escape(f"Public data, {offer.title.lower()}: ") + rf"{END} Source: " for offer in offers)
    ways += [f"{start}{re.escape(offer.source)}\\." for start, offer in zip(sized, offers, strict=True)]
    return re.compile(f"^(?:{'|'.join([SAMPLED, *ways])})")
