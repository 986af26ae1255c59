"""What a page about words shows: sane for one outlet, no hit, no date; headings and pictures of the same words."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from analysis.figures import outlet_colours
from analysis.figures import words as pictures
from analysis.text import claims, concordance, keyness, notes, similarity, trend
from analysis.text.averages import averages
from analysis.text.collocation import collocates, compare_collocates
from analysis.text.comparison import leader, or_why, own_names, period, telling, two_groups, worth_reading
from analysis.text.counts import count
from analysis.text.dispersion import dispersion
from analysis.text.diversity import diversity
from analysis.text.estimates import rates
from analysis.text.frequencies import frequencies
from analysis.text.readability import readability


@pytest.fixture(scope="module")
def titled(articles: pd.DataFrame) -> pd.DataFrame:
    """The small corpus, one outlet of which writes titles and names itself."""
    here = articles["outlet"] == "Tarsk Today"
    more = np.where(here, " Mr. Orlo told Tarsk Today that Mr. Venn had left.", "")
    return articles.assign(body=articles["body"] + more)


def test_titles_and_own_names_lead_no_heading(titled: pd.DataFrame) -> None:
    table = worth_reading(keyness.keyness(titled), titled)
    east = table[table["group"] == "Tarsk Today"].set_index("form")
    assert east.loc["mr", "left_out"] == "title"
    assert east.loc["tarsk", "left_out"] == "own name"
    assert east.loc["operation", "left_out"] == ""
    assert "the" not in east.index
    assert "“mr”" in claims.typical(table)
    assert "“mr”" not in claims.typical(telling(table))
    assert "“mr” (title)" in notes.left_out(table)


def test_a_name_that_is_a_common_word_is_none() -> None:
    bodies = ["A herald came to Tarsk; today he is here. The fox left."]
    names = own_names(["Tarsk Herald Today", "TNN", "The Fox"], bodies)
    assert names == {"Tarsk Herald Today": {"tarsk"}, "TNN": {"tnn"}, "The Fox": frozenset()}


def test_heading_and_picture_take_the_same_outlet(titled: pd.DataFrame) -> None:
    table = worth_reading(keyness.keyness(titled), titled)
    picture = pictures.typical(table, colours=outlet_colours(titled["outlet"]))
    first = leader(telling(table))
    assert claims.typical(telling(table)).startswith(first)
    assert picture is not None
    assert first in picture.alt
    assert first in picture.caption
    unsure = table.assign(q=0.5)
    assert "beyond chance" in claims.typical(telling(unsure))
    assert leader(telling(unsure)) in notes.set_apart(telling(unsure))
    other = next(name for name in table["group"].unique() if name != first)
    few = table.assign(enough=table["group"] == other, q=0.5)
    assert leader(telling(few)) == other


@pytest.mark.parametrize(
    "measure",
    [
        lambda frame: keyness.keyness(frame),
        lambda frame: similarity.similarity(frame),
        lambda frame: similarity.word_shift(frame, "Tarsk Today", ""),
        lambda frame: compare_collocates(frame, "turnip"),
        lambda frame: trend.trend(frame.assign(published=pd.NaT), ["war"]),
        lambda frame: trend.trend(frame, []),
    ],
    ids=["keyness", "similarity", "shift", "company", "undated", "no-term"],
)
def test_one_outlet_no_hit_and_no_date_are_said_in_words(
    articles: pd.DataFrame, measure: Callable[[pd.DataFrame], pd.DataFrame]
) -> None:
    table = or_why(measure, articles[articles["outlet"] == "Tarsk Today"])
    assert table.empty
    assert len(table.attrs["why"]) > 20
    said = [
        claims.typical(telling(worth_reading(table, articles))),
        claims.company(table, node="war"),
        claims.alike(table),
        claims.word_by_word(table),
        claims.over_time(table, every="week"),
        claims.most_used(table),
    ]
    assert all(sentence.endswith(table.attrs["why"]) for sentence in said)
    assert leader(table) == notes.set_apart(table) == notes.left_out(table) == notes.undated(table) == ""
    colours = outlet_colours(articles["outlet"])
    assert pictures.typical(table, colours=colours) is None
    assert pictures.pair(table, colours=colours) is None
    assert pictures.difference(table, target="a", reference="b", colours=colours) is None
    assert pictures.over_time(table, every="week", colours=colours) is None


def test_a_term_that_is_asked_for_twice_is_counted_once() -> None:
    frame = pd.DataFrame({"article_id": ["a"], "outlet": ["East"], "body": ["War and war, no raid."]})
    assert concordance.term_hits(frame, ["war", "raid", "war"])["term"].tolist() == ["war", "war", "raid"]


def test_no_term_and_no_hit_draw_nothing(articles: pd.DataFrame) -> None:
    colours = outlet_colours(articles["outlet"])
    for terms in ([], ["turnip"]):
        found = concordance.term_hits(articles, terms)
        used = rates(found, articles, item="term", items=terms)
        assert pictures.rates(used, colours=colours) is None
        assert pictures.places(found, articles, term="turnip", colours=colours) is None
        assert claims.most_used(used) in ("No word was asked for", "“turnip” does not occur")
    assert claims.neighbours(collocates(articles, "turnip"), node="turnip").startswith("No word")


def test_the_closer_look_is_at_those_who_differ_most(articles: pd.DataFrame) -> None:
    third = articles[articles["outlet"] == "Lakeside Herald"].assign(outlet="Marrow Post")
    three = pd.concat([articles, third.assign(article_id="m" + third["article_id"])])
    table = similarity.similarity(three, resamples=50)
    assert "Tarsk Today" in two_groups(table, three)
    assert two_groups(table, three)[0] in claims.alike(table)
    assert two_groups(pd.DataFrame(), third) == ("Marrow Post", "")


def test_the_period_is_the_shortest_in_which_articles_can_be_compared() -> None:
    days = pd.date_range("2024-01-01", "2024-12-31")
    daily = pd.DataFrame({"outlet": "Tarsk Today", "published": days})
    assert period(daily) == "month"
    assert period(pd.concat([daily] * 3)) == "week"
    assert period(daily, "day") == "day"
    assert period(daily.assign(published=pd.NaT)) == "week"
    assert period(daily.iloc[::30].head(5)) == "week"


def test_counts_add_up_over_shards_and_order(articles: pd.DataFrame) -> None:
    whole = frequencies(articles, by=None).set_index("form")["n"]
    shards = [frequencies(articles.iloc[at::3], by=None).set_index("form")["n"] for at in range(3)]
    added = pd.concat(shards).groupby(level=0).sum()
    assert added.sort_index().to_dict() == whole.sort_index().to_dict()
    groups = frequencies(articles).groupby("form")["n"].sum()
    assert groups.sort_index().to_dict() == whole.sort_index().to_dict()


def test_measures_do_not_depend_on_the_order_of_articles(articles: pd.DataFrame) -> None:
    mixed = articles.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(
        similarity.similarity(articles, resamples=20), similarity.similarity(mixed, resamples=20)
    )
    pd.testing.assert_frame_equal(dispersion(articles), dispersion(mixed))
    pd.testing.assert_frame_equal(trend.trend(articles, ["war"]), trend.trend(mixed, ["war"]))
    pd.testing.assert_frame_equal(collocates(articles, "the"), collocates(mixed, "the"))
    pd.testing.assert_frame_equal(compare_collocates(articles, "the"), compare_collocates(mixed, "the"))


def test_texts_without_a_word_give_missing_numbers_that_say_so() -> None:
    silent = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["East", "West"], "body": ["", "…"]})
    assert count(silent).matrix.sum() == 0
    assert frequencies(silent).empty
    for table in (diversity(silent), readability(silent)):
        rows = table.select_dtypes("number").isna().any(axis=1)
        assert rows.all()
        assert table["unstable"].eq("no words: nothing to measure").all()
    mean = averages(diversity(silent), value=["mtld", "mattr"])
    assert not mean["enough"].any()
    assert mean["n"].eq(0).all()
    assert "nothing to count" in claims.longest(mean, what="words")
    used = rates(concordance.term_hits(silent, ["war"]), silent, item="term", items=["war"])
    assert not used["enough"].any()


def test_a_trend_breaks_its_line_where_a_period_is_missing(articles: pd.DataFrame) -> None:
    from analysis.figures import trend as drawn

    colours = outlet_colours(articles["outlet"])
    table = trend.trend(articles, ["war"], resamples=50)
    third = sorted(table["period"].unique())[2]
    for rates_over_time, runs in ((table, 2), (table[table["period"] != third], 4)):
        panels = drawn.trend(rates_over_time, colours=colours).get_axes()
        assert sum(line.get_linestyle() == "-" for axes in panels for line in axes.get_lines()) == runs
    assert not drawn.is_sparse(table)
    rare = pd.to_datetime(["2013-01-07", "2013-01-14", "2016-05-02", "2020-02-03"])
    scattered = table.head(4).assign(period=rare)
    assert drawn.is_sparse(scattered)
    assert len(drawn.trend(scattered, colours=colours, across=2).get_axes()) == 1
