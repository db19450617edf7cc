"""Lists of figures by year in a scenario document, in words; its last figure stays, or all counts after it."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from pydantic import ValidationError

from model.base import as_percent, as_pounds
from model.fields import Path
from model.partners import AS_GROWN
from model.scenario import Term

PHASING: Path = ("baseline", "saving_phasing")
DELIVERY: Path = ("uncertainty", "delivered_by_year")
PHASE_IN: Path = ("risk_share", "phase_in")
BY_YEAR = (PHASING, DELIVERY, PHASE_IN)
LATER = "later_costs"
CLOSE = 1e-6
Costs = list[float | None]


def listed(path: Path, old: Any, new: Any) -> tuple[list[float], list[float]] | None:
    """Both lists, such that the last figure of each stays; None where these are no figures by year."""
    if path not in BY_YEAR:
        return None
    if path == PHASE_IN and isinstance(old, list) and isinstance(new, list):
        old, new = [*old, 1.0], [*new, 1.0]  # what comes after its years counts in full
    return (old, new) if figures(old) and figures(new) else None


def figures(values: Any) -> bool:
    """Whether it is a list of figures, and nothing else was typed."""
    if not isinstance(values, list) or not values:
        return False
    return all(isinstance(value, int | float) and not isinstance(value, bool) for value in values)


def alike(old: list[float], new: list[float]) -> bool:
    """Whether two lists say the same of every year."""
    years = range(max(len(old), len(new)))
    return all(old[min(t, len(old) - 1)] == new[min(t, len(new) - 1)] for t in years)


def change(path: Path, before: Any, after: Any, old: list[float], new: list[float]) -> str:
    """From some figures of a document to others: '100% every year → 50% in 2025-26, then 100%'.

    Where savings arrive a year later or earlier, and that is all, it says so first.
    """
    if (short := [_rounded(old), _rounded(new)])[0] != short[1]:
        old, new = short
    said = f"{_written(old, before)} → {_written(new, after)}"
    moved = _moved(before, after) if path == DELIVERY else ""
    return f"{moved} ({said})" if moved else said


def _rounded(values: Sequence[float]) -> list[float]:
    """To a tenth of a percent, which tells years apart."""
    return [round(value, 3) for value in values]


def _written(values: Sequence[float], document: Any) -> str:
    """'0% in 2025-26, 50% in 2026-27, then 100%'."""
    runs = [(value, len(list(same))) for value, same in groupby(values)]
    if len(runs) == 1:
        return f"{as_percent(values[0])} every year"
    first, said = 0, []
    for value, years in runs[:-1]:
        last = first + years - 1
        when = f"in {label(document, first)}"
        if years > 1:
            when = f"from {label(document, first)} to {label(document, last)}"
        said.append(f"{as_percent(value)} {when}")
        first += years
    return f"{', '.join(said)}, then {as_percent(runs[-1][0])}"


def label(document: Any, year: int) -> str:
    """What a year, counted from 0, is called; 'year 3' where the term is not valid."""
    try:
        return Term.model_validate(document["term"]).label(year)
    except (ValidationError, KeyError):
        return f"year {year + 1}"


def _moved(before: Any, after: Any) -> str:
    """That savings arrive a year later or earlier, where that is all the change of what arrives."""
    if _at(before, PHASING) != _at(after, PHASING) or before.get("term") != after.get("term"):
        return ""
    old, new = _arriving(before), _arriving(after)
    if _later(old, new):
        return "savings arrive a year later"
    return "savings arrive a year earlier" if _later(new, old) else ""


def _later(first: Sequence[float], then: Sequence[float]) -> bool:
    """Whether each year has what the year before had, and the first nothing."""
    late = [0.0, *first[:-1]]
    return any(late) and all(abs(a - b) < CLOSE for a, b in zip(late, then, strict=True))


def _arriving(document: Any) -> list[float]:
    """Part of the required saving that arrives in each year, beside how much of it is delivered at all."""
    try:
        years = Term.model_validate(document["term"]).horizon
    except (ValidationError, KeyError):
        return []
    due, delivered = _at(document, PHASING), _at(document, DELIVERY)
    return [due[min(t, len(due) - 1)] * delivered[min(t, len(delivered) - 1)] for t in range(years)]


def _at(document: Any, path: Path) -> list[float]:
    """The figures at a path; all in full where something else stands there."""
    part, entry = path
    owner = document.get(part)
    values = owner.get(entry) if isinstance(owner, dict) else None
    return list(values) if isinstance(values, list) and figures(values) else [1.0]


def costs(path: Path, old: Any, new: Any) -> tuple[Costs, Costs] | None:
    """Both lists of a provider's costs planned of later years, equally long; None where these are no such figures."""
    pair = [value if isinstance(value, list) else [] for value in (old, new)]
    if path[-1:] != (LATER,) or not all(one is None or figures([one]) for value in pair for one in value):
        return None
    years = max(map(len, pair))
    first, second = ([*value, *[None] * (years - len(value))] for value in pair)
    return first, second


def with_cost(costs: Sequence[Any], year: int, cost: Any) -> list[Any]:
    """Costs with another one of a year, whose first is numbered 0; as short as they can be said."""
    found = [*costs, *[None] * (year + 1 - len(costs))]
    found[year] = cost
    while found and found[-1] is None:
        found.pop()
    return found


def change_of_costs(document: Any, old: Costs, new: Costs) -> str:
    """From some costs to others, in the years that differ: 'as grown → £102,000 in 2019-20, £110,000 in 2020-21'."""
    years = [t for t, both in enumerate(zip(old, new, strict=True)) if both[0] != both[1]]
    return " → ".join(_each_year([(label(document, t + 1), values[t]) for t in years]) for values in (old, new))


def _each_year(costs: Sequence[tuple[str, float | None]]) -> str:
    if all(cost is None for _, cost in costs):
        return AS_GROWN
    return ", ".join(f"{AS_GROWN if cost is None else as_pounds(cost)} in {year}" for year, cost in costs)
