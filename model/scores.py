"""From KPI values to the overall performance score and the failed gates (model §1 'OPS', §2 step 7)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from model.base import Bools, Floats
from model.framework import KPI, Framework

BLOCK = 1_024
"""Draws scored at a time, so that they stay in the processor's cache."""

GATED = {
    "cost gain": ("cost gain", "all gain"),
    "performance gain": ("performance gain", "all gain"),
    "full cost gain": ("full cost gain",),
    "the pool": ("the pool",),
    "the score": ("the score",),
}
"""What a failed gate takes away, and the gates that do so."""


@dataclass(frozen=True)
class Scores:
    """What the year's KPI values mean for the contract; each shaped (years, draws)."""

    ops: Floats
    measured: Floats
    """The score before any gate that makes it count as -100."""
    no_cost_gain: Bools
    no_performance_gain: Bools
    lost_pool: Bools
    unmodified: Bools
    """Where the modifier on gain does not apply, because a gate on the full cost gain is passed."""

    @classmethod
    def ungated(cls, ops: Floats) -> "Scores":
        """These scores, and no gate."""
        never = np.broadcast_to(np.False_, ops.shape)
        return cls(ops, ops, never, never, never, never)

    @classmethod
    def joined(cls, parts: Sequence["Scores"]) -> "Scores":
        """The scores of draws that follow each other."""
        whole = {name: np.concatenate([vars(part)[name] for part in parts], axis=1) for name in vars(parts[0])}
        if all(part.measured is part.ops for part in parts):
            whole["measured"] = whole["ops"]
        return cls(**whole)

    def cut(self, start: int, stop: int) -> "Scores":
        """Some of the draws; a view, not a copy."""
        return Scores(*(values[:, start:stop] for values in vars(self).values()))


def score(framework: Framework, kpis: Floats) -> Scores:
    """The overall performance score and the failed gates (model §2, step 7, and §1 'OPS').

    `kpis` has shape (years, K, draws). A KPI without data (NaN) lends its weight to those that have data, in
    proportion or equally; a year without any data scores 0. An indicator without data fails no gate.
    """
    years, _, draws = kpis.shape
    ops = np.zeros((years, draws))
    weighted = list(zip(framework.kpis(), framework.weights().tolist(), strict=True))
    for start in range(0, draws, BLOCK):
        _add_scores(weighted, kpis[:, :, start : start + BLOCK], ops[:, start : start + BLOCK], framework.missing)
    failed = {blocks: _failed(framework, kpis, blocks) for blocks in GATED}
    lost = failed["the score"]
    modifies = any(kpi.gate and kpi.gate.blocks == "full cost gain" for kpi in framework.kpis())
    return Scores(
        ops=np.where(lost, -100.0, ops) if lost.any() else ops,
        measured=ops,
        no_cost_gain=failed["cost gain"],
        no_performance_gain=failed["performance gain"],
        lost_pool=failed["the pool"],
        unmodified=~failed["full cost gain"] if modifies else failed["full cost gain"],
    )


def _add_scores(weighted: list[tuple[KPI, float]], kpis: Floats, ops: Floats, spread: str) -> None:
    if not np.isnan(kpis.sum()):
        for k, (kpi, weight) in enumerate(weighted):
            ops += weight * kpi.score(kpis[:, k])
        return
    missing = np.isnan(kpis)
    counted = counted_weights(np.array([weight for _, weight in weighted]), missing, spread)
    for k, (kpi, _) in enumerate(weighted):
        ops += np.where(missing[:, k], 0.0, counted[:, k] * kpi.score(kpis[:, k]))


def counted_weights(weights: Floats, missing: Bools, spread: str) -> Floats:
    """The weight of each KPI once those without data have lent theirs to the others, (years, K, draws).

    `weights` (K,), `missing` (years, K, draws). Adds up to 1 wherever a KPI with weight has data.
    """
    present = np.where(missing, 0.0, weights[:, None])
    lent = 1.0 - present.sum(axis=1, keepdims=True)
    heirs = present if spread == "in proportion" else (present > 0) * 1.0
    together = heirs.sum(axis=1, keepdims=True)
    return present + heirs * np.divide(lent, together, out=np.zeros_like(together), where=together > 0)


def failed_gate(kpi: KPI, values: Floats) -> Bools:
    """Where a KPI's gate, if it has one, is failed. Shape of `values`."""
    if kpi.gate is None:
        return np.zeros(values.shape, dtype=bool)
    limit = getattr(kpi.levels, kpi.gate.level)
    return np.asarray(values <= limit if kpi.levels.higher_is_better else values >= limit)


def _failed(framework: Framework, values: Floats, blocks: str) -> Bools:
    """Where a gate is failed that takes this away, (years, draws)."""
    years, _, draws = values.shape
    gated = [k for k, kpi in enumerate(framework.kpis()) if kpi.gate and kpi.gate.blocks in GATED[blocks]]
    if not gated:
        return np.broadcast_to(np.False_, (years, draws))
    kpis = list(framework.kpis())
    return np.logical_or.reduce([failed_gate(kpis[k], values[:, k]) for k in gated])
