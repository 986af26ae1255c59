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

    A mean reaches the threshold only where one of its pairs does. So each part of the graph that such pairs hold
    together is grouped by itself, and pairs between two parts need not be held.

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
    tied = [sorted(group) for group in together if len(group) > 1]
    part = _parts(n, left, right, similarity >= threshold, tied)
    inside = np.flatnonzero(part[left] == part[right])
    inside = inside[np.argsort(part[left[inside]], kind="stable")]
    ends = np.flatnonzero(np.diff(part[left[inside]], append=-1)) + 1
    of_part: dict[int, list[list[int]]] = {}
    for group in tied:
        of_part.setdefault(int(part[group[0]]), []).append(group)
    found = np.arange(n)
    begin = 0
    for end in ends.tolist():
        edges = inside[begin:end]
        begin = end
        key = int(part[left[edges[0]]])
        _group(found, (left[edges], right[edges], similarity[edges]), threshold, of_part.pop(key, []), names)
    for groups in of_part.values():
        for group in groups:
            found[group] = group[0]
    return found


def _parts(
    n: int, left: np.ndarray, right: np.ndarray, strong: np.ndarray, tied: Sequence[Sequence[int]]
) -> np.ndarray:
    """Give each item the number of the part of the graph that strong pairs and ties hold together."""
    from scipy import sparse
    from scipy.sparse.csgraph import connected_components

    ties = [(group[0], other) for group in tied for other in group[1:]]
    a = np.concatenate([left[strong], np.array([one for one, _ in ties], dtype=np.int64)]).astype(np.int64)
    b = np.concatenate([right[strong], np.array([two for _, two in ties], dtype=np.int64)]).astype(np.int64)
    graph = sparse.coo_array((np.ones(len(a), dtype=np.int8), (a, b)), shape=(n, n))
    part: np.ndarray = connected_components(graph, directed=False)[1]
    return part


def _group(
    found: np.ndarray,
    pairs: tuple[np.ndarray, np.ndarray, np.ndarray],
    threshold: float,
    together: Sequence[Sequence[int]],
    names: Sequence[str] | None,
) -> None:
    """Group the items of one part and write the smallest item of each group into ``found``."""
    items = np.unique(np.concatenate([*pairs[:2], *(np.asarray(group) for group in together)])).tolist()
    members = {item: [item] for item in items}
    label = {item: names[item] if names is not None else "" for item in items}
    links: dict[int, dict[int, float]] = {item: {} for item in items}
    for a, b, value in zip(*(side.tolist() for side in pairs), strict=True):
        links[a][b] = links[b][a] = value
    for group in together:
        for item in group[1:]:
            _merge(group[0], item, members, links, label)
    waiting: list[tuple[float, int, int, int, int]] = []

    def push(a: int, b: int) -> None:
        mean = links[a][b] / (len(members[a]) * len(members[b]))
        if mean >= threshold and not (label[a] and label[b] and label[a] != label[b]):
            first, second = min(a, b), max(a, b)
            heapq.heappush(waiting, (-mean, first, second, len(members[first]), len(members[second])))

    for a in sorted(members):
        for b, total in links[a].items():
            if a < b and total >= threshold:  # a mean is no larger than the sum
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
    for of_group in members.values():
        found[of_group] = min(of_group)


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


def settle(
    group: np.ndarray,
    left: np.ndarray,
    right: np.ndarray,
    similarity: np.ndarray,
    *,
    fixed: Iterable[int] = (),
    rounds: int = 10,
) -> np.ndarray:
    """Move items to the group whose members resemble them more than those of their own do.

    Groups grow step by step, and who was joined early may fit another group better once both are complete.

    Parameters
    ----------
    group : numpy.ndarray
        For each item the number of its group, as `average_link` gives it.
    left, right, similarity : numpy.ndarray
        As for `average_link`.
    fixed : iterable of int, optional
        Items that stay, and whose groups nobody joins.
    rounds : int, optional
        At most so many passes over the items.

    Returns
    -------
    numpy.ndarray
        For each item the smallest item of its group.
    """
    found = group.copy()
    kept = set(fixed)
    closed = {int(group[item]) for item in kept}
    size = np.bincount(group, minlength=len(group))
    # a mean over another group is no larger than its largest pair, so most articles need no look
    inside = group[left] == group[right]
    own_mean, outside = np.zeros(len(group)), np.zeros(len(group))
    for side in (left, right):
        own_mean += np.bincount(side[inside], weights=similarity[inside], minlength=len(group))
        np.maximum.at(outside, side[~inside], similarity[~inside])
    own_mean /= np.maximum(size[group] - 1, 1)
    restless = (size[group] > 1) & (outside > own_mean)
    near: dict[int, list[tuple[int, float]]] = {
        item: [] for item in np.flatnonzero(restless).tolist() if item not in kept
    }
    told = restless[left] | restless[right]
    for a, b, value in zip(left[told].tolist(), right[told].tolist(), similarity[told].tolist(), strict=True):
        for one, other in ((a, b), (b, a)):
            if one in near:
                near[one].append((other, value))
    awake = list(near)
    for _ in range(rounds):
        stirred: set[int] = set()
        for item in awake:
            own = int(found[item])
            if size[own] < 2:
                continue
            sums: dict[int, float] = {}
            for other, value in near[item]:
                key = int(found[other])
                sums[key] = sums.get(key, 0.0) + value
            best, most = own, sums.get(own, 0.0) / (size[own] - 1)
            for key in sorted(sums):
                if key != own and key not in closed and sums[key] / size[key] > most:
                    best, most = key, sums[key] / size[key]
            if best != own:
                found[item] = best
                size[own] -= 1
                size[best] += 1
                stirred.update(other for other, _ in near[item] if other in near)
        awake = sorted(stirred)
    smallest = np.full(len(found), len(found))
    np.minimum.at(smallest, found, np.arange(len(found)))
    named: np.ndarray = smallest[found]
    return named
