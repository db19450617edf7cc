"""What levels score and how a value came to its score, in words that come to what the model finds."""

import re

import numpy as np
import pytest

from model import score_words, walk
from model.framework import KPI, Levels, LevelScores, Step
from tests.model.build import MILLION, framework, kpi, scenario
from tests.model.test_walk import future, worked_out

RATE = Levels(failure=30, poor=40, minimum=50, stretch=60, gamebreaking=70)
BELOW_NOUGHT = Levels(failure=10, poor=5, minimum=0, stretch=-5, gamebreaking=-10)
UNEVEN = LevelScores(failure=-80, poor=-12.5, minimum=10, stretch=10, gamebreaking=100)


def scored(one: KPI, value: float) -> float:
    return float(one.score(np.array([value]))[0])


def test_what_levels_score_is_said_once_where_all_kpis_score_alike() -> None:
    assert score_words.rules([kpi("A"), kpi("B")]) == [
        "Failure scores −100, poor −50, minimum 0, stretch +50 and gamebreaking +100, in proportion between."
    ]


def test_kpis_that_score_otherwise_are_named() -> None:
    said = score_words.rules([kpi("A"), kpi("B", scores=UNEVEN), kpi("C"), kpi("D", scoring=Step())])
    assert said == [
        "A and C: failure scores −100, poor −50, minimum 0, stretch +50 and gamebreaking +100, in proportion between.",
        "B: failure scores −80, poor −12.5, minimum +10, stretch +10 and gamebreaking +100, in proportion between.",
        "D: failure scores −100, poor −50, minimum 0, stretch +50 and gamebreaking +100; "
        "a level counts only once it is reached.",
    ]


def test_a_score_between_two_levels_can_be_worked_out_by_hand() -> None:
    rate = kpi(levels=RATE, unit="%")
    said = "between minimum (50%, 0) and stretch (60%, +50): 0 + (55 − 50) ÷ (60 − 50) × 50"
    assert score_words.how(rate, 55) == said
    assert scored(rate, 55) == 25


@pytest.mark.parametrize("levels", [RATE, BELOW_NOUGHT])
@pytest.mark.parametrize("scores", [LevelScores(), UNEVEN])
def test_words_come_to_the_score_wherever_a_value_lies(levels: Levels, scores: LevelScores) -> None:
    one = kpi(levels=levels, scores=scores)
    for part in np.linspace(-0.1, 1.1, 61):
        value = round(levels.failure + part * (levels.gamebreaking - levels.failure), 6)
        said = score_words.how(one, value)
        formula = said.partition("): ")[2].replace("÷", "/")
        points = worked_out(formula) if formula else _of_a_level(said)
        assert points == pytest.approx(scored(one, value), abs=1e-3), said


def _of_a_level(said: str) -> float:
    found = re.search(r", ([+−]?[\d.]+)\)", said)
    assert found, said
    return float(found[1].replace("−", "-"))


@pytest.mark.parametrize(
    ("value", "ramp", "step"),
    [
        (25, "failure (30 days, −100) or worse", "poor (40 days, −50) is not reached, so as failure (30 days, −100)"),
        (50, "at minimum (50 days, 0)", "minimum (50 days, 0) is reached, stretch (60 days, +50) is not"),
        (80, "gamebreaking (70 days, +100) or better", "gamebreaking (70 days, +100) is reached"),
        (float("nan"), "no data", "no data"),
    ],
)
def test_a_level_is_named_with_its_value_and_score(value: float, ramp: str, step: str) -> None:
    assert score_words.how(kpi(levels=RATE, unit="days"), value) == ramp
    assert score_words.how(kpi(levels=RATE, unit="days", scoring=Step()), value) == step


def test_large_and_drawn_values_are_written_to_be_read() -> None:
    many = kpi(levels=Levels(failure=1e6, poor=2e6, minimum=3e6, stretch=4e6, gamebreaking=5e6))
    assert "(3,456,789 − 3,000,000) ÷ (4,000,000 − 3,000,000)" in score_words.how(many, 3456789)
    assert "(54.8723 − 50)" in score_words.how(kpi(levels=RATE), 54.872314)


def test_a_settled_year_says_of_each_kpi_how_its_score_came_about() -> None:
    case = scenario(framework=framework(kpi("A", levels=RATE, weight=0.5), kpi("B", weight=0.5)))
    found = future(case, {"Community charity": 90 * MILLION}, {"A": 45})
    said = walk.kpis(found)["how"]
    assert said.to_dict() == {
        "A": "between poor (40, −50) and minimum (50, 0): −50 + (45 − 40) ÷ (50 − 40) × 50",
        "B": "no data",
    }
