"""The corpus a person holds: its articles, what was set aside, and the layers found in them."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pandas as pd
import polars as pl

from analysis.corpus.attributes import HOMES, Subject, missing
from analysis.corpus.choosing import chosen
from analysis.corpus.scanning import of_these, require_table, scanned
from analysis.corpus.store import Store
from analysis.errors import ReadingError, StoreError, nearest
from analysis.schemas import TABLES, conform

_Registered = TypeVar("_Registered", bound=Callable[..., Any])


class Corpus:
    """Articles with their layers; made by `Corpus.read`, `analysis.annotate` or `Corpus.open`.

    Attributes
    ----------
    articles : pandas.DataFrame
        One row an article, in reading order (see ``analysis.schemas.columns("articles")``).
    set_aside : pandas.DataFrame
        Inputs that did not become articles, each with its reason.
    source : str
        Where the articles were read from, as given.
    """

    def __init__(
        self,
        articles: pd.DataFrame,
        set_aside: pd.DataFrame,
        *,
        source: str = "",
        layers: Mapping[str, pl.DataFrame] | None = None,
        store: Store | None = None,
        index: Mapping[str, Any] | None = None,
    ) -> None:
        self.articles = articles
        self.set_aside = set_aside
        self.source = source
        self._given = dict(layers or {})
        self._store = store
        self._index = dict(index or {})
        self._opened: dict[str, pd.DataFrame] = {}

    # -- making one -----------------------------------------------------------------------------------------

    @classmethod
    def read(cls, path: str | Path, *, language: str = "en") -> Corpus:
        """Read and clean articles, without annotating them.

        Parameters
        ----------
        path : str or pathlib.Path
            A file, a folder (with its folders), a glob, a zip archive or an fsspec URL.
        language : str, optional
            ISO 639-1 code; articles in another language are set aside.

        Returns
        -------
        Corpus
            With the tables ``lines`` and ``dates``.

        Raises
        ------
        ReadingError
            When nothing is there to be read, or a table has no text column. A single bad file raises nothing:
            it is in `set_aside`.
        """
        from analysis.corpus.inputs import read_articles

        found = read_articles(str(path), language=language)
        return cls(
            pl.DataFrame(found.articles).to_pandas(),
            pl.DataFrame(found.set_aside).to_pandas(),
            source=str(path),
            layers={"lines": pl.DataFrame(found.lines), "dates": pl.DataFrame(found.dates)},
            index={"notes": list(found.notes)},
        )

    @classmethod
    def open(cls, store: str | Path) -> Corpus:
        """Open a store that `analysis read` has written.

        Parameters
        ----------
        store : str or pathlib.Path
            Folder or fsspec URL of the store.

        Raises
        ------
        StoreError
            When there is no store, or it is of another layout.
        """
        place = Store.at(str(store))
        index = place.index()
        if index is None:
            raise StoreError(
                f"there is no store at {store}; make one with `analysis read PATH --store {store}`"
            )
        keys = [chunk["articles"] for chunk in index["chunks"]]
        articles = place.scan("articles", keys).collect() if keys else conform([], "articles")
        set_aside = (
            place.read("set_aside", index["corpus"]) if index.get("corpus") else conform([], "set_aside")
        )
        return cls(
            articles.to_pandas(),
            set_aside.to_pandas(),
            source=str(index.get("source", "")),
            store=place,
            index=index,
        )

    # -- what rooms above add -------------------------------------------------------------------------------

    @classmethod
    def register_accessor(cls, name: str) -> Callable[[_Registered], _Registered]:
        """Give every corpus an attribute of this name, as pandas' accessors do.

        Parameters
        ----------
        name : str
            Name of the attribute.

        Returns
        -------
        callable
            A decorator. A decorated function becomes a method; a decorated class is made with the corpus, once, when
            the attribute is first used.

        Raises
        ------
        StoreError
            When a corpus already has an attribute of this name.

        Examples
        --------
        >>> @Corpus.register_accessor("sizes")
        ... def sizes(corpus):
        ...     return (len(corpus), len(corpus.outlets))
        >>> Corpus(pd.DataFrame({"outlet": ["Harbour Gazette"]}), pd.DataFrame()).sizes()
        (1, 1)
        >>> del Corpus.sizes
        """

        def keep(accessor: _Registered) -> _Registered:
            if name in vars(cls):
                raise StoreError(f"a corpus already has {name!r}; register the accessor under another name")
            setattr(cls, name, Subject(name, accessor) if isinstance(accessor, type) else accessor)
            return accessor

        return keep

    if not TYPE_CHECKING:  # a checker would take every misspelt attribute for an accessor

        def __getattr__(self, name: str) -> Any:
            if name in HOMES and name not in vars(type(self)):
                importlib.import_module(HOMES[name])
                if name in vars(type(self)):
                    return getattr(self, name)
            raise AttributeError(missing(type(self), name, dir(self)))

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *HOMES})

    # -- what is in it --------------------------------------------------------------------------------------

    @property
    def outlets(self) -> list[str]:
        """The outlets, by name."""
        return sorted(self.articles["outlet"].unique())

    @property
    def all_outlets(self) -> list[str]:
        """The outlets before any choice: what colours are given by, so that an outlet keeps its own."""
        return list(self._index.get("outlets", self.outlets))

    @property
    def settings(self) -> dict[str, Any]:
        """What the layers were made with: codebook, model, code; empty before annotation."""
        return dict(self._index.get("settings", {}))

    @property
    def absent(self) -> dict[str, str]:
        """The layers that the engine does not make, each with the reason; empty for the model engine."""
        return dict(self._index.get("absent", {}))

    def why_empty(self, layer: str, otherwise: str) -> str:
        """Say why a layer has no rows: because it was not measured, or else what an empty one means."""
        return f"Not measured: {self.absent[layer]}" if layer in self.absent else otherwise

    @property
    def store_url(self) -> str:
        """Where the layers are kept; empty before annotation."""
        return self._store.url if self._store else ""

    @property
    def notes(self) -> list[str]:
        """What the analyst should know of the reading, such as rows of ``sources.csv`` that found no article."""
        return list(self._index.get("notes", []))

    @property
    def complete(self) -> bool:
        """Whether the store holds the whole of its source; false after an interrupted first run."""
        return bool(self._index.get("complete", True))

    def __len__(self) -> int:
        return len(self.articles)

    def body(self, article_id: str) -> str:
        """Give the body of one article, the text that all offsets refer to."""
        found = self.articles.loc[self.articles["article_id"] == article_id, "body"]
        if found.empty:
            raise ReadingError(
                f"no article {article_id!r} in this corpus{nearest(article_id, self.articles['article_id'], most=4)}"
            )
        return str(found.iloc[0])

    def layer(self, name: str) -> pd.DataFrame:
        """Give a layer, or a table of the whole corpus, as a frame.

        Parameters
        ----------
        name : str
            ``lines``, ``dates``, ``sentences``, ``tokens``, ``mentions``, ``statements``, ``actions``, ``places``,
            ``labels``, ``harms``, ``quantities``, ``aliases``, ``duplicates`` or ``contamination``; `tables` lists
            those that are there.

        Returns
        -------
        pandas.DataFrame
            Rows of the articles in this corpus, by article (in reading order) and start, with one corpus-wide name
            for an actor. Columns: ``analysis.schemas.columns(name)``.

        Raises
        ------
        StoreError
            When the corpus was only read, not annotated.
        """
        if name not in self._opened:
            try:
                self._opened[name] = self.scan(name).collect().to_pandas()
            except pl.exceptions.PolarsError as error:
                raise StoreError(
                    f"the table {name!r} of the store {self.store_url} is damaged ({error}); delete the folder and run "
                    "`analysis read` on the articles again (they are not in it)"
                ) from error
        return self._opened[name].copy(deep=False)

    def tables(self) -> pd.DataFrame:
        """List the tables of this corpus; each is a frame: ``corpus["statements"]``.

        Returns
        -------
        pandas.DataFrame
            One row a table: ``table, rows, meaning``. The meaning of its columns:
            ``analysis.schemas.columns("statements")``.
        """
        sizes = {"articles": len(self.articles), "set_aside": len(self.set_aside)}
        for name in TABLES:
            with suppress(StoreError, OSError):  # a corpus only read, or a store of an older kit, has not all
                sizes.setdefault(name, self.scan(name).select(pl.len()).collect().item())
        return pd.DataFrame(
            [(name, rows, TABLES[name].note) for name, rows in sizes.items()],
            columns=["table", "rows", "meaning"],
        )

    def __getitem__(self, name: str) -> pd.DataFrame:
        """Give a table by its name: ``articles``, ``set_aside``, or a layer as `layer` gives it."""
        if not isinstance(name, str):
            raise StoreError(
                f"a table has a name, such as corpus['places'], not {name!r}; corpus.article(0) opens an article"
            )
        if name in ("articles", "set_aside"):
            return self.articles if name == "articles" else self.set_aside
        return self.layer(name)

    def _ipython_key_completions_(self) -> list[str]:
        return [name for name in TABLES if name != "estimates"]

    def scan(self, name: str) -> pl.LazyFrame:
        """Scan a layer lazily, shard by shard: for corpora that do not fit into memory."""
        if name in self._given:
            return of_these(self._given[name].lazy(), self.articles)
        require_table(name)
        if self._store is None:
            raise StoreError(
                f"the layer {name!r} is not there yet: this corpus was read but not annotated; "
                "use analysis.annotate(path), or `analysis read PATH` and Corpus.open(store)"
            )
        return of_these(scanned(self._store, self._index, name), self.articles)

    # -- choosing from it -----------------------------------------------------------------------------------

    def select(
        self,
        *,
        outlets: str | Collection[str] = (),
        since: str | date = "",
        until: str | date = "",
        kinds: str | Collection[str] = (),
        where: Callable[[pd.DataFrame], pd.Series[bool]] | None = None,
    ) -> Corpus:
        """Choose articles; the layers follow.

        Parameters
        ----------
        outlets : str or collection of str, optional
            Names of outlets; all by default.
        since, until : str or datetime.date, optional
            First and last day, ``2024-08-19``. An article of unknown date is left out when either is given.
        kinds : str or collection of str, optional
            original, repost, rewritten, wire, unknown.
        where : callable, optional
            Takes the articles frame and gives a boolean column.

        Returns
        -------
        Corpus

        Raises
        ------
        ReadingError
            When an outlet or a kind does not occur; the message names the nearest.
        """
        keep = chosen(self.articles, outlets=outlets, since=since, until=until, kinds=kinds, where=where)
        return Corpus(
            self.articles[keep].reset_index(drop=True),
            self.set_aside,
            source=self.source,
            layers=self._given,
            store=self._store,
            index=self._index,
        )

    # -- showing it -----------------------------------------------------------------------------------------

    def card(self) -> pd.DataFrame:
        """Summarise the corpus by outlet: articles, words, first and last day, lines removed.

        Returns
        -------
        pandas.DataFrame
            One row an outlet: ``outlet, articles, words, first, last, undated, lines_removed``.
        """
        if self.articles.empty:
            return pd.DataFrame(
                columns=["outlet", "articles", "words", "first", "last", "undated", "lines_removed"]
            )
        return (
            self.articles.groupby("outlet", sort=True)
            .agg(
                articles=("article_id", "size"),
                words=("n_words", "sum"),
                first=("published", "min"),
                last=("published", "max"),
                undated=("published", lambda days: int(days.isna().sum())),
                lines_removed=("n_lines_removed", "sum"),
            )
            .reset_index()
        )

    def __repr__(self) -> str:
        layers = "annotated" if self._store is not None else "read, not annotated"
        return f"Corpus({self.source!r}: {len(self)} articles, {len(self.outlets)} outlets, {len(self.set_aside)} set aside, {layers})"

    def _repr_html_(self) -> str:
        corpus: Any = self  # `show` is an accessor
        return str(corpus.show()._repr_html_())
