"""Where futures pile up: shares of draws against counts known beforehand."""

from dataclasses import replace

import numpy as np
import pytest

from model import tables
from model.base import Floats
from model.piles import between, place, places
from model.simulate import simulate
from model.statistics import PERCENTILES, percentile, summary
from tests.model.build import scenario

CAP = -69_588.0


def capped(part: int = 117, n: int = 1_000) -> Floats:
    """So many of n draws exactly at a cap, all others above it and apart."""
    return np.concatenate([np.full(part, CAP), CAP + 1_000.0 * np.arange(1, n - part + 1)])


def test_a_cap_holds_more_than_its_percentile_says_and_nothing_lies_below() -> None:
    row = summary(capped())
    assert row.values["p5"] == row.values["p10"] == CAP
    for name in ("p5", "p10"):
        assert place(row.places, name) == pytest.approx((0.0, 0.117, 0.883))
    assert between(row.places, "p10", "p90") == pytest.approx(0.9)
    assert between(row.places, "p5", "p95") == pytest.approx(0.95)


def test_a_pile_in_the_middle_has_futures_on_both_sides() -> None:
    values = np.concatenate([np.arange(-50.0, 0.0), np.zeros(900), np.arange(1.0, 51.0)])
    row = summary(values).places
    assert all(place(row, name) == pytest.approx((0.05, 0.9, 0.05)) for name in ("p10", "p50", "p90"))
    assert between(row, "p10", "p90") == pytest.approx(0.9)


@pytest.mark.parametrize("n", [11, 101, 160, 1_000])
def test_draws_that_are_all_apart_are_no_pile(n: int) -> None:
    """With 101 of them P5 is one of the draws."""
    row = summary(np.arange(0.0, 1_000.0 * n, 1_000.0)).places
    assert not any(place(row, name).at for name in PERCENTILES)
    assert between(row, "p5", "p95") == 0.0


def test_less_than_half_a_penny_apart_is_the_same_sum() -> None:
    nearly = capped()
    nearly[:117] += np.linspace(-0.002, 0.002, 117)
    assert place(summary(nearly).places, "p10").at == pytest.approx(0.117)
    nearly[:60] -= 0.02
    assert place(summary(nearly).places, "p10").below == pytest.approx(0.06)


@pytest.mark.parametrize("seed", range(5))
def test_shares_of_many_rows_are_those_of_each_and_of_a_count(seed: int) -> None:
    values = np.random.default_rng(seed).normal(0, 4, (3, 500)).round()
    ordered = np.sort(values)
    levels = {"p5": percentile(ordered, 5), "p95": percentile(ordered, 95)}
    found = places(ordered, levels)
    for i, row in enumerate(values):
        mine = {name: float(share[i]) for name, share in found.items()}
        assert mine == {name: summary(row).places[name] for name in mine}
        low, high = (levels[name][i] for name in ("p5", "p95"))
        counted = sum(low <= value <= high for value in row) / 500
        assert between(mine, "p5", "p95") == pytest.approx(counted)


def test_years_of_a_fan_stand_where_their_draws_do() -> None:
    results = simulate(scenario(), 160)
    flat = np.where(results.providers < np.quantile(results.providers, 0.2), -1.0, results.providers)
    held = tables.fan_places(replace(results, providers=flat))["providers"]
    bands = tables.fans(replace(results, providers=flat))["providers"]
    for label, gains in zip(bands.index, flat, strict=True):
        assert held.loc[label, "5 below"] == (gains < bands.loc[label, "5"] - 0.005).mean()
        assert held.loc[label, "95 above"] == (gains > bands.loc[label, "95"] + 0.005).mean()


def test_where_percentiles_of_partners_stand_is_beside_them() -> None:
    results = simulate(scenario(), 160)
    table, values = tables.partners(results), tables.draws(results)
    for name in values:
        assert (
            table.loc[name, [*summary(values[name].to_numpy()).places]].to_dict()
            == summary(values[name].to_numpy()).places
        )
