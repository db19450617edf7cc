"""Partners that have not said what they would accept: whether a design leaves them worse off than the present one."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from model.acceptance import often_below, quantile, standings, tail, tests
from model.base import PENNY, Floats
from model.paths import Paths
from model.points import batches
from model.scenario import Scenario
from model.statistics import standard_error
from model.tables import partner_names


class Now(NamedTuple):
    """How such a partner fares under the present design."""

    at: int
    """Its number, providers first."""
    partner: str
    mean: float
    """What it gains on average, pounds."""
    worst: float
    """What its worst 1 in 20 cost on average, pounds."""
    chance: float
    """Of a loss over the term."""
    error: float
    """Standard error of its worst 1 in 20: so much worse is no more than the luck of drawing."""

    def room(self, gains: Floats) -> tuple[float, float, float]:
        """By how many pounds other gains, (n,), could be worse before they are less than now on average, its worst
        1 in 20 cost more, and it loses more often."""
        likelier = quantile(gains, self.chance) if self.chance < 1 else 0.0
        return float(gains.mean()) - self.mean, self.worst - tail(gains), likelier

    def beside(self, gains: Floats) -> "Beside":
        """How it fares with other gains on the same futures."""
        return Beside(self, float(gains.mean()), tail(gains), often_below(gains, 0.0), min(self.room(gains)))


class Beside(NamedTuple):
    """How such a partner fares under a design, beside the present one."""

    now: Now
    mean: float
    worst: float
    chance: float
    slack: float
    """Of the tightest of the three, pounds; below 0: it is worse off."""

    @property
    def worse(self) -> bool:
        """Whether it is worse off, beyond Monte Carlo error."""
        return self.slack < -max(self.now.error, PENNY)


def unheard(scenario: Scenario) -> list[int]:
    """The numbers of those that have said nothing, providers first."""
    return [i for i, one in enumerate(standings(scenario)) if not tests(one)]


def now(scenario: Scenario, found: Paths) -> tuple[Now, ...]:
    """How those that have said nothing fare on these futures."""
    names = partner_names(scenario)
    return tuple(_now(i, names[i], found.at(i).total) for i in unheard(scenario))


def _now(at: int, name: str, gains: Floats) -> Now:
    error = standard_error(np.array([tail(gains[part]) for part in batches(len(gains))]))
    return Now(at, name, float(gains.mean()), tail(gains), often_below(gains, 0.0), error)


def beside(present: Sequence[Now], found: Paths) -> tuple[Beside, ...]:
    """How they fare on the same futures under another design."""
    return tuple(one.beside(found.at(one.at).total) for one in present)
