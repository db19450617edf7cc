"""The alliances that a draft has held, one after another, so that what waits for one is not taken for another's."""

from typing import Any

from model.scenario import Scenario
from model.tables import partner_names
from ui import kept

FIRST = "0"
"""The number of the alliance that a draft begins with."""
Left = dict[str, dict[str, Any]]
"""By number, what an alliance was called, and its partners, when another one was loaded in its place."""


def which(scenario: Scenario, here: Scenario, now: str, left: Left) -> str:
    """The number of the alliance that a scenario to be loaded is of; that of the scenario in its place is `now`."""
    if kept.of_one_alliance(scenario, here):
        return now
    again = (number for number, one in left.items() if number != now and _is(scenario, one))
    return next(again, str(max(int(number) for number in (now, *left)) + 1))


def _is(scenario: Scenario, one: dict[str, Any]) -> bool:
    return one["name"] == scenario.name or one["partners"] == sorted(partner_names(scenario))


def leaving(left: Left, now: str, scenario: Scenario) -> Left:
    """Those that were left, and the one that is left now."""
    return {**left, now: {"name": scenario.name, "partners": sorted(partner_names(scenario))}}


def name(left: Left, number: str) -> str:
    """What an alliance that was left is called."""
    return f"'{left[number]['name']}'" if number in left else "the alliance before"


def had(left: Left, now: str, partner: str) -> bool:
    """Whether a partner was in one of the alliances that another one was loaded in place of."""
    return any(partner in one["partners"] for number, one in left.items() if number != now)
