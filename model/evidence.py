"""What is not known, made from other figures: a series of past values, or what several people think.

Each is a distribution like those of `model/distributions.py`; `Distribution` is all of them.
"""

from functools import lru_cache
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field, TypeAdapter, model_validator
from scipy import special

from model.base import LARGEST_MONEY, OWNERS_UNIT, Floats, Value, must_differ, number, plain, words
from model.distributions import Beta, Fixed, LogNormal, Normal, Pert, Stated, StudentT, ThreePoints, Triangular, Uniform

GRID = np.linspace(-8.0, 8.0, 3201)
"""Normal scores at which views are pooled: 0.005 apart."""

Figure = Annotated[float, Field(ge=-LARGEST_MONEY, le=LARGEST_MONEY)]


class FromData(Value):
    """Past values, each as likely as another to come again (resampled): nothing beyond them can happen."""

    kind: Literal["data"] = "data"
    values: tuple[Figure, ...] = plain(
        "Values", "The series; its order does not matter.", min_length=5, max_length=2000, unit=OWNERS_UNIT
    )

    @classmethod
    def like(cls, mean: float, sd: float) -> Self:
        return cls(values=tuple(mean + sd * step / 2**0.5 for step in (-2, -1, 0, 1, 2)))

    def ppf(self, u: Floats) -> Floats:
        ordered = np.sort(np.array(self.values))
        return np.asarray(ordered[np.clip((u * len(ordered)).astype(np.intp), 0, len(ordered) - 1)])

    @property
    def mean(self) -> float:
        return float(np.mean(self.values))

    @property
    def sd(self) -> float:
        return float(np.std(self.values)) if len(set(self.values)) > 1 else 0.0


class View(Value):
    """What one person thinks of a quantity, and how much it counts."""

    name: str = words("Who", "The person or organisation that thinks so.")
    weight: float = number("Weight", "How much this view counts beside the others.", ge=0, le=1000, default=1.0)
    view: Stated = plain("View", "Low, likely, high, or P10, P50, P90.", unit=OWNERS_UNIT)


class Pool(Value):
    """Several people's views of one quantity, pooled: each may be the right one, as likely as its weight says.

    The linear pool: the chance of any event is the weighted mean of the chances that they give it.
    """

    kind: Literal["pool"] = "pool"
    views: tuple[View, ...] = plain("Views", "Each in turn, before they are compared.", min_length=1, max_length=12)

    @model_validator(mode="after")
    def _counts(self) -> Self:
        must_differ("the view of", (view.name for view in self.views))
        if not sum(view.weight for view in self.views) > 0:
            raise ValueError("every view has a weight of 0; at least one must count")
        return self

    @classmethod
    def like(cls, mean: float, sd: float) -> Self:
        both = Pert.like(mean, sd)
        return cls(views=(View(name="First view", view=both), View(name="Second view", view=both)))

    @property
    def weights(self) -> Floats:
        """How much each view counts, (views,); they add up to 1."""
        given = np.array([view.weight for view in self.views])
        return given / given.sum()

    def ppf(self, u: Floats) -> Floats:
        scores, values = _pooled(self)
        return np.interp(special.ndtri(u), scores, values)

    @property
    def mean(self) -> float:
        return float(self.weights @ [view.view.mean for view in self.views])

    @property
    def sd(self) -> float:
        within = float(self.weights @ [view.view.sd**2 for view in self.views])
        return float(np.sqrt(within + self._between))

    @property
    def _between(self) -> float:
        means = np.array([view.view.mean for view in self.views])
        return float(self.weights @ (means - self.mean) ** 2)

    @property
    def disagreement(self) -> float:
        """The part of the variance that is there because their middles differ, 0 to 1."""
        return self._between / self.sd**2 if self.sd else 0.0


@lru_cache(maxsize=64)
def _pooled(pool: Pool) -> tuple[Floats, Floats]:
    """Normal scores and values that the pooled quantile function joins by straight lines."""
    quantiles = [view.view.ppf(special.ndtr(GRID)) for view in pool.views]
    values = np.unique(np.concatenate([q[[0, -1]] if q[0] == q[-1] else q for q in quantiles]))
    below, upto, above = (np.zeros_like(values) for _ in range(3))
    for weight, q in zip(pool.weights, quantiles, strict=True):
        if q[0] == q[-1]:  # certain: all of it lies at one value
            below += weight * (values > q[0])
            upto += weight * (values >= q[0])
            above += weight * (values < q[0])
        else:
            z = np.interp(values, q, GRID)
            below += weight * special.ndtr(z)
            upto += weight * special.ndtr(z)
            above += weight * special.ndtr(-z)
    start = special.ndtri(np.minimum(below, 1.0))
    end = np.where(upto < 0.5, special.ndtri(np.minimum(upto, 1.0)), -special.ndtri(np.minimum(above, 1.0)))
    start = np.where(below < 0.5, start, np.where(upto > below, start, end))
    scores = np.maximum.accumulate(np.clip(np.column_stack([start, end]).ravel(), GRID[0], GRID[-1]))
    return scores, np.repeat(values, 2)


Distribution = Annotated[
    Fixed | Uniform | Triangular | Pert | Normal | StudentT | LogNormal | Beta | ThreePoints | FromData | Pool,
    Field(discriminator="kind"),
]
RANGE: TypeAdapter[Distribution] = TypeAdapter(Distribution)
"""Reads a range of any kind from plain values."""
