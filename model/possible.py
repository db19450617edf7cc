"""Figures of a KPI beside its lowest and highest possible values: no future lies beyond these."""

from collections.abc import Iterator
from math import inf
from typing import Any, Literal

from model.fields import titled
from model.framework import KPI
from model.wording import listed

End = Literal["lowest", "highest"]
ENDS: tuple[End, End] = ("lowest", "highest")
OF_A_RATE = {"lowest": 0, "highest": 100}
BEYOND = {"lowest": "below", "highest": "above"}


def figures(kpi: dict[str, Any]) -> dict[str, float]:
    """Today, expected and the levels of a KPI's document by name, as far as they are numbers."""
    named = {name: kpi.get(name) for name in ("today", "expected")} | dict(kpi.get("levels") or {})
    return {name: float(value) for name, value in named.items() if value is not None and _number(value)}


def beyond(value: float, end: End, bound: Any) -> bool:
    """Whether a value lies beyond a lowest or highest possible value; where none is stated, none does."""
    return _number(bound) and (value < bound if end == "lowest" else value > bound)


def broken(kpi: dict[str, Any]) -> Iterator[tuple[End, list[str]]]:
    """The possible values of a KPI's document beyond which some of its figures lie, with these: 'today (262)'."""
    for end in ENDS:
        over = [f"{name} ({value:.10g})" for name, value in figures(kpi).items() if beyond(value, end, kpi.get(end))]
        if over:
            yield end, over


def widened(kpi: dict[str, Any], unit: Any) -> dict[str, Any]:
    """A KPI's document without the possible values that its own figures break; `unit`: what its unit was.

    Of a rate in %, 0 and 100 stay: what lies beyond them is most often mistyped. Where the unit was % and no longer
    is, 100 is no highest value any more.
    """
    gone = [end for end, _ in broken(kpi) if kpi.get("unit") != "%" or kpi[end] != OF_A_RATE[end]]
    if unit == "%" != kpi.get("unit") and kpi.get("highest") == 100:
        gone.append("highest")
    return {**kpi, **dict.fromkeys(gone)}


def doubted(kpi: dict[str, Any]) -> Iterator[str]:
    """What is asked of a KPI's document, some of whose figures no future can reach."""
    for end, over in broken(kpi):
        lie = "lies" if len(over) == 1 else "lie"
        yield (
            f"'{kpi.get('name')}': {listed(over)} {lie} {BEYOND[end]} its {end} possible "
            f"value, {kpi[end]:,.10g}, and every future is kept within it: is that right?"
        )


def impossible(kpi: KPI, value: float) -> str:
    """Why a KPI cannot have been measured at a value; nothing where it can."""
    for end in ENDS:
        bound = getattr(kpi, end)
        if beyond(value, end, bound):
            return (
                f"'{kpi.name}' at {value:,.10g} is {BEYOND[end]} its {end} possible value, {bound:,.10g}; correct it, "
                f"or change '{titled(KPI, end)}' under Performance framework"
            )
    return ""


def within(kpi: KPI, value: float) -> float:
    """The possible value of a KPI that is nearest to a value."""
    least, most = (-inf if kpi.lowest is None else kpi.lowest), (inf if kpi.highest is None else kpi.highest)
    return min(max(value, least), most)


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
