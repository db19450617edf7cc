"""Jumps are found where they are, are as large as they are, and nowhere else."""

import numpy as np
import pytest

from data import presets
from model import curves
from model.amounts import Pounds
from model.bands import Band
from model.cliffs import BEST, SAVING, SCORE, cliffs, jumps, marginal
from model.corridors import DeductibleCorridor, GateCorridor
from model.framework import Gate, Step
from model.modifiers import ModifierPoint, StepModifier
from model.pool import PerformancePool
from tests.model import build

REACH = 0.1


def test_a_corridor_from_the_first_pound_jumps_by_the_share_of_its_width() -> None:
    gated = build.scenario(
        risk_share=build.share(gain_corridor=GateCorridor(width=0.02), pain_corridor=GateCorridor(width=0.03))
    )
    found = cliffs(gated, 0, 0.0).loc[SAVING]
    assert found["at"].tolist() == pytest.approx([-0.03, 0.02], abs=1e-9)
    assert found["jump"].tolist() == pytest.approx([1.5e6, 1e6], abs=1)
    assert found["before"].tolist() == pytest.approx([-1.5e6, 0.0], abs=1)
    assert found["after"].tolist() == pytest.approx([0.0, 1e6], abs=1)


def test_bends_are_no_jumps() -> None:
    bent = build.scenario(
        framework=build.framework(build.kpi()),
        risk_share=build.share(
            gain_corridor=DeductibleCorridor(width=0.02),
            gain_bands=(Band(up_to=0.05, share=0.5), Band(share=0.1)),
            total_pain_cap=Pounds(amount=1e6),
            performance=PerformancePool(pool=Pounds(amount=1e6)),
        ),
    )
    assert cliffs(bent, 0, 0.0).empty


def test_a_gate_jumps_at_its_level_by_the_gain_that_it_takes_away() -> None:
    guarded = build.scenario(framework=build.framework(build.kpi(gate=Gate(level="poor", blocks="cost gain"))))
    found = cliffs(guarded, 0, 0.0)
    assert list(found.index) == ["Recovered"]
    assert found.iloc[0][["at", "with", "before", "after"]].tolist() == pytest.approx([10, 0.05, 0, 2.5e6], abs=1e-4)


def test_a_score_in_steps_jumps_at_each_level() -> None:
    stepped = build.scenario(
        framework=build.framework(build.kpi(scoring=Step())),
        risk_share=build.share(performance=PerformancePool(pool=Pounds(amount=1e6))),
    )
    found = cliffs(stepped, 0, 0.0).sort_values("at")
    assert found["at"].tolist() == pytest.approx([10, 20, 40, 80])
    assert found["jump"].tolist() == pytest.approx([0.5e6] * 4, abs=1)


def test_a_modifier_in_steps_jumps_where_the_score_reaches_its_line() -> None:
    """With 5% saved a tenth more of £2.5m is paid from there on, whichever KPI lifts the score."""
    points = (ModifierPoint(ops=-100, multiplier=1.0), ModifierPoint(ops=50, multiplier=1.1))
    stepped = build.scenario(
        framework=build.framework(build.kpi()), risk_share=build.share(gain_modifier=StepModifier(points=points))
    )
    found = cliffs(stepped, 0, 0.0)
    assert list(found.index) == [SCORE]
    assert found[["at", "with", "jump"]].to_numpy().tolist() == [pytest.approx([50, 0.05, 0.25e6], abs=1e-2)]


def test_a_gate_that_takes_nothing_as_expected_is_looked_at_where_all_else_is_at_its_best() -> None:
    """At poor the score is -50 with the other KPI as expected, which pays nothing; at its best it is +25."""
    pool = PerformancePool(pool=Pounds(amount=1e6))
    guarded = build.kpi(gate=Gate(level="poor", blocks="performance gain"), weight=0.5)
    kpis = build.framework(guarded, build.kpi("Housed", weight=0.5, today=10, expected=10))
    found = cliffs(build.scenario(framework=kpis, risk_share=build.share(performance=pool)), 0, 0.0)
    assert found["others"].tolist() == [BEST]
    assert found.iloc[0][["at", "before", "after"]].tolist() == pytest.approx([10, 2.5e6, 2.75e6], abs=1)


def test_a_modifier_that_a_passed_gate_sets_aside_makes_no_jump_and_no_slope() -> None:
    """Gain is multiplied only once the gate has failed."""
    table = StepModifier(points=(ModifierPoint(ops=-100, multiplier=0.5), ModifierPoint(ops=50, multiplier=1.0)))
    guarded = build.kpi(gate=Gate(level="failure", blocks="full cost gain"))
    case = build.scenario(framework=build.framework(guarded), risk_share=build.share(gain_modifier=table))
    assert SCORE not in cliffs(case, 0, 0.0).index
    assert marginal(case, 0, 0.0, REACH).iloc[-1].sum() == pytest.approx(0.5)


@pytest.mark.parametrize("name", presets.names())
def test_a_jump_lies_on_the_curve_that_is_drawn_at_the_same_score(name: str) -> None:
    scenario = presets.preset(name)
    year = curves.reference_year(scenario, "Whole term")
    found = cliffs(scenario, year, 17.0)
    for _, row in found[found.index == SAVING].iterrows():
        curve = curves.share_curve(scenario, year, 17.0, 0.4).sum(axis=1)
        assert np.interp(row["at"], curve.index, curve) in (
            pytest.approx(row["before"], abs=1),
            pytest.approx(row["after"], abs=1),
        )


def test_a_jump_is_found_on_either_side_of_a_place_of_the_grid() -> None:
    low, high = np.array([0.0, 1.0, 2.0]), np.array([1.0, 2.0, 3.0])
    for step in (lambda x: 7.0 * (x >= 1), lambda x: 7.0 * (x > 1)):
        found = [jump for jump in jumps(step, low, high) if jump]
        assert [(jump.at, jump.size) for jump in found] == [pytest.approx((1.0, 7.0))]


def test_the_next_pound_brings_the_share_of_its_band_and_nothing_inside_the_corridor() -> None:
    banded = build.scenario(
        providers=build.providers(0.75, 0.25),
        risk_share=build.share(
            gain_corridor=DeductibleCorridor(width=0.02), gain_bands=(Band(up_to=0.05, share=0.4), Band(share=0.1))
        ),
    )
    slopes = marginal(banded, 0, 0.0, REACH)
    at = {place: slopes[slopes.index <= place].iloc[-1].tolist() for place in (-0.05, 0.01, 0.03, 0.08)}
    assert at[-0.05] == pytest.approx([0.375, 0.125])
    assert at[0.01] == pytest.approx([0.0, 0.0], abs=1e-9)
    assert at[0.03] == pytest.approx([0.3, 0.1])
    assert at[0.08] == pytest.approx([0.075, 0.025])


def test_a_jump_is_no_part_of_the_next_pound() -> None:
    gated = build.scenario(
        risk_share=build.share(gain_corridor=GateCorridor(width=0.02), pain_corridor=GateCorridor(width=0.031))
    )
    slopes = marginal(gated, 0, 0.0, REACH).iloc[:, 0]
    inside = (slopes.index > -0.031 - 1e-9) & (slopes.index < 0.02 - 1e-9)
    assert slopes[inside].abs().max() < 1e-6
    assert slopes[~inside].to_numpy() == pytest.approx(0.5)


@pytest.mark.parametrize("name", presets.names())
def test_providers_never_have_more_than_the_pound_that_is_saved(name: str) -> None:
    scenario = presets.preset(name)
    for year in range(scenario.term.horizon):
        together = marginal(scenario, year, 0.0, REACH).sum(axis=1)
        assert together.between(-1e-6, 1 + 1e-6).all()
