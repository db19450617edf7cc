"""The way uphill: the smallest of some figures made as large as possible while others keep their floors."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from scipy.optimize import Bounds, NonlinearConstraint, minimize

from model.base import Floats

Point = tuple[float, ...]
"""A number from 0 to 1 for everything that may vary."""

NUDGE = 1e-3
"""By how much a number of a point is moved to find a slope."""
MOST_STEPS = 10
EXACT = 1e-6
"""A search ends where a step brings less than this part of the usual size, and a floor is kept to this part of it."""


class Look(NamedTuple):
    """A point and its figures."""

    point: Point
    figures: Floats


class Aim(NamedTuple):
    """What is wanted of the figures, all weighed by their usual sizes."""

    lifted: tuple[int, ...]
    """The figures of which the smallest shall be as large as possible."""
    floors: Floats
    """What every figure shall be at least; -inf where anything will do."""
    sizes: Floats
    """How large each usually is."""

    def merit(self, look: Look) -> tuple[float, float]:
        """How well a point does, to compare it with others: floors first."""
        short = float(np.maximum((self.floors - look.figures) / self.sizes, 0.0).sum())
        return (-short if short > EXACT else 0.0), self.smallest(look)

    def smallest(self, look: Look) -> float:
        """The smallest of the figures to be lifted, by its usual size."""
        lifted = list(self.lifted)
        return float((look.figures[lifted] / self.sizes[lifted]).min())

    def meets(self, look: Look) -> bool:
        """Whether every floor is kept."""
        return self.merit(look)[0] == 0.0


def climb(at: Callable[[Sequence[Point]], list[Look]], start: Point, aim: Aim) -> Look:
    """The best point on the way uphill from a start, by sequential quadratic programming (Kraft 1988).

    With t below every figure to be lifted, t is made as large as possible: no kink is left where the smallest changes.
    `at` looks at several points.
    """
    seen: dict[Point, Look] = {}

    def look(points: list[Point]) -> list[Look]:
        new = [point for point in dict.fromkeys(points) if point not in seen]
        seen.update(zip(new, at(new), strict=True))
        return [seen[point] for point in points]

    def room(z: Floats) -> Floats:
        return _room(look([_point(z)])[0].figures, z[-1], aim)

    def slope(z: Floats) -> Floats:
        here = _point(z)
        moved = [_nudged(here, i) for i in range(len(here))]
        found = [one.figures / aim.sizes for one in look([here, *moved])]
        rises = [(f - found[0]) / (m[i] - here[i]) for i, (f, m) in enumerate(zip(found[1:], moved, strict=True))]
        return _slopes(np.array(rises).T, aim)

    first = aim.smallest(look([start])[0])
    minimize(
        _under,
        [*start, first],
        jac=_falling,
        bounds=Bounds([*[0.0] * len(start), -np.inf], [*[1.0] * len(start), np.inf]),
        constraints=NonlinearConstraint(room, 0.0, np.inf, jac=slope),
        method="SLSQP",
        tol=EXACT,
        options={"maxiter": MOST_STEPS},
    )
    return max(seen.values(), key=aim.merit)


def _under(z: Floats, *_: object) -> float:
    """−t, which is to be small."""
    return -float(z[-1])


def _falling(z: Floats, *_: object) -> Floats:
    """Its slopes."""
    return np.asarray(-np.eye(len(z))[-1])


def _point(z: Floats) -> Point:
    return tuple(np.clip(z[:-1], 0.0, 1.0).tolist())


def _nudged(point: Point, i: int) -> Point:
    """A point with one number moved: up, or down where there is no room above."""
    way = NUDGE if point[i] + NUDGE <= 1 else -NUDGE
    return (*point[:i], point[i] + way, *point[i + 1 :])


def _room(figures: Floats, t: float, aim: Aim) -> Floats:
    """By how much figures lie above t, and above their floors where they have any."""
    lifted, floored = list(aim.lifted), np.isfinite(aim.floors)
    above = (figures[floored] - aim.floors[floored]) / aim.sizes[floored]
    return np.concatenate([figures[lifted] / aim.sizes[lifted] - t, above])


def _slopes(rises: Floats, aim: Aim) -> Floats:
    """The slopes of `_room`: of every figure in every number of the point, and in t."""
    lifted = np.column_stack([rises[list(aim.lifted)], -np.ones(len(aim.lifted))])
    floored = rises[np.isfinite(aim.floors)]
    return np.concatenate([lifted, np.column_stack([floored, np.zeros(len(floored))])])
