"""Figures that are allowed but hardly right are asked about."""

import pytest

from data import presets
from model.framework import KPI
from model.futures import Future, of_actuals
from model.outturn import actuals
from model.plausible import doubts
from model.scenario import Scenario

CASE = presets.preset(presets.FIRST)
LABEL = CASE.term.labels()[0]


def settled(case: Scenario, value: float) -> Future:
    """A year at target cost with one KPI measured, the first."""
    costs = {p.name: float(cost) for p, cost in zip(case.providers, case.target_cost()[0], strict=True)}
    kpis = {next(case.framework.kpis()).name: value}
    year = {"year": LABEL, "costs": costs, "kpis": kpis}
    return of_actuals(case, actuals(case, {"schema_version": 1, "years": [year]}))[0]


def measured(value: float, *levels: float, unit: str = "%") -> list[str]:
    """What is asked of a value of a KPI with five levels."""
    first = next(CASE.framework.kpis())
    names = ("failure", "poor", "minimum", "stretch", "gamebreaking")
    kpi: KPI = first.edited(unit=unit, levels=dict(zip(names, levels, strict=True)))
    area = CASE.framework.kras[0].edited(kpis=(kpi, *CASE.framework.kras[0].kpis[1:]))
    framework = CASE.framework.edited(kras=(area, *CASE.framework.kras[1:]))
    return list(doubts(settled(CASE.edited(framework=framework), value)))


RISING = (68.0, 74.0, 80.0, 88.0, 95.0)


@pytest.mark.parametrize(("value", "meant"), [(0.93, "93%"), (0.705, "70.5%"), (1.0, "100%")])
def test_a_percentage_that_looks_like_a_fraction_is_asked_about(value: float, meant: str) -> None:
    (asked,) = measured(value, *RISING)
    assert asked.endswith(f"at {value:g}% is far below its levels, 68% to 95%: did you mean {meant}?")


def test_a_percentage_of_less_than_one_is_not_asked_about_where_its_levels_are_as_small() -> None:
    assert measured(0.93, 4.0, 3.0, 2.0, 1.0, 0.5) == []
    assert measured(0.93, 1.0, 1.5, 2.0, 3.0, 4.0) == []


def test_what_is_no_percentage_or_would_be_no_better_is_asked_about_as_ever() -> None:
    (asked,) = measured(0.93, *RISING, unit="days")
    assert asked.endswith("at 0.93 is far from its levels, 68 to 95: is that right?")
    (asked,) = measured(0.2, *RISING)
    assert asked.endswith("at 0.2 is far from its levels, 68 to 95: is that right?")
    assert measured(80.0, *RISING) == []
