"""What would break it: named changes of a case, each settled on the same random numbers as the case itself.

A stress changes the plan (what happens), the terms (who gains and bears), or both, and says in one sentence what it
does. It adds nothing uncertain, so that the difference it makes is its own and hardly one of luck.
"""

from dataclasses import dataclass

import numpy as np

from model.base import Floats, as_percent
from model.dependence import stronger
from model.failing import ProviderFails
from model.framework import Level
from model.happening import RiskHappens, RiskSwitch
from model.scenario import Scenario
from model.scores import score
from model.simulate import Case
from model.stressed import Stressed, dearer


@dataclass(frozen=True)
class CostsWorse:
    """Everybody spends more in every year, or from one year to another, both counted from 0."""

    part: float
    years: tuple[int, int] | None = None
    """The first and the last dearer year; None where all are."""

    def name(self, scenario: Scenario) -> str:
        said = f"Costs {as_percent(self.part)} {'higher' if self.part >= 0 else 'lower'}".replace("-", "")
        return f"{said}, {_span(scenario, *self.years)}" if self.years else said

    def sentence(self, scenario: Scenario) -> str:
        more = f"{as_percent(abs(self.part))} {'more' if self.part >= 0 else 'less'}"
        alike = f"{as_percent(round(abs(self.part / (1 + self.part)), 3))} {'lower' if self.part >= 0 else 'higher'}"
        when = _when(scenario, *self.years) if self.years else "in every year"
        then = "then " if self.years else ""
        return (
            f"Everybody's services cost {more} {when} of every future; targets stay, and so do risks. "
            f"A budget {then}{alike} at the same costs would do much the same."
        )

    def apply(self, case: Case) -> Case:
        first, last = self.years or (0, case.plan.years - 1)
        factor = np.ones((case.plan.years, 1))
        factor[first : last + 1] += self.part
        return case._replace(plan=dearer(case.plan, factor))


@dataclass(frozen=True)
class OneDearer:
    """A provider, by its number, spends more in every year, the others do not."""

    provider: int
    part: float

    def name(self, scenario: Scenario) -> str:
        return f"{CostsWorse(self.part).name(scenario)}: {scenario.providers[self.provider].name}"

    def sentence(self, scenario: Scenario) -> str:
        more = f"{as_percent(abs(self.part))} {'more' if self.part >= 0 else 'less'}"
        return (
            f"Only the services of {scenario.providers[self.provider].name} cost {more}, in every year of every "
            "future; targets stay, and so do risks."
        )

    def apply(self, case: Case) -> Case:
        factor = np.ones((1, len(case.scenario.providers)))
        factor[0, self.provider] += self.part
        return case._replace(plan=dearer(case.plan, factor))


@dataclass(frozen=True)
class SavingsLate:
    """Savings a year later than planned."""

    def name(self, scenario: Scenario) -> str:
        return "Savings a year late"

    def sentence(self, scenario: Scenario) -> str:
        return "Each year saves what was to be saved the year before, the first year nothing; targets stay."

    def apply(self, case: Case) -> Case:
        """By way of the delivery by year, which moves no random numbers; a year in which none is due saves none."""
        due = np.max(case.plan.planned_saving, axis=1)
        late = np.append(0.0, (due * case.plan.delivered_by_year)[:-1])
        delivered = np.divide(late, due, out=np.zeros_like(late), where=due > 0)
        return case._replace(plan=case.plan.edited(delivered_by_year=delivered.tolist()))


@dataclass(frozen=True)
class InflationShock:
    """Prices grow faster than planned from one year to another, both counted from 0, and stay higher."""

    points: float
    first: int = 1
    last: int = 2

    def name(self, scenario: Scenario) -> str:
        return f"Inflation {'+' if self.points >= 0 else ''}{as_percent(self.points)}".replace("%", " points")

    def sentence(self, scenario: Scenario) -> str:
        target = (
            "the target, fees and caps follow prices, as the contract says"
            if scenario.baseline.reindexed
            else "the target does not follow prices"
        )
        change, planned = "more" if self.points >= 0 else "less", scenario.baseline.price_growth
        return (
            f"Prices grow by {as_percent(planned + self.points)} {_when(scenario, self.first, self.last)}, "
            f"{as_percent(abs(self.points)).removesuffix('%')} points {change} than the {as_percent(planned)} in the "
            f"plan, and stay as high; {target}."
        )

    def apply(self, case: Case) -> Case:
        t = np.arange(case.plan.years)[:, None]
        dear_years = np.clip(t - self.first + 1, 0, self.last - self.first + 1)
        faster = 1 + self.points / (1 + case.scenario.baseline.price_growth)
        index = np.asarray(faster**dear_years, dtype=np.float64)
        stressed = Stressed.on(case, dearer(case.plan, index), case.terms)
        stressed.above = stressed.above * index
        return stressed


@dataclass(frozen=True)
class KpisAt:
    """Every KPI is at one of its levels in every year, or from one year to another, both counted from 0."""

    level: Level = "failure"
    years: tuple[int, int] | None = None
    """The first and the last of those years; None where all are."""

    def name(self, scenario: Scenario) -> str:
        said = f"Every KPI at {self.level}"
        return f"{said}, {_span(scenario, *self.years)}" if self.years else said

    def sentence(self, scenario: Scenario) -> str:
        ends = {"failure": ", its lowest level,", "gamebreaking": ", its highest level,"}
        when = _when(scenario, *self.years) if self.years else "in every year"
        return (
            f"Each KPI is at {self.level}{ends.get(self.level, '')} {when} of every future, so that performance "
            f"scores {_score(scenario, self.values(scenario))}; costs stay as drawn."
        )

    def values(self, scenario: Scenario) -> Floats:
        """What each KPI comes to, (K,)."""
        return np.array([getattr(kpi.levels, self.level) for kpi in scenario.framework.kpis()])

    def apply(self, case: Case) -> Case:
        first, last = self.years or (0, case.plan.years - 1)
        values = self.values(case.scenario)
        stressed = Stressed.on(case, case.plan, case.terms)
        held = np.broadcast_to(stressed.held, (case.plan.years, len(values))).copy()
        held[first : last + 1] = values
        stressed.held = held
        return stressed


@dataclass(frozen=True)
class CorrelationsDoubled:
    """What moves together does so twice as much."""

    def name(self, scenario: Scenario) -> str:
        return "Correlations doubled"

    def sentence(self, scenario: Scenario) -> str:
        return (
            "Costs, savings and KPIs move together twice as much, as far as all of that is possible at once; "
            "how much of a year is still there in the next stays."
        )

    def apply(self, case: Case) -> Case:
        return case._replace(plan=case.plan.edited(correlations=stronger(np.array(case.plan.correlations), 2).tolist()))


Single = CostsWorse | OneDearer | SavingsLate | InflationShock | KpisAt | CorrelationsDoubled | ProviderFails
"""Stresses that may come together, in any order."""


@dataclass(frozen=True)
class Together:
    """Several stresses at once: one applied to what the one before it made of the case."""

    parts: tuple[Single, ...]

    def name(self, scenario: Scenario) -> str:
        return "Chosen at once"

    def sentence(self, scenario: Scenario) -> str:
        return f"All of these at once: {'; '.join(part.name(scenario) for part in self.parts)}."

    def apply(self, case: Case) -> Case:
        for part in self.parts:
            case = part.apply(case)
        return case


Stress = Single | RiskSwitch | RiskHappens | Together


def _span(scenario: Scenario, first: int, last: int) -> str:
    """The years of a stress, such as '2020-21 to 2022-23', no later than the term's last."""
    labels = scenario.term.labels()
    first, last = (min(t, len(labels) - 1) for t in (first, last))
    return labels[first] if first == last else f"{labels[first]} to {labels[last]}"


def _when(scenario: Scenario, first: int, last: int) -> str:
    """The same in a sentence."""
    span = _span(scenario, first, last)
    return f"in each year from {span}" if " to " in span else f"in {span}"


def _score(scenario: Scenario, values: Floats) -> str:
    """The performance score of a year with these KPI values, gates counted."""
    return f"{float(score(scenario.framework, values[None, :, None]).ops[0, 0]):.0f}"
