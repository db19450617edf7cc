"""One year from outturn to payment, in contract order (model §2). The same for one year and a million draws."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np

from model.allocation import Basis
from model.amounts import Amount, Sum
from model.base import Bools, Floats
from model.contract import Modifier, RiskShare, providers_part
from model.framework import Scores
from model.scenario import Scenario

UNLIMITED = np.array(np.inf)


@dataclass(frozen=True)
class Terms:
    """The contract as numbers. T years, P providers, C commissioners."""

    risk_share: RiskShare
    target: Floats
    fee: Floats
    pooled: Floats
    gain_split: Floats
    pain_split: Floats
    partner_cap: Floats
    contribution: Floats
    phase_in: Floats

    def years(self, rows: list[int]) -> "Terms":
        """The same contract for some years only."""
        by_year = ("target", "fee", "gain_split", "pain_split", "partner_cap", "phase_in")
        return Terms(**vars(self) | {name: getattr(self, name)[rows] for name in by_year})


def terms(scenario: Scenario) -> Terms:
    """What `settle` needs of a scenario."""
    share, providers = scenario.risk_share, scenario.providers
    target, fee = scenario.target_cost(), scenario.fee()
    reserves = np.broadcast_to(np.array([p.reserves for p in providers]), target.shape)
    gain, pain = (
        np.broadcast_to(np.array(s), target.shape)
        for s in zip(*[(p.gain_share, p.pain_share) for p in providers], strict=True)
    )
    contribution = np.array([c.contribution for c in scenario.commissioners])
    phased = share.phase_in[: len(target)]
    return Terms(
        risk_share=share,
        target=target,
        fee=fee,
        pooled=np.array([p.pooled for p in providers]),
        gain_split=_to_one(share.gain_allocation.raw(Basis(gain, fee, target, reserves))),
        pain_split=_to_one(share.pain_allocation.raw(Basis(pain, fee, target, reserves))),
        partner_cap=np.column_stack([p.pain_cap.pounds(fee[:, i], target[:, i]) for i, p in enumerate(providers)]),
        contribution=contribution / contribution.sum(),
        phase_in=np.array([*phased, *[1.0] * (len(target) - len(phased))]),
    )


def _to_one(weights: Floats) -> Floats:
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))


class Line(NamedTuple):
    """One line of the ledger: its step in model §2 and whose it is."""

    step: int
    name: str
    title: str
    formula: str
    per: Literal["alliance", "provider", "commissioner"] = "alliance"


LINES = (
    Line(1, "saving", "Saving", "pooled target cost − pooled actual cost"),
    Line(2, "past_corridor", "Past the corridor", "what counts of the saving once the corridor is passed"),
    Line(3, "providers_part", "Providers' part by band", "Σ band share × layer of the saving"),
    Line(4, "modified", "After the modifier", "providers' part × multiplier at the performance score"),
    Line(5, "cost_component", "Cost component", "held within the caps on cost gain and cost pain"),
    Line(6, "performance_component", "Performance component", "pool × part earned at the performance score"),
    Line(7, "cost_after_gates", "Cost component after gates", "no gain where a gate has failed"),
    Line(7, "performance_after_gates", "Performance component after gates", "no gain where a gate has failed"),
    Line(8, "capped_total", "Total, capped", "cost + performance, held within the caps on the total"),
    Line(9, "phased", "After phase-in", "total × the year's phase-in"),
    Line(10, "allocated", "Allocated", "total × the provider's share of gain or pain", "provider"),
    Line(11, "limb3", "Gainshare or painshare (Limb 3)", "pain stops at the provider's cap", "provider"),
    Line(11, "excess", "Excess over partner caps", "borne by the commissioners"),
    Line(12, "own", "Outside the pool", "(1 − pooled) × (own target − own actual)", "provider"),
    Line(12, "result", "Provider's result", "fee + Limb 3 + outside the pool", "provider"),
    Line(12, "gain", "Provider's gain or pain", "result − fee at target", "provider"),
    Line(13, "commissioners", "Commissioners' gain or loss", "(saving − Σ Limb 3) × contribution", "commissioner"),
)
"""The lines of a ledger, in contract order."""


@dataclass(frozen=True)
class Ledger:
    """The settlement line by line, as `LINES` describes it, pounds; gain is positive, pain is negative.

    Alliance lines are (years, draws); lines per provider (years, P, draws), per commissioner (years, C, draws).
    Lines that thousands of draws seldom need are worked out when they are first read.
    """

    terms: Terms
    costs: Floats
    saving: Floats
    past_corridor: Floats
    providers_part: Floats
    modified: Floats
    cost_component: Floats
    performance_component: Floats
    cost_after_gates: Floats
    performance_after_gates: Floats
    capped_total: Floats
    phased: Floats
    allocated: Floats
    limb3: Floats

    @cached_property
    def uncapped_total(self) -> Floats:
        """What the caps on the total apply to, (years, draws)."""
        return self.cost_after_gates + self.performance_after_gates

    @cached_property
    def excess(self) -> Floats:
        return np.asarray((self.limb3 - self.allocated).sum(axis=1))

    @cached_property
    def own(self) -> Floats:
        return np.asarray((1 - self.terms.pooled[:, None]) * (self.terms.target[:, :, None] - self.costs))

    @cached_property
    def gain(self) -> Floats:
        return self.limb3 if (self.terms.pooled == 1).all() else self.limb3 + self.own

    @cached_property
    def result(self) -> Floats:
        return self.terms.fee[:, :, None] + self.gain

    @cached_property
    def together(self) -> Floats:
        """What the providers gain or bear together, (years, draws)."""
        return np.asarray(self._limb3 if self.gain is self.limb3 else self.gain.sum(axis=1))

    @cached_property
    def left(self) -> Floats:
        """What the commissioners gain or lose together, (years, draws)."""
        return np.asarray(self.saving - self._limb3)

    @cached_property
    def _limb3(self) -> Floats:
        return np.asarray(self.limb3.sum(axis=1))

    @cached_property
    def commissioners(self) -> Floats:
        return self.left[:, None] * self.terms.contribution[:, None]


def settle(terms: Terms, costs: Floats, scores: Scores) -> Ledger:
    """The ledger of every year and draw. `costs` is (years, P, draws) in pounds, `scores` from `score`.

    Σ providers' gain + Σ commissioners = Σ (target − actual), to a penny, always.
    """
    share = terms.risk_share
    pool_target = (terms.target * terms.pooled).sum(axis=1, keepdims=True)

    def pounds(amount: Amount | Sum) -> Floats:
        return amount.pounds(terms.fee.sum(axis=1, keepdims=True), terms.target.sum(axis=1, keepdims=True))

    saving = _saving(terms, costs)
    up = share.gain_corridor.past(np.maximum(saving, 0.0), pool_target)
    down = share.pain_corridor.past(np.maximum(-saving, 0.0), pool_target)
    gain = providers_part(share.gain_bands, up, pool_target)
    pain = providers_part(share.pain_bands, down, pool_target)
    modified = _modified(gain, share.gain_modifier, scores.ops) - _modified(pain, share.pain_modifier, scores.ops)
    cost = _held(modified, pounds(share.cost_pain_cap), pounds(share.cost_gain_cap))
    performance = pounds(share.performance.pool) * share.performance.part(scores.ops)
    cost_gated = _gated(cost, scores.no_cost_gain)
    performance_gated = _gated(performance, scores.no_performance_gain)
    capped = _held(cost_gated + performance_gated, pounds(share.total_pain_cap), pounds(share.total_gain_cap))
    phased = capped * terms.phase_in[:, None]
    allocated = _allocated(terms, phased)
    limb3 = _held(allocated, terms.partner_cap[:, :, None], UNLIMITED)
    return Ledger(
        terms=terms,
        costs=costs,
        saving=saving,
        past_corridor=up - down,
        providers_part=gain - pain,
        modified=modified,
        cost_component=cost,
        performance_component=performance,
        cost_after_gates=cost_gated,
        performance_after_gates=performance_gated,
        capped_total=capped,
        phased=phased,
        allocated=allocated,
        limb3=limb3,
    )


def _saving(terms: Terms, costs: Floats) -> Floats:
    """Σ pooled × (target − actual), (years, draws)."""
    saving = terms.target[:, :, None] - costs
    if (terms.pooled != 1).any():
        saving *= terms.pooled[:, None]
    return np.asarray(saving.sum(axis=1))


def _modified(amount: Floats, modifier: Modifier, ops: Floats) -> Floats:
    return amount if modifier.kind == "none" else amount * modifier.multiplier(ops)


def _held(amount: Floats, worst: Floats, best: Floats) -> Floats:
    """An amount held between the most that can be lost and gained; an infinite limit takes no time."""
    if np.isfinite(best).any():
        amount = np.minimum(amount, best)
    if np.isfinite(worst).any():
        amount = np.maximum(amount, -worst)
    return amount


def _gated(amount: Floats, failed: Bools) -> Floats:
    return np.where(failed, np.minimum(amount, 0.0), amount) if failed.any() else amount


def _allocated(terms: Terms, total: Floats) -> Floats:
    """Each provider's part of the total, (years, P, draws)."""
    gain, pain, total = terms.gain_split[:, :, None], terms.pain_split[:, :, None], total[:, None]
    return total * (gain if np.array_equal(gain, pain) else np.where(total >= 0, gain, pain))
