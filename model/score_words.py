"""What the levels of KPIs score, and how a value came to its score: the rule filled in with these numbers."""

from collections.abc import Sequence
from math import isnan

from model.framework import KPI, LEVELS
from model.wording import listed

BETWEEN = {"ramp": ", in proportion between", "step": "; a level counts only once it is reached"}
"""What a value between two levels earns, by the kind of scoring."""
FIGURES = 6
"""As many as a value that is drawn is written with; one that is larger has all of its whole digits."""


def rules(kpis: Sequence[KPI]) -> list[str]:
    """What each level scores, and what is between; KPIs that score alike share a sentence."""
    alike: dict[tuple[tuple[float, ...], str], list[str]] = {}
    for kpi in kpis:
        alike.setdefault((kpi.scores.values, kpi.scoring.kind), []).append(kpi.name)
    said = []
    for (scores, kind), names in alike.items():
        (worst, lowest), *others = zip(LEVELS, map(points, scores), strict=True)
        each = listed([f"{worst} scores {lowest}", *(f"{level} {score}" for level, score in others)])
        whose = f"{listed(names)}: {each}" if len(alike) > 1 else each.capitalize()
        said.append(f"{whose}{BETWEEN[kind]}.")
    return said


def levels(kpi: KPI) -> str:
    """'failure 30% (−100), poor 40% (−50) …': the value of each level, and what it scores."""
    every = zip(LEVELS, kpi.levels.values, kpi.scores.values, strict=True)
    return listed([f"{level} {_measured(value, kpi.unit)} ({points(score)})" for level, value, score in every])


def how(kpi: KPI, value: float) -> str:
    """How a value came to its score, so that it can be worked out by hand."""
    if isnan(value):
        return "no data"
    better = 1 if kpi.levels.higher_is_better else -1
    reached = [level for level, at in enumerate(kpi.levels.values) if better * (value - at) >= 0]
    last = reached[-1] if reached else -1
    return _in_proportion(kpi, value, last) if kpi.scoring.kind == "ramp" else _in_steps(kpi, max(last, 0))


def _in_proportion(kpi: KPI, value: float, last: int) -> str:
    """By the last level that is reached; -1 where none is."""
    at, scores = kpi.levels.values, kpi.scores.values
    if last < 0 or last == len(LEVELS) - 1:
        return f"{_level(kpi, max(last, 0))} or {'worse' if last < 0 else 'better'}"
    if value == at[last]:
        return f"at {_level(kpi, last)}"
    part = f"({_written(value)} − {_term(at[last])}) ÷ ({_written(at[last + 1])} − {_term(at[last])})"
    more = _written(scores[last + 1] - scores[last])
    return f"between {_level(kpi, last)} and {_level(kpi, last + 1)}: {_written(scores[last])} + {part} × {more}"


def _in_steps(kpi: KPI, last: int) -> str:
    """By the last level that is reached, failure where none is."""
    if last == len(LEVELS) - 1:
        return f"{_level(kpi, last)} is reached"
    if last == 0:
        return f"{_level(kpi, 1)} is not reached, so as {_level(kpi, 0)}"
    return f"{_level(kpi, last)} is reached, {_level(kpi, last + 1)} is not"


def points(score: float) -> str:
    """A score with its sign, and none before nothing: '+50', '−12.5', '0'."""
    return f"{'+' if score > 0 else ''}{_written(score)}"


def _level(kpi: KPI, level: int) -> str:
    """'minimum (50%, 0)'."""
    return f"{LEVELS[level]} ({_measured(kpi.levels.values[level], kpi.unit)}, {points(kpi.scores.values[level])})"


def _measured(value: float, unit: str) -> str:
    """A value in its own unit: 57%, 33 days."""
    return f"{_written(value)}{unit}" if unit == "%" else f"{_written(value)} {unit}".rstrip()


def _term(value: float) -> str:
    """A value after a minus."""
    return f"({_written(value)})" if value < 0 else _written(value)


def _written(value: float) -> str:
    return f"{value + 0.0:,.{max(FIGURES, len(f'{abs(value):.0f}'))}g}".replace("-", "−")
