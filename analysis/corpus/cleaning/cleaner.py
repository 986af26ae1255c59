"""Cleaning of pasted pages without markup: which lines are the article, which are page furniture, and why.

Nothing is thrown away: `clean` returns every non-empty line with its kind, the rule that decided and the reason in
words. The body is the kept lines joined by newlines; ``lines`` ties each of them to its place in the source.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

import polars as pl

from analysis.corpus.cleaning import block, chrome, line_decisions, line_features, line_kinds
from analysis.schemas import table


@dataclass(frozen=True)
class _Line:
    """One line of the source and what was decided about it."""

    number: int
    start: int
    end: int
    text: str
    kind: str = ""
    kept: bool = False
    rule: str = ""
    reason: str = ""


def _split(text: str) -> list[_Line]:
    """Cut a text into its non-empty lines, trimmed, each with its place."""
    lines, position = [], 0
    for number, raw in enumerate(text.split("\n"), 1):
        stripped = raw.strip()
        if stripped:
            start = position + raw.index(stripped)
            lines.append(_Line(number, start, start + len(stripped), stripped))
        position += len(raw) + 1
    return lines


def clean(text: str, *, headline: str = "", repeated: Collection[str] = ()) -> pl.DataFrame:
    r"""Tell the article from the page furniture, line by line.

    Parameters
    ----------
    text : str
        A pasted page or article, one paragraph a line. Characters are never changed, only blanks at the ends of a
        line are left out.
    headline : str, optional
        The article's headline where it is known from elsewhere; else it is looked for.
    repeated : collection of str, optional
        Lines known to recur across the articles of the outlet, from `recurring`.

    Returns
    -------
    polars.DataFrame
        One row a non-empty line, with the columns of the ``lines`` table but ``article_id``: ``start end line
        source_start source_end kind kept rule reason text``. ``start`` and ``end`` are offsets in the body and missing
        for removed lines.

    Examples
    --------
    >>> page = "Home / World\nMayor opens the new bridge\nBy Ada Holm\nThe mayor opened the bridge on Monday, she said."
    >>> lines = clean(page)
    >>> lines["kind"].to_list()
    ['section label', 'headline', 'byline', 'body']
    >>> body_of(lines)
    'The mayor opened the bridge on Monday, she said.'
    """
    lines = _split(text)
    if not lines:
        return _frame([])
    texts = [line.text for line in lines]
    ranks = chrome.matches(texts)
    features = line_features.matrix(texts, ranks, headline=headline)
    scores = block.scores(features)
    kept = block.decode(scores.line, scores.first, scores.last)
    kept = line_decisions.by_clean_text(features, scores.line, kept)
    decided = {**line_decisions.by_repetition(texts, repeated), **line_decisions.by_rule(ranks)}
    decided |= line_decisions.by_neighbour(features, ranks, decided)
    kept[list(decided)] = False
    if not kept.any():
        kept = line_decisions.fallback(features, decided)
    decided |= line_decisions.by_splice(features, kept, decided)
    kept[list(decided)] = False
    decided |= line_decisions.by_headline(texts, features, kept, decided, headline)
    kept[list(decided)] = False
    whole = line_decisions.whole_text(features, kept)
    if whole is not None:
        decided.pop(whole, None)
        kept[whole] = True
    rows = [
        replace(line, **line_kinds.verdict(number, features, scores.line, kept, ranks, decided))
        for number, line in enumerate(lines)
    ]
    if whole is not None:
        told = "the article stands in this one line, with whatever furniture was pasted into it"
        rows[whole] = replace(rows[whole], kind="body", rule="whole text", reason=told)
    return _frame(rows)


def _frame(rows: Sequence[_Line]) -> pl.DataFrame:
    """Bring decided lines into the shape of the ``lines`` table, with offsets in the body."""
    schema = {name: kind for name, kind in table("lines").schema.items() if name != "article_id"}
    records, position = [], 0
    for row in rows:
        start = position if row.kept else None
        end = position + len(row.text) if row.kept else None
        if end is not None:
            position = end + 1
        records.append(
            (start, end, row.number, row.start, row.end, row.kind, row.kept, row.rule, row.reason, row.text)
        )
    return pl.DataFrame(records, schema=schema, orient="row")


def body_of(lines: pl.DataFrame) -> str:
    """Join the kept lines into the body that every layer's offsets refer to."""
    return "\n".join(lines.filter(pl.col("kept"))["text"].to_list())


def headline_of(lines: pl.DataFrame) -> str:
    """Return the article's own headline as it stands in the source, or an empty text where there is none."""
    found = lines.filter(pl.col("kind") == "headline")["text"].to_list()
    return found[0] if found else ""


def recurring(texts: Iterable[tuple[str, str]], *, minimum: int = 3) -> dict[str, frozenset[str]]:
    r"""Find the lines that recur across an outlet's articles: page furniture gives itself away by repetition.

    A long closed sentence or a question is only taken when it recurs in a fifth of the articles, because newsrooms repeat background
    paragraphs; any other line when it stands in at least ``minimum`` and in one article of a hundred.

    Parameters
    ----------
    texts : iterable of (str, str)
        Outlet and source text, one pair an article.
    minimum : int
        In how many articles of the outlet a line must stand.

    Returns
    -------
    dict of str to frozenset of str
        The recurring lines of each outlet, to be passed to `clean` as ``repeated``.

    Examples
    --------
    >>> pages = [("The Harbour Post", f"Story {n} is told here.\nTide tables and ferry times") for n in range(3)]
    >>> recurring(pages)
    {'The Harbour Post': frozenset({'Tide tables and ferry times'})}
    """
    articles: Counter[str] = Counter()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for outlet, text in texts:
        articles[outlet] += 1
        counts[outlet].update({line.strip() for line in text.split("\n")} - {""})
    found = {}
    for outlet in sorted(counts):
        least = max(minimum, math.ceil(articles[outlet] / 100))
        often = max(minimum, math.ceil(articles[outlet] / 5))
        found[outlet] = frozenset(
            line for line, n in counts[outlet].items() if n >= (often if _is_sentence(line) else least)
        )
    return found


def _is_sentence(line: str) -> bool:
    """Whether a line may well be text of an article: a long closed sentence, or a question (often a subheading)."""
    bare = line.rstrip("”\"'’)")
    return bare.endswith("?") or (len(line.split()) >= 8 and bare.endswith((".", "!")))
