from __future__ import annotations

import math

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis.errors import MeasureError
from analysis.text.agreement import agreement
from analysis.text.collocation import collocates, collocations, compare_collocates
from analysis.text.counts import count
from analysis.text.dispersion import average_reduced_frequency, dispersion
from analysis.text.diversity import diversity, lexical_diversity
from analysis.text.readability import readability
from analysis.text.similarity import similarity, word_shift

WORDS = st.lists(st.sampled_from([f"w{i}" for i in range(40)]), min_size=60, max_size=260)


def factors(tokens: list[str]) -> float:
    types: set[str] = set()
    found, size = 0.0, 0
    for token in tokens:
        size += 1
        types.add(token)
        if len(types) <= 0.72 * size:
            found, size, types = found + 1, 0, set()
    return found + ((1 - len(types) / size) / 0.28 if size else 0)


@given(WORDS)
@settings(max_examples=40, deadline=None)
def test_diversity_agrees_with_the_plain_definitions(tokens: list[str]) -> None:
    found = lexical_diversity(tokens)
    n = len(tokens)
    expected = (n / factors(tokens) + n / factors(tokens[::-1])) / 2
    assert found["mtld"] == pytest.approx(expected)
    windows = [len(set(tokens[i : i + 50])) / 50 for i in range(n - 49)]
    assert found["mattr"] == pytest.approx(np.mean(windows))
    segments = [len(set(tokens[i : i + 50])) / 50 for i in range(0, n - 49, 50)]
    assert found["msttr"] == pytest.approx(np.mean(segments))
    present = [1 - stats.hypergeom(n, tokens.count(word), 42).pmf(0) for word in set(tokens)]
    assert found["hdd"] == pytest.approx(sum(present) / 42)


def test_formulas_are_unstable_under_a_hundred_words_and_smog_under_thirty_sentences() -> None:
    bodies = [
        "Rain fell again. " * 33,
        "Rain fell again. " * 34,
        "Rain fell on the old town and the quay. " * 29,
    ]
    frame = pd.DataFrame({"article_id": list("abc"), "outlet": "East", "body": bodies})
    table = readability(frame)
    assert table["n_words"].tolist() == [99, 102, 261]
    assert table["unstable"].tolist() == ["all: under 100 words", "", "smog: under 30 sentences"]


def test_short_articles_say_what_is_unstable(articles: pd.DataFrame) -> None:
    table = diversity(pd.concat([articles, articles.head(1).assign(article_id="zz", body="")]))
    empty = table.set_index("article_id").loc["zz"]
    assert empty["n_tokens"] == 0
    assert empty["unstable"] == "no words: nothing to measure"
    missing = table[["mtld", "mattr", "hdd"]].isna().any(axis=1)
    assert table.loc[missing, "unstable"].str.len().gt(0).all()
    alone = diversity(articles.iloc[[5]]).iloc[0]
    together = table.set_index("article_id").loc[alone["article_id"]]
    pd.testing.assert_series_equal(
        alone.drop("article_id"), together[alone.drop("article_id").index], check_names=False
    )


def test_readability_of_articles(articles: pd.DataFrame) -> None:
    table = readability(articles)
    assert table["article_id"].tolist() == articles["article_id"].tolist()
    assert table["words_per_sentence"].between(4, 30).all()
    empty = readability(articles.head(1).assign(body="…")).iloc[0]
    assert math.isnan(empty["flesch"])
    assert "no words" in empty["unstable"]
    given_spans = pd.DataFrame({"article_id": articles["article_id"].iloc[:1], "start": 0, "end": 10})
    assert readability(articles.head(1), sentences=given_spans)["n_sentences"].iloc[0] == 1


def test_dispersion_knows_even_from_clustered() -> None:
    frame = pd.DataFrame(
        {
            "article_id": list("abcd"),
            "outlet": "East",
            "body": ["even x x x clump clump clump clump"] + ["even x x x y y y y"] * 3,
        }
    )
    table = dispersion(frame, minimum=1).set_index("form")
    assert table.loc["even", "dp"] == pytest.approx(0)
    assert table.loc["clump", "dp_norm"] == pytest.approx(1)
    assert table.loc["even", "juilland_d"] == pytest.approx(1)
    assert table.loc["clump", ["range", "range_share"]].tolist() == [1, 0.25]
    single = dispersion(frame.head(1), minimum=1)
    assert single["dp"].eq(0).all()
    assert single["juilland_d"].isna().all()
    reduced = average_reduced_frequency(frame, ["even", "clump", "turnip"]).set_index("form")["arf"]
    assert reduced["even"] == pytest.approx(4)
    assert 1 <= reduced["clump"] < 2
    assert reduced["turnip"] == 0


def test_collocates_count_each_token_once_and_not_the_node() -> None:
    body = "The full war and war. War ended; full stop\nFar war"
    frame = pd.DataFrame({"article_id": ["a"], "outlet": ["East"], "body": [body]})
    table = collocates(frame, "war", window=2, minimum=1, minimum_documents=1).set_index("form")
    assert "war" not in table.index
    assert table.loc["full", ["n", "n_total"]].tolist() == [2, 2]
    assert table.loc["far", "n"] == 1
    assert "stop" not in table.index
    assert table.attrs["hits"] == 4
    by_sentence = collocates(frame, "war", unit="sentence", minimum=1, minimum_documents=1).set_index("form")
    assert by_sentence.loc["stop", "n"] == 1


def test_the_same_word_in_different_company(articles: pd.DataFrame) -> None:
    bodies = ["The dreadful war drags on here. " * 3, "The needless operation, a just war for them. " * 3]
    frame = articles.assign(body=[bodies[at % 2] for at in range(len(articles))])
    table = compare_collocates(frame, "war", target="Lakeside Herald")
    lead = table[table["group"] == "Lakeside Herald"].set_index("form")
    assert lead.loc["just", "log_ratio"] > 0
    assert lead.loc["dreadful", "log_ratio"] < 0
    with pytest.raises(MeasureError, match="comparison needs two"):
        compare_collocates(frame, "turnip")


def test_collocations_rank_fixed_pairs_first(articles: pd.DataFrame) -> None:
    table = collocations(articles)
    assert table.set_index("form").loc["marrow valley", "log_dice"] == table["log_dice"].max() == 14
    assert table["z"].is_monotonic_decreasing
    assert np.isfinite(table.select_dtypes("number").to_numpy()).all()


def test_word_shift_adds_up_to_the_divergence(articles: pd.DataFrame) -> None:
    counts = count(articles)
    shift = word_shift(counts, "Tarsk Today", "Lakeside Herald")
    assert shift["contribution"].sum() == pytest.approx(shift.attrs["divergence"])
    assert shift["part"].sum() == pytest.approx(1)
    assert (shift["contribution"] >= 0).all()
    table = similarity(counts, resamples=60).set_index("measure")
    assert table.loc["jensen_shannon", "value"] == pytest.approx(shift.attrs["divergence"])
    assert table["beyond_chance"].all()
    assert table.loc["cosine", "value"] < table.loc["cosine", "shuffled"]


def test_outlets_that_do_not_differ_are_not_beyond_chance(articles: pd.DataFrame) -> None:
    rng = np.random.default_rng(3)
    dealt = articles.assign(outlet=rng.permutation(articles["outlet"].to_numpy()))
    table = similarity(dealt, resamples=100)
    assert not table["beyond_chance"].all()
    pd.testing.assert_frame_equal(table, similarity(dealt.iloc[::-1], resamples=100))
    with pytest.raises(MeasureError, match="needs two groups"):
        similarity(articles[articles["outlet"] == "Tarsk Today"])


@pytest.mark.parametrize("metric", ["nominal", "interval"])
def test_agreement_matches_nltk(metric: str) -> None:
    from nltk.metrics.agreement import AnnotationTask
    from nltk.metrics.distance import binary_distance

    rng = np.random.default_rng(4)
    truth = rng.integers(1, 5, 60)
    rows = []
    for coder in "abc":
        wrong = rng.random(60) < 0.25
        codes = np.where(wrong, rng.integers(1, 5, 60), truth)
        rows += [(coder, unit, int(code)) for unit, code in enumerate(codes)]
    task = AnnotationTask(
        rows, distance=binary_distance if metric == "nominal" else lambda x, y: (x - y) ** 2
    )
    frame = pd.DataFrame(rows, columns=["coder", "unit", "code"])
    found = agreement(frame, metric=metric, resamples=100)
    assert found[found["measure"] == "alpha"]["value"].iloc[0] == pytest.approx(task.alpha())
    if metric == "nominal":
        kappas = [task.kappa_pairwise(*pair) for pair in (("a", "b"), ("a", "c"), ("b", "c"))]
        assert found[found["measure"] == "kappa"]["value"].tolist() == pytest.approx(kappas)
    assert ((found["low"] <= found["value"]) & (found["value"] <= found["high"])).all()


def test_alpha_of_krippendorffs_own_example() -> None:
    # Krippendorff 2011, Computing Krippendorff's alpha-reliability: four coders, twelve units, missing codes
    table = {
        "A": [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        "B": [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        "C": [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
        "D": [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    }
    rows = [(coder, unit, code) for coder, codes in table.items() for unit, code in enumerate(codes)]
    frame = pd.DataFrame(rows, columns=["coder", "unit", "code"])
    expected = {"nominal": 0.743, "ordinal": 0.815, "interval": 0.849, "ratio": 0.797}
    for metric, value in expected.items():
        found = agreement(frame, metric=metric, resamples=20).set_index("measure").loc["alpha", "value"]
        assert found == pytest.approx(value, abs=0.0006), metric


def test_units_of_one_article_are_no_independent_agreement() -> None:
    codes = pd.DataFrame(
        {
            "unit": [*range(60)] * 2,
            "article": [at // 6 for at in range(60)] * 2,
            "coder": ["a"] * 60 + ["b"] * 60,
            "code": ["x"] * 60 + ["x" if at // 6 % 3 else "y" for at in range(60)],
        }
    )
    plain, drawn = (
        agreement(codes, cluster=name, resamples=200).set_index("measure").loc["percent agreement"]
        for name in (None, "article")
    )
    assert plain["value"] == drawn["value"] == 0.6
    assert drawn["low"] < plain["low"] < plain["high"] < drawn["high"]


def test_agreement_says_why_it_is_not_defined() -> None:
    same = pd.DataFrame({"unit": [1, 2, 1, 2], "coder": list("aabb"), "code": "x"})
    found = agreement(same, resamples=20).set_index("measure")
    assert math.isnan(found.loc["alpha", "value"])
    assert "one code" in found.loc["alpha", "note"]
    assert found.loc["percent agreement", "value"] == 1
    with pytest.raises(MeasureError, match="coded unit 1 twice"):
        agreement(pd.concat([same, same]))
    with pytest.raises(MeasureError, match="two coders"):
        agreement(same[same["coder"] == "a"])


def test_pictures_of_words(articles: pd.DataFrame) -> None:
    from analysis.figures import Figure, outlet_colours, scatter, shift, strips
    from analysis.figures import keyness as keyness_picture
    from analysis.figures import trend as trend_picture
    from analysis.text.concordance import concordance
    from analysis.text.keyness import keyness
    from analysis.text.trend import trend

    colours = outlet_colours(articles["outlet"])
    counts = count(articles)
    table = keyness(counts, target="Tarsk Today", reference="Lakeside Herald")
    hostile = table.assign(form=[f"<b>$x_{at}$</b>" for at in range(len(table))])
    pictures = [
        lambda: keyness_picture.keyness(table, colours=colours),
        lambda: keyness_picture.keyness(hostile, colours=colours),
        lambda: scatter.scatter(hostile, colours=colours),
        lambda: shift.shift(
            word_shift(counts, "Tarsk Today", "Lakeside Herald"),
            target="Tarsk Today",
            reference="Lakeside Herald",
            colours=colours,
        ),
        lambda: strips.strips(concordance(articles, "the"), articles, colours=colours),
        lambda: trend_picture.trend(trend(articles, ["war", "operation"]), colours=colours),
    ]
    for draw in pictures:
        first, second = (
            Figure(
                draw(), alt="Words of two outlets, drawn for a test.", caption="Words of two outlets."
            ).html()
            for _ in range(2)
        )
        assert first == second
        assert "<b>$x" not in first
    for wrong in (
        lambda: keyness_picture.keyness(table.head(0), colours=colours),
        lambda: scatter.scatter(table.drop(columns="form"), colours=colours),
        lambda: strips.strips(pd.DataFrame({"article_id": [], "start": []}), articles, colours=colours),
    ):
        with pytest.raises(MeasureError):
            wrong()


def test_measures_take_lazy_frames(articles: pd.DataFrame) -> None:
    lazy = pl.from_pandas(articles).lazy()
    pd.testing.assert_frame_equal(diversity(lazy), diversity(articles))
    pd.testing.assert_frame_equal(readability(lazy), readability(articles))
    pd.testing.assert_frame_equal(collocates(lazy, "the"), collocates(articles, "the"))
    pd.testing.assert_frame_equal(dispersion(lazy), dispersion(articles))
