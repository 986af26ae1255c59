"""Mentions, merging, statements and actions on short texts of our own."""

from __future__ import annotations

import polars as pl
import pytest

from analysis import actors, language
from analysis.codebook import load
from analysis.schemas import conform

TEXTS = {
    "a": (
        "Harland's president Anna Bergskaya told reporters on Monday that her troops would stay. “We will not leave,” "
        "Bergskaya said. “Nobody should expect that.”\n"
        "According to the Border Guard Service (BGS), three people were hurt. The BGS declined to comment."
    ),
    "b": "Anna Bergskaia met Mr Ivo Lindt in Oslo. Lindt said the talks were useful. “It was a start,” he added.",
}


@pytest.fixture(scope="module")
def layers():
    parses = list(language.parse([{"article_id": key, "body": body} for key, body in TEXTS.items()]))
    book = load("general")
    mentions = actors.annotate_mentions(parses, places=conform([], "places"), codebook=book)
    statements = actors.annotate_statements(parses, mentions=mentions, codebook=book)
    actions = actors.annotate_actions(parses, mentions=mentions, statements=statements, codebook=book)
    names, aliases = actors.merge(mentions, pl.DataFrame({"article_id": list(TEXTS)}), codebook=book)
    return {
        "mentions": mentions,
        "statements": statements,
        "actions": actions,
        "names": names,
        "aliases": aliases,
    }


@pytest.mark.parametrize("name", ["mentions", "statements"])
def test_offsets_are_of_the_body(layers, name):
    for row in layers[name].iter_rows(named=True):
        assert TEXTS[row["article_id"]][row["start"] : row["end"]] == row["surface"]


def test_one_person_in_two_spellings_is_one_actor(layers):
    people = layers["names"].filter(pl.col("local").str.contains("Bergska"))
    assert people["actor"].n_unique() == 1
    rules = layers["aliases"].filter(pl.col("surface") == "Anna Bergskaia")["rule"].to_list()
    assert rules in (["transliteration"], []) or "transliteration" in rules[0]


def test_acronym_in_brackets_is_the_expanded_name(layers):
    found = layers["mentions"].filter(pl.col("surface") == "BGS")["actor"].unique().to_list()
    assert found == ["Border Guard Service"]


def test_quotation_goes_to_its_speaker_with_all_its_pieces(layers):
    quoted = layers["statements"].filter((pl.col("article_id") == "a") & (pl.col("form") == "direct"))
    assert quoted["actor"].unique().to_list() == ["Anna Bergskaya"]
    assert "Nobody should expect that" in " ".join(quoted["surface"])


def test_indirect_speech_and_according_to(layers):
    rows = {row["cue"]: row for row in layers["statements"].iter_rows(named=True) if row["article_id"] == "a"}
    assert "would stay" in rows["tell"]["surface"]
    assert rows["according to"]["actor"] == "Border Guard Service"


def test_an_override_wins_over_every_rule(layers):
    wish = pl.DataFrame({"surface": ["Lindt"], "actor": ["Ivo Lindt (minister)"]})
    names, aliases = actors.merge(
        layers["mentions"],
        pl.DataFrame({"article_id": list(TEXTS)}),
        codebook=load("general"),
        overrides=wish,
    )
    assert "Ivo Lindt (minister)" in names["actor"].to_list()
    assert "aliases.csv" in aliases["rule"].to_list()


def test_actions_name_the_doer(layers):
    met = layers["actions"].filter(pl.col("verb") == "meet").row(0, named=True)
    assert (met["agent"], met["patient"], met["voice"]) == ("Anna Bergskaya", "Ivo Lindt", "active") or met[
        "agent"
    ] == "Anna Bergskaia"
