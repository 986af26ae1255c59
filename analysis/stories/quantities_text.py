"""The quantities ledger without a parse: the words behind a number say what it counts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import ahocorasick_rs
import polars as pl

from analysis.actors.rules.verbs import forms
from analysis.schemas import conform
from analysis.stories import beside, labelled, lexicons
from analysis.stories.implausible import flag_article
from analysis.stories.numbers import Number, find_numbers
from analysis.text.plain import PlainText
from analysis.text.tokens import function_words

_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"\s+(?:of (?:the |its |their |his |her |these |those )?)?([A-Za-z][\w’'-]*)")
_BEHIND = re.compile(r"[\s,]+(?:(?:people|were|was|been|have|had|has|are|is|who|reportedly|also) )*([a-z]+)")
_ENDS = re.compile(r"[,.;:!?)]")
_OF_TIME = r"(?:since|in|on|by|until|before|after|during|from)"
_MONTH = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\\.|Feb\\.|Aug\\.|Sept\\.|"
    "Oct\\.|Nov\\.|Dec\\.)"
)
_DAY = "(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_WHEN = re.compile(
    rf"\b(?:{_OF_TIME} )?(?:\d{{1,2}} {_MONTH}(?: \d{{4}})?|{_MONTH} \d{{1,2}}(?:, \d{{4}})?\b|{_MONTH}(?: \d{{4}})?\b|{_DAY}\b"
    r"|(?:yesterday|today|overnight|tonight|last (?:night|week|month|year)|this (?:week|month|year|morning)|the (?:past|last) "
    r"(?:day|week|month|year|24 hours))\b|(?<=in )(?:19|20)\d\d\b)"
)
_NUMBERED = re.compile(r"[A-Z][\w’'-]+ $")


def annotate_quantities_text(
    texts: Sequence[PlainText], *, places: pl.DataFrame, statements: pl.DataFrame
) -> pl.DataFrame:
    """Find the number claims of articles without a parse.

    What is counted is the noun behind the number, so that counts told the other way about ("casualties rose to
    11,000") stay without one.

    Parameters
    ----------
    texts : sequence of PlainText
        Articles from `analysis.text.plain.read`.
    places : polars.DataFrame
        Their ``places`` layer.
    statements : polars.DataFrame
        Their ``statements`` layer; a number inside a statement is claimed by its source.

    Returns
    -------
    polars.DataFrame
        Layer ``quantities``, as `analysis.stories.annotate_quantities` gives it.

    Examples
    --------
    >>> from analysis.text.plain import read
    >>> texts = read([{"article_id": "a", "body": "At least 12 people were wounded on Monday."}])
    >>> found = annotate_quantities_text(texts, places=conform([], "places"), statements=conform([], "statements"))
    >>> found.select("low", "counted", "qualifier", "when").row(0)
    (12.0, 'people wounded', 'at least', 'on Monday')
    """
    said = beside.by_article(statements, ["start", "end", "actor", "source", "cue", "hedge"])
    where = beside.by_article(places, ["start", "end", "place", "surface", "role", "kind", "sentence"])
    rows: list[dict[str, Any]] = []
    for text in texts:
        found = _article(text, said.get(text.article_id, []), where.get(text.article_id, []))
        rows.extend(flag_article(found))
    return conform(rows, "quantities")


def _article(
    text: PlainText, said: Sequence[dict[str, Any]], where: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    rows = []
    sentences = [text.body[start:end] for start, end in zip(text.starts, text.ends, strict=True)]
    for position in _with_numbers(text):
        sentence, offset = sentences[position], text.starts[position]
        claims = [(number, _claim(sentence, number)) for number in find_numbers(sentence)]
        if not any(claim for _, claim in claims):
            continue
        dates = list(_WHEN.finditer(sentence))
        hedged, verified = beside.hedge(sentence), beside.verification(sentences, position)
        for number, claim in claims:
            if claim is None:
                continue
            start, end = offset + number.start, offset + number.end
            source = beside.source_of(said, start, end, sentence[: number.start])
            rows.append(
                {
                    **claim,
                    "article_id": text.article_id,
                    "start": start,
                    "end": end,
                    "surface": text.body[start:end],
                    "claimant": beside.claimant(said, source),
                    "cue": source["cue"] or "",
                    "hedge": source["hedge"] or hedged,
                    "verified": verified,
                    "place": beside.place_beside(where, position, (start, end), sentence, offset),
                    "when": _when(dates, number),
                    "sentence": position,
                }
            )
    return beside.fill_ellipsis(rows)


def _with_numbers(text: PlainText) -> list[int]:
    """List the sentences that hold a digit or the stem of a number word; the others are most of a text."""
    found = [match.start() for match in _DIGITS.finditer(text.body)]
    found += [start for _, start, _ in _number_words().find_matches_as_indexes(text.body)]
    return sorted({text.sentence(at) for at in found}) if text.starts else []


@cache
def _number_words() -> ahocorasick_rs.AhoCorasick:
    stems = (
        "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|"
        "ninety|hundred|thousand|million|billion|dozen|half|third|quarter|fifth|scores|one"
    )
    words = [form for stem in re.split(r"\|", stems) for form in (stem, stem.capitalize())]
    return ahocorasick_rs.AhoCorasick(words)


def _claim(sentence: str, number: Number) -> Mapping[str, Any] | None:
    """Read what a number counts from the words behind it, or say that it counts nothing."""
    before, after = sentence[: number.start], sentence[number.end :]
    if labelled.is_designation(before, after):
        return None
    unit, reach = (number.unit, 0) if number.unit else beside.unit_behind(after)
    kind = lexicons.kinds()[unit].kind if unit in lexicons.kinds() else ""
    if kind == "calibre" or (
        not unit and labelled.is_label(sentence, number, named=bool(_NUMBERED.search(before)))
    ):
        return None
    if kind == "time" and not labelled.is_stated(before):
        return None
    counted = _counted(after[reach:], kind)
    one = number.spelt and number.low == 1 == number.high
    if not unit and not number.ranged and number.spelt and number.low <= 12 and (not counted or one):
        return None
    if not unit and not counted and _YEARLIKE.fullmatch(sentence[number.start : number.end]):
        return None
    return {
        "low": number.low,
        "high": number.high,
        "unit": beside.with_rate(unit, after[reach:]),
        "counted": counted,
        "qualifier": beside.qualifier(before, after),
    }


_YEARLIKE = re.compile(r"\d{4}")


def _counted(after: str, kind: str) -> str:
    """Give the nouns behind a number, up to the first small word, with what became of those counted."""
    if kind and not re.match(r"\s*of\b", after):
        return ""
    words: list[str] = []
    at = 0
    while len(words) < 3:
        match = _WORD.match(after, at)
        if match is None or match[1].lower() in function_words() or match[1].lower() in _states():
            break
        if words and match[1].endswith(("ed", "ing")):
            break
        words.append(match[1].lower())
        at = match.end()
        if (
            _ENDS.match(after, at)
            or (match[1].endswith("s") and not match[1].endswith("ss"))
            or match[1] in _PLURALS
        ):
            break
    if not words or not (words[-1].endswith("s") or words[-1] in _PLURALS):
        return ""
    verb = _BEHIND.match(after, at)
    state = _states().get(verb[1], "") if verb else ""
    return " ".join([*words, *([state] if state else [])])


_PLURALS = frozenset(
    {"people", "men", "women", "children", "personnel", "staff", "police", "cattle", "aircraft", "troops"}
)


@cache
def _states() -> Mapping[str, str]:
    """Map forms that follow a noun directly to the state they tell: "12 people died", "two tanks destroyed"."""
    out = {"dead": "killed", "missing": "missing"}
    for lemma, (word, counted) in lexicons.states().items():
        wanted = {"past", "participle"} if counted != "subject" else {"past"}
        out.update({form: word for form, what in forms(lemma) if what in wanted})
    return out


def _when(dates: Sequence[re.Match[str]], number: Number) -> str:
    """Choose, of the dates of a sentence, that which stands nearest to a number."""
    apart = [match for match in dates if match.end() <= number.start or number.end <= match.start()]
    best = min(apart, key=lambda match: (abs(match.start() - number.start), match.start()), default=None)
    return best[0].strip() if best else ""
