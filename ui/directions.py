"""Which way a pasted KPI is better, and levels of a new one that its table leaves out."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from pydantic.fields import FieldInfo

from data.typed import shown
from model.fields import Path
from model.framework import LEVELS
from ui.columns import AIM, NAME, Column, Given
from ui.format import listed

Fit = Callable[[dict[str, Any], Given, bool], list[str]]
ABOUT = (
    "Lower is better where levels fall from failure to gamebreaking: to say so is not needed, but a column "
    "*Higher is better* (yes or no) is checked. Of a new KPI two levels are enough."
)


def _column(title: str, entry: str) -> Column:
    return Column((entry,), title, "", FieldInfo(annotation=bool, title=title))


HIGHER, LOWER = (_column("Higher is better", "higher_is_better"), _column("Lower is better", "lower_is_better"))
COLUMNS = (HIGHER, LOWER)
"""What only a heading names: it is no entry, as the levels say it."""
YES, NO = frozenset(("yes", "y", "true", "on")), frozenset(("no", "n", "false", "off"))
UP = frozenset(("higher", "high", "up", "upwards", "increase", "increasing", "rising", "more", "maximise", "↑", "▲"))
DOWN = frozenset(
    ("lower", "low", "down", "downwards", "decrease", "decreasing", "falling", "less", "fewer", "minimise", "↓", "▼")
)
NEEDED = "yes, no, higher or lower"
SECOND = "a second level, in a column such as Stretch, sets the others at equal steps"
TWO = "two of them, in columns such as Minimum and Stretch, set the others at equal steps"


def higher(cell: str, one: Column) -> bool | None:
    """Whether a cell says that higher is better; nothing where it cannot be read."""
    words = frozenset(re.findall(r"[^\W_]+|[↑▲↓▼]", cell.casefold()))
    if bool(words & UP) != bool(words & DOWN):
        return bool(words & UP)
    if words & (UP | DOWN) or bool(words & YES) == bool(words & NO):
        return None
    return bool(words & YES) == (one == HIGHER)


def fitting(first: Fit) -> Fit:
    """What makes a KPI fit for its row beside another: its direction is checked, and levels left out are set."""

    def fit(kpi: dict[str, Any], given: Given, new: bool) -> list[str]:
        said = {one.place: given.pop(one.place) for one in COLUMNS if one.place in given}
        stated: dict[str, float] = {
            level: float(given["levels", level]) for level in LEVELS if ("levels", level) in given
        }
        aim = str(given.pop(AIM, ""))
        whole = {**kpi, "name": given.get(NAME, kpi["name"]), "unit": given.get(("unit",), kpi["unit"])}
        wrong = _set(whole, stated, [*said.values()], aim) if new else []
        kpi["levels"] = whole["levels"]
        levels = [{**kpi["levels"], **stated}[level] for level in LEVELS]
        wrong = wrong or [one for up in said.values() for one in _against(whole, levels, up)]
        return [*first(kpi, given, new), *wrong]

    return fit


def left_out(places: Sequence[Path]) -> list[str]:
    """The levels that are set at equal steps, where a table gives some of them: two or more."""
    missing: list[str] = [level for level in LEVELS if ("levels", level) not in places]
    return missing if len(missing) <= len(LEVELS) - 2 else []


def told(kpi: dict[str, Any], missing: Sequence[str]) -> str:
    """'failure, poor and gamebreaking were not in the table: set at equal steps, 9, 10.5 and 15'."""
    figures = listed([f"{kpi['levels'][level]:,.10g}" for level in missing])
    return (
        f"{listed([*missing])} {'was' if len(missing) == 1 else 'were'} not in the table: set at equal steps, {figures}"
    )


def _against(kpi: dict[str, Any], levels: Sequence[float], up: bool) -> Iterator[str]:
    """That levels go the other way than a table says."""
    first, last = levels[0], levels[-1]
    if first != last and up != (last > first):
        way, other = ("higher", "fall") if up else ("lower", "rise")
        yield (
            f"{shown(_name(kpi))}: the table says that {way} is better, but its levels {other} from failure "
            f"({first:,.10g}) to gamebreaking ({last:,.10g})."
        )


def _set(kpi: dict[str, Any], stated: dict[str, float], said: list[bool], aim: str) -> list[str]:
    """Sets the levels of a new KPI that its table does not give; why that cannot be. `aim`: as in `_alone`."""
    if len(stated) == len(LEVELS):
        return []
    if len(stated) < 2:
        return _alone(kpi, stated, False in said, aim)
    if len({b > a for a, b in pairwise(stated.values())}) > 1 or len({*stated.values()}) < len(stated):
        each = listed([f"{level} {value:,.10g}" for level, value in stated.items()])
        return [f"{shown(_name(kpi))}: levels must rise or fall all the way, but are {each}."]
    found = _stepped(stated, kpi.get("unit") == "%")
    if found is None:
        return [f"{shown(_name(kpi))}: its levels leave no room for the others at equal steps; give all five."]
    kpi["levels"] = {**kpi["levels"], **found}
    return []


def _name(kpi: dict[str, Any]) -> str:
    return str(kpi.get("name"))


def _alone(kpi: dict[str, Any], stated: dict[str, float], falls: bool, aim: str) -> list[str]:
    """Why a single level, or none, does not do, where those of any new KPI do not go with it.

    `aim`: the heading of its expected value, where that may have been meant as a level.
    """
    usual = {**kpi["levels"], **stated}
    rises = all(usual[b] > usual[a] for a, b in pairwise(LEVELS))
    if rises and not falls:
        return []
    if not stated:
        return [f"{shown(_name(kpi))}: lower is better, but no level is in the table; {TWO}."]
    level, value = next(iter(stated.items()))
    other = "Minimum" if level == "stretch" else "Stretch"
    also = f"; {shown(aim)} is read as Expected here: headed {other} it is a second level" if aim else ""
    return [f"{shown(_name(kpi))}: of its levels only {level} ({value:,.10g}) is in the table; {SECOND}{also}."]


def _stepped(stated: dict[str, float], rate: bool) -> dict[str, float] | None:
    """All levels: equal steps between those stated, and the nearest step beyond them; no figure that is none below 0
    where those stated are not, nor a rate above 100%. None where there is no room."""
    known = {LEVELS.index(level): value for level, value in stated.items() if level in LEVELS}
    places = sorted(known)
    found = dict(known)
    for a, b in pairwise(places):
        found |= {i: known[a] + (known[b] - known[a]) * (i - a) / (b - a) for i in range(a, b)}
    least = 0.0 if min(known.values()) >= 0 else float("-inf")
    most = 100.0 if rate and max(known.values()) <= 100 else float("inf")
    for end, near, count in ((places[0], places[1], places[0]), (places[-1], places[-2], len(LEVELS) - 1 - places[-1])):
        step = (known[end] - known[near]) / abs(end - near)
        room = (most if step > 0 else least) - known[end]
        step = step if abs(step) * count <= abs(room) else room / count
        if count and not step:
            return None
        found |= {end + n * (1 if end > near else -1): known[end] + n * step for n in range(1, count + 1)}
    return {LEVELS[i]: float(f"{value:.10g}") for i, value in sorted(found.items())}
