"""From KPI values to the overall performance score and the failed gates (model §1 'OPS', §2 step 7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from model.base import Bools, Floats
from model.framework import KPI, Framework, Piece, pieces

BLOCK = 4_096
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
        part = {name: values[:, start:stop] for name, values in vars(self).items()}
        if self.measured is self.ops:
            part["measured"] = part["ops"]
        return Scores(**part)


class Pieces(NamedTuple):
    """A straight piece of the score of each of some KPIs."""

    kpis: slice | list[int]
    """By their numbers."""
    low: Floats
    high: Floats
    """Between which values it has a slope, (those, 1)."""
    slopes: Floats
    """Weighted, (those,)."""

    @classmethod
    def of(cls, found: Sequence[tuple[int, Piece]], weights: Floats) -> "Pieces":
        """One piece of each KPI, in their order."""
        numbers, pieces = [k for k, _ in found], [piece for _, piece in found]
        return cls(
            slice(None) if numbers == list(range(len(weights))) else numbers,
            np.array([[piece.low] for piece in pieces]),
            np.array([[piece.high] for piece in pieces]),
            np.array([weights[k] * piece.slope for k, piece in found]),
        )


@dataclass(frozen=True)
class Rules:
    """A framework as numbers, worked out once for any number of blocks of KPI values."""

    kpis: tuple[KPI, ...]
    weights: Floats
    """(K,)"""
    missing: str
    constant: float
    pieces: tuple["Pieces", ...]
    """The score is a constant and the sum of these, the first straight pieces of KPIs, the second ones, and so on."""
    unseen: list[int]
    """KPIs of which a value that is missing (NaN) leaves the sum of the pieces as it is, by their number."""
    steps: tuple[int, ...]
    """KPIs that are scored in steps, by their number."""
    gates: dict[str, tuple[int, ...]]
    """What a failed gate takes away, and the KPIs whose gates do."""


def rules(framework: Framework) -> Rules:
    """The framework as numbers."""
    kpis, weights = tuple(framework.kpis()), framework.weights()
    ramped = {
        k: pieces(kpi.levels.values, kpi.scores.values) for k, kpi in enumerate(kpis) if kpi.scoring.kind == "ramp"
    }
    return Rules(
        kpis=kpis,
        weights=weights,
        missing=framework.missing,
        constant=float(sum(weights[k] * constant for k, (constant, _) in ramped.items())),
        pieces=tuple(
            Pieces.of([(k, found[i]) for k, (_, found) in ramped.items() if i < len(found)], weights)
            for i in range(max((len(found) for _, found in ramped.values()), default=0))
        ),
        unseen=[k for k in range(len(kpis)) if k not in ramped or not ramped[k][1]],
        steps=tuple(k for k in range(len(kpis)) if k not in ramped),
        gates={
            lost: tuple(k for k, kpi in enumerate(kpis) if kpi.gate and kpi.gate.blocks in blocks)
            for lost, blocks in GATED.items()
        },
    )


def score(framework: Framework, kpis: Floats) -> Scores:
    """The overall performance score and the failed gates (model §2, step 7, and §1 'OPS').

    `kpis` has shape (years, K, draws). A KPI without data (NaN) lends its weight to those that have data, in
    proportion or equally; a year without any data scores 0. An indicator without data fails no gate.
    """
    found = rules(framework)
    parts = [scored(found, kpis[:, :, start : start + BLOCK]) for start in range(0, max(kpis.shape[-1], 1), BLOCK)]
    return Scores.joined(parts)


def scored(found: Rules, kpis: Floats) -> Scores:
    """The same as `score`, for one block of draws."""
    ops = _ops(found, kpis)
    failed = {lost: _failed(found, kpis, lost) for lost in GATED}
    lost, modifies = failed["the score"], bool(found.gates["full cost gain"])
    return Scores(
        ops=np.where(lost, -100.0, ops) if found.gates["the score"] else ops,
        measured=ops,
        no_cost_gain=failed["cost gain"],
        no_performance_gain=failed["performance gain"],
        lost_pool=failed["the pool"],
        unmodified=~failed["full cost gain"] if modifies else failed["full cost gain"],
    )


def _ops(found: Rules, kpis: Floats) -> Floats:
    ops = np.full((len(kpis), kpis.shape[-1]), found.constant)
    for ranked in found.pieces:
        ops += ranked.slopes @ kpis[:, ranked.kpis].clip(ranked.low, ranked.high)
    for k in found.steps:
        ops += found.weights[k] * found.kpis[k].score(kpis[:, k])
    unseen = kpis[:, found.unseen] if found.unseen else ops
    if np.isnan(ops.sum() + unseen.sum()):
        return _ops_of_those_with_data(found, kpis)
    return ops


def _ops_of_those_with_data(found: Rules, kpis: Floats) -> Floats:
    missing = np.isnan(kpis)
    counted = counted_weights(found.weights, missing, found.missing)
    ops = np.zeros((len(kpis), kpis.shape[-1]))
    for k, kpi in enumerate(found.kpis):
        ops += np.where(missing[:, k], 0.0, counted[:, k] * kpi.score(kpis[:, k]))
    return ops


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


def _failed(found: Rules, values: Floats, lost: str) -> Bools:
    """Where a gate is failed that takes this away, (years, draws)."""
    years, _, draws = values.shape
    if not found.gates[lost]:
        return np.zeros((years, draws), dtype=bool)
    return np.logical_or.reduce([failed_gate(found.kpis[k], values[:, k]) for k in found.gates[lost]])
