"""Quantile tables: every distribution read off straight lines between its quantiles.

They miss by about a millionth of the spread; heavy tails by more far out, where the values themselves are far apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy import special

from model.base import Floats
from model.dependence import Copula, GaussianCopula
from model.evidence import Distribution

LARGEST_Z = 6.5
"""Tables are flat beyond this normal score: there lies one draw in twelve thousand million."""

CELLS_PER_Z = 2048 / LARGEST_Z
CELLS = 5460
"""Cells of a table. They reach to a score of 8.6, beyond which no draw will ever lie (1 in 10¹⁷)."""

NORMAL = GaussianCopula()


@dataclass(frozen=True)
class Tables:
    """The tables of several distributions end to end: value = start + slope × position."""

    start: Floats
    slope: Floats
    centre: Floats
    """Where the median of each distribution lies, in cells, (distributions,)."""


def tables(rows: Sequence[tuple[Distribution, int]], copula: Copula = NORMAL) -> Tables:
    """Tables of distributions, each with its sign: -1 turns it round, so that high scores give low values.

    Equal ones share a table, so that more of them fit the processor's cache.
    """
    kinds = list(dict.fromkeys(rows))
    lines = [_table(distribution, sign, copula) for distribution, sign in kinds]
    return Tables(
        start=np.concatenate([[], *(start - slope * (CELLS * i) for i, (start, slope) in enumerate(lines))]),
        slope=np.concatenate([[], *(slope for _, slope in lines)]),
        centre=np.array([CELLS * (kinds.index(row) + 0.5) for row in rows]),
    )


@lru_cache(maxsize=512)
def _table(distribution: Distribution, sign: int, copula: Copula) -> tuple[Floats, Floats]:
    """Straight lines through the quantiles on an even grid of scores: value = start + slope × cell.

    A series that is resampled has no values between its own: each cell is one of them.
    """
    cell = np.arange(CELLS + 1)
    score = (cell - CELLS / 2) / CELLS_PER_Z
    if distribution.kind == "data":
        middle = np.asarray(sign * (score[:-1] + score[1:]) / 2, dtype=np.float64)
        return distribution.ppf(_chance(middle, copula)), np.zeros(CELLS)
    values = distribution.ppf(_chance(np.asarray(sign * score, dtype=np.float64), copula))
    slope = np.diff(values)
    return values[:-1] - slope * cell[:-1], slope


def _chance(score: Floats, copula: Copula) -> Floats:
    """How likely it is to lie below a score, within the reach of the tables."""
    most = special.ndtr(LARGEST_Z)
    if copula.kind == "gaussian":
        return np.asarray(np.clip(special.ndtr(score), 1 - most, most), dtype=np.float64)
    t = np.copysign(np.sqrt(copula.df * np.expm1(score**2 / copula.df)), score)
    return np.asarray(np.clip(special.stdtr(copula.df, t), 1 - most, most), dtype=np.float64)


def look_up(found: Tables, positions: Floats) -> None:
    """Turns positions in the tables into values, in place. Every position must lie in a table."""
    for part in positions if positions.ndim == 3 else [positions]:  # a year at a time stays in the processor's cache
        cell = part.astype(np.intp)
        part *= found.slope.take(cell, mode="clip")  # without a check of each place
        part += found.start.take(cell, mode="clip")


def stretch(z: Floats, mix: Floats, df: float) -> None:
    """Turns normal values into the scores of Student t values, in place; `mix` uniform, shaped like the draws of `z`.

    t = z · √(df / χ²), and its score √(df · log(1 + t² / df)) grows slowly enough for a table.
    """
    sign = np.signbit(z)
    z *= np.sqrt(df / special.chdtri(df, 1 - mix))
    np.square(z, out=z)
    z /= df
    np.log1p(z, out=z)
    z *= df
    np.sqrt(z, out=z)
    np.negative(z, out=z, where=sign)


def at(distribution: Distribution, z: Floats) -> Floats:
    """The value of a distribution at normal scores z, by a straight line within each cell of its table."""
    found = tables([(distribution, 1)])
    values = z * CELLS_PER_Z + found.centre[0]
    look_up(found, values)
    return values
