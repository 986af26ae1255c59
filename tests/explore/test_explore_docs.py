"""What docs/explore.md shows is what comes out; only the decimals of estimates are left to the page."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pandas as pd

import analysis
from analysis.workshop import teaching_corpus


def shown(page: str) -> list[tuple[str, list[str]]]:
    """Give each line of code of the page with the words of its output."""
    made: list[tuple[str, list[str]]] = []
    for line in page.splitlines():
        if line.startswith("    >>> "):
            made.append((line.removeprefix("    >>> "), []))
        elif made and line.startswith("    "):
            made[-1][1].extend(line.split())
        elif made and made[-1][0]:
            made.append(("", []))  # prose ends an output
    return [(code, words) for code, words in made if code]


def said(code: str, names: dict[str, Any]) -> list[str]:
    """Run a line and give the words it would show."""
    try:
        if isinstance(ast.parse(code).body[0], ast.Assign):
            exec(code, names)
            return []
        value = eval(code, names)
    except (analysis.AnalysisError, AttributeError) as error:
        return f"{type(error).__name__}: {error}".split()
    if isinstance(value, pd.DataFrame):
        return value.to_string(index=False).split()
    return repr(value).split()


def test_every_output_of_the_page_is_what_comes_out(root: Path) -> None:
    names: dict[str, Any] = {"news": teaching_corpus(), "analysis": analysis}
    lines = shown((root / "docs" / "explore.md").read_text(encoding="utf-8"))
    assert len(lines) > 7
    for code, words in lines:
        found = said(code, names)
        assert not words or _but_decimals(found) == _but_decimals(words), code


def _but_decimals(words: list[str]) -> list[str]:
    return ["·" if re.fullmatch(r"-?\d+\.\d+", word) else word for word in words]
