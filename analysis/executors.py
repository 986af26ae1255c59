"""Where the work of annotation is done: here, in processes of this machine, or on a cluster.

Anything with the interface of `concurrent.futures.Executor` will do; these are the three that the command line offers.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any, ParamSpec, TypeVar, cast

from analysis.errors import StoreError

P = ParamSpec("P")
R = TypeVar("R")


class InProcess(Executor):
    """An executor that does the work at once, in this process: nothing to start, easy to debug."""

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """Call the function now and hand back a finished future."""
        future: Future[R] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def processes(workers: int) -> Executor:
    """Make a pool of worker processes on this machine.

    Parameters
    ----------
    workers : int
        How many; each holds a language model of about half a gigabyte.
    """
    # spawn, because polars' thread pool does not survive a fork
    return ProcessPoolExecutor(max_workers=workers, mp_context=get_context("spawn"))


class Cluster(Executor):
    """The executor of a Dask cluster, which lets go of the cluster when it is shut down.

    Parameters
    ----------
    address : str
        Of the scheduler, such as ``tcp://host:8786``. The workers need the same installation of the kit.

    Raises
    ------
    StoreError
        When Dask is not installed or nobody answers at the address.
    """

    def __init__(self, address: str) -> None:
        try:
            from distributed import Client
        except ImportError as error:
            raise StoreError(
                "--cluster needs Dask, which `make setup` installs; elsewhere: pip install distributed"
            ) from error
        try:
            self._client: Any = cast(Any, Client)(address, timeout="10s")
        except (OSError, TimeoutError) as error:
            raise StoreError(
                f"no Dask scheduler answers at {address} ({error}); start one with `dask scheduler`"
            ) from error
        self._inner: Executor = self._client.get_executor()

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """Hand a call to a worker."""
        return self._inner.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let go of the cluster; it goes on for others."""
        self._inner.shutdown(wait=wait)
        self._client.close()
