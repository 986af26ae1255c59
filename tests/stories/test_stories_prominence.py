"""Where a story is set and who is in it, on names placed by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.stories import describe

BODY = "x" * 2000


def _articles(*headlines: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    ids = [f"a{number}" for number in range(len(headlines))]
    articles = pd.DataFrame(
        {"article_id": ids, "headline": headlines, "body": BODY, "outlet": ids, "published": "2024-05-06"}
    )
    return articles, pd.DataFrame({"article_id": ids, "story": "a0", "belongs": 0.8})


def _place(article: str, name: str, start: int = 900, **values: str) -> dict[str, object]:
    row = {"article_id": article, "surface": name, "place": name, "start": start, "kind": "country"}
    return {**row, "role": "mention", "precision": "country", "country": name, "region": "", **values}


def _set_in(articles: tuple[pd.DataFrame, pd.DataFrame], rows: list[dict[str, object]]) -> str:
    return str(describe(*articles, places=pd.DataFrame(rows))["place"].iloc[0])


SENATOR = {"kind": "region", "precision": "region", "country": "US", "region": "US.MI"}


def test_a_report_on_a_foreign_war_is_not_set_where_a_senator_comes_from() -> None:
    both = _articles("Shells fall on Orland again", "Orland under fire, senator asks for aid")
    rows = [_place(one, "Orland", start) for one in ("a0", "a1") for start in (20, 700, 1100)]
    rows += [_place(one, "Michigan", 1500, **SENATOR) for one in ("a0", "a1")]
    assert _set_in(both, rows) == "Orland"


def test_the_town_is_said_where_the_story_is_about_it_and_the_country_where_towns_are_many() -> None:
    both = _articles("Flood in Lysenk", "Lysenk: schools stay shut")
    inside = {"kind": "town", "precision": "town", "country": "Orland", "region": "OR.1"}
    flood = [_place(one, "Lysenk", start, **inside) for one in ("a0", "a1") for start in (10, 60, 800)]
    assert _set_in(both, [*flood, _place("a0", "Orland")]) == "Lysenk"
    many = [
        _place(one, town, 600 + 10 * number, **{**inside, "region": f"OR.{number}"})
        for one in ("a0", "a1")
        for number, town in enumerate(["Varn", "Orla", "Sedd", "Lomo", "Tresk"])
    ]
    vote = _articles("Voters go to the polls in Orland", "A close vote")
    assert _set_in(vote, [*many, _place("a1", "Orland", 30)]) == "Orland"


def test_no_place_is_said_where_none_stands_out() -> None:
    both = _articles("Shares fall", "Traders worry")
    assert _set_in(both, [_place("a0", "Orland", 1500)]) == ""
    assert _set_in(both, [_place(one, "Orland", 10, role="dateline") for one in ("a0", "a1")]) == ""


def test_the_seat_of_a_government_that_speaks_is_not_the_place() -> None:
    both = _articles("Lysenk says it will pay", "Minister in Lysenk agrees")
    seat = {"kind": "metonym", "precision": "town", "country": "Orland", "region": "OR.1"}
    assert _set_in(both, [_place(one, "Lysenk", 10, **seat) for one in ("a0", "a1")]) == "Orland"


@pytest.mark.parametrize("named", ["Orland", ""])
def test_a_continent_only_where_no_country_stands_out(named: str) -> None:
    both = _articles("Heat over the continent", "Rivers run dry")
    wide = {"kind": "area", "precision": "area", "country": ""}
    rows = [_place(one, "Europa", start, **wide) for one in ("a0", "a1") for start in (10, 50, 90)]
    rows += [_place(one, named, 60) for one in ("a0", "a1")]
    assert _set_in(both, rows) == (named or "Europa")


def test_actors_of_headlines_and_first_lines_come_before_those_named_once() -> None:
    articles, links = _articles("Varga resigns", "Why Varga went")
    named = [
        ("a0", "Ilka Varga", "Varga", 15),
        ("a1", "Ilka Varga", "Varga", 30),
        ("a0", "Aron Abt", "Abt", 1800),
    ]
    mentions = pd.DataFrame(
        [
            {"article_id": one, "actor": actor, "surface": surface, "start": start, "kind": "person"}
            for one, actor, surface, start in named
        ]
    )
    voters = mentions.assign(actor="voters", surface="voters", kind="group", start=900)
    found = describe(articles, links, mentions=pd.concat([mentions, voters]))
    assert found["actors"].tolist() == ["Ilka Varga"]
