"""Past years under this contract: what its terms would have paid, and whether our ranges were honest."""

from dataclasses import dataclass
from math import comb
from typing import Literal, NamedTuple

import numpy as np
from pydantic import Field

from model.base import LARGEST_MONEY, Floats, Value, plain
from model.documents import Refused, validated
from model.draw import Outcomes
from model.futures import Future
from model.scenario import Scenario
from model.scores import score
from model.settle import settle
from model.statistics import percentile
from model.terms import terms_for

TOGETHER = "All providers"
OF_TARGET = "of target"
RANGE = 0.9
"""The part of years that a range from P5 to P95 should hold."""

DOUBT = 0.05
"""A chance smaller than this makes us doubt the ranges."""


class PastYear(Value):
    """One past year: target and actual cost of each provider, and KPI values."""

    year: str = plain("Year", "Its name.", min_length=1, max_length=40)
    targets: dict[str, float] = plain("Targets", "Target cost of each provider, in pounds.", max_length=20)
    costs: dict[str, float] = plain("Costs", "Actual cost of each provider, in pounds.", max_length=20)
    kpis: dict[str, float] = plain("KPIs", "Measured value of each KPI.", default={}, max_length=200)
    relief: float = plain("Relief", "Pounds by which agreed events reduced the pain on cost.", ge=0, default=0.0)


class History(Value):
    """Past years, oldest first."""

    schema_version: Literal[1] = plain("File version", "Version of this file's layout.", default=1)
    years: tuple[PastYear, ...] = Field(title="Years", description="The past years.", min_length=1, max_length=40)


@dataclass(frozen=True)
class Past:
    """Past years as arrays: target and actual cost (years, P), KPI values (years, K), relief (years, 1)."""

    labels: list[str]
    targets: Floats
    costs: Floats
    kpis: Floats
    relief: Floats


def past(scenario: Scenario, document: object) -> Past:
    """The history in plain lists and dicts, checked against the scenario. Raises Refused."""
    years = validated(History, document).years
    providers = [p.name for p in scenario.providers]
    kpis = [kpi.name for kpi in scenario.framework.kpis()]
    for year in years:
        for what, given in (("Target", year.targets), ("Cost", year.costs)):
            for name in providers:
                if name not in given:
                    raise Refused.because(f"{what} of {name} in {year.year} is missing; every provider's is needed")
                if not 0 <= given[name] <= LARGEST_MONEY or (what == "Target" and given[name] == 0):
                    least = "more than £0" if what == "Target" else "£0 or more"
                    raise Refused.because(f"{what} of {name} in {year.year} is {given[name]:,.10g}; it must be {least}")
        for name in [*year.targets, *year.costs, *year.kpis]:
            if name not in [*providers, *kpis]:
                known = ", ".join([*providers, *kpis])
                raise Refused.because(f"'{name}' in {year.year} is not in the scenario; known are {known}")
    if len({year.year for year in years}) < len(years):
        raise Refused.because("The history gives one year twice")
    return Past(
        [year.year for year in years],
        np.array([[year.targets[name] for name in providers] for year in years]),
        np.array([[year.costs[name] for name in providers] for year in years]),
        np.array([[year.kpis.get(name, np.nan) for name in kpis] for year in years]).reshape(len(years), len(kpis)),
        np.array([[year.relief] for year in years]),
    )


def settled(scenario: Scenario, years: Past) -> list[Future]:
    """The past years under this contract in full effect, settled together: no phase-in, no one-sided years."""
    kpis = years.kpis[:, :, None]
    scores = score(scenario.framework, kpis)
    ledger = settle(terms_for(scenario, years.targets), years.costs[:, :, None], scores, years.relief)
    return [Future(scenario, ledger, scores, kpis, t) for t in range(len(years.labels))]


class Covered(NamedTuple):
    """One item over the past years: our range for it, what happened, and how often it lay inside."""

    item: str
    unit: str
    low: float
    high: float
    values: list[float]
    inside: int
    years: int

    @property
    def chance(self) -> float:
        """The chance of this few inside or fewer, were the range honest and the years independent."""
        n, k = self.years, self.inside
        return sum(comb(n, i) * RANGE**i * (1 - RANGE) ** (n - i) for i in range(k + 1))

    @property
    def too_narrow(self) -> bool:
        return self.chance < DOUBT


def coverage(scenario: Scenario, outcomes: Outcomes, year: int, years: Past) -> list[Covered]:
    """How the past lay in our ranges of one year: cost as part of target, together and by provider; KPI values.

    The range of a KPI is set around its value today, because past years had none of the planned change. Where the
    target follows prices, a future's target does too; past targets are as they were settled.
    """
    prices = outcomes.prices[year] if scenario.baseline.reindexed else 1.0
    target, cost = scenario.target_cost()[year], outcomes.costs[year] / prices
    found = [_covered(TOGETHER, OF_TARGET, cost.sum(axis=0) / target.sum(), years.costs.sum(1) / years.targets.sum(1))]
    for p, provider in enumerate(scenario.providers):
        if target[p] > 0:
            found.append(
                _covered(provider.name, OF_TARGET, cost[p] / target[p], years.costs[:, p] / years.targets[:, p])
            )
    for k, kpi in enumerate(scenario.framework.kpis()):
        path = kpi.path(scenario.term.horizon)
        found.append(_covered(kpi.name, kpi.unit, outcomes.kpis[year, k] - path[year] + kpi.today, years.kpis[:, k]))
    return [item for item in found if item.years]


def _covered(item: str, unit: str, drawn: Floats, happened: Floats) -> Covered:
    ordered = np.sort(drawn)
    low, high = float(percentile(ordered, 5)), float(percentile(ordered, 95))
    known = happened[~np.isnan(happened)]
    inside = int(((known >= low) & (known <= high)).sum())
    return Covered(item, unit, low, high, happened.tolist(), inside, len(known))
