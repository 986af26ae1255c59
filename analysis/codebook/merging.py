"""Lay a codebook over the one it extends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.codebook.model import Codebook


def merge(base: Codebook, own: Codebook) -> Codebook:
    """Lay a codebook over the one it extends; what it names again replaces what it finds."""
    return own.model_copy(
        update={
            "sides": {**base.sides, **own.sides},
            "control": _over_classes(base.control, own.control),
            "actors": _over(base.actors, own.actors),
            "concepts": _own_first(base.concepts, own.concepts),
            "reporting": _over_classes(base.reporting, own.reporting),
            "actions": _over_shared(base.actions, own.actions),
            "harms": base.harms.model_copy(
                update={
                    field: tuple(dict.fromkeys((*getattr(base.harms, field), *getattr(own.harms, field))))
                    for field in ("verbs", "intransitives", "nouns")
                }
            ),
            "source_classes": _over_classes(base.source_classes, own.source_classes),
            "units": tuple(dict.fromkeys((*base.units, *own.units))),
            "frames": _over(base.frames, own.frames),
            "lists": {**base.lists, **own.lists},
        }
    )


def _over(base: tuple[Any, ...], own: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple({entry.name: entry for entry in (*base, *own)}.values())


def _own_first(base: tuple[Any, ...], own: tuple[Any, ...]) -> tuple[Any, ...]:
    """Put what the analyst asks before what the codebook below asks: the first concept leads the report."""
    named = {entry.name for entry in own}
    return (*own, *(entry for entry in base if entry.name not in named))


def _over_classes(
    base: Mapping[Any, tuple[str, ...]], own: Mapping[Any, tuple[str, ...]]
) -> dict[Any, tuple[str, ...]]:
    moved = {word for words in own.values() for word in words}
    names = dict.fromkeys((*base, *own))
    return {
        name: (*(word for word in base.get(name, ()) if word not in moved), *own.get(name, ()))
        for name in names
    }


def _over_shared(
    base: Mapping[str, tuple[str, ...]], own: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    return {
        name: tuple(dict.fromkeys((*base.get(name, ()), *own.get(name, ()))))
        for name in dict.fromkeys((*base, *own))
    }
