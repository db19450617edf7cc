"""What was uncertain in each draw, one number for each input: the causes that results are explained by (model §4).

The random numbers are the same as those of `draw` with the same arguments, in the same order, so that causes line up
with results draw by draw. Only what they mean is kept here: not costs and scores, but what these are made of.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from model.base import Floats
from model.draw import THREADS, Events, Values, in_threads, values_of
from model.plan import KpiPlan, Plan, RiskPlan
from model.points import Method, Stream
from model.recipe import Recipe
from model.scenario import Scenario

OFF_PLAN, OF_PLAN, POUNDS, TIMES = "% off plan", "% of plan", "£", "times"
"""Units of causes: 0.03 is 3% over plan; 0.7 is 70% of plan; pounds; how often. KPIs have their own unit."""


class Names(NamedTuple):
    """What readers call the things of a plan."""

    providers: tuple[str, ...]
    kpis: tuple[tuple[str, str], ...]
    """Name and unit of each."""
    risks: tuple[str, ...]

    @classmethod
    def of(cls, scenario: Scenario) -> "Names":
        return cls(
            tuple(provider.name for provider in scenario.providers),
            tuple((kpi.name, kpi.unit) for kpi in scenario.framework.kpis()),
            tuple(risk.name for risk in scenario.uncertainty.risks),
        )


class Row(NamedTuple):
    """One input: what readers call it, its unit, and whether it may vary at all."""

    name: str
    unit: str
    uncertain: bool


@dataclass(frozen=True)
class Causes:
    """The inputs that vary: the value of each in every draw, (n,), and its unit."""

    values: dict[str, Floats]
    units: dict[str, str]


def causes(
    plan: Plan,
    names: Names,
    n: int,
    seed: int,
    method: Method = "sobol",
    threads: int = THREADS,
    year: int | None = None,
) -> Causes:
    """Every uncertain input in n draws, over the term or in one year; inputs that are certain are left out.

    Costs: mean deviation, weighted by planned cost. Savings: part of planned pounds that arrives. Prices: mean index.
    KPIs: mean distance from their path, with chance in small numbers. Risks: cost in all, or how often they happen.
    """
    rows = _rows(plan, names)
    found = np.empty((len(rows), n))

    def work(recipe: Recipe, stream: Stream) -> None:
        for start, values in values_of(recipe, stream):
            summarised = _summarised(recipe, values, slice(None) if year is None else slice(year, year + 1))
            found[:, start : start + summarised.shape[-1]] = summarised

    in_threads(plan, n, seed, method, threads, work)
    kept = [i for i, row in enumerate(rows) if row.uncertain and np.ptp(found[i]) > 0]
    return Causes({rows[i].name: found[i] for i in kept}, {rows[i].name: rows[i].unit for i in kept})


def _rows(plan: Plan, names: Names) -> list[Row]:
    """All inputs, in the order of `_summarised`."""
    saving = [p for p, due in enumerate(np.transpose(plan.planned_saving)) if due.any()]
    costs = zip(names.providers, plan.cost_deviations, strict=True)
    baselines = zip(names.providers, plan.baseline_errors, strict=True)
    kpis = zip(names.kpis, plan.kpis, strict=True)
    risks = zip(names.risks, plan.risks, strict=True)
    return [
        *(Row(f"Cost of {name}", OFF_PLAN, deviation.sd > 0) for name, deviation in costs),
        *(Row(f"Savings of {names.providers[p]}", OF_PLAN, plan.savings_delivered.sd > 0) for p in saving),
        *(Row(f"Baseline of {name}", OFF_PLAN, error.sd > 0) for name, error in baselines),
        Row("Prices", OF_PLAN, plan.prices.sd > 0),
        *(Row(f"KPI: {name}", unit, kpi.deviation.sd > 0 or kpi.people is not None) for (name, unit), kpi in kpis),
        *(Row(f"Risk: {name}", POUNDS if _costly(risk) else TIMES, True) for name, risk in risks),
    ]


def _costly(risk: RiskPlan) -> bool:
    """Whether a risk costs anything when it happens."""
    return (risk.impact.mean > 0 or risk.impact.sd > 0) and any(risk.scale) and risk.left > 0


def _summarised(found: Recipe, values: Values, years: slice) -> Floats:
    """One number for each input in each draw of a block, (inputs, b)."""
    plan = found.plan
    kpis, providers, b = len(plan.kpis), len(plan.cost_deviations), values.yearly.shape[-1]
    planned, yearly = np.array(plan.planned_cost)[years], values.yearly[years]
    costs, savings, rates = np.split(yearly, [providers, yearly.shape[1] - kpis], axis=1)
    due = (planned * np.array(plan.planned_saving)[years])[:, list(found.saving)]
    arrived = savings * np.array(plan.delivered_by_year)[years, None, None]
    return np.vstack(
        [
            np.einsum("tp,tpb->pb", _weights(planned), costs),
            np.einsum("ts,tsb->sb", _weights(due), arrived),
            np.broadcast_to(values.baselines, (providers, b)),
            np.broadcast_to(values.prices[years].mean(axis=0), (1, b)),
            _off_path(found, values, rates, years),
            _by_risk(plan, values.events, years, b),
        ]
    )


def _weights(pounds: Floats) -> Floats:
    """Each year's part of a column's pounds, (T, columns); the same in every year where there are none."""
    total = pounds.sum(axis=0)
    return np.where(total > 0, pounds / np.where(total > 0, total, 1.0), 1 / max(len(pounds), 1))


def _off_path(found: Recipe, values: Values, rates: Floats, years: slice) -> Floats:
    """Mean distance of each KPI from its path, in its own unit, before risks and limits, (K, b)."""
    off = rates.copy()
    for row, k in enumerate(found.noisy):
        path = np.array(found.plan.kpis[k].path)[years, None]
        off[:, k] = _measured(found.plan.kpis[k], path + rates[:, k], values.noise[row, years]) - path
    return np.asarray(off.mean(axis=0))


def _measured(kpi: KpiPlan, rate: Floats, z: Floats) -> Floats:
    """A rate in % as it is measured on few people: with binomial noise √(p (1 − p) / n), and still a rate."""
    part = np.clip(rate / 100, 0.0, 1.0)
    return np.clip(rate + 100 * np.sqrt(part * (1 - part) / (kpi.people or 1)) * z, 0.0, 100.0)


def _by_risk(plan: Plan, events: Events, years: slice, b: int) -> Floats:
    """What each risk costs in all, pounds, or how often it happens where it costs nothing, (R, b)."""
    chosen = np.isin(events.year, np.arange(plan.years)[years])
    costly = np.array([_costly(risk) for risk in plan.risks], dtype=bool)
    amounts = np.where(costly[events.risk], events.cost, 1.0)[chosen]
    place = (events.risk * b + events.draw)[chosen]
    summed = np.bincount(place, amounts, minlength=len(plan.risks) * b)
    return np.asarray(summed.reshape(len(plan.risks), b), dtype=np.float64)
