"""The uncertain years: from random numbers to actual costs and KPI values (model §3)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy import special

from model.base import Floats
from model.distributions import Distribution
from model.plan import Plan
from model.points import BLOCK, Block, Method, Shape, normal_scores, points

LARGEST_Z = 6.5
"""Quantile tables are flat beyond this normal score: there lies one draw in twelve thousand million."""

CELLS_PER_Z = 2048 / LARGEST_Z
CELLS = 5460
"""Cells of a table. They reach to a score of 8.6, beyond which no draw will ever lie (1 in 10¹⁷)."""


RIDGE = 1e-9
"""Added to the variances, so that correlations at the edge of the possible can be drawn."""


@dataclass(frozen=True)
class Outcomes:
    """What the years cost and achieved: costs (years, P, draws) in pounds, KPI values (years, K, draws)."""

    costs: Floats
    kpis: Floats

    def cut(self, start: int, stop: int) -> "Outcomes":
        """Some of the draws; a view, not a copy."""
        return Outcomes(self.costs[:, :, start:stop], self.kpis[:, :, start:stop])


@dataclass(frozen=True)
class Quantity:
    """Something uncertain in every year. `sign` is -1 where a high value means less cost or a worse KPI."""

    name: str
    distribution: Distribution
    sign: int
    pounds: float
    """Rough pounds that one standard deviation moves, to rank directions by."""


@dataclass(frozen=True)
class Tables:
    """The quantile tables of several distributions end to end: value = start + slope × position."""

    start: Floats
    slope: Floats
    centre: Floats
    """Where the median of each distribution lies, in cells, (distributions,)."""


@dataclass(frozen=True)
class Recipe:
    """All that turning random numbers into outcomes needs, worked out once. T years, P providers, Q quantities."""

    plan: Plan
    row: dict[str, int]
    """Where each quantity stands among the Q."""
    time: Floats
    factors: Floats
    """From independent factors and a row of ones to positions in the tables, (Q, Q + 1)."""
    quantities: Tables
    chances: Floats
    """Of each of the R risks, (R,)."""
    impacts: Tables
    splits: list[tuple[tuple[float, ...], Floats]]
    """Each way in which risks fall on providers, parts (P,), and which risks do, 0 or 1, (R,)."""


def draw(plan: Plan, n: int, seed: int, method: Method = "sobol") -> Outcomes:
    """n draws of costs and KPI values. The same arguments give the same numbers."""
    outcomes = _empty(plan, n)
    recipe, shape = _recipe(plan)
    room = _room(shape)
    for block in points(shape, n, seed, method):
        _fill(outcomes.cut(block.start, block.stop), recipe, block, room)
    return outcomes


def blocks(plan: Plan, n: int, seed: int, method: Method = "sobol") -> Iterator[tuple[int, int, Outcomes]]:
    """The same draws as `draw`, a block at a time, for when only totals are kept."""
    recipe, shape = _recipe(plan)
    room = _room(shape)
    for block in points(shape, n, seed, method):
        outcomes = _empty(plan, block.stop - block.start)
        _fill(outcomes, recipe, block, room)
        yield block.start, block.stop, outcomes


def _empty(plan: Plan, n: int) -> Outcomes:
    return Outcomes(np.empty((plan.years, len(plan.cost_deviations), n)), np.empty((plan.years, len(plan.kpis), n)))


def _recipe(plan: Plan) -> tuple[Recipe, Shape]:
    quantities = _quantities(plan)
    tables = _tables([(quantity.distribution, quantity.sign) for quantity in quantities])
    time, spread = _time(plan)
    splits = [risk.split for risk in plan.risks]
    recipe = Recipe(
        plan=plan,
        row={quantity.name: q for q, quantity in enumerate(quantities)},
        time=time,
        factors=np.column_stack([_factors(plan, quantities) * CELLS_PER_Z, tables.centre]),
        quantities=tables,
        chances=np.array([risk.probability for risk in plan.risks]),
        impacts=_tables([(risk.impact, 1) for risk in plan.risks]),
        splits=[(split, np.array([1.0 * (s == split) for s in splits])) for split in dict.fromkeys(splits)],
    )
    importance = sorted((q > 0, -spread[t], q, t) for t in range(plan.years) for q in range(len(quantities)))
    order = tuple(t * len(quantities) + q for _, _, q, t in importance)
    return recipe, Shape(plan.years, tuple(recipe.row), len(plan.risks), order)


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
    lower: Floats = np.linalg.cholesky(correlation + RIDGE * np.eye(len(quantities))).astype(np.float64)
    towards = lower.T @ np.array([quantity.pounds for quantity in quantities])
    length = np.linalg.norm(towards)
    if length == 0:
        return lower
    mirror = towards / length
    mirror[0] += 1.0 if mirror[0] >= 0 else -1.0
    return np.asarray(lower - 2 * np.outer(lower @ mirror, mirror) / (mirror @ mirror))


def _room(shape: Shape) -> tuple[Floats, Floats]:
    """Arrays that every block uses again, because fresh ones cost more than the arithmetic done in them."""
    years, quantities = shape.years, len(shape.factors)
    return np.ones((years, quantities + 1, BLOCK)), np.empty((years, quantities, BLOCK))


def _fill(outcomes: Outcomes, recipe: Recipe, block: Block, room: tuple[Floats, Floats]) -> None:
    """Writes the outcomes of a block's random numbers."""
    latent, values = (array[:, :, : block.stop - block.start] for array in room)
    # One small product for each factor, then one for each year: the numbers stay where they are.
    np.matmul(recipe.time, block.normals.transpose(1, 0, 2), out=latent[:, :-1].transpose(1, 0, 2))
    np.matmul(recipe.factors, latent, out=values)
    for year in values:
        _look_up(recipe.quantities, year)
    by_name = {name: values[:, q] for name, q in recipe.row.items()}
    _costs(recipe.plan, by_name, outcomes.costs)
    _add_risks(recipe, block.uniforms, outcomes.costs)
    np.maximum(outcomes.costs, 0.0, out=outcomes.costs)
    _kpis(recipe.plan, by_name, outcomes.kpis)


def _costs(plan: Plan, values: dict[str, Floats], costs: Floats) -> None:
    """planned cost · (1 − delivered · planned saving) · (1 + deviation)."""
    planned_cost, planned_saving = np.array(plan.planned_cost)[:, :, None], np.array(plan.planned_saving)[:, :, None]
    for p, deviation in enumerate(plan.cost_deviations):
        np.add(values.get(f"cost {p}", deviation.mean), 1.0, out=costs[:, p])
        delivered = values.get(f"saving {p}", plan.savings_delivered.mean)
        costs[:, p] *= planned_cost[:, p] * (1 - delivered * planned_saving[:, p])


def _add_risks(recipe: Recipe, uniforms: Floats, costs: Floats) -> None:
    """Adds what the risks cost that happen: those with u below their chance, where u / chance is uniform again."""
    years, _, b = uniforms.shape
    axes = np.argsort(uniforms.strides)[::-1]  # as the numbers lie in memory, so that nothing is copied
    stored = uniforms.transpose(axes)
    happens = np.flatnonzero((uniforms < recipe.chances[:, None]).transpose(axes))
    place = np.unravel_index(happens, stored.shape)
    year, risk, which = (place[i] for i in np.argsort(axes))
    impact = normal_scores(stored.reshape(-1)[happens] / recipe.chances[risk])
    impact *= CELLS_PER_Z
    impact += recipe.impacts.centre[risk]
    _look_up(recipe.impacts, impact)
    for split, members in recipe.splits:
        total = np.bincount(year * b + which, impact * members[risk], minlength=years * b).reshape(years, b)
        for p, part in enumerate(split):
            if part:
                costs[:, p] += part * total


def _kpis(plan: Plan, values: dict[str, Floats], kpis: Floats) -> None:
    """path + deviation, held within what is possible."""
    for k, kpi in enumerate(plan.kpis):
        np.add(np.array(kpi.path)[:, None], values.get(f"kpi {k}", kpi.deviation.mean), out=kpis[:, k])
        if kpi.lowest is not None or kpi.highest is not None:
            np.clip(kpis[:, k], kpi.lowest, kpi.highest, out=kpis[:, k])


def at(distribution: Distribution, z: Floats) -> Floats:
    """The value of a distribution at normal scores z, by a straight line within each cell of its quantile table."""
    tables = _tables([(distribution, 1)])
    values = np.clip(z, -LARGEST_Z, LARGEST_Z) * CELLS_PER_Z + tables.centre[0]
    _look_up(tables, values)
    return values


def _look_up(tables: Tables, values: Floats) -> None:
    """Turns positions in the tables into values, in place."""
    cell = values.astype(np.intp)
    values *= np.take(tables.slope, cell, mode="clip")
    values += np.take(tables.start, cell, mode="clip")


def _tables(rows: Sequence[tuple[Distribution, int]]) -> Tables:
    """Tables of distributions, each with its sign. Equal ones share a table, so that more of them fit the cache."""
    kinds = list(dict.fromkeys(rows))
    lines = [_table(distribution, sign) for distribution, sign in kinds]
    return Tables(
        start=np.concatenate([[], *(start - slope * (CELLS * i) for i, (start, slope) in enumerate(lines))]),
        slope=np.concatenate([[], *(slope for _, slope in lines)]),
        centre=np.array([CELLS * (kinds.index(row) + 0.5) for row in rows]),
    )


@lru_cache(maxsize=512)
def _table(distribution: Distribution, sign: int) -> tuple[Floats, Floats]:
    """Straight lines through the quantiles on an even grid of sign × normal score: value = start + slope × cell."""
    cell = np.arange(CELLS + 1)
    z = np.clip((cell - CELLS / 2) / CELLS_PER_Z, -LARGEST_Z, LARGEST_Z)
    values = distribution.ppf(special.ndtr(sign * z))
    slope = np.diff(values)
    return values[:-1] - slope * cell[:-1], slope
