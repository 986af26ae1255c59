"""Comparing articles of one story: sentences, quotations, numbers, facts, titles."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from analysis.errors import MeasureError
from analysis.schemas import conform
from analysis.stories import align, coverage, describe, fact_matrix, line_up, quotations

FIRST = (
    "The bridge over the river Orla was closed on Monday after engineers found cracks in a pillar.\n"
    "Mayor Ilka Brandt said repairs would cost 12 million euros.\n"
    "“We will not gamble with buses full of children,” she said.\n"
    "Some 4,000 people cross it every day."
)
SECOND = (
    "Cracks in a pillar have shut the Orla bridge, engineers said on Monday.\n"
    "The ferry will run until midnight.\n"
    "Repairs would cost 21 million euros, according to mayor Ilka Brandt.\n"
    "“We will not gamble with buses,” she said."
)
THIRD = "A pillar of the Orla bridge is cracked and the bridge is closed.\nThe ferry will run until midnight."


@pytest.fixture
def articles() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "article_id": ["a", "b", "c", "d"],
            "outlet": ["North", "South", "West", "West"],
            "headline": ["Cracks close Orla bridge", "", "Bridge shut", "Potato harvest begins"],
            "body": [FIRST, SECOND, THIRD, "Farmers dig early this year."],
            "published": pd.to_datetime(["2024-05-06", "2024-05-06", "2024-05-08", "2024-05-08"]),
        }
    )


@pytest.fixture
def links() -> pd.DataFrame:
    return pd.DataFrame(
        {"article_id": ["a", "b", "c", "d"], "story": ["a", "a", "a", "d"], "belongs": [0.9, 0.8, 0.7, None]}
    )


@pytest.fixture
def sentences(articles: pd.DataFrame) -> pd.DataFrame:
    rows: list[dict[str, Any]] = []
    for article_id, body in articles[["article_id", "body"]].itertuples(index=False):
        start = 0
        for number, line in enumerate(body.split("\n")):
            span = {"article_id": article_id, "start": start, "end": start + len(line)}
            rows.append({**span, "sentence": number, "paragraph": number})
            start += len(line) + 1
    return conform(rows, "sentences").to_pandas()


def quantity(body: str, surface: str, **values: Any) -> dict[str, Any]:
    start = body.index(surface)
    row = {"start": start, "end": start + len(surface), "surface": surface, "unit": "", "qualifier": ""}
    return {**row, "claimant": "", "verified": "", "place": "", "sentence": 0, **values}


@pytest.fixture
def quantities() -> pd.DataFrame:
    rows = [
        {
            "article_id": "a",
            **quantity(FIRST, "12 million", low=12e6, high=12e6, unit="euro", counted="repairs"),
        },
        {
            "article_id": "b",
            **quantity(SECOND, "21 million", low=21e6, high=21e6, unit="euro", counted="repairs"),
        },
        {"article_id": "a", **quantity(FIRST, "4,000", low=4e3, high=4e3, unit="per day", counted="people")},
    ]
    return conform(rows, "quantities").to_pandas()


def test_sentences_are_aligned_and_offsets_hold(articles: pd.DataFrame, sentences: pd.DataFrame) -> None:
    lines = align(articles, sentences, "a", "b")
    bodies = articles.set_index("article_id")["body"]
    pairs = set()
    for row in lines.to_dict("records"):
        for side, name in (("left", "a"), ("right", "b")):
            if pd.notna(row[f"{side}_start"]):
                assert bodies[name][row[f"{side}_start"] : row[f"{side}_end"]] == row[f"{side}_text"]
        pairs.add((row["relation"], row["left_text"][:12], row["right_text"][:12]))
    assert ("rephrased", "The bridge o", "Cracks in a ") in pairs
    assert ("rephrased", "Mayor Ilka B", "Repairs woul") in pairs
    assert ("only right", "", "The ferry wi") in pairs
    assert ("only left", "Some 4,000 p", "") in pairs
    assert lines["left_start"].notna().sum() == lines["right_start"].notna().sum() == 4
    with pytest.raises(MeasureError, match="no article"):
        align(articles, sentences, "a", "z")


def test_the_same_sentence_is_called_the_same(articles: pd.DataFrame, sentences: pd.DataFrame) -> None:
    lines = align(articles, sentences, "b", "c").set_index("right_text")
    assert lines.loc["The ferry will run until midnight.", "relation"] == "same"
    with pytest.raises(MeasureError, match="itself"):
        align(articles, sentences, "a", "a")


def test_quotations_are_compared_word_for_word() -> None:
    assert quotations(FIRST, FIRST)["change"].tolist() == ["same"]
    assert quotations(FIRST, SECOND)["change"].tolist() == ["truncated"]
    lost = FIRST.replace("“", "").replace("”", "")
    assert quotations(FIRST, lost)["change"].tolist() == ["marks lost"]
    altered = FIRST.replace("gamble with buses", "play with trams")
    assert quotations(FIRST, altered)["change"].tolist() == ["altered"]
    assert quotations(FIRST, THIRD)["change"].tolist() == ["missing"]


def test_contradicting_numbers_are_lined_up(
    articles: pd.DataFrame, links: pd.DataFrame, quantities: pd.DataFrame
) -> None:
    lined = line_up(quantities, links, articles)
    assert lined["surface"].tolist() == ["12 million", "21 million"]
    assert lined["conflict"].all()
    near = quantities.assign(
        low=quantities["low"].replace(21e6, 12.2e6), high=quantities["high"].replace(21e6, 12.2e6)
    )
    assert not line_up(near, links, articles)["conflict"].any()
    open_up = quantities.assign(qualifier=["more than", "", ""])
    assert not line_up(open_up, links, articles)["conflict"].any()
    assert line_up(quantities.head(0), links, articles).empty


def test_absence_counts_only_with_opportunity(
    articles: pd.DataFrame, links: pd.DataFrame, sentences: pd.DataFrame, quantities: pd.DataFrame
) -> None:
    rows = []
    for article_id, body in (("a", FIRST), ("b", SECOND)):
        start = body.index("Ilka Brandt")
        span = {"article_id": article_id, "start": start, "end": start + 11, "surface": "Ilka Brandt"}
        rows.append({**span, "kind": "person", "actor": "Ilka Brandt", "quoted": False})
    mentions = conform(rows, "mentions").to_pandas()
    layers = {"mentions": mentions, "sentences": sentences, "quantities": quantities}
    matrix = fact_matrix(articles, links, layers, story="a")
    brandt = matrix.query("fact == 'Ilka Brandt'").set_index("outlet")
    assert brandt["state"].to_dict() == {"North": "present", "South": "present", "West": "could have had it"}
    assert brandt.loc["North", "depth"] == pytest.approx(FIRST.index("Ilka") / len(FIRST))
    near = brandt.loc["West"]
    assert THIRD[near["near_start"] : near["near_end"]] in THIRD.split("\n")
    same_day = articles.assign(published=pd.Timestamp("2024-05-06"))
    matrix = fact_matrix(same_day, links, layers, story="a")
    assert matrix.query("fact == 'Ilka Brandt' and outlet == 'West'")["state"].tolist() == ["absent"]
    assert "quantity" in set(matrix["kind"])
    assert fact_matrix(articles, links, layers, story="d").empty
    with pytest.raises(MeasureError, match="no story"):
        fact_matrix(articles, links, layers, story="nothing")
    with pytest.raises(MeasureError, match="sentences"):
        fact_matrix(articles, links, {"mentions": mentions}, story="a")


@pytest.mark.parametrize(
    ("published", "until", "story", "state"),
    [
        ("2024-05-07", "2024-05-07", "a", "could have had it"),  # the day after is enough
        ("2024-05-06", "2024-05-06", "a", "absent"),  # the same day is not: nobody knows the hour
        ("2024-05-05", "2024-05-05", "a", "absent"),  # it came out before
        ("2024-05-07", "2024-05-09", "a", "absent"),  # a range of days is no evidence of an opportunity
        (None, None, "a", "absent"),
        ("2024-05-07", "2024-05-07", "d", None),  # what it wrote of another story does not count
    ],
)
def test_the_borders_of_an_opportunity(
    articles: pd.DataFrame,
    links: pd.DataFrame,
    sentences: pd.DataFrame,
    quantities: pd.DataFrame,
    published: str | None,
    until: str | None,
    story: str,
    state: str | None,
) -> None:
    told = articles.assign(published_until=articles["published"])
    third = told["article_id"] == "c"
    told.loc[third, "published"] = pd.Timestamp(published) if published else pd.NaT
    told.loc[third, "published_until"] = pd.Timestamp(until) if until else pd.NaT
    linked = links.assign(story=links["story"].mask(links["article_id"] == "c", story))
    matrix = fact_matrix(told, linked, {"sentences": sentences, "quantities": quantities}, story="a")
    west = matrix.loc[matrix["outlet"] == "West", "state"].tolist()
    assert west == ([] if state is None else [state])


def test_a_fact_first_told_by_an_undated_article_gives_no_opportunity(
    articles: pd.DataFrame, links: pd.DataFrame, sentences: pd.DataFrame, quantities: pd.DataFrame
) -> None:
    undated = articles.assign(published=articles["published"].where(articles["article_id"] == "c"))
    matrix = fact_matrix(undated, links, {"sentences": sentences, "quantities": quantities}, story="a")
    assert matrix.loc[matrix["outlet"] == "West", "state"].tolist() == ["absent"]


def test_stories_have_a_title_a_time_and_outlets(articles: pd.DataFrame, links: pd.DataFrame) -> None:
    found = describe(articles, links)
    assert found["title"].tolist() == ["Cracks close Orla bridge", "Potato harvest begins"]
    first = found.iloc[0]
    assert (first["n_articles"], first["n_outlets"], first["outlets"]) == (3, 3, "North, South, West")
    assert str(first["first"].date()) == "2024-05-06"
    untitled = articles.assign(headline="")
    assert describe(untitled, links)["title"].iloc[0].startswith("The bridge over the river Orla")


def test_coverage_has_a_row_for_silence(articles: pd.DataFrame, links: pd.DataFrame) -> None:
    found = coverage(articles, links).set_index(["story", "outlet"])
    assert found.loc[("d", "North"), "k"] == 0
    assert found.loc[("a", "West"), "share"] == 0.5
    assert found["k"].sum() == len(articles)


@pytest.mark.parametrize(
    ("left", "right", "against"),
    [
        (
            "The fire left 40 people dead in the old mill.",
            "The fire at the old mill left 60 people dead.",
            True,
        ),
        # of whom nothing alike is told
        ("Some 40 people slept in the school.", "Doctors treated 60 people for burns.", False),
        # one article has both: parts, or told of different times
        ("They closed 40 roads on Monday and 60 roads on Tuesday.", "The police closed 60 roads.", False),
        ("The town spent $40,000 on lamps.", "The mayor earns $60,000.", False),
    ],
)
def test_only_one_and_the_same_quantity_can_be_contradicted(left: str, right: str, against: bool) -> None:
    from analysis import language
    from analysis.stories import annotate_quantities

    told = pd.DataFrame({"article_id": ["l", "r"], "outlet": ["North", "South"], "body": [left, right]})
    told["published"] = pd.Timestamp("2024-05-06")
    parses = list(language.parse(told[["article_id", "body"]].to_dict("records")))
    found = annotate_quantities(parses, places=conform([], "places"), statements=conform([], "statements"))
    linked = pd.DataFrame({"article_id": ["l", "r"], "story": "l"})
    assert bool(line_up(found.to_pandas(), linked, told)["conflict"].any()) == against


def test_sentences_with_only_names_in_common_are_not_retellings() -> None:
    told = pd.DataFrame(
        {
            "article_id": ["l", "r"],
            "body": [
                "Ilka Brandt of the Orla Bridge Board told the Harbour Council that buses must wait.",
                "Ilka Brandt left the Orla Bridge Board and the Harbour Council last winter.",
            ],
        }
    )
    spans = [
        {"article_id": name, "start": 0, "end": len(body), "sentence": 0}
        for name, body in told.to_numpy().tolist()
    ]
    lines = align(told, conform(spans, "sentences").to_pandas(), "l", "r")
    assert set(lines["relation"]) == {"only left", "only right"}


def test_titles_and_single_words_in_marks_are_no_quotations() -> None:
    left = "On “Morning with Dora” he spoke of a “plot” and said: “We saw it coming for years.”"
    assert quotations(left, "Nothing.")["left"].tolist() == ["We saw it coming for years."]
    # words that anybody may use are not lost marks
    assert quotations("He may “step down”.", "He will step down.")["change"].tolist() == ["missing"]
