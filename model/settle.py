"""One year from outturn to payment, in contract order (model §2). The same for one year and a million draws."""

from typing import NamedTuple

import numpy as np

from model.bands import providers_part
from model.base import PENNY, Bools, Floats
from model.contract import RiskShare
from model.ledger import Ledger
from model.modifiers import Modifier
from model.scores import Scores
from model.terms import Limits, Terms

NOTHING = np.zeros((1, 1))


def settle(
    terms: Terms, costs: Floats, scores: Scores, relief: Floats = NOTHING, brought_forward: float = 0.0
) -> Ledger:
    """The ledger of every year and draw. `costs` is (years, P, draws) in pounds, `scores` from `score`.

    `relief`: pounds by which events agreed as relief reduce the pain on cost, (years, 1). `brought_forward`: pain,
    as pounds ≥ 0, carried forward from years before the first one here.

    Σ providers' (result − fee at target) + Σ commissioners = Σ (target − actual), to a penny, always.
    """
    share, limits = terms.risk_share, terms.limits
    saving = _saving(terms, costs)
    cost = _cost(share, saving, terms.pool_target, limits, scores, relief)
    performance = _performance(terms, scores)
    cost_after_gates = _payable(cost.component + cost.relief, scores.no_cost_gain, terms.one_sided)
    performance_after_gates = _payable(performance, scores.no_performance_gain, terms.one_sided)
    capped = _held(cost_after_gates + performance_after_gates, limits.total_pain, limits.total_gain)
    phased = capped * terms.phase_in[:, None]
    due = phased
    if share.basis.kind == "carry_forward":
        due = _carried_forward(phased, terms.last, brought_forward, share.basis.rest == "due")
    elif share.basis.kind == "cumulative" and terms.last.any():
        due = phased.copy()
        term = _term_total(terms, saving, performance_after_gates, scores, relief)
        due[-1] = term - phased[:-1].sum(axis=0)
    allocated = _allocated(terms, due)
    return Ledger(
        terms=terms,
        costs=costs,
        saving=saving,
        past_corridor=cost.past_corridor,
        providers_part=cost.providers_part,
        modified=cost.modified,
        haircut=cost.haircut,
        cost_component=cost.component,
        relief=cost.relief,
        performance_component=performance,
        cost_after_gates=cost_after_gates,
        performance_after_gates=performance_after_gates,
        capped_total=capped,
        phased=phased,
        due=due,
        allocated=allocated,
        limb3=_within_partner_caps(terms, allocated),
    )


def _saving(terms: Terms, costs: Floats) -> Floats:
    """Step 1: Σ pooled × (target − actual), (years, draws)."""
    saving = terms.target[:, :, None] - costs
    if (terms.pooled != 1).any():
        saving *= terms.pooled[:, None]
    return np.asarray(saving.sum(axis=1))


class _Cost(NamedTuple):
    """Steps 2 to 5, each (years, draws)."""

    past_corridor: Floats
    providers_part: Floats
    modified: Floats
    haircut: Floats
    component: Floats
    relief: Floats


def _cost(
    share: RiskShare,
    saving: Floats,
    target: Floats,
    limits: Limits,
    scores: Scores,
    relief: Floats,
    years: Floats | float = 1.0,
) -> _Cost:
    """Corridor, bands, modifier, haircut and caps, relief. `years`: how many a row stands for."""
    up = share.gain_corridor.past(np.maximum(saving, 0.0), target)
    down = share.pain_corridor.past(np.maximum(-saving, 0.0), target)
    gain, pain = (providers_part(b, x, target, years) for b, x in ((share.gain_bands, up), (share.pain_bands, down)))
    modified_gain = _modified(gain, share.gain_modifier, scores.ops)
    if scores.unmodified.any():
        modified_gain = np.where(scores.unmodified, gain, modified_gain)
    modified = modified_gain - _modified(pain, share.pain_modifier, scores.ops)
    if not share.haircut:
        haircut = np.broadcast_to(NOTHING, modified.shape)
        component = _held(modified, limits.cost_pain, limits.cost_gain)
    elif share.haircut_order == "after the cap":
        capped = _held(modified, limits.cost_pain, limits.cost_gain)
        haircut = -share.haircut * np.maximum(capped, 0.0)
        component = capped + haircut
    else:
        haircut = -share.haircut * np.maximum(modified, 0.0)
        component = _held(modified + haircut, limits.cost_pain, limits.cost_gain)
    relieved = np.clip(-component, 0.0, relief) if relief.any() else np.broadcast_to(NOTHING, modified.shape)
    return _Cost(up - down, gain - pain, modified, haircut, component, relieved)


def _modified(amount: Floats, modifier: Modifier, ops: Floats) -> Floats:
    return amount if modifier.kind == "none" else amount * modifier.multiplier(ops)


def _held(amount: Floats, worst: Floats, best: Floats) -> Floats:
    """An amount held between the most that can be lost and gained; an infinite limit takes no time."""
    if np.isfinite(best).any():
        amount = np.minimum(amount, best)
    if np.isfinite(worst).any():
        amount = np.maximum(amount, -worst)
    return amount


def _performance(terms: Terms, scores: Scores) -> Floats:
    """Step 6: pool × part earned, (years, draws); all that can be lost where a gate has lost the pool."""
    performance = terms.risk_share.performance
    part = performance.part(scores.ops)
    if scores.lost_pool.any():
        part = np.where(scores.lost_pool, -performance.max_pain, part)
    return terms.pounds(performance.pool) * part


def _payable(amount: Floats, failed: Bools, one_sided: Bools) -> Floats:
    """Step 7: no gain where a gate has failed, no pain in a one-sided year."""
    if failed.any():
        amount = np.where(failed, np.minimum(amount, 0.0), amount)
    if one_sided.any():
        amount = np.where(one_sided[:, None], np.maximum(amount, 0.0), amount)
    return amount


def _carried_forward(phased: Floats, last: Bools, brought_forward: float, rest_is_due: bool) -> Floats:
    """Pain waits for later gains; what is left after the last year is due, or written off."""
    due, balance = np.empty_like(phased), np.full(phased.shape[1], -brought_forward)
    for t, total in enumerate(phased):
        balance = balance + total
        due[t] = balance if last[t] and rest_is_due else np.maximum(balance, 0.0)
        balance = np.minimum(balance, 0.0)
    return due


def _term_total(terms: Terms, saving: Floats, performance: Floats, scores: Scores, relief: Floats) -> Floats:
    """What the terms give on the totals of the whole term, each year as far as its phase-in counts it, (draws,)."""
    weight = terms.phase_in[:, None]

    def summed(by_year: Floats) -> Floats:
        counted = np.where(weight > 0, by_year, 0.0) * weight
        return np.asarray(counted.sum(axis=0, keepdims=True))

    target = summed(terms.pool_target)
    years = summed(np.ones_like(weight))
    of_target = np.divide(terms.pool_target, target, out=np.zeros_like(terms.pool_target), where=target > 0)
    counted = np.where(terms.one_sided[:, None], np.maximum(saving, 0.0), saving)
    last = Scores(*(values[-1:] for values in vars(scores).values()))
    whole = Scores(**vars(last) | {"ops": summed(scores.ops * of_target)})
    limits = Limits(*(summed(limit) for limit in terms.limits))
    relief = summed(np.broadcast_to(relief, weight.shape))
    cost = _cost(terms.risk_share, summed(counted), target, limits, whole, relief, years)
    payable = _payable(cost.component + cost.relief, last.no_cost_gain, np.array([False]))
    return _held(payable + summed(performance), limits.total_pain, limits.total_gain)[0]


def _allocated(terms: Terms, total: Floats) -> Floats:
    """Step 10: each provider's part of the total, (years, P, draws)."""
    gain, pain, total = terms.gain_split[:, :, None], terms.pain_split[:, :, None], total[:, None]
    return total * (gain if np.array_equal(gain, pain) else np.where(total >= 0, gain, pain))


def _within_partner_caps(terms: Terms, allocated: Floats) -> Floats:
    """Step 11. A last year that settles the years before it has their caps too, less what was already borne."""
    limb3 = held_by_partner(terms, slice(None), allocated, terms.gain_cap, terms.pain_cap)
    basis = terms.risk_share.basis.kind
    if basis != "yearly" and terms.last.any():
        before = limb3[:-1].sum(axis=0) if basis == "cumulative" else np.zeros_like(limb3[-1])
        gain, pain = (cap[None, :, None] for cap in terms.term_caps)
        limb3[-1:] = held_by_partner(terms, slice(-1, None), allocated[-1:], gain - before, pain + before)
    return limb3


def held_by_partner(terms: Terms, rows: slice, allocated: Floats, gain_cap: Floats, pain_cap: Floats) -> Floats:
    """Each provider held within its caps; what is over goes to the others, where the terms say so.

    The others take it in proportion to their shares, up to their own caps; what nobody takes stays with the
    commissioners. Caps are (years, P) or (years, P, draws).
    """
    best, worst = (cap if cap.ndim == 3 else cap[:, :, None] for cap in (gain_cap, pain_cap))
    held = _held(allocated, worst, best)
    if terms.risk_share.over_partner_caps == "commissioners" or held is allocated:
        return held
    gain, pain = terms.gain_split[rows, :, None], terms.pain_split[rows, :, None]
    over = (allocated - held).sum(axis=1, keepdims=True)
    for _ in range(held.shape[1] - 1):
        if not over.any():
            break
        room = np.where(over > 0, best - held, held + worst)
        takers = np.where(over > 0, gain, pain) * (room > PENNY)
        together = takers.sum(axis=1, keepdims=True)
        part = np.divide(takers, together, out=np.zeros_like(room), where=together > 0)
        taken = np.sign(over) * np.minimum(np.abs(over) * part, room)
        held = held + taken
        over = over - taken.sum(axis=1, keepdims=True)
    return held
