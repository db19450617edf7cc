"""The random numbers: Sobol points by default, plain seeded draws as a check."""

import zlib
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import special

from model.base import Floats

if TYPE_CHECKING:
    from scipy.stats.qmc import Sobol

Method = Literal["sobol", "plain"]
Whole = NDArray[np.uint32]

REPLICATES = 8
"""Independent scramblings. Each is a sample of its own; their spread gives the standard errors."""

BLOCK = 4_096
"""Draws at a time: enough to keep the calls few, because threads wait for each other between calls."""

ROWS = 12
"""Rows worked on at a time, few enough to stay near the processor."""

CHAPTER = 16_384
"""Plain draws that share one set of generators, so that results do not depend on how work is divided."""

PAGE = 2_048
"""Points of the Sobol net made at a time, all of them for the usual number of draws."""

SOBOL_DIMENSIONS = 1_024
"""The directions that matter most get Sobol points; beyond, plain seeded draws."""

_BITS = 30
_OCTAVES, _STEPS = 54, 9
"""The table of normal scores halves its argument 54 times, with 2^9 cells in each halving."""


class Part(NamedTuple):
    """Random numbers of one kind that one thing needs in each draw, such as one for each year."""

    name: str
    size: int


@dataclass(frozen=True)
class Shape:
    """What one draw needs: normal numbers, then uniform ones."""

    normals: tuple[Part, ...]
    uniforms: tuple[Part, ...]
    order: tuple[int, ...]
    """The rows of both, normals first, in order of importance."""

    @property
    def rows(self) -> tuple[int, int]:
        """How many normals and how many uniforms."""
        return sum(part.size for part in self.normals), sum(part.size for part in self.uniforms)


@dataclass(frozen=True)
class Block:
    """Random numbers for the draws `start` to `stop`, (rows, b) each; good until the stream's next block.

    Whoever reads them may write over them.
    """

    start: int
    stop: int
    uniforms: Floats
    """Good until the normals are asked for, which may take their place."""
    normals: Callable[[], Floats]
    """To be asked for once."""


Stream = Iterator[Block]


def points(shape: Shape, n: int, seed: int, method: Method = "sobol") -> Iterator[list[Stream]]:
    """Random numbers for n draws. The same seed gives each draw the same numbers.

    Lists of streams of blocks, one list after the other; the streams of a list may be used at the same time.
    """
    return (_sobol if method == "sobol" else _plain)(shape, n, seed)


def _generator(seed: int, *names: str | int) -> np.random.Generator:
    """A stream with a name: adding another leaves this one unchanged."""
    key = [zlib.crc32(name.encode()) if isinstance(name, str) else name for name in names]
    return np.random.Generator(np.random.SFC64(np.random.SeedSequence(seed, spawn_key=key)))


def _cuts(first: int, last: int, block: int) -> Iterator[tuple[int, int]]:
    return ((start, min(start + block, last)) for start in range(first, last, block))


def _plain(shape: Shape, n: int, seed: int) -> Iterator[list[Stream]]:
    yield [_chapter(shape, start, stop, seed) for start, stop in _cuts(0, n, CHAPTER)]


def _chapter(shape: Shape, first: int, last: int, seed: int) -> Stream:
    """Each part has a stream of its own, which makes whole blocks, so that a draw's numbers depend on nothing else."""
    room = np.empty((max(shape.rows), BLOCK))
    normals, uniforms = (
        [
            (_generator(seed, part.name, first // CHAPTER), room[rows])
            for part, rows in zip(parts, _rows(parts), strict=True)
        ]
        for parts in (shape.normals, shape.uniforms)
    )

    def made(draws: int) -> Floats:
        for stream, rows in normals:
            stream.standard_normal(out=rows)
        return room[: shape.rows[0], :draws]

    for start, stop in _cuts(first, last, BLOCK):
        for stream, rows in uniforms:
            stream.random(out=rows)
        yield Block(start, stop, room[: shape.rows[1], : stop - start], partial(made, stop - start))


def _rows(parts: Sequence[Part]) -> list[slice]:
    """Where each part stands among the rows of its kind."""
    ends = np.cumsum([part.size for part in parts], dtype=int).tolist()
    return [slice(end - part.size, end) for part, end in zip(parts, ends, strict=True)]


def _sobol(shape: Shape, n: int, seed: int) -> Iterator[list[Stream]]:
    """One net, scrambled afresh for each replicate, a page of it at a time."""
    size = -(-n // REPLICATES)
    streams = [_generator(seed, "replicate", replicate) for replicate in range(REPLICATES)]
    shifts = [stream.integers(0, 1 << _BITS, size=(sum(shape.rows), 1), dtype=np.uint32) for stream in streams]
    rank = np.empty(sum(shape.rows), dtype=np.intp)
    rank[list(shape.order)] = np.arange(len(rank))
    beyond = np.flatnonzero(rank >= SOBOL_DIMENSIONS)
    pages = _pages(min(len(rank), SOBOL_DIMENSIONS), seed)
    for first, last in _cuts(0, size, PAGE):
        net = next(pages)[np.minimum(rank, SOBOL_DIMENSIONS - 1)]
        yield [
            _page(shape.rows[0], net, shift, (r * size + first, min(r * size + last, n)), beyond, rest)
            for r, (shift, rest) in enumerate(zip(shifts, streams, strict=True))
            if r * size + first < n
        ]


def _page(
    normals: int, net: Whole, shift: Whole, draws: tuple[int, int], beyond: NDArray[np.intp], rest: np.random.Generator
) -> Stream:
    """The blocks of one page of a net, scrambled; rows beyond it come from the replicate's own stream."""
    room = np.empty((len(net), BLOCK))
    for start, stop in _cuts(*draws, BLOCK):
        u, points = room[:, : stop - start], net[:, start - draws[0] : stop - draws[0]]
        fresh = rest.random((len(beyond), stop - start))
        for first, last in _cuts(0, len(net), ROWS):
            rows = slice(first, last)
            np.add(points[rows] ^ shift[rows], 0.5, out=u[rows])
            u[rows] *= 2.0**-_BITS
        u[beyond] = fresh
        for first, last in _cuts(0, normals, ROWS):
            u[first:last] = normal_scores(u[first:last])
        yield Block(start, stop, u[normals:], partial(u.__getitem__, slice(normals)))


def _pages(dimensions: int, seed: int) -> Iterator[Whole]:
    """A Sobol net as whole numbers of 30 bits, (dimensions, PAGE) at a time; the first page is kept."""
    yield _first_page(dimensions, seed)
    engine = deepcopy(_engine(dimensions, seed)).fast_forward(PAGE)
    while True:
        yield _whole(engine)


@lru_cache(maxsize=8)
def _first_page(dimensions: int, seed: int) -> Whole:
    return _whole(deepcopy(_engine(dimensions, seed)))


def _whole(engine: "Sobol") -> Whole:
    """The next page of a net."""
    return np.ascontiguousarray((engine.random(PAGE) * 2.0**_BITS).astype(np.uint32).T)


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
