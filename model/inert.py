"""Which terms of a contract do anything: each left out in turn, on the draws already made (model §4)."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Literal, NamedTuple

import numpy as np
import pandas as pd

from model.base import PENNY, Bools
from model.contract import RiskShare
from model.cost_clauses import NO_MONEY, pool, separate
from model.fields import titled
from model.framework import KPI, Framework
from model.incentives import Drawn
from model.limits import largest_losses
from model.partners import Provider
from model.pool import PerformancePool
from model.scenario import Scenario
from model.scores import score
from model.simulate import Results, resettle

Kind = Literal["cap", "band", "corridor", "modifier", "haircut", "pool", "years", "basis", "split", "gate", "score"]

KINDS: dict[str, Kind] = {
    "gain_corridor": "corridor",
    "pain_corridor": "corridor",
    "gain_modifier": "modifier",
    "pain_modifier": "modifier",
    "haircut": "haircut",
    "cost_gain_cap": "cap",
    "cost_pain_cap": "cap",
    "total_gain_cap": "cap",
    "total_pain_cap": "cap",
    "one_sided_years": "years",
    "phase_in": "years",
    "basis": "basis",
    "over_partner_caps": "split",
}
"""Terms of the risk share that can be left out by taking their usual value."""

SCORE = "The performance score"


class Term(NamedTuple):
    """Something that is set, and the scenario as it would be without it."""

    name: str
    kind: Kind
    without: Scenario


def effects(drawn: Drawn) -> pd.DataFrame:
    """What each term does: 'kind', in what part of draws it changes a payment, and what that does on average, pounds.

    'changes': of any year or partner, by half a penny at least; exactly 0 for a term that at present does nothing.
    'providers' and 'commissioners': mean over the term with the term less without it. Those that do least come first.
    """
    rows = {}
    for term in settings(drawn.scenario):
        other = _settled(drawn, term)
        with_it, without = (
            (results.providers.sum(axis=0).mean(), results.commissioners.sum(axis=0).mean())
            for results in (drawn.results, other)
        )
        moved = changed(drawn.results, other)
        gains = (with_it[0] - without[0], with_it[1] - without[1])
        rows[term.name] = (term.kind, moved.mean(), *gains)
    columns = ["kind", "changes", "providers", "commissioners"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("term")
    return table.sort_values("changes", kind="stable")


def idle(drawn: Drawn, others: Iterable[Scenario]) -> bool:
    """Whether other contracts pay the same in every draw, and leave what can be lost at worst: a term that differs in
    them does nothing at present."""
    return all(_pays_alike(drawn, other) and _can_lose_alike(drawn.scenario, other) for other in others)


def _pays_alike(drawn: Drawn, other: Scenario) -> bool:
    return not changed(drawn.results, resettle(other, drawn.outcomes, drawn.scores)).any()


def _can_lose_alike(one: Scenario, other: Scenario) -> bool:
    most, others = (largest_losses(each, list(range(each.term.horizon))) for each in (one, other))
    return bool(np.allclose(most, others, rtol=0.0, atol=PENNY))


def changed(one: Results, other: Results) -> Bools:
    """The draws in which two settlements differ, (n,)."""
    differ = [
        np.abs(a - b).max(axis=0) >= PENNY
        for a, b in ((one.total, other.total), (one.providers, other.providers))
        if a.size
    ]
    return np.asarray(np.logical_or.reduce(differ))


def _settled(drawn: Drawn, term: Term) -> Results:
    scores = drawn.scores
    if term.kind == "score":
        scores = replace(scores, ops=np.zeros_like(scores.ops), measured=np.zeros_like(scores.ops))
    elif term.kind == "gate":
        scores = score(term.without.framework, drawn.outcomes.kpis)
    return resettle(term.without, drawn.outcomes, scores)


def settings(scenario: Scenario) -> Iterator[Term]:
    """Every term that is set, with the scenario without it."""
    for name, kind, share in _of_risk_share(scenario.risk_share):
        yield Term(name, kind, scenario.edited(risk_share=share))
    for i, provider in enumerate(scenario.providers):
        for field in ("gain_cap", "pain_cap"):
            if getattr(provider, field).kind != "none":
                others = list(scenario.providers)
                others[i] = provider.edited(**{field: {"kind": "none"}})
                name = f"{titled(Provider, field)} of {provider.name}"
                yield Term(name, "cap", scenario.edited(providers=tuple(others)))
    for kpi in scenario.framework.kpis():
        if kpi.gate:
            yield Term(f"Gate on '{kpi.name}'", "gate", scenario.edited(framework=_ungated(scenario.framework, kpi)))
    if scenario.framework.kras:
        yield Term(SCORE, "score", scenario)


def _of_risk_share(share: RiskShare) -> Iterator[tuple[str, Kind, RiskShare]]:
    for side in ("gain", "pain"):
        bands = getattr(share, f"{side}_bands")
        for i, band in enumerate(bands):
            if band.share:
                bare = (*bands[:i], band.edited(share=0.0), *bands[i + 1 :])
                yield f"{side.capitalize()} band {i + 1}", "band", share.edited(**{f"{side}_bands": bare})
    for name, kind in KINDS.items():
        value: Any = getattr(share, name)
        usual = RiskShare.model_fields[name].default
        if value != usual and getattr(value, "kind", "") != "none":
            yield titled(RiskShare, name), kind, share.edited(**{name: usual})
    pool: Any = share.performance.pool
    if pool.amount if pool.kind == "pounds" else pool.part:
        empty: PerformancePool = share.performance.edited(pool={"kind": "pounds", "amount": 0.0})
        yield titled(RiskShare, "performance"), "pool", share.edited(performance=empty)


def _ungated(framework: Framework, gated: KPI) -> Framework:
    kras = tuple(
        kra.edited(kpis=tuple(kpi.edited(gate=None) if kpi.name == gated.name else kpi for kpi in kra.kpis))
        for kra in framework.kras
    )
    return framework.edited(kras=kras)


def paid_for(scenario: Scenario) -> list[str]:
    """KPIs on which any money rests: by their weight in a score that pays or multiplies, or by a gate on a gain."""
    share, pooled = scenario.risk_share, not separate(scenario)
    pays = pool(scenario) not in ("", NO_MONEY)
    multiplies = share.gain_modifier.kind != "none"
    scored = pays or (pooled and (multiplies or share.pain_modifier.kind != "none"))
    takes = {
        "cost gain": pooled,
        "full cost gain": pooled and multiplies,
        "all gain": pooled or pays,
        "performance gain": pays,
        "the pool": pays,
        "the score": scored,
    }
    weights = scenario.framework.weights()
    return [
        kpi.name
        for kpi, weight in zip(scenario.framework.kpis(), weights, strict=True)
        if (scored and weight) or (kpi.gate and takes[kpi.gate.blocks])
    ]


def unweighted(scenario: Scenario) -> list[str]:
    """KPIs that are measured and change nothing: no weight and no gate."""
    weights = scenario.framework.weights()
    return [
        kpi.name for kpi, weight in zip(scenario.framework.kpis(), weights, strict=True) if not weight and not kpi.gate
    ]
