"""What the words and marks at a reporting word weigh: a small logistic model over traits.

The weights were learned from the open part of PolNeAR (Newell, Margolin & Ruths 2018) by scripts/train_saying.py; no
text is in them. Traits that are weighed together are a family, named by them: ``weights["lemma form"]["claim"]["past"]``.
"""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import repeat
from typing import Any

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int64]

# what is looked at: the reporting verb and what form it has; the words before and behind it; what sort of words the
# source is, its last word and how many words it has; where the content lies, how long it is, how much of it is quoted
# and whether the verb is, and its first word
TRAITS = ("lemma", "form", "left", "right", "who", "head", "size", "kind", "length", "quoted", "first")
# these are weighed before anything but the reporting word and the words beside it is looked at
BESIDE = ("lemma", "lemma form", "left", "form left", "right", "lemma right")
FAMILIES = (
    *BESIDE,
    *("who", "form who", "lemma who", "head"),
    *("kind", "lemma kind", "form kind", "kind length", "lemma length"),
    *("quoted", "kind quoted", "lemma quoted"),
    *("kind right", "kind first", "kind who", "kind size"),
)


@dataclass(frozen=True)
class Model:
    """Weights by family, the intercept, the probability from which a candidate counts, and what is not worth a look.

    Weights are tables in tables, a level a trait, and whole thousandths of a logit, so that a sum is the same in any
    order.
    """

    weights: Mapping[str, Mapping[str, Any]]
    intercept: int
    threshold: float
    hopeless: float = -math.inf

    @property
    def least(self) -> float:
        """The sum of weights from which a candidate counts."""
        return 1000 * math.log(self.threshold / (1 - self.threshold)) - self.intercept

    @cached_property
    def _numbers(self) -> dict[str, dict[str, int]]:
        """Number what was learned of each trait, from 1; 0 is for all else."""
        seen: dict[str, set[str]] = {trait: set() for trait in TRAITS}
        for family, keys, _ in self._learned():
            for trait, key in zip(family.split(" "), keys, strict=True):
                seen[trait].add(key)
        return {trait: {key: n for n, key in enumerate(sorted(keys), 1)} for trait, keys in seen.items()}

    @cached_property
    def _tables(self) -> dict[str, Whole]:
        """The weights of each family, a dimension a trait."""
        numbers = self._numbers
        tables = {
            family: np.zeros([len(numbers[trait]) + 1 for trait in family.split(" ")], dtype=np.int64)
            for family in FAMILIES
        }
        for family, keys, weight in self._learned():
            place = tuple(numbers[trait][key] for trait, key in zip(family.split(" "), keys, strict=True))
            tables[family][place] = weight
        return tables

    def _learned(self) -> Iterator[tuple[str, tuple[str, ...], int]]:
        for family in FAMILIES:
            for keys, weight in _leaves(self.weights.get(family, {}), len(family.split(" "))):
                yield family, keys, weight

    def numbered(self, trait: str, values: Iterable[str]) -> Whole:
        """Give the numbers by which values of a trait are looked up in `total`."""
        return np.fromiter(map(self._numbers[trait].get, values, repeat(0)), dtype=np.int64)

    def total(self, families: Sequence[str], numbers: Mapping[str, Whole]) -> Whole:
        """Add up the weights of some families.

        Parameters
        ----------
        families : sequence of str
            Of `FAMILIES`.
        numbers : mapping of str to array
            For each of their traits what `numbered` gave; arrays of one length.

        Returns
        -------
        array of int
            Thousandths of a logit.
        """
        total = np.zeros(len(next(iter(numbers.values()))), dtype=np.int64)
        for family in families:
            total += self._tables[family][tuple(numbers[trait] for trait in family.split(" "))]
        return total


def _leaves(table: Mapping[str, Any], depth: int) -> Iterator[tuple[tuple[str, ...], int]]:
    for key, value in table.items():
        if depth == 1:
            yield (key,), value
        else:
            yield from (((key, *keys), weight) for keys, weight in _leaves(value, depth - 1))


@cache
def load() -> Model:
    """Read the shipped weights."""
    packed = files("analysis").joinpath("data", "actors", "saying.json.gz").read_bytes()
    data = json.loads(gzip.decompress(packed))
    return Model(data["weights"], data["intercept"], data["threshold"], data["hopeless"])
