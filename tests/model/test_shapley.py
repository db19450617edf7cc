"""Fair parts: the closed form of the airport game, and what makes them fair."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.base import Bools, Floats
from model.shapley import EXACT, Worth, of_orders, shapley

SE = 4.0
quick = settings(max_examples=40, deadline=None, derandomize=True)


def airport(*costs: float) -> Worth:
    """A runway as long as the largest of those who land needs it."""

    def worth(members: Bools) -> Floats:
        return (members * np.array(costs)).max(axis=1)

    return worth


def any_game(seed: int, players: int) -> Worth:
    """A worth for each coalition, drawn at random; nothing for nobody."""
    worths = np.random.default_rng(seed).normal(size=2**players)
    worths[0] = 0.0

    def worth(members: Bools) -> Floats:
        return np.asarray(worths[members @ 2 ** np.arange(players)])

    return worth


def test_the_runway_is_paid_by_those_who_need_its_length() -> None:
    """T12."""
    found = shapley(airport(1, 3, 6), 3)
    assert found.values == pytest.approx([1 / 3, 4 / 3, 13 / 3], rel=1e-12)
    assert not found.errors.any()


@quick
@given(seed=st.integers(0, 2**32 - 1), players=st.integers(1, 6))
def test_fair_parts_add_up_to_the_whole(seed: int, players: int) -> None:
    worth = any_game(seed, players)
    whole = worth(np.ones((1, players), dtype=bool))[0]
    assert shapley(worth, players).values.sum() == pytest.approx(whole, abs=1e-9)
    assert of_orders(worth, players, seed).values.sum() == pytest.approx(whole, abs=1e-9)


@quick
@given(seed=st.integers(0, 2**32 - 1), idle=st.integers(0, 4))
def test_a_player_who_never_changes_anything_has_nothing(seed: int, idle: int) -> None:
    others = any_game(seed, 4)

    def worth(members: Bools) -> Floats:
        return others(np.delete(members, idle, axis=1))

    for found in (shapley(worth, 5), of_orders(worth, 5, seed)):
        assert found.values[idle] == pytest.approx(0, abs=1e-9)


@quick
@given(seed=st.integers(0, 2**32 - 1), order=st.permutations(range(4)))
def test_the_order_of_players_does_not_matter(seed: int, order: list[int]) -> None:
    worth = any_game(seed, 4)

    def shuffled(members: Bools) -> Floats:
        return worth(members[:, np.argsort(order)])

    assert shapley(shuffled, 4).values == pytest.approx(shapley(worth, 4).values[order], abs=1e-9)


@pytest.mark.parametrize("seed", range(5))
def test_random_orders_come_as_near_to_the_exact_parts_as_their_errors_say(seed: int) -> None:
    exact, found = shapley(airport(1, 3, 6, 2, 8), 5), of_orders(airport(1, 3, 6, 2, 8), 5, seed, pairs=256)
    assert (found.errors > 0).all()
    assert (np.abs(found.values - exact.values) <= SE * found.errors).all()


def test_many_players_are_looked_at_in_random_orders_that_the_seed_decides() -> None:
    costs = np.arange(1.0, EXACT + 3)
    first, again, other = (shapley(airport(*costs), len(costs), seed) for seed in (1, 1, 2))
    assert (first.values == again.values).all()
    assert (first.values != other.values).any()
    closed = np.cumsum(1 / np.arange(len(costs), 0, -1))
    assert (np.abs(first.values - closed) <= SE * first.errors + 1e-9).all()
