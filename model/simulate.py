"""Draws and settlements put together: thousands of futures of one scenario."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.base import PENNY, Bools, Floats
from model.draw import THREADS, Outcomes, drawn, in_threads
from model.ledger import Ledger
from model.plan import Plan, plan
from model.points import Method, Stream
from model.recipe import Recipe
from model.scenario import Scenario
from model.scores import Scores, rules, scored
from model.settle import settle
from model.statistics import summaries
from model.terms import Terms, terms

DRAWS = 16_384
SEED = 2018
SETTLED = 8_192
"""Draws settled at a time where they are made already; one thread is as fast as two, which wait for each other."""

FEWEST_DRAWS, MOST_DRAWS = 160, 1_048_576


@dataclass(frozen=True)
class Results:
    """What every draw brings. T years, N partners (providers, then commissioners)."""

    scenario: Scenario
    draws: int
    total: Floats
    """Gain (+) or pain (-) of each partner over the term, pounds, (N, draws)."""
    providers: Floats
    """The providers together in each year, (T, draws)."""
    commissioners: Floats
    """The commissioners together in each year, (T, draws)."""
    mean_ops: Floats
    """Mean overall performance score of each year, (T,)."""
    binding: dict[str, Floats]
    """How often each cap changes what is paid, by year; the last entry: in any year of the term. (T + 1,)"""
    year: int | None = None
    """The year of which each partner's gain is kept, if any."""
    in_year: Floats | None = None
    """Each partner in that year, (N, draws)."""


class Case(NamedTuple):
    """What is drawn, and the terms on which it is settled: a scenario's own, or those of a stress."""

    scenario: Scenario
    plan: Plan
    terms: Terms

    @classmethod
    def of(cls, scenario: Scenario) -> "Case":
        return cls(scenario, plan(scenario), terms(scenario))

    def at(self, prices: Floats) -> Terms:
        """The terms at these prices, if they follow them."""
        return self.terms.at(prices) if self.scenario.baseline.reindexed else self.terms

    def achieved(self, kpis: Floats) -> Floats:
        """The KPI values that count, of those drawn, (T, K, draws)."""
        return kpis


class _Part(NamedTuple):
    """What one block of draws adds to means and counts."""

    ops: Floats
    binding: dict[str, NDArray[np.intp]]


def simulate(
    scenario: Scenario | Case, n: int = DRAWS, seed: int = SEED, method: Method = "sobol", threads: int = THREADS
) -> Results:
    """Draws and settles n futures block by block, keeping no line of a year; the same on any number of threads."""
    case = scenario if isinstance(scenario, Case) else Case.of(scenario)
    results, parts = _empty(case.scenario, case.terms, n, None), {}

    def keep(start: int, contract: Terms, outcomes: Outcomes, scores: Scores) -> None:
        parts[start] = _settle(results, contract, start, outcomes, scores)

    _simulated(case, n, seed, method, threads, keep)
    return _with_means(results, parts)


def totals(
    scenario: Scenario, n: int = DRAWS, seed: int = SEED, method: Method = "sobol", threads: int = THREADS
) -> Floats:
    """Each partner's gain or pain over the term, (N, n): the `total` of `simulate`, and nothing else."""
    case = Case.of(scenario)
    total = np.empty((partners(case.terms), n))

    def keep(start: int, contract: Terms, outcomes: Outcomes, scores: Scores) -> None:
        draws = slice(start, start + outcomes.costs.shape[-1])
        _total(settle(contract, outcomes.costs, scores), total[:, draws])

    _simulated(case, n, seed, method, threads, keep)
    return total


def _simulated(
    case: Case,
    n: int,
    seed: int,
    method: Method,
    threads: int,
    keep: Callable[[int, Terms, Outcomes, Scores], None],
) -> None:
    """Has blocks of draws kept, each by the number of its first draw: its terms, outcomes and scores."""
    framework = rules(case.scenario.framework)

    def work(found: Recipe, stream: Stream) -> None:
        for start, outcomes in drawn(found, stream):
            keep(start, case.at(outcomes.prices), outcomes, scored(framework, case.achieved(outcomes.kpis)))

    in_threads(case.plan, n, seed, method, threads, work)


def resettle(scenario: Scenario, outcomes: Outcomes, scores: Scores, year: int | None = None) -> Results:
    """Settles draws already made under the scenario's contract; keeps each partner's gain of one year, where asked."""
    agreed = terms(scenario)
    results = _empty(scenario, agreed, outcomes.costs.shape[-1], year)
    parts = {
        cut.start: _settle(results, contract, cut.start, part, its_scores)
        for cut, contract, part, its_scores in _in_cuts(scenario, agreed, outcomes, scores)
    }
    return _with_means(results, parts)


def resettled(scenario: Scenario, outcomes: Outcomes, scores: Scores) -> Floats:
    """Each partner's gain or pain over the term, (N, draws): the `total` of `resettle`, and nothing else."""
    agreed = terms(scenario)
    total = np.empty((partners(agreed), outcomes.costs.shape[-1]))
    for cut, contract, part, its_scores in _in_cuts(scenario, agreed, outcomes, scores):
        _total(settle(contract, part.costs, its_scores), total[:, cut])
    return total


def _in_cuts(
    scenario: Scenario, agreed: Terms, outcomes: Outcomes, scores: Scores
) -> Iterator[tuple[slice, Terms, Outcomes, Scores]]:
    """Draws already made, as many at a time as are settled together: where, their terms, outcomes and scores."""
    for cut in cuts(outcomes.costs.shape[-1]):
        part = outcomes.cut(cut.start, cut.stop)
        contract = agreed.at(part.prices) if scenario.baseline.reindexed else agreed
        yield cut, contract, part, scores.cut(cut.start, cut.stop)


def cuts(n: int) -> list[slice]:
    """The draws that are settled together."""
    return [slice(start, min(start + SETTLED, n)) for start in range(0, n, SETTLED)]


def until(
    scenario: Scenario, pounds: float, seed: int = SEED, most: int = MOST_DRAWS, threads: int = THREADS
) -> Iterator[tuple[int, float]]:
    """Twice as many futures each time, until no partner's worst 1 in 20 has a standard error above so many pounds.

    Gives how many futures were drawn and the largest standard error of the average loss in the worst 1 in 20 (CVaR95),
    of a partner or a side. Stops at `most` futures whatever the error is.
    """
    n = DRAWS
    while True:
        total, providers = totals(scenario, n, seed, threads=threads), len(scenario.providers)
        sides = [total[:providers].sum(axis=0), total[providers:].sum(axis=0)]
        error = max(found.errors["cvar95"] for found in summaries([*total, *sides], threads))
        yield n, error
        if error <= pounds or 2 * n > most:
            return
        n *= 2


def partners(agreed: Terms) -> int:
    """How many providers and commissioners there are."""
    return agreed.target.shape[1] + len(agreed.contribution)


def _empty(scenario: Scenario, agreed: Terms, n: int, year: int | None) -> Results:
    years, size = len(agreed.target), (partners(agreed), n)
    return Results(
        scenario=scenario,
        draws=n,
        total=np.empty(size),
        providers=np.empty((years, n)),
        commissioners=np.empty((years, n)),
        mean_ops=np.zeros(years),
        binding={},
        year=year,
        in_year=None if year is None else np.empty(size),
    )


def _settle(results: Results, contract: Terms, start: int, outcomes: Outcomes, scores: Scores) -> _Part:
    """Settles a block of draws and writes it into the results, from draw `start` on."""
    ledger = settle(contract, outcomes.costs, scores)
    providers = len(results.total) - len(contract.contribution)
    cut = slice(start, start + outcomes.costs.shape[-1])
    _total(ledger, results.total[:, cut])
    results.providers[:, cut] = ledger.together
    results.commissioners[:, cut] = ledger.left
    if results.in_year is not None:
        results.in_year[:providers, cut] = ledger.gain[results.year]
        np.multiply.outer(contract.contribution, ledger.left[results.year], out=results.in_year[providers:, cut])
    found = binding(results.scenario, ledger)
    return _Part(scores.ops.sum(axis=1), {name: _often(where) for name, where in found.items()})


def _total(ledger: Ledger, total: Floats) -> None:
    """Writes what each partner gains or bears over the term, (N, draws)."""
    contribution = ledger.terms.contribution
    providers = len(total) - len(contribution)
    total[:providers] = ledger.term_gain
    np.multiply.outer(contribution, ledger.term_left, out=total[providers:])


def _often(where: Bools) -> NDArray[np.intp]:
    """In how many draws, by year and in any year, (T + 1,)."""
    if not where.any():
        return np.zeros(len(where) + 1, dtype=np.intp)
    return np.array([*map(np.count_nonzero, where), np.count_nonzero(np.logical_or.reduce(where))])


def _with_means(results: Results, parts: Mapping[int, _Part]) -> Results:
    """The results with means over their blocks, added up in the order of the draws, so that threads change nothing."""
    ordered = [parts[start] for start in sorted(parts)]
    names = ordered[0].binding
    return replace(
        results,
        mean_ops=np.sum([part.ops for part in ordered], axis=0) / results.draws,
        binding={name: np.sum([part.binding[name] for part in ordered], axis=0) / results.draws for name in names},
    )


def binding(scenario: Scenario, ledger: Ledger) -> dict[str, Bools]:
    """Where each cap of the contract changes what is paid, (years, draws); caps that are not there are left out."""
    share = scenario.risk_share
    cost, modified = ledger.cost_component, ledger.modified
    if share.haircut and share.haircut_order == "after the cap":
        cost = cost - ledger.haircut
    elif share.haircut:
        modified = modified + ledger.haircut
    capped, raw = ledger.capped_total, ledger.uncapped_total
    alliance = {
        "Cap on cost gain": (share.cost_gain_cap, cost, modified),
        "Cap on cost pain": (share.cost_pain_cap, modified, cost),
        "Cap on total gain": (share.total_gain_cap, capped, raw),
        "Cap on total pain": (share.total_pain_cap, raw, capped),
    }
    found = {name: low < high - PENNY for name, (cap, low, high) in alliance.items() if cap.kind != "none"}
    for where in found.values():
        where[ledger.terms.phase_in == 0] = False
    moved = ledger.portions.moved_where
    for p, one in enumerate(scenario.providers):
        if one.gain_cap.kind != "none":
            found[f"Cap on gain of {one.name}"] = moved(p, -1)
    for p, one in enumerate(scenario.providers):
        if one.pain_cap.kind != "none":
            found[f"Cap on pain of {one.name}"] = moved(p, 1)
    return found
