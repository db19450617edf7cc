"""Where no design is acceptable: the one that the fewest refuse, and what of a design brings nobody nearer."""

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np

from model.acceptance import Position
from model.base import PENNY
from model.climb import Look, Point
from model.looks import Looks

AS_NEAR = 0.05
"""This part of what a partner falls short by may be given up for a design that changes less."""
SAME = 1e-6


class Judged(Protocol):
    """A design with what it gives and where everybody stands."""

    @property
    def incentive(self) -> float: ...
    @property
    def blockers(self) -> tuple[Position, ...]: ...
    @property
    def worse_off(self) -> Sequence[object]: ...


def point(looks: Looks) -> Point | None:
    """The point seen that the fewest would refuse, the least short of these; of those that give what is wanted and
    leave whoever is spared no worse off. None where nothing seen does."""
    tests = len(looks.tests)
    fit = [
        look
        for look in looks.seen
        if look.figures[-1] >= looks.problem.wanted - SAME and (look.figures[tests:-1] >= -PENNY).all()
    ]
    return min(fit, key=_refused(looks)).point if fit else None


def _refused(looks: Looks) -> Callable[[Look], tuple[int, float]]:
    names = np.array([name for name, _ in looks.tests])

    def by(look: Look) -> tuple[int, float]:
        slacks = look.figures[: len(names)]
        return len(set(names[slacks < 0])), -float(slacks.min(initial=0.0))

    return by


def as_near(one: Judged, other: Judged) -> bool:
    """Whether another design is refused by nobody else, and by nobody who falls much further short, for the same
    incentive."""
    least = {name: slack - AS_NEAR * abs(slack) for name, slack in _short(one).items()}
    return (
        all(slack >= least.get(name, np.inf) for name, slack in _short(other).items())
        and other.incentive >= one.incentive - SAME
        and len(other.worse_off) <= len(one.worse_off)
    )


def _short(one: Judged) -> dict[str, float]:
    return {position.partner: position.tightest.slack for position in one.blockers if position.tightest}
