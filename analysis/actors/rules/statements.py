"""The statements layer without a language model: who is quoted or paraphrased, by words and marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence, Sized
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from analysis.actors.lexicons import mapping
from analysis.actors.rules.asked import Asked, asked
from analysis.actors.rules.attributing import find
from analysis.actors.rules.direct import Said
from analysis.actors.rules.laid import Laid, Whole
from analysis.actors.rules.marks import Span, marks_in
from analysis.actors.rules.sourced import Mentioned, source_of
from analysis.actors.rules.speaking import ACCORDING, cues
from analysis.actors.rules.weighing import load
from analysis.actors.sources import Known, Source, verify_patterns
from analysis.actors.spans import NESTED, STANCE
from analysis.schemas import conform
from analysis.text.plain import PlainText

if TYPE_CHECKING:
    from analysis.codebook import Codebook

_WORD = re.compile(r"[A-Za-z][\w’'-]*")
_MODALS = frozenset({"may", "might", "could"})
_BEFORE = 30  # characters before a reporting verb in which it is hedged
_NOBODY = Source()
# what stands before an outlet that something was told, or that tells it
_THROUGH = r"(?i)(?:told|to|with)(?: the)?\s*$"


def annotate_statements_text(
    texts: Sequence[PlainText], *, mentions: pl.DataFrame, codebook: Codebook
) -> pl.DataFrame:
    """Find the attributed statements of articles without a language model.

    Parameters
    ----------
    texts : sequence of PlainText
        Articles from `analysis.text.plain.read`.
    mentions : polars.DataFrame
        Their ``mentions`` layer; the source's actor is the mention in the source's words.
    codebook : Codebook
        Reporting verbs with their classes, sides and source classes.

    Returns
    -------
    polars.DataFrame
        Layer ``statements``, as `analysis.actors.annotate_statements` gives it.

    Examples
    --------
    >>> from analysis.codebook import load
    >>> from analysis.schemas import conform
    >>> from analysis.text.plain import read
    >>> texts = read([{"article_id": "a", "body": "The mayor claimed on Monday that the bridge was safe."}])
    >>> found = annotate_statements_text(texts, mentions=conform([], "mentions"), codebook=load("general"))
    >>> found.select("source", "cue", "cue_class", "surface").row(0)
    ('The mayor', 'claim', 'distancing', 'that the bridge was safe')
    """
    laid = Laid.of(texts, [marks_in(text.body) for text in texts])
    found = find(laid, [cues(text.body, codebook) for text in texts], load())
    said = list(chain.from_iterable(found))
    article = np.repeat(np.arange(len(texts)), _sizes(found))
    once = _described(laid, article, said, mentions, codebook)
    # a row a stretch of content
    number = np.repeat(np.arange(len(said)), _sizes(one.content for one in said))
    spans = list(chain.from_iterable(one.content for one in said))
    start, end = np.array(spans, dtype=np.int64).reshape(-1, 2).T
    article = article[number]
    at = start + laid.base[article]
    surfaces = [texts[n].body[a:b] for n, (a, b) in zip(article.tolist(), spans, strict=True)]
    return conform(
        once[number].with_columns(
            start=start,
            end=end,
            surface=_text(surfaces),
            sentence=laid.sentence(article, at) - laid.first[article],
            form=_forms(surfaces, number, laid.quoted(at, at + end - start), end - start),
        ),
        "statements",
    )


def _described(
    laid: Laid, article: Whole, said: Sequence[Said], mentions: pl.DataFrame, codebook: Codebook
) -> pl.DataFrame:
    """Say of each statement who is its source and what its cue."""
    ask = asked(codebook)
    texts = [laid.texts[n] for n in article.tolist()]
    mentioned = Mentioned.of(mentions, laid)
    cue = np.array([one.cue[0] if one.cue else -1 for one in said], dtype=np.int64)
    held = laid.holds(cue + laid.base[article]) & (cue >= 0)
    at = np.maximum(cue, 0) + laid.base[article]
    return pl.DataFrame(
        {
            "article_id": _text(text.article_id for text in texts),
            "statement": pl.Series(np.arange(len(said)) - np.searchsorted(article, article)),
            **_bounds("source", [one.source for one in said]),
            "source": _text(_words(text.body, one.source) for text, one in zip(texts, said, strict=True)),
            **_sources(laid, article, said, mentioned, ask),
            **_bounds("cue", [one.cue for one in said]),
            "cue": _text(one.lemma for one in said),
            "cue_class": _text(codebook.cue_classes.get(one.lemma, "") for one in said),
            "relay": _text(_relays(laid, article, said, at, mentioned, ask)),
            "hedge": _text(_hedges(texts, said)),
            "verification": _text(_verifications(laid, article, said)),
            "rule": _text(map(_rule, said, held.tolist())),
        }
    )


def _sizes(some: Iterable[Sized]) -> Whole:
    return np.array([len(one) for one in some], dtype=np.int64)


def _text(values: Iterable[str]) -> pl.Series:
    return pl.Series(list(values), dtype=pl.String)


def _bounds(name: str, spans: Sequence[Span | None]) -> dict[str, pl.Series]:
    ends = {"start": 0, "end": 1}
    return {
        f"{name}_{end}": pl.Series([span[n] if span else None for span in spans], dtype=pl.Int64)
        for end, n in ends.items()
    }


def _words(body: str, span: Span | None) -> str:
    return body[span[0] : span[1]] if span else ""


def _sources(
    laid: Laid, article: Whole, said: Sequence[Said], mentioned: Mentioned, ask: Asked
) -> dict[str, pl.Series]:
    """Say who the source of each statement is."""
    spans = np.array([one.source or (0, 0) for one in said], dtype=np.int64).reshape(-1, 2)
    inside = mentioned.over(*(spans.T + laid.base[article]))
    out = [
        source_of(_words(laid.texts[n].body, one.source), some, one.source[1], mentioned.roles[n], ask)
        if one.source
        else _NOBODY
        for one, n, some in zip(said, article.tolist(), inside, strict=True)
    ]
    return {name: _text(source[n] for source in out) for n, name in enumerate(Source._fields)}


def _rule(said: Said, held: bool) -> str:
    """Name the rule: what a quoted speaker reports in turn, and what is wanted or fought over, are marked as such."""
    rule = said.rule
    if rule.startswith("rest") and said.lemma in mapping("not_speaking", "word", "word"):
        rule = STANCE + rule
    return NESTED + rule if held else rule


def _forms(surfaces: Sequence[str], number: Whole, quoted: Whole, long: Whole) -> pl.Series:
    """Say how much of a statement is quoted: all of it and at least five words, a part, or nothing."""
    inside, whole = np.bincount(number, quoted), np.bincount(number, long)
    most = (inside >= 3) & (inside >= 0.85 * whole)
    words = np.zeros(len(inside), dtype=np.int64)
    for n in np.flatnonzero(most[number]).tolist():
        words[number[n]] += len(surfaces[n].split())
    forms = np.where(inside < 3, "indirect", np.where(most & (words >= 5), "direct", "partial"))
    return pl.Series(forms[number].tolist(), dtype=pl.String)


@cache
def _hedging() -> frozenset[str]:
    return frozenset(word for word, use in mapping("sourcing", "word", "use").items() if use == "hedge")


def _hedges(texts: Sequence[PlainText], said: Sequence[Said]) -> list[str]:
    """Give the hedging words right before a reporting verb, or the verb itself where it is one."""
    cues = [one.cue or (0, 0) for one in said]
    before = [
        text.body[max(0, start - _BEFORE) : start] for text, (start, _) in zip(texts, cues, strict=True)
    ]
    verbs = [text.body[start:end].lower() for text, (start, end) in zip(texts, cues, strict=True)]
    some = sorted(_hedging() | _MODALS)
    hedged = pl.Series(before, dtype=pl.String).str.contains_any(some, ascii_case_insensitive=True)
    out = [verb if verb in _hedging() else "" for verb in verbs]
    for n in hedged.arg_true():
        words = [word.lower() for word in _WORD.findall(before[n])[-2:]]
        out[n] = " ".join([*(word for word in words if word in some), *filter(None, [out[n]])])
    return out


def _verifications(laid: Laid, article: Whole, said: Sequence[Said]) -> list[str]:
    """Give the note that a claim was not, or could not be, checked, from the sentences of a statement or the next."""
    out = [""] * len(said)
    found = _text(text.body for text in laid.texts).str.extract_all(f"(?i){verify_patterns().pattern}")
    for number in (found.list.len() > 0).arg_true().to_list():
        text, notes, at = laid.texts[number], [], 0
        for note in found[number]:
            at = text.body.index(note, at)
            notes.append((at, note))
        for n in range(*np.searchsorted(article, [number, number + 1]).tolist()):
            content = said[n].content
            low = text.bounds(content[0][0])[0]
            high = text.ends[min(bisect_right(text.starts, content[-1][1]), len(text.ends) - 1)]
            out[n] = next((note for at, note in notes if low <= at < high), "")
    return out


def _relays(
    laid: Laid, article: Whole, said: Sequence[Said], cue: Whole, mentioned: Mentioned, ask: Asked
) -> list[str]:
    """Give through whom statements reached the outlet: "told Reuters", or "according to Interfax" beside it."""
    out = [""] * len(said)
    rows = (mentioned.table["kind"] == "organisation").arg_true().to_numpy()
    whose, starts = (mentioned.table[name][rows].to_list() for name in ("article", "start"))
    before = [laid.texts[n].body[max(0, start - 20) : start] for n, start in zip(whose, starts, strict=True)]
    rows = rows[_text(before).str.contains(_THROUGH).to_numpy()]
    known = mentioned.known(rows)
    sentence = laid.sentence(article, cue)
    low, high = laid.starts[sentence], np.maximum(laid.ends[sentence], cue)
    first, last = (np.searchsorted(mentioned.starts[rows], bound) for bound in (low, high))
    for n in np.flatnonzero(first < last).tolist():
        body, begin = laid.texts[article[n]].body, int(low[n] - laid.base[article[n]])
        some = (m for m in known[first[n] : last[n]] if _through(body, begin, said[n], m))
        out[n] = next((m.actor for m in some if ask.is_media(m.actor)), "")
    return out


def _through(body: str, low: int, said: Said, m: Known) -> bool:
    """Say whether a statement was made to an organisation in its sentence, or is known through it."""
    if said.cue is None or (said.source and said.source[0] <= m.start < said.source[1]):
        return False
    before = body[max(low, m.start - 20) : m.start]
    if before.rstrip().endswith(("told", "told the", "to", "with")) and 0 <= m.start - said.cue[1] < 40:
        return True
    return said.lemma != ACCORDING and before.lower().endswith(("according to ", "according to the "))
