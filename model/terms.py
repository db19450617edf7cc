"""The contract as numbers: what `settle` needs of a scenario."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np

from model.allocation import Basis
from model.amounts import Amount, Sum
from model.bands import End, ends
from model.base import Bools, Floats
from model.contract import RiskShare
from model.scenario import Scenario

WHOLE = 1e-12
"""Shares that miss 1 by less than this are all of it."""


class Limits(NamedTuple):
    """The caps on what the providers gain or bear together, pounds, (years, 1); infinite where there is none."""

    cost_gain: Floats
    cost_pain: Floats
    total_gain: Floats
    total_pain: Floats


BY_YEAR = (
    *("target", "fee", "gain_split", "pain_split", "gain_cap", "pain_cap"),
    *("phase_in", "one_sided", "last", "prices"),
)
"""What `Terms` has a row for each year of."""


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
    """Each provider's caps of all years of the term together, at planned prices, (P,)."""
    term_pain_cap: Floats
    contribution: Floats
    phase_in: Floats
    one_sided: Bools
    """Years in which no pain is shared, (T,)."""
    last: Bools
    """The last year of the term, (T,)."""
    prices: Floats
    """Index that target costs, fees, caps and bands follow: 1 as planned, (T, 1) or (T, draws)."""

    def years(self, rows: list[int]) -> "Terms":
        """The same contract for some years only."""
        return replace(self, **{name: getattr(self, name)[rows] for name in BY_YEAR})

    def at(self, prices: Floats) -> "Terms":
        """The same contract at other prices than planned, (T, 1) or (T, draws): all its sums follow them."""
        return replace(self, prices=prices)

    @cached_property
    def pool_target(self) -> Floats:
        """Target cost of the pooled parts, (T, 1) or (T, draws)."""
        return np.asarray((self.target * self.pooled).sum(axis=1, keepdims=True) * self.prices)

    def priced(self, planned: Floats) -> Floats:
        """Pounds at planned prices, (T, P), in those of each year and draw: (T, P, 1) or (T, P, draws)."""
        return np.asarray(planned[:, :, None] * self.prices[:, None])

    def pounds(self, amount: Amount | Sum) -> Floats:
        """An amount in each year, (T, 1) or (T, draws)."""
        planned = amount.pounds(self.fee.sum(axis=1, keepdims=True), self.target.sum(axis=1, keepdims=True))
        return np.asarray(planned * self.prices)

    @cached_property
    def term_caps(self) -> tuple[Floats, Floats]:
        """Each provider's caps on gain and pain of all years of the term together, (1, P, 1) or (1, P, draws)."""
        return self._of_term(self.gain_cap, self.term_gain_cap), self._of_term(self.pain_cap, self.term_pain_cap)

    @cached_property
    def partner_caps(self) -> tuple[Floats, Floats]:
        """Each provider's caps on gain and pain in each year, (T, P, 1) or (T, P, draws).

        A last year that makes up the term holds the whole term within all years' caps together. Pain carried forward
        to the last year has the pain caps of all years together.
        """
        gain, pain, basis = self.priced(self.gain_cap), self.priced(self.pain_cap), self.risk_share.basis.kind
        if self.last.any() and basis == "cumulative":
            gain[-1:], pain[-1:] = self.term_caps
        elif self.last.any() and basis == "carry_forward":
            pain[-1:] = self.term_caps[1]
        return gain, pain

    @cached_property
    def caps_reached(self) -> tuple[Floats, Floats]:
        """The least gain and pain due at which a provider's part reaches its cap, (T, 1) or (T, draws)."""
        splits = (self.gain_split, self.pain_split)
        gain, pain = (_reached(split, cap) for split, cap in zip(splits, self.partner_caps, strict=True))
        return gain, pain

    @cached_property
    def nearest_caps(self) -> tuple[Floats, Floats]:
        """The least of `caps_reached` in each year, (T,)."""
        best, worst = self.caps_reached
        return best.min(axis=1), worst.min(axis=1)

    @cached_property
    def band_ends(self) -> tuple[tuple[End, ...], tuple[End, ...]]:
        """Where the bands of gain end, and those of pain."""
        share = self.risk_share
        gain, pain = (ends(bands, self.pool_target, self.prices) for bands in (share.gain_bands, share.pain_bands))
        return gain, pain

    @cached_property
    def least_payable(self) -> Floats | None:
        """No pain in a one-sided year, (T, 1); None where no year is."""
        return np.where(self.one_sided, 0.0, -np.inf)[:, None] if self.one_sided.any() else None

    @cached_property
    def counts_fully(self) -> bool:
        """Whether the phase-in leaves every year whole."""
        return bool((self.phase_in == 1).all())

    @cached_property
    def pools_all(self) -> bool:
        """Whether all costs of all providers are pooled."""
        return bool((self.pooled == 1).all())

    @cached_property
    def fees_fixed(self) -> bool:
        """Whether no fee grows with what is spent."""
        return not self.fee_on_actual.any()

    @cached_property
    def splits_alike(self) -> bool:
        """Whether gain and pain are split alike."""
        return np.array_equal(self.gain_split, self.pain_split)

    @cached_property
    def splits_whole(self) -> bool:
        """Whether each year's splits are all of what is due."""
        return bool(np.abs(np.stack([self.gain_split, self.pain_split]).sum(axis=-1) - 1).max() < WHOLE)

    def _of_term(self, by_year: Floats, term: Floats) -> Floats:
        dearer = np.where(np.isfinite(by_year), by_year, 0.0)[:, :, None] * (self.prices - 1)[:, None]
        return np.asarray(term[None, :, None] + dearer.sum(axis=0, keepdims=True))

    @cached_property
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


def priced(scenario: Scenario, prices: Floats) -> Terms:
    """The contract over the scenario's years; at these prices, (T, 1) or (T, draws), if it follows them."""
    return terms(scenario).at(prices) if scenario.baseline.reindexed else terms(scenario)


def terms_for(scenario: Scenario, target: Floats) -> Terms:
    """The contract in full effect on other target costs, (years, P): no phase-in, no one-sided years."""
    years = len(target)
    return _terms(scenario, target, np.ones(years), np.zeros(years, dtype=bool))


def _terms(scenario: Scenario, target: Floats, phase_in: Floats, one_sided: Bools) -> Terms:
    share, providers = scenario.risk_share, scenario.providers
    rates = np.array([p.fee_rate for p in providers])
    fee = target * rates
    reserves = np.broadcast_to(np.array([p.reserves or 0.0 for p in providers]), target.shape)
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
        prices=np.ones((len(target), 1)),
    )


def _reached(split: Floats, cap: Floats) -> Floats:
    parts = np.broadcast_to(split[:, :, None], cap.shape)
    return np.asarray(np.divide(cap, parts, out=np.full(cap.shape, np.inf), where=parts > 0).min(axis=1))


def _to_one(weights: Floats) -> Floats:
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))
