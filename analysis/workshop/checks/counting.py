"""Lesson 2, count: words, rates, typical words, and why a number needs an interval."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.workshop.verdicts import Verdict, members, number, text

if TYPE_CHECKING:
    from analysis.corpus.corpus import Corpus

CHANNEL, COURIER, TARSK = "Channel Marrowgate", "Verrin Courier", "Tarsk Today"


@cache
def rates_of(news: Corpus, word: str) -> pd.DataFrame:
    """Give the rate of a word per 1,000 words in every outlet, by outlet."""
    from analysis.text import concordance, estimates

    hits = concordance.term_hits(news.articles, [word])
    return estimates.rates(hits, news.articles, item="term", items=[word]).set_index("group")


def _row(news: Corpus, outlet: str) -> dict[Any, Any]:
    """Give what is known of “war” in one outlet."""
    return dict(rates_of(news, "war").loc[outlet])


def _commonest(answer: object, news: Corpus) -> Verdict:
    from analysis.text import frequencies, tokens

    table = frequencies.frequencies(news.articles, by=None, without_function_words=True)
    top = list(table.loc[table["n"] == table["n"].max(), "form"])
    every = frequencies.frequencies(news.articles, by=None)
    function = {
        word: f"“{word}” is a function word: it holds sentences together in any text. Leave function words out."
        for word in every["form"].head(60)
        if word in tokens.function_words()
    }
    return text(
        answer,
        top,
        what="the word",
        praise=f"It stands {int(table['n'].max())} times. News is largely what somebody said.",
        known=list(every["form"]),
        slips=function,
        hint="Take the first row of the table that leaves function words out.",
    )


def _rate(answer: object, news: Corpus) -> Verdict:
    row = _row(news, CHANNEL)
    k, n = float(row["k"]), float(row["n"])
    return number(
        answer,
        1000 * k / n,
        tolerance=0.06,
        what="the rate",
        praise=f"{k:.0f} of {n:,.0f} words: about {1000 * k / n:.1f} in a thousand. Now outlets of different size can be laid side by side.",
        slips=[
            (
                k,
                "That is the count. A long outlet has more of every word: divide by its words, then multiply by 1,000.",
            ),
            (k / n, "That is the share of words. Multiply it by 1,000."),
            (100 * k / n, "That is per hundred words. Multiply the share by 1,000."),
            (n / k, "Upside down: divide the count by the words, not the words by the count."),
        ],
        hint="count / words * 1000, with the count and the words of Channel Marrowgate.",
    )


def _typical(answer: object, news: Corpus) -> Verdict:
    from analysis.text import keyness, tokens

    table = keyness.keyness(news.articles, target=TARSK)
    table = table[~table["form"].isin(tokens.function_words()) & (table["log_ratio"] > 0)]
    top = str(table["form"].iloc[0])
    high = {
        str(word): f"“{word}” is on the list, but not first. Read the first row."
        for word in table["form"].iloc[1:12]
    }
    return text(
        answer,
        [top],
        what="the word",
        praise="Now read the sentences it stands in: a typical word may be a habit of the outlet, a subject it covers, or a person it quotes.",
        slips={**high, "invasion": "That is typical of the Verrin Courier. Set target to Tarsk Today."},
        hint='Call keyness with target="Tarsk Today", leave function words out, and take the word (column form) in the first row.',
    )


def _too_few(answer: object, news: Corpus) -> Verdict:
    table = rates_of(news, "war")
    few = [str(group) for group in table.index[~table["enough"].astype(bool)]]
    return members(
        answer,
        few,
        what="the outlets",
        praise="They are shown, but not ranked. Ten articles are our line; there is no magic in ten.",
        known=news.outlets,
        hint="The column enough says False for them.",
    )


def _zero(answer: object, news: Corpus) -> Verdict:
    row = _row(news, COURIER)
    return number(
        answer,
        float(row["high"]),
        tolerance=0.06,
        what="the upper end",
        praise=f"None in {row['n']:,.0f} words; yet an outlet that wrote it {row['high']:.1f} times in a thousand could have given us ten such articles. Never seen is not never written.",
        slips=[
            (
                0,
                "That is the rate that was seen. The question is how large the rate could be: the upper end of the interval.",
            ),
            (
                float(_row(news, CHANNEL)["high"]),
                "That is the upper end for Channel Marrowgate.",
            ),
            (float(row["n"]), "That is the number of words."),
        ],
        hint="Read the column high in the row of the Verrin Courier.",
    )


CHECKS: Mapping[str, Callable[[Any, Corpus], Verdict]] = {
    "2.1": _commonest,
    "2.2": _rate,
    "2.3": _typical,
    "2.4": _too_few,
    "2.5": _zero,
}
