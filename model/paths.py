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
    """Every future of N partners, providers first, pounds, (N, n); of one of them `at` its number, (n,)."""

    total: Floats
    """Gain (+) or pain (-) over the term."""
    lowest: Floats
    """The lowest that the running sum has been at the end of any year."""
    least: Floats | None
    """The gain or pain of the year in which that is least; None where nobody limits what it may lose in one year."""

    @classmethod
    def of(cls, scenario: Scenario, n: int) -> "Paths":
        """Room for the paths of n futures."""
        shape = (len(scenario.providers) + len(scenario.commissioners), n)
        return cls(np.empty(shape), np.empty(shape), np.empty(shape) if asks_of_a_year(scenario) else None)

    def at(self, partner: int, some: slice = slice(None)) -> "Paths":
        """Those of one partner, in some futures."""
        total, lowest, least = self
        return Paths(total[partner, some], lowest[partner, some], None if least is None else least[partner, some])

    def keep(self, cut: slice, gains: Gains, contribution: Floats) -> None:
        """Adds up what the years of some draws bring; `contribution`: each commissioner's part."""
        providers = gains.providers.shape[1]
        found = list(zip(self[:2], _added_up(gains.providers), _added_up(gains.commissioners), strict=True))
        if self.least is not None:
            found.append((self.least, gains.providers.min(axis=0), gains.commissioners.min(axis=0)))
        for kept, own, common in found:
            kept[:providers, cut] = own
            np.multiply.outer(contribution, common, out=kept[providers:, cut])


def along(scenario: Scenario, contribution: Floats, n: int, gains: Callable[[slice], Gains]) -> Paths:
    """The paths of n futures; `gains`: what the years of some of them bring."""
    found = Paths.of(scenario, n)
    for cut in cuts(n):
        found.keep(cut, gains(cut), contribution)
    return found


def asks_of_a_year(scenario: Scenario) -> bool:
    """Whether any partner limits what it may lose in one year; no word does."""
    appetites = [*(one.appetite for one in scenario.providers), *(one.appetite for one in scenario.commissioners)]
    return any(one.kind == "pounds" and one.year_loss is not None for one in appetites)


def _added_up(years: Floats) -> tuple[Floats, Floats]:
    """The sum of years (T, ..., draws), and the lowest that it has been at the end of any."""
    total, lowest = years[0].copy(), years[0].copy()
    for year in years[1:]:
        total += year
        np.minimum(lowest, total, out=lowest)
    return total, lowest


def paths(scenario: Scenario, outcomes: Outcomes, scores: Scores) -> Paths:
    """Settles draws already made and keeps each partner's total, lowest running sum and, if asked, least year."""
    agreed = terms(scenario)

    def gains(cut: slice) -> Gains:
        ledger = _settled(scenario, agreed, outcomes.cut(cut.start, cut.stop), scores.cut(cut.start, cut.stop))
        return Gains(ledger.gain, ledger.left)

    return along(scenario, agreed.contribution, outcomes.costs.shape[-1], gains)


def yearly(scenario: Scenario, outcomes: Outcomes, scores: Scores, *partners: int) -> Floats:
    """What one partner, or several between them, gain (+) or bear (-) in each year of each future, pounds, (T, n)."""
    n, agreed = outcomes.costs.shape[-1], terms(scenario)
    found = np.empty((len(agreed.target), n))
    for cut in cuts(n):
        ledger = _settled(scenario, agreed, outcomes.cut(cut.start, cut.stop), scores.cut(cut.start, cut.stop))
        found[:, cut] = np.sum([_of(ledger, one) for one in partners], axis=0)
    return found


def _of(ledger: Ledger, partner: int) -> Floats:
    """One partner's gain or pain, (T, draws)."""
    providers = ledger.gain.shape[1]
    return ledger.gain[:, partner] if partner < providers else ledger.commissioners[:, partner - providers]


def extremes(scenario: Scenario, outcomes: Outcomes, scores: Scores) -> tuple[Floats, Floats]:
    """Each partner's gain or pain in its worst and in its best year of each future, pounds, each (N, n)."""
    agreed, providers = terms(scenario), len(scenario.providers)
    worst, best = (np.empty((providers + len(scenario.commissioners), outcomes.costs.shape[-1])) for _ in range(2))
    for cut in cuts(outcomes.costs.shape[-1]):
        ledger = _settled(scenario, agreed, outcomes.cut(cut.start, cut.stop), scores.cut(cut.start, cut.stop))
        for found, most in ((worst, np.min), (best, np.max)):
            found[:providers, cut] = most(ledger.gain, axis=0)
            np.multiply.outer(agreed.contribution, most(ledger.left, axis=0), out=found[providers:, cut])
    return worst, best


def _settled(scenario: Scenario, agreed: Terms, part: Outcomes, scores: Scores) -> Ledger:
    """Some draws, at the prices that the contract follows, if it does."""
    return settle(agreed.at(part.prices) if scenario.baseline.reindexed else agreed, part.costs, scores)
