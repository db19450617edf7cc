"""What is not known: each distribution a small class with its quantile function, mean and spread.

`ppf(u)` gives the values below which a part u of the draws lie, same shape as u, 0 < u < 1.
`like(mean, sd)` is the one of its kind with this mean and spread, sd > 0; the lognormal's floor lies 3 sd below.
"""

from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field, model_validator
from scipy import special

from model.base import OWNERS_UNIT, Floats, Value, number


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


def _must_rise(low: float, high: float, likely: float | None = None) -> None:
    if not low < high:
        raise ValueError(
            f"the lowest value ({low:.10g}) must be below the highest ({high:.10g}); "
            "for a value that is certain choose 'fixed'"
        )
    if likely is not None and not low <= likely <= high:
        raise ValueError(
            f"the most likely value ({likely:.10g}) must lie between "
            f"the lowest ({low:.10g}) and the highest ({high:.10g})"
        )


Distribution = Annotated[
    Fixed | Uniform | Triangular | Pert | Normal | StudentT | LogNormal, Field(discriminator="kind")
]
