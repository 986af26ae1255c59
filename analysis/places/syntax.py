"""What the parse adds to the gazetteer's names, and which of them it vetoes."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.language import Parse
from analysis.places.gazetteer import Gazetteer, key_of
from analysis.places.lexicon import lexicon
from analysis.places.recognition import Hit

_PLACES = frozenset(("GPE", "LOC", "FAC"))
_VETO = frozenset(("ORG", "EVENT", "WORK_OF_ART", "PRODUCT", "LAW"))
PERSON_SIZE = 20_000  # a name the model takes for a person is a place only if a town of this size bears it


def with_parse(parse: Parse, hits: Sequence[Hit], gazetteer: Gazetteer) -> list[Hit]:
    """Merge the gazetteer's hits with the model's entities.

    Parameters
    ----------
    parse : Parse
        The article's parse.
    hits : sequence of Hit
        What `analysis.places.recognition.find` gave.
    gazetteer : Gazetteer

    Returns
    -------
    list of Hit
        In order, without overlaps.
    """
    words = lexicon()
    entities = [(ent.start_char, ent.end_char, ent.label_, ent.text) for ent in parse.doc.ents]
    kept: list[Hit] = []
    for hit in hits:
        if not any(_vetoes(entity, hit, gazetteer) for entity in entities):
            kept.append(hit)
    taken = [(hit.start, hit.end) for hit in kept]
    for start, _, label, text in entities:
        trimmed = _trim(text)
        at = start + text.find(trimmed)
        stop = at + len(trimmed)
        if any(at < b and a < stop for a, b in taken) or not trimmed[:1].isupper():
            continue
        key = key_of(trimmed)
        if label in _PLACES and gazetteer.has(key) and (" " in key or key not in words.stop) and len(key) > 3:
            kept.append(Hit(at, stop, trimmed, "place", "model"))
            taken.append((at, stop))
    return sorted(kept, key=lambda hit: hit.start)


def _vetoes(entity: tuple[int, int, str, str], hit: Hit, gazetteer: Gazetteer) -> bool:
    start, end, label, text = entity
    if end <= hit.start or hit.end <= start or hit.kind != "place":
        return False
    same = _trim(text) == hit.name
    if label == "PERSON":
        return (
            not same or hit.name.lower() in lexicon().given_names or _size(hit.name, gazetteer) < PERSON_SIZE
        )
    return (
        label in _VETO
        and not same
        and start <= hit.start
        and hit.end <= end
        and (start, end) != (hit.start, hit.end)
    )


def _size(name: str, gazetteer: Gazetteer) -> int:
    return max(
        (
            10**9 if c.place.kind in ("country", "region", "area") else c.place.population
            for c in gazetteer.candidates(name)
        ),
        default=0,
    )


def _trim(text: str) -> str:
    text = text.strip()
    for prefix in ("the ", "The "):
        text = text.removeprefix(prefix)
    for suffix in ("'s", "’s", "‘s", "'", "’"):
        text = text.removesuffix(suffix)
    return text
