"""The methods paragraph says no more than the pages of measures do, and sums all of them up."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from made_corpus import made_corpus

from analysis.explore.methods import DATA, methods

DOCS = Path(__file__).resolve().parents[2] / "docs"
GROUPS = tomllib.loads(DATA.read_text(encoding="utf-8"))
# "(Monroe, Colaresi & Quinn, 2008)", "(after Bennett, 1990, on indexing)", "Benjamini & Hochberg (1995)"
CITED = re.compile(r"((?:[A-ZŠ][\w-]+(?:, | & | and )?)+),? \(?(\d{4})\b")


def sections() -> dict[str, str]:
    """Give the parts of the pages of measures, by heading, or by page where a page is one."""
    found = {page.name: page.read_text(encoding="utf-8") for page in DOCS.glob("measures-*.md")}
    text = (DOCS / "measures.md").read_text(encoding="utf-8")
    for part in re.split(r"^(?=##)", text, flags=re.MULTILINE)[1:]:
        found[part.splitlines()[0].lstrip("# ")] = part
    return found


def summed_up(group: str) -> list[str]:
    """Name the parts of a group: those it names, and the page of its name."""
    return [*GROUPS[group]["sections"], *({f"measures-{group}.md"} & set(sections()))]


def test_every_part_of_the_measures_is_summed_up() -> None:
    named = {section for group in GROUPS for section in summed_up(group)}
    known = sections()
    assert named <= set(known)
    assert set(known) - named <= {"Text", "Sources"}


@pytest.mark.parametrize("group", sorted(GROUPS))
def test_every_source_named_stands_in_the_measures(group: str) -> None:
    known = sections()
    # measures of one kind share sources: a q after Benjamini and Hochberg is an interval's and a word's
    text = " ".join(known[name] for name in (*summed_up(group), "Shares, rates, differences"))
    for names, year in CITED.findall(GROUPS[group]["says"]):
        rows = [line for line in text.splitlines() if year in line]
        authors = re.findall(r"[A-ZŠ][\w-]+", names)
        assert any(all(author in line for author in authors) for line in rows), f"{names} {year}"


def test_citations_are_found_at_all() -> None:
    cited = CITED.findall(GROUPS["words"]["says"])
    assert [year for _, year in cited] == ["2014", "1993", "2008", "1995"]
    assert cited[2][0] == "Monroe, Colaresi & Quinn"


def test_what_is_said_only_when_asked_for() -> None:
    news = made_corpus()
    assert "log Dice" not in methods(news)
    assert "log Dice" in methods(news, ["collocation"])
    assert "Wilson, 1927" in methods(news, ["collocation"])
