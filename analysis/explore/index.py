"""The words of a corpus, counted once, so that a query answers at once: which articles hold it, how often, where."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd
import polars as pl
from scipy import sparse

from analysis.corpus.corpus import Corpus
from analysis.errors import MeasureError, nearest
from analysis.text.concordance import concordance
from analysis.text.counts import count
from analysis.text.estimates import SEED
from analysis.text.query import Query, parse
from analysis.text.termcounts import TermCounts

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Found:
    """What a query found: hits of each article, in the order of the corpus.

    Attributes
    ----------
    query : str
        The query.
    hits : array of int
        One number an article.
    unread : int
        Articles that can hold the query and were not searched: then the hits are those of the articles that were.
    """

    query: str
    hits: Ints
    unread: int = 0

    @property
    def total(self) -> int:
        """Hits in all."""
        return int(self.hits.sum())

    @property
    def articles(self) -> int:
        """Articles with a hit."""
        return int(np.count_nonzero(self.hits))


class WordIndex:
    """The counts of every word in every article, with the texts, ready for queries.

    Parameters
    ----------
    corpus : Corpus
        Counted when first asked: about a second for each thousand articles, once.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["East", "West"], "body": ["War. A war.", "Peace."]})
    >>> index = WordIndex(Corpus(articles, pd.DataFrame()))
    >>> found = index.find("war*")
    >>> found.total, found.articles, index.page(found, 1, 1)["left"].tolist()
    (2, 1, ['War. A'])
    """

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self.texts = pl.from_pandas(corpus.articles[["article_id", "outlet", "body"]]).with_columns(
            pl.col("body").fill_null(""), pl.col("outlet").fill_null("unknown")
        )
        self.outlets = self.texts["outlet"].to_numpy()

    @cached_property
    def counts(self) -> TermCounts:
        """Words by article, grouped by outlet."""
        return count(self.texts)

    @cached_property
    def tokens(self) -> pd.Series[int]:
        """Words of each outlet."""
        sums = self.counts.articles.group_by("group").agg(pl.col("n_tokens").sum()).sort("group")
        return pd.Series(sums["n_tokens"].to_numpy(), index=sums["group"].to_list())

    @cached_property
    def _by_form(self) -> sparse.csc_array:
        return sparse.csc_array(self.counts.matrix)

    @cached_property
    def _order(self) -> Ints:
        """Row of the counts, which go by id, for each article of the corpus."""
        ids = self.counts.articles["article_id"].to_numpy()
        return np.searchsorted(ids, self.texts["article_id"].to_numpy())

    def find(self, query: str, *, most: int | None = None) -> Found:
        """Count the hits of a query in every article.

        Parameters
        ----------
        query : str
            See `analysis.text.query`. Words, with stars or without, are looked up; other kinds are searched in the
            articles that can hold them.
        most : int, optional
            How many articles at most are searched, the first of the corpus; looking up words is not searching.

        Returns
        -------
        Found

        Raises
        ------
        MeasureError
            When the query is not well formed.
        """
        queries = parse(query)
        if all(one.kind == "word" for one in queries):
            columns = np.unique(np.concatenate([self._forms(one.terms[0]) for one in queries]))
            hits = np.asarray(self._by_form[:, columns].sum(axis=1)).ravel().astype(np.int64)
            return Found(query, hits[self._order])
        possible = np.zeros(len(self.texts), dtype=bool)
        for one in queries:
            possible |= self._can_hold(one)
        rows = np.flatnonzero(possible)
        lines = self.lines(query, rows[:most])
        place = pd.Index(self.texts["article_id"].to_numpy()).get_indexer(lines["article_id"])
        hits = np.bincount(place, minlength=len(self.texts)).astype(np.int64)
        return Found(query, hits, len(rows) - len(rows[:most]))

    def lines(
        self,
        query: str,
        articles: npt.NDArray[np.bool_] | Ints,
        *,
        unit: str = "words",
        window: int = 10,
        sort: str = "text",
    ) -> pd.DataFrame:
        """Give the lines of a query in some of the articles."""
        layers: dict[str, pd.DataFrame | pl.LazyFrame] = {}
        kinds = {one.kind for one in parse(query)}
        if "lemma" in kinds:
            layers["tokens"] = self._corpus.scan("tokens")
        if "actor" in kinds:
            layers["mentions"] = self._corpus.layer("mentions")
        rows = np.flatnonzero(articles) if articles.dtype == bool else articles
        return concordance(self.texts[rows], query, unit=unit, window=window, sort=sort, **layers)  # type: ignore[arg-type]

    def page(
        self,
        found: Found,
        first: int,
        size: int,
        *,
        inside: npt.NDArray[np.bool_] | None = None,
        unit: str = "words",
        window: int = 10,
    ) -> pd.DataFrame:
        """Give some lines of what was found, reading only the articles they stand in.

        Parameters
        ----------
        found : Found
            From `find`.
        first, size : int
            Number of the first line, from 0, and how many.
        inside : array of bool, optional
            The articles wanted; all by default.
        unit, window
            As in `analysis.text.concordance`.

        Returns
        -------
        pandas.DataFrame
            Lines as `analysis.text.concordance` gives them, in the order of the corpus.
        """
        hits = found.hits if inside is None else np.where(inside, found.hits, 0)
        ends = np.cumsum(hits)
        rows = np.flatnonzero((hits > 0) & (ends > first) & (ends - hits < first + size))
        if not len(rows):
            return self.lines(found.query, np.zeros(0, dtype=np.int64))
        lines = self.lines(found.query, rows, unit=unit, window=window)
        skip = first - int(ends[rows[0]] - hits[rows[0]])
        return lines.iloc[max(skip, 0) : max(skip, 0) + size].reset_index(drop=True)

    def drawn(
        self,
        found: Found,
        sample: int,
        *,
        inside: npt.NDArray[np.bool_] | None = None,
        seed: int = SEED,
        unit: str = "words",
        window: int = 10,
        sort: str = "text",
    ) -> pd.DataFrame:
        """Draw lines by chance: the same that ``concordance(..., sample=sample, seed=seed)`` draws.

        Parameters
        ----------
        found : Found
            From `find`.
        sample : int
            How many.
        inside, unit, window
            As in `page`.
        sort : str, optional
            Their order, as in `analysis.text.concordance`.
        seed : int, optional
            Seed of the draw.

        Returns
        -------
        pandas.DataFrame
        """
        hits = found.hits if inside is None else np.where(inside, found.hits, 0)
        total = int(hits.sum())
        by_id = np.argsort(self.texts["article_id"].to_numpy(), kind="stable")
        chosen = np.random.default_rng(seed).choice(total, size=min(sample, total), replace=False)
        ends = np.cumsum(hits[by_id])
        owner = np.searchsorted(ends, chosen, side="right")
        within = chosen - (ends[owner] - hits[by_id][owner])
        rows = np.unique(by_id[owner])
        lines = self.lines(found.query, rows, unit=unit, window=window, sort=sort)
        in_text = lines.sort_values(["article_id", "start", "end"], kind="stable")
        number = in_text.groupby("article_id", sort=False).cumcount().reindex(lines.index)
        ids = self.texts["article_id"].to_numpy()[by_id[owner]]
        wanted = pd.MultiIndex.from_arrays([ids, within])
        here = pd.MultiIndex.from_arrays([lines["article_id"].to_numpy(), number.to_numpy()])
        return lines[here.isin(wanted)].reset_index(drop=True)

    def cut(self, lines: pd.DataFrame, first: str, last: str) -> list[str]:
        """Cut the text of lines between two of their columns, as it is written."""
        rows = pd.Index(self.texts["article_id"].to_numpy()).get_indexer(lines["article_id"])
        bodies = self.texts["body"][rows].to_list()
        return [body[a:b] for body, a, b in zip(bodies, lines[first], lines[last], strict=True)]

    def inside(self, outlet: str) -> npt.NDArray[np.bool_]:
        """Mark the articles of an outlet; all for an empty name."""
        if outlet and outlet not in set(self.outlets):
            known = sorted(set(self.outlets))
            raise MeasureError(f"no article of {outlet!r}{nearest(outlet, known)}")
        return np.ones(len(self.outlets), dtype=bool) if not outlet else self.outlets == outlet

    def spread(self, found: Found) -> pd.DataFrame:
        """Count what was found by outlet: ``outlet, hits, articles, per_million``, the most hits first."""
        table = pd.DataFrame({"outlet": self.outlets, "hits": found.hits, "articles": found.hits > 0})
        sums = table.groupby("outlet", sort=True)[["hits", "articles"]].sum().astype("int64")
        sums["per_million"] = sums["hits"] * 1e6 / self.tokens.reindex(sums.index).clip(lower=1)
        return sums.reset_index().sort_values(["hits", "outlet"], ascending=[False, True], ignore_index=True)

    def two_sided(self, target: str, reference: str | None) -> TermCounts:
        """Give the counts with the articles of two sides only named apart: quicker to compare, the same numbers."""
        sides = (target, reference) if reference else (target,)
        group = self.counts.articles["group"]
        for name in sides:
            if name not in set(self.counts.groups):
                raise MeasureError(f"no article of {name!r}{nearest(name, self.counts.groups)}")
        if reference:
            rows = np.flatnonzero(group.is_in(list(sides)).to_numpy())
            return TermCounts(self.counts.articles[rows], self.counts.forms, self.counts.matrix[rows])
        rest = pl.when(group == target).then(group).otherwise(pl.lit(_rest(target)))
        described = self.counts.articles.with_columns(rest.alias("group"))
        return TermCounts(described, self.counts.forms, self.counts.matrix)

    def _forms(self, term: str) -> Ints:
        forms = self.counts.forms
        if "*" not in term:
            place = int(forms.search_sorted(term))
            hit = place < len(forms) and forms[place] == term
            return np.asarray([place] if hit else [], dtype=np.int64)
        inner = ".*".join(pl.Series([part]).str.escape_regex()[0] for part in term.split("*"))
        return np.flatnonzero(forms.str.contains(f"^(?s:{inner})$").to_numpy()).astype(np.int64)

    def _can_hold(self, query: Query) -> npt.NDArray[np.bool_]:
        possible = np.ones(len(self.texts), dtype=bool)
        if query.kind in ("word", "phrase"):
            for term in query.terms:
                if set(term) != {"*"}:
                    any_form = self._by_form[:, self._forms(term)].sum(axis=1)
                    possible &= (np.asarray(any_form).ravel() > 0)[self._order]
        return possible


def _rest(target: str) -> str:
    """Name the articles of all other outlets, by a name that is not the target's."""
    return "all others" if target != "all others" else "everything else"
