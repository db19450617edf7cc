"""Weights of pasted KPIs that make 100% over all areas together: whether they are parts of the whole is asked."""

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from data.typed import shown
from ui.format import exact_percent, listed

Weights = Mapping[str, Any]
"""What a table says, by KPI."""
ABOUT = "Weights of KPIs"
ALIKE = 1e-6
"""How far from 100% weights may be that were rounded."""


@dataclass(frozen=True)
class OfTheWhole:
    """The question, with what it would make of the areas."""

    parts: dict[str, float]
    """Each area's weight, by its name."""
    about = ABOUT
    figure = ""
    unsure = (
        "These weights make 100% over all key result areas together, where those of each area should. "
        "What would change is shown once you choose."
    )

    @property
    def readings(self) -> tuple[str, str]:
        """Parts of each area, as they are entered; or parts of the whole."""
        areas = listed([f"{name} {exact_percent(part)}" for name, part in self.parts.items()])
        return "Parts of their area, to be mended", f"Parts of the whole, which makes areas' weights {areas}"

    @property
    def told(self) -> str:
        """What was done, once it is chosen."""
        areas = listed([f"{shown(name)} {exact_percent(part)}" for name, part in self.parts.items()])
        return f"Weights are read as parts of the whole: areas weigh what their KPIs add up to, {areas}."


def question(document: dict[str, Any], weighed: Weights) -> OfTheWhole | None:
    """What is to be asked where a table weighs every KPI of a document, in several areas, and all make 100%."""
    areas = document["framework"]["kras"]
    given = [weighed.get(str(kpi.get("name"))) for area in areas for kpi in area["kpis"]]
    if len(areas) < 2 or not all(isinstance(one, int | float) and 0 <= one <= 1 for one in given):
        return None
    parts = {str(area.get("name")): float(_sum(area, weighed)) for area in areas}
    if min(parts.values()) <= 0 or abs(sum(parts.values()) - 1) > ALIKE:
        return None
    return OfTheWhole(parts)


def of_areas(document: dict[str, Any], weighed: Weights) -> dict[str, Any]:
    """The document with each area's weight what its KPIs add up to, and each KPI's the part that it has of that."""
    edited = copy.deepcopy(document)
    for area in edited["framework"]["kras"]:
        whole = _sum(area, weighed)
        area["weight"] = float(whole)
        for kpi in area["kpis"]:
            kpi["weight"] = float(_exact(weighed[kpi["name"]]) / whole)
    return edited


def _sum(area: dict[str, Any], weighed: Weights) -> Fraction:
    return sum((_exact(weighed[kpi["name"]]) for kpi in area["kpis"]), Fraction(0))


def _exact(weight: float) -> Fraction:
    """0.1 as a tenth, as it was typed."""
    return Fraction(repr(weight))
