"""Kernels that are forks: fresh, interruptible, gone with the process that asked for them; and what is loaded ahead."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import made_up
import pytest

from analysis.reports import jobs, kernels, run

linux = pytest.mark.skipif(not kernels.WARM, reason="kernels are forked on Linux only")

LOADED = """
import sys, pathlib
import analysis.reports.preloaded
threads = [(one / "comm").read_text().strip() for one in pathlib.Path("/proc/self/task").iterdir()]
print(sorted(name for name in threads if name.startswith(("polars-0", "async-exec", "tokio"))))
print([name for name in ("spacy", "sklearn", "nltk", "scipy.stats") if name in sys.modules])
missing = [name for name in analysis.reports.preloaded.MODULES if name not in sys.modules]
print(missing)
"""


@linux
def test_what_is_loaded_ahead_is_there_has_started_no_work_and_leaves_the_slow_out() -> None:
    said = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    assert said.stdout.splitlines() == ["[]", "[]", "[]"]


@linux
def test_a_spare_process_ends_with_the_one_that_made_it() -> None:
    code = "from analysis.reports.kernels import Spare; print(Spare().pid)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    for _ in range(100):
        try:
            os.kill(int(said.stdout), 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    pytest.fail("the spare process is still there")


@linux
def test_a_report_whose_process_is_ended_from_outside_fails_alone(tmp_path: Path) -> None:
    corpus = made_up.corpus(tmp_path / "corpus")
    sound = made_up.notebook(tmp_path / "10-sound.ipynb", last="import os\nos.environ['LEFT_BEHIND'] = 'yes'")
    ended = made_up.notebook(tmp_path / "20-ended.ipynb", last="import os\nos.kill(os.getppid(), 9)")
    after = made_up.notebook(
        tmp_path / "30-after.ipynb", last="import os\nassert 'LEFT_BEHIND' not in os.environ"
    )
    made = run(
        jobs([sound, ended, after], parameters={"corpus": str(corpus)}, out=tmp_path / "out"), workers=1
    )
    assert [outcome.status for outcome in made] == ["done", "failed", "done"]
    assert "ended from outside" in made[1].message


def test_a_cell_that_takes_too_long_is_interrupted_and_named(tmp_path: Path) -> None:
    corpus = made_up.corpus(tmp_path / "corpus")
    endless = made_up.notebook(tmp_path / "10-endless.ipynb", last="while True:\n    pass")
    code = (
        "from analysis.reports import execute, jobs\n"
        "execute._TIMEOUT = 2\n"
        f"job = jobs([{str(endless)!r}], parameters={{'corpus': {str(corpus)!r}}}, out={str(tmp_path)!r})[0]\n"
        "from analysis.reports import kernels, manifest\n"
        "spare = kernels.Spare() if kernels.WARM else None\n"
        "print(execute.make(job, manifest.ingredients(job), spare=spare).message)"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment, timeout=120
    )
    assert "KeyboardInterrupt" in said.stdout or "timed out" in said.stdout.lower()
