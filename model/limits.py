"""The most that each partner can lose, read off the contract's caps (model §4)."""

import numpy as np

from model.bands import Bands
from model.base import Floats
from model.scenario import Scenario
from model.settle import held_by_partner
from model.terms import Terms, terms


def largest_losses(scenario: Scenario, rows: list[int]) -> Floats:
    """Pounds that each partner may lose at worst over these years together, providers then commissioners.

    Shape (N,); inf: uncapped. The worst year can come every year. Commissioners carry every saving and overspend of
    the pool without limit; where nothing is pooled and no fee grows they can lose only what they pay for performance.
    """
    contract = terms(scenario)
    providers = {"yearly": _yearly, "carry_forward": _carried, "cumulative": _trued_up}[scenario.risk_share.basis.kind]
    found = providers(contract, _most(contract, scenario, "pain"), _most(contract, scenario, "gain"), rows)
    found = found + np.where(contract.fee_on_actual > 0, contract.fee, 0.0)[rows].sum(axis=0)
    found = np.where(contract.pooled < 1, np.inf, found)
    unlimited = contract.pool_target.any() or contract.fee_on_actual.any()
    paid = np.inf if unlimited else _most(contract, scenario, "gain")[rows].sum()
    return np.append(found, _times(np.full(len(contract.contribution), paid), contract.contribution))


def _yearly(contract: Terms, pain: Floats, gain: Floats, rows: list[int]) -> Floats:
    return np.asarray(_each_year(contract, pain)[rows].sum(axis=0))


def _carried(contract: Terms, pain: Floats, gain: Floats, rows: list[int]) -> Floats:
    """Pain falls due in the last year only, that of all years at once."""
    last = len(pain) - 1
    rest = contract.risk_share.basis
    if last not in rows or (rest.kind == "carry_forward" and rest.rest == "written off"):
        return np.zeros(contract.target.shape[1])
    return _at(contract, last, pain.sum(), contract.term_caps[1])


def _trued_up(contract: Terms, pain: Floats, gain: Floats, rows: list[int]) -> Floats:
    """The last year may also take back what earlier years paid."""
    last, caps = len(pain) - 1, contract.term_caps[1]
    if last not in rows:
        return _yearly(contract, pain, gain, rows)
    splits = np.vstack([contract.gain_split, contract.pain_split])
    everything = len(rows) == len(pain)
    if everything and (splits == splits[0]).all():
        return _at(contract, last, pain.sum(), caps)
    before = [t for t in rows if t != last]
    taken_back = _at(contract, last, pain.sum() + gain[:-1].sum(), np.full_like(caps, np.inf))
    own = caps if everything else caps + np.minimum(contract.gain_cap[:-1].sum(axis=0), gain[:-1].sum())
    return np.minimum(_yearly(contract, pain, gain, before) + taken_back, own)


def _each_year(contract: Terms, pain: Floats) -> Floats:
    """Each provider's part of the most that all can bear, (years, P)."""
    return np.stack([_at(contract, t, pain[t], contract.pain_cap[t]) for t in range(len(pain))])


def _at(contract: Terms, t: int, pain: float, caps: Floats) -> Floats:
    """What each provider bears of so much pain in a year, (P,)."""
    split = contract.pain_split[t]
    if np.isfinite(pain):
        one = -(pain * split)[None, :, None]
        return np.asarray(-held_by_partner(contract, slice(t, t + 1), one, contract.gain_cap[[t]], caps[None])[0, :, 0])
    return np.where(split > 0, caps, 0.0)


def _most(contract: Terms, scenario: Scenario, side: str) -> Floats:
    """The most that the providers together gain ('gain') or bear ('pain') in each year, pounds, (years,)."""
    share, limits = contract.risk_share, contract.limits
    pool = contract.pounds(share.performance.pool)[:, 0] if scenario.framework.kras else 0.0
    if side == "pain":
        bands, modifier, part = share.pain_bands, share.pain_modifier, share.performance.max_pain
        cost_cap, total_cap, kept = limits.cost_pain, limits.total_pain, 1.0
    else:
        bands, modifier, part = share.gain_bands, share.gain_modifier, share.performance.max_gain
        cost_cap, total_cap, kept = limits.cost_gain, limits.total_gain, 1.0 - share.haircut
    cost = _times(_outermost(bands, contract.pool_target[:, 0]), max(modifier.largest, 1.0 if side == "gain" else 0.0))
    if share.haircut_order == "after the cap":
        cost = _times(np.minimum(cost, cost_cap[:, 0]), kept)
    else:
        cost = np.minimum(_times(cost, kept), cost_cap[:, 0])
    total = _times(np.minimum(cost + part * pool, total_cap[:, 0]), contract.phase_in)
    return np.where(contract.one_sided, 0.0, total) if side == "pain" else total


def _outermost(bands: Bands, target: Floats) -> Floats:
    """The most that bands can give or ask, pounds per year."""
    total, start = np.zeros_like(target), np.zeros_like(target)
    for band in bands:
        end = band.ends(target)
        total = total + _times(end - start, band.share)
        start = end
    return total


def _times(pounds: Floats, factor: Floats | float) -> Floats:
    """A product in which nothing times unlimited is nothing."""
    with np.errstate(invalid="ignore"):
        return np.asarray(np.where(np.equal(factor, 0) | np.equal(pounds, 0), 0.0, pounds * factor))
