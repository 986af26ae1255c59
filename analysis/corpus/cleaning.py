"""Cleaning of pasted pages without markup: which lines are the article, which are page furniture, and why.

Nothing is thrown away: `clean` returns every non-empty line with its kind, the rule that decided and the reason in
words. The body is the kept lines joined by newlines; ``lines`` ties each of them to its place in the source.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from analysis.corpus import block, chrome, line_features, line_kinds
from analysis.corpus.line_kinds import Decision, Flags
from analysis.schemas import table

_COLUMN = {name: number for number, name in enumerate(line_features.NAMES)}
_HEADLINE_WORDS = (3, 32)
_SPLICE_WORDS = (5, 22)
_TITLE_WORDS = 18  # a longer line under a label is a teaser or a paragraph: left to the model
_CLOSED_SHARE = 0.8  # below it the text is not closed paragraphs, and a loose line tells nothing (our choice)
_CLEAN_LINES, _CLEAN_CHARS = 0.4, 0.75  # pasted pages with menus and comments lie far below both (our choice)
_DOUBT = -4.0  # log odds down to which a paragraph of a clean text is kept
_LINKS = 12  # links in one list


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


def _same(text: str) -> str:
    """Reduce a headline to its letters and digits, to recognise it under other quotes and blanks."""
    return "".join(character for character in text.casefold() if character.isalnum())


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
    decided: dict[int, Decision] = {}
    _by_clean_text(features, scores.line, kept)
    _by_repetition(texts, repeated, decided)
    _by_rule(ranks, decided)
    _by_neighbour(features, ranks, decided)
    kept[list(decided)] = False
    if not kept.any():
        kept = _fallback(features, decided)
    _by_splice(features, kept, decided)
    kept[list(decided)] = False
    _by_headline(texts, features, kept, decided, headline)
    kept[list(decided)] = False
    rows = [
        replace(line, **line_kinds.verdict(number, features, scores.line, kept, ranks, decided))
        for number, line in enumerate(lines)
    ]
    return _frame(rows)


def _by_clean_text(features: line_features.Matrix, line: line_features.Matrix, kept: Flags) -> None:
    """Give paragraphs the benefit of the doubt where most of the text is paragraphs: a clean text must lose none."""
    prose = features[:, _COLUMN["prose"]] > 0
    chars = np.expm1(features[:, _COLUMN["n_chars"]])
    open_lines = features[:, _COLUMN["sure_rule"]] == 0
    closed = (features[:, _COLUMN["closed"]] > 0) & (np.expm1(features[:, _COLUMN["n_words"]]) >= 3)
    sentences = (prose | closed) & open_lines
    share = chars[sentences].sum() / max(chars[open_lines].sum(), 1.0)
    if sentences.sum() < _CLEAN_LINES * open_lines.sum() or share < _CLEAN_CHARS:
        return
    beside = (features[:, _COLUMN["prose-1"]] > 0) | (features[:, _COLUMN["prose+1"]] > 0)
    plain = open_lines & (features[:, _COLUMN["cue_rule"]] == 0)
    commented = np.cumsum(features[:, _COLUMN["is_comment"]]) > 0
    kept |= (prose | (closed & beside)) & plain & ~commented & (line > _DOUBT)


def _by_repetition(texts: Sequence[str], repeated: Collection[str], decided: dict[int, Decision]) -> None:
    """Mark the lines that recur across the outlet's articles."""
    if not repeated:
        return
    known = repeated if isinstance(repeated, (set, frozenset)) else frozenset(repeated)
    for number, text in enumerate(texts):
        if text in known:
            decided[number] = ("", "recurring line", "the same line stands in several articles of the outlet")


def _by_rule(ranks: Sequence[int | None], decided: dict[int, Decision]) -> None:
    """Mark the lines that a sure rule removes."""
    for number, rank in enumerate(ranks):
        if rank is not None and chrome.rules()[rank].sure:
            rule = chrome.rules()[rank]
            decided[number] = (rule.kind, rule.name, rule.reason)


def _by_neighbour(
    features: line_features.Matrix, ranks: Sequence[int | None], decided: dict[int, Decision]
) -> None:
    """Mark what certain furniture brings with it: a title under a player's notice, links under their label."""
    rules = chrome.rules()
    words = np.expm1(features[:, _COLUMN["n_words"]])
    closed = features[:, _COLUMN["closed"]] > 0
    question = features[:, _COLUMN["question"]] > 0
    title_like = (~closed | question) & (words >= 2) & (words <= _TITLE_WORDS)
    for number, rank in enumerate(ranks):
        if rank is None or number + 1 >= len(ranks):
            continue
        following = number + 1
        if rules[rank].name == "player text" and title_like[following] and following not in decided:
            decided[following] = (
                "video title",
                "title of a player",
                "stands under the notice of a video or sound player",
            )
        if rules[rank].name == "related label":
            run = _links_under(following, title_like & ~question, decided)
            for member in run:
                decided[member] = (
                    "related link",
                    "link under a label",
                    "stands in the list under a label of other stories",
                )


def _links_under(first: int, title_like: Flags, decided: Mapping[int, Decision]) -> list[int]:
    """Lines of a list of links that begins at ``first``; a last short line over a paragraph may be a subheading."""
    last = first
    while last < len(title_like) and title_like[last] and last not in decided and last - first < _LINKS:
        last += 1
    ends_page = last == len(title_like) or last in decided
    return list(range(first, last if ends_page or last - first >= 2 else first))


def _by_splice(features: line_features.Matrix, kept: Flags, decided: dict[int, Decision]) -> None:
    """Mark headlines of other stories spliced between paragraphs: two or more in a row, none closed like a sentence."""
    words = np.expm1(features[:, _COLUMN["n_words"]])
    loose = (features[:, _COLUMN["closed"]] == 0) & (words >= _SPLICE_WORDS[0]) & (words <= _SPLICE_WORDS[1])
    loose &= (features[:, _COLUMN["colon"]] == 0) & (features[:, _COLUMN["bullet"]] == 0)
    others = np.flatnonzero(kept & ~loose)
    if len(others) < 2 or features[others, _COLUMN["closed"]].mean() < _CLOSED_SHARE:
        return
    for before, after in zip(others[:-1].tolist(), others[1:].tolist(), strict=True):
        run = [number for number in range(before + 1, after) if number not in decided]
        headlines = [number for number in run if loose[number]]
        a_list = features[before, _COLUMN["colon"]] > 0 or len(headlines) > _CLOSED_SHARE * len(others)
        if len(headlines) < 2 or len(headlines) < len(run) or a_list:
            continue
        for number in headlines:
            decided[number] = (
                "related link",
                "spliced headlines",
                f"one of {len(headlines)} headline-like lines in a row between closed paragraphs",
            )


def _by_headline(
    texts: Sequence[str],
    features: line_features.Matrix,
    kept: Flags,
    decided: dict[int, Decision],
    headline: str,
) -> None:
    """Find the article's own headline and its repetitions."""
    given = _same(headline)
    found = _repetitions(texts, headline) if given else []
    how = ("given headline", "the same as the headline given for the article")
    if not found and not given:
        best = _likely_headline(texts, features, kept, decided)
        if best is not None:
            found = _repetitions(texts, texts[best])
            how = (
                "headline",
                "stands before the first paragraph, is not closed like a sentence and shares the article's words",
            )
    for order, number in enumerate(found):
        if order == 0:
            decided[number] = ("headline", *how)
        else:
            decided[number] = ("duplicate headline", "duplicate headline", "repeats the article's headline")


def _repetitions(texts: Sequence[str], headline: str) -> list[int]:
    """Lines that say the same as the headline, but for quotes, blanks and case."""
    same, longest = _same(headline), 2 * len(headline) + 20
    return [number for number, text in enumerate(texts) if len(text) <= longest and _same(text) == same]


def _likely_headline(
    texts: Sequence[str],
    features: line_features.Matrix,
    kept: Flags,
    decided: dict[int, Decision],
) -> int | None:
    """Choose the headline among the lines before the first paragraph."""
    words = np.expm1(features[:, _COLUMN["n_words"]])
    prose = features[:, _COLUMN["prose"]] > 0
    paragraphs = np.flatnonzero(kept & prose)
    if len(paragraphs) == 0:
        return None
    first = int(paragraphs[0])
    vocabulary = Counter(
        word
        for number in np.flatnonzero(kept).tolist()
        if number >= first
        for word in set(line_features.content_words(texts[number]))
    )
    best, best_value = None, 0.34
    for number in range(max(0, first - 40), first):
        full_stop = texts[number].endswith(".")
        if number in decided or full_stop or not _HEADLINE_WORDS[0] <= words[number] <= _HEADLINE_WORDS[1]:
            continue
        bag = set(line_features.content_words(texts[number]))
        shared = sum(word in vocabulary for word in bag) / max(len(bag), 2)
        repeats = 0.2 if features[number, _COLUMN["repeats"]] > math.log1p(1) + 1e-9 else 0.0
        value = shared + repeats + 0.3 / (1 + (first - number) / 4)
        if value >= best_value:
            best, best_value = number, value
    return best


def _fallback(features: line_features.Matrix, decided: dict[int, Decision]) -> Flags:
    """Keep what no rule removes when the model would leave nothing: an empty body helps nobody."""
    free = np.ones(len(features), dtype=bool)
    free[list(decided)] = False
    prose = free & (features[:, _COLUMN["prose"]] > 0)
    return prose if prose.any() else free


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


def recurring(texts: Iterable[tuple[str, str]], *, min_articles: int = 3) -> dict[str, frozenset[str]]:
    r"""Find the lines that recur across an outlet's articles: page furniture gives itself away by repetition.

    A long closed sentence is only taken when it recurs in a fifth of the articles, because newsrooms repeat background
    paragraphs; any other line when it stands in at least ``min_articles`` and in one article of a hundred.

    Parameters
    ----------
    texts : iterable of (str, str)
        Outlet and source text, one pair an article.
    min_articles : int
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
        least = max(min_articles, math.ceil(articles[outlet] / 100))
        often = max(min_articles, math.ceil(articles[outlet] / 5))
        found[outlet] = frozenset(
            line for line, n in counts[outlet].items() if n >= (often if _is_sentence(line) else least)
        )
    return found


def _is_sentence(line: str) -> bool:
    return len(line.split()) >= 8 and line.rstrip("”\"'’)")[-1:] in (".", "!", "?")
