"""Keyness dots: the words that set one group off, with the interval of their log ratio."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.errors import MeasureError
from analysis.figures.escape import visible
from analysis.figures.palette import EDGE, SOFT, UNKNOWN, style

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Picture

COLUMNS = ("group", "against", "form", "n", "n_against", "documents", "log_ratio", "low", "high", "certain")


def keyness(table: pd.DataFrame, *, colours: Mapping[str, str], limit: int = 12) -> Picture:
    """Draw the most typical words of a group: a dot for the log ratio, a bar for its interval.

    Parameters
    ----------
    table : pandas.DataFrame
        From `analysis.text.keyness.keyness`, for one group.
    colours : mapping of str to str
        From `outlet_colours`.
    limit : int
        Words drawn; against another group, so many on either side.

    Returns
    -------
    matplotlib.figure.Figure
        One step to the right is twice as frequent; the size of a dot grows with the articles that have the word, and
        numbers at the margin are occurrences here and there. A bar that runs off the field goes on.

    Raises
    ------
    MeasureError
        When a column is missing, the table holds several groups, or there is nothing to draw.

    Examples
    --------
    >>> table = pd.DataFrame({"group": ["East"], "against": ["West"], "form": ["war"], "n": [9], "n_against": [1],
    ...     "documents": [5], "documents_against": [1], "log_ratio": [3.2], "low": [1.0], "high": [5.0], "certain": [1.0]})
    >>> len(keyness(table, colours={}).get_axes())
    1
    """
    for column in COLUMNS:
        if column not in table.columns:
            raise MeasureError(f"a picture of keyness needs the column {column!r}")
    if len(table["group"].unique()) > 1:
        raise MeasureError(
            "a picture of keyness shows one group; choose it with table[table['group'] == name]"
        )
    shown = chosen(table, limit=limit)
    if shown.empty:
        raise MeasureError("there is no word to draw: show the finding without a picture")
    group, against = str(shown["group"].iloc[0]), str(shown["against"].iloc[0])
    most = float(np.abs(shown["log_ratio"]).max())
    edge = max(1.0, min(most * 1.35 + 0.5, float(np.nanmax(np.abs(shown[["low", "high"]].to_numpy())))))
    with style():
        from matplotlib.figure import Figure

        picture = Figure(figsize=(6.6, 0.25 * len(shown) + 0.75))
        axes = picture.subplots()
        for y, row in enumerate(shown.to_dict("records")):
            here = row["log_ratio"] >= 0
            colour = colours.get(group if here else against, UNKNOWN)
            low, high = (float(np.clip(row[name], -edge, edge)) for name in ("low", "high"))
            # of many words, some stand apart by chance
            sure = bool(row["certain"]) and row.get("q", 0.0) < 0.05 and bool(row.get("enough", True))
            documents = row["documents"] if here else row.get("documents_against", row["documents"])
            size = 14 + 60 * np.sqrt(float(documents or 0) / max(float(shown["documents"].max()), 1.0))
            axes.plot([low, high], [y, y], color=colour, linewidth=1.6, alpha=0.8 if sure else 0.4, zorder=2)
            axes.scatter(
                [row["log_ratio"]], [y], s=size, color=colour if sure else "none", edgecolors=colour, zorder=3
            )
            axes.annotate(
                f"{row['n']:,} : {row['n_against']:,}",
                (edge, y), xytext=(6, 0), textcoords="offset points", va="center", fontsize=8, color=SOFT,
                annotation_clip=False,
            )  # fmt: skip
        axes.axvline(0, color=EDGE, linewidth=1)
        both = bool((shown["log_ratio"] < 0).any())
        # the empty half would take the room of the other, so the axis ends where the bars do
        least = -edge if both else max(-edge, min(0.0, 1.1 * float(shown["low"].min())))
        axes.set_xlim(least, edge)
        axes.set_ylim(len(shown) - 0.4, -0.6)
        axes.set_yticks(range(len(shown)), [visible(word) for word in shown["form"]])
        axes.xaxis.set_major_formatter(lambda value, _: "equal" if value == 0 else f"{2 ** abs(value):.0f}×")
        axes.set_xticks(
            [tick for tick in range(-int(-least), int(edge) + 1) if tick % max(1, int(edge) // 4) == 0]
        )
        left = f"← {visible(against)}  ·  " if both else ""
        axes.set_xlabel(f"{left}{visible(group)} →  ·  how many times as frequent", loc="left")
    return picture


def chosen(table: pd.DataFrame, *, limit: int) -> pd.DataFrame:
    """Choose the words to draw: those most certainly typical of either side, the target's first."""
    doubtful = table["q"] >= 0.05 if "q" in table else pd.Series(False, table.index)
    if "enough" in table:
        doubtful = doubtful | ~table["enough"].astype(bool)
    ranked = table.assign(
        _doubtful=doubtful | (table["certain"] == 0),
        _far=-table["certain"].abs(),
        _ratio=-table["log_ratio"].abs(),
    )
    ranked = ranked.sort_values(["_doubtful", "_far", "_ratio"], kind="stable")
    ranked = ranked.drop(columns=["_doubtful", "_far", "_ratio"])
    first = ranked[ranked["log_ratio"] > 0].head(limit)
    if str(table["against"].iloc[0] if len(table) else "") in ("the rest", "the list"):
        return first
    return pd.concat([first, ranked[ranked["log_ratio"] < 0].head(limit)[::-1]])
