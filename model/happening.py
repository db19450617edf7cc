"""What if a risk comes true: in one year, at what it costs on average, and in no other year."""

from dataclasses import dataclass

import numpy as np

from model.base import Floats, as_pounds
from model.plan import RiskPlan
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


def _cost(risk: RiskPlan, year: int) -> Floats:
    """What a risk costs on average in a year in which it happens, by provider, pounds, (P,)."""
    return risk.impact.mean * risk.scale[year] * risk.left * np.array(risk.split)
