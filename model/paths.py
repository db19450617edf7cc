"""What each partner gains or loses on its way through the term, for the decision whether to sign."""

from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from model.base import Floats
from model.draw import THREADS, Outcomes
from model.scenario import Scenario
from model.scores import Scores
from model.settle import settle
from model.simulate import SETTLED
from model.terms import terms


class Paths(NamedTuple):
    """Every future of N partners, providers first, pounds, (N, n)."""

    total: Floats
    """Gain (+) or pain (-) over the term."""
    lowest: Floats
    """The lowest that the running sum has been at the end of any year."""


def paths(scenario: Scenario, outcomes: Outcomes, scores: Scores, threads: int = THREADS) -> Paths:
    """Settles draws already made and keeps each partner's total and its lowest running sum."""
    n, agreed = outcomes.costs.shape[-1], terms(scenario)
    partners = len(scenario.providers) + len(scenario.commissioners)
    found = Paths(np.empty((partners, n)), np.empty((partners, n)))

    def work(start: int) -> None:
        cut = slice(start, min(start + SETTLED, n))
        part = outcomes.cut(cut.start, cut.stop)
        contract = agreed.at(part.prices) if scenario.baseline.reindexed else agreed
        ledger = settle(contract, part.costs, scores.cut(cut.start, cut.stop))
        running = np.cumsum(np.concatenate([ledger.gain, ledger.commissioners], axis=1), axis=0)
        found.total[:, cut] = running[-1]
        running.min(axis=0, out=found.lowest[:, cut])

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(work, range(0, n, SETTLED)))
    return found


def yearly(scenario: Scenario, outcomes: Outcomes, scores: Scores, partner: int) -> Floats:
    """One partner's gain (+) or pain (-) in each year of each future, pounds, (T, n)."""
    n, agreed, providers = outcomes.costs.shape[-1], terms(scenario), len(scenario.providers)
    found = np.empty((len(agreed.target), n))
    for start in range(0, n, SETTLED):
        part = outcomes.cut(start, min(start + SETTLED, n))
        contract = agreed.at(part.prices) if scenario.baseline.reindexed else agreed
        ledger = settle(contract, part.costs, scores.cut(start, min(start + SETTLED, n)))
        gain = ledger.gain[:, partner] if partner < providers else ledger.commissioners[:, partner - providers]
        found[:, start : start + gain.shape[-1]] = gain
    return found
