"""Money that is paid is in whole pennies: rounded once, so that what is shown adds up to what is shown."""

from collections.abc import Iterable
from math import floor

import numpy as np

CLEAR = 4
"""Decimals of a penny that are looked at: what is smaller is the noise of adding and multiplying."""


def whole(pounds: float) -> int:
    """Pennies, half of one away from nothing: -0.125 is -13."""
    pennies = round(float(pounds) * 100, CLEAR)
    return floor(abs(pennies) + 0.5) * (-1 if pennies < 0 else 1)


def parted(pounds: Iterable[float]) -> list[int]:
    """The pennies of each part, which add up to those of all: the largest rests are rounded up, of two the first."""
    pennies = [round(float(part) * 100, CLEAR) for part in pounds]
    down = [floor(part) for part in pennies]
    rests = [round(part - less, CLEAR) for part, less in zip(pennies, down, strict=True)]
    more = whole(round(sum(pennies), CLEAR) / 100) - sum(down)
    for i in np.argsort([-rest for rest in rests], kind="stable")[: max(more, 0)]:
        down[i] += 1
    return down
