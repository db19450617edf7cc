"""What each partner gains or loses on its way through the term, for the decision whether to sign."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from model.base import Floats
from model.draw import Outcomes
from model.ledger import Ledger
from model.scenario import Scenario
from model.scores import Scores
from model.settle import settle
from model.simulate import cuts
from model.terms import Terms, terms


class Gains(NamedTuple):
    """What the years of some draws bring, pounds."""

    providers: Floats
    """Each of them, (T, P, draws)."""
    commissioners: Floats
    """All together, (T, draws)."""


class Paths(NamedTuple):
    """Every future of N partners, providers first, pounds, (N, n)."""

    total: Floats
    """Gain (+) or pain (-) over the term."""
    lowest: Floats
    """The lowest that the running sum has been at the end of any year."""

    @classmethod
    def of(cls, partners: int, n: int) -> "Paths":
        """Room for the paths of n futures."""
        return cls(np.empty((partners, n)), np.empty((partners, n)))

    def keep(self, cut: slice, gains: Gains, contribution: Floats) -> None:
        """Adds up what the years of some draws bring; `contribution`: each commissioner's part."""
        providers = gains.providers.shape[1]
        sums = zip(self, _added_up(gains.providers), _added_up(gains.commissioners), strict=True)
        for kept, own, common in sums:
            kept[:providers, cut] = own
            np.multiply.outer(contribution, common, out=kept[providers:, cut])


def along(contribution: Floats, providers: int, n: int, gains: Callable[[slice], Gains]) -> Paths:
    """The paths of n futures; `gains`: what the years of some of them bring."""
    found = Paths.of(providers + len(contribution), n)
    for cut in cuts(n):
        found.keep(cut, gains(cut), contribution)
    return found


def _added_up(years: Floats) -> tuple[Floats, Floats]:
    """The sum of years (T, ..., draws), and the lowest that it has been at the end of any."""
    total, lowest = years[0].copy(), years[0].copy()
    for year in years[1:]:
        total += year
        np.minimum(lowest, total, out=lowest)
    return total, lowest


def paths(scenario: Scenario, outcomes: Outcomes, scores: Scores) -> Paths:
    """Settles draws already made and keeps each partner's total and its lowest running sum."""
    agreed = terms(scenario)

    def gains(cut: slice) -> Gains:
        ledger = _settled(scenario, agreed, outcomes.cut(cut.start, cut.stop), scores.cut(cut.start, cut.stop))
        return Gains(ledger.gain, ledger.left)

    return along(agreed.contribution, len(scenario.providers), outcomes.costs.shape[-1], gains)


def yearly(scenario: Scenario, outcomes: Outcomes, scores: Scores, partner: int) -> Floats:
    """One partner's gain (+) or pain (-) in each year of each future, pounds, (T, n)."""
    n, agreed, providers = outcomes.costs.shape[-1], terms(scenario), len(scenario.providers)
    found = np.empty((len(agreed.target), n))
    for cut in cuts(n):
        ledger = _settled(scenario, agreed, outcomes.cut(cut.start, cut.stop), scores.cut(cut.start, cut.stop))
        gain = ledger.gain[:, partner] if partner < providers else ledger.commissioners[:, partner - providers]
        found[:, cut] = gain
    return found


def _settled(scenario: Scenario, agreed: Terms, part: Outcomes, scores: Scores) -> Ledger:
    """Some draws, at the prices that the contract follows, if it does."""
    return settle(agreed.at(part.prices) if scenario.baseline.reindexed else agreed, part.costs, scores)
