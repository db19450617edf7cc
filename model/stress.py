"""What would break it: named changes of a case, each settled on the same random numbers as the case itself.

A stress changes the plan (what happens), the terms (who gains and bears), or both, and says in one sentence what it
does. It adds nothing uncertain, so that the difference it makes is its own and hardly one of luck.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from model.base import Floats, as_percent
from model.dependence import nearest
from model.framework import Level
from model.happening import RiskHappens
from model.plan import Plan, plan
from model.scenario import Scenario
from model.scores import score
from model.simulate import Case
from model.stressed import Stressed
from model.terms import Terms

EDGE = 1e-6
"""Smallest eigenvalue of correlations that are drawn."""


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
        return case._replace(plan=_dearer(case.plan, factor))


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
        return case._replace(plan=_dearer(case.plan, factor))


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
        return case._replace(plan=_with(case.plan, delivered_by_year=delivered.tolist()))


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
        stressed = Stressed.on(case, _dearer(case.plan, index), case.terms)
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
        return case._replace(plan=_with(case.plan, correlations=stronger(np.array(case.plan.correlations), 2).tolist()))


@dataclass(frozen=True)
class ProviderFails:
    """A provider, by its number, leaves with the beginning of a year, counted from 0."""

    provider: int
    year: int
    premium: float

    def name(self, scenario: Scenario) -> str:
        return f"{scenario.providers[self.provider].name} fails"

    def sentence(self, scenario: Scenario) -> str:
        gone, when = scenario.providers[self.provider], scenario.term.labels()[self.year]
        others = "the others take its share" if len(scenario.providers) > 1 else "commissioners take its share"
        said = (
            f"{gone.name} leaves at the start of {when}: others provide its services for {as_percent(self.premium)} "
            f"more, it no longer gains or bears, and {others} of gain and pain. What it owed before stays."
        )
        if scenario.risk_share.basis.kind == "cumulative":
            said += " Of the total of the term it keeps the part that its years are."
        if gone.pooled < 1 or gone.fee_on == "actual cost":
            said += " What is not shared of its later costs falls on commissioners."
        return said

    def apply(self, case: Case) -> Case:
        gone = np.zeros(case.terms.target.shape)
        gone[self.year :, self.provider] = 1.0
        stressed = Stressed.on(case, _dearer(case.plan, 1 + self.premium * gone), self.without(case.terms))
        stressed.gone = np.maximum(stressed.gone, gone)
        return stressed

    def without(self, terms: Terms) -> Terms:
        """The contract once the others have taken its share."""
        gain, pain = (self._taken_over(terms, split) for split in (terms.gain_split, terms.pain_split))
        return replace(terms, gain_split=gain, pain_split=pain)

    def _taken_over(self, terms: Terms, split: Floats) -> Floats:
        """The others' shares grow in proportion from the year on; with no others, commissioners have it all."""
        kept = np.ones(split.shape)
        kept[self.year :, self.provider] = 0.0
        if terms.risk_share.basis.kind == "cumulative":
            kept[-1, self.provider] = self.year / len(split)
        mine = split[:, [self.provider]]
        others = np.divide(1 - mine * kept[:, [self.provider]], 1 - mine, out=np.zeros_like(mine), where=mine < 1)
        return np.where(np.arange(split.shape[1]) == self.provider, split * kept, split * others)


State = Literal["left out", "without mitigation", "with mitigation"]


@dataclass(frozen=True)
class RiskSwitch:
    """A risk, by its number, left out or counted, with what can be done about it or without."""

    risk: int
    state: State

    def name(self, scenario: Scenario) -> str:
        risk = scenario.uncertainty.risks[self.risk]
        bare = self.state == "without mitigation" and risk.mitigation is None
        return f"{risk.name}: {'counted' if bare else self.state}"

    def sentence(self, scenario: Scenario) -> str:
        risk = scenario.uncertainty.risks[self.risk].name
        if self.state == "left out":
            return f"'{risk}' never happens, and nothing is spent on it."
        done = "what can be done about it is done" if self.state == "with mitigation" else "nothing is done about it"
        return f"'{risk}' may happen, and {done}."

    def changes(self, scenario: Scenario) -> bool:
        """Whether the risk is not in this state already."""
        risk = scenario.uncertainty.risks[self.risk]
        now = "with mitigation" if risk.in_force else "without mitigation"
        return self.state != (now if risk.included else "left out")

    def apply(self, case: Case) -> Case:
        """Plans the case's scenario again with the risk switched, so before any other stress."""
        return case._replace(plan=plan(self.switched(case.scenario)))

    def switched(self, scenario: Scenario) -> Scenario:
        """The scenario with the risk in this state."""
        risks = list(scenario.uncertainty.risks)
        risk = risks[self.risk].edited(included=self.state != "left out")
        if risk.mitigation:
            risk = risk.edited(mitigation=risk.mitigation.edited(in_place=self.state == "with mitigation"))
        risks[self.risk] = risk
        return scenario.edited(uncertainty=scenario.uncertainty.edited(risks=tuple(risks)))


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


def switches(scenario: Scenario) -> list[list[RiskSwitch]]:
    """For each risk the states it can be in."""
    states: Sequence[State] = ("left out", "without mitigation", "with mitigation")
    return [
        [RiskSwitch(r, state) for state in (states if risk.mitigation else states[:2])]
        for r, risk in enumerate(scenario.uncertainty.risks)
    ]


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


def _dearer(planned: Plan, factor: Floats) -> Plan:
    """A plan whose costs are multiplied, (T, 1) or (T, P)."""
    return _with(planned, planned_cost=(np.array(planned.planned_cost) * factor).tolist())


def _with(planned: Plan, **changes: Any) -> Plan:
    return planned.edited(**changes)


def stronger(matrix: Floats, times: float) -> Floats:
    """Correlations so many times as far from 0, or the closest to those that can all hold at once."""
    wanted = np.clip(times * matrix, -1.0, 1.0)
    np.fill_diagonal(wanted, 1.0)
    if not wanted.size or np.linalg.eigvalsh(wanted).min() >= EDGE:
        return wanted
    near = nearest(wanted)
    lowest = float(np.linalg.eigvalsh(near).min())
    towards = max(0.0, (EDGE - lowest) / (1 - lowest))
    return np.asarray((1 - towards) * near + towards * np.eye(len(near)))
