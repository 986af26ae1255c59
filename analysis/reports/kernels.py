"""Kernels that begin warm: each a fork of one process in which the libraries are loaded already.

To start a kernel and to load polars, pandas, matplotlib and this package takes longer than most reports take. A fork
server (Python's own, of ``multiprocessing``) loads them once, while the articles are still being read. Each report is
made in a fork of it, and its kernel is a fork of that one before anything has run there: as fresh as a new process.
Only on Linux; elsewhere, where such a fork is not safe, processes and kernels start from nothing.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from multiprocessing import forkserver, get_context
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any

WARM = sys.platform == "linux"


def context() -> BaseContext:
    """Give the way processes are started here; where that is a fork server, start it, without waiting for it.

    Returns
    -------
    multiprocessing.context.BaseContext
    """
    if not WARM:
        return get_context("spawn")
    made = get_context("forkserver")
    made.set_forkserver_preload(["analysis.reports.preloaded"])
    with environment(fixed()):
        forkserver.ensure_running()
    return made


def fixed() -> dict[str, str]:
    """Give the variables every kernel starts with: it draws without a screen, and orders sets alike."""
    return {"MPLBACKEND": "agg", "PYTHONHASHSEED": os.environ.get("PYTHONHASHSEED", "0")}


@contextmanager
def environment(values: Mapping[str, str]) -> Iterator[None]:
    """Set variables of the environment for a while."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None) if value is None else os.environ.__setitem__(name, value)


def become_environment(variables: Mapping[str, str]) -> None:
    """Take over the whole environment of another process."""
    os.environ.clear()
    os.environ.update(variables)


class Spare:
    """A fork of this process that waits to be told which kernel to become; made before anything else is done here.

    It has the interface of `subprocess.Popen` that Jupyter asks of a kernel's process, and ends with this process.
    """

    stdin = stdout = stderr = None

    def __init__(self, *, without: Sequence[int] = ()) -> None:
        """Fork; ``without`` are files of this process that the other shall not hold open."""
        told, self._tell = os.pipe()
        self.returncode: int | None = None
        self.pid = os.fork()
        if not self.pid:
            for file in (self._tell, *without):
                os.close(file)
            try:
                _wait(told)
            except BaseException:
                sys.excepthook(*sys.exc_info())
            os._exit(1)
        os.close(told)

    def become(self, command: Sequence[str], variables: Mapping[str, str]) -> None:
        """Become the kernel that a command would start in this folder, with these environment variables."""
        message = json.dumps([list(command), dict(variables), str(Path.cwd())]) + "\n"
        os.write(self._tell, message.encode())

    def poll(self) -> int | None:
        """Give the exit code, or None while it runs."""
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self._ended(status if pid else None)
        return self.returncode

    def wait(self) -> int | None:
        """Wait for its end."""
        if self.returncode is None:
            self._ended(os.waitpid(self.pid, 0)[1])
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send it a signal, while it is there."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def _ended(self, status: int | None) -> None:
        if status is not None:
            self.returncode = os.waitstatus_to_exitcode(status)
            os.close(self._tell)


def manager(spare: Spare) -> Any:
    """Give papermill the class that starts the first of its kernels from a spare process, others as usual."""
    from jupyter_client.manager import AsyncKernelManager
    from jupyter_client.provisioning.local_provisioner import LocalProvisioner

    spares = [spare]

    class Provisioner(LocalProvisioner):
        async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
            if not spares:
                return await super().launch_kernel(cmd, **kwargs)
            process = spares.pop()
            process.become(cmd, kwargs.get("env") or os.environ)
            self.process, self.pid, self.pgid = process, process.pid, process.pid  # type: ignore[assignment]
            return self.connection_info

    class Manager(AsyncKernelManager):
        async def _async_pre_start_kernel(self, **kwargs: Any) -> Any:
            self.provisioner = self.provisioner or Provisioner(
                kernel_id=self.kernel_id, kernel_spec=self.kernel_spec, parent=self
            )
            return await super()._async_pre_start_kernel(**kwargs)

    return Manager


def _wait(told: int) -> None:
    """Wait for word, then be a kernel: this very process where it will do, else the command in its place."""
    os.setsid()  # as any kernel: Ctrl-C in the terminal is meant for the command that makes the reports
    with os.fdopen(told) as pipe:
        message = pipe.readline()
    if not message:
        return  # the process that made this one has ended
    command, variables, folder = json.loads(message)
    seeded = os.environ.get("PYTHONHASHSEED") == variables.get("PYTHONHASHSEED")
    os.chdir(folder)
    parent = str(os.getppid())  # with which a kernel ends, too
    become_environment(variables | {"JPY_PARENT_PID": parent})
    if command[:3] != [sys.executable, "-m", "ipykernel_launcher"] or not seeded:
        os.execve(command[0], command, os.environ)
    from ipykernel.kernelapp import IPKernelApp

    sys.argv = command[2:]
    IPKernelApp.launch_instance(argv=[*command[3:], f"--IPKernelApp.parent_handle={parent}"])
    os._exit(0)
