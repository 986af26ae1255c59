"""Wrong answers get an explanation that fits them; nothing a learner types breaks a check."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.errors import ReadingError
from analysis.workshop import check, planted, teaching_corpus
from analysis.workshop.checking import CHECKS

TYPICAL = [
    ("1.1", 43, "number of files"),
    ("1.1", "45", "without quotation marks"),
    ("1.1", pd.DataFrame({"a": [1]}), "one number"),
    ("1.1", "forty-five", "in figures"),
    ("1.1", "...", "three dots"),
    ("1.2", pd.Series(["body", "caption"]), "a list of 2 values"),
    ("1.2", 3, "this is a number"),
    ("1.2", "body", "article itself"),
    ("1.2", "related lnk", "did you mean 'related link'"),
    ("1.3", "Bakhmut", "rightly counted"),
    ("1.3", "Atlantis", "on no removed line"),
    ("1.4", "2024-11-07", "page was copied"),
    ("1.4", "Monday", "year, month, day"),
    ("1.5", ["24.txt", "37.txt", "41.txt", "31.txt"], "rewritten by machine"),
    ("1.5", ["24.txt"], "2 are missing"),
    ("1.5", [24, 37, 41], "did you mean '24.txt'"),
    ("1.5", "Daily Skim", "Asked for: the files"),
    ("2.1", "the", "function word"),
    ("2.2", 17, "divide by its words"),
    ("2.2", 8, "close, but not exact"),
    ("2.3", "invasion", "typical of the Verrin Courier"),
    ("2.4", "Verrin Courier", "not belong"),
    ("2.5", 0, "upper end"),
    ("3.1", ["Zelensky"], "2 are missing"),
    ("3.1", ["Zelensky", "Zelenskyy", "he"], "points to him"),
    ("4.1", "Artyomovsk", "as one outlet writes it"),
    ("5.1", {"S01": "war"}, "There is no sentence 'S01'; did you mean"),
    (
        "3.1",
        ["Zelensky", "Volodymyr Zelenskyy", "Volodymyr Zelenskiy", "Volodymyr Zelensky", "He"],
        "no spelling",
    ),
    ("3.2", "Channel Marrowgate", "two y"),
    ("3.3", "Government of Russia", "not a person"),
    ("3.3", "Putin", "did you mean 'Vladimir Putin'"),
    ("3.4", "Daily Skim", "copied from another"),
    ("3.5", "Verrin Courier", "many more"),
    ("4.1", "Kyiv", "capital"),
    ("4.3", 28, "0 to 1"),
    ("4.4", ["Tarsk Today"], "1 is missing"),
    ("4.4", ["Tarsk Today", "Daily Skim", "Lakeside Herald"], "nothing was planted"),
    ("4.5", "Artyomovsk", "as the outlet writes it"),
    ("5.5", "Lakeside Herald", "as a noun"),
    ("6.2", "Daily Skim", "a copy is still coverage"),
    ("5.1", {"S001": "war"}, "no code yet"),
    ("5.1", {"S001": "wra"}, "did you mean 'war'"),
    ("5.2", 0.8, "take chance out"),
    ("5.3", "Daily Skim", "repost"),
    ("5.4", "yes", "True or False"),
    ("5.4", False, "lie between"),
    ("6.1", 45, "number of articles"),
    ("6.4", "Lakeside Herald", "another unit"),
    ("6.5", True, "Compare the days"),
    ("7.1", pd.DataFrame(), "corpus itself"),
    ("7.2", "Is this outlet biased?", "Leave out “biased”"),
    ("7.2", "Why do they write that so often?", "counting can answer"),
    ("7.2", "Are these two outlets fair to both?", "Leave out “fair”"),
    ("7.3", "12 of 40", "Say a little more"),
    ("7.3", "In these articles officials speak most often.", "Give the size"),
    ("7.3", "In these articles 12 of 3 statements come from officials.", "larger than the whole"),
    ("7.3", "Officials always give 3 of 12 statements in these articles.", "“always”"),
    ("7.3", "Officials give 3 of 12 statements in the Courier, more than residents.", "Say of what it holds"),
    ("7.4", ["Too short."], "give three"),
]


@pytest.mark.parametrize(("exercise", "answer", "words"), TYPICAL, ids=[f"{e}-{w}" for e, _, w in TYPICAL])
def test_a_typical_wrong_answer_is_explained(exercise: str, answer: object, words: str) -> None:
    verdict = check(exercise, answer)
    assert not verdict
    assert words in verdict.message
    assert "Not yet" in repr(verdict)


JUNK = st.one_of(
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=True),
    st.text(max_size=30),
    st.lists(st.text(max_size=8), max_size=4),
    st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=3),
    st.just(pd.DataFrame({"a": ["b"]})),
    st.just(pd.Series(["x", "y"])),
    st.just(object()),
)


@pytest.mark.parametrize("exercise", sorted(CHECKS))
@given(answer=JUNK)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_typed_gets_a_sentence_and_never_an_error(exercise: str, answer: Any) -> None:
    verdict = check(exercise, answer)
    assert len(verdict.message.split()) > 3
    assert verdict.exercise == exercise


def test_a_wrong_answer_does_not_give_the_right_one_away() -> None:
    assert "Tarsk" not in check("3.5", "Lakeside Herald").message
    assert "45" not in check("1.1", 12).message
    assert "Bakhmut" not in check("4.5", "Qqqq").message


def test_markup_in_an_answer_stays_text() -> None:
    assert "<script>" not in check("3.2", "<script>alert(1)</script>")._repr_html_()


def test_an_unknown_exercise_is_named_with_those_there_are() -> None:
    with pytest.raises(ReadingError, match="there is no exercise '9.9'"):
        check("9.9", 1)


def test_what_was_planted_can_be_asked_for() -> None:
    assert set(planted("nulls")["id"]) >= {"N1", "N2"}
    assert {"file", "outlet", "voice"} <= set(planted("harms").columns)
    with pytest.raises(ReadingError, match="did you mean 'nulls'"):
        planted("nuls")


def test_the_teaching_corpus_opens_from_any_folder(tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert len(teaching_corpus()) == 45


def test_the_ways_to_write_a_family_name_may_be_given_without_first_names() -> None:
    assert check("3.1", ["Zelensky", "Zelenskyy", "Zelenskiy"]).right
