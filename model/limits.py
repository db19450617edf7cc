"""The most that each partner can lose, read off the contract's caps, at planned prices (model §4)."""

from collections.abc import Callable
from typing import Literal, NamedTuple

import numpy as np

from model.bands import Bands
from model.base import Floats
from model.contract import RiskShare
from model.portions import held_by_partner
from model.scenario import Scenario
from model.terms import Terms, terms

Side = Literal["gain", "pain"]


class Extremes(NamedTuple):
    """The most that the providers together gain, or bear: by year (years,), and on the totals of the term."""

    years: Floats
    term: float


def largest_losses(scenario: Scenario, rows: list[int]) -> Floats:
    """Pounds that each partner may lose at worst over these years together, providers then commissioners.

    Shape (N,); inf: uncapped. The worst year can come every year. Commissioners carry every saving and overspend of
    the pool without limit; where nothing is pooled and no fee grows they can lose only what they pay for performance.
    A fee on actual cost can be lost whole. All sums are at planned prices, which a contract may follow.
    """
    return losses_within(scenario)(rows)


def losses_within(scenario: Scenario, contract: Terms | None = None) -> Callable[[list[int]], Floats]:
    """`largest_losses` of a scenario, to be asked about several choices of years; `contract`: in place of its terms."""
    contract = terms(scenario) if contract is None else contract
    gain, pain = _most(contract, scenario, "gain"), _most(contract, scenario, "pain")
    return lambda rows: _largest(scenario, contract, gain, pain, rows)


def _largest(scenario: Scenario, contract: Terms, gain: Extremes, pain: Extremes, rows: list[int]) -> Floats:
    losses = {"yearly": _yearly, "carry_forward": _carried, "cumulative": _trued_up}[scenario.risk_share.basis.kind]
    found = losses(contract, gain, pain, rows)
    found = found + np.where(contract.fee_on_actual > 0, contract.fee, 0.0)[rows].sum(axis=0)
    found = np.where(contract.pooled < 1, np.inf, found)
    paid = np.inf
    if not contract.pool_target.any() and not contract.fee_on_actual.any():
        paid = gain.years[rows].sum()
        if scenario.risk_share.basis.kind == "cumulative" and len(gain.years) - 1 in rows:
            paid = gain.term + np.delete(pain.years, rows).sum()
    return np.append(found, _times(np.full(len(contract.contribution), paid), contract.contribution))


def _yearly(contract: Terms, gain: Extremes, pain: Extremes, rows: list[int]) -> Floats:
    found = [_borne(contract, t, pain.years[t], contract.pain_cap[t]) for t in rows]
    return np.asarray(np.sum(found, axis=0))


def _carried(contract: Terms, gain: Extremes, pain: Extremes, rows: list[int]) -> Floats:
    """Pain falls due in the last year only, that of all years at once."""
    last, basis = len(pain.years) - 1, contract.risk_share.basis
    if last not in rows or (basis.kind == "carry_forward" and basis.rest == "written off"):
        return np.zeros(contract.target.shape[1])
    return _borne(contract, last, pain.years.sum(), contract.term_pain_cap)


def _trued_up(contract: Terms, gain: Extremes, pain: Extremes, rows: list[int]) -> Floats:
    """The last year makes up the term, so it may also take back what the years left out here paid."""
    last = len(pain.years) - 1
    if last not in rows:
        return _yearly(contract, gain, pain, rows)
    shared = np.ones_like(contract.gain_split)
    if contract.risk_share.over_partner_caps == "commissioners":
        shared = contract.gain_split
    paid = np.minimum(contract.gain_cap, _times(gain.years[:, None], shared))
    return _borne(contract, last, pain.term, contract.term_pain_cap) + np.delete(paid, rows, axis=0).sum(axis=0)


def _borne(contract: Terms, t: int, pain: float, caps: Floats) -> Floats:
    """What each provider bears of so much pain in a year, (P,)."""
    split = contract.pain_split[t]
    if np.isfinite(pain):
        one = -(pain * split)[None, :, None]
        held = held_by_partner(contract, slice(t, t + 1), one, contract.gain_cap[[t], :, None], caps[None, :, None])
        return np.asarray(-held[0, :, 0])
    return np.where(split > 0, caps, 0.0)


def _most(contract: Terms, scenario: Scenario, side: Side) -> Extremes:
    """The most that the providers together gain or bear, before it is split."""
    share, limits, weight = contract.risk_share, contract.limits, contract.phase_in
    bands, modifier = (
        (share.gain_bands, max(share.gain_modifier.largest, 1.0))
        if side == "gain"
        else (share.pain_bands, share.pain_modifier.largest)
    )
    cost = _times(_outermost(bands, contract.pool_target[:, 0]), modifier)
    performance = contract.pounds(share.performance.pool)[:, 0] * _best_part(scenario, side)
    cost_cap, total_cap = (
        (limits.cost_gain, limits.total_gain) if side == "gain" else (limits.cost_pain, limits.total_pain)
    )
    never = contract.one_sided & (side == "pain")
    performance = np.where(never, 0.0, performance)
    by_year = _capped(share, side, np.where(never, 0.0, cost), performance, cost_cap[:, 0], total_cap[:, 0])
    summed = [_times(pounds, weight).sum() for pounds in (cost, performance, cost_cap[:, 0], total_cap[:, 0])]
    if never.all():
        summed[0] = 0.0
    return Extremes(_times(by_year, weight), float(_capped(share, side, *summed)))


def _best_part(scenario: Scenario, side: Side) -> float:
    """The largest part of the pool that is gained or lost; without KPIs, that at a score of 0."""
    performance = scenario.risk_share.performance
    if scenario.framework.kras:
        return performance.max_gain if side == "gain" else performance.max_pain
    part = float(performance.part(np.zeros(1))[0])
    return max(part if side == "gain" else -part, 0.0)


def _capped(
    share: RiskShare,
    side: Side,
    cost: Floats | float,
    performance: Floats | float,
    cost_cap: Floats | float,
    total_cap: Floats | float,
) -> Floats:
    """Cost after haircut and cap, with performance, within the cap on the total."""
    kept = 1.0 - share.haircut if side == "gain" else 1.0
    if share.haircut_order == "after the cap":
        held = _times(np.minimum(cost, cost_cap), kept)
    else:
        held = np.minimum(_times(cost, kept), cost_cap)
    return np.asarray(np.minimum(held + performance, total_cap))


def _outermost(bands: Bands, target: Floats) -> Floats:
    """The most that bands can give or ask, pounds per year; nothing where nothing is pooled."""
    total, start = np.zeros_like(target), np.zeros_like(target)
    for band in bands:
        end = band.ends(target)
        total = total + _times(end - start, band.share)
        start = end
    return np.where(target > 0, total, 0.0)


def _times(pounds: Floats | float, factor: Floats | float) -> Floats:
    """A product in which nothing times unlimited is nothing."""
    with np.errstate(invalid="ignore"):
        product = np.multiply(pounds, factor)
    return np.asarray(np.where(np.equal(factor, 0) | np.equal(pounds, 0), 0.0, product))
