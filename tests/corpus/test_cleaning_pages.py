"""A quality gate: cleaning on small pages of our own, with fictional outlets and furniture of the usual kinds.

Each line of a page begins with what should become of it: B body, S subheading, H headline, X furniture.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from analysis.corpus.cleaning import clean, headline_of

PAGES = sorted((Path(__file__).parent / "pages").glob("*.txt"))


def read(path: Path) -> tuple[list[str], str]:
    rows = [line.split("|", 1) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [mark for mark, _ in rows], "\n".join(text for _, text in rows)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_paragraph_of_a_page_is_kept(path: Path) -> None:
    marks, text = read(path)
    lines = clean(text)
    lost = [
        row["text"]
        for mark, row in zip(marks, lines.iter_rows(named=True), strict=True)
        if mark in "BS" and not row["kept"]
    ]
    assert lost == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_headline_is_found_and_kept_apart(path: Path) -> None:
    marks, text = read(path)
    lines = clean(text)
    expected = [line for mark, line in zip(marks, text.split("\n"), strict=True) if mark == "H"]
    assert headline_of(lines) == (expected[0] if expected else "")
    assert lines["kind"].to_list().count("duplicate headline") == max(0, len(expected) - 1)


def test_furniture_is_removed_to_the_level_reached() -> None:
    """F1 of "keep" over all lines; .99 was reached when the gate was set, .97 leaves room for one changed line."""
    hits = kept_lines = gold_lines = 0
    for path in PAGES:
        marks, text = read(path)
        kept = clean(text)["kept"].to_list()
        gold = [mark in "BS" for mark in marks]
        hits += sum(mine and true for mine, true in zip(kept, gold, strict=True))
        kept_lines += sum(kept)
        gold_lines += sum(gold)
    assert 2 * hits / (kept_lines + gold_lines) >= 0.97
