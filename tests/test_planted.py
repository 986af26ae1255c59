"""What was planted in the teaching corpus is found by the kit: read, cleaned, dated, named, placed, counted, linked.

Each level is the one reached, not the one wished for: raise it when the kit gets better, and leave the plant alone.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis import framing, stories
from analysis.codebook import load
from analysis.corpus.corpus import Corpus
from analysis.workshop import teaching_corpus

FOLDER = Path(__file__).resolve().parent.parent / "seeds" / "teaching"
LABELS = ("the fighting", "the territory", "the fighters")


@pytest.fixture(scope="module")
def key() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "answers.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return teaching_corpus()


@pytest.fixture(scope="module")
def named(corpus: Corpus) -> pd.DataFrame:
    """The articles, with the name that the key has for each."""
    rows = [
        f"{path}#{int(row)}" if path.endswith(".csv") else path
        for path, row in corpus.articles[["path", "row"]].itertuples(index=False)
    ]
    return corpus.articles.assign(name=rows).set_index("name", drop=False)


@pytest.fixture(scope="module")
def links(corpus: Corpus) -> pd.DataFrame:
    return stories.link(corpus.articles, mentions=corpus.layer("mentions"), places=corpus.layer("places"))


def name_of(article: dict[str, Any]) -> str:
    return f"{article['file']}#{article['row']}" if "row" in article else str(article["file"])


def planted(key: dict[str, Any], what: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for article in key["articles"]:
        for item in article.get(what, []):
            yield name_of(article), item


def of(layer: pd.DataFrame, named: pd.DataFrame, name: str) -> pd.DataFrame:
    return layer[layer["article_id"] == named.loc[name, "article_id"]]


def share(hits: list[bool]) -> float:
    assert hits
    return sum(hits) / len(hits)


def test_every_article_is_read_with_its_outlet_headline_and_kind(
    key: dict[str, Any], named: pd.DataFrame
) -> None:
    assert sorted(named.index) == sorted(name_of(article) for article in key["articles"])
    headlines = []
    for article in key["articles"]:
        row = named.loc[name_of(article)]
        assert row["outlet"] == article["outlet"]
        assert row["kind"] == article["kind"]
        headlines.append(row["headline"] == article.get("headline", ""))
    assert share(headlines) >= 0.95


def test_page_furniture_is_removed_and_the_text_is_kept(
    key: dict[str, Any], corpus: Corpus, named: pd.DataFrame
) -> None:
    lines = corpus.layer("lines")
    removed, kept = [], []
    for article in key["articles"]:
        if "body_lines" not in article:
            body = named.loc[name_of(article), "body"]
            removed += [item["text"] not in body for item in article.get("removed", [])]
            continue
        own = of(lines, named, name_of(article))
        there = set(own.loc[own["kept"], "line"])
        removed += [item["line"] not in there for item in article["removed"]]
        kept += [line in there for line in article["body_lines"]]
    assert share(removed) >= 0.99
    assert share(kept) >= 0.995


def test_names_of_the_furniture_are_not_counted(key: dict[str, Any], corpus: Corpus) -> None:
    surfaces = [*corpus.layer("mentions")["surface"], *corpus.layer("places")["surface"]]
    clean = [
        not any(item["text"] in surface for surface in surfaces) for item in key["only_in_removed_lines"]
    ]
    assert share(clean) >= 0.9


def test_no_date_is_wrong_where_sources_csv_or_the_text_tells_it(
    key: dict[str, Any], named: pd.DataFrame
) -> None:
    right, forbidden = [], []
    for article in key["articles"]:
        row = named.loc[name_of(article)]
        first = article.get("date_from", article["published"])
        last = article.get("date_until", article["published"])
        known = pd.notna(row["published"])
        overlaps = known and row["published"].date() <= last and row["published_until"].date() >= first
        right.append(bool(overlaps) if known else "nothing but" in article["date_evidence"])
        for never in article.get("date_never", []):
            forbidden.append(known and str(row["published"]).startswith(never))
    assert share(right) >= 0.95
    assert not any(forbidden)  # the stamps of the day of the copy, and the years of other events


def test_all_spellings_of_a_person_are_one_actor(key: dict[str, Any], corpus: Corpus) -> None:
    mentions = corpus.layer("mentions")
    whole = []
    for actor in key["actors"]:
        own = mentions[mentions["surface"].isin(actor["spellings"])]
        whole.append(own["actor"].nunique() == 1)
    assert share(whole) >= 0.95
    assert mentions.loc[mentions["surface"].str.contains("Zelensk"), "actor"].nunique() == 1


def test_places_are_found_and_rightly_resolved(key: dict[str, Any], corpus: Corpus) -> None:
    places = corpus.layer("places")
    found, right = [], []
    for place in key["places"]:
        for spelling in place["spellings"]:
            bare = spelling.removesuffix(" region").removesuffix(" Region").removesuffix(" republic")
            kind = "region" if bare != spelling else None
            own = places[places["surface"].isin([spelling, bare])]
            own = own[own["kind"] == kind] if kind else own
            found.append(len(own) > 0)
            for row in own.itertuples():
                near = (
                    abs(row.lat - place["lat"]) + abs(row.lon - place["lon"]) < 0.4 if kind is None else True
                )
                water = place["kind"] == "water"
                right.append(water or (row.country == place["country"] and near))
    assert share(found) >= 0.9
    assert share(right) >= 0.97


def test_surnames_and_armed_groups_are_no_places(key: dict[str, Any], corpus: Corpus) -> None:
    resolved = corpus.layer("places").query("place_id != ''")
    assert not set(resolved["surface"]) & {item["surface"] for item in key["not_places"]}


def test_quotations_are_found_with_their_speaker(
    key: dict[str, Any], corpus: Corpus, named: pd.DataFrame
) -> None:
    statements = corpus.layer("statements")
    found, speaker = [], []
    for name, item in planted(key, "quotes"):
        if item["text"].startswith("‘"):
            continue
        at = named.loc[name, "body"].find(item["text"][1:-1]) + 5
        own = of(statements, named, name)
        own = own[(own["start"] <= at) & (own["end"] >= at)]
        found.append(len(own) > 0)
        surname = item["speaker"].split()[-1]
        if item["speaker"][0].isupper() and item["speaker"] != "EU diplomat":
            speaker.append(any(surname in f"{row.source} {row.actor}" for row in own.itertuples()))
    assert share(found) >= 0.98
    assert share(speaker) >= 0.92


def test_labels_are_counted_by_outlet(key: dict[str, Any], corpus: Corpus) -> None:
    rows = corpus.layer("labels").merge(corpus.articles[["article_id", "outlet"]])
    unquoted = rows[rows["voice"] != "quoted"].groupby(["outlet", "concept", "label"]).size().to_dict()
    expected: Counter[tuple[str, str, str]] = Counter()
    for article in key["articles"]:
        for item in article.get("labels", []):
            expected[article["outlet"], item["concept"], item["label"]] += item["unquoted"]
    off = sum(abs(unquoted.get(name, 0) - count) for name, count in expected.items())
    assert off / sum(expected.values()) <= 0.05


def test_planted_differences_in_labels_show_and_planted_nulls_do_not(corpus: Corpus) -> None:
    rows = corpus.layer("labels").merge(corpus.articles[["article_id", "outlet"]])
    own = rows[rows["voice"] == "own"].groupby(["outlet", "label"]).size().to_dict()
    assert own["Verrin Courier", "invasion"] >= 8
    assert own["Channel Marrowgate", "war"] >= 8
    assert own["Tarsk Today", "special military operation"] >= 5
    assert own["Lakeside Herald", "conflict"] >= 5
    assert own["Tarsk Today", "militants"] >= 4
    for outlet, label in (
        ("Verrin Courier", "war"),
        ("Channel Marrowgate", "invasion"),
        ("Verrin Courier", "special military operation"),
        ("Tarsk Today", "occupied"),
        ("Verrin Courier", "liberated"),
        ("Channel Marrowgate", "liberated"),
        ("Channel Marrowgate", "militants"),
        ("Verrin Courier", "militants"),
    ):
        assert own.get((outlet, label), 0) == 0, (outlet, label)
    # the null: both have land under Russian control occupied, and Wagner's men mercenaries
    for outlet in ("Verrin Courier", "Channel Marrowgate"):
        assert own[outlet, "occupied"] >= 2
        assert own[outlet, "mercenaries"] == 2


@pytest.fixture(scope="module")
def counted(corpus: Corpus) -> list[Any]:
    layers = {name: corpus.layer(name) for name in framing.LAYERS}
    return framing.indicators(corpus.articles, layers, codebook=load("ukraine-war"))


def test_planted_differences_stand_after_correction_for_all_indicators(
    corpus: Corpus, counted: list[Any]
) -> None:
    found = framing.verdicts(counted, corpus.articles, resamples=1000, minimum=8)
    assert len(found) > 200
    stand = {
        (row.indicator, row.item, outlet)
        for row in found[found["clear"]].itertuples()
        for outlet in (row.group if row.difference > 0 else row.against,)
    }
    for planted_one in (
        ("words for the fighting", "invasion", "Verrin Courier"),
        ("words for the fighting", "war", "Channel Marrowgate"),
        ("words for the fighting", "special military operation", "Tarsk Today"),
        ("words for the fighting", "conflict", "Lakeside Herald"),
        ("words for the fighters", "militants", "Tarsk Today"),
        ("reporting verbs, Ukraine", "distancing", "Tarsk Today"),
        ("reporting verbs, Russia", "endorsing", "Tarsk Today"),
        ("sources", "civilian", "Channel Marrowgate"),
    ):
        assert planted_one in stand, planted_one
    alike = found[found["group"].eq("Channel Marrowgate") & found["against"].eq("Verrin Courier")]
    null = alike[alike["item"].isin(["occupied", "mercenaries"])]
    assert not null["clear"].any()


def test_the_same_articles_dealt_to_two_outlets_at_random_do_not_differ(
    corpus: Corpus, counted: list[Any]
) -> None:
    """Planted nulls: whatever the two made-up outlets differ in is chance, so a verdict "differs" is a false alarm."""
    alarms, verdicts, decks = 0, 0, 0
    for seed in range(6):
        dealt = np.random.default_rng(seed).permutation(len(corpus.articles)) % 2
        articles = corpus.articles.assign(outlet=[("Hill Post", "Harbour Gazette")[card] for card in dealt])
        found = framing.verdicts(counted, articles)
        alarms, verdicts = alarms + int(found["clear"].sum()), verdicts + len(found)
        decks += bool(found["clear"].any())
    assert verdicts > 150
    assert alarms / verdicts <= 0.05  # 9 of 960 over thirty deals, see docs/measures-framing.md
    assert decks <= 2


def test_the_voice_of_harm_is_the_planted_one(
    key: dict[str, Any], corpus: Corpus, named: pd.DataFrame
) -> None:
    harms = corpus.layer("harms")
    found, voice = [], []
    for name, item in planted(key, "harms"):
        word = item["word"].split()[-1]
        own = of(harms, named, name)
        own = own[own["surface"].str.contains(re.escape(word), case=False)]
        found.append(len(own) > 0)
        if len(own):
            voice.append(item["voice"] in set(own["voice"]))
    assert share(found) >= 0.9
    assert share(voice) >= 0.9


def test_copies_are_found_and_rewritten_ones_are_not_taken_for_copies(
    key: dict[str, Any], corpus: Corpus, named: pd.DataFrame
) -> None:
    cluster = corpus.layer("duplicates").set_index("article_id")["cluster"].to_dict()
    for copy in key["copies"]:
        pair = [cluster.get(named.loc[copy[side], "article_id"]) for side in ("source", "copy")]
        if copy["kind"] == "rewritten":
            assert pair[1] is None
        else:
            assert pair[0] is not None, copy
            assert pair[0] == pair[1], copy


def test_articles_are_linked_into_the_planted_events(
    key: dict[str, Any], named: pd.DataFrame, links: pd.DataFrame
) -> None:
    event = {named.loc[name_of(article), "article_id"]: article["event"] for article in key["articles"]}
    both = links.assign(event=links["article_id"].map(event))
    shared = both.groupby(["event", "story"])["event"].transform("size")
    precision = (shared / both.groupby("story")["story"].transform("size")).mean()
    recall = (shared / both.groupby("event")["event"].transform("size")).mean()
    assert 2 * precision * recall / (precision + recall) >= 0.92


def test_numbers_that_contradict_each_other_are_lined_up(
    key: dict[str, Any], corpus: Corpus, named: pd.DataFrame, links: pd.DataFrame
) -> None:
    lined = stories.line_up(corpus.layer("quantities"), links, corpus.articles)
    checked = 0
    for conflict in key["conflicts"]:
        marks = []
        for claim in conflict["claims"]:
            own = of(lined, named, claim["file"])
            value = own[abs(own["low"] - claim["value"]) <= 0.01 * claim["value"]]
            if "unit" in claim:
                value = of(lined, named, claim["file"]).query("unit == 'square kilometre'")
            marks.append(value["conflict"].any() if len(value) else None)
        if "unit" in conflict["claims"][0]:
            assert not any(marks), conflict["counted"]
        elif None not in marks:
            assert any(marks), conflict["counted"]
            checked += 1
    assert checked >= 3


def test_who_is_left_out_shows_in_the_fact_matrix(
    key: dict[str, Any], corpus: Corpus, named: pd.DataFrame, links: pd.DataFrame
) -> None:
    layers = {name: corpus.layer(name) for name in ("mentions", "sentences")}
    story = links.set_index("article_id")["story"]
    omission = next(item for item in key["omissions"] if "Avdiivka" in item["fact"])
    this = story[named.loc[omission["present"][0], "article_id"]]
    matrix = stories.fact_matrix(corpus.articles, links, layers, story=this)
    cells = matrix.query("kind == 'actor' and fact == 'Volodymyr Zelensky'").set_index("outlet")["state"]
    assert cells["Verrin Courier"] == cells["Lakeside Herald"] == "present"
    assert cells["Tarsk Today"] == "absent"
    assert cells["Daily Skim"] == "could have had it"


def test_only_the_rewritten_copies_are_suspected(
    key: dict[str, Any], corpus: Corpus, named: pd.DataFrame
) -> None:
    found = stories.rewriting_signs(
        corpus.articles, corpus.layer("sentences"), mentions=corpus.layer("mentions")
    )
    suspected = set(stories.suspects(found)["article_id"])
    rewritten = {
        named.loc[name_of(article), "article_id"]
        for article in key["articles"]
        if article["kind"] == "rewritten"
    }
    assert suspected == rewritten
