"""The peers that `make bench` times give the model's answer: a race between different works would say nothing."""

from functools import cache

import numpy as np
import pytest
from scipy import special

from model.base import Floats
from model.scores import score
from model.settle import settle
from model.simulate import simulate
from model.statistics import tail_mean
from model.terms import terms
from tests.bench_peers import RIVALS, Numbers, Rival, by_spreadsheet, numbers, outcomes, settled, settled_year
from tests.bench_work import reference_work

BATCH, BATCHES = 1_000, 40
DRAWS = {"by_python_loop": 800, "by_scipy": 2_000, "by_openturns": 2_000, "by_spreadsheet": 300}
STANDARD_ERRORS = 5
WORK = reference_work()


@cache
def some_years() -> tuple[Floats, Floats, Floats]:
    """Costs and KPI values from far below plan to far above it, and what the model settles them at, (N, n)."""
    rng, shape, kpis = np.random.default_rng(1), (*WORK.planned_cost().shape, 300), len(WORK.framework.weights())
    costs = (
        WORK.planned_cost()[:, :, None] * rng.uniform(0.8, 1.3, (shape[0], 1, shape[2])) * rng.uniform(0.9, 1.1, shape)
    )
    values = rng.uniform(5, 30, (shape[0], kpis, shape[2])) + rng.uniform(0, 25, (shape[0], 1, shape[2]))
    ledger = settle(terms(WORK), costs, score(WORK.framework, values))
    return costs, values, np.concatenate([ledger.gain, ledger.commissioners], axis=1).sum(axis=0)


def estimates(total: Floats) -> Floats:
    """Mean, standard deviation and average of the worst 1 in 20: (3, ...)."""
    return np.array([total.mean(axis=-1), total.std(axis=-1), tail_mean(np.sort(total, axis=-1))])


@cache
def truth() -> tuple[Floats, Floats]:
    """The model's estimates and the standard error of one draw's worth of each, (3, N)."""
    batches = simulate(WORK, BATCH * BATCHES, 1, "plain").total.reshape(-1, BATCHES, BATCH)
    found = estimates(batches)
    return found.mean(axis=-1), found.std(axis=-1, ddof=1) * BATCH**0.5


@pytest.mark.parametrize("rival", RIVALS, ids=lambda rival: rival.by.__name__)
def test_a_peer_gives_the_models_answer(rival: Rival) -> None:
    pytest.importorskip(rival.needs, reason=f"{rival.needs} is installed only for make bench")
    n = DRAWS[rival.by.__name__]
    exact, of_one = truth()
    total = rival.by(WORK, n, 2)
    assert total.shape == (len(WORK.providers) + len(WORK.commissioners), n)
    off = (estimates(total) - exact) / (of_one * (1 / n + 1 / (BATCH * BATCHES)) ** 0.5)
    assert np.abs(off).max() < STANDARD_ERRORS


def test_numpy_settles_to_the_penny() -> None:
    costs, values, total = some_years()
    np.testing.assert_allclose(settled(numbers(WORK), costs, values), total, rtol=0, atol=0.01)


def test_the_python_loop_settles_to_the_penny() -> None:
    costs, values, total = some_years()
    years, work = range(len(costs)), numbers(WORK)
    for i in range(total.shape[1]):
        gains = [settled_year(work, t, costs[t, :, i].tolist(), values[t, :, i].tolist()) for t in years]
        np.testing.assert_allclose(np.sum(gains, axis=0), total[:, i], rtol=0, atol=0.01)


def test_the_spreadsheet_settles_to_the_penny() -> None:
    work, draws = numbers(WORK), 20
    cells = np.random.default_rng(3).random((draws, len(work.planned), len(work.ranges) + len(work.risks)))
    total = settled(work, *outcomes(work, *from_uniforms(work, cells.transpose(1, 2, 0))))
    np.testing.assert_allclose(by_spreadsheet(WORK, draws, 3), total, rtol=0, atol=0.01)


def from_uniforms(work: Numbers, u: Floats) -> tuple[Floats, Floats]:
    """Deviations (T, Q, n) and what the risks cost (T, n) of random numbers (T, Q + R, n)."""
    quantities, rho = len(work.ranges), work.year_to_year
    z = np.linalg.cholesky(work.between) @ special.ndtri(u[:, :quantities])
    for t in range(1, len(z)):
        z[t] = rho * z[t - 1] + (1 - rho**2) ** 0.5 * z[t]
    a, b, low, high = np.array(work.ranges).T[:, :, None]
    deviations = low + (high - low) * special.betaincinv(a, b, special.ndtr(z))
    chances = np.array([[chance] for chance, _ in work.risks])
    a, b, low, high = np.array([impact for _, impact in work.risks]).T[:, :, None]
    part = u[:, quantities:] / chances
    impacts = low + (high - low) * special.betaincinv(a, b, np.minimum(part, 1))
    return deviations, np.where(part < 1, impacts, 0).sum(axis=1)
