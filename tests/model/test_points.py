"""The random numbers: whole, independent, and the same however the work is divided."""

import numpy as np
import pytest
from scipy import stats

from model.base import Floats
from model.points import REPLICATES, Method, Shape, batches, points

SHAPE = Shape(years=3, factors=("cost 0", "kpi 0"), risks=2, order=(4, 0, 2, 1, 3, 5))
BOTH_METHODS = pytest.mark.parametrize("method", ["sobol", "plain"])
SE = 4.0


def gathered(
    n: int, seed: int = 1, method: Method = "sobol", block: int = 512, shape: Shape = SHAPE
) -> tuple[Floats, Floats]:
    """All normals (years, factors, n) and uniforms (years, risks, n)."""
    normals = np.full((shape.years, len(shape.factors), n), np.nan)
    uniforms = np.full((shape.years, shape.risks, n), np.nan)
    for part in points(shape, n, seed, method, block=block):
        normals[:, :, part.start : part.stop] = part.normals
        uniforms[:, :, part.start : part.stop] = part.uniforms
    return normals, uniforms


def correlations(normals: Floats, uniforms: Floats) -> Floats:
    """Of every number of a draw with every other."""
    n = normals.shape[-1]
    return np.asarray(np.corrcoef(np.vstack([normals.reshape(-1, n), uniforms.reshape(-1, n)])), dtype=np.float64)


@BOTH_METHODS
@pytest.mark.parametrize("n", [1, 7, 160, 1000, 20_000])
def test_every_draw_gets_its_numbers(n: int, method: Method) -> None:
    normals, uniforms = gathered(n, method=method)
    assert np.isfinite(normals).all()
    assert ((uniforms >= 0) & (uniforms < 1)).all()


@BOTH_METHODS
@pytest.mark.parametrize("block", [1, 100, 777, 100_000])
def test_the_size_of_blocks_does_not_matter(block: int, method: Method) -> None:
    whole, parts = (gathered(1500, method=method, block=size) for size in (512, block))
    assert (whole[0] == parts[0]).all()
    assert (whole[1] == parts[1]).all()


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
        for cell in cells.reshape(-1, n):
            assert stats.kstest(cell, law.cdf).statistic < 2.23 / np.sqrt(n)


@BOTH_METHODS
def test_no_two_numbers_of_a_draw_are_related(method: Method) -> None:
    n = 16_384
    normals, uniforms = gathered(n, method=method)
    found = correlations(normals, uniforms)
    assert np.abs(found - np.eye(len(found))).max() < SE / np.sqrt(n)


def test_many_directions_are_on_the_whole_no_more_related_than_plain_draws() -> None:
    """More than the net has dimensions for: the rest are plain. Plain draws correlate by 1/√n, root mean square."""
    large = Shape(years=10, factors=tuple(f"cost {i}" for i in range(20)), risks=5, order=tuple(range(200)))
    n = 4096
    normals, uniforms = gathered(n, shape=large)
    found = correlations(normals, uniforms)
    pairs = found[np.triu_indices(len(found), 1)]
    assert np.sqrt((pairs**2).mean()) < (1 + SE / np.sqrt(2 * len(pairs))) / np.sqrt(n)


def test_a_net_is_far_more_even_than_plain_draws() -> None:
    """The mean of the most important direction: at least ten times closer to nought than a plain standard error."""
    n = 16_384
    mean = gathered(n)[0][2, 0].mean()
    assert abs(mean) < 0.1 / np.sqrt(n)


def test_another_uncertainty_leaves_the_streams_of_the_others_alone() -> None:
    wider = Shape(years=3, factors=("cost 0", "saving 0", "kpi 0"), risks=2, order=tuple(range(9)))
    few, many = gathered(500, method="plain"), gathered(500, method="plain", shape=wider)
    assert (few[0] == many[0][:, [0, 2]]).all()
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
