"""What a place does in its sentence: event, dateline, comparison or mere mention, on our own labelled sentences."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from analysis.language import parse
from analysis.places import annotate, annotate_text

LINES = (Path(__file__).resolve().parents[1] / "data" / "places_roles.txt").read_text(encoding="utf-8")
MARK = re.compile(r"([^\[]*)(?:\[([^|\]]+)\|(\w+)\])?")


@pytest.fixture(scope="module", params=["text", "parse"])
def judged(request) -> Counter[tuple[str, str]]:
    """Count pairs of the role given and the role found, on the lines kept aside."""
    articles, gold = [], {}
    lines = [line for line in LINES.splitlines() if line and not line.startswith("#")][1::2]
    for number, line in enumerate(lines):
        body = ""
        for plain, surface, role in MARK.findall(line):
            body += plain
            if surface:
                gold[str(number), len(body)] = role
            body += surface
        articles.append({"article_id": str(number), "body": body})
    frame = annotate_text(articles) if request.param == "text" else annotate(list(parse(articles)))
    found = {(row["article_id"], row["start"]): row["role"] for row in frame.iter_rows(named=True)}
    return Counter((role, found.get(key, "not found")) for key, role in gold.items())


@pytest.mark.parametrize("role", ["event", "dateline", "comparison", "mention"])
def test_roles_are_told_apart(judged, role):
    right = judged[role, role]
    assert right / sum(n for (given, _), n in judged.items() if given == role) >= 0.75
    assert right / sum(n for (_, got), n in judged.items() if got == role) >= 0.8


def test_a_comparison_and_what_it_is_joined_with():
    frame = annotate_text(
        [
            {
                "article_id": "a",
                "body": "Rents in Lisbon rose faster than in Madrid or Rome. The mayor of Porto left for Lisbon.",
            }
        ]
    )
    roles = list(zip(frame["surface"], frame["role"], strict=True))
    assert roles == [
        ("Lisbon", "event"),
        ("Madrid", "comparison"),
        ("Rome", "comparison"),
        ("Porto", "mention"),
        ("Lisbon", "event"),
    ]


def test_governments_without_a_parse():
    body = "Paris and Berlin disagreed over the budget. Canberra warned Honiara. Rain fell in Berlin. Moscow, Idaho, agreed."
    frame = annotate_text([{"article_id": "a", "body": body}])
    kinds = list(zip(frame["surface"], frame["kind"], strict=True))
    assert kinds[:5] == [
        ("Paris", "metonym"),
        ("Berlin", "metonym"),
        ("Canberra", "metonym"),
        ("Honiara", "metonym"),
        ("Berlin", "town"),
    ]
    assert kinds[5] == ("Moscow", "town")


def test_what_somebody_has_or_holds_somewhere_is_no_event():
    body = (
        "The firm, which owns a cement works in Ohio, fined a driver. Floods in Pakistan-administered Kashmir cut the road. "
        "A blast at a cement works in Lahore was heard for miles."
    )
    frame = annotate_text([{"article_id": "a", "body": body}])
    assert list(zip(frame["surface"], frame["role"], strict=True)) == [
        ("Ohio", "mention"),
        ("Pakistan", "mention"),
        ("Kashmir", "event"),
        ("Lahore", "event"),
    ]
