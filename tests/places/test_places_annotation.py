"""What an analyst relies on: the right place under the right kind, with offsets that open."""

from __future__ import annotations

import polars as pl

from analysis.places import annotate_text
from analysis.places.gazetteer import load
from analysis.text.plain import read, sentences_table


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


def test_sentences_are_numbered_as_in_the_sentences_layer():
    body = "Gen. Marsh left Oslo. “Stay,” he said in Bergen. Rain fell on St. Gallen.\nNothing came of it in the U.S. The ferry to Turku sank."
    texts = read([{"article_id": "a", "body": body}])
    sentences = sentences_table(texts)
    for places in (annotate_text(texts), annotate_text([{"article_id": "a", "body": body}])):
        assert places.height >= 4
        for row in places.iter_rows(named=True):
            inside = sentences.filter((pl.col("start") <= row["start"]) & (row["end"] <= pl.col("end")))
            assert inside["sentence"].to_list() == [row["sentence"]]


def test_a_place_is_found_again_by_its_id():
    gazetteer = load()
    for name in ("Turku", "Bergen", "Bakhmut"):
        place = gazetteer.candidates(name)[0].place
        assert gazetteer.place(place.place_id) is place
    for unknown in ("", "999999999", "99999999999", "٣", "no such place"):
        assert gazetteer.place(unknown) is None
