"""The value of knowing more against exact answers; the allowed miss is four standard errors of each estimate."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special

from model.base import Floats
from model.information import of_each, of_everything

N = 65_536
SE = 4.0
SEEDS = 12
EXACT = 0.572689
"""T13: NB ~ N(0.5, 2)."""


def normals(count: int, seed: int, n: int = N) -> Floats:
    return np.random.default_rng(seed).standard_normal((count, n))


def knowing_part(part: float) -> float:
    """E max(M, 0) − 0.5 where M ~ N(0.5, 2 √part): the exact value of knowing this part of the variance of T13."""
    sd = 2 * np.sqrt(part)
    z = 0.5 / sd
    return float(0.5 * special.ndtr(z) + sd * np.exp(-z * z / 2) / np.sqrt(2 * np.pi) - 0.5)


def test_knowing_everything_is_worth_what_it_is_for_a_normal_benefit() -> None:
    """T13."""
    assert knowing_part(1.0) == pytest.approx(EXACT, abs=5e-7)
    found = [of_everything(0.5 + 2 * normals(1, seed)[0]) for seed in range(SEEDS)]
    errors = [one.error for one in found]
    assert np.mean([one.value for one in found]) == pytest.approx(EXACT, abs=SE * np.mean(errors) / np.sqrt(SEEDS))
    assert found[0].value == pytest.approx(EXACT, abs=SE * found[0].error)


def test_the_reported_error_is_the_spread_of_the_estimate() -> None:
    """A squared error from 8 replicates is scaled chi-square with 7 degrees of freedom; so is the spread over seeds."""
    seeds = 60
    found = [of_everything(0.5 + 2 * normals(1, seed, 4096)[0]) for seed in range(seeds)]
    ratio = np.mean([one.error**2 for one in found]) / np.var([one.value for one in found], ddof=1)
    assert ratio == pytest.approx(1, abs=SE * np.sqrt(2 / 7 / seeds + 2 / (seeds - 1)))


def test_knowing_one_input_is_worth_its_part() -> None:
    """Benefit 0.5 + 2 (√0.6 X + √0.4 Y). Bins blur: within a bin the choice is one; the loss is at most what the bin
    across zero could change, its chance (1/16) × its width there × 1/8 of it."""
    x, y = normals(2, 3)
    benefit = 0.5 + 2 * (np.sqrt(0.6) * x + np.sqrt(0.4) * y)
    found = of_each({"X": x, "Y": y, "noise": normals(1, 9)[0]}, benefit)
    assert list(found.index) == ["X", "Y", "noise"]
    for name, part in (("X", 0.6), ("Y", 0.4)):
        slope = 2 * np.sqrt(part)
        zero = special.ndtr(-0.5 / slope)
        width = slope * (special.ndtri(min(zero + 1 / 16, 0.99)) - special.ndtri(max(zero - 1 / 16, 0.01)))
        blur = width / 16 / 8
        row = found.loc[name]
        assert row["value"] == pytest.approx(knowing_part(part), abs=SE * row["standard error"] + blur)


def test_an_input_without_effect_is_worth_nothing() -> None:
    """Over many seeds too: noise in the bins makes no value on average, however few the draws and close the choice."""
    for mean in (0.5, 0.0):
        found = [of_each({"noise": normals(1, 99 + s, 2048)[0]}, mean + 2 * normals(1, s, 2048)[0]) for s in range(40)]
        values = np.array([table.loc["noise", "value"] for table in found])
        assert values.mean() <= SE * values.std(ddof=1) / np.sqrt(len(values))


def test_choices_judged_on_their_own_draws_would_make_value_out_of_noise() -> None:
    """What the split of replicates is for: the plain estimate of a worthless input is far above nothing."""
    plain, split = [], []
    for seed in range(40):
        noise, benefit = normals(2, seed, 2048)
        places = np.argsort(np.argsort(noise)) // 128
        means = np.array([benefit[places == k].mean() for k in range(16)])
        plain.append(np.maximum(means, 0).mean() - max(benefit.mean(), 0.0))
        split.append(of_each({"noise": noise}, benefit).loc["noise", "value"])
    assert np.mean(plain) > SE * np.std(plain, ddof=1) / np.sqrt(40)
    assert np.mean(split) < SE * np.std(split, ddof=1) / np.sqrt(40)


@settings(deadline=None)
@given(st.integers(0, 10_000), st.floats(-3, 3), st.floats(0, 3))
def test_no_input_is_worth_more_than_everything(seed: int, mean: float, strength: float) -> None:
    x, y = normals(2, seed, 1024)
    benefit = mean + strength * x + y
    everything = of_everything(benefit)
    each = of_each({"X": x, "Y": y}, benefit)
    assert everything.value >= -1e-12
    assert (each["value"] <= everything.value + 1e-12).all()


@settings(deadline=None)
@given(st.integers(0, 10_000), st.floats(0.01, 1e6))
def test_knowing_is_worth_nothing_where_the_choice_is_clear(seed: int, size: float) -> None:
    x = normals(1, seed, 1024)[0]
    for benefit in (size * np.exp(x), -size * np.exp(x), np.zeros(1024)):
        rounding = 1e-12 * np.abs(benefit).max()
        assert of_everything(benefit) == pytest.approx((0.0, 0.0), abs=rounding)
        assert of_each({"X": x}, benefit).abs().max().max() <= rounding


def test_without_inputs_there_is_nothing_to_know() -> None:
    assert of_each({}, normals(1, 1)[0]).empty


def test_the_value_scales_with_money() -> None:
    x, y = normals(2, 5)
    one, million = (of_each({"X": x}, size * (x + y)) for size in (1.0, 1e6))
    assert million.loc["X", "value"] == pytest.approx(1e6 * one.loc["X", "value"])
