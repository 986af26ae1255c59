"""Reports made once for all tests of this folder, in processes that may not leave the machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing import forkserver
from pathlib import Path

import made_up
import pytest

from analysis.reports import Outcome, jobs, run

_GUARD = '''
"""Refuse every connection that leaves the machine, and write down who tried."""
import os
import socket

_connect = socket.socket.connect
_LOCAL = ("127.", "::1", "localhost", "/", "\\0")


def connect(self, address):
    host = address[0] if isinstance(address, tuple) else address
    host = host.decode() if isinstance(host, bytes) else str(host)
    if not host.startswith(_LOCAL):
        with open(os.environ["PARALLAX_TEST_CALLS"], "a") as calls:
            calls.write(host + "\\n")
        raise OSError(f"a connection to {host} was refused: reports are made without a network")
    return _connect(self, address)


socket.socket.connect = connect
'''


@dataclass(frozen=True)
class Made:
    """What the runs of this session left."""

    out: Path
    corpus: Path
    notebook: Path
    calls: Path
    outcomes: dict[str, Outcome]
    events: list[tuple[str, str]]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """Three reports: over all outlets, over one, and one whose last cell goes where it must not."""
    base = tmp_path_factory.mktemp("reports")
    (base / "guard").mkdir()
    (base / "guard" / "sitecustomize.py").write_text(_GUARD, encoding="utf-8")
    corpus = made_up.corpus(base / "corpus")
    notebook = made_up.notebook(base / "40-words.ipynb")
    stray = made_up.notebook(
        base / "90-stray.ipynb", last='import socket\nsocket.create_connection(("192.0.2.1", 80), timeout=1)'
    )
    events: list[tuple[str, str]] = []
    keep = {name: os.environ.get(name) for name in ("PYTHONPATH", "PARALLAX_TEST_CALLS")}
    os.environ["PYTHONPATH"] = str(base / "guard")
    os.environ["PARALLAX_TEST_CALLS"] = str(base / "calls.txt")
    if hasattr(forkserver, "_forkserver"):
        forkserver._forkserver._stop()  # one that earlier tests may have started is not on its guard
    try:
        work = jobs(
            [notebook],
            parameters={"corpus": str(corpus)},
            each={"outlets": [[], ["Harbour Gazette", "Tidewater Post"]]},
            out=base / "out",
        )
        work += jobs([stray], parameters={"corpus": str(corpus)}, out=base / "out")
        outcomes = run(
            work,
            workers=2,
            event=lambda job, outcome: events.append((job.slug, outcome.status if outcome else "begun")),
        )
        yield Made(
            base / "out", corpus, notebook, base / "calls.txt", {o.job.slug: o for o in outcomes}, events
        )
    finally:
        for name, value in keep.items():
            os.environ.pop(name, None) if value is None else os.environ.__setitem__(name, value)
