"""Where an article's sentences and quotations lie, and what that makes of the places in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from analysis.language import Parse
from analysis.places.gazetteer import Place
from analysis.places.metonyms import is_government
from analysis.places.resolution import Reading
from analysis.places.roles import JOINED, role_of
from analysis.text.plain import PlainText

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

FAR = 12  # characters between names that nothing joins
_QUOTES = re.compile(r"[“”\"]|\n")


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

    def sentence(self, position: int) -> int:
        """Give the number of the sentence a position lies in."""
        return bisect_right(self.starts, position) - 1

    def is_quoted(self, position: int) -> bool:
        """Tell whether a position lies inside quotation marks."""
        at = bisect_right(self.quoted, (position, 1 << 60)) - 1
        return at >= 0 and position < self.quoted[at][1]

    def judge(
        self,
        body: str,
        readings: Sequence[Reading],
        index: int,
        place: Place | None,
        previous: tuple[str, str],
    ) -> tuple[str, str]:
        """Give the kind and the role of a reading; `previous` has those of the one before."""
        hit = readings[index].hit
        if hit.kind == "demonym":
            return "demonym", "mention"
        end = readings[index - 1].hit.end if index else hit.start - FAR
        joint = JOINED.fullmatch(body, end, hit.start) if hit.start - end < FAR else None
        if place is not None:
            beside = joint is not None and " and " in joint[0] and previous[0] == "metonym"
            token = self.token_at(hit.start)
            if is_government(token, body, hit.start, hit.end, place, beside=beside):
                return "metonym", "mention"
        if joint is not None and previous[0] not in ("metonym", "demonym") and previous[1] != "dateline":
            role = previous[1]  # "Turkey and Argentina"
        else:
            role = role_of(body, hit.start, hit.end, self.starts[self.sentence(hit.start)])
        return place.kind if place else "facility", role


def setting_of_text(text: PlainText) -> Setting:
    """Take sentences as they were found by rule, quotations from the punctuation."""
    return Setting([0, *text.starts[1:]], _quotations(text.body))


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
