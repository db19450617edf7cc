"""One year from outturn to payment, in contract order (model §2). The same for one year and a million draws."""

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from model.bands import providers_part
from model.base import Bools, Floats
from model.contract import RiskShare
from model.ledger import Ledger, Sides
from model.modifiers import Modifier
from model.portions import Portions, within
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
    cost_after_gates = _payable(cost.payable, scores.no_cost_gain, terms.one_sided)
    performance_after_gates = _payable(performance, scores.no_performance_gain, terms.one_sided)
    capped = within(cost_after_gates + performance_after_gates, limits.total_pain, limits.total_gain)
    phased = capped if (terms.phase_in == 1).all() else capped * terms.phase_in[:, None]
    due, total = phased, None
    if share.basis.kind == "carry_forward":
        due = _carried_forward(phased, terms.last, brought_forward, share.basis.rest == "due")
    elif share.basis.kind == "cumulative" and terms.last.any():
        total = whole_term(terms, saving, performance_after_gates, scores, relief).total
        due = np.vstack([phased[:-1], total - phased[:-1].sum(axis=0)])
    return Ledger(
        terms=terms,
        costs=costs,
        saving=saving,
        counted=cost.counted,
        shared=cost.shared,
        modified=cost.modified,
        haircut=cost.haircut,
        cost_component=cost.component,
        relief=cost.relief,
        performance_component=performance,
        cost_after_gates=cost_after_gates,
        performance_after_gates=performance_after_gates,
        capped_total=capped,
        phased=phased,
        portions=Portions(terms, due, total),
        brought_forward=brought_forward,
    )


def _saving(terms: Terms, costs: Floats) -> Floats:
    """Step 1: Σ pooled × (target − actual), (years, draws)."""
    return np.asarray(terms.pool_target - terms.pooled @ costs)


class _Cost(NamedTuple):
    """Steps 2 to 5, each (years, draws)."""

    counted: Sides
    shared: Sides
    modified: Floats
    haircut: Floats
    component: Floats
    relief: Floats
    payable: Floats
    """The component less what relief takes off its pain."""


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
    haircut = relieved = np.broadcast_to(NOTHING, modified.shape)
    if not share.haircut:
        component = within(modified, limits.cost_pain, limits.cost_gain)
    elif share.haircut_order == "after the cap":
        capped = within(modified, limits.cost_pain, limits.cost_gain)
        haircut = -share.haircut * np.maximum(capped, 0.0)
        component = capped + haircut
    else:
        haircut = -share.haircut * np.maximum(modified, 0.0)
        component = within(modified + haircut, limits.cost_pain, limits.cost_gain)
    payable = component
    if relief.any():
        relieved = np.clip(-component, 0.0, relief)
        payable = component + relieved
    return _Cost(Sides(up, down), Sides(gain, pain), modified, haircut, component, relieved, payable)


def _modified(amount: Floats, modifier: Modifier, ops: Floats) -> Floats:
    return amount if modifier.kind == "none" else amount * modifier.multiplier(ops)


def _modified_pain(pain: Floats, modifier: Modifier, scores: Scores) -> Floats:
    """Pain as modified; a gate that makes the score count as -100 never lowers it."""
    modified = _modified(pain, modifier, scores.ops)
    if scores.measured is scores.ops or modifier.kind == "none":
        return modified
    return np.maximum(modified, _modified(pain, modifier, scores.measured))


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
        amount = np.maximum(amount, np.where(one_sided, 0.0, -np.inf)[:, None])
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
    total = within(cost.payable + summed(performance), limits.total_pain, limits.total_gain)
    return Whole(target, summed(counted), whole.ops, cost.payable, summed(performance), total)
