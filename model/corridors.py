"""Corridors: savings and overspends too small to share (model §2, step 2)."""

from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from model.base import PENNY, Floats, Value, at_least, percent


class NoCorridor(Value):
    """Shared from the first pound."""

    kind: Literal["none"] = "none"

    def past(self, size: Floats, target: Floats) -> Floats:
        return size


class GateCorridor(Value):
    """Too small to share until it reaches the corridor; then shared from the first pound.

    `size` from width × target on, else `inside` × size: with 50% inside, half the usual share is paid there.
    """

    kind: Literal["gate"] = "gate"
    width: float = percent(
        "Corridor",
        "As % of target cost. A gate: past it, all is shared from the first pound; inside it nothing, or the part that "
        "counts inside.",
    )
    inside: float = percent("Counts inside", "Part of a smaller saving or overspend that counts.", default=0.0)

    def past(self, size: Floats, target: Floats) -> Floats:
        return np.where(size >= self.width * target - PENNY, size, self.inside * size)


class DeductibleCorridor(Value):
    """Only what exceeds the corridor is shared: max(size − width × target, 0)."""

    kind: Literal["deductible"] = "deductible"
    width: float = percent(
        "Corridor", "As % of target cost. A deductible: inside it nothing is shared; past it, only the excess."
    )

    def past(self, size: Floats, target: Floats) -> Floats:
        return at_least(size - self.width * target, 0.0)


Corridor = Annotated[NoCorridor | GateCorridor | DeductibleCorridor, Field(discriminator="kind")]
"""`past(size, target)` gives what counts of a saving (or overspend) of `size` ≥ 0 pounds; shapes broadcast."""
