"""Speech marked by its place on the page: turns of a transcript ("ANNA BERG:") and embedded posts ("— Anna Berg (@berg)").

Neither has a verb of saying nor quotation marks. A transcript is one only where several speakers, one of them with a
full name, take turns at the head of paragraphs: "READ MORE:" and "THE FACTS:" are headings.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.actors.grammar import Grammar
from analysis.actors.lexicons import words
from analysis.actors.spans import Attribution

TURN = "turn of a transcript"
POST = "embedded post"
_LABEL = re.compile(
    r"^(?P<name>[A-Z][A-Z.’'-]+(?: [A-Z][A-Z.’'-]*){0,4})(?:, [A-Z][\w ,.’'-]{1,60})?(?: \([^()\n]{1,40}\))?:(?= \S)",
    re.MULTILINE,
)
_EMBEDDED = re.compile(
    r"^(?P<text>[^\n]*\S)\s*[–—] ?(?P<name>[^\n()–—]{2,50}?) \(@\w+\),? ?(?=[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4})",
    re.MULTILINE,
)
_TURNS = 4


@dataclass(frozen=True)
class Labelled:
    """A speaker's name, the mark between name and words, and the words, as characters."""

    name: tuple[int, int]
    mark: tuple[int, int]
    content: tuple[int, int]
    rule: str


def labelled(body: str) -> list[Labelled]:
    """Find the turns and posts of a text.

    Parameters
    ----------
    body : str
        Text whose lines are paragraphs.

    Returns
    -------
    list of Labelled
        In order, without overlaps.

    Examples
    --------
    >>> text = "The bridge is safe. — Anna Berg (@berg) May 3, 2020"
    >>> [text[slice(*found.content)] for found in labelled(text)]
    ['The bridge is safe.']
    """
    posts = [
        Labelled(m.span("name"), (m.end("text"), m.start("name")), m.span("text"), POST)
        for m in _EMBEDDED.finditer(body)
    ]
    return posts or _turns(body)


def _turns(body: str) -> list[Labelled]:
    found = [m for m in _LABEL.finditer(body) if not _is_heading(m.group("name"))]
    names = {m.group("name") for m in found}
    families = {name.split()[-1] for name in names}
    if len(found) < _TURNS or len(families) < 2 or not any(" " in name for name in names):
        return []
    out = []
    for m, after in zip(found, [*found[1:], None], strict=True):
        end = len(body[: after.start() if after else len(body)].rstrip())
        start = m.end() + 1
        if start < end:
            out.append(Labelled(m.span("name"), (m.end() - 1, m.end()), (start, end), TURN))
    return out


def _is_heading(name: str) -> bool:
    return any(word.lower() in words("headings") for word in name.split())


def attributed(g: Grammar, found: Sequence[Labelled]) -> list[Attribution]:
    """Make attributions of turns and posts, a piece of content a paragraph.

    Parameters
    ----------
    g : Grammar
        The article.
    found : sequence of Labelled
        From `labelled`.

    Returns
    -------
    list of Attribution
    """
    out = []
    for one in found:
        pieces, position = [], one.content[0]
        for line in g.body[slice(*one.content)].split("\n"):
            if line.strip():
                pieces.append((position + len(line) - len(line.lstrip()), position + len(line.rstrip())))
            position += len(line) + 1
        name = max(bisect_right(g.start, one.name[1] - 1) - 1, 0)
        mark = min(bisect_left(g.start, one.mark[0]), len(g) - 1)
        cue = one.mark if one.rule == TURN else None
        out.append(Attribution(tuple(pieces), cue, one.name, mark if cue else -1, name, "direct", one.rule))
    return out
