"""Limits that say little about signing: broken today, broken by staying out too, beyond what the caps
allow, or kept in every future drawn and not by the caps."""

from model.acceptance import BY_CHANCE, Cell, Position, Test, staying_out
from model.base import PENNY


def below_today(one: Position) -> bool:
    """Whether its reserves are below what they must keep before anything happens."""
    room = one.standing.room if one.standing else None
    return room is not None and room < -PENNY


def broken_anyway(one: Position) -> tuple[Cell, ...]:
    """The tests of staying out that it fails as joining does; not that of reserves which are too low today."""
    if one.standing is None or one.accepts:
        return ()
    failed = {cell.test for cell in one.cells if not cell.accepts} - ({"reserves"} if below_today(one) else set())
    return tuple(cell for cell in staying_out(one.standing) if cell.test in failed and not cell.accepts)


def out_of_reach(one: Position, most: float, in_a_year: float) -> tuple[Test, ...]:
    """The tests that cannot be failed, because the caps end its loss before.

    `most`, `in_a_year`: the largest loss over the term and in one year; inf: uncapped.
    """
    found = ends(one, most, in_a_year)
    return tuple(cell.test for cell in one.cells if cell.test in found and within(*found[cell.test]))


def unseen(one: Position, most: float, in_a_year: float) -> tuple[Cell, ...]:
    """The tests that no future drawn breaks, though the caps would let one do so."""
    found = ends(one, most, in_a_year)
    zero = (cell for cell in one.cells if cell.test in BY_CHANCE and not cell.figure)
    return tuple(cell for cell in zero if cell.test in found and not within(*found[cell.test]))


def never(cell: Cell, futures: int) -> bool:
    """Whether a test of a chance is failed as soon as one of so many futures breaks it."""
    return cell.test in BY_CHANCE and cell.limit * futures < 1


def ends(one: Position, most: float, in_a_year: float) -> dict[Test, tuple[float, float]]:
    """What may be lost before a limit is broken, and the largest loss that the caps allow; pounds, by test."""
    room = None if one.standing is None else one.standing.room
    found: dict[Test, tuple[float | None, float]] = {
        "loss": (one.limits.loss, most),
        "year": (one.limits.year_loss, in_a_year),
        "worst": (one.limits.worst, most),
        "reserves": (room, most),
    }
    return {test: (limit, largest) for test, (limit, largest) in found.items() if limit is not None}


def within(limit: float, largest: float) -> bool:
    """Whether the largest loss stays within a limit; half a penny does not matter."""
    return limit >= largest - PENNY
