"""What a search for designs has come to: the designs found, and what would open the door where there are none."""

from dataclasses import dataclass

import numpy as np

from model.acceptance import Position, Test, blockers
from model.climb import Point
from model.scenario import Scenario
from model.unheard import Beside
from model.whole import Whole


@dataclass(frozen=True)
class Found:
    """A design that can be opened, with where everybody stands."""

    point: Point
    design: Scenario
    incentive: float
    """What the providers together have of the next pound that all save; a fraction."""
    positions: tuple[Position, ...]
    unheard: tuple[Beside, ...] = ()
    """How those fare that have not said what they would accept."""
    spared: bool = True
    """Whether none of them may be worse off than now."""

    @property
    def slack(self) -> float:
        """Of the tightest test of any partner, pounds; infinite where nobody asks anything."""
        return min((cell.slack for one in self.positions for cell in one.cells), default=np.inf)

    @property
    def acceptable(self) -> bool:
        """Whether nobody refuses, and nobody who is spared is worse off than now."""
        return all(one.accepts for one in self.positions) and not (self.spared and self.worse_off)

    @property
    def worse_off(self) -> tuple[Beside, ...]:
        """Who has not said what it would accept and is worse off than now."""
        return tuple(one for one in self.unheard if one.worse)

    @property
    def blockers(self) -> tuple[Position, ...]:
        """Who refuses, the furthest from accepting for its size first."""
        return blockers(self.positions)


@dataclass(frozen=True)
class Limit:
    """One limit which, moved by so many pounds with all others as they are, lets everybody sign `found`."""

    partner: str
    test: Test
    pounds: float
    found: Found


@dataclass(frozen=True)
class Opening:
    """A term that was not to vary: with it moved as well, everybody signs `found`."""

    term: str
    found: Found


@dataclass(frozen=True)
class Outcome:
    """What a search has come to so far."""

    done: float
    """The part of the work that is done."""
    looked: int
    """Designs settled."""
    frontier: tuple[Found, ...] = ()
    """Designs that all accept, none of which another beats in both incentive and slack; most incentive first."""
    compromise: Found | None = None
    """Where none is acceptable: the design whose tightest test falls least short."""
    fewest: Found | None = None
    """And the design that the fewest refuse, where these are fewer; today's, if no other has fewer than it."""
    today: tuple[Position, ...] = ()
    """And where everybody stands under the design that the search began with."""
    limits: tuple[Limit, ...] = ()
    """And the single limits that would open the door, the smallest move first."""
    less_wanted: Found | None = None
    """And the design with most incentive that all accept, where less than is wanted would open it."""
    openings: tuple[Opening, ...] = ()
    """And the single terms that would."""
    whole: Whole | None = None
    """And what all can have together, where each compares signing with staying out."""

    @property
    def ruled_out(self) -> bool:
        """Whether all have too little together for any design, so that none can be called near."""
        return self.whole is not None and not self.whole.suffices
