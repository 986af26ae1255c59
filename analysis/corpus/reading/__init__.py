"""Readers, one module a format. A module with ``SUFFIXES`` and ``read`` is a reader; nothing else is needed to add one."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from analysis.corpus.reading.model import File, Found, Options, Read, SetAside, Source

__all__ = ["File", "Found", "Options", "Read", "SetAside", "Source", "readers", "suffix_of"]


@cache
def readers() -> Mapping[str, Read]:
    """List the readers by the suffix they read.

    Returns
    -------
    mapping of str to callable
        Suffix with its dot, in lower case, to ``read(file, options)``, which yields `Source` and `SetAside`.

    Examples
    --------
    >>> sorted(readers())[:4]
    ['', '.csv', '.docx', '.htm']
    """
    found: dict[str, Read] = {}
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda info: info.name):
        loaded = importlib.import_module(f"{__name__}.{module.name}")
        for suffix in getattr(loaded, "SUFFIXES", ()):
            found[suffix] = loaded.read
    return MappingProxyType(found)


def suffix_of(name: str) -> str:
    """Return the suffix that decides the reader, seeing through ``.gz``.

    Examples
    --------
    >>> suffix_of("News.JSONL.gz"), suffix_of("000_12f9")
    ('.jsonl', '')
    """
    base = name.rsplit("/", 1)[-1].lower().removesuffix(".gz")
    return base[base.rindex(".") :] if "." in base[1:] else ""
