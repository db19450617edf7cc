"""Names that other entries refer to: risks, their effects and single correlations follow a partner or a KPI."""

import copy
from collections.abc import Callable, Iterable
from functools import partial
from operator import eq
from typing import Any

from model.dependence import cost_of, kpi_of, saving_of
from model.fields import Path

Document = dict[str, Any]
ROWS: dict[str, tuple[Callable[[str], str], ...]] = {"providers": (cost_of, saving_of), "framework": (kpi_of,)}
"""Rows of the correlation matrix that belong to a provider or a KPI, by where their lines are kept."""


IN_THE_ROOM = "{}, in the room"
"""What a partner's own view of its costs is called among others'; its next one takes its place."""


def is_name(path: Path) -> bool:
    """Whether an entry is the name of a provider or a KPI, to which others refer."""
    return path[-1] == "name" and (path[0], len(path)) in (("providers", 3), ("framework", 6))


def renamed(document: Document, path: Path, name: str) -> Document:
    """The document with another name at a path; whatever referred to the old one refers to it.

    Nothing follows a name that another line has too. Once it differs again, what nobody is called follows.
    """
    edited = copy.deepcopy(document)
    line: Any = edited
    for key in path[:-1]:
        line = line[key]
    others = [other.get("name") for other in _lines(edited, path[0]) if other is not line]
    old, line["name"] = line.get("name"), name
    if name not in others:
        call_views(line, old, name)
        _refer(edited, path[0], lambda known: known not in others if old in others else known == old, name)
    return edited


def forget(document: Document, part: Any, gone: Iterable[str]) -> None:
    """Leaves out, in place, what refers to providers (`part` 'providers') or KPIs ('framework') that are gone.

    Risks that hit nobody else go with a provider.
    """
    names = set(gone)
    uncertainty = document.get("uncertainty", {})
    if part == "providers":
        risks = uncertainty.get("risks", [])
        uncertainty["risks"] = [risk for risk in risks if not risk.get("hits") or set(risk["hits"]) - names]
        for risk in uncertainty["risks"]:
            risk["hits"] = [name for name in risk.get("hits", []) if name not in names]
    else:
        for risk in uncertainty.get("risks", []):
            effects = risk.get("kpi_effects") or []
            risk |= {"kpi_effects": [e for e in effects if e.get("kpi") not in names]} if effects else {}
    rows = {make(name) for name in names for make in ROWS[part]}
    if pairs := uncertainty.get("correlations", {}).get("pairs"):
        kept = [pair for pair in pairs if not {pair.get("one"), pair.get("other")} & rows]
        uncertainty["correlations"]["pairs"] = kept


def call_views(line: Document, old: Any, new: str) -> None:
    """Calls, in place, a partner's own view of a range by its new name."""
    for value in line.values():
        for view in (value.get("views") or []) if isinstance(value, dict) else ():
            if isinstance(view, dict) and view.get("name") == IN_THE_ROOM.format(old):
                view["name"] = IN_THE_ROOM.format(new)


def _lines(document: Document, part: Any) -> list[Document]:
    """All providers, or all KPIs."""
    if part == "providers":
        return list(document.get("providers", []))
    return [kpi for kra in document.get("framework", {}).get("kras", []) for kpi in kra.get("kpis", [])]


def refer(document: Document, part: Any, called: dict[str, str]) -> None:
    """Puts, in place, names that providers or KPIs are called now wherever old ones are referred to."""
    for line in _lines(document, part):
        if line.get("name") in called:
            call_views(line, line["name"], called[line["name"]])
    for old, new in called.items():
        _refer(document, part, partial(eq, old), new)


def _refer(document: Document, part: Any, is_old: Callable[[Any], bool], name: str) -> None:
    """Puts a name, in place, wherever an old one of this sort is referred to."""
    uncertainty = document.get("uncertainty", {})
    for risk in uncertainty.get("risks", []):
        if part == "providers":
            risk["hits"] = [name if is_old(hit) else hit for hit in risk.get("hits", [])]
        else:
            for effect in risk.get("kpi_effects") or []:
                effect["kpi"] = name if is_old(effect.get("kpi")) else effect.get("kpi")
    for pair in uncertainty.get("correlations", {}).get("pairs") or []:
        for end in ("one", "other"):
            for make in ROWS[part]:
                row, prefix = str(pair.get(end)), make("")
                if row.startswith(prefix) and is_old(row.removeprefix(prefix)):
                    pair[end] = make(name)
