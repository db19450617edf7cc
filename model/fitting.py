"""From past values to a distribution: families fitted by likelihood, ranked by how far the data prefer them.

The score is AICc, −2 ln L + 2k + 2k(k + 1) / (n − k − 1) with k parameters and n values; lower is better.
Akaike weights are exp(−difference / 2), scaled to add up to 1. Values count as independent of each other.
Every distribution is as wide as a forecast of the next value must be, because its parameters come from few values.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy import special

from model.base import Floats, as_percent
from model.distributions import Beta, LogNormal, Stated, StudentT

FEWEST = 8
"""Values to fit. AICc charges a fourth parameter with 13 units at 8 values, 20 at 7 and 40 at 6: no choice is left."""

FEWEST_TO_RESAMPLE = 5
"""The next value lies outside all n past ones with a chance of 2 in n + 1: 1 in 3 with 5 values."""

MOST = 2000
LARGEST = 1e10
"""Of a value; the floor of a fitted curve may lie a hundred times further out."""

TIED = 2.0
"""Units of AICc within which families cannot be told apart."""

FEW = 30
"""Values below which the words of a fit warn of the error of its parameters."""

FREEDOMS = np.array([2.5, 3, 3.5, 4, 5, 6, 8, 10, 13, 18, 25, 40, 80, 200, 1000])
"""Degrees of freedom that are tried. Below 2.5 a few values would decide about a nearly infinite spread."""

ROUNDS = 40
"""Of reweighting, and of Newton's method; more change nothing."""

FLOORS = np.geomspace(1e-3, 30, 150)
"""How far the lognormal's floor is tried below the smallest value, as part of the range of the values."""

WIDEST_LOG = 1.5
"""Log spread of a fit: without a limit the likelihood is infinite for a floor at the smallest value."""

EXPONENTS = 0.05, 10_000.0
"""Of a beta, the smallest and largest."""

MARGINS = np.array([0.1, 0.25, 0.5, 1.0, 2.0, 4.0])
"""How far the beta's ends are tried beyond the values, as part of their range; 1 / n is tried too."""


@dataclass(frozen=True)
class Fit:
    """A family fitted to values: its forecast, its AICc and weight, and the largest gap between curve and values."""

    name: str
    distribution: Stated
    aicc: float
    weight: float
    distance: float
    words: str


class _Family(NamedTuple):
    """A fitted family: k, ln L, the part of its draws that lie below each ordered value, and its forecast."""

    name: str
    parameters: int
    likelihood: float
    below: Floats
    forecast: Stated


def fits(values: Sequence[float]) -> list[Fit]:
    """Every family, best first; of those that cannot be told apart, the simplest first. Raises ValueError."""
    x = _ordered(values, FEWEST)
    if _same(x):
        raise ValueError(f"All {len(x)} values are the same ({x[0]:.10g}); choose Fixed.")
    if len(np.unique(x)) < 3:
        raise ValueError(f"The {len(x)} values are only two different ones; no curve fits that, so resample them.")
    found = [family(x) for family in (_normal, _student_t, _lognormal, _beta)]
    scores = [_aicc(family, len(x)) for family in found]
    gaps = [score - min(scores) for score in scores]
    weights = special.softmax(-0.5 * np.array(gaps)).tolist()
    tied = [family.name for family, gap in zip(found, gaps, strict=True) if gap <= TIED]
    ranked = sorted(range(len(found)), key=lambda i: (gaps[i] > TIED, found[i].parameters * (gaps[i] <= TIED), gaps[i]))
    level = [family.name for family in found if 2 * (found[ranked[0]].likelihood - family.likelihood) <= TIED]
    said = [_words(family, tied, level, weight, len(x)) for family, weight in zip(found, weights, strict=True)]
    far = [_distance(family.below) for family in found]
    return [Fit(found[i].name, found[i].forecast, scores[i], weights[i], far[i], said[i]) for i in ranked]


def forecast(mean: float, sd: float, n: int) -> StudentT:
    """The next value of a normal whose mean and standard deviation (n − 1) come from n values, n > 3.

    Student t with n − 1 degrees of freedom and scale sd √(1 + 1/n): its ranges hold what they say, however small n.
    """
    return StudentT(centre=mean, scale=sd * float(np.sqrt(1 + 1 / n)), df=min(n - 1.0, 1000.0))


def widening(n: int) -> float:
    """How much wider the 90% range of `forecast` is than that of the likeliest normal.

    The other families borrow it: of 10 values that come from them, their 90% ranges hold 86% to 90%.
    """
    honest = special.stdtrit(n - 1, 0.95) * np.sqrt(1 + 1 / n)
    return float(honest / special.ndtri(0.95) * np.sqrt(n / (n - 1)))


def of_few(values: Sequence[float]) -> StudentT:
    """The forecast of the next value from mean and spread of too few to fit: a Student t, as wide as they deserve."""
    x = _ordered(values, FEWEST_TO_RESAMPLE)
    return StudentT(centre=float(x.mean()), scale=float(x.std(ddof=1) * np.sqrt(1 + 1 / len(x))), df=float(len(x) - 1))


def told(values: Sequence[float]) -> str:
    """The series in one sentence. Raises ValueError."""
    x = _ordered(values, 1)
    if _same(x):
        return f"{len(x):,} values, all {x[0]:,.10g}." if len(x) > 1 else f"1 value, {x[0]:,.10g}."
    sd = float(x.std(ddof=1))
    first, last, mean, spread = (_plain(figure, sd) for figure in (x[0], x[-1], float(x.mean()), sd))
    different = len(np.unique(x))
    ties = f", only {different} of them different" if different <= len(x) / 2 else ""
    neighbours = ""
    if len(x) >= 10:
        r = autocorrelation(values)
        doubt = ", more than chance explains: they do not count as independent" if abs(r) > 2 / len(x) ** 0.5 else ""
        neighbours = f"; first-order autocorrelation {round(r, 2) + 0.0:.2f}{doubt}"
    return f"{len(x):,} values from {first} to {last}{ties}; mean {mean}, standard deviation {spread}{neighbours}."


def autocorrelation(values: Sequence[float]) -> float:
    """First-order: the correlation of each value with the next, from −1 to 1; 0 where all values are the same."""
    x = np.asarray(values, dtype=np.float64)
    away = x - x.mean()
    return 0.0 if _same(x) else float((away[1:] * away[:-1]).sum() / (away**2).sum())


def _same(x: Floats) -> bool:
    """Whether values differ by no more than rounding."""
    return bool(np.ptp(x) <= max(1e-12, 1e-9 * np.abs(x).max()))


def _ordered(values: Sequence[float], fewest: int) -> Floats:
    x = np.sort(np.asarray(values, dtype=np.float64))
    if len(x) < fewest:
        raise ValueError(
            f"{len(x)} {'value is' if len(x) == 1 else 'values are'} too few; at least {fewest} are needed."
        )
    if len(x) > MOST:
        raise ValueError(f"{len(x):,} values are too many; at most {MOST:,} are used.")
    if not np.isfinite(x).all() or np.abs(x).max() > LARGEST:
        raise ValueError(f"One of the values is no finite number, or beyond {LARGEST:,.0f}; give smaller units.")
    return x


def _grain(x: Floats) -> float:
    """The step that ordered values with ties were rounded to, by their smallest gap; no curve is told finer than it."""
    gaps = np.diff(x)
    return float(gaps[gaps > 0].min()) if (gaps == 0).any() else 1e-9 * float(x[-1] - x[0])


def _normal(x: Floats) -> _Family:
    mean, sd, n = float(x.mean()), float(x.std()), len(x)
    likelihood = -n * (np.log(sd) + 0.5 * np.log(2 * np.pi) + 0.5)
    ahead = forecast(mean, sd * float(np.sqrt(n / (n - 1))), n)
    return _Family("Normal", 2, float(likelihood), special.ndtr((x - mean) / sd), ahead)


def _student_t(x: Floats) -> _Family:
    """Centre and scale by reweighting, for all degrees of freedom at once; the likeliest is kept."""
    df = FREEDOMS[:, None]
    centre, scale = np.full_like(df, np.median(x)), np.full_like(df, x.std())
    for _ in range(ROUNDS):
        weight = (df + 1) / (df + ((x - centre) / scale) ** 2)
        centre = (weight * x).sum(axis=1, keepdims=True) / weight.sum(axis=1, keepdims=True)
        square = (weight * (x - centre) ** 2).sum(axis=1, keepdims=True) / weight.sum(axis=1, keepdims=True)
        scale = np.maximum(np.sqrt(square), 0.5 * _grain(x))
    z = (x - centre) / scale
    density = -special.betaln(df / 2, 0.5) - 0.5 * np.log(df) - np.log(scale) - (df + 1) / 2 * np.log1p(z**2 / df)
    i = int(density.sum(axis=1).argmax())
    ahead = StudentT(centre=centre[i, 0], scale=scale[i, 0] * widening(len(x)), df=df[i, 0])
    return _Family("Student t", 3, float(density[i].sum()), special.stdtr(df[i, 0], z[i]), ahead)


def _lognormal(x: Floats) -> _Family:
    """The likeliest floor of those tried; the log's mean and spread follow from it."""
    floors = x[0] - np.maximum(FLOORS[:, None] * (x[-1] - x[0]), 0.5 * _grain(x))
    logs = np.log(x - floors)
    middle, spread = logs.mean(axis=1), logs.std(axis=1)
    likelihood = -len(x) * (np.log(spread) + 0.5 * np.log(2 * np.pi) + 0.5 + middle)
    i = int(np.where(spread <= WIDEST_LOG, likelihood, -np.inf).argmax())
    ahead = LogNormal(median=np.exp(middle[i]), sigma=spread[i] * widening(len(x)), shift=floors[i, 0])
    return _Family("Lognormal", 3, float(likelihood[i]), special.ndtr((logs[i] - middle[i]) / spread[i]), ahead)


def _beta(x: Floats) -> _Family:
    """The likeliest pair of ends of those tried; the exponents follow from them. The forecast stretches its ends."""
    beyond = np.maximum(np.append(MARGINS, 1 / len(x)) * (x[-1] - x[0]), 0.5 * _grain(x))
    low, high = (ends.reshape(-1, 1) for ends in np.meshgrid(x[0] - beyond, x[-1] + beyond))
    width = high - low
    part = (x - low) / width
    log, rest = np.log(part).mean(axis=1), np.log((high - x) / width).mean(axis=1)
    a, b = _exponents(part, log, rest)
    likelihood = len(x) * ((a - 1) * log + (b - 1) * rest - special.betaln(a, b) - np.log(width[:, 0]))
    i = int(likelihood.argmax())
    middle = low[i, 0] + width[i, 0] * a[i] / (a[i] + b[i])
    ends = middle + widening(len(x)) * (np.array([low[i, 0], high[i, 0]]) - middle)
    ahead = Beta(a=a[i], b=b[i], low=ends[0], high=ends[1])
    return _Family("Beta", 4, float(likelihood[i]), special.betainc(a[i], b[i], part[i]), ahead)


def _exponents(part: Floats, log: Floats, rest: Floats) -> tuple[Floats, Floats]:
    """The likeliest exponents of values in (0, 1) on the last axis, by Newton's method from their moments."""
    mean = part.mean(axis=1)
    total = mean * (1 - mean) / part.var(axis=1) - 1
    a, b = np.clip(mean * total, *EXPONENTS), np.clip((1 - mean) * total, *EXPONENTS)
    for _ in range(ROUNDS):
        both = special.digamma(a + b)
        slope_a, slope_b = log - special.digamma(a) + both, rest - special.digamma(b) + both
        shared = special.polygamma(1, a + b)
        bend_a, bend_b = special.polygamma(1, a) - shared, special.polygamma(1, b) - shared
        over = bend_a * bend_b - shared**2
        next_a = a + (bend_b * slope_a + shared * slope_b) / over
        next_b = b + (bend_a * slope_b + shared * slope_a) / over
        a, b = (np.clip(np.clip(new, old / 3, old * 3), *EXPONENTS) for new, old in ((next_a, a), (next_b, b)))
    return a, b


def _aicc(family: _Family, n: int) -> float:
    k = family.parameters
    return -2 * family.likelihood + 2 * k + 2 * k * (k + 1) / (n - k - 1)


def _distance(below: Floats) -> float:
    """Kolmogorov–Smirnov: the largest gap between a curve at the ordered values and the steps of the values."""
    n = len(below)
    return float(max((np.arange(1, n + 1) / n - below).max(), (below - np.arange(n) / n).max()))


def _words(family: _Family, tied: list[str], level: list[str], weight: float, n: int) -> str:
    """What to make of a family, by those tied with the best and those as likely, whatever their parameters cost."""
    whole = f"{family.name}, with the error of so few points" if n < FEW else family.name
    others = " or ".join(name for name in tied if name != family.name)
    if family.name in tied and others:
        return f"{whole}: as good as any; the data cannot tell it from {others}."
    if family.name in tied:
        verdict = "the simplest that fits as well" if len(level) > 1 else "the data prefer it"
    else:
        verdict = "fits no better for having more parameters" if family.name in level else "the data like it less"
    share = as_percent(round(weight, 2)) if 0.01 <= weight <= 0.99 else "over 99%" if weight > 0.5 else "under 1%"
    return f"{whole}: {verdict}; its weight is {share}."


def _plain(figure: float, sd: float) -> str:
    """With as many decimals as give a standard deviation three figures: 12,345,678 or 0.0314."""
    decimals = min(max(2 - int(np.floor(np.log10(sd))), 0), 12)
    shown = f"{round(figure, decimals) + 0.0:,.{decimals}f}"
    return shown.rstrip("0").rstrip(".") if decimals else shown
