"""Limits that say little about signing: broken today, broken by staying out too, or beyond what the caps allow."""

from model.acceptance import Cell, Position, Test, staying_out
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
    room = {
        "loss": (one.limits.loss, most),
        "year": (one.limits.year_loss, in_a_year),
        "worst": (one.limits.worst, most),
    }
    if one.standing is not None:
        room["reserves"] = (one.standing.room, most)
    asked = {cell.test: room[cell.test] for cell in one.cells if cell.test in room}
    return tuple(test for test, (limit, largest) in asked.items() if limit is not None and limit >= largest - PENNY)
