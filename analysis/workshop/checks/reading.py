"""Lesson 1, read: what is in a corpus, and what was removed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.workshop.teaching import name_files, planted
from analysis.workshop.verdicts import Verdict, members, number, right, text, wrong

if TYPE_CHECKING:
    from analysis.corpus.corpus import Corpus


def _articles(answer: object, news: Corpus) -> Verdict:
    files = news.articles["path"].nunique()
    return number(
        answer,
        len(news),
        what="the number of articles",
        praise=f"{files} files hold {len(news)} articles: one of the files is a table with several.",
        slips=[
            (
                files,
                "That is the number of files. One file is a table that holds several articles: count rows of news.articles.",
            ),
            (len(news.outlets), "That is the number of outlets."),
            (int(news.articles["n_words"].sum()), "That is the number of words."),
        ],
        hint="Each row of news.articles is one article, and len(...) counts rows.",
    )


def _removed_kind(answer: object, news: Corpus) -> Verdict:
    lines = news.layer("lines")
    counts = lines.loc[~lines["kept"].astype(bool), "kind"].value_counts()
    return text(
        answer,
        list(counts.index[counts == counts.max()]),
        what="the kind of line",
        praise=f"{counts.max()} of {counts.sum()} removed lines. They point to other stories, so they name people and places of other stories.",
        known=sorted(lines["kind"].unique()),
        slips={
            "body": "Lines of the kind “body” are the article itself: these were kept. Choose the removed lines first.",
            "headline": "Close. Headlines are taken out of the body, but they are kept as the headline; count again who comes first.",
        },
        hint='removed["kind"].value_counts() puts the most frequent kind on top.',
    )


def _only_in_furniture(answer: object, news: Corpus) -> Verdict:
    if not isinstance(answer, str) or not answer.strip():
        return wrong('Give one name in quotation marks, such as "Atlantis".')
    name = answer.strip()
    key = planted("only_in_removed_lines")
    hit = key[key["text"].str.casefold() == name.casefold()]
    if len(hit):
        return right(
            f"It stands on a removed line of {', '.join(hit['files'].iloc[0])} and in no article. Counted, it would be a false find."
        )
    inside = news.articles["body"].str.contains(name, case=False, regex=False)
    if inside.any():
        return wrong(
            f"{name} also stands in the text of {int(inside.sum())} articles, so it is rightly counted. Look for a name that no article tells of."
        )
    names = news.layer("contamination")
    if name.casefold() in set(names["surface"].str.casefold()) | set(names["name"].str.casefold()):
        return right(
            "It stands on removed lines only. (The answer key has places and persons of other stories: look at these, too.)"
        )
    return wrong(f'{name} stands on no removed line. Take a name from the table news.layer("contamination").')


def _day(answer: object, news: Corpus) -> Verdict:
    first, last = pd.Timestamp("2024-08-19"), pd.Timestamp("2024-08-20")
    try:
        given = pd.Timestamp(str(answer))
    except ValueError:
        return wrong(
            f'{answer!r} is not a day. Write it as year, month, day, in quotation marks: "2023-02-28".'
        )
    if given == last:
        return right(
            "The text tells of Monday 19 August as a day just over. Written on Tuesday is possible, too: the kit says 19 to 20. "
            "The stamp on top is the day somebody copied the page."
        )
    if given == first:
        return right(
            "The text says Monday, and a caption dates that Monday to 19 August. The stamp on top is the day somebody copied the page."
        )
    if (given.year, given.month) == (2024, 11):
        return wrong(
            "That is the stamp in line 1. It is the day the page was copied. What day do the text and the caption speak of?"
        )
    return wrong(
        'Look at the caption that names a day, and at the days of the week in the text: page(news, "02.txt").'
    )


def _copies(answer: object, news: Corpus) -> Verdict:
    found = news.layer("duplicates")
    later = found.loc[~found["earliest"].astype(bool), "article_id"]
    own = news.articles.assign(file=name_files(news.articles))
    own = own[own["article_id"].isin(later) & (own["outlet"] == "Daily Skim")]
    rewritten = "was rewritten by machine, sentence by sentence. It is a copy, but it shares no run of words: this measure can't see it."
    return members(
        answer,
        list(own["file"]),
        what="the files",
        praise="Two were reposted under new headlines, one is agency copy that two outlets printed. The key knows two more, rewritten by machine: no measure of shared words finds those.",
        known=list(name_files(news.articles)),
        slips={
            "31.txt": f"31.txt {rewritten}",
            "21.txt": f"21.txt {rewritten}",
            "20.txt": "20.txt is in the Verrin Courier: it uses agency copy. Keep the Daily Skim only.",
        },
        hint='Join duplicates with the articles, keep outlet == "Daily Skim" and earliest == False, and read the column file.',
    )


CHECKS: Mapping[str, Callable[[Any, Corpus], Verdict]] = {
    "1.1": _articles,
    "1.2": _removed_kind,
    "1.3": _only_in_furniture,
    "1.4": _day,
    "1.5": _copies,
}
