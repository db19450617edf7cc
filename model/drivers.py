"""What drives a result: which inputs its draws move with, and who carries its tail (model §4).

Pure functions of draws already made; inputs may be correlated. Draws on the last axis. Inputs and outputs are in any
unit; gains are positive, so that the worst draws of an output are its lowest.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from model.base import Floats
from model.points import batches
from model.statistics import TAIL, standard_error

Whole = NDArray[np.intp]

UNEXPLAINED = "Unexplained by single inputs"
"""The row of `indices` that holds 1 less the sum of all the others."""

SMALLEST = 8
"""Draws in the outermost bins."""

ROUNDING = 1e-12
"""An output that varies by less than this part of its size is certain."""


@dataclass(frozen=True)
class Bins:
    """Which of n draws lie close together in each of I inputs. K bins of all inputs together, R replicates."""

    cells: Whole
    """Bin × R + replicate of each draw, (I, n); the bins are numbered through all inputs."""
    counts: Floats
    """Draws in each bin from each replicate, (K, R)."""
    first: Whole
    """The first bin of each input, (I,)."""


def binned(inputs: Floats, bins: int | None = None) -> Bins:
    """Cuts n draws of I inputs, (I, n), into bins of equal counts by rank; √n / 2 bins unless another number is given.

    The lowest and the highest bin are halved again and again, because there an input with a long tail does most.
    Equal values stay together, and a value that fills a bin has one of its own: 'it did not happen', say.
    """
    n = inputs.shape[-1]
    parts = batches(n)
    replicate = np.repeat(np.arange(len(parts)), [part.stop - part.start for part in parts])
    cells, first = np.empty(inputs.shape, dtype=np.intp), [0]
    for value, cell in zip(inputs, cells, strict=True):
        order = np.argsort(value)
        begins = _beginnings(value[order], bins or round(np.sqrt(n) / 2))
        cell[order] = np.repeat(first[-1] + np.arange(len(begins)), np.diff(begins, append=n))
        first.append(first[-1] + len(begins))
    cells = cells * len(parts) + replicate
    counts = np.bincount(cells.ravel(), minlength=first[-1] * len(parts))
    return Bins(cells, counts.reshape(-1, len(parts)).astype(float), np.array(first[:-1]))


def _beginnings(ordered: Floats, bins: int) -> Whole:
    """Where bins begin among sorted values (n,): at even ranks, or around the run of equal values found there."""
    n = len(ordered)
    size = n / max(1, min(bins, n // 2))
    ends = size / 2.0 ** np.arange(1, 1 + max(0, int(np.log2(size / SMALLEST))))
    cuts = np.concatenate([ends, np.arange(size, n - size / 2, size), n - ends]).round().astype(np.intp)
    start, stop = (np.searchsorted(ordered, ordered[cuts], side) for side in ("left", "right"))
    stop = stop[(start < cuts) & (stop < n)]
    return np.unique(np.concatenate([[0], start, stop]))


def first_order(inputs: Floats, output: Floats, bins: int | None = None) -> Floats:
    """Var(E[Y|X]) / Var(Y) of each input, (I,): the part of the output's variance that knowing one input would remove.

    Inputs (I, n), output (n,). Not clipped: an input without effect lies around 0 on either side. 0 if Y is certain.
    """
    return _shares(binned(inputs, bins), output)[:-1, 0]


def indices(inputs: Mapping[str, Floats], output: Floats, bins: Bins | None = None) -> pd.DataFrame:
    """First-order 'index' of each input and its 'standard error', the largest first; the last row is `UNEXPLAINED`.

    That row is what takes several inputs together, or is no input; it is below 0 where correlated inputs explain the
    same variance more than once. The error is a jackknife over replicates. `bins` of the same inputs saves time.
    """
    shares = _shares(bins or binned(np.stack(list(inputs.values()))), output)
    replicates = shares.shape[-1] - 1
    errors = (replicates - 1) * _errors(shares[:, 1:].T)
    order = np.append(-shares[:-1, 0], np.inf)
    return _table([*inputs, UNEXPLAINED], ["index", "standard error"], np.array([shares[:, 0], errors]), order)


def _shares(bins: Bins, output: Floats) -> Floats:
    """First-order indices, then 1 less their sum, (I + 1, 1 + R): of all draws, then with each replicate left out.

    Given-data estimate by bins (Plischke, Borgonovo & Smith 2013, 'Global sensitivity measures from given data').
    E[E[Y|X]²] is the mean product of pairs of draws in the same bin, (E Y)² that of all pairs. Only pairs from
    different replicates count: these are independent however they were drawn, so that noise adds nothing on average.
    """
    values = output - output.mean()
    sums = np.bincount(bins.cells.ravel(), np.tile(values, len(bins.cells)), bins.counts.size).astype(float)
    together = np.add.reduceat(_pairs(sums.reshape(bins.counts.shape), bins.counts), bins.first, axis=0)
    starts = [part.start for part in batches(len(values))]
    powers = np.add.reduceat(np.array([values**0, values, values**2]), starts, axis=1, dtype=float)
    apart = _pairs(powers[1:2], powers[:1])
    variance = _without_each(powers[2:]) - apart
    certain = variance <= len(values) * (ROUNDING * np.abs(output).max()) ** 2
    explained = np.vstack([together - apart, variance - (together - apart).sum(axis=0)])
    return _ratio(explained, np.where(certain, 0.0, variance))


def _pairs(sums: Floats, draws: Floats) -> Floats:
    """Draws in a bin × mean product of two from different replicates, (K, R) to (K, 1 + R); 0 without such a pair."""
    total, drawn = _without_each(sums), _without_each(draws)
    products, pairs = total**2 - _without_each(sums**2), drawn**2 - _without_each(draws**2)
    return _ratio(products * drawn, pairs)


def _without_each(values: Floats) -> Floats:
    """The sum over replicates, then the sums without each of them: (K, R) to (K, 1 + R)."""
    total = values.sum(axis=-1, keepdims=True)
    return np.concatenate([total, total - values], axis=-1)


def _ratio(part: Floats, whole: Floats | np.float64) -> Floats:
    """part / whole; 0 where the whole is 0."""
    return np.divide(part, whole, out=np.zeros(np.broadcast_shapes(part.shape, np.shape(whole))), where=whole > 0)


def tornado(inputs: Mapping[str, Floats], output: Floats, low: float = 0.1, high: float = 0.9) -> pd.DataFrame:
    """Mean output where each input is in its lowest and its highest tenth, less the overall mean; the widest bar first.

    Equal values stay together. Where more than half of the draws share one value ('it did not happen'), they are set
    against all below or above it. 'input low' and 'input high' are the mean of the input there, in its own unit.
    The standard errors are from the replicates that have such draws.
    """
    values = np.stack(list(inputs.values()))
    usual = _beside_usual(values)
    parts = [slice(None), *batches(len(output))]
    means = [_tail_means(values[:, p], output[p] - output[p].mean(), low, high, usual) for p in parts]
    found = [means[0], _errors(np.array(means[1:])), _tail_means(values, values, low, high, usual)]
    columns = ["low", "high", "low s.e.", "high s.e.", "input low", "input high"]
    width = np.maximum(means[0], 0).max(axis=0) - np.minimum(means[0], 0).min(axis=0)
    return _table(inputs, columns, np.concatenate(found), -width)


def _beside_usual(values: Floats) -> Floats:
    """The values next to the one that more than half of the draws share, or itself at an end; (2, I), nan for none."""
    n, edges = values.shape[-1], np.full((2, len(values)), np.nan)
    for i, ordered in enumerate(np.sort(values, axis=-1)):
        start, stop = (np.searchsorted(ordered, ordered[n // 2], side) for side in ("left", "right"))
        if stop - start > n / 2:
            edges[:, i] = ordered[max(start - 1, 0)], ordered[min(stop, n - 1)]
    return edges


def _tail_means(values: Floats, measured: Floats, low: float, high: float, usual: Floats) -> Floats:
    """Means of what is measured, (n,) or (I, n), in the two tails of each input, (2, I); nan if a tail is empty."""
    n = values.shape[-1]
    ends = [max(round(low * n), 1) - 1, n - max(round((1 - high) * n), 1)]
    edges = np.where(np.isnan(usual), np.sort(values, axis=-1)[:, ends].T, usual)[:, :, None]
    tails = np.stack([values <= edges[0], values >= edges[1]])
    draws = np.count_nonzero(tails, axis=-1)
    sums = np.einsum("kin,in->ki", tails, np.broadcast_to(measured, values.shape))
    return np.where(draws > 0, sums / np.maximum(draws, 1), np.nan)


def _errors(estimates: Floats) -> Floats:
    """Standard errors of the means of independent estimates on the first axis, leaving out those that are nan."""
    return np.apply_along_axis(lambda found: standard_error(found[~np.isnan(found)]), 0, estimates)


def tail_drivers(inputs: Mapping[str, Floats], output: Floats) -> pd.DataFrame:
    """What the worst 1 in 20 of the output have in common: the mean of each input there, the largest shift first.

    'shift' is 'worst mean' less 'overall mean' in standard deviations of the input; its error is from the replicates.
    """
    values = np.stack(list(inputs.values()))
    shift = _shift(values, output)
    errors = _errors(np.array([_shift(values[:, part], output[part]) for part in batches(len(output))]))
    found = [np.where(np.isnan(shift), 0.0, row) for row in (shift, errors)]
    found += [values @ tail_weights(output), values.mean(axis=-1)]
    columns = ["shift", "standard error", "worst mean", "overall mean"]
    return _table(inputs, columns, np.array(found), -np.abs(found[0]))


def _shift(values: Floats, output: Floats) -> Floats:
    """Means in the worst 1 in 20 less overall means, in standard deviations, (I,); nan for what does not vary."""
    away = values @ tail_weights(output) - values.mean(axis=-1)
    return np.where(np.ptp(values, axis=-1) > 0, _ratio(away, values.std(axis=-1)), np.nan)


def _table(inputs: Iterable[str], columns: list[str], found: Floats, order: Floats) -> pd.DataFrame:
    """What was found of each input, (columns, I), with the inputs in ascending order of (I,)."""
    table = pd.DataFrame(found.T, pd.Index(list(inputs), name="input"), columns)
    return table.iloc[np.argsort(order, kind="stable")]


def tail_weights(total: Floats) -> Floats:
    """The weight of each draw in the average of the worst 1 in 20, (n,), adding up to 1; equal values share alike."""
    size = TAIL * len(total)
    whole = min(int(size), len(total) - 1)
    edge = np.partition(total, whole)[whole]
    worse, at_edge = total < edge, total == edge
    return (worse + at_edge * ((size - worse.sum()) / at_edge.sum())) / size


def euler_parts(parts: Floats) -> Floats:
    """Each partner's part of the average loss of all together in their worst 1 in 20, (N,); positive is a loss.

    Of gains (N, n). The parts add up to `statistics.tail_mean` of the total (Tasche 1999: Euler's rule).
    """
    return 0.0 - parts @ tail_weights(parts.sum(axis=0))


def sd_parts(parts: Floats) -> Floats:
    """Each partner's part of the standard deviation of all together, (N,): covariance with the total / sd of the total.

    Of gains (N, n). The parts add up to the sd of the total; all are 0 if that is 0.
    """
    total = parts.sum(axis=0)
    spread = total.std() if total.std() > ROUNDING * np.abs(parts).max() else np.float64(0)
    return _ratio(parts @ (total - total.mean()) / len(total), spread)
