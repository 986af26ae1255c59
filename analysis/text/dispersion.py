"""How evenly a word is spread over the articles: a word that stands often in one article is not typical of an outlet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import polars as pl

from analysis.text.batches import Articles, batches, group_names
from analysis.text.frequencies import as_counts
from analysis.text.tally import tally
from analysis.text.termcounts import TermCounts
from analysis.text.tokens import normalise, pieces

_COLUMNS = (
    "group", "form", "n", "range", "range_share", "dp", "dp_norm", "juilland_d", "sd", "vc", "rosengren_s", "kl_divergence",
)  # fmt: skip


def dispersion(
    articles: Articles | TermCounts, *, by: str | None = "outlet", minimum: int = 5, **options: Any
) -> pd.DataFrame:
    """Measure how evenly every word is spread over the articles of each group.

    Parameters
    ----------
    articles : Articles or TermCounts
        Articles, or counts made from them. Articles without a token are left out.
    by : str or None, optional
        Column that makes the groups; None for all articles together.
    minimum : int, optional
        Leave out words with fewer occurrences in the group: their dispersion says only that they are rare.
    **options
        As in `analysis.text.counts.count`.

    Returns
    -------
    pandas.DataFrame
        ``group``, ``form``, ``n``; ``range``, articles with the word, and ``range_share``; ``dp``, the deviation of
        proportions (Gries, 2008), 0 for as even as can be, and ``dp_norm``, divided by its maximum (Lijffijt and Gries,
        2012); ``juilland_d`` (Juilland, 1970) on relative frequencies, 1 for even, missing where there is a single article;
        ``sd`` (population) and ``vc`` of the absolute frequencies; ``rosengren_s`` (Rosengren, 1971), 1 for even;
        ``kl_divergence``, in bits, of the word's spread from that of all tokens (Gries, 2020). By group, then most
        frequent first.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": "East", "body": ["war and war", "no war now"]})
    >>> dispersion(articles, minimum=2)[["form", "n", "range", "dp"]].round(3)
      form  n  range     dp
    0  war  3      2  0.167
    """
    counts = as_counts(articles, by=by, **options)
    parts = []
    for group in counts.groups:
        keep = np.flatnonzero(counts.totals[group].n >= max(minimum, 1))
        table = _spread(counts, group, keep)
        table.insert(0, "group", group)
        table.insert(1, "form", counts.forms.to_numpy()[keep])
        parts.append(table.sort_values(["n", "form"], ascending=[False, True], kind="stable"))
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(_COLUMNS))


def item_dispersion(
    rows: pd.DataFrame | pl.DataFrame,
    articles: pd.DataFrame | pl.DataFrame,
    *,
    item: str,
    by: str = "outlet",
    items: Sequence[str] | None = None,
    minimum: int = 5,
) -> pd.DataFrame:
    """Measure how evenly the hits of queries, or any other items, are spread over the articles of each group.

    Parameters
    ----------
    rows, articles, item, by, items
        As in `analysis.text.estimates.rates`: one row an occurrence.
    minimum : int, optional
        Leave out items with fewer occurrences in the group.

    Returns
    -------
    pandas.DataFrame
        As `dispersion`, with ``item`` for ``form``.

    Raises
    ------
    MeasureError
        When a column is absent or an article occurs twice.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": "East", "body": ["war and war", "no war now"]})
    >>> hits = pd.DataFrame({"article_id": ["a", "a", "b"], "term": "war"})
    >>> item_dispersion(hits, articles, item="term", minimum=2)[["item", "n", "range", "dp"]].round(3)
      item  n  range     dp
    0  war  3      2  0.167
    """
    table = tally(rows, articles, item=item, by=by, items=items, words=True)
    known = pl.DataFrame(
        {
            "article_id": table.article_ids,
            "group": table.groups_of.astype(str),
            "n_tokens": table.sizes.astype(np.int64),
        }
    )
    counts = TermCounts(known, pl.Series("form", table.items, dtype=pl.String), table.counts.astype(np.int32))
    return dispersion(counts, minimum=minimum).rename(columns={"form": "item"})


def _spread(counts: TermCounts, group: str, keep: npt.NDArray[np.int64]) -> pd.DataFrame:
    tokens = counts.articles["n_tokens"].to_numpy().astype(float)
    filled = counts.inside(group) & (tokens > 0)
    sizes = tokens[filled]
    m, share = len(sizes), sizes / max(sizes.sum(), 1)
    column = np.full(counts.matrix.shape[1], -1)
    column[keep] = np.arange(len(keep))
    n, found = counts.totals[group].n[keep].astype(float), counts.totals[group].documents[keep]
    sums = np.zeros((6, len(keep)))
    for rows, block in counts.blocks():
        article = np.repeat(np.arange(rows.start, rows.stop), np.diff(block.indptr))
        shown = filled[article] & (column[block.indices] >= 0)
        word, k, size = column[block.indices[shown]], block.data[shown].astype(float), tokens[article[shown]]
        spread, expected, rate = k / n[word], size / sizes.sum(), k / size
        # articles without the word deviate by their whole share
        values = (
            np.abs(spread - expected) - expected,
            rate,
            rate**2,
            k**2,
            np.sqrt(expected * k),
            spread * np.log2(spread / expected),
        )
        for total, value in zip(sums, values, strict=True):
            total += np.bincount(word, weights=value, minlength=len(keep))
    dp = 0.5 * (sums[0] + 1)
    mean_rate = sums[1] / m
    sd_rate = np.sqrt(np.maximum(sums[2] / m - mean_rate**2, 0))
    sd = np.sqrt(np.maximum(sums[3] / m - (n / m) ** 2, 0))
    with np.errstate(divide="ignore", invalid="ignore"):
        juilland = 1 - sd_rate / mean_rate / np.sqrt(m - 1) if m > 1 else np.full(len(n), np.nan)
        norm = dp / (1 - share.min(initial=1)) if m > 1 else np.zeros(len(n))
    return pd.DataFrame(
        {
            "n": n.astype(int),
            "range": found.astype(int),
            "range_share": found / max(m, 1),
            "dp": np.clip(dp, 0, 1),
            "dp_norm": np.clip(norm, 0, 1),
            # rounding may leave a hair below 0 for a word in one article
            "juilland_d": np.where(np.abs(juilland) < 1e-12, 0.0, juilland),
            "sd": sd,
            "vc": sd / (n / m),
            "rosengren_s": sums[4] ** 2 / n,
            "kl_divergence": np.maximum(sums[5], 0),
        }
    )


def average_reduced_frequency(
    articles: Articles, forms: Sequence[str], *, by: str | None = "outlet"
) -> pd.DataFrame:
    """Count words so that a cluster of occurrences counts little more than one (Savický and Hlaváčová, 2002).

    Parameters
    ----------
    articles : Articles
        Rows with ``article_id``, ``body`` and the `by` column. They are laid end to end in the order of their ids.
    forms : sequence of str
        The words, as forms.
    by : str or None, optional
        Column that makes the groups.

    Returns
    -------
    pandas.DataFrame
        ``group``, ``form``, ``n`` and ``arf``, between 1 and *n* (0 where the word does not occur): *n* for even, 1 for a
        single cluster.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["East"], "body": ["war b c d war f g h"]})
    >>> average_reduced_frequency(articles, ["war"])[["form", "n", "arf"]]
      form  n  arf
    0  war  2  2.0
    """
    wanted = list(dict.fromkeys(forms))
    described, found = [], []
    for batch in batches(articles, ("article_id", "body") if by is None else ("article_id", "body", by)):
        table = pieces(batch).filter("is_token")
        sizes = table.group_by("article_id").len("size")
        group = pl.lit("all") if by is None else group_names(batch[by])
        described.append(batch.select("article_id", group=group).join(sizes, on="article_id", how="left"))
        table = table.with_columns(
            form=normalise(table["token"]), at=pl.int_range(pl.len()).over("article_id")
        )
        found.append(table.filter(pl.col("form").is_in(wanted)).select("article_id", "form", "at"))
    if not described:
        return pd.DataFrame(columns=["group", "form", "n", "arf"])
    known = pl.concat(described).with_columns(pl.col("size").fill_null(0)).sort("group", "article_id")
    known = known.with_columns(base=(pl.col("size").cum_sum() - pl.col("size")).over("group"))
    totals = dict(known.group_by("group").agg(pl.col("size").sum()).iter_rows())
    places = pl.concat(found).join(known, on="article_id").with_columns(place=pl.col("at") + pl.col("base"))
    rows = []
    for group in sorted(totals):
        for form in wanted:
            here = (
                places.filter((pl.col("group") == group) & (pl.col("form") == form))["place"]
                .sort()
                .to_numpy()
            )
            rows.append({"group": group, "form": form, "n": len(here), "arf": _reduced(here, totals[group])})
    return pd.DataFrame(rows)


def _reduced(places: npt.NDArray[np.int64], total: int) -> float:
    if not len(places):
        return 0.0
    # the text is a ring: the last gap runs over the end to the first occurrence
    gaps = np.diff(np.append(places, places[0] + total))
    step = total / len(places)
    return float(np.minimum(gaps, step).sum() / step)
