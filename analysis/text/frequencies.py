"""How often: words and n-grams by group, per million, with their rank and the number of articles that have them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from analysis.text.batches import Articles
from analysis.text.counts import count
from analysis.text.termcounts import TermCounts
from analysis.text.tokens import function_words


def frequencies(
    articles: Articles | TermCounts,
    *,
    by: str | None = "outlet",
    minimum: int = 1,
    without_function_words: bool = False,
    **options: Any,
) -> pd.DataFrame:
    """Count every word in each group.

    Parameters
    ----------
    articles : Articles or TermCounts
        Articles, or counts made from them.
    by : str or None, optional
        Column that makes the groups; None for all articles together.
    minimum : int, optional
        Leave out words with fewer occurrences in the whole corpus.
    without_function_words : bool, optional
        Leave out the words of `analysis.text.tokens.function_words`. Frequencies per million are always of all tokens.
    **options
        ``form``, ``ngrams``, ``units`` or ``tokens``, as in `analysis.text.counts.count`.

    Returns
    -------
    pandas.DataFrame
        ``group``, ``form``, ``n``, ``per_million``, ``rank`` (1 is the most frequent; equal counts share the better
        rank), ``documents``, ``document_share``; by group, then most frequent first, then alphabetically. Only words
        that occur in the group.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["East", "East"], "body": ["War, war.", "No war."]})
    >>> frequencies(articles)[["form", "n", "rank", "documents"]]
      form  n  rank  documents
    0  war  3     1          2
    1   no  1     2          1
    """
    counts = as_counts(articles, by=by, **options)
    keep = sum(total.n for total in counts.totals.values()) >= np.full(len(counts.forms), minimum)
    if without_function_words:
        keep &= ~counts.forms.is_in(list(function_words())).to_numpy()
    forms = counts.forms.to_numpy()[keep]
    parts = [_part(counts, group, forms, keep) for group in counts.groups]
    columns = ["group", "form", "n", "per_million", "rank", "documents", "document_share"]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)


def _part(counts: TermCounts, group: str, forms: Any, keep: Any) -> pd.DataFrame:
    inside, totals = counts.inside(group), counts.totals[group]
    n, documents = totals.n[keep], totals.documents[keep]
    total = int(counts.articles["n_tokens"].to_numpy()[inside].sum())
    table: pd.DataFrame = pd.DataFrame({"group": group, "form": forms, "n": n}).loc[n > 0]
    table["per_million"] = table["n"] * 1e6 / max(total, 1)
    table["rank"] = table["n"].rank(method="min", ascending=False).astype(int)
    table["documents"] = documents[n > 0]
    table["document_share"] = table["documents"] / int(inside.sum())
    return table.sort_values(["n", "form"], ascending=[False, True], kind="stable").reset_index(drop=True)


def as_counts(articles: Articles | TermCounts, *, by: str | None = "outlet", **options: Any) -> TermCounts:
    """Take counts as they are, and count articles."""
    return articles if isinstance(articles, TermCounts) else count(articles, by=by, **options)
