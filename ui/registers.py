"""Risks, and what partners accept, as lines of a table that is pasted: their columns, and how each is stated."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from data.cells import folded
from model import stood
from model.appetite import CHANCES, InPounds, InWords
from model.distributions import Fixed, Pert
from model.fields import Path
from model.uncertainty import Risk
from ui import new_lines
from ui.columns import NAME, Column, Given, Lines
from ui.entries import label_of
from ui.meanings import meant
from ui.session import Session

RISKS: Path = ("uncertainty", "risks")
COST, LOW, LIKELY, HIGH = costs = tuple(("impact", name) for name in ("value", "low", "likely", "high"))
COST_IN: Path = ("impact_in",)
CHANCE: Path = ("probability",)
"""A risk's entries."""
LIMITS: Path = ("limits",)
"""What names the table of limits; its lines are partners of both sides."""


def risks(session: Session) -> Lines:
    """The risks of the alliance, as lines."""
    listed = session.value(RISKS) or []
    fields, stated = Risk.model_fields, Pert.model_fields
    providers = tuple(str(one.get("name")) for one in session.value(("providers",)) or [])
    chance = Column(CHANCE, label_of(fields["probability"], "%"), "%", fields["probability"])
    certain = Column(COST, "Cost if it happens (£)", "£", Fixed.model_fields["value"])
    across = [
        *(Column((name,), label_of(fields[name], ""), "", fields[name]) for name in ("name", "when")),
        *(chance, certain),
        *(Column(place, label_of(stated[place[1]], "£"), "£", stated[place[1]]) for place in (LOW, LIKELY, HIGH)),
        Column(COST_IN, label_of(fields["impact_in"], ""), "", fields["impact_in"]),
        Column(("hits",), label_of(fields["hits"], ""), "", fields["hits"], providers),
        Column(("included",), label_of(fields["included"], ""), "", fields["included"]),
    ]
    units = {folded(str(risk.get("name"))): risk.get("impact_in") for risk in listed}

    def own(row: list[str], across: Sequence[Column | None]) -> list[Column | None]:
        """Costs in pounds or in %, as the row says or as the risk has it."""
        cells = {one.place: (cell, one) for one, cell in zip(across, row, strict=False) if one}
        cell, one = cells.get(COST_IN, ("", None))
        stated_in = meant(cell, one) if cell and one else units.get(folded(cells.get(NAME, ("", None))[0]))
        if stated_in in (None, "pounds"):
            return [*across]
        return [
            replace(one, title=one.title.replace("£", "%"), unit="%") if one and one.place in costs else one
            for one in across
        ]

    lines = [(str(risk.get("name", "")), (*RISKS, i)) for i, risk in enumerate(listed)]
    return Lines(RISKS, lines, across, new_lines.NEW_RISK, own=own, lacking=True, fit=_as_risk)


def _as_risk(risk: dict[str, Any], given: Given, new: bool) -> list[str]:
    """A risk whose cost is stated as a row gives it: certain, or from lowest to highest."""
    parts = {str(place[1]): given.pop(place) for place in costs if place in given}
    impact = risk["impact"]
    fresh = new or given.get(COST_IN, risk.get("impact_in")) != risk.get("impact_in")
    if new and CHANCE not in given:
        return ["it has no chance."]
    if not parts and not fresh:
        return []
    if "value" in parts and "likely" not in parts and (len(parts) > 1 or (not fresh and "likely" in impact)):
        parts["likely"] = parts.pop("value")
    stated = _cost(parts, impact, fresh)
    if stated is None:
        given.pop(COST_IN, None)
        return ["it has no cost if it happens." if new and not parts else NEEDED]
    risk["impact"] = stated
    return []


NEEDED = "its cost needs lowest, most likely and highest, or one figure under 'Cost if it happens' where it is certain."


def _cost(parts: dict[str, Any], impact: dict[str, Any], fresh: bool) -> dict[str, Any] | None:
    """A cost with the parts that a row gives; `fresh`: nothing of what it was stays. None where parts are lacking."""
    if parts.keys() == {"low", "likely", "high"}:
        if len(set(parts.values())) == 1:
            return {"kind": "fixed", "value": parts["likely"]}
        return {"kind": "pert", **parts, "shape": impact.get("shape", 4.0)}
    if parts.keys() == {"value"} and (fresh or impact.get("kind") == "fixed"):
        return {"kind": "fixed", **parts}
    return {**impact, **parts} if parts and not fresh and parts.keys() <= impact.keys() else None


def limits(session: Session) -> Lines:
    """What every partner accepts, as lines."""
    sides = ("providers", "commissioners")
    owners = [(side, i) for side in sides for i, _ in enumerate(session.value((side,)) or [])]
    lines = [(str(session.value((*owner, "name")) or ""), owner) for owner in owners]
    word, own = InWords.model_fields["word"], InPounds.model_fields
    named = [(name, "%" if name in CHANCES else "£") for name in own if name not in ("kind", "sources")]
    across = [
        Column(NAME, "Name", "", Risk.model_fields["name"]),
        Column(("appetite", "word"), label_of(word, ""), "", word),
        *(Column(("appetite", name), label_of(own[name], unit), unit, own[name]) for name, unit in named),
    ]
    return Lines(LIMITS, lines, across, lacking=True, fit=_as_appetite)


def _as_appetite(partner: dict[str, Any], given: Given, new: bool) -> list[str]:
    """A partner whose appetite is stated as a row gives it: in a word, or in pounds and chances."""
    parts = {str(place[1]): given.pop(place) for place in [*given] if place[0] == "appetite"}
    word = parts.pop("word", None)
    sums = [name for name, value in parts.items() if value is not None and name not in CHANCES]
    appetite = partner.get("appetite") or {}
    if word and sums:
        return [f"{partner.get('name')} has both a word and limits in pounds: leave one of them out."]
    if word:
        partner["appetite"] = {"kind": "words", "word": word}
    elif appetite.get("kind") == "pounds":
        partner["appetite"] = stood.typed({**appetite, **parts}, parts)
    elif sums:
        partner["appetite"] = stood.typed(stood.begun(InPounds().model_dump(mode="json")) | parts, parts)
    elif any(value is not None for value in parts.values()):
        return [f"{partner.get('name')} has a chance without the sum that it is about."]
    return []
