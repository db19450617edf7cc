"""What an entry of a scenario is about: terms of the contract first, what things are called last."""

from typing import Literal

from model.fields import Path

SOURCES = "sources"
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
    **dict.fromkeys(("fee_rate", "fee_on", "baseline_cost", "later_costs"), "targets"),
    **dict.fromkeys(("required_saving", "demand_growth"), "targets"),
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


def kind_at(path: Path) -> Kind:
    """What an entry is about, by where it stands."""
    if SOURCES in path or not path or (path[-1] == "name" and isinstance(path[-2:][0], int)):
        return "other"
    if path[0] in PARTNERS and len(path) > 2:
        return OF_PARTNERS.get(str(path[2]), "other")
    if path[0] == "framework" and any(key in OF_KPIS for key in path):
        return "inputs"
    return OF_SECTIONS.get(str(path[0]), "other")


def rank(path: Path) -> tuple[int, bool]:
    """Where an entry comes in a list of changes: by kind, and within a kind what is not of single partners first."""
    return list(KINDS).index(kind_at(path)), bool(path) and path[0] in PARTNERS
