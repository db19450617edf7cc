"""Who works on a search: threads of this machine, or a Dask cluster. Both give the same designs."""

from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec

from model.documents import Refused
from model.draw import THREADS

PATIENCE = 10
"""Seconds in which a scheduler must answer."""


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
    try:
        client = import_module("distributed").Client(scheduler, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, RuntimeError):
        raise Refused.because(
            f"no Dask scheduler answers at '{scheduler[:100]}'; write it as tcp://name:8786"
        ) from None
    try:
        yield client.get_executor()
    finally:
        client.close()
