"""The random numbers: whole, independent, and the same however the work is divided."""

import numpy as np
import pytest
from scipy import stats

import model.points
from model.base import Floats
from model.points import REPLICATES, Method, Part, Shape, batches, points

SHAPE = Shape(
    (Part("cost 0", 3), Part("kpi 0", 3)), (Part("risk 0", 3), Part("once", 1)), (4, 0, 2, 9, 1, 3, 5, 8, 7, 6)
)
BOTH_METHODS = pytest.mark.parametrize("method", ["sobol", "plain"])
SE = 4.0


def gathered(n: int, seed: int = 1, method: Method = "sobol", shape: Shape = SHAPE) -> tuple[Floats, Floats]:
    """All normals and uniforms, (rows, n)."""
    normals, uniforms = (np.full((rows, n), np.nan) for rows in shape.rows)
    for streams in points(shape, n, seed, method):
        for stream in reversed(streams):  # in any order
            for part in stream:
                uniforms[:, part.start : part.stop] = part.uniforms
                normals[:, part.start : part.stop] = part.normals()
    return normals, uniforms


def correlations(normals: Floats, uniforms: Floats) -> Floats:
    """Of every number of a draw with every other."""
    return np.asarray(np.corrcoef(np.vstack([normals, uniforms])), dtype=np.float64)


@BOTH_METHODS
@pytest.mark.parametrize("n", [1, 7, 160, 1000, 20_000])
def test_every_draw_gets_its_numbers(n: int, method: Method) -> None:
    normals, uniforms = gathered(n, method=method)
    assert np.isfinite(normals).all()
    assert ((uniforms >= 0) & (uniforms < 1)).all()


def test_a_plain_draw_has_the_same_numbers_however_many_there_are() -> None:
    few, many = gathered(1500, method="plain"), gathered(17_000, method="plain")
    assert (few[0] == many[0][:, :1500]).all()
    assert (few[1] == many[1][:, :1500]).all()


@BOTH_METHODS
def test_seeds_differ(method: Method) -> None:
    first, again, other = (gathered(500, seed, method)[0] for seed in (1, 1, 2))
    assert (first == again).all()
    assert (first != other).mean() > 0.99


@BOTH_METHODS
def test_normals_are_normal_and_uniforms_uniform(method: Method) -> None:
    """Kolmogorov-Smirnov: passes 2.23/√n once in 10,000 samples."""
    n = 16_384
    normals, uniforms = gathered(n, method=method)
    for cells, law in ((normals, stats.norm), (uniforms, stats.uniform)):
        for cell in cells:
            assert stats.kstest(cell, law.cdf).statistic < 2.23 / np.sqrt(n)


@BOTH_METHODS
def test_no_two_numbers_of_a_draw_are_related(method: Method) -> None:
    n = 16_384
    normals, uniforms = gathered(n, method=method)
    found = correlations(normals, uniforms)
    assert np.abs(found - np.eye(len(found))).max() < SE / np.sqrt(n)


@pytest.mark.parametrize("dimensions", [1024, 100])
def test_many_directions_are_on_the_whole_no_more_related_than_plain_draws(
    dimensions: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many as the net has dimensions for, and more: the rest are plain. Plain draws correlate by 1/√n."""
    monkeypatch.setattr(model.points, "SOBOL_DIMENSIONS", dimensions)
    normal, uniform = (tuple(Part(f"{name} {i}", 10) for i in range(k)) for name, k in (("cost", 20), ("risk", 5)))
    large = Shape(normal, uniform, tuple(range(250)))
    n = 4096
    normals, uniforms = gathered(n, shape=large)
    found = correlations(normals, uniforms)
    pairs = found[np.triu_indices(len(found), 1)]
    assert np.sqrt((pairs**2).mean()) < (1 + SE / np.sqrt(2 * len(pairs))) / np.sqrt(n)


def test_a_net_is_far_more_even_than_plain_draws() -> None:
    """The mean of the most important direction: at least ten times closer to nought than a plain standard error."""
    n = 16_384
    mean = gathered(n)[0][4].mean()
    assert abs(mean) < 0.1 / np.sqrt(n)


def test_another_uncertainty_leaves_the_streams_of_the_others_alone() -> None:
    wider = Shape((SHAPE.normals[0], Part("saving 0", 3), SHAPE.normals[1]), SHAPE.uniforms, tuple(range(13)))
    few, many = gathered(500, method="plain"), gathered(500, method="plain", shape=wider)
    assert (few[0] == many[0][[0, 1, 2, 6, 7, 8]]).all()
    assert (few[1] == many[1]).all()


@pytest.mark.parametrize("n", [1, 5, 8, 160, 1001, 16_384])
def test_batches_cover_each_draw_once(n: int) -> None:
    found = [i for part in batches(n) for i in range(n)[part]]
    assert found == list(range(n))
    assert len(batches(n)) <= REPLICATES


def test_replicates_of_the_net_are_scrambled_apart() -> None:
    normals, _ = gathered(8 * 256)
    replicates = [normals[..., part] for part in batches(8 * 256)]
    for i, a in enumerate(replicates):
        assert all((a != b).all() for b in replicates[:i])
