"""Strings as numbers: equal strings get equal numbers, others do not, and short cuts change no form."""

from __future__ import annotations

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.text.counts import count, token_stream
from analysis.text.keys import Numbers, Spans
from analysis.text.tokens import tokenise

STRINGS = st.lists(st.text(max_size=30), max_size=40)
# the signs that are cut off in a quick way, and what must not be mistaken for them
WORDS = (
    "US",
    "us",
    "U.S.",
    "IT",
    "vote",
    "by",
    "O",
    "s",
    "S",
    "10",
    "1,000",
    "é",
    "É",
    "www.",
    "@",
    "#",
    "%",
    "$",
)
SIGNS = (
    "'s",
    "’s",
    "’",
    "'",
    "“",
    "”",
    '"',
    "-",
    "--",
    "—",
    ".",
    "…",
    ",",
    "(",
    ")",
    "?!",
    " ",
    "\n",
    "\t",
    "\u00a0",
)
PARTS = st.sampled_from(WORDS + SIGNS)


@given(st.lists(STRINGS, max_size=4))
@settings(max_examples=60, deadline=None)
def test_equal_strings_get_equal_numbers(batches: list[list[str]]) -> None:
    numbers, seen = Numbers(), {}
    for batch in batches:
        spans = Spans.of(pl.Series(batch, dtype=pl.String))
        assert spans.strings().to_list() == batch
        assert spans.packed().strings().to_list() == batch
        code, fresh = numbers.of(spans.keys)
        assert [batch[at] for at in fresh] == list(dict.fromkeys(batch[at] for at in fresh))
        for text, number in zip(batch, code.tolist(), strict=True):
            assert seen.setdefault(text, number) == number
    assert sorted(seen.values()) == list(range(numbers.known))


def test_the_table_of_numbers_grows() -> None:
    numbers = Numbers()
    words = pl.Series([f"w{at}" for at in range(150_000)])
    first, fresh = numbers.of(Spans.of(words).keys)
    assert len(fresh) == numbers.known == len(words)
    again, none = numbers.of(Spans.of(words.reverse()).keys)
    assert np.array_equal(again[::-1], first)
    assert not len(none)


@given(st.lists(st.lists(PARTS, max_size=12).map("".join), max_size=5))
@settings(max_examples=200, deadline=None)
def test_counting_takes_no_other_tokens_than_tokenising(texts: list[str]) -> None:
    frame = pl.DataFrame(
        {"article_id": [f"{at}" for at in range(len(texts))], "body": texts},
        schema={"article_id": pl.String, "body": pl.String},
    )
    for form in ("lower", "surface"):
        tokens = tokenise(frame, form=form)
        expected = tokens.group_by("article_id", "form").len("n").with_columns(pl.col("n").cast(pl.Int64))
        counted = count(frame, by=None, form=form).table()
        assert counted.sort("article_id", "form").equals(expected.sort("article_id", "form"))
        for _, row, code in token_stream(frame, ("article_id", "body"), form=form):
            assert len(row) == len(tokens)
            pairs = set(zip(code.tolist(), tokens["form"].to_list(), strict=True))
            assert len(pairs) == len({number for number, _ in pairs}) == len({name for _, name in pairs})
