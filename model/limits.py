"""The most that each partner can lose, read off the contract's caps (model §4)."""

import numpy as np

from model.base import Floats
from model.contract import Bands
from model.scenario import Scenario
from model.settle import terms


def largest_losses(scenario: Scenario) -> Floats:
    """Pounds that each partner may lose at worst, providers then commissioners; shape (years, N), inf: uncapped.

    Years add up: the most over the term is the sum, since the worst year can come every year.
    """
    contract, share = terms(scenario), scenario.risk_share
    fee, target = contract.fee.sum(axis=1), contract.target.sum(axis=1)
    pool_target = (contract.target * contract.pooled).sum(axis=1)
    cost = _times(_most(share.pain_bands, pool_target), share.pain_modifier.largest)
    cost = np.minimum(cost, share.cost_pain_cap.pounds(fee, target))
    performance = share.performance.max_pain * share.performance.pool.pounds(fee, target)
    if not scenario.framework.kras:
        performance = np.zeros_like(performance)
    total = _times(np.minimum(cost + performance, share.total_pain_cap.pounds(fee, target)), contract.phase_in)
    providers = np.minimum(_times(total[:, None], contract.pain_split), contract.partner_cap)
    providers = np.where(contract.pooled < 1, np.inf, providers)
    commissioners = np.where(contract.contribution > 0, np.inf, 0.0)
    return np.hstack([providers, np.broadcast_to(commissioners, (len(target), len(commissioners)))])


def _most(bands: Bands, target: Floats) -> Floats:
    """The most that pain bands can ask of the providers, pounds per year."""
    total, start = np.zeros_like(target), 0.0
    for band in bands:
        if band.up_to is None:
            return np.full_like(target, np.inf) if band.share > 0 else total
        total = total + band.share * (band.up_to - start) * target
        start = band.up_to
    return total


def _times(pounds: Floats, factor: Floats | float) -> Floats:
    """A product in which nothing times unlimited is nothing."""
    with np.errstate(invalid="ignore"):
        return np.asarray(np.where(np.equal(factor, 0), 0.0, pounds * factor))
