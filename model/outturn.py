"""What years actually cost and achieved, as people report it."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, Any, Literal, NoReturn

import numpy as np
from pydantic import Field, field_validator

from model.base import LARGEST_MONEY, Floats, Value, plain
from model.documents import Refused, validated
from model.possible import impossible
from model.scenario import Scenario

LONGEST_NAME = 40

PRICES = "Price index against plan"
LOWEST_PRICES, HIGHEST_PRICES = 0.2, 5.0

Pounds = Annotated[float, Field(ge=0, le=LARGEST_MONEY)]


class OutturnYear(Value):
    """One year's actual costs and KPI values."""

    year: str | int = plain("Year", "Its name, such as 2018-19, or its number in the contract, from 1.")

    @field_validator("year", mode="before")
    @classmethod
    def _name_or_number(cls, year: Any) -> Any:
        if isinstance(year, bool) or not isinstance(year, str | int):
            raise ValueError("it must be the name of a year, such as 2018-19, or its number in the contract, from 1")
        return year

    costs: dict[str, Pounds] = plain("Costs", "Actual cost of each provider, in pounds.", unit="£", max_length=20)
    kpis: dict[str, float | None] = plain(
        "KPIs", "Measured value of each KPI; left out or null where there are no data.", default={}, max_length=200
    )
    relief: Pounds = plain(
        "Relief",
        "Pounds by which agreed events of the year reduce the pain on cost; at most to nothing.",
        unit="£",
        default=0.0,
    )
    prices: float = plain(
        PRICES,
        "What things cost in the year against what was planned, where the target follows prices: 1.03 is 3% dearer.",
        ge=LOWEST_PRICES,
        le=HIGHEST_PRICES,
        default=1.0,
    )


class Outturn(Value):
    """Actual figures of one or more years."""

    schema_version: Literal[1] = plain("File version", "Version of this file's layout.", default=1)
    years: tuple[OutturnYear, ...] = plain("Years", "The years to settle.", min_length=1, max_length=25)
    brought_forward: Pounds | None = plain(
        "Brought forward",
        "Pain carried forward into the first year given here, in pounds, where the contract carries pain forward.",
        unit="£",
        default=None,
    )


@dataclass(frozen=True)
class Actuals:
    """An outturn as arrays for `settle`, years in order.

    Rows of the contract, costs (years, P, 1), KPI values (years, K, 1), relief (years, 1), prices (years, 1), pain
    brought forward.
    """

    rows: list[int]
    costs: Floats
    kpis: Floats
    relief: Floats
    prices: Floats
    brought_forward: float


def actuals(scenario: Scenario, document: Any) -> Actuals:
    """The outturn in plain lists and dicts, checked against the scenario and its settlement basis. Raises Refused."""
    found, brought_forward = checked(scenario, document), document.get("brought_forward")
    _check_basis(scenario, found.rows, brought_forward)
    return found


def checked(scenario: Scenario, document: Any) -> Actuals:
    """The outturn in plain lists and dicts, checked against the scenario. Raises Refused."""
    found = assumed(scenario, document)
    for row, values in zip(found.rows, found.kpis[:, :, 0], strict=True):
        for kpi, value in zip(scenario.framework.kpis(), values, strict=True):
            if said := impossible(kpi, float(value)):
                _refuse(f"{scenario.term.labels()[row]}: {said}")
    return found


def assumed(scenario: Scenario, document: Any) -> Actuals:
    """The same of a year that did not happen, whose KPIs may be at levels beyond their possible values."""
    outturn = validated(Outturn, document)
    years = sorted(outturn.years, key=lambda year: _row(scenario, year.year))
    providers = [p.name for p in scenario.providers]
    kpis = [k.name for k in scenario.framework.kpis()]
    rows = [_row(scenario, year.year) for year in years]
    for year in years:
        _check_names(year, "Costs", year.costs, providers)
        _check_names(year, "KPIs", year.kpis, kpis)
        _check_prices(scenario, year)
        missing = [name for name in providers if name not in year.costs]
        if missing:
            _refuse(f"Costs of {year.year}: '{missing[0]}' is missing; every provider's actual cost is needed")
    if len(set(rows)) < len(rows):
        _refuse("The outturn gives one year twice; each year is settled once")
    values = [[[_value(year.kpis.get(name))] for name in kpis] for year in years]
    return Actuals(
        rows,
        np.array([[[year.costs[name]] for name in providers] for year in years]),
        np.array(values).reshape(len(years), len(kpis), 1),
        np.array([[year.relief] for year in years]),
        np.array([[year.prices] for year in years]),
        outturn.brought_forward or 0.0,
    )


def _check_basis(scenario: Scenario, rows: list[int], brought_forward: float | None) -> None:
    """Refuses an outturn that lacks what the settlement basis needs of other years."""
    labels, basis = scenario.term.labels(), scenario.risk_share.basis.kind
    if basis != "carry_forward" and brought_forward is not None:
        _refuse("The outturn brings pain forward, but this contract does not carry pain forward; leave it out")
    if basis == "carry_forward":
        gaps = [labels[row - 1] for before, row in pairwise(rows) if row - before > 1]
        if gaps:
            _refuse(f"Pain is carried forward from year to year, so no year may be left out; {gaps[0]} is missing")
        if rows[0] > 0 and brought_forward is None:
            _refuse(
                f"The first year given is {labels[rows[0]]}; say what pain is brought forward into it (0 for none), "
                f"or give the years from {labels[0]} on"
            )
    missing = [label for row, label in enumerate(labels) if row not in rows]
    if basis == "cumulative" and rows[-1] == len(labels) - 1 and missing:
        _refuse(
            f"The last year, {labels[-1]}, is trued up over the whole term, so every year is needed; "
            f"{missing[0]} is missing"
        )


def _row(scenario: Scenario, year: str | int) -> int:
    labels = scenario.term.labels()
    name = str(year)
    if name in labels:
        return labels.index(name)
    if not isinstance(year, int) or not 1 <= year <= len(labels):
        shown = name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"
        years = f"{labels[0]} to {labels[-1]}, or 1 to {len(labels)}"
        _refuse(f"Year {shown} is not in the contract; its years are {years}")
    return year - 1


def _check_names(year: OutturnYear, what: str, given: Iterable[str], known: list[str]) -> None:
    for name in given:
        if name not in known:
            _refuse(f"{what} of {year.year}: '{name}' is not in the scenario; known are {', '.join(known) or 'none'}")


def _check_prices(scenario: Scenario, year: OutturnYear) -> None:
    if year.prices != 1 and not scenario.baseline.reindexed:
        _refuse(
            f"{PRICES} of {year.year} is {year.prices:.10g}, but in this contract the target does not follow prices; "
            "leave it out, or let the target follow prices"
        )


def _value(value: float | None) -> float:
    return float("nan") if value is None else value


def _refuse(reason: str) -> NoReturn:
    raise Refused.because(reason)
