"""Measures over frames: sizes, intervals, and what an empty layer gives."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis import actors
from analysis.actors import claims


@pytest.fixture
def articles() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "article_id": list("abcd"),
            "outlet": ["East", "East", "West", "West"],
            "headline": ["Lund resigns", "Rain", "", "Lund again"],
            "body": [
                "Mira Lund spoke.\nThen it rained.",
                "Rain.\nMira Lund left.",
                "Nothing.",
                "Lund.\nLund.",
            ],
        }
    )


@pytest.fixture
def mentions() -> pd.DataFrame:
    rows = [
        ("a", 0, "Mira Lund", "model", 0),
        ("b", 6, "Mira Lund", "model", 1),
        ("b", 16, "he", "pronoun: he", 1),
        ("d", 0, "Lund", "model", 0),
        ("d", 6, "Lund", "model", 1),
    ]
    frame = pd.DataFrame(rows, columns=["article_id", "start", "surface", "rule", "sentence"])
    return frame.assign(actor="Mira Lund", end=frame["start"] + frame["surface"].str.len())


def test_prominence_with_and_without_pronouns(mentions, articles):
    plain = actors.mention_shares(mentions, articles)
    full = actors.mention_shares(mentions, articles, resolved=True)
    assert (plain["n"].sum(), full["n"].sum()) == (4, 5)
    share = actors.article_shares(mentions, articles).set_index("group")["k"]
    assert share.to_dict() == {"East": 2, "West": 1}


def test_headline_and_lede(mentions, articles):
    found = actors.positions(mentions, articles)
    assert found["headline"].set_index("group")["k"].to_dict() == {"East": 1, "West": 1}
    assert found["lede"].set_index("group")["k"].to_dict() == {"East": 1, "West": 1}


def test_depth_and_spellings(mentions, articles):
    deep = actors.depth(mentions, articles).set_index("group")
    assert deep.loc["East", "k"] == 2
    assert 0 <= deep.loc["West", "median"] <= 1
    spelled = actors.spellings(mentions, articles, actor="Mira Lund")
    assert set(spelled["item"]) == {"Mira Lund", "Lund"}


def test_effective_number_of_sources_lies_in_its_interval():
    articles = pd.DataFrame({"article_id": [f"a{n}" for n in range(12)], "outlet": "East"})
    rows = pd.DataFrame(
        {
            "article_id": [f"a{n % 12}" for n in range(36)],
            "statement": list(range(36)),
            "start": 0,
            "rule": "ccomp",
            "source": [f"source {n % 7}" for n in range(36)],
            "actor": "",
        }
    )
    row = actors.diversity(rows, articles).iloc[0]
    assert row["low"] <= row["effective"] <= row["high"]
    assert 6.5 < row["effective"] <= 7.0
    assert row["k_single"] == 0


def test_stances_and_nested_reports_are_not_counted(articles):
    rows = pd.DataFrame(
        {
            "article_id": ["a"] * 4,
            "statement": [0, 0, 1, 2],
            "start": [0, 9, 20, 30],
            "rule": ["ccomp", "ccomp", "stance: dobj", "inside a quotation: ccomp"],
            "side": ["east"] * 4,
            "cue_class": ["distancing"] * 4,
            "surface": ["We stay", "here", "x", "y"],
            "source_class": ["government"] * 4,
        }
    )
    assert len(actors.reported(rows)) == 1
    assert actors.source_shares(rows, articles, weight="words")["n"].max() == 3
    stance = actors.verb_stance(rows, articles)
    assert stance.loc[stance["item"] == "distancing", "k"].tolist() == [1]
    assert actors.verb_stance(rows.assign(side=""), articles).empty  # a codebook need not name sides


def test_agency_counts_and_matrix():
    rows = pd.DataFrame(
        {
            "article_id": ["a", "b", "b"],
            "start": [0, 1, 9],
            "end": [3, 4, 12],
            "agent": ["Lund", "Lund", "Lindt"],
            "patient": ["Lindt", "Lindt", "Lund"],
            "verb": ["accuse", "meet", "say"],
            "verb_class": ["accuse", "negotiate", ""],
            "negated": [False, True, False],
            "modal": ["", "", ""],
            "attributed": ["", "", ""],
        }
    )
    whom = actors.who_to_whom(rows)
    assert whom[["source", "target", "k"]].values.tolist() == [["Lund", "Lindt", 2]]
    assert actors.who_to_whom(rows, factual=True)["k"].tolist() == [1]
    profile = actors.acting(rows, actors=["Lund", "Lindt"]).set_index(["group", "item"])
    assert profile.loc[("Lindt", "is acted upon"), "k"] == 2
    assert profile.loc[("Lund", "acts"), "share"] == 1.0


def test_co_mentions_know_chance(mentions):
    more = pd.concat([mentions, mentions.assign(actor="Ivo Lindt")], ignore_index=True)
    ties = actors.co_mentions(more)
    assert ties["k"].tolist() == [4]
    assert ties["npmi"].tolist() == [1.0]


def test_claims_say_when_there_is_nothing(articles):
    empty = pd.DataFrame(columns=["group", "item", "k", "n", "share", "low", "high", "enough"])
    assert claims.largest(empty, says="{item}", nothing="Nobody") == "Nobody"
    assert claims.tie(pd.DataFrame(columns=["source", "target", "k"]), says="x", nothing="None") == "None"
    assert "Too few" in claims.contrast(
        pd.DataFrame({"article_id": ["a"], "actor": ["x"]}), articles, item="actor"
    )


def test_an_outlet_that_names_itself_is_no_actor_in_its_coverage():
    articles = pd.DataFrame(
        {
            "article_id": ["a", "b"],
            "outlet": ["Harbour Gazette (Web)", "Hill Post"],
            "body": ["x" * 40, "y" * 40],
        }
    )
    rows = pd.DataFrame(
        {
            "article_id": ["a", "a", "b"],
            "actor": ["Harbour Gazette", "Anna Lund", "Harbour Gazette"],
            "kind": ["organisation", "person", "organisation"],
            "rule": ["model"] * 3,
            "start": [0, 20, 5],
        }
    )
    counted = actors.article_shares(rows, articles).set_index(["group", "item"])["k"]
    assert counted["Harbour Gazette (Web)", "Harbour Gazette"] == 0
    assert counted["Hill Post", "Harbour Gazette"] == 1
    assert counted["Harbour Gazette (Web)", "Anna Lund"] == 1
