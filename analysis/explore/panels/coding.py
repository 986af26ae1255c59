"""Coding by hand: one sentence after the other, its outlet hidden, one key an answer, each answer saved at once."""

from __future__ import annotations

from pathlib import Path
from string import ascii_lowercase
from typing import Any

import ipywidgets as widgets
import pandas as pd

from analysis import codebook as codebooks
from analysis.codebook.sheets import CODERS, SEPARATOR
from analysis.errors import AnalysisError, CodebookError
from analysis.explore.markup import inner, styled
from analysis.figures.escape import escaped

KEYS = "123456789" + ascii_lowercase
_BACK, _SKIP, _CLEAR = ",", ".", "-"
_HELP = (
    f"Click into the field and answer with one key a sentence. {_BACK} goes back, {_SKIP} goes on without an answer, "
    f"{_CLEAR} takes the answer back. Every answer is saved at once; you can stop and go on another day."
)
_WIDE = widgets.Layout(width="100%")


class CodingPanel:
    """Code the sentences of a sheet.

    Parameters
    ----------
    path : str or pathlib.Path
        The sheet, from `analysis codebook sample` or `analysis.explore.sheets.draw`.
    coder : {"coder_1", "coder_2"}, optional
        Whose codes these are. The other coder's are never shown.

    Raises
    ------
    CodebookError
        When there is no such sheet or coder, or the sheet is empty.

    Examples
    --------
    ``CodingPanel("coding-sheet.csv", coder="coder_2")``
    """

    def __init__(self, path: str | Path, coder: str = CODERS[0]) -> None:
        self.path = Path(path)
        self._sheet = codebooks.read_sheet(self.path).sheet
        if self._sheet.empty:
            raise CodebookError(
                f"{self.path.name} holds no sentence to code; `analysis codebook sample` draws another sheet"
            )
        self.coder = widgets.ToggleButtons(
            options=[(name.replace("_", " "), name) for name in CODERS], description="I am"
        )
        codebooks.record(
            self.path, self._code(0), coder, str(self._sheet[coder].iloc[0])
        )  # it can be written
        self.coder.value = coder
        self.place = 0
        self.key = widgets.Text(description="Key", placeholder="one key", layout=widgets.Layout(width="12em"))
        self.key.continuous_update = True
        self.back = widgets.Button(description="Back", layout=widgets.Layout(width="6em"))
        self.forth = widgets.Button(description="Skip", layout=widgets.Layout(width="6em"))
        self._sentence = widgets.HTML(layout=_WIDE)
        self._progress = widgets.HTML(layout=_WIDE)
        self._status = widgets.HTML(layout=_WIDE)
        self._buttons = [widgets.Button(layout=widgets.Layout(width="auto")) for _ in KEYS]
        for number, button in enumerate(self._buttons):
            button.on_click(lambda clicked, number=number: self._answer(number))
        self.key.observe(self._typed, names="value")
        self.back.on_click(lambda clicked: self.go(self.place - 1))
        self.forth.on_click(lambda clicked: self.go(self.place + 1))
        self.coder.observe(lambda change: self.resume(), names="value")
        self.widget = widgets.VBox(
            [
                widgets.HTML(styled("")),
                self.coder,
                self._progress,
                self._sentence,
                widgets.HBox(self._buttons, layout=widgets.Layout(flex_flow="row wrap")),
                widgets.HBox([self.key, self.back, self.forth]),
                self._status,
                widgets.HTML(inner(f'<p class="px-note">{escaped(_HELP)}</p>')),
            ],
            layout=_WIDE,
        )
        self.resume()

    @property
    def frame(self) -> pd.DataFrame:
        """The sentences with this coder's codes."""
        shown = ["code", "indicator", "sentence", "marked", self.coder.value]
        return self._sheet[shown].rename(columns={self.coder.value: "answer"})

    @property
    def choices(self) -> list[str]:
        """The codes of the sentence that is shown."""
        return [one for one in self._sheet["choices"].iloc[self.place].split(SEPARATOR) if one][: len(KEYS)]

    def resume(self) -> None:
        """Go to the first sentence without an answer."""
        open_ones = (self._sheet[self.coder.value] == "").to_numpy().nonzero()[0]
        self.go(int(open_ones[0]) if len(open_ones) else len(self._sheet) - 1)

    def go(self, place: int) -> None:
        """Show a sentence by its number, counted from 0."""
        self.place = min(max(place, 0), len(self._sheet) - 1)
        row = self._sheet.iloc[self.place]
        given = str(row[self.coder.value])
        for number, button in enumerate(self._buttons):
            here = number < len(self.choices)
            button.layout.display = "" if here else "none"
            if here:
                button.description = f"{KEYS[number]}  {self.choices[number]}"
                button.button_style = "info" if self.choices[number] == given else ""
        done = int((self._sheet[self.coder.value] != "").sum())
        self._progress.value = inner(
            f'<p role="status">Sentence {self.place + 1} of {len(self._sheet)} · {escaped(row["indicator"])} · '
            f"{done} answered</p>"
        )
        self._sentence.value = inner(
            f'<p style="font-size:1.2em;line-height:1.5;max-width:44em">{_with_mark(row["sentence"], row["marked"])}</p>'
        )

    def answer(self, code: str) -> None:
        """Write an answer to the sentence that is shown, and go on to the next."""
        try:
            self._sheet = codebooks.record(self.path, self._code(self.place), self.coder.value, code)
        except (AnalysisError, OSError) as error:
            self._say(f"Not saved: {error}", wrong=True)
            return
        self._say(f"{self._code(self.place)}: {code}, saved." if code else "Taken back.")
        last = self.place == len(self._sheet) - 1
        self.go(self.place if last or not code else self.place + 1)
        if code and not (self._sheet[self.coder.value] == "").any():
            self._say("All sentences are answered. Thank you; the sheet is complete.")

    def _code(self, place: int) -> str:
        return str(self._sheet["code"].iloc[place])

    def _answer(self, number: int) -> None:
        if number < len(self.choices):
            self.answer(self.choices[number])

    def _typed(self, change: Any) -> None:
        typed = str(change["new"]).strip().lower()[-1:]
        if not typed:
            return
        self.key.value = ""
        if typed in (_BACK, _SKIP):
            self.go(self.place + (1 if typed == _SKIP else -1))
        elif typed == _CLEAR:
            self.answer("")
        elif KEYS.find(typed) in range(len(self.choices)):
            self._answer(KEYS.index(typed))
        else:
            self._say(f"There is no answer with the key {typed}.", wrong=True)

    def _say(self, text: str, *, wrong: bool = False) -> None:
        colour = ' style="color:#b3261e"' if wrong else ""
        self._status.value = inner(f'<div role="status"{colour}>{escaped(text)}</div>')

    def _repr_mimebundle_(self, **options: Any) -> Any:
        return self.widget._repr_mimebundle_(**options)

    def __repr__(self) -> str:
        return f"CodingPanel: {self.path.name}, {len(self._sheet)} sentences"


def _with_mark(sentence: str, words: str) -> str:
    """Mark the words in question where they stand in the sentence.

    Examples
    --------
    >>> _with_mark("The <war> goes on.", "war")
    'The &lt;<mark>war</mark>&gt; goes on.'
    """
    before, found, after = sentence.partition(words) if words else (sentence, "", "")
    if not found:
        return escaped(sentence)
    return f"{escaped(before)}<mark>{escaped(found)}</mark>{escaped(after)}"
