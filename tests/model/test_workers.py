"""A search on a Dask cluster of real processes: the same designs as on threads, also when a worker is killed."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from model.documents import Refused
from model.looks import Problem
from model.search import Outcome, search
from model.space import DesignSpace, Vary
from model.workers import workers
from tests.model.test_search import LOSS, OVERSPENDS, SEED, one_provider

ROOT = Path(__file__).parents[2]
PROBLEM = Problem(one_provider(0.6 * LOSS, 0.7 * LOSS), DesignSpace((Vary(OVERSPENDS, 0.0, 1.0),)), 512, SEED)
STARTED = 60
"""Seconds."""


class Cluster:
    """A scheduler and two workers, each a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.processes: list[subprocess.Popen[bytes]] = []
        self._run("scheduler", "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        self.address = self._told("scheduler", r"Scheduler at:\s+(tcp://\S+)")
        for name in ("one", "two"):
            self._run(name, "worker", self.address, "--nthreads", "1", "--no-dashboard", "--no-nanny", "--name", name)
            self._told(name, "(Registered to)")

    def _run(self, name: str, *arguments: str) -> None:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"}
        with (self.folder / name).open("wb") as log:
            command = [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]]
            self.processes.append(
                subprocess.Popen(command, cwd=self.folder, env=environment, stdout=log, stderr=subprocess.STDOUT)
            )

    def _told(self, name: str, pattern: str) -> str:
        """What a process says of itself once it is ready."""
        until = time.monotonic() + STARTED
        while time.monotonic() < until:
            if found := re.search(pattern, (self.folder / name).read_text("utf-8", "replace")):
                return found[1]
            time.sleep(0.1)
        raise AssertionError(f"the {name} did not start: {(self.folder / name).read_text('utf-8', 'replace')[-500:]}")

    def kill_a_worker(self) -> None:
        self.processes[1].kill()

    def stop(self) -> None:
        for process in reversed(self.processes):
            process.kill()
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    found = Cluster(tmp_path)
    yield found
    found.stop()


def on_threads() -> Outcome:
    with workers() as threads:
        return list(search(PROBLEM, threads))[-1]


def test_a_cluster_finds_what_threads_find_also_with_a_worker_killed_in_the_middle(cluster: Cluster) -> None:
    steps = []
    with workers(cluster.address) as executor:
        for outcome in search(PROBLEM, executor):
            steps.append(outcome)
            if len(steps) == 2:
                cluster.kill_a_worker()
    assert cluster.processes[1].wait(10) != 0
    assert len(steps) > 4
    assert steps[-1].frontier
    assert steps[-1] == on_threads()


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "tea", "http://127.0.0.1:1", "tcp://127.0.0.1:notaport"])
def test_a_cluster_that_is_not_there_is_refused_with_one_sentence(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("model.workers.PATIENCE", 1)
    with pytest.raises(Refused, match=f"No Dask scheduler answers at '{address}'"), workers(address):
        pass
