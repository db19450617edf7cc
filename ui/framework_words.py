"""What KPIs are expected to score, in sentences."""

import numpy as np
import pandas as pd

from model.framework import KPI, LEVELS
from ui.format import (
    chance,
    measured,
    points,
)


def kpi_levels(chances: pd.DataFrame, year: str) -> str:
    """Which KPI is most and least likely to be at minimum or better."""
    good = chances.iloc[:, 3:].sum(axis=1)
    return (
        f"In {year}, {good.idxmax()} is at minimum or better in {chance(float(good.max()))} of futures, "
        f"{good.idxmin()} in {chance(float(good.min()))}."
    )


def framework_title(ops: float, year: str, kpis: bool) -> str:
    """Where the alliance is expected to score."""
    if not kpis:
        return "There are no KPIs, so performance neither earns nor costs anything"
    places = (-100, -50, 0, 50, 100)
    above = min(sum(place <= ops for place in places), len(places) - 1)
    if round(ops) in places:
        return f"The alliance is expected to score {points(ops)} in {year}, at {LEVELS[places.index(round(ops))]}"
    between = f"{LEVELS[max(above - 1, 0)]} and {LEVELS[max(above, 1)]}"
    return f"The alliance is expected to score {points(ops)} in {year}, between {between}"


def levels(kpi: KPI) -> pd.Series:
    """Value of each level by name."""
    return pd.Series(dict(zip(LEVELS, kpi.levels.values, strict=True)))


def score(kpi: KPI) -> str:
    """What a KPI's value earns today and where it is expected to be."""
    direction = "higher" if kpi.levels.higher_is_better else "lower"
    now, then = (float(kpi.score(np.array([value]))[0]) for value in (kpi.today, kpi.expected))
    return (
        f"{kpi.name}: {direction} is better. Today's {measured(kpi.today, kpi.unit)} scores {points(now)}; "
        f"the expected {measured(kpi.expected, kpi.unit)} scores {points(then)}."
    )
