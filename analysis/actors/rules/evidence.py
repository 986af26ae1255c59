"""What speaks for a name being a person's, an organisation's, or neither: the words of it and the words beside it.

The weights are a table of features, learned by scripts/train_names.py from what the model engine decided on a large
collection of news; no text is in it. Each piece of evidence has a name that can be read.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from analysis.actors.lexicons import mapping, words
from analysis.actors.resolved import countries
from analysis.actors.rules.runs import Name

KINDS = ("nobody", "organisation", "person")
_NEXT = re.compile(r"(['’‘]s?(?!\w))?(, |\. | \(| |[-–—,.;:)”\"’])?(\w+)?")
_BEFORE = re.compile(r"([\w.'’-]+|[“\"‘(])(,? |-)?$")
_AGED = re.compile(r"\d{1,2},")


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


def around(body: str, name: Name) -> Iterator[str]:
    """Name the evidence beside a name: office, mark, the words before and behind."""
    start = name.start
    if name.title:
        yield "office"
        yield f"office {name.title}"
    else:
        left = _BEFORE.search(body, max(0, start - 24), start)
        if left is None:
            yield "nothing before"
        else:
            word = left[1].lower()
            yield f"before {word}{left[2].rstrip() if left[2] else ''}"
    lone = "lone " if len(name.words) == 1 else ""
    if name.opens:
        yield f"{lone}opens"
    if name.headed:
        yield "headline"
    right = _NEXT.match(body, name.end)
    if right is None:
        return
    possessive, mark, following = right[1], right[2], right[3]
    if possessive:
        yield f"{lone}possessive"
    if mark == ", " and following and _AGED.match(body, right.start(3)):
        yield "age behind"
    elif mark and mark != " ":
        yield f"mark behind {mark.strip()}"
        if following and mark in {", ", " ("}:
            yield f"behind {mark.strip()} {following.lower() if following[0].islower() else 'Capital'}"
    elif following:
        yield f"{lone}behind {following.lower() if following[0].islower() else 'Capital'}"


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
    """List all that speaks for or against a name.

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
        The article's words that begin small.

    Returns
    -------
    list of str
    """
    out = [*of_words(name.words), *around(body, name)]
    lone = len(name.words) == 1
    where = of_place(name, place)
    out.append(f"{'lone ' if lone else ''}{where}")
    last = name.words[-1]
    if last in known:
        out.append("family name in article" if lone else "shared family name")
    if lone and last.lower() in small:
        out.append("small in article")
    return out


def score(weights: Weights, found: list[str]) -> tuple[float, float]:
    """Add up what the evidence says for an organisation and for a person; above zero beats being nobody's name."""
    table = weights.table
    organisation = person = 0.0
    for piece in found:
        pair = table.get(piece)
        if pair is not None:
            organisation += pair[0]
            person += pair[1]
    return organisation, person
