"""Cut words to their stems: NLTK's English Snowball stemmer (Porter, 2001), loaded without the rest of NLTK."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any


@cache
def stemmer() -> Callable[[str], str]:
    """Give the function that cuts a lower-case word to its stem.

    Returns
    -------
    callable
        From a word to its stem.

    Examples
    --------
    >>> stemmer()("withdrawing")
    'withdraw'
    """
    stem: Callable[[str], str] = _snowball().EnglishStemmer().stem
    return stem


def _snowball() -> Any:
    """Import the stemmer's module alone: NLTK's own ``__init__`` takes scikit-learn and scipy.stats with it.

    The packages around the module are stood in for while it loads and taken away again, so that whoever imports NLTK
    afterwards has the whole of it.
    """
    name = "nltk.stem.snowball"
    spec = None if "nltk" in sys.modules else find_spec("nltk")
    if spec is None or not spec.submodule_search_locations:
        return import_module(name)
    root = spec.submodule_search_locations[0]
    corpus: Any = ModuleType("nltk.corpus")
    corpus.stopwords = None  # asked for only by a stemmer that leaves stopwords out
    sys.modules[corpus.__name__] = corpus
    for package, folder in (("nltk", root), ("nltk.stem", f"{root}/stem")):
        sys.modules[package] = ModuleType(package)
        sys.modules[package].__path__ = [folder]
    try:
        return import_module(name)
    except (ImportError, AttributeError):  # another version of NLTK may be laid out otherwise
        _forget()
        return import_module(name)
    finally:
        _forget()


def _forget() -> None:
    """Take the stand-ins away, and what was loaded below them; a real NLTK stays."""
    if sys.modules["nltk"].__spec__ is None:
        for module in [module for module in sys.modules if module.split(".")[0] == "nltk"]:
            del sys.modules[module]
