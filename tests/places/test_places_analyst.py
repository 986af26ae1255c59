"""What an analyst may overrule, list and export."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import AnalysisError, CodebookError
from analysis.language import parse
from analysis.places import (
    annotate,
    annotate_text,
    contested_names,
    counts,
    doubtful,
    naming,
    read_overrides,
    settle,
    to_geojson,
)
from analysis.places.boundaries import contested, countries
from analysis.places.gazetteer import load
from analysis.places.names import fold

ARTICLES = [
    {
        "article_id": "a",
        "outlet": "Harbour Gazette",
        "body": "Shells fell on Kiev. Kiev was dark, like Odessa in 1941.",
    },
    {"article_id": "b", "outlet": "Tidewater Post", "body": "Shells fell on Kyiv. In Odesa, power failed."},
]


@pytest.fixture
def places():
    return annotate_text(ARTICLES)


def test_overrides_place_add_and_drop(tmp_path, places):
    file = tmp_path / "places.csv"
    file.write_text("name,place_id,lat,lon,kind,note\nOdessa,,46.5,30.7,town,checked\nKiev,,,,none,a ship\n")
    settled = settle(places, pd.DataFrame(ARTICLES), overrides=read_overrides(file))
    assert settled["surface"].to_list() == ["Odessa", "Kyiv", "Odesa"]
    row = settled.filter(settled["surface"] == "Odessa").row(0, named=True)
    assert (row["lat"], row["lon"], row["rule"]) == (46.5, 30.7, "places.csv")
    direct = annotate_text(ARTICLES, overrides=read_overrides(file))
    assert direct["surface"].to_list() == ["Odessa", "Kyiv", "Odesa"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("Kyiv,1,,,,", "no place '1'"),
        ("Kyiv,,north,30,,", "needs a place_id"),
        ("Kyiv,,120,30,,", "not on the globe"),
        ("Kyiv,,50,30,planet,", "unknown kind"),
    ],
)
def test_a_wrong_override_is_explained(tmp_path, line, says):
    file = tmp_path / "places.csv"
    file.write_text(f"name,place_id,lat,lon,kind,note\n{line}\n")
    with pytest.raises(CodebookError, match=says):
        read_overrides(file)


def test_no_file_means_no_overrides(tmp_path):
    assert read_overrides(tmp_path / "places.csv") == {}


def test_naming_says_who_writes_what(places):
    table = naming(places.to_pandas(), pd.DataFrame(ARTICLES))
    kyiv = table[table["place"] == "Kyiv"].set_index("group")
    assert kyiv.loc["Harbour Gazette", ["form", "k", "n"]].tolist() == ["Kiev", 2, 2]
    assert kyiv.loc["Tidewater Post", ["form", "k", "n"]].tolist() == ["Kyiv", 1, 1]


def test_contested_names_are_found_and_have_a_source():
    table = contested_names()
    assert table["pair"].nunique() >= 100
    assert not table.duplicated(["pair", "form"]).any()
    assert table[["form", "tradition", "source"]].ne("").all(axis=None)
    missing = [form for form in table["form"] if not load().candidates(form)]
    assert len(missing) < 0.15 * len(table), missing


def test_home_region_settles_a_bare_name_but_not_a_contained_one():
    local = [
        {
            "article_id": f"t{i}",
            "outlet": "Lamar Ledger",
            "body": "A fair opened in Paris, Texas, near Reno, Texas.",
        }
        for i in range(6)
    ]
    local.append({"article_id": "t9", "outlet": "Lamar Ledger", "body": "The school in Paris opened again."})
    local.append({"article_id": "w", "outlet": "World Herald", "body": "The school in Paris opened again."})
    settled = settle(annotate_text(local), pd.DataFrame(local)).to_pandas()
    region = settled[settled["surface"] == "Paris"].set_index("article_id")["region"]
    assert region["t0"] == "US.TX"
    assert region["t9"] == "US.TX"
    assert region["w"] == "FR.11"


def test_governments_are_told_from_towns():
    body = (
        "Moscow said the strike had failed. Drones hit a depot in Moscow. "
        "Kyiv's allies promised more, and talks with Tehran went on."
    )
    frame = annotate(list(parse([{"article_id": "a", "body": body}])))
    kinds = list(zip(frame["surface"], frame["kind"], strict=True))
    assert kinds == [("Moscow", "metonym"), ("Moscow", "town"), ("Kyiv", "metonym"), ("Tehran", "metonym")]


def test_both_lanes_have_one_shape():
    frame = annotate(list(parse(ARTICLES)))
    assert frame.schema == annotate_text(ARTICLES).schema


def test_counts_geojson_and_doubtful_agree(places):
    table = counts(places.to_pandas(), pd.DataFrame(ARTICLES))
    features = to_geojson(places.to_pandas(), pd.DataFrame(ARTICLES))["features"]
    assert len(features) == len(table)
    assert sum(feature["properties"]["mentions"] for feature in features) == table["n"].sum() == 5
    assert list(doubtful(places.to_pandas()).columns)[:2] == ["surface", "place"]


def test_a_layer_that_has_an_outlet_already_counts_the_same(places):
    from analysis.places import timeline

    articles = pd.DataFrame(ARTICLES).assign(published=pd.Timestamp(2024, 5, 1))
    plain = places.to_pandas()
    wide = plain.assign(outlet="something else", group="else", published="never")
    for measure in (counts, naming, timeline):
        pd.testing.assert_frame_equal(measure(wide, articles), measure(plain, articles))


def test_somaliland_is_hatched_and_keeps_its_land_in_either_view():
    from shapely.geometry import Point

    hargeisa = Point(44.06, 9.56)
    for worldview in ("un", "de-facto"):
        assert countries(worldview=worldview).geometry.contains(hargeisa).sum() == 1
    assert contested().geometry.contains(hargeisa).any()


def test_worldview_moves_crimea_and_is_never_silent():
    from shapely.geometry import Point

    simferopol = Point(34.1, 44.95)
    held = {}
    for worldview in ("un", "de-facto"):
        frame = countries(worldview=worldview)
        held[worldview] = frame[frame.geometry.contains(simferopol)]["country"].to_list()
    assert held == {"un": ["UA"], "de-facto": ["RU"]}
    assert set(contested()["country"]) >= {"UA", "EH"}
    with pytest.raises(AnalysisError, match="no worldview"):
        countries(worldview="mine")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_folding_keeps_every_offset(text):
    assert len(fold(text)) == len(text)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("Kyiv Kherson’s-,.\n“”ÉàŁ()1a"), max_size=120))
def test_any_text_gives_rows_that_open(text):
    frame = annotate_text([{"article_id": "a", "body": text}])
    ends = 0
    for row in frame.iter_rows(named=True):
        assert text[row["start"] : row["end"]] == row["surface"]
        assert row["start"] >= ends
        ends = row["end"]
