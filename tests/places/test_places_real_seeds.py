"""The five real articles, where they lie beside the checkout: every place right, nothing from a wrong country."""

from __future__ import annotations

import pytest

from analysis.places import annotate_text

RIGHT = {
    "000": {"Bakhmut": "UA.05", "Donetsk": "UA.05", "Saint Petersburg": "RU.66", "Beijing": "CN.22"},
    "001": {"Pokrovsk": "UA.05", "Kursk": "RU.41", "Seym": "RU.41", "Glushkovo": "RU.41"},
    "002": {"Kherson": "UA.08", "Luhansk": "UA.14", "Zaporizhzhia": "UA.26", "Bakhmut": "UA.05"},
    "003": {"Bakhmut": "UA.05", "Kherson": "UA.08", "Severodonetsk": "UA.14", "Lisichansk": "UA.14"},
    "004": {"Kramatorsk": "UA.05", "Sloviansk": "UA.05", "Stockholm": "SE.26", "Bakhmut": "UA.05"},
}
ELSEWHERE = {"RU", "UA", "BY", "CN", "KP", "SE", "US", "GB", ""}


@pytest.mark.seeds
@pytest.mark.parametrize("number", sorted(RIGHT))
def test_places_of_a_real_article(real_seeds, number):
    file = next(real_seeds.glob(f"{number}_*.txt"))
    frame = annotate_text([{"article_id": number, "body": file.read_text(encoding="utf-8")}])
    for surface, region in RIGHT[number].items():
        rows = frame.filter(frame["surface"] == surface)
        assert rows.height
        assert set(rows["region"]) == {region}
    assert set(frame["country"]) <= ELSEWHERE
    names = frame.filter(~frame["kind"].is_in(["demonym"]))["surface"].to_list()
    assert not {"Austin", "Victory", "Map", "AP", "Planet", "Easter", "Wagner", "Nord"} & set(names)


@pytest.mark.seeds
def test_regions_are_told_from_towns(real_seeds):
    body = next(real_seeds.glob("002_*.txt")).read_text(encoding="utf-8")
    frame = annotate_text([{"article_id": "002", "body": body}])
    kinds = set(zip(frame["surface"], frame["kind"], strict=True))
    assert {
        ("Kherson", "town"),
        ("Kherson", "region"),
        ("Zaporizhzhia", "region"),
        ("Dniepr", "water"),
    } <= kinds
