"""The key result area that a pasted KPI joins, where a column names it: one that is there, or one that is added."""

from collections.abc import Callable
from typing import Any

from pydantic.fields import FieldInfo

from data.cells import folded
from data.typed import shown
from model.fields import Path
from ui import new_lines
from ui.columns import AREA, Column, Given
from ui.entries import shown as as_text

KRAS: Path = ("framework", "kras")
COLUMN = Column(AREA, "Key result area", "", FieldInfo(annotation=str, title="Key result area"))


def opened(document: dict[str, Any], name: str) -> tuple[dict[str, Any], Path]:
    """The document with an area of that name, at a weight of 0 where it is new, and where its KPIs are."""
    names = [folded(str(area.get("name"))) for area in document["framework"]["kras"]]
    if folded(name) not in names:
        new = {"name": name, "outcome": "", "weight": 0.0, "kpis": []}
        document, names = new_lines.with_new(document, KRAS, new), [*names, folded(name)]
    return document, (*KRAS, names.index(folded(name)), "kpis")


def new(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """What is said of areas that a table brings."""
    was, now = ((one.get("framework") or {}).get("kras") or [] for one in (before, after))
    had = [one.get("name") for one in was]
    return [f"New key result area: {one['name']}, {_weight(one)}" for one in now if one.get("name") not in had]


def _weight(area: dict[str, Any]) -> str:
    part = as_text(area["weight"], "%")
    return f"with a weight of {part}%{'' if area['weight'] else ' until it is given one'}"


def where(document: dict[str, Any], line: Path) -> str:
    """' of 'Live well'' for a line that is a KPI, else nothing."""
    if line[:2] != KRAS or len(line) < 5:
        return ""
    return f" of {shown(str(document['framework']['kras'][line[2]]['name']))}"


def staying(document: dict[str, Any]) -> Callable[[dict[str, Any], Given, bool], list[str]]:
    """Takes the area out of what a row gives: a KPI that is there stays where it is, and it is said."""
    own = {kpi.get("name"): area.get("name") for area in document["framework"]["kras"] for kpi in area["kpis"]}

    def fit(kpi: dict[str, Any], given: Given, new: bool) -> list[str]:
        named = given.pop(AREA, None)
        area = own.get(kpi.get("name"))
        if new or not named or folded(named) == folded(str(area)):
            return []
        return [f"{shown(str(kpi['name']))} stays in {shown(str(area))}: a table moves no KPI to {shown(named)}."]

    return fit
