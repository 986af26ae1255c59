"""A story side by side: which sentence two outlets share or rephrase, and which facts each outlet of it has."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets
import pandas as pd

from analysis.corpus.corpus import Corpus
from analysis.errors import MeasureError
from analysis.explore.markup import inner, origin
from analysis.explore.panels.panel import Panel, call
from analysis.explore.tables import Rows
from analysis.figures.escape import escaped
from analysis.figures.palette import dot, outlet_colours

_STORIES = 300
_KEY = (
    '<p class="px-note"><span class="px-key actors"></span>the same <span class="px-key statements"></span>rephrased '
    '<span class="px-key removed"></span>only here</p>'
)
_FACTS = 40
# sign, class and words of each state; the sign says it without colour, the words in the title of the cell
_STATES = {"present": "●", "could have had it": "○", "absent": "·"}
_SIGNS = (
    '<p class="px-note">● an article of the outlet has it &nbsp; ○ could have had it: another had published it before '
    "&nbsp; · absent: nobody had published it before. Rest the pointer on a sign to read the sentence.</p>"
)


class StoryPanel(Panel):
    """Read two tellings of a story side by side, with the matrix of its facts by outlet.

    Parameters
    ----------
    corpus : Corpus
        An annotated corpus in which at least two articles tell one story.
    story : str
        A story to begin with, by the id of its first article; by default the widest covered.

    Raises
    ------
    MeasureError
        When no story has two articles.

    Examples
    --------
    ``corpus.explore("stories")``
    """

    def __init__(self, corpus: Corpus, story: str = "") -> None:
        super().__init__(corpus)
        self._stories: Any = corpus.stories  # type: ignore[attr-defined]
        table = self._stories.table()
        table = table[table["n_articles"] > 1].head(_STORIES)
        if table.empty:
            raise MeasureError(
                "no two articles of this corpus tell one story, so nothing stands side by side"
            )
        options = [
            (f"{row.title[:70]} ({row.n_articles} articles, {row.n_outlets} outlets)", row.story)
            for row in table.itertuples()
        ]
        if story and story not in set(table["story"]):
            options.insert(0, (story, story))
        wide = widgets.Layout(width="48em")
        self.story = widgets.Dropdown(options=options, description="Story", layout=wide)
        if story:
            self.story.value = story
        half = widgets.Layout(width="30em")
        self.left = widgets.Dropdown(description="Left", layout=half)
        self.right = widgets.Dropdown(description="Right", layout=half)
        self._sides = widgets.HTML(layout=widgets.Layout(flex="3 1 34em"))
        self._facts = widgets.HTML(layout=widgets.Layout(flex="2 1 24em"))
        self._setting = False
        self._aligned: dict[tuple[str, str], pd.DataFrame] = {}
        self._found: dict[str, Rows] = {}
        self._fill()
        self.watch(self.story, then=self._fill)
        for control in (self.left, self.right):
            control.observe(self._side_changed, names="value")
        self.lay_out(
            self.story,
            widgets.HBox([self.left, self.right], layout=widgets.Layout(flex_flow="row wrap")),
            self.message,
            widgets.HBox([self._sides, self._facts], layout=widgets.Layout(flex_flow="row wrap")),
        )

    def _side_changed(self, change: object) -> None:
        if not self._setting:
            self.refresh()

    def _fill(self) -> None:
        """Offer the articles of the story, two of different outlets first."""
        rows = self._stories.articles(self.story.value)
        options = [(_named(row), row.article_id) for row in rows.itertuples()]
        outlets = rows["outlet"].tolist()
        other = next((i for i, name in enumerate(outlets) if name != outlets[0]), 1)
        self._setting = True
        self.left.options = self.right.options = options
        self.left.value, self.right.value = options[0][1], options[other][1]
        self._setting = False
        self._facts.value = inner(self._matrix())

    def _aligned_now(self) -> pd.DataFrame:
        key = (self.left.value, self.right.value)
        if key not in self._aligned:
            self._aligned[key] = self._stories.align(*key)
        return self._aligned[key]

    def update(self) -> None:
        """Put the two articles side by side."""
        rows = self._aligned_now()
        sizes = rows["relation"].value_counts()
        self.say(
            ", ".join(
                f"{int(sizes.get(name, 0))} sentences {name}"
                for name in ("same", "rephrased", "only left", "only right")
            )
        )
        about = self.corpus.articles.set_index("article_id", drop=False)
        heads = "".join(
            f'<div class="px-source">{origin(about.loc[key].to_dict())}</div>'
            for key in (self.left.value, self.right.value)
        )
        cells = []
        for relation, *texts in zip(rows["relation"], rows["left_text"], rows["right_text"], strict=True):
            kind = relation if relation in ("same", "rephrased") else "only"
            for text in texts:
                cells.append(f'<div class="{kind if text else ""}">{escaped(text)}</div>')
        self._sides.value = inner(f'{_KEY}<div class="px-sides">{heads}{"".join(cells)}</div>')

    def _matrix(self) -> str:
        """Show which outlet has which fact, a sign a cell."""
        facts = self.facts
        if facts.empty:
            return '<p class="px-note">No fact that two outlets of this story have.</p>'
        about = self.corpus.articles.set_index("article_id")["body"]
        outlets = facts["outlet"].drop_duplicates().tolist()
        colours = outlet_colours(self.corpus.all_outlets)
        heads = "".join(
            f'<th scope="col" title="{escaped(name)}">{dot(name, colours)} {escaped(name)}</th>'
            for name in outlets
        )
        names = facts[["kind", "fact"]].drop_duplicates()
        shown = names.head(_FACTS)
        cells = {(row.kind, row.fact, row.outlet): row for row in facts.itertuples()}
        lines = []
        for kind, fact in shown.itertuples(index=False):
            signs = "".join(_sign(cells[kind, fact, name], about) for name in outlets)
            lines.append(
                f'<tr><th scope="row">{escaped(fact)} <span class="px-source">{escaped(kind)}</span></th>{signs}</tr>'
            )
        size = f"; the first {_FACTS} of {len(names)}" if len(names) > _FACTS else ""
        return (
            f'<div class="px-scroll px-facts-of" tabindex="0" role="region" aria-label="Facts of the story"><table>'
            f"<caption>Facts that two outlets or more have{size}</caption>"
            f'<thead><tr><th scope="col">fact</th>{heads}</tr></thead><tbody>{"".join(lines)}</tbody></table></div>{_SIGNS}'
        )

    @property
    def frame(self) -> Rows:
        """The two articles, aligned: as `analysis.stories.align` gives it."""
        return Rows(self._aligned_now())

    @property
    def facts(self) -> Rows:
        """The facts of the story by outlet: as `analysis.stories.fact_matrix` gives it."""
        story = self.story.value
        if story not in self._found:
            self._found[story] = self._stories.facts(story)
        return self._found[story]

    @property
    def code(self) -> str:
        """The line that makes the frame, and the one that makes the facts."""
        aligned = call("news.stories.align", self.left.value, self.right.value)
        return f"{aligned}\n{call('news.stories.facts', self.story.value)}"


def _sign(row: Any, bodies: pd.Series[str]) -> str:
    """Show the state of a fact in an outlet, with the sentence that has it, or comes nearest to it."""
    if row.state == "present":
        said = f"{row.state}: … {_around(bodies[row.article_id], row.start, row.end)} …"
    elif row.near_article:
        said = f"{row.state}; the nearest sentence: {bodies[row.near_article][row.near_start : row.near_end]}"
    else:
        said = row.state
    name = row.state.split()[0]
    return f'<td class="px-sign {name}" title="{escaped(said)}" aria-label="{escaped(row.state)}">{_STATES[row.state]}</td>'


def _around(body: str, start: int, end: int, *, reach: int = 80) -> str:
    return " ".join(body[max(0, start - reach) : end + reach].split())


def _named(row: Any) -> str:
    """Name an article by its outlet and its headline, or its first words."""
    return f"{row.outlet}: {str(row.headline or row.body)[:60]}"
