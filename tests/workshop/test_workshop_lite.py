"""The lessons as a site for browsers: without its packages it says so; with them it opens and asks nobody."""

from __future__ import annotations

import functools
import http.server
import importlib.util
import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from analysis.corpus.corpus import Corpus
from analysis.workshop import teaching, teaching_corpus

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "scripts" / "make_lite.py"
THERE = importlib.util.find_spec("jupyterlite_core") and importlib.util.find_spec(
    "jupyterlite_pyodide_kernel"
)


@pytest.mark.skipif(bool(THERE), reason="the packages of the site are installed")
def test_without_its_packages_the_site_says_what_to_install() -> None:
    done = subprocess.run([sys.executable, SCRIPT], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "uv pip install jupyterlite-core jupyterlite-pyodide-kernel" in done.stderr
    assert "Traceback" not in done.stderr


def test_layers_made_beforehand_are_opened_as_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shutil

    made = teaching_corpus()
    shutil.copytree(ROOT / "seeds" / "teaching", tmp_path / "seeds" / "teaching")
    shutil.copytree(made.store_url, tmp_path / teaching.PREPARED)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("analysis.annotation.open_corpus", lambda *given, **options: pytest.fail("annotated"))
    again = teaching_corpus()
    assert isinstance(again, Corpus)
    assert again.store_url != made.store_url
    assert len(again.layer("places")) == len(made.layer("places"))


@pytest.mark.browser
@pytest.mark.skipif(not THERE, reason="jupyterlite is not installed: it is an extra (pip install '.[lite]')")
def test_the_site_opens_and_asks_no_other_machine(tmp_path: Path, chromium: Any) -> None:
    site = tmp_path / "site"
    subprocess.run([sys.executable, SCRIPT, "--out", site], cwd=ROOT, check=True, capture_output=True)
    lesson = json.loads((site / "files" / "2-count.ipynb").read_text(encoding="utf-8"))
    assert [cell["id"] for cell in lesson["cells"] if cell["cell_type"] == "code"][:2] == [
        "lite-setup",
        "load",
    ]
    assert not list((site / "files").glob("*.teacher.ipynb"))
    assert (site / "files" / teaching.PREPARED / "store.json").is_file()
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=site)
    page = chromium.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        home = f"http://127.0.0.1:{server.server_address[1]}"
        page.goto(f"{home}/lab/index.html?path=2-count.ipynb")
        page.locator("h1", has_text="Lesson 2: Count").first.wait_for(timeout=60_000)
        page.close()
        server.shutdown()
    # the kernel is another matter: it comes from the site only where a distribution of Python was laid into it
    assert [
        url for url in asked if not url.startswith((home, "blob:", "data:")) and "pyodide" not in url
    ] == []
