"""Words beside dots: each where it covers no other, or nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from analysis.figures.escape import visible

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Width of a letter and height of a line in points, at the size the labels are set in.
_LETTER, _LINE, _SIZE = 4.6, 10.0, 7.5
_GAP = 7.0
"""Points between the y axis and the names of its rows."""
_TRIES = (
    (4, 0, "left"),
    (-4, 0, "right"),
    (3, 7, "left"),
    (3, -7, "left"),
    (-3, 7, "right"),
    (-3, -7, "right"),
    (3, 14, "left"),
    (3, -14, "left"),
    (3, 21, "left"),
    (-3, 14, "right"),
    (3, 28, "left"),
    (-3, 21, "right"),
    (3, 35, "left"),
)
Box = tuple[float, float, float, float]


def not_compared(group: str) -> str:
    """Say beside the name of a group why it is not compared: it has too few articles, or is no outlet at all.

    Examples
    --------
    >>> not_compared("Harbour Gazette"), not_compared("unknown")
    (' (too few)', ' (no outlet)')
    """
    return " (no outlet)" if group == "unknown" else " (too few)"


def beside_dots(
    axes: Axes,
    words: Sequence[str],
    points: Sequence[tuple[float, float]],
    *,
    field: tuple[float, float],
    colours: Sequence[str],
    dots: Sequence[tuple[float, float]] = (),
    level: bool = True,
    reach: float = 35,
) -> list[int]:
    """Set each label right, left, above or below of its dot, the first where it covers no label set before.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        With its scales and limits set.
    words : sequence of str
        The labels, the most important first.
    points : sequence of (float, float)
        Their dots, in data.
    field : (float, float)
        Width and height of the axes in points; labels and ticks take about a tenth of a picture.
    colours : sequence of str
        Of the labels.
    dots : sequence of (float, float)
        Dots that no label may cover.
    level : bool
        Whether labels stand best on the level of their dots; False where lines run there.
    reach : float
        Points that a label may stand above or below its dot; farther off, nobody knows which dot it names.

    Returns
    -------
    list of int
        The labels for which there was no room.
    """
    into = axes.transScale + axes.transLimits
    taken: list[Box] = []
    for point in dots:
        x, y = (float(at) * size for at, size in zip(into.transform(point), field, strict=True))
        taken.append((x - 2, y - 2, x + 2, y + 2))
    left_out = []
    tries = [place for place in _TRIES if abs(place[1]) <= reach]
    if not level:
        tries.sort(key=lambda place: place[1] == 0)
    for n, (word, point, colour) in enumerate(zip(words, points, colours, strict=True)):
        x, y = (float(at) * size for at, size in zip(into.transform(point), field, strict=True))
        wide = _LETTER * len(word)
        for dx, dy, side in tries:
            start = x + dx - (wide if side == "right" else 0)
            box = (start, y + dy - _LINE / 2, start + wide, y + dy + _LINE / 2)
            inside = box[0] >= 0 and box[2] <= field[0] and box[1] >= 0 and box[3] <= field[1]
            if inside and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                axes.annotate(
                    visible(word),
                    point,
                    xytext=(dx, dy),
                    textcoords="offset points",
                    ha=side,
                    va="center",
                    fontsize=_SIZE,
                    color=colour,
                    zorder=4,
                )
                break
        else:
            left_out.append(n)
    return left_out


def _overlap(one: Box, two: Box) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


def beside_rows(axes: Axes, heights: Sequence[float], names: Sequence[str]) -> None:
    """Write the names of rows beside the y axis, each line of a folded name as a text of its own.

    The lines of one text are set flush for the font of the picture; a browser that takes another font shows them ragged.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        With its scales and limits set.
    heights : sequence of float
        Of the rows, in data.
    names : sequence of str
        Their names, from `label`; a name of one line becomes an ordinary label of the axis.
    """
    axes.set_yticks(heights, ["" if "\n" in name else name for name in names])
    axes.tick_params(axis="y", pad=_GAP)
    tick = next(iter(axes.get_yticklabels()), None)
    size = float(tick.get_fontsize()) if tick is not None else _SIZE
    for height, name in zip(heights, names, strict=True):
        lines = name.split("\n")
        for place, line in enumerate(lines if len(lines) > 1 else []):
            axes.annotate(
                line,
                (0, height),
                xycoords=axes.get_yaxis_transform(),
                xytext=(-_GAP, 1.2 * size * ((len(lines) - 1) / 2 - place)),
                textcoords="offset points",
                ha="right",
                va="center_baseline",
                fontsize=size,
                annotation_clip=False,
            )
