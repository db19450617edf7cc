"""Certainty equivalents: the closed form, and what any such measure must do."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special

from model.worth import certainty_equivalent

N = 65_536
UNIFORM = (np.arange(N) + 0.5) / N
"""Equally likely; their own error is far below the tolerance, which is the error of so many plain draws."""

sums = st.floats(-1e7, 1e7).map(lambda x: round(x, 2))
gains = st.lists(sums, min_size=1, max_size=30).map(np.array)
tolerances = st.floats(1.0, 1e9)


def test_a_normal_gain_is_worth_its_mean_less_half_its_variance_over_the_tolerance() -> None:
    """T14: N(1, 2) at a tolerance of 4 is worth 1 − 4 / 8 = 0.5."""
    gain = 1 + 2 * special.ndtri(UNIFORM)
    weight = np.exp(-gain / 4)
    error = 4 * weight.std() / weight.mean() / np.sqrt(N)
    assert certainty_equivalent(gain, 4.0) == pytest.approx(0.5, abs=error)


def test_what_is_certain_is_worth_itself() -> None:
    assert certainty_equivalent(np.full(10, -3e6), 1.0) == pytest.approx(-3e6)


def test_without_any_tolerance_only_the_worst_counts() -> None:
    assert certainty_equivalent(np.array([5.0, -2.0, 9.0]), 0.0) == -2.0


def test_losses_far_beyond_the_tolerance_do_not_overflow() -> None:
    worth = certainty_equivalent(np.array([-1e12, 1e12]), 1.0)
    assert worth == pytest.approx(-1e12)


def test_several_partners_at_once_are_each_as_alone() -> None:
    both = np.array([[1.0, 2.0, -4.0], [0.0, 5.0, 5.0]])
    assert certainty_equivalent(both, 3.0) == pytest.approx([float(certainty_equivalent(row, 3.0)) for row in both])


@given(gains, tolerances)
def test_it_lies_between_the_worst_and_the_mean(gain: np.ndarray, tolerance: float) -> None:
    worth, rounding = certainty_equivalent(gain, tolerance), 1e-9 * (tolerance + np.abs(gain).max())
    assert gain.min() - rounding <= worth <= gain.mean() + rounding


@given(gains, tolerances, tolerances)
def test_more_tolerance_never_makes_it_worth_less(gain: np.ndarray, one: float, other: float) -> None:
    low, high = sorted([one, other])
    rounding = 1e-9 * (high + np.abs(gain).max())
    assert certainty_equivalent(gain, low) <= certainty_equivalent(gain, high) + rounding


@given(gains, tolerances, sums)
def test_a_sure_sum_more_is_worth_that_sum(gain: np.ndarray, tolerance: float, more: float) -> None:
    rounding = 1e-9 * (tolerance + np.abs(gain).max() + abs(more))
    found = certainty_equivalent(gain + more, tolerance) - certainty_equivalent(gain, tolerance)
    assert found == pytest.approx(more, abs=rounding)
