"""Drivers against exact answers. The allowed miss is four standard errors of the method itself.

They are measured, not tuned: an estimate is averaged over SEEDS independent samples, and its standard error is the
spread between these divided by √SEEDS. Bins also blur, which no sample shows: `BLUR` bounds it (see there).
"""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from scipy import special
from scipy.stats import qmc

from model.base import Floats
from model.drivers import (
    UNEXPLAINED,
    binned,
    euler_parts,
    first_order,
    indices,
    sd_parts,
    tail_drivers,
    tail_weights,
    tornado,
)
from model.points import REPLICATES
from model.statistics import tail_mean

N = 16_384
SE = 4.0
SEEDS = 12

BLUR = 0.0016
"""Y varies within a bin. For 7 sin²(X), the roughest here, in 64 bins of width w = 2π/64: 1 - (sin w / w)² = 0.32% of
the index, 0.0014; for a linear effect of a normal X it is 0.0005, most of it in the outer bins."""

Case = Callable[[Floats], tuple[Floats, Floats]]


def normals(method: str, count: int, seed: int, n: int = N) -> Floats:
    """Independent unit normals, (count, n): a Sobol net for each replicate, or plain draws."""
    if method == "plain":
        return np.random.default_rng(seed).standard_normal((count, n))
    nets = [qmc.Sobol(count, rng=np.random.default_rng([seed, r])).random(n // REPLICATES) for r in range(REPLICATES)]
    return special.ndtri(np.concatenate(nets)).T


def ishigami(z: Floats) -> tuple[Floats, Floats]:
    """Inputs uniform on (-π, π) and the output, a = 7, b = 0.1."""
    x = np.pi * (2 * special.ndtr(z) - 1)
    return x, np.sin(x[0]) + 7 * np.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * np.sin(x[0])


def correlated_sum(z: Floats) -> tuple[Floats, Floats]:
    x = np.stack([z[0], 0.5 * z[0] + np.sqrt(0.75) * z[1]])
    return x, x.sum(axis=0)


def noise(z: Floats) -> tuple[Floats, Floats]:
    return z[:2], z[2]


def happens_or_not(z: Floats) -> tuple[Floats, Floats]:
    """A risk that happens in a tenth of draws and costs 2, and unit noise: 4 × 0.09 of the variance of 1.36."""
    happened = (special.ndtr(z[:1]) < 0.1).astype(float)
    return happened, z[1] - 2 * happened[0]


CASES: dict[str, tuple[Case, list[float]]] = {
    "T9": (ishigami, [0.313905, 0.442411, 0.0]),
    "T9c": (correlated_sum, [0.75, 0.75]),
    "noise": (noise, [0.0, 0.0]),
    "a risk": (happens_or_not, [0.36 / 1.36]),
}
each_case = pytest.mark.parametrize(("case", "expected"), CASES.values(), ids=CASES)


def named(inputs: Floats) -> dict[str, Floats]:
    return {f"x{i}": values for i, values in enumerate(inputs)}


@pytest.mark.parametrize("method", ["sobol", "plain"])
@each_case
def test_first_order_indices_are_those_of_the_exact_answer(method: str, case: Case, expected: list[float]) -> None:
    """T9, T9c, and inputs with no effect, by both kinds of draws."""
    found = np.array([first_order(*case(normals(method, 3, seed))) for seed in range(SEEDS)])
    error = found.std(axis=0, ddof=1) / np.sqrt(SEEDS)
    assert (np.abs(found.mean(axis=0) - expected) <= SE * error + BLUR).all()
    assert (error < 0.003).all()


def test_noise_does_not_explain_one_part_in_so_many_bins() -> None:
    """Without a correction each of 64 bins would add 1/N, 0.4% together; the error of 30 averages is far below that."""
    z = normals("plain", 31, 1)
    found = first_order(z[1:], z[0])
    assert np.abs(found.mean()) <= SE * found.std(ddof=1) / np.sqrt(30)
    assert SE * found.std(ddof=1) / np.sqrt(30) < 64 / N / 4


def test_the_tail_of_a_long_tailed_input_is_not_blurred() -> None:
    """Y is X itself, lognormal: the index is 1. Equal bins alone would miss an eighth of it."""
    x = np.exp(normals("sobol", 1, 1))
    assert first_order(x, x[0])[0] > 0.95


@each_case
def test_reported_standard_errors_are_not_too_small(case: Case, expected: list[float]) -> None:
    """A squared error from 8 replicates is scaled chi-square with 7 degrees of freedom, the actual one over S seeds
    with S - 1: their ratio has a relative standard error of √(2/7/S + 2/(S - 1)). Where there is no effect a jackknife
    reports up to twice the actual error."""
    seeds = 150
    tables = [indices(named(x), y) for x, y in (case(normals("plain", 3, seed, 2048)) for seed in range(seeds))]
    slack = SE * np.sqrt(2 / 7 / seeds + 2 / (seeds - 1))
    for name in tables[0].index:
        actual = np.var([table.loc[name, "index"] for table in tables], ddof=1)
        reported = np.mean([table.loc[name, "standard error"] ** 2 for table in tables])
        assert 1 / (1 + slack) < reported / actual < 4 * (1 + slack), name


def test_indices_are_sorted_and_say_what_is_left() -> None:
    x, y = ishigami(normals("sobol", 3, 1))
    table = indices(named(x), y)
    assert list(table.index) == ["x1", "x0", "x2", UNEXPLAINED]
    assert list(table.columns) == ["index", "standard error"]
    assert table["index"].sum() == pytest.approx(1)
    assert (table["standard error"] > 0).all()
    assert table.loc[["x0", "x1", "x2"], "index"].to_numpy() == pytest.approx(first_order(x, y))


def test_correlated_inputs_explain_more_than_all_of_it_together() -> None:
    """T9c: 1 - 0.75 - 0.75."""
    x, y = correlated_sum(normals("sobol", 2, 1))
    row = indices(named(x), y).loc[UNEXPLAINED]
    assert row["index"] == pytest.approx(-0.5, abs=SE * row["standard error"] + 2 * BLUR)


def test_bins_serve_several_outputs() -> None:
    x, y = ishigami(normals("sobol", 3, 1))
    bins = binned(x)
    for output in (y, x[0], y**2):
        pd.testing.assert_frame_equal(indices(named(x), output, bins), indices(named(x), output))


@pytest.mark.parametrize("transform", [np.exp, np.cbrt, lambda x: 3 * x - 7])
def test_units_and_scales_of_inputs_do_not_matter(transform: Callable[[Floats], Floats]) -> None:
    x, y = ishigami(normals("sobol", 3, 1))
    assert first_order(transform(x), y) == pytest.approx(first_order(x, y), abs=1e-12)
    assert first_order(-x, y) == pytest.approx(first_order(x, y), abs=1e-12)
    assert tornado(named(transform(x)), y)[["low", "high"]].equals(tornado(named(x), y)[["low", "high"]])


def test_units_of_the_output_do_not_matter() -> None:
    x, y = ishigami(normals("sobol", 3, 1))
    assert first_order(x, 1e6 * y - 1e9) == pytest.approx(first_order(x, y), abs=1e-9)


@pytest.mark.parametrize("table", [indices, tornado, tail_drivers])
def test_the_order_of_inputs_does_not_matter(table: Callable[..., pd.DataFrame]) -> None:
    x, y = ishigami(normals("sobol", 3, 1))
    backwards = dict(reversed(named(x).items()))
    pd.testing.assert_frame_equal(table(named(x), y), table(backwards, y), rtol=1e-12)


@pytest.mark.filterwarnings("error")
def test_a_constant_input_explains_nothing() -> None:
    z = normals("sobol", 2, 1)
    x = named(np.stack([z[0], np.full(N, 0.1)]))
    y = z.sum(axis=0)
    assert indices(x, y).loc["x1"].to_numpy() == pytest.approx([0, 0], abs=1e-12)
    row = tornado(x, y).loc["x1"]
    assert row[["low", "high", "low s.e.", "high s.e."]].to_numpy() == pytest.approx([0, 0, 0, 0], abs=1e-12)
    assert row[["input low", "input high"]].to_numpy() == pytest.approx([0.1, 0.1])
    assert tail_drivers(x, y).loc["x1"].to_numpy() == pytest.approx([0, 0, 0.1, 0.1])


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("certain", [np.zeros(N), np.full(N, 0.1), -1e6 + 1e-9 * np.tile([0, 1], N // 2)])
def test_a_certain_output_is_driven_by_nothing(certain: Floats) -> None:
    x = named(normals("sobol", 2, 1))
    assert (indices(x, certain) == 0).all(axis=None)
    assert tornado(x, certain)[["low", "high", "low s.e.", "high s.e."]].to_numpy() == pytest.approx(0, abs=1e-8)
    assert tail_drivers(x, certain).notna().all(axis=None)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("n", [1, 2, 3, 9, 20, 100, 1001])
def test_any_number_of_draws_will_do(n: int) -> None:
    z = np.random.default_rng(n).standard_normal((3, n))
    x = {**named(z[:2]), "whole": np.rint(z[0])}
    for table in (indices(x, z[2]), tornado(x, z[2]), tail_drivers(x, z[2])):
        found = table[[name for name in table if not name.endswith(("s.e.", "error"))]]
        assert np.isfinite(found.to_numpy()).all()


@pytest.mark.parametrize("bins", [None, 1, 2, 7, 64, 10**9])
def test_equal_values_are_never_split_between_bins(bins: int | None) -> None:
    z = np.random.default_rng(5).standard_normal((4, 1000))
    x = np.stack([z[0], np.round(z[1], 1), np.where(z[2] > 1.5, z[3], 0), np.round(z[3])])
    found = binned(x, bins)
    bin_of = found.cells // found.counts.shape[1]
    for values, bin_ in zip(x, bin_of, strict=True):
        owners = pd.Series(bin_).groupby(values).nunique()
        assert (owners == 1).all()
        ordered = np.argsort(values, kind="stable")
        assert (np.diff(bin_[ordered]) >= 0).all()
    assert found.counts.sum() == x.size
    assert (found.counts.sum(axis=1) > 0).all()


def test_a_value_that_fills_a_bin_has_one_of_its_own() -> None:
    """Not happened, or happened with an impact that is uncertain: no bin holds both."""
    z = np.random.default_rng(6).standard_normal((2, N))
    happened = z[0] > 1.5
    found = binned(np.where(happened, np.exp(z[1]), 0)[None])
    bin_of = found.cells[0] // found.counts.shape[1]
    assert not set(bin_of[happened]) & set(bin_of[~happened])
    assert len(set(bin_of[~happened])) == 1


def test_the_order_of_equal_values_does_not_matter() -> None:
    """Within a replicate; the replicates themselves are what the method compares."""
    rng = np.random.default_rng(7)
    x, y = np.round(rng.standard_normal((2, N))), rng.standard_normal(N)
    mixed = np.concatenate([part[rng.permutation(len(part))] for part in np.split(np.arange(N), 8)])
    assert first_order(x[:, mixed], y[mixed]) == pytest.approx(first_order(x, y), abs=1e-12)


def test_a_tornado_shows_the_mean_of_both_tails() -> None:
    """Y = 3 X + Z: the mean of a unit normal in its outer tenth is 1.754983. Reported errors, at 4 of them."""
    z = normals("sobol", 2, 3)
    table = tornado({"x": z[0], "noise": z[1]}, 5 + 3 * z[0] + 0.1 * z[1])
    assert list(table.index) == ["x", "noise"]
    assert list(table.columns) == ["low", "high", "low s.e.", "high s.e.", "input low", "input high"]
    for side, sign in (("low", -1), ("high", 1)):
        for name, scale in (("x", 3), ("noise", 0.1)):
            row = table.loc[name]
            assert row[side] == pytest.approx(sign * scale * 1.754983, abs=SE * row[f"{side} s.e."])
            assert row[f"input {side}"] == pytest.approx(sign * 1.754983, abs=0.01)


def test_a_tornado_sets_happened_against_not_happened() -> None:
    n = 1600
    rng = np.random.default_rng(8)
    happened = rng.random(n) < 0.15
    impact = np.where(happened, rng.uniform(1, 2, n), 0)
    y = rng.standard_normal(n) - impact
    table = tornado(
        {
            "harm": impact,
            "luck": -impact,
            "not avoided": (~happened).astype(float),
            "both": impact * rng.choice([-1, 1], n),
        },
        y,
    )
    on, off = y[happened].mean() - y.mean(), y[~happened].mean() - y.mean()
    assert table.loc["harm", ["low", "high"]].to_numpy() == pytest.approx([off, on])
    assert table.loc["luck", ["low", "high"]].to_numpy() == pytest.approx([on, off])
    assert table.loc["not avoided", ["low", "high"]].to_numpy() == pytest.approx([on, off])
    assert table.loc["harm", ["input low", "input high"]].to_numpy() == pytest.approx([0, impact[happened].mean()])
    assert table.loc["both", "input low"] < -1
    assert table.loc["both", "input high"] > 1


@pytest.mark.filterwarnings("error")
def test_what_happened_once_has_no_known_error() -> None:
    x, y = np.zeros(1600), np.arange(1600.0)
    x[3] = 1
    row = tornado({"x": x}, y).loc["x"]
    assert row["high"] == 3 - y.mean()
    assert np.isnan(row["high s.e."])
    assert np.isfinite(row["low s.e."])


def test_what_happened_in_some_replicates_has_the_error_of_these() -> None:
    x, y = np.zeros(1600), np.zeros(1600)
    x[[3, 203, 403]], y[[3, 203, 403]] = 1, [1, 2, 6]
    row = tornado({"x": x}, y).loc["x"]
    assert row["high"] == pytest.approx(3 - y.mean())
    each = np.array([1, 2, 6]) * (1 - 1 / 200)
    assert row["high s.e."] == pytest.approx(each.std(ddof=1) / np.sqrt(3))


def test_errors_of_tornado_and_tail_are_right() -> None:
    """As above: squared errors with 7 degrees of freedom against the actual spread between seeds. Replicates of 256
    draws hold 25.6 in a tenth and 12.8 in the worst twentieth: their own bias adds at most 10%."""
    seeds = 300
    found = []
    for seed in range(seeds):
        z = np.random.default_rng(seed).standard_normal((2, 2048))
        x = {"x": z[0], "risk": 1.0 * (z[1] > 1)}
        y = z[0] - x["risk"]
        found.append((tornado(x, y), tail_drivers(x, y)))
    slack = SE * np.sqrt(2 / 7 / seeds + 2 / (seeds - 1)) + 0.1
    for name in ("x", "risk"):
        for k, value, error in ((0, "low", "low s.e."), (0, "high", "high s.e."), (1, "shift", "standard error")):
            actual = np.var([tables[k].loc[name, value] for tables in found], ddof=1)
            reported = np.mean([tables[k].loc[name, error] ** 2 for tables in found])
            assert reported / actual == pytest.approx(1, abs=slack), (name, value)


def test_the_worst_draws_have_their_drivers_in_common() -> None:
    """Y = (3 X - 4 Z) / 5: in its worst 1 in 20 the mean of Y is -2.062713, of X 0.6 and of Z -0.8 of that."""
    z = normals("sobol", 3, 3)
    table = tail_drivers({"x": 10 + 2 * z[0], "z": z[1], "noise": z[2]}, 0.6 * z[0] - 0.8 * z[1])
    assert list(table.index) == ["z", "x", "noise"]
    assert list(table.columns) == ["shift", "standard error", "worst mean", "overall mean"]
    for name, part in (("x", 0.6), ("z", -0.8), ("noise", 0.0)):
        row = table.loc[name]
        assert row["shift"] == pytest.approx(-2.062713 * part, abs=SE * row["standard error"])
    x = table.loc["x"]
    assert x["worst mean"] - x["overall mean"] == pytest.approx(2 * x["shift"], rel=1e-3)


def partners(n: int, seed: int) -> Floats:
    """T6: gains of three partners, (3, n)."""
    correlation = np.array([[1, 0.5, 0.2], [0.5, 1, 0.1], [0.2, 0.1, 1]])
    z = np.linalg.cholesky(correlation) @ np.random.default_rng(seed).standard_normal((3, n))
    return np.array([[0.5], [0.3], [0.1]]) + np.array([[2], [1], [0.5]]) * z


def test_partners_carry_their_part_of_the_tail_and_of_the_spread() -> None:
    """T6, over independent samples; CVaR parts are losses, so that the means 0.5, 0.3 and 0.1 lower them."""
    samples = [partners(N, seed) for seed in range(SEEDS)]
    for parts, expected in ((euler_parts, [3.352931, 1.218944, 0.270474]), (sd_parts, [1.867895, 0.736382, 0.179605])):
        found = np.array([parts(gains) for gains in samples])
        error = found.std(axis=0, ddof=1) / np.sqrt(SEEDS)
        assert (np.abs(found.mean(axis=0) - expected) <= SE * error).all()
        assert (error < 0.02).all()


@pytest.mark.parametrize("n", [1, 10, 20, 30, 1001, N])
def test_parts_add_up_exactly(n: int) -> None:
    gains = partners(n, 1)
    total = gains.sum(axis=0)
    assert euler_parts(gains).sum() == pytest.approx(float(tail_mean(np.sort(total))), rel=1e-12)
    assert sd_parts(gains).sum() == pytest.approx(total.std(), rel=1e-12)


def test_equal_losses_share_the_tail_alike() -> None:
    """A tenth of draws lose 1 in all, as at a cap: which of them come first says nothing about who bears it."""
    gains = np.zeros((2, 100))
    gains[0, 20:25], gains[1, 60:65] = -1, -1
    assert euler_parts(gains) == pytest.approx([0.5, 0.5])
    assert tail_weights(gains.sum(axis=0)).sum() == pytest.approx(1)


@pytest.mark.filterwarnings("error")
def test_partners_without_uncertainty_have_no_part_of_it() -> None:
    assert sd_parts(np.zeros((2, 100))).tolist() == [0, 0]
    gain = np.random.default_rng(1).standard_normal(100)
    assert sd_parts(np.stack([gain, 0.3 - gain])).tolist() == [0, 0]
    assert euler_parts(np.full((2, 100), 3.0)) == pytest.approx([-3, -3])
