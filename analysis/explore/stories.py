"""``corpus.stories``: the same event, outlet beside outlet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.corpus.corpus import Corpus
from analysis.errors import MeasureError, StoreError, nearest
from analysis.explore.tables import Rows

if TYPE_CHECKING:
    from analysis.explore.panels.sides import StoryPanel

_FACTS = ("sentences", "mentions", "places", "statements", "quantities", "actions")


class Stories:
    """The stories of a corpus: articles linked by the event they report.

    Examples
    --------
    ``corpus.stories.table()``, ``corpus.stories.align(left, right)``, ``corpus.stories.explore()``
    """

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._indexed: dict[str, tuple[pd.DataFrame, Mapping[Any, Any]]] = {}

    @cached_property
    def links(self) -> pd.DataFrame:
        """Which article belongs to which story: as `analysis.stories.link` gives it."""
        from analysis.stories import link

        mentions, places = self._layer("mentions"), self._layer("places")
        return link(self._corpus.articles, mentions=mentions, places=places, store=self._corpus.store_url)

    def _layer(self, name: str) -> pd.DataFrame | None:
        try:
            return self._corpus.layer(name)
        except StoreError:
            return None

    def _rows_of(self, name: str, articles: Iterable[str]) -> pd.DataFrame | None:
        """Give the rows of some articles; a layer is indexed once, so that the next story comes at once."""
        if name not in self._indexed:
            layer = self._layer(name)
            if layer is None:
                return None
            self._indexed[name] = layer, layer.groupby("article_id", sort=False).indices
        layer, places = self._indexed[name]
        rows = [places[key] for key in articles if key in places]
        return layer.iloc[np.sort(np.concatenate(rows))] if rows else layer.iloc[:0]

    @cached_property
    def _story_of(self) -> pd.Series[str]:
        return self.links.set_index("article_id")["story"]

    @cached_property
    def _described(self) -> pd.DataFrame:
        from analysis.stories import describe

        return describe(
            self._corpus.articles,
            self.links,
            mentions=self._layer("mentions"),
            places=self._layer("places"),
        )

    def table(self) -> Rows:
        """List the stories, the widest covered first: as `analysis.stories.describe` gives them."""
        return Rows(self._described)

    def articles(self, story: str) -> Rows:
        """Give the articles of a story, by day.

        Raises
        ------
        MeasureError
            When there is no such story; stories are named by the id of their first article.
        """
        ids = self.links.loc[self.links["story"] == story, "article_id"]
        if ids.empty:
            raise MeasureError(
                f"there is no story {story!r}{nearest(story, self.links['story'].unique()[:20])}"
            )
        rows = self._corpus.articles[self._corpus.articles["article_id"].isin(ids)]
        return Rows(rows.sort_values(["published", "outlet", "article_id"], ignore_index=True))

    def align(self, left: str, right: str, **options: Any) -> Rows:
        """Put two articles side by side, sentence by sentence: as `analysis.stories.align` gives it.

        Parameters
        ----------
        left, right : str
            Ids of the articles.
        **options
            ``threshold``.
        """
        from analysis.stories import align

        articles = self._corpus.articles
        known = self._story_of
        wanted = {known.get(left), known.get(right)}
        # the other articles of the story make the weights of words truer
        near = articles[articles["article_id"].map(known).isin(wanted)].head(60)
        both = articles[articles["article_id"].isin([left, right])]
        near = pd.concat([near, both]).drop_duplicates("article_id")
        sentences = self._rows_of("sentences", near["article_id"])
        if sentences is None:
            sentences = self._corpus.layer("sentences")  # says that the corpus was not annotated
        return Rows(align(near, sentences, left, right, **options))

    def facts(self, story: str, *, least: int = 2) -> Rows:
        """Say for every fact of a story which outlets have it: as `analysis.stories.fact_matrix` gives it.

        Parameters
        ----------
        story : str
            The story, by the id of its first article.
        least : int, optional
            Facts that fewer outlets have are left out.

        Returns
        -------
        Rows
            A row for each fact and outlet; ``state`` is present, absent, or could have had it.
        """
        from analysis.stories import fact_matrix

        told = self.articles(story)
        layers = {name: self._rows_of(name, told["article_id"]) for name in _FACTS}
        given = {name: layer for name, layer in layers.items() if layer is not None}
        here = self.links[self.links["story"] == story]
        return Rows(fact_matrix(told, here, given, story=story, least=least))

    def coverage(self) -> Rows:
        """Count the articles of each outlet on each story: as `analysis.stories.coverage` gives it."""
        from analysis.stories import coverage

        return Rows(coverage(self._corpus.articles, self.links))

    def explore(self, story: str = "") -> StoryPanel:
        """Open a story side by side."""
        from analysis.explore.panels.sides import StoryPanel

        return StoryPanel(self._corpus, story)

    def __repr__(self) -> str:
        return f"stories of {self._corpus!r}: table, articles, align, facts, coverage, explore"

    def _repr_html_(self) -> str:
        return str(self.table()._repr_html_())
