"""docs/measures.md names every measure, and nothing that is no measure."""

from __future__ import annotations

import importlib
import inspect
import re
from pathlib import Path

import pytest

ROOMS = {
    "agreement", "association", "averages", "collocation", "concordance", "dispersion", "diversity", "estimates", "frequencies", "intervals",
    "keyness", "readability", "similarity", "trend",
}  # fmt: skip
HELPERS = {"frequencies.as_counts"}


def public() -> set[str]:
    names = set()
    for room in ROOMS:
        module = importlib.import_module(f"analysis.text.{room}")
        for name, thing in vars(module).items():
            if inspect.isfunction(thing) and thing.__module__ == module.__name__ and not name.startswith("_"):
                names.add(f"{room}.{name}")
    return names - HELPERS


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / "docs" / "measures.md").read_text(encoding="utf-8")


def test_every_measure_has_its_line_and_every_line_its_measure(page: str) -> None:
    text = page.split("\n## Text\n")[1].split("\n## ")[0]
    named = set(re.findall(r"^\| `(\w+\.\w+)`", text, flags=re.MULTILINE))
    assert named == public(), (
        f"without a line: {sorted(public() - named)}; without a function: {sorted(named - public())}"
    )


def test_the_other_subjects_have_their_sections(page: str) -> None:
    for subject in ("Actors", "Places", "Framing", "Stories"):
        assert f"\n## {subject}\n" in page


@pytest.mark.parametrize("name", sorted(public()))
def test_every_measure_has_an_example_or_says_what_it_returns(name: str) -> None:
    room, function = name.split(".")
    text = inspect.getdoc(getattr(importlib.import_module(f"analysis.text.{room}"), function)) or ""
    assert "Examples" in text or "Returns" in text or len(text.splitlines()) == 1
