import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.corpus.copies import copies
from analysis.corpus.duplicates import groups, near
from analysis.corpus.shingles import shingles
from analysis.errors import MeasureError

WIRE = (
    "A cargo train left the rails near the port of Lysenk on Tuesday, the railway said, after heavy rain had washed away "
    "part of the embankment. No one was hurt. Repairs would take at least three days, and grain shipments would be sent "
    "by road until then. The operator had warned last month that the slope was unsafe. "
)
LOCAL = (
    "Residents of the harbour district spent a second night in schools because the river has not fallen yet. "
    "The fire brigade pumped out cellars, and the mayor asked people not to go back before the weekend. "
)


def _frame(**bodies):
    return pd.DataFrame({"article_id": list(bodies), "body": list(bodies.values())})


def test_copies_are_found_under_other_punctuation():
    found = near(_frame(a=WIRE, b=WIRE.upper().replace(",", ""), c=LOCAL))
    assert found.select("left", "right", "jaccard").rows() == [("a", "b", 1.0)]


def test_a_shortened_and_framed_copy_is_near_and_largely_contained():
    articles = _frame(a=WIRE, b="By our own staff. " + WIRE[:250] + " More follows.", c=LOCAL)
    pairs = near(articles)
    assert pairs.select("left", "right").rows() == [("a", "b")]
    assert 0.25 < pairs["jaccard"][0] < 1
    assert pairs["contained"][0] > pairs["jaccard"][0]


def test_the_same_resemblance_as_sets_would_give():
    articles = _frame(a=WIRE, b=WIRE[:200] + LOCAL)
    one, two = (set(shingles([body], 5)[1].tolist()) for body in articles["body"])
    expected = len(one & two) / len(one | two)
    assert near(articles, threshold=0.01)["jaccard"].to_list() == [pytest.approx(expected)]


def test_pairs_become_groups_and_the_order_of_articles_does_not_matter():
    articles = _frame(c=WIRE, a=WIRE + " It rained.", b=WIRE + " It rained. It poured.", x=LOCAL)
    first, second = near(articles), near(articles.iloc[::-1])
    assert first.equals(second)
    assert groups(first).rows() == [("a", "a"), ("a", "b"), ("a", "c")]
    assert (
        groups(pl.DataFrame({"left": [], "right": []}, schema={"left": pl.String, "right": pl.String})).height
        == 0
    )


def test_the_earliest_of_a_cluster_is_one_whose_day_is_known():
    articles = _frame(a=WIRE, b=WIRE + " It rained.", c=WIRE + " It rained. It poured.", x=LOCAL)
    articles = pl.from_pandas(articles.assign(published=[None, "2024-08-20", "2024-08-19", None]))
    found = copies(articles).sort("article_id")
    assert found["article_id"].to_list() == ["a", "b", "c"]
    assert found["earliest"].to_list() == [False, False, True]
    assert found["like"].to_list() == ["b", "c", None]  # of the earlier ones, the closest


def test_what_an_outlet_prints_beside_every_article_makes_no_copies():
    """A long list of other stories stands under articles of different weeks; the wire text is shared by two outlets."""
    rng = np.random.default_rng(8)
    words = np.array([f"w{number}" for number in range(3000)])
    menu = " ".join(rng.choice(words, 150))
    own = [" ".join(rng.choice(words, 120)) for _ in range(4)]
    articles = _frame(
        a=own[0] + " " + menu,
        b=own[1] + " " + menu,
        c=own[2] + " " + menu,
        d=own[2] + " It rained.",
        e=own[3],
    ).assign(
        outlet=["Orla Post", "Orla Post", "Orla Post", "Lysenk Courier", "Lysenk Courier"],
        published=["2024-01-01", "2024-02-10", "2024-03-20", "2024-03-20", None],
    )
    assert near(articles.drop(columns="outlet")).height > 1
    assert near(articles).select("left", "right").rows() == [("c", "d")]
    daily = articles.iloc[[0, 0, 0]].assign(
        article_id=["a", "b", "c"], published=["2024-01-01", "2024-02-01", "2024-03-01"]
    )
    assert near(daily).height == 3  # one article collected three times is not its own furniture


def test_empty_and_single_articles_make_no_pair():
    assert near(_frame(a="", b="")).height == 0
    assert near(_frame(a=WIRE)).height == 0
    assert near(_frame(a="one two", b="one two")).height == 1


def test_thresholds_are_checked():
    with pytest.raises(MeasureError, match="threshold=0"):
        near(_frame(a=WIRE), threshold=0)
    with pytest.raises(MeasureError, match="size=0"):
        near(_frame(a=WIRE), size=0)


@given(st.lists(st.sampled_from(["town", "river", "train", "rain", "said"]), min_size=0, max_size=30))
def test_shingles_are_equal_where_the_runs_are(words):
    runs = [tuple(words[i : i + 5]) for i in range(max(1, len(words) - 4))] if words else []
    owners, found = shingles(["", " ".join(words)], 5)
    assert owners.tolist() == [1] * len(runs)
    assert len(dict(zip(found.tolist(), runs, strict=True))) == len(set(runs))
    assert len(set(zip(found.tolist(), runs, strict=True))) == len(set(runs))


def test_long_copies_are_found_by_their_sample_among_many_articles():
    """Words at random share no run of five; a copy of two fifths does."""
    rng = np.random.default_rng(3)
    words = np.array([f"w{number}" for number in range(4000)])
    texts = {f"a{i:03d}": " ".join(rng.choice(words, 700)) for i in range(60)}
    copies = {f"b{key[1:]}": " ".join(text.split()[: 300 + 5 * int(key[1:])]) for key, text in texts.items()}
    pairs = near(_frame(**texts, **copies)).sort("left")
    assert pairs.select("left", "right").rows() == [(f"a{i:03d}", f"b{i:03d}") for i in range(60)]
    one, two = (set(shingles([body], 5)[1].tolist()) for body in (texts["a000"], copies["b000"]))
    assert pairs["jaccard"][0] == pytest.approx(len(one & two) / len(one | two))
