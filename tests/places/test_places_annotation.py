"""What an analyst relies on: the right place under the right kind, with offsets that open."""

from __future__ import annotations

from analysis.places import annotate_text


def places_of(text: str) -> list[tuple[str, str, str]]:
    frame = annotate_text([{"article_id": "a", "body": text}])
    return list(frame.select("surface", "kind", "place").iter_rows())


def test_offsets_open_the_surface():
    body = "CHIŞINĂU — Drones crossed Moldova’s border near Tiraspol; Côte d’Ivoire sent an envoy."
    frame = annotate_text([{"article_id": "a", "body": body}])
    assert frame.height >= 3
    for row in frame.iter_rows(named=True):
        assert body[row["start"] : row["end"]] == row["surface"]


def test_bare_name_is_the_town_and_region_word_the_region():
    found = places_of(
        "Shells fell on Kherson, in the south. Officials in Kherson region ordered people to leave."
    )
    assert found == [("Kherson", "town", "Kherson"), ("Kherson", "region", "Kherson")]


def test_months_and_weekdays_are_no_places():
    assert places_of("It rained on Sunday. In August, May and March the roads were closed.") == []
