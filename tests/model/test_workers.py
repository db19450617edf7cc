"""A search on a Dask cluster of real processes: the same designs as on threads, also when a worker is killed."""

import gc
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from model.documents import Refused, to_document
from model.looks import Problem
from model.outcome import Outcome
from model.search import search
from model.space import DesignSpace, Vary
from model.workers import workers
from tests.model.cluster import ROOT, Cluster
from tests.model.test_search import LOSS, OVERSPENDS, SEED, one_provider

PROBLEM = Problem(one_provider(0.6 * LOSS, 0.7 * LOSS), DesignSpace((Vary(OVERSPENDS, 0.0, 1.0),)), 512, SEED)


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


def test_a_client_that_was_lost_is_gone_before_another_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    alive: list[int] = []

    class Lost:
        def __init__(self, *_: object, **__: object) -> None:
            alive.append(sum(isinstance(one, Lost) for one in gc.get_objects()))
            self.me = self
            raise TimeoutError

    gc.collect()
    gc.disable()
    monkeypatch.setattr("distributed.Client", Lost)
    for _ in range(2):
        with pytest.raises(Refused), workers("tcp://127.0.0.1:1"):
            pass
    gc.enable()
    assert alive == [1, 1]


def lost(cluster: Cluster, lose: Callable[[Cluster], None]) -> tuple[list[Outcome], str]:
    """What a search comes to that loses its cluster after two steps, and what it says."""
    steps = []
    with pytest.raises(Refused) as refused, workers(cluster.address) as executor:
        for outcome in search(PROBLEM, executor):
            steps.append(outcome)
            if len(steps) == 2:
                lose(cluster)
    return steps, str(refused.value)


@pytest.mark.parametrize("lose", [Cluster.stop, Cluster.kill_all_workers], ids=["everything", "all workers"])
def test_a_cluster_lost_in_the_middle_ends_the_search_with_one_sentence(
    cluster: Cluster, lose: Callable[[Cluster], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("model.workers.PATIENCE", 1)
    steps, said = lost(cluster, lose)
    assert len(steps) == 2
    assert said == (
        f"The cluster at '{cluster.address}' stopped working in the middle of the search; what was found is kept."
    )


def test_the_command_line_prints_what_was_found_before_its_cluster_was_lost(cluster: Cluster, tmp_path: Path) -> None:
    file = tmp_path / "alliance.json"
    file.write_text(json.dumps(to_document(PROBLEM.scenario)), encoding="utf-8")
    command = [sys.executable, "-m", "model", "search", str(file), "--vary", OVERSPENDS, "--draws", "512"]
    with subprocess.Popen(
        [*command, "--scheduler", cluster.address], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        progress = [process.stderr.readline(), process.stderr.readline()]
        cluster.stop()
        out, err = process.communicate(timeout=100)
    assert all("designs" in line for line in progress)
    assert process.returncode == 2, err
    assert "The search ended with" in out
    assert err.splitlines()[-1].startswith(f"The cluster at '{cluster.address}' stopped working")
    assert "Traceback" not in err
