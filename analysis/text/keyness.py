"""Keyness: the words that set one group of articles off from another, with how sure and how large."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import polars as pl
from scipy import sparse

from analysis.errors import MeasureError, nearest
from analysis.text import association
from analysis.text.batches import Articles
from analysis.text.draws import log_ratio_limits
from analysis.text.estimates import MINIMUM_ARTICLES, SEED
from analysis.text.frequencies import as_counts
from analysis.text.intervals import benjamini_hochberg
from analysis.text.resampling import Floats
from analysis.text.shelf import Shelf
from analysis.text.tally import comparable
from analysis.text.termcounts import TermCounts

REST, LIST = "the rest", "the list"
#: Further columns that `keyness` can add, each a function of occurrences and sizes.
MEASURES: Mapping[str, Callable[..., Floats]] = {
    "log_likelihood": association.log_likelihood,
    "log_likelihood_2cell": lambda *table: association.log_likelihood(*table, cells=2),
    "chi_squared": association.chi_squared,
    "conservative_log_ratio": association.conservative_log_ratio,
    "odds_ratio": association.odds_ratio,
    "percent_difference": association.percent_difference,
    "bayes_factor": association.bayes_factor,
}
PRIOR_ARTICLES = 10  # the default prior of `log_odds` weighs as much as ten articles of average length


def keyness(
    articles: Articles | TermCounts,
    *,
    target: str | None = None,
    reference: str | pd.DataFrame | None = None,
    by: str = "outlet",
    minimum_documents: int = 3,
    measures: Sequence[str] = ("log_likelihood",),
    resamples: int = 1000,
    seed: int = SEED,
    minimum: int = MINIMUM_ARTICLES,
    **options: Any,
) -> pd.DataFrame:
    """Compare the frequency of every word in a group with a reference.

    Parameters
    ----------
    articles : Articles or TermCounts
        Articles, or counts made from them.
    target : str, optional
        The group of interest; by default every group in turn.
    reference : str or DataFrame, optional
        What it is compared with: another group, or a frequency list with columns ``form`` and ``n`` (and
        ``documents``, when known); by default all other articles.
    by : str, optional
        Column that makes the groups.
    minimum_documents : int, optional
        Leave out words that stand in fewer articles of target and reference together.
    measures : sequence of str, optional
        Further columns, from `MEASURES`.
    resamples : int, optional
        Bootstrap resamples of articles for the interval; 0 leaves it out.
    seed : int, optional
        Seed of the random generator.
    minimum : int, optional
        Articles a group needs before it is compared.
    **options
        ``form``, ``ngrams``, ``units`` or ``tokens``, as in `analysis.text.counts.count`.

    Returns
    -------
    pandas.DataFrame
        ``group``, ``against``, ``form``; ``n``, ``n_against`` (occurrences); ``documents``, ``documents_against``
        (articles); ``per_million``, ``per_million_against``; ``log_ratio`` (Hardie, 2014) with ``low`` and ``high``
        (95 %, from resampling articles); ``certain``, the limit nearer to 0, or 0 where the interval holds it; the
        measures asked for; ``dispersion_keyness``, the signed log-likelihood over numbers of *articles* (Egbert and
        Biber, 2019); ``z``, the log-odds with an informative Dirichlet prior (Monroe et al., 2008); ``p``, of no
        difference, from the same resamples (without them: of the log-likelihood), and ``q``, after Benjamini–Hochberg
        within the group; ``enough``. Sorted by group, then ``certain``,
        then ``log_ratio``, most typical of the target first. A word that stands often in a single article has a
        wide interval, so it does not lead the table.

        A group without a token has no rows. Against a frequency list without ``documents``, the columns that need them are missing.

    Raises
    ------
    MeasureError
        When a group or measure is unknown, or there is nothing to compare with.

    Examples
    --------
    >>> articles = pd.DataFrame({
    ...     "article_id": ["a", "b", "c", "d"], "outlet": ["East", "East", "West", "West"],
    ...     "body": ["The operation goes on.", "The operation ends.", "The war goes on.", "The war ends."]})
    >>> keyness(articles, target="East", minimum_documents=2)[["form", "n", "n_against", "log_ratio"]].head(2)
            form  n  n_against  log_ratio
    0  operation  2          0        2.0
    1       ends  1          1        0.0
    """
    for name in measures:
        if name not in MEASURES:
            raise MeasureError(f"there is no measure {name!r}{nearest(name, MEASURES)}")
    counts = as_counts(articles, by=by, **options)
    listed = None
    if isinstance(reference, pd.DataFrame):
        counts, listed = _with_list(counts, reference)
        reference = LIST
    targets = [target] if target is not None else counts.groups
    if not targets or (reference is None and len(counts.groups) < 2):
        raise MeasureError(
            f"a comparison needs a target and a reference; {by!r} has {', '.join(counts.groups) or 'no groups'}"
        )
    sides = {group: _Side.of(counts, group) for group in counts.groups}
    whole = _total(list(sides.values()))
    tables = []
    for one in targets:
        if one == reference:
            continue
        first = sides[one] if one in sides else _Side.of(counts, one)
        if listed is not None:
            second = listed
        else:
            second = _Side.of(counts, reference) if isinstance(reference, str) else whole - first
        if not first.size or not second.size:
            empty = one if not first.size else reference or REST
            if target is not None:
                raise MeasureError(f"{empty!r} has no tokens, so there is nothing to compare")
            continue
        keep = np.flatnonzero(np.nan_to_num(second.documents) + first.documents >= minimum_documents)
        table = _compare(counts, (one, reference or REST), first, second, keep, measures)
        if resamples:
            fixed = (listed.n, listed.size) if listed is not None else None
            low, high, p = log_ratio_limits(
                counts, one, reference, keep, fixed=fixed, resamples=resamples, seed=seed
            )
            certain = np.where(low > 0, low, np.where(high < 0, high, 0.0))
            place = list(table.columns).index("log_ratio") + 1
            for name, values in (("certain", certain), ("high", high), ("low", low)):
                table.insert(place, name, values)
        else:
            p = association.p_value(
                association.log_likelihood(
                    table["n"],
                    table["n_against"],
                    np.full(len(table), first.size),
                    np.full(len(table), second.size),
                )
            )
        table["p"], table["q"] = p, benjamini_hochberg(p)
        table["enough"] = comparable(one, first.articles, minimum=minimum) and (
            listed is not None or comparable(reference or REST, second.articles, minimum=minimum)
        )
        order = ["certain", "log_ratio", "form"] if resamples else ["z", "log_ratio", "form"]
        tables.append(table.sort_values(order, ascending=[False, False, True], kind="stable"))
    if not tables:
        raise MeasureError(
            "there is nothing to compare: target and reference are the same, or only one has tokens"
        )
    return pd.concat(tables, ignore_index=True)


def log_odds(y1: npt.ArrayLike, y2: npt.ArrayLike, *, prior: npt.ArrayLike) -> pd.DataFrame:
    """Compare two frequency lists by log-odds with an informative Dirichlet prior (Monroe, Colaresi and Quinn, 2008).

    Parameters
    ----------
    y1, y2 : array-like
        Occurrences of each word in the two groups, the whole vocabulary.
    prior : array-like
        Pseudo-occurrences of each word, or one number for all.

    Returns
    -------
    pandas.DataFrame
        ``log_odds`` (natural logarithm, positive: typical of the first) and ``z``, divided by its standard deviation.

    Raises
    ------
    MeasureError
        When a prior is not above 0.

    Examples
    --------
    >>> log_odds([10, 5, 85], [5, 20, 175], prior=[0.5, 0.8333333333, 8.6666666667])["z"].round(4).tolist()
    [2.5971, -1.4438, -1.5418]
    """
    first, second = np.asarray(y1, dtype=float), np.asarray(y2, dtype=float)
    alpha = np.broadcast_to(np.asarray(prior, dtype=float), first.shape)
    if (alpha <= 0).any():
        raise MeasureError("a Dirichlet prior must be above 0 for every word")
    one, two = first + alpha, second + alpha
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.log(one / (one.sum() - one)) - np.log(two / (two.sum() - two))
    return pd.DataFrame({"log_odds": value, "z": value / np.sqrt(1 / one + 1 / two)})


@dataclass(frozen=True)
class _Side:
    """One side of a comparison: occurrences and articles of every form, tokens and articles in all."""

    n: Floats
    documents: Floats
    size: float
    articles: int

    @classmethod
    def of(cls, counts: TermCounts, group: str) -> _Side:
        inside, total = counts.inside(group), counts.totals[group]
        size = float(counts.articles["n_tokens"].to_numpy()[inside].sum())
        return cls(total.n.astype(float), total.documents.astype(float), size, int(inside.sum()))

    def __sub__(self, other: _Side) -> _Side:
        return _Side(
            self.n - other.n,
            self.documents - other.documents,
            self.size - other.size,
            self.articles - other.articles,
        )


def _total(sides: Sequence[_Side]) -> _Side:
    return _Side(
        np.sum([side.n for side in sides], axis=0),
        np.sum([side.documents for side in sides], axis=0),
        sum(side.size for side in sides),
        sum(side.articles for side in sides),
    )


def _compare(
    counts: TermCounts,
    names: tuple[str, str],
    first: _Side,
    second: _Side,
    keep: npt.NDArray[np.int64],
    measures: Sequence[str],
) -> pd.DataFrame:
    a, b = first.n[keep], second.n[keep]
    cells = (a, b, np.full(len(a), first.size), np.full(len(a), second.size))
    table = pd.DataFrame(
        {
            "group": names[0],
            "against": names[1],
            "form": counts.forms.to_numpy()[keep],
            "n": a.astype(int),
            "n_against": b.astype(int),
            "documents": first.documents[keep].astype(int),
            "documents_against": pd.Series(second.documents[keep]).astype("Int64"),
            "per_million": a * 1e6 / max(first.size, 1),
            "per_million_against": b * 1e6 / max(second.size, 1),
            "log_ratio": association.log_ratio(*cells),
        }
    )
    for name in measures:
        table[name] = MEASURES[name](*cells)
    texts = (np.full(len(a), first.articles), np.full(len(a), max(second.articles, 1)))
    known = np.minimum(np.nan_to_num(second.documents[keep]), texts[1])
    spread = association.log_likelihood(first.documents[keep], known, *texts)
    table["dispersion_keyness"] = np.where(np.isnan(second.documents[keep]), np.nan, spread)
    together = first.n + second.n
    average = (first.size + second.size) / max(first.articles + second.articles, 1)
    weight = PRIOR_ARTICLES * average / max(first.size + second.size, 1)
    table["z"] = log_odds(first.n, second.n, prior=np.maximum(together * weight, 1e-9))["z"].to_numpy()[keep]
    return table


def _with_list(counts: TermCounts, reference: pd.DataFrame) -> tuple[TermCounts, _Side]:
    """Bring counts and a frequency list to one vocabulary."""
    for column in ("form", "n"):
        if column not in reference.columns:
            raise MeasureError(
                f"a reference list needs a column {column!r}{nearest(column, map(str, reference.columns))}"
            )
    given = reference.groupby("form", sort=True).sum(numeric_only=True)
    forms = pl.Series("form", sorted(set(counts.forms.to_list()) | set(given.index)), dtype=pl.String)
    place = pd.Index(forms.to_numpy())
    columns = place.get_indexer(pd.Index(counts.forms.to_numpy()))
    shelf, old = Shelf(), counts.matrix
    indices = shelf.empty(old.nnz, np.int32)
    for rows, block in counts.blocks():
        indices[old.indptr[rows.start] : old.indptr[rows.stop]] = columns[block.indices]
        shelf.rest()
    matrix = sparse.csr_array((old.data, indices, old.indptr), shape=(old.shape[0], len(forms)))
    aligned = given.reindex(place)
    n = aligned["n"].fillna(0).to_numpy(dtype=float)
    if "documents" in aligned:
        documents = aligned["documents"].fillna(0).to_numpy(dtype=float)
    else:
        documents = np.full(len(n), np.nan)
    texts = int(reference.attrs.get("articles", np.nanmax(documents, initial=0)))
    return TermCounts(counts.articles, forms, matrix, shelf), _Side(n, documents, n.sum(), texts)
