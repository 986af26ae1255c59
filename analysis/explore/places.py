"""``corpus.places``: where it happens, at honest precision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.corpus.corpus import Corpus
from analysis.errors import MeasureError, nearest
from analysis.explore.sentences import naming_articles, with_sentences
from analysis.explore.tables import Rows

if TYPE_CHECKING:
    from analysis.explore.panels.placemap import MapPanel
    from analysis.figures.zoom import Zoom


class Places:
    """The places of a corpus; ``corpus.places("Bakhmut")``, or ``corpus.places["Bakhmut"]``, is one of them.

    Examples
    --------
    ``corpus.places.table()``, ``corpus.places.map()``, ``corpus.places("Bakhmut").sentences()``
    """

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus

    def __call__(self, name: str) -> Place:
        """Find a place by its gazetteer id, its name in the gazetteer, or a spelling in the texts.

        Where several places share a name, the one named most often is meant; `table` has the ids of all.

        Raises
        ------
        MeasureError
            When nothing of this name was located.
        """
        return Place(self._corpus, name)

    def __getitem__(self, name: str) -> Place:
        return self(name)

    def _ipython_key_completions_(self) -> list[str]:
        return list(self.table()["place"].drop_duplicates().head(200))

    def table(self, *, countries: bool = True) -> Rows:
        """List the places, those of most articles first.

        Parameters
        ----------
        countries : bool, optional
            Whether whole countries are listed too; a map leaves them out.

        Returns
        -------
        Rows
            ``place_id, place, country, precision, articles, mentions, lat, lon``.
        """
        from analysis.places import located

        rows = located(self._corpus.layer("places"))
        if not countries:
            rows = rows[rows["precision"] != "country"]
        table = rows.groupby(["place_id", "place", "country", "precision"], sort=True, dropna=False).agg(
            articles=("article_id", "nunique"),
            mentions=("article_id", "size"),
            lat=("lat", "first"),
            lon=("lon", "first"),
        )
        listed = table.reset_index().sort_values(
            ["articles", "mentions", "place_id"], ascending=[False, False, True], ignore_index=True
        )
        return Rows(listed)

    def sentences(self, place: str, *, metonyms: bool = False) -> Rows:
        """Give every sentence that names a place.

        Parameters
        ----------
        place : str
            Its gazetteer id, its name, or a spelling: as in ``corpus.places(place)``.
        metonyms : bool, optional
            Whether names that stand for a government ("Moscow said") count too.

        Returns
        -------
        Rows
            ``outlet, published, before, span, after``, then the columns of the layer.

        Raises
        ------
        MeasureError
            When nothing of this name was located.
        """
        return self(place).sentences(metonyms=metonyms)

    def map(self, **options: Any) -> Zoom:
        """Draw the map to pan and zoom; options as in `analysis.figures.zoom.zoom`."""
        from analysis.figures.palette import outlet_colours
        from analysis.figures.zoom import zoom

        options.setdefault("colours", outlet_colours(self._corpus.all_outlets))
        return zoom(self._corpus.layer("places"), self._corpus.articles, **options)

    def shares(self, **options: Any) -> Rows:
        """Count places by outlet; options as in `analysis.places.counts`."""
        from analysis.places import counts

        return Rows(counts(self._corpus.layer("places"), self._corpus.articles, **options))

    def names(self, **options: Any) -> Rows:
        """Say who writes Kyiv and who Kiev; options as in `analysis.places.naming`."""
        from analysis.places import naming

        return Rows(naming(self._corpus.layer("places"), self._corpus.articles, **options))

    def timeline(self, **options: Any) -> Rows:
        """Count places over time; options as in `analysis.places.timeline`."""
        from analysis.places import timeline

        return Rows(timeline(self._corpus.layer("places"), self._corpus.articles, **options))

    def explore(self, **options: Any) -> MapPanel:
        """Open the map with a slider of days: choose a place to read its sentences."""
        from analysis.explore.panels.placemap import MapPanel

        return MapPanel(self._corpus, **options)

    def __repr__(self) -> str:
        return f"places of {self._corpus!r}: table, map, sentences, shares, names, timeline, explore"

    def _repr_html_(self) -> str:
        return str(self.table()._repr_html_())


class Place:
    """One place: `sentences`, `names`, `by_outlet`; each gives a frame."""

    def __init__(self, corpus: Corpus, name: str) -> None:
        from analysis.places import located

        self._corpus = corpus
        rows = located(corpus.layer("places"), metonyms=True)
        for column in ("place_id", "place", "surface"):
            meant = rows.loc[rows[column] == name, "place_id"]
            if len(meant):
                self.place_id = str(meant.value_counts().sort_index(kind="stable").idxmax())
                self.name = str(rows.loc[rows["place_id"] == self.place_id, "place"].iloc[0])
                return
        known = rows["place"].value_counts().index
        raise MeasureError(f"no place {name!r} was located in this corpus{nearest(name, known, most=8)}")

    def _rows(self, *, metonyms: bool = False) -> pd.DataFrame:
        from analysis.places import located

        rows = located(self._corpus.layer("places"), metonyms=metonyms)
        return rows[rows["place_id"] == self.place_id].reset_index(drop=True)

    def sentences(self, *, metonyms: bool = False) -> Rows:
        """Give every sentence that names the place; with ``metonyms`` also where it stands for a government."""
        return with_sentences(self._rows(metonyms=metonyms), self._corpus)

    def names(self) -> Rows:
        """Count the forms under which each outlet names the place: ``form, outlet, n``."""
        outlets = self._corpus.articles.set_index("article_id")["outlet"]
        rows = self._rows()
        counted = rows.groupby(
            [rows["surface"].rename("form"), rows["article_id"].map(outlets).rename("outlet")]
        )
        table = counted.size().reset_index(name="n")
        return Rows(
            table.sort_values(["n", "form", "outlet"], ascending=[False, True, True], ignore_index=True)
        )

    def by_outlet(self) -> Rows:
        """Give the share of each outlet's articles that name the place: ``outlet, k, n, share, low, high``."""
        return naming_articles(self._corpus.articles, self._rows()["article_id"])

    def __repr__(self) -> str:
        return f"{self.name}: sentences, names, by_outlet"

    def _repr_html_(self) -> str:
        from analysis.explore.markup import styled
        from analysis.explore.tables import plain_html

        return styled(plain_html(self.by_outlet(), caption=f"{self.name}: articles that name it"))
