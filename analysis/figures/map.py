"""Maps of places: regions as areas, towns as circles on one scale, labels from the gazetteer, the rest said in words.

A region that is only named as a region is drawn as a region, never as a dot in its middle; what lies outside the map
and what could not be located is written under it, as is the view of the world its borders take.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from analysis.errors import MeasureError
from analysis.figures.extent import Extent, extent_of
from analysis.figures.ground import Ground
from analysis.figures.map_insets import dense_box, draw_inset, draw_locator
from analysis.figures.map_labels import label_points
from analysis.figures.map_symbols import KEY, WIDTH, Scale, draw_places, size_key
from analysis.figures.palette import HUES, SOFT, outlet_colours, style
from analysis.places.boundaries import NOTES, check_worldview
from analysis.places.measures import counts, share_unlocated

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Picture

HEAD, GUTTER = 0.26, 0.12  # inches: title of a panel, space between panels
LARGEST = 9.0  # radius in points of the largest circle on a whole-width map
SOURCE = "Boundaries: Natural Earth. Places: GeoNames, CC BY 4.0."


def map(  # named like its module, as every kind of picture is
    places: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    colour: str = HUES[0],
    worldview: str = "un",
    labels: int = 16,
) -> Picture:
    """Draw one map of all places named.

    Parameters
    ----------
    places : pandas.DataFrame
        The ``places`` layer. Demonyms and governments ("Moscow said") are not drawn.
    articles : pandas.DataFrame
        With ``article_id``; only their places are drawn.
    colour : str
        Of circles and areas.
    worldview : {"un", "de-facto"}
        Whose borders are drawn; said under the map.
    labels : int
        How many towns are labelled, most mentioned first.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    MeasureError
        When no place could be located.
    """
    check_worldview(worldview)
    table = counts(places, articles.assign(_all="all"), by="_all")
    mine = places[places["article_id"].isin(articles["article_id"])]
    with style():
        extent = _extent(table)
        ground = Ground(extent, worldview, width=WIDTH * 72, named=table["country"])
        words = _foot_lines(mine, ground, table, worldview)
        high, foot = WIDTH * extent.aspect, _foot_height(words) + KEY
        total = high + foot
        picture = _sheet(words, total)
        axes = picture.add_axes((0, foot / total, 1, high / total))
        ground.draw(axes)
        scale = Scale(table, LARGEST)
        drawn = draw_places(axes, ground, table, colour, scale)
        dense = None if extent.world else dense_box(ground, drawn.head(labels))
        inset = draw_inset(axes, ground, drawn, dense, colour, labels) if dense else None
        # what the inset names is only kept free of labels
        outside = drawn.sort_values("inset", kind="stable")
        label_points(axes, outside, labels=min(labels, int((~drawn["inset"]).sum())))
        draw_locator(ground, axes, avoid=inset)
        key = {"bottom": _foot_height(words) / total, "height": KEY / total}
        size_key(picture, scale, colour, world=extent.world, **key)
    return picture


def multiples(
    places: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str = "outlet",
    colours: Mapping[str, str] | None = None,
    worldview: str = "un",
    labels: int = 6,
    limit: int = 6,
) -> Picture:
    """Draw a small map for each outlet, all with one extent and one scale of circles.

    Circles show mentions per 100 located names of the outlet, so that a large outlet does not look busier than a
    small one; the number of names stands in each title.

    Parameters
    ----------
    places, articles : pandas.DataFrame
        As for `map`; articles with the `by` column.
    by : str
        Column of `articles` that makes the panels.
    colours : mapping of str to str, optional
        From `outlet_colours`.
    worldview : {"un", "de-facto"}
        Whose borders are drawn.
    labels : int
        Labels a panel.
    limit : int
        Panels drawn: the outlets with most located names, in order of the alphabet.

    Returns
    -------
    matplotlib.figure.Figure
    """
    check_worldview(worldview)
    table = counts(places, articles, by=by)
    extent = _extent(table)
    totals = table.groupby("group")["n"].sum().sort_values(ascending=False, kind="stable")
    most = sorted(totals.index, key=lambda name: name == "unknown")[:limit]
    groups = sorted(most, key=lambda name: (name == "unknown", str(name).casefold()))
    table = table[table["group"].isin(groups)]
    table = table.assign(weight=100 * table["n"] / table["group"].map(totals))
    colours = colours or outlet_colours(groups)
    columns = min(len(groups), 2 if len(groups) in (2, 4) else 3)
    rows = -(-len(groups) // columns)
    chosen = articles[articles[by].fillna("").replace("", "unknown").isin(groups)]
    mine = places[places["article_id"].isin(chosen["article_id"])]
    unit = "Circle area and shade: mentions per 100 located names of the outlet, one scale for all panels."
    with style():
        wide = (WIDTH - GUTTER * (columns - 1)) / columns
        high = wide * extent.aspect
        ground = Ground(extent, worldview, width=wide * 72, named=table["country"])
        words = _foot_lines(mine, ground, table, worldview, unit)
        foot = _foot_height(words)
        total = rows * (high + HEAD) + foot
        picture = _sheet(words, total)
        scale = Scale(table, LARGEST * (0.9 if columns < 3 else 0.75), column="weight")
        for number, group in enumerate(groups):
            row, column = divmod(number, columns)
            left = column * (wide + GUTTER) / WIDTH
            bottom = (total - (row + 1) * (high + HEAD) + 0.06) / total
            axes = picture.add_axes((left, bottom, wide / WIDTH, high / total))
            ground.draw(axes)
            colour = colours.get(group, HUES[0])
            drawn = draw_places(axes, ground, table[table["group"] == group], colour, scale)
            label_points(axes, drawn, labels=labels, size=6.8)
            top = bottom + (high + 0.05) / total
            picture.text(left, top, str(group), fontsize=8.5, weight="bold", va="bottom")
            count = f"{int(totals[group])} names"
            picture.text(left + wide / WIDTH, top, count, fontsize=7, color=SOFT, ha="right", va="bottom")
    return picture


def difference(
    places: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    first: str,
    second: str,
    by: str = "outlet",
    colours: Mapping[str, str] | None = None,
    worldview: str = "un",
    labels: int = 14,
) -> Picture:
    """Draw where two outlets differ: each circle is the gap between their shares, in the colour of who names it more.

    Parameters
    ----------
    places, articles : pandas.DataFrame
        As for `map`.
    first, second : str
        The two outlets.
    by : str
        Column of `articles` that names them.
    colours : mapping of str to str, optional
        From `outlet_colours`.
    worldview : {"un", "de-facto"}
        Whose borders are drawn.
    labels : int
        How many places are labelled.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    MeasureError
        When one of the two has no located name.
    """
    check_worldview(worldview)
    table = counts(places, articles, by=by)
    totals = table.groupby("group")["n"].sum()
    for name in (first, second):
        if name not in totals.index:
            known = ", ".join(str(group) for group in totals.index)
            raise MeasureError(f"{name!r} has no located place name; known are {known}")
    table = table[table["group"].isin([first, second])]
    extent = _extent(table)
    keys = ["place_id", "place", "precision", "country", "region", "lat", "lon"]
    wide = table.groupby([*keys, "group"])["n"].sum().unstack(fill_value=0)  # noqa: PD010, pivot_table is quadratic
    gap = (
        (100 * wide[first] / totals[first] - 100 * wide[second] / totals[second]).rename("gap").reset_index()
    )
    gap = gap[gap["gap"].abs() > 0.05].assign(
        weight=lambda frame: frame["gap"].abs(), n=lambda frame: frame["gap"].abs()
    )
    colours = colours or outlet_colours([first, second])
    both = articles[articles[by].isin([first, second])]
    mine = places[places["article_id"].isin(both["article_id"])]
    unit = "Circle area and shade: difference in mentions per 100 located names."
    with style():
        ground = Ground(extent, worldview, width=WIDTH * 72, named=table["country"])
        words = _foot_lines(mine, ground, table, worldview, unit)
        high, foot = WIDTH * extent.aspect, _foot_height(words)
        total = high + foot + HEAD
        picture = _sheet(words, total)
        axes = picture.add_axes((0, foot / total, 1, high / total))
        ground.draw(axes)
        scale = Scale(gap, LARGEST, column="weight", least=5.0)
        parts = []
        for name, sign, left in ((first, 1, 0.0), (second, -1, 0.5)):
            colour = colours.get(name, HUES[0])
            parts.append(draw_places(axes, ground, gap[gap["gap"] * sign > 0], colour, scale))
            picture.text(left, 1, "●", color=colour, fontsize=9, va="top")
            picture.text(left + 0.025, 1, f"named more by {name}", fontsize=8.5, va="top")
        drawn = pd.concat(parts).sort_values(["weight", "place"], ascending=[False, True], ignore_index=True)
        label_points(axes, drawn, labels=labels)
        draw_locator(ground, axes)
    return picture


def _extent(table: pd.DataFrame) -> Extent:
    if table.empty:
        raise MeasureError("no place name could be located: there is nothing to map")
    return extent_of(table)


def _foot_lines(
    places: pd.DataFrame, ground: Ground, table: pd.DataFrame, worldview: str, unit: str = ""
) -> list[str]:
    """Say what the map leaves out and what it rests on."""
    missing, of = share_unlocated(places)
    share = f"{100 * missing / of:.0f} %" if of else "0 %"
    lines = [part for part in (unit, ground.outside(table)) if part]
    lines.append(f"Not located: {missing:,} of {of:,} place names ({share}).")
    lines.append(f"{SOURCE} {NOTES[worldview]}.")
    return [piece for line in lines for piece in textwrap.wrap(line, 128)]


def _sheet(words: Sequence[str], high: float) -> Picture:
    """Give an empty sheet of the page's width with the words at its foot."""
    from matplotlib.figure import Figure

    picture = Figure(figsize=(WIDTH, high))
    picture.set_layout_engine("none")
    picture.text(0, 0, "\n".join(words), fontsize=6.6, color=SOFT, va="bottom", linespacing=1.35)
    return picture


def _foot_height(lines: Sequence[str]) -> float:
    """Inches that the words under a map take."""
    return 0.128 * len(lines) + 0.1
