"""The random numbers: Sobol points by default, plain seeded draws as a check."""

import zlib
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray
from scipy import special

from model.base import Floats

if TYPE_CHECKING:
    from scipy.stats.qmc import Sobol

Method = Literal["sobol", "plain"]

REPLICATES = 8
"""Independent scramblings. Each is a sample of its own; their spread gives the standard errors."""

CHAPTER = 16_384
"""Plain draws that share one set of generators, so that results do not depend on how work is divided."""

SOBOL_DIMENSIONS = 128
"""The directions that matter most get Sobol points, the rest plain seeded draws."""

BLOCK = 1_024
"""Draws at a time: their numbers stay in the processor's cache."""

_BITS = 30
_OCTAVES, _STEPS = 54, 9
"""The table of normal scores halves its argument 54 times, with 2^9 cells in each halving."""


@dataclass(frozen=True)
class Shape:
    """What one draw needs: a (years, factors) grid of normals and a (years, risks) grid of uniforms."""

    years: int
    factors: tuple[str, ...]
    risks: int
    order: tuple[int, ...]
    """Flat indices into the normals, the most important direction first."""


@dataclass(frozen=True)
class Block:
    """Random numbers for the draws `start` to `stop`; normals (years, factors, b), uniforms (years, risks, b)."""

    start: int
    stop: int
    normals: Floats
    uniforms: Floats


def points(shape: Shape, n: int, seed: int, method: Method = "sobol", block: int = BLOCK) -> Iterator[Block]:
    """Random numbers for n draws, in blocks of any size. The same seed gives each draw the same numbers."""
    return (_sobol if method == "sobol" else _plain)(shape, n, seed, block)


def _generator(seed: int, *names: str | int) -> np.random.Generator:
    """A stream with a name: adding another leaves this one unchanged."""
    key = [zlib.crc32(name.encode()) if isinstance(name, str) else name for name in names]
    return np.random.Generator(np.random.SFC64(np.random.SeedSequence(seed, spawn_key=key)))


def _cuts(first: int, last: int, block: int) -> Iterator[tuple[int, int]]:
    return ((start, min(start + block, last)) for start in range(first, last, block))


def _plain(shape: Shape, n: int, seed: int, block: int) -> Iterator[Block]:
    """A stream runs through the years of one draw before the next, so that a block may end at any draw."""
    for chapter in range(0, n, CHAPTER):
        factors = [_generator(seed, name, chapter) for name in shape.factors]
        risks = [_generator(seed, "risk", r, chapter) for r in range(shape.risks)]
        for start, stop in _cuts(chapter, min(chapter + CHAPTER, n), block):
            normals = np.empty((len(factors), stop - start, shape.years))
            uniforms = np.empty((len(risks), stop - start, shape.years))
            for stream, out in zip(factors, normals, strict=True):
                stream.standard_normal(out=out)
            for stream, out in zip(risks, uniforms, strict=True):
                stream.random(out=out)
            yield Block(start, stop, normals.transpose(2, 0, 1), uniforms.transpose(2, 0, 1))


def _sobol(shape: Shape, n: int, seed: int, block: int) -> Iterator[Block]:
    """One net, scrambled afresh for each replicate; what it has no dimension for comes from plain streams."""
    cells, risk_cells = shape.years * len(shape.factors), shape.years * shape.risks
    netted = min(cells, SOBOL_DIMENSIONS)
    netted_risks = min(risk_cells, SOBOL_DIMENSIONS - netted)
    order = np.array(shape.order, dtype=np.intp)
    size = -(-n // REPLICATES)
    net = _net(netted + netted_risks, size, seed)
    for replicate in range(REPLICATES):
        stream, risk_stream = _generator(seed, "replicate", replicate), _generator(seed, "risks", replicate)
        shift = stream.integers(0, 1 << _BITS, size=(len(net), 1), dtype=np.uint32)
        first, last = min(replicate * size, n), min((replicate + 1) * size, n)
        for start, stop in _cuts(first, last, block):
            u = ((net[:, start - first : stop - first] ^ shift) + np.float64(0.5)) * 2.0**-_BITS
            normals = np.empty((cells, stop - start))
            normals[order[:netted]] = normal_scores(u[:netted])
            normals[order[netted:]] = stream.standard_normal((stop - start, cells - netted)).T
            uniforms = risk_stream.random((stop - start, risk_cells)).T
            uniforms[:netted_risks] = u[netted:]
            yield Block(
                start,
                stop,
                normals.reshape(shape.years, len(shape.factors), stop - start),
                uniforms.reshape(shape.years, shape.risks, stop - start),
            )


def _net(dimensions: int, size: int, seed: int) -> NDArray[np.uint32]:
    """The first points of a Sobol net, as whole numbers of 30 bits, shape (dimensions, size)."""
    net = np.empty((dimensions, size), dtype=np.uint32)
    if dimensions:
        engine = deepcopy(_engine(dimensions, seed))
        for start, stop in _cuts(0, size, CHAPTER // REPLICATES):
            net[:, start:stop] = (engine.random(CHAPTER // REPLICATES)[: stop - start] * 2.0**_BITS).T
    return net


@lru_cache(maxsize=8)
def _engine(dimensions: int, seed: int) -> "Sobol":
    """A scrambled Sobol engine at its first point; scrambling takes longer than the points of 16,384 draws."""
    from scipy.stats import qmc  # 0.6 s to import, so only when draws are made

    return qmc.Sobol(dimensions, bits=_BITS, rng=_generator(seed, "net"))


def normal_scores(u: Floats) -> Floats:
    """The z with P(Z ≤ z) = u, for u between 0 and 1, to a millionth; ten times the speed of `ndtri`."""
    start, slope = _score_table()
    tail = np.minimum(u, 1 - u)
    cell = tail.view(np.int64) >> (52 - _STEPS)
    cell -= (1023 - _OCTAVES) << _STEPS
    z = np.take(slope, cell, mode="clip")
    z *= tail
    z += np.take(start, cell, mode="clip", out=tail)
    return np.copysign(z, u - 0.5, out=z)


@lru_cache(maxsize=1)
def _score_table() -> tuple[Floats, Floats]:
    """Straight lines through the normal quantiles, finer towards the tail: the leading bits of u are its cell."""
    first = (1023 - _OCTAVES) << _STEPS
    last = (1023 - 1) << _STEPS
    edges = (np.arange(first, last + 1) << (52 - _STEPS)).view(np.float64)
    z = special.ndtri(edges)
    slope = np.diff(z) / np.diff(edges)
    return z[:-1] - slope * edges[:-1], slope


def batches(n: int) -> Sequence[slice]:
    """The draws of each replicate: equal samples, independent of each other, whatever the method."""
    size = -(-n // REPLICATES)
    return [slice(i * size, min((i + 1) * size, n)) for i in range(REPLICATES) if i * size < n]
