"""Quotation marks: every kind, lost ones, and texts that are nothing but marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.actors.quotation import quotations


def quoted(text: str) -> list[str]:
    return [text[q.start : q.end] for q in quotations(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("She said: “We stay.”", ["“We stay.”"]),
        ('He called it "a start" and left.', ['"a start"']),
        ("''It is done,'' he said. ''All of it.''", ["''It is done,''", "''All of it.''"]),
        ("The mayor said ‘the bridge is safe’ and left.", ["‘the bridge is safe’"]),
        ("The town’s mayor isn’t here; it’s the ’90s again.", []),
        ("The guards‘ post at Berg‘s farm was empty.", []),
        ("«We stay», she said.", ["«We stay»"]),
    ],
)
def test_kinds_of_marks(text, found):
    assert quoted(text) == found


def test_a_lost_closing_mark_costs_no_more_than_its_paragraph():
    text = 'She said, "They can cross the river and go on.\nThe next paragraph is the paper\'s own.\nHe said "no" twice.'
    assert quoted(text)[0].endswith("go on.")
    assert '"no"' in quoted(text)


def test_a_second_opening_mark_ends_the_first():
    text = "“The first. It goes on. “The second” was closed."
    assert quoted(text) == ["“The first. It goes on.", "“The second”"]


def test_paragraphs_that_open_with_a_mark_go_on():
    text = "“First paragraph without an end\n“and its second part.” she said."
    assert [q.continues for q in quotations(text)] == [False, True]


@given(st.text(alphabet="ab .,\n\"'“”‘’«»„`", max_size=80))
def test_no_text_raises_and_spans_are_ordered_within_paragraphs(text):
    last = 0
    for q in quotations(text):
        assert last <= q.start < q.end <= len(text)
        assert "\n" not in text[q.start : q.end]
        last = q.end
