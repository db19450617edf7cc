"""What differs between two scenario documents, for readers: by kind, one change of several partners in one line."""

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from model.differences import SOURCES, Difference, entries
from model.documents import where
from model.fields import Path
from model.wording import listed

Kind = Literal["terms", "targets", "limits", "inputs", "other"]
KINDS: dict[Kind, str] = {
    "terms": "Contract terms",
    "targets": "Targets and what is scored",
    "limits": "What partners accept and have",
    "inputs": "What is uncertain",
    "other": "Names and notes",
}
"""In this order: what a meeting is about first."""
PARTNERS = ("providers", "commissioners")
OF_PARTNERS: dict[str, Kind] = {
    **dict.fromkeys(("gain_share", "pain_share", "gain_cap", "pain_cap", "pooled", "contribution"), "terms"),
    **dict.fromkeys(("fee_rate", "fee_on", "baseline_cost", "required_saving", "demand_growth"), "targets"),
    **dict.fromkeys(("appetite", "outside", "reserves", "income", "kind"), "limits"),
    **dict.fromkeys(("cost_deviation", "baseline_error"), "inputs"),
    "name": "other",
}
OF_SECTIONS: dict[str, Kind] = {
    **dict.fromkeys(("risk_share", *PARTNERS), "terms"),
    **dict.fromkeys(("baseline", "term", "framework"), "targets"),
    "uncertainty": "inputs",
}
OF_KPIS = ("today", "expected", "years_to_change", "deviation", "people", "lowest", "highest")
"""What is uncertain about a KPI; its weight, levels and gates are agreed."""


class Change(NamedTuple):
    """One line, and how many entries it tells of."""

    kind: Kind
    said: str
    entries: int


def changes(before: Any, after: Any) -> list[Change]:
    """All that differs: terms first, and within a kind what is not of single partners first."""
    groups: dict[Path, list[Difference]] = {}
    for one in entries(before, after):
        groups.setdefault(_shared(one.path), []).append(one)
    found = [(_kind(path), path[:1][0] in PARTNERS if path else False, group) for path, group in groups.items()]
    found.sort(key=lambda each: (list(KINDS).index(each[0]), each[1]))
    return [Change(kind, _line(group, after), len(group)) for kind, _, group in found]


def _shared(path: Path) -> Path:
    """The same for one entry of all partners; a reason and a name are each partner's own."""
    partners = len(path) > 2 and path[0] in PARTNERS and path[2] not in (SOURCES, "name")
    return (path[0], "", *path[2:]) if partners else path


def _kind(path: Path) -> Kind:
    """What an entry is about, by where it stands."""
    if SOURCES in path or not path:
        return "other"
    if path[0] in PARTNERS and len(path) > 2:
        return OF_PARTNERS.get(str(path[2]), "other")
    if path[0] == "framework" and any(key in OF_KPIS for key in path):
        return "inputs"
    return OF_SECTIONS.get(str(path[0]), "other")


def _line(group: Sequence[Difference], after: Any) -> str:
    """'Share of gain: A 33% → 5%, B 17% → 40%'; 'Fee, all six providers: 5% → 6%' where all change alike."""
    if len(group) == 1:
        return str(group[0])
    role, names = str(group[0].path[0]), [where(one.place[:2]) for one in group]
    place = where(group[0].place[2:]) + group[0].part
    if len({one.change for one in group}) > 1:
        return f"{place}: {', '.join(f'{name} {one.change}' for name, one in zip(names, group, strict=True))}"
    every = len(names) == len(after[role])
    who = f"{'both' if len(names) == 2 else f'all {len(names)}'} {role}" if every else listed(names)
    return f"{place}, {who}: {group[0].change}"
