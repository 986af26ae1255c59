"""A small corpus of our own for the tests of text statistics: two outlets, two manners."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

_EAST = (
    "The special operation in the Marrow valley goes on, the ministry said on Tuesday.",
    "Officials in Tarsk said the operation had reached the river.",
    "“We will not stop,” said a spokesman for the Tarsk ministry.",
    "Volunteers brought bread and 155mm shells to the front.",
)
_WEST = (
    "The war in the Marrow valley entered its third week on Tuesday.",
    "Tarsk’s troops shelled the town of Lakeside, killing two people, the mayor didn’t deny.",
    "The U.S. and the UN called for a ceasefire.",
    "Families left Lakeside on foot; the invasion has displaced 20,000 people.",
)


def make(n: int = 40, *, seed: int = 1) -> pd.DataFrame:
    """Make articles of two to nine sentences, dealt from each outlet's stock."""
    rng = np.random.default_rng(seed)
    rows = []
    for at in range(n):
        stock, outlet = ((_EAST, "Tarsk Today"), (_WEST, "Lakeside Herald"))[at % 2]
        other = _WEST if stock is _EAST else _EAST
        drawn = [
            stock[i] if rng.random() < 0.8 else other[i] for i in rng.integers(0, 4, int(rng.integers(2, 10)))
        ]
        rows.append(
            {
                "article_id": f"{rng.integers(0, 16**8):08x}{at:04x}",
                "outlet": outlet,
                "published": pd.Timestamp("2024-03-04") + pd.Timedelta(days=int(rng.integers(0, 28))),
                "body": "\n".join(" ".join(drawn[i : i + 3]) for i in range(0, len(drawn), 3)),
            }
        )
    return pd.DataFrame(rows)


@pytest.fixture(scope="session")
def articles() -> pd.DataFrame:
    return make()
