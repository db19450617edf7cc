"""A KPI's past values as deviations."""

import numpy as np
import pytest

from model.deviations import from_line, from_mean


def test_deviations_from_the_mean_add_up_to_nothing() -> None:
    assert from_mean([57, 56, 61]) == (-1, -2, 3)


def test_a_straight_line_leaves_nothing_of_a_trend() -> None:
    assert from_line([10, 12, 14, 16]) == pytest.approx([0, 0, 0, 0], abs=1e-12)


def test_deviations_from_a_line_are_as_wide_as_what_they_come_from() -> None:
    rng = np.random.default_rng(1)
    variances = [np.var(from_line((0.5 * np.arange(8) + rng.normal(size=8)).tolist()), ddof=1) for _ in range(4000)]
    assert np.mean(variances) == pytest.approx(1, abs=0.03)


def test_two_values_make_no_line() -> None:
    with pytest.raises(ValueError, match="too few for a straight line"):
        from_line([1, 2])
