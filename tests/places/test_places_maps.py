"""Maps: what they draw, what they say they leave out, and that they are the same twice."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.errors import MeasureError
from analysis.figures import Figure, map, zoom
from analysis.places import annotate_text

OUTLETS = ("Harbour Gazette", "Tidewater Post")
BODIES = (
    "Shells hit Bakhmut and Kramatorsk. Officials in Donetsk region spoke. A bridge over the Seym fell. Ukraine waited.",
    "Trains left Kherson for Odesa. In Kyiv, power failed. Drones crossed Kursk region. Beijing kept silent.",
)
ARTICLES = pd.DataFrame(
    [
        {
            "article_id": f"a{i}",
            "outlet": OUTLETS[i % 2],
            "body": BODIES[i % 2],
            "published": pd.Timestamp(2024, 8, 1 + i),
        }
        for i in range(6)
    ]
)


@pytest.fixture(scope="module")
def places():
    return annotate_text(ARTICLES.to_dict("records")).to_pandas()


def texts(picture) -> str:
    return "\n".join(text.get_text() for text in picture.findobj(lambda artist: hasattr(artist, "get_text")))


def test_map_labels_towns_and_says_what_it_leaves_out(places):
    said = texts(map.map(places, ARTICLES))
    assert "Bakhmut" in said
    assert "Ukraine 3" in said
    assert "Not located: 0 of" in said
    assert "United Nations" in said


def test_map_is_the_same_twice_and_light(places):
    svg = [
        Figure(map.map(places, ARTICLES), alt="A map of places in two outlets.", caption="Mentions.").svg
        for _ in range(2)
    ]
    assert svg[0] == svg[1]
    assert len(svg[0]) < 400_000


def test_multiples_have_a_map_an_outlet_with_its_size(places):
    said = texts(map.multiples(places, ARTICLES))
    assert "Harbour Gazette" in said
    assert "Tidewater Post" in said
    assert "15 names" in said
    assert "12 names" in said  # "Beijing kept silent" is a government


def test_difference_names_both_and_refuses_the_unknown(places):
    said = texts(map.difference(places, ARTICLES, first=OUTLETS[0], second=OUTLETS[1], worldview="de-facto"))
    assert "named more by Harbour Gazette" in said
    assert "held on the ground" in said
    with pytest.raises(MeasureError, match="no located place name"):
        map.difference(places, ARTICLES, first=OUTLETS[0], second="Nobody")


@pytest.mark.parametrize("worldview", ["un", "de-facto"])
def test_a_map_of_a_small_area_takes_either_view(places, worldview):
    near = places[~places["place"].isin(["China", "Beijing"])]
    assert "Bakhmut" in texts(map.map(near, ARTICLES, worldview=worldview))


def test_weeks_draw_each_place_and_mark_a_gap(places):
    from analysis.figures import weeks
    from analysis.places import timeline

    late = ARTICLES.assign(published=[pd.Timestamp(2024, 8, 1 + 21 * (i > 3)) for i in range(6)])
    table = timeline(places, late)
    assert table["period"].nunique() == 2
    assert table[table["place"] == "Bakhmut"]["n"].sum() == 3
    said = texts(weeks.weeks(table))
    assert "29 Jul\n2024" in said
    assert "Bakhmut" in said
    with pytest.raises(MeasureError, match="nothing to draw"):
        weeks.weeks(table.head(0))


def test_a_difference_is_drawn_for_outlets_with_enough_articles_only(places):
    from analysis.places.claims import comparable_pair

    pair, says = comparable_pair(places, ARTICLES)
    assert pair == []
    assert "Too few articles" in says
    many = pd.concat([ARTICLES.assign(article_id=ARTICLES["article_id"] + str(n)) for n in range(9)])
    rows = pd.concat([places.assign(article_id=places["article_id"] + str(n)) for n in range(9)])
    assert comparable_pair(rows, many)[0] == list(OUTLETS)


def test_the_handles_of_the_slider_have_names(places):
    assert "First day shown" in zoom.zoom(places, ARTICLES).html()


def test_nothing_located_is_an_error_in_words():
    articles = pd.DataFrame([{"article_id": "a", "outlet": "Harbour Gazette", "body": "Nothing here."}])
    with pytest.raises(MeasureError, match="nothing to map"):
        map.map(annotate_text(articles.to_dict("records")).to_pandas(), articles)


def test_zoom_carries_its_sentences_and_asks_nobody(places):
    html = zoom.zoom(places, ARTICLES).html()
    assert "Shells hit" in html
    assert "<script src=" not in html
    assert len(html) < 2_500_000


def test_countries_alone_make_a_map_that_says_so():
    articles = pd.DataFrame(
        [{"article_id": "a", "outlet": "Harbour Gazette", "body": "Ukraine and France talked."}]
    )
    said = texts(map.map(annotate_text(articles.to_dict("records")).to_pandas(), articles))
    assert "Named as a whole, not drawn: France 1, Ukraine 1" in said


def test_the_edge_of_a_map_cuts_no_circle_and_leaves_out_only_what_is_far():
    from analysis.figures.extent import extent_of

    towns = pd.DataFrame(
        [
            ("khartoum", 15.55, 32.53, 30),
            ("nyala", 12.05, 24.88, 25),
            ("atbara", 17.70, 33.99, 25),
            ("kadugli", 11.01, 29.72, 3),
            ("stockholm", 59.33, 18.06, 2),
        ],
        columns=["place_id", "lat", "lon", "n"],
    ).assign(precision="town")
    extent = extent_of(towns)
    held = towns[towns["lat"].between(extent.south, extent.north)]
    assert held["place_id"].tolist() == ["khartoum", "nyala", "atbara", "kadugli"]
    room = 0.02 * (extent.north - extent.south)
    assert held["lat"].between(extent.south + room, extent.north - room).all()
