"""Groups of people, and countries or capitals that act as governments."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from analysis.actors.grammar import Grammar
from analysis.actors.lexicons import mapping
from analysis.actors.names import bare
from analysis.actors.spots import Spot

# single bodies that act as one, also inside a longer phrase ("a U.S. military spokesman")
_BODIES = frozenset({"military", "army", "police", "navy", "government", "militia"})
_HOW_MANY = frozenset(
    {"many", "some", "most", "several", "other", "few", "fewer", "more", "such", "certain", "own"}
)
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_CLAUSES = frozenset({"ccomp", "xcomp", "dobj"})


def spot_groups(g: Grammar, taken: Collection[int]) -> list[Spot]:
    """Find groups: a people's name as a noun, and group nouns that a nationality, place or organisation defines.

    Parameters
    ----------
    g : Grammar
        The article.
    taken : collection of int
        Tokens that already belong to a name. Where one defines the group ("Wagner fighters") the mention is the rest,
        its actor the whole phrase.

    Returns
    -------
    list of Spot
        Kind group; ``actor`` is the canonical name, modifiers and head noun ("Russian forces").
    """
    nouns = mapping("group_nouns", "noun", "class")
    alone = mapping("group_nouns", "noun", "alone")
    peoples = {i for first, end, label in g.entities if label == "NORP" for i in range(first, end)}
    named = {
        i for first, end, label in g.entities if label in {"GPE", "ORG", "NORP"} for i in range(first, end)
    }
    out = []
    for i, lemma in enumerate(g.lemma):
        if i in taken:
            continue
        noun = lemma.lower()
        people = i in peoples and g.tag[i] in {"NNPS", "NNS"} and g.text[i][:1].isupper()
        if not people and (noun not in nouns or not _stands_as_noun(g, i, noun, named)):
            continue
        first = _group_start(g, i, named)
        own = max((k + 1 for k in range(first, i) if k in taken), default=first)
        while own < i and (g.tag[own] == "POS" or not g.text[own][0].isalnum()):
            own += 1
        plural = g.tag[i] in {"NNS", "NNPS"} or noun in _BODIES
        defined = any(j in named or j in taken for j in range(first, i))
        if people:
            out.append(Spot(own, i + 1, "group", "people", _group_name(g, first, i)))
        elif plural and (defined or alone[noun] == "yes"):
            rule = "defined group" if defined else "group noun"
            out.append(Spot(own, i + 1, "group", rule, _group_name(g, first, i)))
    return out


def _stands_as_noun(g: Grammar, i: int, noun: str, named: Collection[int]) -> bool:
    """Say whether a group noun is the head of its phrase, or a body named inside a longer one."""
    if g.pos[i] not in {"NOUN", "PROPN", "ADJ"}:
        return False
    if g.dep[i] in {"compound", "amod"} or g.pos[i] == "ADJ":
        return noun in _BODIES and i - 1 in named
    return True


def _group_start(g: Grammar, head: int, named: Collection[int]) -> int:
    """Return the first token of the group's name: its modifiers to the left that name or describe it."""
    first = head
    while first > 0:
        i = first - 1
        if g.text[i] == "-" and i > 0 and g.end[i - 1] == g.start[i] == g.start[first] - 1:
            first = i - 1  # "Alder-backed officials"
            continue
        inside = g.head[i] in range(first, head + 1) or (
            g.head[i] == g.head[head] and g.dep[head] in {"compound", "amod"}
        )
        if not inside and not (g.tag[i] == "POS" and i > 0 and g.head[g.head[i]] == head):
            break
        describes = g.dep[i] in {"amod", "compound", "poss", "nmod", "case"} or i in named
        if not describes or g.pos[i] in {"DET", "PRON", "NUM", "PUNCT"} or g.lower[i] in _HOW_MANY:
            break
        first = i
    return first


def _group_name(g: Grammar, first: int, head: int) -> str:
    """Name a group by its defining modifiers and the plural noun: "Russian forces", "Alder's workers"."""
    return bare(g.span(first, head + 1).replace("’", "'"))


def spot_governments(
    g: Grammar, taken: Collection[int], *, places: Collection[tuple[int, int]], capitals: Mapping[str, str]
) -> list[Spot]:
    """Find countries and capitals that act: "Moscow said", "claims by Kyiv", "according to Ankara".

    Parameters
    ----------
    g : Grammar
        The article.
    taken : collection of int
        Tokens that already belong to a mention.
    places : collection of (start, end)
        Character spans of the places layer.
    capitals : mapping of str to str
        Lower-case name of a country or capital to the government's name.

    Returns
    -------
    list of Spot
        Kind government.
    """
    spans = {(first, end) for first, end, label in g.entities if label in {"GPE", "ORG", "PERSON", "LOC"}}
    starts = dict(places)
    for i in range(len(g)):
        if g.start[i] in starts:
            end = i + 1
            while end < len(g) and g.end[end - 1] < starts[g.start[i]]:
                end += 1
            spans.add((i, end))
    out = []
    for first, end in sorted(spans):
        while first < end and g.lower[first] == "the":
            first += 1
        if first >= end or any(i in taken for i in range(first, end)):
            continue
        name = bare(g.span(first, end))
        actor = capitals.get(name.lower())
        if not actor:
            continue
        head = next((i for i in range(first, end) if not first <= g.head[i] < end), end - 1)
        why = _acts(g, head)
        if why:
            out.append(Spot(first, end, "government", f"metonymy: {why}", actor))
    return out


def _acts(g: Grammar, i: int) -> str:
    """Say by which sign a place name stands for those who govern it, or ""."""
    use = mapping("metonymy", "lemma", "use")
    verb = g.head[i]
    lemma = g.lemma[verb].lower()
    if i + 1 < len(g) and g.text[i + 1] == ":":
        return ""  # a dateline
    if g.dep[i] == "conj":
        return _acts(g, g.head[i]) if g.head[i] != i else ""
    if g.dep[i] in _SUBJECTS and g.pos[verb] in {"VERB", "AUX"}:
        if use.get(lemma) == "acts" and g.dep[i] == "nsubj":
            return f"subject of {lemma}"
        objects = any(g.dep[c] in _CLAUSES and c > i for c in g.children[verb])
        if g.dep[i] == "nsubj" and objects and use.get(lemma) != "stays":
            return f"subject of {lemma}"
        if g.dep[i] == "nsubj" and lemma == "be" and g.child(verb, "acomp") >= 0:
            state = g.lemma[g.child(verb, "acomp")].lower()
            if state in {"ready", "willing", "unwilling", "prepared", "reluctant", "determined", "keen"}:
                return f"subject of be {state}"
        return ""
    if g.dep[i] == "pobj":
        preposition = g.head[i]
        above = g.head[preposition]
        word = g.lower[preposition]
        if word == "by" and (g.dep[preposition] == "agent" or g.pos[above] == "NOUN"):
            return "agent"
        if word == "to" and g.lower[above] == "according":
            return "according to"
        if word in {"with", "from", "to", "on", "against"} and g.lemma[above].lower() in {
            "talk",
            "negotiate",
            "negotiation",
            "agreement",
            "pressure",
            "sanction",
            "pact",
            "appeal",
            "complain",
        }:
            return f"{g.lemma[above].lower()} {word}"
    return ""
