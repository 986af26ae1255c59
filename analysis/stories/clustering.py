"""Average link on a sparse graph: clusters are joined while the mean over all their pairs stays high enough."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence

import numpy as np


def average_link(
    n: int,
    left: np.ndarray,
    right: np.ndarray,
    similarity: np.ndarray,
    *,
    threshold: float,
    together: Iterable[Sequence[int]] = (),
    names: Sequence[str] | None = None,
) -> np.ndarray:
    """Group items by average link (Sokal & Michener 1958), pairs that are not given counting as zero.

    Parameters
    ----------
    n : int
        Number of items.
    left, right, similarity : numpy.ndarray
        The known pairs and their similarities, each pair once.
    threshold : float
        Two groups are joined while the mean similarity of their pairs is at least this.
    together : iterable of sequences of int, optional
        Items that are joined from the start.
    names : sequence of str, optional
        Groups named by hand: items of different names are never joined; an empty name says nothing.

    Returns
    -------
    numpy.ndarray
        For each item the smallest item of its group.

    Examples
    --------
    >>> average_link(4, np.array([0, 2]), np.array([1, 3]), np.array([0.9, 0.1]), threshold=0.3).tolist()
    [0, 0, 2, 3]
    """
    members = {item: [item] for item in range(n)}
    label = dict(enumerate(names)) if names is not None else dict.fromkeys(range(n), "")
    links: dict[int, dict[int, float]] = {item: {} for item in range(n)}
    for a, b, value in zip(left.tolist(), right.tolist(), similarity.tolist(), strict=True):
        links[a][b] = links[b][a] = value
    for group in together:
        items = sorted(group)
        for item in items[1:]:
            _merge(items[0], item, members, links, label)
    waiting: list[tuple[float, int, int, int, int]] = []

    def push(a: int, b: int) -> None:
        mean = links[a][b] / (len(members[a]) * len(members[b]))
        if mean >= threshold and not (label[a] and label[b] and label[a] != label[b]):
            first, second = min(a, b), max(a, b)
            heapq.heappush(waiting, (-mean, first, second, len(members[first]), len(members[second])))

    for a in sorted(members):
        for b in links[a]:
            if a < b:
                push(a, b)
    while waiting:
        _, a, b, size_a, size_b = heapq.heappop(waiting)
        # an entry is stale when either group has been joined to another since
        if a not in members or b not in members or (len(members[a]), len(members[b])) != (size_a, size_b):
            continue
        if label[a] and label[b] and label[a] != label[b]:
            continue
        _merge(a, b, members, links, label)
        for other in sorted(links[a]):
            push(a, other)
    found = np.empty(n, dtype=np.int64)
    for root, items in members.items():
        found[items] = min(items) if items else root
    return found


def _merge(
    a: int,
    b: int,
    members: dict[int, list[int]],
    links: dict[int, dict[int, float]],
    label: dict[int, str],
) -> None:
    """Join group b to group a; sums of similarities add up, so the mean of any pair of groups stays at hand."""
    members[a] += members.pop(b)
    label[a] = label[a] or label[b]
    for other, value in links.pop(b).items():
        del links[other][b]
        if other != a:
            links[a][other] = links[other][a] = links[a].get(other, 0.0) + value
