"""A lesson as a learner meets it: in a real JupyterLab, in a real browser."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from analysis.workshop import make, teaching_corpus

pytestmark = pytest.mark.browser
WAIT = 120_000  # milliseconds; a busy machine starts a kernel slowly


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """JupyterLab over a folder with the learners' copy of lesson 3; its address, with %s for the file."""
    base = tmp_path_factory.mktemp("lesson")
    teaching_corpus()  # annotated once, before the kernel asks for it
    make(3, base / "handouts")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    token = secrets.token_hex(16)
    quiet = {name: str(base / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "HOME")}
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", f"--port={port}", "--allow-root"]
    command += [f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={base / 'handouts'}"]
    with (base / "log").open("w") as log:
        server = subprocess.Popen(command, env={**os.environ, **quiet}, stdout=log, stderr=log)
    try:
        for _ in range(90):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/api?token={token}").close()
                break
            except urllib.error.URLError:
                time.sleep(1)
        yield f"http://127.0.0.1:{port}/lab/tree/%s?token={token}"
    finally:
        server.terminate()
        server.wait(timeout=30)


def test_a_learner_runs_a_lesson_opens_a_hint_and_is_told_what_is_wrong(lab: str, chromium: Any) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 1000})
    page.goto(lab % "3-name.ipynb")
    page.wait_for_selector(".jp-Notebook", timeout=WAIT)
    page.locator("h1", has_text="Lesson 3: Name").first.wait_for(timeout=WAIT)
    # the kernel is there when the status line says that it idles
    page.locator("text=Python 3 (ipykernel) | Idle").first.wait_for(timeout=WAIT)
    page.keyboard.press("Escape")
    page.locator(".lm-MenuBar-item", has_text="Run").first.click()
    page.click("text=Run All Cells")
    page.locator("div[role=status]", has_text="There is no answer yet").first.wait_for(timeout=WAIT)

    hint = page.locator("summary", has_text="Hint 1").first
    hint.scroll_into_view_if_needed()
    assert not page.locator("details p").first.is_visible()
    hint.click()
    assert page.locator("details p").first.is_visible()

    cell = page.locator(".jp-CodeCell", has_text="YOUR CODE HERE").first
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.type('spellings = ["Zelensky", "He"]')
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Shift+Enter")
    verdict = page.locator("div[role=status]", has_text="no spelling of his name").first
    verdict.wait_for(timeout=WAIT)
    assert "missing" in verdict.inner_text()
    page.close()
