"""Who works on a search: threads of this machine, or a Dask cluster. Both give the same designs."""

import gc
import logging
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from model.documents import Refused
from model.draw import THREADS

PATIENCE = 10
"""Seconds in which a scheduler must answer, and after which it is asked whether anybody is left to work."""

LOUD = ("distributed", "distributed.client", "tornado.application", "asyncio")
"""What would write stack traces about a cluster that is lost; that is told once, in one sentence."""


class Cluster(Executor):
    """The workers of a Dask client. `map` raises Refused once nobody is left to work."""

    def __init__(self, client: Any, address: str) -> None:
        self.client = client
        self.address = address
        self.executor: Executor = client.get_executor()

    def map(self, fn: Callable[..., Any], *iterables: Iterable[Any], **_: Any) -> Iterator[Any]:
        """The results in their order."""
        dask = import_module("distributed")
        lost = (CancelledError, OSError, dask.KilledWorker, dask.client.ClosedClientError)
        try:
            tasks = [self.executor.submit(fn, *each) for each in zip(*iterables, strict=True)]
            self._finish(tasks)
            return iter([task.result() for task in tasks])
        except Exception as error:  # a client that lost its cluster raises this or that
            if isinstance(error, Refused) or (not isinstance(error, lost) and self._anybody()):
                raise
            raise self._gone() from None

    def _finish(self, tasks: list[Future[Any]]) -> None:
        """Waits for all tasks, as long as there are workers."""
        left = set(tasks)
        while left:
            done, left = wait(left, PATIENCE)
            if not done and not self._anybody():
                raise self._gone()

    def _anybody(self) -> bool:
        """Whether a worker is left."""
        try:
            return self.client.status == "running" and bool(self.client.nthreads())
        except (OSError, RuntimeError, AttributeError):  # the client has closed itself meanwhile
            return False

    def _gone(self) -> Refused:
        return Refused.because(
            f"the cluster at '{self.address}' stopped working in the middle of the search; what was found is kept"
        )


@contextmanager
def workers(scheduler: str = "") -> Iterator[Executor]:
    """An executor: of threads, or of the cluster whose scheduler has this address, such as tcp://10.0.0.5:8786.

    Raises Refused where there is no such cluster. A worker that dies is made up for by the others.
    """
    if not scheduler:
        with ThreadPoolExecutor(THREADS) as threads:
            yield threads
        return
    if find_spec("distributed") is None:
        raise Refused.because("a cluster needs one more package: pip install distributed")
    distributed = import_module("distributed")
    for logger in LOUD:
        logging.getLogger(logger).setLevel(logging.CRITICAL + 1)
    gc.collect()  # a client that was lost closes itself when it is collected: while another starts, both wait for ever
    try:
        client = distributed.Client(scheduler, timeout=PATIENCE, set_as_default=False)
    except Exception:  # a client that finds nobody raises this or that
        raise Refused.because(
            f"no Dask scheduler answers at '{scheduler[:100]}'; write it as tcp://name:8786"
        ) from None
    try:
        yield Cluster(client, scheduler[:100])
    finally:
        with suppress(Exception):  # nobody is there any more to say goodbye to
            client.close()
