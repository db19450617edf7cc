"""The performance framework: outcomes, key result areas, KPIs with five levels, and the score they earn."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Annotated, Literal, NamedTuple, Self

import numpy as np
from pydantic import Field, model_validator

from model.base import Floats, Value, must_add_up, must_differ, number, percent, plain, words
from model.evidence import Distribution

Level = Literal["failure", "poor", "minimum", "stretch", "gamebreaking"]
LEVELS: tuple[Level, ...] = ("failure", "poor", "minimum", "stretch", "gamebreaking")


class Piece(NamedTuple):
    """One straight piece of a curve: it adds slope × the value, held between low and high."""

    low: float
    high: float
    slope: float


def ramps(values: Floats, at: tuple[float, ...], to: tuple[float, ...]) -> Floats:
    """Straight lines through the points (at, to), `at` rising or falling; flat beyond the ends. Shape of `values`."""
    constant, found = pieces(at, to)
    total: Floats | None = None
    for piece in found:
        line = values.clip(piece.low, piece.high)
        line *= piece.slope
        total = line + constant if total is None else np.add(total, line, out=total)
    return np.full_like(values, constant, dtype=np.float64) if total is None else total


@lru_cache(maxsize=512)
def pieces(at: tuple[float, ...], to: tuple[float, ...]) -> tuple[float, tuple[Piece, ...]]:
    """The lines through these points as a constant and pieces to add to it; a single piece if one line is enough."""
    (x0, y0), *_, (x1, y1) = points = [*zip(at, to, strict=True), (at[-1], to[-1])]
    if x0 != x1 and all(y0 + (x - x0) / (x1 - x0) * (y1 - y0) == y for x, y in points):
        points = [points[0], points[-1]]
    lines = [(a, b, (high - low) / (b - a)) for (a, low), (b, high) in pairwise(points) if low != high]
    found = tuple(Piece(min(a, b), max(a, b), slope) for a, b, slope in lines)
    return to[0] - sum(slope * a for a, _, slope in lines), found


class Levels(Value):
    """The five agreed values of a KPI, in strict order. Rising values: higher is better; falling: lower is better."""

    failure: float = number("Failure", "At this value or worse the KPI has failed.")
    poor: float = number("Poor", "Below what is acceptable.")
    minimum: float = number("Minimum", "What everybody agreed is good enough.")
    stretch: float = number("Stretch", "Clearly better than expected.")
    gamebreaking: float = number("Gamebreaking", "Thought impossible when the alliance was set up.")

    @property
    def values(self) -> tuple[float, ...]:
        return (self.failure, self.poor, self.minimum, self.stretch, self.gamebreaking)

    @property
    def higher_is_better(self) -> bool:
        return self.gamebreaking > self.failure

    @model_validator(mode="after")
    def _in_strict_order(self) -> Self:
        direction = 1 if self.higher_is_better else -1
        for (worse, better), (low, high) in zip(pairwise(LEVELS), pairwise(self.values), strict=True):
            if direction * (high - low) <= 0:
                raise ValueError(
                    f"the levels must rise or fall all the way from failure to gamebreaking, "
                    f"but {better} ({high:.10g}) does not follow {worse} ({low:.10g})"
                )
        return self


class LevelScores(Value):
    """What each level earns."""

    failure: float = number("At failure", "Score at failure.", ge=-100, le=100, default=-100.0)
    poor: float = number("At poor", "Score at poor.", ge=-100, le=100, default=-50.0)
    minimum: float = number("At minimum", "Score at minimum.", ge=-100, le=100, default=0.0)
    stretch: float = number("At stretch", "Score at stretch.", ge=-100, le=100, default=50.0)
    gamebreaking: float = number("At gamebreaking", "Score at gamebreaking.", ge=-100, le=100, default=100.0)

    @property
    def values(self) -> tuple[float, ...]:
        return (self.failure, self.poor, self.minimum, self.stretch, self.gamebreaking)

    @model_validator(mode="after")
    def _never_fall(self) -> Self:
        if any(high < low for low, high in pairwise(self.values)):
            raise ValueError("the scores must not fall from failure to gamebreaking")
        return self


class Ramp(Value):
    """Between two levels the score moves in proportion."""

    kind: Literal["ramp"] = "ramp"

    def score(self, values: Floats, levels: Levels, scores: LevelScores) -> Floats:
        """Piecewise linear through the five levels, flat beyond the ends. Same shape as `values`."""
        return ramps(values, levels.values, scores.values)


class Step(Value):
    """A level counts only once it is reached."""

    kind: Literal["step"] = "step"

    def score(self, values: Floats, levels: Levels, scores: LevelScores) -> Floats:
        """The score of the best level reached; below poor, that of failure. Same shape as `values`."""
        total = np.full_like(values, scores.failure)
        for level, (points, better_points) in zip(levels.values[1:], pairwise(scores.values), strict=True):
            reached = values >= level if levels.higher_is_better else values <= level
            total += (better_points - points) * reached
        return total


Scoring = Annotated[Ramp | Step, Field(discriminator="kind")]


class Gate(Value):
    """A condition: at or below this level something is not paid. A failed gate never removes pain.

    'full cost gain': the modifier on gain applies only where such a gate has failed. 'the pool': the most that the
    performance pool can lose is lost. 'the score': the overall performance score counts as -100.
    """

    level: Literal["failure", "poor", "minimum"] = plain("Gate level", "At this level or worse the gate is failed.")
    blocks: Literal["cost gain", "performance gain", "all gain", "full cost gain", "the pool", "the score"] = plain(
        "Takes away",
        "Cost gain, performance gain or both; full cost gain: only then is gain multiplied by the modifier; "
        "the pool: its most is lost; the score: it counts as -100.",
    )


class KPI(Value):
    """A measured indicator, its five levels and where it is expected to go."""

    name: str = words("Name", "What is measured, in words that service users understand.")
    unit: str = words("Unit", "For example %, days, people.", longest=30, shortest=0, default="")
    weight: float = percent("Weight", "Its part of its key result area; the KPIs of an area add up to 100%.")
    levels: Levels = plain("Levels", "The five agreed values.")
    scores: LevelScores = plain("Scores", "What each level earns.", default=LevelScores())
    scoring: Scoring = plain("Scoring", "Ramp: in proportion between levels. Step: only once reached.", default=Ramp())
    today: float = number("Today", "Its value when the alliance starts.")
    expected: float = number("Expected", "Where it is expected to be once the change has arrived.")
    years_to_change: int = plain(
        "Years to change", "Years until it reaches the expected value, in equal steps.", ge=1, le=15, default=3
    )
    deviation: Distribution = plain("Uncertainty", "How far a year's value may lie from its path, in its own unit.")
    people: int | None = plain(
        "Measured on",
        "How many people a year's rate is measured on; a small number makes it swing by chance. Only for a KPI in %.",
        ge=1,
        le=100_000_000,
        default=None,
    )
    lowest: float | None = number("Lowest possible", "No value below this, for example 0 for a rate.", default=None)
    highest: float | None = number("Highest possible", "No value above this, for example 100%.", default=None)
    gate: Gate | None = plain("Gate", "A level at or below which gain is not paid.", default=None)

    @model_validator(mode="after")
    def _bounds_in_order(self) -> Self:
        if self.lowest is not None and self.highest is not None and not self.lowest < self.highest:
            raise ValueError(
                f"the lowest possible value ({self.lowest:.10g}) must be below the highest ({self.highest:.10g})"
            )
        return self

    @model_validator(mode="after")
    def _counts_people_of_a_rate(self) -> Self:
        if self.people is not None and self.unit != "%":
            raise ValueError(
                f"'Measured on' is for a KPI whose unit is %, that of '{self.name}' is '{self.unit}'; leave it empty"
            )
        return self

    def score(self, values: Floats) -> Floats:
        """Score, -100 to 100, of measured values; same shape."""
        return self.scoring.score(values, self.levels, self.scores)

    def path(self, years: int) -> Floats:
        """Expected value in each year, shape (years,)."""
        progress = np.minimum(np.arange(1, years + 1) / self.years_to_change, 1.0)
        return self.today + (self.expected - self.today) * progress


class KRA(Value):
    """A key result area: something that matters to people, measured by KPIs."""

    name: str = words("Name", "The key result area.")
    outcome: str = words("Outcome", "What matters to people, in their words.", longest=300, shortest=0, default="")
    weight: float = percent("Weight", "Its part of the whole; the key result areas add up to 100%.")
    kpis: tuple[KPI, ...] = plain("KPIs", "The measured indicators.", min_length=1, max_length=20)

    @model_validator(mode="after")
    def _kpi_weights_add_up(self) -> Self:
        must_add_up(f"KPI weights in '{self.name}'", (kpi.weight for kpi in self.kpis))
        return self


class Framework(Value):
    """Vision, key result areas and KPIs."""

    vision: str = words("Vision", "What the alliance is for.", longest=600, shortest=0, default="")
    missing: Literal["in proportion", "equally"] = plain(
        "Without data",
        "How the weight of a KPI without data is spread over those that have data: in proportion to their weights, "
        "or the same to each.",
        default="in proportion",
    )
    kras: tuple[KRA, ...] = plain("Key result areas", "What is scored.", max_length=10, default=())

    @model_validator(mode="after")
    def _weights_and_names(self) -> Self:
        if self.kras:
            must_add_up("Weights of the key result areas", (kra.weight for kra in self.kras))
        must_differ("the key result area", (kra.name for kra in self.kras))
        must_differ("the KPI", (kpi.name for kpi in self.kpis()))
        return self

    def kpis(self) -> Iterator[KPI]:
        """All KPIs, in the order of the key result areas."""
        return (kpi for kra in self.kras for kpi in kra.kpis)

    def weights(self) -> Floats:
        """Weight of each KPI in the whole (KRA weight × KPI weight), shape (K,); they add up to 1."""
        raw = np.array([kra.weight * kpi.weight for kra in self.kras for kpi in kra.kpis])
        return raw / raw.sum() if raw.size else raw
