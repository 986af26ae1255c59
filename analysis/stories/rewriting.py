"""Signs that a text was rewritten by a machine: each a flag with its reason, for a switch of sensitivity.

Such copies share no shingles with their source, so copies cannot be found by their words. The signs are weak one by
one: an opinion piece has a first person, a column a sentence of one word. Nothing is ever removed because of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pandas as pd

from analysis.stories.lexicons import table

RULES = ("fragment", "lost marks", "stock phrase", "two spellings", "unclosed marks")
# From two kinds of signs on, an article is called suspect: on the teaching corpus both planted copies and no other; of
# 2,348 real articles of the scale benchmark some 2 in 100, most of them opinion.
SUSPECT = 2
_FIRST_PERSON = re.compile(r"(?:^|[\s(])(I|[Ww]e|[Mm]y|[Oo]ur|[Uu]s)(?=\s)")
_SAYING = re.compile(
    r"\b(?:according to|as per|sa(?:id|ys)|advised|told|asked|added|stressed|explained|claimed|instructed|stated)\b",
    re.IGNORECASE,
)
# a reporter who tells what was said to him
_OWN_SAYING = re.compile(
    r"\b(?:[Ii]|[Ww]e)\s+(?:\w+\s+)?(?:said|told|asked|added|explained|claimed|stated|stressed|say|tell|ask)\b|"
    r"\b(?:told|asks?|asked|tells?)\s+(?:me|us)\b|\b(?:[Ii]|[Ww]e)\s+(?:was|were|am|are|have been)\s+told\b|\b(?:said|says)\s+(?:to\s+)?(?:me|us)\b"
)
_MARKS = re.compile(r"[“\"][^“”\"]*[”\"]")
_LETTERS = re.compile(r"[^\W\d_]+")
# one word that a reporter may set alone
_ALONE = frozenset(
    (
        "yes",
        "no",
        "not",
        "so",
        "why",
        "how",
        "when",
        "who",
        "what",
        "never",
        "perhaps",
        "maybe",
        "still",
        "almost",
    )
)
# words that begin what cannot stand alone
_OPENERS = frozenset(
    (
        "since",
        "because",
        "although",
        "of",
        "for",
        "with",
        "the",
        "a",
        "an",
        "by",
        "while",
        "whereas",
        "was",
        "were",
        "is",
    )
)


def rewriting_signs(
    articles: pd.DataFrame, sentences: pd.DataFrame, *, mentions: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Flag what machine rewriting leaves behind.

    Parameters
    ----------
    articles : pandas.DataFrame
        Articles with ``article_id`` and ``body``.
    sentences : pandas.DataFrame
        The ``sentences`` layer.
    mentions : pandas.DataFrame, optional
        The ``mentions`` layer; with it, two spellings of one person in one article are a sign too.

    Returns
    -------
    pandas.DataFrame
        One row a sign: ``article_id``, ``start``, ``end``, ``rule`` (fragment, lost marks, stock phrase, two spellings,
        unclosed marks), ``reason``.

    Examples
    --------
    >>> body = "The town was taken by force. Was. The harm added up."
    >>> articles = pd.DataFrame({"article_id": ["a"], "body": [body]})
    >>> sentences = pd.DataFrame({"article_id": "a", "start": [0, 29, 34], "end": [28, 33, 52]})
    >>> rewriting_signs(articles, sentences)[["start", "end", "rule"]]
       start  end      rule
    0     29   33  fragment
    """
    bodies = dict(zip(articles["article_id"].astype(str), articles["body"].fillna(""), strict=True))
    rows: list[dict[str, Any]] = []
    spans = sentences[sentences["article_id"].isin(bodies)].sort_values(["article_id", "start"])
    for article_id, start, end in spans[["article_id", "start", "end"]].itertuples(index=False):
        body = bodies[str(article_id)]
        for sign in _of_sentence(body, int(start), int(end)):
            rows.append({"article_id": article_id, **sign})
    for article_id, body in bodies.items():
        rows += [{"article_id": article_id, **sign} for sign in (*_stock_phrases(body), *_unclosed(body))]
    if mentions is not None:
        rows += _spellings(mentions[mentions["article_id"].isin(bodies)])
    found = pd.DataFrame(rows, columns=["article_id", "start", "end", "rule", "reason"])
    return found.sort_values(["article_id", "start", "rule"], ignore_index=True)


def suspects(signs: pd.DataFrame, *, least: int = SUSPECT) -> pd.DataFrame:
    """Name the articles that show several kinds of signs.

    Parameters
    ----------
    signs : pandas.DataFrame
        As `rewriting_signs` gives them.
    least : int, optional
        Kinds of signs from which on an article is suspect.

    Returns
    -------
    pandas.DataFrame
        ``article_id``, ``n_rules``, ``n_signs``, ``reasons``, the most suspect first.

    Examples
    --------
    >>> signs = pd.DataFrame({"article_id": ["a", "a"], "rule": ["fragment", "lost marks"], "reason": ["dangling", "no marks"]})
    >>> suspects(signs)[["article_id", "n_rules", "reasons"]]
      article_id  n_rules             reasons
    0          a        2  dangling; no marks
    """
    if signs.empty:
        return pd.DataFrame(columns=["article_id", "n_rules", "n_signs", "reasons"])
    grouped = signs.groupby("article_id")
    found = pd.DataFrame(
        {
            "n_rules": grouped["rule"].nunique(),
            "n_signs": grouped.size(),
            "reasons": grouped["reason"].agg(lambda reasons: "; ".join(dict.fromkeys(reasons))),
        }
    ).reset_index()
    return found[found["n_rules"] >= least].sort_values(
        ["n_rules", "n_signs", "article_id"], ascending=[False, False, True], ignore_index=True
    )


def _of_sentence(body: str, start: int, end: int) -> Iterator[dict[str, Any]]:
    text = body[start:end]
    if _inside_marks(body, start):
        return
    words = _LETTERS.findall(text)
    alone = (start == 0 or body[start - 1] == "\n") and (end == len(body) or body[end] == "\n")
    # a sentence cut at "Sen." or "J." is the work of the splitter, not of a rewriter
    cut = _is_cut(words[-1] if words else "") or _is_cut(
        re.sub(r"^.*?([^\W\d_]*)\W*$", r"\1", body[max(0, start - 12) : start])
    )
    lone = len(words) == 1 and (len(words[0]) > 4 or words[0].lower() in _OPENERS)
    short = lone and words[0].lower() not in _ALONE and not cut
    dangling = 2 <= len(words) <= 3 and words[0].lower() in _OPENERS and not cut
    plain = text.endswith(".") and text[:1].isupper() and not re.search(r"[.\d“”\"]", text[:-1])
    if (short or dangling) and plain and not alone:
        yield {"start": start, "end": end, "rule": "fragment", "reason": f"a dangling fragment: {text!r}"}
    bare = _MARKS.sub(lambda found: " " * len(found[0]), text)
    person = _FIRST_PERSON.search(bare)
    if person and _SAYING.search(bare) and not _OWN_SAYING.search(bare) and not re.search(r"[“”\"]", bare):
        reason = f"first person and a reporting phrase without quotation marks: {text[:60]!r}"
        yield {"start": start, "end": end, "rule": "lost marks", "reason": reason}


def _is_cut(word: str) -> bool:
    from analysis.text.cutting import abbreviations

    return (len(word) == 1 and word.isupper()) or word.lower() in abbreviations()


def _inside_marks(body: str, at: int) -> bool:
    """Tell whether a quotation that opened in the same paragraph is still open."""
    before = body[body.rfind("\n", 0, at) + 1 : at]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


@cache
def _tortured() -> tuple[re.Pattern[str], dict[str, str]]:
    forms = {row["form"]: row["stands_for"] for row in table("tortured.tsv")}
    longest = sorted(forms, key=lambda form: (-len(form), form))
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest)) + r")\b", re.IGNORECASE), forms


def _stock_phrases(body: str) -> Iterator[dict[str, Any]]:
    pattern, forms = _tortured()
    for match in pattern.finditer(body):
        meant = forms[match[0].lower()]
        if match[0] == meant or (match[0].istitle() and match[0].lower() == "safety council"):
            continue
        reason = f"{match[0]!r} where the news says {meant!r}"
        yield {"start": match.start(), "end": match.end(), "rule": "stock phrase", "reason": reason}


def _unclosed(body: str) -> Iterator[dict[str, Any]]:
    """Flag a paragraph with an odd number of straight marks; one that goes on in the next may leave its mark open."""
    start = 0
    paragraphs = body.split("\n")
    for number, paragraph in enumerate(paragraphs):
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else ""
        straight, opened, closed = (paragraph.count(mark) for mark in '"“”')
        mixed = opened != closed  # one kind of mark may close what the other has opened
        if straight % 2 and not mixed and not following.startswith(('"', "“")):
            reason = f"a quotation that opens or closes without its partner: {paragraph[:50]!r}"
            yield {"start": start, "end": start + len(paragraph), "rule": "unclosed marks", "reason": reason}
        start += len(paragraph) + 1


def _spellings(mentions: pd.DataFrame) -> list[dict[str, Any]]:
    people = mentions[(mentions["kind"] == "person") & (mentions["actor"].fillna("") != "")]
    rows: list[dict[str, Any]] = []
    for (article_id, actor), group in people.groupby(["article_id", "actor"], sort=True):
        ordered = group.sort_values("start")
        surname = ordered["surface"].str.split().str[-1].str.replace(r"['’]s$", "", regex=True)
        forms = list(dict.fromkeys(surname))
        # a first name used alone is another word, not another spelling
        odd = [
            form
            for form in forms[1:]
            if form[:3].lower() == forms[0][:3].lower()
            and form.lower() != forms[0].lower()
            and not _short_form(form.lower(), forms[0].lower())
        ]
        if odd:
            row = ordered[surname == odd[0]].iloc[0]
            reason = f"{actor} is spelt {forms[0]!r} and {odd[0]!r} in one article"
            span = {"start": int(row["start"]), "end": int(row["end"])}
            rows.append({"article_id": article_id, **span, "rule": "two spellings", "reason": reason})
    return rows


def _short_form(one: str, other: str) -> bool:
    """Tell "Chris" beside "Christie" and "Ron" beside "Ronald": a first name or its short form, no other spelling."""
    return one.startswith(other) or other.startswith(one)
