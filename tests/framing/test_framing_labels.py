"""Whose words a label is in, on realistic sentences of invented outlets and people."""

import polars as pl
import pytest

from analysis.codebook import load
from analysis.framing import annotate_harms, annotate_labels
from analysis.framing.quotation import quotations
from analysis.language import parse
from analysis.schemas import conform


def labels_of(text, statements=()):
    parses = list(parse([{"article_id": "a", "body": text}]))
    return annotate_labels(
        parses, statements=conform(list(statements), "statements"), codebook=load("ukraine-war")
    )


def harms_of(text):
    parses = list(parse([{"article_id": "a", "body": text}]))
    return annotate_harms(
        parses,
        mentions=conform([], "mentions"),
        statements=conform([], "statements"),
        codebook=load("ukraine-war"),
    )


def test_the_outlets_word_and_the_callers_word_are_kept_apart():
    rows = labels_of('Moscow calls the war a "special military operation".')
    assert rows.select("label", "voice", "speaker").rows() == [
        ("war", "own", ""),
        ("special military operation", "quoted", "Moscow"),
    ]


def test_offsets_give_the_surface():
    text = "The “liberated” town lies in the Russian-occupied east; the Cold War is over."
    rows = labels_of(text)
    assert [text[row["start"] : row["end"]] for row in rows.to_dicts()] == rows["surface"].to_list()
    assert rows["scare"].to_list() == [True, False]


def test_the_statements_layer_is_believed_before_the_grammar():
    text = "The war goes on. It will end, Mara Quill said."
    row = {
        "article_id": "a",
        "start": 0,
        "end": 16,
        "form": "indirect",
        "actor": "Mara Quill",
        "source": "Mara Quill",
    }
    assert labels_of(text, [row]).select("voice", "speaker").rows() == [("reported", "Mara Quill")]


def test_a_lost_quotation_mark_spoils_one_paragraph_only():
    body = 'He said: "We will win.\nThe war goes on.\n"Peace," she said.'
    assert [body[q.start : q.end] for q in quotations(body)] == ["Peace,"]


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("Russian forces shelled the town.", "active named"),
        ("A missile hit a block of flats.", "active vague"),
        ("The depot was hit by rebels.", "passive with agent"),
        ("The bridge was destroyed overnight.", "passive agentless"),
        ("Ten people died.", "intransitive"),
        ("The shelling of the port went on.", "nominal"),
        ("There were explosions in the port.", "existential"),
    ],
)
def test_seven_voices(text, voice):
    assert harms_of(text)["voice"].to_list() == [voice]


@pytest.mark.parametrize(
    "text",
    [
        "The sides struck a deal.",
        "He threatened to bomb the city.",
        "No casualties were reported.",
        "He had a heart attack.",
    ],
)
def test_what_is_no_harm_event(text):
    assert harms_of(text).is_empty()


def test_empty_articles_give_empty_layers():
    assert labels_of("").is_empty()
    assert isinstance(harms_of(""), pl.DataFrame)
