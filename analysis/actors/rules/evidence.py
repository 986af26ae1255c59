"""What speaks for a name being a person's, an organisation's, or neither: the words of it and the words beside it.

The weights are a table of features, learned by scripts/train_names.py from what the model engine decided on a large
collection of news; no text is in it. Each piece of evidence has a name that can be read.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from analysis.actors.lexicons import mapping, words
from analysis.actors.resolved import countries
from analysis.actors.rules.runs import Name

KINDS = ("nobody", "organisation", "person")
_POSSESSIVES = frozenset({"'s", "’s", "‘s"})
# pieces of evidence that say little to a reader
_PLAIN = ("always", "words ", "lone in ", "last in ")


@dataclass(frozen=True)
class Weights:
    """For each piece of evidence what it adds for organisations and for people, against being nobody's name."""

    table: Mapping[str, tuple[float, float]]


@cache
def load() -> Weights:
    """Read the shipped weights."""
    packed = files("analysis").joinpath("data", "actors", "names.json.gz").read_bytes()
    data = json.loads(gzip.decompress(packed))
    return Weights({name: (float(a), float(b)) for name, (a, b) in data["weights"].items()})


@cache
def family_names() -> Mapping[str, int]:
    """Load how many notable people bear a family name, in steps: 1 for a few, 4 for very many."""
    packed = files("analysis").joinpath("data", "actors", "family_names.tsv.gz").read_bytes()
    lines = gzip.decompress(packed).decode("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {name: int(step) for name, step in list(rows)[1:]}


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


def around(body: str, name: Name) -> list[str]:
    """Name the evidence beside a name: office, marks, the words before and behind."""
    start, end = name.start, name.end
    lone = len(name.words) == 1
    if name.title:
        out = ["office", "office " + name.title]
    else:
        left = body[max(0, start - 24) : start]
        glued = not left.endswith(" ")
        before = left.rsplit(" ", 2 - glued)[-1 - (not glued)] if left else ""
        out = [("glued " if glued else "before ") + before.rsplit("\n", 1)[-1].lower()]
    if name.opens:
        out.append("lone opens" if lone else "opens")
    if name.headed:
        out.append("headline")
    tail = body[end : end + 24]
    if tail[:2] in _POSSESSIVES:
        out.append("lone possessive" if lone else "possessive")
        tail = tail[2:]
    if tail[:1] == " ":
        word = tail[1:].split(" ", 1)[0]
        behind = "Capital" if word[:1].isupper() else word
        out.append(("lone behind " if lone else "behind ") + behind)
    elif tail[:2] == ", ":
        word = tail[2:].split(" ", 1)[0]
        aged = word[:-1].isdigit() and word[-1:] == ","
        out.append("age behind" if aged else "comma behind " + ("Capital" if word[:1].isupper() else word))
    elif tail:
        out.append("mark behind " + tail[0])
    return out


def of_place(name: Name, place: tuple[int, int] | None) -> str:
    """Say how a place that was found lies in a name."""
    if place is None:
        return "no place"
    start, end = place
    if start <= name.start and end >= name.end:
        return "place"
    return "place first" if start <= name.start else "place last" if end >= name.end else "place inside"


def evidence(
    body: str, name: Name, place: tuple[int, int] | None, known: Collection[str], small: Collection[str]
) -> list[str]:
    """List all that speaks for or against a name in its article; what its own words say comes from `of_words`.

    Parameters
    ----------
    body : str
        The article.
    name : Name
        The name.
    place : (start, end), optional
        The place of the places layer that lies in it.
    known : collection of str
        Family names of people the article names in full.
    small : collection of str
        Words of the article's lone names that it also writes small.

    Returns
    -------
    list of str
    """
    out = around(body, name)
    lone = len(name.words) == 1
    where = of_place(name, place)
    out.append("lone " + where if lone else where)
    last = name.words[-1]
    if last in known:
        out.append("family name in article" if lone else "shared family name")
    if lone and last.lower() in small:
        out.append("small in article")
    return out


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


def score(name: Name, found: list[str]) -> tuple[float, float]:
    """Add up what the evidence says for an organisation and for a person; above zero beats being nobody's name."""
    table = load().table
    organisation, person, _, _ = prior(name.words)
    for piece in found:
        pair = table.get(piece)
        if pair is not None:
            organisation += pair[0]
            person += pair[1]
    return organisation, person


def why(name: Name, found: list[str], kind: str) -> str:
    """Name the piece of evidence that says most to a reader."""
    if kind == "person" and name.title:
        return f"evidence: office {name.title}"
    if "family name in article" in found and kind == "person":
        return "evidence: family name in article"
    return f"evidence: {prior(name.words)[3 if kind == 'person' else 2]}"
