"""How wrong may we be? By how much each assumption may be worse before the first partner refuses (model §4).

Where somebody refuses already, the assumption is made better instead: then the margin is negative, what it lacks for
all to accept.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property, partial
from typing import NamedTuple

import numpy as np

from model.acceptance import Cell, Position, Test, positions
from model.base import PENNY, Floats
from model.paths import paths
from model.worse import Assumption, Futures, Kind, MeanCost, assumptions

EXACT = 0.01
"""A margin is searched to this part of an ordinary error."""
MOST_LOOKS = 16
"""Where payments jump, a search stops after so many looks."""
CERTAIN_STEP = 0.05
"""Part of the reach that is tried first where nothing about an assumption is uncertain."""


@dataclass(frozen=True)
class Margin:
    """How wrong one assumption may be. Parts for costs, savings and correlations, its own unit for a KPI."""

    kind: Kind
    name: str
    unit: str
    accepted: bool
    """Whether all accept as things are."""
    margin: float | None
    """How much worse it may be; negative: how much better it must be. None: no value within reach turns the verdict."""
    error: float
    """Monte Carlo standard error of the margin."""
    ordinary: float
    """How wrong it may easily be; 0 where it is certain."""
    reach: float
    """How far was looked: worse (+) or better (-)."""
    first: str
    """Who refuses first, or would be the last to accept."""
    test: Test | None
    """And over what."""

    @property
    def relative(self) -> float | None:
        """The margin in ordinary errors, so that margins in different units can be compared."""
        return None if self.margin is None or not self.ordinary else self.margin / self.ordinary


def tightest(margins: list[Margin]) -> Margin | None:
    """The alliance's margin: the assumption that turns the verdict with the smallest part of an ordinary error."""
    turning = [one for one in margins if one.relative is not None]
    return min(turning, key=lambda one: abs(one.relative or 0.0), default=None)


def margins(futures: Futures, today: tuple[Position, ...]) -> list[Margin]:
    """Of every assumption; `today`: where partners stand as things are."""
    return [margin(futures, one, today) for one in assumptions(futures)]


def margin(futures: Futures, assumption: Assumption, today: tuple[Position, ...]) -> Margin:
    """Of one assumption."""

    def at(x: float) -> Look:
        worse = assumption.worse(futures, x)
        found = paths(futures.scenario, worse.outcomes, worse.scores)
        return look(x, positions(futures.scenario, found))

    now, ordinary = look(0.0, today), assumption.ordinary(futures)
    best, worst = assumption.reach(futures)
    reach = worst if now.accepts else best
    found = turn(at, now, reach, ordinary) if now.cells and reach else None
    return Margin(
        kind=assumption.kind,
        name=assumption.name,
        unit=assumption.unit,
        accepted=now.accepts,
        margin=found.x if found else None,
        error=found.error if found else 0.0,
        ordinary=ordinary,
        reach=reach,
        first=found.partner if found else "",
        test=found.test if found else None,
    )


@dataclass(frozen=True)
class Look:
    """All partners' tests where an assumption is worse by x."""

    x: float
    cells: tuple[tuple[str, Cell], ...]
    """Whose test, and how it comes out."""

    @cached_property
    def slacks(self) -> Floats:
        """Pounds, one for each test; half a penny does not matter."""
        return np.array([cell.slack + PENNY for _, cell in self.cells])

    @cached_property
    def accepts(self) -> bool:
        return bool((self.slacks >= 0).all())


class Turn(NamedTuple):
    """Where the verdict turns, its standard error, and whose test turns it."""

    x: float
    error: float
    partner: str
    test: Test


def look(x: float, found: tuple[Position, ...]) -> Look:
    """Where partners stand if an assumption is worse by x."""
    return Look(x, tuple((one.partner, cell) for one in found for cell in one.cells))


def refusals(futures: Futures, today: tuple[Position, ...]) -> list[Turn]:
    """By how much everybody's costs may be higher before each partner that accepts today refuses, the first first.

    Those that still accept at the dearest that is looked at are left out.
    """
    assumption = MeanCost()
    ordinary, (_, dearest) = assumption.ordinary(futures), assumption.reach(futures)

    @cache
    def standing(x: float) -> tuple[Position, ...]:
        worse = assumption.worse(futures, x)
        return positions(futures.scenario, paths(futures.scenario, worse.outcomes, worse.scores))

    def of(partner: int, x: float) -> Look:
        return look(x, standing(x)[partner : partner + 1])

    found = []
    for i, one in enumerate(today):
        now = look(0.0, (one,))
        if now.cells and now.accepts:
            found.append(turn(partial(of, i), now, dearest, ordinary))
    return sorted((one for one in found if one), key=lambda one: one.x)


def turn(at: Callable[[float], Look], now: Look, reach: float, ordinary: float) -> Turn | None:
    """Where between here and `reach` some partner refuses, or all accept; None where none does.

    Between two looks each test's slack is taken to move straight, so that few looks are needed.
    """
    step = ordinary or CERTAIN_STEP * abs(reach)
    seen = _past(at, now, reach, step)
    if seen[-1].accepts == now.accepts:
        return None
    inside, outside = seen[-2:] if now.accepts else seen[:-3:-1]
    size, ahead, widths = EXACT * step, True, [np.inf, np.inf]
    while abs(gap := outside.x - inside.x) > size and len(seen) < MOST_LOOKS:
        nudge = size / 2 / abs(gap)  # past the estimate, so that an exact one closes in from both sides
        part = _crossing(inside, outside)[0] + (nudge if ahead else -nudge)
        if abs(gap) > widths[-2] / 2:  # payments jump, or nearly
            part = 0.5
        widths.append(abs(gap))
        seen.append(at(inside.x + float(np.clip(part, nudge, 1 - nudge)) * gap))
        ahead = seen[-1].accepts
        inside, outside = (seen[-1], outside) if ahead else (inside, seen[-1])
    return _turned(inside, outside, seen, size)


def _past(at: Callable[[float], Look], now: Look, reach: float, step: float) -> list[Look]:
    """Looks farther and farther out, until the verdict turns or there is no farther."""
    seen, x = [now], min(1.0, step / abs(reach)) * reach
    while True:
        seen.append(at(x))
        if seen[-1].accepts != now.accepts or x == reach:
            return seen
        farther = 1.2 * _extrapolated(seen[-2], seen[-1])
        x = farther if len(seen) < 4 and abs(farther) < abs(reach) else reach


def _extrapolated(near: Look, far: Look) -> float:
    """Where the verdict should turn beyond two looks on the same side; infinitely far where it should not."""
    falls = near.slacks - far.slacks
    moving = falls > 0 if far.accepts else (falls < 0) & (far.slacks < 0)
    parts = np.divide(near.slacks, falls, out=np.full_like(falls, np.inf), where=moving)
    part = parts.min() if far.accepts else parts[far.slacks < 0].max()
    return float(near.x + (far.x - near.x) * part) if np.isfinite(part) else np.inf


def _crossing(inside: Look, outside: Look) -> tuple[float, int]:
    """How far the way is from where all accept to where the first test fails, as part of it; and which test."""
    fails = outside.slacks < 0
    parts = np.full(len(fails), np.inf)
    parts[fails] = inside.slacks[fails] / (inside.slacks - outside.slacks)[fails]
    return float(parts.min()), int(parts.argmin())


def _turned(inside: Look, outside: Look, seen: list[Look], size: float) -> Turn:
    """The standard error of the slack becomes one of the margin by the slope, which needs a look not too near."""
    part, test = _crossing(inside, outside)
    x = inside.x + part * (outside.x - inside.x)
    apart = [one for one in seen if abs(one.x - x) > 10 * size] or seen[:1]
    other = min(apart, key=lambda one: abs(one.x - x))
    end = inside if abs(inside.x - other.x) > abs(outside.x - other.x) else outside
    slope = (end.slacks[test] - other.slacks[test]) / (end.x - other.x or 1.0)
    partner, cell = outside.cells[test]
    return Turn(float(x), float(abs(cell.error / slope)) if slope else np.inf, partner, cell.test)
