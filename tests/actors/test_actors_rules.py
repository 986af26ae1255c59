"""Mentions and statements without a parse: what a reader would find, and never a crash or a span out of place."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis import codebook
from analysis.actors import annotate_mentions_text, annotate_statements_text
from analysis.actors.rules.pages import pages_of
from analysis.actors.rules.runs import names
from analysis.actors.rules.verbs import forms, forms_of
from analysis.places import annotate_text
from analysis.text.plain import read, sentences_table, tokens_table

BOOK = codebook.load("ukraine-war")


def found(body, book=BOOK):
    rows = [{"article_id": "a", "body": body}]
    texts = read(rows)
    mentions = annotate_mentions_text(texts, places=annotate_text(rows), codebook=book)
    return mentions, annotate_statements_text(texts, mentions=mentions, codebook=book)


def mentioned(body):
    mentions, _ = found(body)
    return {(row["surface"], row["kind"]) for row in mentions.iter_rows(named=True)}


def test_people_by_first_name_by_title_and_by_surname_again():
    mentions, _ = found("Foreign Minister Anna Berg met Dr. Lind on Monday. Berg left early.")
    people = mentions.filter(mentions["kind"] == "person")
    assert people["actor"].to_list() == ["Anna Berg", "Lind", "Anna Berg"]
    assert people["role"][0] == "Foreign Minister"


def test_roles_behind_a_comma_and_definite_roles():
    mentions, _ = found("Anna Berg, the mayor of Lindau, spoke first. The mayor then left the hall.")
    assert mentions["role"][0] == "the mayor of Lindau"


def test_organisations_by_their_words_acronyms_and_small_words_inside():
    assert {
        ("Ministry of Defence", "organisation"),
        ("Border Guard Service", "organisation"),
        ("Federal Food and Water Administration", "organisation"),
    } <= mentioned(
        "The Ministry of Defence and the Border Guard Service (BGS) were warned by the Federal Food and Water Administration."
    )
    mentions, _ = found("The Border Guard Service (BGS) opened a post. BGS officers stayed.")
    actors = mentions.filter(mentions["surface"] == "BGS")["actor"]
    assert set(actors) == {"Border Guard Service"}


def test_groups_and_acting_governments():
    seen = mentioned(
        "Moscow said that Russian soldiers had left. Local residents stayed. Kyiv denied the claim."
    )
    assert {("Moscow", "government"), ("Kyiv", "government"), ("Local residents", "group")} <= seen
    assert any(kind != "government" and surface == "Russian soldiers" for surface, kind in seen)


def test_days_and_sentence_openers_are_nobody():
    assert mentioned("On Tuesday it rained. However, Wednesday was dry. Nothing happened in March.") == set()


def test_a_place_is_no_actor_unless_it_acts():
    assert mentioned("Shells fell on Kherson and on villages near Kharkiv.") == set()


@pytest.mark.parametrize(
    ("body", "source", "cue", "content", "form"),
    [
        (
            "“We will stay in the town,” Anna Berg said.",
            "Anna Berg",
            "say",
            "“We will stay in the town,”",
            "direct",
        ),
        (
            "“We will stay in the town,” said Anna Berg.",
            "Anna Berg",
            "say",
            "“We will stay in the town,”",
            "direct",
        ),
        (
            "The mayor warned that the dam might break.",
            "The mayor",
            "warn",
            "that the dam might break",
            "indirect",
        ),
        (
            "According to the ministry, the road is open again.",
            "the ministry",
            "according to",
            "the road is open again",
            "indirect",
        ),
        ("The road is open again, officials said.", "officials", "say", "The road is open again", "indirect"),
        (
            "Officials called it a “gross mistake” on Friday.",
            "Officials",
            "call",
            "“gross mistake”",
            "partial",
        ),
    ],
)
def test_statements_in_their_usual_shapes(body, source, cue, content, form):
    _, statements = found(body)
    row = statements.row(0, named=True)
    assert (row["source"], row["cue"], row["form"]) == (source, cue, form)
    assert content in body[row["start"] : row["end"]]


def test_sources_have_class_side_and_openness():
    _, statements = found(
        "Ukrainian officials said the bridge was safe. A villager said that she had heard shots all night."
    )
    rows = statements.rows(named=True)
    assert rows[0]["side"] == BOOK.actor_of("Kyiv").side
    assert rows[0]["source_class"] == "government"
    assert rows[1]["source_class"] == "civilian"
    assert rows[1]["explicitness"] == "role"


def test_a_lost_mark_costs_no_more_than_its_paragraph():
    _, statements = found(
        "“We stay, Berg said on Monday.\nThe river rose.\n“We go,” said Anna Lind of the council."
    )
    assert all(row["end"] <= 30 or row["start"] > 46 for row in statements.iter_rows(named=True))


def test_verbs_are_inflected():
    assert {form for form, _ in forms("admit")} == {"admit", "admits", "admitting", "admitted"}
    assert forms_of(["tell", "quip"])["quipped"] == ("quip", "past")


PIECES = [
    "Anna Berg",
    "Gen. ",
    "the",
    "said",
    "“",
    "”",
    "'s",
    "Kyiv",
    "U.S.",
    "\n",
    ".",
    ",",
    "according to",
    "forces",
    "é",
    "İ",
    "told",
    "that",
    "(",
    ")",
    "Ministry of",
    "12",
    "officials",
    "He",
    "’",
    "-",
]
TEXT = st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join)


@settings(max_examples=120, deadline=None)
@given(TEXT | st.text(max_size=120))
@example("’ said -")  # no words where a source would stand
def test_any_text_gives_exact_spans(body):
    mentions, statements = found(body)
    for layer in (mentions, statements):
        for row in layer.iter_rows(named=True):
            assert row["surface"]
            assert body[row["start"] : row["end"]] == row["surface"]
    for row in statements.iter_rows(named=True):
        if row["source_start"] is not None:
            assert body[row["source_start"] : row["source_end"]] == row["source"]
    (text,) = read([{"article_id": "a", "body": body}])
    pages = pages_of([text])
    found_names = names(pages)
    for which, surface in zip(
        found_names.which, pages.slices(found_names.start, found_names.end), strict=True
    ):
        assert surface == " ".join(found_names.words[which])
    sentences, tokens = sentences_table([text]), tokens_table([text])
    for row in sentences.iter_rows(named=True):
        assert body[row["start"] : row["end"]].strip()
    assert tokens["sentence"].is_sorted()
    if len(sentences):
        assert tokens["sentence"].max() <= sentences["sentence"].max()


def test_the_same_text_gives_the_same_layers_alone_and_among_others():
    bodies = ["Anna Berg said that the dam held.", "Kyiv denied it. “No,” said Gen. Marsh.", "Nothing."]
    rows = [{"article_id": str(n), "body": body} for n, body in enumerate(bodies)]
    together = annotate_mentions_text(read(rows), places=annotate_text(rows), codebook=BOOK)
    for row in rows:
        alone = annotate_mentions_text(read([row]), places=annotate_text([row]), codebook=BOOK)
        assert alone.equals(together.filter(together["article_id"] == row["article_id"]))
