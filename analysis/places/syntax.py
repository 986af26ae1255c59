"""What the model's entities add to the gazetteer's names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from analysis.places.gazetteer import Gazetteer, key_of
from analysis.places.lexicon import lexicon
from analysis.places.recognition import Hit

if TYPE_CHECKING:
    from spacy.tokens import Doc

_PLACES = frozenset(("GPE", "LOC", "FAC"))


def with_entities(doc: Doc, hits: Sequence[Hit], gazetteer: Gazetteer) -> list[Hit]:
    """Add the model's places that the gazetteer does not know; they stay unresolved and are listed in every report.

    Parameters
    ----------
    doc : spacy Doc
        The article's parse.
    hits : sequence of Hit
        What `analysis.places.recognition.propose` gave.
    gazetteer : Gazetteer

    Returns
    -------
    list of Hit
        In order, without overlaps.
    """
    words = lexicon()
    taken = sorted((hit.start, hit.end) for hit in hits)
    merged = list(hits)
    for ent in doc.ents:
        if ent.label_ not in _PLACES:
            continue
        name, start = trim(ent.text, ent.start_char)
        end = start + len(name)
        if (
            "\n" in name
            or len(name) < 4
            or not name[0].isupper()
            or any(start < b and a < end for a, b in taken)
        ):
            continue
        key = key_of(name)
        if key in words.stop | words.stop_phrases or (name.isupper() and len(name) < 5):
            continue
        kind = "place" if gazetteer.has(key) else "unlisted"
        merged.append(Hit(start, end, name, kind, f"model: {ent.label_}", key))
    return sorted(merged, key=lambda hit: hit.start)


def trim(text: str, start: int) -> tuple[str, int]:
    """Cut an article and a possessive off an entity; give the name and where it begins."""
    for prefix in ("the ", "The "):
        if text.startswith(prefix):
            text, start = text[4:], start + 4
    for suffix in ("'s", "’s", "‘s", "'", "’"):
        text = text.removesuffix(suffix)
    stripped = text.lstrip()
    return stripped.rstrip(), start + len(text) - len(stripped)
