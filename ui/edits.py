"""Edits that touch more than one entry: another kind, a new line, a removed line, a new name."""

import copy
from typing import Any

from pydantic import TypeAdapter, ValidationError

from model.base import Value
from model.evidence import Distribution
from model.fields import Path, choices, kind_of
from ui.session import Session

FIRST_VALUES = {
    "width": 0.01,
    "part": 1.0,
    "amount": 100_000.0,
    "points": [
        {"ops": -50.0, "multiplier": 0.5},
        {"ops": 0.0, "multiplier": 1.0},
    ],
}


def write(session: Session, path: Path, value: Any) -> None:
    """Puts a typed value into the document; a provider's new name follows it into the risks."""
    if len(path) == 3 and path[0] == "providers" and path[2] == "name":
        session.replace(renamed(session.document, int(path[1]), value))
    else:
        session.write(path, value)


def renamed(document: dict[str, Any], provider: int, name: str) -> dict[str, Any]:
    """The document with another name for one provider, there and in the risks that hit it."""
    edited = copy.deepcopy(document)
    old = edited["providers"][provider].get("name")
    edited["providers"][provider]["name"] = name
    for risk in edited.get("uncertainty", {}).get("risks", []):
        risk["hits"] = [name if hit == old else hit for hit in risk.get("hits", [])]
    return edited


def as_kind(node: dict[str, Any], annotation: Any, kind: str) -> dict[str, Any]:
    """The same value as another kind, keeping what both have; a distribution keeps its mean and spread."""
    member = next(m for m in choices(annotation) if kind_of(m) == kind)
    if hasattr(member, "like"):
        mean, sd = _mean_and_sd(node)
        return {key: _tidy(value) for key, value in member.like(mean, sd).model_dump(mode="json").items()}
    kept = {name: node[name] for name in member.model_fields if name in node}
    fresh = {
        name: FIRST_VALUES[name]
        for name, field in member.model_fields.items()
        if field.is_required() and name not in node and name in FIRST_VALUES
    }
    defaults = {
        name: field.default.model_dump(mode="json") if isinstance(field.default, Value) else field.default
        for name, field in member.model_fields.items()
        if not field.is_required() and name != "sources"
    }
    kept["sources"] = [s for s in kept.get("sources") or [] if s.get("field") in member.model_fields]
    return {**defaults, **fresh, **{k: v for k, v in kept.items() if k != "sources" or v}, "kind": kind}


def _mean_and_sd(node: dict[str, Any]) -> tuple[float, float]:
    """Mean and spread of a distribution as typed so far; a spread to start from where there is none."""
    try:
        before: Any = TypeAdapter(Distribution).validate_python(node)
    except ValidationError:
        return 0.0, 0.05
    return before.mean, before.sd or abs(before.mean) * 0.1 or 0.05


def _tidy(value: Any) -> Any:
    return round(value, 6) if isinstance(value, float) else value


PARTS = {
    "providers": ("gain_share", "pain_share"),
    "commissioners": ("contribution",),
    "kpis": ("weight",),
    "kras": ("weight",),
}
"""Entries of a list's lines that together make 100%."""


def without(document: dict[str, Any], path: Path) -> dict[str, Any]:
    """The document less one line of a list; what is left takes over its part."""
    edited = copy.deepcopy(document)
    node: Any = edited
    for key in path[:-1]:
        node = node[key]
    gone = node.pop(path[-1])
    for name in PARTS.get(str(path[-2]), ()):
        _fill_up(node, name, gone.get(name))
    if path[0] == "providers" and len(path) == 2:
        _forget(edited.get("uncertainty", {}), gone.get("name"))
    return edited


def _forget(uncertainty: dict[str, Any], provider: Any) -> None:
    """Risks no longer hit a provider that is gone; those that hit nobody else go with it."""
    risks = uncertainty.get("risks", [])
    uncertainty["risks"] = [risk for risk in risks if risk.get("hits") != [provider]]
    for risk in uncertainty["risks"]:
        risk["hits"] = [name for name in risk.get("hits", []) if name != provider]


def _fill_up(lines: list[dict[str, Any]], name: str, gone: Any) -> None:
    """Scales what is left so that it adds up to what it did with the line that is gone."""
    values = [value for line in lines if isinstance(value := line.get(name), int | float)]
    if not isinstance(gone, int | float) or len(values) < len(lines) or not sum(values):
        return
    scale = (sum(values) + gone) / sum(values)
    for line, value in zip(lines, values, strict=True):
        line[name] = min(round(value * scale, 9), 1.0)


def with_new(document: dict[str, Any], path: Path, new: Any) -> dict[str, Any]:
    """The document with one more line in a list. A new name is numbered until it is free; bands walk outward."""
    edited = copy.deepcopy(document)
    node: Any = edited
    for key in path:
        node = node[key] if isinstance(key, int) else node.setdefault(key, [])
    line = copy.deepcopy(new)
    if "name" in line:
        taken = {item.get("name") for item in node}
        line["name"] = next(
            n for i in range(1, 999) if (n := f"{new['name']} {i}" if i > 1 else new["name"]) not in taken
        )
    if "up_to" in line and node and node[-1].get("up_to") is None and node[-1].get("up_to_pounds") is None:
        node.insert(len(node) - 1, {**node[-1], **_next_end(node[:-1])})
    else:
        node.append(line)
    return edited


def _next_end(bands: list[dict[str, Any]]) -> dict[str, Any]:
    """Where a band that follows these may end: a little further out, in the same unit."""
    last = bands[-1] if bands else {}
    pounds, part = last.get("up_to_pounds"), last.get("up_to")
    if isinstance(pounds, int | float):
        return {"up_to_pounds": 2.0 * pounds}
    return {"up_to": round((part if isinstance(part, int | float) else 0.0) + 0.02, 6)}


NEW_DEVIATION = {"kind": "student_t", "centre": 0.0, "scale": 0.044, "df": 5.7}
NEW_PROVIDER = {
    "name": "New provider",
    "kind": "charity",
    "baseline_cost": 1_000_000.0,
    "fee_rate": 0.05,
    "cost_deviation": NEW_DEVIATION,
    "gain_share": 0.0,
    "pain_share": 0.0,
}
NEW_COMMISSIONER = {"name": "New commissioner", "kind": "council", "contribution": 0.0}
NEW_BAND = {"up_to": None, "up_to_pounds": None, "share": 0.5}
NEW_KPI = {
    "name": "New KPI",
    "unit": "%",
    "weight": 0.0,
    "today": 50.0,
    "expected": 55.0,
    "levels": {"failure": 30.0, "poor": 40.0, "minimum": 50.0, "stretch": 60.0, "gamebreaking": 70.0},
    "deviation": {"kind": "normal", "mean": 0.0, "sd": 5.0},
    "lowest": 0.0,
    "highest": 100.0,
}
NEW_KRA = {"name": "New key result area", "weight": 0.0, "kpis": [{**NEW_KPI, "weight": 1.0}]}
NEW_RISK = {
    "name": "New risk",
    "probability": 0.1,
    "hits": [],
    "included": True,
    "impact": {"kind": "pert", "low": 50_000.0, "likely": 100_000.0, "high": 300_000.0, "shape": 4.0},
}
NEW_POINT = {"ops": 100.0, "multiplier": 1.0}
