"""Measures the speed goals as ratios in one run, and writes them to docs/performance.md: `python -m tests.bench`.

Never a test: a busy machine is not a fault.
"""

import resource
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np
from scipy.stats import qmc

import model.points
import model.quantiles
from data.presets import FIRST, preset
from model.base import Floats
from model.climb import Point
from model.draw import THREADS, Outcomes, draw
from model.looks import Looks, Problem, levers, made
from model.plan import plan
from model.points import Method
from model.scenario import Scenario
from model.scores import Scores, score
from model.simulate import DRAWS, resettle, resettled, simulate, totals
from model.space import DesignSpace, Vary
from model.statistics import percentile, summaries, tail_mean
from tests import bench_cluster
from tests.bench_browser import rows as browser_rows
from tests.bench_peers import peers
from tests.bench_work import NORMALS, UNIFORMS, reference_work
from tests.browser.conftest import chromium

MANY = 100_000
TRUTHS, TRUTH = 8, 2_000_000
SEEDS = 20
REPETITIONS = 9
DESIGNS = 32
PAGE = Path(__file__).parents[1] / "docs" / "performance.md"

TEXT = """# How fast and how exact

{table}

The work is the reference scenario of `tests/bench_work.py`: 10 years, 6 partners, 12 KPIs and 15 risks with every
usual term of a contract in force, {normals} normal and {uniforms} uniform random numbers a draw. G1, G3 and G6 are
on one thread, G2 on two, G4 on as many as the app uses: {threads} here. G1, G2, G3, G6 and G7 keep what each partner
has over the term and nothing else; G4 also what both sides have in every year and how often each cap binds.
Times are divided by the time that numpy's SFC64 generator needs to make the random numbers of as many draws into
arrays it already has: the median of {repetitions} repetitions in turn with it, after one to warm up.
Errors are root mean squares over {seeds} seeds at {draws:,} default draws, averaged over the partners, against
{truth:,} plain draws: means and tails as part of the standard deviation of a partner's gain over the term.
G9 settles {designs} designs of the first preset on all threads, twice each as a search does: with a pound more saved.
Others' ways (G6) do the same work with the same answer, which `tests/test_bench_peers.py` checks; their time a draw is
divided by that of drawing, settling and summarising 50,000 plain draws here.
Memory is the largest that a process of its own reaches while it draws and settles, above what it had after its imports
and a first small run. `make bench` measures all of it again and rewrites this page.

## A search on a cluster

| {designs_on_cluster} designs, {draws:,} draws | a design | which is |
|---|---|---|
{cluster}

A Dask scheduler and its workers, each a process with one thread, on the {threads} cores of this machine, beside threads
of one process; the same designs in tasks of {task}, the median of {cluster_repetitions} rounds in turn
(`tests/bench_cluster.py`). Efficiency is the time of one worker divided by twice that of two.

## In a browser

{browser}
"""

BROWSER = """| what | goal | median, and 95% within |
|---|---|---|
{asked}

| page | opened from the menu, to the last change | sent |
|---|---|---|
{pages}

Lambeth Living Well at {draws:,} futures in Chromium, 1366 × 768, on {threads} cores that the browser shares. Times run
from the key or the click to the last change of a chart, or of anything, on the page (`tests/bench_browser.py`). Each
contract and each uncertain input is a new one; pages are opened in turn, the first round left out.
"""
"""What stands below the figures of the kernel; nothing is measured where there is no Chromium."""


def random_numbers(n: int) -> None:
    """The limit: making the random numbers of n draws and nothing else."""
    generator = np.random.Generator(np.random.SFC64(1))
    normals, uniforms = np.empty((NORMALS, 512)), np.empty((UNIFORMS, 512))
    for _ in range(0, n, 512):
        generator.standard_normal(out=normals)
        generator.random(out=uniforms)


def everything(work: Scenario, n: int, method: Method, threads: int = 1) -> None:
    summaries(totals(work, n, 1, method, threads), threads)


def every_year(work: Scenario, n: int, method: Method) -> None:
    summaries(simulate(work, n, 1, method, 1).total)


def settled(work: Scenario, outcomes: Outcomes, scores: Scores) -> None:
    summaries(resettled(work, outcomes, scores))


def contract_slider(work: Scenario, outcomes: Outcomes, scores: Scores) -> None:
    summaries(resettle(work, outcomes, scores).total)


def uncertainty_slider(work: Scenario) -> None:
    outcomes = draw(plan(work), DRAWS, 1)
    contract_slider(work, outcomes, score(work.framework, outcomes.kpis))


def cold(work: Scenario) -> None:
    """With the tables and the Sobol net to build, as after a start."""
    model.quantiles._table.cache_clear()
    model.points._engine.cache_clear()
    model.points._first_page.cache_clear()
    model.points._score_table.cache_clear()
    uncertainty_slider(work)


def ratios(n: int, tasks: dict[str, Callable[[], None]]) -> dict[str, float]:
    """Each task's median time over that of the random numbers of n draws."""
    timed: dict[str, Callable[[], None]] = {"limit": partial(random_numbers, n), **tasks}
    times: dict[str, list[float]] = {name: [] for name in timed}
    for repetition in range(REPETITIONS + 1):
        for name, task in timed.items():
            start = perf_counter()
            task()
            if repetition:
                times[name].append(perf_counter() - start)
    return {name: median(times[name]) / median(times["limit"]) for name in tasks}


def speeds(work: Scenario) -> list[tuple[str, str, str, str]]:
    many = draw(plan(work), MANY, 1, "plain")
    few = draw(plan(work), DRAWS, 1)
    scores = score(work.framework, many.kpis)
    large = ratios(
        MANY,
        {
            "all": partial(everything, work, MANY, "plain"),
            "both": partial(everything, work, MANY, "plain", 2),
            "settle": partial(settled, work, many, scores),
            "all years": partial(every_year, work, MANY, "plain"),
            "settle years": partial(contract_slider, work, many, scores),
        },
    )
    del many, scores
    small = ratios(
        DRAWS,
        {
            "contract": partial(contract_slider, work, few, score(work.framework, few.kpis)),
            "uncertainty": partial(uncertainty_slider, work),
            "cold": partial(cold, work),
        },
    )
    return [
        ("G1", f"Draw, settle, statistics: {MANY:,} plain draws", "2.5 ×", f"{large['all']:.2f} ×"),
        (
            "G2",
            "The same on two threads",
            "1.7 × as fast",
            f"{large['all'] / large['both']:.2f} × as fast: {large['both']:.2f} ×",
        ),
        ("G3", f"Settle, statistics: {MANY:,} draws", "0.15 ×", f"{large['settle']:.2f} ×"),
        ("", "G1 with both sides in every year and how often caps bind", "", f"{large['all years']:.2f} ×"),
        ("", "G3 with both sides in every year and how often caps bind", "", f"{large['settle years']:.2f} ×"),
        ("G4", f"A contract term moved: {DRAWS:,} draws", "0.25 ×", f"{small['contract']:.2f} ×"),
        ("G4", f"An uncertainty moved: {DRAWS:,} draws", "2 ×", f"{small['uncertainty']:.2f} ×"),
        ("G4", f"After a start: {DRAWS:,} draws", "4 ×", f"{small['cold']:.2f} ×"),
    ]


def searched(many: int) -> tuple[Problem, list[Point]]:
    """A search on the first preset, and designs spread evenly over its space."""
    scenario = preset(FIRST)
    space = DesignSpace((Vary(levers(scenario, DRAWS, 1)[0].name, 0.0, 1.0),), stated=("gain", "pain"))
    problem = Problem(scenario, space, DRAWS, 1)
    return problem, [tuple(point) for point in qmc.Sobol(made(problem).size, rng=1).random(many).tolist()]


def designs() -> list[tuple[str, str, str, str]]:
    """Designs settled on default draws in a search, by the threads that the app uses; its preset, which has limits."""
    problem, points = searched(DESIGNS)
    with ThreadPoolExecutor(THREADS) as threads:
        looks = Looks(problem, threads)

        def settled() -> None:
            looks.at(points, DRAWS, 4)

        ratio = ratios(DRAWS, {"designs": settled})["designs"] / DESIGNS
        start = perf_counter()
        settled()
        seconds = (perf_counter() - start) / DESIGNS
    what = f"A design of a search settled: {DRAWS:,} draws"
    return [("G9", what, "0.13 ×, 10,000 in 30 s", f"{ratio:.2f} ×, 10,000 in {10_000 * seconds:.0f} s")]


def estimates(total: Floats) -> Floats:
    """Mean, worst 1 in 20 and the average of it, of each partner: (3, N)."""
    ordered = np.sort(total, axis=-1)
    return np.array([ordered.mean(axis=-1), -percentile(ordered, 5), tail_mean(ordered)])


def _truth(total: Floats) -> tuple[Floats, Floats]:
    """Spread and estimates of each partner, from many plain draws."""
    return total.std(axis=-1), estimates(total)


def errors(work: Scenario) -> list[tuple[str, str, str, str]]:
    parts = [_truth(simulate(work, TRUTH, seed, "plain").total) for seed in range(100, 100 + TRUTHS)]
    spread, exact = (np.mean(found, axis=0) for found in zip(*parts, strict=True))
    off = np.array([estimates(simulate(work, DRAWS, seed).total) - exact for seed in range(1, SEEDS + 1)])
    found = np.sqrt((off**2).mean(axis=0)) / spread
    goals = {"mean": "0.15%", "worst 1 in 20": "0.7%", "average of the worst 1 in 20": "0.4%"}
    return [
        ("G5", f"Error of the {name}: {DRAWS:,} default draws", goal, f"{100 * error:.2f}%")
        for (name, goal), error in zip(goals.items(), found.mean(axis=-1), strict=True)
    ]


def memory(n: int, method: Method) -> float:
    """Bytes a draw that a simulation of n draws needs, in a process of its own."""
    command = [sys.executable, "-m", "tests.bench", str(n), method]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def print_memory(n: int, method: Method) -> None:
    """What `memory` runs: prints bytes a draw."""
    assert qmc  # imported, so not counted
    work = reference_work()
    totals(work, 160, 1, method)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    summaries(totals(work, n, 1, method))
    print(1024 * (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / n)


def memories() -> list[tuple[str, str, str, str]]:
    methods: tuple[Method, ...] = ("sobol", "plain")
    return [
        ("G7", f"Peak memory, {n:,} {name} draws", "300 bytes a draw", f"{memory(n, method):.0f}")
        for method, name in zip(methods, ("default", "plain"), strict=True)
        for n in (MANY, 4 * MANY)
    ]


def in_browser() -> str:
    """The answers of the app as tables."""
    if chromium() is None:
        return "Not measured: there was no Chromium.\n"
    asked, pages = browser_rows()
    lines = ["\n".join(f"| {' | '.join(row)} |" for row in rows) for rows in (asked, pages)]
    return BROWSER.format(asked=lines[0], pages=lines[1], draws=DRAWS, threads=THREADS)


def main() -> None:
    work = reference_work()
    remembered = memories()  # first, because a process starts with the largest memory of the one that starts it
    rows = [*speeds(work), *designs(), *peers(lambda n: everything(work, n, "plain")), *errors(work), *remembered]
    lines = ["| | what | goal | measured |", "|---|---|---|---|", *("| " + " | ".join(row) + " |" for row in rows)]
    table = "\n".join(lines)
    print(table)
    numbers = {
        "normals": NORMALS,
        "uniforms": UNIFORMS,
        "repetitions": REPETITIONS,
        "seeds": SEEDS,
        "threads": THREADS,
        "designs": DESIGNS,
        "designs_on_cluster": bench_cluster.DESIGNS,
        "task": bench_cluster.TASK,
        "cluster_repetitions": bench_cluster.REPETITIONS,
    }
    measured = bench_cluster.rows(*searched(bench_cluster.DESIGNS))
    cluster = "\n".join(f"| {' | '.join(row)} |" for row in measured)
    text = TEXT.format(cluster=cluster, table=table, draws=DRAWS, truth=TRUTHS * TRUTH, browser=in_browser(), **numbers)
    PAGE.write_text(text.rstrip("\n") + "\n", encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) == 3:
        print_memory(int(sys.argv[1]), "plain" if sys.argv[2] == "plain" else "sobol")
    else:
        main()
