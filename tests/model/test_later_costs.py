"""Costs of later years as they are planned: what they are instead of growth, and wherever a baseline cost counts."""

from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from data import presets
from model import tables
from model.adopting import adopted
from model.assumptions import assumptions
from model.base import Source
from model.changes import changes
from model.differences import differences
from model.distributions import Fixed
from model.documents import Refused, from_document, from_json, to_document, to_json
from model.draw import draw
from model.happening import RiskHappens
from model.plan import plan
from model.premises import on_premises_of, otherwise
from model.scenario import Baseline, Scenario
from model.simulate import Case, simulate
from model.stress import CostsWorse, InflationShock
from model.uncertainty import Mitigation, Risk
from tests.model.build import MILLION, provider, scenario, uncertain
from tests.model.twin import target_cost

YEARS = ("2018-19", "2019-20", "2020-21", "2021-22")
PLAN = Baseline(price_growth=0.1, contingency=0.02, saving_phasing=(0.0, 0.5))


def stating(*costs: float | None, years: int = 4, **more: Any) -> Scenario:
    """One provider of £100m, prices +10%, demand +5%, half of a saving of 20% from year 2, contingency 2%."""
    one = provider(demand_growth=0.05, required_saving=0.2, later_costs=costs, **more)
    return scenario(years=years, providers=(one,), baseline=PLAN)


def test_a_plan_of_four_years_worked_by_hand() -> None:
    """£100m; £108m as planned; nothing stated, so × 1.1 × 1.05 = £124.74m; £120m as planned. Then the saving of 10%
    and the contingency."""
    case = stating(108 * MILLION, None, 120 * MILLION)
    assert case.planned_cost()[:, 0] / MILLION == pytest.approx([100, 108, 124.74, 120])
    assert case.target_cost()[:, 0] / MILLION == pytest.approx([102, 108 * 0.918, 124.74 * 0.918, 120 * 0.918])
    assert case.fee() == pytest.approx(0.05 * case.target_cost())


def test_years_after_the_last_figure_grow_from_it_and_figures_after_the_term_are_not_used() -> None:
    assert stating(90 * MILLION).planned_cost()[:, 0] / MILLION == pytest.approx([100, 90, 90 * 1.155, 90 * 1.155**2])
    case = stating(90 * MILLION, 95 * MILLION, 99 * MILLION, years=2)
    assert case.planned_cost()[:, 0] / MILLION == pytest.approx([100, 90])


def test_the_twin_agrees() -> None:
    case = stating(108 * MILLION, None, 120 * MILLION)
    by_hand = [target_cost(case, [1.0] * 4, year, 0) for year in range(4)]
    assert case.target_cost()[:, 0] == pytest.approx(by_hand)


def test_without_any_it_grows_as_ever_and_keeps_its_hash() -> None:
    assert stating().planned_cost()[:, 0] / MILLION == pytest.approx([100 * 1.155**t for t in range(4)])
    assert stating(None, None) == stating()
    assert "later_costs" not in to_json(stating())
    assert stating().id != stating(None, MILLION).id


def test_the_steps_of_the_target_show_what_was_planned_and_growth_since() -> None:
    table = tables.target_build_up(stating(108 * MILLION, None)) / MILLION
    steps = ["Baseline cost", "Later years as planned", "Price growth", "Demand growth"]
    assert list(table.index[:4]) == steps
    assert table.loc[steps, "2019-20"].tolist() == pytest.approx([100, 8, 0, 0])
    assert table.loc[steps, "2020-21"].tolist() == pytest.approx([100, 8, 10.8, 118.8 * 0.05])
    assert table.iloc[:-1].sum().tolist() == pytest.approx(table.loc["Target cost"].tolist())
    assert "Later years as planned" not in tables.target_build_up(stating()).index


@pytest.mark.parametrize("costs", [(0.0,), (-1.0,), (2e12,), (1.0,) * 25])
def test_a_cost_of_a_later_year_has_bounds(costs: tuple[float, ...]) -> None:
    with pytest.raises(ValidationError):
        provider(later_costs=costs)


@pytest.mark.parametrize(
    ("value", "said"),
    [(0.0, "is £0; it must be more than £0."), ("lots", 'is "lots"; it must be a number.')],
)
def test_what_is_wrong_is_said_of_its_year(value: Any, said: str) -> None:
    document = to_document(stating())
    document["providers"][0]["later_costs"] = [None, value]
    with pytest.raises(Refused) as refused:
        from_document(document)
    (problem,) = refused.value.problems
    assert problem.sentence == f"Community charity › Planned cost of 2020-21 {said}"
    assert problem.path == ("providers", 0, "later_costs", 1)


def test_what_changed_is_said_by_year() -> None:
    before, after = (to_document(case) for case in (stating(), stating(108 * MILLION, None, 120.5 * MILLION)))
    what = "Community charity › Planned costs of later years"
    assert differences(before, after) == [f"{what}: as grown → £108,000,000 in 2019-20, £120,500,000 in 2021-22"]
    third = to_document(stating(108 * MILLION, 110 * MILLION))
    assert differences(after, third) == [
        f"{what}: as grown in 2020-21, £120,500,000 in 2021-22 → £110,000,000 in 2020-21, as grown in 2021-22"
    ]
    assert [change.kind for change in changes(before, after)] == ["targets"]
    before["providers"][0]["later_costs"] = [None]
    assert differences(before, to_document(stating())) == []


def test_a_design_on_todays_premises_has_todays_costs_of_later_years() -> None:
    today, design = stating(108 * MILLION), stating()
    assert on_premises_of(today, design).providers == today.providers
    assert [one.kind for one in otherwise(today, design)] == ["targets"]


def test_a_note_on_them_is_an_assumption_with_the_figures() -> None:
    noted = stating(108 * MILLION, None, 120 * MILLION, sources=(Source(field="later_costs", note="Board plan."),))
    found = next(one for one in assumptions(noted) if one.reason == "Board plan.")
    assert found.input == "Community charity › Planned costs of later years"
    assert found.assumed == "£108,000,000 in year 2, as grown in year 3, £120,000,000 in year 4"


def test_a_stress_is_of_the_plan_as_it_is_stated() -> None:
    """Costs dearer in some years scale what is stated; prices that grow faster lie as far above it as above growth."""
    stated, grown = stating(108 * MILLION, None, 120 * MILLION), stating()
    for stress in (CostsWorse(0.1, (1, 2)), InflationShock(0.02, 1, 2)):
        factors = [
            np.array(stress.apply(Case.of(case)).plan.planned_cost) / np.array(plan(case).planned_cost)
            for case in (stated, grown)
        ]
        assert factors[0] == pytest.approx(factors[1])
        assert (factors[0] != 1).any()


def test_costs_dearer_in_every_year_are_taken_over_for_stated_years_too() -> None:
    case = stating(108 * MILLION, None, 120 * MILLION)
    dearer = adopted(CostsWorse(0.1), case)
    assert dearer is not None
    before, after = (np.array([simulate(one, 64, 1).providers]) for one in (case, dearer))
    assert (after < before).all()
    assert dearer.providers[0].cost_deviation.mean == pytest.approx(case.providers[0].cost_deviation.mean * 1.1 + 0.1)


def test_a_risk_and_its_mitigation_are_divided_by_what_is_planned_for_the_year() -> None:
    """A and B cost £10m each, then B £30m: of £400 half and half fall on them, then 100 and 300; so it is with £8."""
    sure = Risk(name="Strike", probability=1.0, impact=Fixed(value=400.0))
    kept_down = sure.edited(mitigation=Mitigation(probability=1.0, impact=1.0, cost=8.0, in_place=True))
    pair = tuple(
        provider(name, baseline_cost=10 * MILLION, gain_share=0.5, pain_share=0.5, later_costs=later)
        for name, later in (("A", ()), ("B", (30 * MILLION,)))
    )
    for risk, parts in ((sure, [[200, 200], [100, 300]]), (kept_down, [[204, 204], [102, 306]])):
        case = scenario(years=2, providers=pair, uncertainty=uncertain(risk))
        assert draw(plan(case), 16, 1).costs[:, :, 0] - case.planned_cost() == pytest.approx(np.array(parts))
    happens = RiskHappens(0, 1).apply(Case.of(scenario(years=2, providers=pair, uncertainty=uncertain(sure))))
    assert np.array(happens.plan.certain_cost)[1].tolist() == pytest.approx([100, 300])


@pytest.mark.parametrize("name", presets.names())
def test_presets_with_the_costs_that_growth_gives_them_come_out_the_same(name: str) -> None:
    """But for risks, whose cost is divided by what is stated."""
    case = presets.preset(name)
    case = case.edited(uncertainty=case.uncertainty.edited(risks=()))
    stated = case.edited(
        providers=tuple(
            one.edited(later_costs=tuple(costs[1:]))
            for one, costs in zip(case.providers, case.planned_cost().T.tolist(), strict=True)
        )
    )
    assert stated.planned_cost() == pytest.approx(case.planned_cost())
    assert from_json(to_json(stated)) == stated
    assert simulate(stated, 256, 1).total == pytest.approx(simulate(case, 256, 1).total)
