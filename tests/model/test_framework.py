"""Scores at, between and beyond the levels; weights; missing data; gates."""

import itertools
from typing import Any

import numpy as np
import pytest
from pydantic import ValidationError

from model.framework import KPI, KRA, Framework, Gate, Levels, LevelScores, Ramp, Step
from model.modifiers import ModifierPoint, StepModifier
from model.scores import score
from tests.model.build import FALLING, RISING, framework, kpi

NO_DATA = float("nan")
BOTH_SCORINGS = pytest.mark.parametrize("scoring", [Ramp(), Step()], ids=["ramp", "step"])
BOTH_DIRECTIONS = pytest.mark.parametrize("levels", [RISING, FALLING], ids=["higher is better", "lower is better"])


def points(indicator: KPI, *values: float) -> list[float]:
    return list(indicator.score(np.array(values, dtype=float)))


def ops(framework: Framework, *values: float) -> float:
    return float(score(framework, np.array(values, dtype=float)[None, :, None]).ops[0, 0])


@BOTH_SCORINGS
@BOTH_DIRECTIONS
def test_each_level_earns_its_score(levels: Levels, scoring: Ramp | Step) -> None:
    assert points(kpi(levels=levels, scoring=scoring), *levels.values) == [-100, -50, 0, 50, 100]


@BOTH_SCORINGS
@BOTH_DIRECTIONS
def test_beyond_the_ends_the_score_stays(levels: Levels, scoring: Ramp | Step) -> None:
    beyond = (-500, 500) if levels.higher_is_better else (500, -500)
    assert points(kpi(levels=levels, scoring=scoring), *beyond) == [-100, 100]


def test_a_ramp_moves_in_proportion_between_levels() -> None:
    assert points(kpi(), 5, 19.5, 30, 60) == pytest.approx([-75, -2.5, 25, 75])
    assert points(kpi(levels=FALLING), 60, 30, 15, 5) == pytest.approx([-75, -25, 25, 75])


def test_a_step_counts_only_once_the_level_is_reached() -> None:
    assert points(kpi(scoring=Step()), 9.99, 10, 19.99, 20, 39.99, 40, 79.99, 80) == [
        -100, -50, -50, 0, 0, 50, 50, 100,
    ]  # fmt: skip
    assert points(kpi(levels=FALLING, scoring=Step()), 40.01, 40, 20.01, 20, 10.01, 10, 0.01, 0) == [
        -100, -50, -50, 0, 0, 50, 50, 100,
    ]  # fmt: skip


def test_scores_of_levels_may_be_agreed_otherwise() -> None:
    bonus_only = LevelScores(failure=0, poor=0, minimum=0, stretch=40, gamebreaking=100)
    assert points(kpi(scores=bonus_only), 0, 10, 20, 30, 40, 60, 80) == pytest.approx([0, 0, 0, 20, 40, 70, 100])
    assert points(kpi(scores=bonus_only, scoring=Step()), 0, 20, 30, 40, 60, 80) == [0, 0, 0, 40, 40, 100]


def test_published_gap_to_goal() -> None:
    """E32a: a KPI half-way between 50% and 100% earns half."""
    levels = Levels(failure=0.5, poor=0.6, minimum=0.75, stretch=0.9, gamebreaking=1.0)
    scores = LevelScores(failure=0, poor=20, minimum=50, stretch=80, gamebreaking=100)
    assert points(kpi(levels=levels, scores=scores), 0.75, 0.4, 0.65, 1.2) == pytest.approx([50, 0, 30, 100])


def weighted(*weights: float) -> Framework:
    return framework(*(kpi(f"KPI {i}", weight=w) for i, w in enumerate(weights)))


def test_the_overall_score_is_the_weighted_mean() -> None:
    assert ops(weighted(0.5, 0.3, 0.2), 80, 40, 0) == pytest.approx(0.5 * 100 + 0.3 * 50 - 0.2 * 100)


def test_a_kpi_weighs_its_part_of_its_area() -> None:
    areas = Framework(
        kras=(
            KRA(name="Live well", weight=0.4, kpis=(kpi("A", weight=0.25), kpi("B", weight=0.75))),
            KRA(name="Be safe", weight=0.6, kpis=(kpi("C"),)),
        )
    )
    assert areas.weights() == pytest.approx([0.1, 0.3, 0.6])
    assert ops(areas, 80, 40, 0) == pytest.approx(10 + 15 - 60)


@BOTH_SCORINGS
def test_a_missing_kpi_lends_its_weight_to_the_others_in_proportion(scoring: Ramp | Step) -> None:
    """E33: 10, 25, 40 and a missing 25 become 13.3, 33.3 and 53.3."""
    weights = (0.10, 0.25, 0.40, 0.25)
    alliance = framework(*(kpi(f"KPI {i}", weight=w, scoring=scoring) for i, w in enumerate(weights)))
    for i, new in enumerate((13.3, 33.3, 53.3)):
        only = [80.0 if j == i else 20.0 for j in range(3)]
        assert ops(alliance, *only, NO_DATA) == pytest.approx(new, abs=0.05)


@BOTH_SCORINGS
def test_a_missing_kpi_may_lend_its_weight_equally(scoring: Ramp | Step) -> None:
    """10, 25, 40 and a missing 25 become 18⅓, 33⅓ and 48⅓; one without weight gets none."""
    weights = (0.10, 0.25, 0.40, 0.25, 0.0)
    alliance = framework(*(kpi(f"KPI {i}", weight=w, scoring=scoring) for i, w in enumerate(weights)))
    equally = alliance.edited(missing="equally")
    for i, new in enumerate((55 / 3, 100 / 3, 145 / 3, 0)):
        only = [80.0 if j == i else 20.0 for j in range(4)]
        values = [*only[:3], NO_DATA, only[3]]
        assert ops(equally, *values) == pytest.approx(new)
    assert ops(equally, NO_DATA, NO_DATA, NO_DATA, 80, NO_DATA) == pytest.approx(100)
    assert ops(equally, 80, NO_DATA, NO_DATA, NO_DATA, 20) == pytest.approx(100)


def test_a_missing_kpi_that_always_scores_alike_lends_its_weight_too() -> None:
    always = LevelScores(failure=40, poor=40, minimum=40, stretch=40, gamebreaking=40)
    alliance = framework(kpi("A", weight=0.5), kpi("B", weight=0.5, scores=always))
    assert ops(alliance, 80, 80) == pytest.approx(70)
    assert ops(alliance, 80, NO_DATA) == pytest.approx(100)


def test_what_is_missing_is_spread_in_each_year_and_draw_by_itself() -> None:
    alliance = weighted(0.5, 0.3, 0.2).edited(missing="equally")
    values = np.array([[[80.0, 80.0], [20.0, NO_DATA], [20.0, 20.0]], [[80.0, NO_DATA], [20.0, 80.0], [NO_DATA, 20.0]]])
    assert score(alliance, values).ops == pytest.approx(np.array([[50, 65], [60, 55]]))


@pytest.mark.parametrize("missing", ["in proportion", "equally"])
def test_a_kpi_without_weight_never_makes_the_score(missing: str) -> None:
    alliance = weighted(1.0, 0.0).edited(missing=missing)
    assert ops(alliance, NO_DATA, 80) == 0
    assert ops(alliance, 80, 20) == pytest.approx(100)


@BOTH_SCORINGS
def test_a_missing_kpi_neither_helps_nor_harms(scoring: Ramp | Step) -> None:
    pair = framework(kpi("A", weight=0.5, scoring=scoring), kpi("B", weight=0.5, scoring=scoring))
    for value, earned in ((80, 100), (20, 0), (0, -100)):
        assert ops(pair, value, NO_DATA) == pytest.approx(earned)
        assert ops(pair, NO_DATA, value) == pytest.approx(earned)


@BOTH_SCORINGS
def test_a_year_without_data_scores_nothing(scoring: Ramp | Step) -> None:
    assert ops(framework(kpi(scoring=scoring)), NO_DATA) == 0


def test_without_kpis_the_score_is_nothing_and_no_gate_fails() -> None:
    found = score(Framework(), np.empty((2, 0, 3)))
    assert found.ops.tolist() == [[0, 0, 0]] * 2
    assert not found.no_cost_gain.any() and not found.no_performance_gain.any()


@pytest.mark.parametrize("weights", [(0.35, 0.25, 0.2, 0.15, 0.05), (0.1,) * 10, (0.3, 0.3, 0.2, 0.1, 0.1)])
def test_everything_at_a_level_reaches_a_threshold_there(weights: tuple[float, ...]) -> None:
    """Binary fractions must not cost the providers a step that they have reached."""
    step = StepModifier(points=(ModifierPoint(ops=0, multiplier=0), ModifierPoint(ops=50, multiplier=1)))
    for order in itertools.islice(itertools.permutations(weights), 60):
        values = np.full((1, len(order), 1), RISING.stretch)
        assert step.multiplier(score(weighted(*order), values).ops)[0, 0] == 1, order


@pytest.mark.parametrize("level", ["failure", "poor", "minimum"])
@BOTH_DIRECTIONS
def test_a_gate_fails_at_its_level_and_worse(levels: Levels, level: Any) -> None:
    gated = framework(kpi(levels=levels, gate=Gate(level=level, blocks="all gain")))
    limit, better = getattr(levels, level), 0.01 if levels.higher_is_better else -0.01
    found = score(gated, np.array([[[limit - better, limit, limit + better, NO_DATA]]]))
    assert found.no_cost_gain[0].tolist() == [True, True, False, False]
    assert found.no_performance_gain[0].tolist() == [True, True, False, False]


def taken_away(blocks: Any, value: float) -> tuple[bool, bool, bool, bool]:
    """Cost gain, performance gain, the pool, the modifier on gain."""
    found = score(framework(kpi(gate=Gate(level="poor", blocks=blocks))), np.array([[[value]]]))
    lines = (found.no_cost_gain, found.no_performance_gain, found.lost_pool, found.unmodified)
    cost, performance, pool, unmodified = (bool(line[0, 0]) for line in lines)
    return cost, performance, pool, unmodified


@pytest.mark.parametrize(
    ("blocks", "failed", "passed"),
    [
        ("cost gain", (True, False, False, False), (False, False, False, False)),
        ("performance gain", (False, True, False, False), (False, False, False, False)),
        ("all gain", (True, True, False, False), (False, False, False, False)),
        ("full cost gain", (False, False, False, False), (False, False, False, True)),
        ("the pool", (False, False, True, False), (False, False, False, False)),
        ("the score", (False, False, False, False), (False, False, False, False)),
    ],
)
def test_a_gate_takes_away_what_it_says(blocks: Any, failed: tuple[bool, ...], passed: tuple[bool, ...]) -> None:
    assert taken_away(blocks, 10.0) == failed
    assert taken_away(blocks, 10.01) == passed
    assert taken_away(blocks, NO_DATA) == passed


def test_a_failed_gate_on_the_score_makes_it_the_lowest() -> None:
    pair = framework(kpi("A", weight=0.1, gate=Gate(level="poor", blocks="the score")), kpi("B", weight=0.9))
    assert (ops(pair, 10, 80), ops(pair, 10, NO_DATA)) == (-100, -100)
    assert ops(pair, 10.01, 80) == pytest.approx(0.1 * -49.95 + 90)
    assert ops(pair, NO_DATA, 80) == pytest.approx(100)


def test_the_score_as_measured_is_kept_beside_the_lowest() -> None:
    pair = framework(kpi("A", weight=0.1, gate=Gate(level="poor", blocks="the score")), kpi("B", weight=0.9))
    found = score(pair, np.array([[[10.0, 20.0], [80.0, 80.0]]]))
    assert found.ops[0].tolist() == pytest.approx([-100, 90])
    assert found.measured[0].tolist() == pytest.approx([85, 90])


def test_one_failed_gate_on_full_cost_gain_is_enough_to_modify_it() -> None:
    gate = Gate(level="poor", blocks="full cost gain")
    both = framework(kpi("A", weight=0.5, gate=gate), kpi("B", weight=0.5, gate=gate))
    values = np.array([[[5.0, 50.0, 5.0, 50.0, NO_DATA], [50.0, 5.0, 5.0, 50.0, 50.0]]])
    assert score(both, values).unmodified[0].tolist() == [False, False, False, True, True]


def test_one_failed_gate_among_many_is_enough() -> None:
    both = framework(
        kpi("A", weight=0.5, gate=Gate(level="poor", blocks="cost gain")),
        kpi("B", weight=0.5, gate=Gate(level="poor", blocks="cost gain")),
    )
    assert score(both, np.array([[[5.0, 50.0, 5.0, 50.0], [50.0, 5.0, 5.0, 50.0]]])).no_cost_gain[0].tolist() == [
        True, True, True, False,
    ]  # fmt: skip


def test_the_path_reaches_the_expected_value_in_equal_steps() -> None:
    assert kpi(today=10, expected=40, years_to_change=3).path(5) == pytest.approx([20, 30, 40, 40, 40])


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"poor": 0}, r"poor \(0\) does not follow failure \(0\)"),
        ({"stretch": 15}, r"stretch \(15\) does not follow minimum \(20\)"),
        ({"gamebreaking": 30}, r"gamebreaking \(30\) does not follow stretch \(40\)"),
    ],
)
def test_levels_must_be_in_strict_order(change: dict[str, float], sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        RISING.edited(**change)


def test_weights_must_add_up() -> None:
    with pytest.raises(ValidationError, match="KPI weights in 'Recover and stay well' add up to 95%, not 100%"):
        weighted(0.5, 0.45)
    with pytest.raises(ValidationError, match="Weights of the key result areas add up to 90%, not 100%"):
        Framework(kras=(KRA(name="A", weight=0.9, kpis=(kpi(),)),))


def test_thirds_may_be_typed_as_percentages() -> None:
    assert weighted(0.3333, 0.3333, 0.3333).weights().sum() == pytest.approx(1, abs=1e-12)


def test_scores_must_not_fall() -> None:
    with pytest.raises(ValidationError, match="must not fall"):
        LevelScores(stretch=-10)


def test_names_must_differ() -> None:
    with pytest.raises(ValidationError, match="the KPI 'recovered' appears twice"):
        framework(kpi("Recovered", weight=0.5), kpi("recovered", weight=0.5))


def test_bounds_must_be_in_order() -> None:
    with pytest.raises(ValidationError, match=r"the lowest possible value \(5\) must be below the highest \(5\)"):
        kpi(lowest=5, highest=5)
