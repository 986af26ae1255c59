"""Read a codebook from TOML: find it, merge what it extends, and say on which line something is wrong."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from analysis.codebook.model import Actor, Codebook, Concept, Frame, HarmWords, is_acronym, key
from analysis.errors import CodebookError, nearest

_SHIPPED = files("analysis") / "data" / "codebooks"


def shipped() -> tuple[str, ...]:
    """Name the codebooks that come with the kit.

    Examples
    --------
    >>> shipped()
    ('general', 'ukraine-war')
    """
    return tuple(
        sorted(item.name.removesuffix(".toml") for item in _SHIPPED.iterdir() if item.name.endswith(".toml"))
    )


def load(name_or_path: str | Path) -> Codebook:
    """Read a codebook by the name of a shipped one, or from a file.

    Parameters
    ----------
    name_or_path : str or pathlib.Path
        ``"general"``, ``"ukraine-war"``, or the path of a TOML file.

    Returns
    -------
    Codebook
        Complete: what it extends is merged in. An entry of the same name replaces the one it extends; a verb listed
        again moves to the class it is listed in.

    Raises
    ------
    CodebookError
        When there is no such codebook, the file is no TOML, a field is unknown or wrong, or a word stands for two
        things. The message names the file and the line.

    Examples
    --------
    >>> load("general").reporting["distancing"][:3]
    ('claim', 'allege', 'assert')
    """
    name = str(name_or_path)
    if name in shipped():
        return _load_shipped(name)
    path = Path(name_or_path)
    if not path.is_file():
        known = shipped()
        raise CodebookError(
            f"there is no codebook {name!r}: neither a file nor a shipped one{nearest(name, known)}"
        )
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CodebookError(f"{path.name}: cannot be read as UTF-8 text ({error})") from error
    return parse(text, where=path.name)


@cache
def _load_shipped(name: str) -> Codebook:
    return parse((_SHIPPED / f"{name}.toml").read_text(encoding="utf-8"), where=f"{name}.toml")


def parse(text: str, *, where: str = "codebook") -> Codebook:
    r"""Read a codebook from the text of a TOML file.

    Parameters
    ----------
    text : str
        The TOML.
    where : str, optional
        What to call the file in messages.

    Returns
    -------
    Codebook
        As `load` gives it.

    Raises
    ------
    CodebookError
        As `load` does.

    Examples
    --------
    >>> parse('name = "mine"\ntitle = "Mine"\nextends = "general"').actor_of("Putin") is None
    True
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+), column \d+\)", str(error))
        at = f" line {found.group(1)}" if found else ""
        what = str(error).split(" (at ")[0].lower()
        hint = "a quotation mark or a bracket is not closed" if "\\n" in what or "unclosed" in what else what
        raise CodebookError(
            f"{where}{at}: this is not TOML: {hint}; look for a missing quotation mark, comma or bracket here or in the "
            "line before"
        ) from error
    lines = Lines(text)
    own = _validate(data, lines, where)
    _refuse_doubles(own, lines, where)
    if not own.extends:
        merged = own
    else:
        if own.extends not in shipped():
            line = lines.find("extends")
            raise CodebookError(
                f"{where} line {line}: extends = {own.extends!r} is no shipped codebook{nearest(own.extends, shipped())}"
            )
        merged = _merge(load(own.extends), own)
        _refuse_doubles(merged, lines, where)
    _refuse_sides(merged, lines, where)
    return merged


class Lines:
    """The lines of a TOML file, to tell where an entry stands. A scan, not a parser: messages need no more."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()

    def find(self, *path: str | int) -> int:
        """Give the number of the line, from 1, that holds an entry such as ``("actors", 3, "kind")``."""
        start, stop = 0, len(self._lines)
        for depth, step in enumerate(path):
            if isinstance(step, int):
                headers = self._headers(f"[[{path[depth - 1]}]]") if depth else []
                if step < len(headers):
                    start = headers[step]
                    stop = headers[step + 1] if step + 1 < len(headers) else len(self._lines)
                continue
            found = self._key_or_header(step, start, stop)
            if found is not None:
                start = found
        return start + 1

    def word(self, word: str, *, after: int = 1) -> int:
        """Give the number of the first line from ``after`` on that holds the quoted word; ``after`` if none does."""
        return next(self.words(word, after=after), after)

    def words(self, word: str, *, after: int = 1) -> Iterator[int]:
        """Give the numbers of all lines from ``after`` on that hold the word in quotation marks, once a time."""
        needle = re.compile(r"[\"']" + re.escape(word) + r"[\"']")
        for number, line in enumerate(self._lines[after - 1 :], after):
            code = line if not line.lstrip().startswith("#") else ""
            for _ in needle.finditer(code):
                yield number

    def _headers(self, header: str) -> list[int]:
        return [number for number, line in enumerate(self._lines) if line.strip().startswith(header)]

    def _key_or_header(self, name: str, start: int, stop: int) -> int | None:
        quoted = rf"(?:{re.escape(name)}|\"{re.escape(name)}\")"
        pattern = re.compile(rf"^\s*(?:{quoted}\s*=|\[\[?(?:[^\]]*\.)?{quoted}(?:\.[^\]]*)?\]\]?)")
        return next((number for number in range(start, stop) if pattern.match(self._lines[number])), None)


_MEANING = {
    "extra_forbidden": "is not a key of a codebook here",
    "missing": "is missing",
    "literal_error": "is none of the allowed words",
    "string_type": "must be text in quotation marks",
    "tuple_type": "must be a list in square brackets",
}


SHOWN = 8  # errors named at a time: more are mended in a second go

# the keys an entry of each section may have; "" for the file itself
_FIELDS: Mapping[str, Iterable[str]] = {
    "": Codebook.model_fields,
    "actors": Actor.model_fields,
    "concepts": Concept.model_fields,
    "frames": Frame.model_fields,
    "harms": HarmWords.model_fields,
}
_PATTERNS = {
    "name": "is no name of a codebook; write small letters, digits and hyphens, as in 'dock-strike'",
    "language": "is no language code; write two small letters, as in 'en'",
    "wikidata": "is no Wikidata id; write Q and digits, as in 'Q42', or leave it out",
}


def _validate(data: Mapping[str, Any], lines: Lines, where: str) -> Codebook:
    try:
        return Codebook.model_validate(data)
    except ValidationError as error:
        found = error.errors()
        # a misspelt key also makes the right one missing: say the misspelling
        wrong = [entry["loc"] for entry in found if entry["type"] not in ("missing", "too_short")]
        misspelt = {entry["loc"][:-1] for entry in found if entry["type"] == "extra_forbidden"}
        told = {
            _told(entry, data, lines)
            for entry in found
            if (entry["type"] != "missing" or entry["loc"][:-1] not in misspelt)
            # a list is too short because what stands in it is wrong
            and not (
                entry["type"] == "too_short" and any(at[: len(entry["loc"])] == entry["loc"] for at in wrong)
            )
        }
        messages = [f"{where} line {line}: {message}" for line, message in sorted(told)]
        rest = [f"and {len(messages) - SHOWN} more"] if len(messages) > SHOWN else []
        raise CodebookError("\n".join([*messages[:SHOWN], *rest])) from error


def _told(entry: Mapping[str, Any], data: Mapping[str, Any], lines: Lines) -> tuple[int, str]:
    """Give the line of one error and what to do about it."""
    path = _named(data, entry["loc"])
    meaning = _MEANING.get(entry["type"]) or entry["msg"].removeprefix("Value error, ")
    known = ""
    if entry["type"] == "extra_forbidden":
        known = nearest(str(path[-1]), _FIELDS.get(str(path[0]) if len(path) > 1 else "", ()))
    elif entry["type"] == "literal_error":
        meaning = f"{entry.get('input')!r} is none of the allowed words"
        known = f"; write {entry.get('ctx', {}).get('expected', '')}"
    elif entry["type"] == "too_short":
        least = entry.get("ctx", {}).get("min_length", 1)
        meaning = f"needs {least} entries or more" if least > 1 else "is empty"
    elif entry["type"] == "tuple_type" and isinstance(entry.get("input"), Mapping):
        meaning = f"begin each entry with [[{path[-1]}]], its name on a line of its own"
    elif entry["type"] == "string_pattern_mismatch":
        meaning = f"{entry.get('input')!r} {_PATTERNS.get(str(path[-1]), 'is not written as it must be')}"
    shown = ".".join(str(step + 1 if isinstance(step, int) else step) for step in path)
    return lines.find(*path), f"{shown}: {meaning}{known}" if shown else f"{meaning}{known}"


def _named(data: Mapping[str, Any], location: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """Put names for numbers where TOML has a table and the model a list: the labels of a concept, the frames."""
    path: list[str | int] = []
    at: Any = data
    for step in location:
        if step == "[key]":
            continue
        if isinstance(step, int) and isinstance(at, Mapping):
            step = list(at)[step]
        path.append(step)
        try:
            at = at[step]
        except (KeyError, IndexError, TypeError):
            at = None
    return tuple(path)


def _merge(base: Codebook, own: Codebook) -> Codebook:
    """Lay a codebook over the one it extends; what it names again replaces what it finds."""
    return own.model_copy(
        update={
            "sides": {**base.sides, **own.sides},
            "control": _over_classes(base.control, own.control),
            "actors": _over(base.actors, own.actors),
            "concepts": _over(base.concepts, own.concepts),
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


def _refuse_sides(book: Codebook, lines: Lines, where: str) -> None:
    for actor in book.actors:
        if actor.side and actor.side not in book.sides:
            line = lines.word(actor.side, after=lines.word(actor.name))
            raise CodebookError(
                f"{where} line {line}: the side {actor.side!r} of {actor.name} is not declared under [sides]"
                f"{nearest(actor.side, book.sides)}"
            )
    for side in book.control:
        if side not in book.sides:
            raise CodebookError(
                f"{where} line {lines.find('control', side)}: the side {side!r} under [control] is not declared under "
                f"[sides]{nearest(side, book.sides)}"
            )


def _places(book: Codebook) -> Iterator[tuple[str, str, str, str]]:
    """Every word that must stand for one thing only: ``(scope, word as compared, word as written, what it is)``.

    Two concepts may ask different questions of one word, so a form is unique within its concept only.
    """
    for actor in book.actors:
        for name in (actor.name, *actor.aliases):
            yield "actor", key(name, acronym=is_acronym(name)), name, f"a name of {actor.name}"
    for concept in book.concepts:
        for label in concept.labels:
            for form in label.forms:
                yield f"concept {concept.name}", form, form, f"label {label.name!r} of {concept.name!r}"
    for name, lemmas in book.reporting.items():
        for lemma in lemmas:
            yield "reporting", lemma, lemma, f"a {name} reporting verb"
    for side, places in book.control.items():
        for place in places:
            yield "control", place, place, f"a place of {side!r}"
    for source, nouns in book.source_classes.items():
        for noun in nouns:
            yield "source", noun, noun, f"a role noun of {source!r}"


def _refuse_doubles(book: Codebook, lines: Lines, where: str) -> None:
    """Refuse a word that stands for two things, which would be counted by chance, and name both places."""
    seen: dict[tuple[str, str], tuple[str, str]] = {}
    for scope, word, written, meaning in _places(book):
        if (scope, word) not in seen:
            seen[scope, word] = (written, meaning)
            continue
        other_written, other = seen[scope, word]
        found = list(
            dict.fromkeys(number for text in (other_written, written) for number in lines.words(text))
        )
        spots = " and ".join(map(str, sorted(found)[:2])) or "?"
        twice = "twice" if other == meaning else f"as {other} and as {meaning}"
        raise CodebookError(
            f"{where} line{'s' if len(found) > 1 else ''} {spots}: {written!r} stands {twice}; keep one of them"
        )
