"""The statements layer without a language model: who is quoted or paraphrased, by words and marks."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import polars as pl

from analysis.actors.lexicons import mapping
from analysis.actors.quotation import Quotation, quotations
from analysis.actors.rules.attributing import Said, find, load
from analysis.actors.rules.speaking import Span, cues, inside
from analysis.actors.sources import (
    Known,
    Source,
    adjective_countries,
    is_media,
    verify_patterns,
)
from analysis.actors.sources import class_of_words as class_of
from analysis.actors.spans import STANCE
from analysis.actors.statements import NESTED
from analysis.schemas import conform, table
from analysis.text.plain import PlainText

if TYPE_CHECKING:
    from analysis.codebook import Codebook

_COLUMNS = tuple(column.name for column in table("statements").columns)
_WORD = re.compile(r"[A-Za-z][\w’'-]*")
_MODAL = re.compile(r"\b(may|might|could)\b")
_NOTED = ("verif", "confirm", "evidence", "proof", "details", "for comment")
_PRONOUNS = frozenset({"he", "she", "they", "it", "who", "which", "that", "whom", "this", "these", "those"})


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
    model = load()
    data: dict[str, list[Any]] = {name: [] for name in _COLUMNS}
    by_article: dict[str, list[Known]] = {}
    columns = ("article_id", "start", "end", "actor", "kind", "role", "rule")
    for article, *row in mentions.sort("start").select(columns).iter_rows():
        by_article.setdefault(article, []).append(Known(*row))
    for text in texts:
        marks = quotations(text.body)
        found = find(text.body, text.starts, text.ends, cues(text.body, codebook), marks, model)
        known = by_article.get(text.article_id, [])
        _add(data, text, found, known, marks, codebook)
    return conform(pl.DataFrame(data, schema=table("statements").schema), "statements")


def _add(
    data: dict[str, list[Any]],
    text: PlainText,
    found: Sequence[Said],
    known: Sequence[Known],
    marks: Sequence[Quotation],
    codebook: Codebook,
) -> None:
    body = text.body
    roles = {m.actor: m.role for m in known if m.role}
    starts = [m.start for m in known]
    notes = _notes(body)
    for number, said in enumerate(found):
        source = _source(body, said.source, known, starts, codebook, roles) if said.source else Source()
        first, last = said.content[0][0], said.content[-1][1]
        shared = {
            "article_id": text.article_id,
            "statement": number,
            "source_start": said.source[0] if said.source else None,
            "source_end": said.source[1] if said.source else None,
            "source": body[said.source[0] : said.source[1]] if said.source else "",
            "actor": source.actor,
            "source_class": source.source_class,
            "explicitness": source.explicitness,
            "cue_start": said.cue[0] if said.cue else None,
            "cue_end": said.cue[1] if said.cue else None,
            "cue": said.lemma,
            "cue_class": codebook.cue_classes.get(said.lemma, ""),
            "form": _form(body, said, marks),
            "side": source.side,
            "relay": _relay(body, said, known, starts, text, codebook),
            "hedge": _hedge(body, said),
            "verification": _verification(text, notes, first, last),
            "rule": _rule(said, marks),
        }
        for start, end in said.content:
            for name, value in shared.items():
                data[name].append(value)
            data["start"].append(start)
            data["end"].append(end)
            data["surface"].append(body[start:end])
            data["sentence"].append(text.sentence(start))


@lru_cache(maxsize=65_536)
def class_of_words(words: str, codebook: Codebook) -> str:
    """Return the source class of a role or a name; the same few come back all the time."""
    return class_of(words, codebook)


def _rule(said: Said, marks: Sequence[Quotation]) -> str:
    """Name the rule: what a quoted speaker reports in turn, and what is wanted or fought over, are marked as such."""
    rule = said.rule
    if rule.startswith("rest") and said.lemma in mapping("not_speaking", "word", "word"):
        rule = STANCE + rule
    nested = said.cue is not None and inside(said.cue[0], marks)
    return NESTED + rule if nested else rule


def _form(body: str, said: Said, marks: Sequence[Quotation]) -> str:
    """Say how much stands in quotation marks: all of it and at least five words, a part, or nothing."""
    low, high = said.content[0][0], said.content[-1][1]
    near = (
        marks[bisect_right(marks, low, key=_end) : bisect_left(marks, high, key=_start)] if marks else marks
    )
    quoted = sum(max(0, min(end, q.end) - max(start, q.start)) for q in near for start, end in said.content)
    if quoted < 3:
        return "indirect"
    total = sum(end - start for start, end in said.content)
    words = sum(len(body[start:end].split()) for start, end in said.content)
    return "direct" if quoted >= 0.85 * total and words >= 5 else "partial"


def _start(q: Quotation) -> int:
    return q.start


def _end(q: Quotation) -> int:
    return q.end


def _source(
    body: str,
    span: Span,
    known: Sequence[Known],
    starts: Sequence[int],
    codebook: Codebook,
    roles: Mapping[str, str],
) -> Source:
    """Describe a source by the mention in its words, else by its nouns."""
    low, high = span
    inside = known[bisect_left(starts, low) : bisect_left(starts, high)]
    at = bisect_left(starts, low) - 1
    if at >= 0 and known[at].end > low:
        inside = [known[at], *inside]
    people = [m for m in inside if m.kind == "person"]
    mention = people[-1] if people else inside[-1] if inside else None
    words = body[low:high]
    described = " ".join(_WORD.findall(words)).lower()
    if mention is not None and mention.kind != "person" and _head_behind(body, mention, high, codebook):
        mention = None  # "a Kremlin spokesman" is not the Kremlin
    listed = codebook.actor_of(mention.actor) if mention else None
    if mention is not None and (mention.kind != "group" or listed is not None):
        given = listed.source_class if listed else ""
        found = given or _class_of(mention, described, codebook, roles)
        openness = "role" if mention.rule.startswith("role:") else "named"
        return Source(mention.actor, found, openness, listed.side if listed else "")
    if described in _PRONOUNS or not described:
        return Source()
    use = mapping("sourcing", "word", "use")
    head = described.split(" of ")[0].split()[-1]
    singular = head.removesuffix("s")
    how = use.get(head) or use.get(singular)
    side = _side(inside, described, codebook)
    found = class_of_words(f"{described} {singular}", codebook)
    if how == "document":
        return Source("", found or "other", "document", side)
    if how == "anonymous":
        return Source("", "anonymous", "anonymous", "")
    group = mention.actor if mention is not None else ""
    return Source(group, found or "other", "role", side)


def _head_behind(body: str, mention: Known, high: int, codebook: Codebook) -> bool:
    """Say whether a role noun behind an organisation or a government is the one who speaks."""
    rest = " ".join(_WORD.findall(body[mention.end : high])).lower()
    return bool(rest) and mention.kind != "group" and bool(class_of_words(rest.split(" of ")[0], codebook))


def _class_of(mention: Known, described: str, codebook: Codebook, roles: Mapping[str, str]) -> str:
    if mention.kind == "government":
        return "government"
    role = (mention.role or roles.get(mention.actor, "")).lower()
    found = class_of_words(role, codebook) if role else ""
    if found and found != "other":
        return found
    if role.startswith(("a ", "an ")) and not found:
        return "civilian"  # "a baker": an occupation of no list is no office
    words = mention.actor.lower() if mention.kind == "organisation" else described
    return class_of_words(words, codebook) or "other"


def _side(inside: Sequence[Known], described: str, codebook: Codebook) -> str:
    """Return the side of an unnamed source by the actor or country that defines it: "Ukrainian officials"."""
    actors = [codebook.actor_of(m.actor) for m in inside]
    adjectives = adjective_countries()
    actors += [codebook.actor_of(adjectives[word]) for word in described.split() if word in adjectives]
    sides = {actor.side for actor in actors if actor is not None and actor.side}
    return sides.pop() if len(sides) == 1 else ""


@lru_cache(maxsize=1)
def _hedges() -> frozenset[str]:
    return frozenset(word for word, use in mapping("sourcing", "word", "use").items() if use == "hedge")


def _hedge(body: str, said: Said) -> str:
    """Return hedging words right before a reporting verb, or the verb itself where it is one."""
    if said.cue is None:
        return ""
    before = _WORD.findall(body[max(0, said.cue[0] - 30) : said.cue[0]])[-2:]
    found = [word.lower() for word in before if word.lower() in _hedges() or _MODAL.fullmatch(word.lower())]
    form = body[said.cue[0] : said.cue[1]].lower()
    return " ".join([*found, *([form] if form in _hedges() else [])])


def _notes(body: str) -> list[tuple[int, str]]:
    """Find the notes that a claim was not, or could not be, checked, beside the words that each of them holds."""
    found = []
    for stem in _NOTED:
        at = body.find(stem)
        while at >= 0:
            match = verify_patterns().search(body, max(0, at - 70), at + 30)
            if match is not None:
                found.append((match.start(), match.group()))
            at = body.find(stem, at + 1)
    return sorted(found)


def _verification(text: PlainText, notes: Sequence[tuple[int, str]], first: int, last: int) -> str:
    """Return the note that stands in the sentences of a statement or in the next."""
    if not notes:
        return ""
    low = text.bounds(first)[0]
    high = text.ends[min(bisect_right(text.starts, last), len(text.ends) - 1)]
    return next((note for at, note in notes if low <= at < high), "")


def _relay(
    body: str, said: Said, known: Sequence[Known], starts: Sequence[int], text: PlainText, codebook: Codebook
) -> str:
    """Return through whom a statement reached the outlet: "told Reuters", or "according to Interfax" beside it."""
    if said.cue is None:
        return ""
    low, high = text.bounds(said.cue[0])
    for m in known[bisect_left(starts, low) : bisect_left(starts, high)]:
        if m.kind != "organisation" or (said.source and said.source[0] <= m.start < said.source[1]):
            continue
        before = body[max(low, m.start - 20) : m.start]
        told = (
            before.rstrip().endswith(("told", "told the", "to", "with")) and 0 <= m.start - said.cue[1] < 40
        )
        relayed = (
            before.lower().endswith(("according to ", "according to the ")) and said.lemma != "according to"
        )
        if (told or relayed) and is_media(m.actor, codebook):
            return m.actor
    return ""
