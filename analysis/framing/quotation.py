"""Where quotation marks open and close, paragraph by paragraph; a lost mark never spoils more than its paragraph."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

_DOUBLE_OPEN, _DOUBLE_CLOSE = "“„«", "”»"
_EITHER = '"'
_DOUBLE = re.compile(f"[{_DOUBLE_OPEN}{_DOUBLE_CLOSE}{_EITHER}]")
# a single mark opens after a space or bracket and before a letter; it closes after a letter or stop and before none
_SINGLE_OPEN = re.compile(r"(?<![\w.,!?…'’‘])['‘](?=\w)")
_SINGLE_CLOSE = re.compile(r"(?<=[\w.,!?…\-])['’](?!\w)")
LONGEST_SINGLE = 300  # characters; beyond that a single mark is an apostrophe that was taken for one


class Quotation(NamedTuple):
    """The text between two marks, the marks not included."""

    start: int
    end: int


def quotations(body: str) -> list[Quotation]:
    r"""Find what stands in quotation marks.

    Parameters
    ----------
    body : str
        The text; every line is a paragraph.

    Returns
    -------
    list of Quotation
        In order. A mark without a partner is read as a quotation to the end of the paragraph only where the next
        paragraph opens with a mark again, which is how a quotation over several paragraphs is printed.

    Examples
    --------
    >>> body = "He called it a “disaster” and left.\nThe soldiers' camp stayed."
    >>> [body[q.start : q.end] for q in quotations(body)]
    ['disaster']
    """
    found: list[Quotation] = []
    lines = body.split("\n")
    offset = 0
    for number, line in enumerate(lines):
        following = lines[number + 1].lstrip()[:1] if number + 1 < len(lines) else ""
        doubles = list(_doubles(line, goes_on=following != "" and following in _DOUBLE_OPEN + _EITHER))
        singles = [
            span
            for span in _singles(line)
            if not any(d.start < span.end and span.start < d.end for d in doubles)
        ]
        found.extend(Quotation(offset + q.start, offset + q.end) for q in sorted([*doubles, *singles]))
        offset += len(line) + 1
    return found


def _doubles(line: str, *, goes_on: bool) -> Iterator[Quotation]:
    opened: int | None = None
    for mark in _DOUBLE.finditer(line):
        position, sign = mark.start(), mark[0]
        if sign in _DOUBLE_OPEN or (sign == _EITHER and opened is None):
            opened = position + 1
        elif sign in _DOUBLE_CLOSE or sign == _EITHER:
            if opened is not None:
                yield Quotation(opened, position)
            opened = None
    if opened is not None and goes_on:
        yield Quotation(opened, len(line))


def _singles(line: str) -> Iterator[Quotation]:
    position = 0
    while True:
        opening = _SINGLE_OPEN.search(line, position)
        if opening is None:
            return
        closing = _close(line, opening.end())
        if closing is None:
            position = opening.end()
            continue
        yield Quotation(opening.end(), closing)
        position = closing + 1


def _close(line: str, start: int) -> int | None:
    """Find the closing single mark: the first that is no plural's apostrophe ("soldiers' "), else the last."""
    candidates = [hit.start() for hit in _SINGLE_CLOSE.finditer(line, start, start + LONGEST_SINGLE)]
    clear = [at for at in candidates if line[at - 1] != "s" or not re.match(r"['’] \w", line[at : at + 3])]
    return clear[0] if clear else (candidates[-1] if candidates else None)


def containing(spans: list[Quotation], start: int, end: int) -> Quotation | None:
    """Give the quotation that holds a span; `spans` in order."""
    at = bisect_right(spans, (start, float("inf"))) - 1
    if at >= 0 and spans[at].start <= start and end <= spans[at].end:
        return spans[at]
    return None
