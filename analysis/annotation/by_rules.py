"""The rules engine: gazetteers, word lists and weights of single words read the text; nothing is parsed."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import polars as pl

from analysis.text import plain

ABSENT = {
    "actions": "who does what to whom needs the grammar of each sentence; read with the model engine to have it",
    "harms": "the voice harm is told in needs the grammar of each sentence; read with the model engine to have it",
    "tone": "the tone towards an actor is judged from the grammar of each sentence; read with the model engine to have it",
}
"""The layers that this engine does not make, each with the reason."""
AT_ONCE = 256


@contextmanager
def memory(settings: Any) -> Iterator[None]:
    """Look for no cycles while a chunk is worked on: to walk through the gazetteer for them takes a tenth of the time."""
    looked_for = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looked_for:
            gc.enable()


def read(rows: list[dict[str, Any]], tokens: pl.DataFrame, settings: Any) -> list[plain.PlainText]:
    """Find the sentences; that is faster than to look them up."""
    return plain.read(rows)


def tables(read: list[plain.PlainText]) -> dict[str, pl.DataFrame]:
    """Give what is kept of the reading."""
    return {"sentences": plain.sentences_table(read), "tokens": plain.tokens_table(read)}


def layers(read: list[plain.PlainText], codebook: Any, settings: Any) -> dict[str, pl.DataFrame]:
    """Let the subjects annotate, in the order in which they need one another."""
    from analysis import actors
    from analysis.framing.labels_text import annotate_labels_text
    from analysis.stories.quantities_text import annotate_quantities_text

    found, mentions = names(read, codebook, settings)
    statements = actors.annotate_statements_text(read, mentions=mentions, codebook=codebook)
    return {
        "places": found,
        "mentions": mentions,
        "statements": statements,
        "labels": annotate_labels_text(read, statements=statements, codebook=codebook),
        "quantities": annotate_quantities_text(read, places=found, statements=statements),
    }


def names(read: list[plain.PlainText], codebook: Any, settings: Any) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Find places, and actors who are no places."""
    from analysis import actors, places

    found = places.annotate_text(read, overrides=settings.places)
    return found, actors.annotate_mentions_text(read, places=found, codebook=codebook)
