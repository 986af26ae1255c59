"""Harm events in a parse, each in one of the seven voices (AGY1). An intransitive is not a passive."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from analysis.codebook import Codebook
from analysis.framing import grammar
from analysis.framing.senses import AHEAD, is_harm, is_harmful_noun, is_walkout

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

VOICES = (
    "active named",
    "active vague",
    "passive with agent",
    "passive agentless",
    "intransitive",
    "nominal",
    "existential",
)
# verbs that carry a harm noun: "launched an attack", whose subject is the doer of the noun
_CARRIERS = frozenset(
    {"launch", "carry", "conduct", "mount", "commit", "perpetrate", "stage", "unleash", "order", "make", "begin",
     "start", "continue", "step", "intensify", "inflict", "cause", "rain", "resume", "pursue", "wage"}
)  # fmt: skip
# "the army" is one particular army, "gunmen" are nobody in particular
_INSTITUTIONS = frozenset(
    {"army", "military", "navy", "government", "police", "regime", "coalition", "junta", "force"}
)

# event nouns whose possessor was harmed: "the ambassador's assassination", "her death"
_OF_THE_HARMED = frozenset(
    {"death", "murder", "killing", "assassination", "execution", "beheading", "abduction", "kidnapping", "injury",
     "casualty", "fatality", "damage", "drowning", "loss", "wounding", "poisoning"}
)  # fmt: skip


class Event(NamedTuple):
    """One harm event: its words, the voice, and the tokens that head doer and victim."""

    first: Token
    last: Token
    lemma: str
    voice: str
    agent: Token | None
    victim: Token | None
    rule: str


class _Words(NamedTuple):
    verbs: frozenset[str]
    intransitives: frozenset[str]
    nouns: frozenset[str]
    units: frozenset[tuple[str, ...]]


@lru_cache(maxsize=8)
def _words(codebook: Codebook) -> _Words:
    harms = codebook.harms
    return _Words(
        frozenset(harms.verbs),
        frozenset(harms.intransitives),
        frozenset(harms.nouns),
        frozenset(tuple(unit.lower().split()) for unit in codebook.units if " " in unit),
    )


def harm_events(doc: Doc, codebook: Codebook, *, is_actor: Sequence[tuple[int, int]] = ()) -> list[Event]:
    """Find the harm events of an article and the voice each is told in.

    Parameters
    ----------
    doc : spacy Doc
        The parse.
    codebook : Codebook
        Whose harm words are looked for.
    is_actor : sequence of (int, int), optional
        Character spans of known actors' mentions, in order.

    Returns
    -------
    list of Event
        In the order of the text. Denied, possible, wished and ordered harm is left out, and so is an event noun that
        is itself the subject of a counted harm verb ("the blast killed two" is one event).
    """
    words = _words(codebook)
    compounds = _inside_units(doc, words.units)
    events = [
        event
        for token in doc
        if token.i not in compounds and token.pos_ in {"VERB", "NOUN", "PROPN", "ADJ"}
        for event in _event(token, words, codebook, is_actor)
    ]
    doers = {
        event.agent.i
        for event in events
        if event.agent is not None and event.voice not in {"nominal", "existential"}
    }
    return [event for event in events if not (event.voice == "nominal" and event.last.i in doers)]


def _inside_units(doc: Doc, units: frozenset[tuple[str, ...]]) -> frozenset[int]:
    """Give the tokens inside compounds that mean something else, such as "heart attack"."""
    # compounds that end in a harm noun and keep its sense ("air strike") are harm all the same
    harmful = {"strike", "strikes"}
    inside: set[int] = set()
    longest = max((len(unit) for unit in units), default=0)
    lowered = [token.lower_ for token in doc]
    for start in range(len(doc)):
        for length in range(2, longest + 1):
            piece = tuple(lowered[start : start + length])
            if piece in units and not (piece[0] == "air" and piece[-1] in harmful):
                inside.update(range(start, start + length))
    return frozenset(inside)


def _event(
    token: Token, words: _Words, codebook: Codebook, actors: Sequence[tuple[int, int]]
) -> Iterator[Event]:
    if token.pos_ == "VERB" or (token.pos_ == "ADJ" and token.tag_ == "VBN"):
        yield from _verb_event(token, words, codebook, actors)
    elif token.pos_ in {"NOUN", "PROPN"} and token.lemma_.lower() in words.nouns:
        yield from _noun_event(token, codebook, actors)


def _harm_lemma(verb: Token, vocabulary: frozenset[str]) -> tuple[str, Token] | None:
    """Give the harm lemma a verb makes up, alone or with its particle or next words, and its last token."""
    lemma = verb.lemma_.lower()
    following = verb.doc[verb.i + 1 : verb.i + 4]
    for end in range(len(following), 0, -1):
        piece = following[:end]
        for written in (
            " ".join([lemma, *(t.lower_ for t in piece)]),
            " ".join([lemma, *(t.lemma_.lower() for t in piece)]),
        ):
            if written in vocabulary:
                return written, piece[-1]
    for particle in grammar.children(verb, "prt"):
        if f"{lemma} {particle.lower_}" in vocabulary:
            return f"{lemma} {particle.lower_}", verb
    return (lemma, verb) if lemma in vocabulary else None


def _verb_event(
    verb: Token, words: _Words, codebook: Codebook, actors: Sequence[tuple[int, int]]
) -> Iterator[Event]:
    if verb.dep_ in {"amod", "compound", "auxpass", "aux"}:  # "a destroyed bridge" is a state, not an event
        return
    transitive = _harm_lemma(verb, words.verbs)
    intransitive = _harm_lemma(verb, words.intransitives)
    if transitive is None and intransitive is None:
        return
    if grammar.is_negated(verb) or grammar.is_unreal(verb):
        return
    if any(
        grammar.children(word, "expl") for word in (verb, *grammar.children(verb, "aux"))
    ):  # "there was shelling", where the noun is read as a verb
        yield Event(verb, verb, verb.lower_, "existential", None, None, "there was")
        return
    passive = grammar.is_passive(verb)
    target = grammar.object_of(verb)
    # "collapsed and injured eleven": the object is the second verb's alone
    own = target is not None and target.head.i == verb.i
    if intransitive is not None and (transitive is None or (not passive and not own)):
        target = target if own else None
        lemma, last = intransitive
        victim = grammar.subject_of(verb)
        if (
            not passive
            and (target is None or " " in lemma or target.dep_ == "npadvmod" or lemma == "suffer")
            and is_harm(verb, victim, target)
        ):
            yield Event(verb, last, lemma, "intransitive", None, victim, "intransitive verb with its subject")
        return
    if transitive is None:
        return
    lemma, last = transitive
    if passive:
        victim, doer = grammar.passive_subject_of(verb), grammar.by_phrase(verb)
        if is_harm(verb, None, victim, doer):
            rule = "passive with a by-phrase" if doer is not None else "passive without a by-phrase"
            yield Event(
                verb,
                last,
                lemma,
                "passive with agent" if doer is not None else "passive agentless",
                doer,
                victim,
                rule,
            )
        return
    doer = grammar.subject_of(verb)
    if not is_harm(verb, doer, target):
        return
    named = doer is not None and names_doer(doer, codebook, actors)
    rule = (
        "active verb whose subject names the doer"
        if named
        else "active verb whose subject is a weapon, an event or nobody in particular"
    )
    yield Event(
        verb,
        last,
        lemma,
        "active named" if named else "active vague",
        doer,
        _struck(verb, last, target),
        rule,
    )


def _struck(verb: Token, last: Token, target: Token | None) -> Token | None:
    """Give whom it was done to: the object, or the noun after "at" or "on" in "opened fire on the convoy"."""
    if target is not None and target.i != last.i:
        return target
    for prep in grammar.children(verb, "prep"):
        if prep.lower_ in {"at", "on", "upon", "against", "into"}:
            return next(iter(grammar.children(prep, "pobj")), None)
    return None


def _noun_event(noun: Token, codebook: Codebook, actors: Sequence[tuple[int, int]]) -> Iterator[Event]:
    # "attack drones", "the blast site": the harm noun only qualifies another
    if noun.dep_ in {"compound", "nmod", "amod"} and noun.head.i != noun.i:
        return
    if grammar.is_negated(noun) or (
        noun.head.pos_ == "VERB"
        and noun.dep_ == "dobj"
        and (grammar.is_unreal(noun.head) or noun.head.lemma_.lower() in AHEAD)
    ):
        return
    lemma = noun.lemma_.lower()
    if grammar.is_existential(noun):
        yield Event(
            noun,
            noun,
            lemma,
            "existential",
            _noun_doer(noun, actors),
            _noun_victim(noun),
            "there was, or was heard",
        )
        return
    doer = _noun_doer(noun, actors)
    # "beaten to death", "died a quiet death"
    manner = lemma == "death" and (noun.head.lower_ == "to" or noun.head.lemma_.lower() == "die")
    if manner or not is_harmful_noun(noun, _noun_victim(noun)) or is_walkout(noun, doer, codebook):
        return
    rule = "event noun that names its doer" if doer is not None else "event noun without a doer"
    yield Event(noun, noun, lemma, "nominal", doer, _noun_victim(noun), rule)


def _noun_doer(noun: Token, actors: Sequence[tuple[int, int]]) -> Token | None:
    """Give who an event noun says did it: "Russian shelling", "an attack by rebels", "launched an attack"."""
    for prep in grammar.children(noun, "prep", "agent"):
        if prep.lower_ in {"by", "from"}:
            return next(iter(grammar.children(prep, "pobj")), None)
    if noun.lemma_.lower() not in _OF_THE_HARMED:
        for child in grammar.children(noun, "poss", "amod", "compound", "nmod"):
            if child.ent_type_ in {"DATE", "TIME"}:  # "Sunday's attack"
                continue
            if child.dep_ == "compound" and child.ent_type_ != "NORP":
                # "the Hamas attack", and "the Orla attack", which is named for where it was
                if any(start <= child.idx < end for start, end in actors):
                    return child
            elif child.ent_type_ in {"NORP", "GPE", "ORG", "PERSON"} or (
                child.dep_ == "poss" and child.pos_ in {"PROPN", "NOUN"}
            ):
                return child
    if noun.dep_ == "dobj" and noun.head.lemma_.lower() in _CARRIERS:
        verb = noun.head
        return grammar.by_phrase(verb) if grammar.is_passive(verb) else grammar.subject_of(verb)
    if noun.dep_ == "nsubjpass" and noun.head.lemma_.lower() in _CARRIERS:
        return grammar.by_phrase(noun.head)
    return None


def _noun_victim(noun: Token) -> Token | None:
    """Give whom or what an event noun says it struck: "the shelling of the port", "an attack on the convoy"."""
    for prep in grammar.children(noun, "prep"):
        if prep.lower_ in {"of", "on", "against", "to", "among"}:
            return next(iter(grammar.children(prep, "pobj")), None)
    if noun.lemma_.lower() in _OF_THE_HARMED:
        return next(iter(grammar.children(noun, "poss")), None)
    return None


def names_doer(doer: Token, codebook: Codebook, actors: Sequence[tuple[int, int]]) -> bool:
    """Say whether a noun phrase names who did it: an actor, a nationality with a force or weapon, a person."""
    if doer.lower_ == "it" and (teller := _teller(doer)) is not None:
        return names_doer(teller, codebook, actors)
    if doer.pos_ == "PRON":
        return doer.lower_ in {"he", "she", "we", "i", "they", "you"}
    if any(start <= doer.idx < end for start, end in actors):
        return True
    for word in (doer, *grammar.children(doer, "amod", "compound", "poss", "nmod")):
        if word.ent_type_ in {"PERSON", "ORG", "NORP"} or (
            word.ent_type_ == "GPE" and word.dep_ in {"nsubj", "poss", "pobj"}
        ):
            return True
        if codebook.actor_of(word.text) is not None:
            return True
    return doer.lemma_.lower() in _INSTITUTIONS and any(child.lower_ == "the" for child in doer.children)


def _teller(pronoun: Token) -> Token | None:
    """Give whom "it" stands for in "the army said it had shot down"."""
    clause = pronoun.head
    if clause.dep_ != "ccomp":
        return None
    subject = grammar.subject_of(clause.head)
    return subject if subject is not None and subject.lower_ != "it" else None
