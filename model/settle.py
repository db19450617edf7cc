"""One year from outturn to payment, in contract order (model §2). The same for one year and a million draws."""

from dataclasses import dataclass, field

import numpy as np

from model.amounts import Amount
from model.base import Floats
from model.contract import Basis, RiskShare, providers_part
from model.framework import Scores
from model.scenario import Scenario


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


def _line(step: int, title: str, formula: str, per: str = "alliance") -> Floats:
    """One line of the ledger, with its step in model §2."""
    line: Floats = field(metadata={"step": step, "title": title, "formula": formula, "per": per})
    return line


@dataclass(frozen=True)
class Ledger:
    """The settlement line by line, pounds; gain is positive, pain is negative.

    Alliance lines are (years, draws); lines per provider (years, P, draws), per commissioner (years, C, draws).
    """

    saving: Floats = _line(1, "Saving", "pooled target cost − pooled actual cost")
    past_corridor: Floats = _line(2, "Past the corridor", "what counts of the saving once the corridor is passed")
    providers_part: Floats = _line(3, "Providers' part by band", "Σ band share × layer of the saving")
    modified: Floats = _line(4, "After the modifier", "providers' part × multiplier at the performance score")
    cost_component: Floats = _line(5, "Cost component", "held within the caps on cost gain and cost pain")
    performance_component: Floats = _line(6, "Performance component", "pool × part earned at the performance score")
    cost_after_gates: Floats = _line(7, "Cost component after gates", "no gain where a gate has failed")
    performance_after_gates: Floats = _line(7, "Performance component after gates", "no gain where a gate has failed")
    capped_total: Floats = _line(8, "Total, capped", "cost + performance, held within the caps on the total")
    phased: Floats = _line(9, "After phase-in", "total × the year's phase-in")
    allocated: Floats = _line(10, "Allocated", "total × the provider's share of gain or pain", "provider")
    limb3: Floats = _line(11, "Gainshare or painshare (Limb 3)", "pain stops at the provider's cap", "provider")
    excess: Floats = _line(11, "Excess over partner caps", "borne by the commissioners")
    own: Floats = _line(12, "Outside the pool", "(1 − pooled) × (own target − own actual)", "provider")
    result: Floats = _line(12, "Provider's result", "fee + Limb 3 + outside the pool", "provider")
    gain: Floats = _line(12, "Provider's gain or pain", "result − fee at target", "provider")
    commissioners: Floats = _line(
        13, "Commissioners' gain or loss", "(saving − Σ Limb 3) × contribution", "commissioner"
    )

    def uncapped_total(self) -> Floats:
        """What the caps on the total apply to, (years, draws)."""
        return self.cost_after_gates + self.performance_after_gates


def settle(terms: Terms, costs: Floats, scores: Scores) -> Ledger:
    """The ledger of every year and draw. `costs` is (years, P, draws) in pounds, `scores` from `score`.

    Σ providers' gain + Σ commissioners = Σ (target − actual), to a penny, always.
    """
    share = terms.risk_share
    target = terms.target[:, :, None]
    pooled = terms.pooled[:, None]
    pool_target = (target * pooled).sum(axis=1)
    fee_total, target_total = terms.fee.sum(axis=1), terms.target.sum(axis=1)

    def cap(amount: Amount) -> Floats:
        return amount.pounds(fee_total, target_total)[:, None]

    saving = ((target - costs) * pooled).sum(axis=1)
    up = share.gain_corridor.past(np.maximum(saving, 0.0), pool_target)
    down = share.pain_corridor.past(np.maximum(-saving, 0.0), pool_target)
    gain = providers_part(share.gain_bands, up, pool_target)
    pain = providers_part(share.pain_bands, down, pool_target)
    gain_modified = gain * share.gain_modifier.multiplier(scores.ops)
    pain_modified = pain * share.pain_modifier.multiplier(scores.ops)
    modified = gain_modified - pain_modified
    cost = np.clip(modified, -cap(share.cost_pain_cap), cap(share.cost_gain_cap))
    performance = cap(share.performance.pool) * share.performance.part(scores.ops)
    cost_gated = np.where(scores.no_cost_gain, np.minimum(cost, 0.0), cost)
    performance_gated = np.where(scores.no_performance_gain, np.minimum(performance, 0.0), performance)
    capped = np.clip(cost_gated + performance_gated, -cap(share.total_pain_cap), cap(share.total_gain_cap))
    phased = capped * terms.phase_in[:, None]
    total = phased[:, None]
    split = np.where(total >= 0, terms.gain_split[:, :, None], terms.pain_split[:, :, None])
    allocated = total * split
    limb3 = np.maximum(allocated, -terms.partner_cap[:, :, None])
    own = (1 - pooled) * (target - costs)
    change = limb3 + own
    return Ledger(
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
        excess=(limb3 - allocated).sum(axis=1),
        own=own,
        result=terms.fee[:, :, None] + change,
        gain=change,
        commissioners=(saving - limb3.sum(axis=1))[:, None] * terms.contribution[:, None],
    )
