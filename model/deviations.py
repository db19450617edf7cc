"""Past values of a KPI as deviations, from their mean or from a straight line through them."""

from collections.abc import Sequence

import numpy as np


def from_mean(values: Sequence[float]) -> tuple[float, ...]:
    """Each value less their mean."""
    x = np.asarray(values, dtype=np.float64)
    return tuple((x - x.mean()).tolist())


def from_line(values: Sequence[float]) -> tuple[float, ...]:
    """Each value less the straight line through all of them in their order, at least 3.

    Widened by √((n − 1) / (n − 2)), because a line has two parameters where a mean has one. Raises ValueError.
    """
    x, n = np.asarray(values, dtype=np.float64), len(values)
    if n < 3:
        raise ValueError(f"{n} values are too few for a straight line; at least 3 are needed.")
    slope, start = np.polyfit(np.arange(n), x, 1)
    return tuple(((x - start - slope * np.arange(n)) * np.sqrt((n - 1) / (n - 2))).tolist())
