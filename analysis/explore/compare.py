"""Two outlets side by side: words, actors, places, sources and labels, each as a frame."""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from analysis.corpus.corpus import Corpus
from analysis.errors import MeasureError, StoreError, nearest
from analysis.explore.markup import facts, styled
from analysis.explore.tables import Rows, plain_html
from analysis.figures.escape import escaped

_SHOWN = 8
_DIFFERENCE = (
    "item",
    "k",
    "n",
    "share",
    "k_against",
    "n_against",
    "share_against",
    "difference",
    "low",
    "high",
)


class Comparison:
    """Two outlets compared; `words`, `actors`, `places`, `sources`, `labels` are frames.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    one, other : str
        The outlets.
    resamples : int
        Bootstrap resamples of articles behind the intervals.

    Raises
    ------
    MeasureError
        When an outlet does not occur, or both are one.
    """

    def __init__(self, corpus: Corpus, one: str, other: str, *, resamples: int = 1000) -> None:
        for name in (one, other):
            if name not in corpus.outlets:
                raise MeasureError(f"no article of {name!r}{nearest(name, corpus.outlets)}")
        if one == other:
            raise MeasureError(f"{one!r} cannot be compared with itself; name two outlets")
        self.one, self.other = one, other
        self._corpus = corpus.select(outlets=[one, other])
        self._resamples = resamples

    @cached_property
    def words(self) -> Rows:
        """Keyness of the words of the first against the second: as `analysis.text.keyness.keyness` gives it."""
        from analysis.text.keyness import keyness

        return Rows(
            keyness(self._corpus.articles, target=self.one, reference=self.other, resamples=self._resamples)
        )

    @cached_property
    def actors(self) -> Rows:
        """Share of articles that name an actor, the differences between the outlets with intervals."""
        from analysis.actors import leading, names_only, without_self

        mentions = without_self(names_only(self._corpus.layer("mentions")), self._corpus.articles)
        named = mentions[mentions["actor"].isin(leading(mentions, 40))]
        return self._differences(named, "actor")

    @cached_property
    def places(self) -> Rows:
        """Share of articles that name a place, the differences between the outlets with intervals."""
        from analysis.places import located

        rows = located(self._corpus.layer("places"))
        often = rows.groupby("place")["article_id"].nunique().sort_index().nlargest(40).index
        return self._differences(rows[rows["place"].isin(often)], "place")

    @cached_property
    def sources(self) -> Rows:
        """Share of articles with a statement of each class of source, the differences with intervals."""
        from analysis.actors import reported

        return self._differences(reported(self._corpus.layer("statements")), "source_class")

    @cached_property
    def labels(self) -> Rows:
        """Share of articles that use a label in the outlet's own voice, the differences with intervals."""
        rows = self._corpus.layer("labels")
        own = rows[rows["voice"] == "own"]
        return self._differences(own.assign(use=own["concept"] + ": " + own["label"]), "use")

    def _differences(self, rows: pd.DataFrame, item: str) -> Rows:
        from analysis.text.estimates import differences

        if rows.empty:
            return Rows(pd.DataFrame(columns=["item", "difference", "low", "high"]))
        found = differences(
            rows,
            self._corpus.articles,
            item=item,
            unit="articles",
            groups=[(self.one, self.other)],
            resamples=self._resamples,
        )
        order = found["difference"].abs().sort_values(ascending=False, kind="stable").index
        return Rows(found.loc[order].reset_index(drop=True))

    def __repr__(self) -> str:
        sizes = self._corpus.articles["outlet"].value_counts()
        return (
            f"Comparison: {self.one!r} ({sizes[self.one]} articles) and {self.other!r} ({sizes[self.other]} articles): "
            "words, actors, places, sources, labels"
        )

    def _repr_html_(self) -> str:
        articles = self._corpus.articles
        sizes: list[tuple[object, str]] = []
        for name in (self.one, self.other):
            own = articles[articles["outlet"] == name]
            sizes.append((len(own), f"articles of {name}"))
        parts = [facts(sizes)]
        words = self.words
        columns = [
            name for name in ("form", "n", "n_against", "log_ratio", "low", "high", "q") if name in words
        ]
        sides = ((self.one, words[columns]), (self.other, words[columns].iloc[::-1]))
        tables = [
            plain_html(rows.head(_SHOWN), caption=f"Words that {name} uses more") for name, rows in sides
        ]
        parts.append(
            f'<div class="px-side-by-side">{"".join(f"<div>{table}</div>" for table in tables)}</div>'
        )
        try:
            for name in ("actors", "labels"):
                table = getattr(self, name)
                shown = table[[column for column in _DIFFERENCE if column in table]].head(_SHOWN).round(3)
                parts.append(plain_html(shown, caption=f"{name.capitalize()}: the largest differences"))
        except StoreError as error:
            parts.append(f'<p class="px-note">{escaped(error)}</p>')
        if len(words) and not bool(words["enough"].all()):
            parts.append('<p class="px-note">Too few articles to compare: read these as a demonstration.</p>')
        return styled("".join(parts))
