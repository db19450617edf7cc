"""One year from outturn to payment, in contract order (model §2). The same for one year and a million draws."""

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from model.bands import ends, share_of
from model.base import Bools, Floats, at_least, at_most
from model.contract import RiskShare
from model.known import (
    NO_LAYERS,
    Known,
    Layers,
    Multipliers,
    counted,
    layers_of,
    most_payable,
    multipliers,
    payable,
    pooled_saving,
)
from model.ledger import Ledger, Sides
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
    known = Known.of(terms, pooled_saving(terms, costs), scores)
    shared = shared_by_band(terms.risk_share, known.layers)
    known = known._replace(layers=NO_LAYERS)  # which were more than half of it, and are not needed any more
    found = settled(terms, known, shared, relief, brought_forward)
    return Ledger(
        terms=terms,
        costs=costs,
        saving=known.saving,
        counted=known.counted,
        performance_component=known.performance,
        performance_after_gates=known.performance_after_gates,
        brought_forward=brought_forward,
        **found._asdict(),
    )


class Settled(NamedTuple):
    """What a settlement comes to, step by step from the bands on, each (years, draws)."""

    shared: Sides
    modified: Floats
    haircut: Floats
    cost_component: Floats
    relief: Floats
    cost_after_gates: Floats
    capped_total: Floats
    phased: Floats
    portions: Portions


def settled(
    terms: Terms, known: Known, shared: Sides, relief: Floats = NOTHING, brought_forward: float = 0.0
) -> Settled:
    """Steps 4 to 11 of every year and draw. `shared`: what `shared_by_band` gives."""
    share, limits = terms.risk_share, terms.limits
    cost = _cost(share, shared, limits, known.multipliers, relief)
    cost_after_gates = payable(cost.payable, known.most_cost, terms.least_payable)
    capped = within(cost_after_gates + known.performance_after_gates, limits.total_pain, limits.total_gain)
    phased = capped if terms.counts_fully else capped * terms.phase_in[:, None]
    due, total = phased, None
    if share.basis.kind == "carry_forward":
        due = _carried_forward(phased, terms.last, brought_forward, share.basis.rest == "due")
    elif share.basis.kind == "cumulative" and terms.last.any():
        total = whole_term(terms, known.saving, known.performance_after_gates, known.scores, relief).total
        due = np.vstack([phased[:-1], total - phased[:-1].sum(axis=0)])
    portions = Portions(terms, due, total)
    return Settled(shared, *cost[:-1], cost_after_gates, capped, phased, portions)


def shared_by_band(share: RiskShare, found: Layers) -> Sides:
    """Step 3: the providers' part of a saving and of an overspend."""
    return Sides(share_of(share.gain_bands, found.gain), share_of(share.pain_bands, found.pain))


class _Cost(NamedTuple):
    """Steps 4 and 5, each (years, draws)."""

    modified: Floats
    haircut: Floats
    component: Floats
    relief: Floats
    payable: Floats
    """The component less what relief takes off its pain."""


def _cost(share: RiskShare, shared: Sides, limits: Limits, multipliers: Multipliers, relief: Floats) -> _Cost:
    """Modifier, haircut and caps, relief."""
    modified = _modified(shared.gain, multipliers.gain) - _modified(shared.pain, multipliers.pain)
    haircut = relieved = np.broadcast_to(NOTHING, modified.shape)
    if not share.haircut:
        component = within(modified, limits.cost_pain, limits.cost_gain)
    elif share.haircut_order == "after the cap":
        capped = within(modified, limits.cost_pain, limits.cost_gain)
        haircut = -share.haircut * at_least(capped, 0.0)
        component = capped + haircut
    else:
        haircut = -share.haircut * at_least(modified, 0.0)
        component = within(modified + haircut, limits.cost_pain, limits.cost_gain)
    payable = component
    if relief.any():
        relieved = np.clip(-component, 0.0, relief)
        payable = component + relieved
    return _Cost(modified, haircut, component, relieved, payable)


def _modified(amount: Floats, multiplier: Floats | None) -> Floats:
    return amount if multiplier is None else amount * multiplier


def _carried_forward(phased: Floats, last: Bools, brought_forward: float, rest_is_due: bool) -> Floats:
    """Pain waits for later gains; what is left after the last year is due, or written off."""
    due, balance = np.empty_like(phased), np.full(phased.shape[1], -brought_forward)
    for t, total in enumerate(phased):
        balance = balance + total
        due[t] = balance if last[t] and rest_is_due else at_least(balance, 0.0)
        balance = at_most(balance, 0.0)
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
        weighed = np.where(weight > 0, by_year, 0.0) * weight
        return np.asarray(weighed.sum(axis=0, keepdims=True))

    by_year = terms.pool_target
    target, years = summed(by_year), summed(terms.prices)
    of_target = np.divide(by_year, target, out=np.zeros_like(by_year), where=target > 0)
    saved = summed(payable(saving, most_payable(scores.no_cost_gain), terms.least_payable))
    relief = summed(np.where(one_sided, 0.0, relief))
    passed = np.all(scores.unmodified | (weight == 0), axis=0, keepdims=True)
    whole = replace(
        Scores.ungated(summed(scores.ops * of_target)),
        measured=summed(scores.measured * of_target),
        unmodified=passed & scores.unmodified.any(),
    )
    limits = Limits(*(summed(limit) for limit in terms.limits))
    share = terms.risk_share
    band_ends = (ends(share.gain_bands, target, years), ends(share.pain_bands, target, years))
    shared = shared_by_band(share, layers_of(band_ends, counted(share, saved, target)))
    cost = _cost(share, shared, limits, multipliers(share, whole), relief)
    total = within(cost.payable + summed(performance), limits.total_pain, limits.total_gain)
    return Whole(target, saved, whole.ops, cost.payable, summed(performance), total)
