"""Scenarios: how the target is built, the years, what cannot be, and edits."""

from typing import Any

import pytest
from pydantic import ValidationError

from model.base import Source
from model.distributions import Fixed, Normal
from model.scenario import Baseline, Scenario, Term
from model.uncertainty import Risk
from tests.model.build import MILLION, commissioner, framework, kpi, provider, scenario, share, uncertain


def test_the_target_is_baseline_indexed_less_saving_plus_contingency() -> None:
    grown = scenario(
        years=3,
        providers=(provider(demand_growth=0.01, required_saving=0.1),),
        baseline=Baseline(price_growth=0.03, contingency=0.02, saving_phasing=(0.0, 0.5)),
    )
    assert grown.target_cost()[:, 0] == pytest.approx(
        [
            100 * MILLION * 1.02,
            100 * MILLION * 1.03 * 1.01 * 0.95 * 1.02,
            100 * MILLION * (1.03 * 1.01) ** 2 * 0.95 * 1.02,
        ]
    )
    assert grown.fee() == pytest.approx(0.05 * grown.target_cost())


@pytest.mark.parametrize(("with_option", "years"), [(False, 7), (True, 10)])
def test_option_years_count_where_they_are_modelled(with_option: bool, years: int) -> None:
    term = Term(start="2018-07", years=7, option_years=3, with_option=with_option)
    assert term.horizon == years == len(term.labels())
    assert scenario(term=term).target_cost().shape == (years, 1)


@pytest.mark.parametrize(
    ("start", "labels"),
    [("2018-04", ("2018-19", "2019-20")), ("2018-01", ("2018", "2019")), ("1999-12", ("1999-00", "2000-01"))],
)
def test_years_are_named_as_people_name_them(start: str, labels: tuple[str, ...]) -> None:
    assert Term(start=start, years=2).labels() == labels


@pytest.mark.parametrize("start", ["2018", "2018-13", "2018-00", "2018-7", "1899-01", "July 2018", ""])
def test_a_start_is_a_year_and_month(start: str) -> None:
    with pytest.raises(ValidationError):
        Term(start=start, years=1)


def risk(*hits: str) -> Risk:
    return Risk(name="Strike", probability=0.1, impact=Fixed(value=1), hits=hits)


IMPOSSIBLE: dict[str, dict[str, Any]] = {
    "the partner 'city council' appears twice": {"providers": (provider("city council"),)},
    "Commissioners' contributions add up to 90%, not 100%": {"commissioners": (commissioner(contribution=0.9),)},
    "risk 'Strike' hits 'Nobody', who is not a provider here": {"uncertainty": uncertain(risk("Nobody"))},
    "the risk 'Strike' appears twice": {"uncertainty": uncertain(risk(), risk())},
    "no provider has a baseline cost": {"providers": (provider(baseline_cost=0),)},
    "these correlations cannot all hold at once": {
        "uncertainty": uncertain(between_costs=0.0, between_kpis=0.0, cost_and_kpis=0.9),
        "framework": framework(kpi("A", weight=0.5), kpi("B", weight=0.5)),
    },
}


@pytest.mark.parametrize("sentence", IMPOSSIBLE)
def test_an_impossible_alliance_does_not_exist(sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        scenario(**IMPOSSIBLE[sentence])


def test_a_risk_costs_money() -> None:
    with pytest.raises(ValidationError, match="the cost of risk 'Windfall' is negative on average"):
        uncertain(Risk(name="Windfall", probability=0.1, impact=Normal(mean=-1, sd=1)))


def test_a_scenario_cannot_change() -> None:
    with pytest.raises(ValidationError):
        scenario().name = "Another"


def test_an_edit_is_checked_again() -> None:
    assert scenario().edited(name="Another").name == "Another"
    with pytest.raises(ValidationError, match="add up to 50%"):
        scenario().edited(commissioners=(commissioner(contribution=0.5),))


def test_text_is_trimmed() -> None:
    assert scenario(name="  Alliance ").name == "Alliance"
    with pytest.raises(ValidationError):
        scenario(name="   ")


NOTE = Source(field="baseline_cost", note="Annual accounts 2017-18")


def test_a_note_must_be_about_an_entry() -> None:
    assert provider(sources=(NOTE,)).sources == (NOTE,)
    with pytest.raises(ValidationError, match="a source note is about 'cost', which is not an entry here"):
        provider(sources=(Source(field="cost", note=""),))


@pytest.mark.parametrize(
    "change",
    [
        {"story": "Once"},
        {"expected_answer": "Gain"},
        {"illustrative": True},
        {"providers": (provider(sources=(NOTE,)),)},
    ],
    ids=["story", "expected answer", "illustrative", "source note"],
)
def test_what_does_not_decide_results_does_not_change_the_id(change: dict[str, Any]) -> None:
    assert scenario(**change).id == scenario().id


@pytest.mark.parametrize(
    "change",
    [{"years": 2}, {"risk_share": share(phase_in=(0.5,))}, {"providers": (provider(reserves=1),)}],
    ids=["years", "phase-in", "reserves"],
)
def test_what_decides_results_changes_the_id(change: dict[str, Any]) -> None:
    assert scenario(**change).id != scenario().id
    assert len(scenario().id) == 16


def test_the_same_scenario_has_the_same_id_however_it_is_made() -> None:
    again = Scenario.model_validate_json(scenario().model_dump_json())
    assert again == scenario()
    assert again.id == scenario().id
