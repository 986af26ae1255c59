"""What overrides the model in cleaning: rules that are certain, and doubts that count for the text.

Each function looks at the lines of one page. Those named ``by_...`` return the lines they remove, with kind, rule and
reason; `by_clean_text` gives lines back.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

import numpy as np

from analysis.corpus.cleaning import chrome, line_features
from analysis.corpus.cleaning.line_kinds import Decision, Flags

_COLUMN = {name: number for number, name in enumerate(line_features.NAMES)}
_HEADLINE_WORDS = (3, 32)
_SPLICE_WORDS = (5, 22)
_TITLE_WORDS = 18  # a longer line under a label is a teaser or a paragraph: left to the model
_CLOSED_SHARE = 0.8  # below it the text is not closed paragraphs, and a loose line tells nothing (our choice)
_CLEAN_LINES, _CLEAN_CHARS = 0.4, 0.75  # pasted pages with menus and comments lie far below both (our choice)
_CLEAN_OPEN = 0.6  # share of lines that no sure rule removes; a page with its menus has less
_DOUBT = -2.0  # log odds down to which a paragraph of a clean text is kept
_LINKS = 12  # links in one list
_ONE_LINE, _LEFT = 60, 40  # words of a line that may be a whole article; words that are no article


def _same(text: str) -> str:
    """Reduce a headline to its letters and digits, to recognise it under other quotes and blanks."""
    return "".join(character for character in text.casefold() if character.isalnum())


def by_clean_text(features: line_features.Matrix, line: line_features.Matrix, kept: Flags) -> Flags:
    """Give paragraphs the benefit of the doubt where most of the text is paragraphs: a clean text must lose none."""
    prose = features[:, _COLUMN["prose"]] > 0
    chars = np.expm1(features[:, _COLUMN["n_chars"]])
    open_lines = features[:, _COLUMN["sure_rule"]] == 0
    closed = (features[:, _COLUMN["closed"]] > 0) & (np.expm1(features[:, _COLUMN["n_words"]]) >= 3)
    sentences = (prose | closed) & open_lines
    share = chars[sentences].sum() / max(chars[open_lines].sum(), 1.0)
    if (
        open_lines.mean() < _CLEAN_OPEN
        or sentences.sum() < _CLEAN_LINES * open_lines.sum()
        or share < _CLEAN_CHARS
    ):
        return kept
    beside = (features[:, _COLUMN["prose-1"]] > 0) | (features[:, _COLUMN["prose+1"]] > 0)
    plain = open_lines & (features[:, _COLUMN["cue_rule"]] == 0)
    commented = np.cumsum(features[:, _COLUMN["is_comment"]]) > 0
    return np.asarray(kept | ((prose | (closed & beside)) & plain & ~commented & (line > _DOUBT)))


def by_repetition(texts: Sequence[str], repeated: Collection[str]) -> dict[int, Decision]:
    """Mark the lines that recur across the outlet's articles."""
    found: dict[int, Decision] = {}
    if not repeated:
        return found
    known = repeated if isinstance(repeated, (set, frozenset)) else frozenset(repeated)
    for number, text in enumerate(texts):
        if text in known:
            found[number] = ("", "recurring line", "the same line stands in several articles of the outlet")
    return found


def by_rule(ranks: Sequence[int | None]) -> dict[int, Decision]:
    """Mark the lines that a sure rule removes."""
    found: dict[int, Decision] = {}
    for number, rank in enumerate(ranks):
        if rank is not None and chrome.rules()[rank].sure:
            rule = chrome.rules()[rank]
            found[number] = (rule.kind, rule.name, rule.reason)
    return found


def whole_text(features: line_features.Matrix, kept: Flags) -> int | None:
    """Name the line that is the article itself, pasted without breaks: little else is left, and it is long.

    A notice or caption that opens such a line does not make furniture of it all.
    """
    words = np.expm1(features[:, _COLUMN["n_words"]])
    longest = int(words.argmax())
    if kept[longest] or words[longest] < _ONE_LINE or words[kept].sum() >= _LEFT:
        return None
    return longest


def by_neighbour(
    features: line_features.Matrix, ranks: Sequence[int | None], decided: Mapping[int, Decision]
) -> dict[int, Decision]:
    """Mark what certain furniture brings with it: a title under a player's notice, links under their label."""
    found: dict[int, Decision] = {}
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
            found[following] = (
                "video title",
                "title of a player",
                "stands under the notice of a video or sound player",
            )
        if rules[rank].name == "related label":
            run = _links_under(following, title_like & ~question, decided)
            for member in run:
                found[member] = (
                    "related link",
                    "link under a label",
                    "stands in the list under a label of other stories",
                )
    return found


def _links_under(first: int, title_like: Flags, decided: Mapping[int, Decision]) -> list[int]:
    """Lines of a list of links that begins at ``first``; a last short line over a paragraph may be a subheading."""
    last = first
    while last < len(title_like) and title_like[last] and last not in decided and last - first < _LINKS:
        last += 1
    ends_page = last == len(title_like) or last in decided
    return list(range(first, last if ends_page or last - first >= 2 else first))


def by_splice(
    features: line_features.Matrix, kept: Flags, decided: Mapping[int, Decision]
) -> dict[int, Decision]:
    """Mark headlines of other stories spliced between paragraphs: two or more in a row, none closed like a sentence."""
    found: dict[int, Decision] = {}
    words = np.expm1(features[:, _COLUMN["n_words"]])
    loose = (features[:, _COLUMN["closed"]] == 0) & (words >= _SPLICE_WORDS[0]) & (words <= _SPLICE_WORDS[1])
    loose &= (features[:, _COLUMN["colon"]] == 0) & (features[:, _COLUMN["bullet"]] == 0)
    others = np.flatnonzero(kept & ~loose)
    if len(others) < 2 or features[others, _COLUMN["closed"]].mean() < _CLOSED_SHARE:
        return found
    for before, after in zip(others[:-1].tolist(), others[1:].tolist(), strict=True):
        run = [number for number in range(before + 1, after) if number not in decided]
        headlines = [number for number in run if loose[number]]
        a_list = features[before, _COLUMN["colon"]] > 0 or len(headlines) > _CLOSED_SHARE * len(others)
        # a headline does not begin in lower case: such lines are one paragraph, broken where the page was narrow
        broken = (features[before + 1 : after + 1, _COLUMN["opens_low"]] > 0).any()
        if len(headlines) < 2 or len(headlines) < len(run) or a_list or broken:
            continue
        for number in headlines:
            found[number] = (
                "related link",
                "spliced headlines",
                f"one of {len(headlines)} headline-like lines in a row between closed paragraphs",
            )
    return found


def by_headline(
    texts: Sequence[str],
    features: line_features.Matrix,
    kept: Flags,
    decided: Mapping[int, Decision],
    headline: str,
) -> dict[int, Decision]:
    """Find the article's own headline and its repetitions."""
    decisions: dict[int, Decision] = {}
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
            decisions[number] = ("headline", *how)
        else:
            decisions[number] = ("duplicate headline", "duplicate headline", "repeats the article's headline")
    return decisions


def _repetitions(texts: Sequence[str], headline: str) -> list[int]:
    """Lines that say the same as the headline, but for quotes, blanks and case."""
    same, longest = _same(headline), 2 * len(headline) + 20
    return [number for number, text in enumerate(texts) if len(text) <= longest and _same(text) == same]


def _likely_headline(
    texts: Sequence[str],
    features: line_features.Matrix,
    kept: Flags,
    decided: Mapping[int, Decision],
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


def fallback(features: line_features.Matrix, decided: Mapping[int, Decision]) -> Flags:
    """Keep what no rule removes when the model would leave nothing: an empty body helps nobody."""
    free = np.ones(len(features), dtype=bool)
    free[list(decided)] = False
    prose = free & (features[:, _COLUMN["prose"]] > 0)
    return prose if prose.any() else free
