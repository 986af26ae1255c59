"""What a place name does in its sentence: event, dateline, mention or comparison, and whether it stands for a government."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from analysis.language import Parse
from analysis.places.gazetteer import Place, load
from analysis.places.lexicon import lexicon
from analysis.places.resolution import Reading

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SENTENCE_END = re.compile(r"[.!?][”\"’')]*\s+(?=[A-Z“\"‘])|\n+")
_QUOTES = re.compile(r"[“”\"]|\n")
_DATELINE = re.compile(r"[^\n.!?]{0,60}?(?:\s*\([A-Z][A-Za-z]+\))?\s*(?:[—–]|--?\s|:\s)")
_BEFORE = re.compile(r"([\w.-]+)\s+(?:the\s+)?$")
_AFTER = re.compile(r"(?:['’‘]s)?\s+([\w-]+)(?:\s+([\w-]+))?")


@dataclass(slots=True)
class Setting:
    """Where an article's sentences begin, what of it is quoted, and its parse where there is one."""

    starts: list[int]
    quoted: list[tuple[int, int]]
    doc: Doc | None = None
    _tokens: dict[int, Token] = field(default_factory=dict)

    def token_at(self, position: int) -> Token | None:
        """Give the token that begins at a position, where there is a parse."""
        if self.doc is not None and not self._tokens:
            self._tokens.update((token.idx, token) for token in self.doc)
        return self._tokens.get(position)

    def is_quoted(self, position: int) -> bool:
        """Tell whether a position lies inside quotation marks."""
        at = bisect_right(self.quoted, (position, 1 << 60)) - 1
        return at >= 0 and position < self.quoted[at][1]

    def judge(
        self, body: str, readings: Sequence[Reading], index: int, place: Place | None
    ) -> tuple[str, str]:
        """Give the kind and the role of a reading."""
        hit = readings[index].hit
        kind = place.kind if place else "facility"
        if hit.kind == "demonym":
            return "demonym", "mention"
        role = "mention"
        if hit.start < 60 and _is_dateline(body, hit.start, hit.end):
            return kind, "dateline"
        if place is not None and _is_government(self, body, hit.start, hit.end, place):
            return "metonym", "mention"
        before = _BEFORE.search(body, max(0, hit.start - 24), hit.start)
        word = before.group(1).lower() if before else ""
        if word in lexicon().comparison_cues:
            role = "comparison"
        elif word in lexicon().event_prepositions:
            role = "event"
        return kind, role


def _is_dateline(body: str, start: int, end: int) -> bool:
    line = body.rfind("\n", 0, start) + 1
    return line == 0 and len(body[:start].strip()) == 0 and bool(_DATELINE.match(body, end))


def _is_government(setting: Setting, body: str, start: int, end: int, place: Place) -> bool:
    """Tell whether a capital or country acts or is dealt with as its government: "Moscow said", "talks with Kyiv"."""
    if place.kind not in ("country", "town") or load().government_of(body[start:end]) is None:
        return False
    token = setting.token_at(start)
    if token is not None:
        return _government_by_parse(token, end, place)
    return place.kind == "town" and _government_by_words(body, start, end)


def _government_by_parse(token: Token, end: int, place: Place) -> bool:
    words = lexicon()
    while token.head.i != token.i and token.idx <= token.head.idx < end:
        token = token.head  # the head of a name of several words
    while token.dep_ == "conj" and token.head.ent_type_ == "GPE":
        token = token.head  # "Kyiv and Moscow agreed"
    head = token.head
    verb = head.lemma_.lower()
    if token.dep_ == "nsubj":
        return head.pos_ in ("VERB", "AUX") and verb in words.government_verbs
    town = place.kind == "town"
    if token.dep_ == "poss":
        return town and verb in words.government_nouns
    if token.dep_ == "pobj" and head.lemma_.lower() in words.government_prepositions:
        governor = head.head.lemma_.lower()
        if head.lemma_.lower() == "by":
            return governor in words.government_verbs
        return town and governor in words.government_before
    if token.dep_ == "dobj":
        return (
            town
            and verb in words.government_verbs
            and verb not in ("attack", "bomb", "shell", "leave", "join", "hit")
        )
    return False


def _government_by_words(body: str, start: int, end: int) -> bool:
    words = lexicon()
    after = _AFTER.match(body, end)
    if after is None:
        return False
    first, second = after.group(1).lower(), (after.group(2) or "").lower()
    if body[end : end + 2] in ("'s", "’s", "‘s"):
        return first in words.government_nouns or second in words.government_nouns
    before = _BEFORE.search(body, max(0, start - 24), start)
    if before and before.group(1).lower() in words.event_prepositions | {"of"}:
        return False
    return _lemma(first) in words.government_verbs


def _lemma(verb: str) -> str:
    """Give the base of a regular verb form, well enough for a list look-up."""
    irregular = {"said": "say", "told": "tell", "sought": "seek", "saw": "see", "sent": "send", "has": "have"}
    if verb in irregular:
        return irregular[verb]
    for ending, base in (
        ("ies", "y"),
        ("ied", "y"),
        ("es", "e"),
        ("es", ""),
        ("s", ""),
        ("ed", "e"),
        ("ed", ""),
    ):
        if verb.endswith(ending) and verb[: -len(ending)] + base in lexicon().government_verbs:
            return verb[: -len(ending)] + base
    return verb


def setting_of_text(body: str) -> Setting:
    """Split a body into sentences and quotations by its punctuation alone."""
    return Setting([0, *(match.end() for match in _SENTENCE_END.finditer(body))], _quotations(body))


def setting_of_parse(parse: Parse) -> Setting:
    """Take sentences from the parse, quotations from the punctuation."""
    starts = [span.start_char for span in parse.sentences] or [0]
    starts[0] = 0
    return Setting(starts, _quotations(parse.body), parse.doc)


def _quotations(body: str) -> list[tuple[int, int]]:
    """Pair quotation marks within a paragraph; an unclosed one ends with its paragraph."""
    spans, opened = [], -1
    for match in _QUOTES.finditer(body):
        sign, at = match.group(), match.start()
        if sign == "\n":
            if opened >= 0:
                spans.append((opened, at))
            opened = -1
        elif opened < 0 and sign != "”":
            opened = at
        elif opened >= 0 and sign != "“":
            spans.append((opened, match.end()))
            opened = -1
    if opened >= 0:
        spans.append((opened, len(body)))
    return spans
