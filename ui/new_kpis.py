"""What no table says of a KPI that it brings: how soon it changes, and how far it may lie from its path."""

from collections.abc import Collection
from typing import Any

from model import possible
from model.framework import KPI, LEVELS
from model.unentered import half_a_level
from ui.format import brief


def around(kpi: dict[str, Any]) -> dict[str, Any]:
    """The deviation of a KPI's document: normal, with half of the mean distance between its levels as its spread."""
    stated = possible.figures({"levels": kpi.get("levels")})
    ends = [stated[name] for name in (LEVELS[0], LEVELS[-1]) if name in stated]
    spread = half_a_level(ends[0], ends[-1]) if ends else 0.0
    return {**kpi["deviation"], "sd": spread} if spread else kpi["deviation"]


def path(kpi: dict[str, Any], given: Collection[str]) -> dict[str, Any]:
    """Where a KPI is today and expected, as far as a table says: what it does not is as today, or else at minimum.

    A figure that any new KPI begins with would be one of another unit.
    """
    today = kpi["today"] if "today" in given else kpi["expected"] if "expected" in given else kpi["levels"]["minimum"]
    return {"today": today, "expected": kpi["expected"] if "expected" in given else today}


def standing(given: Collection[str]) -> str:
    """What `path` took for granted; nothing where the table says both."""
    if {"today", "expected"} <= {*given}:
        return ""
    return (
        "Expected as today"
        if "today" in given
        else "Today as expected"
        if "expected" in given
        else ("Today and Expected at minimum")
    )


def usual(kpi: dict[str, Any]) -> str:
    """'Years to change 3'."""
    return f"{KPI.model_fields['years_to_change'].title} {kpi['years_to_change']}"


def told(kpi: dict[str, Any]) -> str:
    """'how far from its path: Normal, standard deviation 0.5, half of the mean distance between its levels'."""
    spread = f"Normal, standard deviation {brief(kpi['deviation']['sd'])}"
    return f"how far from its path: {spread}, half of the mean distance between its levels"
