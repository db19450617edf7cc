"""What a limit says little about, in sentences: broken today, broken by staying out too, or out of reach."""

import pandas as pd

from model.acceptance import Cell, Position, Test
from model.regardless import below_today, broken_anyway, out_of_reach
from ui.format import a_chance, listed, money, signed
from ui.range_words import literal

LIMITS: dict[Test, str] = {
    "loss": "a large loss",
    "year": "a loss in one year",
    "worst": "the worst 1 in 20",
    "reserves": "low reserves",
}
UNMEASURED = "Whether its reserves would last is not tested, because they are not stated."
"""What is said of a partner whose limit on reserves has nothing to be tested on."""
NOTHING = 0.5
"""Pounds."""


def broken(one: Position) -> list[str]:
    """Which of its limits has nothing to be tested on, which are broken today, and which staying out breaks as well."""
    asked = bool(one.cells) or one.limits.reserve_minimum is not None
    said = [UNMEASURED] if one.unmeasured and asked else []
    if one.standing and below_today(one):
        held, kept = money(one.standing.reserves or 0.0), money(one.limits.reserve_minimum or 0.0)
        said.append(f"Its reserves, {held}, are **already below {kept} today**, whatever is signed.")
    if one.standing and (cells := broken_anyway(one)):
        whose = listed([LIMITS[cell.test] for cell in cells])
        limits = "limit" if len(cells) == 1 else "limits"
        brings = signed(one.standing.outside.mean)
        said.append(
            f"**Staying out breaks its {limits} on {whose} too**: it would bring {literal(one.partner)} {brings} on "
            f"average{_below(cells)}."
        )
    return said


def _below(cells: tuple[Cell, ...]) -> str:
    """How likely reserves are too low without the contract."""
    low = next((cell for cell in cells if cell.test == "reserves"), None)
    return f", and reserves below {money(low.sum)} with {a_chance(low.figure)}" if low else ""


def unreachable(one: Position, beside: pd.Series) -> list[str]:
    """Which of its limits no future can break, because the caps end its loss before; `beside`: of
    `model.tables.circumstances`."""
    most, in_a_year = float(beside["loss_limit"]), float(beside["year_limit"])
    tests = out_of_reach(one, most, in_a_year)
    if not tests or most < NOTHING:
        return []
    of_term = [LIMITS[test] for test in tests if test != "year"]
    ends = [f"at {money(most)} over the term"] if of_term else []
    ends += [f"at {money(in_a_year)} in any one year"] if "year" in tests else []
    limits = "limit" if len(tests) == 1 else "limits"
    on = listed([LIMITS[test] for test in tests])
    return [
        f"Its {limits} on {on} cannot be reached while all partners stay: the contract's caps end its loss "
        f"{listed(ends)}."
    ]
