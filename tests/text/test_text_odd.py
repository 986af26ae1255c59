"""Odd corpora: no article, one, none with words, capitals, emoji, numbers. Every measure answers, or says what it lacks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.text import (
    averages,
    collocation,
    concordance,
    dispersion,
    diversity,
    estimates,
    frequencies,
    keyness,
    readability,
    similarity,
    trend,
)
from analysis.text.comparison import or_why

TEXT = "The war goes on. Officials said the talks had failed in Tarsk."
CORPORA: dict[str, list[str | None]] = {
    "empty": [],
    "one article": [TEXT],
    "no words": ["", "…", "— “”", None],
    "a group without words": [TEXT, "", TEXT, None],
    "capitals": [TEXT.upper()] * 4,
    "emoji": ["😀😀", "🔥", "👍🏽", "🕊️"],
    "numbers": ["1 2 3", "4,000 5.6", "1 2", "7"],
    "one word": ["war"] * 4,
}
FEW: dict[str, Any] = {"minimum_documents": 1, "resamples": 30}


def articles(bodies: list[str | None]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "article_id": [f"a{at}" for at in range(len(bodies))],
            "outlet": [("Tarsk Today", "Lakeside Herald")[at % 2] for at in range(len(bodies))],
            "published": pd.to_datetime(["2024-03-04"] * len(bodies)),
            "body": pd.Series(bodies, dtype=object),
        }
    )


def hits(frame: pd.DataFrame) -> pd.DataFrame:
    return concordance.term_hits(frame, ["war"])


# the measures, and the columns that may be missing where the row itself says why: n is 0, one article, too short
MEASURES: dict[str, tuple[Callable[[pd.DataFrame], pd.DataFrame], set[str]]] = {
    "frequencies": (lambda frame: frequencies.frequencies(frame), set()),
    "dispersion": (lambda frame: dispersion.dispersion(frame, minimum=1), {"juilland_d"}),
    "item_dispersion": (
        lambda frame: dispersion.item_dispersion(hits(frame), frame, item="term", items=["war"], minimum=1),
        {"juilland_d"},
    ),
    "keyness": (lambda frame: keyness.keyness(frame, **FEW), {"z"}),
    "collocates": (
        lambda frame: collocation.collocates(frame, "war", minimum=1, minimum_documents=1),
        set(),
    ),
    "compare_collocates": (lambda frame: collocation.compare_collocates(frame, "war", **FEW), {"z"}),
    "diversity": (lambda frame: diversity.diversity(frame), set(diversity.MEASURES)),
    "readability": (lambda frame: readability.readability(frame), set(readability.MEASURES)),
    "averages": (
        lambda frame: averages.averages(diversity.diversity(frame), value="mtld", resamples=30),
        {"value", "low", "high"},
    ),
    "similarity": (lambda frame: similarity.similarity(frame, **FEW), set()),
    "rates": (
        lambda frame: estimates.rates(hits(frame), frame, item="term", items=["war"]),
        {"share", "low", "high"},
    ),
    "trend": (lambda frame: trend.trend(frame, ["war"], resamples=30), {"share", "low", "high"}),
}


@pytest.mark.parametrize("corpus", CORPORA)
@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_answers_or_says_what_it_lacks(name: str, corpus: str) -> None:
    measure, may_lack = MEASURES[name]
    frame = articles(CORPORA[corpus])
    table = or_why(measure, frame)
    assert len(str(table.attrs.get("why", "a table that is defined")).split()) > 4
    missing = set(table.columns[table.isna().any()])
    assert missing <= may_lack
    numbers = table.select_dtypes("number").to_numpy(dtype=float)
    assert not np.isinf(numbers).any()
    if "unstable" in table:
        assert table.loc[table[list(may_lack)].isna().any(axis=1), "unstable"].ne("").all()
    assert not table.get("enough", pd.Series(False)).any()


def test_text_in_capitals_counts_like_other_text() -> None:
    small, large = (frequencies.frequencies(articles([each] * 4)) for each in (TEXT, TEXT.upper()))
    pd.testing.assert_frame_equal(small, large)
