"""What must hold of cleaning on any text at all."""

from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.corpus.cleaning import body_of, clean, recurring
from analysis.schemas import table

PIECES = st.sampled_from(
    [
        "Home", "Share on Facebook", "Read more: The ferry that never came", "By Ada Holm", "12 March 2021", "© The Harbour Post",
        "The council voted on Monday to rebuild the pier, and the mayor said that work would begin in the spring.",
        "“We have waited for years,” said one fisherman, who asked not to be named because he rents from the town.",
        "Photo: Ada Holm", "A quiet harbour", "Comments (3)", "", "  ", "\u00a0",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=400),
    st.lists(st.one_of(PIECES, st.text(max_size=60)), max_size=25).map("\n".join),
)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_every_line_of_the_source_is_there_once_and_in_its_place(text: str) -> None:
    lines = clean(text)
    expected = [(number, line.strip()) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    assert list(zip(lines["line"], lines["text"], strict=True)) == expected
    for row in lines.iter_rows(named=True):
        assert text[row["source_start"] : row["source_end"]] == row["text"]


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_offsets_in_the_body_are_exact(text: str) -> None:
    lines = clean(text)
    body = body_of(lines)
    for row in lines.iter_rows(named=True):
        if row["kept"]:
            assert body[row["start"] : row["end"]] == row["text"]
        else:
            assert row["start"] is None
            assert row["end"] is None
    assert lines.schema == pl.Schema({k: v for k, v in table("lines").schema.items() if k != "article_id"})


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_the_source_can_be_put_together_again(text: str) -> None:
    rebuilt = list(text)
    gaps = set(range(len(text)))
    for row in clean(text).iter_rows(named=True):
        rebuilt[row["source_start"] : row["source_end"]] = list(row["text"])
        gaps -= set(range(row["source_start"], row["source_end"]))
    assert "".join(rebuilt) == text
    assert all(text[place].isspace() for place in gaps)


@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_every_line_has_a_kind_a_rule_and_a_reason(text: str) -> None:
    for row in clean(text).iter_rows(named=True):
        assert row["kind"]
        assert row["rule"]
        assert row["reason"]
        assert row["kept"] == (row["kind"] in ("body", "subheading"))


@settings(max_examples=30, deadline=None)
@given(TEXTS)
def test_cleaning_twice_gives_the_same(text: str) -> None:
    assert clean(text).equals(clean(text))


def test_recurring_lines_are_counted_by_article_not_by_line() -> None:
    pages = [
        ("The Harbour Post", "Tide tables\nTide tables\nTide tables"),
        ("The Harbour Post", "Something else"),
    ]
    assert recurring(pages) == {"The Harbour Post": frozenset()}
