"""Names over the regions of the world, in our own sentences: found whole, and the right one of their name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from analysis.places import annotate_text

LINES = (Path(__file__).resolve().parents[1] / "data" / "places_world.txt").read_text(encoding="utf-8")
MARK = re.compile(r"([^\[]*)(?:\[([^|\]]+)\|([^\]:]+)(?::(\w+))?\])?")
Name = tuple[int, int, str, str]


def read(line: str) -> tuple[str, list[Name]]:
    """Split a marked line into its text and its names: start, end, where, kind."""
    text, names = "", []
    for plain, surface, where, kind in MARK.findall(line):
        text += plain
        if surface:
            names.append((len(text), len(text) + len(surface), where, kind))
        text += surface
    return text, names


@pytest.fixture(scope="module")
def measured() -> dict[str, float]:
    marked = [read(line) for line in LINES.splitlines() if line and not line.startswith("#")]
    articles = [{"article_id": f"{i:03d}", "body": text} for i, (text, _) in enumerate(marked)]
    rows = list(annotate_text(articles).iter_rows(named=True))
    found = {(int(row["article_id"]), row["start"], row["end"]): row for row in rows}
    gold = {
        (i, start, end): (where, kind)
        for i, (_, names) in enumerate(marked)
        for start, end, where, kind in names
    }
    hits = gold.keys() & found.keys()
    right = [
        key
        for key in hits
        if gold[key][0] in (found[key][name] for name in ("place_id", "region", "country"))
    ]
    kinds = [key for key in hits if gold[key][1] in ("town", "region", "country", "demonym")]
    same = [key for key in kinds if gold[key][1] == found[key]["kind"]]
    return {
        "precision": len(hits) / len(found),
        "recall": len(hits) / len(gold),
        "place": len(right) / len(hits),
        "kind": len(same) / len(kinds),
    }


@pytest.mark.parametrize(
    ("measure", "least"), [("precision", 0.95), ("recall", 0.93), ("place", 0.96), ("kind", 0.95)]
)
def test_the_world_is_found_and_told_apart(measured, measure, least):
    assert measured[measure] >= least


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Chasov Yar", "UA"),
        ("Marganets", "UA"),
        ("Graivoron", "RU"),
        ("Qamishli", "SY"),
        ("Sa'ada", "YE"),
        ("Fez", "MA"),
        ("St Petersburg", "RU"),
        ("Port Talbot", "GB"),
    ],
)
def test_spellings_that_news_uses_are_known(name, country):
    from analysis.places.gazetteer import load

    assert country in {candidate.place.country for candidate in load().candidates(name)}
