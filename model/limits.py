"""The most that each partner can lose, read off the contract's caps (model §4)."""

import numpy as np

from model.base import Floats
from model.contract import Bands
from model.scenario import Scenario
from model.settle import terms


def largest_losses(scenario: Scenario) -> Floats:
    """Pounds that each partner may lose at worst, providers then commissioners; shape (years, N), inf: uncapped.

    Commissioners carry every saving and overspend of the pool without limit; where nothing is pooled they can lose
    only what they pay for performance. Years add up: the worst year can come every year.
    """
    contract, share = terms(scenario), scenario.risk_share
    fee, target = contract.fee.sum(axis=1), contract.target.sum(axis=1)
    pool_target = (contract.target * contract.pooled).sum(axis=1)
    cost = _times(_most(share.pain_bands, pool_target), share.pain_modifier.largest)
    cost = np.minimum(cost, share.cost_pain_cap.pounds(fee, target))
    pool = share.performance.pool.pounds(fee, target) if scenario.framework.kras else np.zeros_like(fee)
    performance = share.performance.max_pain * pool
    total = _times(np.minimum(cost + performance, share.total_pain_cap.pounds(fee, target)), contract.phase_in)
    providers = np.minimum(_times(total[:, None], contract.pain_split), contract.partner_cap)
    providers = np.where(contract.pooled < 1, np.inf, providers)
    reward = np.minimum(share.performance.max_gain * pool, share.total_gain_cap.pounds(fee, target)) * contract.phase_in
    paid = np.where(pool_target > 0, np.inf, reward)
    return np.hstack([providers, _times(paid[:, None], contract.contribution)])


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
