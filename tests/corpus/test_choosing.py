"""Which articles `Corpus.select` takes: by outlet, kind, day, and whatever a function says."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.corpus.choosing import chosen
from analysis.errors import ReadingError


@pytest.fixture
def articles() -> pd.DataFrame:
    """A day that is known, a week that is known, and a day that is not."""
    return pd.DataFrame(
        {
            "outlet": ["Hill Post", "Quay Star", "Quay Star"],
            "kind": ["original", "wire", "original"],
            "published": pd.to_datetime(["2024-08-19", "2024-08-20", None]),
            "published_until": pd.to_datetime([None, "2024-08-26", None]),
        }
    )


def test_an_article_of_a_week_is_in_a_period_only_with_all_of_it(articles: pd.DataFrame) -> None:
    assert chosen(articles, until="2024-08-26").tolist() == [True, True, False]
    assert chosen(articles, until="2024-08-25").tolist() == [True, False, False]
    assert chosen(articles, since="2024-08-20").tolist() == [False, True, False]
    assert chosen(articles, since="2024-08-21").tolist() == [False, False, False]


def test_choices_are_joined_and_a_name_may_stand_alone(articles: pd.DataFrame) -> None:
    assert chosen(articles, outlets="Quay Star", kinds=["original"]).tolist() == [False, False, True]
    undated = chosen(articles, where=lambda rows: rows["published"].isna())
    assert undated.tolist() == [False, False, True]
    assert chosen(articles).all()


def test_a_name_that_does_not_occur_is_answered_with_the_nearest(articles: pd.DataFrame) -> None:
    with pytest.raises(ReadingError, match="no article has outlet 'Hil Post'; did you mean 'Hill Post'"):
        chosen(articles, outlets="Hil Post")
    with pytest.raises(ReadingError, match="no article has kind 'wired'; did you mean 'wire'"):
        chosen(articles, kinds="wired")
    with pytest.raises(ReadingError, match="since='soon' is not a day"):
        chosen(articles, since="soon")
