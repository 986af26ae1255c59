"""Maps of places: regions as areas, towns as circles on one scale, labels from the gazetteer, the rest said in words.

A region that is only named as a region is drawn as a region, never as a dot in its middle; what lies outside the map
and what could not be located is written under it, as is the view of the world its borders take.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.errors import MeasureError
from analysis.figures.ground import Extent, Ground, extent_of
from analysis.figures.map_labels import label_points
from analysis.figures.palette import HUES, PAPER, SOFT, outlet_colours, style
from analysis.places.boundaries import NOTES, check_worldview
from analysis.places.measures import counts, share_unlocated

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Picture
    from matplotlib.patches import Rectangle

WIDTH = 6.6
KEY, HEAD, GUTTER = 0.3, 0.26, 0.12  # inches: key of sizes, title of a panel, space between panels
LARGEST = 9.0  # radius in points of the largest circle on a whole-width map
SOURCE = "Boundaries: Natural Earth. Places: GeoNames, CC BY 4.0."


def map(  # named like its module, as every kind of picture is
    places: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    colour: str = HUES[0],
    worldview: str = "un",
    labels: int = 16,
    title: str = "",
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
    title : str
        Left empty in a finding, whose heading says it.

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
        from matplotlib.figure import Figure

        extent = _extent(table)
        ground = Ground(extent, worldview, width=WIDTH * 72, named=table["country"])
        words = _foot_lines(mine, ground, table, worldview, extent.note)
        high, foot = WIDTH * extent.aspect, _foot_height(words) + KEY
        total = high + foot + (0.3 if title else 0.0)
        picture = Figure(figsize=(WIDTH, total))
        picture.set_layout_engine("none")
        axes = picture.add_axes((0, foot / total, 1, high / total))
        ground.draw(axes)
        scale = _Scale(table, LARGEST)
        drawn = _draw_places(axes, ground, table, colour, scale)
        dense = None if extent.world else ground.dense_box(drawn.head(labels))
        inset = _inset(axes, ground, drawn, dense, colour, labels) if dense else None
        outside = drawn.sort_values(
            "inset", kind="stable"
        )  # what the inset names is only kept free of labels
        label_points(axes, outside, labels=min(labels, int((~drawn["inset"]).sum())))
        ground.draw_locator(axes, avoid=inset)
        key = {"bottom": _foot_height(words) / total, "height": KEY / total}
        _size_key(picture, scale, colour, world=extent.world, **key)
        _foot(picture, words)
        if title:
            picture.text(0, 1, title, va="top", fontsize=10, weight="bold")
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
    groups = sorted(totals.index[:limit], key=lambda name: (name == "unknown", str(name).casefold()))
    table = table[table["group"].isin(groups)]
    table = table.assign(weight=100 * table["n"] / table["group"].map(totals))
    colours = colours or outlet_colours(groups)
    columns = min(len(groups), 2 if len(groups) in (2, 4) else 3)
    rows = -(-len(groups) // columns)
    chosen = articles[articles[by].fillna("").replace("", "unknown").isin(groups)]
    mine = places[places["article_id"].isin(chosen["article_id"])]
    unit = "Circle area and shade: mentions per 100 located names of the outlet, one scale for all panels."
    with style():
        from matplotlib.figure import Figure

        wide = (WIDTH - GUTTER * (columns - 1)) / columns
        high = wide * extent.aspect
        ground = Ground(extent, worldview, width=wide * 72, named=table["country"])
        words = _foot_lines(mine, ground, table, worldview, unit)
        foot = _foot_height(words)
        total = rows * (high + HEAD) + foot
        picture = Figure(figsize=(WIDTH, total))
        picture.set_layout_engine("none")
        scale = _Scale(table, LARGEST * (0.9 if columns < 3 else 0.75), column="weight")
        for number, group in enumerate(groups):
            row, column = divmod(number, columns)
            left, bottom = (
                column * (wide + GUTTER) / WIDTH,
                (total - (row + 1) * (high + HEAD) + 0.06) / total,
            )
            axes = picture.add_axes((left, bottom, wide / WIDTH, high / total))
            ground.draw(axes)
            colour = colours.get(group, HUES[0])
            drawn = _draw_places(axes, ground, table[table["group"] == group], colour, scale)
            label_points(axes, drawn, labels=labels, size=6.8)
            top = bottom + (high + 0.05) / total
            picture.text(left, top, str(group), fontsize=8.5, weight="bold", va="bottom")
            count = f"{int(totals[group])} names"
            picture.text(left + wide / WIDTH, top, count, fontsize=7, color=SOFT, ha="right", va="bottom")
        _foot(picture, words)
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
            raise MeasureError(
                f"{name!r} has no located place name; known are {', '.join(map_names(totals))}"
            )
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
        from matplotlib.figure import Figure

        ground = Ground(extent, worldview, width=WIDTH * 72, named=table["country"])
        words = _foot_lines(mine, ground, table, worldview, unit)
        high, foot = WIDTH * extent.aspect, _foot_height(words)
        total = high + foot + HEAD
        picture = Figure(figsize=(WIDTH, total))
        picture.set_layout_engine("none")
        axes = picture.add_axes((0, foot / total, 1, high / total))
        ground.draw(axes)
        scale = _Scale(gap, LARGEST, column="weight", least=5.0)
        parts = []
        for name, sign, left in ((first, 1, 0.0), (second, -1, 0.5)):
            colour = colours.get(name, HUES[0])
            parts.append(_draw_places(axes, ground, gap[gap["gap"] * sign > 0], colour, scale))
            picture.text(left, 1, "●", color=colour, fontsize=9, va="top")
            picture.text(left + 0.025, 1, f"named more by {name}", fontsize=8.5, va="top")
        drawn = pd.concat(parts).sort_values(["weight", "place"], ascending=[False, True], ignore_index=True)
        label_points(axes, drawn, labels=labels)
        ground.draw_locator(axes)
        _foot(picture, words)
    return picture


def map_names(totals: pd.Series[int]) -> list[str]:
    """List group names, for messages."""
    return [str(name) for name in totals.index]


def _rows(frame: pd.DataFrame) -> Iterator[Any]:
    """Give rows by attribute, of types that pandas cannot declare."""
    yield from frame.itertuples()


class _Scale:
    """Circle areas and shades, the same for all panels of a picture."""

    def __init__(self, table: pd.DataFrame, largest: float, *, column: str = "n", least: float = 0.0) -> None:
        self.column = column
        points = table[table["precision"].isin(["town", "district"])][column]
        areas = table[table["precision"].isin(["region"])][column]
        countries = table[table["precision"] == "country"][column]
        self.most = max(float(points.max()) if len(points) else 0.0, least, 1.0)
        self.most_area = max(float(areas.max()) if len(areas) else 0.0, least, 1.0)
        self.most_country = max(float(countries.max()) if len(countries) else 0.0, least, 1.0)
        self.has_areas, self.has_countries = bool(len(areas)), bool(len(countries))
        self.largest = largest

    def radius(self, value: float) -> float:
        """Radius in points; area goes with the number."""
        return float(max(1.6, self.largest * (value / self.most) ** 0.5))

    def shade(self, value: float, *, country: bool = False) -> float:
        """Opacity of a region, or of a country on a map of the world; each has its own scale."""
        most = self.most_country if country else self.most_area
        return float(0.10 + 0.42 * (value / most) ** 0.5)


def _extent(table: pd.DataFrame) -> Extent:
    if table.empty:
        raise MeasureError("no place name could be located: there is nothing to map")
    return extent_of(table)


def _draw_places(axes: Axes, ground: Ground, table: pd.DataFrame, colour: str, scale: _Scale) -> pd.DataFrame:
    """Draw areas, lines and circles; return the points drawn, with their place on the axes, largest first."""
    value = scale.column
    for row in _rows(table[table["precision"] == "region"]):
        ground.shade(axes, row.region, colour, scale.shade(getattr(row, value)))
    inside = []
    for row in _rows(table):
        kind = row.precision
        if kind == "country":
            centre = ground.centre(row.country) if ground.extent.world else None
            if centre is not None:  # nearer by, a country would cover the map
                ground.shade(axes, row.country, colour, scale.shade(getattr(row, value), country=True))
                inside.append((*centre, 0.0, row.place, kind, getattr(row, value), row.place_id, ""))
            continue
        line = kind == "area" and ground.draw_area(axes, row.place_id, colour)
        x, y, within = ground.project(row.lon, row.lat)
        if not within:
            continue
        if kind in ("town", "district"):
            radius = scale.radius(getattr(row, value))
            _circle(axes, x, y, radius, colour, filled=kind == "town")
        elif kind == "area" and not line:
            radius = 3.0
            look: dict[str, Any] = {"markerfacecolor": "none", "markeredgecolor": colour, "linestyle": "none"}
            axes.plot([x], [y], marker="D", markersize=4, zorder=5, **look)
        else:
            radius = 0.0
        if kind == "region":
            x, y = ground.centre(row.region) or (x, y)
        inside.append((x, y, radius, row.place, kind, getattr(row, value), row.place_id, row.region))
    drawn = pd.DataFrame(
        inside, columns=["x", "y", "radius", "place", "kind", "weight", "place_id", "region"]
    )
    drawn["inset"] = False
    return drawn.sort_values(["weight", "place"], ascending=[False, True], kind="stable", ignore_index=True)


def _inset(
    axes: Axes,
    ground: Ground,
    drawn: pd.DataFrame,
    box: tuple[float, float, float, float],
    colour: str,
    labels: int,
) -> tuple[float, float, float, float] | None:
    """Draw a dense cluster larger in a free corner; mark in ``drawn`` what it shows."""
    corner = ground.free_corner(drawn, box)
    if corner is None:
        return None
    west, south, east, north = box
    drawn["inset"] = drawn["x"].between(west, east) & drawn["y"].between(south, north)
    inside = drawn[drawn["inset"]]
    small = axes.inset_axes(corner, transform=axes.transAxes, zorder=7)
    small.set_facecolor(PAPER)
    ground.draw(small, window=box)
    for row in _rows(inside[inside["kind"].isin(["town", "district"])]):
        _circle(small, row.x, row.y, row.radius, colour, filled=row.kind == "town")
    for spine in small.spines.values():
        spine.set(visible=True, color=SOFT, linewidth=0.8)
    xs, ys = [west, east, east, west, west], [south, south, north, north, south]
    axes.plot(xs, ys, color=SOFT, linewidth=0.8, zorder=6)
    label_points(small, inside, labels=labels)
    return corner


def _circle(axes: Axes, x: float, y: float, radius: float, colour: str, *, filled: bool = True) -> None:
    axes.plot(
        [x],
        [y],
        marker="o",
        markersize=2 * radius,
        markerfacecolor=colour if filled else "none",
        markeredgecolor=PAPER if filled else colour,
        markeredgewidth=0.6 if filled else 1.2,
        alpha=0.85,
        linestyle="none",
        zorder=5 - radius / 100,
    )


def _size_key(
    picture: Picture, scale: _Scale, colour: str, *, world: bool, bottom: float, height: float
) -> None:
    """Say what circle sizes mean: up to three circles with their numbers, under the map."""
    key = picture.add_axes((0, bottom, 1, height))
    key.set_axis_off()
    key.set(xlim=(0, WIDTH * 72), ylim=(-KEY * 36, KEY * 36))
    key.text(0, 0, "mentions of a town", fontsize=7, color=SOFT, va="center")
    x = 86.0
    for step in sorted({1, max(1, round(scale.most / 4)), max(1, round(scale.most))}):
        radius = scale.radius(step)
        _circle(key, x + radius, 0, radius, colour)
        key.text(x + 2 * radius + 3, 0, str(step), fontsize=7, color=SOFT, va="center")
        x += 2 * radius + 12 + 5 * len(str(step))
    shaded = [("of a whole region", scale.most_area, False)] if scale.has_areas else []
    if world and scale.has_countries:
        shaded.append(("of a whole country", scale.most_country, True))
    for words, most, country in shaded:
        key.text(x + 10, 0, words, fontsize=7, color=SOFT, va="center")
        x += 78
        for step in sorted({1, max(1, round(most))}):
            key.add_patch(_swatch(x, colour, scale.shade(step, country=country)))
            key.text(x + 13, 0, str(step), fontsize=7, color=SOFT, va="center")
            x += 22 + 5 * len(str(step))


def _swatch(x: float, colour: str, opacity: float) -> Rectangle:
    from matplotlib.patches import Rectangle

    return Rectangle((x, -4), 10, 8, facecolor=colour, alpha=opacity, linewidth=0)


def _foot_lines(
    places: pd.DataFrame, ground: Ground, table: pd.DataFrame, worldview: str, unit: str
) -> list[str]:
    """Say what the map leaves out and what it rests on."""
    missing, of = share_unlocated(places)
    share = f"{100 * missing / of:.0f} %" if of else "0 %"
    lines = [part for part in (unit, ground.outside(table)) if part]
    lines.append(f"Not located: {missing} of {of} place names ({share}).")
    lines.append(f"{SOURCE} {NOTES[worldview]}.")
    return _wrapped(lines)


def _foot(picture: Picture, lines: Sequence[str]) -> None:
    picture.text(0, 0, "\n".join(lines), fontsize=6.6, color=SOFT, va="bottom", linespacing=1.35)


def _foot_height(lines: Sequence[str]) -> float:
    """Inches that the words under a map take."""
    return 0.128 * len(lines) + 0.1


def _wrapped(lines: Sequence[str], width: int = 128) -> list[str]:
    import textwrap

    return [piece for line in lines for piece in textwrap.wrap(line, width)]
