"""Cleaning of pasted pages: which lines are the article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from analysis.corpus.cleaning import clean

SHOW = ("lines.f1", "chars.f1", "chars.page_f1", "shingles.f1")


def predict(inputs: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Clean each page by itself; the lines are joined as a person's paste would have them."""
    for row in inputs:
        lines = clean("\n".join(row["lines"]))
        kept = [number - 1 for number, keep in zip(lines["line"], lines["kept"], strict=True) if keep]
        yield {"id": row["id"], "keep": kept}


def predict_html(inputs: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Extract the text of each page from its markup."""
    import trafilatura

    for row in inputs:
        text = trafilatura.extract(
            row["html"], include_comments=False, include_tables=False, favor_precision=False
        )
        yield {"id": row["id"], "text": text or ""}
