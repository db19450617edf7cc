"""Edits that touch more than one entry: another kind, a new line, a removed line, a new name."""

import copy
from typing import Any

from pydantic import TypeAdapter, ValidationError

from model import names, stood
from model.appetite import CHANCES
from model.base import ROUNDING, Value
from model.distributions import Stated
from model.evidence import RANGE
from model.fields import Path, choices, kind_of
from ui import pasted, units
from ui.editing import GONE
from ui.session import Session

STATED: TypeAdapter[Stated] = TypeAdapter(Stated)
FIRST_VALUES = {
    "width": 0.01,
    "part": 1.0,
    "amount": 100_000.0,
    "df": 5.0,
    "points": [
        {"ops": -50.0, "multiplier": 0.5},
        {"ops": 0.0, "multiplier": 1.0},
    ],
}


def write(session: Session, path: Path, value: Any, held: bool = False) -> None:
    """Puts a typed value into the document; what depends on it follows. `held`: as `Session.write` has it."""
    depends = names.is_name(path) or path[-1] in ("name", "impact_in")
    if depends and session.value(path[:-1]) is None:
        session.news = GONE
        return
    if path[-1] == "name":
        pasted.follow(session, path, value)
    if names.is_name(path):
        session.replace(names.renamed(session.document, path, value))
    elif path[-1] == "impact_in":
        planned = session.scenario.planned_cost().mean(axis=0)
        session.replace(units.changed(session.document, path, value, planned))
        session.refresh()
    else:
        before = session.document
        session.write(path, value, held)
        if session.document is not before:
            _entered(session, path)


def _entered(session: Session, path: Path) -> None:
    """A chance of somebody's limits that was typed is entered from then on, in the same step."""
    if path[-1] not in CHANCES or not isinstance(node := session.value(path[:-1]), dict):
        return
    told = stood.typed(node, {path[-1]: node.get(path[-1])})
    session.replace(replaced(session.document, path[:-1], told), on=True)


def replaced(node: Any, path: Path, value: Any) -> Any:
    """A document with another value at a path. What lies beside the path is the same and not a copy."""
    if not path:
        return value
    key: Any = path[0]
    inner = replaced(node[key], path[1:], value)
    if isinstance(node, list):
        return [*node[:key], inner, *node[key + 1 :]]
    return {**node, key: inner}


def node_at(document: dict[str, Any], path: Path) -> Any:
    node: Any = document
    for key in path:
        node = node[key] if isinstance(key, int) else node.setdefault(key, {})
    return node


def as_kind(node: dict[str, Any], annotation: Any, kind: str) -> dict[str, Any]:
    """The same value as another kind, keeping what both have; a distribution keeps its mean and spread."""
    member = next(m for m in choices(annotation) if kind_of(m) == kind)
    if kind == "pool" and _fits(STATED, node):
        return {"kind": kind, "views": [{"name": "First view", "weight": 1.0, "view": copy.deepcopy(node)}]}
    if hasattr(member, "like"):
        mean, sd = _mean_and_sd(node)
        return dict(tidy(member.like(mean, sd).model_dump(mode="json")))
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
        before: Any = RANGE.validate_python(node)
    except ValidationError:
        return 0.0, 0.05
    return before.mean, before.sd or abs(before.mean) * 0.1 or 0.05


def is_range(node: Any) -> bool:
    """Whether a value is a distribution, as typed so far."""
    return _fits(RANGE, node)


def _fits(kind: TypeAdapter[Any], node: Any) -> bool:
    """Whether a value is of a kind, as typed so far."""
    try:
        kind.validate_python(node)
    except ValidationError:
        return False
    return True


def tidy(value: Any) -> Any:
    """Numbers to six decimals, in lists and groups too."""
    if isinstance(value, dict):
        return {key: tidy(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [tidy(inner) for inner in value]
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
    for part in PARTS.get(str(path[-2]), ()):
        _fill_up(node, part, gone.get(part))
    if (path[0], len(path)) in (("providers", 2), ("framework", 3), ("framework", 5)):
        names.forget(edited, path[0], [line.get("name") for line in gone.get("kpis", [gone])])
    return edited


def _fill_up(lines: list[dict[str, Any]], name: str, gone: Any) -> None:
    """Scales what is left so that it makes 100%, where it did with the line that is gone; else it stays as it is.

    Where nothing is left of it, providers' parts are those of their cost, and others' are equal.
    """
    values = [value for line in lines if isinstance(value := line.get(name), int | float)]
    if not isinstance(gone, int | float) or not lines or len(values) < len(lines):
        return
    if abs(sum(values) - 1) <= ROUNDING or abs(sum(values) + gone - 1) > ROUNDING:
        return
    parts = values if sum(values) else costs(lines) or [1.0] * len(lines)
    scaled = [round(part / sum(parts), 9) for part in parts]
    largest = scaled.index(max(scaled))
    scaled[largest] = round(scaled[largest] + 1.0 - sum(scaled), 9)  # so that no billionth is lost
    for line, part in zip(lines, scaled, strict=True):
        line[name] = part


def costs(lines: list[dict[str, Any]]) -> list[float]:
    """What providers cost to start with; empty where that is not entered for each."""
    found = [float(cost) for line in lines if isinstance(cost := line.get("baseline_cost"), int | float) and cost > 0]
    return found if len(found) == len(lines) else []


def share_by_cost(document: dict[str, Any]) -> None:
    """Puts, in place, shares of gain and pain in proportion to cost, where there is any cost to go by.

    Where shares are stated, the split follows target cost from then on; what is stated is what it begins as. A cost
    that has to be mended yet, as one below £0, begins with none.
    """
    lines = document["providers"]
    costs = [max(0.0, cost) if isinstance(cost := line.get("baseline_cost"), int | float) else 0.0 for line in lines]
    if not sum(costs):
        return
    parts = [round(cost / sum(costs), 4) for cost in costs]
    parts[costs.index(max(costs))] += 1.0 - sum(parts)
    for line, part in zip(lines, parts, strict=True):
        line["gain_share"] = line["pain_share"] = round(part, 4)
    terms = document["risk_share"]
    for side in ("gain_allocation", "pain_allocation"):
        if (terms.get(side) or {}).get("kind", "stated") == "stated":
            terms[side] = {"kind": "by_target"}
