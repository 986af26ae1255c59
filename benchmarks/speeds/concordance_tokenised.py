"""All hits of a common word, ours from raw text, NLTK's from tokens that were made before the clock started."""

from __future__ import annotations

import polars as pl

from analysis.text.concordance import concordance
from analysis.text.tokens import tokenise

WORD, PHRASE = "election", '"red lines"'
TARGETS = {"NLTK, tokens given": 20}
LIMITS = {"parallax, a rare phrase": 0.3}


def prepare(articles: pl.DataFrame) -> tuple[pl.DataFrame, list[str]]:
    return articles, tokenise(articles)["token"].to_list()


def ours(given: tuple[pl.DataFrame, list[str]]) -> str:
    return f"{len(concordance(given[0], WORD))} hits"


def phrase(given: tuple[pl.DataFrame, list[str]]) -> str:
    return f"{len(concordance(given[0], PHRASE))} hits"


def nltk(given: tuple[pl.DataFrame, list[str]]) -> str:
    from nltk.text import Text

    return f"{len(Text(given[1]).concordance_list(WORD, width=120, lines=10**9))} hits"


CONTENDERS = {"parallax": ours, "parallax, a rare phrase": phrase, "NLTK, tokens given": nltk}
