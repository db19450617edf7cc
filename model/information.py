"""What it is worth to know more before signing: how much better a partner would choose on average (model §4).

A partner joins where joining brings more than staying out on average. Knowing more helps only where it would change
that choice. Expected values, as is usual (Howard 1966): what a partner would pay to be spared the risk is not in them.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from model.base import Floats
from model.drivers import Bins, binned
from model.points import batches
from model.statistics import standard_error

BINS = 16
"""Values of an input that are told apart; few, so that the choice in each rests on many draws."""


class Estimate(NamedTuple):
    """A figure and its Monte Carlo standard error."""

    value: float
    error: float


def of_everything(benefit: Floats) -> Estimate:
    """The value of knowing all before choosing, E max(NB, 0) − max(E NB, 0), of net benefits (n,).

    The choice without knowing is made on the other replicates than those it is judged on, as in `of_each`.
    """
    sums = np.array([np.maximum(benefit[part], 0.0).sum() for part in batches(len(benefit))])
    return _estimate(sums - _chosen(_everybody(len(benefit)), benefit), len(benefit))


def of_each(inputs: Mapping[str, Floats], benefit: Floats) -> pd.DataFrame:
    """The 'value' of knowing one input before choosing and its 'standard error', the largest first; inputs (n,) each.

    E over bins of the input of max(mean NB in the bin, 0), less max(E NB, 0): from draws already made (Strong & Oakley
    2013). Each replicate is judged by choices made on all others, so that noise in the bins makes no value on average,
    and no input is ever worth more than everything. A small value may come out a little below 0, by chance.
    """
    found = np.empty((len(inputs), 2))
    unknowing = _chosen(_everybody(len(benefit)), benefit)
    for i, values in enumerate(inputs.values()):
        knowing = _chosen(binned(values[None, :], BINS), benefit)
        found[i] = _estimate(knowing - unknowing, len(benefit))
    table = pd.DataFrame(found, pd.Index(list(inputs), name="input"), ["value", "standard error"])
    return table.sort_values("value", ascending=False, kind="stable")


def _everybody(n: int) -> Bins:
    """All draws in one bin: nothing is known."""
    return binned(np.zeros((1, n)))


def _chosen(bins: Bins, benefit: Floats) -> Floats:
    """What is gained in each replicate, pounds × draws, (R,), where those join in whose bin others gain by joining.

    Where a bin has no draws in other replicates, all other draws decide.
    """
    sums = np.bincount(bins.cells[0], benefit, bins.counts.size).reshape(bins.counts.shape)
    others = sums.sum(axis=1, keepdims=True) - sums
    seen = bins.counts.sum(axis=1, keepdims=True) - bins.counts
    joins = np.where(seen > 0, others, others.sum(axis=0)) > 0
    return np.asarray((sums * joins).sum(axis=0))


def _estimate(sums: Floats, n: int) -> Estimate:
    """The mean of all draws, of sums over each replicate (R,)."""
    sizes = np.array([part.stop - part.start for part in batches(n)])
    return Estimate(float(sums.sum() / n), standard_error(sums / sizes))
