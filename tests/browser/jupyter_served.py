"""A JupyterLab of its own for all tests of a session, with its settings in a folder of its own."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Lab:
    """A server that has been started: the folder it shows, where it answers, and the word it asks for."""

    folder: Path
    address: str
    token: str
    server: subprocess.Popen[bytes]
    log: Path

    def page(self, name: str) -> str:
        """Give the address of a notebook, as soon as the server answers."""
        for _ in range(480):
            assert self.server.poll() is None, f"JupyterLab did not start: {self.log.read_text()[-2000:]}"
            try:
                with urllib.request.urlopen(f"{self.address}/api?token={self.token}", timeout=2):
                    return f"{self.address}/lab/tree/{name}?token={self.token}&reset"
            except OSError:
                time.sleep(0.25)
        raise AssertionError("JupyterLab did not answer within two minutes")


@contextmanager
def served(base: Path) -> Iterator[Lab]:
    """Start a server over a new folder; it is not waited for, so that notebooks can be laid there meanwhile."""
    shown, private, log = base / "shown", base / "jupyter", base / "lab.log"
    shown.mkdir()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    token = secrets.token_hex(16)
    options = [
        "--no-browser",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        f"--ServerApp.root_dir={shown}",
        "--ServerApp.allow_root=True",
        f"--IdentityProvider.token={token}",
        "--LabApp.expose_app_in_browser=True",
        "--LabApp.news_url=",
        "--LabApp.check_for_updates_class=jupyterlab.handlers.announcements.NeverCheckForUpdate",
        f"--LabApp.workspaces_dir={private / 'workspaces'}",
        f"--LabApp.user_settings_dir={private / 'settings'}",
    ]
    # all cells are drawn, also those that are not on the screen
    for name, content in (
        ("notebook-extension/tracker", '{"windowingMode": "none"}'),
        ("apputils-extension/notification", '{"fetchNews": "false", "checkForUpdates": false}'),
    ):
        path = private / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    own = {f"JUPYTER_{name}_DIR": str(private / name.lower()) for name in ("CONFIG", "DATA", "RUNTIME")}
    with log.open("wb") as lines:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyter", "lab", *options],
            cwd=shown,
            env={**os.environ, **own, "PYTHONPATH": str(ROOT)},
            stdout=lines,
            stderr=subprocess.STDOUT,
        )
    try:
        yield Lab(shown, f"http://127.0.0.1:{port}", token, server, log)
    finally:
        server.terminate()
        try:
            server.wait(timeout=15)
        except subprocess.TimeoutExpired:
            server.kill()
