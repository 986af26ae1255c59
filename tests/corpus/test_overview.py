"""What the head of a report says of the sizes of a corpus."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis import Corpus
from analysis.corpus import overview
from analysis.schemas import conform


def made(outlets: dict[str, int]) -> Corpus:
    names = [name for name, count in outlets.items() for _ in range(count)]
    articles = pd.DataFrame({"article_id": [f"a{n}" for n in range(len(names))], "outlet": names})
    articles = articles.assign(published=pd.Timestamp("2024-08-19"), published_conflict="", kind="original")
    return Corpus(articles, pd.DataFrame(), layers={"duplicates": conform([], "duplicates")})


@pytest.mark.parametrize(
    ("outlets", "said"),
    [
        ({"Hill Post": 3, "Quay Star": 4}, "Each outlet has three articles or more"),
        ({"Quay Star": 3}, "The outlet has three articles or more"),
        ({"Hill Post": 2, "Quay Star": 3}, "Too few to compare: Hill Post (2)."),
        ({"Hill Post": 2, "Quay Star": 1}, "no outlet has three articles (the most is two articles)"),
        ({"unknown": 5}, "no article names its outlet"),
    ],
)
def test_an_outlet_is_compared_from_the_least_number_of_articles_on(
    outlets: dict[str, int], said: str
) -> None:
    assert said in overview.limits(made(outlets), minimum=3)[0]


def test_what_does_not_occur_is_not_spoken_of_and_what_does_is_counted() -> None:
    plain = made({"Quay Star": 3})
    assert len(overview.limits(plain, minimum=3)) == 2
    odd = made({"Quay Star": 3, "unknown": 1})
    odd.articles.loc[0, "published"] = pd.NaT
    odd.articles.loc[1, "published_conflict"] = "the stamp is later"
    odd.articles.loc[2, "kind"] = "rewritten"
    told = " ".join(overview.limits(odd, minimum=3))
    assert "One article of 4 could not be dated." in told
    assert "One article carries a date that the text contradicts" in told
    assert "One article is rewritten by machine" in told
    assert "One article does not name an outlet" in told
