"""The word beside a name that says what it is: "Kursk region", "the regions of Kherson and Luhansk"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from analysis.places.lexicon import lexicon
from analysis.places.names import fold
from analysis.places.recognition import Hit

_AFTER = re.compile(r" ([\w'’-]+)")
_JOINED = re.compile(r",? and (?:the )?|, (?:the )?|,? or ")
_UNIT_OF = re.compile(
    r"\b(region|province|oblast|district|state|governorate|county)(s?) of (?:the )?$", re.IGNORECASE
)


def with_units(text: str, hits: Sequence[Hit]) -> list[Hit]:
    """Give each hit the word that says what it is: "Kursk region", "the regions of Kherson and Luhansk".

    Parameters
    ----------
    text : str
        The body.
    hits : sequence of Hit
        In order.

    Returns
    -------
    list of Hit
        The same, with ``unit`` where a word says so; a plural counts for all names that it holds together.
    """
    units = [_unit_after(text, hit) for hit in hits]
    result = [unit for unit, _ in units]
    for i in range(len(hits) - 2, -1, -1):
        plural = units[i + 1][1]
        if plural and not result[i] and _JOINED.fullmatch(text[hits[i].end : hits[i + 1].start]):
            result[i], units[i] = result[i + 1], (result[i + 1], True)
    for i, hit in enumerate(hits):
        of = text[max(0, hit.start - 8) : hit.start].lower().endswith((" of ", " of the "))
        before = _UNIT_OF.search(text, max(0, hit.start - 24), hit.start) if of else None
        if before is None or result[i]:
            continue
        result[i] = _singular(before[1].lower())
        j = i + 1
        while before[2] and j < len(hits) and not result[j]:
            if not _JOINED.fullmatch(text[hits[j - 1].end : hits[j].start]):
                break
            result[j] = result[i]
            j += 1
    return [replace(hit, unit=unit) if unit else hit for hit, unit in zip(hits, result, strict=True)]


def _unit_after(text: str, hit: Hit) -> tuple[str, bool]:
    """Give the word after a name if it says what the name is, and whether it is a plural."""
    after = _AFTER.match(text, hit.end) if text[hit.end : hit.end + 1] == " " else None
    return _unit(after[1]) if after else ("", False)


@lru_cache(maxsize=1 << 14)
def _unit(following: str) -> tuple[str, bool]:
    word, units = fold(following), lexicon().unit_after
    if word in units:
        return word, False
    single = _singular(word)
    return (single, True) if single != word and single in units else ("", False)


def _singular(word: str) -> str:
    return word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")
