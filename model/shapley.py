"""Fair parts of what partners bring about together: Shapley's value of a game (Shapley 1953)."""

from collections.abc import Callable
from math import factorial
from typing import NamedTuple

import numpy as np

from model.base import Bools, Floats
from model.statistics import standard_error

Worth = Callable[[Bools], Floats]
"""What coalitions bring about, (M,), from who is in each of them, (M, P); nothing for nobody."""

EXACT = 10
"""Up to so many players every coalition is looked at: 1,024 of them."""

PAIRS = 64
"""Random orders, each with its reverse, where there are more players than that."""


class Parts(NamedTuple):
    """Each player's fair part, and its standard error from having looked at some orders only; 0 for all. (P,) each."""

    values: Floats
    errors: Floats


def shapley(worth: Worth, players: int, seed: int = 0) -> Parts:
    """What each player adds, on average over all orders in which the players might have joined.

    The parts add up to the worth of all together; who never changes anything has nothing.
    """
    return _of_all(worth, players) if players <= EXACT else of_orders(worth, players, seed)


def _of_all(worth: Worth, players: int) -> Parts:
    """From every coalition: one of s others is the one that a player joins in s! (P − s − 1)! of P! orders."""
    numbers = np.arange(2**players)
    members = (numbers[:, None] >> np.arange(players) & 1).astype(bool)
    found, sizes = worth(members), members.sum(axis=1)
    often = np.array([factorial(s) * factorial(players - s - 1) / factorial(players) for s in range(players)])
    values = np.empty(players)
    for player in range(players):
        without = numbers[~members[:, player]]
        values[player] = often[sizes[without]] @ (found[without | 1 << player] - found[without])
    return Parts(values, np.zeros(players))


def of_orders(worth: Worth, players: int, seed: int, pairs: int = PAIRS) -> Parts:
    """From random orders (Castro, Gómez & Tejada 2009), each with its reverse, so that luck cancels in part."""
    stream = np.random.Generator(np.random.SFC64(seed))
    first = stream.permuted(np.tile(np.arange(players), (pairs, 1)), axis=1)
    place = np.stack([first, players - 1 - first], axis=1)
    joined = place[:, :, None, :] < np.arange(players + 1)[:, None]
    found = worth(joined.reshape(-1, players)).reshape(joined.shape[:3])
    added = np.take_along_axis(np.diff(found, axis=-1), place, axis=-1).mean(axis=1)
    return Parts(added.mean(axis=0), np.apply_along_axis(standard_error, 0, added))
