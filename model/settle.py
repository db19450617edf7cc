"""One year from outturn to payment, in contract order (model §2). The same for one year and a million draws."""

from dataclasses import replace
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
    cost = _cost(share, saving, terms.pool_target, limits, scores, relief, terms.prices)
    performance = _performance(terms, scores)
    cost_after_gates = _payable(cost.component + cost.relief, scores.no_cost_gain, terms.one_sided)
    performance_after_gates = _payable(performance, scores.no_performance_gain, terms.one_sided)
    capped = _held(cost_after_gates + performance_after_gates, limits.total_pain, limits.total_gain)
    phased = capped * terms.phase_in[:, None]
    due, whole = phased, None
    if share.basis.kind == "carry_forward":
        due = _carried_forward(phased, terms.last, brought_forward, share.basis.rest == "due")
    elif share.basis.kind == "cumulative" and terms.last.any():
        whole = whole_term(terms, saving, performance_after_gates, scores, relief)
        due = np.vstack([phased[:-1], whole.total - phased[:-1].sum(axis=0)])
    allocated = _allocated(terms, due, None if whole is None else whole.total)
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
        limb3=_within_partner_caps(terms, allocated, None if whole is None else whole.total),
        brought_forward=brought_forward,
    )


def _saving(terms: Terms, costs: Floats) -> Floats:
    """Step 1: Σ pooled × (target − actual), (years, draws)."""
    pooled = costs if (terms.pooled == 1).all() else costs * terms.pooled[:, None]
    return np.asarray(terms.pool_target - pooled.sum(axis=1))


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
    years: Floats,
) -> _Cost:
    """Corridor, bands, modifier, haircut and caps, relief. `years`: how many a row stands for, each at its prices."""
    up = share.gain_corridor.past(np.maximum(saving, 0.0), target)
    down = share.pain_corridor.past(np.maximum(-saving, 0.0), target)
    gain, pain = (providers_part(b, x, target, years) for b, x in ((share.gain_bands, up), (share.pain_bands, down)))
    modified_gain = _modified(gain, share.gain_modifier, scores.ops)
    if scores.unmodified.any():
        modified_gain = np.where(scores.unmodified, gain, modified_gain)
    modified = modified_gain - _modified_pain(pain, share.pain_modifier, scores)
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


def _modified_pain(pain: Floats, modifier: Modifier, scores: Scores) -> Floats:
    """Pain as modified; a gate that makes the score count as -100 never lowers it."""
    modified = _modified(pain, modifier, scores.ops)
    if scores.measured is scores.ops or modifier.kind == "none":
        return modified
    return np.maximum(modified, _modified(pain, modifier, scores.measured))


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


class Whole(NamedTuple):
    """The totals of a term and what the terms give on them, each (1, draws)."""

    target: Floats
    saving: Floats
    ops: Floats
    cost: Floats
    performance: Floats
    total: Floats


def whole_term(terms: Terms, saving: Floats, performance: Floats, scores: Scores, relief: Floats) -> Whole:
    """What the terms give on the totals of the term, each year as far as its phase-in counts it.

    A saving counts only where that year's gates let cost gain be paid; an overspend, and relief, only where the year
    is not one-sided. The modifier on gain applies unless its gate was passed in every year.
    """
    weight, one_sided = terms.phase_in[:, None], terms.one_sided[:, None]

    def summed(by_year: Floats) -> Floats:
        counted = np.where(weight > 0, by_year, 0.0) * weight
        return np.asarray(counted.sum(axis=0, keepdims=True))

    by_year = terms.pool_target
    target, years = summed(by_year), summed(terms.prices)
    of_target = np.divide(by_year, target, out=np.zeros_like(by_year), where=target > 0)
    counted = _payable(saving, scores.no_cost_gain, terms.one_sided)
    relief = summed(np.where(one_sided, 0.0, relief))
    passed = np.all(scores.unmodified | (weight == 0), axis=0, keepdims=True)
    whole = replace(
        Scores.ungated(summed(scores.ops * of_target)),
        measured=summed(scores.measured * of_target),
        unmodified=passed & scores.unmodified.any(),
    )
    limits = Limits(*(summed(limit) for limit in terms.limits))
    cost = _cost(terms.risk_share, summed(counted), target, limits, whole, relief, years)
    payable = cost.component + cost.relief
    total = _held(payable + summed(performance), limits.total_pain, limits.total_gain)
    return Whole(target, summed(counted), whole.ops, payable, summed(performance), total)


def _allocated(terms: Terms, due: Floats, total: Floats | None) -> Floats:
    """Step 10: each provider's part, (years, P, draws); where `total` is the term's, the last year makes it up."""
    allocated = _split(terms, slice(None), due)
    if total is not None:
        allocated[-1] = _split(terms, slice(-1, None), total)[0] - allocated[:-1].sum(axis=0)
    return allocated


def _split(terms: Terms, rows: slice, total: Floats) -> Floats:
    gain, pain, total = terms.gain_split[rows, :, None], terms.pain_split[rows, :, None], total[:, None]
    return total * (gain if np.array_equal(gain, pain) else np.where(total >= 0, gain, pain))


def _within_partner_caps(terms: Terms, allocated: Floats, total: Floats | None) -> Floats:
    """Step 11. A last year that makes up the term holds the whole term within all years' caps together.

    Pain carried forward to the last year has the pain caps of all years together.
    """
    gain, pain = terms.priced(terms.gain_cap), terms.priced(terms.pain_cap)
    limb3 = held_by_partner(terms, slice(None), allocated, gain, pain)
    last = slice(-1, None)
    if total is not None:
        whole = held_by_partner(terms, last, _split(terms, last, total), *terms.term_caps)
        limb3[-1] = whole[0] - limb3[:-1].sum(axis=0)
    elif terms.risk_share.basis.kind == "carry_forward" and terms.last.any():
        limb3[-1:] = held_by_partner(terms, last, allocated[-1:], gain[-1:], terms.term_caps[1])
    return limb3


def held_by_partner(terms: Terms, rows: slice, allocated: Floats, gain_cap: Floats, pain_cap: Floats) -> Floats:
    """Each provider held within its caps; what is over goes to the others, where the terms say so.

    The others take it in proportion to their shares, up to their own caps; what nobody takes stays with the
    commissioners. Caps are (years, P, 1) or (years, P, draws).
    """
    best, worst = gain_cap, pain_cap
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
