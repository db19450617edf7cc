"""The contract as numbers: what `settle` needs of a scenario."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from model.allocation import Basis
from model.amounts import Amount, Sum
from model.base import Bools, Floats
from model.contract import RiskShare
from model.scenario import Scenario


class Limits(NamedTuple):
    """The caps on what the providers gain or bear together, pounds, (years, 1); infinite where there is none."""

    cost_gain: Floats
    cost_pain: Floats
    total_gain: Floats
    total_pain: Floats


@dataclass(frozen=True)
class Terms:
    """T years, P providers, C commissioners; pounds and fractions."""

    risk_share: RiskShare
    target: Floats
    """(T, P)"""
    fee: Floats
    """Fee at target, (T, P)."""
    fee_on_actual: Floats
    """Part of each pound spent over target by which the fee grows; 0 where it is fixed. (P,)"""
    pooled: Floats
    gain_split: Floats
    """(T, P), as are the next three; each year adds up to 1."""
    pain_split: Floats
    gain_cap: Floats
    pain_cap: Floats
    term_gain_cap: Floats
    """Each provider's caps of all years of the term together, (P,)."""
    term_pain_cap: Floats
    contribution: Floats
    phase_in: Floats
    one_sided: Bools
    """Years in which no pain is shared, (T,)."""
    last: Bools
    """The last year of the term, (T,)."""

    def years(self, rows: list[int]) -> "Terms":
        """The same contract for some years only."""
        by_year = ("target", "fee", "gain_split", "pain_split", "gain_cap", "pain_cap", "phase_in", "one_sided", "last")
        return Terms(**vars(self) | {name: getattr(self, name)[rows] for name in by_year})

    @property
    def pool_target(self) -> Floats:
        """Target cost of the pooled parts, (T, 1)."""
        return np.asarray((self.target * self.pooled).sum(axis=1, keepdims=True))

    def pounds(self, amount: Amount | Sum) -> Floats:
        """An amount in each year, (T, 1)."""
        return amount.pounds(self.fee.sum(axis=1, keepdims=True), self.target.sum(axis=1, keepdims=True))

    @property
    def limits(self) -> Limits:
        """The caps of each year."""
        share = self.risk_share
        caps = (share.cost_gain_cap, share.cost_pain_cap, share.total_gain_cap, share.total_pain_cap)
        return Limits(*(self.pounds(cap) for cap in caps))


def terms(scenario: Scenario) -> Terms:
    """The contract over the scenario's years."""
    years = scenario.term.horizon
    given = scenario.risk_share.phase_in[:years]
    phase_in = np.array([*given, *[1.0] * (years - len(given))])
    return _terms(scenario, scenario.target_cost(), phase_in, np.arange(years) < scenario.risk_share.one_sided_years)


def terms_for(scenario: Scenario, target: Floats) -> Terms:
    """The contract in full effect on other target costs, (years, P): no phase-in, no one-sided years."""
    years = len(target)
    return _terms(scenario, target, np.ones(years), np.zeros(years, dtype=bool))


def _terms(scenario: Scenario, target: Floats, phase_in: Floats, one_sided: Bools) -> Terms:
    share, providers = scenario.risk_share, scenario.providers
    rates = np.array([p.fee_rate for p in providers])
    fee = target * rates
    reserves = np.broadcast_to(np.array([p.reserves for p in providers]), target.shape)
    gain, pain = (
        np.broadcast_to(np.array(s), target.shape)
        for s in zip(*[(p.gain_share, p.pain_share) for p in providers], strict=True)
    )
    gain_cap, pain_cap = (
        np.column_stack([cap.pounds(fee[:, i], target[:, i]) for i, cap in enumerate(caps)])
        for caps in ([p.gain_cap for p in providers], [p.pain_cap for p in providers])
    )
    contribution = np.array([c.contribution for c in scenario.commissioners])
    return Terms(
        risk_share=share,
        target=target,
        fee=fee,
        fee_on_actual=np.where([p.fee_on == "actual cost" for p in providers], rates, 0.0),
        pooled=np.array([p.pooled for p in providers]),
        gain_split=_to_one(share.gain_allocation.raw(Basis(gain, fee, target, reserves))),
        pain_split=_to_one(share.pain_allocation.raw(Basis(pain, fee, target, reserves))),
        gain_cap=gain_cap,
        pain_cap=pain_cap,
        term_gain_cap=gain_cap.sum(axis=0),
        term_pain_cap=pain_cap.sum(axis=0),
        contribution=contribution / contribution.sum(),
        phase_in=phase_in,
        one_sided=one_sided,
        last=np.arange(len(target)) == len(target) - 1,
    )


def _to_one(weights: Floats) -> Floats:
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))
