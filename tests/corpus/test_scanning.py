"""A part of a corpus: its layers follow, and what holds for the whole corpus stays."""

from __future__ import annotations

import pandas as pd
import polars as pl
import pytest

from analysis import Corpus
from analysis.errors import StoreError
from analysis.schemas import conform


@pytest.fixture
def corpus() -> Corpus:
    articles = pd.DataFrame(
        {
            "article_id": ["b", "a"],
            "outlet": ["Quay Star", "Hill Post"],
            "kind": "original",
            "published": pd.NaT,
            "published_until": pd.NaT,
        }
    )
    spans = [{"article_id": key, "start": at, "end": at + 2} for key, at in (("a", 9), ("b", 3), ("a", 0))]
    names = [
        {"article_id": key, "surface": "Lund", "actor": "Mira Lund", "merged": True} for key in ("", "a", "b")
    ]
    layers = {"sentences": conform(spans, "sentences"), "aliases": conform(names, "aliases")}
    return Corpus(articles, pd.DataFrame(), layers=layers)


def test_rows_come_in_the_order_of_the_articles_and_of_the_text(corpus: Corpus) -> None:
    found = corpus.layer("sentences")
    assert list(zip(found["article_id"], found["start"], strict=True)) == [("b", 3), ("a", 0), ("a", 9)]


def test_a_part_keeps_its_rows_and_the_rows_of_the_ledger_that_hold_for_all(corpus: Corpus) -> None:
    part = corpus.select(outlets="Hill Post")
    assert part.layer("sentences")["start"].tolist() == [0, 9]
    assert part.scan("aliases").collect()["article_id"].fill_null("").to_list() == ["", "a"]


def test_an_unknown_layer_and_one_that_is_not_there_yet_are_told_apart(corpus: Corpus) -> None:
    with pytest.raises(StoreError, match="no layer 'mention'; did you mean 'mentions'"):
        corpus.layer("mention")
    with pytest.raises(StoreError, match="read but not annotated"):
        corpus.layer("mentions")
    assert isinstance(corpus.scan("sentences"), pl.LazyFrame)
