"""The close-up of an actor: who names it, what it says, what it does, sentence by sentence."""

from __future__ import annotations

import ipywidgets as widgets
import pandas as pd

from analysis.corpus.corpus import Corpus
from analysis.explore.markup import inner, number, times
from analysis.explore.panels.panel import Pager, Panel, call, chosen
from analysis.explore.sentences import with_sentences
from analysis.explore.tables import Rows, plain_html

_VIEWS = ("mentions", "statements", "actions")
_COLUMNS = {
    "mentions": ("outlet", "published", "before", "span", "after", "role", "quoted"),
    "statements": ("outlet", "published", "before", "span", "after", "source", "cue", "cue_class", "form"),
    "actions": ("outlet", "published", "before", "span", "after", "agent", "verb", "patient", "voice"),
}
_WHOSE = {"mentions": ("actor",), "statements": ("actor",), "actions": ("agent", "patient")}


class ActorPanel(Panel):
    """Look closely at an actor.

    Parameters
    ----------
    corpus : Corpus
        An annotated corpus.
    name : str
        Whom to begin with, by any spelling; by default the actor of most articles.

    Examples
    --------
    ``corpus.explore("actor", name="Zelensky")``
    """

    def __init__(self, corpus: Corpus, name: str = "") -> None:
        super().__init__(corpus)
        actors = corpus.actors  # type: ignore[attr-defined]
        self._resolve = actors.resolve
        table = actors.table()
        known = table["actor"].head(2000).tolist()
        begin = actors.resolve(name) if name else (known[0] if known else "")
        self.name = widgets.Combobox(
            options=known, value=begin, description="Actor", continuous_update=False, ensure_option=False
        )
        self.view = widgets.ToggleButtons(options=list(_VIEWS), style={"button_width": "8.5em"})
        self.outlet = widgets.Dropdown(
            options=[("all outlets", ""), *((one, one) for one in corpus.outlets)], description="Outlet"
        )
        self.pager = Pager(self.refresh)
        self._rows = widgets.HTML(layout=widgets.Layout(width="100%"))
        self._outlets = widgets.HTML(layout=widgets.Layout(width="100%"))
        self._actor = ""
        self._outlet_of = corpus.articles.set_index("article_id")["outlet"]
        self._layers = {view: corpus.layer(view) for view in _VIEWS}
        self.watch(self.name, self.view, self.outlet, then=self.pager.reset)
        self.lay_out(
            widgets.HBox([self.name, self.outlet, self.view], layout=widgets.Layout(flex_flow="row wrap")),
            self.message,
            self.pager.widget,
            self._rows,
            self._outlets,
        )

    def _of(self, view: str, name: str) -> pd.DataFrame:
        """Give the rows of a layer that are the actor's."""
        layer = self._layers[view]
        keep = layer[_WHOSE[view][0]] == name
        for column in _WHOSE[view][1:]:
            keep |= layer[column] == name
        return layer[keep]

    def update(self) -> None:
        """Show the rows the controls ask for."""
        name = self._resolve(self.name.value)
        if name != self._actor:
            self._actor = name
            shares = self.corpus.actors(name).by_outlet()  # type: ignore[attr-defined]
            shares = shares.sort_values(["k", "outlet"], ascending=[False, True]).head(12)
            self._outlets.value = inner(plain_html(shares, caption=f"Articles that name {name}"))
        rows = self._of(self.view.value, name)
        if self.outlet.value:
            rows = rows[rows["article_id"].map(self._outlet_of) == self.outlet.value]
        self.pager.say(len(rows), self.view.value)
        page = with_sentences(rows.iloc[self.pager.first : self.pager.first + self.pager.size], self.corpus)
        columns = [column for column in _COLUMNS[self.view.value] if column in page]
        self._rows.value = inner(plain_html(page[columns], caption=f"{name}: {self.view.value}"))
        self.say(f"{number(len(rows))} {self.view.value} in {times(rows['article_id'].nunique(), 'article')}")

    @property
    def frame(self) -> Rows:
        """All rows of the view, with their sentences."""
        corpus = self.corpus.select(outlets=[self.outlet.value]) if self.outlet.value else self.corpus
        found: Rows = getattr(corpus.actors(self._actor), self.view.value)()  # type: ignore[attr-defined]
        return found

    @property
    def code(self) -> str:
        """The line that makes the frame."""
        return f"{call(f'{chosen(self.outlet.value)}.actors', self._actor)}.{self.view.value}()"
