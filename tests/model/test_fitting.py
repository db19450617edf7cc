"""Curves fitted to past values: the forecasts hold what they say, and the ranking claims no more than the data tell.

Chances are those of the next value given the fitted range, so that only the series are random; the allowed miss is
four standard errors of their mean.
"""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special, stats

from model.base import Floats
from model.distributions import Beta, LogNormal, StudentT
from model.fitting import FEWEST, MOST, Fit, autocorrelation, fits, forecast, of_few, told, widening

SE = 4.0
ENDS = np.array([0.05, 0.95])
Truth = Any


def series(truth: Truth, n: int, many: int, seed: int) -> Floats:
    return np.asarray(truth.rvs(size=(many, n), random_state=np.random.default_rng(seed)))


def held(truth: Truth, low: Floats, high: Floats) -> tuple[float, float]:
    """The mean chance that the next value lies in a range, and four standard errors of it."""
    chances = truth.cdf(high) - truth.cdf(low)
    return float(chances.mean()), SE * float(chances.std(ddof=1)) / len(chances) ** 0.5


def named(found: list[Fit], name: str) -> Fit:
    return next(fit for fit in found if fit.name == name)


@pytest.mark.parametrize("n", [8, 10, 30])
def test_ninety_per_cent_ranges_of_a_normal_forecast_hold_ninety_per_cent(n: int) -> None:
    truth = stats.norm(3, 2)
    past = series(truth, n, 3000, seed=n)
    ranges = np.array([forecast(x.mean(), x.std(ddof=1), n).ppf(ENDS) for x in past])
    chance, error = held(truth, *ranges.T)
    assert chance == pytest.approx(0.9, abs=error)


def test_ranges_that_ignore_the_error_of_few_points_would_not() -> None:
    """The same test finds the fault of the likeliest normal: 10 points hold 83%, not 90%."""
    truth = stats.norm(3, 2)
    past = series(truth, 10, 3000, seed=10)
    middle, half = past.mean(axis=1), past.std(axis=1) * special.ndtri(0.95)
    chance, error = held(truth, middle - half, middle + half)
    assert chance + error < 0.87


def test_the_next_value_itself_lies_in_the_range_nine_times_in_ten() -> None:
    """By counting, and through `fits`: the error is that of a share."""
    past = series(stats.norm(-20, 5), 10 + 1, 120, seed=5)
    ranges = [named(fits(x[:10].tolist()), "Normal").distribution.ppf(ENDS) for x in past]
    inside = np.mean([low <= x[10] <= high for x, (low, high) in zip(past, ranges, strict=True)])
    assert inside == pytest.approx(0.9, abs=SE * (0.9 * 0.1 / len(past)) ** 0.5)


def test_the_fitted_normal_is_the_forecast_of_its_mean_and_spread() -> None:
    x = np.array([12.0, 15, 11, 18, 14, 13, 16, 12.5])
    fit = named(fits(x.tolist()), "Normal")
    t = fit.distribution
    assert isinstance(t, StudentT)
    assert (t.centre, t.df) == (pytest.approx(x.mean()), 7)
    assert t.scale == pytest.approx(x.std(ddof=1) * np.sqrt(1 + 1 / 8))
    assert t.ppf(ENDS) == pytest.approx(stats.t(7, x.mean(), x.std(ddof=1) * np.sqrt(9 / 8)).ppf(ENDS))


@pytest.mark.parametrize(
    ("name", "truth"),
    [("Student t", stats.t(4)), ("Lognormal", stats.lognorm(0.5)), ("Beta", stats.beta(2, 8))],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_other_families_hold_nearly_as_much_of_what_comes_from_them(name: str, truth: Truth) -> None:
    past = series(truth, 10, 60, seed=7)
    ranges = np.array([named(fits(x.tolist()), name).distribution.ppf(ENDS) for x in past])
    chance, error = held(truth, *ranges.T)
    assert 0.86 - error < chance < 0.9 + error


def test_widening_fades_with_more_values() -> None:
    """t(7) at 95% is 1.894579: 1.894579 √(9/8) / 1.644854 × √(8/7), the last for the likeliest spread."""
    assert widening(8) == pytest.approx(1.306043, abs=1e-5)
    assert widening(2000) == pytest.approx(1, abs=0.002)


def test_every_family_is_the_likeliest_of_its_kind_made_wider() -> None:
    """Undone, the widening leaves what scipy finds for the same freedoms, floor or ends."""
    x = series(stats.lognorm(0.4), 12, 1, seed=3)[0]
    found, wider = fits(x.tolist()), widening(12)
    t, log, beta = (named(found, name).distribution for name in ("Student t", "Lognormal", "Beta"))
    assert isinstance(t, StudentT)
    assert isinstance(log, LogNormal)
    assert isinstance(beta, Beta)
    assert (t.centre, t.scale / wider) == pytest.approx(stats.t.fit(x, f0=t.df)[1:], rel=1e-3)
    assert log.sigma / wider == pytest.approx(np.log(x - log.shift).std())
    low = beta.mean + (beta.low - beta.mean) / wider
    likeliest = stats.beta.fit(x, floc=low, fscale=(beta.high - beta.low) / wider)
    assert (beta.a, beta.b) == pytest.approx(likeliest[:2], rel=1e-3)


def test_no_curve_is_finer_than_the_rounding_of_its_values() -> None:
    """Else ties would make it infinitely likely; nor is a lognormal's log wider than 1.5."""
    t = named(fits([0.0] * 30 + [1, -1, 2, -2]), "Student t").distribution
    assert isinstance(t, StudentT)
    assert t.scale >= 0.5
    tied = named(fits([0.0] * 30 + [1] * 3 + [2] * 2 + [5]), "Lognormal").distribution
    assert isinstance(tied, LogNormal)
    assert tied.shift <= -0.5
    wild = named(fits([0, 0.1, 0.2, 0.3, 970, 980, 990, 1000]), "Lognormal").distribution
    assert isinstance(wild, LogNormal)
    assert wild.sigma <= 1.5 * widening(8)


@pytest.mark.parametrize(
    ("name", "truth"),
    [
        ("Normal", stats.norm(100, 7)),
        ("Student t", stats.t(3)),
        ("Lognormal", stats.lognorm(0.8)),
        ("Beta", stats.uniform()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_many_values_show_their_family(name: str, truth: Truth) -> None:
    for x in series(truth, 600, 3, seed=11):
        best = fits(x.tolist())[0]
        assert best.name == name
        assert best.distance < 1.63 / 600**0.5, "the 1% point of Kolmogorov and Smirnov"


@pytest.mark.parametrize("truth", [stats.t(3), stats.lognorm(0.3), stats.uniform()], ids=["t", "lognormal", "uniform"])
def test_few_values_seldom_show_more_than_a_normal(truth: Truth) -> None:
    """Their families differ, but 8 points cannot tell; then the simplest comes first."""
    first = [fits(x.tolist())[0].name for x in series(truth, 8, 25, seed=13)]
    assert first.count("Normal") > len(first) / 2


def test_families_that_cannot_be_told_apart_stand_first_and_simplest_first() -> None:
    parameters = {"Normal": 2, "Student t": 3, "Lognormal": 3, "Beta": 4}
    seen = 0
    for x in series(stats.gamma(20), 80, 30, seed=17):
        found = fits(x.tolist())
        least = min(fit.aicc for fit in found)
        tied = [fit for fit in found if fit.aicc - least <= 2]
        assert tied == found[: len(tied)]
        assert [parameters[fit.name] for fit in tied] == sorted(parameters[fit.name] for fit in tied)
        assert [fit.aicc for fit in found[len(tied) :]] == sorted(fit.aicc for fit in found[len(tied) :])
        for fit in tied if len(tied) > 1 else []:
            assert all(other.name in fit.words for other in tied)
            assert "cannot tell it from" in fit.words
        seen += found[0].aicc > least
    assert seen, "in some series the simplest of the tied is not the likeliest"


def test_the_score_and_the_weights_are_akaikes() -> None:
    """AICc of the likeliest normal, by scipy; weights from the differences."""
    x = series(stats.norm(5, 3), 12, 1, seed=19)[0]
    found = fits(x.tolist())
    likelihood = stats.norm(x.mean(), x.std()).logpdf(x).sum()
    assert named(found, "Normal").aicc == pytest.approx(-2 * likelihood + 2 * 2 + 2 * 2 * 3 / (12 - 2 - 1))
    relative = np.exp(-0.5 * np.array([fit.aicc - found[0].aicc for fit in found]))
    assert [fit.weight for fit in found] == pytest.approx((relative / relative.sum()).tolist())
    assert named(found, "Normal").distance == pytest.approx(
        stats.kstest(x, stats.norm(x.mean(), x.std()).cdf).statistic
    )


def test_likelihoods_are_those_that_scipys_own_fits_reach() -> None:
    """Within one unit: the grids of freedoms, floors and ends are coarse, and limited."""
    t, skewed, bounded = stats.t(5), stats.lognorm(0.5, 3), stats.beta(2, 3)
    for name, k, truth, family in (
        ("Student t", 3, t, stats.t),
        ("Lognormal", 3, skewed, stats.lognorm),
        ("Beta", 4, bounded, stats.beta),
    ):
        x = series(truth, 200, 1, seed=23)[0]
        ours = (2 * k + 2 * k * (k + 1) / (200 - k - 1) - named(fits(x.tolist()), name).aicc) / 2
        assert ours == pytest.approx(family(*family.fit(x)).logpdf(x).sum(), abs=1)


@pytest.mark.parametrize("unit", [1e-6, 0.03, 1e7])
def test_the_unit_changes_nothing_but_the_unit(unit: float) -> None:
    x = series(stats.lognorm(0.6), 25, 1, seed=29)[0]
    plain, scaled = fits(x.tolist()), fits((unit * x).tolist())
    assert [fit.name for fit in plain] == [fit.name for fit in scaled]
    for one, other in zip(plain, scaled, strict=True):
        assert other.distribution.ppf(ENDS) == pytest.approx(unit * one.distribution.ppf(ENDS), rel=1e-6)
        assert (other.weight, other.distance) == pytest.approx((one.weight, one.distance), abs=1e-6)
        assert other.aicc == pytest.approx(one.aicc + 2 * 25 * np.log(unit), abs=1e-6)


def test_an_outlier_does_not_move_the_centre_of_student_t() -> None:
    x = series(stats.norm(10, 1), 15, 1, seed=31)[0].tolist()
    best = fits([*x, 1000.0])[0]
    assert isinstance(best.distribution, StudentT)
    assert best.name == "Student t"
    assert best.distribution.centre == pytest.approx(10, abs=SE * (np.pi / 2 / 15) ** 0.5)


awkward = st.lists(
    st.one_of(
        st.integers(-3, 3).map(float),
        st.floats(-1e10, 1e10, allow_nan=False),
        st.sampled_from([0.0, 1e-9, 1e10, -1e10, 1.0, 1 + 1e-8]),
    ),
    min_size=FEWEST,
    max_size=30,
)


@settings(max_examples=60, deadline=None)
@given(awkward)
@pytest.mark.filterwarnings("error")
def test_any_values_give_finite_figures_or_one_sentence(values: list[float]) -> None:
    with np.errstate(all="raise", under="ignore"):
        assert told(values).endswith(".")
        assert -1 <= autocorrelation(values) <= 1
        try:
            found = fits(values)
        except ValueError as error:
            assert ("the same" in str(error)) or ("only two" in str(error))
            return
        figures = [(fit.aicc, fit.weight, fit.distance, *fit.distribution.ppf(ENDS)) for fit in found]
    assert np.isfinite(figures).all()
    assert sum(fit.weight for fit in found) == pytest.approx(1)


@pytest.mark.filterwarnings("error")
def test_two_thousand_rounded_values_are_fitted_as_what_they_were_rounded_from() -> None:
    """Ties make no spike: the smooth families stay near their truth."""
    x = np.round(series(stats.norm(0, 3), MOST, 1, seed=37)[0])
    assert fits(x.tolist())[0].name == "Normal"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ([1.0] * 7, "7 values are too few; at least 8 are needed."),
        ([1.0], "1 value is too few; at least 8 are needed."),
        ([3.0] * 9, "All 9 values are the same (3); choose Fixed."),
        ([0.1 + 0.2] * 5 + [0.3] * 5, "All 10 values are the same (0.3); choose Fixed."),
        ([0.0, 1.0] * 5, "The 10 values are only two different ones; no curve fits that, so resample them."),
        ([1.0] * 2001, "2,001 values are too many; at most 2,000 are used."),
        ([*range(9), float("nan")], "One of the values is no finite number, or beyond 10,000,000,000; "),
        ([*range(9), 1e11], "One of the values is no finite number, or beyond 10,000,000,000; "),
    ],
)
def test_what_cannot_be_fitted_is_said_in_one_sentence(values: list[float], sentence: str) -> None:
    with pytest.raises(ValueError) as caught:
        fits(values)
    assert str(caught.value).startswith(sentence)


def test_the_words_say_how_far_the_data_prefer_a_family() -> None:
    few, *others = fits(stats.norm.ppf(np.arange(0.5, 12) / 12).tolist())
    said = "Normal, with the error of so few points: the simplest that fits as well; its weight is"
    assert few.words == f"{said} {few.weight:.0%}."
    assert all("fits no better for having more parameters" in fit.words for fit in others)
    best, *others = fits(series(stats.lognorm(1), 300, 1, seed=43)[0].tolist())
    assert best.words == "Lognormal: the data prefer it; its weight is over 99%."
    assert all(fit.words.endswith("the data like it less; its weight is under 1%.") for fit in others)


def test_autocorrelation_of_a_known_process() -> None:
    """Of x[t] = 0.6 x[t−1] + noise it is 0.6, with a standard error of √((1 − 0.6²) / n)."""
    noise, x = np.random.default_rng(47).normal(size=2000), [0.0]
    for step in noise:
        x.append(0.6 * x[-1] + step)
    assert autocorrelation(x) == pytest.approx(0.6, abs=SE * ((1 - 0.36) / 2000) ** 0.5)
    assert autocorrelation([1, 2, 3, 4]) == pytest.approx(0.25)
    assert autocorrelation([5.0, 5.0, 5.0]) == 0


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ([3.0], "1 value, 3."),
        ([3.0] * 4, "4 values, all 3."),
        ([0.01, 0.02, 0.06], "3 values from 0.01 to 0.06; mean 0.03, standard deviation 0.0265."),
        ([1e6, 2e6, 3e6], "3 values from 1,000,000 to 3,000,000; mean 2,000,000, standard deviation 1,000,000."),
        (
            [1.0, 0.0] * 5,
            "10 values from 0 to 1, only 2 of them different; mean 0.5, standard deviation 0.527; first-order "
            "autocorrelation -0.90, more than chance explains: they do not count as independent.",
        ),
    ],
)
def test_a_series_is_told_in_one_sentence(values: list[float], sentence: str) -> None:
    assert told(values) == sentence


def test_too_few_values_to_fit_give_a_forecast_as_wide_as_they_deserve() -> None:
    """Mean 3, standard deviation √2.5; the t of 4 degrees of freedom widened by √(1 + 1/5)."""
    wide = of_few([1.0, 2.0, 3.0, 4.0, 5.0])
    assert (wide.centre, wide.scale, wide.df) == (pytest.approx(3.0), pytest.approx(3.0**0.5), 4.0)
    low, high = wide.ppf(np.array([0.05, 0.95]))
    assert low < 1.0 and high > 5.0
    with pytest.raises(ValueError, match="too few"):
        of_few([1.0, 2.0])
