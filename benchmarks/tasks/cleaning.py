"""Cleaning of pasted pages: which lines are the article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from analysis.corpus.cleaning import body_of, clean
from analysis.corpus.reading import readers
from analysis.corpus.reading.model import File, Found, Options, Source

SHOW = ("lines.f1", "chars.f1", "chars.page_f1", "shingles.f1")


def predict(inputs: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Clean each page by itself; the lines are joined as a person's paste would have them."""
    for row in inputs:
        lines = clean("\n".join(row["lines"]))
        kept = [number - 1 for number, keep in zip(lines["line"], lines["kept"], strict=True) if keep]
        yield {"id": row["id"], "keep": kept}


def predict_html(inputs: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Read each page as the kit reads a saved page: the reader's text, then cleaned."""
    read = readers()[".html"]
    for row in inputs:
        file = File(f"{row['id']}.html", lambda page=row["html"]: BytesIO(page), len(row["html"]))  # type: ignore[misc]
        texts = [
            body_of(clean(found.text, headline=found.fields.get("headline", Found("", "")).value))
            for found in read(file, Options())
            if isinstance(found, Source)
        ]
        yield {"id": row["id"], "text": "\n".join(texts)}
