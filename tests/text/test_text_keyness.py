from __future__ import annotations

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import MeasureError
from analysis.text import association
from analysis.text.counts import count
from analysis.text.frequencies import frequencies
from analysis.text.keyness import MEASURES, keyness

COUNT = st.integers(0, 200)


@given(COUNT, COUNT, st.integers(200, 5000), st.integers(200, 5000))
@settings(max_examples=100)
def test_association_is_symmetric_and_signed(a: int, b: int, n1: int, n2: int) -> None:
    for measure in (association.log_likelihood, association.chi_squared):
        there, back = float(measure(a, b, n1, n2)), float(measure(b, a, n2, n1))
        assert abs(there) == pytest.approx(abs(back), abs=1e-9)
        if a / n1 > b / n2 * (1 + 1e-9):
            assert there >= 0
        if a / n1 < b / n2 * (1 - 1e-9):
            assert there <= 0
        assert np.isfinite(there)
    assert float(association.log_ratio(a, b, n1, n2)) == pytest.approx(
        -float(association.log_ratio(b, a, n2, n1))
    )
    sure, plain = (
        float(f(a, b, n1, n2)) for f in (association.conservative_log_ratio, association.log_ratio)
    )
    assert abs(sure) <= abs(plain) + 1e-9 or min(a, b) == 0


def test_impossible_tables_are_refused() -> None:
    with pytest.raises(MeasureError, match="more often than there are tokens"):
        association.log_likelihood(5, 0, 3, 10)
    with pytest.raises(MeasureError, match="2 or 4"):
        association.log_likelihood(1, 0, 3, 10, cells=3)


def test_keyness_finds_the_words_of_each_outlet(articles: pd.DataFrame) -> None:
    table = keyness(articles, measures=tuple(MEASURES))
    east = table[table["group"] == "Tarsk Today"].reset_index(drop=True)
    assert "operation" in east["form"].head(6).to_list()
    assert east["certain"].is_monotonic_decreasing
    assert ((table["low"] <= table["log_ratio"] + 1e-9) & (table["log_ratio"] <= table["high"] + 1e-9)).all()
    numbers = table.select_dtypes("number")
    assert not numbers.drop(columns=["odds_ratio", "percent_difference"]).isna().any().any()


def test_two_groups_mirror_each_other(articles: pd.DataFrame) -> None:
    one = keyness(articles, target="Tarsk Today", reference="Lakeside Herald").set_index("form")
    two = (
        keyness(articles, target="Lakeside Herald", reference="Tarsk Today").set_index("form").loc[one.index]
    )
    assert np.allclose(one["log_ratio"], -two["log_ratio"])
    assert np.allclose(one["low"], -two["high"], atol=1e-5)
    assert np.allclose(one["z"], -two["z"])
    assert np.allclose(one["p"], two["p"], atol=1e-6)


def test_keyness_does_not_depend_on_order_or_container(articles: pd.DataFrame) -> None:
    mixed = pl.from_pandas(articles.sample(frac=1, random_state=5)).lazy()
    pd.testing.assert_frame_equal(keyness(articles), keyness(mixed))


def test_one_long_article_does_not_lead_the_table(articles: pd.DataFrame) -> None:
    long = articles.copy()
    at = long.index[long["outlet"] == "Tarsk Today"][0]
    long.loc[at, "body"] = long.loc[at, "body"] + " turnip" * 200
    long.loc[long.index[1:4], "body"] = long.loc[long.index[1:4], "body"] + " turnip"
    table = keyness(long, target="Tarsk Today").set_index("form")
    assert table["log_likelihood"].idxmax() == "turnip"
    assert table.loc["turnip", "certain"] == 0
    assert table.index.get_loc("turnip") > 5


def test_an_external_list_can_be_the_reference(articles: pd.DataFrame) -> None:
    listed = pd.DataFrame({"form": ["the", "said", "never"], "n": [500, 20, 40]})
    table = keyness(articles, target="Tarsk Today", reference=listed).set_index("form")
    assert table["against"].eq("the list").all()
    assert table.loc["operation", "log_ratio"] > 0
    assert table["documents_against"].isna().all()
    assert table.loc["the", "n_against"] == 500
    own = keyness(
        articles, target="Tarsk Today", reference=frequencies(articles, by=None)[["form", "n", "documents"]]
    )
    assert own["dispersion_keyness"].notna().all()


def test_small_corpora_give_an_answer_or_an_error(articles: pd.DataFrame) -> None:
    two = articles.iloc[:2]
    table = keyness(two, minimum_documents=1)
    assert not table["enough"].any()
    assert np.isfinite(table[["low", "high", "log_ratio", "p"]].to_numpy()).all()
    with pytest.raises(MeasureError, match="target and a reference"):
        keyness(two.head(1))
    with pytest.raises(MeasureError, match="did you mean 'Tarsk Today'"):
        keyness(articles, target="Tarsk Todya")
    with pytest.raises(MeasureError, match="no measure"):
        keyness(articles, measures=("loglik",))
    silent = pd.concat([two, two.head(1).assign(article_id="zz", outlet="Mute", body="")])
    assert "Mute" not in set(keyness(silent, minimum_documents=1)["group"])
    with pytest.raises(MeasureError, match="no tokens"):
        keyness(silent, target="Mute", minimum_documents=1)
    assert keyness(two, minimum_documents=99).empty


def test_frequencies_rank_and_share(articles: pd.DataFrame) -> None:
    counts = count(articles)
    table = frequencies(counts)
    assert table.groupby("group")["n"].sum().to_dict() == {
        group: int(counts.of(group).sum()) for group in counts.groups
    }
    east = table[table["group"] == "Tarsk Today"]
    assert east["rank"].iloc[0] == 1
    assert (east["documents"] <= 20).all()
    assert not frequencies(counts, without_function_words=True)["form"].isin(["the", "of"]).any()
