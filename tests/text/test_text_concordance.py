from __future__ import annotations

from pathlib import Path

import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import MeasureError
from analysis.text.concordance import concordance
from analysis.text.counts import count
from analysis.text.tokens import tokenise
from analysis.text.trend import trend

BODY = (
    "Forces will withdraw. The US-led withdrawal crossed a red line; post-war “red lines” don’t hold, the U.S. told us.\n"
    "Red\nlines at Kharkiv’s front: Café war."
)
ONE = pd.DataFrame({"article_id": ["a"], "outlet": ["East"], "body": [BODY]})


def nodes(query: str, **options: object) -> list[str]:
    return concordance(ONE, query, **options)["node"].tolist()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("war", ["war"]),
        ("*war", ["post-war", "war"]),
        ("withdr*", ["withdraw", "withdrawal"]),
        ('"red lines"', ["red lines"]),
        ("red line*", ["red line", "red lines"]),
        ('"crossed * red"', ["crossed a red"]),
        ("don't", ["don’t"]),
        ("kharkiv", ["Kharkiv’s"]),
        ("US", ["U.S."]),
        ("u.s.", ["U.S."]),
        ("us", ["us"]),
        ("café", ["Café"]),
        ("/line[s;]/", ["line;", "lines", "lines"]),
        ("/Red/c", ["Red"]),
        ("withdraw | war", ["withdraw", "war"]),
        ("nothing", []),
    ],
)
def test_the_pattern_language(query: str, expected: list[str]) -> None:
    assert nodes(query) == expected


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("", "empty"),
        ('"red lines', "does not close"),
        ("/(/", "cannot be read"),
        ("/a*/", "met by nothing"),
        ("*", "every word"),
        ("lemma:withdraw", "needs the tokens layer"),
        ("@zelensky", "needs the mentions layer"),
        ("!!", "no word"),
    ],
)
def test_mistakes_in_a_query_are_named(query: str, message: str) -> None:
    with pytest.raises(MeasureError, match=message):
        nodes(query)


def test_a_query_is_cut_as_the_text_is() -> None:
    body = "AT&T and S&P 500 fell at 5 p.m., a Ph.D. told example.org."
    frame = pd.DataFrame({"article_id": ["a"], "body": [body]})
    for query in ("AT&T", "at&t", "s&p 500", "5 p.m.", "P.M.", "ph.d.", "Example.org"):
        assert len(concordance(frame, query, by=None)) == 1, query
    assert len(concordance(frame, "am | com | t", by=None)) == 0


def test_layers_answer_lemma_and_actor_queries() -> None:
    layer = pd.DataFrame(
        {"article_id": ["a", "a"], "start": [12, 30], "end": [20, 40], "lemma": ["withdraw", "withdrawal"]}
    )
    assert nodes("lemma:withdraw", tokens=layer) == ["withdraw"]
    mentions = pd.DataFrame({"article_id": ["a"], "start": [0], "end": [6], "actor": ["Volodymyr Zelensky"]})
    assert nodes("@zelensky", mentions=mentions) == ["Forces"]
    assert nodes("@volodymyr zelensky | us", mentions=mentions) == ["Forces", "us"]
    assert nodes("@putin", mentions=mentions) == []
    cabinet = mentions.assign(actor="Zelensky’s Cabinet")
    assert nodes("@zelensky", mentions=cabinet) == []
    assert nodes("@cabinet", mentions=cabinet) == ["Forces"]


def test_context_is_exact_and_never_cut(articles: pd.DataFrame) -> None:
    bodies = dict(zip(articles["article_id"], articles["body"], strict=True))
    for unit, window in (("words", 4), ("sentence", 0)):
        for row in concordance(articles, "the", unit=unit, window=window).itertuples():
            body = bodies[row.article_id]
            assert body[row.start : row.end] == row.node
            assert " ".join(body[row.context_start : row.start].split()) == row.left
            assert " ".join(body[row.end : row.context_end].split()) == row.right
            if unit == "words":
                assert len(row.left.split()) <= window + 1


def test_hits_agree_with_counts(articles: pd.DataFrame) -> None:
    counts = count(articles, by=None)
    n = dict(zip(counts.forms, counts.matrix.sum(axis=0), strict=True))
    for form in ("the", "tarsk", "u.s.", "un", "155mm", "20,000", "didn't"):
        assert len(concordance(articles, form)) == n[form], form


@given(
    st.lists(
        st.sampled_from(["war", "War’s", "post-war", "“war”", "warm", "U.S.", "us", "Café", "\n", "—"]),
        max_size=12,
    )
)
@settings(max_examples=80, deadline=None)
def test_a_word_query_finds_the_tokens_of_that_form(pieces: list[str]) -> None:
    frame = pl.DataFrame({"article_id": ["a"], "body": [" ".join(pieces)]})
    tokens = tokenise(frame)
    for form in ("war", "us", "u.s.", "café"):
        expected = tokens.filter(pl.col("form") == form).select("start", "end").rows()
        found = concordance(frame, form, by=None)
        assert list(zip(found["start"], found["end"], strict=True)) == expected


def test_sorting_sampling_and_sharding(articles: pd.DataFrame, tmp_path: Path) -> None:
    whole = concordance(articles, "the", sort="left", window=3)
    near = [left.lower().split()[::-1] for left in whole["left"]]
    assert [words[0] for words in near if words] == sorted(words[0] for words in near if words)
    drawn = concordance(articles, "the", sample=5)
    assert drawn.attrs == {
        "query": "the",
        "hits": len(whole),
        "articles": whole["article_id"].nunique(),
        "sampled": 5,
        "seed": 2026,
    }
    mixed = concordance(articles.sample(frac=1, random_state=4), "the", sample=5)
    columns = ["article_id", "start"]
    assert sorted(map(tuple, drawn[columns].to_numpy())) == sorted(map(tuple, mixed[columns].to_numpy()))
    pl.from_pandas(articles).write_parquet(tmp_path / "a.parquet")
    pd.testing.assert_frame_equal(
        concordance(articles, "red | war"), concordance(tmp_path / "a.parquet", "red | war")
    )
    with pytest.raises(MeasureError, match="at least one"):
        concordance(articles, "the", sample=0)
    with pytest.raises(MeasureError, match="did you mean 'left'"):
        concordance(articles, "the", sort="lefft")


def test_trend_has_a_row_for_every_period_with_articles(articles: pd.DataFrame) -> None:
    table = trend(
        articles.assign(published=articles["published"].where(articles.index != 3)), ["war", "turnip"]
    )
    assert table.attrs["undated"] == 1
    assert set(table["item"]) == {"war", "turnip"}
    assert table.loc[table["item"] == "turnip", "k"].eq(0).all()
    assert table["period"].dt.day_of_week.eq(0).all()
    assert table.loc[table["item"] == "war", "k"].sum() == len(concordance(articles.drop(index=3), "war"))
    with pytest.raises(MeasureError, match="no article has a date"):
        trend(articles.assign(published=pd.NaT), ["war"])
    with pytest.raises(MeasureError, match="did you mean 'week'"):
        trend(articles, ["war"], every="weeks")
