"""Lesson 7, the capstone: one's own articles, from a folder to a claim that can be defended."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from analysis.corpus.corpus import Corpus as AnyCorpus
from analysis.workshop.verdicts import Verdict, right, wrong

if TYPE_CHECKING:
    from analysis.corpus.corpus import Corpus

FEWEST = 5
# words that judge or that no count can carry, and what to write instead
_JUDGING = {
    "bias": "say what was counted, not what you think of it",
    "biased": "say what was counted, not what you think of it",
    "fair": "say what was counted, not what you think of it",
    "unfair": "say what was counted, not what you think of it",
    "objective": "say what was counted, not what you think of it",
    "propaganda": "say what was counted, not what you think of it",
    "lies": "the kit counts words; it can't know what is true",
    "proves": "five articles prove nothing: write “in these articles”",
    "always": "you have seen a few articles: write “in these articles”",
    "never": "never seen is not never written: write “in none of these articles”",
    "hides": "you can count what is absent, not why: write “does not name”",
}


def _readable(answer: object, news: Corpus) -> Verdict:
    if not isinstance(answer, AnyCorpus):
        return wrong("Give the corpus itself, the thing that open_corpus returns, not a table of it.")
    articles = answer.articles
    if len(articles) < FEWEST:
        aside = (
            f" {len(answer.set_aside)} were set aside: look at mine.set_aside for the reasons."
            if len(answer.set_aside)
            else ""
        )
        return wrong(f"There are {len(articles)} articles; bring at least {FEWEST}.{aside}")
    nameless = articles.loc[articles["outlet"].isin(["", "unknown"]) | articles["outlet"].isna(), "path"]
    if len(nameless):
        return wrong(
            f"The outlet of {nameless.iloc[0]} is not known. Write it into sources.csv beside the articles: file, outlet, date."
        )
    if articles["outlet"].nunique() < 2:
        return wrong("All articles are from one outlet. To compare, bring a second one.")
    undated = articles.loc[articles["published"].isna(), "path"]
    if len(undated):
        return wrong(
            f"The day of {undated.iloc[0]} is not known. Write it into sources.csv beside the articles."
        )
    return right(
        f"{len(articles)} articles of {articles['outlet'].nunique()} outlets, all with a day. Now look whether each line was rightly kept or removed."
    )


def _question(answer: object, news: Corpus) -> Verdict:
    if not isinstance(answer, str) or not answer.strip():
        return wrong("Write your question as a sentence in quotation marks.")
    said = answer.strip()
    if not said.endswith("?"):
        return wrong(
            "End it with a question mark. A question can be answered by no as well: that keeps you honest."
        )
    if found := _judging(said):
        return wrong(found)
    if not re.match(r"(?i)\s*(who|where|which|what|how|do|does|is|are|in which|when|whose)\b", said):
        return wrong(
            "Begin with a word that counting can answer: who, where, which, how often, how many. “Why” needs other methods."
        )
    if len(said.split()) < 5:
        return wrong("Say a little more: what is counted, and between which outlets?")
    return right(
        "A question that counts can answer. Before you look, write down what you expect: then you can be surprised."
    )


def _claim(answer: object, news: Corpus) -> Verdict:
    if not isinstance(answer, str):
        return wrong("Write your claim as a whole sentence in quotation marks.")
    if len(answer.split()) < 6:
        return wrong("Say a little more: what was counted, how many of how many, and where it holds.")
    sizes = re.findall(r"(\d[\d,]*) of (?:the |its |all )?(\d[\d,]*)", answer)
    if not sizes:
        return wrong("Give the size: “3 of 12 statements”. A share without its size can't be judged.")
    k, n = (int(part.replace(",", "")) for part in sizes[0])
    if k > n or n == 0:
        return wrong(f"{k} of {n} can't be: the part is larger than the whole.")
    if found := _judging(answer):
        return wrong(found)
    if not re.search(
        r"(?i)\b(these|this corpus|my (five|articles|corpus)|the (five|articles) (read|articles))\b", answer
    ):
        return wrong(
            "Say of what it holds: “in these five articles”. You have not read all that the outlets wrote."
        )
    return right("It says what was counted, how many of how many, and where it holds. Others can check it.")


def _limits(answer: object, news: Corpus) -> Verdict:
    if isinstance(answer, str) or not isinstance(answer, list | tuple):
        return wrong('Give a list of sentences: ["one", "two", "three"].')
    said = [str(line).strip() for line in answer if line is not ... and str(line).strip()]
    if len(said) < 3:
        return wrong(
            f"{len(said)} so far; give three. Think of: how many articles, who chose them, what the kit misses, what copies do."
        )
    if len({line.casefold() for line in said}) < len(said):
        return wrong("Two of them are the same.")
    short = [line for line in said if len(line.split()) < 4]
    if short:
        return wrong(f"{short[0]!r} is too short to help a reader: write a sentence.")
    return right("Put them into your report, next to the claim, not at its end.")


def _judging(sentence: str) -> str:
    for word, instead in _JUDGING.items():
        if re.search(rf"(?i)\b{word}\b", sentence):
            return f"Leave out “{word}”: {instead}."
    return ""


CHECKS: Mapping[str, Callable[[Any, Corpus], Verdict]] = {
    "7.1": _readable,
    "7.2": _question,
    "7.3": _claim,
    "7.4": _limits,
}
