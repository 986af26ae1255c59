"""How rooms above the corpus give it verbs and subjects, and what a corpus answers when asked for one it lacks."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from analysis.errors import nearest
from analysis.schemas import TABLES

#: Verbs and subjects that rooms above this one give a corpus, with the module that registers them when first used.
HOMES: Mapping[str, str] = dict.fromkeys(
    (
        *("actors", "article", "bibliography", "compare", "concordance", "evidence", "explore", "export"),
        *("methods", "places", "show", "stories", "words"),
    ),
    "analysis.explore.accessors",
)


class Subject:
    """An attribute that is made from the corpus when first used, and kept in it."""

    def __init__(self, name: str, kind: Callable[..., Any]) -> None:
        self._name, self.kind = name, kind
        self.__doc__ = kind.__doc__

    def __get__(self, corpus: Any, owner: type) -> Any:
        if corpus is None:
            return self.kind
        made = self.kind(corpus)
        vars(corpus)[self._name] = made
        return made


def missing(owner: type, name: str, known: Iterable[str]) -> str:
    """Say that a corpus has no such attribute, and where what was meant can be had.

    Parameters
    ----------
    owner : type
        The class that was asked.
    name : str
        What was asked for.
    known : iterable of str
        Its attributes.

    Returns
    -------
    str
        A message that names the table, the verb of a subject, or the nearest attribute.

    Examples
    --------
    >>> missing(object, "statements", ["articles"])
    "a corpus has no attribute 'statements'; it is a table: corpus['statements']"
    """
    told = f"a corpus has no attribute {name!r}"
    if name.startswith("_"):
        return told
    if name in TABLES:
        return f"{told}; it is a table: corpus[{name!r}]"
    for home in dict.fromkeys(HOMES.values()):
        importlib.import_module(home)
    subjects = [key for key, value in vars(owner).items() if isinstance(value, Subject)]
    homes = [key for key in subjects if hasattr(vars(owner)[key].kind, name)]
    if homes:
        return f"{told}; it belongs to {homes[0]}: corpus.{homes[0]}.{name}()"
    return told + nearest(name, [each for each in known if not each.startswith("_")])
