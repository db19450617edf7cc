"""Figures that buttons put into entries: each with a line that says where it comes from, above what people wrote."""

import copy
import re
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from pydantic import ValidationError

from data import outside, presets
from data.outside import Offer
from model.evidence import RANGE, Distribution
from model.fields import Path
from model.fitting import FEW
from ui import noting

END = r".*?\.(?=\s|$)"
"""To the end of a sentence; the point in 1.5% is none."""
SAMPLED = rf"(?:[A-Z][a-z ]{{1,20}} fitted to|Mean and spread of|Resampled from) [0-9,]+ values \([^)]*\): {END}"
WIDER = "Its mean and spread come from {} values, so its ends are wider: a Student t."
SHORT, EXACT = 4, 8
"""Significant figures that a fit puts into an entry, and those that keep every value as it was."""
ENDS = np.array([0.01, 0.05, 0.5, 0.95, 0.99])
SAME = 0.005
"""Standard deviations by which rounding may move the middle and the ends of a range."""


def put(document: dict[str, Any], found: Sequence[tuple[Path, Any, str]]) -> dict[str, Any]:
    """The document with values put into entries, each with its line as the reason; what people wrote stays beneath."""
    for path, value, line in found:
        before = noting.noted_on(_owner(document, path).get("sources") or [], path[-1]).get("note", "")
        document = noting.noted(document, path, "\n".join(part for part in (line, own(before)) if part))
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


def wider(count: int) -> str:
    """Why a normal that is known from so many values is a Student t."""
    return WIDER.format(f"only {count}" if count < FEW else f"{count:,}")


def short(found: Distribution) -> dict[str, Any]:
    """A distribution as the document keeps it, with four significant figures where these say the same, else more."""
    node = found.model_dump(mode="json")
    for figures in range(SHORT, EXACT):
        try:
            near = RANGE.validate_python(rounded(node, figures))
        except ValidationError:
            continue
        if np.abs(near.ppf(ENDS) - found.ppf(ENDS)).max() <= SAME * found.sd:
            return dict(rounded(node, figures))
    return dict(rounded(node, EXACT))


def rounded(node: Any, figures: int) -> Any:
    """Numbers to so many significant figures, in lists and groups too."""
    if isinstance(node, dict):
        return {key: rounded(value, figures) for key, value in node.items()}
    if isinstance(node, list):
        return [rounded(value, figures) for value in node]
    return float(f"{round(node, 12):.{figures}g}") if isinstance(node, float) else node


def public(offer: Offer, said: str) -> str:
    """The line that a public figure leaves."""
    return f"{offer.source}, {offer.title}: {said}."


def by_size(offer: Offer, people: int, spread: float) -> str:
    """The line that the spread of a contract for so many people leaves."""
    title = offer.title.lower()
    return f"Public data, {title}: {people:,} people, a spread of {spread:.1%}. Source: {offer.source}."


def own(text: str) -> str:
    """What people wrote of a reason: without lines that buttons left, and those that an example has of its figures."""
    lines = [_own(line.strip()) for line in text.splitlines()]
    return "\n".join(line for line in lines if line)


def _own(line: str) -> str:
    bare = line.removeprefix(noting.FORMER)
    said = _made().sub("", bare).strip()
    return "" if not said or said in presets.notes() else line.removesuffix(bare) + said


@cache
def _made() -> re.Pattern[str]:
    """The beginning of a line that a button left."""
    offers = outside.offers_of_all()
    ways = [f"{re.escape(f'{offer.source}, {offer.title}: ')}{END}" for offer in offers]
    sized = (re.escape(f"Public data, {offer.title.lower()}: ") + rf"{END} Source: " for offer in offers)
    ways += [f"{start}{re.escape(offer.source)}\\." for start, offer in zip(sized, offers, strict=True)]
    more = re.escape(WIDER).replace(r"\{\}", "[a-z0-9, ]{1,12}")
    return re.compile(f"^(?:{'|'.join([f'{SAMPLED}(?: {more})?', *ways])})")
