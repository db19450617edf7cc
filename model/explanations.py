"""How each line of a settled year came about: its formula filled in with these numbers."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np

from model.amounts import Amount
from model.bands import Bands
from model.base import PENNY, as_percent, as_pounds
from model.futures import Future
from model.modifiers import Modifier
from model.settle import Whole, whole_term
from model.wording import listed, sum_of


def _pounds(amount: float) -> str:
    return as_pounds(round(amount, 2) + 0.0).replace("-", "−")


def _saving(f: Future, _: int) -> str:
    terms, cost = f.terms, f.ledger.costs[f.year, :, f.draw]
    pooled = "" if (terms.pooled == 1).all() else "pooled "
    target = _target(f, float(terms.target[f.year] @ terms.pooled))
    return f"{pooled}target {target} − {pooled}actual {_pounds(float(cost @ terms.pooled))}"


def _target(f: Future, planned: float) -> str:
    """A target cost at the year's prices, and how it came from the planned one."""
    whole = _pounds(planned * f.prices)
    return whole if f.prices == 1 else f"{whole} (planned {_pounds(planned)} × {f.prices:.8g} for prices)"


def _past_corridor(f: Future, _: int) -> str:
    saving = f.amount("saving")
    side, share = ("gain", f.scenario.risk_share) if saving >= 0 else ("pain", f.scenario.risk_share)
    corridor = share.gain_corridor if side == "gain" else share.pain_corridor
    if corridor.kind == "none":
        return "no corridor: all of it counts"
    width = corridor.width * float(f.terms.pool_target[f.year, 0])
    edge = f"{as_percent(corridor.width)} of target, {_pounds(width)}"
    if corridor.kind == "deductible":
        return f"{_pounds(abs(saving))} less the corridor ({edge}), at least £0"
    if abs(saving) >= width - PENNY:
        return f"past the corridor ({edge}): all of it counts"
    return f"inside the corridor ({edge}): {as_percent(corridor.inside) if corridor.inside else 'nothing'} counts"


def _providers_part(f: Future, _: int) -> str:
    counted, share = f.amount("past_corridor"), f.scenario.risk_share
    if abs(counted) < PENNY:
        return "nothing to share"
    layers = _layers(share.gain_bands if counted > 0 else share.pain_bands, abs(counted), f)
    if not layers:
        return "no band: nothing"
    said = " + ".join(f"{as_percent(part)} × {_pounds(size)}" for part, size in layers)
    return said if counted > 0 else f"−({said})"


def _layers(bands: Bands, size: float, f: Future) -> list[tuple[float, float]]:
    """Share and size of each band reached; what lies beyond a closed last band at 0%."""
    target = f.terms.pool_target[f.year]
    edges = [0.0, *(float(band.ends(target, f.prices)[0]) for band in bands)]
    found = [
        (band.share, min(size, high) - low)
        for band, (low, high) in zip(bands, pairwise(edges), strict=True)
        if size > low
    ]
    return [*found, (0.0, size - edges[-1])] if bands and size > edges[-1] else found


def _modified(f: Future, _: int) -> str:
    part, share = f.amount("providers_part"), f.scenario.risk_share
    modifier: Modifier = share.gain_modifier if part >= 0 else share.pain_modifier
    if modifier.kind == "none":
        return f"{_pounds(part)}, no modifier"
    if part > 0 and f.flag("unmodified"):
        return f"{_pounds(part)}; the gate is passed, so the modifier does not apply"
    times = float(modifier.multiplier(np.array([f.ops]))[0])
    return f"{_pounds(part)} × {times:.8g} at a performance score of {f.ops:.4g}"


def _haircut(f: Future, _: int) -> str:
    share = f.scenario.risk_share
    if not share.haircut:
        return "none"
    base = f.amount("modified")
    if share.haircut_order == "after the cap":
        base = min(base, f.limit("cost_gain"))
    return f"−{as_percent(share.haircut)} × {_pounds(max(base, 0.0))}, {share.haircut_order}"


def _cost_component(f: Future, _: int) -> str:
    share, withheld = f.scenario.risk_share, f.amount("haircut")
    before = f.amount("modified") + withheld
    said = f"{_pounds(f.amount('modified'))} − {_pounds(-withheld)}" if withheld else _pounds(before)
    if share.haircut_order == "after the cap":
        return f"{said}, with the cap taken first{_within(f, f.amount('modified'), 'cost')}"
    return f"{said}{_within(f, before, 'cost')}"


def _within(f: Future, amount: float, what: str) -> str:
    """How an amount lies to the caps on 'cost' or 'total'."""
    share = f.scenario.risk_share
    side = "gain" if amount >= 0 else "pain"
    cap: Amount = getattr(share, f"{what}_{side}_cap")
    if cap.kind == "none":
        return f", no cap on {what} {side}"
    limit = f.limit(f"{what}_{side}")
    over = abs(amount) > limit + PENNY
    planned = " at planned prices" if f.prices != 1 and cap.kind in ("pounds", "lower_of") else ""
    return f", {'held at' if over else 'within'} the cap of {sum_of(cap)}{planned}, {_pounds(limit)}"


def _relief(f: Future, _: int) -> str:
    return "the relief agreed for the year, at most the pain" if f.amount("relief") else "none"


def _performance(f: Future, _: int) -> str:
    performance = f.scenario.risk_share.performance
    pool = float(f.terms.pounds(performance.pool)[f.year, 0])
    if f.flag("lost_pool"):
        lost = f"−{as_percent(performance.max_pain)}" if performance.max_pain else "0%"
        return f"{_pounds(pool)} × {lost}: a failed gate loses the pool"
    part = float(performance.part(np.array([f.ops]))[0])
    written = f"{part * 100 + 0.0:.8g}".replace("-", "−")
    return f"{_pounds(pool)} × {written}% at a performance score of {f.ops:.4g}"


def _cost_gated(f: Future, _: int) -> str:
    return _gated(f, f.amount("cost_component") + f.amount("relief"), "no_cost_gain")


def _performance_gated(f: Future, _: int) -> str:
    return _gated(f, f.amount("performance_component"), "no_performance_gain")


def _gated(f: Future, amount: float, blocked: str) -> str:
    if f.flag(blocked) and amount > 0:
        return f"{_pounds(amount)} is not paid: the gate on {listed(f.failed)} is failed"
    if f.ledger.terms.one_sided[f.year] and amount < 0:
        return f"{_pounds(amount)} is not borne: one-sided year"
    return f"{_pounds(amount)}; no gate takes it"


def _capped_total(f: Future, _: int) -> str:
    parts = [f.amount("cost_after_gates"), f.amount("performance_after_gates")]
    return f"{_sum(parts)}{_within(f, sum(parts), 'total')}"


def _sum(parts: list[float]) -> str:
    return " + ".join(_pounds(part) if part >= 0 else f"({_pounds(part)})" for part in parts)


def _phased(f: Future, _: int) -> str:
    part = float(f.ledger.terms.phase_in[f.year])
    return f"{_pounds(f.amount('capped_total'))} × {as_percent(part)}{': shadow year' if part == 0 else ''}"


def _carried(f: Future, _: int) -> str:
    basis, last = f.scenario.risk_share.basis, f.ledger.terms.last[f.year]
    if basis.kind == "yearly":
        return "each year is settled by itself"
    if basis.kind == "cumulative":
        return _trued_up(f) if last else "on account; trued up in the last year"
    before, after = _pounds(f.owed_before), _pounds(f.amount("owed"))
    if not last:
        return f"pain brought forward {before}, carried forward {after}"
    return f"pain brought forward {before}, {'all of it due now' if basis.rest == 'due' else f'written off {after}'}"


def _trued_up(f: Future) -> str:
    ledger = f.ledger
    whole = whole_term(ledger.terms, ledger.saving, ledger.performance_after_gates, f.scores, ledger.relief)
    one = Whole(*(values[0, [f.draw if values.shape[1] > 1 else 0]] for values in whole))
    saving, target, cost = _pounds(one.saving[0]), _pounds(one.target[0]), _pounds(one.cost[0])
    return (
        f"true-up: over the term, saving {saving} of target {target} at a mean score of {one.ops[0]:.4g} gives {cost} "
        f"on cost; with {_pounds(one.performance[0])} on performance, within the caps, {_pounds(one.total[0])}; "
        f"the years one by one came to {_pounds(one.total[0] - f.amount('carried'))}"
    )


def _due(f: Future, _: int) -> str:
    return _sum([f.amount("phased"), f.amount("carried")])


def _allocated(f: Future, i: int) -> str:
    due, terms, before = f.amount("due"), f.ledger.terms, 0.0
    trued_up = terms.risk_share.basis.kind == "cumulative" and terms.last[f.year]
    if trued_up:
        due = float(f.ledger.due[:, f.draw].sum())
        before = float(f.ledger.allocated[:-1, i, f.draw].sum())
    split = terms.gain_split if due >= 0 else terms.pain_split
    said = f"{as_percent(float(split[f.year, i]))} × {_pounds(due)}"
    less = f"− {_pounds(before)}" if before >= 0 else f"+ {_pounds(-before)}"
    return f"{said} {less}: the whole term less the years before" if trued_up else said


def _moved(f: Future, i: int) -> str:
    moved, allocated = f.amount("moved", i), f.amount("allocated", i)
    if abs(moved) >= PENNY:
        return "over its own cap" if moved * allocated < 0 else "taken over from others"
    provider = f.scenario.providers[i]
    return "no cap" if provider.pain_cap.kind == provider.gain_cap.kind == "none" else "within its caps"


def _limb3(f: Future, i: int) -> str:
    return _sum([f.amount("allocated", i), f.amount("moved", i)])


def _excess(f: Future, _: int) -> str:
    moved = [f.amount("moved", i) for i in range(len(f.scenario.providers))]
    return _sum([part for part in moved if abs(part) >= PENNY]) or "no cap is exceeded"


def _fee(f: Future, i: int) -> str:
    provider = f.scenario.providers[i]
    on_target, cost = provider.fee_on == "target cost", float(f.ledger.costs[f.year, i, f.draw])
    base = _target(f, float(f.terms.target[f.year, i])) if on_target else _pounds(cost)
    return f"{as_percent(provider.fee_rate)} × {provider.fee_on} {base}"


def _own(f: Future, i: int) -> str:
    terms = f.ledger.terms
    if terms.pooled[i] == 1:
        return "all of it is pooled"
    target, cost = f.target[i], f.ledger.costs[f.year, i, f.draw]
    return f"{as_percent(float(1 - terms.pooled[i]))} × (target {_pounds(target)} − actual {_pounds(cost)})"


def _result(f: Future, i: int) -> str:
    return _sum([f.amount("fee", i), f.amount("limb3", i), f.amount("own", i)])


def _gain(f: Future, i: int) -> str:
    return f"{_pounds(f.amount('result', i))} − fee at target {_pounds(float(f.fee[i]))}"


def _commissioners(f: Future, i: int) -> str:
    paid = float(f.ledger.limb3[f.year, :, f.draw].sum())
    growth = float(f.ledger.growth[f.year, :, f.draw].sum())
    part = as_percent(float(f.ledger.terms.contribution[i]))
    more = f" − {_sum([growth])} of fees" if abs(growth) >= PENNY else ""
    return f"{part} × (saving {_pounds(f.amount('saving'))} − Limb 3 {_sum([paid])}{more})"


HOW: dict[str, Callable[[Future, int], str]] = {
    "saving": _saving,
    "past_corridor": _past_corridor,
    "providers_part": _providers_part,
    "modified": _modified,
    "haircut": _haircut,
    "cost_component": _cost_component,
    "relief": _relief,
    "performance_component": _performance,
    "cost_after_gates": _cost_gated,
    "performance_after_gates": _performance_gated,
    "capped_total": _capped_total,
    "phased": _phased,
    "carried": _carried,
    "due": _due,
    "allocated": _allocated,
    "moved": _moved,
    "limb3": _limb3,
    "excess": _excess,
    "fee": _fee,
    "own": _own,
    "result": _result,
    "gain": _gain,
    "commissioners": _commissioners,
}
"""How each line came about, in these numbers; by the name of the line, for the partner's number."""
