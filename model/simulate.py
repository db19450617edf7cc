"""Draws and settlements put together: thousands of futures of one scenario."""

from collections.abc import Iterator, Mapping
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
from model.statistics import summary
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


class _Part(NamedTuple):
    """What one block of draws adds to means and counts."""

    ops: Floats
    binding: dict[str, NDArray[np.intp]]


def simulate(
    scenario: Scenario | Case, n: int = DRAWS, seed: int = SEED, method: Method = "sobol", threads: int = THREADS
) -> Results:
    """Draws and settles n futures block by block, keeping totals only; the same on any number of threads."""
    case = scenario if isinstance(scenario, Case) else Case.of(scenario)
    results, parts = _empty(case.scenario, case.terms, n, None), {}
    framework = rules(case.scenario.framework)

    def work(found: Recipe, stream: Stream) -> None:
        for start, outcomes in drawn(found, stream):
            parts[start] = _settle(results, case.at(outcomes.prices), start, outcomes, scored(framework, outcomes.kpis))

    in_threads(case.plan, n, seed, method, threads, work)
    return _with_means(results, parts)


def resettle(scenario: Scenario, outcomes: Outcomes, scores: Scores, year: int | None = None) -> Results:
    """Settles draws already made under the scenario's contract; keeps each partner's gain of one year, where asked."""
    n = outcomes.costs.shape[-1]
    agreed = terms(scenario)
    results = _empty(scenario, agreed, n, year)
    parts = {}
    for cut in cuts(n):
        part = outcomes.cut(cut.start, cut.stop)
        contract = agreed.at(part.prices) if scenario.baseline.reindexed else agreed
        parts[cut.start] = _settle(results, contract, cut.start, part, scores.cut(cut.start, cut.stop))
    return _with_means(results, parts)


def cuts(n: int) -> list[slice]:
    """The draws that are settled together."""
    return [slice(start, min(start + SETTLED, n)) for start in range(0, n, SETTLED)]


def until(
    scenario: Scenario, pounds: float, seed: int = SEED, most: int = MOST_DRAWS, threads: int = THREADS
) -> Iterator[tuple[Results, float]]:
    """Twice as many futures each time, until no partner's worst 1 in 20 has a standard error above so many pounds.

    Gives the results so far and the largest standard error of the average loss in the worst 1 in 20 (CVaR95), of a
    partner or a side. Stops at `most` futures whatever the error is.
    """
    n = DRAWS
    while True:
        results = simulate(scenario, n, seed, threads=threads)
        sides = [results.providers.sum(axis=0), results.commissioners.sum(axis=0)]
        error = max(summary(gain).errors["cvar95"] for gain in [*results.total, *sides])
        yield results, error
        if error <= pounds or 2 * n > most:
            return
        n *= 2


def _empty(scenario: Scenario, agreed: Terms, n: int, year: int | None) -> Results:
    years, providers = agreed.target.shape
    partners = providers + len(agreed.contribution)
    return Results(
        scenario=scenario,
        draws=n,
        total=np.empty((partners, n)),
        providers=np.empty((years, n)),
        commissioners=np.empty((years, n)),
        mean_ops=np.zeros(years),
        binding={},
        year=year,
        in_year=None if year is None else np.empty((partners, n)),
    )


def _settle(results: Results, contract: Terms, start: int, outcomes: Outcomes, scores: Scores) -> _Part:
    """Settles a block of draws and writes it into the results, from draw `start` on."""
    ledger = settle(contract, outcomes.costs, scores)
    providers = len(results.total) - len(contract.contribution)
    cut = slice(start, start + outcomes.costs.shape[-1])
    results.total[:providers, cut] = ledger.term_gain
    results.providers[:, cut] = ledger.together
    np.multiply.outer(contract.contribution, ledger.left.sum(axis=0), out=results.total[providers:, cut])
    results.commissioners[:, cut] = ledger.left
    if results.in_year is not None:
        results.in_year[:providers, cut] = ledger.gain[results.year]
        np.multiply.outer(contract.contribution, ledger.left[results.year], out=results.in_year[providers:, cut])
    found = binding(results.scenario, ledger)
    return _Part(scores.ops.sum(axis=1), {name: _often(where) for name, where in found.items()})


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
