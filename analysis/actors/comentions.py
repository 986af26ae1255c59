"""Who is named together: ties between actors of one sentence, for a matrix and its network."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd

from analysis.actors.prominence import leading, names_only


def co_mentions(
    mentions: pd.DataFrame, *, actors: list[str] | None = None, limit: int = 12, within: str = "sentence"
) -> pd.DataFrame:
    """Count how often two actors stand in one sentence, or in one article.

    Co-mention networks are a common picture of whom the news relates to whom (Diesner & Carley, 2005); a tie says that
    two are named together, not how they relate.

    Parameters
    ----------
    mentions : pandas.DataFrame
        Layer ``mentions``.
    actors : list of str, optional
        The actors; by default those of most articles.
    limit : int, optional
        How many, where `actors` is not given.
    within : {"sentence", "article"}, optional
        What counts as together.

    Returns
    -------
    pandas.DataFrame
        ``source, target, k, n_articles, npmi``, the strongest first. ``npmi`` is normalised pointwise mutual information
        (Bouma, 2009), from -1 (never together) over 0 (as chance has it) to 1 (only together).

    Examples
    --------
    >>> rows = pd.DataFrame({"article_id": ["a"] * 3, "sentence": [0, 0, 1], "actor": ["Berg", "Lindt", "Berg"],
    ...                      "rule": ["model"] * 3})
    >>> co_mentions(rows)[["source", "target", "k"]]
      source target  k
    0   Berg  Lindt  1
    """
    rows = names_only(mentions)
    chosen = actors if actors is not None else leading(rows, limit)
    rows = rows[rows["actor"].isin(chosen)]
    keys = ["article_id", "sentence"] if within == "sentence" else ["article_id"]
    units = rows.drop_duplicates([*keys, "actor"])
    total = len(units.drop_duplicates(keys))
    single = units["actor"].value_counts()
    ties: dict[tuple[str, str], list[str]] = {}
    for key, part in units.groupby(keys, sort=True):
        for a, b in combinations(sorted(part["actor"]), 2):
            ties.setdefault((a, b), []).append(str(key[0]))
    out = [
        {
            "source": a,
            "target": b,
            "k": len(ids),
            "n_articles": len(set(ids)),
            "npmi": _npmi(len(ids), int(single[a]), int(single[b]), total),
        }
        for (a, b), ids in ties.items()
    ]
    frame = pd.DataFrame(out, columns=["source", "target", "k", "n_articles", "npmi"])
    return frame.sort_values(["k", "source", "target"], ascending=[False, True, True]).reset_index(drop=True)


def _npmi(both: int, a: int, b: int, total: int) -> float:
    if both == total:
        return 1.0
    return float(np.log(both * total / (a * b)) / -np.log(both / total))
