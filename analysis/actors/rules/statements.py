"""The statements layer without a language model: who is quoted or paraphrased, by words and marks."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import polars as pl

from analysis.actors.lexicons import mapping
from analysis.actors.rules.asked import Asked, asked
from analysis.actors.rules.attributing import find
from analysis.actors.rules.direct import Said
from analysis.actors.rules.marks import Marks, Span, marks_in
from analysis.actors.rules.speaking import ACCORDING, cues
from analysis.actors.rules.weighing import load
from analysis.actors.sources import Known, Source, adjective_countries, verify_patterns
from analysis.actors.spans import STANCE
from analysis.actors.statements import NESTED
from analysis.schemas import conform, table
from analysis.text.plain import PlainText

if TYPE_CHECKING:
    from analysis.codebook import Codebook

_COLUMNS = (
    *(
        "article_id",
        "start",
        "end",
        "surface",
        "sentence",
        "statement",
        "source_start",
        "source_end",
        "source",
        "actor",
    ),
    *(
        "source_class",
        "explicitness",
        "cue_start",
        "cue_end",
        "cue",
        "cue_class",
        "form",
        "side",
        "relay",
        "hedge",
    ),
    *("verification", "rule"),
)
_SCHEMA = {name: table("statements").schema[name] for name in _COLUMNS}
_WORD = re.compile(r"[A-Za-z][\w’'-]*")
_MODALS = frozenset({"may", "might", "could"})
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
    known = _Mentions(mentions)
    rows: list[tuple[Any, ...]] = []
    for text in texts:
        body, marks = text.body, marks_in(text.body)
        found = find(body, text.starts, text.ends, cues(body, codebook), marks, model)
        rows.extend(_rows(text, found, known.of(text.article_id), marks, codebook))
    values = zip(*rows, strict=True) if rows else ((),) * len(_COLUMNS)
    return conform(pl.DataFrame(dict(zip(_COLUMNS, values, strict=True)), schema=_SCHEMA), "statements")


class _Mentions:
    """The mentions layer, an article at a time: as rows all at once it would be walked through for cycles again and again."""

    def __init__(self, mentions: pl.DataFrame) -> None:
        table = mentions.sort("article_id", "start", maintain_order=True)
        self._columns = [table[name].to_list() for name in Known._fields]
        counted = table.group_by("article_id", maintain_order=True).len()
        ends = counted["len"].cum_sum().to_list()
        self._rows = dict(zip(counted["article_id"].to_list(), pairwise([0, *ends]), strict=True))

    def of(self, article_id: str) -> list[Known]:
        """Give the mentions of an article, in order."""
        first, last = self._rows.get(article_id, (0, 0))
        return list(map(Known, *(column[first:last] for column in self._columns)))


def _rows(
    text: PlainText,
    found: Sequence[Said],
    known: Sequence[Known],
    marks: Marks,
    codebook: Codebook,
) -> Iterator[tuple[Any, ...]]:
    """Give the rows of an article's statements, a row a stretch of content, in the order of `_COLUMNS`."""
    ask = asked(codebook)
    body = text.body
    roles = {m.actor: m.role for m in known if m.role}
    starts = [m.start for m in known]
    notes = _notes(body)
    media = [m for m in known if m.kind == "organisation" and ask.is_media(m.actor)]
    for number, said in enumerate(found):
        span = said.source
        source = _source(body, span, known, starts, ask, roles) if span else Source()
        first, last = said.content[0][0], said.content[-1][1]
        shared = (
            number,
            *(span or (None, None)),
            body[span[0] : span[1]] if span else "",
            source.actor,
            source.source_class,
            source.explicitness,
            *(said.cue or (None, None)),
            said.lemma,
            codebook.cue_classes.get(said.lemma, ""),
            _form(body, said, marks),
            source.side,
            _relay(text, said, media) if media and said.cue else "",
            _hedge(body, said),
            _verification(text, notes, first, last),
            _rule(said, marks),
        )
        for start, end in said.content:
            yield (text.article_id, start, end, body[start:end], text.sentence(start), *shared)


def _rule(said: Said, marks: Marks) -> str:
    """Name the rule: what a quoted speaker reports in turn, and what is wanted or fought over, are marked as such."""
    rule = said.rule
    if rule.startswith("rest") and said.lemma in mapping("not_speaking", "word", "word"):
        rule = STANCE + rule
    return NESTED + rule if said.cue is not None and marks.hold(said.cue[0]) else rule


def _form(body: str, said: Said, marks: Marks) -> str:
    """Say how much stands in quotation marks: all of it and at least five words, a part, or nothing."""
    near = marks.over(said.content[0][0], said.content[-1][1]) if marks.starts else []
    quoted = sum([max(0, min(end, b) - max(start, a)) for a, b in near for start, end in said.content])
    if quoted < 3:
        return "indirect"
    if quoted < 0.85 * sum([end - start for start, end in said.content]):
        return "partial"
    return "direct" if sum([len(body[start:end].split()) for start, end in said.content]) >= 5 else "partial"


def _source(
    body: str,
    span: Span,
    known: Sequence[Known],
    starts: Sequence[int],
    ask: Asked,
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
    if mention is not None and mention.kind != "person" and _head_behind(body, mention, high, ask):
        mention = None  # "a Kremlin spokesman" is not the Kremlin
    listed = ask.actor_of(mention.actor) if mention else None
    if mention is not None and (mention.kind != "group" or listed is not None):
        given = listed.source_class if listed else ""
        found = given or _class_of(mention, described, ask, roles)
        openness = "role" if mention.rule.startswith("role:") else "named"
        return Source(mention.actor, found, openness, listed.side if listed else "")
    if described in _PRONOUNS or not described:
        return Source()
    use = mapping("sourcing", "word", "use")
    head = described.split(" of ")[0].split()[-1]
    singular = head.removesuffix("s")
    how = use.get(head) or use.get(singular)
    side = _side(inside, described, ask)
    found = ask.class_of(f"{described} {singular}")
    if how == "document":
        return Source("", found or "other", "document", side)
    if how == "anonymous":
        return Source("", "anonymous", "anonymous", "")
    group = mention.actor if mention is not None else ""
    return Source(group, found or "other", "role", side)


def _head_behind(body: str, mention: Known, high: int, ask: Asked) -> bool:
    """Say whether a role noun behind an organisation or a government is the one who speaks."""
    rest = " ".join(_WORD.findall(body[mention.end : high])).lower()
    return bool(rest) and mention.kind != "group" and bool(ask.class_of(rest.split(" of ")[0]))


def _class_of(mention: Known, described: str, ask: Asked, roles: Mapping[str, str]) -> str:
    if mention.kind == "government":
        return "government"
    role = (mention.role or roles.get(mention.actor, "")).lower()
    found = ask.class_of(role) if role else ""
    if found and found != "other":
        return found
    if role.startswith(("a ", "an ")) and not found:
        return "civilian"  # "a baker": an occupation of no list is no office
    words = mention.actor.lower() if mention.kind == "organisation" else described
    return ask.class_of(words) or "other"


def _side(inside: Sequence[Known], described: str, ask: Asked) -> str:
    """Return the side of an unnamed source by the actor or country that defines it: "Ukrainian officials"."""
    actors = [ask.actor_of(m.actor) for m in inside]
    adjectives = adjective_countries()
    actors += [ask.actor_of(adjectives[word]) for word in described.split() if word in adjectives]
    sides = {actor.side for actor in actors if actor is not None and actor.side}
    return sides.pop() if len(sides) == 1 else ""


@lru_cache(maxsize=1)
def _hedges() -> frozenset[str]:
    return frozenset(word for word, use in mapping("sourcing", "word", "use").items() if use == "hedge")


def _hedge(body: str, said: Said) -> str:
    """Return hedging words right before a reporting verb, or the verb itself where it is one."""
    if said.cue is None:
        return ""
    start, end = said.cue
    words = [word.lower() for word in _WORD.findall(body, max(0, start - 30), start)[-2:]]
    return " ".join(
        [
            *(word for word in words if word in _MODALS or word in _hedges()),
            *(form for form in (body[start:end].lower(),) if form in _hedges()),
        ]
    )


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


def _relay(text: PlainText, said: Said, media: Sequence[Known]) -> str:
    """Return through whom a statement reached the outlet: "told Reuters", or "according to Interfax" beside it."""
    assert said.cue is not None
    body = text.body
    low, high = text.bounds(said.cue[0])
    for m in media:
        if not low <= m.start < high or (said.source and said.source[0] <= m.start < said.source[1]):
            continue
        before = body[max(low, m.start - 20) : m.start]
        told = (
            before.rstrip().endswith(("told", "told the", "to", "with")) and 0 <= m.start - said.cue[1] < 40
        )
        relayed = before.lower().endswith(("according to ", "according to the ")) and said.lemma != ACCORDING
        if told or relayed:
            return m.actor
    return ""
