"""Curves of the contract and of the inputs: through points worked by hand."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from data import presets
from model import curves, tables
from model.amounts import OfFee, OfTarget, Pounds
from model.bands import Band, Bands
from model.base import PENNY
from model.corridors import DeductibleCorridor, GateCorridor
from model.distributions import Fixed, LogNormal, Normal, Triangular, Uniform
from model.framework import LevelScores, Step
from model.modifiers import ModifierPoint, RampModifier
from model.pool import PerformancePool
from model.scenario import Scenario
from model.simulate import simulate
from tests.model.build import (
    FALLING,
    MILLION,
    RISING,
    apart,
    framework,
    kpi,
    provider,
    providers,
    scenario,
    share,
    uncertain,
)

GAIN: Bands = (Band(up_to=0.05, share=0.5), Band(up_to=0.10, share=0.2))
PAIN: Bands = (Band(up_to=0.04, share=0.3), Band(up_to=None, share=0.1))


def at(curve: pd.DataFrame | pd.Series, where: float) -> float:
    """The providers' total at the point of the curve nearest to this one, £m."""
    nearest = int(np.abs(curve.index.to_numpy() - where).argmin())
    assert curve.index[nearest] == pytest.approx(where, abs=1e-9)
    return float(np.sum(curve.iloc[nearest]) / MILLION)


def test_the_share_curve_passes_through_points_worked_by_hand() -> None:
    """Target cost £100m: 50% of the first £5m saved, 20% of the next; 30% of £4m overspent, 10% of the rest."""
    case = scenario(risk_share=share(gain_bands=GAIN, pain_bands=PAIN))
    curve = curves.share_curve(case, 0, 0.0, 0.14)
    for saved, gained in ((0, 0), (0.02, 1), (0.05, 2.5), (0.1, 3.5), (0.14, 3.5), (-0.02, -0.6), (-0.04, -1.2)):
        assert at(curve, saved) == pytest.approx(gained)
    assert at(curve, -0.14) == pytest.approx(-2.2)
    assert curve.index[0] == -0.14 and curve.index[-1] == 0.14


@pytest.mark.parametrize("ops", [-40.0, 27.0])
def test_what_providers_and_commissioners_get_of_a_saving_is_the_whole_of_it(ops: float) -> None:
    case = presets.preset(presets.FIRST)
    year = curves.reference_year(case, tables.TERM)
    target, shared = case.target_cost()[year].sum(), curves.share_curve(case, year, ops, 0.1).sum(axis=1)
    left = curves.left_curve(case, year, ops)
    for saving in (-curves.ROUND, 0.0, curves.ROUND):
        assert left.loc[saving].sum() + shared[saving] == pytest.approx(saving * target, abs=1.0)
    assert list(left["Council"] / left.sum(axis=1)) == pytest.approx([0.35, 0.35, 0.35])


def test_the_share_curve_has_a_point_at_zero_and_at_every_edge_within_reach() -> None:
    corridors = {"gain_corridor": DeductibleCorridor(width=0.0123), "pain_corridor": GateCorridor(width=0.0077)}
    case = scenario(risk_share=share(gain_bands=GAIN, pain_bands=PAIN, **corridors))
    curve = curves.share_curve(case, 0, 0.0, 0.09)
    assert {0.0, 0.0123, -0.0077, 0.0623, -0.04} <= set(curve.index)
    assert curve.index.is_monotonic_increasing and curve.index.is_unique
    assert curve.index.max() == 0.09
    assert at(curve, 0.0123) == pytest.approx(0)
    assert at(curve, 0.0623) == pytest.approx(2.5)
    assert at(curve, -0.0077) == pytest.approx(-0.3 * 0.77)
    inside = curve.index[(curve.index < 0) & (curve.index > -0.0077)]
    assert (curve.loc[inside].to_numpy() == 0).all()


def test_each_provider_has_its_column() -> None:
    case = scenario(providers=providers(0.7, 0.3), risk_share=share(gain_bands=GAIN, pain_bands=PAIN))
    curve = curves.share_curve(case, 0, 0.0, 0.1)
    assert list(curve.columns) == ["A", "B"]
    assert curve.loc[0.1].tolist() == pytest.approx([4.9 * MILLION, 2.1 * MILLION])


def test_a_reader_finds_whole_percents_and_edges_in_the_figures_of_a_share_curve_and_nothing_else() -> None:
    case = scenario(risk_share=share(gain_bands=GAIN, pain_bands=PAIN, gain_corridor=DeductibleCorridor(width=0.005)))
    curve, edges = curves.share_curve(case, 0, 0.0, 0.1037), curves.edges(case, 0)
    found = curves.readable(curve, edges)
    wanted = {*(part / 100 for part in range(-10, 11)), *(round(edge, 6) for edge in edges.values() if edge <= 0.1037)}
    assert set(found.index) == wanted
    assert found.index.is_monotonic_increasing and found.index.is_unique
    assert found.loc[-0.1].sum() == curve.loc[-0.1].sum()
    assert found.loc[-0.1].sum() < found.loc[0.0].sum() < found.loc[0.1].sum()


def test_the_share_curve_takes_its_year_its_score_and_its_caps() -> None:
    modifier = RampModifier(points=(ModifierPoint(ops=-100, multiplier=0), ModifierPoint(ops=100, multiplier=2)))
    pool = PerformancePool(pool=Pounds(amount=MILLION))
    terms = share(gain_modifier=modifier, performance=pool, total_pain_cap=OfFee(part=0.4), phase_in=(0.5,))
    case = scenario(years=2, risk_share=terms)
    assert at(curves.share_curve(case, 1, 50.0, 0.1), 0.1) == pytest.approx(5 * 1.5 + 0.5)
    assert at(curves.share_curve(case, 0, 50.0, 0.1), 0.1) == pytest.approx((5 * 1.5 + 0.5) / 2)
    assert at(curves.share_curve(case, 1, -50.0, 0.1), -0.1) == pytest.approx(-2)


def test_a_whole_number_will_do_for_a_score() -> None:
    case = scenario(risk_share=share(performance=PerformancePool(pool=Pounds(amount=MILLION))))
    assert at(curves.share_curve(case, 0, 50, 0.1), 0.0) == pytest.approx(0.5)


@pytest.mark.parametrize("pooled", [0.0, 0.5])
def test_what_lies_outside_the_pool_is_in_the_share_curve(pooled: float) -> None:
    """It shows what a provider gains or bears: half of what is pooled, and all of what is not (model §2, step 12)."""
    curve = curves.share_curve(scenario(providers=(provider(pooled=pooled),)), 0, 0.0, 0.1)
    for saved in (0.1, -0.1):
        assert at(curve, saved) == pytest.approx(100 * saved * (0.5 * pooled + 1 - pooled))


def test_the_performance_curve_ends_at_the_most_gained_and_lost() -> None:
    pool = PerformancePool(pool=Pounds(amount=2 * MILLION), max_gain=0.8, max_pain=0.5, neutral_from=-20, neutral_to=10)
    curve = curves.performance_curve(scenario(risk_share=share(performance=pool)), 0)
    assert curve.index[0] == -100 and curve.index[-1] == 100
    points = ((-100, -1.0), (-60, -0.5), (-20, 0), (0, 0), (10, 0), (55, 0.8), (100, 1.6))
    for score, gained in points:
        assert at(curve, score) == pytest.approx(gained, abs=1e-9)


def test_the_performance_curve_stops_at_the_caps() -> None:
    pool = PerformancePool(pool=Pounds(amount=2 * MILLION))
    terms = share(performance=pool, total_gain_cap=Pounds(amount=MILLION), total_pain_cap=Pounds(amount=0))
    curve = curves.performance_curve(scenario(risk_share=terms), 0)
    assert curve.max() == MILLION
    assert curve.min() == 0


def test_edges_lie_where_the_terms_change() -> None:
    assert curves.edges(scenario(), 0) == {}
    terms = share(
        gain_bands=GAIN,
        pain_bands=PAIN,
        gain_corridor=DeductibleCorridor(width=0.01),
        pain_corridor=GateCorridor(width=0.02),
    )
    assert curves.edges(scenario(risk_share=terms), 0) == pytest.approx(
        {
            "gain corridor": 0.01,
            "end of gain band 1": 0.06,
            "end of gain band 2": 0.11,
            "pain corridor": -0.02,
            "end of pain band 1": -0.04,
        }
    )
    assert "gain corridor" not in curves.edges(scenario(risk_share=share(gain_corridor=GateCorridor(width=0))), 0)


@pytest.mark.parametrize("name", presets.names())
def test_between_edges_the_share_curve_is_straight(name: str) -> None:
    case = presets.preset(name)
    year = curves.reference_year(case, tables.TERM)
    free = case.edited(
        risk_share=case.risk_share.edited(
            cost_gain_cap={"kind": "none"},
            cost_pain_cap={"kind": "none"},
            total_gain_cap={"kind": "none"},
            total_pain_cap={"kind": "none"},
        ),
        providers=tuple(p.edited(pain_cap={"kind": "none"}) for p in case.providers),
    )
    total = curves.share_curve(free, year, 0.0, 0.15).sum(axis=1)
    edges = sorted({-0.15, 0.0, 0.15, *(e for e in curves.edges(free, year).values() if abs(e) < 0.15)})
    for low, high in pairwise(edges):
        part = total[(total.index > low + 1e-9) & (total.index < high - 1e-9)]
        if len(part) > 2:
            line = np.interp(part.index, [part.index[0], part.index[-1]], [part.iloc[0], part.iloc[-1]])
            assert apart(part.to_numpy(), line) < PENNY


def test_the_reference_year_skips_shadow_years() -> None:
    for phase_in, expected in (((), 0), ((0.0,), 1), ((0.0, 0.5), 2), ((1.0, 0.0), 0), ((0.0, 0.5, 0.75), 2)):
        case = scenario(years=3, risk_share=share(phase_in=phase_in))
        assert curves.reference_year(case, tables.TERM) == expected
        assert curves.reference_year(case, "2019-20") == 1


def test_the_reference_year_skips_one_sided_years_where_it_can() -> None:
    for one_sided, expected in ((0, 1), (2, 2), (3, 1)):
        case = scenario(years=3, risk_share=share(phase_in=(0.0,), one_sided_years=one_sided))
        assert curves.reference_year(case, tables.TERM) == expected


def test_the_likely_saving_holds_nine_futures_in_ten() -> None:
    """Saving N(2, 5)% of target: from 2 - 1.645 × 5 to 2 + 1.645 × 5."""
    case = scenario(providers=(provider(cost_deviation=Normal(mean=-0.02, sd=0.05)),))
    n = 16_384
    low, high = curves.likely_saving(simulate(case, n, 7), 0)
    error = 4 * 0.05 * np.sqrt(0.05 * 0.95 / n) / 0.10314
    assert low == pytest.approx(0.02 - 1.64485 * 0.05, abs=error)
    assert high == pytest.approx(0.02 + 1.64485 * 0.05, abs=error)


def test_a_picture_reaches_past_the_likely_savings_and_the_edges_but_not_for_ever() -> None:
    assert curves.reach(scenario(), (-0.01, 0.02), 0) == 0.05
    assert curves.reach(scenario(), (-0.08, 0.02), 0) == pytest.approx(0.1)
    assert curves.reach(scenario(risk_share=share(gain_bands=GAIN)), (-0.01, 0.02), 0) == pytest.approx(0.115)
    assert curves.reach(scenario(), (-3.0, 0.02), 0) == 0.4


@pytest.mark.parametrize("lower_is_better", [False, True])
def test_the_score_curve_passes_through_the_levels(lower_is_better: bool) -> None:
    scores = LevelScores(failure=-100, poor=-20, minimum=10, stretch=30, gamebreaking=90)
    levels = FALLING if lower_is_better else RISING
    ramp = kpi(scores=scores, levels=levels)
    curve = curves.score_curve(ramp)
    assert curve.index.name == "Recovered"
    assert curve.index.min() == pytest.approx(-0.12 * 80)
    assert curve.index.max() == pytest.approx(1.12 * 80)
    assert curve.loc[list(ramp.levels.values)].tolist() == pytest.approx(list(scores.values))
    ends = [curve.iloc[0], curve.iloc[-1]]
    assert ends == ([90, -100] if lower_is_better else [-100, 90])
    steps = np.diff(curve.to_numpy()) * (-1 if lower_is_better else 1)
    assert (steps >= -1e-9).all()
    stepped = curves.score_curve(kpi(scores=scores, scoring=Step(), levels=levels))
    assert set(stepped.round(9)) == set(scores.values)


@pytest.mark.parametrize(
    "distribution",
    [
        Fixed(value=3.0),
        Uniform(low=-1, high=3),
        Triangular(low=0, likely=1, high=5),
        Normal(mean=2, sd=3),
        LogNormal(median=2, sigma=0.4, shift=-1),
    ],
    ids=lambda d: d.kind,
)
def test_quantiles_of_a_distribution_rise_and_have_its_mean(distribution: Normal) -> None:
    found = curves.quantiles(distribution, count=4000)
    assert apart(found.index.to_numpy(), (np.arange(4000) + 0.5) / 4000) < 1e-12
    assert (np.diff(found.to_numpy()) >= 0).all()
    assert found.mean() == pytest.approx(distribution.mean, abs=2e-3 * max(distribution.sd, 1e-9))
    assert len(curves.quantiles(distribution)) == 200


def related() -> Scenario:
    return scenario(
        providers=providers(0.6, 0.4),
        framework=framework(kpi("Recovered", weight=0.5), kpi("Waiting", weight=0.5, levels=FALLING)),
        uncertainty=uncertain(between_costs=0.3, between_kpis=0.2, cost_and_kpis=-0.15),
    )


def test_correlations_are_symmetric_and_labelled() -> None:
    table = curves.correlations(related())
    names = ["Cost: A", "Cost: B", "KPI: Recovered", "KPI: Waiting"]
    assert list(table.index) == list(table.columns) == names
    assert apart(table.to_numpy(), table.to_numpy().T) == 0
    assert (np.diag(table) == 1).all()
    assert table.loc["Cost: A", "Cost: B"] == 0.3
    assert table.loc["KPI: Recovered", "KPI: Waiting"] == 0.2
    assert (table.iloc[:2, 2:].to_numpy() == -0.15).all()


def test_a_curve_has_the_round_saving_among_its_points() -> None:
    """Sentences speak of a saving of 5%; it is worked out there, not near there."""
    case = scenario(risk_share=share())
    assert {-curves.ROUND, 0.0, curves.ROUND} <= set(curves.share_curve(case, 0, 0.0, 0.13).index)


def test_caps_on_the_total_are_marked_with_the_years_phase_in() -> None:
    case = scenario(years=2, risk_share=share(total_pain_cap=OfTarget(part=0.02), phase_in=(0.5,)))
    target = case.target_cost().sum(axis=1)
    assert curves.limits(case, 0) == {"cap on total pain": pytest.approx(-0.01 * target[0])}
    assert curves.limits(case, 1) == {"cap on total pain": pytest.approx(-0.02 * target[1])}


def test_ranges_state_each_inputs_percentiles_mean_and_spread() -> None:
    table = curves.ranges({"flat": Uniform(low=0, high=1), "sure": Fixed(value=3)})
    assert table.loc["flat", ["P5", "P50", "P95", "mean"]].tolist() == pytest.approx([0.05, 0.5, 0.95, 0.5])
    assert table.loc["sure"].tolist() == [3, 3, 3, 3, 0]
    assert curves.ranges({}).empty
