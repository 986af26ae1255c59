from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import MeasureError
from analysis.text.counts import count
from analysis.text.sentences import sentences
from analysis.text.syllables import syllables
from analysis.text.tokens import function_words, initials, normalise, tokenise, words

SIGNS = st.text(alphabet=st.sampled_from(list("abcdeTS019 .,'’‘ʼ“”-–$€₴%°&@#\n\u00a0éшß/:")), max_size=80)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Don’t can't we‘ve don`t donʼt", ["don't", "can't", "we've", "don't", "don't"]),
        ("Russia’s Russia‘s Russia's Russiaʼs dogs’", ["russia", "russia", "russia", "russia", "dogs"]),
        ("O’Brien, D'Artagnan and Slov‘yansk", ["o'brien", "d'artagnan", "and", "slov'yansk"]),
        ("a Russian-held, 20-year-old, U.S.-made", ["a", "russian-held", "20-year-old", "u.s.-made"]),
        (
            "$1.5bn, 10%, 1,060 and 155mm at 9:30am",
            ["$1.5bn", "10%", "1,060", "and", "155mm", "at", "9:30am"],
        ),
        ("US us U.S. U.S U.N. UN J.R.R.", ["u.s.", "us", "u.s.", "u.s.", "un", "un", "jrr"]),
        ("the U.S.’s envoy, a Ph.D., at 5 p.m.", ["the", "u.s.", "envoy", "a", "ph.d.", "at", "5", "p.m."]),
        ("AT&T, R&D and S&P 500’s; salt & pepper", ["at&t", "r&d", "and", "s&p", "500", "salt", "pepper"]),
        ("155 mm, ₴500, -5 and 1.5°C", ["155", "mm", "₴500", "5", "and", "1.5°c"]),
        (
            "See https://example.org/a?b=c. or @press #news",
            ["see", "https://example.org/a?b=c", "or", "@press", "#news"],
        ),
        ("write to desk@example.org, now", ["write", "to", "desk@example.org", "now"]),
        ("on Example.org/a. The end.Next", ["on", "example.org/a", "the", "end", "next"]),
        ("PEACE NOW 🕊️ war🔥", ["peace", "now", "war"]),
        ("‘some’ — quoted–dash… end", ["some", "quoted", "dash", "end"]),
        ("", []),
        (" … “” ", []),
    ],
)
def test_tokens_of_news_english(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@given(SIGNS)
@settings(max_examples=150, deadline=None)
def test_spans_are_exact_and_in_order(text: str) -> None:
    table = tokenise(pl.DataFrame({"article_id": ["a"], "body": [text]}))
    last = 0
    for row in table.iter_rows(named=True):
        assert text[row["start"] : row["end"]] == row["token"]
        assert row["start"] >= last
        last = row["end"]
    left = "".join(text[a:b] for a, b in zip([0, *table["end"]], [*table["start"], len(text)], strict=True))
    assert not any(sign.isalpha() for sign in left if sign not in "sSʼ"), left


@given(st.lists(SIGNS, max_size=6))
@settings(max_examples=60, deadline=None)
def test_counting_agrees_with_tokenising(texts: list[str]) -> None:
    frame = pl.DataFrame(
        {"article_id": [f"{i}" for i in range(len(texts))], "body": texts},
        schema={"article_id": pl.String, "body": pl.String},
    )
    counted = count(frame, by=None).table()
    tokens = tokenise(frame).group_by("article_id", "form").len("n").with_columns(pl.col("n").cast(pl.Int64))
    assert counted.sort("article_id", "form").equals(tokens.sort("article_id", "form"))


def test_counts_do_not_depend_on_order_or_container(articles: pd.DataFrame, tmp_path: Path) -> None:
    whole = count(articles)
    shuffled = count(articles.sample(frac=1, random_state=3))
    for at, part in enumerate((articles[:7], articles[7:30], articles[30:])):
        pl.from_pandas(part).write_parquet(tmp_path / f"{at}.parquet")
    paths = sorted(tmp_path.glob("*.parquet"))
    for other in (
        shuffled,
        count(paths[::-1]),
        count(pl.scan_parquet(paths)),
        count(pl.from_pandas(articles)),
    ):
        assert other.articles.equals(whole.articles)
        assert other.forms.equals(whole.forms)
        assert (other.matrix != whole.matrix).nnz == 0


def test_counts_add_up(articles: pd.DataFrame) -> None:
    whole, first, second = (
        count(articles, by=None),
        count(articles[:15], by=None),
        count(articles[15:], by=None),
    )
    total = whole.table().group_by("form").agg(pl.col("n").sum())
    parts = pl.concat([first.table(), second.table()]).group_by("form").agg(pl.col("n").sum())
    assert total.sort("form").equals(parts.sort("form"))
    assert int(whole.matrix.sum()) == int(whole.articles["n_tokens"].sum())


def test_ngrams_stay_inside_sentences_and_lines() -> None:
    frame = pl.DataFrame({"article_id": ["a"], "body": ["Red lines hold. Talks go on\nRed lines"]})
    assert sorted(count(frame, by=None, ngrams=2).forms) == ["go on", "lines hold", "red lines", "talks go"]
    assert count(frame, by=None, ngrams=4).forms.to_list() == []


def test_units_are_one_token_with_their_endings() -> None:
    text = "Air defences and an air defence unit’s crew; fair defence."
    assert words(text, units=["air defence"]) == [
        "air defences",
        "and",
        "an",
        "air defence",
        "unit",
        "crew",
        "fair",
        "defence",
    ]


def test_lemmas_come_from_the_tokens_layer() -> None:
    frame = pl.DataFrame({"article_id": ["a"], "outlet": ["East"], "body": ["Troops withdrew."]})
    layer = pl.DataFrame(
        {
            "article_id": ["a"] * 3,
            "start": [0, 7, 15],
            "end": [6, 15, 16],
            "lemma": ["troop", "withdraw", "."],
            "pos": ["NOUN", "VERB", "PUNCT"],
        }
    )
    assert count(frame, form="lemma", tokens=layer).forms.to_list() == ["troop", "withdraw"]
    with pytest.raises(MeasureError, match="tokens layer"):
        count(frame, form="lemma")


def test_stems_join_the_forms_of_a_word() -> None:
    assert words("withdraw withdraws withdrawing", form="stem") == ["withdraw"] * 3


def test_no_tokens_no_articles_and_bad_input() -> None:
    empty = pl.DataFrame(
        {"article_id": ["a"], "outlet": ["East"], "body": [None]}, schema_overrides={"body": pl.String}
    )
    counts = count(empty)
    assert len(counts.forms) == 0
    assert counts.articles["n_tokens"].to_list() == [0]
    assert len(count(empty.clear()).articles) == 0
    with pytest.raises(MeasureError, match="no column 'body'; did you mean 'bodys'"):
        count(empty.rename({"body": "bodys"}))
    with pytest.raises(MeasureError, match="twice"):
        count(pl.concat([empty, empty]))
    with pytest.raises(MeasureError, match="did you mean 'lower'"):
        count(empty, form="lowr")


@pytest.mark.parametrize("name", [function_words, initials])
def test_word_lists_have_no_doubles(name: object) -> None:
    assert callable(name)
    listed = name()
    assert len(listed) == len(set(listed))
    for form in listed if not isinstance(listed, dict) else listed.values():
        assert normalise(pl.Series([form]))[0] == form


def test_sentences_end_where_readers_say() -> None:
    text = (
        "Gen. Marsh met Mr. Petrov at 9 a.m. on Tuesday. “We agreed,” he said. “Nothing else.” J. Smith left.\n"
        "Was it over? The U.S. envoy left. In the U.S. The talks… went on"
    )
    table = sentences(pl.DataFrame({"article_id": ["a"], "body": [text]}))
    found = [text[row["start"] : row["end"]] for row in table.iter_rows(named=True)]
    assert found == [
        "Gen. Marsh met Mr. Petrov at 9 a.m. on Tuesday.",
        "“We agreed,” he said.",
        "“Nothing else.”",
        "J. Smith left.",
        "Was it over?",
        "The U.S. envoy left.",
        "In the U.S.",
        "The talks… went on",
    ]
    assert table["n_tokens"].sum() == len(words(text))


@given(SIGNS)
@settings(max_examples=80, deadline=None)
def test_sentences_hold_every_token(text: str) -> None:
    frame = pl.DataFrame({"article_id": ["a"], "body": [text]})
    table, tokens = sentences(frame), tokenise(frame)
    assert table["n_tokens"].sum() == len(tokens)
    spans = list(zip(table["start"], table["end"], strict=True))
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    for start, end in zip(tokens["start"], tokens["end"], strict=True):
        assert any(a <= start and end <= b for a, b in spans)


def test_syllables_of_news_words() -> None:
    expected = {
        "war": 1, "government": 3, "military": 4, "soldiers": 2, "attacked": 2, "shelled": 1, "forces": 2, "missiles": 2,
        "president": 3, "invasion": 3, "officials": 3, "said": 1, "territory": 4, "damaged": 2, "houses": 2, "people": 2,
        "ukrainian": 4, "defence": 2, "announced": 2, "wounded": 2, "table": 2, "created": 3,
    }  # fmt: skip
    found = dict(zip(expected, syllables(pl.Series(list(expected))), strict=True))
    wrong = {word: (found[word], n) for word, n in expected.items() if found[word] != n}
    assert not wrong
    assert np.all(syllables(pl.Series(["", "-", "1,060"])).to_numpy() >= 1)
