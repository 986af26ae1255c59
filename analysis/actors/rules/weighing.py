"""What the words and marks at a reporting word weigh: a small logistic model over traits, as nested tables.

The weights were learned from the open part of PolNeAR (Newell, Margolin & Ruths 2018) by scripts/train_saying.py; no
text is in them. Traits that are weighed together are a family, named by them: ``weights["lemma form"]["claim"]["past"]``.
"""

from __future__ import annotations

import gzip
import json
import math
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, NamedTuple

FAMILIES = (
    # the reporting word and the words beside it: these are weighed before anything else is looked at
    *("lemma", "lemma form", "left", "form left", "right", "lemma right"),
    # its source
    *("who", "form who", "lemma who", "head"),
    # where the content lies and how long it is; how much of it is quoted; its first word
    *("kind", "lemma kind", "form kind", "kind length", "lemma length"),
    *("here share", "kind here share", "lemma here share"),
    *("kind right", "kind first", "kind who", "kind size"),
)
BESIDE = FAMILIES[:6]
_LENGTHS = (20, 40, 70, 110, 160, 230)
STEPS = tuple(map(str, range(len(_LENGTHS) + 1)))  # how long a content is
SIZES = tuple(map(str, range(7)))  # how many words a source has; none has none, six or more have six
PLACES = ("outside", "inside")  # of quotation marks

# tables in tables, a level a trait
Weights = Mapping[str, Mapping[str, Any]]


class Traits(NamedTuple):
    """What is looked at of one candidate."""

    lemma: str
    form: str
    left: str  # the words beside the reporting word, small
    right: str
    who: str  # what sort of words the source is
    head: str  # its last word, small
    size: str
    kind: str  # where the content lies
    length: str
    share: str  # how much of it is quoted
    here: str  # whether the reporting word is
    first: str  # its first word, small


def names(traits: Traits) -> Iterator[tuple[str, ...]]:
    """Name what is weighed: each family with its traits.

    Examples
    --------
    >>> traits = Traits("claim", "past", "mayor", "that", "words", "mayor", "2", "that", "1", "none", "outside", "that")
    >>> list(names(traits))[:2]
    [('lemma', 'claim'), ('lemma form', 'claim', 'past')]
    """
    for family in FAMILIES:
        yield family, *(getattr(traits, trait) for trait in family.split(" "))


class Verb(NamedTuple):
    """What a form of a reporting verb weighs by itself, with the words before and behind it, and with its source."""

    alone: int
    left: Mapping[str, int]
    right: Mapping[str, int]
    who: Mapping[str, int]


class Lying(NamedTuple):
    """What a place of the content weighs for a form of a verb: by length, marks, words and source."""

    length: tuple[int, ...]
    marked: Mapping[str, Mapping[str, int]]
    right: Mapping[str, int]
    first: Mapping[str, int]
    who: Mapping[str, int]
    size: tuple[int, ...]


@dataclass(frozen=True)
class Model:
    """Weights by family, the intercept, the probability from which a candidate counts, and what is not worth a look.

    Weights are whole thousandths of a logit, so that a sum is the same in any order.
    """

    weights: Weights
    intercept: int
    threshold: float
    hopeless: float = -math.inf

    @cached_property
    def least(self) -> float:
        """The sum of weights from which a candidate counts."""
        return 1000 * math.log(self.threshold / (1 - self.threshold)) - self.intercept

    @cached_property
    def verb(self) -> Callable[[str, str], Verb]:
        """Tables for a lemma and a form; made when asked for, then kept."""
        return cache(self._verb)

    @cached_property
    def lying(self) -> Callable[[str, str, str], Lying]:
        """Tables for a lemma, a form and a place of the content; made when asked for, then kept."""
        return cache(self._lying)

    def table(self, family: str, *traits: str) -> Mapping[str, Any]:
        """Give the weights of a family by its last trait, the ones before it given; empty where none were learned."""
        table: Mapping[str, Any] = self.weights.get(family, {})
        for trait in traits:
            table = table.get(trait, {})
        return table

    def _weight(self, family: str, *traits: str) -> int:
        return int(self.table(family, *traits[:-1]).get(traits[-1], 0))

    def _verb(self, lemma: str, form: str) -> Verb:
        return Verb(
            self._weight("lemma", lemma) + self._weight("lemma form", lemma, form),
            self.table("form left", form),
            self.table("lemma right", lemma),
            _sums(self.table("who"), self.table("form who", form), self.table("lemma who", lemma)),
        )

    def _lying(self, lemma: str, form: str, kind: str) -> Lying:
        alone = (
            self._weight("kind", kind)
            + self._weight("lemma kind", lemma, kind)
            + self._weight("form kind", form, kind)
        )
        lengths = _sums(self.table("kind length", kind), self.table("lemma length", lemma))
        return Lying(
            tuple(alone + lengths.get(step, 0) for step in STEPS),
            {
                here: _sums(
                    self.table("here share", here),
                    self.table("kind here share", kind, here),
                    self.table("lemma here share", lemma, here),
                )
                for here in PLACES
            },
            self.table("kind right", kind),
            self.table("kind first", kind),
            self.table("kind who", kind),
            tuple(self._weight("kind size", kind, size) for size in SIZES),
        )


def _sums(*tables: Mapping[str, int]) -> dict[str, int]:
    return {key: sum(table.get(key, 0) for table in tables) for table in tables for key in table}


def step(length: int) -> int:
    """Give the step of a content's length in characters."""
    return bisect_left(_LENGTHS, length)


@cache
def load() -> Model:
    """Read the shipped weights."""
    packed = files("analysis").joinpath("data", "actors", "saying.json.gz").read_bytes()
    data = json.loads(gzip.decompress(packed))
    return Model(data["weights"], data["intercept"], data["threshold"], data["hopeless"])
