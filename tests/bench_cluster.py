"""How well a Dask cluster works on a search: the same designs on threads, on one worker process and on two."""

from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from model.climb import Point
from model.looks import Looks, Problem
from model.workers import workers
from tests.model.cluster import Cluster

DESIGNS = 128
TASK = 16
REPETITIONS = 5


@contextmanager
def cluster(many: int) -> Iterator[Executor]:
    """An executor of so many worker processes on this machine, each with one thread."""
    with TemporaryDirectory() as folder:
        found = Cluster(Path(folder), many)
        try:
            with workers(found.address) as executor:
                yield executor
        finally:
            found.stop()


def times(problem: Problem, points: list[Point]) -> dict[str, float]:
    """Seconds that the designs take on each, in turn with the others; the first round, that draws, left out."""
    with ExitStack() as stack:
        made: dict[str, AbstractContextManager[Executor]] = {
            "one thread": ThreadPoolExecutor(1),
            "two threads": ThreadPoolExecutor(2),
            "one worker": cluster(1),
            "two workers": cluster(2),
        }
        looks = {name: Looks(problem, stack.enter_context(executor)) for name, executor in made.items()}
        taken: dict[str, list[float]] = {name: [] for name in looks}
        for repetition in range(REPETITIONS + 1):
            for name, each in looks.items():
                start = perf_counter()
                for _ in range(2 if repetition == 0 else 1):  # so that every worker has drawn
                    each.at(points, problem.draws, TASK)
                if repetition:
                    taken[name].append(perf_counter() - start)
    return {name: median(seconds) for name, seconds in taken.items()}


def rows(problem: Problem, points: list[Point]) -> list[tuple[str, str, str]]:
    """What was measured: on what, milliseconds a design, and in words what that is."""
    found = times(problem, points)
    one, two = found["one worker"], found["two workers"]
    said = {
        "one thread": "",
        "two threads": f"{found['one thread'] / found['two threads']:.2f} × as fast as one",
        "one worker": f"{one / found['one thread'] - 1:+.0%} against one thread",
        "two workers": f"{one / two:.2f} × as fast as one: efficiency {one / (2 * two):.0%}; "
        f"{two / found['two threads'] - 1:+.0%} against two threads",
    }
    return [(name, f"{1000 * found[name] / len(points):.1f} ms", said[name]) for name in found]
