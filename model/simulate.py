"""Draws and settlements put together: thousands of futures of one scenario."""

from dataclasses import dataclass, replace

import numpy as np

from model.base import PENNY, Bools, Floats
from model.draw import Outcomes, blocks
from model.ledger import Ledger
from model.plan import plan
from model.points import Method
from model.scenario import Scenario
from model.scores import Scores, score
from model.settle import settle
from model.terms import Terms, terms

DRAWS = 16_384
SEED = 2018
FEWEST_DRAWS, MOST_DRAWS = 160, 1_048_576
BLOCK = 4_096
"""Draws settled at a time: enough to keep the calls few, few enough to stay in the processor's cache."""


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
    results, contract = _empty(scenario, n), terms(scenario)
    for start, _, part in blocks(plan(scenario), n, seed, method):
        _settle(results, contract, start, part.costs, score(scenario.framework, part.kpis))
    return results


def resettle(scenario: Scenario, outcomes: Outcomes, scores: Scores) -> Results:
    """Settles draws already made under the scenario's contract, keeping every year of every partner."""
    n = outcomes.costs.shape[-1]
    contract = terms(scenario)
    years, providers = contract.target.shape
    by_year = np.empty((years, providers + len(contract.contribution), n))
    results = replace(_empty(scenario, n), by_year=by_year)
    for start in range(0, n, BLOCK):
        stop = min(start + BLOCK, n)
        ledger = _settle(results, contract, start, outcomes.costs[:, :, start:stop], scores.cut(start, stop))
        by_year[:, :providers, start:stop] = ledger.gain
        by_year[:, providers:, start:stop] = ledger.commissioners
    return results


def _empty(scenario: Scenario, n: int) -> Results:
    years, providers, commissioners = scenario.term.horizon, len(scenario.providers), len(scenario.commissioners)
    return Results(
        scenario=scenario,
        draws=n,
        total=np.empty((providers + commissioners, n)),
        providers=np.empty((years, n)),
        commissioners=np.empty((years, n)),
        mean_ops=np.zeros(years),
        binding={},
        by_year=None,
    )


def _settle(results: Results, contract: Terms, start: int, costs: Floats, scores: Scores) -> Ledger:
    """Settles a block of draws and writes it into the results, from draw `start` on."""
    ledger = settle(contract, costs, scores)
    providers = len(results.scenario.providers)
    cut = slice(start, start + costs.shape[-1])
    ledger.gain.sum(axis=0, out=results.total[:providers, cut])
    results.providers[:, cut] = ledger.together
    np.multiply.outer(contract.contribution, ledger.left.sum(axis=0), out=results.total[providers:, cut])
    results.commissioners[:, cut] = ledger.left
    results.mean_ops[:] += scores.ops.sum(axis=1) / results.draws
    for name, where in binding(results.scenario, ledger).items():
        often = np.append(np.count_nonzero(where, axis=1), np.count_nonzero(where.any(axis=0)))
        results.binding[name] = results.binding.get(name, 0.0) + often / results.draws
    return ledger


def binding(scenario: Scenario, ledger: Ledger) -> dict[str, Bools]:
    """Where each cap of the contract changes what is paid, (years, draws); caps that are not there are left out."""
    share, capped, raw = scenario.risk_share, ledger.capped_total, ledger.uncapped_total
    withheld = ledger.haircut
    cost, modified = ledger.cost_component, ledger.modified + withheld
    if share.haircut_order == "after the cap":
        cost, modified = cost - withheld, ledger.modified
    alliance = {
        "Cap on cost gain": (share.cost_gain_cap, cost, modified),
        "Cap on cost pain": (share.cost_pain_cap, modified, cost),
        "Cap on total gain": (share.total_gain_cap, capped, raw),
        "Cap on total pain": (share.total_pain_cap, raw, capped),
    }
    settled = ledger.terms.phase_in[:, None] > 0
    found = {name: settled & (low < high - PENNY) for name, (cap, low, high) in alliance.items() if cap.kind != "none"}
    for p, provider in enumerate(scenario.providers):
        if provider.gain_cap.kind != "none":
            found[f"Cap on gain of {provider.name}"] = ledger.allocated[:, p] > ledger.limb3[:, p] + PENNY
        if provider.pain_cap.kind != "none":
            found[f"Cap on pain of {provider.name}"] = ledger.allocated[:, p] < ledger.limb3[:, p] - PENNY
    return found
