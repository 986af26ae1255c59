"""The trained half of cleaning: how much a line looks like part of the article, and where the article lies.

A few hundred small decision trees over the features of `analysis.corpus.line_features`, trained by
``scripts/train_cleaning.py`` and shipped as numbers in ``analysis/data/cleaning/trees.json``. The scores of a page
are then smoothed by a two-state Viterbi path, because articles come in stretches, not in scattered lines.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from analysis.corpus import line_features
from analysis.errors import AnalysisError


@dataclass(frozen=True)
class Forest:
    """Boosted trees as flat arrays: node ``i`` asks ``feature[i] <= threshold[i]``; a leaf has ``left[i] == i``."""

    roots: NDArray[np.int64]
    feature: NDArray[np.int64]
    threshold: NDArray[np.float64]
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    value: NDArray[np.float64]
    baseline: float
    depth: int
    switch_cost: float


@cache
def forest() -> Forest:
    """Read the trees that ship with the kit.

    Raises
    ------
    AnalysisError
        When they were trained on other features than this version computes.
    """
    path = resources.files("analysis") / "data" / "cleaning" / "trees.json"
    stored = json.loads(path.read_text(encoding="utf-8"))
    if tuple(stored["features"]) != line_features.NAMES:
        raise AnalysisError(
            "data/cleaning/trees.json was trained on other features than analysis.corpus.line_features computes; "
            "run scripts/train_cleaning.py"
        )
    whole = {name: np.array(stored[name], dtype=np.int64) for name in ("roots", "feature", "left", "right")}
    return Forest(
        roots=whole["roots"],
        feature=whole["feature"],
        threshold=np.array(stored["threshold"], dtype=np.float64),
        left=whole["left"],
        right=whole["right"],
        value=np.array(stored["value"], dtype=np.float64),
        baseline=stored["baseline"],
        depth=stored["depth"],
        switch_cost=stored["switch_cost"],
    )


def log_odds(features: line_features.Matrix) -> line_features.Matrix:
    """Score lines: above zero a line looks like article text, below like page furniture.

    Parameters
    ----------
    features : numpy.ndarray
        One row a line, columns as in `line_features.NAMES`.

    Returns
    -------
    numpy.ndarray
        Natural logarithm of the odds that the line belongs to the article.
    """
    trees = forest()
    rows = np.arange(len(features))[:, None]
    nodes = np.broadcast_to(trees.roots, (len(features), len(trees.roots)))
    for _ in range(trees.depth):
        goes_left = features[rows, trees.feature[nodes]] <= trees.threshold[nodes]
        nodes = np.where(goes_left, trees.left[nodes], trees.right[nodes])
    return np.asarray(trees.value[nodes].sum(axis=1) + trees.baseline)


def smooth(scores: line_features.Matrix, *, switch_cost: float) -> NDArray[np.bool_]:
    """Choose kept and removed stretches so that scores and few changes weigh together (Viterbi, 1967).

    Parameters
    ----------
    scores : numpy.ndarray
        Log odds a line.
    switch_cost : float
        What one change from kept to removed, or back, must win in log odds.

    Returns
    -------
    numpy.ndarray of bool
        True where the line is kept.

    Examples
    --------
    >>> smooth(np.array([-3.0, 2.0, -0.1, 2.0, -3.0]), switch_cost=0.5).tolist()
    [False, True, True, True, False]
    """
    total, back = (0.0, 0.0), []
    for score in scores.tolist():
        stay_off, turn_off = total[0], total[1] - switch_cost
        stay_on, turn_on = total[1], total[0] - switch_cost
        back.append((turn_off > stay_off, stay_on >= turn_on))
        total = (max(stay_off, turn_off) - score / 2, max(stay_on, turn_on) + score / 2)
    state = total[1] > total[0]
    kept = np.zeros(len(back), dtype=bool)
    for number in range(len(back) - 1, -1, -1):
        kept[number] = state
        state = back[number][state]
    return kept
