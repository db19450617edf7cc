"""Warnings about a contract, in words: terms that change nothing, contradict another, or make a payment jump."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from model.amounts import Pounds
from model.base import PENNY, Floats, Value, as_percent, as_pounds
from model.cliffs import cliffs, expected_score, in_words
from model.contract import RiskShare
from model.curves import reference_year
from model.fields import titled
from model.framework import KPI
from model.possible import doubted
from model.scenario import Baseline, Scenario
from model.scores import Scores, failed_gate
from model.settle import settle
from model.tables import TERM
from model.terms import terms
from model.wording import listed

FUTURES, REACH, SEED = 1_024, 0.4, 1
"""Made-up futures on which a term must change something: how many, how far from target cost, and their seed."""

LARGE = 100_000.0


def cautions(scenario: Scenario, year: int | None = None, ops: float | None = None) -> tuple[str, ...]:
    """One sentence each; none where nothing is odd.

    Jumps are those of a year at a score; unless given, the first in which everything counts, and every KPI as expected.
    """
    early = (*fees(scenario), *_prices(scenario), *_impossible(scenario))
    at = reference_year(scenario, TERM) if year is None else year
    scored = expected_score(scenario, at) if ops is None else ops
    jumps = in_words(cliffs(scenario, at, scored), scenario, at, scored)
    return (*early, *_contradictions(scenario), *jumps, *_idle(scenario))


def fees(scenario: Scenario) -> Iterator[str]:
    """Fees that reward overspending."""
    for p in scenario.providers:
        if p.fee_on == "actual cost" and p.fee_rate:
            yield (
                f"{p.name}'s fee is on actual cost, which rewards overspending by {as_pounds(p.fee_rate * LARGE)} "
                f"per {as_pounds(LARGE)}; a fee on target cost does not."
            )


def _prices(scenario: Scenario) -> Iterator[str]:
    """Prices that the target should follow and does not, or follows though they never differ from plan."""
    prices, reindexed = scenario.uncertainty.prices, scenario.baseline.reindexed
    title = titled(Baseline, "reindexed")
    if not reindexed and (prices.sd or prices.mean):
        yield (
            "Prices may differ from plan and the target does not follow them: "
            "dearer years count as overspends, cheaper ones as savings."
        )
    if reindexed and not (prices.sd or prices.mean):
        yield f"{title} changes nothing in the futures drawn: their prices are always as planned."


def _impossible(scenario: Scenario) -> Iterator[str]:
    """Figures of KPIs that no future can reach."""
    for kpi in scenario.framework.kpis():
        yield from doubted(kpi.model_dump(include={"name", "today", "expected", "levels", "lowest", "highest"}))


def _contradictions(scenario: Scenario) -> Iterator[str]:
    share, contract = scenario.risk_share, terms(scenario)
    if not contract.phase_in.any():
        yield "Every year is a shadow year, so nothing is ever settled."
    if contract.one_sided.all() and any(band.share for band in share.pain_bands):
        yield "Every year is one-sided, so the terms for overspends never apply."
    pool = contract.pounds(share.performance.pool)[:, 0]
    for cap, part, side, verb in (
        (contract.limits.total_pain, share.performance.max_pain, "pain", "lose"),
        (contract.limits.total_gain, share.performance.max_gain, "gain", "gain"),
    ):
        if scenario.framework.kras and (part * pool > cap[:, 0] + PENNY).any():
            t = int(np.argmax(part * pool - cap[:, 0]))
            yield (
                f"The performance pool alone can {verb} {as_pounds(round(part * pool[t]))}, "
                f"but the cap on total {side} stops at {as_pounds(round(cap[t, 0]))}."
            )
    for kpi in scenario.framework.kpis():
        path = kpi.path(scenario.term.horizon)
        failed = [label for label, bad in zip(scenario.term.labels(), failed_gate(kpi, path), strict=True) if bad]
        if failed:
            yield f"If all goes as expected, the gate on '{kpi.name}' is failed in {listed(failed)}."


def _with_gate(scores: Scores, kpi: KPI, failed: bool) -> Scores:
    """The scores with this gate failed or passed."""
    blocks = kpi.gate.blocks if kpi.gate else ""
    state = np.full(scores.ops.shape, failed)
    return Scores(
        ops=np.where(state & (blocks == "the score"), -100.0, scores.ops),
        measured=scores.ops,
        no_cost_gain=state & (blocks in ("cost gain", "all gain")),
        no_performance_gain=state & (blocks in ("performance gain", "all gain")),
        lost_pool=state & (blocks == "the pool"),
        unmodified=~state if blocks == "full cost gain" else scores.unmodified,
    )


def _idle(scenario: Scenario) -> Iterator[str]:
    """Terms without which every made-up future is settled the same."""
    if not terms(scenario).phase_in.any():
        return
    costs, scores = _futures(scenario)
    now = settle(terms(scenario), costs, scores).limb3

    def idle(other: Scenario, other_scores: Scores = scores) -> bool:
        return bool(np.abs(settle(terms(other), costs, other_scores).limb3 - now).max() < PENNY)

    found = []
    for name, plain in _without(scenario.risk_share):
        if idle(scenario.edited(risk_share=plain)):
            found.append(name)
    for i, provider in enumerate(scenario.providers):
        for cap in ("gain_cap", "pain_cap"):
            if getattr(provider, cap).kind != "none":
                others = list(scenario.providers)
                others[i] = provider.edited(**{cap: {"kind": "none"}})
                if idle(scenario.edited(providers=tuple(others))):
                    found.append(f"{titled(type(provider), cap)} of {provider.name}")
    yield from (f"{name} changes nothing: {WHY}." for name in found)
    for kpi in scenario.framework.kpis():
        if kpi.gate:
            open_, barred = (_with_gate(Scores.ungated(scores.ops), kpi, failed) for failed in (False, True))
            results = [settle(terms(scenario), costs, each).limb3 for each in (open_, barred)]
            if np.abs(results[0] - results[1]).max() < PENNY:
                yield f"The gate on '{kpi.name}' changes nothing: there is nothing that it could take away."
        if not kpi.weight and not kpi.gate:
            yield f"'{kpi.name}' changes nothing: it has no weight and no gate."


WHY = f"every outturn within {as_percent(REACH)} of target cost is settled the same without it"


def _futures(scenario: Scenario) -> tuple[Floats, Scores]:
    """Costs and scores far and wide: what the providers share and what is each one's own."""
    rng = np.random.default_rng(SEED)
    target = scenario.target_cost()[:, :, None]
    together = rng.uniform(-REACH, REACH, (len(target), 1, FUTURES))
    together *= rng.random(together.shape)  # as often near the target as far from it
    costs = target * (1 + together + rng.uniform(-0.02, 0.02, (*target.shape[:2], FUTURES)))
    ops = rng.uniform(-100, 100, (len(target), FUTURES)) * bool(scenario.framework.kras)
    return costs, Scores.ungated(ops)


def _without(share: RiskShare) -> Iterator[tuple[str, RiskShare]]:
    """Each term that is stated, by its name, and the risk share without it."""
    for name, field in RiskShare.model_fields.items():
        value: Any = getattr(share, name)
        if name in ("sources", "haircut_order", "gain_allocation", "pain_allocation", "performance"):
            continue
        if name.endswith("_bands"):
            for i, band in enumerate(value):
                bare = (*value[:i], band.edited(share=0.0), *value[i + 1 :])
                if band.share:
                    yield f"{name.split('_')[0].capitalize()} band {i + 1}", share.edited(**{name: bare})
        elif value != field.default and getattr(value, "kind", "") != "none":
            yield titled(RiskShare, name), share.edited(**{name: field.default})
    pool = share.performance.pool
    if pool.amount if pool.kind == "pounds" else pool.part:
        empty: Value = share.performance.edited(pool=Pounds(amount=0.0))
        yield titled(RiskShare, "performance"), share.edited(performance=empty)
