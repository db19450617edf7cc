"""One partner's decision: exact cases, properties, and agreement with the tables that others read."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special

from data import presets
from model.acceptance import GRID
from model.causes import Names, causes
from model.distributions import Fixed, Normal
from model.draw import draw
from model.joining import ALLOWED, OUTSIDE, Joining, bad_years, choice, joining, staying_out
from model.paths import paths
from model.plan import plan
from model.points import REPLICATES, batches
from model.scenario import Scenario
from model.scores import score
from model.statistics import tail_mean
from tests.model.build import MILLION, scenario

N = 16_384
SE = 4.0


def decided(alliance: Scenario, partner: int = 0, n: int = 1024) -> Joining:
    inputs = plan(alliance)
    drawn = draw(inputs, n, 1)
    known = causes(inputs, Names.of(alliance), n, 1).values
    return joining(alliance, drawn, score(alliance.framework, drawn.kpis), known, partner, 1)


def test_joining_beats_staying_out_as_often_as_it_should() -> None:
    """G ~ N(1, 2) against O ~ N(0.5, 1): the difference is N(0.5, √5)."""
    gains = MILLION * (1 + 2 * np.random.default_rng(1).standard_normal(N))
    outside = staying_out(Normal(mean=0.5 * MILLION, sd=MILLION), N, 1, "A")
    benefit = choice(gains, outside).benefit
    exact = float(special.ndtr(0.5 / np.sqrt(5)))
    miss = SE * np.sqrt(exact * (1 - exact) / N)
    assert benefit.values["chance_of_gain"] == pytest.approx(exact, abs=miss)
    assert benefit.values["mean"] == pytest.approx(0.5 * MILLION, abs=SE * np.sqrt(5 / N) * MILLION)
    for p, z in (("p10", special.ndtri(0.1)), ("p90", special.ndtri(0.9))):
        expected = (0.5 + np.sqrt(5) * z) * MILLION
        assert benefit.values[p] == pytest.approx(expected, abs=SE * benefit.errors[p] * np.sqrt(7 / 2))


def test_each_replicate_of_the_outside_option_is_stratified_and_its_own() -> None:
    outside = Normal(mean=0.0, sd=1.0)
    found = staying_out(outside, N, 1, "A")
    ordered = [np.sort(special.ndtr(found[part])) for part in batches(N)]
    for one in ordered:
        slices = (one * len(one)).astype(int)
        assert (slices == np.arange(len(one))).all()
    assert len({tuple(np.argsort(found[part])[:5]) for part in batches(N)}) == REPLICATES
    assert not np.allclose(ordered[0], ordered[1], atol=1e-9)


def test_the_outside_option_is_independent_of_order_and_of_other_partners() -> None:
    outside = Normal(mean=0.0, sd=1.0)
    one, again = (staying_out(outside, N, 1, "A") for _ in range(2))
    other, seeded = staying_out(outside, N, 1, "B"), staying_out(outside, N, 2, "A")
    assert (one == again).all()
    for found in (other, seeded):
        assert abs(np.corrcoef(one, found)[0, 1]) < SE / np.sqrt(N)
    draws = np.arange(N)
    assert abs(np.corrcoef(one, draws)[0, 1]) < SE / np.sqrt(N)


def test_the_draws_of_an_outside_option_agree_with_its_quantiles() -> None:
    """The tests of acceptance use an even grid of the same distribution."""
    outside = Normal(mean=2.0, sd=3.0)
    found = staying_out(outside, N, 1, "A")
    assert found.mean() == pytest.approx(outside.ppf(GRID).mean(), abs=3 / np.sqrt(N))


def test_a_bad_year_is_the_year_whose_worst_one_in_twenty_is_worst() -> None:
    rng = np.random.default_rng(3)
    years = rng.normal([[5.0], [0.0], [1.0], [0.0]], [[1.0], [1.0], [3.0], [1.0]], (4, 4096)) * MILLION
    bad = bad_years(years, 10 * MILLION, None)
    assert bad.year == 2
    assert bad.one.value == pytest.approx(float(tail_mean(np.sort(years[2]))))
    assert bad.repeated == pytest.approx(3 * bad.one.value)
    assert bad.below is None


def test_the_worst_three_years_are_found_wherever_they_stand() -> None:
    """Every future loses 1, 2 and 3 in a row, with gains before or after."""
    years = np.full((6, 800), 10.0)
    for draw_, start in enumerate(np.random.default_rng(1).integers(0, 4, 800)):
        years[start : start + 3, draw_] = (-1.0, -2.0, -3.0)
    bad = bad_years(years, 100.0, 96.0)
    assert bad.run == 3
    assert bad.worst.value == pytest.approx(6.0)
    assert bad.pain.value == bad.pain_in_a_row.value == 1.0
    assert bad.worst.error == bad.pain.error == 0.0


def test_two_years_of_pain_and_one_between_are_not_three_in_a_row() -> None:
    years = np.tile(np.array([[-1.0], [-1.0], [0.0], [-1.0], [-1.0]]), (1, 80))
    bad = bad_years(years, 10.0, 7.0)
    assert bad.pain.value == 1.0
    assert bad.pain_in_a_row.value == 0.0
    assert bad.worst.value == pytest.approx(2.0)


def test_reserves_are_looked_at_at_every_years_end() -> None:
    """Down to 10 − 4 in the second year and up again: below 7, not below 6, and not used up."""
    years = np.tile(np.array([[-2.0], [-2.0], [50.0]]), (1, 80))
    below = {minimum: bad_years(years, 10.0, minimum).below for minimum in (7.0, 6.0)}
    assert [one.value for one in below.values() if one] == [1.0, 0.0]
    used = {reserves: bad_years(years, reserves, None).used_up for reserves in (10.0, 4.0, 3.0)}
    assert [one.value for one in used.values() if one] == [0.0, 1.0, 1.0]
    assert bad_years(years, None, 5.0).used_up is None and bad_years(years, None, 5.0).below is None
    assert [bad_years(sign * years, 0.0, None).used_up for sign in (1, -1)] == [(1.0, 0.0), (1.0, 0.0)]
    assert bad_years(np.maximum(years, 0.0), 0.0, None).used_up == (0.0, 0.0)  # nothing is overdrawn by nothing


def test_a_loss_in_one_year_is_looked_for_in_every_year() -> None:
    """Half of the futures lose 3 in their second year, whatever they gain in the others."""
    years = np.tile(np.array([[5.0, 5.0], [-3.0, 1.0], [50.0, 50.0]]), (1, 80))
    over = {most: bad_years(years, 10.0, None, most).over for most in (2.0, 3.0)}
    assert [one.value for one in over.values() if one] == [0.5, 0.0]
    assert bad_years(years, 10.0, None).over is None
    assert bad_years(years, 10.0, None).over_in_one is None
    turns = np.tile(np.array([[-3.0, 1.0, 1.0, 1.0], [1.0, -3.0, 1.0, -3.0]]), (1, 40))
    found = bad_years(turns, 10.0, None, 2.0)
    assert found.over is not None and (found.over.value, found.over_in_one) == (0.75, 0.5)


@pytest.mark.parametrize("length", [1, 2])
def test_a_short_term_has_no_three_years(length: int) -> None:
    years = np.random.default_rng(1).normal(0, 1, (length, 800))
    bad = bad_years(years, 10.0, 5.0)
    assert bad.run == length
    assert bad.worst.value == pytest.approx(float(tail_mean(np.sort(years.sum(axis=0)))))


@settings(deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 8), st.floats(-2, 2))
def test_bad_years_keep_their_order(seed: int, length: int, mean: float) -> None:
    """Three in a row are rarer than one; a longer stretch of reserves is used up later than it falls below anything."""
    years = np.random.default_rng(seed).normal(mean, 1, (length, 512))
    bad = bad_years(years, 3.0, 1.0)
    assert bad.pain_in_a_row.value <= bad.pain.value
    assert bad.below and bad.used_up
    assert bad.used_up.value <= bad.below.value
    for t in range(length):
        assert bad.one.value >= float(tail_mean(np.sort(years[t]))) - 1e-12


@pytest.mark.parametrize("name", presets.names())
def test_the_decision_of_every_partner_agrees_with_its_paths(name: str) -> None:
    alliance = presets.preset(name)
    drawn = draw(plan(alliance), 1024, 1)
    found = paths(alliance, drawn, score(alliance.framework, drawn.kpis))
    for i in range(len(alliance.providers) + len(alliance.commissioners)):
        one = decided(alliance, i)
        assert one.choice.joining.values["mean"] == pytest.approx(float(found.total[i].mean()), rel=1e-9, abs=0.01)
        minimum = one.standing.limits.reserve_minimum
        if minimum is not None and one.bad.below:
            often = np.mean(found.lowest[i] < minimum - (one.standing.reserves or 0.0) - 0.005)
            assert one.bad.below.value == pytest.approx(float(often))
        assert (one.knowing["value"] <= one.knowing_all.value + 1e-6).all()
        assert one.sizes.loc[ALLOWED, "joining"] <= one.sizes.loc["Worst 1 in 20, on average", "joining"] + 0.01


def test_what_is_left_is_said_in_pounds_parts_and_months() -> None:
    alliance = scenario()
    rich = alliance.providers[0].edited(reserves=600_000.0, income=2_400_000.0)
    one = decided(alliance.edited(providers=(rich,)))
    assert one.left(150_000.0) == (450_000.0, 0.75, 2.25)
    poor = alliance.providers[0].edited(reserves=None, income=0.0)
    assert decided(alliance.edited(providers=(poor,))).left(1.0) == (-1.0, None, None)
    none = decided(alliance.edited(providers=(poor.edited(reserves=0.0),)))
    assert none.left(1.0) == (-1.0, None, None) and none.sizes["of reserves"].isna().all()


def test_where_nothing_is_uncertain_there_is_nothing_to_find_out() -> None:
    one = decided(scenario(years=2))
    assert one.swings.empty
    assert one.knowing.empty
    assert one.knowing_all == (0.0, 0.0)
    assert one.bad.pain.value == 0.0


def test_an_uncertain_outside_option_is_something_to_find_out() -> None:
    alliance = scenario()
    torn = alliance.providers[0].edited(outside=Normal(mean=0.0, sd=MILLION))
    one = decided(alliance.edited(providers=(torn,)))
    exact = MILLION / np.sqrt(2 * np.pi)
    assert list(one.knowing.index) == [OUTSIDE]
    assert one.knowing_all.value == pytest.approx(exact, abs=SE * one.knowing_all.error + MILLION / np.sqrt(1024))
    sure = alliance.providers[0].edited(outside=Fixed(value=-MILLION))
    better = decided(alliance.edited(providers=(sure,)))
    assert better.choice.benefit.values["chance_of_gain"] == 1.0
    assert better.knowing_all.value == 0.0


def test_the_chance_of_a_loss_in_a_year_leaves_out_years_in_which_nothing_can_be_lost() -> None:
    """A shadow year; then a loss in half and in a quarter of the futures."""
    years = np.zeros((3, 1_024))
    years[1] = np.where(np.arange(1_024) % 2, 1.0, -1.0)
    years[2] = np.where(np.arange(1_024) % 4, 1.0, -1.0)
    bad = bad_years(years, 0.0, None)
    assert bad.pain_in_a_year.value == pytest.approx(0.375)
    assert (bad.years, bad.counting) == (3, 2)
