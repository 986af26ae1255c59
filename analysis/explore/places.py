"""``corpus.places``: where it happens, at honest precision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from analysis.corpus.corpus import Corpus
from analysis.errors import MeasureError, nearest
from analysis.explore.sentences import with_sentences
from analysis.explore.tables import Rows

if TYPE_CHECKING:
    from analysis.explore.panels.placemap import MapPanel
    from analysis.figures.zoom import Zoom


class Places:
    """The places of a corpus.

    Examples
    --------
    ``corpus.places.table()``, ``corpus.places.map()``, ``corpus.places.sentences("Bakhmut")``
    """

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus

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
            Its name in the gazetteer, its gazetteer id where several places share a name, or a spelling.
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
        from analysis.places import located

        rows = located(self._corpus.layer("places"), metonyms=metonyms)
        keep = (rows["place"] == place) | (rows["place_id"] == place) | (rows["surface"] == place)
        if not keep.any():
            known = rows["place"].drop_duplicates().tolist()
            raise MeasureError(f"no place {place!r} was located in this corpus{nearest(place, known[:60])}")
        return with_sentences(rows[keep].reset_index(drop=True), self._corpus)

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
