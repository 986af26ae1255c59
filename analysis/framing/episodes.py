"""Episodic and thematic framing: a single dated event, or a background, a rate, a trend (FRM5)."""

from __future__ import annotations

import re

import pandas as pd

from analysis.codebook import Codebook
from analysis.codebook.matching import Matcher
from analysis.text.estimates import MINIMUM_ARTICLES, SEED, shares

_MONTH = "january|february|march|april|may|june|july|august|september|october|november|december"
_DATED = re.compile(
    r"(?i)\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day(?:'s|’s)?(?! the)|yesterday|today|tonight|this morning|this afternoon|"
    r"this (?:evening|week|weekend)|last (?:night|week|weekend|month)|earlier in the day|(?:that|the same|the next) (?:day|night|morning|evening)|"
    r"overnight|(?:on|in) the (?:night|morning|afternoon|evening|early hours)|(?:at|before|after) (?:dawn|dusk|noon|midday|midnight|"
    r"daybreak|nightfall|dark|first light|sunrise|sunset)|(?:hours|minutes|moments|days) (?:later|earlier|ago|after|before)|"
    r"(?:christmas|new year['’]s) (?:day|eve)|easter sunday|good friday|"
    r"(?:shortly|just|soon) (?:before|after) \w+ (?=\w)|at \d{1,2}[.:]\d\d|\d{1,2}(?:[.:]\d\d)? ?(?:am|pm|a\.m\.|p\.m\.)|\d{1,2} o['’]clock|"
    rf"\d{{1,2}}(?:st|nd|rd|th)? (?:{_MONTH})|(?:{_MONTH.replace('|may|', '|')}) \d{{1,2}}(?!\d)|may \d{{1,2}}(?!\d))\b"
)


def episodic_thematic(
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    *,
    codebook: Codebook,
    by: str = "outlet",
    seed: int = SEED,
    minimum: int = MINIMUM_ARTICLES,
) -> pd.DataFrame:
    """Estimate how many sentences tell a single dated event and how many a background, a rate or a trend (FRM5).

    Parameters
    ----------
    articles : pandas.DataFrame
        ``article_id``, ``body`` and the `by` column.
    sentences : pandas.DataFrame
        The sentences layer.
    codebook : Codebook
        Its list ``thematic``.
    by, seed, minimum
        As in `analysis.text.estimates.shares`.

    Returns
    -------
    pandas.DataFrame
        Estimates of "episodic" and "thematic" among the sentences that are either.

    Notes
    -----
    Episodic and thematic framing (Iyengar, 1991); the rule is ours: a day named, or a word of the list. A sentence
    with both counts as thematic.
    """
    rows = episodes(articles, sentences, codebook=codebook)
    return shares(rows, articles, item="kind", by=by, seed=seed, minimum=minimum)


def episodes(articles: pd.DataFrame, sentences: pd.DataFrame, *, codebook: Codebook) -> pd.DataFrame:
    """Find the sentences that tell a single dated event, or a background, a rate or a trend.

    Parameters
    ----------
    articles, sentences, codebook
        As in `episodic_thematic`.

    Returns
    -------
    pandas.DataFrame
        ``article_id, start, end, kind`` ("episodic" or "thematic"); sentences that are neither are left out.

    Notes
    -----
    After Iyengar (1991); the rule is ours.

    Examples
    --------
    >>> from analysis.codebook import load
    >>> articles = pd.DataFrame({"article_id": ["a"], "body": ["On Monday a bridge fell. It rained."]})
    >>> sentences = pd.DataFrame({"article_id": "a", "start": [0, 25], "end": [24, 35]})
    >>> episodes(articles, sentences, codebook=load("general"))[["start", "end", "kind"]]
       start  end      kind
    0      0   24  episodic
    """
    matcher: Matcher[str] = Matcher((form, "t", "thematic") for form in codebook.lists.get("thematic", ()))
    bodies = dict(zip(articles["article_id"], articles["body"], strict=True))
    rows = []
    for article, start, end in zip(
        sentences["article_id"], sentences["start"], sentences["end"], strict=True
    ):
        text = str(bodies.get(article, ""))[start:end]
        kind = "thematic" if matcher.find(text) else "episodic" if _DATED.search(text) else ""
        if kind:
            rows.append((article, start, end, kind))
    return pd.DataFrame(rows, columns=["article_id", "start", "end", "kind"])
