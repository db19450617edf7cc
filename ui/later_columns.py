"""Costs of several years in a pasted table: which column is that of year 1, which those planned of later years."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic.fields import FieldInfo

from data.typed import shown
from model.by_year import LATER, with_cost
from model.fields import Path
from model.partners import UNSTATED
from ui import dated
from ui.columns import COST, Column, Given, Lines
from ui.dashes import DASH
from ui.format import listed

NO_PLAN: Any = {"unit": "£", "empty": UNSTATED}
"""What a dash says of a later year: 0 it cannot be."""


@dataclass
class Found:
    """The columns of costs by their place in the table, and sentences on how their years are read; `left_out`: those
    that are of no year here, also by their place."""

    columns: dict[int, Column] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    left_out: dict[int, str] = field(default_factory=dict)


def is_later(place: Path) -> bool:
    """Whether an entry is the cost of a later year."""
    return place[0] == LATER


def column(years: Sequence[str], year: int) -> Column:
    """The column of a later year's cost, counted from 0 as the first year is."""
    title = f"Cost of {years[year]}"
    info = FieldInfo(annotation=float | None, title=title, json_schema_extra=NO_PLAN)
    return Column((LATER, year - 1), f"{title} (£)", "£", info)


def found(titles: Sequence[str], across: Sequence[Column | None], into: Lines) -> Found:
    """The columns of costs of a table that has some of several years, or of one of them; nothing of any other."""
    if not any(one.place == COST for one in into.columns) or not into.years:
        return Found()
    costs = [j for j, one in enumerate(across) if one and one.place == COST]
    bare = [j for j, one in enumerate(across) if one is None and dated.year_in(titles[j], alone=True)]
    of_year = {j: year for j in sorted([*costs, *bare]) if (year := dated.year_in(titles[j], alone=j in bare))}
    if not of_year or (len(of_year) == 1 and not bare):
        return Found()
    first = int(into.years[0][:4])
    undated = [j for j in costs if j not in of_year]
    begins = _begins(list(of_year.values()), first, bool(undated) or (not costs and len(of_year) == 1))
    places = {j: year - (1 if dated.of_term(year) else begins) for j, year in of_year.items()}
    cost = next(one for one in into.columns if one.place == COST)
    held = Found(dict.fromkeys(undated[:1], cost))
    for j, place in places.items():
        if 0 <= place < len(into.years):
            held.columns[j] = column(into.years, place) if place else cost
        else:
            end = f"after {into.years[-1]}, the last year" if place > 0 else f"before {into.years[0]}, the first year"
            held.left_out[j] = f"Column {j + 1}, {shown(titles[j])}: {end} of the term."
    held.told = _told(titles, {j: place for j, place in places.items() if j in held.columns}, into, begins == first)
    return held


def _begins(years: list[int], first: int, by_the_term: bool) -> int:
    """The calendar year that is year 1: the term's own where the table has it; else the earliest of the table.

    `by_the_term`: the term's own in any case, as the table says what year 1 costs without a year, or has one year.
    """
    calendar = [year for year in years if not dated.of_term(year)]
    return first if by_the_term or first in calendar else min(calendar, default=first)


def _told(titles: Sequence[str], places: dict[int, int], into: Lines, same: bool) -> list[str]:
    """How the years of a table are read."""
    said = []
    for j, place in places.items():
        if place == 0:
            which = "" if same else ", the earliest year"
            cost = next(one.title for one in into.columns if one.place == COST)
            name = f"Column {j + 1} is headed {shown(titles[j])}{which}"
            said.append(f"{name}: it is read as {cost}, which is of year 1, {into.years[0]}.")
    later = [
        f"{into.years[place]} in column {j + 1}{'' if same else f' ({shown(titles[j])})'}"
        for j, place in places.items()
        if place
    ]
    return [*said, f"Costs planned of later years: {listed(later)}."] if later else said


def fit(provider: dict[str, Any], given: Given, new: bool) -> list[str]:
    """Puts what a row gives of later years into its provider, and takes it out of what is given."""
    costs = provider.get(LATER) or []
    for place in [place for place in given if is_later(place)]:
        costs = with_cost(costs, int(place[1]), given.pop(place))
    if costs or provider.get(LATER):
        provider[LATER] = costs
    return []


def dashed(rows: Mapping[int, list[str]], across: Sequence[Column | None]) -> list[str]:
    """What is said of dashes under later years: nobody costs nothing there."""
    return [
        f"Row {i + 1}, {one.title}: a dash is read as no plan, so that year grows from the one before"
        for i, row in rows.items()
        for one, cell in zip(across, row, strict=False)
        if one and is_later(one.place) and cell in DASH
    ]
