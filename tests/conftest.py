"""What every test may use: where the real seeds and the gold data lie, and a real browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# machines are shared and noisy: how long one example takes says nothing of the code
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
# rooms have fixtures of their own; as modules of the same name they cannot be looked through for doctests
collect_ignore_glob = ["conftest.py", "*/conftest.py"]


@pytest.fixture(scope="session")
def root() -> Path:
    """The top folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def real_seeds() -> Path:
    """The folder of the five real articles, which are not part of the project."""
    folder = SHARED / "seeds"
    if not folder.is_dir():
        pytest.skip("the five real articles are not beside this checkout (../shared/seeds)")
    return folder


@pytest.fixture(scope="session")
def benchmark_data() -> Path:
    """The folder of gold data, which is not part of the project."""
    folder = SHARED / "benchmarks"
    if not folder.is_dir():
        pytest.skip("the gold data are not beside this checkout (../shared/benchmarks)")
    return folder


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Debian's chromium, driven by Playwright."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("chromium is not installed (apt-get install chromium)")
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, as the installed package bundles it."""
    package = pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    return (Path(package.__path__[0]) / "axe.min.js").read_text(encoding="utf-8")
