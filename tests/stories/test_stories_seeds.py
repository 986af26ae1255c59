"""The five real articles: one campaign and one that stands apart, two of them with facts in common."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import analysis
from analysis import stories
from analysis.corpus.corpus import Corpus

pytestmark = pytest.mark.seeds


@pytest.fixture(scope="module")
def corpus(real_seeds: Path, tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return analysis.annotate(real_seeds, store=tmp_path_factory.mktemp("seeds"), codebook="ukraine-war")


@pytest.fixture(scope="module")
def number(corpus: Corpus) -> pd.Series:
    """The number that each file's name begins with, by article."""
    return corpus.articles.set_index("article_id")["path"].str[:3]


def test_the_incursion_stands_apart_from_the_campaign(corpus: Corpus, number: pd.Series) -> None:
    links = stories.link(corpus.articles, mentions=corpus.layer("mentions"), places=corpus.layer("places"))
    groups = links.assign(number=links["article_id"].map(number)).groupby("story")["number"].agg(set).tolist()
    assert {"001"} in groups


def test_two_rewritten_articles_share_the_prisoner_and_the_remark(corpus: Corpus, number: pd.Series) -> None:
    two = number[number.isin(["003", "004"])].index
    links = pd.DataFrame({"article_id": two, "story": "one", "belongs": 1.0})
    layers = {name: corpus.layer(name) for name in ("statements", "sentences")}
    matrix = stories.fact_matrix(corpus.articles, links, layers, story="one")
    facts = " ".join(matrix.loc[matrix["kind"] == "statement", "fact"]).lower()
    assert "video" in facts
    assert "shoigu" in facts


def test_the_numbers_of_the_seeds_are_in_the_ledger(corpus: Corpus, number: pd.Series) -> None:
    ledger = corpus.layer("quantities").assign(number=lambda rows: rows["article_id"].map(number))
    flagged = ledger[ledger["flag"] != ""]
    assert flagged[["number", "low"]].to_numpy().tolist() == [["003", 1060.0]]
    assert flagged["verified"].str.contains("could not be independently verified").all()
    assert not (ledger["low"] == 155).any()
    assert {11_000.0, 121_000.0, 53_000.0, 600.0, 1250.0, 20.0, 80.0} <= set(ledger["low"])
    between = ledger[(ledger["low"] == 12_000) & (ledger["high"] == 20_000)]
    assert between["claimant"].str.contains("Prigozhin").all()
    assert len(between) == 1


def test_every_quantity_has_its_claimant(corpus: Corpus, number: pd.Series) -> None:
    """Listed by reading the five texts: file, value, a word of the claimant's name; empty for the outlet itself."""
    read = [
        *[("000", 1, ""), ("000", 100, "")],
        *[("001", 90, ""), ("001", 1250, "Zelensky"), ("001", 53_000, "officials"), ("001", 600, "Dobriak")],
        *[
            ("001", 10, "Dobriak"),
            ("001", 6, "Dobriak"),
            ("001", 121_000, "ministry"),
            ("001", 9, "ministry"),
        ],
        *[
            ("002", 2, ""),
            ("002", 2, "Peskov"),
            ("002", 40, "Peskov"),
            ("002", 4, ""),
            ("002", 80, "Prigozhin"),
        ],
        *[("003", 9, ""), ("003", 40, "Shoigu"), ("003", 11_000, "Shoigu"), ("003", 1060, "General Staff")],
        *[("003", 20, ""), ("003", 1, "Danilov")],
        *[("004", 80_000, ""), ("004", 2e6, ""), ("004", 12_000, "Prigozhin"), ("004", 1e9, "")],
        ("004", 2000, "supporters"),
    ]
    ledger = corpus.layer("quantities").assign(number=lambda rows: rows["article_id"].map(number))
    found = ledger.sort_values(["number", "start"])[["number", "low", "claimant"]].to_numpy().tolist()
    assert [(file, low) for file, low, _ in found] == [(file, low) for file, low, _ in read]
    for (_, _, claimant), (_, _, word) in zip(found, read, strict=True):
        assert word in claimant
        assert bool(word) == bool(claimant)


def test_the_rewritten_article_with_several_signs_is_suspected(corpus: Corpus, number: pd.Series) -> None:
    signs = stories.rewriting_signs(
        corpus.articles, corpus.layer("sentences"), mentions=corpus.layer("mentions")
    )
    assert "004" in set(stories.suspects(signs)["article_id"].map(number))
    assert set(signs["article_id"].map(number)) <= {"003", "004"}
