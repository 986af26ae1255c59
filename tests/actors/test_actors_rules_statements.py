"""Statements without a parse, article by article and many at once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import codebook
from analysis.actors import annotate_mentions_text, annotate_statements_text
from analysis.actors.rules.laid import Laid
from analysis.actors.rules.marks import marks_in
from analysis.actors.rules.weighing import Model
from analysis.places import annotate_text
from analysis.text.plain import read

BOOK = codebook.load("ukraine-war")
BODIES = [
    "Anna Berg said that the dam held.",
    "",
    "“We stay,” Ivo Lind, the mayor, told Reuters. “Nobody leaves.”\n“It is our town,” he added.",
    "Nothing was asked and nobody answered.",
    "The guard reportedly claimed that the bridge was lost. The claim could not be independently verified.",
    "Officials called it a “gross mistake”, and residents, according to Interfax, fear more of it.",
]


def statements(bodies, book=BOOK):
    rows = [{"article_id": str(n), "body": body} for n, body in enumerate(bodies)]
    texts = read(rows)
    mentions = annotate_mentions_text(texts, places=annotate_text(rows), codebook=book)
    return annotate_statements_text(texts, mentions=mentions, codebook=book)


def one(body):
    return statements([body]).row(0, named=True)


@settings(max_examples=8, deadline=None)
@given(st.lists(st.sampled_from(BODIES), max_size=6))
def test_an_article_has_the_same_statements_alone_and_among_others(bodies):
    together = statements(bodies)
    for number, body in enumerate(bodies):
        mine = together.filter(together["article_id"] == str(number)).drop("article_id")
        assert mine.equals(statements([body]).drop("article_id"))


def test_no_article_has_no_statements():
    assert statements([]).height == statements([""]).height == 0


@pytest.mark.parametrize(
    ("body", "column", "value"),
    [
        ("The guard reportedly claimed that the bridge was lost.", "hedge", "reportedly"),
        ("The guard might say that the bridge was lost for good.", "hedge", "might"),
        (BODIES[4], "verification", "could not be independently verified"),
        ("The mayor told Reuters that the dam had held all night.", "relay", "Reuters"),
        ("“We will all stay in the town,” she said.", "form", "direct"),
        ("The mayor called it a “gross mistake” of the army.", "form", "partial"),
        ("A Kremlin spokesman said that nothing had happened.", "actor", ""),
        ("The mayor demanded that the bridge be closed. She fears the worst for the town.", "rule", "that"),
    ],
)
def test_what_is_said_of_a_statement(body, column, value):
    assert one(body)[column] == value


def test_a_quotation_goes_on_in_the_next_paragraph_only():
    first = "“The water has gone down by a metre,” said Anna Berg."
    there = statements([f"{first}\n\n“It will not stay so low for very long.”"])
    gone = statements([f"{first}\nThe river is long.\n“It will not stay so low for very long.”"])
    assert there["source"].to_list() == ["Anna Berg", "Anna Berg"]
    assert gone["source"].to_list() == ["Anna Berg", ""]


@given(st.text(alphabet="ab “”\n.", max_size=60), st.text(alphabet="ab “”\n.", max_size=60))
def test_quoted_characters_are_counted_across_articles(one, other):
    texts = read([{"article_id": "a", "body": one}, {"article_id": "b", "body": other}])
    marks = [marks_in(one), marks_in(other)]
    laid = Laid.of(texts, marks)
    for number, (body, mark) in enumerate(zip((one, other), marks, strict=True)):
        at = np.arange(len(body)) + laid.base[number]
        assert laid.holds(at).tolist() == [mark.hold(n) for n in range(len(body))]
        assert laid.quoted(at[:1], at[:1] + len(body)).tolist() == [
            sum(map(mark.hold, range(len(body)))) for _ in at[:1]
        ]


def test_weights_add_up_and_what_was_not_learned_weighs_nothing():
    model = Model({"lemma": {"say": 700}, "lemma form": {"say": {"past": 40}}}, 0, 0.5)
    lemmas, forms = ["say", "say", "hum"], ["past", "ing", "past"]
    numbers = {"lemma": model.numbered("lemma", lemmas), "form": model.numbered("form", forms)}
    assert model.total(("lemma", "lemma form"), numbers).tolist() == [740, 700, 0]
