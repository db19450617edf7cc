"""What is not known: each distribution a small class with its quantile function, mean and spread.

`ppf(u)` gives the values below which a part u of the draws lie, same shape as u, 0 < u < 1.
`like(mean, sd)` is the one of its kind with this mean and spread, sd > 0; the lognormal's floor lies 3 sd below.
Kinds that are made from other figures, a series or several people's views, are in `model/evidence.py`.
"""

from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field, model_validator
from scipy import special

from model.base import OWNERS_UNIT, Floats, InUnits, Value, number

Z90 = float(special.ndtri(0.9))
MOST_SKEWED = 20
STRAIGHT = 1e-7
"""A log spread below which a three-point distribution is a normal."""


class Fixed(Value):
    """Certain: always the same value."""

    kind: Literal["fixed"] = "fixed"
    value: float = number("Value", "The value that is certain.", unit=OWNERS_UNIT)

    @classmethod
    def like(cls, mean: float, sd: float) -> Self:
        return cls(value=mean)

    def ppf(self, u: Floats) -> Floats:
        return np.full_like(u, self.value)

    @property
    def mean(self) -> float:
        return self.value

    @property
    def sd(self) -> float:
        return 0.0


class Uniform(Value):
    """Anything between two values, all equally likely."""

    kind: Literal["uniform"] = "uniform"
    low: float = number("Lowest", "The smallest possible value.", unit=OWNERS_UNIT)
    high: float = number("Highest", "The largest possible value.", unit=OWNERS_UNIT)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        _must_rise(self.low, self.high)
        return self

    @classmethod
    def like(cls, mean: float, sd: float) -> Self:
        return cls(low=mean - 3**0.5 * sd, high=mean + 3**0.5 * sd)

    def ppf(self, u: Floats) -> Floats:
        return self.low + (self.high - self.low) * u

    @property
    def mean(self) -> float:
        return (self.low + self.high) / 2

    @property
    def sd(self) -> float:
        return (self.high - self.low) / float(np.sqrt(12))


class Triangular(Value):
    """Lowest, most likely and highest, joined by straight lines."""

    kind: Literal["triangular"] = "triangular"
    low: float = number("Lowest", "The smallest possible value.", unit=OWNERS_UNIT)
    likely: float = number("Most likely", "The value that is most likely.", unit=OWNERS_UNIT)
    high: float = number("Highest", "The largest possible value.", unit=OWNERS_UNIT)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        _must_rise(self.low, self.high, self.likely)
        return self

    @classmethod
    def like(cls, mean: float, sd: float) -> Self:
        return cls(low=mean - 6**0.5 * sd, likely=mean, high=mean + 6**0.5 * sd)

    def ppf(self, u: Floats) -> Floats:
        width, left, right = self.high - self.low, self.likely - self.low, self.high - self.likely
        rising = self.low + np.sqrt(u * width * left)
        falling = self.high - np.sqrt((1 - u) * width * right)
        return np.asarray(np.where(u * width < left, rising, falling))

    @property
    def mean(self) -> float:
        return (self.low + self.likely + self.high) / 3

    @property
    def sd(self) -> float:
        a, m, b = self.low, self.likely, self.high
        return float(np.sqrt((a * a + m * m + b * b - a * m - a * b - m * b) / 18))


class Pert(Value):
    """Lowest, most likely and highest, as a smooth hump (PERT, a scaled beta distribution)."""

    kind: Literal["pert"] = "pert"
    low: float = number("Lowest", "The smallest possible value.", unit=OWNERS_UNIT)
    likely: float = number("Most likely", "The value that is most likely.", unit=OWNERS_UNIT)
    high: float = number("Highest", "The largest possible value.", unit=OWNERS_UNIT)
    shape: float = number(
        "Shape",
        "How strongly values gather around the most likely one; 4 is usual.",
        gt=0,
        ge=None,
        le=100,
        default=4.0,
    )

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        _must_rise(self.low, self.high, self.likely)
        return self

    @property
    def _exponents(self) -> tuple[float, float]:
        width = self.high - self.low
        return (
            1 + self.shape * (self.likely - self.low) / width,
            1 + self.shape * (self.high - self.likely) / width,
        )

    @classmethod
    def like(cls, mean: float, sd: float) -> Self:
        return cls(low=mean - 7**0.5 * sd, likely=mean, high=mean + 7**0.5 * sd)

    def ppf(self, u: Floats) -> Floats:
        return self.low + (self.high - self.low) * special.betaincinv(*self._exponents, u)

    @property
    def mean(self) -> float:
        return (self.low + self.shape * self.likely + self.high) / (self.shape + 2)

    @property
    def sd(self) -> float:
        a, b = self._exponents
        return (self.high - self.low) * float(np.sqrt(a * b / ((a + b) ** 2 * (a + b + 1))))


class Normal(Value):
    """The bell curve around a mean."""

    kind: Literal["normal"] = "normal"
    mean: float = number("Mean", "The average value.", unit=OWNERS_UNIT)
    sd: float = number(
        "Standard deviation", "Two thirds of values lie within this distance of the mean.", ge=0, unit=OWNERS_UNIT
    )

    @classmethod
    def like(cls, mean: float, sd: float) -> Self:
        return cls(mean=mean, sd=sd)

    def ppf(self, u: Floats) -> Floats:
        return np.asarray(self.mean + self.sd * special.ndtri(u), dtype=np.float64)


class StudentT(Value):
    """A bell curve with heavier tails: big surprises are less rare (Student t)."""

    kind: Literal["student_t"] = "student_t"
    centre: float = number("Centre", "The middle value.", unit=OWNERS_UNIT)
    scale: float = number("Scale", "The spread; a little less than the standard deviation.", ge=0, unit=OWNERS_UNIT)
    df: float = number("Degrees of freedom", "Lower means heavier tails; more than 2.", gt=2, ge=None, le=1000)

    @classmethod
    def like(cls, mean: float, sd: float) -> Self:
        return cls(centre=mean, scale=sd * (4 / 6) ** 0.5, df=6.0)

    def ppf(self, u: Floats) -> Floats:
        return np.asarray(self.centre + self.scale * special.stdtrit(self.df, u), dtype=np.float64)

    @property
    def mean(self) -> float:
        return self.centre

    @property
    def sd(self) -> float:
        return self.scale * float(np.sqrt(self.df / (self.df - 2)))


class LogNormal(Value):
    """Never below a floor, with a long tail upwards (lognormal)."""

    kind: Literal["lognormal"] = "lognormal"
    median: float = number(
        "Median", "Half of the values lie below it, counted from the floor.", gt=0, ge=None, unit=OWNERS_UNIT
    )
    sigma: float = number("Log spread", "The standard deviation of the logarithm; 0.3 is wide.", gt=0, ge=None, le=5)
    shift: float = number("Floor", "Added to every value; no value lies below it.", default=0.0, unit=OWNERS_UNIT)

    @classmethod
    def like(cls, mean: float, sd: float) -> Self:
        sigma = float(np.sqrt(np.log1p(1 / 9)))
        return cls(median=3 * sd / float(np.exp(sigma**2 / 2)), sigma=sigma, shift=mean - 3 * sd)

    def ppf(self, u: Floats) -> Floats:
        return np.asarray(self.shift + self.median * np.exp(self.sigma * special.ndtri(u)))

    @property
    def mean(self) -> float:
        return self.shift + self.median * float(np.exp(self.sigma**2 / 2))

    @property
    def sd(self) -> float:
        return (self.mean - self.shift) * float(np.sqrt(np.expm1(self.sigma**2)))


class Beta(Value):
    """Between two ends, with the two shapes of a beta distribution: rates and parts of a whole."""

    kind: Literal["beta"] = "beta"
    a: float = number("First shape", "Larger means closer to the highest value.", gt=0, ge=None, le=10_000)
    b: float = number("Second shape", "Larger means closer to the lowest value.", gt=0, ge=None, le=10_000)
    low: float = number("Lowest", "The smallest possible value.", unit=OWNERS_UNIT, default=0.0)
    high: float = number("Highest", "The largest possible value.", unit=OWNERS_UNIT, default=1.0)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        _must_rise(self.low, self.high)
        return self

    @classmethod
    def like(cls, mean: float, sd: float) -> Self:
        return cls(a=4.0, b=4.0, low=mean - 3 * sd, high=mean + 3 * sd)

    def ppf(self, u: Floats) -> Floats:
        return np.asarray(self.low + (self.high - self.low) * special.betaincinv(self.a, self.b, u))

    @property
    def mean(self) -> float:
        return self.low + (self.high - self.low) * self.a / (self.a + self.b)

    @property
    def sd(self) -> float:
        a, b = self.a, self.b
        return (self.high - self.low) * float(np.sqrt(a * b / ((a + b) ** 2 * (a + b + 1))))


class ThreePoints(Value):
    """What 1 in 10, 1 in 2 and 9 in 10 lie below (P10, P50, P90): a normal curve, stretched to one side as they say.

    Myerson's distribution: the normal where P50 lies in the middle, else a lognormal from a floor or to a ceiling.
    """

    kind: Literal["three_points"] = "three_points"
    p10: float = number("P10", "One value in ten lies below it.", unit=OWNERS_UNIT)
    p50: float = number("P50", "Half of the values lie below it.", unit=OWNERS_UNIT)
    p90: float = number("P90", "Nine values in ten lie below it.", unit=OWNERS_UNIT)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.p10 < self.p50 < self.p90:
            raise ValueError("P10, P50 and P90 must rise in this order; for a value that is certain choose 'fixed'")
        if not 1 / MOST_SKEWED <= self._ratio <= MOST_SKEWED:
            raise ValueError(
                f"P50 lies too close to P10 or P90: one side may be at most {MOST_SKEWED} times as long as the other"
            )
        return self

    @property
    def _ratio(self) -> float:
        return (self.p90 - self.p50) / (self.p50 - self.p10)

    @property
    def _sigma(self) -> float:
        """The standard deviation of the logarithm; 0 for a normal, below 0 where the tail is at the low end."""
        return float(np.log(self._ratio)) / Z90

    @classmethod
    def like(cls, mean: float, sd: float) -> Self:
        return cls(p10=mean - Z90 * sd, p50=mean, p90=mean + Z90 * sd)

    def ppf(self, u: Floats) -> Floats:
        z, sigma = special.ndtri(u), self._sigma
        if abs(sigma) < STRAIGHT:
            return np.asarray(self.p50 + self._unit * z)
        return np.asarray(self.p50 + self._unit * np.expm1(sigma * z) / sigma)

    @property
    def _unit(self) -> float:
        """Slope of the quantiles at P50, per normal score."""
        if abs(self._sigma) < STRAIGHT:
            return (self.p90 - self.p10) / (2 * Z90)
        return (self.p90 - self.p50) * self._sigma / float(np.expm1(self._sigma * Z90))

    @property
    def mean(self) -> float:
        sigma = self._sigma
        return self.p50 + (self._unit * float(np.expm1(sigma**2 / 2)) / sigma if abs(sigma) >= STRAIGHT else 0.0)

    @property
    def sd(self) -> float:
        sigma = self._sigma
        if abs(sigma) < STRAIGHT:
            return self._unit
        return self._unit * float(np.exp(sigma**2 / 2) * np.sqrt(np.expm1(sigma**2))) / abs(sigma)


def _must_rise(low: float, high: float, likely: float | None = None) -> None:
    if not low < high:
        reason = "the lowest value ({}) must be below the highest ({}); for a value that is certain choose 'fixed'"
        raise InUnits(reason, low, high)
    if likely is not None and not low <= likely <= high:
        reason = "the most likely value ({}) must lie between the lowest ({}) and the highest ({})"
        raise InUnits(reason, likely, low, high)


Stated = Annotated[
    Fixed | Uniform | Triangular | Pert | Normal | StudentT | LogNormal | Beta | ThreePoints,
    Field(discriminator="kind"),
]
"""The kinds that are stated by their figures."""
