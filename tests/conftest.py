"""What every test may use: where the real seeds lie, and a quiet matplotlib."""

from __future__ import annotations

from pathlib import Path

import pytest

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
