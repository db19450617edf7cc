"""A risk's cost in pounds or as a part of planned cost: its figures follow when the unit changes."""

import copy
from collections.abc import Sequence
from typing import Any

from model.base import OWNERS_UNIT
from model.evidence import Distribution
from model.fields import Path, unit_of, value_class


def changed(document: dict[str, Any], path: Path, unit: str, planned: Sequence[float]) -> dict[str, Any]:
    """The document with a risk's cost in another unit and its figures converted.

    `planned`: each provider's cost in an average year, pounds.
    """
    edited = copy.deepcopy(document)
    risk: Any = edited
    for key in path[:-1]:
        risk = risk[key]
    before, risk["impact_in"] = risk.get("impact_in", "pounds"), unit
    costs = zip(edited.get("providers", []), planned, strict=False)
    hit = float(sum(cost for p, cost in costs if not risk.get("hits") or p.get("name") in risk["hits"]))
    if unit != before and hit > 0:
        risk["impact"] = _scaled(risk.get("impact"), hit if unit == "pounds" else 1 / hit)
    return edited


def _scaled(node: Any, factor: float) -> Any:
    """A distribution as typed so far with everything multiplied that has its unit."""
    owner = value_class(Distribution, node)
    if owner is None:
        return node
    ours = {name for name, info in owner.model_fields.items() if unit_of(info) == OWNERS_UNIT}
    scaled = {name: _times(value, factor) if name in ours else value for name, value in node.items()}
    if isinstance(views := node.get("views"), list):
        scaled["views"] = [{**view, "view": _scaled(view.get("view"), factor)} for view in views]
    return scaled


def _times(value: Any, factor: float) -> Any:
    if isinstance(value, list):
        return [_times(one, factor) for one in value]
    return float(f"{value * factor:.6g}") if isinstance(value, int | float) else value
