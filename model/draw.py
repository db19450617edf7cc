"""The uncertain years: from random numbers to actual costs and KPI values (model §3)."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import cpu_count
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.base import Floats, at_least
from model.plan import Plan
from model.points import Block, Method, Stream, normal_scores, points
from model.quantiles import CELLS_PER_Z, look_up, stretch
from model.recipe import Group, Recipe, recipe

LOWEST_PRICES = 0.01
"""Prices never fall below a hundredth of those planned, whatever was entered."""

THREADS = cpu_count()

KEPT = 24_000_000
"""Bytes. Having once given back an array of this size, the C library of Linux keeps what smaller ones leave for the
next, instead of asking the system for it again: that takes longer than the arithmetic."""

BUFFER = 512
"""Numbers. With room for more, numpy gathers the short rows of a block, and with them copies of what is one number a
row, such as a cap: that takes up to four times as long as the arithmetic."""


COLUMNS = 1_024
"""Draws of a block whose yearly quantities are worked out together, so that they stay near the processor."""


@dataclass(frozen=True)
class Outcomes:
    """What the years cost and achieved: costs (years, P, draws) in pounds, KPI values (years, K, draws).

    `prices`: the price index against plan, 1 as planned, (years, draws), or (years, 1) where it is certain.
    """

    costs: Floats
    kpis: Floats
    prices: Floats

    def cut(self, start: int, stop: int) -> "Outcomes":
        """Some of the draws; a view, not a copy."""
        prices = self.prices if self.prices.shape[-1] == 1 else self.prices[:, start:stop]
        return Outcomes(self.costs[:, :, start:stop], self.kpis[:, :, start:stop], prices)


class Events(NamedTuple):
    """The risks that happen in a block: which, in which year and draw, and what each costs in pounds."""

    risk: NDArray[np.intp]
    year: NDArray[np.intp]
    draw: NDArray[np.intp]
    cost: Floats


class Values(NamedTuple):
    """What a block's random numbers mean, b draws; good until the stream's next block."""

    yearly: Floats
    """Deviations of costs, savings delivered, deviations of KPIs, (T, Q, b)."""
    baselines: Floats
    """Errors of baselines, (P, b), or (P, 1) where all are certain."""
    prices: Floats
    """The price index, (T, b), or (T, 1) where it is certain."""
    noise: Floats
    """Normal numbers for KPIs measured on few people, (noisy KPIs, T, b)."""
    events: Events


def draw(plan: Plan, n: int, seed: int, method: Method = "sobol", threads: int = THREADS) -> Outcomes:
    """n draws of costs and KPI values. The same arguments give the same numbers, on any number of threads."""
    costs, kpis = (np.empty((plan.years, k, n)) for k in (len(plan.cost_deviations), len(plan.kpis)))
    prices = np.empty((plan.years, n if plan.prices.sd else 1))

    def keep(found: Recipe, stream: Stream) -> None:
        for start, outcomes in drawn(found, stream):
            part = Outcomes(costs, kpis, prices).cut(start, start + outcomes.costs.shape[-1])
            part.costs[:], part.kpis[:], part.prices[:] = outcomes.costs, outcomes.kpis, outcomes.prices

    in_threads(plan, n, seed, method, threads, keep)
    return Outcomes(costs, kpis, prices)


def in_threads(
    plan: Plan, n: int, seed: int, method: Method, threads: int, work: Callable[[Recipe, Stream], None]
) -> None:
    """Has streams of random numbers worked on, several at once and in any order."""
    found = recipe(plan)
    np.empty(KEPT, dtype=np.uint8)
    with ThreadPoolExecutor(threads, initializer=np.setbufsize, initargs=(BUFFER,)) as pool:
        for streams in points(found.shape, n, seed, method):
            list(pool.map(lambda stream: work(found, stream), streams))


def drawn(found: Recipe, stream: Stream) -> Iterator[tuple[int, Outcomes]]:
    """What a stream of random numbers comes to: the number of a block's first draw, and its outcomes."""

    def led_to(block: tuple[int, Values]) -> tuple[int, Outcomes]:
        start, values = block
        return start, _outcomes(found, values)

    return map(led_to, values_of(found, stream))  # unlike a loop, it keeps no values while outcomes are in use


def values_of(found: Recipe, stream: Stream) -> Iterator[tuple[int, Values]]:
    """The number of each block's first draw, and what its random numbers mean.

    Good until the next block: it uses the same arrays, because fresh ones cost more than the arithmetic.
    """
    return ((block.start, _values(found, block)) for block in stream)


def _values(found: Recipe, block: Block) -> Values:
    years, b = found.plan.years, block.stop - block.start
    mix, uniforms = None, block.uniforms
    if found.plan.copula.kind == "t":
        mix, uniforms = uniforms[0].copy(), uniforms[1:]
    events, normals = _events(found, uniforms), block.normals()
    yearly, baselines, prices, noise = (normals[rows] for rows in found.normals)
    return Values(
        yearly=_yearly(found, yearly, mix),
        baselines=_errors(found, baselines, mix) if len(baselines) else found.certain_errors,
        prices=_index(found, prices, mix) if len(prices) else found.certain_prices,
        noise=noise.reshape(len(found.noisy), years, b),
        events=events,
    )


def _yearly(found: Recipe, normals: Floats, mix: Floats | None) -> Floats:
    """The values of what is new each year, (T, Q, b); they take the place of the normals, where these are enough."""
    years, quantities, b = found.plan.years, len(found.yearly.factors), normals.shape[-1]
    places = normals if len(normals) >= years * quantities else np.empty((years * quantities, b))
    values = places[: years * quantities].reshape(years, quantities, b)
    by_factor = normals.reshape(found.yearly.factors.shape[1] - 1, years, b)
    latent = np.empty((years, len(by_factor) + 1, min(b, COLUMNS)))
    latent[:, -1] = 1.0
    for start in range(0, b, COLUMNS):
        some = slice(start, min(start + COLUMNS, b))
        room = latent[..., : some.stop - start]
        np.matmul(found.time, by_factor[..., some], out=room[:, :-1].transpose(1, 0, 2))
        np.matmul(found.yearly.factors, room, out=values[..., some])
        _looked_up(found, found.yearly, values[..., some], None if mix is None else mix[some])
    return values


def _index(found: Recipe, normals: Floats, mix: Floats | None) -> Floats:
    """The price index against plan, (T, b): growth that differs from the planned adds up over the years."""
    scale, centre = found.prices.factors[0]
    growth = _looked_up(found, found.prices, (found.time @ normals) * scale + centre, mix)
    return at_least(np.cumprod(at_least(1.0 + growth, 0.0), axis=0, dtype=np.float64), LOWEST_PRICES)


def _errors(found: Recipe, normals: Floats, mix: Floats | None) -> Floats:
    """Errors of the providers' baselines, (P, b)."""
    with_one = np.vstack([normals, np.ones((1, normals.shape[-1]))])
    return _looked_up(found, found.baselines, found.baselines.factors @ with_one, mix)


def _looked_up(found: Recipe, group: Group, positions: Floats, mix: Floats | None) -> Floats:
    """The values at positions in a group's tables, which they replace: (..., Q, b)."""
    if mix is not None and found.plan.copula.kind == "t":
        centre = group.tables.centre[:, None]
        positions -= centre
        positions /= CELLS_PER_Z
        stretch(positions, mix, found.plan.copula.df)
        positions *= CELLS_PER_Z
        positions += centre
    look_up(group.tables, positions)
    return positions


def _events(found: Recipe, uniforms: Floats) -> Events:
    """The risks whose uniform number lies below their chance; u / chance is uniform again and says the rest."""
    risks, b, years = found.risks, uniforms.shape[-1], found.plan.years
    flat = uniforms.reshape(-1)
    likely = np.flatnonzero(flat < risks.chance.max(initial=0.0))
    row = likely // b
    u, chance = np.take(flat, likely, mode="clip"), risks.chance[row]
    happens = u < chance
    if not happens.all():
        likely, row, u, chance = likely[happens], row[happens], u[happens], chance[happens]
    u /= chance
    risk, year, rest, scale = risks.risk[row], risks.year[row], u, risks.scale_of_row[row]
    del chance
    if risks.once:
        once = year < 0
        share = rest[once] * years
        year[once] = np.minimum(share.astype(np.intp), years - 1)
        rest[once] = share - year[once]
        scale = risks.scale[risk, year]
    cost = normal_scores(rest)
    cost *= CELLS_PER_Z
    cost += risks.impacts.centre[risk]
    look_up(risks.impacts, cost)
    cost *= scale
    return Events(risk, year, likely - row * b, cost)


def _outcomes(found: Recipe, values: Values) -> Outcomes:
    """What values lead to. Costs and KPIs take the place of their deviations."""
    providers, kpis = len(found.plan.cost_deviations), len(found.plan.kpis)
    costs, savings, rates = np.split(values.yearly, [providers, values.yearly.shape[1] - kpis], axis=1)
    _costs(found, values, savings, costs)
    _kpis(found, values, rates)
    return Outcomes(costs, rates, values.prices)


def _costs(found: Recipe, values: Values, delivered: Floats, costs: Floats) -> None:
    """planned · (1 + baseline error) · index · (1 − delivered · planned saving) · (1 + deviation) + risk events."""
    costs += 1.0
    costs *= found.planned
    for i, p in enumerate(found.saving):
        costs[:, p] *= 1.0 - delivered[:, i] * found.arriving[:, p]
    if values.baselines.any():
        costs *= at_least(1.0 + values.baselines, 0.0)
    if (values.prices != 1).any():
        costs *= values.prices[:, None]
    _add_risks(found, values.events, costs)
    if found.certain_cost.any():
        costs += found.certain_cost
    np.clip(costs, 0.0, np.inf, out=costs)


def _add_risks(found: Recipe, events: Events, costs: Floats) -> None:
    years, _, b = costs.shape
    place = events.year * b + events.draw
    for split, members in found.risks.splits:
        mine = events.cost if members.all() else events.cost * members[events.risk]
        total = np.zeros((years, b))
        np.add.at(total.reshape(-1), place, mine)
        for p, part in enumerate(np.transpose(split)):
            if part.any():
                costs[:, p] += total * part[:, None]


def _kpis(found: Recipe, values: Values, kpis: Floats) -> None:
    """path + deviation + what risks add + chance in small numbers, held within what is possible."""
    plans = found.plan.kpis
    if not plans:
        return
    kpis += found.paths
    for r, risk in enumerate(found.plan.risks):
        mine = values.events.risk == r if risk.effects else np.zeros(0)
        for k, change in risk.effects:
            kpis[values.events.year[mine], k, values.events.draw[mine]] += change
    for row, k in enumerate(found.noisy):
        _add_noise(kpis[:, k], values.noise[row], plans[k].people or 1)
    if found.possible is not None:
        np.clip(kpis, *found.possible, out=kpis)


def _add_noise(rate: Floats, z: Floats, people: int) -> None:
    """Adds the binomial noise √(p (1 − p) / n) of a rate in % that is measured on n people; it stays a rate."""
    part = np.clip(rate / 100, 0.0, 1.0)
    rate += 100 * np.sqrt(part * (1 - part) / people) * z
    np.clip(rate, 0.0, 100.0, out=rate)
