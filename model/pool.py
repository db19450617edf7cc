"""The performance pool: money paid or taken by the overall performance score (model §2, step 6)."""

from typing import Self

from pydantic import model_validator

from model.amounts import Sum
from model.base import Floats, Value, number, percent, plain
from model.framework import ramps


class PerformancePool(Value):
    """The performance component: pool × part earned, along straight lines from -100 over the neutral zone to +100.

    Bonus only: most lost 0%. Withhold and earn back: most gained 0%, neutral from +100 (or from the score at which
    all of it is earned back).
    """

    pool: Sum = plain("Pool", "The money at stake on performance in a year.")
    max_gain: float = percent("Most gained", "Part of the pool gained at a score of +100.", default=1.0)
    max_pain: float = percent("Most lost", "Part of the pool lost at a score of -100.", default=1.0)
    neutral_from: float = number("Neutral from", "No pain at or above this score.", ge=-100, le=100, default=0.0)
    neutral_to: float = number("Neutral to", "No gain at or below this score.", ge=-100, le=100, default=0.0)

    @model_validator(mode="after")
    def _zone_leaves_room(self) -> Self:
        low, high = self.neutral_from, self.neutral_to
        if low > high:
            raise ValueError(f"the neutral zone ends at {high:g}, before it starts at {low:g}")
        if low == -100 and self.max_pain > 0:
            raise ValueError("a neutral zone from -100 leaves nothing to lose; set 'Most lost' to 0%")
        if high == 100 and self.max_gain > 0:
            raise ValueError("a neutral zone up to 100 leaves nothing to gain; set 'Most gained' to 0%")
        return self

    def part(self, ops: Floats) -> Floats:
        """Part of the pool gained (+) or lost (-). Shape of `ops`."""
        at = (-100.0, self.neutral_from, self.neutral_to, 100.0)
        return ramps(ops, at, (-self.max_pain, 0.0, 0.0, self.max_gain))
