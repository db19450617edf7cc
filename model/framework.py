"""The performance framework: outcomes, key result areas, KPIs with five levels, and the score they earn."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from model.base import Bools, Floats, Value, must_add_up, must_differ, number, percent, plain, words
from model.distributions import Distribution

LEVELS = ("failure", "poor", "minimum", "stretch", "gamebreaking")


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
        total = np.full_like(values, scores.failure)
        steps = zip(pairwise(levels.values), pairwise(scores.values), strict=True)
        for (level, better_level), (points, better_points) in steps:
            reached = np.clip((values - level) / (better_level - level), 0.0, 1.0)
            total += (better_points - points) * reached
        return total


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
    """A condition: at or below this level, no gain is paid. A failed gate never removes pain."""

    level: Literal["failure", "poor", "minimum"] = plain("Gate level", "At this level or worse the gate is failed.")
    blocks: Literal["cost gain", "performance gain", "all gain"] = plain("Blocks", "Which gain is not paid.")


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


@dataclass(frozen=True)
class Scores:
    """What the year's KPI values mean for the contract; each shaped (years, draws)."""

    ops: Floats
    no_cost_gain: Bools
    no_performance_gain: Bools


def score(framework: Framework, kpis: Floats) -> Scores:
    """The overall performance score and the failed gates (model §2, step 7, and §1 'OPS').

    `kpis` has shape (years, K, draws). A KPI without data (NaN) lends its weight to the others in proportion;
    a year without any data scores 0. An indicator without data fails no gate.
    """
    years, _, draws = kpis.shape
    ops, no_cost, no_performance = np.zeros((years, draws)), *np.zeros((2, years, draws), dtype=bool)
    missing = np.isnan(kpis).any()
    present = np.zeros((years, draws))
    for k, (kpi, weight) in enumerate(zip(framework.kpis(), framework.weights(), strict=True)):
        values = kpis[:, k]
        if missing:
            present += weight * ~np.isnan(values)
            ops += weight * np.nan_to_num(kpi.score(values))
        else:
            ops += weight * kpi.score(values)
        if kpi.gate is not None:
            limit = getattr(kpi.levels, kpi.gate.level)
            failed = values <= limit if kpi.levels.higher_is_better else values >= limit
            if kpi.gate.blocks != "performance gain":
                no_cost |= failed
            if kpi.gate.blocks != "cost gain":
                no_performance |= failed
    if missing:
        ops = np.divide(ops, present, out=np.zeros_like(ops), where=present > 0)
    return Scores(ops, no_cost, no_performance)
