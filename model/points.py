"""The random numbers: Sobol points by default, plain seeded draws as a check."""

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import special

from model.base import Floats

Method = Literal["sobol", "plain"]

REPLICATES = 8
"""Independent scramblings. Each is a sample of its own; their spread gives the standard errors."""

CHAPTER = 16_384
"""Plain draws that share one set of generators, so that results do not depend on how work is divided."""

SOBOL_DIMENSIONS = 128
"""The directions that matter most get Sobol points, the rest plain seeded draws."""

_BITS = 30


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


def points(shape: Shape, n: int, seed: int, method: Method = "sobol", block: int = 512) -> Iterator[Block]:
    """Random numbers for n draws, in blocks. The same arguments give the same numbers."""
    return (_sobol if method == "sobol" else _plain)(shape, n, seed, block)


def _generator(seed: int, *names: str | int) -> np.random.Generator:
    """A stream with a name: adding another leaves this one unchanged."""
    key = [zlib.crc32(name.encode()) if isinstance(name, str) else name for name in names]
    return np.random.Generator(np.random.SFC64(np.random.SeedSequence(seed, spawn_key=key)))


def _plain(shape: Shape, n: int, seed: int, block: int) -> Iterator[Block]:
    for chapter in range(0, n, CHAPTER):
        streams = [_generator(seed, name, chapter) for name in shape.factors]
        risk_stream = _generator(seed, "risks", chapter)
        for start in range(chapter, min(chapter + CHAPTER, n), block):
            stop = min(start + block, chapter + CHAPTER, n)
            b = stop - start
            normals = np.empty((shape.years, len(streams), b))
            for q, stream in enumerate(streams):
                normals[:, q] = stream.standard_normal((shape.years, b))
            yield Block(start, stop, normals, risk_stream.random((shape.years, shape.risks, b)))


def _sobol(shape: Shape, n: int, seed: int, block: int) -> Iterator[Block]:
    from scipy.stats import qmc  # 0.6 s to import, so only when draws are made

    cells, risk_cells = shape.years * len(shape.factors), shape.years * shape.risks
    net_normals = min(cells, SOBOL_DIMENSIONS)
    net_risks = min(risk_cells, SOBOL_DIMENSIONS - net_normals)
    size = -(-n // REPLICATES)
    net = np.empty((0, size), dtype=np.uint32)
    if net_normals + net_risks:
        engine = qmc.Sobol(net_normals + net_risks, bits=_BITS, rng=_generator(seed, "net"))
        power = max(size - 1, 0).bit_length()
        net = np.ascontiguousarray((engine.random_base2(power)[:size] * 2.0**_BITS).astype(np.uint32).T)
    for replicate in range(REPLICATES):
        stream = _generator(seed, "replicate", replicate)
        shift = stream.integers(0, 1 << _BITS, size=(len(net), 1), dtype=np.uint32)
        first, last = min(replicate * size, n), min((replicate + 1) * size, n)
        for start in range(first, last, block):
            stop = min(start + block, last)
            part = net[:, start - first : stop - first]
            u = ((part ^ shift) + 0.5) * 2.0**-_BITS
            b = stop - start
            normals, uniforms = np.empty((cells, b)), np.empty((risk_cells, b))
            normals[list(shape.order[:net_normals])] = special.ndtri(u[:net_normals])
            normals[list(shape.order[net_normals:])] = stream.standard_normal((cells - net_normals, b))
            uniforms[:net_risks] = u[net_normals:]
            uniforms[net_risks:] = stream.random((risk_cells - net_risks, b))
            yield Block(
                start,
                stop,
                normals.reshape(shape.years, len(shape.factors), b),
                uniforms.reshape(shape.years, shape.risks, b),
            )


def batches(n: int) -> Sequence[slice]:
    """The draws of each replicate: equal samples, independent of each other, whatever the method."""
    size = -(-n // REPLICATES)
    return [slice(i * size, min((i + 1) * size, n)) for i in range(REPLICATES) if i * size < n]
