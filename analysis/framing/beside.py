"""What stands beside a name: words of praise and blame, and titles (LAB3)."""

from __future__ import annotations

import re

import pandas as pd

from analysis.codebook import Codebook
from analysis.codebook.matching import Match, Matcher
from analysis.text.estimates import MINIMUM_ARTICLES, SEED, rates

# how far before a name an evaluative word may stand: "the brutal and reckless Russian president" is five words long
REACH = 45
# what may stand before a modifier; after a noun the same word is a verb: "the court convicted Almas"
_OPENING = frozenset(
    {"the", "a", "an", "his", "her", "their", "its", "our", "this", "that", "these", "those", "and", "but", "former",
     "of", "by", "with", "for", "from", "against", "to", "on", "about", "as", "under", "most", "very", "then", "ex"}
)  # fmt: skip
_APART = frozenset(
    {"of", "to", "in", "on", "by", "for", "the", "with", "from", "at", "is", "was", "a", "an", "that"}
)
_BODY_OF = re.compile(
    r"\s+(?:regime|government|junta|militia|rule|gang|clique|army|forces|administration|party) of "
)


def evaluative_words(mentions: pd.DataFrame, articles: pd.DataFrame, *, codebook: Codebook) -> pd.DataFrame:
    """Find praising and blaming words that stand directly before an actor's name (LAB3).

    Parameters
    ----------
    mentions : pandas.DataFrame
        The mentions layer.
    articles : pandas.DataFrame
        ``article_id`` and ``body``.
    codebook : Codebook
        Its lists ``praising`` and ``blaming``.

    Returns
    -------
    pandas.DataFrame
        One row a word: ``article_id, start, end, surface, actor, leaning ("praising" or "blaming"), quoted``.

    Notes
    -----
    Our definition, on the published lists of the codebook; only words of the same noun phrase, that is with nothing
    but words between them and the name.
    """
    matcher: Matcher[str] = Matcher(
        (form, "modifier", name) for name in ("praising", "blaming") for form in codebook.lists.get(name, ())
    )
    bodies = dict(zip(articles["article_id"], articles["body"], strict=True))
    rows = []
    for mention in mentions.sort_values(["article_id", "start"]).to_dict("records"):
        body = bodies.get(mention["article_id"], "")
        first = max(0, mention["start"] - REACH)
        before = body[first : mention["start"]]
        edge = max((before.rfind(stop) for stop in '.;:!?\n()“”"—–'), default=-1) + 1
        for match in matcher.find(before[edge:]):
            start, end = first + edge + match.start, first + edge + match.end
            if _leads_to(before[edge:], match, str(mention.get("role") or "")):
                rows.append(
                    {
                        "article_id": mention["article_id"],
                        "start": start,
                        "end": end,
                        "surface": body[start:end],
                        "actor": mention["actor"],
                        "leaning": str(match.value),
                        "quoted": bool(mention["quoted"]),
                    }
                )
    columns = ["article_id", "start", "end", "surface", "actor", "leaning", "quoted"]
    return pd.DataFrame(rows, columns=columns).drop_duplicates(
        ["article_id", "start", "end"], ignore_index=True
    )


def _leads_to(before: str, match: Match, role: str) -> bool:
    """Say whether a word before a name belongs to its noun phrase: it modifies, and what lies between does too."""
    if match.end > len(before):  # part of the name itself: "Criminal Court"
        return False
    between = before[match.end :]
    ahead = before[: match.start].split()
    modifies = (
        not ahead or not ahead[-1][-1:].isalpha() or ahead[-1].lower() in _OPENING or ahead[-1][0].isupper()
    )
    of = _BODY_OF.match(between)
    words = [word.strip(",") for word in (between[of.end() :] if of else between).split()]
    nouns = {word.lower() for word in role.split()}
    lower = [word for word in words if word.lower() not in nouns and word != "and" and not word[:1].isupper()]
    plain = len(lower) <= 2 and not any(word in _APART or word.endswith(("ed", "s")) for word in lower)
    return modifies and plain and len(words) <= 5 and not (lower and "," in between)


def titles(mentions: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Find the titles that stand directly before a name: "President", "General" (LAB3).

    Parameters
    ----------
    mentions : pandas.DataFrame
        The mentions layer.
    articles : pandas.DataFrame
        ``article_id`` and ``body``.

    Returns
    -------
    pandas.DataFrame
        One row a title: ``article_id, start, end, surface, actor, quoted``. A role in lower case ("the economist
        Castelane") describes and is no title.

    Notes
    -----
    Our definition.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a"], "body": ["Mayor Anton Vell spoke."]})
    >>> mentions = pd.DataFrame({"article_id": ["a"], "start": 6, "end": 16, "actor": "Anton Vell", "role": "Mayor",
    ...     "quoted": False})
    >>> titles(mentions, articles)[["start", "end", "surface", "actor"]]
       start  end surface       actor
    0      0    5   Mayor  Anton Vell
    """
    bodies = dict(zip(articles["article_id"], articles["body"], strict=True))
    rows = []
    for mention in mentions.loc[mentions["role"].fillna("") != ""].to_dict("records"):
        role, body = str(mention["role"]), str(bodies.get(mention["article_id"], ""))
        start = mention["start"] - len(role) - 1
        if role.split()[-1][:1].isupper() and start >= 0 and body.startswith(role + " ", start):
            rows.append(
                (
                    mention["article_id"],
                    start,
                    start + len(role),
                    role,
                    mention["actor"],
                    bool(mention["quoted"]),
                )
            )
    return pd.DataFrame(rows, columns=["article_id", "start", "end", "surface", "actor", "quoted"])


def evaluative_rates(
    words: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    by: str = "outlet",
    seed: int = SEED,
    minimum: int = MINIMUM_ARTICLES,
) -> pd.DataFrame:
    """Estimate how often evaluative words stand beside actors' names, per 1,000 words, in the outlet's own voice.

    Parameters
    ----------
    words : pandas.DataFrame
        From `evaluative_words`.
    articles, by, seed, minimum
        As in `analysis.text.estimates.rates`.

    Returns
    -------
    pandas.DataFrame
        Estimates with "blaming" and "praising" as items.

    Notes
    -----
    Our definition.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["Hill Post", "Quay Star"], "n_words": [500, 250]})
    >>> words = pd.DataFrame({"article_id": ["a", "b"], "leaning": ["blaming", "praising"], "quoted": [False, True]})
    >>> evaluative_rates(words, articles)[["group", "item", "k", "share"]]
           group     item  k  share
    0  Hill Post  blaming  1    2.0
    1  Quay Star  blaming  0    0.0
    """
    own = words.loc[~words["quoted"].astype(bool)]
    return rates(own, articles, item="leaning", by=by, seed=seed, minimum=minimum)
