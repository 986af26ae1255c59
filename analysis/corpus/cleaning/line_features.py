"""What can be seen of a line without markup: its shape, its words, its place on the page and its neighbours.

Every feature can be named to a reader. The matrix feeds the small model of `analysis.corpus.cleaning.block`; nothing here
decides anything.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from analysis.corpus.cleaning import chrome, line_context

Matrix = NDArray[np.float64]

_WORD = re.compile(r"[^\W\d_]+(?:['’‘][^\W\d_]+)*")
_CLOSED = re.compile(r"[.!?…。！？]['’\"”»)\]*]*\s*$|[.!?,]['’\"”]\s*$|[”\"]$")
_INNER_STOP = re.compile(r"[.!?]['’\"”)]*\s+[\"“‘'(]?[A-Z0-9\u0410-\u042f]")
_BULLET = re.compile(r"[-–—•·*▪●◦⦁»>]\s|\(?\d{1,3}[.)]\s|#")
_SPEECH = re.compile(r"[“”\"«»„]|(?:^|\s)[‘']\w")
_GLUED = re.compile(r"[a-z.!?”][A-Z][a-z]")  # a headline run into its teaser: "Bridge opensThe mayor"
_DIGIT = re.compile(r"\d")
_ODD = re.compile(r"[/@#_=©+*>\[\]]")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_PROSE_WORDS = 9  # a sentence of fewer words may as well be a link; set on the open pages by looking

_OWN = (
    "n_chars", "n_words", "word_length", "closed", "colon", "comma_end", "inner_stops", "commas", "grammar", "finite", "address",
    "capitalised", "all_caps", "short_words", "digits", "speech", "opens_low", "opens_digit", "bullet", "question",
    "pipes", "odd_signs", "year", "brackets", "ellipsis", "glued", "first_person", "sure_rule", "cue_rule",
)  # fmt: skip
_KIND_GROUPS = (
    ("share", ("share bar",)),
    ("picture", ("image credit", "caption")),
    ("related", ("related link",)),
    ("player", ("player notice",)),
    ("promotion", ("promotion",)),
    ("comment", ("comment",)),
    ("legal", ("footer",)),
    ("menu", ("navigation", "section label")),
    ("stamp", ("timestamp",)),
    ("author", ("byline", "dateline")),
)
_CONTEXT = (
    "prose", "repeats", "first_of_repeats", "position", "from_start", "from_end", "prose_before", "prose_after", "in_block",
    "block_edge_before", "block_edge_after", "to_prose_before", "to_prose_after", "run_short", "run_prose", "overlap", "overlap_headline",
    "mean3", "mean9", "mean25", "chars9", "same_length_run", "ends_seen", "ends_ahead", "page_lines", "page_prose", "page_prose_share", "page_furniture",
    "since_related", "since_comment", "since_legal", "since_stamp", "since_promotion", "until_stamp", "until_share",
    "stamps_near", "since_list_lead", "patch_share", "patch_rank", "patch_lines", "patch_gap", "after_headline", "title_again",
)  # fmt: skip
_SHIFTED = (
    "prose",
    "n_words",
    "closed",
    "grammar",
    "sure_rule",
    "cue_rule",
    "colon",
    "capitalised",
    "overlap",
)
_SHIFTS = (-3, -2, -1, 1, 2, 3)
_SHIFTED_KINDS = ("picture", "related", "player", "stamp", "author", "comment", "promotion", "menu")
_END_GROUPS = ("related", "comment", "legal", "promotion", "share")

NAMES: tuple[str, ...] = (
    *_OWN,
    *(f"is_{name}" for name, _ in _KIND_GROUPS),
    *_CONTEXT,
    *(f"{name}{shift:+d}" for shift in _SHIFTS for name in _SHIFTED),
    *(f"is_{name}{shift:+d}" for shift in (-1, 1) for name in _SHIFTED_KINDS),
)


@cache
def word_classes() -> dict[str, frozenset[str]]:
    """Read the classes of English function words that ship with the kit."""
    text = (resources.files("analysis") / "data" / "cleaning" / "function_words.txt").read_text(
        encoding="utf-8"
    )
    rows = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    return {row[0]: frozenset(row[1:]) for row in rows}


def content_words(text: str) -> list[str]:
    """Words that say what a text is about: five letters or more, in lower case, possessives cut."""
    return _content(_WORD.findall(text.lower()))


def _content(lowered: Sequence[str]) -> list[str]:
    found = (word.removesuffix("'s").removesuffix("’s") for word in lowered if len(word) >= 5)
    return [word for word in found if len(word) >= 5]


def _grammar(words: Sequence[Sequence[str]]) -> frozenset[str]:
    """Choose the function words of the language whose words the page uses most; English where none leads."""
    counts: Counter[str] = Counter()
    for line in words:
        counts.update(line)
    classes = {name: members for name, members in word_classes().items() if name.startswith("grammar-")}
    return max(classes.values(), key=lambda members: sum(counts[word] for word in members))


def _own(
    line: str, words: Sequence[str], low: Sequence[str], grammar: frozenset[str], rank: int | None
) -> tuple[float, ...]:
    """Measure one line by itself."""
    classes = word_classes()
    n, size = len(words), len(line)
    by_word = max(n, 1)
    finite, address, first = classes["finite"], classes["address"], classes["first"]
    rule = chrome.rules()[rank] if rank is not None else None
    return (
        math.log1p(size),
        math.log1p(n),
        sum(map(len, words)) / by_word,
        float(_CLOSED.search(line, max(0, size - 8)) is not None),
        float(line.endswith((":", "："))),
        float(line.endswith((",", ";", "–", "—", "-"))),
        min(len(_INNER_STOP.findall(line)), 6),
        line.count(",") / by_word,
        len([1 for word in low if word in grammar]) / by_word,
        len([1 for word in low if word in finite]) / by_word,
        len([1 for word in low if word in address]) / by_word,
        len([1 for word in words if word[0].isupper()]) / by_word,
        float(n > 0 and line == line.upper()),
        len([1 for word in words if len(word) <= 3 and word[0].islower()]) / by_word,
        len(_DIGIT.findall(line)) / max(size, 1),
        float(_SPEECH.search(line) is not None),
        float(line[:1].islower()),
        float(line[:1].isdigit()),
        float(_BULLET.match(line) is not None),
        float(line.rstrip("”\"'’)").endswith("?")),
        float(line.count("|") + line.count("›") + line.count("»")),
        len(_ODD.findall(line)) / max(size, 1),
        float(_YEAR.search(line) is not None),
        float(line[-1:] in ")]"),
        float(line.rstrip("]) ").endswith(("…", "..", "[...", "[…"))),
        min(len(_GLUED.findall(line)), 4),
        len([1 for word in low if word in first]) / by_word,
        float(rule is not None and rule.sure),
        float(rule is not None and not rule.sure),
    )


def _overlap(bags: Sequence[Sequence[str]], prose: NDArray[np.bool_], block: tuple[int, int]) -> Matrix:
    """Share of a line's content words that other prose lines of the page's main block use, too."""
    inside = [number for number in range(*block) if prose[number]]
    counts = Counter(word for number in inside for word in set(bags[number]))
    shares = np.zeros(len(bags))
    members = set(inside)
    for number, bag in enumerate(bags):
        kinds = set(bag)
        if kinds:
            needed = 2 if number in members else 1
            shares[number] = sum(counts[word] >= needed for word in kinds) / len(kinds)
    return shares


def matrix(lines: Sequence[str], ranks: Sequence[int | None], *, headline: str = "") -> Matrix:
    """Measure every line of a page.

    Parameters
    ----------
    lines : sequence of str
        The non-empty lines, without blanks at their ends.
    ranks : sequence of int or None
        The first rule of `analysis.corpus.cleaning.chrome` that fits each line.
    headline : str, optional
        The article's headline where it is known.

    Returns
    -------
    numpy.ndarray
        One row a line, one column for each of `NAMES`.
    """
    n = len(lines)
    tokens = [_WORD.findall(line) for line in lines]
    lowered = [[word.lower() for word in line] for line in tokens]
    grammar = _grammar(lowered)
    own = np.array(
        [
            _own(line, words, low, grammar, rank)
            for line, words, low, rank in zip(lines, tokens, lowered, ranks, strict=True)
        ]
    ).reshape(n, len(_OWN))
    column = {name: own[:, number] for number, name in enumerate(_OWN)}
    rules = chrome.rules()
    kinds = [rules[rank].kind if rank is not None else "" for rank in ranks]
    groups = np.array([[float(kind in members) for _, members in _KIND_GROUPS] for kind in kinds])
    words = np.expm1(column["n_words"])
    sure = column["sure_rule"] > 0
    chars = np.expm1(column["n_chars"])
    dense = chars / np.maximum(words, 1) > 15  # scripts without blanks: count characters, not words
    long_enough = np.where(dense, chars >= 30, words >= _PROSE_WORDS)
    prose = ~sure & ((long_enough & (column["closed"] > 0)) | (words >= 30) | (dense & (chars > 70)))
    mass = np.where(prose, np.minimum(chars, 400.0), 0.0)
    block = line_context.best_block(
        np.where(prose, np.minimum(chars, 300.0) / 50.0, np.where(sure, -1.5, -0.8))
    )
    index = np.arange(n)
    repeats = Counter(lines)
    seen: set[str] = set()
    first = np.zeros(n)
    for number, line in enumerate(lines):
        first[number] = float(line not in seen)
        seen.add(line)
    bags = [_content(line) for line in lowered]
    guess = _guess(lines, prose, block, words)
    title = set(content_words(headline)) or (set(bags[guess]) if n else set())
    total = max(mass.sum(), 1.0)
    before = np.cumsum(mass) - mass
    soft = np.where(prose, 1.0, np.where(sure, -0.5, np.minimum(words, 12) / 30))
    enders = groups[:, [number for number, (name, _) in enumerate(_KIND_GROUPS) if name in _END_GROUPS]].sum(
        axis=1
    )
    similar = np.abs(np.diff(np.log1p(chars), prepend=0.0)) < 0.35
    group = {name: groups[:, number] > 0 for number, (name, _) in enumerate(_KIND_GROUPS)}
    listing = (column["colon"] > 0) & ~sure
    context = np.column_stack(
        [
            prose,
            np.log1p([repeats[line] for line in lines]),
            first,
            index / max(n - 1, 1),
            np.minimum(index, 60),
            np.minimum(n - 1 - index, 60),
            before / total,
            (total - before - mass) / total,
            (index >= block[0]) & (index < block[1]),
            np.clip(index - block[0], -15, 15),
            np.clip(block[1] - 1 - index, -15, 15),
            line_context.distance(prose, ahead=False),
            line_context.distance(prose, ahead=True),
            line_context.runs(words < _PROSE_WORDS),
            line_context.runs(prose),
            _overlap(bags, prose, block),
            [len(title & set(bag)) / max(len(set(bag)), 1) for bag in bags],
            line_context.running(soft, 3),
            line_context.running(soft, 9),
            line_context.running(soft, 25),
            line_context.running(np.log1p(chars), 9),
            line_context.runs(similar),
            np.minimum(np.cumsum(enders), 12),
            np.minimum(enders[::-1].cumsum()[::-1], 12),
            np.full(n, np.log1p(n)),
            np.full(n, np.log1p(total)),
            np.full(n, prose.mean() if n else 0.0),
            np.full(n, sure.mean() if n else 0.0),
            line_context.distance(group["related"], ahead=False),
            line_context.distance(group["comment"], ahead=False),
            line_context.distance(group["legal"], ahead=False),
            line_context.distance(group["stamp"] | group["author"], ahead=False),
            line_context.distance(group["promotion"], ahead=False),
            line_context.distance(group["stamp"], ahead=True),
            line_context.distance(group["share"], ahead=True),
            line_context.running(group["stamp"].astype(float), 11),
            line_context.distance(listing, ahead=False),
            line_context.patches(prose, mass),
            np.clip(index - guess, -20, 40),
            [float(line == lines[guess]) for line in lines],
        ]
    ).astype(float)
    column["prose"], column["overlap"] = context[:, 0], context[:, _CONTEXT.index("overlap")]
    shifted = [line_context.shift(column[name], step) for step in _SHIFTS for name in _SHIFTED]
    kinds_beside = [
        line_context.shift(groups[:, number], step) for step in (-1, 1) for number in _shifted_kinds()
    ]
    return np.column_stack([own, groups, context, *shifted, *kinds_beside])


def _shifted_kinds() -> list[int]:
    names = [name for name, _ in _KIND_GROUPS]
    return [names.index(name) for name in _SHIFTED_KINDS]


def _guess(lines: Sequence[str], prose: NDArray[np.bool_], block: tuple[int, int], words: Matrix) -> int:
    """Guess which line is the headline: the last unpunctuated line of 4 to 25 words before the main block."""
    for number in range(min(block[0], len(lines) - 1), -1, -1):
        if not prose[number] and 4 <= words[number] <= 25:
            return number
    return 0
