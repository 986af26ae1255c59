"""Lesson 4, place: where it happens, and how exactly one can know."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.workshop.teaching import planted
from analysis.workshop.verdicts import Verdict, members, number, text

if TYPE_CHECKING:
    from analysis.corpus.corpus import Corpus

CAPITALS = ("Kyiv", "Moscow")


def towns(news: Corpus) -> pd.Series:
    """Count for each town the articles that name it."""
    places = news.layer("places")
    return (
        places[places["kind"] == "town"].groupby("place")["article_id"].nunique().sort_values(ascending=False)
    )


def _town(answer: object, news: Corpus) -> Verdict:
    counts = towns(news).drop(list(CAPITALS), errors="ignore")
    return text(
        answer,
        list(counts.index[counts == counts.max()]),
        what="the town",
        praise=f"Named in {counts.max()} of {len(news)} articles, under two names.",
        known=sorted(news.layer("places")["place"].dropna().unique()),
        slips={
            **{
                name: f"{name} is a capital: leave the two capitals out, as the exercise says."
                for name in CAPITALS
            },
            "Ukraine": 'Ukraine is a country. Keep kind == "town".',
            "Russia": 'Russia is a country. Keep kind == "town".',
            "Artyomovsk": "That is the name as one outlet writes it. The column place has the same name for all.",
        },
        hint='Keep kind == "town", group by place, count different articles, drop the capitals.',
    )


def _metonyms(answer: object, news: Corpus) -> Verdict:
    places = news.layer("places")
    found = int((places["kind"] == "metonym").sum())
    return number(
        answer,
        found,
        what="the number of such names",
        praise="Each of them is a government, not a spot on the ground. On a map they would make capitals look like battlefields.",
        slips=[
            (
                int((places["kind"] == "demonym").sum()),
                "Those are demonyms: words for people and things of a country, such as “Russian”.",
            ),
            (len(places), 'That is every row of the layer. Keep kind == "metonym".'),
        ],
        hint='Keep the rows with kind == "metonym" and count them with len(...).',
    )


def _countries(answer: object, news: Corpus) -> Verdict:
    from analysis.places import located

    rows = located(news.layer("places"))
    share = float((rows["precision"] == "country").mean())
    every = float((news.layer("places")["precision"] == "country").mean())
    return number(
        answer,
        share,
        tolerance=0.006,
        what="the share",
        praise=f"{share:.0%} of the located names are known to the country only. A dot in the middle of a country would be a lie: nobody says it happened there.",
        slips=[
            *[
                (percent, "Give the share as a number from 0 to 1: 0.25 is a quarter.")
                for percent in (100 * share, round(100 * share), round(100 * share, 1))
            ],
            (
                int((rows["precision"] == "country").sum()),
                "That is the count. Divide it by the number of located names.",
            ),
            (
                every,
                "Close: take the located names only, located(places). The others are adjectives and governments.",
            ),
            (1 - share, "That is the share of all the others."),
        ],
        hint='(spots["precision"] == "country").mean() is the share of True, a number from 0 to 1.',
    )


def _kiev(answer: object, news: Corpus) -> Verdict:
    entry = planted("differences").set_index("indicator").loc["spelling"]
    return members(
        answer,
        str(entry["outlet"]).split(", "),
        what="the outlets",
        praise="So it was planted. One copies the other in part: two outlets are not two witnesses.",
        known=news.outlets,
        slips={
            "Lakeside Herald": "The Herald writes Kyiv: here nothing was planted, and nothing should be found."
        },
        hint='In the table names, keep form == "Kiev" and read the column group.',
    )


def _old_name(answer: object, news: Corpus) -> Verdict:
    return text(
        answer,
        ["Bakhmut"],
        what="the town",
        praise="Artyomovsk was its name from 1924 to 2016. The kit puts both on one spot and keeps the spelling as data.",
        known=sorted(news.layer("places")["place"].dropna().unique()),
        slips={
            "Artyomovsk": "That is the name as the outlet writes it. The column place has the town it means."
        },
        hint='Keep the rows with surface == "Artyomovsk" and read the column place.',
    )


CHECKS: Mapping[str, Callable[[Any, Corpus], Verdict]] = {
    "4.1": _town,
    "4.2": _metonyms,
    "4.3": _countries,
    "4.4": _kiev,
    "4.5": _old_name,
}
