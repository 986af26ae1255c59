"""In which sense a verb of many senses stands: who takes office captures nothing, who signs a letter agrees on nothing."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import NamedTuple

from analysis.actors.grammar import Grammar
from analysis.actors.lexicons import mapping

SOMEBODY = frozenset({"him", "her", "them", "us", "me", "you", "he", "she", "they", "we", "who", "whom", "i"})
_HEAVEN = frozenset({"god", "goodness", "heaven", "heavens"})
_HOSTILE = frozenset({"attack", "capture", "detain", "sanction"})
_RETALIATING = frozenset({"retaliate", "respond", "avenge", "fight", "consequence", "retaliation", "revenge"})
_NATURE = frozenset(
    {
        "storm",
        "hurricane",
        "tornado",
        "typhoon",
        "earthquake",
        "flood",
        "disaster",
        "drought",
        "crisis",
        "pandemic",
    }
)
# objects, and words beside the verb, that give it another sense
_OTHER_OBJECTS: dict[str, frozenset[str]] = {
    "kill": frozenset(
        {"it", "bill", "deal", "law", "legislation", "measure", "plan", "proposal", "job", "time"}
    ),
    "slam": frozenset({"door", "gate", "lid", "window", "phone", "brake", "fist"}),
    "enter": frozenset({"country", "building", "house", "home", "church", "school", "hospital", "power"}),
}
_OTHER_WORDS: dict[str, frozenset[str]] = {
    "take": frozenset({"to", "off", "apart", "part", "place", "seriously", "lightly"}),  # "taken to hospital"
    "hold": frozenset({"accountable", "responsible", "liable"}),
    "leave": frozenset({"without", "with"}),
    "treat": frozenset({"like", "as", "with"}),
    "slam": frozenset({"into"}),
}


class Deed(NamedTuple):
    """A verb with its classes and who takes part in it; heads are tokens, -1 where nobody is named."""

    verb: int
    lemma: str
    agents: Sequence[int]
    patient: int
    voice: str
    classes: Mapping[str, str]
    actors: Container[int]


def fits(g: Grammar, deed: Deed) -> bool:
    """Say whether a verb stands in the sense of its class, by who and what stands with it.

    Parameters
    ----------
    g : Grammar
        The article.
    deed : Deed
        The verb and its participants.

    Returns
    -------
    bool
        True for verbs that have one sense only.
    """
    if deed.patient >= 0 and g.lower[deed.patient] in _HEAVEN:
        return False  # "thank God"
    wanted = mapping("light_verbs", "verb", "wants").get(deed.lemma)
    if _idiom(g, deed):
        return False
    if wanted is None:
        return True
    if wanted in _WITH_MORE:
        return _WITH_MORE[wanted](g, deed)
    if deed.patient < 0:
        return mapping("light_verbs", "verb", "alone")[deed.lemma] == "yes"
    kind = _kind(g, deed.patient, deed.actors)
    if wanted in {"arms", "accord"}:
        return kind == wanted or (wanted == "accord" and kind == "anyone")
    # a name that is no actor's may be a place's, but hardly somebody's: "execute the Constitution"
    named = wanted != "anyone" and kind is None and g.pos[deed.patient] == "PROPN"
    return kind == wanted or (wanted == "both" and kind in {"place", "anyone"}) or named


def _kind(g: Grammar, noun: int, actors: Container[int]) -> str | None:
    """Return what a participant is: anyone, place, arms, accord or aid, as the word list has it."""
    if noun in actors or g.lower[noun] in SOMEBODY:
        return "anyone"
    return mapping("object_nouns", "noun", "kind").get(g.lemma[noun].lower())


def _idiom(g: Grammar, deed: Deed) -> bool:
    """Say whether words beside the verb turn it into another."""
    i, lemma = deed.verb, deed.lemma
    if " " not in lemma and lemma != "help" and g.child(i, "prt") >= 0:
        return True  # "strike down", "take on", "shot up"
    if any(g.lemma[agent].lower() in _NATURE for agent in deed.agents):
        return True  # "areas hit by storms"
    object_ = g.lemma[deed.patient].lower() if deed.patient >= 0 else ""
    if object_ in _OTHER_OBJECTS.get(lemma, ()):
        return True
    beside = {g.lower[c] for c in g.children[i] if c > i}
    if beside & _OTHER_WORDS.get(lemma, frozenset()):
        return True
    if lemma == "leave":
        return any(g.dep[c] in {"oprd", "acomp", "ccomp", "xcomp"} for c in g.children[i])
    if lemma == "treat":
        return any(g.dep[c] == "advmod" and g.lower[c].endswith("ly") for c in g.children[i])
    if lemma == "agree":
        opinion = g.child(i, "ccomp") >= 0 or "with" in beside
        return opinion and g.tag[i] in {"VB", "VBP", "VBZ"}  # "many agree with her"
    if lemma == "enter":
        classes = mapping("group_nouns", "noun", "class")
        return any(
            g.pos[agent] != "PROPN" and classes.get(g.lemma[agent].lower()) != "military"
            for agent in deed.agents
        )
    # "a man armed with a rifle" was armed by nobody
    return lemma == "arm" and deed.voice == "passive" and not deed.agents


def _aid(g: Grammar, deed: Deed) -> bool:
    """Say whether something that helps is given, and to somebody: "gave the town food", "weapons provided by"."""
    i = deed.verb
    objects = [c for c in g.children[i] if g.dep[c] in {"dobj", "dative", "nsubjpass"}]
    useful = any(_kind(g, c, ()) in {"aid", "arms"} for c in (*objects, deed.patient) if c >= 0)
    given = g.child(i, "dative") >= 0 or len(objects) > 1
    given = given or any(g.dep[c] == "prep" and g.lower[c] in {"to", "for", "with"} for c in g.children[i])
    return useful and (given or deed.voice == "passive")


def _partner(g: Grammar, deed: Deed) -> bool:
    """Say whether somebody is spoken with: two who talk, or one who talks with another."""
    if len(deed.agents) > 1:
        return True
    with_whom = (c for c in g.children[deed.verb] if g.dep[c] == "prep" and g.lower[c] in {"with", "to"})
    return any(
        _kind(g, g.child(c, "pobj"), deed.actors) == "anyone" for c in with_whom if g.child(c, "pobj") >= 0
    )


def _host(g: Grammar, deed: Deed) -> bool:
    """Say whether somebody visits somebody or a place: grief that visits a town negotiates with nobody."""
    somebody = any(_kind(g, agent, deed.actors) == "anyone" for agent in deed.agents)
    kind = _kind(g, deed.patient, deed.actors) if deed.patient >= 0 else None
    return somebody and (
        kind in {"anyone", "place"} or (deed.patient >= 0 and g.pos[deed.patient] == "PROPN")
    )


def _movable(g: Grammar, deed: Deed) -> bool:
    return deed.patient < 0 or _kind(g, deed.patient, deed.actors) == "anyone"


def _helpful(g: Grammar, deed: Deed) -> bool:
    if deed.patient >= 0 and _kind(g, deed.patient, ()) in {"aid", "arms"}:
        return True
    below = g.child(deed.verb, "xcomp")
    return below >= 0 and deed.classes.get(g.lemma[below].lower()) == "help"


def _hostile(g: Grammar, deed: Deed) -> bool:
    """Say whether a warning or vow says what its speaker will do to others; who warns of a storm threatens nobody."""
    i = deed.verb
    for c in g.children[i]:
        if c < i:
            continue
        lemma = g.lemma[c].lower()
        noun = g.child(c, "pobj")
        if g.dep[c] == "prep" and noun >= 0 and g.lemma[noun].lower() in _RETALIATING:
            return True
        does = deed.classes.get(lemma) in _HOSTILE or lemma in _RETALIATING
        if g.dep[c] == "xcomp" and does:
            return True
        if g.dep[c] == "ccomp" and does:
            subject = g.child(c, "nsubj")
            if subject >= 0 and g.lower[subject] in {"he", "she", "it", "they", "we", "i"}:
                return True
    return False


_WITH_MORE = {
    "aid": _aid,
    "partner": _partner,
    "host": _host,
    "movable": _movable,
    "helpful": _helpful,
    "hostile": _hostile,
}
