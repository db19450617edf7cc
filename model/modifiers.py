"""Modifiers: what performance makes of the cost gain and of the cost pain (model §2, step 4)."""

from itertools import pairwise
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from model.base import Floats, Value, number, percent, plain
from model.framework import ramps

SAME_SCORE = 1e-9
"""A weighted mean that misses a threshold by less than this has reached it."""


def quality(ops: Floats) -> Floats:
    """The part earned of the score there is to earn: 0% at -100, 100% at +100. Shape of `ops`."""
    return (np.clip(ops, -100.0, 100.0) + 100.0) / 200.0


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
        "Table", "Score and multiplier, in rising order of score.", min_length=1, max_length=20
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


class QualityModifier(Value):
    """Share × quality: the multiplier is the quality, 0% at a score of -100, 100% at +100."""

    kind: Literal["quality"] = "quality"

    def multiplier(self, ops: Floats) -> Floats:
        return quality(ops)

    @property
    def largest(self) -> float:
        return 1.0


class OneMinusModifier(Value):
    """Clamp(1 − share × quality): the better the quality, the smaller the part, within two limits.

    On a band with a share of 100% the multiplier is itself the providers' part of the overspend.
    """

    kind: Literal["one_minus"] = "one_minus"
    share: float = percent("Share", "What is multiplied by the quality and taken from 100%.", default=0.5)
    lowest: float = percent("At least", "The least that the multiplier can be.", default=0.0)
    highest: float = percent("At most", "The most that the multiplier can be.", default=1.0)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.lowest > self.highest:
            raise ValueError("the modifier's 'At least' is above its 'At most'")
        return self

    def multiplier(self, ops: Floats) -> Floats:
        return np.clip(1.0 - self.share * quality(ops), self.lowest, self.highest)

    @property
    def largest(self) -> float:
        return self.highest


Modifier = Annotated[
    NoModifier | RampModifier | StepModifier | QualityModifier | OneMinusModifier, Field(discriminator="kind")
]
"""`multiplier(ops)` has the shape of `ops`; `largest` is the most that it can be."""
