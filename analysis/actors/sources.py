"""Describe the source of a statement: its actor, class, side, and how openly it is named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from analysis.actors.grammar import Grammar
from analysis.actors.introductions import INTRODUCED
from analysis.actors.lexicons import mapping
from analysis.actors.lexicons import words as lexicon
from analysis.actors.roles import role_noun
from analysis.actors.spans import Attribution

if TYPE_CHECKING:
    from analysis.codebook import Actor, Codebook

_RELATIVES = frozenset({"who", "which", "that", "whom"})
_SPEAKERS = frozenset({"i", "we"})
_PART = re.compile(r"[a-z][a-z'-]*")


class Known(NamedTuple):
    """A mention of the article, as statements need it."""

    start: int
    end: int
    actor: str
    kind: str
    role: str
    rule: str


class Source(NamedTuple):
    """Who a statement is attributed to."""

    actor: str = ""
    source_class: str = ""
    explicitness: str = ""
    side: str = ""


def source_of_statement(
    g: Grammar, a: Attribution, known: Sequence[Known], codebook: Codebook, roles: Mapping[str, str]
) -> Source:
    """Describe the source of one attribution.

    Parameters
    ----------
    g : Grammar
        The article.
    a : Attribution
        The attribution; without a source the result is empty.
    known : sequence of Known
        The article's mentions, sorted by start.
    codebook : Codebook
        Actors with class and side; role nouns with their class.
    roles : mapping of str to str
        The role that the article gives each actor somewhere.

    Returns
    -------
    Source
    """
    if a.source is None or a.source_token < 0:
        return Source()
    head = _antecedent(g, a.source_token)
    mention = _mention_of(g, head, known)
    listed = _listed(codebook, mention.actor) if mention else None
    lemma = g.lemma[head].lower()
    if (
        mention is None
        and (g.pos[head] == "PRON" or g.lower[head] in _RELATIVES)
        and mapping("sourcing", "word", "use").get(lemma) is None
    ):
        return Source()  # a pronoun that could not be resolved
    named = mention is not None and (mention.kind != "group" or listed is not None)
    if mention is not None and named:
        given = listed.source_class if listed else ""
        described = g.span(g.left[head], g.right[head] + 1)
        found = given or _class_of(g, head, mention, codebook, roles, described)
        return Source(mention.actor, found, _openness(mention), listed.side if listed else "")
    if mapping("sourcing", "word", "use").get(lemma) == "document":
        return Source(
            "", _noun_class(g, head, codebook) or "other", "document", _side_of(g, head, known, codebook)
        )
    if mapping("sourcing", "word", "use").get(lemma) == "anonymous" and not (
        mention and mention.rule == "defined group"
    ):
        return Source("", "anonymous", "anonymous", "")
    found = _noun_class(g, head, codebook) or _class_within(g, head, known, codebook)
    if mention is not None:
        return Source(mention.actor, found or "other", "role", _side_of(g, head, known, codebook))
    known_noun = found or g.pos[head] in {"NOUN", "PROPN"}
    return Source(
        "", found or "other", "role" if known_noun else "anonymous", _side_of(g, head, known, codebook)
    )


def _openness(mention: Known) -> str:
    return "role" if mention.rule.startswith("role:") else "named"


def _antecedent(g: Grammar, head: int) -> int:
    """Return the noun that a relative pronoun stands for."""
    if g.lower[head] in _RELATIVES and g.dep[g.head[head]] == "relcl":
        return g.head[g.head[head]]
    return head


def _mention_of(g: Grammar, head: int, known: Sequence[Known]) -> Known | None:
    """Return the mention at the source's head, or the person beside it in apposition."""
    at = g.start[head]
    here = next((m for m in known if m.start <= at < m.end), None)
    if here is not None and here.kind == "person":
        return here
    for child in g.children[head]:
        if g.dep[child] == "appos":
            start, end = g.start[g.left[child]], g.end[g.right[child]]
            person = next(
                (m for m in known if start <= m.start and m.end <= end and m.kind == "person"), None
            )
            if person is not None:
                return person
    within = [m for m in known if m.rule == INTRODUCED and g.start[head] <= m.start < g.end[g.right[head]]]
    if within and here is None:
        return within[0]  # "a baker who gave her name as Mila"
    if g.dep[head] == "appos" and here is None:
        return _mention_of(g, g.head[head], known)
    return here


def _listed(codebook: Codebook, actor: str) -> Actor | None:
    return codebook.actor_of(actor) if actor else None


def _class_of(
    g: Grammar, head: int, mention: Known, codebook: Codebook, roles: Mapping[str, str], described: str
) -> str:
    """Return the class of a named source that the codebook does not list: by role, kind or the words of its name."""
    if mention.kind == "government":
        return "government"
    role = (mention.role or roles.get(mention.actor, "")).lower()
    for words in dict.fromkeys([role, roles.get(mention.actor, "").lower()]):
        found = class_of_words(words, codebook)
        if found and found != "other":
            return found
    if role:
        found = class_of_words(role, codebook)
        if role.startswith(("a ", "an ")) and not found:
            return "civilian"  # "a baker": an occupation of no list is no office
    if mention.kind == "organisation" and mention.actor in mapping("media", "name", "kind"):
        return "media"
    if mention.kind == "organisation":
        return class_of_words(mention.actor.lower(), codebook) or "other"
    if mention.kind == "person" and " of " in described:
        return class_of_words(described.split(" of ", 1)[1].lower(), codebook) or "other"
    return _noun_class(g, head, codebook) or "other"


@lru_cache(maxsize=8)
def _nouns(codebook: Codebook) -> tuple[dict[str, str], frozenset[str]]:
    """Give the class of each listed noun or phrase, and the words that phrases begin with."""
    own = {
        **mapping("class_words", "word", "class"),
        **mapping("group_nouns", "noun", "class"),
        **mapping("role_nouns", "noun", "class"),
    }
    theirs = {noun: name for name, nouns in reversed(codebook.source_classes.items()) for noun in nouns}
    known = {**own, **theirs}
    return known, frozenset(phrase.split(" ", 1)[0] for phrase in known if " " in phrase)


def class_of_words(words: str, codebook: Codebook) -> str:
    """Return the source class of a role or a name by the nouns in it; the last one that is listed decides.

    Examples
    --------
    >>> from analysis.codebook import load
    >>> class_of_words("the head of the local military administration", load("general"))
    'government'
    """
    known, openers = _nouns(codebook)
    parts = _PART.findall(words.replace("’", "'"))
    if "spokes" in words:
        behalf = [part for part in parts if not part.startswith("spokes")]
        if 0 < len(behalf) < len(parts):
            found = class_of_words(" ".join(behalf), codebook)  # a spokesman is what he speaks for
            if found:
                return found
    vague = lexicon("class_words")
    for size in (1,) if openers.isdisjoint(parts) else (3, 2, 1):
        hits = (
            [part for part in parts if known.get(part, "other") != "other"]
            if size == 1
            else [phrase for phrase in map(" ".join, _runs(parts, size)) if phrase in known]
        )
        # "office", "council": what a body is, where no other word says whose it is
        telling = [phrase for phrase in hits if phrase not in vague] or hits
        if telling:
            return known[telling[0] if size > 1 and " of " not in words else telling[-1]]
    return ""


def _runs(parts: Sequence[str], size: int) -> Iterator[tuple[str, ...]]:
    return zip(*(parts[first:] for first in range(size)), strict=False)


def _noun_class(g: Grammar, head: int, codebook: Codebook) -> str:
    """Return the class of a source that is no name, by its head noun and the noun before it."""
    known, _ = _nouns(codebook)
    lemma = g.lemma[head].lower()
    if lemma.startswith("spokes"):
        return class_of_words(g.span(g.left[head], g.right[head] + 1).lower(), codebook)
    role = role_noun(g, head)
    for phrase in (f"{g.lower[head - 1]} {lemma}" if head else "", role, lemma, g.lower[head]):
        if phrase and phrase in known and known[phrase] != "other":
            return known[phrase]
    phrase = g.span(g.left[head], head + 1).lower()
    return class_of_words(phrase, codebook)


def _class_within(g: Grammar, head: int, known: Sequence[Known], codebook: Codebook) -> str:
    """Return the class of the only listed actor that defines a source: "the head of the Harbour Guard"."""
    start, end = g.start[g.left[head]], g.end[g.right[head]]
    listed = [_listed(codebook, m.actor) for m in known if start <= m.start and m.end <= end]
    classes = {actor.source_class for actor in listed if actor is not None and actor.source_class}
    return classes.pop() if len(classes) == 1 else ""


def _side_of(g: Grammar, head: int, known: Sequence[Known], codebook: Codebook) -> str:
    """Return the side of an unnamed source by the actor or country that defines it: "Ukrainian officials"."""
    start, end = g.start[g.left[head]], g.end[g.right[head]]
    sides = set()
    for m in known:
        if start <= m.start and m.end <= end:
            actor = codebook.actor_of(m.actor)
            sides.add(actor.side if actor else "")
    adjectives = adjective_countries()
    for i in range(g.left[head], head + 1):
        country = adjectives.get(g.lower[i])
        actor = codebook.actor_of(country) if country else None
        if actor is not None:
            sides.add(actor.side)
    sides.discard("")
    return sides.pop() if len(sides) == 1 else ""


@cache
def adjective_countries() -> dict[str, str]:
    """Map lower-case adjectives and names of countries to the country."""
    countries = mapping("governments", "country", "adjective")
    return {
        word.lower(): country
        for country, words in countries.items()
        for word in (country, *words.split("|"))
        if word
    }


def hedges(g: Grammar, cue: int) -> str:
    """Return hedging words beside a reporting verb, and a modal verb before it."""
    if cue < 0:
        return ""
    use = mapping("sourcing", "word", "use")
    found = [
        g.lower[c]
        for c in g.children[cue]
        if use.get(g.lower[c]) == "hedge" or (g.tag[c] == "MD" and g.lower[c] in {"may", "might", "could"})
    ]
    if use.get(g.lower[cue]) == "hedge":
        found.append(g.lower[cue])
    return " ".join(found)


@cache
def verify_patterns() -> re.Pattern[str]:
    """Compile the notes that a claim was not, or could not be, checked."""
    patterns = [word for word, use in mapping("sourcing", "word", "use").items() if use == "verify"]
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def verification(g: Grammar, sentences: Sequence[int]) -> str:
    """Return a note that a claim was not, or could not be, checked, from the given sentences."""
    for number in sentences:
        if 0 <= number < len(g.bounds):
            first, end = g.bounds[number]
            match = verify_patterns().search(g.body, g.start[first], g.end[end - 1])
            if match:
                return match.group()
    return ""


def relay(
    g: Grammar, a: Attribution, others: Sequence[Attribution], known: Sequence[Known], codebook: Codebook
) -> str:
    """Return through whom a statement reached the outlet: "told Reuters", or an outer "according to Interfax"."""
    if a.cue is None:
        return ""
    for child in g.children[a.cue_token] if a.cue_token >= 0 else ():
        if g.dep[child] in {"dobj", "dative", "pobj"} or (
            g.dep[child] == "prep" and g.lower[child] in {"to", "with"}
        ):
            at = child if g.dep[child] != "prep" else g.child(child, "pobj")
            heard = next((m for m in known if at >= 0 and m.start <= g.start[at] < m.end), None)
            if heard is not None and heard.kind == "organisation" and is_media(heard.actor, codebook):
                return heard.actor
    for i in range(*g.bounds[g.sentence[a.cue_token]] if a.cue_token >= 0 else (0, 0)):
        if g.lower[i] != "according" or i == a.cue_token or i + 1 >= len(g) or g.lower[i + 1] != "to":
            continue
        at = max(g.child(i + 1, "pobj"), g.child(i, "pobj"))
        heard = next((m for m in known if at >= 0 and m.start <= g.start[at] < m.end), None)
        if heard is not None and is_media(heard.actor, codebook):
            return heard.actor
    for other in others:
        if other is a or other.source is None or other.cue is None:
            continue
        if any(start <= a.cue[0] and a.cue[1] <= end for start, end in other.content):
            low, high = other.source
            heard = next((m for m in known if m.start < high and low < m.end), None)
            if heard is not None and is_media(heard.actor, codebook):
                return heard.actor
    return ""


def is_media(actor: str, codebook: Codebook) -> bool:
    """Say whether an actor is a news outlet or agency."""
    listed = codebook.actor_of(actor)
    if listed is not None and listed.source_class:
        return listed.source_class == "media"
    return class_of_words(actor.lower(), codebook) == "media" or actor in mapping("media", "name", "kind")
