"""What is said of a line that a pasted table adds: its figures as they will be, and which the table does not give."""

from typing import Any

from model.fields import Path, at
from ui import areas, directions, later_columns, new_kpis
from ui.columns import NAME, Column, Lines
from ui.entries import shown as as_text
from ui.format import listed


def told(document: dict[str, Any], line: Path, columns: list[Column], into: Lines) -> str:
    """A new line's figures as they will be, and which of them the table does not give."""
    item = at(document, line)
    given = [said for one in columns if (said := _entry(item, one))]
    places = [one.place for one in columns]
    kpi = "levels" in item
    missing = directions.left_out(places) if kpi else []
    levels = [("levels", level) for level in missing]
    untold = [*places, *levels, ("today",), ("expected",)] if kpi else places
    usual = [said for one in into.columns if one.place not in untold and (said := _entry(item, one, usual=True))]
    usual += [new_kpis.usual(item)] if kpi else []
    name = f": {item['name']}" if "name" in item else ""
    figures = f", {', '.join(given)}" if given else ""
    more = f"; no figure in the table, so as in any new line: {listed(usual)}" if usual else ""
    stands = new_kpis.standing([str(place[0]) for place in places]) if kpi else ""
    stepped = f"; {directions.told(item, missing)}" if missing else ""
    around = f"{stepped}{f'; {stands}' if stands else ''}; {new_kpis.told(item)}" if kpi else ""
    return f"New line {int(line[-1]) + 1}{areas.where(document, line)}{name}{figures}{more}{around}"


def _entry(item: dict[str, Any], one: Column, usual: bool = False) -> str:
    """An entry of a line by its title, as shown; nothing for a name, nor where it is none or as `usual` nought."""
    value = _value(item, one)
    if isinstance(value, list):
        value = listed(value) if value else one.unstated
    if one.place == NAME or not isinstance(value, int | float | str) or (usual and (not value or value is True)):
        return ""
    return f"{one.title} {as_text(value, one.unit) if not isinstance(value, bool) else 'yes' if value else 'no'}"


def _value(item: dict[str, Any], one: Column) -> Any:
    """An entry of a line; nothing where a list of costs by year ends before it."""
    if later_columns.is_later(one.place):
        costs = item.get(str(one.place[0])) or []
        return costs[year] if (year := int(one.place[1])) < len(costs) else None
    return at(item, one.place[:-1]).get(one.place[-1])
