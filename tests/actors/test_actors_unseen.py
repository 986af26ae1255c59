"""Forms met on articles of other topics: bodies of a parliament, laws and storms, credits, datelines, light verbs."""

from __future__ import annotations

import polars as pl

from analysis.actors import reported
from analysis.actors.localnames import short_of
from analysis.actors.organisations import merge_organisations
from analysis.corpus.settling import settled


def named(layers, kind):
    return set(layers["mentions"].filter(pl.col("kind") == kind)["surface"])


def test_a_chamber_is_no_short_form_of_its_committee():
    assert not short_of("Senate", "Senate Budget Committee")
    assert not short_of("Supreme Court", "CNN Supreme Court")
    assert short_of("Alder", "Alder Holdings")


def test_the_only_countrys_body_is_meant_where_the_country_is_left_out():
    decided = merge_organisations({"U.S. Supreme Court": 3, "Supreme Court": 9, "Alder Court": 1}, {}, {})
    assert decided["Supreme Court"].actor == "U.S. Supreme Court"
    assert decided["Alder Court"].actor == "Alder Court"
    two = merge_organisations(
        {"U.S. Supreme Court": 3, "Supreme Court": 9, "Norway Supreme Court": 2}, {}, {}
    )
    assert two["Supreme Court"].actor == "Supreme Court"


def test_laws_storms_and_credits_are_no_actors(annotate):
    layers = annotate(
        "Hurricane Marlo hit the coast on Friday. Marlo left three towns without power, the mayor said.",
        "Critics say the Coastal Defense Act and the Harbour Waters Treaty were ignored for years.",
    )
    people, bodies = named(layers, "person"), named(layers, "organisation")
    assert "Marlo" not in people | bodies
    assert not {"Coastal Defense Act", "Harbour Waters Treaty"} & (people | bodies)


def test_his_head_and_another_states_senator_are_nobody_known(annotate):
    layers = annotate(
        "Senator Mira Lund of Northshire spoke first. The Westmark senator shook her head and left the chamber.",
        "President Ivo Stern spoke on Monday. The next president will have to decide, he said.",
    )
    roles = layers["mentions"].filter(pl.col("rule").str.starts_with("role:"))
    assert roles.height == 0, roles["surface"].to_list()


def test_a_dateline_and_the_day_are_no_part_of_what_is_said(annotate):
    layers = annotate(
        "PORT ASTER, Feb 3 2023 (Some Press) – The old bridge has fallen, officials said on Monday.",
        "The ministry said on Tuesday it had closed the harbour to all ships.",
    )
    contents = layers["statements"]["surface"].to_list()
    assert "The old bridge has fallen" in contents
    assert "it had closed the harbour to all ships" in contents


def test_what_stands_behind_the_verb_of_a_quotation_is_not_said(annotate):
    layers = annotate('"We will never leave this valley," Mira Lund said in a letter to the village council.')
    assert layers["statements"]["surface"].to_list() == ['"We will never leave this valley,"']


def test_whoever_is_asked_is_not_the_source(annotate):
    layers = annotate("Asked what the order meant for the harbour, Mira Lund said that nobody knew.")
    said = layers["statements"].filter(pl.col("cue") == "ask")
    assert "Mira Lund" not in said["source"].to_list()


def test_wanting_and_refusing_are_no_statements(annotate):
    layers = annotate("Mira Lund refused to sign the paper. Ivo Stern sought to close the mill.")
    assert len(reported(layers["statements"].to_pandas())) == 0


def test_a_verb_of_many_senses_has_its_class_by_its_object(annotate):
    layers = annotate(
        "Harlandic forces took the town of Elmwick in May. Mira Lund took office in June. "
        "The plan meets the standards. Anna Bergskaya accused Ivo Stern of taking bribes."
    )
    rows = {
        (verb, patient): kind
        for verb, patient, kind in layers["actions"].select("verb", "patient", "verb_class").iter_rows()
    }
    assert rows["take", "town"] == "capture"
    assert rows.get(("take", "office"), "") == ""
    assert ("meet", "standard") not in rows
    bribes = layers["actions"].filter(pl.col("patient") == "bribe")
    assert bribes["agent"].to_list() == ["Ivo Stern"]


def test_the_class_of_a_source_is_that_of_the_article_that_tells_it():
    rows = pl.LazyFrame(
        {
            "article_id": ["a", "b", "c", "c"],
            "actor": ["Lund", "Lund", "Lund", "Stern"],
            "source_class": ["other", "expert", "", "other"],
        }
    )
    assert settled(rows).collect()["source_class"].to_list() == ["expert", "expert", "expert", "other"]


def test_most_articles_decide_on_the_class_of_a_source_not_one_that_quotes_often():
    said = [("a", "government")] * 3 + [("b", "expert"), ("c", "expert"), ("d", "other")]
    rows = pl.LazyFrame({"article_id": [one for one, _ in said], "source_class": [each for _, each in said]})
    found = settled(rows.with_columns(actor=pl.lit("Lund"))).collect()["source_class"].to_list()
    assert found == [*["government"] * 3, "expert", "expert", "expert"]
