"""What would just change a partner's mind: each term of the contract moved until the partner accepts, same draws."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from model.acceptance import Cell, Position, Standing, cells, positions, standings
from model.draw import Outcomes
from model.levers import Lever, largest, levers
from model.paths import paths
from model.scenario import Scenario
from model.scores import Scores

At = Callable[[float], Cell | None]
"""The tightest test of a partner where a lever stands at a value; None where no contract can have that value."""

PROBES = (0.3, 1.0)
"""How far towards an end is tried before the steps between are searched: what helps need not help all the way."""


@dataclass(frozen=True)
class Price:
    """The value nearest to today's at which a partner clearly accepts; one step nearer it does not."""

    value: float
    error: float
    """Monte Carlo standard error of the value before it was rounded to a step; nan where a step has no size."""
    positions: tuple[Position, ...]
    """Where everybody stands at that value."""

    def refusing(self) -> tuple[str, ...]:
        """Who refuses there."""
        return tuple(position.partner for position in self.positions if not position.accepts)


@dataclass(frozen=True)
class Ask:
    """One lever: where it stands, and the price; None where it does not change the partner's mind by itself."""

    lever: Lever
    now: float
    price: Price | None


def asks(scenario: Scenario, outcomes: Outcomes, scores: Scores, partner: int) -> tuple[Ask, ...]:
    """Each lever of a partner with its price, on draws already made; nothing where it clearly accepts.

    Partners are counted as in `positions`: providers, then commissioners.
    """
    standing = standings(scenario)[partner]
    tightest = _tightest(scenario, outcomes, scores, standing, partner)
    if tightest is None or tightest.verdict == "accepts":
        return ()
    found = []
    for lever in levers(scenario, largest(scenario, outcomes, scores), partner):
        now = lever.value(scenario)
        reached = price(lever, now, _looked_up(lever, scenario, outcomes, scores, standing, partner))
        found.append(Ask(lever, now, None if reached is None else _priced(lever, scenario, outcomes, scores, *reached)))
    return tuple(found)


def price(lever: Lever, now: float, at: At) -> tuple[float, float] | None:
    """The value nearest to today's at which the partner accepts, and its standard error; None where there is none."""
    reached = []
    for values in lever.values(now):
        k = _first(values, at)
        if k is not None:
            before = values[k - 1] if k else now
            reached.append((k, values[k], _error(values[k], at(values[k]), before, at(before))))
    return min(reached)[1:] if reached else None


def _first(values: Sequence[float], at: At) -> int | None:
    """The place of a value that accepts while the one before it (today's, before the first) does not."""
    refused = -1
    for probe in sorted({_place(values, part) for part in PROBES} if values else ()):
        if _accepts(at(values[probe])):
            return _between(values, refused, probe, at)
        refused = probe
    return None


def _place(values: Sequence[float], part: float) -> int:
    """The place of the value that is nearest to a part of the way from the first to the last; steps may differ."""
    wanted = values[0] + part * (values[-1] - values[0])
    return min(range(len(values)), key=lambda place: abs(values[place] - wanted))


def _between(values: Sequence[float], refused: int, accepted: int, at: At) -> int:
    """Narrows the places between one that refuses and one that accepts until they are neighbours.

    By turns where the slack would be 0 on a straight line between the two, and in the middle.
    """
    straight = True
    while accepted - refused > 1:
        here, there = at(values[accepted]), at(values[refused]) if refused >= 0 else None
        part = 0.5
        if straight and here and there:
            part = -there.slack / (here.slack - there.slack)
        straight = not straight
        tried = min(max(refused + math.ceil(part * (accepted - refused)), refused + 1), accepted - 1)
        if _accepts(at(values[tried])):
            accepted = tried
        else:
            refused = tried
    return accepted


def _error(value: float, here: Cell | None, before: float, there: Cell | None) -> float:
    """The standard error of the slack in terms of the lever: by the slack that the last step brought."""
    if here is None or there is None or not math.isfinite(before) or here.slack <= there.slack:
        return math.nan
    return here.error * abs(value - before) / (here.slack - there.slack)


def _accepts(tightest: Cell | None) -> bool:
    return tightest is not None and tightest.verdict == "accepts"


def _looked_up(
    lever: Lever, scenario: Scenario, outcomes: Outcomes, scores: Scores, standing: Standing, partner: int
) -> At:
    """The tightest test at a value; each value is settled once."""
    known: dict[float, Cell | None] = {}

    def at(value: float) -> Cell | None:
        if value not in known:
            moved = _moved(lever, scenario, value)
            known[value] = _tightest(moved, outcomes, scores, standing, partner) if moved else None
        return known[value]

    return at


def _moved(lever: Lever, scenario: Scenario, value: float) -> Scenario | None:
    try:
        return lever.apply(scenario, value)
    except ValidationError:
        return None


def _tightest(scenario: Scenario, outcomes: Outcomes, scores: Scores, standing: Standing, partner: int) -> Cell | None:
    found = paths(scenario, outcomes, scores)
    tests = cells(standing, found.at(partner))
    return min(tests, key=lambda cell: cell.slack, default=None)


def _priced(lever: Lever, scenario: Scenario, outcomes: Outcomes, scores: Scores, value: float, error: float) -> Price:
    moved = lever.apply(scenario, value)
    return Price(value, error, positions(moved, paths(moved, outcomes, scores)))
