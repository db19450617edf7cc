"""What if a risk comes true, in one year, at what it costs on average, and in no other; or is switched on or off."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from model.base import Floats, as_pounds
from model.plan import RiskPlan, plan
from model.scenario import Scenario
from model.simulate import Case


@dataclass(frozen=True)
class RiskHappens:
    """A risk, by its number, that comes true in a year, counted from 0, and in no other; or never, without a year.

    Its chance does not matter, and what can be done about it is done or not in both.
    """

    risk: int
    year: int | None

    def name(self, scenario: Scenario) -> str:
        risk = scenario.uncertainty.risks[self.risk].name
        if self.year is None:
            return f"{risk}: never happens"
        return f"{risk}: happens once, in {scenario.term.labels()[self.year]}"

    def sentence(self, scenario: Scenario) -> str:
        risk, case = scenario.uncertainty.risks[self.risk].name, Case.of(scenario)
        if self.year is None:
            return f"'{risk}' never happens."
        cost = as_pounds(round(float(_cost(case.plan.risks[self.risk], self.year).sum())))
        return (
            f"'{risk}' happens in {scenario.term.labels()[self.year]}, costs {cost} as it does on average, and does "
            "not happen in any other year."
        )

    def apply(self, case: Case) -> Case:
        """Takes the risk's chance away and keeps its random numbers, so that all else stays as it was."""
        risk, risks = case.plan.risks[self.risk], list(case.plan.risks)
        risks[self.risk] = risk.edited(probability=0.0)
        never = case.plan.edited(risks=tuple(risks))
        if self.year is None:
            return case._replace(plan=never)
        certain, paths = np.array(never.certain_cost), [np.array(kpi.path) for kpi in never.kpis]
        certain[self.year] += _cost(risk, self.year)
        for k, change in risk.effects:
            paths[k][self.year] += change
        kpis = tuple(kpi.edited(path=path.tolist()) for kpi, path in zip(never.kpis, paths, strict=True))
        return case._replace(plan=never.edited(certain_cost=certain.tolist(), kpis=kpis))


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


def switches(scenario: Scenario) -> list[list[RiskSwitch]]:
    """For each risk the states it can be in."""
    states: Sequence[State] = ("left out", "without mitigation", "with mitigation")
    return [
        [RiskSwitch(r, state) for state in (states if risk.mitigation else states[:2])]
        for r, risk in enumerate(scenario.uncertainty.risks)
    ]


def _cost(risk: RiskPlan, year: int) -> Floats:
    """What a risk costs on average in a year in which it happens, by provider, pounds, (P,)."""
    return risk.impact.mean * risk.scale[year] * risk.left * np.array(risk.split[year])
