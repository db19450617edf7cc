"""A line more in a list: what it begins as, and where it goes."""

import copy
from collections.abc import Sequence
from typing import Any

from model import unentered
from model.base import Value
from model.distributions import Stated
from model.fields import Path
from model.framework import KPI
from model.partners import Commissioner, Provider
from ui.edits import as_kind


def new_view(views: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """A further view of the same quantity: low, likely and high, with the mean and spread of the last one."""
    last = views[-1].get("view") if views else {}
    return {"name": "Next view", "weight": 1.0, "view": as_kind(last or {}, Stated, "pert")}


def as_asked(document: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """A new partner; where no partner has said what it accepts, neither has it."""
    partners = [*(document.get("providers") or []), *(document.get("commissioners") or [])]
    asked = any((partner.get("appetite") or new["appetite"]).get("kind") != "none" for partner in partners)
    return new if asked else {**new, "appetite": {"kind": "none"}}


def with_new(document: dict[str, Any], path: Path, new: Any) -> dict[str, Any]:
    """The document with one more line in a list. A new name is numbered until it is free; bands walk outward."""
    edited = copy.deepcopy(document)
    node: Any = edited
    for key in path:
        node = node[key] if isinstance(key, int) else node.setdefault(key, [])
    line = copy.deepcopy(new)
    if "name" in line:
        taken = {item.get("name") for item in (_all_kpis(edited) if path[-1] == "kpis" else node)}
        line["name"] = next(
            n for i in range(1, 999) if (n := f"{new['name']} {i}" if i > 1 else new["name"]) not in taken
        )
    if "up_to" in line and node and node[-1].get("up_to") is None and node[-1].get("up_to_pounds") is None:
        node.insert(len(node) - 1, {**node[-1], **_next_end(node[:-1])})
    else:
        node.append(line)
    return edited


def _all_kpis(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Every area's: no two KPIs of a framework have one name."""
    return [kpi for kra in document["framework"]["kras"] for kpi in kra.get("kpis") or []]


def _next_end(bands: list[dict[str, Any]]) -> dict[str, Any]:
    """Where a band that follows these may end: a little further out, in the same unit."""
    last = bands[-1] if bands else {}
    pounds, part = last.get("up_to_pounds"), last.get("up_to")
    if isinstance(pounds, int | float):
        return {"up_to_pounds": 2.0 * pounds}
    return {"up_to": round((part if isinstance(part, int | float) else 0.0) + 0.02, 6)}


def _whole(kind: type[Value], given: dict[str, Any]) -> dict[str, Any]:
    """A new line with all that holds for it, so that forms show it."""
    line: dict[str, Any] = kind.model_validate(given).model_dump(mode="json")
    return line


def new_mitigation(risk: dict[str, Any]) -> dict[str, Any]:
    """A mitigation that changes nothing yet: the chance and the cost are those without it."""
    return {"in_place": True, "probability": risk.get("probability"), "impact": 1.0, "cost": 0.0}


NEW_DEVIATION = unentered.COST.model_dump(mode="json")
NEW_PROVIDER = _whole(
    Provider,
    {
        "name": "New provider",
        "kind": "charity",
        "baseline_cost": 1_000_000.0,
        "fee_rate": 0.05,
        "cost_deviation": NEW_DEVIATION,
        "gain_share": 0.0,
        "pain_share": 0.0,
    },
)
NEW_COMMISSIONER = _whole(Commissioner, {"name": "New commissioner", "kind": "council", "contribution": 0.0})
NEW_BAND = {"up_to": None, "up_to_pounds": None, "share": 0.5}
NEW_KPI = _whole(
    KPI,
    {
        "name": "New KPI",
        "unit": "%",
        "weight": 0.0,
        "today": 50.0,
        "expected": 50.0,
        "levels": {"failure": 30.0, "poor": 40.0, "minimum": 50.0, "stretch": 60.0, "gamebreaking": 70.0},
        "deviation": unentered.KPI_SPREAD.model_dump(mode="json"),
        "lowest": 0.0,
        "highest": 100.0,
    },
)
NEW_KRA = {"name": "New key result area", "weight": 0.0, "kpis": [{**NEW_KPI, "weight": 1.0}]}
NEW_RISK = {
    "name": "New risk",
    "when": "any year",
    "probability": 0.1,
    "hits": [],
    "included": True,
    "impact": {"kind": "pert", "low": 50_000.0, "likely": 100_000.0, "high": 300_000.0, "shape": 4.0},
    "impact_in": "pounds",
    "kpi_effects": [],
    "mitigation": None,
}
NEW_POINT = {"ops": 100.0, "multiplier": 1.0}
