"""Speech in forms that carry no verb of their own, and sentences with one in which nobody says anything."""

from __future__ import annotations

import polars as pl
import pytest

from analysis import actors
from analysis.actors.labelled import labelled


def said(layers):
    """Give each statement counted as told to the outlet: source, actor, pieces."""
    rows = layers["statements"]
    once = actors.statements_once(rows)["statement"].to_list()
    out = []
    for number in once:
        pieces = rows.filter(pl.col("statement") == number)
        out.append((pieces["source"][0], pieces["actor"][0], pieces["surface"].to_list()))
    return out


@pytest.mark.parametrize(
    "text",
    [
        "If you thought that the bridge would hold, you were wrong.",
        "Let us say that the harbour economy grows for a year.",
        "We know that the ferry company lies about its boats.",
        "Is it reasonable to expect the council to decline?",
        "What did Lindqvist think that the vote meant?",
        "When told that the port had been closed, Anna Lindqvist shrugged.",
        "Senior officials wanted to tell the crews that they must stand down.",
        "The ministry did not say whether the ferry had been insured.",
    ],
)
def test_what_is_imagined_asked_or_refused_is_no_statement(annotate, text):
    assert said(annotate(text)) == []


def test_a_report_beside_such_sentences_stays(annotate):
    layers = annotate(
        "Anna Lindqvist said that the port was safe. She does not believe that it will flood again."
    )
    assert next(pieces for _, _, pieces in said(layers)) == ["that the port was safe"]
    assert len(said(layers)) == 2  # what somebody does not believe is an opinion


def test_a_quotation_without_a_verb_belongs_to_whoever_speaks_before_it(annotate):
    ((source, _, pieces),) = said(
        annotate('It was a hard year, Anna Lindqvist said. "We lost too many people." The mayor stood by.')
    )
    assert source == "Anna Lindqvist"
    assert pieces == ["It was a hard year", '"We lost too many people."']


def test_a_signed_quotation_has_its_speaker(annotate):
    ((source, _, _),) = said(annotate("“The bridge will never be the same again for us.” – Anna Lindqvist"))
    assert source == "Anna Lindqvist"


def test_a_quotation_that_ended_is_not_taken_up_by_the_next_sentence(annotate):
    layers = annotate(
        "“We have rules. They must be followed,” Anna Lindqvist said. “They are clear.” The result will shape the "
        "town, not to mention the fate of the party."
    )
    assert [source for source, _, _ in said(layers)] == ["Anna Lindqvist"]


def test_several_clauses_of_one_verb_are_one_statement(annotate):
    text = "Anna Lindqvist said that rates would fall, that support would last, and that nobody would pay."
    ((_, _, pieces),) = said(annotate(text))
    assert pieces == ["that rates would fall, that support would last, and that nobody would pay"]


def test_what_the_speaker_did_next_and_asides_are_no_part_of_it(annotate):
    ((_, _, pieces),) = said(
        annotate("She announced her office would close its page but provided no reason for the move.")
    )
    assert pieces == ["her office would close its page"]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Anna Lindqvist, testifying to the council, was asked about it but told members she had not seen it.",
         "Anna Lindqvist"),
        ("Anna Lindqvist wrote a letter saying that the bridge was unsafe.", "Anna Lindqvist"),
        ("Mayor Lindqvist was forced to admit that the bridge was closed.", "Mayor Lindqvist"),
    ],
)  # fmt: skip
def test_the_source_is_who_spoke_not_what_was_written(annotate, text, source):
    assert source in {written for written, _, _ in said(annotate(text))}


def test_turns_of_a_transcript_go_to_the_speakers(annotate):
    layers = annotate(
        "DAVID HOLM, HOST: The harbour city is under water this morning.\n"
        "ANNA LINDQVIST, REPORTER: Good morning, David. The streets are empty.\n"
        "HOLM: How long will it take?\n"
        "LINDQVIST: Officials say that it will be two weeks."
    )
    told = said(layers)
    assert [source for source, _, _ in told] == ["DAVID HOLM", "ANNA LINDQVIST", "HOLM", "LINDQVIST"]
    assert told[1][2] == ["Good morning, David. The streets are empty."]


def test_headings_in_capitals_are_no_speakers():
    assert labelled("READ MORE: One.\nTHE FACTS: Two.\nREAD MORE: Three.\nTHE FACTS: Four.") == []


def test_an_embedded_post_is_its_authors(annotate):
    text = (
        "The port is safe and nobody was hurt. — Anna Lindqvist (@lindqvist) May 3, 2020\nThe storm passed."
    )
    assert [(source, pieces) for source, _, pieces in said(annotate(text))] == [
        ("Anna Lindqvist", ["The port is safe and nobody was hurt."])
    ]
