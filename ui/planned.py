"""A provider's planned cost beside how far its cost may lie from it: pounds are read, and a range is said in them."""

import re
from typing import Any

import numpy as np

from model.evidence import Distribution
from model.fields import Path
from ui.entries import read_back
from ui.format import exact, money
from ui.session import Session

OF_PLAN = ("cost_deviation", "baseline_error")
PLACES = ("value", "low", "likely", "high", "mean", "centre", "p10", "p50", "p90")
"""Entries of a range that say where it lies; the others say how wide it is."""

NO_PART = 10.0
"""So many times the plan, 1,000%, is no part that a cost may be off by: pounds were meant."""
FAR = 5.0
"""How many times the plan a sum may be that is read as pounds without a sign."""


def plan(session: Session, path: Path) -> float:
    """What a provider plans to spend in the first year, pounds; 0 where a path is not of how far it may be off that."""
    if len(path) < 3 or path[0] != "providers" or path[2] not in OF_PLAN:
        return 0.0
    i, providers = int(path[1]), session.scenario.providers
    if i >= len(providers) or providers[i].name != session.value((*path[:2], "name")):
        return 0.0
    return float(session.scenario.planned_cost()[0, i])


def read(session: Session, path: Path, text: str, unit: str) -> Any:
    """A typed text as the document keeps it: '£380k' of a plan of £400,000 is 5% less.

    So is '380,000', which can be no percentage; where it is nowhere near the plan, it stays a text, and is refused.
    """
    found, planned = read_back(text, unit), plan(session, path)
    if unit != "%" or path[-1] not in PLACES or not planned:
        return found
    pounds = read_back(text, "£")
    said = bool(re.search(r"£|\d\s*(?:k|m|bn)\b", text, re.I))
    if not said and (not isinstance(found, float) or abs(found) < NO_PART or "%" in text):
        return found
    if not isinstance(pounds, float) or pounds <= 0:
        return found
    return round(pounds / planned - 1, 6) if said or 1 / FAR < pounds / planned < FAR else text


def beside(session: Session, path: Path) -> str:
    """That pounds may be typed, and of how much; nothing where they may not."""
    planned = plan(session, path)
    return f"in % or in pounds of the {exact(round(planned))} planned for {_year(session)}" if planned else ""


def in_pounds(session: Session, path: Path, found: Distribution) -> str:
    """What 9 in 10 lie between in pounds of the planned cost."""
    planned = plan(session, path)
    if not planned or not (found.sd or found.mean):  # as planned, which is said already
        return ""
    low, high = (money(planned * (1 + float(at))) for at in found.ppf(np.array([0.05, 0.95])))
    what = f"{low} to {high}" if found.sd else low
    return f"In {_year(session)} {what}, of {money(planned)} planned"


def _year(session: Session) -> str:
    return session.scenario.term.labels()[0]
