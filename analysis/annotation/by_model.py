"""The model engine: spaCy parses the bodies, the subjects annotate the parse."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

import polars as pl

from analysis import language

ABSENT: dict[str, str] = {}
AT_ONCE = 16
"""Articles parsed before their parses are let go; a multiple of the parser's own batches."""


def memory(settings: Any) -> AbstractContextManager[None]:
    """Hold what a chunk needs only while it is worked on."""
    return language.memory(settings.model)


def read(rows: list[dict[str, Any]], tokens: pl.DataFrame, settings: Any) -> list[language.Parse]:
    """Parse the articles, or rebuild the parse of those whose tokens are at hand."""
    at_hand = tokens.partition_by("article_id", as_dict=True)
    new = [row for row in rows if (row["article_id"],) not in at_hand]
    fresh = iter(list(language.parse(new, model=settings.model)))
    return [
        language.rebuild(row, at_hand[(row["article_id"],)], model=settings.model)
        if (row["article_id"],) in at_hand
        else next(fresh)
        for row in rows
    ]


def tables(read: list[language.Parse]) -> dict[str, pl.DataFrame]:
    """Give what is kept of the parses."""
    return {"sentences": language.sentences_table(read), "tokens": language.tokens_table(read)}


def layers(read: list[language.Parse], codebook: Any, settings: Any) -> dict[str, pl.DataFrame]:
    """Let the subjects annotate, in the order in which they need one another."""
    from analysis import actors, framing, stories

    found, mentions = names(read, codebook, settings)
    statements = actors.annotate_statements(read, mentions=mentions, codebook=codebook)
    return {
        "places": found,
        "mentions": mentions,
        "statements": statements,
        "actions": actors.annotate_actions(read, mentions=mentions, statements=statements, codebook=codebook),
        "labels": framing.annotate_labels(read, statements=statements, codebook=codebook),
        "harms": framing.annotate_harms(
            read, mentions=mentions, statements=statements, codebook=codebook, places=found
        ),
        "tone": framing.annotate_tone(read, mentions=mentions),
        "quantities": stories.annotate_quantities(read, places=found, statements=statements),
    }


def names(read: list[language.Parse], codebook: Any, settings: Any) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Find places, and actors who are no places."""
    from analysis import actors, places

    found = places.annotate(read, overrides=settings.places)
    return found, actors.annotate_mentions(read, places=found, codebook=codebook)
