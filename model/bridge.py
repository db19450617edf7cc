"""From one design to another, step by step: what each group of changes does by itself, and what they do together.

Every group of entries that differ is taken over into the first design alone; what the groups do to each other is the
interaction. So no bar depends on an order of steps that somebody chose, and all bars add up to the difference.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import pandas as pd

from model.base import Floats
from model.documents import Refused, from_document, to_document
from model.fields import Path
from model.scenario import Scenario
from model.statistics import standard_error

COSTS, FRAMEWORK, TERMS = "Partners and costs", "Performance framework", "Contract terms"
UNCERTAINTY, BASELINE = "Uncertainty", "Baseline and term"
SECTIONS = {
    "term": BASELINE,
    "baseline": BASELINE,
    "commissioners": COSTS,
    "providers": COSTS,
    "framework": FRAMEWORK,
    "risk_share": TERMS,
    "uncertainty": UNCERTAINTY,
}
OF_TERMS = {
    "Corridors": ("gain_corridor", "pain_corridor"),
    "Bands": ("gain_bands", "pain_bands"),
    "Modifiers": ("gain_modifier", "pain_modifier"),
    "Haircut": ("haircut", "haircut_order"),
    "Caps on all providers": ("cost_gain_cap", "cost_pain_cap", "total_gain_cap", "total_pain_cap"),
    "Performance pool": ("performance",),
    "When gain and pain are due": ("one_sided_years", "phase_in", "basis"),
    "Providers' shares": ("gain_allocation", "pain_allocation", "gain_share", "pain_share"),
    "Caps on single providers": ("gain_cap", "pain_cap", "over_partner_caps"),
    "Fees": ("fee_rate", "fee_on"),
    "Part of cost that is pooled": ("pooled",),
}
"""Terms of the contract that are one bar, by its name: of a provider, or of all."""
MOST_TERMS = 5
"""Bars of terms. Where more of them differ, all terms are one bar, which says what is in it."""
ENTRIES = {
    **{entry: name for name, entries in OF_TERMS.items() for entry in entries},
    **dict.fromkeys(("cost_deviation", "baseline_error", "deviation", "people"), UNCERTAINTY),
}
"""Entries of a provider or KPI that belong to another group than the section they stand in."""
OPENED = ("providers", "framework", "kras", "kpis", "risk_share")
"""What is taken over entry by entry, where both designs have the same partners, areas and KPIs."""
GROUPS = tuple(
    name for section in dict.fromkeys(SECTIONS.values()) for name in (OF_TERMS if section == TERMS else [section])
)
ABSENT = object()

TOGETHER = "Together, beyond each by itself"


@dataclass(frozen=True)
class Span:
    """Some groups of changes, and the first design with these alone."""

    groups: tuple[str, ...]
    scenario: Scenario
    terms: tuple[str, ...] = ()
    """What of the contract's terms is in it, where these are one bar."""

    @property
    def name(self) -> str:
        return " + ".join(self.groups)


@dataclass(frozen=True)
class Bridge:
    """What leads from one figure to another, pounds: start + changes + interaction = end."""

    start: float
    changes: dict[str, float]
    end: float

    @property
    def interaction(self) -> float:
        """What the changes do together beyond what each does by itself; 0 for one change."""
        return self.end - self.start - sum(self.changes.values()) if len(self.changes) > 1 else 0.0

    def bars(self, start: str, end: str) -> dict[str, float]:
        """All bars by name, the interaction where there are several changes."""
        together = {TOGETHER: self.interaction} if len(self.changes) > 1 else {}
        return {start: self.start, **self.changes, **together, end: self.end}


def spans(before: Scenario, after: Scenario) -> list[Span]:
    """The groups that differ, each alone where that gives a valid design, else with what it needs."""
    old, new = to_document(before), to_document(after)
    parts = _parts(old, new)
    terms = parts.get(TERMS, ())
    alone = {name: _valid(old, new, groups) for name, groups in parts.items()}
    needy = [name for name, found in alone.items() if found is None]
    whole = [Span((g,), found, terms if g == TERMS else ()) for g, found in alone.items() if found is not None]
    if not needy:
        return whole
    for helpers in (some for size in range(len(whole) + 1) for some in combinations(whole, size)):
        together = (*needy, *(span.groups[0] for span in helpers))
        groups = tuple(group for name in together for group in parts[name])
        if (found := _valid(old, new, groups)) is not None:
            return [
                Span(together, found, terms if TERMS in together else ()),
                *(span for span in whole if span not in helpers),
            ]
    raise AssertionError("the new design with all of its groups is valid")


def _parts(old: dict[str, Any], new: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """What differs, by the name of its bar: terms by themselves, or as one where they are many."""
    groups = [group for group in GROUPS if _mixed(old, new, (), (group,)) != old]
    terms = tuple(group for group in groups if group in OF_TERMS)
    if len(terms) <= MOST_TERMS:
        return {group: (group,) for group in groups}
    names = dict.fromkeys(TERMS if group in terms else group for group in groups)
    return {name: terms if name == TERMS else (name,) for name in names}


def bridge(before: Scenario, after: Scenario, spans: Sequence[Span], figure: Callable[[Scenario], float]) -> Bridge:
    """What each span changes of a figure of a design, such as one partner's mean."""
    start, end = figure(before), figure(after)
    changes = {span.name: figure(span.scenario) - start for span in spans}
    return Bridge(start, changes if len(changes) > 1 else dict.fromkeys(changes, end - start), end)


def bridges(
    before: Scenario, after: Scenario, spans: Sequence[Span], samples: Callable[[Scenario], Floats]
) -> list[Bridge]:
    """The bridge of all draws, then that of each replicate; `samples`: the figure of a design in each, (1 + R,)."""
    known = {id(design): samples(design) for design in (before, *(span.scenario for span in spans), after)}

    def of(sample: int) -> Bridge:
        return bridge(before, after, spans, lambda design: float(known[id(design)][sample]))

    return [of(sample) for sample in range(len(known[id(before)]))]


def table(found: Sequence[Bridge], start: str, end: str) -> pd.DataFrame:
    """All bars of a bridge in 'pounds' with the 'standard error' of each; `found`: of all draws, then of replicates."""
    whole, *replicates = (pd.Series(each.bars(start, end)) for each in found)
    errors = pd.DataFrame(replicates).apply(lambda bar: standard_error(bar.to_numpy()))
    return pd.DataFrame({"pounds": whole, "standard error": errors}).rename_axis("step")


def _valid(old: dict[str, Any], new: dict[str, Any], groups: tuple[str, ...]) -> Scenario | None:
    """The old design with some groups of the new one; None where these need others."""
    try:
        return from_document(_mixed(old, new, (), groups))
    except Refused:
        return None


def _mixed(old: Any, new: Any, path: Path, groups: tuple[str, ...]) -> Any:
    """The old document with the entries of some groups from the new one."""
    inside = next((key for key in reversed(path) if isinstance(key, str)), "")
    if not path or inside in OPENED:
        if isinstance(old, dict) and isinstance(new, dict):
            keys = dict.fromkeys([*old, *new])
            mixed = {k: _mixed(old.get(k, ABSENT), new.get(k, ABSENT), (*path, k), groups) for k in keys}
            return {key: value for key, value in mixed.items() if value is not ABSENT}
        if isinstance(old, list) and [line["name"] for line in old] == [line["name"] for line in new]:
            return [_mixed(a, b, (*path, i), groups) for i, (a, b) in enumerate(zip(old, new, strict=True))]
    return new if _group(path) in groups else old


def _group(path: Path) -> str:
    """The group of an entry; none for what moves no results, such as the story."""
    return ENTRIES.get(str(path[-1])) or SECTIONS.get(str(path[0]), "")
