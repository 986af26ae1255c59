"""What speaks for a name being a person's, an organisation's, or neither: the words of it and the words beside it.

The weights are a table of features, learned by scripts/train_names.py from what the model engine decided on a large
collection of news; no text is in it. Each piece of evidence has a name that can be read.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files

from analysis.actors.lexicons import mapping, words
from analysis.actors.names import family_names
from analysis.actors.resolved import countries
from analysis.actors.rules.marks import Span
from analysis.actors.rules.remembered import Names, Piece, Remembered
from analysis.actors.rules.runs import Name

KINDS = ("nobody", "organisation", "person")
_POSSESSIVES = frozenset({"'s", "’s", "‘s"})
_LOOKED_BEHIND = frozenset(" ,'’‘")
# pieces of evidence that say little to a reader
_PLAIN = ("always", "words ", "lone in ", "last in ")


@dataclass(frozen=True)
class Weights:
    """For each piece of evidence what it adds for organisations and for people, against being nobody's name."""

    table: Mapping[str, tuple[float, float]]

    @cached_property
    def summed(self) -> Remembered[tuple[float, float]]:
        """The sums of the weights of evidence."""
        get = self.table.get

        def total(names: Names) -> tuple[float, float]:
            pairs = [get(name, (0.0, 0.0)) for name in names]
            return sum([pair[0] for pair in pairs]), sum([pair[1] for pair in pairs])

        return Remembered(total)


@cache
def load() -> Weights:
    """Read the shipped weights."""
    packed = files("analysis").joinpath("data", "actors", "names.json.gz").read_bytes()
    data = json.loads(gzip.decompress(packed))
    return Weights({name: (float(a), float(b)) for name, (a, b) in data["weights"].items()})


@lru_cache(maxsize=65_536)
def of_words(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Name the evidence in the words of a name itself, which is the same wherever it stands."""
    out = ["always", f"words {min(len(parts), 4)}"]
    first, last = parts[0], parts[-1]
    low_first, low_last = first.lower(), last.lower()
    organised = mapping("organisations", "word", "place")
    whole = " ".join(parts)
    out.append(f"name {whole.lower()}")
    if len(parts) > 1:
        out += (f"first {low_first}", f"last {low_last}", f"last in {low_last[-3:]}")
        if low_first in words("first_names", "name"):
            out.append("first name")
        if len(first.rstrip(".")) == 1:
            out.append("initial")
        if any(part.lower() in words("first_names", "name") for part in parts[1:]):
            out.append("first name inside")
        if any(part in {"of", "for", "&", "and"} for part in parts):
            out.append("small word inside")
    else:
        out.append(f"lone in {low_last[-3:]}")
        if low_first in words("first_names", "name"):
            out.append("lone first name")
    bearers = family_names().get(low_last.replace("’", "'"), 0)
    out.append(f"family name {bearers}{' lone' if len(parts) == 1 else ''}")
    marks = {organised.get(part) for part in parts}
    if "any" in marks:
        out.append("word of organisations")
    if organised.get(last.rstrip(".,")) in {"last", "any"} and len(parts) > 1:
        out.append("ends as organisations do")
    if organised.get(whole) == "whole":
        out.append("listed organisation")
    if whole in words("not_actors"):
        out.append("listed as nobody")
    if whole in mapping("media", "name", "kind"):
        out.append("listed outlet")
    letters = whole.replace(".", "").replace(" ", "")
    if letters.isupper() and len(letters) > 1:
        out.append(f"capitals {min(len(letters), 6) if len(parts) == 1 else 'several'}")
    elif not last.istitle() and any(letter.isupper() for letter in last[1:]):
        out.append("capital inside")
    if any(letter.isdigit() for letter in whole):
        out.append("digit")
    if "-" in whole:
        out.append("hyphen")
    if low_first in countries():
        out.append("country first")
    if len(parts) == 1 and low_last in countries():
        out.append("country alone")
    if low_last.endswith("s") and not low_last.endswith("ss"):
        out.append(f"plural {min(len(parts), 2)}")
    return tuple(out)


def left_of(word: str, glued: bool, office: str, lone: bool, opens: bool, headed: bool) -> Names:
    """Name the evidence before a name: its office, else the word before it; and how it stands in its sentence."""
    out: Names = (
        ("office", "office " + office) if office else (("glued " if glued else "before ") + word.lower(),)
    )
    if opens:
        out += ("lone opens" if lone else "opens",)
    return (*out, "headline") if headed else out


def right_of(tail: str, lone: bool) -> Names:
    """Name the evidence behind a name: a possessive, a word, a comma, an age, a mark."""
    out: Names = ()
    if tail[:2] in _POSSESSIVES:
        out = ("lone possessive" if lone else "possessive",)
        tail = tail[2:]
    if tail[:1] == " ":
        word = tail[1:].split(" ", 1)[0]
        behind = "Capital" if word[:1].isupper() else word
        return *out, ("lone behind " if lone else "behind ") + behind
    if tail[:2] == ", ":
        word = tail[2:].split(" ", 1)[0]
        if word[:-1].isdigit() and word[-1:] == ",":
            return *out, "age behind"
        return *out, "comma behind " + ("Capital" if word[:1].isupper() else word)
    return (*out, "mark behind " + tail[0]) if tail else out


def in_article(where: str, lone: bool, shared: bool, small: bool) -> Names:
    """Name the evidence elsewhere in the article: a place over the name, its last word in a full name, or written small."""
    out: Names = ("lone " + where if lone else where,)
    if shared:
        out += ("family name in article" if lone else "shared family name",)
    return (*out, "small in article") if small else out


def of_place(name: Name, places: Sequence[Span]) -> str:
    """Say how the longest place that was found over a name lies in it."""
    if not places:
        return "no place"
    start, end = max(places, key=lambda span: span[1] - span[0]) if len(places) > 1 else places[0]
    if start <= name.start and end >= name.end:
        return "place"
    return "place first" if start <= name.start else "place last" if end >= name.end else "place inside"


def evidence(
    body: str, name: Name, places: Sequence[Span], known: Collection[str], small: Collection[str]
) -> tuple[Piece, Piece, Piece]:
    """Gather all that speaks for or against a name in its article; what its own words say comes from `of_words`.

    Parameters
    ----------
    body : str
        The article.
    name : Name
        The name.
    places : sequence of (start, end)
        What the places layer has over it.
    known : collection of str
        Family names of people the article names in full.
    small : collection of str
        Words that the article writes small.

    Returns
    -------
    tuple of (function, argument, …)
        Each function names some evidence, apart from the others so that it can be remembered.
    """
    start, end, words, office = name[:4]
    lone = len(words) == 1
    word, glued = "", False
    if not office:
        left = body[max(0, start - 24) : start]
        glued = left[-1:] != " "
        word = left.rsplit(" ", 1 + (not glued))[-1 if glued else -2] if left else ""
        word = word.rsplit("\n", 1)[-1]
    # as far as the word behind goes; of a mark only itself counts
    tail = body[end : end + 24]
    if tail[:1] not in _LOOKED_BEHIND:
        tail = tail[:1]
    elif (stop := tail.find(" ", 3 if tail[:2] in _POSSESSIVES else 2)) > 0:
        tail = tail[:stop]
    shared = words[-1] in known
    return (
        (left_of, word, glued, office, lone, name.opens, name.headed),
        (right_of, tail, lone),
        (in_article, of_place(name, places), lone, shared, lone and words[0].lower() in small),
    )


@lru_cache(maxsize=65_536)
def prior(parts: tuple[str, ...]) -> tuple[float, float, str, str]:
    """Add up what the words of a name say for an organisation and for a person, with the piece that says most."""
    table = load().table
    pieces = [piece for piece in of_words(parts) if piece in table]
    telling = [piece for piece in pieces if not piece.startswith(_PLAIN)]
    best = [max(telling, key=lambda piece: table[piece][side], default="words") for side in (0, 1)]
    return (
        sum(table[piece][0] for piece in pieces),
        sum(table[piece][1] for piece in pieces),
        best[0],
        best[1],
    )


def score(name: Name, found: Iterable[Piece]) -> tuple[float, float]:
    """Add up what the evidence says for an organisation and for a person; above zero beats being nobody's name."""
    summed = load().summed
    organisation, person, _, _ = prior(name.words)
    for piece in found:
        one, other = summed[piece]
        organisation += one
        person += other
    return organisation, person


def why(name: Name, kind: str, *, shared: bool) -> str:
    """Name the piece of evidence that says most to a reader."""
    if kind == "person" and name.title:
        return f"evidence: office {name.title}"
    if kind == "person" and shared and len(name.words) == 1:
        return "evidence: family name in article"
    return f"evidence: {prior(name.words)[3 if kind == 'person' else 2]}"
