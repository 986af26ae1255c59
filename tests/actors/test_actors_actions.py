"""Actions: who does what to whom, in which sense of the verb, and whether it is told as done."""

from __future__ import annotations

import pandas as pd
import polars as pl
import pytest

from analysis import actors
from analysis.actors import claims
from analysis.errors import MeasureError

_SENTENCES = {
    # in which sense
    "town": "Rebels took the town of Port Aster on Monday.",
    "hospital": "Two drivers were taken to a hospital on Monday.",
    "letter": "The mayor signed a letter on Monday.",
    "treaty": "The mayor signed a treaty with Harland on Monday.",
    "food": "The army gave the villagers food on Monday.",
    "hope": "The goal gave the villagers hope on Monday.",
    "god": "We thank God for the rain, the farmers said.",
    "storm": "The coast was hit by a hurricane on Monday.",
    "vow": "The rebels vowed to attack the capital on Monday.",
    "warned": "The minister warned the farmers against the frost on Monday.",
    "pledge": "The minister vowed to publish the figures on Monday.",
    # who and whom
    "charged": "Ivo Lindt was arrested and charged on Monday.",
    "mayor": "The city has been shelled and its mayor killed.",
    "shared": "An officer shot and killed Ivo Lindt on Monday.",
    "left": "The blast left two soldiers wounded on Monday.",
    "tool": "Ivo Lindt used a rifle to kill two officers on Monday.",
    "forced": "The army forced Ivo Lindt to leave the town on Monday.",
    "mutual": "Anna Bergskaya and Ivo Lindt met on Monday.",
    "relative": "The soldiers the rebels had captured came home on Monday.",
    "point": "At that point the officer fired on Monday.",
    # told as done
    "refused": "The rebels refused to release the town and attack the bridge on Monday.",
    "wanted": "The rebels wanted to attack the bridge on Monday.",
    "managed": "The rebels managed to seize the bridge on Monday.",
    "wont": "The rebels won’t attack the bridge on Monday.",
    "if": "If the rebels attack the bridge, the army will answer.",
    "none": "No soldiers were wounded on Monday.",
    "without": "The rebels left the town without attacking the bridge.",
}


@pytest.fixture(scope="module")
def told(annotate):
    """Give the actions of each sentence under its name, classed ones only."""
    layer = annotate(*_SENTENCES.values())["actions"].filter(pl.col("verb_class") != "")
    names = {f"a{n}": name for n, name in enumerate(_SENTENCES)}
    rows: dict[str, list[dict]] = {name: [] for name in _SENTENCES}
    for row in layer.iter_rows(named=True):
        rows[names[row["article_id"]]].append(row)
    return rows


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("town", ["capture"]),
        ("hospital", []),
        ("letter", []),
        ("treaty", ["negotiate"]),
        ("food", ["help"]),
        ("hope", []),
        ("god", []),
        ("storm", []),
        ("pledge", []),
        ("warned", []),
    ],
)
def test_a_verb_of_many_senses_is_classed_by_what_stands_with_it(told, name, kinds):
    assert [row["verb_class"] for row in told[name]] == kinds


def test_a_vow_threatens_where_it_says_what_will_be_done(told):
    assert {(row["verb"], row["modal"]) for row in told["vow"]} == {("vow", ""), ("attack", "vow")}


def test_whoever_was_arrested_and_charged_did_neither(told):
    assert [(row["verb"], row["agent"], row["patient"]) for row in told["charged"]] == [
        ("arrest", "", "Ivo Lindt"),
        ("charge", "", "Ivo Lindt"),
    ]


def test_a_passive_in_a_chain_needs_no_second_auxiliary(told):
    assert {row["verb"]: (row["agent"], row["patient"]) for row in told["mayor"]} == {
        "shell": ("", "city"),
        "kill": ("", "mayor"),
    }


def test_two_verbs_share_their_object(told):
    assert {row["verb"]: row["patient"] for row in told["shared"]} == {
        "shoot": "Ivo Lindt",
        "kill": "Ivo Lindt",
    }


def test_a_participle_behind_its_subject_is_passive(told):
    assert [
        (row["agent"], row["patient"], row["voice"]) for row in told["left"] if row["verb"] == "wound"
    ] == [("", "soldiers", "passive")]


def test_who_uses_a_tool_does_what_it_is_used_for_and_who_is_forced_does_what_he_is_forced_to(told):
    assert [row["agent"] for name in ("tool", "forced") for row in told[name]] == ["Ivo Lindt"] * 2


def test_of_two_who_met_each_met_the_other(told):
    pairs = {(row["agent"], row["patient"]) for row in told["mutual"]}
    assert pairs == {("Anna Bergskaya", "Ivo Lindt"), ("Ivo Lindt", "Anna Bergskaya")}


def test_the_noun_of_a_relative_clause_is_its_object(told):
    (row,) = told["relative"]
    assert (row["agent"], row["patient"]) == ("rebels", "soldiers")


def test_nobody_fires_at_a_point_in_time(told):
    assert [row["patient"] for row in told["point"]] == [""]


@pytest.mark.parametrize(
    ("name", "negated", "modal"),
    [
        ("wanted", False, "want"),
        ("managed", False, ""),
        ("wont", True, "will"),
        ("if", False, "if"),
        ("none", True, ""),
        ("without", True, ""),
    ],
)
def test_what_is_not_told_as_done_says_so(told, name, negated, modal):
    row = next(row for row in told[name] if row["verb"] in {"attack", "seize", "wound"})
    assert (row["negated"], row["modal"]) == (negated, modal)


def test_what_is_refused_is_not_done(told):
    assert all(row["negated"] for row in told["refused"] if row["verb"] == "attack")


def test_only_what_is_told_as_done_is_factual(told):
    rows = pd.DataFrame([row for name in ("wanted", "managed", "none") for row in told[name]])
    counted = actors.who_to_whom(rows, factual=True)
    assert counted["verbs"].to_list() == ["seize"]


def test_an_actor_is_found_by_any_spelling_and_a_slip_is_mended():
    rows = pd.DataFrame(
        {
            "article_id": ["a", "b", "c"],
            "actor": ["Anna Bergskaya", "Government of Harland", "police"],
            "surface": ["Bergskaia", "Port Aster", "Police"],
        }
    )
    assert actors.called("bergskaia", rows) == "Anna Bergskaya"
    assert actors.called("Port Aster", rows) == "Government of Harland"
    assert actors.called("police", rows) == "police"
    with pytest.raises(MeasureError, match="did you mean 'Anna Bergskaya'"):
        actors.called("Bergskija", rows)
    with pytest.raises(MeasureError, match="known are"):
        actors.called("Quux", rows)


def test_groups_without_a_name_act_but_are_not_named():
    rows = pd.DataFrame(
        {
            "actor": ["police", "Berg", "Berg"],
            "rule": ["group noun", "model", "pronoun: he"],
            "surface": ["police"] * 3,
        }
    )
    assert actors.names_only(rows)["actor"].to_list() == ["Berg"]
    assert actors.names_only(rows, groups=True)["actor"].to_list() == ["police", "Berg"]


def test_an_edition_of_an_outlet_is_the_outlet_itself():
    rows = pd.DataFrame({"article_id": ["a"], "actor": ["Harbour News"], "kind": ["organisation"]})
    articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Harbour Online News"]})
    assert actors.without_self(rows, articles).empty


def test_no_heading_sets_outlets_apart_that_intervals_do_not():
    table = pd.DataFrame(
        {
            "group": ["Harbour Gazette", "Continental Wire"],
            "item": ["government"] * 2,
            "k": [6, 5],
            "n": [10, 10],
            "share": [0.6, 0.5],
            "low": [0.3, 0.2],
            "high": [0.8, 0.8],
            "enough": [True, True],
        }
    )
    says = "{share} in {group}"
    assert claims.largest(table, says=says, nothing="", together="all") == "55 % in all"
    apart = table.assign(low=[0.55, 0.1], high=[0.8, 0.3])
    assert claims.largest(apart, says=says, nothing="", together="all") == "60 % in Harbour Gazette"
