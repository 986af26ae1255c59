"""Where a line stands: windows, distances, runs and patches over the lines of a page, as plain arrays."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]

PATCH_GAP = 4  # lines of furniture that may stand between paragraphs of one patch of prose


def running(values: Matrix, width: int) -> Matrix:
    """Mean over a window of ``width`` lines centred on each line, shorter at the ends of the page."""
    padded = np.concatenate([[0.0], np.cumsum(values)])
    index = np.arange(len(values))
    low, high = np.maximum(index - width // 2, 0), np.minimum(index + width // 2 + 1, len(values))
    return np.asarray((padded[high] - padded[low]) / (high - low))


def distance(flags: NDArray[np.bool_], *, ahead: bool) -> Matrix:
    """Lines to the nearest flagged line before (or after) each line; 50 where there is none."""
    source = flags[::-1] if ahead else flags
    index = np.arange(len(source))
    last = np.maximum.accumulate(np.where(source, index, -1))
    last = np.concatenate([[-1], last[:-1]])
    lines = np.where(last < 0, 50, np.minimum(index - last, 50)).astype(float)
    return np.asarray(lines[::-1] if ahead else lines)


def runs(flags: NDArray[np.bool_]) -> Matrix:
    """Length of the run of equal flags in which each line stands, up to 30; negative where the flag is off."""
    edges = np.flatnonzero(np.diff(flags.astype(int))) + 1
    bounds = np.concatenate([[0], edges, [len(flags)]])
    lengths = np.repeat(np.diff(bounds), np.diff(bounds))
    return np.asarray(np.where(flags, 1.0, -1.0) * np.minimum(lengths, 30), dtype=np.float64)


def patches(prose: NDArray[np.bool_], mass: Matrix) -> Matrix:
    """Describe the patch of prose a line stands in or next to.

    Returns
    -------
    numpy.ndarray
        Four columns: the patch's share of the page's prose, its rank by that share, its lines of prose, and how far
        the line is from it.
    """
    spots = np.flatnonzero(prose)
    if len(spots) == 0:
        return np.tile([0.0, 9.0, 0.0, 50.0], (len(prose), 1))
    label = np.concatenate([[0], np.cumsum(np.diff(spots) > PATCH_GAP + 1)])
    weight = np.bincount(label, weights=mass[spots])
    size = np.bincount(label)
    rank = np.empty(len(weight))
    rank[np.argsort(-weight, kind="stable")] = np.arange(len(weight))
    index = np.arange(len(prose))
    right = np.minimum(np.searchsorted(spots, index), len(spots) - 1)
    left = np.maximum(right - 1, 0)
    nearest = np.where(np.abs(spots[left] - index) <= np.abs(spots[right] - index), left, right)
    mine = label[nearest]
    gap = np.minimum(np.abs(spots[nearest] - index), 50)
    share = weight[mine] / max(weight.sum(), 1.0)
    return np.column_stack([share, np.minimum(rank[mine], 9), np.minimum(size[mine], 40), gap]).astype(
        np.float64
    )


def best_block(scores: Matrix) -> tuple[int, int]:
    """Find the stretch of lines with the greatest sum of scores.

    Returns
    -------
    tuple of int
        First line and the line after the last; an empty stretch where no score is above zero.

    Examples
    --------
    >>> best_block(np.array([-1.0, 2.0, -1.0, 3.0, -4.0, 1.0]))
    (1, 4)
    """
    best, best_range, total, first = 0.0, (0, 0), 0.0, 0
    for number, score in enumerate(scores.tolist()):
        if total <= 0:
            total, first = 0.0, number
        total += score
        if total > best:
            best, best_range = total, (first, number + 1)
    return best_range


def shift(values: Matrix, step: int) -> Matrix:
    """Value of the line ``step`` lines further on; -1 beyond the page."""
    moved = np.full(len(values), -1.0)
    if step < 0:
        moved[-step:] = values[:step]
    else:
        moved[:-step] = values[step:]
    return moved
