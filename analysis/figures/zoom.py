"""One map to pan and zoom, with the sentences behind each place: Bokeh, inside the page, no request to anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import pandas as pd

from analysis.errors import MeasureError
from analysis.figures.palette import EDGE, HUES, LINE, SOFT, UNKNOWN, outlet_colours
from analysis.places.boundaries import NOTES, check_worldview, contested, countries
from analysis.places.measures import located, with_groups

SENTENCES = 3
GRAIN = 0.08  # degrees
COLUMN = 700  # pixels a map is wide in a report
# Bokeh draws its slider late, in a tree of its own, and gives its handles no names: a screen reader could not tell them
NAME_HANDLES = """<script>(() => {
  const figure = document.currentScript.parentElement, names = ["First day shown", "Last day shown"];
  const handles = (root) => [...root.querySelectorAll("*")].flatMap((node) =>
    [...(node.classList.contains("noUi-handle") ? [node] : []), ...(node.shadowRoot ? handles(node.shadowRoot) : [])]);
  const name = (tries) => {
    const found = handles(figure);
    found.forEach((node, i) => node.setAttribute("aria-label", names[i % 2]));
    if (!found.length && tries) setTimeout(() => name(tries - 1), 100);
  };
  name(100);
})();</script>"""
STRAYS = 0.04  # share of mentions left out at each side of the first view


def zoom(
    places: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str = "outlet",
    colours: Mapping[str, str] | None = None,
    worldview: str = "un",
    height: int = 460,
) -> Zoom:
    """Draw an interactive map: hover shows the sentences, a click on the key hides an outlet, a slider sets the days.

    Parameters
    ----------
    places : pandas.DataFrame
        The ``places`` layer.
    articles : pandas.DataFrame
        With ``article_id, body``, the `by` column and, for the slider, ``published``.
    by : str
        Column of `articles` that makes the groups.
    colours : mapping of str to str, optional
        From `outlet_colours`.
    worldview : {"un", "de-facto"}
        Whose borders are drawn; said under the map.
    height : int
        Pixels.

    Returns
    -------
    Zoom
        Shows itself in a notebook; ``html()`` is the part of a page.

    Raises
    ------
    MeasureError
        When no place could be located.
    """
    check_worldview(worldview)
    rows = with_groups(located(places), articles, by=by)
    rows = rows[rows["precision"].ne("country")]
    for name in ("body", *_dates(articles)):
        rows[name] = rows["article_id"].map(articles.set_index("article_id")[name])
    if rows.empty:
        raise MeasureError(
            "no place name below the level of a country could be located: there is nothing to map"
        )
    rows["x"], rows["y"] = _mercator(rows["lon"], rows["lat"])
    rows["said"] = [
        _around(body, start, end)
        for body, start, end in zip(rows["body"], rows["start"], rows["end"], strict=True)
    ]
    groups = sorted(rows["group"].unique())
    return Zoom(_layout(rows, groups, colours or outlet_colours(groups), worldview, height), NOTES[worldview])


class Zoom:
    """An interactive map that is part of a page."""

    def __init__(self, layout: Any, note: str) -> None:
        self._layout, self._note = layout, note

    def __repr__(self) -> str:
        return "Zoom: an interactive map of places"

    def html(self) -> str:
        """Return the map with everything it needs, as markup for a page."""
        from bokeh.embed import components
        from bokeh.resources import Resources

        needed = Resources(mode="inline", components=["bokeh", "bokeh-widgets"])
        script, div = components(self._layout, wrap_script=True)
        return f'<figure class="zoom">{needed.render_js()}{div}{script}{NAME_HANDLES}<figcaption>{escape(self._note)}.</figcaption></figure>'

    def _repr_html_(self) -> str:
        return self.html()


def _dates(articles: pd.DataFrame) -> list[str]:
    return ["published"] if "published" in articles and articles["published"].notna().any() else []


def _mercator(lon: pd.Series[float], lat: pd.Series[float]) -> tuple[Any, Any]:
    import numpy as np

    radius = 6_378_137.0
    clipped = np.radians(lat.clip(-84, 84))
    return radius * np.radians(lon), radius * np.log(np.tan(np.pi / 4 + clipped / 2))


def _around(body: str, start: int, end: int, *, reach: int = 90) -> str:
    """Give the words around a name, cut at line breaks, escaped, the name in bold."""
    left = body[max(0, start - reach) : start].rpartition("\n")[2]
    right = body[end : end + reach].partition("\n")[0]
    return f"… {escape(left)}<b>{escape(body[start:end])}</b>{escape(right)} …"


def _summary(rows: pd.DataFrame) -> pd.DataFrame:
    keys = ["group", "place_id", "place", "precision", "x", "y"]
    table = rows.groupby(keys, as_index=False).agg(
        n=("said", "size"),
        articles=("article_id", "nunique"),
        said=("said", lambda said: "<br>".join(said[:SENTENCES])),
    )
    return table.sort_values(["n", "place"], ascending=[False, True], ignore_index=True)


def _window(table: pd.DataFrame, height: int) -> tuple[float, float, float, float]:
    """Give west, south, east and north of the first view: all but strays at the edges; the rest is a drag away."""
    bounds = []
    for axis, least in (("x", 160_000.0), ("y", 120_000.0)):
        ordered = table.sort_values(axis, kind="stable")
        running = ordered["n"].cumsum() / ordered["n"].sum()
        inner = ordered[axis][(running > STRAYS) & (running.shift(fill_value=0.0) < 1 - STRAYS)]
        pad = max((inner.max() - inner.min()) * 0.12, least)
        bounds.append((float(inner.min() - pad), float(inner.max() + pad)))
    (west, east), (south, north) = bounds
    wide, high = east - west, north - south
    shape = COLUMN / height  # a stretched map would lie: widen what is too narrow for the page's column
    wide, high = max(wide, high * shape), max(high, wide / shape)
    x, y = (west + east) / 2, (south + north) / 2
    return x - wide / 2, y - high / 2, x + wide / 2, y + high / 2


def _layout(
    rows: pd.DataFrame, groups: list[str], colours: Mapping[str, str], worldview: str, height: int
) -> Any:
    from bokeh.layouts import column
    from bokeh.models import ColumnDataSource, CustomJS, HoverTool, Range1d
    from bokeh.models.widgets import RangeSlider
    from bokeh.plotting import figure

    table = _summary(rows)
    window = _window(table, height)
    plot = figure(
        height=height,
        sizing_mode="stretch_width",
        x_range=Range1d(start=window[0], end=window[2]),
        y_range=Range1d(start=window[1], end=window[3]),
        match_aspect=True,
        tools="pan,wheel_zoom,box_zoom,reset",
        active_scroll="wheel_zoom",
        background_fill_alpha=0,
        border_fill_alpha=0,
        outline_line_color=None,
    )
    plot.axis.visible = False
    plot.grid.visible = False
    plot.toolbar.logo = None
    land = countries(worldview=worldview)
    land = land.assign(geometry=land.geometry.simplify(GRAIN)).cx[-180:180, -84:84].to_crs("EPSG:3857")
    xs, ys = _rings(land)
    plot.multi_polygons(xs=xs, ys=ys, fill_color=LINE, line_color=EDGE, line_width=0.7)
    held = contested().to_crs("EPSG:3857")
    xs, ys = _rings(held)
    plot.multi_polygons(
        xs=xs,
        ys=ys,
        fill_alpha=0,
        line_color=EDGE,
        hatch_pattern="/",
        hatch_color=SOFT,
        hatch_alpha=0.5,
        hatch_scale=6,
    )
    largest = float(table["n"].max())
    sources = []
    for name in groups:
        part = table[table["group"] == name].assign(size=lambda frame: 5 + 27 * (frame["n"] / largest) ** 0.5)
        source = ColumnDataSource(
            {key: part[key].tolist() for key in ("x", "y", "place", "group", "n", "articles", "said", "size")}
        )
        colour = colours.get(name, UNKNOWN if name == "unknown" else HUES[0])
        plot.scatter(
            "x",
            "y",
            size="size",
            source=source,
            color=colour,
            alpha=0.7,
            line_color="white",
            legend_label=name,
        )
        sources.append(source)
    said = (
        "<div style='max-width:28em'><b>@place</b> · @group · @n in @articles articles<br>@said{safe}</div>"
    )
    renderers: Any = [
        renderer for renderer in plot.renderers if "place" in getattr(renderer, "data_source", source).data
    ]
    plot.add_tools(HoverTool(tooltips=said, renderers=renderers))
    key = plot.legend[0]
    plot.add_layout(key, "below")  # over the map it would hide places
    key.orientation, key.ncols = "horizontal", 3
    plot.legend.click_policy = "hide"
    plot.legend.label_text_color = SOFT
    plot.legend.background_fill_alpha = 0.0
    plot.legend.border_line_alpha = 0.0
    if "published" not in rows or rows["published"].isna().all():
        return plot
    days = pd.to_datetime(rows["published"])
    first, last = days.min(), days.max()
    if first == last:
        return plot
    number = (days - first).dt.days
    mentions = {
        "group": rows["group"].tolist(),
        "place": rows["place_id"].tolist(),
        "day": [int(day) if day == day else -1 for day in number],
    }
    ids = {name: table[table["group"] == name]["place_id"].tolist() for name in groups}
    slider = RangeSlider(
        start=0,
        end=int((last - first).days),
        value=(0, int((last - first).days)),
        step=1,
        title=f"Days since {first:%d %B %Y}",
    )
    code = """
    const [low, high] = slider.value, count = {};
    for (let i = 0; i < mentions.day.length; i++)
      if (mentions.day[i] < 0 || (mentions.day[i] >= low && mentions.day[i] <= high)) {
        const key = mentions.group[i] + "|" + mentions.place[i];
        count[key] = (count[key] || 0) + 1;
      }
    names.forEach((name, j) => {
      const data = sources[j].data;
      data.n = ids[name].map((id) => count[name + "|" + id] || 0);
      data.size = data.n.map((n) => (n ? 5 + 27 * Math.sqrt(n / largest) : 0));
      sources[j].change.emit();
    });"""
    args = {
        "slider": slider,
        "mentions": mentions,
        "names": groups,
        "ids": ids,
        "sources": sources,
        "largest": largest,
    }
    slider.js_on_change("value", CustomJS(args=args, code=code))
    return column(plot, slider, sizing_mode="stretch_width")


def _rings(land: Any) -> tuple[list[Any], list[Any]]:
    """Give country outlines as Bokeh wants them: countries, parts, rings, numbers."""
    import shapely

    xs, ys = [], []
    for shape in land.geometry:
        parts_x, parts_y = [], []
        for part in shapely.get_parts(shape):
            if part.geom_type != "Polygon" or part.area < 4e8:
                continue
            points = shapely.get_coordinates(part.exterior).round(0)
            parts_x.append([points[:, 0].astype(int).tolist()])
            parts_y.append([points[:, 1].astype(int).tolist()])
        if parts_x:
            xs.append(parts_x)
            ys.append(parts_y)
    return xs, ys
