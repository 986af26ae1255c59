"""The map with a slider of days: places as dots, a click on a name gives its sentences."""

from __future__ import annotations

from functools import cache
from typing import Any

import ipywidgets as widgets
import numpy as np
import pandas as pd

from analysis.corpus.corpus import Corpus
from analysis.errors import MeasureError, nearest
from analysis.explore.markup import inner
from analysis.explore.panels.panel import Choices, Pager, Panel, call, chosen
from analysis.explore.sentences import with_sentences
from analysis.explore.tables import Rows, plain_html
from analysis.figures.escape import escaped

_DOTS = 150
_NAMES = 12
_LINES = 8
_STOPS = 240
_ZOOMS = (("¼", 0.25), ("½", 0.5), ("1", 1.0), ("2", 2.0), ("4", 4.0), ("8", 8.0), ("16", 16.0))
_LABELS = 20
_WIDTH, _HEIGHT = 720.0, 420.0


class MapPanel(Panel):
    """See where the coverage is, day by day.

    Parameters
    ----------
    corpus : Corpus
        An annotated corpus.
    place : str
        A place to begin with.
    worldview : {"un", "de-facto"}
        Whose borders are drawn; said under the map.

    Examples
    --------
    ``corpus.explore("places")``
    """

    def __init__(self, corpus: Corpus, place: str = "", *, worldview: str = "un") -> None:
        super().__init__(corpus)
        from analysis.places import located

        layer = corpus.layer("places")
        rows = located(layer)
        rows = rows[rows["precision"] != "country"]
        if rows.empty:
            raise MeasureError("no place name below the level of a country could be located: nothing to map")
        about = corpus.articles.set_index("article_id")
        self._rows = rows.reset_index(drop=True)
        self._outlet_of = self._rows["article_id"].map(about["outlet"]).to_numpy()
        self._first = pd.to_datetime(self._rows["article_id"].map(about["published"])).to_numpy()
        last = pd.to_datetime(self._rows["article_id"].map(about["published_until"])).to_numpy()
        self._last = np.where(pd.isna(last), self._first, last)
        self._worldview = worldview
        self.outlet = widgets.Dropdown(
            options=[("all outlets", ""), *((one, one) for one in corpus.outlets)], description="Outlet"
        )
        self._periods = _periods(pd.Series(self._first))
        options = [(name, place) for place, (name, _, _) in enumerate(self._periods)] or [("undated", 0)]
        self.days = widgets.SelectionRangeSlider(
            options=options,
            index=(0, len(options) - 1),
            description="Days",
            continuous_update=False,
            readout=False,
            layout=widgets.Layout(width="28em"),
            disabled=len(options) < 2,
        )
        self.zoom = widgets.SelectionSlider(
            options=list(_ZOOMS), value=1.0, description="Zoom", continuous_update=False
        )
        self.pager = Pager(self.refresh, size=_NAMES)
        self.choices = Choices(self.choose, size=_NAMES)
        self.place = self._identified(place)
        self._map = widgets.HTML(layout=widgets.Layout(width="46em"))
        self._sentences = widgets.HTML(layout=widgets.Layout(width="100%"))
        self.watch(self.outlet, self.days, then=self.pager.reset)
        self.watch(self.zoom)
        self.lay_out(
            widgets.HBox([self.outlet, self.days, self.zoom], layout=widgets.Layout(flex_flow="row wrap")),
            self.message,
            widgets.HBox(
                [self._map, widgets.VBox([self.pager.widget, self.choices.widget])],
                layout=widgets.Layout(flex_flow="row wrap"),
            ),
            self._sentences,
        )

    def _identified(self, place: str) -> str:
        """Give the gazetteer id of a place, by its name or its id."""
        if not place or (self._rows["place_id"] == place).any():
            return place
        named = (
            self._rows.loc[self._rows["place"] == place, "place_id"].value_counts().sort_index(kind="stable")
        )
        if named.empty:
            known = self._rows["place"].drop_duplicates().tolist()
            raise MeasureError(f"no place {place!r} was located in this corpus{nearest(place, known[:60])}")
        return str(named.idxmax())

    def choose(self, place: int) -> None:
        """Choose a place of the page, and show its sentences."""
        self.place = str(self._counted(self._inside())["place_id"].iloc[self.pager.first + place])
        self.refresh()

    def _inside(self) -> np.ndarray:
        keep = np.ones(len(self._rows), dtype=bool)
        if self.outlet.value:
            keep &= self._outlet_of == self.outlet.value
        if self._narrowed:
            first, last = self._bounds()
            keep &= (self._first >= first.to_datetime64()) & (self._last <= last.to_datetime64())
        return keep

    @property
    def _narrowed(self) -> bool:
        return bool(self._periods) and tuple(self.days.value) != (0, len(self._periods) - 1)

    def _bounds(self) -> tuple[pd.Timestamp, pd.Timestamp]:
        first, last = self.days.value
        return self._periods[first][1], self._periods[last][2]

    def _counted(self, keep: np.ndarray) -> pd.DataFrame:
        grouped = self._rows[keep].groupby(["place_id", "place", "precision", "lat", "lon"], sort=True)
        table = grouped["article_id"].agg(articles="nunique", mentions="size").reset_index()
        return table.sort_values(
            ["articles", "mentions", "place_id"], ascending=[False, False, True], ignore_index=True
        )

    def update(self) -> None:
        """Draw the places the controls ask for, and the sentences of the chosen one."""
        keep = self._inside()
        table = self._counted(keep)
        self.pager.say(len(table), "places")
        page = table.iloc[self.pager.first : self.pager.first + self.pager.size]
        ids = page["place_id"].tolist()
        sizes = [
            f"{row.articles} articles · {row.mentions} times · {escaped(row.precision)}"
            for row in page.itertuples()
        ]
        self.choices.show(
            page["place"].tolist(), sizes, selected=ids.index(self.place) if self.place in ids else -1
        )
        articles = self._rows.loc[keep, "article_id"].nunique()
        more = f"; the {_DOTS} of most articles are drawn" if len(table) > _DOTS else ""
        undated = "; articles without a day are left out" if self._narrowed else ""
        when = f", {self._period_said()}" if self._periods else ""
        self.say(f"{len(table):,} places in {articles:,} articles{when}{more}{undated}")
        self._map.value = inner(self._picture(table.head(_DOTS)), kind="px-map")
        chosen_rows = self._rows[keep & (self._rows["place_id"] == self.place).to_numpy()]
        name = str(chosen_rows["place"].iloc[0]) if len(chosen_rows) else ""
        lines = with_sentences(chosen_rows.head(_LINES), self.corpus)
        columns = ["outlet", "published", "before", "span", "after", "role"]
        caption = f"{name}: {len(chosen_rows):,} times" + (
            f", the first {_LINES} shown" if len(chosen_rows) > _LINES else ""
        )
        self._sentences.value = (
            inner(plain_html(lines[columns], caption=caption))
            if name
            else inner("Choose a place to read its sentences.")
        )

    def _picture(self, table: pd.DataFrame) -> str:
        from analysis.places.boundaries import NOTES

        if table.empty:
            return '<p class="px-note">No place in these days.</p>'
        x, y = _mercator(table["lon"].to_numpy(), table["lat"].to_numpy())
        left, top, wide = self._window(table, x, y)
        unit = wide / _WIDTH
        radius = unit * (3.0 + 2.2 * np.sqrt(table["articles"].to_numpy()))
        dots = "".join(
            f'<circle class="dot{_look(row, self.place)}" cx="{cx:.3f}" cy="{cy:.3f}" '
            f'r="{r:.4f}"><title>{escaped(row.place)}: {row.articles} articles, {row.mentions} times</title></circle>'
            for row, cx, cy, r in zip(table.itertuples(), x, y, radius, strict=True)
        )
        names = "".join(
            f'<text x="{tx:.3f}" y="{ty:.3f}" font-size="{11 * unit:.4f}">{escaped(name)}</text>'
            for name, tx, ty in _apart(table["place"].tolist(), x + radius, y, unit)
        )
        box = f"{left:.3f} {top:.3f} {wide:.3f} {wide * _HEIGHT / _WIDTH:.3f}"
        return (
            f'<svg viewBox="{box}" role="img" aria-label="Map of {len(table)} places; the list beside it names them">'
            f"{_land(self._worldview)}{dots}{names}</svg>"
            f'<p class="px-note">{escaped(NOTES[self._worldview])}. A dashed dot stands for a region or an area, at its middle.</p>'
        )

    def _window(self, table: pd.DataFrame, x: np.ndarray, y: np.ndarray) -> tuple[float, float, float]:
        """Fit the places named most, then zoom in on the chosen one, or on the middle."""
        # places far from most of the coverage are left to zooming out
        weight = table["articles"].to_numpy()
        (x0, x1), (y0, y1) = (np.quantile(np.repeat(values, weight), (0.06, 0.94)) for values in (x, y))
        wide = max((x1 - x0) * 1.3, (y1 - y0) * 1.3 * _WIDTH / _HEIGHT, 6.0) / self.zoom.value
        here = np.flatnonzero((table["place_id"] == self.place).to_numpy())
        if len(here) and self.zoom.value > 1:
            cx, cy = x[here[0]], y[here[0]]
        else:
            cx, cy = (x0 + x1) / 2, (y0 + y1) / 2
        return float(cx - wide / 2), float(cy - wide * _HEIGHT / _WIDTH / 2), float(wide)

    @property
    def frame(self) -> Rows:
        """The places of the chosen outlet and days: ``place, articles, mentions`` and where they are."""
        found: Rows = self._chosen().places.table(countries=False)  # type: ignore[attr-defined]
        return found

    @property
    def sentences(self) -> Rows:
        """All sentences that name the chosen place."""
        found: Rows = self._chosen().places.sentences(self.place)  # type: ignore[attr-defined]
        return found

    def _chosen(self) -> Corpus:
        since, until = self._period()
        outlets = [self.outlet.value] if self.outlet.value else []
        return self.corpus.select(outlets=outlets, since=since, until=until)

    def _period(self) -> tuple[str, str]:
        if not self._narrowed:
            return "", ""
        first, last = self._bounds()
        return f"{first:%Y-%m-%d}", f"{last:%Y-%m-%d}"

    def _period_said(self) -> str:
        first, last = self.days.value
        names = self._periods[first][0], self._periods[last][0]
        return names[0] if first == last else f"{names[0]} to {names[1]}"

    @property
    def code(self) -> str:
        """The lines that make the frame, the sentences and the map."""
        since, until = self._period()
        news = chosen(self.outlet.value, since=since, until=until)
        lines = [f"{news}.places.table(countries=False)", f"{news}.places.map()"]
        if self.place:
            lines.append(call(f"{news}.places.sentences", self.place))
        return "\n".join(lines)


def _periods(published: pd.Series[pd.Timestamp]) -> list[tuple[str, pd.Timestamp, pd.Timestamp]]:
    """Give the stops of the slider: the days that occur, or their months or years where there are too many.

    Examples
    --------
    >>> [name for name, _, _ in _periods(pd.to_datetime(pd.Series(["2023-03-07", "2023-03-01", "2023-03-07"])))]
    ['1 Mar 2023', '7 Mar 2023']
    """
    days = published.dropna().drop_duplicates().sort_values()
    for unit in ("D", "M", "Y"):
        periods = days.dt.to_period(unit).drop_duplicates().tolist()
        if len(periods) <= _STOPS:
            break
    words = {"D": "{0.day} {0:%b} {0.year}", "M": "{0:%b} {0.year}", "Y": "{0.year}"}[unit]
    return [(words.format(one.start_time), one.start_time, one.end_time.normalize()) for one in periods]


def _mercator(lon: np.ndarray, lat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Project to Mercator in degrees, north upwards on a screen."""
    bounded = np.radians(np.clip(lat, -84, 84))
    return lon.astype(float), -np.degrees(np.log(np.tan(np.pi / 4 + bounded / 2)))


def _look(row: Any, place: str) -> str:
    """Tell the chosen place, and what is no point on the ground, by their looks."""
    rough = "" if row.precision in ("town", "district") else " rough"
    return f"{rough} chosen" if row.place_id == place else rough


def _apart(names: list[str], x: np.ndarray, y: np.ndarray, unit: float) -> list[tuple[str, float, float]]:
    """Keep the names that do not run into one already kept, the places of most articles first."""
    kept: list[tuple[str, float, float]] = []
    for name, left, middle in zip(names, x.tolist(), y.tolist(), strict=True):
        right = left + 6.0 * unit * len(name)
        free = all(
            right < start or left > start + 6.0 * unit * len(other) or abs(middle - level) > 12 * unit
            for other, start, level in kept
        )
        if free:
            kept.append((name, left, middle))
        if len(kept) == _LABELS:
            break
    return kept


@cache
def _land(worldview: str) -> str:
    """Return the countries as one path each, coarse enough for a screen; what another state holds is hatched."""
    from analysis.places.boundaries import contested, countries

    paths = [
        '<defs><pattern id="px-hatch" width=".5" height=".5" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><path d="M0 0V.5" stroke="#888" stroke-width=".16"/></pattern></defs>'
    ]
    for kind, shapes in (("land", countries(worldview=worldview)), ("held", contested())):
        for shape in shapes.geometry.simplify(0.12):
            steps = _outline(shape)
            if steps:
                paths.append(f'<path class="{kind}" d="{steps}"/>')
    return "".join(paths)


def _outline(shape: Any) -> str:
    import shapely

    steps = []
    for part in getattr(shape, "geoms", [shape]):
        if part.area > 0.05:
            points = shapely.get_coordinates(part.exterior)
            x, y = _mercator(points[:, 0], points[:, 1])
            steps.append("M" + "L".join(f"{a:.2f} {b:.2f}" for a, b in zip(x, y, strict=True)) + "Z")
    return "".join(steps)
