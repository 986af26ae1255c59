"""Colours and marks: an outlet keeps its own in every report of a corpus.

An outlet is never told by its colour alone: each also has the shape of its mark, and its name stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from analysis.figures.escape import escaped

# Okabe and Ito (2008), without yellow, which is too pale on paper.
HUES: tuple[str, ...] = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
INK = "#222222"
SOFT = "#6b6b6b"
EDGE = "#bdbdbd"
LINE = "#e6e6e6"
PAPER = "#ffffff"
UNKNOWN = "#8c8c8c"
"""The colour of what is not known: an outlet that no file names, a share that cannot be placed."""

# Darker siblings for words: at least 4.5 to 1 on the page's paper.
WORDS: Mapping[str, str] = {
    "#0072b2": "#00629a",
    "#d55e00": "#a94a00",
    "#009e73": "#00704f",
    "#cc79a7": "#a03f76",
    "#e69f00": "#845a00",
    "#56b4e9": "#1c6a9e",
    UNKNOWN: "#5f5f5f",
}
# Lighter siblings for dark ground.
DARK: Mapping[str, str] = {
    "#0072b2": "#4ba6e3",
    "#d55e00": "#f28a45",
    "#009e73": "#35c79d",
    "#cc79a7": "#e09cc2",
    "#e69f00": "#f2b53a",
    "#56b4e9": "#8fd0f5",
    UNKNOWN: "#a5a39d",
}

# matplotlib's marker, and the same shape as a path on a 10 by 10 field for the page.
_SHAPES: tuple[tuple[str, str], ...] = (
    ("o", "M5 .8a4.2 4.2 0 1 0 0 8.4a4.2 4.2 0 1 0 0-8.4Z"),
    ("s", "M1.3 1.3H8.7V8.7H1.3Z"),
    ("D", "M5 .2L9.8 5L5 9.8L.2 5Z"),
    ("^", "M5 .8L9.6 9H.4Z"),
    ("v", "M5 9.2L9.6 1H.4Z"),
    ("P", "M3.5.8h3v2.7h2.7v3H6.5V9.2h-3V6.5H.8v-3h2.7Z"),
    ("X", "M2.7.6L5 2.9L7.3.6L9.4 2.7L7.1 5L9.4 7.3L7.3 9.4L5 7.1L2.7 9.4L.6 7.3L2.9 5L.6 2.7Z"),
    ("<", "M.8 5L9 .4V9.6Z"),
    (">", "M9.2 5L1 .4V9.6Z"),
    ("p", "M5 .4L9.6 3.8L7.8 9.2H2.2L.4 3.8Z"),
    ("h", "M5 .3L9.2 2.7V7.3L5 9.7L.8 7.3V2.7Z"),
    ("*", "M5 .2L6.3 3.7L9.9 3.8L7.1 6.1L8.1 9.7L5 7.6L1.9 9.7L2.9 6.1L.1 3.8L3.7 3.7Z"),
)
_PATHS = dict(_SHAPES)


@dataclass(frozen=True)
class Mark:
    """The shape that stands for an outlet: a matplotlib marker, filled or open."""

    marker: str
    filled: bool = True


def outlet_colours(outlets: Iterable[str]) -> dict[str, str]:
    """Give each outlet its colour.

    Colours go by the alphabet, so pass every outlet of the corpus, also those a report leaves out: then an outlet
    looks the same in all of them. Beyond six, colours return and the shape of the mark tells outlets apart.

    Parameters
    ----------
    outlets : iterable of str
        Names of all outlets of the corpus, in any order, repeated or not.

    Returns
    -------
    dict of str to str
        Hex colour by outlet, in alphabetical order; ``"unknown"`` comes last and is grey.

    Examples
    --------
    >>> outlet_colours(["Tidewater Post", "Harbour Gazette", "unknown"])
    {'Harbour Gazette': '#0072b2', 'Tidewater Post': '#d55e00', 'unknown': '#8c8c8c'}
    """
    names = {str(outlet) for outlet in outlets}
    known = sorted(names - {"unknown", ""}, key=lambda name: (name.casefold(), name))
    colours = {name: HUES[i % len(HUES)] for i, name in enumerate(known)}
    return colours | {name: UNKNOWN for name in ("", "unknown") if name in names}


def marks(colours: Mapping[str, str]) -> dict[str, Mark]:
    """Give each outlet the shape of its mark, by its place in `outlet_colours`.

    Examples
    --------
    >>> marks({"Harbour Gazette": "#0072b2", "Tidewater Post": "#d55e00"})["Tidewater Post"]
    Mark(marker='s', filled=True)
    """
    shapes = [marker for marker, _ in _SHAPES]
    return {
        name: Mark(shapes[i % len(shapes)], filled=(i // len(shapes)) % 2 == 0)
        for i, name in enumerate(colours)
    }


def ink(colour: str, *, words: bool = False) -> str:
    """Return a colour as a page should write it: a variable the page may change, with a value to fall back on.

    Parameters
    ----------
    colour : str
        Hex colour.
    words : bool
        Whether words are set in it, which need more contrast than marks.

    Examples
    --------
    >>> ink("#222222")
    'var(--px-ink,currentColor)'
    >>> ink("#D55E00", words=True)
    'var(--px-word-d55e00,#a94a00)'
    """
    colour = colour.lower()
    if colour in _ROLES:
        return _ROLES[colour]
    if colour in DARK:
        if words:
            return f"var(--px-word-{colour[1:]},{WORDS[colour]})"
        return f"var(--px-{colour[1:]},{colour})"
    return colour


_ROLES = {
    INK: "var(--px-ink,currentColor)",
    SOFT: "var(--px-soft,#77777d)",
    EDGE: "var(--px-edge,#bdbdbd)",
    LINE: "var(--px-line,#80808040)",
    PAPER: "var(--px-paper,#fff)",
}


def dot(name: str, colours: Mapping[str, str]) -> str:
    """Return an outlet's mark as a small inline picture that stands before its name."""
    colour = ink(colours.get(name, UNKNOWN))
    mark = marks(colours).get(name, Mark("o"))
    paint = f"fill:{colour}" if mark.filled else f"fill:none;stroke:{colour};stroke-width:1.6"
    return (
        '<svg class="dot" viewBox="-.5 -.5 11 11" width="10" height="10" aria-hidden="true" focusable="false">'
        f'<path style="{paint}" d="{_PATHS[mark.marker]}"/></svg>'
    )


def named(name: str, colours: Mapping[str, str]) -> str:
    """Return an outlet's mark and its name, ready for a page."""
    return f'<span class="outlet">{dot(name, colours) if name in colours else ""}{escaped(name)}</span>'


def variables() -> str:
    """Return the style rules that change colours of marks and words on dark ground."""
    light = ";".join(f"--px-word-{hue[1:]}:{word}" for hue, word in WORDS.items())
    dark = ";".join(f"--px-{hue[1:]}:{pale};--px-word-{hue[1:]}:{pale}" for hue, pale in DARK.items())
    return f":root{{{light}}}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"


@contextmanager
def style() -> Iterator[None]:
    """Draw in the kit's look: ``with style(): ...`` around everything that makes or changes a picture."""
    import matplotlib as mpl

    with mpl.rc_context(_look()):
        yield


@cache
def _look() -> Any:
    import matplotlib as mpl

    return mpl.rc_params_from_file(Path(__file__).with_name("report.mplstyle"), use_default_template=False)
