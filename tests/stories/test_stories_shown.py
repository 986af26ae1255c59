"""Stories in words and flat tables."""

from __future__ import annotations

import pandas as pd

from analysis.stories import shown

MATRIX = pd.DataFrame(
    {
        "kind": ["actor"] * 3,
        "fact": ["Ilka Brandt"] * 3,
        "outlet": ["North", "South", "West"],
        "state": ["present", "present", "could have had it"],
        "first_day": pd.to_datetime(["2024-05-06"] * 3),
        "article_id": ["a", "b", ""],
        "start": pd.array([3, 4, None], dtype="Int64"),
        "end": pd.array([9, 9, None], dtype="Int64"),
        "near_article": ["", "", "c"],
        "near_start": pd.array([None, None, 0], dtype="Int64"),
        "near_end": pd.array([None, None, 7], dtype="Int64"),
    }
)


def test_the_matrix_is_laid_flat_with_marks() -> None:
    flat = shown.matrix_table(MATRIX)
    assert flat.columns.tolist() == ["fact", "kind", "North", "South", "West"]
    assert flat.iloc[0][["North", "South", "West"]].tolist() == ["●", "●", "○"]
    assert shown.matrix_table(MATRIX.head(0)).empty


def test_claims_are_computed_from_the_data() -> None:
    assert shown.matrix_claim(MATRIX) == "Of 1 shared facts, West lacks 1 that it could have had"
    assert shown.matrix_claim(MATRIX.head(2)).endswith("could have had")
    assert "No fact" in shown.matrix_claim(MATRIX.head(0))
    described = pd.DataFrame({"story": ["a", "b"], "n_outlets": [2, 1], "title": ["One", "Two"]})
    assert shown.stories_claim(described) == "1 of 2 stories is covered by more than one outlet"
    assert shown.widest(described) == "a"
    assert shown.widest(described.head(0)) == ""


def test_stories_are_listed_with_their_days() -> None:
    first = pd.to_datetime(["2024-05-06", "2024-05-06", None])
    last = pd.to_datetime(["2024-05-08", "2024-05-06", None])
    titles = {"title": ["One", "Two", "Three"], "n_articles": 2, "n_outlets": 1, "place": ""}
    listed = shown.stories_table(pd.DataFrame({**titles, "first": first, "last": last}))["days"].tolist()
    assert listed == ["6 May 2024 – 8 May 2024", "6 May 2024", "not dated to the day"]


def test_evidence_rows_lie_where_the_matrix_says() -> None:
    assert shown.presences(MATRIX)[["article_id", "start", "end"]].to_numpy().tolist() == [
        ["a", 3, 9],
        ["b", 4, 9],
    ]
    assert shown.absences(MATRIX)[["article_id", "start", "end"]].to_numpy().tolist() == [["c", 0, 7]]


def test_contradictions_are_told_with_who_says_so() -> None:
    lined = pd.DataFrame(
        {
            "story": ["a", "a", "a"],
            "claim": [1, 1, 2],
            "surface": ["12 million", "21 million", "4,000"],
            "qualifier": ["", "about", ""],
            "unit": ["euro", "euro", ""],
            "counted": ["repairs", "repairs", "people"],
            "outlet": ["North", "South", "North"],
            "claimant": ["Ilka Brandt", "", ""],
            "conflict": [True, True, False],
        }
    )
    described = pd.DataFrame({"story": ["a"], "title": ["Bridge shut"]})
    table = shown.claims_table(lined, described)
    assert table["value"].tolist() == ["12 million", "about 21 million"]
    assert table["claimant"].tolist() == ["Ilka Brandt", "own voice"]
    assert shown.claims_claim(lined).startswith("1 quantity is")
    assert shown.claims_claim(lined.tail(1)).startswith("No two outlets")


def test_the_pair_comes_from_two_outlets_where_there_are_two() -> None:
    bodies = [
        "The bridge was shut, a clerk said on Monday.",
        "Ferries ran.",
        "Rain fell.",
        "A bridge was shut, a clerk said.",
    ]
    articles = pd.DataFrame(
        {"article_id": [*"abcd"], "outlet": ["North", "North", "South", "West"], "body": bodies}
    )
    links = pd.DataFrame({"article_id": [*"abcd"], "story": "a", "belongs": [0.9, 0.8, 0.7, 0.6]})
    assert shown.pair_of(articles, links, "a") == ("a", "d")
    assert shown.pair_of(articles.head(3), links, "a")[1] == "c"
    assert shown.pair_of(articles.head(2), links, "a") == ("a", "b")
    assert shown.pair_of(articles.head(1), links, "a") == ("", "")
