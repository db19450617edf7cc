"""Statistics against exact answers; the allowed miss is four standard errors, worked out for each."""

import numpy as np
import pytest
from scipy import stats

from model.base import Floats
from model.statistics import (
    ON_SORTED,
    chance_of_gain,
    chance_of_pain,
    pain_of_any,
    percentile,
    standard_error,
    summary,
    tail_mean,
    value_at_risk,
)
from tests.model.build import MILLION

N = 400_000
SE = 4.0
GAIN = np.random.default_rng(1).normal(1, 2, N) * MILLION
"""T1: G ~ N(1, 2), in millions of pounds, so that half a penny is nothing."""


def test_chances_of_a_normal_gain() -> None:
    """T1."""
    for values, p in ((GAIN, 0.308538), (GAIN + 2 * MILLION, 0.066807)):
        error = np.sqrt(p * (1 - p) / N)
        assert chance_of_pain(values) == pytest.approx(p, abs=SE * error)
        assert chance_of_gain(values) == pytest.approx(1 - p, abs=SE * error)


def test_tail_of_a_normal_gain() -> None:
    """T1: the error of a quantile is √(p(1-p)/n) / density; of a tail mean, that of the excess over the quantile."""
    ordered = np.sort(GAIN)
    quantile_error = np.sqrt(0.05 * 0.95 / N) / (stats.norm.pdf(stats.norm.ppf(0.05)) / 2) * MILLION
    assert value_at_risk(ordered) == pytest.approx(2.289707 * MILLION, abs=SE * quantile_error)
    excess = np.maximum(-GAIN - 2.289707 * MILLION, 0)
    assert tail_mean(ordered) == pytest.approx(3.125426 * MILLION, abs=SE * excess.std() / 0.05 / np.sqrt(N))


def test_tail_of_a_lognormal_loss() -> None:
    """T2."""
    loss = np.exp(0.5 * np.random.default_rng(2).standard_normal(N))
    ordered = np.sort(-loss)
    density = stats.lognorm(0.5).pdf(2.276017)
    assert -np.mean(ordered) == pytest.approx(1.133148, abs=SE * loss.std() / np.sqrt(N))
    assert value_at_risk(ordered) == pytest.approx(2.276017, abs=SE * np.sqrt(0.05 * 0.95 / N) / density)
    excess = np.maximum(loss - 2.276017, 0)
    assert tail_mean(ordered) == pytest.approx(2.858591, abs=SE * excess.std() / 0.05 / np.sqrt(N))


def test_percentiles_lie_between_the_nearest_draws() -> None:
    ordered = np.array([10.0, 20.0, 40.0, 80.0, 160.0])
    assert [float(percentile(ordered, p)) for p in (0, 25, 30, 50, 90, 100)] == pytest.approx(
        [10, 20, 24, 40, 128, 160]
    )
    values = np.random.default_rng(3).normal(size=(3, 101))
    for p in (0, 5, 10, 50, 90, 95, 100):
        assert percentile(np.sort(values), p) == pytest.approx(np.percentile(values, p, axis=-1))


@pytest.mark.parametrize(("n", "expected"), [(20, -1.0), (40, -1.5), (30, -(1 + 0.5 * 2) / 1.5), (10, -1.0)])
def test_the_tail_is_exactly_one_in_twenty(n: int, expected: float) -> None:
    """Draws 1, 2, 3 …: where a twentieth is not a whole number of draws, the last one counts in part."""
    assert tail_mean(np.arange(1.0, n + 1)) == pytest.approx(expected)


def test_the_tail_is_worse_than_its_threshold() -> None:
    for seed in range(20):
        ordered = np.sort(np.random.default_rng(seed).standard_t(3, 1000))
        assert tail_mean(ordered) >= value_at_risk(ordered)


def test_less_than_half_a_penny_is_neither_gain_nor_pain() -> None:
    values = np.array([-1.0, -0.006, -0.004, 0.0, 0.004, 0.006, 1.0])
    assert chance_of_pain(values) == pytest.approx(2 / 7)
    assert chance_of_gain(values) == pytest.approx(2 / 7)


@pytest.mark.parametrize("name", ON_SORTED)
def test_every_statistic_works_row_by_row(name: str) -> None:
    rows = np.sort(np.random.default_rng(4).normal(1, 2, (2, 3, 500)))
    found = ON_SORTED[name](rows)
    assert found.shape == (2, 3)
    assert found[1, 2] == pytest.approx(float(ON_SORTED[name](rows[1, 2])))


@pytest.mark.parametrize("name", [name for name in ON_SORTED if not name.startswith("chance")])
def test_statistics_scale_with_money(name: str) -> None:
    ordered = np.sort(np.random.default_rng(5).normal(1, 2, 500))
    assert ON_SORTED[name](ordered * 1000) == pytest.approx(1000 * ON_SORTED[name](ordered))


def test_a_summary_does_not_depend_on_the_order_of_draws_and_does_not_change_them() -> None:
    values = np.random.default_rng(6).normal(1, 2, 1600)
    before = values.copy()
    assert summary(values).values == pytest.approx(summary(np.sort(values)[::-1]).values)
    assert (values == before).all()
    assert set(summary(values).values) == set(summary(values).errors) == set(ON_SORTED)


def test_what_is_certain_has_no_error() -> None:
    found = summary(np.full(1600, 7.0))
    assert found.values["mean"] == found.values["p50"] == found.values["p95"] == 7
    assert found.values["var95"] == found.values["cvar95"] == -7
    assert all(error == 0 for error in found.errors.values())


def test_one_estimate_has_no_known_error() -> None:
    assert np.isnan(standard_error(np.array([1.0])))
    assert standard_error(np.array([1.0, 3.0])) == pytest.approx(1.0)


SEEDS, DRAWS, REPLICATES = 300, 10_000, 8


@pytest.fixture(scope="module")
def reported() -> dict[str, Floats]:
    """The standard errors that a summary reports for N(1, 2), by statistic, one per seed."""
    found = [summary(np.random.default_rng(seed).normal(1, 2, DRAWS) * MILLION).errors for seed in range(SEEDS)]
    return {name: np.array([errors[name] for errors in found]) for name in ON_SORTED}


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("mean", 2 / np.sqrt(DRAWS) * MILLION),
        ("p95", 2 * 0.021132 * MILLION),
        ("p5", 2 * 0.021132 * MILLION),
        ("var95", 2 * 0.021132 * MILLION),
        ("chance_of_pain", 0.004619),
        ("chance_of_gain", 0.004619),
        ("sd", 2 / np.sqrt(2 * DRAWS) * MILLION),
    ],
)
def test_reported_standard_errors_are_right(name: str, error: float, reported: dict[str, Floats]) -> None:
    """T18. A squared error from 8 replicates is scaled chi-square with 7 degrees of freedom: its relative standard
    error over S seeds is √(2/7/S). A replicate's own bias, of order 1/n, adds at most 1%."""
    ratio = float((reported[name] ** 2).mean() / error**2)
    assert ratio == pytest.approx(1, abs=SE * np.sqrt(2 / (REPLICATES - 1) / SEEDS) + 0.01)


def test_the_pain_of_any_is_counted_draw_by_draw_whatever_the_others_gain() -> None:
    """By hand: together the two have pain in draw 2 alone, each in two draws, and one or the other in 2, 3 and 5."""
    first = np.array([5.0, -4.0, -1.0, 0.0, 4.0, 7.0, 3.0, 2.0])
    second = np.array([1.0, -2.0, 6.0, 0.0, -3.0, 5.0, 1.0, 2.0])
    chance, error = pain_of_any(np.stack([first, second]))
    assert chance == 3 / 8
    assert chance_of_pain(first + second) == 1 / 8
    assert chance_of_pain(first) == chance_of_pain(second) == 2 / 8
    assert error == pytest.approx(np.sqrt(8 * 3 / 8 * 5 / 8 / 7) / np.sqrt(8))  # eight sets of one draw each


def test_the_pain_of_any_is_that_of_one_where_there_is_one() -> None:
    values = np.random.default_rng(8).normal(1, 2, 1600)
    found = summary(values)
    assert pain_of_any(values[None]) == pytest.approx((found.values["chance_of_pain"], found.errors["chance_of_pain"]))
