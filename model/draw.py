"""The uncertain years: from random numbers to actual costs and KPI values (model §3)."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy import special

from model.base import Floats
from model.distributions import Distribution
from model.plan import Plan
from model.points import Block, Method, Shape, points

CELLS = 4096
LARGEST_Z = 6.5
"""Quantile tables reach this far: beyond it lies one draw in twelve thousand million."""


@dataclass(frozen=True)
class Outcomes:
    """What the years cost and achieved: costs (years, P, draws) in pounds, KPI values (years, K, draws)."""

    costs: Floats
    kpis: Floats


@dataclass(frozen=True)
class Quantity:
    """Something uncertain in every year. `sign` is -1 where a high value means less cost or a worse KPI."""

    name: str
    distribution: Distribution
    sign: int
    pounds: float
    """Rough pounds that one standard deviation moves, to rank directions by."""


def draw(plan: Plan, n: int, seed: int, method: Method = "sobol") -> Outcomes:
    """n draws of costs and KPI values. The same arguments give the same numbers."""
    outcomes = Outcomes(
        costs=np.empty((plan.years, len(plan.cost_deviations), n)), kpis=np.empty((plan.years, len(plan.kpis), n))
    )
    for start, stop, part in blocks(plan, n, seed, method):
        outcomes.costs[:, :, start:stop] = part.costs
        outcomes.kpis[:, :, start:stop] = part.kpis
    return outcomes


def blocks(plan: Plan, n: int, seed: int, method: Method = "sobol") -> Iterator[tuple[int, int, Outcomes]]:
    """The same draws as `draw`, a block at a time, for when only totals are kept."""
    quantities = _quantities(plan)
    factors = _factors(plan, quantities)
    time, spread = _time(plan)
    importance = sorted((q > 0, -spread[t], q, t) for t in range(plan.years) for q in range(len(quantities)))
    shape = Shape(
        years=plan.years,
        factors=tuple(quantity.name for quantity in quantities),
        risks=len(plan.risks),
        order=tuple(t * len(quantities) + q for _, _, q, t in importance),
    )
    for block in points(shape, n, seed, method):
        yield block.start, block.stop, _outcomes(plan, quantities, time, factors, block)


def _quantities(plan: Plan) -> list[Quantity]:
    """What is uncertain, costs first. What is fixed takes no random numbers."""
    yearly = np.mean(plan.planned_cost, axis=0)
    saved = np.mean(np.multiply(plan.planned_cost, plan.planned_saving), axis=0)
    delivered = plan.savings_delivered
    found = [
        *(Quantity(f"cost {p}", d, 1, d.sd * yearly[p]) for p, d in enumerate(plan.cost_deviations)),
        *(Quantity(f"saving {p}", delivered, -1, delivered.sd * saved[p]) for p in range(len(saved)) if saved[p]),
        *(
            Quantity(f"kpi {k}", kpi.deviation, 1 if kpi.higher_is_better else -1, 0.0)
            for k, kpi in enumerate(plan.kpis)
        ),
    ]
    return [quantity for quantity in found if quantity.distribution.sd > 0]


def _time(plan: Plan) -> tuple[Floats, Floats]:
    """Principal axes of a first-order autoregression over the years, largest first: (years, years), variances."""
    t = np.arange(plan.years)
    variances, axes = np.linalg.eigh(plan.correlations.year_to_year ** np.abs(t[:, None] - t))
    variances, axes = np.maximum(variances[::-1], 0.0), axes[:, ::-1]
    signs = np.where(axes[0] < 0, -1.0, 1.0)
    return np.asarray(axes * signs * np.sqrt(variances), dtype=np.float64), np.asarray(variances, dtype=np.float64)


def _factors(plan: Plan, quantities: list[Quantity]) -> Floats:
    """A square root of the correlation matrix whose first column is the direction of the total cost."""
    kpis = sum(quantity.name.startswith("kpi") for quantity in quantities)
    correlation = plan.correlations.matrix(len(quantities) - kpis, kpis)
    lower: Floats = np.linalg.cholesky(correlation + 1e-12 * np.eye(len(quantities))).astype(np.float64)
    towards = lower.T @ np.array([quantity.pounds for quantity in quantities])
    length = np.linalg.norm(towards)
    if length == 0:
        return lower
    mirror = towards / length
    mirror[0] += 1.0 if mirror[0] >= 0 else -1.0
    return np.asarray(lower - 2 * np.outer(lower @ mirror, mirror) / (mirror @ mirror))


def _outcomes(plan: Plan, quantities: list[Quantity], time: Floats, factors: Floats, block: Block) -> Outcomes:
    years, _, b = block.normals.shape
    independent = (time @ block.normals.reshape(years, -1)).reshape(block.normals.shape)
    values = dict(zip((q.name for q in quantities), np.moveaxis(factors @ independent, 1, 0), strict=True))
    for quantity in quantities:
        z = values[quantity.name]
        values[quantity.name] = at(quantity.distribution, z if quantity.sign > 0 else -z)
    return Outcomes(_costs(plan, values, block.uniforms, b), _kpis(plan, values, b))


def _costs(plan: Plan, values: dict[str, Floats], uniforms: Floats, b: int) -> Floats:
    """planned cost · (1 − delivered · planned saving) · (1 + deviation) + risks; never below zero."""
    costs = np.empty((plan.years, len(plan.cost_deviations), b))
    planned_cost, planned_saving = np.array(plan.planned_cost), np.array(plan.planned_saving)
    for p, deviation in enumerate(plan.cost_deviations):
        delivered = values.get(f"saving {p}", plan.savings_delivered.mean)
        planned = planned_cost[:, p, None] * (1 - delivered * planned_saving[:, p, None])
        np.multiply(planned, 1 + values.get(f"cost {p}", np.float64(deviation.mean)), out=costs[:, p])
    np.maximum(costs, 0.0, out=costs)
    for r, risk in enumerate(plan.risks):
        u = uniforms[:, r]
        year, which = np.nonzero(u < risk.probability)
        impact = at(risk.impact, special.ndtri(u[year, which] / risk.probability))
        for p, part in enumerate(risk.split):
            if part:
                costs[year, p, which] += part * impact
    return costs


def _kpis(plan: Plan, values: dict[str, Floats], b: int) -> Floats:
    """path + deviation, held within what is possible."""
    kpis = np.empty((plan.years, len(plan.kpis), b))
    for k, kpi in enumerate(plan.kpis):
        np.add(np.array(kpi.path)[:, None], values.get(f"kpi {k}", kpi.deviation.mean), out=kpis[:, k])
        if kpi.lowest is not None or kpi.highest is not None:
            np.clip(kpis[:, k], kpi.lowest, kpi.highest, out=kpis[:, k])
    return kpis


def at(distribution: Distribution, z: Floats) -> Floats:
    """The value of a distribution at normal scores z, by a straight line within each cell of its quantile table."""
    start, slope = _table(distribution)
    position = z * (CELLS / (2 * LARGEST_Z)) + CELLS / 2
    np.clip(position, 0, CELLS - 1e-6, out=position)
    cell = position.astype(np.intp)
    return np.asarray(start[cell] + slope[cell] * position)


@lru_cache(maxsize=512)
def _table(distribution: Distribution) -> tuple[Floats, Floats]:
    """Straight lines through the quantiles on an even grid of normal scores: value = start + slope × position."""
    values = distribution.ppf(special.ndtr(np.linspace(-LARGEST_Z, LARGEST_Z, CELLS + 1)))
    slope = np.diff(values)
    return values[:-1] - slope * np.arange(CELLS), slope
