"""What is too large for memory goes to a file, and nothing else changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pytest

from analysis.text import batches, draws, shelf, termcounts
from analysis.text.batches import Articles
from analysis.text.collocation import collocates, collocations
from analysis.text.counts import count
from analysis.text.dispersion import dispersion
from analysis.text.frequencies import frequencies
from analysis.text.keyness import keyness
from analysis.text.similarity import similarity, word_shift

LISTED = pd.DataFrame({"form": ["the", "said", "never"], "n": [500, 20, 40]})
MEASURES: dict[str, Callable[[Articles], pd.DataFrame]] = {
    "frequencies": frequencies,
    "dispersion": dispersion,
    "keyness": lambda articles: keyness(articles, resamples=100),
    "keyness against a list": lambda articles: keyness(articles, reference=LISTED, resamples=100),
    "collocates": lambda articles: collocates(articles, "operation"),
    "collocations": collocations,
    "similarity": lambda articles: similarity(articles, resamples=20),
    "word shift": lambda articles: word_shift(articles, "Tarsk Today", "Lakeside Herald"),
}


@pytest.mark.parametrize("measure", MEASURES)
def test_counts_in_a_file_give_the_same_table(
    articles: pd.DataFrame, measure: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = MEASURES[measure](articles)
    monkeypatch.setattr(shelf, "IN_MEMORY", 0)
    monkeypatch.setattr(termcounts, "_BLOCK", 7)
    monkeypatch.setattr(draws, "_BLOCK", 9)
    monkeypatch.setattr(draws, "_PIECE", 6)
    pd.testing.assert_frame_equal(MEASURES[measure](articles), before, rtol=1e-5)


def test_counts_in_a_file_are_read_piece_by_piece(
    articles: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = count(articles)
    monkeypatch.setattr(shelf, "IN_MEMORY", 0)
    filed = count(pl.from_pandas(articles).sample(fraction=1, shuffle=True, seed=3))
    assert filed.articles.equals(whole.articles)
    assert filed.forms.equals(whole.forms)
    assert (filed.matrix != whole.matrix).nnz == 0
    assert filed.articles["n_tokens"].sum() == sum(total.n.sum() for total in filed.totals.values())
    assert [rows for rows, _ in filed.blocks()] == [slice(0, len(articles))]


def test_a_shelf_keeps_what_is_put_on_it() -> None:
    small = shelf.Shelf(room=100)
    kept = [small.keep(np.arange(20, dtype=np.int32)) for _ in range(4)]
    small.rest()
    assert all(part.tolist() == list(range(20)) for part in kept)
    assert small.keep(np.empty(0, dtype=np.int32)).size == 0


@pytest.mark.parametrize("measure", MEASURES)
def test_shards_of_a_store_give_the_same_table(
    articles: pd.DataFrame, measure: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = MEASURES[measure](articles)
    monkeypatch.setattr(batches, "_READ", 5)
    paths = [tmp_path / f"{number}.parquet" for number in range(3)]
    # which shard an article lies in says nothing about its place in the corpus
    for number, path in enumerate(paths):
        articles[number::3].to_parquet(path)
    pd.testing.assert_frame_equal(MEASURES[measure](paths[::-1]), before)


def test_shards_and_a_frame_give_the_same_counts(articles: pd.DataFrame, tmp_path: Path) -> None:
    paths = []
    for number, part in enumerate((articles[:9], articles[9:30], articles[30:])):
        paths.append(tmp_path / f"{number}.parquet")
        part.to_parquet(paths[-1])
    assert count(paths).table().equals(count(articles).table())
