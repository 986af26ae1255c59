"""Parallax: compare how news outlets cover the same events.

``open_corpus`` is the first line of every notebook; the subjects are ``analysis.text``, ``analysis.actors``,
``analysis.places``, ``analysis.framing`` and ``analysis.stories``; what they find is shown with
``analysis.figures``. Importing this package loads none of them until one is used.
"""

from __future__ import annotations

import importlib
import logging
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

# public name → where it lives; loaded when first used
_HOME = {
    "Corpus": "analysis.corpus.corpus",
    "annotate": "analysis.annotation",
    "open_corpus": "analysis.annotation",
    "columns": "analysis.schemas",
    "load_codebook": "analysis.codebook",
    "AnalysisError": "analysis.errors",
}
__all__ = [
    "AnalysisError",
    "Corpus",
    "annotate",
    "columns",
    "load_codebook",
    "open_corpus",
]

logging.getLogger(__name__).addHandler(logging.NullHandler())

if TYPE_CHECKING:
    from analysis.annotation import annotate, open_corpus
    from analysis.codebook import load as load_codebook
    from analysis.corpus.corpus import Corpus
    from analysis.errors import AnalysisError
    from analysis.schemas import columns


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'analysis' has no attribute {name!r}")
    home = importlib.import_module(_HOME[name])
    return getattr(home, "load" if name == "load_codebook" else name)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__", "actors", "figures", "framing", "places", "stories", "text"])
