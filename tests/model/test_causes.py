"""Causes are those of the same draws as the outcomes: costs can be rebuilt from them."""

import numpy as np
import pytest

from data import presets
from model.base import Floats
from model.causes import OF_PLAN, OFF_PLAN, POUNDS, TIMES, Names, causes
from model.distributions import Fixed, Normal, Pert, Uniform
from model.draw import draw
from model.plan import plan
from model.points import Method
from model.scenario import Baseline, Scenario
from model.uncertainty import KpiEffect, Risk
from tests.model import build

N = 1_000
SEED = 7


def uncertain(years: int = 1) -> Scenario:
    """Two providers, one of them without a required saving; everything uncertain."""
    first = build.provider(
        "A",
        gain_share=0.5,
        pain_share=0.5,
        cost_deviation=Normal(mean=0.01, sd=0.03),
        baseline_error=Uniform(low=-0.02, high=0.02),
        required_saving=0.1,
    )
    second = first.edited(name="B", baseline_cost=50 * build.MILLION, required_saving=0.0, demand_growth=0.02)
    flood = Risk(name="Flood", probability=0.3, impact=Normal(mean=2e6, sd=2e5))
    strike = Risk(name="Strike", probability=0.4, impact=Fixed(value=1e6), hits=("B",))
    scandal = Risk(
        name="Scandal",
        probability=0.2,
        impact=Fixed(value=0.0),
        kpi_effects=(KpiEffect(kpi="Recovered", change=-5.0),),
    )
    unknown = build.uncertain(flood, strike, scandal, delivered=Pert(low=0.2, likely=0.7, high=1.1), between_costs=0.3)
    return build.scenario(
        years=years,
        providers=(first, second),
        baseline=Baseline(price_growth=0.02, saving_phasing=(0.5, 1.0)),
        framework=build.framework(build.kpi(unit="%", deviation=Normal(mean=0.0, sd=4.0), people=90)),
        uncertainty=unknown.edited(prices=Normal(mean=0.0, sd=0.02), delivered_by_year=(0.8, 1.0)),
    )


@pytest.mark.parametrize("method", ["sobol", "plain"])
def test_costs_of_one_year_can_be_rebuilt_from_causes(method: Method) -> None:
    scenario = uncertain()
    drawn = draw(plan(scenario), N, SEED, method)
    found = causes(plan(scenario), Names.of(scenario), N, SEED, method).values
    saved: dict[str, Floats | float] = {"A": 0.1 * 0.5 * found["Savings of A"], "B": 0.0}
    part = {"A": 2 / 3, "B": 1 / 3}
    for p, (name, planned) in enumerate((("A", 100e6), ("B", 50e6))):
        ordinary = planned * (1 + found[f"Cost of {name}"]) * (1 + found[f"Baseline of {name}"]) * found["Prices"]
        cost = ordinary * (1 - saved[name]) + part[name] * found["Risk: Flood"]
        cost += found["Risk: Strike"] if name == "B" else 0.0
        assert build.apart(drawn.costs[0, p], cost) < build.PENNY


def test_kpis_of_one_year_are_path_and_cause_and_what_risks_add() -> None:
    scenario = uncertain()
    drawn = draw(plan(scenario), N, SEED)
    found = causes(plan(scenario), Names.of(scenario), N, SEED).values
    calm = found["Risk: Scandal"] == 0
    assert 0 < calm.sum() < N
    assert build.apart(drawn.kpis[0, 0, calm], 20 + found["KPI: Recovered"][calm]) < 1e-9
    assert set(found["Risk: Scandal"]) == {0.0, 1.0}


def test_over_a_term_deviations_are_weighted_by_planned_pounds() -> None:
    scenario = uncertain(years=3)
    names, n = Names.of(scenario), 200
    each = [causes(plan(scenario), names, n, SEED, year=t).values for t in range(3)]
    whole = causes(plan(scenario), names, n, SEED).values
    planned = scenario.planned_cost()[:, 1]
    by_year = sum(cost * year["Cost of B"] for cost, year in zip(planned, each, strict=True)) / planned.sum()
    assert build.apart(whole["Cost of B"], by_year) < 1e-12
    due = (scenario.planned_cost() * scenario.planned_saving())[:, 0]
    arrived = sum(pounds * year["Savings of A"] for pounds, year in zip(due, each, strict=True)) / due.sum()
    assert build.apart(whole["Savings of A"], arrived) < 1e-12
    assert build.apart(whole["Risk: Flood"], sum(year["Risk: Flood"] for year in each)) < build.PENNY
    assert build.apart(whole["Prices"], np.mean([year["Prices"] for year in each], axis=0)) < 1e-12
    assert build.apart(whole["Baseline of A"], each[2]["Baseline of A"]) == 0


def test_threads_change_nothing() -> None:
    scenario = uncertain(years=2)
    one, two = (causes(plan(scenario), Names.of(scenario), N, SEED, threads=threads) for threads in (1, 3))
    for name, values in one.values.items():
        assert np.array_equal(values, two.values[name])


def test_what_is_certain_is_left_out() -> None:
    scenario = build.scenario(years=2, framework=build.framework(build.kpi()))
    assert not causes(plan(scenario), Names.of(scenario), N, SEED).values


def test_a_risk_that_is_left_out_is_no_cause() -> None:
    scenario = uncertain()
    flood, *others = scenario.uncertainty.risks
    without = scenario.uncertainty.edited(risks=(flood.edited(included=False), *others))
    found = causes(plan(scenario.edited(uncertainty=without)), Names.of(scenario), N, SEED)
    before = causes(plan(scenario), Names.of(scenario), N, SEED)
    assert set(before.values) - set(found.values) == {"Risk: Flood"}


def test_each_cause_has_its_unit() -> None:
    scenario = uncertain()
    assert causes(plan(scenario), Names.of(scenario), N, SEED).units == {
        "Cost of A": OFF_PLAN,
        "Cost of B": OFF_PLAN,
        "Savings of A": OF_PLAN,
        "Baseline of A": OFF_PLAN,
        "Baseline of B": OFF_PLAN,
        "Prices": OF_PLAN,
        "KPI: Recovered": next(iter(scenario.framework.kpis())).unit,
        "Risk: Flood": POUNDS,
        "Risk: Strike": POUNDS,
        "Risk: Scandal": TIMES,
    }


@pytest.mark.parametrize("name", presets.names())
def test_every_preset_has_causes_that_vary(name: str) -> None:
    scenario = presets.preset(name)
    found = causes(plan(scenario), Names.of(scenario), 512, SEED)
    assert all(np.isfinite(values).all() and np.ptp(values) > 0 for values in found.values.values())
    assert len(found.values) > len(scenario.providers)
