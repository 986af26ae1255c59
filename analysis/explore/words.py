"""``corpus.words``: how often, in which company and how differently words are used."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from analysis.corpus.corpus import Corpus
from analysis.explore.index import WordIndex
from analysis.explore.tables import Rows

if TYPE_CHECKING:
    from analysis.explore.panels.keyness import KeynessPanel


class Words:
    """The words of a corpus; each verb gives a frame.

    Examples
    --------
    >>> import pandas as pd
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["East", "West"], "body": ["War. A war.", "Peace."]})
    >>> Words(Corpus(articles, pd.DataFrame())).frequencies()["form"].head(2).tolist()
    ['war', 'a']
    """

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus

    @cached_property
    def index(self) -> WordIndex:
        """The counts behind the panels, made once."""
        return WordIndex(self._corpus)

    def keyness(self, target: str | None = None, reference: str | None = None, **options: Any) -> Rows:
        """Compare the words of an outlet with those of another, or of all others.

        Parameters
        ----------
        target : str, optional
            The outlet; by default every outlet in turn.
        reference : str, optional
            What it is compared with; by default all others.
        **options
            Those of `analysis.text.keyness.keyness`: ``minimum_documents``, ``measures``, ``resamples``, ``by``.

        Returns
        -------
        Rows
            Columns as `analysis.text.keyness.keyness` gives them.

        Examples
        --------
        ``corpus.words.keyness("Harbour Gazette", "Tidewater Post")``
        """
        from analysis.text.keyness import keyness

        given = self._corpus.articles if "by" in options or "form" in options else self.index.counts
        return Rows(keyness(given, target=target, reference=reference, **options))

    def frequencies(self, **options: Any) -> Rows:
        """Count the words of each outlet; options as in `analysis.text.frequencies.frequencies`."""
        from analysis.text.frequencies import frequencies

        return Rows(frequencies(self._corpus.articles, **options))

    def collocates(self, node: str, **options: Any) -> Rows:
        """Find the words in whose company a word stands; options as in `analysis.text.collocation.collocates`."""
        from analysis.text.collocation import collocates

        return Rows(collocates(self._corpus.articles, node, **layers(self._corpus, node), **options))

    def dispersion(self, **options: Any) -> Rows:
        """Say how evenly words are spread; options as in `analysis.text.dispersion.dispersion`."""
        from analysis.text.dispersion import dispersion

        return Rows(dispersion(self._corpus.articles, **options))

    def explore(self, **options: Any) -> KeynessPanel:
        """Open the keyness explorer: click a word to read its sentences."""
        from analysis.explore.panels.keyness import KeynessPanel

        return KeynessPanel(self._corpus, **options)

    def __repr__(self) -> str:
        return f"words of {self._corpus!r}: keyness, frequencies, collocates, dispersion, explore"


def layers(corpus: Corpus, query: str) -> dict[str, Any]:
    """Give the layers that a query needs: tokens for lemmas, mentions for actors."""
    from analysis.text.query import parse

    kinds = {one.kind for one in parse(query)}
    found: dict[str, Any] = {}
    if "lemma" in kinds:
        found["tokens"] = corpus.scan("tokens")
    if "actor" in kinds:
        found["mentions"] = corpus.layer("mentions")
    return found
