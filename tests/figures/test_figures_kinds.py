"""Kinds of pictures: what they draw from, in which order, and what they refuse."""

from __future__ import annotations

import itertools

import pandas as pd
import pytest

from analysis.errors import MeasureError
from analysis.figures import agency, bars, diverging, dots, grid, network, outlet_colours, slope, timeline
from analysis.figures.key import of as key_of
from analysis.figures.labels import beside_dots

OUTLETS = ["Continental Wire", "Harbour Gazette", "State Channel One"]
COLOURS = outlet_colours(OUTLETS)


@pytest.fixture
def shares() -> pd.DataFrame:
    rows = [
        {
            "group": outlet,
            "item": item,
            "k": 2 + i + j,
            "n": 10,
            "share": (2 + i + j) / 10,
            "low": (1 + i + j) / 10,
            "high": (3 + i + j) / 10,
            "enough": outlet != "State Channel One",
        }
        for j, item in enumerate(["war", "invasion", "conflict"])
        for i, outlet in enumerate(OUTLETS)
    ]
    return pd.DataFrame(rows)


def _texts(picture: object) -> list[str]:
    axes = picture.get_axes()[0]  # type: ignore[attr-defined]
    return [text.get_text() for text in axes.texts]


def test_dots_name_each_outlet_once_and_say_who_has_too_few(shares: pd.DataFrame) -> None:
    picture = dots.dots(shares, colours=COLOURS)
    assert _texts(picture) == ["Continental Wire", "Harbour Gazette", "State Channel One (too few)"]
    axes = picture.get_axes()[0]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["war", "invasion", "conflict"]
    assert len([line for line in axes.lines if line.get_marker() not in ("None", None)]) == 9


def test_a_key_for_narrow_pictures_keeps_the_marks_of_the_whole_corpus(shares: pd.DataFrame) -> None:
    some = shares[shares["group"] == "State Channel One"]
    both = pd.concat([some, shares[shares["group"] == "Harbour Gazette"]])
    key = key_of(dots.dots(both, colours=COLOURS))
    assert key is not None
    assert list(key.outlets) == OUTLETS
    assert key.shown == ["Harbour Gazette", "State Channel One"]


def test_dots_draw_rates_and_groups_without_a_colour(shares: pd.DataFrame) -> None:
    picture = dots.dots(shares.assign(share=3.0, low=1.0, high=5.0), colours={}, percent=False)
    assert picture.get_axes()[0].get_xlim()[1] < 6


def test_the_grid_writes_share_and_size_into_every_cell(shares: pd.DataFrame) -> None:
    shares.loc[0, ["k", "n", "share"]] = [0, 0, float("nan")]
    texts = _texts(grid.grid(shares, colours=COLOURS))
    assert texts.count("no cases") == 1
    assert "3 of 10" in texts
    assert len(texts) == 18


def test_the_slope_stresses_what_differs_and_keeps_labels_apart(shares: pd.DataFrame) -> None:
    picture = slope.slope(shares, colours=COLOURS, groups=("Continental Wire", "State Channel One"))
    assert {"war  20\u202f%", "40\u202f%  war"} <= set(_texts(picture))
    heights = slope.apart([1.0, 1.1, 1.2, 9.0], 1.0)
    assert all(b - a >= 1.0 - 1e-9 for a, b in itertools.pairwise(heights))
    with pytest.raises(MeasureError, match="compares two groups"):
        slope.slope(shares, colours=COLOURS)


def test_bars_add_up_and_bring_their_key(shares: pd.DataFrame) -> None:
    picture = bars.bars(shares.assign(share=1 / 3), colours=COLOURS, order=["conflict"])
    key = key_of(picture)
    assert key is not None
    assert [shade.words for shade in key.shades] == ["conflict", "war", "invasion"]
    many = pd.concat([shares.assign(item=f"item {i}") for i in range(9)])
    with pytest.raises(MeasureError, match="at most eight"):
        bars.bars(many, colours=COLOURS)


def test_diverging_bars_write_what_they_count_and_leave_the_middle_to_the_label(shares: pd.DataFrame) -> None:
    picture = diverging.diverging(shares, colours=COLOURS, left="war", right="conflict", middle="invasion")
    axes = picture.get_axes()[0]
    assert [patch.get_width() for patch in axes.patches][:2] == [-20, 40]
    assert {"Continental Wire", "30\u202f% invasion"} <= set(_texts(picture))
    assert _texts(picture)[1] == "40\u202f% (4 of 10; 30–50)"
    one_sided = diverging.diverging(shares, colours=COLOURS, left="peace", right="war")
    assert len(one_sided.get_axes()[0].patches) == 3
    with pytest.raises(MeasureError, match="no estimates of 'peace' or 'truce'"):
        diverging.diverging(shares, colours=COLOURS, left="peace", right="truce")


def test_the_timeline_shows_how_well_a_day_is_known() -> None:
    frame = pd.DataFrame(
        {
            "outlet": ["Harbour Gazette"] * 4 + ["Continental Wire"],
            "published": ["2023-03-04", "2023-03-04", "2023-03-01", None, "2023-03-20"],
            "published_until": ["2023-03-04", "2023-03-04", "2023-03-31", None, "2023-03-20"],
            "published_precision": ["day", "day", "month", "unknown", "day"],
        }
    )
    events = pd.DataFrame({"date": ["2023-03-08", "2024-01-01"], "event": ["ferry sinks", "outside"]})
    picture = timeline.timeline(frame, colours=COLOURS, events=events)
    labels = [label.get_text() for label in picture.get_axes()[0].get_yticklabels()]
    assert labels == ["Continental Wire", ""]
    assert _texts(picture) == ["Harbour Gazette", "1 undated", "ferry sinks"]
    with pytest.raises(MeasureError, match="no article has a date"):
        timeline.timeline(frame.assign(published=None, published_until=None), colours=COLOURS)


@pytest.mark.parametrize("last", ["2023-03-02", "2023-03-30", "2023-07-30", "2025-06-01"])
def test_the_axis_of_time_has_few_ticks_over_any_span(last: str) -> None:
    frame = pd.DataFrame({"outlet": "Harbour Gazette", "published": ["2023-03-01", last] + [last] * 12})
    ticks = timeline.timeline(frame, colours=COLOURS).get_axes()[0].get_xticklabels()
    assert 1 <= len(ticks) <= 8


def test_a_grid_leaves_out_what_nobody_has_and_slants_the_names_of_many_groups(shares: pd.DataFrame) -> None:
    none = shares[shares["item"] == "war"].assign(item="peace", k=0, share=0.0)
    axes = grid.grid(pd.concat([shares, none]), colours=COLOURS).get_axes()[0]
    assert "peace" not in [label.get_text() for label in axes.get_yticklabels()]
    many = pd.concat([shares.assign(group=f"Outlet {n}") for n in range(9)])
    assert {
        label.get_rotation() for label in grid.grid(many, colours={}).get_axes()[0].get_xticklabels()
    } == {38.0}
    assert {label.get_rotation() for label in axes.get_xticklabels()} == {0.0}


def test_a_matrix_without_direction_holds_each_pair_once_and_no_row_of_a_directed_one_is_empty() -> None:
    ties = pd.DataFrame({"source": ["a", "b", "b"], "target": ["b", "a", "c"], "k": [3, 1, 2]})
    axes = network.matrix(ties, mutual=True).get_axes()[0]
    assert sorted(_texts(network.matrix(ties, mutual=True))) == ["2", "4"]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["a", "c"]
    chain = pd.DataFrame({"source": list("abcdef"), "target": list("ghijkl"), "k": [1] * 6})
    drawn = network.matrix(chain, limit=3).get_axes()[0]
    assert len(drawn.get_yticklabels()) == len(drawn.texts) == 3


def test_names_on_the_circle_of_a_network_keep_apart() -> None:
    pairs = list(itertools.combinations("abcdefghij", 2))
    ties = pd.DataFrame(pairs, columns=["source", "target"]).assign(k=range(1, len(pairs) + 1))
    places = [tuple(text.xy) for text in network.network(ties).get_axes()[0].texts]
    nearest = min(abs(complex(*one) - complex(*two)) for one, two in itertools.combinations(places, 2))
    assert len(places) >= 9  # of the ties the strongest are drawn
    assert nearest > 0.6


def test_labels_of_a_slope_stay_below_the_names_of_its_ends() -> None:
    rows = [
        {"group": group, "item": f"item {n}", "k": 10, "n": 10, "share": 1.0, "low": 0.7, "high": 1.0}
        for n in range(9)
        for group in OUTLETS[:2]
    ]
    axes = slope.slope(pd.DataFrame(rows), colours=COLOURS).get_axes()[0]
    heads = [text.get_position()[1] for text in axes.texts if text.get_text() in OUTLETS]
    names = [text.xy[1] for text in axes.texts if text.get_text() not in OUTLETS]
    assert max(names) < min(heads)


def test_matrix_and_network_draw_the_same_ties() -> None:
    ties = pd.DataFrame(
        {"source": ["ministry", "mayor", "mayor"], "target": ["mayor", "army", "army"], "k": [3, 1, 2]}
    )
    assert sorted(_texts(network.matrix(ties))) == ["3", "3"]
    first = [line.get_xydata().tolist() for line in network.network(ties).get_axes()[0].lines]
    again = [line.get_xydata().tolist() for line in network.network(ties).get_axes()[0].lines]
    assert first == again
    with pytest.raises(MeasureError, match="no ties"):
        network.matrix(ties.assign(k=0))
    with pytest.raises(MeasureError, match="need the column 'k'"):
        network.network(ties.drop(columns="k"))


@pytest.mark.parametrize("kind", [dots.dots, grid.grid])
def test_nothing_to_draw_or_a_missing_column_is_said(kind: object, shares: pd.DataFrame) -> None:
    with pytest.raises(MeasureError, match="nothing|no estimates"):
        kind(shares.head(0), colours=COLOURS)  # type: ignore[operator]
    with pytest.raises(MeasureError, match="needs the column 'low'"):
        kind(shares.drop(columns="low"), colours=COLOURS)  # type: ignore[operator]


def test_the_scatter_of_agency_has_a_panel_an_outlet_and_names_what_lies_together() -> None:
    rows = [
        {"group": outlet, "item": item, "n": 20, "acts": acts, "acts_low": 0.0, "acts_high": 0.4, "undergoes": done,
         "undergoes_low": 0.0, "undergoes_high": 0.5, "enough": outlet != "State Channel One"}
        for outlet in OUTLETS
        for item, acts, done in (("Berg", 0.3, 0.0), ("Lindt", 0.3, 0.0), ("Harland", 0.1, 0.25))
    ]  # fmt: skip
    picture = agency.agency(pd.DataFrame(rows), colours=COLOURS)
    shown = [axes for axes in picture.get_axes() if axes.get_visible()]
    assert [axes.get_title("left") for axes in shown][2] == "State Channel One (too few), 20 actions"
    assert {text.get_text() for text in shown[0].texts} == {"Berg, Lindt", "Harland"}
    assert len(agency.agency(pd.DataFrame(rows), colours=COLOURS, across=1).get_axes()) == 3
    with pytest.raises(MeasureError, match="needs the column 'acts'"):
        agency.agency(pd.DataFrame(rows).drop(columns="acts"), colours=COLOURS)


def test_labels_give_way_to_each_other_and_to_dots() -> None:
    from matplotlib.figure import Figure as Picture

    axes = Picture().subplots()
    points = [(0.5, 0.5)] * 14
    left_out = beside_dots(
        axes, ["a name of some length"] * 14, points, field=(300, 150), colours=["#222222"] * 14
    )
    assert 0 < len(left_out) < 13
    boxes = [(text.get_position(), text.get_ha()) for text in axes.texts]
    assert len(set(boxes)) == len(boxes)
