"""What a found design moves, in the words of the terms that may vary."""

import math
from collections.abc import Iterator, Sequence

from model.base import as_percent, as_pounds
from model.levers import Lever, Side
from model.scenario import Scenario
from model.splits import RULES
from model.terms import terms

NAMED = {rule.kind: name.lower() for name, rule in RULES.items()} | {"stated": "as stated"}
"""Ways to split, by their kind."""


def moves(levers: Sequence[Lever], before: Scenario, after: Scenario) -> list[str]:
    """One line for each term: 'Providers' share of overspends: 50% → 34%'; then who has which part of gain and pain."""
    sides: tuple[Side, ...] = ("gain", "pain")
    return [*_terms(levers, before, after), *(line for side in sides for line in _split(side, before, after))]


def distance(levers: Sequence[Lever], before: Scenario, after: Scenario) -> float:
    """How much a design changes: of each term the part of its range that it moves, and of gain and pain the part that
    changes hands in the first year, added up."""
    old, new = terms(before), terms(after)
    sides: tuple[Side, ...] = ("gain", "pain")
    handed = [abs(getattr(new, f"{side}_split")[0] - getattr(old, f"{side}_split")[0]).sum() / 2 for side in sides]
    return sum(abs(_place(lever, after) - _place(lever, before)) for lever in levers) + float(sum(handed))


def _place(lever: Lever, design: Scenario) -> float:
    """Where a term stands between its ends; no cap is like the highest."""
    return (min(lever.value(design), lever.high) - lever.low) / (lever.high - lever.low or 1.0)


def _terms(levers: Sequence[Lever], before: Scenario, after: Scenario) -> Iterator[str]:
    for lever in levers:
        old, new = (_shown(lever, lever.value(design)) for design in (before, after))
        if old != new:
            yield f"{lever.name}: {old} → {new}"


def _shown(lever: Lever, value: float) -> str:
    if math.isinf(value):
        return "none"
    if lever.unit.startswith("£"):
        return f"{as_pounds(round(value, 2))}{lever.unit[1:]}"
    return f"{as_percent(value)}{lever.unit[1:]}"


def _split(side: Side, before: Scenario, after: Scenario) -> Iterator[str]:
    """Each provider's part in the first year, where the way of splitting or a part is another."""
    old, new = (getattr(terms(design), f"{side}_split")[0] for design in (before, after))
    for provider, was, becomes in zip(before.providers, old, new, strict=True):
        if as_percent(was) != as_percent(becomes):
            yield f"Share of {side} of {provider.name}: {as_percent(was)} → {as_percent(becomes)}"
    rules = [NAMED[getattr(design.risk_share, f"{side}_allocation").kind] for design in (before, after)]
    if rules[0] != rules[1]:
        yield f"How they share {side}: {rules[0]} → {rules[1]}"
