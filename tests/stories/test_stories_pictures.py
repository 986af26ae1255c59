"""The reader of two columns, the days of a story and the pictures of its numbers."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.errors import MeasureError
from analysis.figures import SideBySide
from analysis.figures.claims import claims
from analysis.figures.lag import lag
from analysis.figures.sides import marked
from analysis.stories import event_days, shown

COLOURS = {"North": "#0072b2", "South": "#d55e00"}


@pytest.fixture
def articles() -> pd.DataFrame:
    bodies = ["The ferry sank on Monday.\nNobody was hurt.", "A ferry sank on Monday.\n<b>It</b> was old."]
    return pd.DataFrame(
        {
            "article_id": ["a", "b"],
            "outlet": ["North", "South"],
            "headline": ["Ferry sinks", ""],
            "body": bodies,
            "published": pd.to_datetime(["2024-05-07", "2024-05-08"]),
        }
    )


@pytest.fixture
def aligned() -> pd.DataFrame:
    rows = [
        ("rephrased", 0, 25, "The ferry sank on Monday.", 0, 23, "A ferry sank on Monday."),
        ("only left", 26, 42, "Nobody was hurt.", pd.NA, pd.NA, ""),
        ("only right", pd.NA, pd.NA, "", 24, 42, "<b>It</b> was old."),
    ]
    columns = "relation left_start left_end left_text right_start right_end right_text"
    return pd.DataFrame(rows, columns=columns.split())


def test_the_reader_has_a_line_a_statement_and_says_what_is_missing(
    articles: pd.DataFrame, aligned: pd.DataFrame
) -> None:
    markup = SideBySide(aligned, articles, "a", "b", caption="A ferry", colours=COLOURS).html()
    assert markup.count('<tr class="') == 3
    assert "<del>The</del> ferry" in markup
    assert "<ins>A</ins> ferry" in markup
    assert "not in South" in markup
    assert "not in North" in markup
    assert "&lt;b&gt;It" in markup
    assert markup.count('scope="row"') == 3
    assert markup.count('scope="col"') == 3
    with pytest.raises(MeasureError, match="no article"):
        SideBySide(aligned, articles, "a", "z")


def test_every_sentence_opens_in_its_article(
    articles: pd.DataFrame, aligned: pd.DataFrame, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv("PARALLAX_REPORT_DIR", str(tmp_path))
    markup = SideBySide(aligned, articles, "a", "b", colours=COLOURS).html()
    assert markup.count('<a href="articles/') == 4
    assert ".html#c26" in markup


def test_marks_leave_numbers_and_spelling_of_quotes_whole() -> None:
    assert marked("About 53,000 stay.", "About 35,000 stay.")[0] == "About <del>53,000</del> stay."
    assert marked("“Go,” he said.", '"Go," he said.') == ("“Go,” he said.", "&quot;Go,&quot; he said.")


@pytest.mark.parametrize(
    ("body", "days"),
    [
        ("It sank on Monday, a day after Sunday’s storm.", ["2024-05-06", "2024-05-05"]),
        ("It will sail again on Friday.", []),
        ("The line may reopen on Thursday.", []),
        ("The quay was built on 3 March 2021.", []),
        ("Divers found it on 2 May and again overnight.", ["2024-05-02", "2024-05-08"]),
        ("It left on 30 December.", ["2023-12-30"]),
        ("On Wednesday, 1 May 2024, it was checked; yesterday it sank.", ["2024-05-01", "2024-05-07"]),
    ],
)
def test_days_spoken_of_are_counted_back_from_publication(body: str, days: list[str]) -> None:
    one = pd.DataFrame({"article_id": ["a"], "body": [body], "published": ["2024-05-08"]})
    found = event_days(one)
    assert found["day"].astype(str).tolist() == days
    for start, end, surface in found[["start", "end", "surface"]].itertuples(index=False):
        assert body[start:end] == surface
    vague = one.assign(published_until="2024-05-20")
    assert event_days(vague)["surface"].str.contains("20").all()


def test_days_are_drawn_and_said(articles: pd.DataFrame) -> None:
    days = event_days(articles)
    assert len(lag(articles, days, colours=COLOURS).get_axes()) == 1
    assert shown.days_claim(articles, days) == "North is first, on 7 May 2024; 2 of 2 articles speak of 6 May"
    assert "South: published 8 May; speaks of 6 May." in shown.days_words(articles, days)
    assert shown.days_table(articles, days)["days before"].tolist() == [1, 2]
    undated = articles.assign(published=pd.to_datetime([None, None]))
    assert not shown.dated(undated)
    with pytest.raises(MeasureError, match="dated"):
        lag(undated, days, colours=COLOURS)


def test_contradicting_numbers_are_drawn_and_said() -> None:
    rows = pd.DataFrame(
        {
            "story": "s",
            "claim": [1, 1, 2, 2],
            "outlet": ["North", "South", "North", "South"],
            "low": [12.0, 2e6, 5.0, 5.0],
            "high": [20.0, float("inf"), 5.0, 5.0],
            "unit": ["euro", "euro", "", ""],
            "counted": ["repairs", "repairs", "buses", "buses"],
            "qualifier": ["up to", "", "", ""],
            "claimant": ["", "the mayor", "", ""],
            "surface": ["12 to 20", "millions", "five", "five"],
            "conflict": [True, True, False, False],
        }
    )
    against = shown.conflicts(rows)
    assert len(claims(against, colours=COLOURS).get_axes()) == 1
    assert "repairs: North, own voice: up to 12 to 20; South, the mayor: millions." in shown.claims_words(
        against
    )
    with pytest.raises(MeasureError, match="nothing to draw"):
        claims(rows.head(0), colours=COLOURS)


def test_room_for_a_story_has_its_interval(articles: pd.DataFrame) -> None:
    links = pd.DataFrame({"article_id": ["a", "b"], "story": ["a", "a"]})
    described = pd.DataFrame({"story": ["a"], "title": ["Ferry sinks"], "n_outlets": [2]})
    found = shown.story_shares(articles, links, described)
    assert found[["group", "item", "k", "n"]].to_numpy().tolist() == [
        ["North", "Ferry sinks", 1, 1],
        ["South", "Ferry sinks", 1, 1],
    ]
    assert (found["low"] < 1).all()
    assert shown.shares_claim(found).startswith("Too few")


def test_quotations_are_said_to_be_the_same_or_not(articles: pd.DataFrame) -> None:
    quoting = articles.assign(
        body=["“It sank at once,” she said. “Never again.”", "“It sank at once,” she said."]
    )
    found = shown.quotations_of(quoting, "a", "b")
    assert shown.quotations_claim(found) == "1 of 2 quotations stands in both word for word; 1 missing"
