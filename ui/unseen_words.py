"""Limits that no future drawn breaks, though the contract allows it, in sentences."""

from typing import NamedTuple

from model.acceptance import Cell, Position, Test
from model.regardless import ends, never, unseen
from model.tables import circumstances
from ui import verdicts
from ui.format import exact, listed, money
from ui.range_words import literal
from ui.session import Session

UNCAPPED = float("inf")
OVERDRAWN = -0.5
"""Pounds."""
KEPT: dict[Test, str] = {"loss": "a large loss", "year": "a large loss in one year", "reserves": "low reserves"}


class Unseen(NamedTuple):
    """One partner's tests with a chance of 0 that the caps would let be failed."""

    one: Position
    cells: tuple[Cell, ...]
    most: float
    """The largest loss over the term, as the caps allow it."""
    in_a_year: float
    futures: int

    @property
    def never(self) -> tuple[Cell, ...]:
        """Those that it accepts with no chance at all: one future more would decide."""
        return tuple(cell for cell in self.cells if never(cell, self.futures))


def found(session: Session, one: Position) -> Unseen:
    """What no future drawn breaks, though the contract allows it; nothing is computed where every chance is above 0."""
    if not any(cell.test in KEPT and not cell.figure for cell in one.cells):
        return Unseen(one, (), UNCAPPED, UNCAPPED, session.draws)
    beside = circumstances(session.scenario).loc[one.partner]
    most, in_a_year = float(beside["loss_limit"]), float(beside["year_limit"])
    return Unseen(one, unseen(one, most, in_a_year), most, in_a_year, session.draws)


def though(of: Unseen) -> str:
    """What limits it in a title: 'the contract allows low reserves'; nothing where all that is never cannot be."""
    return f"the contract allows {listed([KEPT[cell.test] for cell in of.never])}" if of.never else ""


def sentences(of: Unseen) -> list[str]:
    """That what must never be was in none of the draws, that it may be all the same, and how bad."""
    return [f"**{_what(cell)}: {in_none(of)}**: {_worst(of, cell)}." for cell in of.never]


def in_none(of: Unseen) -> str:
    """What a chance of 0 means."""
    return f"in none of {of.futures:,} futures, but the contract allows it"


def beside(of: Unseen, test: Test) -> str:
    """The same after a chance of 0; nothing where the caps rule it out, or it is none."""
    return f", {in_none(of)}" if any(cell.test == test for cell in of.cells) else ""


def ruled_out(of: Unseen) -> list[str]:
    """Where its loss would have to end for what must never be to be impossible."""
    said = []
    for cell in of.never:
        room, largest = ends(of.one, of.most, of.in_a_year)[cell.test]
        now = "nothing limits it" if largest == UNCAPPED else f"now it ends at {money(largest)}"
        when = "in any one year" if cell.test == "year" else "over the term"
        said.append(
            f"For the contract to rule out {KEPT[cell.test]}, its loss would have to end at {money(max(room, 0.0))} "
            f"{when}; {now}."
        )
    return said


def _what(cell: Cell) -> str:
    return f"Reserves below {money(cell.sum)}" if cell.test == "reserves" else f"Losing {verdicts.over(cell)}"


def _worst(of: Unseen, cell: Cell) -> str:
    """What the largest loss would be, or leave."""
    year = cell.test == "year"
    largest = of.in_a_year if year else of.most
    if largest == UNCAPPED:
        return f"nothing limits what {literal(of.one.partner)} can lose"
    if cell.test != "reserves" or of.one.standing is None:
        return f"the largest loss {'in one year ' if year else ''}is {_beside(cell, largest)}"
    left = (of.one.standing.reserves or 0.0) - largest
    if left <= OVERDRAWN:
        return f"the largest loss would overdraw them by {money(-left)}"
    return f"the largest loss would leave {_beside(cell, left)}"


def _beside(cell: Cell, pounds: float) -> str:
    """A sum that can be told from that of its limit."""
    return exact(pounds) if money(pounds) == money(cell.sum) else money(pounds)
