"""The keyness explorer: the words that set an outlet apart; click one to read its sentences."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import ipywidgets as widgets
import numpy as np
import pandas as pd

from analysis.corpus.corpus import Corpus
from analysis.errors import MeasureError
from analysis.explore.index import WordIndex
from analysis.explore.markup import inner
from analysis.explore.panels.panel import Choices, Pager, Panel, call
from analysis.explore.tables import Rows, plain_html

_LINES = 6
#: Articles up to which words are ranked with intervals; beyond, resampling takes longer than a click may.
WITH_INTERVALS = 500
_REST = ("all others", "")


class KeynessPanel(Panel):
    """Explore what words set an outlet apart from another, or from all others.

    Parameters
    ----------
    corpus : Corpus
        The corpus, of two outlets or more.
    target, reference : str
        What to begin with; by default the outlet of most articles, against all others.

    Raises
    ------
    MeasureError
        When the corpus has one outlet only, or an outlet does not occur.

    Examples
    --------
    ``corpus.explore("keyness", target="Harbour Gazette")``
    """

    def __init__(self, corpus: Corpus, target: str = "", reference: str = "") -> None:
        super().__init__(corpus)
        if len(corpus.outlets) < 2:
            raise MeasureError("keyness compares outlets, and this corpus has one only")
        self.index: WordIndex = corpus.words.index  # type: ignore[attr-defined]
        for name in (target, reference):
            self.index.inside(name)
        most = corpus.articles["outlet"].value_counts().sort_index(kind="stable").idxmax()
        self.target = widgets.Dropdown(
            options=corpus.outlets, value=target or str(most), description="Words of"
        )
        self.reference = widgets.Dropdown(
            options=[_REST, *((name, name) for name in corpus.outlets)],
            value=reference,
            description="against",
        )
        self.search = widgets.Text(
            description="Search", placeholder="words beginning with …", continuous_update=False
        )
        self.side = widgets.ToggleButtons(
            options=[("more", "more"), ("less", "less")], style={"button_width": "4.5em"}
        )
        self.pager = Pager(self.refresh)
        self.choices = Choices(self.choose)
        self.word = ""
        self._sentences = widgets.HTML(layout=widgets.Layout(flex="1 1 30em"))
        self._keyness = lru_cache(maxsize=8)(self._compare)
        self.watch(self.target, self.reference, self.search, self.side, then=self._reset)
        self.lay_out(
            widgets.HBox(
                [self.target, self.reference, self.side, self.search],
                layout=widgets.Layout(flex_flow="row wrap"),
            ),
            self.message,
            self.pager.widget,
            widgets.HBox(
                [
                    widgets.VBox([self.choices.widget], layout=widgets.Layout(min_width="28em")),
                    self._sentences,
                ],
                layout=widgets.Layout(flex_flow="row wrap"),
            ),
        )

    def _reset(self) -> None:
        self.pager.reset()
        self.word = ""

    @property
    def resamples(self) -> int:
        """Resamples behind the intervals: none in a large corpus, where the z of the log-odds ranks."""
        return 1000 if len(self.corpus) <= WITH_INTERVALS else 0

    def _compare(self, target: str, reference: str) -> pd.DataFrame:
        from analysis.text.keyness import keyness

        if target == reference:
            raise MeasureError(f"{target!r} against itself: choose another outlet")
        given = self.index.counts if self.resamples else self.index.two_sided(target, reference or None)
        return keyness(given, target=target, reference=reference or None, resamples=self.resamples)

    def _shown(self) -> pd.DataFrame:
        table = self._keyness(self.target.value, self.reference.value)
        if self.side.value == "less":
            table = table.iloc[::-1]
        wanted = self.search.value.strip().lower()
        return table[table["form"].str.startswith(wanted)] if wanted else table

    def choose(self, place: int) -> None:
        """Choose a word of the page, and show its sentences."""
        forms = self._shown()["form"].iloc[self.pager.first :]
        self.word = str(forms.iloc[place])
        self.refresh()

    def update(self) -> None:
        """Show the page of words, and the sentences of the chosen one."""
        table = self._shown()
        self.pager.say(len(table), "words")
        page = table.iloc[self.pager.first : self.pager.first + self.pager.size]
        names = page["form"].tolist()
        if not self.word and names:
            self.word = names[0]
        selected = names.index(self.word) if self.word in names else -1
        self.choices.show(names, [self._size(row) for row in page.to_dict("records")], selected=selected)
        enough = bool(table["enough"].all()) if len(table) else True
        self.say(
            f"{len(table):,} words; log ratio"
            + (" with its interval" if self.resamples else ", ranked by the z of the log-odds")
            + ("" if enough else ". Too few articles to compare: read this as a demonstration")
        )
        self._sentences.value = inner(self._lines())

    @staticmethod
    def _size(row: Mapping[Any, Any]) -> str:
        limits = f" ({row['low']:.1f} to {row['high']:.1f})" if "low" in row else f", z {row['z']:.1f}"
        return f"<b>{row['log_ratio']:+.1f}</b>{limits} · {row['n']} against {row['n_against']}"

    def _lines(self) -> str:
        if not self.word:
            return ""
        found = self.index.find(self.word)
        parts = []
        target = self.index.outlets == self.target.value
        other = self.index.outlets == self.reference.value if self.reference.value else ~target
        for name, inside in ((self.target.value, target), (self.reference.value or "all others", other)):
            lines = self.index.page(found, 0, _LINES, inside=inside, unit="sentence")
            shown = pd.DataFrame(
                {
                    "outlet": lines["group"],
                    "before": self.index.cut(lines, "context_start", "start"),
                    "span": lines["node"],
                    "after": self.index.cut(lines, "end", "context_end"),
                }
            )
            held = int(found.hits[inside].sum())
            articles = int(np.count_nonzero(found.hits[inside]))
            parts.append(
                plain_html(shown, caption=f"“{self.word}” in {name}: {held:,} times in {articles:,} articles")
            )
        return "".join(parts)

    @property
    def frame(self) -> Rows:
        """The words, as ``corpus.words.keyness`` gives them: whole, before searching."""
        return Rows(self._keyness(self.target.value, self.reference.value))

    @property
    def sentences(self) -> Rows:
        """All lines of the chosen word."""
        found: Rows = self.corpus.concordance(self.word, unit="sentence")  # type: ignore[attr-defined]
        return found

    @property
    def code(self) -> str:
        """The line that makes the frame, and the one that makes the sentences."""
        sides = [self.target.value, *([self.reference.value] if self.reference.value else [])]
        options = {} if self.resamples else {"resamples": 0}
        first = call("news.words.keyness", *sides, **options)
        return f"{first}\n{call('news.concordance', self.word, unit='sentence')}" if self.word else first
