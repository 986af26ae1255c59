"""What all panels have in common: controls, a page of rows, the frame behind it, and its code."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

import ipywidgets as widgets

from analysis.corpus.corpus import Corpus
from analysis.errors import AnalysisError
from analysis.explore.markup import inner, styled
from analysis.explore.tables import Rows
from analysis.figures.escape import escaped

PAGE = 15
_WIDE = widgets.Layout(width="100%")


class Panel(ABC):
    """A panel: `frame` is what it shows as a frame, `code` the line that makes it, `widget` what is on the screen.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    """

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.message = widgets.HTML(layout=_WIDE)
        self._code = widgets.HTML(layout=_WIDE)
        self.widget: widgets.VBox = widgets.VBox(layout=_WIDE)

    @property
    @abstractmethod
    def frame(self) -> Rows:
        """All that the panel shows, as a frame."""

    @property
    @abstractmethod
    def code(self) -> str:
        """The line that makes the frame, to put into a cell; ``news`` stands for the corpus."""

    @abstractmethod
    def update(self) -> None:
        """Bring what is shown up to date with the controls."""

    def lay_out(self, *parts: Any) -> None:
        """Put the parts on the screen, the code below, and show what the controls say."""
        self.widget.children = [widgets.HTML(styled("")), *parts, self._code]
        self.refresh()

    def watch(self, *controls: Any, then: Callable[[], None] | None = None) -> None:
        """Refresh when one of the controls changes."""
        for control in controls:
            control.observe(lambda change: self.refresh(then), names="value")

    def refresh(self, then: Callable[[], None] | None = None) -> None:
        """Update, or say what is wrong: a mistyped query is no reason for a traceback."""
        try:
            if then is not None:
                then()
            self.update()
        except AnalysisError as error:
            self.say(str(error), wrong=True)
            return
        self._code.value = inner(_code_markup(self.code))

    def say(self, text: str, *, wrong: bool = False) -> None:
        """Show a line of text above what is shown."""
        colour = ' style="color:#b3261e"' if wrong else ""
        self.message.value = inner(f'<div role="status"{colour}>{escaped(text)}</div>')

    def _repr_mimebundle_(self, **options: Any) -> Any:
        return self.widget._repr_mimebundle_(**options)

    def __repr__(self) -> str:
        return f"{type(self).__name__}: {self.code}"


class NothingToShow(Panel):
    """What stands in the place of a panel when the corpus holds nothing for it: the reason."""

    def __init__(self, corpus: Corpus, why: str) -> None:
        super().__init__(corpus)
        self._why = why
        self.widget.children = [self.message]
        self.say(why)

    @property
    def frame(self) -> Rows:
        """An empty frame."""
        return Rows()

    @property
    def code(self) -> str:
        """The reason, as a comment."""
        return f"# {self._why}"

    def update(self) -> None:
        """Leave the reason where it stands."""


class Pager:
    """Buttons for a page of rows, and the sentence that says which."""

    def __init__(self, changed: Callable[[], None], *, size: int = PAGE) -> None:
        self.size, self.page, self.total = size, 0, 0
        self._changed = changed
        self.back = widgets.Button(description="Previous", layout=widgets.Layout(width="6.5em"))
        self.forth = widgets.Button(description="Next", layout=widgets.Layout(width="6.5em"))
        self.status = widgets.HTML()
        self.back.on_click(lambda button: self._step(-1))
        self.forth.on_click(lambda button: self._step(1))
        self.widget = widgets.HBox([self.back, self.forth, self.status])

    @property
    def first(self) -> int:
        """Number of the first row of the page."""
        return self.page * self.size

    def reset(self) -> None:
        """Go to the first page."""
        self.page = 0

    def say(self, total: int, noun: str = "rows") -> None:
        """Say which rows are shown, of how many."""
        self.total = total
        last = min(self.first + self.size, total)
        self.status.value = inner(
            f'<span role="status">{noun} {self.first + 1 if total else 0}–{last} of {total:,}</span>'
        )
        self.back.disabled = self.page == 0
        self.forth.disabled = last >= total

    def _step(self, step: int) -> None:
        if 0 <= self.first + step * self.size < max(self.total, 1):
            self.page += step
            self._changed()


class Choices:
    """A column of buttons, one a row of a table, each with the rest of its row beside it.

    The buttons are made once and written over: a page changes without new widgets.
    """

    def __init__(self, chosen: Callable[[int], None], *, size: int = PAGE, width: str = "13em") -> None:
        self.size = size
        self.selected = -1
        self._buttons = [
            widgets.Button(layout=widgets.Layout(width=width, height="2em")) for _ in range(size)
        ]
        self._rest = [
            widgets.HTML(layout=widgets.Layout(margin="2px 0 0 .6em", height="2em")) for _ in range(size)
        ]
        self._rows = [widgets.HBox(pair) for pair in zip(self._buttons, self._rest, strict=True)]
        for place, button in enumerate(self._buttons):
            button.on_click(lambda clicked, place=place: chosen(place))
        self.widget = widgets.VBox(self._rows)

    def show(self, names: list[str], rest: list[str], *, selected: int = -1) -> None:
        """Write a page: the names on the buttons, markup beside them."""
        for place, button in enumerate(self._buttons):
            here = place < len(names)
            self._rows[place].layout.display = "" if here else "none"
            if here:
                button.description = names[place]
                button.tooltip = f"Read the sentences with {names[place]}"
                button.button_style = "info" if place == selected else ""
                self._rest[place].value = inner(rest[place], kind="px-choice")


def call(name: str, *positional: object, **options: object) -> str:
    """Write a call as code.

    Examples
    --------
    >>> call("news.concordance", "withdr*", sort="left")
    "news.concordance('withdr*', sort='left')"
    """
    given = [repr(value) for value in positional]
    given += [f"{key}={value!r}" for key, value in options.items()]
    return f"{name}({', '.join(given)})"


def chosen(outlet: str, *, since: str = "", until: str = "") -> str:
    """Write the corpus, or the part of it that is chosen, as code.

    Examples
    --------
    >>> chosen(""), chosen("Harbour Gazette")
    ('news', "news.select(outlets=['Harbour Gazette'])")
    """
    options: dict[str, object] = {}
    if outlet:
        options["outlets"] = [outlet]
    if since:
        options["since"] = since
    if until:
        options["until"] = until
    return call("news.select", **options) if options else "news"


def _code_markup(code: str) -> str:
    # what is copied is read from the page, so that the code is written down once
    copy = "navigator.clipboard.writeText(this.parentNode.querySelector('pre').textContent);this.textContent='Copied'"
    return (
        f'<div class="px-code"><pre>{escaped(code)}</pre>'
        f'<button type="button" onclick="{copy}">Copy as code</button></div>'
    )
