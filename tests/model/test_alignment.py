"""All win or all lose: closed forms, and what holds of any gains."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from data import presets
from model.alignment import (
    EVERYBODY,
    PROVIDERS,
    alignment,
    all_gain,
    all_lose,
    apart,
    pairs,
    parting,
    pounds_same_way,
    same_way,
)
from model.base import Floats
from model.distributions import Normal
from tests.model import build, strategies
from tests.model.test_incentives import SE, N, drawn

POUNDS = st.sampled_from([-3.0, -1.0, -0.004, 0.0, 0.004, 2.0])
GAINS = arrays.arrays(np.float64, st.tuples(st.integers(1, 4), st.integers(1, 8)), elements=POUNDS)


@pytest.mark.parametrize(("partners", "exact"), [(2, 2 / 3), (3, 1 / 2)])
def test_equally_correlated_partners_win_or_lose_together_as_often_as_worked_out(partners: int, exact: float) -> None:
    """T15: zero means, every correlation 0.5."""
    members = build.providers(*[1 / partners] * partners, pooled=0.0, cost_deviation=Normal(mean=0.0, sd=0.05))
    scenario = build.scenario(providers=members, uncertainty=build.uncertain(between_costs=0.5))
    row = alignment(drawn(scenario)).loc[PROVIDERS]
    error = np.sqrt(exact * (1 - exact) / N)
    assert row["same way"] == pytest.approx(exact, abs=SE * error)
    assert row["all gain"] == pytest.approx(exact / 2, abs=SE * error)
    assert row["all gain"] + row["all lose"] == pytest.approx(row["same way"])
    assert 0 < row["same way s.e."] < 2 * error


def test_one_pool_with_positive_shares_is_always_all_or_none() -> None:
    """T15: exactly 1, in futures and in pounds; commissioners too, who have the other half."""
    members = build.providers(0.5, 0.3, 0.2, cost_deviation=Normal(mean=0.0, sd=0.05))
    table = alignment(drawn(build.scenario(providers=members), 1_024))
    assert (table[["same way", "pounds"]] == 1).all().all()


def test_two_partners_who_swap_a_pound_never_move_together() -> None:
    gains = np.array([[1.0, -2.0], [-1.0, 2.0]])
    assert same_way(gains) == 0
    assert pounds_same_way(gains) == 0
    assert apart(gains).tolist() == [[0.0, 0.5], [0.5, 0.0]]


def test_pounds_count_by_their_number() -> None:
    """£3 up and £1 down, then £5 down: 1 − 1 ÷ (3 + 5)."""
    assert pounds_same_way(np.array([[3.0, -2.0], [-1.0, -3.0]])) == pytest.approx(7 / 8)


def test_less_than_half_a_penny_is_neither_gain_nor_pain() -> None:
    gains = np.array([[0.004, 1.0], [-1.0, -0.004]])
    assert same_way(gains) == 1
    assert all_lose(gains) == all_gain(gains) == 0.5
    assert not apart(gains).any()


def test_where_nothing_moves_all_are_together() -> None:
    assert same_way(np.zeros((3, 8))) == all_gain(np.zeros((3, 8))) == pounds_same_way(np.zeros((3, 8))) == 1


@strategies.anyhow
@given(GAINS)
def test_parts_of_futures_and_pounds_are_parts(gains: Floats) -> None:
    assert 0 <= pounds_same_way(gains) <= 1
    assert max(all_gain(gains), all_lose(gains)) <= same_way(gains) <= all_gain(gains) + all_lose(gains) + 1e-12
    either = apart(gains) + apart(gains).T
    assert (np.diag(either) == 0).all()
    assert either.max() <= 1 - same_way(gains) + 1e-12 <= either.sum() / 2 + 1e-9


@strategies.anyhow
@given(GAINS)
def test_the_order_of_partners_changes_nothing(gains: Floats) -> None:
    assert same_way(gains[::-1]) == same_way(gains)
    assert pounds_same_way(gains[::-1]) == pytest.approx(pounds_same_way(gains))


@pytest.mark.parametrize("name", presets.names())
def test_the_pair_that_parts_most_often_comes_first(name: str) -> None:
    found = parting(drawn(presets.preset(name), 512))
    ordered = pairs(found)
    assert ordered.is_monotonic_decreasing
    one, other = ordered.index[0]
    assert ordered.iloc[0] == pytest.approx(found.loc[one, other] + found.loc[other, one])
    assert len(ordered) == len(found) * (len(found) - 1) / 2


def test_one_provider_is_always_of_one_mind() -> None:
    table = alignment(drawn(build.scenario(), 160))
    assert list(table.index) == [PROVIDERS, EVERYBODY]
    assert table.loc[PROVIDERS, "same way"] == 1
