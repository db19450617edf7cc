"""What no table says of a KPI that it brings: how soon it changes, and how far it may lie from its path."""

from typing import Any

from model import possible
from model.framework import KPI, LEVELS
from ui.format import brief

HALF_A_LEVEL = 2 * (len(LEVELS) - 1)
"""The levels' whole range as a multiple of half of the mean distance between two of them."""


def around(kpi: dict[str, Any]) -> dict[str, Any]:
    """The deviation of a KPI's document: normal, with half of the mean distance between its levels as its spread."""
    stated = possible.figures({"levels": kpi.get("levels")})
    ends = [stated[name] for name in (LEVELS[0], LEVELS[-1]) if name in stated]
    range_ = abs(ends[-1] - ends[0]) if ends else 0.0
    return {**kpi["deviation"], "sd": float(f"{range_ / HALF_A_LEVEL:.3g}")} if range_ else kpi["deviation"]


def usual(kpi: dict[str, Any]) -> str:
    """'Years to change 3'."""
    return f"{KPI.model_fields['years_to_change'].title} {kpi['years_to_change']}"


def told(kpi: dict[str, Any]) -> str:
    """'how far from its path: Normal, standard deviation 0.5, half of the mean distance between its levels'."""
    spread = f"Normal, standard deviation {brief(kpi['deviation']['sd'])}"
    return f"how far from its path: {spread}, half of the mean distance between its levels"
