"""Assumptions that may be wrong, each made worse by some x on the draws already made (model §4).

x is a part for costs, savings and correlations, and in its own unit for a KPI; below 0 it is better.
"""

from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

import numpy as np

from model.base import Floats
from model.dependence import stronger
from model.draw import THREADS, Outcomes, drawn, in_threads
from model.plan import Plan, plan
from model.points import Stream
from model.recipe import Recipe, recipe
from model.scenario import Scenario
from model.scores import Scores, score

DEAREST = 0.3
"""Costs this much higher or lower are as far as is looked."""
MOST_TIMES = 10.0
"""And correlations so many times as large."""

Kind = Literal["costs", "savings", "kpi", "correlations"]


class Futures(NamedTuple):
    """A scenario with its draws."""

    scenario: Scenario
    outcomes: Outcomes
    scores: Scores
    seed: int


@dataclass(frozen=True)
class MeanCost:
    """Everybody's costs are a part x higher, in every year of every future."""

    kind: Kind = "costs"
    name: str = "Mean cost"
    unit: str = ""

    def ordinary(self, futures: Futures) -> float:
        """Standard deviation of the cost of the term, as part of its mean."""
        whole = futures.outcomes.costs.sum(axis=(0, 1))
        return float(whole.std() / (whole.mean() or 1.0))

    def reach(self, futures: Futures) -> tuple[float, float]:
        """The best and the worst that is looked at."""
        return -DEAREST, DEAREST

    def worse(self, futures: Futures, x: float) -> Futures:
        outcomes = futures.outcomes
        return futures._replace(outcomes=replace(outcomes, costs=outcomes.costs * (1 + x)))


@dataclass(frozen=True)
class Savings:
    """A part x less of what savings bring arrives, in every year; `without`: the costs if none arrived, (T, P, n)."""

    without: Floats
    kind: Kind = "savings"
    name: str = "Savings delivered"
    unit: str = ""

    def ordinary(self, futures: Futures) -> float:
        """Standard deviation of what savings bring over the term, as part of its mean."""
        saved = (self.without - futures.outcomes.costs).sum(axis=(0, 1))
        return float(saved.std() / abs(saved.mean() or 1.0))

    def reach(self, futures: Futures) -> tuple[float, float]:
        """From all that is planned to none at all."""
        planned, arriving = _savings(plan(futures.scenario))
        return min(0.0, 1 - planned / arriving), 1.0

    def worse(self, futures: Futures, x: float) -> Futures:
        """Costs are linear in what arrives, so that nothing is drawn again."""
        outcomes = futures.outcomes
        costs = np.maximum(outcomes.costs + x * (self.without - outcomes.costs), 0.0)
        return futures._replace(outcomes=replace(outcomes, costs=costs))


@dataclass(frozen=True)
class KpiValue:
    """A KPI is worse by x, in its own unit, in every year of every future; it stays within what is possible."""

    number: int
    name: str
    unit: str
    kind: Kind = "kpi"

    def ordinary(self, futures: Futures) -> float:
        """Standard deviation of its mean over the term."""
        return float(futures.outcomes.kpis[:, self.number].mean(axis=0).std())

    def reach(self, futures: Futures) -> tuple[float, float]:
        """Until its mean over the term is at gamebreaking, and at failure."""
        levels = list(futures.scenario.framework.kpis())[self.number].levels
        mean = float(futures.outcomes.kpis[:, self.number].mean())
        sign = 1 if levels.higher_is_better else -1
        return min(0.0, sign * (mean - levels.gamebreaking)), max(0.0, sign * (mean - levels.failure))

    def worse(self, futures: Futures, x: float) -> Futures:
        framework, kpis = futures.scenario.framework, futures.outcomes.kpis.copy()
        kpi = list(framework.kpis())[self.number]
        lowest = 0.0 if kpi.lowest is None and kpi.people else kpi.lowest
        highest = 100.0 if kpi.highest is None and kpi.people else kpi.highest
        kpis[:, self.number] -= x if kpi.levels.higher_is_better else -x
        if lowest is not None or highest is not None:
            np.clip(kpis[:, self.number], lowest, highest, out=kpis[:, self.number])
        return futures._replace(outcomes=replace(futures.outcomes, kpis=kpis), scores=score(framework, kpis))


@dataclass(frozen=True)
class Together:
    """All correlations are 1 + x times as large, as far as all of that is possible at once."""

    kind: Kind = "correlations"
    name: str = "Correlations"
    unit: str = ""

    def ordinary(self, futures: Futures) -> float:
        """Twice as large is as wrong as they may easily be."""
        return 1.0

    def reach(self, futures: Futures) -> tuple[float, float]:
        """From none to where the smallest is full."""
        sizes = np.abs(np.array(plan(futures.scenario).correlations))
        return -1.0, min(1 / float(sizes[sizes > 0].min()), MOST_TIMES) - 1

    def worse(self, futures: Futures, x: float) -> Futures:
        like = plan(futures.scenario)
        matrix = stronger(np.array(like.correlations), 1 + x)
        outcomes = redrawn(like.edited(correlations=matrix.tolist()), like, futures)
        return futures._replace(outcomes=outcomes, scores=score(futures.scenario.framework, outcomes.kpis))


Assumption = MeanCost | Savings | KpiValue | Together


def assumptions(futures: Futures) -> list[Assumption]:
    """All that may be wrong: mean cost, savings where any are planned, every KPI, correlations where there are any."""
    inputs, kpis = plan(futures.scenario), futures.scenario.framework.kpis()
    found: list[Assumption] = [MeanCost()]
    if _savings(inputs)[1] > 0:
        none = inputs.edited(delivered_by_year=(0.0,) * inputs.years)
        found.append(Savings(redrawn(none, inputs, futures).costs))
    found += [KpiValue(k, kpi.name, kpi.unit) for k, kpi in enumerate(kpis)]
    matrix = np.array(inputs.correlations)
    return [*found, Together()] if (matrix != np.eye(len(matrix))).any() else found


def _savings(inputs: Plan) -> tuple[float, float]:
    """Savings that are planned over the term and what is expected to arrive of them, pounds."""
    due = (np.array(inputs.planned_cost) * np.array(inputs.planned_saving)).sum(axis=1)
    return float(due.sum()), float(due @ np.array(inputs.delivered_by_year) * inputs.savings_delivered.mean)


def redrawn(changed: Plan, like: Plan, futures: Futures) -> Outcomes:
    """The same futures under another plan: each random number means the same in both."""
    outcomes, own, n = futures.outcomes, recipe(changed), futures.outcomes.costs.shape[-1]
    found = Outcomes(*(np.empty_like(part) for part in (outcomes.costs, outcomes.kpis, outcomes.prices)))

    def keep(first: Recipe, stream: Stream) -> None:
        for start, block in drawn(replace(own, shape=first.shape), stream):
            part = found.cut(start, start + block.costs.shape[-1])
            part.costs[:], part.kpis[:], part.prices[:] = block.costs, block.kpis, block.prices

    in_threads(like, n, futures.seed, "sobol", THREADS, keep)
    return found
