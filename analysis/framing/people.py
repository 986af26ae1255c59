"""The human side: are victims people with names and ages, or numbers, and do civilians have a voice."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import files

import pandas as pd

from analysis.framing.groups import counted
from analysis.text.estimates import MINIMUM_ARTICLES, SEED, shares

_AGED = re.compile(r"(?i)\b(?:\d{1,3}|[a-z]+)[- ](?:year|month|week|day)s?[- ]old\b|\baged \d|\bof \d\d$")
_NUMBER = re.compile(
    r"(?i)^(?:(?:at least|about|around|some|more than|up to|over|nearly|almost|another|the|all|only|as many as|as few as)\s+)*"
    r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:a )?(?:hundred|thousand|dozen)|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-[a-z]+)?|dozens?|scores|hundreds?|thousands?|"
    r"several|many|few|a few|some|others?)(?:\s+(?:of|hundred|thousand|million|more|other|others|people|persons|civilians|dead|"
    r"casualties|deaths|lives|victims|soldiers|troops|men|were|in))*$"
)
# "two people in the port" are told by their number alone, and the head of the phrase stands before what places it
_PLACED = re.compile(
    r"(?i)\s+(?:in|near|from|at|on|outside|inside|aboard|around|who|with|during|by|across|under|for|to)\b"
)
_JOINED = re.compile(r"(?i),?\s+(?:and|or|as well as)\s+|,\s+")
# "dozens of conscripts", "a group of tourists": the people stand after "of"
_MANY = re.compile(
    r"(?i)\b(?:dozens|scores|tens|hundreds|thousands|millions|most|all|half|some|many|several|\w+teen|\d+|two|six|ten|number|"
    r"group|crowd|column|convoy|pair|handful|team|band|majority|bus|boatload|generation|bodies|body)$"
)
_WORD = re.compile(r"[a-z-]+")
_IRREGULAR = {"children": "child", "wives": "wife", "babies": "baby", "families": "family"}


@cache
def _persons() -> frozenset[str]:
    text = (files("analysis") / "data" / "framing" / "persons.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def _heads(phrase: str) -> list[str]:
    """Cut a phrase at the nouns that head it: "the mayor's driver and a nurse of the clinic", not the clinic."""
    heads = []
    for part in _JOINED.split(_PLACED.split(phrase.strip(), maxsplit=1)[0]):
        head, _, rest = part.partition(" of ")
        heads += [head, rest] if _MANY.search(head) else [head]
    return heads


def _is_person(head: str) -> bool:
    """Say whether a phrase ends in a noun for people: "four policemen", not "two fighter jets"."""
    word = (_WORD.findall(head.lower()) or [""])[-1]
    forms = {word, re.sub(r"men$", "man", word), _IRREGULAR.get(word, word), word.removesuffix("s")}
    return bool(forms & _persons())


def victims(harms: pd.DataFrame, mentions: pd.DataFrame, statements: pd.DataFrame) -> pd.DataFrame:
    """Say of each harm event with a victim how the victim is told (AGY8).

    Parameters
    ----------
    harms, mentions, statements : pandas.DataFrame
        Layers.

    Returns
    -------
    pandas.DataFrame
        The events that name a victim, with ``told``: "quoted" (a person who speaks in the article), "named", "aged",
        "role" (a resident, a nurse), "number only", or "thing" (a building, a bridge).

    Notes
    -----
    Our definition.
    """
    rows = harms.loc[harms["victim"].fillna("") != ""]
    named, groups = _surfaces(mentions, "person"), _surfaces(mentions, "group")
    speaking = (
        {
            key: set(part["source"].fillna("")) | set(part["actor"].fillna(""))
            for key, part in statements.groupby("article_id")
        }
        if len(statements)
        else {}
    )
    told = [
        told_as(str(victim), named.get(article, ()), speaking.get(article, ()), groups.get(article, ()))
        for article, victim in zip(rows["article_id"], rows["victim"], strict=True)
    ]
    return rows.assign(told=pd.Series(told, index=rows.index, dtype=str))


def _surfaces(mentions: pd.DataFrame, kind: str) -> dict[str, set[str]]:
    """Give the names of one kind that stand in each article; pronouns and roles are no names."""
    rows = mentions.loc[(mentions["kind"] == kind) & mentions["surface"].str[:1].str.isupper()]
    return {str(key): set(part["surface"]) for key, part in rows.groupby("article_id")}


def told_as(
    victim: str,
    named: Collection[str] = (),
    speaking: Collection[str] = (),
    groups: Collection[str] = (),
) -> str:
    """Say how a victim is told, from the phrase and the names of the article.

    Examples
    --------
    >>> told_as("at least nine people"), told_as("a nurse"), told_as("two fighter jets")
    ('number only', 'role', 'thing')
    """
    # "Mara Quill's house" is no person
    whole = [name for name in sorted(named) if re.search(rf"{re.escape(name)}(?!['’])", victim)]
    if whole:
        name = max(whole, key=len)
        return "quoted" if any(name in source for source in speaking) else "named"
    if _AGED.search(victim):
        return "aged"
    if _NUMBER.match(_PLACED.split(victim.strip(), maxsplit=1)[0]):
        return "number only"
    heads = _heads(victim)
    told = any(_is_person(head) or head.endswith(tuple(groups)) for head in heads)
    return "role" if told else "thing"


def victim_shares(
    rows: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str = "outlet",
    sides: Mapping[str, str] | None = None,
    seed: int = SEED,
    minimum: int = MINIMUM_ARTICLES,
) -> pd.DataFrame:
    """Estimate how victims are told, by outlet or by the victims' side.

    Parameters
    ----------
    rows : pandas.DataFrame
        From `victims`; things are left out.
    articles : pandas.DataFrame
        One row an article.
    by : str, optional
        A column of `articles`, or "victim_side".
    sides, seed, minimum
        As in `analysis.framing.voice_shares`.

    Returns
    -------
    pandas.DataFrame
        Estimates with the ways of telling as items.

    Notes
    -----
    Our definition.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["Hill Post", "Quay Star"]})
    >>> rows = pd.DataFrame({"article_id": ["a", "a", "b"], "told": ["named", "number only", "thing"]})
    >>> victim_shares(rows, articles)[["group", "item", "k", "n"]]
           group         item  k  n
    0  Hill Post        named  1  2
    1  Quay Star        named  0  0
    2  Hill Post  number only  1  2
    3  Quay Star  number only  0  0
    """
    persons = rows.loc[rows["told"] != "thing"]
    return counted(persons, articles, item="told", by=by, sides=sides, seed=seed, minimum=minimum)


def source_shares(
    statements: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str = "outlet",
    seed: int = SEED,
    minimum: int = MINIMUM_ARTICLES,
) -> pd.DataFrame:
    """Estimate the share of each class of sources among statements; "civilian" is the civilians' share of voice.

    Parameters
    ----------
    statements : pandas.DataFrame
        The statements layer.
    articles, by, seed, minimum
        As in `analysis.text.estimates.shares`.

    Returns
    -------
    pandas.DataFrame
        Estimates with the source classes as items.

    Notes
    -----
    After Bennett's (1990) indexing: official against other voices.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["Hill Post", "Quay Star"]})
    >>> statements = pd.DataFrame({"article_id": ["a", "a", "b"], "source_class": ["military", "civilian", "military"]})
    >>> source_shares(statements, articles)[["group", "item", "k", "n"]]
           group      item  k  n
    0  Hill Post  military  1  2
    1  Quay Star  military  1  1
    2  Hill Post  civilian  1  2
    3  Quay Star  civilian  0  1
    """
    return shares(statements, articles, item="source_class", by=by, seed=seed, minimum=minimum)


def cue_shares(
    statements: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str = "side",
    sides: Mapping[str, str] | None = None,
    seed: int = SEED,
    minimum: int = MINIMUM_ARTICLES,
) -> pd.DataFrame:
    """Estimate the classes of reporting verbs by the speaker's side or by outlet (SRC5).

    Parameters
    ----------
    statements : pandas.DataFrame
        The statements layer.
    articles : pandas.DataFrame
        One row an article.
    by : str, optional
        "side", or a column of `articles`.
    sides, seed, minimum
        As in `analysis.framing.voice_shares`.

    Returns
    -------
    pandas.DataFrame
        Estimates with the classes neutral, endorsing, distancing and combative as items.

    Notes
    -----
    Our classes of verbs, published in the codebook.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["Hill Post", "Quay Star"]})
    >>> statements = pd.DataFrame({"article_id": ["a", "a", "b"], "side": ["port", "port", "union"],
    ...     "cue_class": ["neutral", "distancing", "neutral"]})
    >>> cue_shares(statements, articles)[["group", "item", "k", "n"]]
       group        item  k  n
    0   port     neutral  1  2
    1  union     neutral  1  1
    2   port  distancing  1  2
    3  union  distancing  0  1
    """
    rows = statements.loc[statements["cue_class"].fillna("") != ""]
    return counted(rows, articles, item="cue_class", by=by, sides=sides, seed=seed, minimum=minimum)
