"""Place names found, resolved and given a role, beside a language model that finds them only.

Ours reads plain text (the rules engine's lane); the model's entities would still have to be looked up and resolved.
A megabyte of text in a third of a second is the aim: three megabytes a second on one core.
"""

from __future__ import annotations

from typing import Any

import polars as pl

ARTICLES = 340  # about two million characters


def prepare(articles: pl.DataFrame) -> list[dict[str, Any]]:
    return articles.select("article_id", "body").to_dicts()


def ours(rows: list[dict[str, Any]]) -> int:
    """Find and resolve; the gazetteer is loaded on the clock."""
    from analysis.places import annotate_text

    return annotate_text(rows).height


def spacy_entities(rows: list[dict[str, Any]]) -> int:
    """Find geopolitical entities with the small English model, entity recogniser only."""
    import spacy

    from analysis.language import MODELS

    model = spacy.load(MODELS[0], exclude=["tagger", "parser", "attribute_ruler", "lemmatizer", "tok2vec"])
    labels = ("GPE", "LOC", "FAC", "NORP")
    return sum(
        sum(ent.label_ in labels for ent in doc.ents) for doc in model.pipe(row["body"] for row in rows)
    )


CONTENDERS = {"analysis.places": ours, "spaCy entities": spacy_entities}
TARGETS = {"spaCy entities": 10.0}
LIMITS = {"analysis.places": 2.0}
