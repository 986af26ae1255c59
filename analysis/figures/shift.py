"""Word shift: the words that make two groups differ, and how much of the difference each makes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from analysis.errors import MeasureError
from analysis.figures.escape import visible
from analysis.figures.palette import EDGE, SOFT, UNKNOWN, style

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Picture

COLUMNS = ("form", "n", "n_against", "part", "side")


def shift(
    table: pd.DataFrame,
    *,
    target: str,
    reference: str,
    colours: Mapping[str, str],
    limit: int = 20,
) -> Picture:
    """Draw the words with the largest part in the difference, each on the side that uses it more.

    Parameters
    ----------
    table : pandas.DataFrame
        From `analysis.text.similarity.word_shift`.
    target, reference : str
        The two groups: right and left.
    colours : mapping of str to str
        From `outlet_colours`.
    limit : int
        Words drawn.

    Returns
    -------
    matplotlib.figure.Figure
        The length of a bar is the word's part of the divergence; numbers are occurrences on the left and right.

    Raises
    ------
    MeasureError
        When a column is missing or the groups do not differ.

    Examples
    --------
    >>> table = pd.DataFrame({"form": ["war"], "n": [3], "n_against": [1], "part": [1.0], "side": ["East"]})
    >>> len(shift(table, target="East", reference="West", colours={}).get_axes()[0].patches)
    1
    """
    for column in COLUMNS:
        if column not in table.columns:
            raise MeasureError(f"a word shift needs the column {column!r}")
    shown = table[table["part"] > 0].head(limit)
    if shown.empty:
        raise MeasureError("the two groups use these words alike: there is no shift to draw")
    most = 100 * float(shown["part"].max()) * 1.25
    with style():
        from matplotlib.figure import Figure

        picture = Figure(figsize=(6.6, 0.24 * len(shown) + 0.85))
        axes = picture.subplots()
        for y, row in enumerate(shown.to_dict("records")):
            sign = 1 if row["side"] == target else -1
            length = sign * 100 * float(row["part"])
            axes.barh(y, length, height=0.62, color=colours.get(row["side"], UNKNOWN), alpha=0.85)
            axes.annotate(
                visible(row["form"]), (length, y), xytext=(4 * sign, 0), textcoords="offset points",
                ha="left" if sign > 0 else "right", va="center", fontsize=8.5,
            )  # fmt: skip
            axes.annotate(
                f"{row['n_against']:,} : {row['n']:,}", (most, y), xytext=(6, 0),
                textcoords="offset points", va="center", fontsize=8, color=SOFT, annotation_clip=False,
            )  # fmt: skip
        axes.axvline(0, color=EDGE, linewidth=1)
        axes.set_xlim(-most, most)
        axes.set_ylim(len(shown) - 0.4, -0.6)
        axes.set_yticks([])
        axes.xaxis.set_major_formatter(lambda value, _: f"{abs(value):g}\u202f%")
        axes.set_xlabel(
            f"← {visible(reference)}  ·  {visible(target)} →  ·  part of the difference", loc="left"
        )
    return picture
