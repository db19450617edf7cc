"""What each partner gains or loses on its way through the term, for the decision whether to sign."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from model.base import Floats
from model.draw import THREADS, Outcomes, each_block
from model.ledger import Ledger
from model.scenario import Scenario
from model.scores import Scores
from model.settle import settle
from model.simulate import SETTLED
from model.terms import Terms, terms


class Paths(NamedTuple):
    """Every future of N partners, providers first, pounds, (N, n)."""

    total: Floats
    """Gain (+) or pain (-) over the term."""
    lowest: Floats
    """The lowest that the running sum has been at the end of any year."""


def along(partners: int, n: int, gains: Callable[[slice], Floats], threads: int = THREADS) -> Paths:
    """The paths of n futures; `gains`: what every partner gains in each year of some draws, (T, N, draws)."""
    found = Paths(np.empty((partners, n)), np.empty((partners, n)))

    def work(start: int) -> None:
        cut = slice(start, min(start + SETTLED, n))
        running = np.cumsum(gains(cut), axis=0)
        found.total[:, cut] = running[-1]
        running.min(axis=0, out=found.lowest[:, cut])

    each_block(work, range(0, n, SETTLED), threads)
    return found


def paths(scenario: Scenario, outcomes: Outcomes, scores: Scores, threads: int = THREADS) -> Paths:
    """Settles draws already made and keeps each partner's total and its lowest running sum."""
    agreed = terms(scenario)

    def gains(cut: slice) -> Floats:
        ledger = _settled(scenario, agreed, outcomes.cut(cut.start, cut.stop), scores.cut(cut.start, cut.stop))
        return np.concatenate([ledger.gain, ledger.commissioners], axis=1)

    partners = len(scenario.providers) + len(scenario.commissioners)
    return along(partners, outcomes.costs.shape[-1], gains, threads)


def yearly(scenario: Scenario, outcomes: Outcomes, scores: Scores, partner: int) -> Floats:
    """One partner's gain (+) or pain (-) in each year of each future, pounds, (T, n)."""
    n, agreed, providers = outcomes.costs.shape[-1], terms(scenario), len(scenario.providers)
    found = np.empty((len(agreed.target), n))
    for start in range(0, n, SETTLED):
        stop = min(start + SETTLED, n)
        ledger = _settled(scenario, agreed, outcomes.cut(start, stop), scores.cut(start, stop))
        gain = ledger.gain[:, partner] if partner < providers else ledger.commissioners[:, partner - providers]
        found[:, start : start + gain.shape[-1]] = gain
    return found


def _settled(scenario: Scenario, agreed: Terms, part: Outcomes, scores: Scores) -> Ledger:
    """Some draws, at the prices that the contract follows, if it does."""
    return settle(agreed.at(part.prices) if scenario.baseline.reindexed else agreed, part.costs, scores)
