"""Costs of later years on *Baseline and fees*: typed year by year, emptied again, pasted, and undone."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data.scenario_workbook import from_workbook, to_workbook
from model.documents import from_json, to_json
from tests.pages.test_paste import PLACES, paste, pasting, said, session, use

CHARITY = 3


@pytest.fixture
def app() -> AppTest:
    return opened()


def opened() -> AppTest:
    return pasting("baseline.py", None, "later-costs")


def field(app: AppTest, year: int, provider: int = CHARITY) -> Any:
    """The field of a year, counted from 0 as the first year is."""
    case = session(app).scenario
    label = f"Cost of {case.term.labels()[year]} (£), {case.providers[provider].name}"
    return next(one for one in app.text_input if one.label == label)


def typed(app: AppTest, year: int, text: str) -> None:
    field(app, year).set_value(text).run()
    assert not app.exception


def later(app: AppTest) -> Any:
    return session(app).document["providers"][CHARITY].get("later_costs")


def undo(app: AppTest) -> None:
    next(b for b in app.button if b.key == "undo").click().run()


def test_a_year_left_empty_shows_what_it_grows_to_and_a_typed_one_counts_from_then_on(app: AppTest) -> None:
    before = session(app).scenario.planned_cost()[:, CHARITY]
    assert field(app, 2).value == ""
    assert field(app, 2).placeholder == f"{before[2]:,.0f}"
    typed(app, 2, "£2.5m")
    assert later(app) == [None, 2_500_000.0]
    assert field(app, 2).value == "2,500,000"
    after = session(app).scenario.planned_cost()[:, CHARITY]
    assert after[:3].tolist() == [before[0], before[1], 2_500_000]
    assert field(app, 3).placeholder == f"{after[3]:,.0f}" != f"{before[3]:,.0f}"


def test_a_year_can_be_emptied_again_and_undone(app: AppTest) -> None:
    original = session(app).document
    typed(app, 1, "2.4m")
    typed(app, 2, "2.5m")
    typed(app, 2, "")
    assert later(app) == [2_400_000.0]
    undo(app)
    assert later(app) == [2_400_000.0, 2_500_000.0]
    undo(app)
    undo(app)
    assert session(app).document == original
    assert field(app, 1).value == ""


def test_two_years_typed_at_once_are_both_kept(app: AppTest) -> None:
    field(app, 1).set_value("2.4m")
    field(app, 5).set_value("2.9m")
    app.run()
    assert later(app) == [2_400_000.0, None, None, None, 2_900_000.0]


def test_what_is_no_cost_stays_as_typed_and_is_named_with_its_year(app: AppTest) -> None:
    name = session(app).scenario.providers[CHARITY].name
    typed(app, 2, "lots")
    assert field(app, 2).value == "lots"
    assert f'{name} › Planned cost of 2020-21 is "lots"; it must be a number.' in [one.value for one in app.error]
    typed(app, 2, "4.2")
    assert f"{name}, 2020-21: a cost of £4.2 a year: did you mean £4.2m or £4.2k?" in [one.value for one in app.warning]


def test_demand_growth_that_does_not_count_is_said_while_the_fields_are_folded_too() -> None:
    app = opened()
    session(app).write(("providers", CHARITY, "demand_growth"), 0.02)
    typed(app, 1, "2.4m")
    typed(app, 3, "2.6m")
    told = "has planned costs in 2019-20 and 2021-22: its demand growth of 2% does not count there."
    assert told in said(app)
    app.session_state["later-costs"] = False
    app.run()
    assert told in said(app)
    assert not any(one.label.startswith("Cost of") for one in app.text_input)


def test_price_growth_does_not_count_once_every_later_year_is_planned_for_everybody() -> None:
    app = opened()
    case = session(app).scenario
    told = "so price growth does not count in the target."
    for i, _ in enumerate(case.providers):
        assert told not in said(app)
        session(app).write(("providers", i, "later_costs"), case.planned_cost()[1:, i].tolist())
        app.run()
    assert told in said(app)


def test_a_budget_by_year_is_shown_first_then_taken_in_one_step_that_undo_takes_back() -> None:
    app = pasting("baseline.py", *PLACES["baseline.py"])
    before = session(app).document
    name = session(app).scenario.providers[CHARITY].name
    paste(app, f"Provider\t2018-19\t2019-20\t2020-21\t2025-26\n{name}\t2.1m\t2.4m\t2.5m\t9m\n")
    assert session(app).document == before
    assert f"{name} › Planned costs of later years: as grown → £2,400,000 in 2019-20, £2,500,000 in 2020-21" in said(
        app
    )
    told = "\n".join(one.value for one in app.info).replace("\\", "")
    assert "Costs planned of later years: 2019-20 in column 3 and 2020-21 in column 4." in told
    assert "'2025-26': after 2024-25, the last year of the term." in told
    use(app)
    assert later(app) == [2_400_000.0, 2_500_000.0]
    assert session(app).scenario.planned_cost()[:3, CHARITY].tolist() == [2_100_000, 2_400_000, 2_500_000]
    case = session(app).scenario
    assert from_json(to_json(case)) == from_workbook("a.xlsx", to_workbook(case)) == case
    undo(app)
    assert session(app).document == before
