"""What `draw` needs to know of a scenario and nothing else, so that other edits never redraw."""

from model.base import Floats, Value
from model.distributions import Distribution, Fixed
from model.scenario import Scenario
from model.uncertainty import Correlations

Grid = tuple[tuple[float, ...], ...]


class KpiPlan(Value):
    """One KPI's expected path and deviation."""

    path: tuple[float, ...]
    deviation: Distribution
    higher_is_better: bool
    lowest: float | None
    highest: float | None


class RiskPlan(Value):
    """One risk and the part of its cost that each provider bears."""

    probability: float
    impact: Distribution
    split: tuple[float, ...]


class Plan(Value):
    """The inputs of `draw`. Grids are (years, P). `model_dump_json()` is the key of the draws."""

    planned_cost: Grid
    planned_saving: Grid
    cost_deviations: tuple[Distribution, ...]
    savings_delivered: Distribution
    kpis: tuple[KpiPlan, ...]
    risks: tuple[RiskPlan, ...]
    correlations: Correlations

    @property
    def years(self) -> int:
        return len(self.planned_cost)


def plan(scenario: Scenario) -> Plan:
    """The part of a scenario that its draws depend on."""
    years = scenario.term.horizon
    cost, saving = scenario.planned_cost(), scenario.planned_saving()
    return Plan(
        planned_cost=_grid(cost),
        planned_saving=_grid(saving),
        cost_deviations=tuple(p.cost_deviation for p in scenario.providers),
        savings_delivered=scenario.uncertainty.savings_delivered if saving.any() else Fixed(value=1.0),
        kpis=tuple(
            KpiPlan(
                path=tuple(kpi.path(years).tolist()),
                deviation=kpi.deviation,
                higher_is_better=kpi.levels.higher_is_better,
                lowest=kpi.lowest,
                highest=kpi.highest,
            )
            for kpi in scenario.framework.kpis()
        ),
        risks=tuple(
            RiskPlan(probability=risk.probability, impact=risk.impact, split=_split(scenario, risk.hits))
            for risk in scenario.uncertainty.risks
            if risk.included and risk.probability > 0
        ),
        correlations=scenario.uncertainty.correlations,
    )


def _grid(values: Floats) -> Grid:
    return tuple(tuple(row) for row in values.tolist())


def _split(scenario: Scenario, hits: tuple[str, ...]) -> tuple[float, ...]:
    """Part of a risk's cost by provider: in proportion to planned cost among those it hits."""
    costs = [p.baseline_cost if not hits or p.name in hits else 0.0 for p in scenario.providers]
    if not any(costs):
        costs = [float(p.name in hits) for p in scenario.providers]
    return tuple(cost / sum(costs) for cost in costs)
