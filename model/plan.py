"""What `draw` needs to know of a scenario and nothing else, so that other edits never redraw."""

import numpy as np

from model.base import Floats, Value
from model.dependence import Copula
from model.distributions import Fixed
from model.evidence import Distribution
from model.scenario import Scenario
from model.uncertainty import Risk

Grid = tuple[tuple[float, ...], ...]


class KpiPlan(Value):
    """One KPI's expected path and deviation; `people`: how many a rate in % is measured on."""

    path: tuple[float, ...]
    deviation: Distribution
    higher_is_better: bool
    people: int | None
    lowest: float | None
    highest: float | None


class RiskPlan(Value):
    """One risk: how likely it is, what it costs, and who bears that."""

    probability: float
    once: bool
    impact: Distribution
    scale: tuple[float, ...]
    """What the impact is multiplied by in each year."""
    left: float
    """The part of the cost that mitigation leaves."""
    split: Grid
    """Which part of the cost each provider bears in each year, (years, P)."""
    effects: tuple[tuple[int, float], ...]
    """KPIs by their number, and what is added to them."""


class Plan(Value):
    """The inputs of `draw`. Grids are (years, P). `model_dump_json()` is the key of the draws."""

    planned_cost: Grid
    planned_saving: Grid
    certain_cost: Grid
    """What mitigating risks costs, pounds."""
    cost_deviations: tuple[Distribution, ...]
    baseline_errors: tuple[Distribution, ...]
    prices: Distribution
    savings_delivered: Distribution
    delivered_by_year: tuple[float, ...]
    kpis: tuple[KpiPlan, ...]
    risks: tuple[RiskPlan, ...]
    correlations: Grid
    """Of costs (P), late savings (P) and KPIs (K)."""
    year_to_year: float
    copula: Copula

    @property
    def years(self) -> int:
        return len(self.planned_cost)


def plan(scenario: Scenario) -> Plan:
    """The part of a scenario that its draws depend on."""
    years, uncertainty = scenario.term.horizon, scenario.uncertainty
    saving = scenario.planned_saving()
    delivered = uncertainty.delivered_by_year
    kpis = list(scenario.framework.kpis())
    costs = scenario.cost_names(late=True)
    return Plan(
        planned_cost=_grid(scenario.planned_cost()),
        planned_saving=_grid(saving),
        certain_cost=_grid(_mitigation(scenario)),
        cost_deviations=tuple(p.cost_deviation for p in scenario.providers),
        baseline_errors=tuple(p.baseline_error for p in scenario.providers),
        prices=uncertainty.prices,
        savings_delivered=uncertainty.savings_delivered if saving.any() else Fixed(value=1.0),
        delivered_by_year=tuple(delivered[min(t, len(delivered) - 1)] for t in range(years)),
        kpis=tuple(
            KpiPlan(
                path=tuple(kpi.path(years).tolist()),
                deviation=kpi.deviation,
                higher_is_better=kpi.levels.higher_is_better,
                people=kpi.people,
                lowest=kpi.lowest,
                highest=kpi.highest,
            )
            for kpi in kpis
        ),
        risks=tuple(_risk(scenario, risk, [kpi.name for kpi in kpis]) for risk in uncertainty.risks),
        correlations=_grid(uncertainty.correlations.matrix(costs, scenario.kpi_names())),
        year_to_year=uncertainty.correlations.year_to_year,
        copula=uncertainty.correlations.copula,
    )


def _grid(values: Floats) -> Grid:
    return tuple(tuple(row) for row in values.tolist())


def _risk(scenario: Scenario, risk: Risk, kpis: list[str]) -> RiskPlan:
    """A risk as it counts. One that is left out keeps its random numbers, so that a switch changes nothing else."""
    measure = risk.in_force
    probability = measure.probability if measure else risk.probability
    scale = np.ones(scenario.term.horizon)
    if risk.impact_in == "% of planned cost":
        scale = scale * (scenario.planned_cost() @ _hit(scenario, risk.hits))
    return RiskPlan(
        probability=probability if risk.included else 0.0,
        once=risk.when == "once",
        impact=risk.impact,
        scale=tuple(scale.tolist()),
        left=measure.impact if measure else 1.0,
        split=_grid(_split(scenario, risk.hits)),
        effects=tuple((kpis.index(effect.kpi), effect.change) for effect in risk.kpi_effects),
    )


def _hit(scenario: Scenario, hits: tuple[str, ...]) -> Floats:
    """1 for each provider that a risk hits, (P,)."""
    return np.array([1.0 * (not hits or p.name in hits) for p in scenario.providers])


def _split(scenario: Scenario, hits: tuple[str, ...]) -> Floats:
    """Part of a risk's cost by provider: in proportion to what is stated of cost, of those it hits, (years, P)."""
    hit = _hit(scenario, hits)
    costs = hit * scenario.stated_cost()
    together = costs.sum(axis=1, keepdims=True)
    return np.divide(costs, together, out=0 * costs + hit / hit.sum(), where=together > 0)


def _mitigation(scenario: Scenario) -> Floats:
    """What mitigating risks costs each provider, pounds, (years, P)."""
    total = np.zeros_like(scenario.stated_cost())
    for risk in scenario.uncertainty.risks:
        if risk.included and risk.in_force:
            total += risk.in_force.cost * _split(scenario, risk.hits)
    return total
