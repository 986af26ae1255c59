r"""The pattern language of the concordance: words, stars, phrases, regular expressions, lemmas, actors.

==================  ==========================================================================================
``war``             the word in any case: the form that is counted, so not ``warm``, not ``post-war``; ``war’s`` is
``withdr*``         any word that begins so; a star stands for any letters, anywhere in the word
``"red lines"``     words in a row, over punctuation but not over a line end; ``*`` alone is any one word
``/drones?\b/``     a regular expression over the text as written (Rust's dialect), ignoring case; ``/…/c`` minds it
``lemma:withdraw``  every form of the word; needs the ``tokens`` layer
``@zelensky``       every mention of an actor whose name has that word, however it is written, but not of
                    ``Zelensky’s cabinet``; ``@olena zelenska`` asks for both words; needs ``mentions``
``war | invasion``  either
==================  ==========================================================================================
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from analysis.errors import MeasureError
from analysis.text.tokens import words

KINDS = ("word", "phrase", "regex", "lemma", "actor")


@dataclass(frozen=True)
class Query:
    """One alternative of a query.

    Attributes
    ----------
    kind : str
        One of `KINDS`.
    terms : tuple of str
        The words, as forms with stars; the expression; the lemma; or the words of the actor's name.
    text : str
        As the user wrote it.
    """

    kind: str
    terms: tuple[str, ...]
    text: str


def parse(query: str) -> tuple[Query, ...]:
    """Read a query.

    Parameters
    ----------
    query : str
        See the module's text.

    Returns
    -------
    tuple of Query
        Its alternatives.

    Raises
    ------
    MeasureError
        When the query is empty or not well formed; the message says where.

    Examples
    --------
    >>> [(each.kind, each.terms) for each in parse('withdr* | "red lines" | @zelensky')]
    [('word', ('withdr*',)), ('phrase', ('red', 'lines')), ('actor', ('zelensky',))]
    """
    alternatives = [part for part in _split(query) if part]
    if not alternatives:
        raise MeasureError(
            'the query is empty; write a word, a "phrase", /an expression/, lemma:word or @actor'
        )
    return tuple(_one(part) for part in alternatives)


def _split(query: str) -> list[str]:
    """Cut at bars that are neither quoted nor in an expression."""
    parts, here, closing = [], "", ""
    for sign in query:
        if closing:
            here += sign
            if sign == closing and not (sign == "/" and here.endswith("\\/")):
                closing = ""
        elif sign == "|":
            parts.append(here.strip())
            here = ""
        else:
            if sign in '"“' or (sign == "/" and not here.strip()):
                closing = "”" if sign == "“" else sign
            here += sign
    if closing:
        raise MeasureError(f"the query {query!r} opens {closing!r} and does not close it")
    return [*parts, here.strip()]


def _one(text: str) -> Query:
    if text.startswith("/"):
        return _regex(text)
    if text.startswith("@"):
        return Query("actor", tuple(words(text[1:])), text)
    if text.lower().startswith("lemma:"):
        lemma = text[6:].strip().lower()
        if not lemma or " " in lemma:
            raise MeasureError(f"{text!r}: write one lemma, such as lemma:withdraw")
        return Query("lemma", (lemma,), text)
    bare = text.strip('"“”').strip()
    terms = tuple(term for piece in bare.split() for term in _terms(piece))
    if not terms:
        raise MeasureError(f"there is no word in the query {text!r}")
    if all(set(term) == {"*"} for term in terms):
        raise MeasureError(f"the query {text!r} would find every word; give at least two letters")
    return Query("word" if len(terms) == 1 else "phrase", terms, text)


def _terms(piece: str) -> list[str]:
    """Bring a piece of a query to the form that is counted, keeping its stars."""
    if piece.strip("*") == "":
        return ["*"]
    if "*" not in piece:
        return words(piece)
    return [re.sub(r"[‐‑]", "-", re.sub(r"[’‘ʼ`´′]", "'", piece)).lower()]


def _regex(text: str) -> Query:
    body, _, flags = text[1:].rpartition("/")
    if not body or flags not in ("", "c"):
        raise MeasureError(
            f"the expression {text!r} must stand between slashes, with at most a c (mind the case) behind"
        )
    return Query("regex", (body if flags == "c" else f"(?i){body}",), text)


def matches(term: str, form: str) -> bool:
    """Say whether a form fits a term with stars.

    Examples
    --------
    >>> matches("withdr*", "withdrawal"), matches("war", "warm")
    (True, False)
    """
    return re.fullmatch(".*".join(re.escape(part) for part in term.split("*")), form) is not None


def core(term: str) -> str:
    """Give the longest run of plain letters in a term: what the text must hold for the term to occur.

    Examples
    --------
    >>> core("don't"), core("with*wal")
    ('don', 'with')
    """
    runs = re.findall(r"[a-z0-9]+", term)
    return max(runs, key=len) if runs else ""
