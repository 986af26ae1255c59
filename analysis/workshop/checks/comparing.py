"""Lesson 6, compare: the same story in several outlets, and what is left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.workshop.teaching import name_files, planted
from analysis.workshop.verdicts import Verdict, members, number, text, truth

if TYPE_CHECKING:
    from analysis.corpus.corpus import Corpus


@cache
def linked(news: Corpus) -> pd.DataFrame:
    """Group the articles by story."""
    from analysis import stories

    return stories.link(news.articles, mentions=news.layer("mentions"), places=news.layer("places"))


def _outlets_of(news: Corpus, files: list[str]) -> list[str]:
    names = name_files(news.articles)
    return sorted(news.articles.loc[names.isin(files), "outlet"].unique())


def _stories(answer: object, news: Corpus) -> Verdict:
    found = linked(news)["story"].nunique()
    events = len(planted("events"))
    return number(
        answer,
        found,
        what="the number of stories",
        praise=f"{found} groups; {events} events were planted.",
        slips=[
            (len(news), "That is the number of articles. Count the different values of the column story.")
        ],
        hint='links["story"].nunique() counts different stories.',
    )


def _no_article(answer: object, news: Corpus) -> Verdict:
    entry = planted("omissions").query("fact == 'the whole event'").iloc[0]
    return text(
        answer,
        [str(entry["outlet"])],
        what="the outlet",
        praise="An event that an outlet does not cover leaves no trace in its articles. Only the other outlets show the gap.",
        known=news.outlets,
        slips={
            "Daily Skim": "Daily Skim has an article on it, rewritten from another outlet's: a copy is still coverage."
        },
        hint="In the table of coverage, look for the row of this story with k == 0.",
    )


def _never_named(answer: object, news: Corpus) -> Verdict:
    entry = planted("omissions").query("event == 'putin-visit'").iloc[0]
    return members(
        answer,
        _outlets_of(news, list(entry["absent"])),
        what="the outlets",
        praise="Two outlets, one text: Daily Skim reposted the article of Tarsk Today. Count it as one voice.",
        known=news.outlets,
        hint="An outlet belongs to it when none of its articles on this story has a mention of Volodymyr Zelensky.",
    )


def _digits(answer: object, news: Corpus) -> Verdict:
    return text(
        answer,
        ["Daily Skim"],
        what="the outlet",
        praise="121,000 became 112,000: the digits were turned round. Two other figures of this outlet were planted the same way.",
        known=news.outlets,
        slips={
            "Lakeside Herald": "The Herald gives square miles where others give square kilometres: another unit, the same land."
        },
        hint="Keep the claims about people who left, and look which outlet has another number than the rest.",
    )


def _could_have(answer: object, news: Corpus) -> Verdict:
    entry = planted("omissions").query("event == 'eu-ammunition'").iloc[0]
    names = name_files(news.articles)
    days = news.articles.assign(file=names).set_index("file")["published"]
    first = days[list(entry["present"])].min()
    own = days["04.html"]
    return truth(
        answer,
        bool(own > first),
        what="whether it could have known from the others",
        praise=f"It was published on {own:%d %B}, the others on {first:%d %B} or later. What is left out can't be held against who wrote first.",
        hint=f"Compare the days: its article is of {own:%d %B}; the first article with this fact is of {first:%d %B}.",
    )


CHECKS: Mapping[str, Callable[[Any, Corpus], Verdict]] = {
    "6.1": _stories,
    "6.2": _no_article,
    "6.3": _never_named,
    "6.4": _digits,
    "6.5": _could_have,
}
