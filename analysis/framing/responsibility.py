"""Who is said to be the cause, who should act, and who began: statements of responsibility with their sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import pandas as pd

from analysis.codebook import Codebook
from analysis.codebook.matching import Match, Matcher
from analysis.framing.frames import with_sentence
from analysis.framing.groups import in_voice, with_voice
from analysis.text.estimates import MINIMUM_ARTICLES, SEED, shares

KINDS = ("cause", "remedy", "initiator", "responder")
# connectives whose party stands before them ("X is to blame"); all others are followed by it ("because of X")
_PARTY_BEFORE = frozenset(
    {
        "responsible for",
        "responsibility for",
        "at fault",
        "to blame",
        "culpable",
        "guilty of",
        "accountable for",
        "led to",
        "stands behind",
        "stood behind",
        "is behind",
        "are behind",
        "was behind",
    }
)
_VERBAL = re.compile(r"invad|launched|attacked|started|fired|began|struck|broke|violated")
_COLUMNS = ["article_id", "start", "end", "surface", "kind", "party", "side", "sentence", "voice"]


def responsibility(
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    mentions: pd.DataFrame,
    statements: pd.DataFrame,
    *,
    codebook: Codebook,
) -> pd.DataFrame:
    """Find words of cause and blame, of remedy, and of who began and who answered, each with its party.

    Parameters
    ----------
    articles : pandas.DataFrame
        ``article_id`` and ``body``.
    sentences, mentions, statements : pandas.DataFrame
        Layers.
    codebook : Codebook
        Its lists ``cause``, ``remedy``, ``initiator`` and ``responder``, and the sides of its actors.

    Returns
    -------
    pandas.DataFrame
        One row a word: ``article_id, start, end, surface, kind, party, side, sentence, voice``. Words without
        a named party in their sentence are left out, because they hold nobody responsible.

    Notes
    -----
    AGY5 to AGY7, after Entman (1993): causes and remedies. Definitions and words are ours.
    """
    matcher: Matcher[str] = Matcher(
        (form, name, name) for name in KINDS for form in codebook.lists.get(name, ())
    )
    bodies = dict(zip(articles["article_id"], articles["body"], strict=True))
    named = {
        key: part.sort_values("start").to_dict("records") for key, part in mentions.groupby("article_id")
    }
    rows: list[Mapping[str, Any]] = []
    for article, part in sentences.sort_values(["article_id", "start"]).groupby("article_id"):
        body = str(bodies.get(article, ""))
        for start, end in zip(part["start"], part["end"], strict=True):
            inside: list[Mapping[Any, Any]] = [
                row for row in named.get(article, []) if start <= row["start"] and row["end"] <= end
            ]
            inside = [*inside, *_listed(body[start:end], int(start), inside, codebook)]
            for row in _of_sentence(body[start:end], int(start), inside, matcher, codebook):
                rows.append({"article_id": article, **row})
    found = with_sentence(pd.DataFrame(rows, columns=_COLUMNS[:7]), sentences)
    return with_voice(found, articles, statements)[_COLUMNS]


@lru_cache(maxsize=8)
def _names(codebook: Codebook) -> Matcher[str]:
    return Matcher(
        (name.lower(), "actor", actor.name)
        for actor in codebook.actors
        for name in (actor.name, *actor.aliases)
    )


def _listed(
    text: str, offset: int, mentions: Sequence[Mapping[Any, Any]], codebook: Codebook
) -> list[Mapping[Any, Any]]:
    """Find parties of the codebook that are no mentions: "because of Moscow" names a place that acts elsewhere."""
    found: list[Mapping[Any, Any]] = []
    for match in _names(codebook).find(text):
        surface, start, end = text[match.start : match.end], offset + match.start, offset + match.end
        taken = any(row["start"] < end and start < row["end"] for row in mentions)
        if not taken and codebook.actor_of(surface) is not None and surface[0].isupper():
            found.append({"start": start, "end": end, "surface": surface, "actor": match.value})
    return found


def _of_sentence(
    text: str, offset: int, mentions: Sequence[Mapping[Any, Any]], matcher: Matcher[str], codebook: Codebook
) -> Iterator[Mapping[str, Any]]:
    for match in matcher.find(text):
        kind = str(match.value)
        start, end = offset + match.start, offset + match.end
        if kind == "remedy" and not _addresses(text, match):
            continue
        party = _party(
            kind, match, start, end, [row for row in mentions if not _apart(text, offset, match, row)]
        )
        if party is None:
            continue
        name = str(party["actor"] or party["surface"])
        side = codebook.side_of(name) or codebook.side_of(str(party["surface"]))
        yield {
            "start": start,
            "end": end,
            "surface": text[match.start : match.end],
            "kind": kind,
            "party": name,
            "side": side,
        }


def _addresses(text: str, match: Match) -> bool:
    """Say whether a modal tells what somebody should do: "must have been" and "should be over by" do not."""
    return not re.match(
        r"\s+(?:(?:have|be)\s+(?:been|over|clear|ready|noted|remembered|able|\w+er)|know|see|get|hear|expect|remember|feel)\b",
        text[match.end :],
    )


def _apart(text: str, offset: int, match: Match, mention: Mapping[Any, Any]) -> bool:
    """Say whether a comma stands between a word and a party after it: "because of the heat, Ukraine's farmers"."""
    return "," in text[match.end : max(mention["start"] - offset, match.end)]


def _party(
    kind: str, match: Match, start: int, end: int, mentions: Sequence[Mapping[Any, Any]]
) -> Mapping[str, Any] | None:
    """Give the mention that the word is about: the nearest on the side where its party stands, else the nearest."""
    before = [row for row in mentions if row["end"] <= start]
    after = [row for row in mentions if row["start"] >= end]
    first = before if kind in {"remedy", "responder"} or match.form in _PARTY_BEFORE else after
    other = after if first is before else before
    if kind == "initiator":
        # who invades stands before the verb; a noun may have its party on either side ("an unprovoked attack by")
        first, other = before, [] if _VERBAL.match(match.form) else after
    if kind == "cause" and first is after:
        other = []  # "Kyiv was late because of snow" holds nobody responsible
    chosen = first or other
    if not chosen:
        return None
    return min(chosen, key=lambda row: (abs(row["start"] - start), row["start"]))


def responsibility_shares(
    rows: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    kind: str,
    voice: str = "all",
    sides: Mapping[str, str] | None = None,
    by: str = "outlet",
    seed: int = SEED,
    minimum: int = MINIMUM_ARTICLES,
) -> pd.DataFrame:
    """Estimate to which side the responsibility of a kind is given.

    Parameters
    ----------
    rows : pandas.DataFrame
        From `responsibility`.
    articles : pandas.DataFrame
        One row an article.
    kind : {"cause", "remedy", "initiator", "responder"}
        What is counted.
    voice : str, optional
        Whose words, as in `analysis.framing.label_shares`.
    sides : mapping of str to str, optional
        How to write the sides.
    by, seed, minimum
        As in `analysis.text.estimates.shares`.

    Returns
    -------
    pandas.DataFrame
        Estimates with the sides as items; parties without a side count in *n* only.

    Notes
    -----
    Our definition, after Entman (1993).

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["Hill Post", "Quay Star"]})
    >>> rows = pd.DataFrame({"article_id": ["a", "b"], "kind": "cause", "side": ["port", ""], "voice": "own"})
    >>> responsibility_shares(rows, articles, kind="cause", sides={"port": "The port"})[["group", "item", "k", "n"]]
           group      item  k  n
    0  Hill Post  The port  1  1
    1  Quay Star  The port  0  1
    """
    chosen = in_voice(rows.loc[rows["kind"] == kind], voice)
    written = chosen["side"].map(lambda side: (sides or {}).get(side, side))
    return shares(chosen.assign(side=written), articles, item="side", by=by, seed=seed, minimum=minimum)
