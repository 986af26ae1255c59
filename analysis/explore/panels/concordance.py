"""The concordance explorer: type a query, see every line, sort by what stands left or right."""

from __future__ import annotations

import ipywidgets as widgets
import numpy as np
import pandas as pd

from analysis.corpus.corpus import Corpus
from analysis.explore.index import Found, WordIndex
from analysis.explore.markup import inner, times
from analysis.explore.panels.panel import Pager, Panel, call, chosen
from analysis.explore.tables import Rows, plain_html

#: Lines that are sorted by their neighbours; of more hits so many are drawn by chance, and the panel says so.
SORTED = 200
#: Articles searched at once for a phrase or an expression; the rest when "Search all" is clicked.
SEARCHED = 150
_SORTS = (
    ("order of the text", "text"),
    ("word to the left", "left"),
    ("word to the right", "right"),
    ("hit", "node"),
)


class ConcordancePanel(Panel):
    """Explore the concordance of a corpus.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    query : str
        What to begin with.

    Examples
    --------
    ``corpus.explore("concordance", query="withdr*")``
    """

    def __init__(self, corpus: Corpus, query: str = "war") -> None:
        super().__init__(corpus)
        self.index: WordIndex = corpus.words.index  # type: ignore[attr-defined]
        self.query = widgets.Text(
            value=query,
            description="Query",
            continuous_update=False,
            placeholder="withdr*, “red lines”, @zelensky",
        )
        self.outlet = widgets.Dropdown(
            options=[("all outlets", ""), *((name, name) for name in corpus.outlets)], description="Outlet"
        )
        self.sort = widgets.Dropdown(options=list(_SORTS), description="Sort by")
        self.unit = widgets.ToggleButtons(
            options=[("line", "words"), ("sentence", "sentence")], style={"button_width": "7em"}
        )
        self.pager = Pager(self.refresh)
        self._lines = widgets.HTML(layout=widgets.Layout(width="100%"))
        self._spread = widgets.HTML(layout=widgets.Layout(width="100%"))
        self.search_all = widgets.Button(
            description="Search all articles", layout=widgets.Layout(display="none")
        )
        self.search_all.on_click(lambda button: self._search(None))
        self._found: Found | None = None
        self._drawn: tuple[tuple[str, ...], pd.DataFrame] | None = None
        self.watch(self.query, self.outlet, self.sort, self.unit, then=self.pager.reset)
        self.lay_out(
            widgets.HBox(
                [self.query, self.outlet, self.sort, self.unit], layout=widgets.Layout(flex_flow="row wrap")
            ),
            self.message,
            widgets.HBox([self.pager.widget, self.search_all]),
            self._lines,
            self._spread,
        )

    def update(self) -> None:
        """Show the page of lines that the controls ask for."""
        query = self.query.value.strip()
        found = self._found
        if found is None or found.query != query:
            found = self._find(query, SEARCHED)
        inside = self.index.inside(self.outlet.value)
        total = int(found.hits[inside].sum())
        articles = int(np.count_nonzero(found.hits[inside]))
        text = f"{times(total, 'hit')} in {times(articles, 'article')}"
        if found.unread:
            text += f" so far; {found.unread:,} more articles can hold it and were not searched yet"
        if self.sort.value == "text":
            self.pager.say(total, "lines")
            lines = self.index.page(
                found, self.pager.first, self.pager.size, inside=inside, unit=self.unit.value
            )
        else:
            every = self._sorted(found, inside)
            if total > SORTED:
                text += f"; sorted are {SORTED} lines drawn by chance"
            self.pager.say(len(every), "lines")
            lines = every.iloc[self.pager.first : self.pager.first + self.pager.size]
        self.say(text)
        shown = lines[["group", "left", "node", "right"]].rename(columns={"group": "outlet"})
        self._lines.value = inner(plain_html(shown, caption=f"Concordance of {query}"))

    def _search(self, most: int | None) -> None:
        self._find(self.query.value.strip(), most)
        self._drawn = None
        self.pager.reset()
        self.refresh()

    def _find(self, query: str, most: int | None) -> Found:
        self._found = found = self.index.find(query, most=most)
        self.search_all.layout.display = "" if found.unread else "none"
        table = self.index.spread(found)
        held = table[table["hits"] > 0].head(10)
        self._spread.value = inner(plain_html(held, caption="Hits by outlet"))
        return found

    def _sorted(self, found: Found, inside: np.ndarray) -> pd.DataFrame:
        asked = (found.query, self.outlet.value, self.unit.value, self.sort.value)
        if self._drawn is None or self._drawn[0] != asked:
            lines = self.index.drawn(found, SORTED, inside=inside, unit=self.unit.value, sort=self.sort.value)
            self._drawn = (asked, lines)
        return self._drawn[1]

    @property
    def frame(self) -> Rows:
        """All lines, as ``corpus.concordance`` gives them."""
        corpus = self.corpus.select(outlets=[self.outlet.value]) if self.outlet.value else self.corpus
        found: Rows = corpus.concordance(self.query.value.strip(), **self._options())  # type: ignore[attr-defined]
        return found

    @property
    def code(self) -> str:
        """The line that makes the frame."""
        return call(f"{chosen(self.outlet.value)}.concordance", self.query.value.strip(), **self._options())

    def _options(self) -> dict[str, object]:
        options: dict[str, object] = {}
        if self.unit.value != "words":
            options["unit"] = self.unit.value
        if self.sort.value != "text":
            options["sort"] = self.sort.value
            if self._found is not None:
                inside = self.index.inside(self.outlet.value)
                if int(self._found.hits[inside].sum()) > SORTED:
                    options |= {"sample": SORTED, "seed": 2026}
        return options
