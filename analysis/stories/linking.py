"""Link articles into stories: groups of articles that report the same event."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import MeasureError
from analysis.stories.candidates import candidate_pairs, days
from analysis.stories.clustering import average_link
from analysis.stories.features import Feature, features, similarity

# How much each kind of evidence says, in log-odds for a square root of a cosine of 1. Fitted by logistic regression to
# the pairs of both open benchmark sets and the teaching corpus, and rounded; weights fitted to either set alone
# give the other B-cubed F1 about .88 or more. Rounding them or moving the threshold by .05 changes no figure by over .02.
WEIGHTS: Mapping[str, float] = {
    "words": 4.0,
    "opening": 6.0,
    "lede": 4.0,
    "names": 5.0,
    "phrases": 3.0,
    "numbers": 1.5,
}
_CONSTANT = -9.0
_TIME = -2.2  # for the logarithm of one more than the days between
_SPREAD = 1.5
# One threshold for all corpora. B-cubed F1 there: .997 (210 articles, 70 stories) and .960 (95 articles, 12 stories).
THRESHOLD = 0.25


def link(
    articles: pd.DataFrame,
    *,
    mentions: pd.DataFrame | None = None,
    places: pd.DataFrame | None = None,
    threshold: float = THRESHOLD,
    corrections: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Group the articles of a corpus by the event they report.

    Two articles are the more likely of one story the more rare words, names, phrases and numbers they share, above
    all in their first lines, and the fewer days lie between them. Groups form by average link: an article joins a
    story that it resembles as a whole, so stories do not grow along chains.

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
    ordered = articles.iloc[order]
    names = _names(ordered, corrections)
    left, right, chance = pair_chances(ordered, mentions=mentions, places=places)
    together = [group.index.tolist() for name, group in pd.Series(names).groupby(names) if name]
    group = average_link(n, left, right, chance, threshold=threshold, together=together, names=names)
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


def pair_chances(
    articles: pd.DataFrame, *, mentions: pd.DataFrame | None = None, places: pd.DataFrame | None = None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give the probability of being of one story for all pairs that come into question.

    Parameters
    ----------
    articles, mentions, places : pandas.DataFrame
        As for `link`.

    Returns
    -------
    left, right, chance : numpy.ndarray
        Row numbers of the pairs and their probability.
    """
    found = features(_texts(articles), names=_resolved_names(articles, mentions, places))
    first, last = _days(articles)
    left, right, gap = candidate_pairs(_named(found, "opening").rows, first, last)
    score = np.full(len(left), _CONSTANT) + _TIME * np.log1p(gap)
    for feature in found:
        score += WEIGHTS[feature.name] * np.sqrt(np.clip(similarity(feature, left, right), 0, None))
    return left, right, 1 / (1 + np.exp(-score / _SPREAD))


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
    ids = articles["article_id"].astype(str).tolist()
    for name in (left, right):
        if name not in ids:
            raise MeasureError(f"there is no article {name!r} in this corpus")
    a, b = np.asarray([ids.index(left)]), np.asarray([ids.index(right)])
    rows: list[dict[str, Any]] = []
    for feature in features(_texts(articles)):
        cosine = float(similarity(feature, a, b)[0])
        product = feature.rows[a].multiply(feature.rows[b]).tocsr()
        top = sorted(zip(-product.data, product.indices, strict=True))[:terms]
        rows.append(
            {
                "evidence": feature.name,
                "cosine": cosine,
                "weight": WEIGHTS[feature.name] * float(np.sqrt(max(cosine, 0))),
                "shared": ", ".join(feature.term(int(index)) for _, index in top),
            }
        )
    first, last = _days(articles)
    apart = max(first[a[0]] - last[b[0]], first[b[0]] - last[a[0]], 0)
    known = not np.isnan(first[a[0]] + first[b[0]])
    days_apart = float(apart) if known else np.nan
    from analysis.stories.candidates import UNDATED

    rows.append(
        {
            "evidence": "days between",
            "cosine": np.nan,
            "weight": _TIME * float(np.log1p(days_apart if known else UNDATED)),
            "shared": f"{days_apart:.0f}" if known else "unknown",
        }
    )
    return pd.DataFrame(rows)


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


def _texts(articles: pd.DataFrame) -> list[str]:
    headlines = articles["headline"].fillna("")
    return [f"{head}\n{body}" for head, body in zip(headlines, articles["body"].fillna(""), strict=True)]


def _days(articles: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    first = days(articles["published"].tolist())
    last = days(articles["published_until"].tolist()) if "published_until" in articles.columns else first
    return first, np.where(np.isnan(last), first, last)


def _named(found: list[Feature], name: str) -> Feature:
    return next(feature for feature in found if feature.name == name)


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
