"""What a codebook says of names, roles and words, remembered: the same few are asked for all the time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from analysis.actors.localnames import in_codebook
from analysis.actors.resolved import office
from analysis.actors.sources import class_of_words, is_media

if TYPE_CHECKING:
    from analysis.codebook import Actor, Codebook


@dataclass(frozen=True)
class Asked:
    """Questions to one codebook."""

    actor_of: Callable[[str], Actor | None]  # whom a name stands for
    named: Callable[[str, str, str, bool], tuple[str, str]]  # name, local name, kind, sure: actor and kind
    office: Callable[[str], tuple[str, str]]  # a role: its noun, and its country or organisation
    class_of: Callable[[str], str]  # the source class of a role or a name
    is_media: Callable[[str], bool]


@lru_cache(maxsize=4)
def asked(codebook: Codebook) -> Asked:
    """Make the questions to a codebook.

    Examples
    --------
    >>> from analysis.codebook import load
    >>> asked(load("general")).office("ukraine's president")
    ('president', 'Ukraine')
    """
    kept = lru_cache(maxsize=1 << 16)
    return Asked(
        kept(codebook.actor_of),
        kept(lambda name, local, kind, sure: in_codebook(name, local, kind, codebook, sure=sure)),
        kept(lambda words: office(words, codebook)),
        kept(lambda words: class_of_words(words, codebook)),
        kept(lambda actor: is_media(actor, codebook)),
    )
