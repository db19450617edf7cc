"""How each line of a settled year came about: its formula filled in with these numbers."""

from collections.abc import Callable

import numpy as np

from model import cost_explanations
from model.base import PENNY, as_percent
from model.cost_explanations import pounds, score, target_cost, within
from model.futures import Future
from model.settle import Whole, whole_term
from model.wording import listed


def _performance(f: Future, _: int) -> str:
    performance = f.scenario.risk_share.performance
    pool = float(f.terms.pounds(performance.pool)[f.year, 0])
    if f.flag("lost_pool"):
        lost = f"−{as_percent(performance.max_pain)}" if performance.max_pain else "0%"
        return f"{pounds(pool)} × {lost}: a failed gate loses the pool"
    part = float(performance.part(np.array([f.ops]))[0])
    written = f"{round(part * 100, 10) + 0.0:.8g}".replace("-", "−")
    return f"{pounds(pool)} × {written}% at a performance score of {score(f.ops)}"


def _cost_gated(f: Future, _: int) -> str:
    return _gated(f, f.amount("cost_component") + f.amount("relief"), "no_cost_gain")


def _performance_gated(f: Future, _: int) -> str:
    return _gated(f, f.amount("performance_component"), "no_performance_gain")


def _gated(f: Future, amount: float, blocked: str) -> str:
    if f.flag(blocked) and amount > 0:
        return f"{pounds(amount)} is not paid: the gate on {listed(f.failed)} is failed"
    if f.ledger.terms.one_sided[f.year] and amount < 0:
        return f"{pounds(amount)} is not borne: one-sided year"
    return f"{pounds(amount)}; no gate takes it"


def _capped_total(f: Future, _: int) -> str:
    parts = [f.amount("cost_after_gates"), f.amount("performance_after_gates")]
    return f"{_sum(parts)}{within(f, sum(parts), 'total')}"


def _sum(parts: list[float]) -> str:
    return " + ".join(pounds(part) if part >= 0 else f"({pounds(part)})" for part in parts)


def _phased(f: Future, _: int) -> str:
    part = float(f.ledger.terms.phase_in[f.year])
    return f"{pounds(f.amount('capped_total'))} × {as_percent(part)}{': shadow year' if part == 0 else ''}"


def _carried(f: Future, _: int) -> str:
    basis, last = f.scenario.risk_share.basis, f.ledger.terms.last[f.year]
    if basis.kind == "yearly":
        return "each year is settled by itself"
    if basis.kind == "cumulative":
        return _trued_up(f) if last else "on account; trued up in the last year"
    before, after = pounds(f.owed_before), pounds(f.amount("owed"))
    if not last:
        return f"pain brought forward {before}, carried forward {after}"
    return f"pain brought forward {before}, {'all of it due now' if basis.rest == 'due' else f'written off {after}'}"


def _trued_up(f: Future) -> str:
    ledger = f.ledger
    whole = whole_term(ledger.terms, ledger.saving, ledger.performance_after_gates, f.scores, ledger.relief)
    one = Whole(*(values[0, [f.draw if values.shape[1] > 1 else 0]] for values in whole))
    saving, target, cost = pounds(one.saving[0]), pounds(one.target[0]), pounds(one.cost[0])
    return (
        f"true-up: over the term, saving {saving} of target {target} at a mean score of {score(float(one.ops[0]))} "
        f"gives {cost} on cost; with {pounds(one.performance[0])} on performance, within the caps, "
        f"{pounds(one.total[0])}; the years one by one came to {pounds(one.total[0] - f.amount('carried'))}"
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
    said = f"{as_percent(float(split[f.year, i]))} × {pounds(due)}"
    less = f"− {pounds(before)}" if before >= 0 else f"+ {pounds(-before)}"
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
    base = target_cost(f, float(f.terms.target[f.year, i])) if on_target else pounds(cost)
    return f"{as_percent(provider.fee_rate)} × {provider.fee_on} {base}"


def _own(f: Future, i: int) -> str:
    terms = f.ledger.terms
    if terms.pooled[i] == 1:
        return "all of it is pooled"
    target, cost = f.target[i], f.ledger.costs[f.year, i, f.draw]
    return f"{as_percent(float(1 - terms.pooled[i]))} × (target {pounds(target)} − actual {pounds(cost)})"


def _result(f: Future, i: int) -> str:
    return _sum([f.amount("fee", i), f.amount("limb3", i), f.amount("own", i)])


def _gain(f: Future, i: int) -> str:
    return f"{pounds(f.amount('result', i))} − fee at target {pounds(float(f.fee[i]))}"


def _commissioners(f: Future, i: int) -> str:
    growth = float(f.ledger.growth[f.year, :, f.draw].sum())
    part = as_percent(float(f.ledger.terms.contribution[i]))
    more = f" − {_sum([growth])} of fees" if abs(growth) >= PENNY else ""
    return f"{part} × (saving {pounds(f.amount('saving'))} − Limb 3 {_sum([f.paid])}{more})"


HOW: dict[str, Callable[[Future, int], str]] = {
    "saving": cost_explanations.saving,
    "past_corridor": cost_explanations.past_corridor,
    "providers_part": cost_explanations.providers_part,
    "modified": cost_explanations.modified,
    "haircut": cost_explanations.haircut,
    "cost_component": cost_explanations.cost_component,
    "relief": cost_explanations.relief,
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
