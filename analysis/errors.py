"""What can go wrong, as a handful of exceptions.

Each message says what failed, where (file, line, field) and what to do about it. Nothing here is raised for a
single bad article: that article is set aside with its reason, and the run goes on.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


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


def nearest(name: str, known: Iterable[str]) -> str:
    """Say which known name was probably meant, as a ready clause for a message.

    Parameters
    ----------
    name : str
        What the user wrote.
    known : iterable of str
        What would have been understood.

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
    """
    names = list(known)
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    return f"; did you mean {close[0]!r}?" if close else f"; known are {', '.join(names)}"
