"""The trained half of cleaning: how much a line looks like part of the article, and where the article lies.

Small decision trees over the features of `analysis.corpus.cleaning.line_features` answer three questions of each line: is it
part of the article, is it the article's first line, is it its last? They were trained by ``scripts/train_cleaning.py``
and are shipped as numbers in ``analysis/data/cleaning/trees.json``. A Viterbi path then finds the one stretch of the
page that answers them best together: furniture, the article with furniture inside it, furniture.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.corpus.cleaning import line_features
from analysis.errors import AnalysisError

# set by five-fold cross-validation on the open pages, where the figures are flat around them
EDGE_WEIGHT, INNER_COST = 0.5, 0.25
# a lost paragraph costs more than a kept label; .3 loses 1.5 points of lines F1 by five-fold cross-validation, 1.5 wins
# another one at the price of furniture in pages that are right otherwise
KEEP_BONUS = 0.8
_LEAVES, _ALL = 32, 2**32 - 1  # leaves a tree may have, and the mask that strikes none
_ROWS = 512
_CAP = 6.0  # one line's odds count no more than this, so that no single line decides a page


@dataclass(frozen=True)
class Forest:
    """Boosted trees laid out for QuickScorer (Lucchese et al., 2015).

    Question ``i`` asks ``feature[i] <= threshold[i]``; where the answer is no, ``mask[i]`` strikes out the leaves to
    its left. The questions of a tree stand together from ``first_question`` on; the leftmost leaf left over counts.
    """

    feature: NDArray[np.int64]
    threshold: NDArray[np.float64]
    mask: NDArray[np.uint32]
    first_question: NDArray[np.int64]
    value: NDArray[np.float64]  # trees x leaves
    baseline: float


@dataclass(frozen=True)
class Scores:
    """Log odds a line: that it is part of the article, its first line, its last line."""

    line: line_features.Matrix
    first: line_features.Matrix
    last: line_features.Matrix


@cache
def forests() -> dict[str, Forest]:
    """Read the trees that ship with the kit: ``line``, ``first`` and ``last``.

    Raises
    ------
    AnalysisError
        When they were trained on other features than this version computes.
    """
    path = resources.files("analysis") / "data" / "cleaning" / "trees.json"
    stored = json.loads(path.read_text(encoding="utf-8"))
    if tuple(stored["features"]) != line_features.NAMES:
        raise AnalysisError(
            "data/cleaning/trees.json was trained on other features than analysis.corpus.cleaning.line_features computes; "
            "run scripts/train_cleaning.py"
        )
    return {name: _forest(stored[name]) for name in ("line", "first", "last")}


def _forest(stored: Mapping[str, Any]) -> Forest:
    """Lay out stored trees, given as flat lists in which a leaf is its own left neighbour."""
    feature: list[int] = []
    threshold: list[float] = []
    mask: list[int] = []
    starts: list[int] = []
    values: list[list[float]] = []
    for root in stored["roots"]:
        leaves: list[float] = []
        questions: list[tuple[int, float, int]] = []
        _walk(stored, root, leaves, questions)
        starts.append(len(feature))
        for asked, limit, remaining in questions or [(0, math.inf, _ALL)]:
            feature.append(asked)
            threshold.append(limit)
            mask.append(remaining)
        values.append(leaves + [0.0] * (_LEAVES - len(leaves)))
    return Forest(
        feature=np.array(feature, dtype=np.int64),
        threshold=np.array(threshold, dtype=np.float64),
        mask=np.array(mask, dtype=np.uint32),
        first_question=np.array(starts, dtype=np.int64),
        value=np.array(values, dtype=np.float64),
        baseline=stored["baseline"],
    )


def _walk(
    stored: Mapping[str, Any], node: int, leaves: list[float], questions: list[tuple[int, float, int]]
) -> None:
    """Collect the leaves of a tree from left to right, and its questions with the leaves that each strikes out."""
    if stored["left"][node] == node:
        leaves.append(stored["value"][node])
        return
    before = len(leaves)
    _walk(stored, stored["left"][node], leaves, questions)
    struck = (1 << len(leaves)) - (1 << before)
    questions.append((stored["feature"][node], stored["threshold"][node], _ALL ^ struck))
    _walk(stored, stored["right"][node], leaves, questions)


def scores(features: line_features.Matrix) -> Scores:
    """Score every line of a page.

    Parameters
    ----------
    features : numpy.ndarray
        One row a line, columns as in `line_features.NAMES`.

    Returns
    -------
    Scores
        Three log odds a line; above zero speaks for, below against.
    """
    trees = forests()
    return Scores(*(_log_odds(trees[name], features) for name in ("line", "first", "last")))


def _log_odds(trees: Forest, features: line_features.Matrix) -> line_features.Matrix:
    chunks = [_chunk(trees, features[first : first + _ROWS]) for first in range(0, len(features), _ROWS)]
    return np.concatenate(chunks) if chunks else np.zeros(0)


def _chunk(trees: Forest, features: line_features.Matrix) -> line_features.Matrix:
    """Score a few hundred lines, so that a huge page does not need a huge table of answers."""
    answers = features[:, trees.feature] <= trees.threshold
    left_over = np.bitwise_and.reduceat(
        np.where(answers, np.uint32(_ALL), trees.mask), trees.first_question, axis=1
    )
    lowest = left_over & (~left_over + np.uint32(1))
    leaf = np.bitwise_count(lowest - np.uint32(1))
    return np.asarray(trees.value[np.arange(len(trees.value)), leaf].sum(axis=1) + trees.baseline)


def decode(
    line: line_features.Matrix, first: line_features.Matrix, last: line_features.Matrix
) -> NDArray[np.bool_]:
    """Find the article on a page: the best path through before, article, inside furniture and after (Viterbi, 1967).

    Parameters
    ----------
    line, first, last : numpy.ndarray
        Log odds of each line to be part of the article, its first line, its last line.

    Returns
    -------
    numpy.ndarray of bool
        True where the line is kept; at least one line is, where there are any.

    Examples
    --------
    >>> line = np.array([-3.0, 2.0, -4.0, 2.0, -3.0, 0.5])
    >>> edge = np.array([-2.0, 2.0, -2.0, -2.0, -2.0, -2.0])
    >>> decode(line, edge, edge[[0, 3, 2, 1, 4, 5]]).tolist()
    [False, True, False, True, False, False]
    """
    never = float("-inf")
    total = (0.0, never, never, never)  # before, article, furniture inside, after
    back: list[tuple[int, int, int, int]] = []
    weights = np.clip(line + KEEP_BONUS, -_CAP, _CAP) / 2
    ended = never
    for half, begins, ends in zip(
        weights.tolist(), (EDGE_WEIGHT * first).tolist(), (EDGE_WEIGHT * last).tolist(), strict=True
    ):
        article = max((total[0] + begins, 0), (total[1], 1), (total[2], 2))
        inside = max((total[1] - INNER_COST, 1), (total[2], 2))
        after = max((total[3], 3), (ended, 1))
        back.append((0, article[1], inside[1], after[1]))
        total = (total[0] - half, article[0] + half, inside[0] - half, after[0] - half)
        ended = total[1] + ends
    state = 1 if ended >= total[3] else 3
    kept = np.zeros(len(back), dtype=bool)
    for number in range(len(back) - 1, -1, -1):
        kept[number] = state == 1
        state = back[number][state]
    return kept
