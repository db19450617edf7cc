"""Regret and the two rules: worked by hand, with their properties; situations mean the same in every design."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import presets
from model import regret as regrets
from model.amounts import OfFee
from model.base import PENNY
from model.distributions import Normal
from model.evidence import Pool, View
from model.plan import plan
from model.regret import ALLIANCE, AS_IT_IS, Outcomes, maximin, minimax_regret, outcomes, regret, situations, tried
from model.scenario import Scenario
from tests.model.build import provider, scenario

N = 512
BY_HAND = pd.DataFrame({"calm": [10.0, 6.0, 4.0], "storm": [-8.0, -1.0, -0.5]}, index=["bold", "middling", "timid"])
SUMS = st.integers(-1_000, 1_000).map(float)
TABLES = st.integers(1, 5).flatmap(
    lambda columns: st.lists(st.lists(SUMS, min_size=columns, max_size=columns), min_size=2, max_size=6)
)


def table_of(rows: list[list[float]]) -> pd.DataFrame:
    return pd.DataFrame(rows, index=[f"design {i}" for i in range(len(rows))])


def test_regret_is_what_the_best_design_of_each_situation_would_have_brought_more() -> None:
    assert regret(BY_HAND).to_numpy().tolist() == [[0.0, 7.5], [4.0, 0.5], [6.0, 0.0]]


def test_the_smallest_largest_regret_and_the_best_worst_case_may_disagree() -> None:
    assert minimax_regret(BY_HAND) == (("middling",), 4.0)
    assert maximin(BY_HAND) == (("timid",), -0.5)


def test_designs_that_are_equally_good_are_all_chosen() -> None:
    twice = pd.DataFrame({"calm": [1.0, 1.0], "storm": [0.0, PENNY / 2]}, index=["one", "other"])
    assert minimax_regret(twice).designs == maximin(twice).designs == ("one", "other")


@settings(deadline=None)
@given(TABLES, st.data())
def test_a_sum_added_to_a_situation_changes_no_regret(rows: list[list[float]], data: st.DataObject) -> None:
    table = table_of(rows)
    added = np.array(data.draw(st.lists(SUMS, min_size=table.shape[1], max_size=table.shape[1])))
    pd.testing.assert_frame_equal(regret(table + added), regret(table))


@settings(deadline=None)
@given(TABLES)
def test_in_every_situation_some_design_has_no_regret_and_none_has_less(rows: list[list[float]]) -> None:
    found = regret(table_of(rows))
    assert (found.min(axis=0) == 0).all()


@settings(deadline=None)
@given(TABLES, st.floats(1, 100))
def test_a_design_that_is_worse_in_every_situation_is_never_chosen(rows: list[list[float]], less: float) -> None:
    table = table_of(rows)
    table.loc["dominated"] = table.iloc[0] - less
    assert "dominated" not in minimax_regret(table).designs
    assert "dominated" not in maximin(table).designs


@settings(deadline=None)
@given(TABLES)
def test_a_design_that_is_nowhere_better_is_never_the_only_choice(rows: list[list[float]]) -> None:
    table = table_of(rows)
    table.loc["dominated"] = table.iloc[0].where(np.arange(table.shape[1]) > 0, table.iloc[0] - 1)
    assert minimax_regret(table).designs != ("dominated",)
    assert maximin(table).designs != ("dominated",)


def test_the_best_design_of_a_situation_has_a_regret_without_error_and_others_that_of_the_difference() -> None:
    table = pd.DataFrame({"calm": [3.0, 1.0]}, index=["one", "other"])
    replicates = np.array([[[2.0], [1.0]], [[4.0], [1.0]]])
    errors = Outcomes(table, replicates).errors()
    assert errors.loc["one", "calm"] == 0
    assert errors.loc["other", "calm"] == pytest.approx(1.0)  # differences 1 and 3: sd √2, over √2


def views(*means: float) -> Scenario:
    """One provider whose costs several people see differently."""
    held = tuple(View(name=name, view=Normal(mean=m, sd=0.02)) for name, m in zip("ABC", means, strict=False))
    return scenario(providers=(provider(cost_deviation=Pool(views=held)),))


def test_each_persons_view_alone_is_a_situation() -> None:
    case = views(-0.03, 0.05)
    names = [one.name for one in situations([case])]
    assert names[:3] == [AS_IT_IS, "A is right", "B is right"]
    alone = next(one for one in situations([case]) if one.name == "B is right").of(case)
    assert alone.plan == plan(scenario(providers=(provider(cost_deviation=Normal(mean=0.05, sd=0.02)),)))


def test_a_situation_that_one_design_does_not_know_is_left_out() -> None:
    other = scenario(providers=(provider("Newcomer"),))
    names = [one.name for one in situations([views(-0.03, 0.05), other])]
    assert not [name for name in names if "right" in name or "fails" in name]


def test_without_required_savings_none_are_late() -> None:
    assert "Savings a year late" not in [one.name for one in situations([scenario()])]


@pytest.mark.parametrize("name", presets.names())
def test_every_situation_is_settled_for_every_preset(name: str) -> None:
    design = presets.preset(name)
    half = design.edited(risk_share=design.risk_share.edited(total_pain_cap=OfFee(part=0.5)))
    found = {
        label: {one.name: tried(case, one, plan(design), N, 1) for one in situations([design, half])}
        for label, case in {"now": design, "half": half}.items()
    }
    asked = any(one.appetite.kind != "none" for one in design.providers)
    for whose in (*((ALLIANCE,) if asked else ()), design.providers[0].name):
        outcome = outcomes(found, whose)
        assert np.isfinite(outcome.table.to_numpy()).all()
        assert (regret(outcome.table) >= 0).all(axis=None)
        assert np.isfinite(outcome.errors().to_numpy()).all()


def test_dearer_services_leave_less_for_all_together_whatever_the_design() -> None:
    design = presets.preset(presets.FIRST)
    found = {one.name: tried(design, one, plan(design), N, 1) for one in situations([design])}
    total = {name: one.figures[0, 0, -2:].sum() for name, one in found.items()}
    assert total["Costs 5% higher"] < total["Costs 2% higher"] < total[AS_IT_IS]


def test_money_neither_appears_nor_vanishes_when_a_provider_fails() -> None:
    """Partners' results add up to the saving, who is gone or not: compare two contracts on the same futures."""
    design = presets.preset(presets.FIRST)
    half = design.edited(risk_share=design.risk_share.edited(total_pain_cap=OfFee(part=0.5)))
    fails = next(one for one in situations([design, half]) if one.name.endswith("fails"))
    sums = [tried(one, fails, plan(design), N, 1).figures[0, 0, -2:].sum() for one in (design, half)]
    assert sums[0] == pytest.approx(sums[1], abs=PENNY)


def test_the_size_of_situations_is_that_of_the_stress_tests() -> None:
    assert regrets.DEARER == (0.02, 0.05)
