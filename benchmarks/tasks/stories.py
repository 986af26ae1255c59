"""Stories: which articles report the same event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from analysis.stories import link

SHOW = ("b3.p", "b3.r", "b3.f1", "pairs.f1", "v_measure.v", "ari")


def predict(inputs: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Link the articles of a set with the default setting."""
    rows = list(inputs)
    articles = pd.DataFrame(
        {
            "article_id": [str(row["id"]) for row in rows],
            "headline": [row["title"] or "" for row in rows],
            "body": [row["text"] or "" for row in rows],
            "published": [row["published"] for row in rows],
        }
    )
    for article_id, story in link(articles)[["article_id", "story"]].itertuples(index=False):
        yield {"id": article_id, "story": story}
