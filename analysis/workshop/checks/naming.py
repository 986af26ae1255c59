"""Lesson 3, name: who is in the news, under which name, and who speaks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.workshop.verdicts import Verdict, members, text

if TYPE_CHECKING:
    from analysis.corpus.corpus import Corpus

ZELENSKY = "Volodymyr Zelensky"
_NOT_NAMES = {
    "he": "“he” points to him but is no spelling of his name.",
    "Ukrainian president": "“Ukrainian president” is a role, not a spelling of the name.",
    "president": "“president” is a role, not a spelling of the name.",
}


def named(news: Corpus) -> pd.DataFrame:
    """Give the mentions that name somebody, with the outlet: no pronouns, no roles."""
    from analysis import actors

    outlets = news.articles[["article_id", "outlet"]]
    return actors.names_only(news.layer("mentions")).merge(outlets, on="article_id")


def _spellings(answer: object, news: Corpus) -> Verdict:
    mentions = news.layer("mentions")
    own = mentions[mentions["actor"] == ZELENSKY]
    written = sorted(own.loc[own["surface"].str.contains("Zelensk"), "surface"].unique())
    family = sorted({form.rsplit(" ", 1)[-1] for form in written})
    given = [answer] if isinstance(answer, str) else answer
    if isinstance(given, Collection) and len(given) and not any(" " in str(form) for form in given):
        return members(
            answer,
            family,
            what="the spellings",
            praise=f"{len(family)} ways to write the family name, and {len(written)} with the first names before it. A count of "
            "“Zelensky” alone would have missed most of them.",
            known=[*family, *mentions["surface"].unique()],
            slips=_NOT_NAMES,
            hint="Keep the mentions of this actor and read the column surface: .unique() gives each form once.",
        )
    return members(
        answer,
        written,
        what="the spellings",
        praise=f"{len(written)} ways to write one name. A count of “Zelensky” alone would have missed most of them.",
        known=sorted(mentions["surface"].unique()),
        slips=_NOT_NAMES,
        hint="Keep the mentions of this actor whose surface holds “Zelensk”; .unique() gives each form once.",
    )


def _speller(answer: object, news: Corpus) -> Verdict:
    return text(
        answer,
        ["Verrin Courier"],
        what="the outlet",
        praise="House style, kept from article to article. A spelling tells which style book lies on the desk; it may tell of more, but not by itself.",
        known=news.outlets,
        slips={
            "Channel Marrowgate": "Channel Marrowgate writes Zelenskyy, with two y.",
            "Lakeside Herald": "The Lakeside Herald writes Zelensky, with one y.",
            "Tarsk Today": "Tarsk Today writes Zelensky, with one y, and Vladimir as his first name.",
            "Daily Skim": "Daily Skim writes what its source wrote; the ending -iy is elsewhere.",
        },
        hint="Group the mentions by outlet and surface.",
    )


def _most_named(answer: object, news: Corpus) -> Verdict:
    people = named(news)
    people = people[people["kind"] == "person"]
    articles = people.groupby("actor")["article_id"].nunique().sort_values(ascending=False)
    top = list(articles.index[articles == articles.max()])
    often = people["actor"].value_counts().idxmax()
    others = named(news)
    groups = {
        str(name): f'{name} is not a person. Keep kind == "person".'
        for name in others.loc[others["kind"] != "person", "actor"].unique()
    }
    most = (
        {}
        if often in top
        else {
            str(
                often
            ): f"{often} has the most mentions, but in fewer articles. Count articles: nunique() of article_id."
        }
    )
    return text(
        answer,
        top,
        what="the person",
        praise=f"Named in {articles.max()} of {len(news)} articles.",
        known=[*sorted(people["actor"].unique()), *sorted(others["actor"].unique())],
        slips={**groups, **most},
        hint='Group persons by actor and count different articles: ["article_id"].nunique().',
    )


def _civilians(answer: object, news: Corpus) -> Verdict:
    return text(
        answer,
        ["Channel Marrowgate"],
        what="the outlet",
        praise="So it was planted: residents before officials. The kit sees it, though it does not know every resident for one: many sources without a title are in the class “other”.",
        known=news.outlets,
        slips={
            "Daily Skim": "Close: Daily Skim has some, in what it copied from another outlet. Which one?",
            "Lakeside Herald": "The Herald quotes officials and almost nobody else.",
        },
        hint='Look at the rows with item == "civilian" and compare the shares.',
    )


def _distancing(answer: object, news: Corpus) -> Verdict:
    return text(
        answer,
        ["Tarsk Today"],
        what="the outlet",
        praise="Its Ukrainian officials claim and insist; its Russian officials confirm and note. The verbs say whom to believe, and no sentence ever does.",
        known=news.outlets,
        slips={"Verrin Courier": "The Courier has a few. Compare k and n: another outlet has many more."},
        hint='Keep cue_class == "distancing" and count by outlet.',
    )


CHECKS: Mapping[str, Callable[[Any, Corpus], Verdict]] = {
    "3.1": _spellings,
    "3.2": _speller,
    "3.3": _most_named,
    "3.4": _civilians,
    "3.5": _distancing,
}
