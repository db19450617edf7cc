"""Who carries the risk: each partner's part of the alliance's good and bad years, beside what it might be (model §4).

Gain is positive, pain is negative; what is called a loss is stated as one. Draws on the last axis.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd

from model.base import Floats
from model.drivers import euler_parts
from model.points import batches
from model.scenario import Scenario
from model.simulate import Results
from model.statistics import standard_error, tail_mean
from model.tables import COMMISSIONERS, PROVIDERS, TERM, draws, partner_names
from model.terms import terms
from model.worth import certainty_equivalent

NOTHING = 0.5
"""Pounds. A whole that is smaller has no parts worth stating."""


def wilson_shares(tolerances: Floats) -> Floats:
    """The shares of a common risk that suit all best: in proportion to risk tolerance, (N,), adding up to 1.

    Borch 1962, Wilson 1968: with constant risk aversion no other split is worth more to all together.
    """
    if not (tolerances >= 0).all() or not tolerances.any():
        raise ValueError("risk tolerances must be zero or more, and at least one of them more")
    return np.asarray(tolerances / tolerances.sum())


def worth_to_each(gains: Floats, tolerances: Floats) -> Floats:
    """The sure sum that each partner's gains (N, n) are worth to it, (N,)."""
    return np.array([certainty_equivalent(own, held) for own, held in zip(gains, tolerances, strict=True)])


def largest_shares(pool: Floats, limits: Floats) -> Floats:
    """The largest share of a pool of gains (n,) with which each keeps its limit, (N,).

    `limits`: the most that each would lose on average in its worst 1 in 20, pounds. That loss is in proportion to the
    share, so limit ÷ loss of the whole pool. If they add up to less than 1, no linear split is acceptable to all, and
    one is as soon as all limits are 1 ÷ their sum as large. Infinite where the pool does not lose.
    """
    loss = float(tail_mean(np.sort(pool)))
    return np.asarray(limits / loss) if loss > 0 else np.full(len(limits), np.inf)


def carriers(results: Results, period: str = TERM) -> pd.DataFrame:
    """Every partner's part of the alliance's bad and good futures; partners down, each figure with its ' s.e.'.

    'loss': what it loses, on average, in the worst 1 in 20 of the whole alliance (Euler parts: they add up to the
    alliance's own loss there); 'gain': what it gains in the best 1 in 20. 'of the loss' and 'of the gain' are parts of
    the whole, NaN where the alliance does not lose, or gain. 'by reserves': the part it would have by its reserves.
    """
    names = partner_names(results.scenario)
    gains = draws(results, period)[names].to_numpy().T
    table = pd.DataFrame(index=pd.Index(names, name="partner"))
    for column, parts_of in (("loss", euler_parts), ("gain", best_parts)):
        every = [parts_of(gains), *(parts_of(gains[:, part]) for part in batches(gains.shape[-1]))]
        for name, found in ((column, every), (f"of the {column}", [_of_whole(parts) for parts in every])):
            table[name], table[f"{name} s.e."] = found[0], errors(found[1:])
    table["by reserves"] = _by_reserves(_reserves(results.scenario))
    return table


def best_parts(gains: Floats) -> Floats:
    """Each partner's part of the average gain of all together in their best 1 in 20, (N,); of gains (N, n)."""
    return euler_parts(-gains)


def _of_whole(parts: Floats) -> Floats:
    """Parts of their sum; NaN where that is next to nothing or less."""
    whole = parts.sum()
    return np.asarray(parts / whole) if whole >= NOTHING else np.full(len(parts), np.nan)


def errors(replicates: list[Floats]) -> Floats:
    """Standard errors of what was found of each replicate, (N,); NaN where that is not finite."""
    return np.array([standard_error(np.where(np.isfinite(found), found, np.nan)) for found in np.array(replicates).T])


def estimated(gains: Floats, statistic: Callable[[Floats], Floats]) -> tuple[Floats, Floats]:
    """A statistic (N,) of gains (..., n), and its standard errors from the replicates."""
    return statistic(gains), errors([statistic(gains[..., part]) for part in batches(gains.shape[-1])])


def _reserves(scenario: Scenario) -> Floats:
    """Free reserves of every partner, (N,); NaN where they are not stated."""
    held = [*(p.reserves for p in scenario.providers), *(c.reserves for c in scenario.commissioners)]
    return np.array(held, dtype=float)


def _by_reserves(reserves: Floats) -> Floats:
    """The best shares if reserves are risk tolerances; NaN for whom none are stated. With £0 all round, nobody's."""
    held = np.nan_to_num(reserves)
    return np.where(np.isnan(reserves), np.nan, wilson_shares(held) if held.any() else held)


def benchmark(results: Results, period: str = TERM) -> pd.DataFrame:
    """How providers share among themselves, beside shares in proportion to reserves; providers down.

    'share of gain' and 'share of pain' as the contract has them, means over the years of the period. 'worth': the
    sure sum that a provider's own gain or pain is worth to it, its reserves being its risk tolerance; 'best worth':
    that of its part by reserves of what providers have together. NaN for providers whose reserves are not stated.
    """
    scenario, labels = results.scenario, results.scenario.term.labels()
    rows = [labels.index(period)] if period in labels else slice(None)
    names, contract = [provider.name for provider in scenario.providers], terms(scenario)
    table = pd.DataFrame(index=pd.Index(names, name="provider"))
    table["share of gain"], table["share of pain"] = (
        split[rows].mean(axis=0) for split in (contract.gain_split, contract.pain_split)
    )
    reserves = _reserves(scenario)[: len(names)]
    stated, held = ~np.isnan(reserves), np.nan_to_num(reserves)
    table["by reserves"] = _by_reserves(reserves)
    gains = draws(results, period)[names].to_numpy().T
    best = np.outer(table["by reserves"].fillna(0.0), gains.sum(axis=0))
    for column, had in (("worth", gains), ("best worth", best)):
        worth, error = estimated(had, lambda part: worth_to_each(part, held))
        table[column] = np.where(stated, worth, np.nan)
        table[f"{column} s.e."] = np.where(stated, error, 0.0)
    return table


def room(results: Results, part: float, period: str = TERM) -> pd.DataFrame:
    """The largest shares of all that the alliance gains or loses if each risked such a part of its reserves.

    Partners whose reserves are stated down; 'limit' in pounds and 'largest share' with its ' s.e.'.
    """
    pool = draws(results, period)[[PROVIDERS, COMMISSIONERS]].to_numpy().sum(axis=1)
    limits = part * pd.Series(_reserves(results.scenario), pd.Index(partner_names(results.scenario), name="partner"))
    table = limits.dropna().to_frame("limit")
    held = table["limit"].to_numpy()
    table["largest share"], table["largest share s.e."] = estimated(pool, lambda some: largest_shares(some, held))
    return table
