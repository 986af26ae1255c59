"""Whom a surname means, what is cut from the names a model takes in one, and what aliases.csv may not say."""

from __future__ import annotations

import pandas as pd
import polars as pl
import pytest

from analysis import actors
from analysis.actors.localnames import choose, short_of
from analysis.actors.names import fits, generation, name_words, namesakes
from analysis.actors.people import merge_people
from analysis.errors import CodebookError


def named(layers, kind):
    return set(layers["mentions"].filter(pl.col("kind") == kind)["surface"])


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ivo A. Berg", "Ivo B. Berg", False),
        ("Ivo Berg Jr.", "Ivo Berg Sr.", False),
        ("John Berg", "J. Edgar Berg", False),
        ("Edgar Berg", "J. Edgar Berg", True),
        ("Mira A. Berg", "Mira Berg", True),
    ],
)
def test_middle_names_and_generations(one, other, same):
    assert fits(one, other) is same
    assert fits(other, one) is same


def test_father_and_son_are_two_where_one_article_has_both():
    listed = [(name, "person") for name in ("Ivo Berg", "Ivo Berg Jr.", "Berg", "Berg Jr.")]
    chosen = choose(listed, {})
    assert chosen["Berg", "person"] == "Ivo Berg"
    assert generation(chosen["Berg Jr.", "person"]) == "jr"
    assert namesakes("Ivo Berg Jr.", "Ivo Berg")
    apart = merge_people(
        {"Ivo Berg": 9, "Ivo Berg Jr.": 3},
        [],
        {"Ivo Berg Jr.": {"Ivo Berg"}, "Ivo Berg": {"Ivo Berg Jr."}},
    )
    assert apart["Ivo Berg Jr."].actor == "Ivo Berg Jr."
    assert merge_people({"Ivo Berg": 9, "Ivo Berg Jr.": 3}, [])["Ivo Berg Jr."].actor == "Ivo Berg"


def test_a_single_bearer_of_a_common_surname_is_not_guessed():
    decided = merge_people({"Anna Smith": 1, "Smith": 4}, [])
    assert not decided["Smith"].merged
    assert decided["Smith"].evidence == "Anna Smith"
    assert merge_people({"Anna Bergskaya": 1, "Bergskaya": 4}, [])["Bergskaya"].merged


def test_a_title_tells_which_bearer_is_meant(annotate):
    layers = annotate(
        "President Ivo Lund spoke in Elmwick on Monday. Mr Lund left early.",
        "Mrs Mira Lund spoke in Elmwick on Tuesday. Mrs Lund stayed.",
        "Mrs Lund wrote to the council. The council thanked her.",
    )
    rows = layers["names"].filter((pl.col("article_id") == "a2") & (pl.col("local") == "Lund"))
    assert rows["actor"].to_list() == ["Mira Lund"]
    assert "title and surname" in layers["aliases"]["rule"].to_list()


def test_a_body_is_not_called_after_its_offshoot():
    assert not short_of("Senate", "Update Senate")
    listed = [("Alder Trust", "organisation"), ("Alder Trust Choir", "organisation")]
    assert choose(listed, {})["Alder Trust", "organisation"] == "Alder Trust"
    assert choose(listed[::-1], {})["Alder Trust", "organisation"] == "Alder Trust Choir"


def test_links_that_a_copy_ran_into_a_sentence_are_nobodys_mention(annotate):
    layers = annotate(
        "Senator Mira Lund Mira Ann LundHarbour vote opens Ivo Stern attacks Anna Holt at rally MORE (D-Aster) said on "
        "Monday that the bridge was safe. Lund thanked the engineers."
    )
    people = named(layers, "person")
    assert "Lund" in " ".join(people)
    assert not {"Ivo Stern", "Anna Holt"} & people


def test_credits_offices_and_editors_brackets_are_cut_from_names(annotate):
    layers = annotate(
        "Governors Anna Berg and Peter Holt met in Oslo on Monday. [Peter] Holt was first to speak to reporters.",
        "The hall was full when the talks began. Anna Berg/AP\nPeter Holt opened them.",
    )
    people = layers["mentions"].filter(pl.col("kind") == "person")
    assert "Governors Anna Berg" not in people["surface"].to_list()
    assert not people["actor"].str.contains(r"[\[\]/]").any()


def test_families_and_peoples_are_groups(annotate):
    layers = annotate(
        "Bill Clinton spoke in Oslo on Monday. The Clintons then flew home. Sunnis and Christians in the town cheered."
    )
    assert {"Sunnis", "Christians"} <= named(layers, "group")
    assert "Clintons" not in named(layers, "person")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("surface,actor\nLund,Mira Lund\nLund,Ivo Lund\n", "both 'Mira Lund' and 'Ivo Lund'"),
        ("surface,actor\nLund,Mira Lund\nMira Lund,Lund\n", "another row counts for"),
        ("surface,actor,artikle\nLund,Mira Lund,x\n", "did you mean 'article'"),
        ('surface,actor\nLund,"Mira Lund\n', "cannot be read"),
        ("", "cannot be read"),
    ],
)
def test_overrides_that_contradict_each_other_are_explained(tmp_path, text, says):
    path = tmp_path / "aliases.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CodebookError, match=says):
        actors.read_overrides(path)


def test_one_surname_may_mean_two_people_in_two_articles(tmp_path):
    path = tmp_path / "aliases.csv"
    path.write_text("\ufeffsurface,actor,article\nLund,Mira Lund,one.txt\nLund,Ivo Lund,two.txt\n", "utf-8")
    assert actors.read_overrides(path)["actor"].to_list() == ["Mira Lund", "Ivo Lund"]


def test_an_override_for_a_name_that_stands_nowhere_is_shown(annotate, book):
    layers = annotate("Mira Lund spoke in Elmwick on Monday.")
    _, ledger = actors.merge(
        layers["mentions"],
        pl.DataFrame({"article_id": ["a0"]}),
        codebook=book,
        overrides=pd.DataFrame({"surface": ["Mira Lundd"], "actor": ["Mira Lund (mayor)"]}),
    )
    row = ledger.filter(~pl.col("merged")).row(0, named=True)
    assert row["n_mentions"] == 0
    assert "mira lund" in row["evidence"]


def test_a_family_name_that_comes_first_is_the_surname_however_the_given_name_is_written():
    counts = {"Ri Tae-sung": 9, "Ri Tae Sung": 4, "Ri": 3, "Zheng Baolin": 5, "Zheng": 2}
    decided = merge_people(counts, [])
    assert {decided[name].actor for name in ("Ri Tae-sung", "Ri Tae Sung", "Ri")} == {"Ri Tae-sung"}
    assert decided["Zheng"].actor == "Zheng Baolin"
    apart = merge_people({"Lee Marsh": 5, "Lee Tae-sung": 5}, [])
    assert apart["Lee Marsh"].actor == "Lee Marsh"
    assert apart["Lee Tae-sung"].actor == "Lee Tae-sung"


def test_a_bearer_in_european_order_is_somebody_else():
    decided = merge_people({"Ri Tae-sung": 30, "Toni Ri": 2, "Ri": 8}, [])
    assert decided["Toni Ri"].actor == "Toni Ri"
    assert decided["Ri"].actor == "Ri Tae-sung"
    assert "30 of 32" in decided["Ri"].evidence


@pytest.mark.parametrize(
    "name", ["Kim Basinger", "Lee Ann Marsh", "Sun Country", "Chang Lee", "Jane Yang", "Yang Jane"]
)
def test_a_name_in_european_order_stays_as_it_is(name):
    assert name_words(name) == tuple(name.lower().split())


def test_a_given_name_behind_a_hyphen_is_taken_whole(annotate):
    layers = annotate(
        "President Moon Sae-in met reporters in Seoul. “We will talk,” Moon Sae-in said on Friday.",
        "The office of Moon Sae-in declined to comment. Moon Sae-in is to travel on Monday.",
    )
    assert "Moon Sae-in" in named(layers, "person")
    assert "Moon Sae" not in named(layers, "person")


def test_a_government_spelt_out_and_named_by_its_country_is_one_row_of_the_variants():
    ledger = pd.DataFrame(
        {
            "surface": ["Harland", "the Harland government", "Elmwick"],
            "actor": ["Government of Harland"] * 3,
            "kind": ["government", "group", "government"],
            "rule": ["codebook", "government of a country", "codebook"],
            "merged": True,
            "n_mentions": [5, 2, 1],
        }
    )
    row = actors.variants(ledger)
    assert row[["actor", "kind", "n_forms", "n_mentions"]].to_numpy().tolist() == [
        ["Government of Harland", "government", 3, 8]
    ]
