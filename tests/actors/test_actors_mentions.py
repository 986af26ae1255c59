"""Mentions and the ledger: kinds, roles, groups, acronyms, refusals, overrides."""

from __future__ import annotations

import pandas as pd
import polars as pl
import pytest

from analysis import actors
from analysis.errors import CodebookError


def kinds(layers, surface):
    return layers["mentions"].filter(pl.col("surface") == surface)["kind"].unique().to_list()


def test_people_organisations_groups(annotate):
    layers = annotate(
        "Defence minister Ivo Lindt met officers of the Border Guard Service (BGS). Residents cheered. Lindt thanked the BGS."
    )
    assert kinds(layers, "Ivo Lindt") == ["person"]
    assert kinds(layers, "BGS") == ["organisation"]
    assert kinds(layers, "Residents") == ["group"]
    roles = layers["mentions"].filter(pl.col("surface") == "Ivo Lindt")["role"].to_list()
    assert roles == ["Defence minister"]


def test_a_role_with_one_holder_is_that_person(annotate):
    layers = annotate(
        "Norwegian president Anna Lund spoke in Oslo on Monday. The Norwegian president said the law would pass."
    )
    row = layers["mentions"].filter(pl.col("rule").str.starts_with("role:")).row(0, named=True)
    assert row["actor"] == "Anna Lund"
    assert actors.only_names(layers["mentions"]).filter(pl.col("surface") == row["surface"]).height == 0


def test_two_holders_of_a_surname_are_not_guessed(annotate):
    layers = annotate("Mira Lund and Ivo Lund spoke. Lund said the road was open.")
    row = layers["aliases"].filter(pl.col("surface") == "Lund").row(0, named=True)
    assert not row["merged"]
    assert "Mira Lund" in row["evidence"]
    assert "Ivo Lund" in row["evidence"]


def test_the_ledger_counts_every_mention_once(annotate):
    layers = annotate("Mira Lund spoke. Lund left.", "Ms Lund came back. Mira Lund spoke again.")
    assert layers["aliases"]["n_mentions"].sum() == layers["mentions"].height
    assert layers["names"].filter(pl.col("actor") == "Mira Lund").height == 2


def test_codebook_names_win(annotate):
    layers = annotate("Harlandic forces took the hill. Harland's army said nothing.")
    assert set(layers["mentions"]["actor"]) >= {"Armed Forces of Harland"}


def test_merging_does_not_depend_on_the_order_of_rows(annotate, book):
    layers = annotate(
        "Mira Lund spoke to Ivo Lindt.", "Lund and M. Lund wrote to Ivo Lindt.", "Mira Lund is back."
    )
    articles = pl.DataFrame({"article_id": ["a0", "a1", "a2"]})
    forward = actors.merge(layers["mentions"], articles, codebook=book)
    backward = actors.merge(layers["mentions"].reverse(), articles, codebook=book)
    assert forward[0].equals(backward[0])
    assert forward[1].equals(backward[1])


def test_an_override_for_one_article_only(annotate, book):
    layers = annotate("Mira Lund spoke.", "Mira Lund spoke.")
    articles = pl.DataFrame({"article_id": ["a0", "a1"], "path": ["one.txt", "two.txt"]})
    wish = pd.DataFrame({"surface": ["Mira Lund"], "actor": ["Mira Lund (mayor)"], "article": ["two.txt"]})
    names, _ = actors.merge(layers["mentions"], articles, codebook=book, overrides=wish)
    assert names["actor"].to_list() == ["Mira Lund", "Mira Lund (mayor)"]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"surface": "", "actor": "X"}, "row 1"),
        ({"surface": "X", "actor": "Y", "article": "no.txt"}, "no.txt"),
    ],
)
def test_bad_overrides_say_where(annotate, book, row, says):
    layers = annotate("Mira Lund spoke.")
    with pytest.raises(CodebookError, match=says):
        actors.merge(
            layers["mentions"],
            pl.DataFrame({"article_id": ["a0"]}),
            codebook=book,
            overrides=pd.DataFrame([row]),
        )


def test_overrides_are_read_from_a_file(tmp_path):
    path = tmp_path / "aliases.csv"
    path.write_text("surface,actor\nLund,Mira Lund\n", encoding="utf-8")
    assert actors.read_overrides(path).to_dict("records") == [
        {"surface": "Lund", "actor": "Mira Lund", "article": ""}
    ]
    path.write_text("surface\nLund\n", encoding="utf-8")
    with pytest.raises(CodebookError, match="no column 'actor'"):
        actors.read_overrides(path)


def test_given_mentions_are_named_like_found_ones(book):
    rows = pl.DataFrame(
        {
            "article_id": ["a", "a"],
            "start": [0, 20],
            "end": [9, 24],
            "surface": ["Mira Lund", "Lund"],
            "kind": ["person"] * 2,
        }
    )
    from analysis.schemas import conform

    assert (
        actors.name_mentions(conform(rows, "mentions"), codebook=book)["actor"].to_list() == ["Mira Lund"] * 2
    )


def test_a_name_goes_on_behind_its_hyphen_and_a_spelt_out_government_is_the_government(annotate):
    found = annotate(
        "Mr. Kim Ji-won left on Monday. Kim Ji-won said the talks had failed. "
        "The Syrian government denied it. Syria's government said the road was open."
    )
    people = found["mentions"].filter(pl.col("kind") == "person")
    assert set(people["actor"]) == {"Kim Ji-won"}
    merged = found["aliases"].filter(pl.col("surface").str.contains("government"))
    assert set(merged["actor"]) == {"Government of Syria"}
