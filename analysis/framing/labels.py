"""Which word was chosen for a concept, and whose choice it is: the outlet's own, a quoted or a reported speaker's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl

from analysis.codebook import Codebook
from analysis.codebook.matching import Matcher
from analysis.framing.attribution import Voices
from analysis.language import Parse
from analysis.schemas import conform

if TYPE_CHECKING:
    from spacy.tokens import Span


class _Choice(NamedTuple):
    """A label of a concept, and whether all its forms are nouns."""

    concept: str
    label: str
    noun: bool


def annotate_labels(parses: Sequence[Parse], *, statements: pl.DataFrame, codebook: Codebook) -> pl.DataFrame:
    """Find the label chosen for each concept of the codebook (LAB1), and whose voice it is in.

    Parameters
    ----------
    parses : sequence of Parse
        The articles.
    statements : polars.DataFrame
        The statements layer. Where it has no row for a passage, quotation marks and the grammar around a reporting
        verb decide.
    codebook : Codebook
        Whose concepts are looked for.

    Returns
    -------
    polars.DataFrame
        The ``labels`` layer. ``voice`` is "quoted" inside quotation marks, "reported" in a paraphrase and "own"
        elsewhere; ``scare`` marks a fragment of at most three words in quotation marks that nobody is named as the
        speaker of: it counts in the outlet's own voice.

    Notes
    -----
    Our definition, after the word choice and labelling of Hamborg (2023).
    """
    matcher = label_matcher(codebook)
    spoken = {key[0]: rows for key, rows in statements.partition_by("article_id", as_dict=True).items()}
    rows = [
        row
        for parse in parses
        for row in _labels(parse, matcher, Voices.of(parse, spoken.get(parse.article_id), codebook))
    ]
    return conform(rows, "labels").sort("article_id", "start", "end", "concept", "label")


@lru_cache(maxsize=8)
def label_matcher(codebook: Codebook) -> Matcher[_Choice]:
    """Make what finds the forms of a codebook's labels."""
    patterns = [
        (form, concept.name, _Choice(concept.name, label.name, _is_noun(label.forms)))
        for concept in codebook.concepts
        for label in concept.labels
        for form in label.forms
    ]
    return Matcher(patterns, blocks=codebook.units)


def _is_noun(forms: Sequence[str]) -> bool:
    """Take a label for a noun where no form of it looks like a verb's or an adjective's."""
    return not any(form.rstrip("*").endswith(("ed", "ing", "invade", "ic", "ly")) for form in forms)


def _labels(parse: Parse, matcher: Matcher[_Choice], voices: Voices) -> Iterator[Mapping[str, Any]]:
    for match in matcher.find(parse.body):
        span = parse.doc.char_span(match.start, match.end, alignment_mode="expand")
        choice = match.value
        assert isinstance(choice, _Choice)
        if span is None or (choice.noun and _is_verb(span)):
            continue
        voice = voices.at(match.start, match.end, span)
        yield {
            "article_id": parse.article_id,
            "start": match.start,
            "end": match.end,
            "surface": parse.body[match.start : match.end],
            "concept": choice.concept,
            "label": choice.label,
            "voice": voice.voice,
            "speaker": voice.speaker,
            "scare": voice.voice == "own" and voice.marked_words > 0,
            "sentence": voices.sentence(match.start),
        }


def _is_verb(span: Span) -> bool:
    """Say whether the word of a noun label is a finite verb here, as in "the storm forces them out"."""
    return len(span) == 1 and span[0].tag_ in {"VB", "VBP", "VBZ"}
