"""What turning random numbers into outcomes needs, worked out once for a plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from model.base import Floats
from model.evidence import Distribution
from model.plan import Grid, Plan, RiskPlan
from model.points import Part, Shape
from model.quantiles import CELLS_PER_Z, Tables, tables

RIDGE = 1e-9
"""Added to the variances, so that correlations at the edge of the possible can be drawn."""

KPIS, REST = 0.05, 0.0005
"""How much the direction of all KPIs, and those that leave total cost as it is, matter beside that of total cost."""


@dataclass(frozen=True)
class Quantity:
    """Something uncertain. `sign` is -1 where a high value means less cost or a worse KPI."""

    name: str
    row: int
    """In the correlation matrix."""
    distribution: Distribution
    sign: int
    pounds: float
    """Rough pounds a year that one standard deviation moves, to rank directions by."""


@dataclass(frozen=True)
class Group:
    """Quantities that are drawn together: Q of them, F of them uncertain."""

    quantities: tuple[Quantity, ...]
    factors: Floats
    """From independent factors and a row of ones to positions in the tables, (Q, F + 1)."""
    tables: Tables

    @cached_property
    def uncertain(self) -> tuple[Quantity, ...]:
        """Those that take random numbers, (F,)."""
        return tuple(quantity for quantity in self.quantities if quantity.distribution.sd > 0)


@dataclass(frozen=True)
class Risks:
    """R risks; each row of uniform numbers is about one of them, in one year or, for a risk that comes once, in all."""

    risk: NDArray[np.intp]
    """Which risk a row is about."""
    year: NDArray[np.intp]
    """And which year; -1 for all."""
    chance: Floats
    """How likely it is, (rows,)."""
    impacts: Tables
    scale: Floats
    """What impacts are multiplied by, (R, T)."""
    splits: tuple[tuple[Grid, Floats], ...]
    """Each way in which risks fall on providers, parts (P,), and which risks do, 0 or 1, (R,)."""

    @cached_property
    def once(self) -> bool:
        """Whether any risk comes once in all years."""
        return bool((self.year < 0).any())

    @cached_property
    def scale_of_row(self) -> Floats:
        """What the impacts of a row about one year are multiplied by, (rows,)."""
        return self.scale[self.risk, self.year]


@dataclass(frozen=True)
class Recipe:
    """T years, P providers, K KPIs."""

    plan: Plan
    time: Floats
    """From independent years to years that follow each other, (T, T)."""
    yearly: Group
    """Costs of each provider, late savings of those in `saving`, KPIs."""
    saving: tuple[int, ...]
    """Providers of whom a saving is required."""
    baselines: Group
    """Errors that stay for the term, of each provider."""
    prices: Group
    noisy: tuple[int, ...]
    """KPIs whose rate is measured on so many people."""
    risks: Risks
    shape: Shape

    @cached_property
    def normals(self) -> tuple[slice, ...]:
        """Rows of the normal numbers: of the yearly quantities, baselines, prices and noise."""
        years = self.plan.years
        sizes = [
            len(self.yearly.uncertain) * years,
            len(self.baselines.uncertain),
            len(self.prices.uncertain) * years,
            len(self.noisy) * years,
        ]
        ends = np.cumsum(sizes).tolist()
        return tuple(slice(end - size, end) for end, size in zip(ends, sizes, strict=True))

    @cached_property
    def certain_prices(self) -> Floats:
        """The price index against plan where nothing about it is uncertain, (T, 1)."""
        return np.cumprod(np.full((self.plan.years, 1), max(1.0 + self.plan.prices.mean, 0.01)), axis=0)

    @cached_property
    def certain_errors(self) -> Floats:
        """Errors of baselines where none is uncertain, (P, 1)."""
        return np.array([[error.mean] for error in self.plan.baseline_errors])

    @cached_property
    def planned(self) -> Floats:
        """Planned cost, (T, P, 1)."""
        return np.array(self.plan.planned_cost)[:, :, None]

    @cached_property
    def arriving(self) -> Floats:
        """Planned saving × delivery by year, (T, P, 1): what a saving delivered in full takes off."""
        return (np.array(self.plan.planned_saving) * np.array(self.plan.delivered_by_year)[:, None])[:, :, None]

    @cached_property
    def certain_cost(self) -> Floats:
        """What is spent on mitigating risks, (T, P, 1)."""
        return np.array(self.plan.certain_cost)[:, :, None]

    @cached_property
    def paths(self) -> Floats:
        """Expected values of KPIs, (T, K, 1)."""
        return np.array([kpi.path for kpi in self.plan.kpis]).T[:, :, None]

    @cached_property
    def possible(self) -> tuple[Floats, Floats] | None:
        """The lowest and highest possible values of KPIs, (K, 1) each; None where none is stated."""
        lowest = [-np.inf if kpi.lowest is None else kpi.lowest for kpi in self.plan.kpis]
        highest = [np.inf if kpi.highest is None else kpi.highest for kpi in self.plan.kpis]
        low, high = np.array(lowest)[:, None], np.array(highest)[:, None]
        return (low, high) if np.isfinite([low, high]).any() else None


def recipe(plan: Plan) -> Recipe:
    """All that `draw` works out before its first draw."""
    matrix = np.array(plan.correlations).reshape(len(plan.correlations), -1)
    time, spread = _time(plan)
    saving = tuple(p for p, due in enumerate(np.transpose(plan.planned_saving)) if due.any())
    yearly = _group(plan, _yearly(plan, saving), matrix)
    baselines = _group(plan, _baselines(plan), matrix)
    prices = _group(plan, _prices(plan), np.ones((1, 1)))
    noisy = tuple(k for k, kpi in enumerate(plan.kpis) if kpi.people is not None)
    shape = _shape(plan, (yearly, baselines, prices), noisy, spread)
    return Recipe(plan, time, yearly, saving, baselines, prices, noisy, _risks(plan), shape)


def _yearly(plan: Plan, saving: tuple[int, ...]) -> list[Quantity]:
    """What may differ in every year."""
    yearly = np.mean(plan.planned_cost, axis=0)
    saved = np.mean(np.multiply(plan.planned_cost, plan.planned_saving), axis=0)
    delivered, providers = plan.savings_delivered, len(yearly)
    return [
        *(Quantity(f"cost {p}", p, d, 1, d.sd * yearly[p]) for p, d in enumerate(plan.cost_deviations)),
        *(Quantity(f"saving {p}", providers + p, delivered, -1, delivered.sd * saved[p]) for p in saving),
        *(
            Quantity(f"kpi {k}", 2 * providers + k, kpi.deviation, 1 if kpi.higher_is_better else -1, 0.0)
            for k, kpi in enumerate(plan.kpis)
        ),
    ]


def _baselines(plan: Plan) -> list[Quantity]:
    """Errors of baselines move together as costs do."""
    yearly = np.mean(plan.planned_cost, axis=0)
    return [Quantity(f"baseline {p}", p, d, 1, d.sd * yearly[p]) for p, d in enumerate(plan.baseline_errors)]


def _prices(plan: Plan) -> list[Quantity]:
    yearly = float(np.sum(np.mean(plan.planned_cost, axis=0)))
    return [Quantity("prices", 0, plan.prices, 1, plan.prices.sd * yearly * plan.years / 2)]


def _group(plan: Plan, quantities: list[Quantity], matrix: Floats) -> Group:
    """What is certain takes no random numbers: its row of factors is empty."""
    of_tables = tables([(quantity.distribution, quantity.sign) for quantity in quantities], plan.copula)
    uncertain = [q for q, quantity in enumerate(quantities) if quantity.distribution.sd > 0]
    rows = [quantities[q].row for q in uncertain]
    factors = np.zeros((len(quantities), len(uncertain)))
    if uncertain:
        factors[uncertain] = _factors([quantities[q] for q in uncertain], matrix[np.ix_(rows, rows)])
    return Group(tuple(quantities), np.column_stack([factors * CELLS_PER_Z, of_tables.centre]), of_tables)


def _factors(quantities: Sequence[Quantity], correlation: Floats) -> Floats:
    """A square root of the correlation matrix, its first columns the directions of total cost and of all KPIs."""
    lower = np.linalg.cholesky(correlation + RIDGE * np.eye(len(quantities)))
    pounds = np.array([quantity.pounds for quantity in quantities])
    kpis = np.array([quantity.sign * quantity.name.startswith("kpi") for quantity in quantities], dtype=np.float64)
    wanted = [lower.T @ towards for towards in (pounds, np.abs(kpis)) if towards.any()]
    if not wanted:
        return np.asarray(lower)
    axes, signs = np.linalg.qr(np.column_stack([w / np.linalg.norm(w) for w in wanted]), mode="complete")
    axes[:, : len(wanted)] *= np.where(np.diag(signs) < 0, -1.0, 1.0)[: axes.shape[1]]
    return np.asarray(lower @ axes)


def _time(plan: Plan) -> tuple[Floats, Floats]:
    """Principal axes of a first-order autoregression over the years, largest first: (years, years), variances."""
    t = np.arange(plan.years)
    variances, axes = np.linalg.eigh(plan.year_to_year ** np.abs(t[:, None] - t))
    variances, axes = np.maximum(variances[::-1], 0.0), axes[:, ::-1]
    signs = np.where(axes[0] < 0, -1.0, 1.0)
    return np.asarray(axes * signs * np.sqrt(variances), dtype=np.float64), np.asarray(variances, dtype=np.float64)


def _risks(plan: Plan) -> Risks:
    rows = [(r, t) for r, risk in enumerate(plan.risks) for t in ([-1] if risk.once else range(plan.years))]
    splits = [risk.split for risk in plan.risks]
    return Risks(
        risk=np.array([r for r, _ in rows], dtype=np.intp),
        year=np.array([t for _, t in rows], dtype=np.intp),
        chance=np.array([plan.risks[r].probability for r, _ in rows]),
        impacts=tables([(risk.impact, 1) for risk in plan.risks]),
        scale=np.array([np.multiply(risk.scale, risk.left) for risk in plan.risks]).reshape(-1, plan.years),
        splits=tuple((split, np.array([1.0 * (s == split) for s in splits])) for split in dict.fromkeys(splits)),
    )


def _shape(plan: Plan, groups: tuple[Group, Group, Group], noisy: tuple[int, ...], spread: Floats) -> Shape:
    """Every part that needs random numbers, and the order of importance of all their rows."""
    years, (yearly, baselines, prices) = plan.years, groups
    normals = (
        *(Part(quantity.name, years) for quantity in yearly.uncertain),
        *(Part(quantity.name, 1) for quantity in baselines.uncertain),
        *(Part(quantity.name, years) for quantity in prices.uncertain),
        *(Part(f"noise {k}", years) for k in noisy),
    )
    mix = (Part("mix", 1),) if plan.copula.kind == "t" else ()
    uniforms = (*mix, *(Part(f"risk {r}", 1 if risk.once else years) for r, risk in enumerate(plan.risks)))
    size = _pounds(yearly) ** 2 or 1.0
    weights = [
        *(spread * size * (1.0 if q == 0 else KPIS if q == 1 else REST) for q in range(len(yearly.uncertain))),
        *([_pounds(baselines) ** 2 * years * (1.0 if b == 0 else REST)] for b in range(len(baselines.uncertain))),
        *(_pounds(prices) ** 2 * spread for _ in prices.uncertain),
        *(np.full(years, 1e-6 * size) for _ in noisy),
        *([size] for _ in mix),
        *(np.full(1 if risk.once else years, _variance(risk)) for risk in plan.risks),
    ]
    importance = np.concatenate([[], *weights])
    return Shape(normals, uniforms, tuple(np.argsort(-importance, kind="stable").tolist()))


def _variance(risk: RiskPlan) -> float:
    """Of what a risk costs in a year, rough pounds squared; the same whether it is switched off or mitigated."""
    once = risk.impact.mean**2 + risk.impact.sd**2
    return float(0.1 * once * np.mean(np.square(risk.scale)))


def _pounds(group: Group) -> float:
    """Rough pounds a year that the first factor of a group moves."""
    if not group.uncertain:
        return 0.0
    return float(sum(q.pounds * f for q, f in zip(group.quantities, group.factors[:, 0], strict=True)) / CELLS_PER_Z)
