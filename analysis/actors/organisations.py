"""Merge the names of organisations and groups across articles, and say why, or why not."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from anyascii import anyascii

from analysis.actors.lexicons import table
from analysis.actors.names import bare, initials
from analysis.actors.people import Decision

_LEGAL = re.compile(
    r"[ ,]+(?:Inc|Corp|Corporation|Ltd|LLC|Co|Company|PLC|plc|AG|SA|NV|GmbH|Limited|Incorporated)\.?$"
)
_SMALL = frozenset({"of", "the", "for", "and", "on", "in", "&", "s", "'s", "’s"})


@cache
def _countries() -> dict[str, str]:
    """Adjectives and names of countries, lower case, with the country in lower case."""
    out = {}
    for row in table("governments"):
        for word in (row["country"], *row["adjective"].split("|"), *row["also"].split("|")):
            if word:
                out[word.lower()] = row["country"].lower()
    return out


@lru_cache(maxsize=65536)
def key_of(name: str) -> str:
    """Return what two writings of one organisation share: content words, country for adjective, legal form dropped.

    Examples
    --------
    >>> key_of("Russia's Defence Ministry") == key_of("the Russian Ministry of Defense")
    True
    >>> key_of("Alder Inc.") == key_of("Alder")
    True
    """
    text = _LEGAL.sub("", bare(name))
    text = (
        anyascii(text)
        .lower()
        .replace("'s ", " ")
        .replace("defense", "defence")
        .replace("organization", "organisation")
    )
    words = [word for word in re.findall(r"[a-z0-9&.'-]+", text) if word not in _SMALL]
    words = [_countries().get(word, word).rstrip(".") for word in words]
    if any(word in {"ministry", "department", "office", "university"} for word in words):
        words = sorted(words)
    return " ".join(words)


@cache
def _known() -> dict[str, str]:
    return {
        key_of(form): row["name"]
        for row in table("known_organisations")
        for form in (row["name"], *row["forms"].split("|"))
        if form
    }


def known(name: str) -> str | None:
    """Return the name under which the world's news knows an organisation, however it is written.

    Examples
    --------
    >>> known("U.N."), known("the Islamic State group"), known("Alder Inc.")
    ('United Nations', 'Islamic State', None)
    """
    return _known().get(key_of(name))


@cache
def _alone() -> frozenset[str]:
    return frozenset(row["word"] for row in table("organisations") if row["place"] in {"whole", "body"})


def stands_alone(name: str) -> bool:
    """Say whether a name is an organisation by itself, so that it is no short form of a name that begins with it.

    Examples
    --------
    >>> stands_alone("Senate"), stands_alone("U.N."), stands_alone("Alder")
    (True, True, False)
    """
    return name in _alone() or known(name) is not None


def is_country(name: str) -> bool:
    """Say whether a name is a country's, or its adjective.

    Examples
    --------
    >>> is_country("Norway's"), is_country("British"), is_country("Update")
    (True, True, False)
    """
    return name.lower() in _countries() or bare(name).lower() in _countries()


def government_of(name: str) -> str | None:
    """Return the country, lower case, whose government a group's name spells out.

    Examples
    --------
    >>> government_of("Syria's government"), government_of("the Syrian government"), government_of("local government")
    ('syria', 'syria', None)
    """
    words = group_key(name).rsplit(" ", 1)
    countries = set(_countries().values())
    return words[0] if len(words) == 2 and words[1] == "government" and words[0] in countries else None


def merge_organisations(
    counts: Mapping[str, int], expansions: Mapping[str, Mapping[str, int]], together: Mapping[str, set[str]]
) -> dict[str, Decision]:
    """Decide which organisation names of a corpus are one organisation.

    Parameters
    ----------
    counts : mapping of str to int
        Names as the articles have them, with the number of mentions.
    expansions : mapping of str to mapping
        Acronyms and short forms to the full forms that articles themselves tie them to, with how often.
    together : mapping of str to set of str
        Names that occur in the same article, as different actors: they are not each other's short form.

    Returns
    -------
    dict
        Name to `Decision`.

    Examples
    --------
    >>> merge_organisations({"Alder Inc.": 1, "Alder": 4}, {}, {})["Alder Inc."].actor
    'Alder'
    """
    by_key: dict[str, list[str]] = defaultdict(list)
    for name in sorted(counts, key=lambda n: (-counts[n], -len(n), n)):
        by_key[key_of(name)].append(name)
    head = {name: names[0] for names in by_key.values() for name in names}
    shortened: dict[str, list[str]] = defaultdict(list)
    for full in sorted(set(head.values())):
        for short in initials(full) if " " in full else ():
            shortened[short].append(full)
    national = _national(sorted(set(head.values())))
    out = {}
    for name in counts:
        full_forms = expansions.get(name, {})
        heads = sorted({head.get(full, full) for full in full_forms if key_of(full) != key_of(name)})
        listed = known(name)
        if listed and (not heads or heads == [listed]):
            same = listed == name
            out[name] = Decision(
                listed,
                "name as written" if same else "known organisation",
                "" if same else f"{name} ~ {listed}",
            )
        elif len(heads) == 1:
            why = "acronym" if name.isupper() else "short form"
            out[name] = Decision(heads[0], why, f"an article has both {name} and {heads[0]}", 0.9)
        elif heads:
            out[name] = Decision(name, "two candidates", " / ".join(heads), 0.5, merged=False)
        elif name.isupper() and name.isalpha() and 3 <= len(name) <= 6:
            out[name] = _by_initials(name, head, shortened, together)
        elif len(national.get(key_of(name), [])) == 1:
            (body,) = national[key_of(name)]
            out[name] = Decision(body, "only country's in the corpus", f"{name}: {body}", 0.8)
        elif head[name] != name:
            out[name] = Decision(head[name], "same words", f"{name} ~ {head[name]}", 0.95)
        else:
            out[name] = Decision(name, "name as written")
    return {name: _followed(decision, out) for name, decision in out.items()}


def _national(names: Sequence[str]) -> dict[str, list[str]]:
    """Map the key of a body's bare name ("Supreme Court", "Justice Department") to the countries' bodies so named."""
    out: dict[str, list[str]] = defaultdict(list)
    for name in names:
        country, _, body = name.partition(" ")
        if country.lower() == "united" and body.lower().startswith("states "):
            body = body[7:]
        elif country.lower() not in _countries():
            continue
        if stands_alone(body) or body.endswith(" Department"):
            out[key_of(body)].append(name)
    return dict(out)


def _by_initials(
    name: str,
    head: Mapping[str, str],
    shortened: Mapping[str, Sequence[str]],
    together: Mapping[str, set[str]],
) -> Decision:
    beside = together.get(name, ())
    found = [full for full in shortened.get(name.lower(), ()) if full not in beside]
    if len(found) == 1:
        return Decision(found[0], "initials", f"{name}: {found[0]}", 0.8)
    if found:
        return Decision(name, "two candidates", " / ".join(found), 0.5, merged=False)
    return Decision(head[name], "name as written" if head[name] == name else "same words", "", 1.0)


def _followed(decision: Decision, out: Mapping[str, Decision]) -> Decision:
    """Follow a chain of decisions one step: acronym to short form to full form."""
    target = out.get(decision.actor)
    if target is None or not target.merged or target.actor == decision.actor:
        return decision
    return Decision(
        target.actor, decision.rule, decision.evidence, min(decision.confidence, target.confidence)
    )


@lru_cache(maxsize=65536)
def group_key(name: str) -> str:
    """Return what two writings of one group share: "Russia's forces" and "Russian forces".

    Examples
    --------
    >>> group_key("Russia forces") == group_key("Russian forces")
    True
    """
    words = anyascii(bare(name)).lower().replace("'s", "").split()
    return " ".join(_countries().get(word, word) for word in words)


def merge_groups(counts: Mapping[str, int]) -> dict[str, Decision]:
    """Decide which groups are written in two ways.

    Parameters
    ----------
    counts : mapping of str to int
        Names as the articles have them, with the number of mentions.

    Returns
    -------
    dict
        Name to `Decision`.
    """
    by_key: dict[str, list[str]] = defaultdict(list)
    for name in sorted(counts, key=lambda n: (-counts[n], n)):
        by_key[group_key(name)].append(name)
    out = {}
    for names in by_key.values():
        for name in names:
            same = name == names[0]
            out[name] = Decision(
                names[0], "name as written" if same else "same words", "" if same else f"{name} ~ {names[0]}"
            )
    return out
