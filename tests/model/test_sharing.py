"""Who carries the risk: closed forms and properties of shares, and tables that add up for every preset.

Tolerances are four standard errors, from 64 independent samples.
"""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data import presets
from model.base import Floats
from model.draw import Outcomes, draw
from model.plan import plan
from model.pooling import own_savings, pooled, pooled_loss
from model.scenario import Scenario
from model.scores import score
from model.shapley import shapley
from model.sharing import benchmark, carriers, largest_shares, room, wilson_shares, worth_to_each
from model.simulate import Results, resettle
from model.splits import AGREED, BY_RESULT, by_own_result, side_by_side, splits
from model.statistics import tail_mean
from model.tables import COMMISSIONERS, PROVIDERS, draws, periods
from tests.model.build import provider, providers, scenario, share

SE, SAMPLES, N = 4.0, 64, 16_384
TOLERANCES = np.array([4.0, 1.0, 0.5])
quick = settings(max_examples=40, deadline=None, derandomize=True)
tolerances = st.lists(st.floats(0.01, 1e6), min_size=2, max_size=6).map(np.array)


def pools() -> Floats:
    """Independent samples of a pool N(1, 2), (samples, n)."""
    return np.random.default_rng(7).normal(1, 2, (SAMPLES, N))


def near(found: Floats, exact: list[float]) -> bool:
    """Whether the mean of samples (samples, N) is as near to what it should be as their spread says."""
    error = found.std(axis=0, ddof=1) / np.sqrt(len(found))
    return bool((np.abs(found.mean(axis=0) - exact) <= SE * error).all())


# Shares by risk tolerance ----------------------------------------------------------------------------------------


def test_a_risk_is_shared_best_in_proportion_to_tolerance() -> None:
    """T7. A certainty equivalent's own bias, of order 1 / n, is a small part of its standard error."""
    shares = wilson_shares(TOLERANCES)
    assert shares == pytest.approx([0.727273, 0.181818, 0.090909], abs=5e-7)
    best = np.array([worth_to_each(np.outer(shares, pool), TOLERANCES) for pool in pools()])
    assert near(best.sum(axis=1, keepdims=True), [0.636364])
    equal = np.array([worth_to_each(np.outer(np.full(3, 1 / 3), pool), TOLERANCES) for pool in pools()])
    assert near(equal, [0.277778, 0.111111, -0.111111])


@quick
@given(tolerances)
def test_best_shares_add_up_to_one_and_do_not_change_when_everything_doubles(held: Floats) -> None:
    assert wilson_shares(held).sum() == pytest.approx(1, abs=1e-12)
    assert wilson_shares(2 * held) == pytest.approx(wilson_shares(held), abs=1e-12)


@quick
@given(tolerances, st.integers(0, 5), st.floats(1.01, 10))
def test_a_best_share_rises_with_ones_own_tolerance(held: Floats, which: int, factor: float) -> None:
    more = held.copy()
    more[which % len(held)] *= factor
    rise = wilson_shares(more) - wilson_shares(held)
    assert rise[which % len(held)] > 0
    assert (np.delete(rise, which % len(held)) < 0).all()


@quick
@given(tolerances, st.integers(0, 2**32 - 1))
def test_best_shares_do_not_depend_on_the_order_of_partners(held: Floats, seed: int) -> None:
    order = np.random.default_rng(seed).permutation(len(held))
    assert wilson_shares(held[order]) == pytest.approx(wilson_shares(held)[order], abs=1e-12)


@pytest.mark.parametrize("spread", [1.0, 2.0])
def test_no_other_split_is_worth_more_to_all_whatever_the_spread(spread: float) -> None:
    """True of the sample itself, so without a tolerance: the best shares maximise the sum of certainty equivalents."""
    pool = 1 + spread * np.random.default_rng(3).normal(size=2_000)
    best = worth_to_each(np.outer(wilson_shares(TOLERANCES), pool), TOLERANCES).sum()
    for other in np.random.default_rng(4).dirichlet(np.ones(3), 200):
        assert worth_to_each(np.outer(other, pool), TOLERANCES).sum() <= best + 1e-12


def test_nobody_with_any_tolerance_has_no_best_share() -> None:
    with pytest.raises(ValueError, match="at least one"):
        wilson_shares(np.zeros(2))


# Largest linear shares -------------------------------------------------------------------------------------------


def test_limits_that_are_too_low_leave_no_linear_split() -> None:
    """T21."""
    limits = np.array([1.5, 0.6, 0.3])
    found = np.array([largest_shares(pool, limits) for pool in pools()])
    exact = limits / 3.125426
    assert exact == pytest.approx([0.4799, 0.1920, 0.0960], abs=5e-5)
    assert near(found, exact.tolist())
    total = found.sum(axis=1)
    assert near(total[:, None], [0.7679])
    assert near(1 / total[:, None], [1.3023])
    scaled = largest_shares(pools()[0], limits / total[0])
    assert scaled.sum() == pytest.approx(1, rel=1e-12)


def test_a_pool_that_never_loses_can_be_shared_in_any_way() -> None:
    assert np.isinf(largest_shares(np.full(100, 2.0), np.ones(2))).all()


# Tables of a scenario --------------------------------------------------------------------------------------------


def settled(alliance: Scenario, n: int = 1_024, year: int | None = None) -> tuple[Results, Outcomes]:
    outcomes = draw(plan(alliance), n, 2018)
    return resettle(alliance, outcomes, score(alliance.framework, outcomes.kpis), year), outcomes


def whole(results: Results) -> Floats:
    return np.asarray(draws(results)[[PROVIDERS, COMMISSIONERS]].to_numpy().sum(axis=1))


def loss(gains: Floats) -> float:
    return float(tail_mean(np.sort(gains)))


each_preset = pytest.mark.parametrize("preset", presets.names())


@each_preset
def test_everybodys_parts_add_up_to_the_alliances_worst_and_best(preset: str) -> None:
    results, _ = settled(presets.preset(preset))
    table, gains = carriers(results), whole(results)
    assert table["loss"].sum() == pytest.approx(loss(gains), rel=1e-9)
    assert table["gain"].sum() == pytest.approx(loss(-gains), rel=1e-9)
    assert table[["of the loss", "of the gain", "by reserves"]].sum().to_numpy() == pytest.approx([1, 1, 1])
    assert (table[["loss s.e.", "gain s.e."]] >= 0).all().all()


@each_preset
def test_what_providers_bring_is_what_everybody_carries_in_the_term_and_in_a_year(preset: str) -> None:
    alliance = presets.preset(preset)
    for period in (periods(alliance)[0], periods(alliance)[-1]):
        year = None if period == periods(alliance)[0] else alliance.term.horizon - 1
        results, outcomes = settled(alliance, year=year)
        table = pooled(results, outcomes, period)
        assert table["fair"].sum() == pytest.approx(table["carried"].sum(), abs=0.01)
        assert table["fair"].sum() == pytest.approx(loss(own_savings(alliance, outcomes, period).sum(axis=0)), abs=0.01)
        assert table["alone"].sum() >= table["fair"].sum() - 0.01
        assert not table.loc[COMMISSIONERS, ["alone", "fair"]].any()


def test_a_provider_that_is_certain_brings_nothing() -> None:
    own = np.random.default_rng(1).normal(size=(3, 4_000))
    own[1] = 0.0
    assert shapley(pooled_loss(own), 3).values[1] == pytest.approx(0, abs=1e-12)


def test_partners_without_reserves_have_no_share_by_reserves() -> None:
    first = presets.preset(presets.FIRST)
    bare = tuple(p.edited(reserves=None) for p in first.providers[1:])
    results, _ = settled(first.edited(providers=(first.providers[0], *bare)))
    table = benchmark(results)
    assert table["by reserves"].iloc[0] == 1
    assert table[["by reserves", "worth", "best worth"]].iloc[1:].isna().all().all()
    none, _ = settled(scenario(providers=providers(0.5, 0.5)))
    assert carriers(none)["by reserves"].isna().all()
    assert room(none, 0.1).empty


def test_with_reserves_of_nothing_a_partner_has_no_part_and_is_not_left_out() -> None:
    first = presets.preset(presets.FIRST)
    poor = first.providers[1].edited(reserves=0.0)
    results, _ = settled(first.edited(providers=(first.providers[0], poor, *first.providers[2:])))
    table, shares = benchmark(results), room(results, 0.1)
    assert table.loc[poor.name, "by reserves"] == 0.0
    assert np.isfinite(table.to_numpy()).all()
    assert shares.loc[poor.name, "largest share"] == 0.0 and np.isfinite(shares.to_numpy()).all()
    nothing, _ = settled(scenario(providers=providers(0.5, 0.5, reserves=0.0)))
    assert benchmark(nothing)["by reserves"].to_list() == [0.0, 0.0]


def test_nobody_splits_by_reserves_that_are_not_stated() -> None:
    first = presets.preset(presets.FIRST)
    some = (first.providers[0].edited(reserves=None), *first.providers[1:])
    assert "By reserves" not in splits(first.edited(providers=some))
    none = (first.providers[0].edited(reserves=0.0), *first.providers[1:])
    assert "By reserves" in splits(first.edited(providers=none))


@each_preset
def test_room_grows_with_the_part_of_reserves_at_risk(preset: str) -> None:
    results, _ = settled(presets.preset(preset))
    little, more = room(results, 0.1), room(results, 0.2)
    pd.testing.assert_frame_equal(2 * little, more)
    held = little["limit"] / 0.1
    assert little["largest share"].to_numpy() == pytest.approx((0.1 * held / loss(whole(results))).to_numpy())


# Splits ----------------------------------------------------------------------------------------------------------


@each_preset
def test_the_split_as_agreed_is_the_contracts_own(preset: str) -> None:
    results, outcomes = settled(presets.preset(preset))
    table = side_by_side(results, outcomes)
    names = [p.name for p in results.scenario.providers]
    assert table.loc[AGREED, "mean"].to_numpy() == pytest.approx(draws(results)[names].mean().to_numpy())
    assert -table.loc[AGREED, "worst"].iloc[0] == pytest.approx(loss(draws(results)[names[0]].to_numpy()))
    assert set(table.index.unique("split")) == {AGREED, "Equal", "By fee", "By budget", "By reserves", BY_RESULT}


def test_without_partners_caps_a_split_moves_money_between_providers_only() -> None:
    first = presets.preset("small-charities")
    free = [p.edited(pain_cap={"kind": "none"}, gain_cap={"kind": "none"}) for p in first.providers]
    results, outcomes = settled(first.edited(providers=tuple(free)))
    together = side_by_side(results, outcomes)["mean"].groupby("split").sum()
    assert together.to_numpy() == pytest.approx(np.full(len(together), together[AGREED]), rel=1e-9)


def test_a_measure_that_nobody_has_makes_no_split() -> None:
    found = splits(scenario(providers=tuple(p.edited(fee_rate=0.0) for p in providers(0.5, 0.5))))
    assert set(found) == {AGREED, "Equal", "By budget"}


def test_by_own_result_pays_the_one_who_saved_and_asks_the_one_who_overspent() -> None:
    """Half of a saving of £3m: a third of it by A, two thirds by B, while C overspent. Then only C overspends."""
    alliance = scenario(providers=providers(0.5, 0.3, 0.2), risk_share=share())
    target = alliance.target_cost()[:, :, None]
    saved = np.array([[2e6, -5e6], [4e6, 1e6], [-3e6, 0.0]])
    costs = target - saved
    outcomes = Outcomes(costs, np.empty((1, 0, 2)), np.ones((1, 1)))
    found = by_own_result(alliance, outcomes, score(alliance.framework, outcomes.kpis))
    assert found == pytest.approx(np.array([[0.5e6, -2e6], [1e6, 0.0], [0.0, 0.0]]))


def test_by_own_result_stops_at_a_partners_cap() -> None:
    members = tuple(p.edited(pain_cap={"kind": "pounds", "amount": 1e6}) for p in providers(0.5, 0.5))
    alliance = scenario(providers=members, risk_share=share())
    costs = alliance.target_cost()[:, :, None] + np.array([[8e6], [0.0]])
    outcomes = Outcomes(costs, np.empty((1, 0, 1)), np.ones((1, 1)))
    found = by_own_result(alliance, outcomes, score(alliance.framework, outcomes.kpis))
    assert found == pytest.approx(np.array([[-1e6], [0.0]]))


def test_one_provider_has_the_same_under_every_split() -> None:
    results, outcomes = settled(scenario(providers=(provider(reserves=1e6),)))
    table = side_by_side(results, outcomes)
    assert (table["worst"] == table["worst"].iloc[0]).all()
