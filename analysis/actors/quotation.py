"""Quotation marks, paragraph by paragraph: curly, straight, single, doubled, unbalanced and lost.

A mark never reaches beyond its paragraph, unless the next paragraph opens with a mark again (the convention for
quotations of several paragraphs). So an odd mark costs at most one paragraph, and never raises.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# the marks come first, because the search for one letter of a set is fast; a single one between letters is an
# apostrophe, as most of them are
_MARK = re.compile(r"[“”„«»\"‘’‚‹›'`](?:(?<=')'|(?<=`)`|(?<![‘’‚'`])|(?![^\W_])|(?<![^\W_].))")
_OPENS = frozenset("“„«‘‚‹`") | {"``"}
_CLOSES = frozenset("”»’›")
_FAMILY = {
    "“": "double", "”": "double", "„": "double", '"': "double", "''": "double", "``": "double", "«": "angle",
    "»": "angle", "‘": "single", "’": "single", "‚": "single", "'": "single", "`": "single", "‹": "guillemet",
    "›": "guillemet",
}  # fmt: skip


@dataclass(frozen=True)
class Quotation:
    """A quotation: span with its marks, whether the closing mark is there, whether it goes on from the last one."""

    start: int
    end: int
    closed: bool = True
    continues: bool = False

    def inner(self, body: str) -> str:
        """Return the words between the marks."""
        return body[self.start : self.end].strip(" \n\"“”„«»‘’'`‚‹›")


def quotations(body: str) -> list[Quotation]:
    """Find the quotations of a text.

    Parameters
    ----------
    body : str
        Text whose lines are paragraphs.

    Returns
    -------
    list of Quotation
        In order, without overlaps; a quotation inside another one is part of it.

    Examples
    --------
    >>> text = 'She said: “We stay.” He said “we go'
    >>> [text[q.start : q.end] for q in quotations(text)]
    ['“We stay.”', '“we go']
    """
    out: list[Quotation] = []
    at, left_open = 0, -1  # where the last paragraph ended whose last quotation did not
    while match := _MARK.search(body, at):
        low = body.rfind("\n", 0, match.start()) + 1
        at = body.find("\n", match.end())
        at = len(body) if at < 0 else at
        line = body[low:at]
        found = _paragraph(line, low, left_open >= 0 and not body[left_open:low].strip())
        out.extend(found)
        reaches = bool(found) and not found[-1].closed and found[-1].end == low + len(line.rstrip())
        left_open = at if reaches else -1
    return out


def _paragraph(line: str, offset: int, open_before: bool) -> list[Quotation]:
    out: list[Quotation] = []
    start, family = -1, ""
    continues = False
    for match in _MARK.finditer(line):
        mark, at, after = match.group(), match.start(), match.end()
        kind = _FAMILY[mark]
        if kind == "single" and _apostrophe(line, at, after, inside=family == "single"):
            continue
        opens = _is_opening(line, mark, at, after, inside=family == kind)
        if start < 0:
            if opens:
                start, family = at, kind
                continues = open_before and not out and not line[:at].strip()
            continue
        if kind != family:
            continue
        if opens and mark in _OPENS:
            # a second opening mark: the first lost its partner, so it ends at the last full stop before
            end = _sentence_end(line, start, at)
            out.append(Quotation(offset + start, offset + end, closed=False, continues=continues))
            start, continues = at, False
            continue
        out.append(Quotation(offset + start, offset + after, continues=continues))
        start, family, continues = -1, "", False
    if start >= 0 and _keeps_open(line, start, family):
        out.append(Quotation(offset + start, offset + len(line.rstrip()), closed=False, continues=continues))
    return out


def _apostrophe(line: str, at: int, after: int, *, inside: bool) -> bool:
    """Say whether a single mark that is not between letters is an apostrophe: behind an s with no quotation open, before digits."""
    before = line[at - 1] if at else " "
    behind = line[after] if after < len(line) else " "
    if before.isalnum() and not inside:
        return True
    if not before.isalnum() and behind.isdigit() and not line[after + 1 : after + 2].isalpha():
        return (
            len(line[after : after + 3].strip("0123456789")) > 0
            and line[after : after + 2].isdigit()
            and line[at] == "’"
        )
    return False


def _is_opening(line: str, mark: str, at: int, after: int, *, inside: bool) -> bool:
    before = line[at - 1] if at else " "
    behind = line[after] if after < len(line) else " "
    if mark in _OPENS:
        return True
    if mark in _CLOSES:
        # an inverted closing mark before a word opens it: "’Victory"
        return not inside and (before.isspace() or before in "([—–-") and behind.isalnum()
    if inside:
        return False
    return (before.isspace() or before in "([{—–-:,/") and not behind.isspace()


def _sentence_end(line: str, start: int, limit: int) -> int:
    """Return the end of the last sentence between two positions, or the limit itself."""
    piece = line[start:limit]
    ends = [m.end() for m in re.finditer(r"[.!?…]+(?=\s|$)", piece)]
    return start + (ends[-1] if ends else len(piece.rstrip()))


def _keeps_open(line: str, start: int, family: str) -> bool:
    """Say whether an unclosed mark is a lost closing mark: a single one must stand before several words."""
    words = len(line[start:].split())
    return words >= 2 if family != "single" else words >= 4 and line[start] in "‘‚"
