"""A quality gate on small texts of our own: names, statements, sources, merging, pronouns, relays, odd marks."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import polars as pl
import pytest

from analysis import actors, codebook, language, places

CASES = tomllib.loads((Path(__file__).parents[1] / "data" / "actors_gate.toml").read_text(encoding="utf-8"))[
    "case"
]
Layers = dict[str, pl.DataFrame]


@pytest.fixture(scope="module")
def layers() -> Layers:
    return annotated([case["text"] for case in CASES])


def annotated(texts: list[str]) -> Layers:
    book = codebook.load("general")
    articles = [{"article_id": f"{n:03}", "body": text} for n, text in enumerate(texts)]
    parses = list(language.parse(articles))
    mentions = actors.annotate_mentions(parses, places=places.annotate(parses), codebook=book)
    statements = actors.annotate_statements(parses, mentions=mentions, codebook=book)
    return {"mentions": mentions, "statements": statements}


def wanted() -> Iterator[tuple[int, str, str, str]]:
    for n, case in enumerate(CASES):
        for line in case["statements"]:
            source, cue, content = (part.strip() for part in line.split("|"))
            yield n, source, cue, content


def found(layers: Layers, n: int) -> list[dict[str, str]]:
    rows = layers["statements"].filter(
        (pl.col("article_id") == f"{n:03}") & ~pl.col("rule").str.starts_with("stance")
    )
    return [
        {
            "source": part["source"][0] or "",
            "cue": part["cue"][0] or "",
            "content": " … ".join(part["surface"]),
        }
        for _, part in sorted(rows.partition_by("statement", as_dict=True).items())
    ]


def alike(one: str, other: str) -> bool:
    """Half of all words shared: the measure of the benchmark, on words."""
    a, b = (set(text.replace("…", "").split()) for text in (one, other))
    return len(a & b) * 2 >= len(a | b)


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 60


def test_statements_are_found_and_little_else(layers: Layers) -> None:
    gold = list(wanted())
    hits = {
        (n, content)
        for n, _, _, content in gold
        if any(alike(content, s["content"]) for s in found(layers, n))
    }
    extra = sum(
        not any(alike(s["content"], content) for k, _, _, content in gold if k == n)
        for n in range(len(CASES))
        for s in found(layers, n)
    )
    missed = sorted({(n, content) for n, _, _, content in gold} - hits)
    assert len(hits) / len(gold) >= 0.93, missed
    assert extra <= 0.08 * len(hits)


def test_sources_and_cues_are_those_of_the_text(layers: Layers) -> None:
    pairs = [
        (source, cue, s)
        for n, source, cue, content in wanted()
        for s in found(layers, n)
        if alike(content, s["content"])
    ]
    right = sum(source.lower() == s["source"].lower() for source, _, s in pairs)
    cues = sum(cue == s["cue"] for _, cue, s in pairs)
    assert right / len(pairs) >= 0.9, [
        (a, s["source"]) for a, _, s in pairs if a.lower() != s["source"].lower()
    ]
    assert cues / len(pairs) >= 0.93, [(a, s["cue"]) for _, a, s in pairs if a != s["cue"]]


def test_contents_hold_all_their_words_and_no_others(layers: Layers) -> None:
    shared = both = 0
    for n, _, _, content in wanted():
        for s in found(layers, n):
            if alike(content, s["content"]):
                a, b = (set(text.replace("…", "").split()) for text in (content, s["content"]))
                shared, both = shared + 2 * len(a & b), both + len(a) + len(b)
    assert shared / both >= 0.95


def test_names_are_found_and_little_else(layers: Layers) -> None:
    names = actors.only_names(layers["mentions"]).filter(pl.col("kind").is_in(["person", "organisation"]))
    mine = {(int(key), name) for key, name in names.select("article_id", "surface").iter_rows()}
    gold = {(n, name) for n, case in enumerate(CASES) for name in case["names"]}
    assert len(mine & gold) / len(gold) >= 0.83, sorted(gold - mine)
    assert len(mine & gold) / len(mine) >= 0.93, sorted(mine - gold)


def merged(texts: list[str]) -> dict[str, str]:
    """Return the actor of each surface over a small corpus."""
    mentions = annotated(texts)["mentions"]
    articles = pl.DataFrame({"article_id": [f"{n:03}" for n in range(len(texts))]})
    names, _ = actors.merge(mentions, articles, codebook=codebook.load("general"))
    called = {(key, local): actor for key, local, actor in names.iter_rows()}
    return {m["surface"]: called[m["article_id"], m["actor"]] for m in mentions.iter_rows(named=True)}


def test_two_people_of_one_surname_are_kept_apart() -> None:
    actor = merged(
        [
            "Anna Berg, the mayor, opened the bridge. Berg thanked the engineers.",
            "Ivo Berg, a rower, won the race on Sunday.",
            "Berg was seen at the market.",
        ]
    )
    assert actor["Anna Berg"] != actor["Ivo Berg"]
    assert actor["Berg"] not in {actor["Anna Berg"], actor["Ivo Berg"]}


def test_a_surname_stays_with_its_bearer_within_an_article() -> None:
    layers = annotated(["Anna Berg, the mayor, met Ivo Lindt. Berg left early. Mr Lindt stayed."])
    local = dict(layers["mentions"].select("surface", "actor").iter_rows())
    assert local["Berg"] == local["Anna Berg"]
    assert local["Lindt"] == local["Ivo Lindt"]


def test_two_of_a_surname_in_one_article_are_not_guessed() -> None:
    layers = annotated(["Anna Berg and her brother Ivo Berg own the mill. Berg said it would close."])
    lone = layers["mentions"].filter(pl.col("surface") == "Berg")["actor"].to_list()
    assert not set(lone) & {"Anna Berg", "Ivo Berg"}


def test_refusals_say_who_could_be_meant_and_where() -> None:
    texts = [
        "Anna Berg opened the bridge.",
        "Ivo Berg won the race.",
        "Berg was seen at the market on Monday.",
    ]
    mentions = annotated(texts)["mentions"]
    articles = pl.DataFrame({"article_id": [f"{n:03}" for n in range(3)]})
    _, aliases = actors.merge(mentions, articles, codebook=codebook.load("general"))
    told = pd.DataFrame(
        {"article_id": ["000", "001", "002"], "outlet": "Lakeside Herald", "headline": "News"}
    )
    row = actors.refusals(aliases.to_pandas(), told).iloc[0]
    assert (row["name"], row["could_be"]) == ("Berg", "Anna Berg or Ivo Berg")
    assert row["why"] == "more than one actor could be meant"


def test_pronouns_and_roles_are_counted_apart() -> None:
    texts = [
        "Anna Berg, the mayor of Alder, opened the bridge. She said it was safe. The mayor said it would last."
    ]
    counts = (
        actors.with_and_without(annotated(texts)["mentions"].to_pandas()).set_index("actor").loc["Anna Berg"]
    )
    assert counts[["names", "pronouns", "roles", "together"]].tolist() == [1, 1, 1, 3]


def test_they_are_the_group_that_spoke_before() -> None:
    layers = annotated(["Harbour officials said the ward was cold. They say the street is warmer."])
    actor = layers["statements"]["actor"].to_list()
    assert actor[0]
    assert actor[0] == actor[1]


def test_relays_name_the_outlet_that_passed_it_on() -> None:
    layers = annotated(["According to Reuters, Ivo Lindt said that the mill would close."])
    row = layers["statements"].filter(pl.col("cue") == "say").row(0, named=True)
    assert (row["source"], row["relay"]) == ("Ivo Lindt", "Reuters")


def test_speech_without_marks_goes_to_the_speaker_but_an_author_is_left_alone() -> None:
    lost, own = "The army holds the mill, Reyl said. We will not give up our houses.", "I went there in May."
    spoken = annotated([lost])["statements"]
    assert spoken["surface"].to_list()[-1] == "We will not give up our houses"
    assert spoken["rule"].str.ends_with("marks lost").all()
    assert not annotated([f"{lost}\n{own}"])["statements"]["rule"].str.ends_with("marks lost").any()
