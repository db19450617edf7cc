"""What if a risk comes true: in one year, at what it costs on average, and in no other year."""

from dataclasses import dataclass

import numpy as np

from model.base import as_pounds
from model.plan import Plan
from model.scenario import Scenario
from model.simulate import Case


@dataclass(frozen=True)
class RiskHappens:
    """A risk, by its number, that comes true in a year, counted from 0, whatever its chance is."""

    risk: int
    year: int

    def name(self, scenario: Scenario) -> str:
        return f"{scenario.uncertainty.risks[self.risk].name}: happens in {scenario.term.labels()[self.year]}"

    def sentence(self, scenario: Scenario) -> str:
        risk, case = scenario.uncertainty.risks[self.risk].name, Case.of(scenario)
        cost, when = as_pounds(round(float(self._cost(case.plan).sum()))), scenario.term.labels()[self.year]
        return f"'{risk}' happens in {when}, costs {cost} as it does on average, and does not happen in any other year."

    def apply(self, case: Case) -> Case:
        """Takes the risk's chance away and keeps its random numbers, so that all else stays as it was."""
        certain, risks = np.array(case.plan.certain_cost), list(case.plan.risks)
        certain[self.year] += self._cost(case.plan)
        paths = [np.array(kpi.path) for kpi in case.plan.kpis]
        for k, change in risks[self.risk].effects:
            paths[k][self.year] += change
        risks[self.risk] = risks[self.risk].edited(probability=0.0)
        kpis = tuple(kpi.edited(path=path.tolist()) for kpi, path in zip(case.plan.kpis, paths, strict=True))
        return case._replace(plan=case.plan.edited(certain_cost=certain.tolist(), risks=tuple(risks), kpis=kpis))

    def _cost(self, plan: Plan) -> np.ndarray:
        """By provider, pounds, (P,)."""
        risk = plan.risks[self.risk]
        return risk.impact.mean * risk.scale[self.year] * risk.left * np.array(risk.split)
