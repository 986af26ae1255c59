"""Merge the names of people across articles, and say why, or why not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from analysis.actors.lexicons import table
from analysis.actors.names import family_names, fits, generation, name_words, sound, split_title, surname

CANDIDATES = "two candidates"
USUAL = 0.8  # of the mentions of all who bear a surname: then the bare surname means that one
FEWEST = 10  # mentions under a full name, before somebody can be the usual bearer
COMMON = 3  # step of the list of family names from which a single bearer is likely not the only one


@dataclass(frozen=True)
class Decision:
    """What became of one name: the actor it counts for, the rule, its evidence, and how sure it is."""

    actor: str
    rule: str
    evidence: str = ""
    confidence: float = 1.0
    merged: bool = True


def merge_people(
    counts: Mapping[str, int], listed: Sequence[str], together: Mapping[str, Collection[str]] | None = None
) -> dict[str, Decision]:
    """Decide which personal names of a corpus are one person.

    Full names merge if the surname sounds the same and the given names can be one (equal, an initial, a short or a
    foreign form), unless an article has both as two people. A lone surname merges if a single person of the corpus
    bears it, or one of them in four of five mentions: an article that never says which Quill means the one everybody
    writes about. Where two fit otherwise, nothing merges.

    Parameters
    ----------
    counts : mapping of str to int
        Names as the articles have them (fullest form in each article), with the number of mentions.
    listed : sequence of str
        People of the codebook; a name that fits one of them counts for that one.
    together : mapping of str to collection of str, optional
        Names that an article has as different people: a father and his son.

    Returns
    -------
    dict
        Name to `Decision`.

    Examples
    --------
    >>> decided = merge_people({"Anna Bergskaya": 5, "Bergskaya": 2, "Anna Bergskaia": 1, "Ivo Bergskaya": 1}, [])
    >>> decided["Anna Bergskaia"].actor, decided["Anna Bergskaia"].rule
    ('Anna Bergskaya', 'transliteration')
    >>> decided["Bergskaya"].merged
    False
    """
    apart = together or {}
    plain = {name: split_title(name)[1] or name for name in counts}
    full = [name for name in counts if len(name_words(plain[name])) > 1]
    by_surname: dict[str, list[str]] = defaultdict(list)
    for name in sorted(full, key=lambda n: (-counts[n], -len(n), n)):
        by_surname[surname(plain[name])].append(name)
    out: dict[str, Decision] = {}
    bearers: dict[str, dict[str, int]] = {}
    in_codebook: dict[str, list[str]] = defaultdict(list)
    for name in listed:
        in_codebook[surname(name)].append(name)
    for key in sorted(by_surname):
        clusters: dict[str, list[str]] = {head: [head] for head in in_codebook.get(key, ())}
        for name in by_surname[key]:
            fitting = [
                head
                for head, members in clusters.items()
                if all(fits(plain[name], plain.get(m, m)) and m not in apart.get(name, ()) for m in members)
            ]
            if len(fitting) == 1:
                clusters[fitting[0]].append(name)
                out[name] = _same(name, fitting[0])
            elif fitting:
                out[name] = Decision(name, CANDIDATES, " / ".join(sorted(fitting)), 0.5, merged=False)
                clusters[name] = [name]
            else:
                clusters[name] = [name]
                out[name] = Decision(name, "full name")
        bearers[key] = {
            head: sum(counts.get(member, 0) for member in members)
            for head, members in clusters.items()
            if head in counts or len(members) > 1
        }
    given: dict[str, set[str]] = defaultdict(set)
    for name in full:
        given[sound(name_words(name)[0])].add(out[name].actor)
    for name in sorted(set(counts) - set(full)):
        out[name] = _lone(name, plain[name], bearers, given)
    return out


def _same(name: str, head: str) -> Decision:
    """Say by which rule two full names are one person."""
    a, b = name_words(name), name_words(head)
    if a == b:
        return Decision(head, "same name", head)
    if a[-1] != b[-1] or (len(a) == len(b) and all(sound(x) == sound(y) for x, y in zip(a, b, strict=True))):
        return Decision(head, "transliteration", f"{name} ~ {head}", 0.95)
    if len(a) != len(b):
        return Decision(head, "middle name or initial", f"{name} ~ {head}", 0.9)
    return Decision(head, "form of the given name", f"{name} ~ {head}", 0.9)


@cache
def _known() -> dict[str, str]:
    """Return the people known by their family name alone, by its key."""
    return {surname(row["family"]): row["name"] for row in table("known_people")}


def _lone(
    name: str, plain: str, bearers: Mapping[str, Mapping[str, int]], given: Mapping[str, set[str]]
) -> Decision:
    """Decide on a single word: the known, only or usual bearer of the surname, else a given name, else itself."""
    found = bearers.get(surname(plain), {})
    found = {head: n for head, n in found.items() if generation(head) == generation(name)} or found
    usual = max(found, key=lambda head: (found[head], head), default="")
    known = _known().get(surname(plain), "")
    known = next((head for head in sorted(found) if known and fits(head, known)), known)
    if known in found and found[known] * 2 >= found[usual]:
        return Decision(known, "known by the surname alone", known, 0.8)
    if known and not found:
        return Decision(known, "known by the surname alone", f"{known}, though nobody is named in full", 0.7)
    if len(found) == 1:
        if found[usual] < 3 and family_names().get(name_words(plain)[-1], 0) >= COMMON:
            return Decision(name, "one bearer of a common surname", usual, 0.5, merged=False)
        return Decision(usual, "only bearer of the surname in the corpus", usual, 0.8)
    if found:
        times, total = found[usual], sum(found.values())
        if times >= FEWEST and times >= USUAL * total:
            told = f"{usual}: {times} of {total} mentions in articles with a full name"
            return Decision(usual, "usual bearer of the surname in the corpus", told, 0.7)
        often = sorted(found, key=lambda head: (-found[head], head))
        return Decision(name, CANDIDATES, " / ".join(often), 0.5, merged=False)
    words = name_words(plain)
    if words and len(words[0]) > 3:
        people = sorted(given.get(sound(words[0]), ()))
        if people:
            return Decision(name, "given name only", " / ".join(people[:3]), 0.5, merged=False)
    return Decision(name, "single name", "", 0.9)
