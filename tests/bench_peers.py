"""The reference work by other means: a Python loop, scipy.stats, OpenTURNS, a spreadsheet. `make bench` times them.

Each takes a scenario's numbers and nothing of the model's arithmetic: own random numbers, own settlement. Each returns
what `simulate(scenario, n, seed, "plain").total` does, the gain (+) or pain (-) of each partner over the term, pounds,
(N, n), providers first. They know the terms of `reference_work` and no others.
"""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from itertools import pairwise
from math import sqrt
from random import Random
from statistics import median
from time import perf_counter
from typing import Any, NamedTuple

import numpy as np
from scipy import special, stats

from model.base import Floats
from model.scenario import Scenario
from tests.bench_work import reference_work

Peer = Callable[[Scenario, int, int], Floats]
Row = tuple[str, str, str, str]
Line = tuple[list[float], list[float]]
"""Straight lines through points: where, and what is there; flat beyond the ends."""

DRAWS = 50_000
REPETITIONS = 5


class Range(NamedTuple):
    """A PERT distribution: a beta distribution with exponents a and b, stretched from low to high."""

    a: float
    b: float
    low: float
    high: float


class Layer(NamedTuple):
    """A band of a saving or overspend, its ends as parts of target cost."""

    start: float
    end: float
    share: float


class Kpi(NamedTuple):
    """Its weight in the whole, its expected value in each year, (T,), and the score by level."""

    weight: float
    path: list[float]
    score: Line


@dataclass(frozen=True)
class Numbers:
    """The reference work in plain numbers: T years, P providers, C commissioners, Q quantities, costs before KPIs."""

    planned: list[list[float]]
    """Cost by plan, (T, P)."""
    target: list[list[float]]
    fee: list[list[float]]
    ranges: list[Range]
    """Of the quantities' deviations, (Q,)."""
    between: Floats
    """Correlation of the quantities within a year, (Q, Q)."""
    year_to_year: float
    risks: list[tuple[float, Range]]
    """Chance in a year, and cost."""
    risk_parts: list[float]
    """Part of every risk's cost that each provider bears, (P,)."""
    kpis: list[Kpi]
    corridor: float
    gain_layers: list[Layer]
    pain_layers: list[Layer]
    modifier: Line
    pool: float
    """Part of target cost."""
    earned: Line
    most_pain: float
    """Part of the fees that the providers lose on cost at most."""
    gain_shares: list[float]
    pain_shares: list[float]
    own_most_pain: list[float]
    """Part of its fee that each provider loses at most, (P,)."""
    contributions: list[float]

    @property
    def partners(self) -> int:
        return len(self.gain_shares) + len(self.contributions)


def numbers(scenario: Scenario) -> Numbers:
    """Reads the terms of a scenario like `reference_work`."""
    share: Any = scenario.risk_share
    pool, years = share.performance, scenario.term.horizon
    providers: tuple[Any, ...] = scenario.providers
    planned, target = scenario.planned_cost(), scenario.target_cost()
    kpis = list(scenario.framework.kpis())
    weights = scenario.framework.weights().tolist()
    correlations = scenario.uncertainty.correlations
    return Numbers(
        planned=planned.tolist(),
        target=target.tolist(),
        fee=(target * [p.fee_rate for p in providers]).tolist(),
        ranges=[*(_range(p.cost_deviation) for p in providers), *(_range(kpi.deviation) for kpi in kpis)],
        between=_between(correlations, len(providers), len(kpis)),
        year_to_year=correlations.year_to_year,
        risks=[(risk.probability, _range(risk.impact)) for risk in scenario.uncertainty.risks],
        risk_parts=(planned[0] / planned[0].sum()).tolist(),
        kpis=[
            Kpi(weight, kpi.path(years).tolist(), (list(kpi.levels.values), list(kpi.scores.values)))
            for kpi, weight in zip(kpis, weights, strict=True)
        ],
        corridor=share.gain_corridor.width,
        gain_layers=_layers(share.gain_bands),
        pain_layers=_layers(share.pain_bands),
        modifier=([p.ops for p in share.gain_modifier.points], [p.multiplier for p in share.gain_modifier.points]),
        pool=pool.pool.part,
        earned=([-100.0, pool.neutral_from, pool.neutral_to, 100.0], [-pool.max_pain, 0.0, 0.0, pool.max_gain]),
        most_pain=share.cost_pain_cap.part,
        gain_shares=[p.gain_share for p in providers],
        pain_shares=[p.pain_share for p in providers],
        own_most_pain=[p.pain_cap.part for p in providers],
        contributions=[c.contribution for c in scenario.commissioners],
    )


def _between(correlations: Any, costs: int, kpis: int) -> Floats:
    """Correlation matrix of costs followed by KPIs."""
    matrix = np.full((costs + kpis, costs + kpis), correlations.cost_and_kpis)
    matrix[:costs, :costs] = correlations.between_costs
    matrix[costs:, costs:] = correlations.between_kpis
    np.fill_diagonal(matrix, 1.0)
    return matrix


def _range(pert: Any) -> Range:
    width = pert.high - pert.low
    a, b = (1 + pert.shape * side / width for side in (pert.likely - pert.low, pert.high - pert.likely))
    return Range(a, b, pert.low, pert.high)


def _layers(bands: Any) -> list[Layer]:
    ends = [float("inf") if band.up_to is None else band.up_to for band in bands]
    return [Layer(*layer) for layer in zip([0.0, *ends], ends, [band.share for band in bands], strict=False)]


# A Python loop: one future after the other, and in it one year after the other ------------------------------------


def by_python_loop(scenario: Scenario, n: int, seed: int) -> Floats:
    """numpy makes the random numbers and quantiles of one future; the rest is loops over years, partners and KPIs."""
    work, normals, chances = numbers(scenario), np.random.default_rng(seed), Random(seed)
    a, b, low, high = np.array(work.ranges).T
    upper, futures = np.linalg.cholesky(work.between).T, []
    for _ in range(n):
        z = normals.standard_normal((len(work.planned), len(upper))) @ upper
        for t in range(1, len(z)):
            z[t] = work.year_to_year * z[t - 1] + sqrt(1 - work.year_to_year**2) * z[t]
        deviations = low + (high - low) * special.betaincinv(a, b, special.ndtr(z))
        futures.append(_one_future(work, deviations.tolist(), chances))
    return np.array(futures).T


def _one_future(work: Numbers, deviations: list[list[float]], chances: Random) -> list[float]:
    """The gain of each partner over the term, of deviations (T, Q)."""
    providers, total = len(work.gain_shares), [0.0] * work.partners
    for t, (planned, of_year) in enumerate(zip(work.planned, deviations, strict=True)):
        risk = _risk_cost(work, chances)
        costs = [planned[p] * (1 + of_year[p]) + part * risk for p, part in enumerate(work.risk_parts)]
        values = [kpi.path[t] + of_year[providers + k] for k, kpi in enumerate(work.kpis)]
        for i, gain in enumerate(settled_year(work, t, costs, values)):
            total[i] += gain
    return total


def _risk_cost(work: Numbers, chances: Random) -> float:
    cost = 0.0
    for chance, (a, b, low, high) in work.risks:
        if chances.random() < chance:
            cost += low + (high - low) * chances.betavariate(a, b)
    return cost


def settled_year(work: Numbers, t: int, costs: list[float], values: list[float]) -> list[float]:
    """The gain of each partner in year t, of costs (P,) and KPI values (K,)."""
    target, fee = sum(work.target[t]), sum(work.fee[t])
    saving = target - sum(costs)
    ops = sum(kpi.weight * _on_line(value, kpi.score) for kpi, value in zip(work.kpis, values, strict=True))
    if saving >= 0:
        cost = _in_layers(work.gain_layers, saving - work.corridor * target, target) * _on_line(ops, work.modifier)
    else:
        cost = max(-_in_layers(work.pain_layers, -saving, target), -work.most_pain * fee)
    due = cost + work.pool * target * _on_line(ops, work.earned)
    gains = []
    for p, own_fee in enumerate(work.fee[t]):
        part = due * (work.gain_shares[p] if due >= 0 else work.pain_shares[p])
        gains.append(max(part, -work.own_most_pain[p] * own_fee))
    left = saving - sum(gains)
    return gains + [left * contribution for contribution in work.contributions]


def _in_layers(layers: list[Layer], size: float, target: float) -> float:
    part = 0.0
    for start, end, share in layers:
        if size <= start * target:
            break
        part += share * (min(size, end * target) - start * target)
    return part


def _on_line(x: float, line: Line) -> float:
    at, to = line
    i = bisect_right(at, x)
    if i == 0 or i == len(at):
        return to[0] if i == 0 else to[-1]
    return to[i - 1] + (to[i] - to[i - 1]) * (x - at[i - 1]) / (at[i] - at[i - 1])


# scipy.stats: one variable after the other, all futures at a time --------------------------------------------------


def by_scipy(scenario: Scenario, n: int, seed: int) -> Floats:
    """`.ppf` of each variable of each year on arrays of all draws, then `settled`."""
    work, rng = numbers(scenario), np.random.default_rng(seed)
    frozen = [stats.beta(a, b, low, high - low) for a, b, low, high in work.ranges]
    lower, rho = np.linalg.cholesky(work.between), work.year_to_year
    deviations, risks = np.empty((len(work.planned), len(frozen), n)), np.zeros((len(work.planned), n))
    z = lower @ rng.standard_normal((len(lower), n))
    for t in range(len(work.planned)):
        if t:
            z = rho * z + sqrt(1 - rho**2) * (lower @ rng.standard_normal((len(lower), n)))
        for q, distribution in enumerate(frozen):
            deviations[t, q] = distribution.ppf(stats.norm.cdf(z[q]))
        for chance, (a, b, low, high) in work.risks:
            happens = rng.random(n) < chance
            risks[t, happens] += stats.beta.rvs(a, b, low, high - low, size=happens.sum(), random_state=rng)
    return settled(work, *outcomes(work, deviations, risks))


def outcomes(work: Numbers, deviations: Floats, risks: Floats) -> tuple[Floats, Floats]:
    """Costs (T, P, n) and KPI values (T, K, n) of deviations (T, Q, n) and what the risks cost, (T, n)."""
    costs, values = np.split(deviations, [len(work.gain_shares)], axis=1)
    for t, planned in enumerate(work.planned):
        for p, part in enumerate(work.risk_parts):
            costs[t, p] = planned[p] * (1 + costs[t, p]) + part * risks[t]
        for k, kpi in enumerate(work.kpis):
            values[t, k] += kpi.path[t]
    return costs, values


def settled(work: Numbers, costs: Floats, values: Floats) -> Floats:
    """The contract in readable numpy, with loops over years, partners and KPIs: (N, n)."""
    providers = len(work.gain_shares)
    total = np.zeros((work.partners, costs.shape[-1]))
    for t, fees in enumerate(work.fee):
        target = sum(work.target[t])
        saving = target - costs[t].sum(axis=0)
        ops = sum(kpi.weight * np.interp(values[t, k], *kpi.score) for k, kpi in enumerate(work.kpis))
        gain = _layered(work.gain_layers, saving - work.corridor * target, target) * np.interp(ops, *work.modifier)
        pain = np.minimum(_layered(work.pain_layers, -saving, target), work.most_pain * sum(fees))
        due = gain - pain + work.pool * target * np.interp(ops, *work.earned)
        left = saving
        for p, fee in enumerate(fees):
            part = np.where(due >= 0, work.gain_shares[p], work.pain_shares[p]) * due
            limb3 = np.maximum(part, -work.own_most_pain[p] * fee)
            total[p] += limb3
            left = left - limb3
        for c, contribution in enumerate(work.contributions):
            total[providers + c] += contribution * left
    return total


def _layered(layers: list[Layer], size: Floats, target: float) -> Floats:
    return sum(
        (share * (np.clip(size, start * target, end * target) - start * target) for start, end, share in layers),
        start=np.zeros_like(size),
    )


# OpenTURNS --------------------------------------------------------------------------------------------------------


def by_openturns(scenario: Scenario, n: int, seed: int) -> Floats:
    """A joint distribution of all years and quantities with a normal copula, independent risks, then `settled`."""
    ot: Any = import_module("openturns")
    ot.RandomGenerator.SetSeed(seed)
    work = numbers(scenario)
    years, quantities = len(work.planned), len(work.ranges)
    copula = ot.NormalCopula(ot.CorrelationMatrix(np.kron(_over_years(work), work.between).tolist()))
    marginals = [ot.Beta(*uncertain) for uncertain in work.ranges] * years
    sample = np.array(ot.JointDistribution(marginals, copula).getSample(n))
    risks = np.zeros((years, n))
    for chance, impact in work.risks:
        happens = np.array(ot.Bernoulli(chance).getSample(years * n)).reshape(years, n) > 0
        risks[happens] += np.array(ot.Beta(*impact).getSample(int(happens.sum())))[:, 0]
    return settled(work, *outcomes(work, sample.T.reshape(years, quantities, n), risks))


def _over_years(work: Numbers) -> Floats:
    """Correlation of one quantity between the years, (T, T)."""
    t = np.arange(len(work.planned))
    return np.asarray(work.year_to_year ** np.abs(t[:, None] - t))


# A spreadsheet ----------------------------------------------------------------------------------------------------


class Sheet:
    """A sheet of the spreadsheet engine IronCalc that is filled column by column, a row for each year."""

    def __init__(self, years: int) -> None:
        self.engine: Any = import_module("ironcalc")
        self.book: Any = self.engine.create("future", "en", "UTC")
        self.years, self.columns = years, 0

    def numbers(self, values: list[float]) -> str:
        """A column of numbers; returns its name."""
        return self._filled([repr(value) for value in values])

    def formulas(self, formula: str, first: str = "") -> str:
        """A column of formulas, where # stands for the row and @ for the row above; returns its name."""
        texts = [first or formula, *[formula] * (self.years - 1)]
        return self._filled([f"={text.replace('#', f'{t + 1}').replace('@', f'{t}')}" for t, text in enumerate(texts)])

    def _filled(self, texts: list[str]) -> str:
        self.columns += 1
        for row, text in enumerate(texts, start=1):
            self.book.set_user_input(0, row, self.columns, text)
        return str(self.engine.column_name_from_number(self.columns))


def by_spreadsheet(scenario: Scenario, n: int, seed: int) -> Floats:
    """One future on a sheet; each draw types new random numbers into it and has all of it calculated again."""
    work, rng = numbers(scenario), np.random.default_rng(seed)
    sheet = Sheet(len(work.planned))
    cells = [(row, column) for row in range(1, sheet.years + 1) for column in range(1, _drawn(work) + 1)]
    uniforms = [sheet.numbers([0.5] * sheet.years) for _ in range(_drawn(work))]
    gains = _settlement_columns(sheet, work, *_outcome_columns(sheet, work, uniforms))
    results = [sheet.columns + i for i in range(1, work.partners + 1)]
    for result, gain in zip(results, gains, strict=True):
        sheet.book.set_user_input(0, 1, result, f"=SUM({gain}1:{gain}{sheet.years})")
    total = np.empty((work.partners, n))
    for draw in range(n):
        for (row, column), u in zip(cells, rng.random(len(cells)).tolist(), strict=True):
            sheet.book.update_cell_with_number(0, row, column, u)
        sheet.book.evaluate()
        total[:, draw] = [sheet.book.get_cell_value(0, 1, result) for result in results]
    return total


def _drawn(work: Numbers) -> int:
    """Random numbers of a year."""
    return len(work.ranges) + len(work.risks)


def _outcome_columns(sheet: Sheet, work: Numbers, uniforms: list[str]) -> tuple[list[str], str]:
    """The columns of costs, and that of the performance score."""
    add, rho = sheet.formulas, work.year_to_year
    normals = [add(f"NORM.S.INV({u}#)") for u in uniforms[: len(work.ranges)]]
    deviations = []
    for factors, (a, b, low, high) in zip(np.linalg.cholesky(work.between).tolist(), work.ranges, strict=True):
        new = add("+".join(f"{factor!r}*{z}#" for factor, z in zip(factors, normals, strict=True) if factor))
        z = sheet.engine.column_name_from_number(sheet.columns + 1)
        add(f"{rho}*{z}@+SQRT(1-{rho}^2)*{new}#", first=f"{new}#")
        deviations.append(add(f"BETA.INV(NORM.S.DIST({z}#,TRUE),{a},{b},{low},{high})"))
    happens = zip(uniforms[len(work.ranges) :], work.risks, strict=True)
    impacts = [add(f"IF({u}#<{p},BETA.INV({u}#/{p},{a},{b},{low},{high}),0)") for u, (p, (a, b, low, high)) in happens]
    risk = add(f"SUM({impacts[0]}#:{impacts[-1]}#)")
    planned = [sheet.numbers(list(column)) for column in zip(*work.planned, strict=True)]
    parts = zip(planned, deviations, work.risk_parts, strict=False)
    costs = [add(f"{plan}#*(1+{deviation}#)+{part}*{risk}#") for plan, deviation, part in parts]
    paths = [sheet.numbers(kpi.path) for kpi in work.kpis]
    values = [add(f"{path}#+{x}#") for path, x in zip(paths, deviations[len(costs) :], strict=True)]
    scores = [add(f"{kpi.weight}*({_line(f'{x}#', kpi.score)})") for x, kpi in zip(values, work.kpis, strict=True)]
    return costs, add(f"SUM({scores[0]}#:{scores[-1]}#)")


def _settlement_columns(sheet: Sheet, work: Numbers, costs: list[str], ops: str) -> list[str]:
    """The columns of the partners' gains."""
    add = sheet.formulas
    target, fee = (sheet.numbers([sum(year) for year in grid]) for grid in (work.target, work.fee))
    own_fees = [sheet.numbers(list(column)) for column in zip(*work.fee, strict=True)]
    saving = add(f"{target}#-SUM({costs[0]}#:{costs[-1]}#)")
    up, down = add(f"MAX(0,{saving}#-{work.corridor}*{target}#)"), add(f"MAX(0,-{saving}#)")
    gain = add(f"({_layer_sum(up, target, work.gain_layers)})*({_line(f'{ops}#', work.modifier)})")
    pain = add(_layer_sum(down, target, work.pain_layers))
    cost = add(f"MAX({gain}#-{pain}#,-{work.most_pain}*{fee}#)")
    due = add(f"{cost}#+{work.pool}*{target}#*({_line(f'{ops}#', work.earned)})")
    terms = zip(own_fees, work.gain_shares, work.pain_shares, work.own_most_pain, strict=True)
    limb3 = [add(f"MAX({due}#*IF({due}#>=0,{won},{lost}),-{most}*{own}#)") for own, won, lost, most in terms]
    left = add(f"{saving}#-SUM({limb3[0]}#:{limb3[-1]}#)")
    return [*limb3, *(add(f"{contribution}*{left}#") for contribution in work.contributions)]


def _layer_sum(size: str, target: str, layers: list[Layer]) -> str:
    within = [f"{size}#" if end == float("inf") else f"MIN({size}#,{end}*{target}#)" for _, end, _ in layers]
    return "+".join(
        f"{share}*MAX(0,{amount}-{start}*{target}#)" for amount, (start, _, share) in zip(within, layers, strict=True)
    )


def _line(x: str, line: Line) -> str:
    """Straight lines as a formula of x."""
    points = list(zip(*line, strict=True))
    steps = [(x0, x1, y1 - y0) for (x0, y0), (x1, y1) in pairwise(points) if x1 > x0]
    return f"{points[0][1]}+" + "+".join(f"{rise}*MAX(0,MIN(1,({x}-{x0})/{x1 - x0}))" for x0, x1, rise in steps)


# The race ---------------------------------------------------------------------------------------------------------


class Rival(NamedTuple):
    """A peer, how many draws it is timed with, the goal in times ours, and the package that it needs."""

    what: str
    by: Peer
    draws: int
    goal: int
    needs: str


RIVALS = (
    Rival("OpenTURNS", by_openturns, 4_000, 30, "openturns"),
    Rival("A Python loop over futures", by_python_loop, 500, 70, "scipy"),
    Rival("A spreadsheet calculated again (IronCalc)", by_spreadsheet, 200, 130, "ironcalc"),
    Rival("`scipy.stats`, a variable at a time", by_scipy, 4_000, 30, "scipy"),
)


def installed(package: str) -> bool:
    return find_spec(package) is not None


def peers(ours: Callable[[int], object]) -> list[Row]:
    """Each peer's time a draw over that of `ours(n)`, which draws and settles n futures of the reference work.

    The median of repetitions in turn with it, after one to warm up; about half a minute in all.
    """
    work = reference_work()
    there = [rival for rival in RIVALS if installed(rival.needs)]
    mine: list[float] = []
    times: dict[str, list[float]] = {rival.what: [] for rival in there}
    for _ in range(REPETITIONS + 1):
        mine.append(_seconds(lambda: ours(DRAWS)) / DRAWS)
        for rival in there:
            times[rival.what].append(_seconds(partial(rival.by, work, rival.draws, 1)) / rival.draws)
    ratios = {what: median(found[1:]) / median(mine[1:]) for what, found in times.items()}
    return [_row(rival, ratios.get(rival.what)) for rival in RIVALS]


def _seconds(task: Callable[[], object]) -> float:
    start = perf_counter()
    task()
    return perf_counter() - start


def _row(rival: Rival, ratio: float | None) -> Row:
    measured = f"{rival.needs} is not installed" if ratio is None else f"{ratio:.0f} ×"
    return ("G6", f"{rival.what}: {rival.draws:,} draws", f"at least {rival.goal} ×", measured)
