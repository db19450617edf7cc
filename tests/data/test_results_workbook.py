"""The results workbook, worked out by a spreadsheet engine that is not ours: it is what `settle` says, to a penny."""

from io import BytesIO
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from data import presets
from data.results_workbook import About, written
from model import score_words
from model.allocation import ByTarget, Stated
from model.amounts import OfFee, Pounds
from model.bands import Band
from model.basis import CarryForward, Cumulative
from model.corridors import DeductibleCorridor
from model.framework import Gate, Step
from model.futures import Future
from model.ledger import LINES
from model.modifiers import OneMinusModifier, QualityModifier
from model.pennies import whole
from model.scenario import Scenario
from model.scores import score
from model.settle import settle
from model.simulate import simulate
from model.tables import TERM, partners
from model.terms import priced
from tests.data.recalculated import Recalculated
from tests.model import strategies
from tests.model.build import framework, kpi, provider, providers, scenario, share
from tests.model.strategies import anyhow, outturns

HALF_A_PENNY = 0.005
OUTTURNS = {
    "far under target, excellent": (0.8, 4),
    "a little under target, poor": (0.985, 1),
    "on target, as agreed": (1.0, 2),
    "over target, failed": (1.03, 0),
    "over target, excellent": (1.03, 4),
    "far over target, poor": (1.4, 1),
}
"""Actual cost as a part of target, and which of the five levels every KPI reaches."""


def figures(case: Scenario) -> pd.DataFrame:
    return partners(simulate(case, 160), TERM)


def about(case: Scenario) -> About:
    return About(case.term.labels(), "actual figures", "22 November 2026", 160, 2018, TERM, "Draft version 3, sealed")


def made(future: Future) -> bytes:
    return written(future, about(future.scenario), figures(future.scenario))


def settled(case: Scenario, costs: Any, kpis: Any, year: int, **more: Any) -> Future:
    """A year of these figures, settled with all the years of its term."""
    relief = more.get("relief", np.zeros((len(costs), 1)))
    scores = score(case.framework, kpis)
    terms = priced(case, more.get("prices", np.ones((len(costs), 1))))
    ledger = settle(terms, costs, scores, relief, more.get("forward", 0.0))
    return Future(case, ledger, scores, kpis, year, agreed=relief)


def of_target(case: Scenario, part: float, level: int, year: int) -> Future:
    """A year in which every provider spends this part of its target and every KPI reaches this level."""
    values = np.array([one.levels.values[level] for one in case.framework.kpis()])
    kpis = np.broadcast_to(values[:, None], (case.term.horizon, len(values), 1)).copy()
    return settled(case, case.target_cost()[:, :, None] * part, kpis, year)


def must_agree(book: Recalculated, future: Future) -> None:
    """Every line of the workbook is that of the model, and the workbook says so."""
    names = {line.title: line.name for line in LINES}
    per = {p.name: i for i, p in enumerate(future.scenario.providers)}
    per |= {c.name: i for i, c in enumerate(future.scenario.commissioners)}
    found = list(book.lines())
    assert len(found) == len(LINES) - 8 + 7 * len(future.scenario.providers) + len(future.scenario.commissioners)
    for row in found:
        amount = future.amount(names[row.line], per.get(row.owner, 0))
        assert row.value == pytest.approx(amount, abs=HALF_A_PENNY), row
        assert names[row.line] not in future.stated or whole(row.value) == whole(amount), row
    balance = next(row for row in book.rows("Settlement") if row[1] == "The books balance")
    assert set(balance[3:]) <= {"yes", "", None}


each_preset = pytest.mark.parametrize("name", presets.names())


@each_preset
@pytest.mark.parametrize("outturn", OUTTURNS)
def test_another_engine_finds_in_the_workbook_what_the_model_settles(name: str, outturn: str) -> None:
    case = presets.preset(name)
    for year in (0, case.term.horizon - 1):
        future = of_target(case, *OUTTURNS[outturn], year)
        book = Recalculated(made(future))
        must_agree(book, future)
        assert {row.check for sheet in ("Score", "Settlement") for row in book.lines(sheet)} == {"agrees"}


@anyhow
@given(strategies.scenarios(), st.integers(0, 2**16))
def test_it_agrees_whatever_the_terms_are(case: Scenario, seed: int) -> None:
    costs, kpis = outturns(case, 1, seed)
    prices = strategies.price_indices(len(costs), 1, seed)
    forward = strategies.brought_forward(case, seed)
    for year in {0, seed % len(costs), len(costs) - 1}:
        future = settled(case, costs, kpis, year, relief=strategies.reliefs(case, seed), prices=prices, forward=forward)
        must_agree(Recalculated(made(future)), future)


def test_a_figure_changed_in_the_workbook_gives_what_the_model_gives_for_it() -> None:
    case = presets.preset("lambeth-living-well")
    before, after = (of_target(case, part, 2, 3) for part in (0.98, 0.98))
    book = Recalculated(made(before))
    spender = case.providers[1].name
    after.ledger.costs[3, 1] *= 1.25
    book.type("Inputs", "Actual cost (£)", spender, float(after.ledger.costs[3, 1, 0]))
    must_agree(book, settled(case, after.ledger.costs, after.kpis, 3))
    checks = {row.line: row.check for row in book.lines()}
    assert (checks["Saving"], checks["Fee (Limb 2)"]) == ("differs", "agrees")


def test_each_score_has_its_rule_and_how_it_came_about_in_the_workbook() -> None:
    kpis = framework(kpi("Recovered", weight=0.6), kpi("Safe", weight=0.4, scoring=Step()))
    case = scenario(framework=kpis)
    future = settled(case, case.target_cost()[:, :, None], np.array([[[25.0], [40.0]]]), 0)
    head, *rows = Recalculated(made(future)).rows("Score")
    rule, how = (head.index(title) for title in ("The rule in words", "How the model came to its figure"))
    said = {row[2]: (row[rule], row[how]) for row in rows if row[1] == "Score"}
    assert said == {
        one.name: (score_words.rules([one])[0], score_words.how(one, float(future.kpis[0, k, 0])))
        for k, one in enumerate(kpis.kpis())
    }
    assert said["Recovered"][1].endswith("0 + (25 − 20) ÷ (40 − 20) × 50")


def test_a_kpi_value_changed_in_the_workbook_changes_score_gates_and_payment() -> None:
    case = presets.preset("small-charities")
    future = of_target(case, 0.97, 3, 2)
    book = Recalculated(made(future))
    kpis = future.kpis.copy()
    for k, one in enumerate(case.framework.kpis()):
        kpis[2, k] = one.levels.failure
        title = f"KPI value ({one.unit})" if one.unit else "KPI value"
        book.type("Inputs", title, one.name, one.levels.failure)
    must_agree(book, settled(case, future.ledger.costs, kpis, 2))


def several(**changes: Any) -> Scenario:
    """Three years, two providers with caps, KPIs of which one has a gate."""
    members = providers(0.5, 0.5, pain_cap=OfFee(part=0.3), gain_cap=OfFee(part=0.2))
    kpis = framework(kpi("Recovered", weight=0.6), kpi("Safe", weight=0.4, gate=Gate(level="poor", blocks="cost gain")))
    return scenario(years=3, **{"providers": members, "framework": kpis} | changes)


@pytest.mark.parametrize("basis", [CarryForward(), CarryForward(rest="written off"), Cumulative()])
def test_years_that_depend_on_each_other_stand_side_by_side(basis: Any) -> None:
    case = several(risk_share=share(basis=basis))
    costs = case.target_cost()[:, :, None] * np.array([1.03, 0.96, 1.01])[:, None, None]
    kpis = np.full((3, 2, 1), 30.0)
    future = settled(case, costs, kpis, 2)
    book = Recalculated(made(future))
    must_agree(book, future)
    assert book.rows("Settlement")[0][3:6] == ["2018-19", "2019-20", "2020-21"]


def test_a_year_that_stands_by_itself_stands_alone() -> None:
    book = Recalculated(made(of_target(several(), 1.0, 2, 1)))
    assert book.rows("Settlement")[0][3:5] == ["2019-20", "Figure of the model"]


def test_relief_can_be_larger_than_the_pain_it_takes_away() -> None:
    case = several()
    costs, kpis = case.target_cost()[:, :, None] * 1.001, np.full((3, 2, 1), 30.0)
    future = settled(case, costs, kpis, 0, relief=np.full((3, 1), 50e6))
    book = Recalculated(made(future))
    assert next(row.value for row in book.lines() if row.line == "Relief") == pytest.approx(100_000.0)
    book.type("Inputs", "Relief agreed (£)", "", 40_000.0)
    assert next(row.value for row in book.lines() if row.line == "Relief") == pytest.approx(40_000.0)


def test_what_other_providers_take_over_is_worked_out_in_rounds() -> None:
    members = (*providers(0.7, 0.2, pain_cap=OfFee(part=0.1)), provider("C", gain_share=0.1, pain_share=0.1))
    case = several(providers=members, risk_share=share(over_partner_caps="other providers"))
    future = of_target(case, 1.2, 2, 0)
    book = Recalculated(made(future))
    must_agree(book, future)
    assert "Rounds" in book.sheets and future.amount("moved", 2) < -1e6


@pytest.mark.parametrize(("split", "said"), [(ByTarget(), False), (Stated(), True)], ids=["by target", "stated"])
def test_stated_shares_are_inputs_only_where_they_are_used(split: ByTarget | Stated, said: bool) -> None:
    future = of_target(several(risk_share=share(gain_allocation=split, pain_allocation=split)), 1.1, 1, 0)
    content = made(future)
    must_agree(Recalculated(content), future)
    titles = {cell.value for row in load_workbook(BytesIO(content))["Inputs"].iter_rows() for cell in row}
    assert ({"Share of gain", "Share of pain"} <= titles) == said == ("Share of gain" in titles)


AWKWARD = ('=HYPERLINK("http://x")', "+44", "-1", "@home", 'Smith\'s & "Co" {1}', "Settlement!A1")


def test_no_name_becomes_a_formula() -> None:
    members = tuple(provider(name, gain_share=1 / 6, pain_share=1 / 6) for name in AWKWARD)
    kpis = framework(*(kpi(name, weight=1 / 6, unit="=1") for name in AWKWARD))
    future = of_target(several(name="=1+1", providers=members, framework=kpis), 1.1, 1, 0)
    content = made(future)
    must_agree(Recalculated(content), future)
    book = load_workbook(BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells if cell.column < 4)
    assert {cell.value for cell in cells if cell.data_type == "s"} >= {*AWKWARD}
    assert all(sheet["A1"].data_type == "s" for sheet in book)


def test_the_first_page_says_what_it_is_of() -> None:
    case = presets.preset("project-alliance")
    said = dict(Recalculated(made(of_target(case, 1.0, 2, 0))).rows("Read me")[:7])
    assert said["Settlement of one year"] == f"{case.name}, {case.term.labels()[0]}"
    assert case.id in said["Scenario's fingerprint"] and said["Made on"] == "22 November 2026"
    assert said["Settled by"] == "Draft version 3, sealed"
    assert said["Draws and seed of 'Results'"] == "160 futures, seed 2018"


def test_results_are_those_of_the_model_with_their_standard_errors() -> None:
    case = presets.preset("project-alliance")
    rows = Recalculated(made(of_target(case, 1.0, 2, 0))).rows("Results")
    table = figures(case)
    for row, (name, found) in zip(rows[1:], table.iterrows(), strict=False):
        assert row[:3] == [name, pytest.approx(found["mean"]), pytest.approx(found["mean s.e."])]
    assert "no limit" in {row[13] for row in rows[1 : len(table) + 1]}


def test_excel_draws_the_charts_itself() -> None:
    book = load_workbook(BytesIO(made(of_target(presets.preset("project-alliance"), 1.0, 2, 0))))
    assert [len(book[name]._charts) for name in ("Results", "Curve")] == [1, 1]
    assert [type(book[name]._charts[0]).__name__ for name in ("Results", "Curve")] == ["BarChart", "ScatterChart"]


TRUE_UPS: dict[str, tuple[dict[str, Any], float]] = {
    "one-sided and relief": ({"one_sided_years": 1}, 40.0),
    "phased in": ({"phase_in": (0.0, 0.5)}, 40.0),
    "corridors and bands in pounds": (
        {
            "pain_corridor": DeductibleCorridor(width=0.005),
            "pain_bands": (Band(up_to_pounds=1e6, share=0.8), Band(share=0.3)),
        },
        40.0,
    ),
    "modified": ({"pain_modifier": QualityModifier(), "gain_modifier": OneMinusModifier(share=0.6)}, 30.0),
    "capped": ({"cost_pain_cap": OfFee(part=0.2), "total_pain_cap": Pounds(amount=1e6)}, 10.0),
    "haircut after the cap": (
        {"haircut": 0.1, "haircut_order": "after the cap", "cost_gain_cap": OfFee(part=0.1)},
        50.0,
    ),
}


@pytest.mark.parametrize("name", TRUE_UPS)
@pytest.mark.parametrize("blocks", ["full cost gain", "the score", "cost gain"])
def test_the_true_up_agrees_in_every_corner(name: str, blocks: Any) -> None:
    terms, value = TRUE_UPS[name]
    kpis = framework(kpi("Recovered", weight=0.6), kpi("Safe", weight=0.4, gate=Gate(level="poor", blocks=blocks)))
    case = several(framework=kpis, risk_share=share(basis=Cumulative(), **terms))
    values = np.array([[[value], [value]], [[value], [5.0]], [[value], [np.nan]]])
    relief = np.array([[900_000.0], [0.0], [100_000.0]])
    for spent in (0.97, 1.03):
        costs = case.target_cost()[:, :, None] * np.array([spent, spent, 1.0])[:, None, None]
        future = settled(case, costs, values, 2, relief=relief)
        must_agree(Recalculated(made(future)), future)


@pytest.mark.parametrize(("rule", "reserves"), [("by_reserves", (1e6, 0.0)), ("by_fee", (None, 0.0))])
def test_reserves_of_nothing_and_reserves_not_stated_are_settled(rule: str, reserves: tuple[float | None, ...]) -> None:
    two = tuple(one.edited(reserves=held) for one, held in zip(providers(0.5, 0.5), reserves, strict=True))
    split = {"kind": rule}
    case = several(providers=two, risk_share=share(gain_allocation=split, pain_allocation=split))
    future = of_target(case, 1.05, 2, 0)
    must_agree(Recalculated(made(future)), future)
