"""How providers split their gain and their pain among themselves (model §2, step 10)."""

from typing import Annotated, Literal, NamedTuple

import numpy as np
from pydantic import Field

from model.base import Floats, Value


class Basis(NamedTuple):
    """What allocation rules may look at; each shaped (years, P)."""

    stated: Floats
    fee: Floats
    target: Floats
    reserves: Floats


class Stated(Value):
    """The shares written in the agreement."""

    kind: Literal["stated"] = "stated"

    def raw(self, basis: Basis) -> Floats:
        return basis.stated


class Equal(Value):
    """The same for each provider."""

    kind: Literal["equal"] = "equal"

    def raw(self, basis: Basis) -> Floats:
        return np.ones_like(basis.stated)


class ByFee(Value):
    """In proportion to each provider's fee of the year."""

    kind: Literal["by_fee"] = "by_fee"

    def raw(self, basis: Basis) -> Floats:
        return basis.fee


class ByTarget(Value):
    """In proportion to each provider's target cost of the year."""

    kind: Literal["by_target"] = "by_target"

    def raw(self, basis: Basis) -> Floats:
        return basis.target


class ByReserves(Value):
    """In proportion to each provider's free reserves."""

    kind: Literal["by_reserves"] = "by_reserves"

    def raw(self, basis: Basis) -> Floats:
        return basis.reserves


Allocation = Annotated[Stated | Equal | ByFee | ByTarget | ByReserves, Field(discriminator="kind")]
"""`raw(basis)` gives weights, shape (years, P); `settle` scales them to add up to 1 in each year."""
