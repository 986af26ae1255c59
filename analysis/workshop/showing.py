"""Lessons on a projector: everything the kit shows, larger."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from analysis.errors import MeasureError


@dataclass(frozen=True)
class Projector:
    """A rule for the page that enlarges figures, tables, sentences and verdicts; made by `projector`."""

    scale: float

    def __repr__(self) -> str:
        if self.scale == 1:
            return "Ordinary size; in front of a class, projector(1.5) makes everything larger"
        return f"Figures, tables and text are {self.scale:g} times as large; projector(1) puts them back"

    def _repr_html_(self) -> str:
        size = f"{self.scale:g}"
        # Pictures are drawings that fill their column, so a wider column enlarges the words in them too.
        return (
            "<style>"
            f".parallax{{max-width:{60 * self.scale:g}rem!important;font-size:{size}rem}}"
            f".parallax .picture{{max-width:{42 * self.scale:g}rem}}"
            # JupyterLab gives all columns one width, which squeezes sentences; let them have the room they need
            ".parallax table{table-layout:auto!important;width:auto!important}"
            ".parallax td.words{overflow-wrap:normal!important;min-width:0!important}"
            f".parallax table,.parallax td,.parallax th,.parallax figcaption,.parallax small{{font-size:{size}rem!important}}"
            f".jp-RenderedHTMLCommon{{font-size:{size}rem!important;line-height:1.5}}"
            f".jp-RenderedHTMLCommon table{{font-size:{size}rem!important}}"
            f".cm-editor,.jp-OutputArea-output pre{{font-size:{self.scale * 0.9:g}rem!important}}"
            f"</style><p>{escape(repr(self))}</p>"
        )


def projector(scale: float = 1.5) -> Projector:
    """Enlarge everything in a notebook for a projector: put it as the last line of a cell.

    Parameters
    ----------
    scale : float, optional
        1 is the ordinary size, 2 the largest that still leaves room for a table.

    Raises
    ------
    MeasureError
        When the scale is not between 1 and 2.

    Examples
    --------
    >>> projector(1.5)
    Figures, tables and text are 1.5 times as large; projector(1) puts them back
    """
    if not 1 <= scale <= 2:
        raise MeasureError(f"scale is {scale!r}; give a number from 1 (ordinary) to 2 (twice as large)")
    return Projector(scale)
