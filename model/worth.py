"""What an uncertain gain is worth to somebody who dislikes losses: the sure sum that it would take instead."""

import numpy as np

from model.base import PENNY, Floats


def certainty_equivalent(gains: Floats, tolerance: float) -> Floats:
    """The sure sum worth as much as uncertain gains (..., n) to a partner with so many pounds of risk tolerance, (...).

    −t log E exp(−G/t), the certainty equivalent under constant risk aversion 1/t (Pratt 1964); for a normal gain
    mean − sd² / (2t). The larger the tolerance, the nearer to the mean; with half a penny or none it is the worst draw.
    """
    worst = gains.min(axis=-1, keepdims=True)
    if tolerance <= PENNY:
        return np.asarray(worst[..., 0])
    mean = np.exp((worst - gains) / tolerance).mean(axis=-1)
    return np.asarray(worst[..., 0] - tolerance * np.log(mean))
