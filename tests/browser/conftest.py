"""The pages a real browser looks at."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from jupyter_served import Lab, served

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "reports"))


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of reports over made-up articles, one of which failed."""
    import made_up

    from analysis.reports import jobs, run

    base = tmp_path_factory.mktemp("browser")
    corpus = made_up.corpus(base / "corpus")
    notebook = made_up.notebook(base / "40-words.ipynb")
    broken = made_up.notebook(base / "90-broken.ipynb", last="raise ValueError('<b>no</b> ferry today')")
    work = jobs([notebook, broken], parameters={"corpus": str(corpus)}, out=base / "out")
    outcomes = run(work, workers=2)
    assert [outcome.status for outcome in outcomes] == ["done", "failed"], outcomes
    return base / "out"


@pytest.fixture(scope="session")
def real_pages() -> Path:
    """The reports that `make reports` has left, or those of the folder that PARALLAX_REPORTS names."""
    folder = Path(os.environ.get("PARALLAX_REPORTS") or ROOT / "reports").resolve()
    if not (folder / "index.html").is_file():
        pytest.skip("there are no reports yet (make reports)")
    return folder


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A JupyterLab over an empty folder, into which tests lay what they open."""
    if shutil.which("chromium") is None and shutil.which("chromium-browser") is None:
        pytest.skip("chromium is not installed (apt-get install chromium)")
    with served(tmp_path_factory.mktemp("lab")) as started:
        yield started
