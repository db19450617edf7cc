"""Edits that touch more than one entry: another kind, a new line, a removed line, a new name."""

import copy
from collections.abc import Sequence
from typing import Any

from pydantic import TypeAdapter, ValidationError

from model import names
from model.base import ROUNDING, Value
from model.distributions import Stated
from model.evidence import RANGE
from model.fields import Path, choices, kind_of
from model.framework import KPI
from model.partners import Commissioner, Provider
from ui import pasted, units
from ui.editing import GONE
from ui.session import Session

STATED: TypeAdapter[Stated] = TypeAdapter(Stated)
FORMER = "Of the range before: "
LONGEST_NOTE = 1000
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
        session.write(path, value, held)


def replaced(node: Any, path: Path, value: Any) -> Any:
    """A document with another value at a path. What lies beside the path is the same and not a copy."""
    if not path:
        return value
    key: Any = path[0]
    inner = replaced(node[key], path[1:], value)
    if isinstance(node, list):
        return [*node[:key], inner, *node[key + 1 :]]
    return {**node, key: inner}


def noted(document: dict[str, Any], path: Path, said: str, part: str = "note") -> dict[str, Any]:
    """The document with a part of what is noted on the entry at a path: its 'note', 'owner' or 'date'; where nothing is
    left of it, without."""
    edited = copy.deepcopy(document)
    owner = _node(edited, path[:-1])
    sources = owner.get("sources") or []
    about = [source.get("field") for source in sources]
    at = about.index(path[-1]) if path[-1] in about else len(about)
    before, after = sources[:at], [source for source in sources[at:] if source.get("field") != path[-1]]
    mine = {"note": ""} | noted_on(sources, path[-1]) | {part: said.strip() and said}
    told: dict[str, Any] = {name: text for name, text in mine.items() if text or name == "note"}
    owner["sources"] = [*before, *([{"field": path[-1]} | told] if any(told.values()) else []), *after]
    if not owner["sources"]:
        del owner["sources"]
    return edited


def noted_on(sources: Sequence[dict[str, str]], entry: Any) -> dict[str, str]:
    """What is noted on an entry, each part by its name."""
    mine = [source for source in sources if source.get("field") == entry]
    parts = dict.fromkeys(name for source in mine for name in source if name != "field")
    return {part: " ".join(str(source[part]) for source in mine if source.get(part)) for part in parts}


def noted_as_former(document: dict[str, Any], path: Path) -> dict[str, Any]:
    """The document with what is noted on the entry at a path marked, line by line, as of the range before."""
    note = noted_on(_node(document, path[:-1]).get("sources") or [], path[-1]).get("note", "")
    marked = "\n".join(line if line.startswith(FORMER) else FORMER + line for line in note.splitlines() if line)
    return noted(document, path, marked[:LONGEST_NOTE]) if note else document


def _node(document: dict[str, Any], path: Path) -> Any:
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


def new_view(views: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """A further view of the same quantity: low, likely and high, with the mean and spread of the last one."""
    last = views[-1].get("view") if views else {}
    return {"name": "Next view", "weight": 1.0, "view": as_kind(last or {}, Stated, "pert")}


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

    Where shares are stated, the split follows target cost from then on; what is stated is what it begins as.
    """
    lines = document["providers"]
    costs = [cost if isinstance(cost := line.get("baseline_cost"), int | float) else 0.0 for line in lines]
    if min(costs) < 0 or not sum(costs):
        return
    parts = [round(cost / sum(costs), 4) for cost in costs]
    parts[costs.index(max(costs))] += 1.0 - sum(parts)
    for line, part in zip(lines, parts, strict=True):
        line["gain_share"] = line["pain_share"] = round(part, 4)
    terms = document["risk_share"]
    for side in ("gain_allocation", "pain_allocation"):
        if (terms.get(side) or {}).get("kind", "stated") == "stated":
            terms[side] = {"kind": "by_target"}


def reweighted(document: dict[str, Any], path: Path, line: int, weight: float) -> dict[str, Any]:
    """The document with another weight of one line of a list; the others share the rest as they did before."""
    edited = copy.deepcopy(document)
    lines = _node(edited, path)
    others = [each for i, each in enumerate(lines) if i != line]
    so_far = [each.get("weight") if isinstance(each.get("weight"), int | float) else 0.0 for each in others]
    parts = [each / sum(so_far) if sum(so_far) else 1 / len(others) for each in so_far]
    lines[line]["weight"] = weight if others else 1.0
    for other, part in zip(others, parts, strict=True):
        other["weight"] = round((1.0 - weight) * part, 9)
    return edited


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


NEW_DEVIATION = {"kind": "student_t", "centre": 0.0, "scale": 0.044, "df": 5.7}
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
        "deviation": {"kind": "normal", "mean": 0.0, "sd": 5.0},
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
