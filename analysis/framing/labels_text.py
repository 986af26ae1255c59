"""Labels without a parse: the word chosen, and by marks and statements whose choice it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from analysis.codebook import Codebook
from analysis.framing.attribution import FRAGMENT_WORDS
from analysis.framing.labels import label_matcher
from analysis.framing.quotation import Quotation, containing, quotations
from analysis.schemas import conform
from analysis.text.plain import PlainText


def annotate_labels_text(
    texts: Sequence[PlainText], *, statements: pl.DataFrame, codebook: Codebook
) -> pl.DataFrame:
    """Find the label chosen for each concept of the codebook (LAB1) without a parse, and whose voice it is in.

    Parameters
    ----------
    texts : sequence of PlainText
        Articles from `analysis.text.plain.read`.
    statements : polars.DataFrame
        The statements layer. Where it has no row for a passage, quotation marks decide; a label that a verb such as
        "call" gives to a thing outside of any statement counts as the outlet's.
    codebook : Codebook
        Whose concepts are looked for.

    Returns
    -------
    polars.DataFrame
        The ``labels`` layer, as `analysis.framing.annotate_labels` gives it.

    Notes
    -----
    Our definition, after the word choice and labelling of Hamborg (2023).

    Examples
    --------
    >>> from analysis.codebook import load
    >>> from analysis.text.plain import read
    >>> texts = read([{"article_id": "a", "body": "The “war” goes on."}])
    >>> found = annotate_labels_text(texts, statements=conform([], "statements"), codebook=load("general"))
    >>> found.select("label", "voice", "scare").rows()
    [('war', 'own', True)]
    """
    said: dict[str, list[dict[str, Any]]] = {}
    columns = ("article_id", "start", "end", "actor", "source", "form")
    for row in statements.select(columns).sort("article_id", "start", "end").iter_rows(named=True):
        if row["actor"] or row["source"]:
            said.setdefault(row["article_id"], []).append(row)
    rows = [row for text in texts for row in _labels(text, codebook, said.get(text.article_id, []))]
    return conform(rows, "labels").sort("article_id", "start", "end", "concept", "label")


def _labels(
    text: PlainText, codebook: Codebook, said: Sequence[Mapping[str, Any]]
) -> Iterator[Mapping[str, Any]]:
    matches = label_matcher(codebook).find(text.body)
    marks = quotations(text.body) if matches else []
    for match in matches:
        choice = match.value
        assert choice is not None
        voice, speaker, marked = _voice(text.body, match.start, match.end, marks, said)
        yield {
            "article_id": text.article_id,
            "start": match.start,
            "end": match.end,
            "surface": text.body[match.start : match.end],
            "concept": choice.concept,  # type: ignore[attr-defined]
            "label": choice.label,  # type: ignore[attr-defined]
            "voice": voice,
            "speaker": speaker,
            "scare": voice == "own" and marked > 0,
            "sentence": text.sentence(match.start),
        }


def _voice(
    body: str, start: int, end: int, marks: list[Quotation], said: Sequence[Mapping[str, Any]]
) -> tuple[str, str, int]:
    """Say whose words a span is in, who speaks, and how many words stand between the marks around it."""
    mark = containing(marks, start, end)
    words = len(body[mark.start : mark.end].split()) if mark else 0
    holding = [row for row in said if row["start"] <= start and end <= row["end"]]
    if holding:
        row = min(holding, key=lambda row: (row["end"] - row["start"], row["start"]))
        spoken = mark is not None or row["form"] == "direct"
        return "quoted" if spoken else "reported", str(row["actor"] or row["source"]), words
    if mark is not None:
        sentence = body[mark.start : mark.end].rstrip()[-1:] in {".", "!", "?", ","}
        if words > FRAGMENT_WORDS or sentence:
            return "quoted", "", words
    return "own", "", words
