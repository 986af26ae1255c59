"""Tokens and sentences of a batch are those of each article by itself, whatever was read before."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.text import cutting
from analysis.text.cutting import tokens_and_sentences
from analysis.text.tokens import tokenise

SIGNS = st.text(alphabet=st.sampled_from(list("abTSI.!?… \n\u00a0“”’\"'()-$@#9éжü漢")), max_size=60)


@given(st.lists(SIGNS, max_size=5))
@settings(max_examples=150, deadline=None)
def test_a_batch_is_cut_like_its_articles(texts: list[str]) -> None:
    tokens, sentences, held = tokens_and_sentences(pl.Series(texts, dtype=pl.String))
    ids = [str(number) for number in range(len(texts))]
    known = tokenise(
        pl.DataFrame({"article_id": ids, "body": texts}, schema={"article_id": pl.String, "body": pl.String})
    )
    assert list(zip(map(str, tokens.row), tokens.start, tokens.end, strict=True)) == list(
        known.select("article_id", "start", "end").iter_rows()
    )
    spans = list(zip(sentences.row, sentences.start, sentences.end, strict=True))
    assert sum(held) == len(known)
    assert all(texts[row][start:end] == texts[row][start:end].strip() for row, start, end in spans)
    alone = [
        (row, start, end)
        for row, text in enumerate(texts)
        for start, end in zip(
            *(getattr(tokens_and_sentences(pl.Series([text]))[1], side) for side in ("start", "end")),
            strict=True,
        )
    ]
    assert spans == alone


def test_signs_alone_letters_from_afar_and_hard_blanks() -> None:
    text = "“Stop!”\u00a0He said — and\u2003left. … Жители Киева ушли. $ 5? “Yes.” St. Ives is in the U.S. The end"
    _, sentences, _ = tokens_and_sentences(pl.Series([text]))
    assert [text[start:end] for start, end in zip(sentences.start, sentences.end, strict=True)] == [
        "“Stop!”",
        "He said — and\u2003left.",
        "Жители Киева ушли. $ 5?",
        "“Yes.”",
        "St. Ives is in the U.S.",
        "The end",
    ]


def test_what_was_met_is_forgotten_before_it_grows_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = pl.Series(["Ferries ran late. Nobody said why.", "Ferries ran again. Everybody said why."])
    before = tokens_and_sentences(texts)
    monkeypatch.setattr(cutting, "MOST", 3)
    for _ in range(3):
        for one, other in zip(before[:2], tokens_and_sentences(texts)[:2], strict=True):
            assert one.start.tolist() == other.start.tolist()
            assert one.end.tolist() == other.end.tolist()
