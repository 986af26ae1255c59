"""Link articles into stories: groups of articles that report the same event."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, overload

import numpy as np
import pandas as pd

from analysis.errors import MeasureError, nearest
from analysis.stories.chances import TIME, WEIGHTS, Pairs, days, gaps
from analysis.stories.clustering import average_link, settle
from analysis.stories.evidence import KINDS, Vocabulary, cosines, weigh
from analysis.stories.kept import kept_pair_chances
from analysis.stories.pairing import pair_chances

# One threshold for all corpora; anything from .5 to .6 gives the open sets the same figures within .01.
THRESHOLD = 0.55


def link(
    articles: pd.DataFrame,
    *,
    mentions: pd.DataFrame | None = None,
    places: pd.DataFrame | None = None,
    threshold: float = THRESHOLD,
    corrections: pd.DataFrame | None = None,
    store: str = "",
) -> pd.DataFrame:
    """Group the articles of a corpus by the event they report.

    Two articles are the more likely of one story the more rare words, names and numbers they share, above all in
    their first lines, and the fewer days lie between them. Groups form by average link (Sokal & Michener, 1958): an
    article joins a story that it resembles as a whole, so stories do not grow along chains.

    Parameters
    ----------
    articles : pandas.DataFrame
        Articles with ``article_id``, ``headline``, ``body``, ``published``, ``published_until``.
    mentions, places : pandas.DataFrame, optional
        Layers of the corpus. With them names are compared as resolved, so that Artyomovsk meets Bakhmut; without,
        the capitalised words of the texts are.
    threshold : float, optional
        Mean probability of being of one story, from which groups are joined.
    corrections : pandas.DataFrame, optional
        Hand corrections with ``article_id`` and ``story``: articles of one name are put together, articles of
        different names are kept apart.
    store : str, optional
        Folder or URL of the annotation store. What is found out about pairs is kept there; of a corpus that has
        grown only the new articles are compared, with the same result.

    Returns
    -------
    pandas.DataFrame
        ``article_id``, ``story`` (the id of its first article), ``belongs`` (mean probability with the others of
        its story; missing for an article that stands alone), in the order given.

    Raises
    ------
    MeasureError
        When a column is missing.
    """
    for column in ("article_id", "headline", "body", "published"):
        if column not in articles.columns:
            raise MeasureError(f"linking needs the column {column!r} of the articles table")
    n = len(articles)
    if n == 0:
        return pd.DataFrame({"article_id": [], "story": [], "belongs": []})
    ids = articles["article_id"].astype(str).to_numpy()
    # the order of the rows must not decide anything
    order = np.argsort(ids, kind="stable")
    # without the bodies: they are read where they lie, a corpus is not held twice
    wanted = [name for name in ("article_id", "published", "published_until") if name in articles.columns]
    ordered = articles[wanted].iloc[order]
    names = _names(ordered, corrections)
    texts = _Texts(articles, order)
    left, right, chance = _pairs(ordered, texts, _resolved_names(ordered, mentions, places), store)
    together = [group.index.tolist() for name, group in pd.Series(names).groupby(names) if name]
    group = average_link(n, left, right, chance, threshold=threshold, together=together, names=names)
    by_hand = [row for row, name in enumerate(names) if name]
    group = settle(group, left, right, chance, fixed=by_hand)
    first = _first_of_groups(ordered, group)
    return (
        pd.DataFrame(
            {
                "article_id": ordered["article_id"].to_numpy(),
                "story": ordered["article_id"].to_numpy()[first],
                "belongs": _belonging(n, group, left, right, chance),
            }
        )
        .iloc[np.argsort(order, kind="stable")]
        .reset_index(drop=True)
    )


def _pairs(articles: pd.DataFrame, texts: Sequence[str], names: list[list[str]] | None, store: str) -> Pairs:
    first, last = _days(articles)
    if not store:
        return pair_chances(texts, first, last, names=names)[0]
    ids = articles["article_id"].astype(str).tolist()
    return kept_pair_chances(ids, texts, first, last, names=names, store=store)


def explain(articles: pd.DataFrame, left: str, right: str, *, terms: int = 8) -> pd.DataFrame:
    """Say what speaks for two articles being of one story, and what against.

    Parameters
    ----------
    articles : pandas.DataFrame
        The corpus; as for `link`.
    left, right : str
        Ids of the two articles.
    terms : int, optional
        How many shared terms are shown of each kind.

    Returns
    -------
    pandas.DataFrame
        One row a kind of evidence: ``evidence``, ``cosine``, ``weight`` (its share of the log-odds), ``shared`` (the
        terms that weigh most), the days between the two last.
    """
    pair = articles.set_index(articles["article_id"].astype(str)).reindex([left, right])
    for name in (left, right):
        if pd.isna(pair["article_id"][name]):
            raise MeasureError(
                f"there is no article {name!r} in this corpus{nearest(name, articles['article_id'].astype(str), most=4)}"
            )
    vocabulary, texts = Vocabulary(), list(_Texts(pair, np.arange(2)))
    rows: list[dict[str, Any]] = []
    weighed = weigh(texts, vocabulary)
    stems = list(vocabulary.columns)
    for kind in KINDS:
        one, other = weighed[kind][[0]], weighed[kind][[1]]
        cosine = float(cosines(one, other)[0])
        product = one.astype(np.int32).multiply(other.astype(np.int32)).tocsr()
        top = product.indices[np.lexsort((product.indices, -product.data))][:terms]
        shared = _shared_numbers(texts)[:terms] if kind == "numbers" else [stems[column] for column in top]
        said = WEIGHTS[kind] * float(np.sqrt(cosine))
        rows.append({"evidence": kind, "cosine": cosine, "weight": said, "shared": ", ".join(shared)})
    first, last = _days(pair)
    known = not np.isnan(first).any()
    apart = float(gaps(first, last, np.array([0]), np.array([1]))[0])
    rows.append(
        {
            "evidence": "days between",
            "cosine": np.nan,
            "weight": TIME * float(np.log(max(apart, 1))),
            "shared": f"{apart:.0f}" if known else "unknown",
        }
    )
    return pd.DataFrame(rows)


def _shared_numbers(texts: list[str]) -> list[str]:
    both = [dict.fromkeys(re.findall(r"\d[\d,.]*\d|\d", text)) for text in texts]
    return [number for number in both[0] if number in both[1]]


def _resolved_names(
    articles: pd.DataFrame, mentions: pd.DataFrame | None, places: pd.DataFrame | None
) -> list[list[str]] | None:
    """Give the actors and places of each article under their one name; none where no layer is given."""
    found: dict[str, list[str]] = {}
    for layer, column in ((mentions, "actor"), (places, "place")):
        if layer is None:
            continue
        # a dateline names where the reporter sits
        rows = layer[layer["role"] != "dateline"] if column == "place" else layer
        for article_id, name in rows[["article_id", column]].itertuples(index=False):
            if name:
                found.setdefault(str(article_id), []).append(str(name))
    if not found:
        return None
    return [found.get(str(article_id), []) for article_id in articles["article_id"]]


class _Texts(Sequence[str]):
    """Headline and body of articles in some order, put together when they are read."""

    def __init__(self, articles: pd.DataFrame, order: np.ndarray) -> None:
        self._parts = articles["headline"].array, articles["body"].array
        self._order = order

    def __len__(self) -> int:
        return len(self._order)

    @overload
    def __getitem__(self, row: int) -> str: ...
    @overload
    def __getitem__(self, row: slice) -> list[str]: ...
    def __getitem__(self, row: int | slice) -> str | list[str]:
        rows = self._order[row]
        if isinstance(row, slice):
            heads, bodies = (part.take(rows).astype(object) for part in self._parts)
            return [self._joined(head, body) for head, body in zip(heads, bodies, strict=True)]
        return self._joined(*(part[rows] for part in self._parts))

    @staticmethod
    def _joined(head: object, body: object) -> str:
        return f"{head if isinstance(head, str) else ''}\n{body if isinstance(body, str) else ''}"


def _days(articles: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    first = days(articles["published"].tolist())
    last = days(articles["published_until"].tolist()) if "published_until" in articles.columns else first
    return first, np.where(np.isnan(last), first, last)


def _names(articles: pd.DataFrame, corrections: pd.DataFrame | None) -> list[str]:
    if corrections is None or corrections.empty:
        return [""] * len(articles)
    named = dict(zip(corrections["article_id"].astype(str), corrections["story"].astype(str), strict=True))
    return [named.get(str(article_id), "") for article_id in articles["article_id"]]


def _first_of_groups(articles: pd.DataFrame, group: np.ndarray) -> np.ndarray:
    """Name each group after its earliest article, the undated last, ties by id."""
    first, _ = _days(articles)
    rank = np.lexsort((np.arange(len(group)), np.where(np.isnan(first), np.inf, first)))
    leader: dict[int, int] = {}
    for row in rank.tolist():
        leader.setdefault(int(group[row]), row)
    return np.asarray([leader[int(value)] for value in group], dtype=np.int64)


def _belonging(
    n: int, group: np.ndarray, left: np.ndarray, right: np.ndarray, chance: np.ndarray
) -> np.ndarray:
    inside = group[left] == group[right]
    total = np.bincount(left[inside], weights=chance[inside], minlength=n)
    total += np.bincount(right[inside], weights=chance[inside], minlength=n)
    others = np.bincount(group, minlength=n)[group] - 1
    return np.where(others > 0, total / np.maximum(others, 1), np.nan)
