"""What can go wrong, as a handful of exceptions.

Each message says what failed, where (file, line, field) and what to do about it. Nothing here is raised for a
single bad article: that article is set aside with its reason, and the run goes on.
"""

from __future__ import annotations

import difflib
import errno
from collections.abc import Iterable

# What a file system says when there is no room left on it.
FULL = (errno.ENOSPC, errno.EDQUOT)


class AnalysisError(Exception):
    """The base of every error that a user can do something about."""


class ReadingError(AnalysisError):
    """A path, a file or a table could not be read as articles."""


class CodebookError(AnalysisError):
    """A codebook, or a hand-written CSV beside the articles, is not well formed."""


class LanguageModelError(AnalysisError):
    """No usable language model is installed."""


class StoreError(AnalysisError):
    """The annotation store is locked, of another layout, or damaged."""


class ReportError(AnalysisError):
    """A report could not be made, or does not verify."""


class MeasureError(AnalysisError, ValueError):
    """A measure was asked for something it is not defined on."""


def nearest(name: str, known: Iterable[str], *, most: int | None = None) -> str:
    """Say which known name was probably meant, as a ready clause for a message.

    Parameters
    ----------
    name : str
        What the user wrote.
    known : iterable of str
        What would have been understood.
    most : int, optional
        How many known names are listed where none is near; by default all.

    Returns
    -------
    str
        For example ``"; did you mean 'outlets'?"``, or the list of known names.

    Examples
    --------
    >>> nearest("oulets", ["outlets", "since"])
    "; did you mean 'outlets'?"
    >>> nearest("x", ["outlets", "since"])
    '; known are outlets, since'
    >>> nearest("x", ["outlets", "since"], most=1)
    '; known are outlets, … (2)'
    """
    names = list(known)
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    if close:
        return f"; did you mean {close[0]!r}?"
    cut = most is not None and len(names) > most
    return f"; known are {', '.join(names[:most])}{f', … ({len(names)})' if cut else ''}"
