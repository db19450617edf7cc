"""Draws and settlements put together: thousands of futures of one scenario."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from model.base import Bools, Floats
from model.draw import Outcomes, blocks
from model.framework import Scores, score
from model.plan import plan
from model.points import Method
from model.scenario import Scenario
from model.settle import Ledger, settle, terms

DRAWS = 16_384
SEED = 2018
FEWEST_DRAWS, MOST_DRAWS = 160, 1_048_576
BLOCK = 2_048


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
    by_year: Floats | None
    """Each partner in each year, (T, N, draws), where it was kept."""


def simulate(scenario: Scenario, n: int = DRAWS, seed: int = SEED, method: Method = "sobol") -> Results:
    """Draws and settles n futures block by block, keeping totals only."""

    def settled() -> Iterator[tuple[int, int, Floats, Scores]]:
        for start, stop, part in blocks(plan(scenario), n, seed, method):
            yield start, stop, part.costs, score(scenario.framework, part.kpis)

    return collect(scenario, n, settled(), keep_years=False)


def resettle(scenario: Scenario, outcomes: Outcomes, scores: Scores) -> Results:
    """Settles draws already made under the scenario's contract, keeping every year of every partner."""
    n = outcomes.costs.shape[-1]

    def parts() -> Iterator[tuple[int, int, Floats, Scores]]:
        for start in range(0, n, BLOCK):
            cut = slice(start, min(start + BLOCK, n))
            part = Scores(scores.ops[:, cut], scores.no_cost_gain[:, cut], scores.no_performance_gain[:, cut])
            yield start, cut.stop, outcomes.costs[:, :, cut], part

    return collect(scenario, n, parts(), keep_years=True)


def collect(scenario: Scenario, n: int, parts: Iterable[tuple[int, int, Floats, Scores]], keep_years: bool) -> Results:
    """Settles each part of the draws and adds it to the results."""
    contract = terms(scenario)
    years, providers = contract.target.shape
    partners = providers + len(contract.contribution)
    total = np.empty((partners, n))
    side = np.empty((2, years, n))
    by_year = np.empty((years, partners, n)) if keep_years else None
    ops, bound = np.zeros(years), dict[str, Floats]()
    for start, stop, costs, scores in parts:
        ledger = settle(contract, costs, scores)
        cut = slice(start, stop)
        ledger.gain.sum(axis=0, out=total[:providers, cut])
        ledger.commissioners.sum(axis=0, out=total[providers:, cut])
        ledger.gain.sum(axis=1, out=side[0, :, cut])
        ledger.commissioners.sum(axis=1, out=side[1, :, cut])
        if by_year is not None:
            by_year[:, :providers, cut] = ledger.gain
            by_year[:, providers:, cut] = ledger.commissioners
        ops += scores.ops.sum(axis=1)
        for name, where in binding(scenario, ledger).items():
            often = np.append(where.sum(axis=1), where.any(axis=0).sum())
            bound[name] = bound.get(name, 0.0) + often / n
    return Results(scenario, n, total, side[0], side[1], ops / n, bound, by_year)


def binding(scenario: Scenario, ledger: Ledger) -> dict[str, Bools]:
    """Where each cap of the contract changes what is paid, (years, draws); caps that are not there are left out."""
    share = scenario.risk_share
    alliance = {
        "Cap on cost gain": (share.cost_gain_cap, ledger.cost_component < ledger.modified),
        "Cap on cost pain": (share.cost_pain_cap, ledger.cost_component > ledger.modified),
        "Cap on total gain": (share.total_gain_cap, ledger.capped_total < ledger.uncapped_total()),
        "Cap on total pain": (share.total_pain_cap, ledger.capped_total > ledger.uncapped_total()),
    }
    found = {name: where for name, (cap, where) in alliance.items() if cap.kind != "none"}
    for p, provider in enumerate(scenario.providers):
        if provider.pain_cap.kind != "none":
            found[f"Cap on pain of {provider.name}"] = ledger.limb3[:, p] > ledger.allocated[:, p]
    return found
