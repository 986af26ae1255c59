"""Two articles side by side: which sentence says the same, which is rephrased, which stands only here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from analysis.actors.quotation import quotations as marked
from analysis.errors import MeasureError, nearest
from analysis.stories.evidence import rarity
from analysis.stories.features import Feature, features

# Probability from which one sentence counts as a retelling of the other. Weights by logistic regression on 138 pairs of
# sentences of real coverage, drawn at random from bands of likeness and judged by reading; at .6 precision .82 and
# recall .69 of those that a likeness of .15 brought together, cross-validated. See docs/measures-stories.md.
REPHRASED = 0.7
_COSINE, _SHARED, _CONSTANT = 7.3, 1.0, -3.5
_SAME = 0.9  # of the words in their order: a comma or a spelling may differ
_NAMED = re.compile(r"\b[A-Z][a-z]{2,}")
_WORD = re.compile(r"\w+(?:['’]\w+)?")


def align(
    articles: pd.DataFrame, sentences: pd.DataFrame, left: str, right: str, *, threshold: float = REPHRASED
) -> pd.DataFrame:
    """Align the sentences of two articles.

    Every sentence is matched with at most one of the other article, so that the sum of the similarities is as
    large as can be (Kuhn, 1955); matches below the threshold are dissolved.

    Parameters
    ----------
    articles : pandas.DataFrame
        Articles with ``article_id`` and ``body``: at least the two; the others of their story make the weights of
        words truer.
    sentences : pandas.DataFrame
        The ``sentences`` layer.
    left, right : str
        Ids of the two articles.
    threshold : float, optional
        Least probability of a retelling.

    Returns
    -------
    pandas.DataFrame
        One row a line of a two-column reader, in the order of the left article, what stands only on the right where
        it belongs: ``relation`` (same, rephrased, only left, only right), ``similarity``, ``left_start``,
        ``left_end``, ``left_text``, ``right_start``, ``right_end``, ``right_text``; offsets are missing on the side
        that has nothing.

    Raises
    ------
    MeasureError
        When one of the two is not there, or both are one.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "body": ["The bridge fell. It rained.", "The bridge fell."]})
    >>> sentences = pd.DataFrame({"article_id": ["a", "a", "b"], "start": [0, 17, 0], "end": [16, 27, 16]})
    >>> align(articles, sentences, "a", "b")[["relation", "left_text", "right_text"]]
        relation         left_text        right_text
    0       same  The bridge fell.  The bridge fell.
    1  only left        It rained.
    """
    bodies = dict(zip(articles["article_id"].astype(str), articles["body"].fillna(""), strict=True))
    for name in (left, right):
        if name not in bodies:
            raise MeasureError(
                f"there is no article {name!r} among those given{nearest(name, bodies, most=4)}"
            )
    if left == right:
        raise MeasureError(f"article {left!r} cannot be aligned with itself; name two articles")
    spans = sentences[sentences["article_id"].isin(bodies)].sort_values(["article_id", "start"])
    texts = [
        bodies[str(article_id)][start:end]
        for article_id, start, end in spans[["article_id", "start", "end"]].itertuples(index=False)
    ]
    owner = spans["article_id"].astype(str).to_numpy()
    place = spans[["start", "end"]].to_numpy()
    a, b = np.flatnonzero(owner == left), np.flatnonzero(owner == right)
    chance = retelling(texts, a, b)
    matched = _match(chance, threshold)
    rows: list[dict[str, Any]] = []
    taken = set(matched.values())
    waiting = [index for index in range(len(b)) if index not in taken]
    for index in range(len(a)):
        other = matched.get(index)
        if other is not None:
            while waiting and waiting[0] < other:
                rows.append(_line("only right", np.nan, None, _side(texts, place, b[waiting.pop(0)])))
        first = _side(texts, place, a[index])
        if other is None:
            rows.append(_line("only left", np.nan, first, None))
            continue
        second = _side(texts, place, b[other])
        same = _overlap(first[2], second[2]) >= _SAME
        rows.append(_line("same" if same else "rephrased", float(chance[index, other]), first, second))
    rows += [_line("only right", np.nan, None, _side(texts, place, b[index])) for index in waiting]
    columns = "relation similarity left_start left_end left_text right_start right_end right_text"
    found = pd.DataFrame(rows, columns=columns.split())
    offsets = ["left_start", "left_end", "right_start", "right_end"]
    return found.astype(dict.fromkeys(offsets, "Int64"))


def retelling(texts: Sequence[str], left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Give the probability that one sentence tells what the other does.

    Parameters
    ----------
    texts : sequence of str
        Sentences of a story.
    left, right : numpy.ndarray
        Numbers of the sentences compared.

    Returns
    -------
    numpy.ndarray
        One row for each of ``left``, one column for each of ``right``; 0 to 1. From the cosine of their words, rare
        in this story, and from how rare in general news are the words, other than names, that they share.
    """
    if not len(left) or not len(right):
        return np.zeros((len(left), len(right)))
    words = features(texts)[0]
    rows, rare = _without_names(texts, words)
    shared = np.asarray((rows[left].multiply(rare).tocsr() @ rows[right].T).toarray())
    score = _COSINE * _product(words, left, right) + _SHARED * np.log1p(shared) + _CONSTANT
    chance: np.ndarray = np.where(shared > 0, 1 / (1 + np.exp(-score)), 0.0)
    return chance


def sentence_similarity(texts: Sequence[str], left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Give the similarity of sentences: half by their words, half by the names and numbers they share.

    Parameters
    ----------
    texts : sequence of str
        Sentences; rarity is counted among them.
    left, right : numpy.ndarray
        Numbers of the sentences compared.

    Returns
    -------
    numpy.ndarray
        One row for each of ``left``, one column for each of ``right``; 0 to 1.
    """
    if not len(left) or not len(right):
        return np.zeros((len(left), len(right)))
    found = {feature.name: feature for feature in features(texts)}
    words = _product(found["words"], left, right)
    marks = np.maximum(_product(found["names"], left, right), _product(found["numbers"], left, right))
    both: np.ndarray = np.maximum(words, (2 * words + marks) / 3)
    return both


def shared_words(texts: Sequence[str]) -> np.ndarray:
    """Count the words that each pair of sentences shares, names left out: a story's town stands in all of them.

    Parameters
    ----------
    texts : sequence of str
        Sentences.

    Returns
    -------
    numpy.ndarray
        One row and one column for each.
    """
    rows, _ = _without_names(texts, features(texts)[0])
    shared: np.ndarray = np.asarray((rows @ rows.T).toarray())
    return shared


def _without_names(texts: Sequence[str], words: Feature) -> tuple[sparse.csr_array, np.ndarray]:
    """Mark the words of each text that are part of no name, and say how rare each is."""
    stems = np.array([words.term(column) for column in range(len(words.codes))], dtype=str)
    named = sorted({name.lower() for text in texts for name in _NAMED.findall(text)})
    at = np.searchsorted(named, stems)  # a name that begins with the stem comes next in the alphabet
    plain = [at[k] == len(named) or not named[at[k]].startswith(stem) for k, stem in enumerate(stems)]
    rows = words.rows[:, np.flatnonzero(plain)]
    marks = sparse.csr_array((np.ones_like(rows.data), rows.indices, rows.indptr), shape=rows.shape)
    total, known = rarity()
    return marks, np.array([np.log((1 + total) / (1 + known.get(str(stem), 0))) + 1 for stem in stems[plain]])


def quotations(left_text: str, right_text: str) -> pd.DataFrame:
    """Compare what stands in quotation marks in two texts, word for word.

    Parameters
    ----------
    left_text, right_text : str
        Two tellings of one statement, or two whole bodies.

    Returns
    -------
    pandas.DataFrame
        One row a quotation of the left text: ``left``, ``right`` (its counterpart, empty where there is none),
        ``change``: same, truncated, altered, marks lost (the words stand on the right without marks), missing.

    Examples
    --------
    >>> quotations("“We will stay here until spring,” she said.", "They will, she said, “stay here until spring”.")
                                  left                   right     change
    0  We will stay here until spring,  stay here until spring  truncated
    """
    first, second = _quoted(left_text), _quoted(right_text)
    plain = _words(_outside(right_text))
    rows = []
    for quote in first:
        words = _words(quote)
        best, change = _counterpart(quote, second)
        if not change:
            lost = len(words) >= _LEAST_LOST and _contains(plain, words)
            best, change = "", "marks lost" if lost else "missing"
        rows.append({"left": quote, "right": best, "change": change})
    return pd.DataFrame(rows, columns=["left", "right", "change"])


_LEAST_LOST = 4  # of fewer words, the same may be anybody's
_TITLE = re.compile(r"(?:[A-Z][\w’'.-]*|of|the|a|an|and|in|on|for|to|with|from|at|by|&|[\s,.!?:-])+")


def _counterpart(quote: str, others: Sequence[str]) -> tuple[str, str]:
    """Find the quotation that a quotation comes nearest to, and say what was changed."""
    words = _words(quote)
    ranked = sorted(others, key=lambda other: (-_overlap(quote, other), other))
    for best in ranked[:1]:
        if _words(best) == words:
            return best, "same"
    whole = [other for other in others if _contains(_words(other), words) or _contains(words, _words(other))]
    for best in sorted(whole, key=lambda other: (-_overlap(quote, other), other))[:1]:
        if min(len(words), len(_words(best))) >= _LEAST_LOST or _overlap(quote, best) >= 0.5:
            return best, "truncated"
    for best in ranked[:1]:
        if _overlap(quote, best) >= 0.5:
            return best, "altered"
    return "", ""


def _quoted(text: str) -> list[str]:
    """Give what is quoted; titles of programmes and single words in marks are no quotations."""
    inner = (quotation.inner(text) for quotation in marked(text))
    return [
        words
        for words in inner
        if (len(_words(words)) > 1 and not _TITLE.fullmatch(words)) or len(_words(words)) > 6
    ]


def _outside(text: str) -> str:
    parts, at = [], 0
    for quotation in marked(text):
        parts.append(text[at : quotation.start])
        at = quotation.end
    return " / ".join([*parts, text[at:]])


def _words(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in _WORD.findall(text)]


def _contains(whole: list[str], part: list[str]) -> bool:
    return bool(part) and any(whole[i : i + len(part)] == part for i in range(len(whole) - len(part) + 1))


def _overlap(first: str, second: str) -> float:
    """Share of the words of both that stand in the same order (Ratcliff & Metzener, 1988)."""
    from difflib import SequenceMatcher

    return SequenceMatcher(None, _words(first), _words(second), autojunk=False).ratio()


def _product(feature: Feature, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    return np.asarray((feature.rows[left] @ feature.rows[right].T).toarray(), dtype=np.float64)


def _match(chance: np.ndarray, threshold: float) -> dict[int, int]:
    from scipy.optimize import linear_sum_assignment

    if not chance.size:
        return {}
    rows, columns = linear_sum_assignment(-chance)
    return {
        int(row): int(column)
        for row, column in zip(rows, columns, strict=True)
        if chance[row, column] >= threshold
    }


def _side(texts: Sequence[str], place: np.ndarray, index: int) -> tuple[int, int, str]:
    return int(place[index][0]), int(place[index][1]), texts[index]


def _line(
    relation: str, similarity: float, left: tuple[int, int, str] | None, right: tuple[int, int, str] | None
) -> dict[str, Any]:
    first, second = left or (pd.NA, pd.NA, ""), right or (pd.NA, pd.NA, "")
    return {
        "relation": relation,
        "similarity": similarity,
        "left_start": first[0],
        "left_end": first[1],
        "left_text": first[2],
        "right_start": second[0],
        "right_end": second[1],
        "right_text": second[2],
    }
