"""The risk share (Limb 3): who gets which part of a saving, who bears which part of an overspend."""

from itertools import pairwise
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from model.allocation import Allocation, Stated
from model.amounts import Amount, Pounds, Sum, Uncapped
from model.base import PENNY, Floats, Value, as_percent, must_add_up, number, percent, plain
from model.framework import ramps
from model.partners import Provider

SAME_SCORE = 1e-9
"""A weighted mean that misses a threshold by less than this has reached it."""


class NoCorridor(Value):
    """Shared from the first pound."""

    kind: Literal["none"] = "none"

    def past(self, size: Floats, target: Floats) -> Floats:
        return size


class GateCorridor(Value):
    """Too small to share until it reaches the corridor; then shared from the first pound."""

    kind: Literal["gate"] = "gate"
    width: float = percent("Corridor", "As % of target cost.")

    def past(self, size: Floats, target: Floats) -> Floats:
        return np.where(size >= self.width * target - PENNY, size, 0.0)


class DeductibleCorridor(Value):
    """Only what exceeds the corridor is shared."""

    kind: Literal["deductible"] = "deductible"
    width: float = percent("Corridor", "As % of target cost.")

    def past(self, size: Floats, target: Floats) -> Floats:
        return np.maximum(size - self.width * target, 0.0)


Corridor = Annotated[NoCorridor | GateCorridor | DeductibleCorridor, Field(discriminator="kind")]
"""`past(size, target)` gives what counts of a saving (or overspend) of `size` ≥ 0 pounds; shapes broadcast."""


class Band(Value):
    """A layer of the saving (or overspend) with its own provider share."""

    up_to: float | None = percent("Up to", "Where the band ends, as % of target cost; empty: no end.", le=10)
    share: float = percent("Providers' share", "The part of this layer that the providers gain or bear.")


Bands = tuple[Band, ...]


def providers_part(bands: Bands, size: Floats, target: Floats) -> Floats:
    """What providers gain (or bear) of a saving (or overspend) of `size` ≥ 0 pounds: Σ share × layer.

    Beyond a closed last band, and without bands, all belongs to the commissioners. `target` broadcasts on `size`.
    """
    total = np.zeros_like(size)
    start = 0.0
    for band in bands:
        layer = size - start * target
        np.maximum(layer, 0.0, out=layer)
        if not layer.any():
            break
        if band.up_to is not None:
            np.minimum(layer, (band.up_to - start) * target, out=layer)
            start = band.up_to
        layer *= band.share
        total += layer
    return total


class ModifierPoint(Value):
    """One line of a modifier table."""

    ops: float = number("Performance score", "The overall performance score, -100 to 100.", ge=-100, le=100)
    multiplier: float = number("Multiplier", "What the cost component is multiplied by at this score.", ge=0, le=5)


class NoModifier(Value):
    """Performance does not change the cost component."""

    kind: Literal["none"] = "none"

    def multiplier(self, ops: Floats) -> Floats:
        return np.ones_like(ops)

    @property
    def largest(self) -> float:
        return 1.0


class _Table(Value):
    points: tuple[ModifierPoint, ...] = plain(
        "Table", "Score and multiplier, in rising order of score.", min_length=1, max_length=12
    )

    @model_validator(mode="after")
    def _rising(self) -> Self:
        for a, b in pairwise(self.points):
            if not a.ops < b.ops:
                raise ValueError(f"the modifier's scores must rise from line to line, but {b.ops:g} follows {a.ops:g}")
        return self

    @property
    def largest(self) -> float:
        return max(point.multiplier for point in self.points)


class RampModifier(_Table):
    """The multiplier moves in proportion between the lines of the table."""

    kind: Literal["ramp"] = "ramp"

    def multiplier(self, ops: Floats) -> Floats:
        return ramps(ops, tuple(p.ops for p in self.points), tuple(p.multiplier for p in self.points))


class StepModifier(_Table):
    """The multiplier is that of the last line reached."""

    kind: Literal["step"] = "step"

    def multiplier(self, ops: Floats) -> Floats:
        total = np.full_like(ops, self.points[0].multiplier)
        for a, b in pairwise(self.points):
            total += (b.multiplier - a.multiplier) * (ops >= b.ops - SAME_SCORE)
        return total


Modifier = Annotated[NoModifier | RampModifier | StepModifier, Field(discriminator="kind")]
"""`multiplier(ops)` has the shape of `ops`."""


class PerformancePool(Value):
    """The performance component: a pool of money paid or taken by the overall performance score."""

    pool: Sum = plain("Pool", "The money at stake on performance in a year.")
    max_gain: float = percent("Most gained", "Part of the pool gained at a score of +100.", default=1.0)
    max_pain: float = percent("Most lost", "Part of the pool lost at a score of -100.", default=1.0)
    neutral_from: float = number("Neutral from", "No pain at or above this score.", ge=-99, le=0, default=0.0)
    neutral_to: float = number("Neutral to", "No gain at or below this score.", ge=0, le=99, default=0.0)

    def part(self, ops: Floats) -> Floats:
        """Part of the pool gained (+) or lost (-): linear from the neutral zone to ±100. Shape of `ops`."""
        at = (-100.0, self.neutral_from, self.neutral_to, 100.0)
        return ramps(ops, at, (-self.max_pain, 0.0, 0.0, self.max_gain))


class RiskShare(Value):
    """The terms of Limb 3, in the order in which a year is settled."""

    gain_corridor: Corridor = plain("Corridor for savings", "A saving too small to share.", default=NoCorridor())
    pain_corridor: Corridor = plain("Corridor for overspends", "An overspend too small to share.", default=NoCorridor())
    gain_bands: Bands = plain("Gain bands", "Layers of a saving, from zero outwards.", max_length=10, default=())
    pain_bands: Bands = plain("Pain bands", "Layers of an overspend, from zero outwards.", max_length=10, default=())
    gain_modifier: Modifier = plain("Modifier on gain", "Multiplies the cost gain.", default=NoModifier())
    pain_modifier: Modifier = plain("Modifier on pain", "Multiplies the cost pain.", default=NoModifier())
    cost_gain_cap: Amount = plain("Cap on cost gain", "The providers' most from cost in a year.", default=Uncapped())
    cost_pain_cap: Amount = plain("Cap on cost pain", "The providers' worst from cost in a year.", default=Uncapped())
    performance: PerformancePool = plain(
        "Performance pool",
        "Paid or taken by the overall performance score.",
        default=PerformancePool(pool=Pounds(amount=0.0)),
    )
    total_gain_cap: Amount = plain("Cap on total gain", "The providers' most in a year.", default=Uncapped())
    total_pain_cap: Amount = plain("Cap on total pain", "The providers' worst in a year.", default=Uncapped())
    phase_in: tuple[Annotated[float, Field(ge=0, le=1)], ...] = plain(
        "Phase-in",
        "Part of gain and pain that counts in the first years; 0 is a shadow year. Later years: 100%.",
        max_length=15,
        default=(),
    )
    gain_allocation: Allocation = plain("Gain is split", "How providers split their gain.", default=Stated())
    pain_allocation: Allocation = plain("Pain is split", "How providers split their pain.", default=Stated())

    @model_validator(mode="after")
    def _bands_walk_outward(self) -> Self:
        for side, bands in (("gain", self.gain_bands), ("pain", self.pain_bands)):
            start = 0.0
            for i, band in enumerate(bands, start=1):
                if band.up_to is None:
                    if i < len(bands):
                        raise ValueError(
                            f"{side} band {i} has no end, so no band can follow it; only the last may be open"
                        )
                elif band.up_to <= start:
                    raise ValueError(
                        f"{side} band {i} ends at {as_percent(band.up_to)} of target cost, "
                        f"but it starts at {as_percent(start)}; each band must end further out than the one before"
                    )
                else:
                    start = band.up_to
        return self

    def check_stated_shares(self, providers: tuple[Provider, ...]) -> None:
        """Refuses stated shares that do not add up, and splits by a measure that nobody has."""
        for side, rule, shares in (
            ("gain", self.gain_allocation, [p.gain_share for p in providers]),
            ("pain", self.pain_allocation, [p.pain_share for p in providers]),
        ):
            if rule.kind == "stated":
                must_add_up(f"Providers' shares of {side}", shares)
            measures = {
                "by_fee": [p.fee_rate * p.baseline_cost for p in providers],
                "by_target": [p.baseline_cost for p in providers],
                "by_reserves": [p.reserves for p in providers],
            }
            if not any(measures.get(rule.kind, [1.0])):
                measure = {"by_fee": "a fee", "by_target": "a cost", "by_reserves": "reserves"}[rule.kind]
                raise ValueError(f"{side} cannot be split {rule.kind.replace('_', ' ')}: no provider has {measure}")
