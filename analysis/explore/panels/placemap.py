"""The map with a slider of days: towns as dots, regions as areas; a click on one gives its sentences."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets
import numpy as np
import pandas as pd

from analysis.corpus.corpus import Corpus
from analysis.errors import MeasureError, nearest
from analysis.explore.markup import inner, times
from analysis.explore.panels.ground import picture, strip
from analysis.explore.panels.panel import Choices, Pager, Panel, call, chosen
from analysis.explore.sentences import with_sentences
from analysis.explore.tables import Rows, plain_html
from analysis.figures.escape import escaped

_DOTS = 150
_NAMES = 12
_LINES = 8
_STOPS = 240
_ZOOMS = (("¼", 0.25), ("½", 0.5), ("1", 1.0), ("2", 2.0), ("4", 4.0), ("8", 8.0), ("16", 16.0))
_BEAT = 1200  # milliseconds a stop stays while the days are played


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
        self._rows = rows.reset_index(drop=True).assign(region=rows["region"].fillna("").to_numpy())
        self._outlet_of = self._rows["article_id"].map(about["outlet"]).to_numpy()
        self._first = pd.to_datetime(self._rows["article_id"].map(about["published"])).to_numpy()
        last = pd.to_datetime(self._rows["article_id"].map(about["published_until"])).to_numpy()
        self._last = np.where(pd.isna(last), self._first, last)
        self._worldview = worldview
        self._whole = self._counted(np.ones(len(self._rows), dtype=bool))
        self.outlet = widgets.Dropdown(
            options=[("all outlets", ""), *((one, one) for one in corpus.outlets)], description="Outlet"
        )
        self._periods = _periods(pd.Series(self._first))
        each = self._rows.assign(day=self._first).drop_duplicates("article_id")
        starts = np.array([begin.to_datetime64() for _, begin, _ in self._periods], dtype="datetime64[ns]")
        days = each["day"].to_numpy(dtype="datetime64[ns]")
        self._stops = np.where(np.isnat(days), -1, np.searchsorted(starts, days, side="right") - 1)
        self._stop_outlets = each["article_id"].map(about["outlet"]).to_numpy()
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
        # begins before the first stop, so that the first is shown too; the stop button goes back there
        self.play = widgets.Play(
            min=-1,
            max=len(options) - 1,
            value=-1,
            interval=_BEAT,
            show_repeat=False,
            disabled=len(options) < 2,
        )
        self.play.observe(self._played, names="value")
        self.zoom = widgets.SelectionSlider(
            options=list(_ZOOMS), value=1.0, description="Zoom", continuous_update=False
        )
        self.pager = Pager(self.refresh, size=_NAMES)
        self.choices = Choices(self.choose, size=_NAMES)
        self.place = self._identified(place)
        self._map = widgets.HTML(layout=widgets.Layout(width="46em"))
        self._sentences = widgets.HTML(layout=widgets.Layout(width="100%"))
        # a click on the map writes here; it is not for typing
        self.picked = widgets.Text(continuous_update=False, layout=widgets.Layout(display="none"))
        self.picked.add_class("px-pick")
        self.picked.observe(self._picked, names="value")
        self.widget.add_class("px-map-panel")
        self.watch(self.outlet, self.days, then=self.pager.reset)
        self.watch(self.zoom)
        self.lay_out(
            widgets.HBox(
                [self.outlet, self.days, self.play, self.zoom, self.picked],
                layout=widgets.Layout(flex_flow="row wrap", align_items="center"),
            ),
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

    def _picked(self, change: Any) -> None:
        if change["new"] and (self._rows["place_id"] == change["new"]).any():
            self.place = change["new"]
            self.picked.value = ""  # so that a second click on the same place is heard too
            self.refresh()

    def _played(self, change: Any) -> None:
        stop = change["new"]
        self.days.index = (stop, stop) if stop >= 0 else (0, self.play.max)

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
        grouped = self._rows[keep].groupby(
            ["place_id", "place", "precision", "region", "lat", "lon"], sort=True
        )
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
            f"{times(n, 'article')} · {times(m, 'time')} · {escaped(how)}"
            for n, m, how in page[["articles", "mentions", "precision"]].itertuples(index=False)
        ]
        self.choices.show(
            page["place"].tolist(), sizes, selected=ids.index(self.place) if self.place in ids else -1
        )
        articles = self._rows.loc[keep, "article_id"].nunique()
        more = f"; the {_DOTS} of most articles are drawn" if len(table) > _DOTS else ""
        undated = "; articles without a day are left out" if self._narrowed else ""
        when = f", {self._period_said()}" if self._periods else ""
        self.say(f"{times(len(table), 'place')} in {times(articles, 'article')}{when}{more}{undated}")
        self._map.value = inner(self._picture(table.head(_DOTS)), kind="px-map")
        chosen_rows = self._rows[keep & (self._rows["place_id"] == self.place).to_numpy()]
        name = str(chosen_rows["place"].iloc[0]) if len(chosen_rows) else ""
        lines = with_sentences(chosen_rows.head(_LINES), self.corpus)
        columns = ["outlet", "published", "before", "span", "after", "role"]
        caption = f"{name}: {times(len(chosen_rows), 'time')}" + (
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
            return f'<p class="px-note">No place in these days.</p>{self._strip()}'
        drawn = picture(
            table, self._whole, chosen=self.place, zoom=self.zoom.value, worldview=self._worldview
        )
        return (
            f"{drawn}{self._strip()}"
            f'<p class="px-note">{escaped(NOTES[self._worldview])}. Regions are areas, the darker the more articles; a '
            "dashed dot is a sea, a river or a wider area, at its middle. Whole countries are left out. The bars count "
            "articles, one bar for each day (or month, or year) of the slider.</p>"
        )

    def _strip(self) -> str:
        """Draw the articles of each stop, for the chosen outlet."""
        if len(self._periods) < 2:
            return ""
        kept = self._stops if not self.outlet.value else self._stops[self._stop_outlets == self.outlet.value]
        counts = np.bincount(kept[kept >= 0], minlength=len(self._periods))
        first, last = self.days.index
        return strip([name for name, _, _ in self._periods], counts, first, last)

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
        if (self._rows.loc[self._inside(), "place_id"] == self.place).any():
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
