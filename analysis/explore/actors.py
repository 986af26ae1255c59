"""``corpus.actors``: who is in the coverage, under all spellings, what they say and do."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.corpus.corpus import Corpus
from analysis.explore.sentences import naming_articles, with_sentences
from analysis.explore.tables import Rows

if TYPE_CHECKING:
    from analysis.explore.panels.actor import ActorPanel


class Actors:
    """The actors of a corpus; ``corpus.actors("Zelensky")``, or ``corpus.actors["Zelensky"]``, is one of them.

    Examples
    --------
    ``corpus.actors.table()``, ``corpus.actors("Zelensky").statements()``, ``corpus.actors.shares()``
    """

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus

    def __call__(self, name: str) -> Actor:
        """Find an actor by its name, or by any spelling of it.

        Parameters
        ----------
        name : str
            The actor's name in the corpus, a spelling that was merged with it, or a part of the name that only one
            actor, or one far more often than others, has.

        Returns
        -------
        Actor

        Raises
        ------
        MeasureError
            When nobody has this name.
        """
        return Actor(self._corpus, self.resolve(name))

    def resolve(self, name: str) -> str:
        """Give the actor's name in the corpus for a spelling of it; a group without a name is found too."""
        from analysis.actors import called, names_only

        return called(name, names_only(self._corpus.layer("mentions"), groups=True))

    def __getitem__(self, name: str) -> Actor:
        return self(name)

    def _ipython_key_completions_(self) -> list[str]:
        return list(self._table["actor"].head(200))

    @cached_property
    def _mentions(self) -> pd.DataFrame:
        from analysis.actors import names_only

        found: pd.DataFrame = names_only(self._corpus.layer("mentions"))
        return found[found["actor"].fillna("") != ""]

    @cached_property
    def _table(self) -> pd.DataFrame:
        grouped = self._mentions.groupby("actor", sort=True)
        table = grouped.agg(
            articles=("article_id", "nunique"),
            mentions=("article_id", "size"),
            spellings=("surface", "nunique"),
        ).reset_index()
        kinds = self._mentions.groupby(["actor", "kind"], sort=True).size().reset_index(name="n")
        commonest = kinds.sort_values("n", ascending=False, kind="stable").drop_duplicates("actor")
        table.insert(1, "kind", table["actor"].map(commonest.set_index("actor")["kind"]))
        return table.sort_values(
            ["articles", "mentions", "actor"], ascending=[False, False, True], ignore_index=True
        )

    def table(self) -> Rows:
        """List the actors, those of most articles first: ``actor, kind, articles, mentions, spellings``."""
        return Rows(self._table)

    def shares(self, *, unit: str = "articles", **options: Any) -> Rows:
        """Give the share of each outlet's articles that name an actor, with intervals.

        Parameters
        ----------
        unit : {"articles", "mentions"}, optional
            Whether an article counts once, or each mention.
        **options
            Those of `analysis.actors.article_shares`.
        """
        from analysis.actors import article_shares, mention_shares

        measure = article_shares if unit == "articles" else mention_shares
        return Rows(measure(self._corpus.layer("mentions"), self._corpus.articles, **options))

    def spellings(self) -> Rows:
        """Give the ledger of names: each spelling, the actor it counts for, or why it was not merged."""
        return Rows(self._corpus.layer("aliases"))

    def co_mentions(self, **options: Any) -> Rows:
        """Say who is named together; options as in `analysis.actors.co_mentions`."""
        from analysis.actors import co_mentions

        return Rows(co_mentions(self._mentions, **options))

    def who_to_whom(self, **options: Any) -> Rows:
        """Say who acts on whom; options as in `analysis.actors.who_to_whom`."""
        from analysis.actors import who_to_whom

        return Rows(who_to_whom(self._corpus.layer("actions"), **options))

    def explore(self, name: str = "") -> ActorPanel:
        """Open the close-up of an actor."""
        from analysis.explore.panels.actor import ActorPanel

        return ActorPanel(self._corpus, name)

    def __repr__(self) -> str:
        return f"{len(self._table)} actors of {self._corpus!r}: table, shares, spellings, co_mentions, who_to_whom, explore"

    def _repr_html_(self) -> str:
        return str(self.table()._repr_html_())


class Actor:
    """One actor: `mentions`, `statements`, `actions`, `spellings`, `by_outlet`; each gives a frame with sentences."""

    def __init__(self, corpus: Corpus, name: str) -> None:
        self._corpus = corpus
        self.name = name

    def mentions(self) -> Rows:
        """Give every mention, pronouns and roles included, with its sentence."""
        return self._of("mentions", ("actor",))

    def statements(self) -> Rows:
        """Give what the actor is quoted or paraphrased as saying, with the sentence."""
        return self._of("statements", ("actor",))

    def actions(self) -> Rows:
        """Give what the actor does, and what is done to it, with the sentence."""
        return self._of("actions", ("agent", "patient"))

    def labels(self) -> Rows:
        """Give the labels of the codebook that the actor uses."""
        return self._of("labels", ("speaker",))

    def spellings(self) -> Rows:
        """Say how each outlet writes the name: as `analysis.actors.spellings` gives it."""
        from analysis.actors import spellings

        mentions = self._corpus.layer("mentions")
        return Rows(spellings(mentions, self._corpus.articles, actor=self.name))

    def by_outlet(self) -> Rows:
        """Give the share of each outlet's articles that name the actor, with Wilson's interval (Wilson, 1927).

        Returns
        -------
        Rows
            ``outlet, k, n, share, low, high``.
        """
        mentions = self._corpus.layer("mentions")
        named = mentions.loc[mentions["actor"] == self.name, "article_id"]
        return naming_articles(self._corpus.articles, named)

    def _of(self, layer: str, columns: tuple[str, ...]) -> Rows:
        rows = self._corpus.layer(layer)
        keep = pd.Series(False, index=rows.index)
        for column in columns:
            keep |= rows[column] == self.name
        return with_sentences(rows[keep].reset_index(drop=True), self._corpus)

    def __repr__(self) -> str:
        return f"{self.name}: mentions, statements, actions, labels, spellings, by_outlet"

    def _repr_html_(self) -> str:
        from analysis.explore.markup import styled
        from analysis.explore.tables import plain_html

        return styled(plain_html(self.by_outlet(), caption=f"{self.name}: articles that name it"))
