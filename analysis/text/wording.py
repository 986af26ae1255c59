"""Queries and words as a sentence says them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.text.query import parse


def said(query: str) -> str:
    """Write a query in words, for a sentence.

    Parameters
    ----------
    query : str
        Of `analysis.text.query`.

    Examples
    --------
    >>> said('withdr* | "red lines"'), said("@marsh"), said("lemma:kill")
    ('“withdr*” or “red lines”', 'the actor “marsh”', '“kill” in any form')
    """
    parts = []
    for each in parse(query):
        quoted = listed([each.text.removeprefix("@").removeprefix("lemma:")])
        parts.append(
            f"the actor {quoted}"
            if each.kind == "actor"
            else f"{quoted} in any form"
            if each.kind == "lemma"
            else quoted
        )
    return " or ".join(parts)


def verb(query: str, otherwise: str) -> str:
    """Say what the hits of a query do: actors are named.

    Examples
    --------
    >>> verb("war", "occurs"), verb("@marsh", "occurs")
    ('occurs', 'is named')
    """
    return "is named" if all(each.kind == "actor" for each in parse(query)) else otherwise


def begun(words: str) -> str:
    """Begin a sentence with these words."""
    return words[:1].upper() + words[1:]


def listed(words: Sequence[str] | pd.Series) -> str:
    """Write words in quotation marks with an "and" before the last.

    Examples
    --------
    >>> listed(["war", "peace", "talks"])
    '“war”, “peace” and “talks”'
    """
    quoted = ["“" + str(word).strip('"“”') + "”" for word in words]
    return (
        quoted[0]
        if len(quoted) == 1
        else f"{', '.join(quoted[:-1])} and {quoted[-1]}"
        if quoted
        else "nothing"
    )
