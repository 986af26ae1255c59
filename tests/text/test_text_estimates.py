from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse, stats

from analysis.errors import MeasureError
from analysis.schemas import table
from analysis.text.averages import averages
from analysis.text.estimates import differences, rates, shares
from analysis.text.intervals import bca_limits, benjamini_hochberg, wilson
from analysis.text.resampling import ratio_draws


@pytest.fixture
def corpus() -> tuple[pd.DataFrame, pd.DataFrame]:
    rng = np.random.default_rng(7)
    articles = pd.DataFrame(
        {
            "article_id": [f"a{i:03}" for i in range(60)],
            "outlet": ["East", "West", "North"] * 20,
            "n_words": rng.integers(100, 900, 60),
        }
    )
    drawn = rng.choice(articles["article_id"], 400)
    west = pd.Series(drawn).map(dict(zip(articles["article_id"], articles["outlet"], strict=True))) == "West"
    label = np.where(rng.random(400) < np.where(west, 0.8, 0.3), "war", "operation")
    return pd.DataFrame({"article_id": drawn, "label": label}), articles


def test_shares_have_the_declared_columns_and_every_cell(corpus: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    rows, articles = corpus
    result = shares(rows, articles, item="label")
    assert list(result.columns) == [*table("estimates").schema, "n_articles"]
    assert len(result) == 3 * 2
    assert (result["low"] <= result["share"]).all()
    assert (result["share"] <= result["high"]).all()
    assert result.groupby("group")["share"].sum().round(12).eq(1).all()
    assert result.groupby("group")["k"].sum().eq(result.groupby("group")["n"].first()).all()


def test_estimates_do_not_depend_on_order_or_on_other_groups(
    corpus: tuple[pd.DataFrame, pd.DataFrame],
) -> None:
    rows, articles = corpus
    whole = shares(rows, articles, item="label")
    mixed = shares(rows.sample(frac=1, random_state=1), articles.sample(frac=1, random_state=2), item="label")
    pd.testing.assert_frame_equal(whole, mixed)
    alone = shares(rows, articles[articles["outlet"] == "West"], item="label")
    west = whole[whole["group"] == "West"].sort_values("item").reset_index(drop=True)
    pd.testing.assert_frame_equal(alone.sort_values("item").reset_index(drop=True), west)


def test_one_row_an_article_is_close_to_wilson() -> None:
    articles = pd.DataFrame({"article_id": [f"{i:03}" for i in range(80)], "outlet": "East"})
    rows = articles.assign(label=["war"] * 24 + ["peace"] * 56)
    by_rows = shares(rows, articles, item="label").set_index("item").loc["war"]
    by_articles = shares(rows, articles, item="label", unit="articles").set_index("item").loc["war"]
    low, high = wilson(24, 80)
    assert by_articles["low"] == pytest.approx(float(low))
    assert by_rows["low"] == pytest.approx(float(low), abs=0.02)
    assert by_rows["high"] == pytest.approx(float(high), abs=0.02)


def test_clustered_rows_widen_the_interval() -> None:
    articles = pd.DataFrame({"article_id": [f"{i:03}" for i in range(40)], "outlet": "East"})
    together = pd.DataFrame(
        {"article_id": np.repeat(articles["article_id"], 10), "label": np.repeat(["war", "peace"] * 20, 10)}
    )
    low, high = wilson(200, 400)
    found = shares(together, articles, item="label").iloc[0]
    assert found["high"] - found["low"] > 2 * (float(high) - float(low))


def test_an_item_of_two_articles_is_known_as_well_as_two_articles_tell() -> None:
    articles = pd.DataFrame({"article_id": [f"{i:03}" for i in range(60)], "outlet": "East"})
    labels = [["war"] * 3 + ["peace"] * 2] * 2 + [["peace"] * 5] * 58
    rows = pd.DataFrame(
        {
            "article_id": np.repeat(articles["article_id"], 5),
            "label": [each for here in labels for each in here],
        }
    )
    score, percentile = (
        shares(rows, articles, item="label", interval=name) for name in ("score", "percentile")
    )
    war = [table.set_index("item").loc["war"] for table in (score, percentile)]
    assert war[0]["low"] > 0 == war[1]["low"]
    assert war[0]["high"] > war[1]["high"]
    mirrored = score.set_index("item").loc["peace"]
    assert mirrored["low"] == pytest.approx(1 - war[0]["high"])


def test_nought_of_forty_is_not_nought_to_nought() -> None:
    articles = pd.DataFrame(
        {"article_id": [f"{i:03}" for i in range(40)], "outlet": ["East", "West"] * 20, "n_words": 500}
    )
    rows = pd.DataFrame({"article_id": articles["article_id"], "label": ["war", "peace"] * 20})
    found = shares(rows, articles, item="label").set_index(["group", "item"]).loc[("East", "peace")]
    assert (found["k"], found["low"]) == (0, 0.0)
    assert 0.05 < found["high"] < 0.3
    rate = rates(rows, articles, item="label").set_index(["group", "item"]).loc[("East", "peace")]
    assert rate["low"] == 0
    assert rate["high"] > 0


def test_items_asked_for_are_shown_though_they_never_occur() -> None:
    articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": "East"})
    rows = pd.DataFrame({"article_id": ["a", "b"], "label": ["war", ""]})
    found = shares(rows, articles, item="label", items=["war", "peace"])
    assert found[["item", "k", "n"]].to_numpy().tolist() == [["war", 1, 2], ["peace", 0, 2]]


def test_groups_without_rows_and_articles_without_group() -> None:
    articles = pd.DataFrame({"article_id": ["a", "b", "c"], "outlet": ["East", "West", None]})
    rows = pd.DataFrame({"article_id": ["a", "x"], "label": ["war", "war"]})
    found = shares(rows, articles, item="label").set_index("group")
    assert found.index.tolist() == ["East", "West", "unknown"]
    assert found.loc["West", "n"] == 0
    assert np.isnan(found.loc["West", "share"])
    assert not found["enough"].any()
    assert found.loc["East", "high"] == 1


def test_enough_needs_the_minimum_of_articles() -> None:
    articles = pd.DataFrame(
        {"article_id": [f"{i:02}" for i in range(19)], "outlet": ["East"] * 10 + ["West"] * 9}
    )
    rows = articles.assign(label="war")
    assert shares(rows, articles, item="label").set_index("group")["enough"].to_dict() == {
        "East": True,
        "West": False,
    }
    assert shares(rows, articles, item="label", minimum=9)["enough"].all()


def test_differences_turn_their_sign_and_find_the_planted_one(
    corpus: tuple[pd.DataFrame, pd.DataFrame],
) -> None:
    rows, articles = corpus
    one = differences(rows, articles, item="label", groups=[("West", "East")]).set_index("item").loc["war"]
    two = differences(rows, articles, item="label", groups=[("East", "West")]).set_index("item").loc["war"]
    assert one["difference"] == pytest.approx(-two["difference"])
    assert one["low"] == pytest.approx(-two["high"])
    assert one["clear"]
    assert one["low"] > 0.2
    same = differences(rows, articles, item="label", groups=[("North", "East")]).set_index("item").loc["war"]
    assert not same["clear"]
    assert len(differences(rows, articles, item="label")) == 3 * 2


def test_differences_of_articles_match_newcombes_paper() -> None:
    # Newcombe 1998, method 10: 56/70 against 48/80 gives 0.0524 to 0.3339
    articles = pd.DataFrame(
        {"article_id": [f"{i:03}" for i in range(150)], "outlet": ["A"] * 70 + ["B"] * 80}
    )
    having = [*range(56), *range(70, 118)]
    rows = articles.iloc[having].assign(label="war")
    found = differences(rows, articles, item="label", unit="articles").iloc[0]
    assert (round(found["low"], 4), round(found["high"], 4)) == (0.0524, 0.3339)


def test_averages_of_means_and_medians() -> None:
    rng = np.random.default_rng(2)
    rows = pd.DataFrame(
        {"article_id": [f"{i:03}" for i in range(60)], "group": "East", "score": rng.normal(50, 10, 60)}
    )
    mean = averages(rows, value="score").iloc[0]
    half = stats.t.ppf(0.975, 59) * rows["score"].std() / np.sqrt(60)
    assert mean["high"] - mean["low"] == pytest.approx(2 * half, rel=0.1)
    median = averages(rows, value="score", statistic="median").iloc[0]
    assert median["low"] < rows["score"].median() < median["high"]
    single = averages(rows.head(1), value="score").iloc[0]
    assert np.isnan(single["low"])
    assert not single["enough"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"item": "lable"}, "did you mean 'label'"),
        ({"by": "outlets"}, "did you mean 'outlet'"),
        ({"unit": "article"}, "did you mean 'articles'"),
    ],
)
def test_mistakes_are_named(
    corpus: tuple[pd.DataFrame, pd.DataFrame], change: dict[str, str], message: str
) -> None:
    with pytest.raises(MeasureError, match=message):
        shares(*corpus, **({"item": "label"} | change))  # type: ignore[arg-type]


def test_unknown_groups_and_doubled_articles_are_refused(corpus: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    rows, articles = corpus
    with pytest.raises(MeasureError, match="did you mean 'West'"):
        differences(rows, articles, item="label", groups=[("Wets", "East")])
    with pytest.raises(MeasureError, match="occurs twice"):
        shares(rows, pd.concat([articles, articles]), item="label")
    with pytest.raises(MeasureError, match="needs two groups"):
        differences(rows, articles[articles["outlet"] == "East"], item="label")


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
@settings(max_examples=50)
def test_adjusted_p_values_keep_their_order(values: list[float]) -> None:
    q = benjamini_hochberg(values)
    assert (q >= np.asarray(values) - 1e-12).all()
    assert (q <= 1).all()
    order = np.argsort(values, kind="stable")
    assert (np.diff(q[order]) >= -1e-12).all()
    assert stats.false_discovery_control(values) == pytest.approx(q)


@pytest.mark.parametrize("share", [0.1, 0.4])
def test_coverage_is_near_nominal(share: float) -> None:
    """A short form of benchmarks/coverage.py: 250 corpora of 25 articles of uneven length."""
    rng = np.random.default_rng(11)
    hits, draws = 0, 250
    articles = pd.DataFrame({"article_id": [f"{i:03}" for i in range(25)], "outlet": "East"})
    for _ in range(draws):
        sizes = 1 + rng.negative_binomial(1, 0.1, 25)
        words = rng.binomial(sizes, rng.beta(share * 9, (1 - share) * 9, 25))
        ids = np.repeat(articles["article_id"].to_numpy(), sizes)
        label = np.concatenate([np.arange(n) < k for n, k in zip(sizes, words, strict=True)])
        found = shares(
            pd.DataFrame({"article_id": ids, "label": np.where(label, "war", "peace")}),
            articles,
            item="label",
            items=["war"],
            resamples=300,
        ).iloc[0]
        hits += found["low"] <= share <= found["high"]
    assert 0.9 <= hits / draws <= 0.995


def test_the_bca_interval_is_that_of_scipy() -> None:
    rng = np.random.default_rng(3)
    sizes = 1.0 + rng.negative_binomial(1, 0.1, 60)
    counts = rng.binomial(sizes.astype(int), rng.beta(0.6, 2.4, 60)).astype(float)
    table = sparse.csr_array(counts[:, None])
    draws = ratio_draws(table, sizes, resamples=999, rng=np.random.default_rng(4))

    def share(k: np.ndarray, n: np.ndarray, axis: int = -1) -> np.ndarray:
        return k.sum(axis=axis) / n.sum(axis=axis)

    given = SimpleNamespace(bootstrap_distribution=draws[:, 0])
    found = stats.bootstrap(
        (counts, sizes), share, paired=True, method="BCa", n_resamples=0, bootstrap_result=given
    )
    without = (counts.sum() - counts) / (sizes.sum() - sizes)
    low, high = bca_limits(draws, [share(counts, sizes)], without[:, None])
    assert low[0] == pytest.approx(found.confidence_interval.low, abs=1e-12)
    assert high[0] == pytest.approx(found.confidence_interval.high, abs=1e-12)


def test_the_bca_interval_is_offered_beside_the_percentile(
    corpus: tuple[pd.DataFrame, pd.DataFrame],
) -> None:
    rows, articles = corpus
    for measure in (shares, rates, differences):
        plain, moved = (
            measure(rows, articles, item="label", interval=name) for name in ("percentile", "bca")
        )
        assert not plain["low"].equals(moved["low"])
        assert np.allclose(plain["low"], moved["low"], atol=0.15 * abs(plain["share"]).max())
    lengths = articles.rename(columns={"outlet": "group"})
    for statistic in ("mean", "median"):
        found = averages(lengths, value="n_words", statistic=statistic, interval="bca")
        assert found["value"].between(found["low"], found["high"]).all()
    with pytest.raises(MeasureError, match="did you mean 'bca'"):
        shares(rows, articles, item="label", interval="bcaa")


def test_the_bca_interval_is_missing_where_nothing_moves() -> None:
    low, high = bca_limits(np.zeros((50, 1)), [0.0], np.zeros((5, 1)))
    assert np.isnan([low[0], high[0]]).all()
    articles = pd.DataFrame({"article_id": ["a"], "outlet": "East"})
    found = shares(articles.assign(label="war"), articles, item="label", interval="bca").iloc[0]
    assert found["low"] < found["high"] == 1
