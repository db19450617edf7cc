"""A real Dask cluster on this machine, to test with and to measure."""

import os
import re
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parents[2]
STARTED = 60
"""Seconds."""


class Cluster:
    """A scheduler and workers, each a process of its own with one thread."""

    def __init__(self, folder: Path, workers: int = 2) -> None:
        self.folder = folder
        self.processes: list[subprocess.Popen[bytes]] = []
        self._run("scheduler", "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        self.address = self._told("scheduler", r"Scheduler at:\s+(tcp://\S+)")
        for name in map(str, range(workers)):
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

    def kill_all_workers(self) -> None:
        for process in self.processes[1:]:
            process.kill()

    def stop(self) -> None:
        for process in reversed(self.processes):
            process.kill()
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)
