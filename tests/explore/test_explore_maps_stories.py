"""The map and the stories: regions are areas, days pass, a click reads sentences, facts stand beside the alignment."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from made_corpus import made_corpus

from analysis import Corpus
from analysis.explore.panels.ground import regions
from analysis.schemas import LAYERS, conform


@pytest.fixture(scope="module")
def news() -> Corpus:
    return made_corpus()


@pytest.fixture(scope="module")
def with_region() -> Corpus:
    """The same corpus, Bakhmut's rows known to the region only."""
    made = made_corpus()
    layers = {name: conform(made.layer(name), name) for name in LAYERS if name in set(made.tables()["table"])}
    places = made.layer("places")
    rough = places["place"] == "Bakhmut"
    places.loc[rough, ["place", "place_id", "precision", "region"]] = ["Donetsk", "709716", "region", "UA.05"]
    return Corpus(made.articles, made.set_aside, layers={**layers, "places": conform(places, "places")})


def run(code: str, news: Corpus) -> list[object]:
    """Run every line a panel gives, as a reader would in cells."""
    return [eval(line, {"news": news}) for line in code.splitlines()]


def test_a_region_is_an_area_and_a_town_a_dot(with_region: Corpus) -> None:
    drawn = with_region.explore("places")._map.value
    assert re.findall(r'<path class="area" data-place="(\w+)"', drawn) == ["709716"]
    assert sorted(re.findall(r'<circle class="dot" data-place="(\w+)"', drawn)) == ["698740", "702550"]
    assert "<title>Donetsk: 2 articles, 2 times</title>" in drawn


def test_a_region_without_a_shape_stays_a_dot(with_region: Corpus) -> None:
    assert regions(frozenset({"", "ZZ.99"})) == {}
    assert regions(frozenset({""})) == {}


def test_a_click_on_the_map_reads_its_sentences(with_region: Corpus) -> None:
    panel = with_region.explore("places")
    panel.picked.value = "709716"  # what a click writes
    assert panel.place == "709716"
    assert "<mark>Bakhmut</mark>" in panel._sentences.value
    assert 'class="area chosen"' in panel._map.value
    assert panel.picked.value == "", "a second click on the same place must be heard too"
    panel.picked.value = "<no place>"
    assert panel.place == "709716"


def test_playing_shows_one_stop_after_the_other_on_a_map_that_stands_still(news: Corpus) -> None:
    panel = news.explore("places")
    views, seen = set(), []
    for stop in range(panel.play.max + 1):
        panel.play.value = stop
        views.add(re.search(r'<svg viewBox="([^"]+)"', panel._map.value)[1])  # type: ignore[index]
        seen.append(panel.frame["place"].tolist())
        assert panel._map.value.count('class="bar in"') == 1
    assert len(views) == 1
    assert seen == [["Odesa", "Bakhmut"], ["Bakhmut"], ["Lviv"]]
    panel.play.value = -1  # the stop button
    assert len(panel.frame) == 3


def test_every_line_of_code_runs_also_when_the_chosen_place_is_out_of_the_days(news: Corpus) -> None:
    panel = news.explore("places", place="Lviv")
    assert "places.sentences('702550')" in panel.code
    panel.days.index = (0, 0)
    assert "sentences" not in panel.code
    found = run(panel.code, news)
    pd.testing.assert_frame_equal(pd.DataFrame(found[0]), pd.DataFrame(panel.frame), check_dtype=False)


def test_the_bars_count_the_articles_of_the_chosen_outlet(news: Corpus) -> None:
    panel = news.explore("places")
    assert re.findall(r"<title>(1 Mar 2023: [^<]+)<", panel._map.value) == ["1 Mar 2023: 2 articles"]
    panel.outlet.value = "Tidewater Post"
    assert re.findall(r"<title>(1 Mar 2023: [^<]+)<", panel._map.value) == ["1 Mar 2023: 1 article"]


def test_the_facts_of_a_story_stand_beside_its_sentences(news: Corpus) -> None:
    panel = news.explore("stories")
    aligned, facts = run(panel.code, news)
    pd.testing.assert_frame_equal(pd.DataFrame(aligned), pd.DataFrame(panel.frame))
    pd.testing.assert_frame_equal(pd.DataFrame(facts), pd.DataFrame(panel.facts))
    shown = panel._facts.value
    for fact in panel.facts["fact"].drop_duplicates():
        assert str(fact) in shown
    cells = re.findall(r'<td class="px-sign \w+" title="([^"]*)"', shown)
    assert len(cells) == len(panel.facts)
    assert all(
        title.split(":")[0].split(";")[0] in {"present", "absent", "could have had it"} for title in cells
    )


def test_a_story_without_shared_facts_says_so() -> None:
    made = made_corpus()
    bare = Corpus(
        made.articles,
        made.set_aside,
        layers={"sentences": conform(made.layer("sentences"), "sentences")},
    )
    panel = bare.explore("stories")
    assert "No fact that two outlets" in panel._facts.value
    assert panel.facts.empty
