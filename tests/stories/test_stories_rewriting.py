"""Signs of machine rewriting, on sentences of our own and on the planted copies."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from analysis.schemas import conform
from analysis.stories import lexicons, rewriting_signs, suspects


def signs(body: str, *, mentions: pd.DataFrame | None = None) -> pd.DataFrame:
    articles = pd.DataFrame({"article_id": ["a"], "body": [body]})
    rows = [
        {"article_id": "a", "start": found.start(), "end": found.end(), "sentence": number, "paragraph": 0}
        for number, found in enumerate(re.finditer(r"[^\s.!?][^.!?]*[.!?]+[”\"]?", body))
    ]
    found = rewriting_signs(articles, conform(rows, "sentences").to_pandas(), mentions=mentions)
    assert ((found["start"] >= 0) & (found["end"] <= len(body))).all()
    return found


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ("The longest fight of the war goes on there. Was. Nobody knows why.", "fragment"),
        ("The talks ended at noon. Since the begin. They resume on Friday.", "fragment"),
        ("We must repair the pump before winter, according to the engineer.", "lost marks"),
        ("The protection minister spoke in the north.", "stock phrase"),
        ('"We will stay, the baker said.', "unclosed marks"),
    ],
)
def test_signs_are_flagged_with_a_reason(body: str, rule: str) -> None:
    found = signs(body)
    assert rule in set(found["rule"])
    assert found["reason"].str.len().min() > 10


@pytest.mark.parametrize(
    "body",
    [
        "Nobody was hurt. The road is open again.",
        "“We must repair the pump,” said the engineer.",
        "“We must repair the pump. It is old. I know it,” said the engineer.",
        "The defence minister spoke. Moscow says 60. Kyiv did not.",
        "Our correspondent was there.",
        '“We stay until the water has gone," the baker of the quay said.',
        '"We stay," the baker said. "The water rises.\n"It always has."',
    ],
)
def test_plain_news_is_left_alone(body: str) -> None:
    assert signs(body).empty


def test_two_spellings_of_one_person_are_a_sign() -> None:
    body = "Yuriy Balahur came. Balahoor left."
    rows = [
        {
            "article_id": "a",
            "start": 0,
            "end": 13,
            "surface": "Yuriy Balahur",
            "kind": "person",
            "actor": "Yuriy Balahur",
        },
        {
            "article_id": "a",
            "start": 20,
            "end": 28,
            "surface": "Balahoor",
            "kind": "person",
            "actor": "Yuriy Balahur",
        },
    ]
    found = signs(body, mentions=conform(rows, "mentions").to_pandas())
    assert found["rule"].tolist() == ["two spellings"]


def test_one_kind_of_sign_is_not_enough_to_suspect() -> None:
    one = signs("The talks ended. Was. They resume.")
    assert suspects(one).empty
    two = signs("The talks ended. Was. We must wait, according to the baker.")
    assert suspects(two)["article_id"].tolist() == ["a"]
    assert suspects(two.head(0)).empty


def test_no_stock_phrase_is_listed_twice() -> None:
    rows = lexicons.table("tortured.tsv")
    assert len({row["form"] for row in rows}) == len(rows) > 40
    assert all(row["form"] == row["form"].lower() and row["stands_for"] for row in rows)
