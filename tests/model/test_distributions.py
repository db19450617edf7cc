"""Distributions: quantiles against scipy, mean and spread against integration, and what is refused."""

from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from scipy import integrate, stats

from model.base import Floats
from model.distributions import (
    Beta,
    Fixed,
    LogNormal,
    Normal,
    Pert,
    Stated,
    StudentT,
    ThreePoints,
    Triangular,
    Uniform,
)
from model.evidence import Distribution
from tests.model.unknowns import spreads

KINDS = get_args(get_args(Stated)[0])
U = np.array([0.001, 0.05, 0.1, 0.37, 0.5, 0.8, 0.9, 0.999])
EXAMPLES: list[tuple[Any, Any]] = [
    (Uniform(low=-2, high=5), stats.uniform(-2, 7)),
    (Triangular(low=1, likely=2, high=6), stats.triang(0.2, 1, 5)),
    (Triangular(low=1, likely=1, high=6), stats.triang(0, 1, 5)),
    (Triangular(low=1, likely=6, high=6), stats.triang(1, 1, 5)),
    (Pert(low=5, likely=7, high=10), stats.beta(2.6, 3.4, 5, 5)),
    (Pert(low=0, likely=0, high=1, shape=10), stats.beta(1, 11)),
    (Normal(mean=3, sd=2), stats.norm(3, 2)),
    (StudentT(centre=3, scale=2, df=6), stats.t(6, 3, 2)),
    (StudentT(centre=0, scale=1, df=2.5), stats.t(2.5)),
    (LogNormal(median=10, sigma=0.3, shift=-4), stats.lognorm(0.3, -4, 10)),
    (Beta(a=8, b=2), stats.beta(8, 2)),
    (Beta(a=0.7, b=3, low=-5, high=20), stats.beta(0.7, 3, -5, 25)),
    (ThreePoints(p10=-1, p50=2, p90=5), stats.norm(2, 3 / stats.norm.ppf(0.9))),
    (ThreePoints(p10=1, p50=2, p90=5), stats.lognorm(np.log(3) / stats.norm.ppf(0.9), 0.5, 1.5)),
]
each = pytest.mark.parametrize(("ours", "theirs"), EXAMPLES, ids=lambda value: getattr(value, "kind", ""))


def moments(distribution: Distribution) -> tuple[float, float]:
    """Mean and standard deviation by integrating the quantiles."""

    def power(z: float, p: int) -> float:
        return float(distribution.ppf(np.array([stats.norm.cdf(z)]))[0] ** p * stats.norm.pdf(z))

    first, second = (integrate.quad(power, -8, 8, args=(p,), limit=500, points=[-3, 0, 3])[0] for p in (1, 2))
    return first, (second - first**2) ** 0.5


def test_every_kind_has_an_example() -> None:
    assert {kind for kind in KINDS if kind is not Fixed} == {type(ours) for ours, _ in EXAMPLES}


@each
def test_quantiles_agree_with_scipy(ours: Distribution, theirs: Any) -> None:
    assert ours.ppf(U) == pytest.approx(theirs.ppf(U), rel=1e-9)


@each
def test_mean_and_spread_agree_with_scipy(ours: Distribution, theirs: Any) -> None:
    assert (ours.mean, ours.sd) == pytest.approx((theirs.mean(), theirs.std()), rel=1e-9)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(spreads())
def test_mean_and_spread_agree_with_the_quantiles(distribution: Distribution) -> None:
    """To a thousandth of the spread: Student t has that much beyond the reach of the integral."""
    mean, sd = moments(distribution)
    assert distribution.mean == pytest.approx(mean, abs=1e-3 * distribution.sd + 1e-12)
    assert distribution.sd == pytest.approx(sd, rel=2e-3, abs=1e-6)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(spreads(), st.lists(st.floats(1e-6, 1 - 1e-6), min_size=2, max_size=20))
def test_quantiles_never_fall(distribution: Distribution, levels: list[float]) -> None:
    values = distribution.ppf(np.sort(np.array(levels)))
    assert np.isfinite(values).all()
    assert (np.diff(values) >= -1e-12).all()


@pytest.mark.parametrize("shape", [(), (3,), (2, 3, 4)])
@pytest.mark.parametrize("kind", KINDS)
def test_quantiles_keep_the_shape(kind: Any, shape: tuple[int, ...]) -> None:
    u: Floats = np.full(shape, 0.3)
    assert np.shape(kind.like(2.0, 0.5).ppf(u)) == shape


@pytest.mark.parametrize("mean", [-3.0, 0.0, 1e6])
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind is not Fixed])
def test_one_of_each_kind_with_a_wanted_mean_and_spread(kind: Any, mean: float) -> None:
    like = kind.like(mean, 0.5)
    assert like.mean == pytest.approx(mean, abs=1e-6)
    assert like.sd == pytest.approx(0.5, rel=1e-6)


def test_pert_has_the_known_moments_and_percentiles() -> None:
    """T10."""
    pert = Pert(low=5, likely=7, high=10)
    assert pert.mean == pytest.approx(7.166667, abs=5e-7)
    assert pert.sd == pytest.approx(0.936474, abs=5e-7)
    assert pert.ppf(np.array([0.1, 0.5, 0.9])) == pytest.approx([5.9431, 7.1274, 8.4494], abs=5e-5)


def test_a_fixed_value_is_certain() -> None:
    fixed = Fixed(value=3)
    assert (fixed.ppf(U) == 3).all()
    assert (fixed.mean, fixed.sd) == (3, 0)


@pytest.mark.parametrize(
    "document",
    [
        {"kind": "uniform", "low": 2, "high": 2},
        {"kind": "uniform", "low": 3, "high": 2},
        {"kind": "triangular", "low": 1, "likely": 4, "high": 3},
        {"kind": "pert", "low": 1, "likely": 0, "high": 3},
        {"kind": "pert", "low": 1, "likely": 2, "high": 3, "shape": 0},
        {"kind": "normal", "mean": 0, "sd": -1},
        {"kind": "normal", "mean": float("nan"), "sd": 1},
        {"kind": "normal", "mean": 0, "sd": float("inf")},
        {"kind": "student_t", "centre": 0, "scale": 1, "df": 2},
        {"kind": "student_t", "centre": 0, "scale": -1, "df": 5},
        {"kind": "lognormal", "median": 0, "sigma": 1},
        {"kind": "lognormal", "median": 1, "sigma": 0},
        {"kind": "fixed"},
        {"kind": "fixed", "value": 1, "sd": 2},
        {"kind": "cauchy", "centre": 0},
    ],
    ids=str,
)
def test_impossible_distributions_are_refused(document: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Distribution).validate_python(document)


def test_a_refusal_names_the_values() -> None:
    with pytest.raises(ValidationError, match=r"the lowest value \(3\) must be below the highest \(2\)"):
        Uniform(low=3, high=2)
    with pytest.raises(ValidationError, match=r"the most likely value \(4\) must lie between the lowest \(1\)"):
        Pert(low=1, likely=4, high=3)
