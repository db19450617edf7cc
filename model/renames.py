"""Lines of a scenario that have another name now: recognised where what is gone and what came are alike."""

import copy
from functools import lru_cache
from typing import Any, NamedTuple

from model import names
from model.documents import Refused, from_document, to_document
from model.fields import Path, at
from model.scenario import Scenario

Line = dict[str, Any]
ALIKE, MUCH_ALIKE = 0.45, 0.65
"""How much of what tells lines apart one of another name has in common with a line that was only renamed: of partners,
and of other lines. A partner may have agreed another cost and fee and stated other limits meanwhile; partners that are
others have less in common. A risk is little more than its chance and cost."""
UNTOLD = {"name", "sources", "gain_share", "pain_share", "contribution", "weight"}
"""Entries that do not tell who it is: parts of a whole move when another line comes or goes."""
SIDES = ("providers", "commissioners")


class Called(NamedTuple):
    """The names that providers and KPIs have now, by those they had."""

    providers: dict[str, str]
    kpis: dict[str, str]


def renames(old: list[Line], new: list[Line]) -> dict[str, str]:
    """The names that lines have now, by those they had: of lines that stand in the same place among those that stayed,
    and are alike. All lines have names, each its own."""
    gone, came = _places(old, new), _places(new, old)
    if len(old) == len(new) == len(came) == 1:
        return {old[0]["name"]: new[0]["name"]}
    pairs = [
        (likeness(one, other, old), i, j)
        for i, (place, one) in enumerate(gone)
        for j, (same, other) in enumerate(came)
        if place == same
    ]
    taken: list[tuple[int, int]] = []
    for found, i, j in sorted(pairs, key=lambda pair: -pair[0]):
        enough = ALIKE if "appetite" in gone[i][1] else MUCH_ALIKE
        in_order = all(i != a and j != b and (i < a) == (j < b) for a, b in taken)
        if found >= enough and in_order:
            taken.append((i, j))
    return {gone[i][1]["name"]: came[j][1]["name"] for i, j in sorted(taken)}


def _places(lines: list[Line], others: list[Line]) -> list[tuple[str, Line]]:
    """Lines whose names others do not have, each with the last name before it that they have."""
    known, place, found = {line["name"] for line in others}, "", []
    for line in lines:
        if line["name"] in known:
            place = line["name"]
        else:
            found.append((place, line))
    return found


def likeness(one: Line, other: Line, lines: list[Line]) -> float:
    """How much of what tells a line apart from the other lines another has in common with it, 0 to 1. Where nothing
    tells lines apart, as in an alliance that is only begun, their place does."""
    rest, keys = [line for line in lines if line is not one], {*one, *other} - UNTOLD
    apart = {key for key in keys if not rest or any(line.get(key) != one.get(key) for line in rest)}
    same = differ = 0.0
    for key in keys if apart else ():
        part = _alike(one.get(key), other.get(key))
        if part < 1 or key in apart:
            same, differ = same + part, differ + 1 - part
    return same / (same + differ) if same + differ else 1.0


def _alike(one: Any, other: Any) -> float:
    """How much of two entries is the same, 0 to 1."""
    pairs: list[tuple[Any, Any]] = []
    if isinstance(one, dict) and isinstance(other, dict) and one.get("kind") == other.get("kind"):
        pairs = [(one.get(key), other.get(key)) for key in {*one, *other} - {"kind", "sources"}]
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = list(zip(one, other, strict=True))
    return sum(_alike(*pair) for pair in pairs) / len(pairs) if pairs and one != other else float(one == other)


def by_name(lines: Any) -> dict[str, Line]:
    """Lines by their names; none where one has no name of its own."""
    if not isinstance(lines, list) or not all(isinstance(line, dict) and line.get("name") for line in lines):
        return {}
    found = {line["name"]: line for line in lines}
    return found if len(found) == len(lines) else {}


def _called(before: Any, after: Any) -> dict[Path, dict[str, str]]:
    """The names that partners and KPIs of a document have in another, by those they have, by where their lines are."""
    found: dict[Path, dict[str, str]] = {}
    for side in SIDES:
        found[side,] = _told(before.get(side), after.get(side))
    old, new = (by_name((one.get("framework") or {}).get("kras")) for one in (before, after))
    areas = _told([*old.values()], [*new.values()])
    for i, (name, line) in enumerate(old.items()):
        there = new.get(areas.get(name, name), {})
        found["framework", "kras", i, "kpis"] = _told(line.get("kpis"), there.get("kpis"))
    return {path: names for path, names in found.items() if names}


def _told(old: Any, new: Any) -> dict[str, str]:
    """The same of one list; nothing where not all its lines can be told apart."""
    was, now = by_name(old), by_name(new)
    return {} if was.keys() == now.keys() or not (was and now) else renames([*was.values()], [*now.values()])


def referring(before: Line, after: Line) -> Line:
    """A document whose risks and correlations name partners and KPIs as they are called in another."""
    found = _called(before, after)
    if not found:
        return before
    document = before | {part: copy.deepcopy(before[part]) for part in ("uncertainty", "providers") if part in before}
    for path, called in found.items():
        if path[0] in names.ROWS:
            names.refer(document, path[0], called)
    return document


def of_partners(before: Scenario, after: Scenario) -> dict[str, str]:
    """The names that partners have now, by those they had."""
    if _partners(before) == _partners(after):
        return {}
    found = _called(to_document(before), to_document(after))
    return {old: new for path, called in found.items() if path[0] in SIDES for old, new in called.items()}


def of_figures(before: Line, after: Line) -> Called:
    """The names that providers and KPIs of a document have in another of the same alliance, by those they have."""
    if not _of_one_alliance(before, after):
        return Called({}, {})
    found = _called(before, after)
    kpis = [called for path, called in found.items() if path[0] == "framework"]
    return Called(found.get(("providers",), {}), {old: new for called in kpis for old, new in called.items()})


def _of_one_alliance(*documents: Line) -> bool:
    """Whether two documents are of one alliance: called the same, or of the same partners."""
    one, other = ([sorted(by_name(document.get(side))) for side in SIDES] for document in documents)
    return documents[0].get("name") == documents[1].get("name") or one == other


def _partners(scenario: Scenario) -> list[list[str]]:
    return [[one.name for one in getattr(scenario, side)] for side in SIDES]


def _kpis(scenario: Scenario) -> list[list[str]]:
    return [[kpi.name for kpi in kra.kpis] for kra in scenario.framework.kras]


@lru_cache(maxsize=64)
def as_called(today: Scenario, design: Scenario) -> Scenario:
    """A design with its partners and KPIs called what they are called in another, where they were only renamed.

    Names decide no figure, so that this settles as it did.
    """
    if _partners(today) == _partners(design) and _kpis(today) == _kpis(design):
        return design
    document = to_document(design)
    for path, called in _called(document, to_document(today)).items():
        for i, line in enumerate(at(document, path)):
            if line["name"] in called:
                document = names.renamed(document, (*path, i, "name"), called[line["name"]])
    try:
        return from_document(document)
    except Refused:  # a KPI of another area has the name
        return design
