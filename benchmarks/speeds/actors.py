"""The layers mentions, statements and actions of parsed articles, beside the bare spaCy pipeline that parses them."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from analysis.language import Parse

ARTICLES = 200
# the layers may cost a quarter of the parse they are made from
TARGETS = {"spaCy": 4}


def prepare(articles: pl.DataFrame) -> Sequence[Parse]:
    from analysis import actors, codebook, language
    from analysis.schemas import conform

    parses = list(language.parse(articles.select("article_id", "body").to_dicts()))
    actors.annotate_mentions(parses[:2], places=conform([], "places"), codebook=codebook.load("general"))
    return parses


def ours(parses: Sequence[Parse]) -> str:
    from analysis import actors, codebook
    from analysis.schemas import conform

    book = codebook.load("general")
    mentions = actors.annotate_mentions(parses, places=conform([], "places"), codebook=book)
    statements = actors.annotate_statements(parses, mentions=mentions, codebook=book)
    actions = actors.annotate_actions(parses, mentions=mentions, statements=statements, codebook=book)
    return f"{mentions.height} mentions, {statements.height} statements, {actions.height} actions"


def spacy(parses: Sequence[Parse]) -> str:
    from analysis import language

    docs = [item.doc for item in language.parse([dict(item.article) for item in parses])]
    return f"{sum(len(doc) for doc in docs)} tokens"


CONTENDERS = {"parallax": ours, "spaCy": spacy}
