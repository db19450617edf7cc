"""Amounts of money as contracts state them: pounds, part of a fee, part of a target cost."""

from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from model.base import Floats, Value, money, percent, plain


class Uncapped(Value):
    """No limit."""

    kind: Literal["none"] = "none"

    def pounds(self, fee: Floats, target: Floats) -> Floats:
        return np.full_like(fee, np.inf)


class Pounds(Value):
    """A sum of money a year."""

    kind: Literal["pounds"] = "pounds"
    amount: float = money("Pounds", "Pounds a year.")

    def pounds(self, fee: Floats, target: Floats) -> Floats:
        return np.full_like(fee, self.amount)


class OfFee(Value):
    """Part of the year's fee."""

    kind: Literal["of_fee"] = "of_fee"
    part: float = percent("% of fee", "Part of the year's fee (Limb 2).", le=10)

    def pounds(self, fee: Floats, target: Floats) -> Floats:
        return self.part * fee


class OfTarget(Value):
    """Part of the year's target cost."""

    kind: Literal["of_target"] = "of_target"
    part: float = percent("% of target cost", "Part of the year's target cost.", le=10)

    def pounds(self, fee: Floats, target: Floats) -> Floats:
        return self.part * target


Sum = Annotated[Pounds | OfFee | OfTarget, Field(discriminator="kind")]
"""An amount that must be finite, such as a pool."""


class LowerOf(Value):
    """The lower of two sums: min(first, second)."""

    kind: Literal["lower_of"] = "lower_of"
    first: Sum = plain("First", "One of the two sums.", default=OfFee(part=1.0))
    second: Sum = plain("Second", "The other.", default=OfTarget(part=0.05))

    def pounds(self, fee: Floats, target: Floats) -> Floats:
        return np.minimum(self.first.pounds(fee, target), self.second.pounds(fee, target))


Amount = Annotated[Uncapped | Pounds | OfFee | OfTarget | LowerOf, Field(discriminator="kind")]
"""A cap. `pounds(fee, target)` gives pounds per year, same shape as its arguments; infinite when uncapped."""
