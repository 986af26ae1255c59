"""Say what is wrong with a codebook and on which line it stands: keys, words of two meanings, undeclared sides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from analysis.codebook.model import Actor, Codebook, Concept, Frame, HarmWords, is_acronym, key
from analysis.errors import CodebookError, nearest

_MEANING = {
    "extra_forbidden": "is not a key of a codebook here",
    "missing": "is missing",
    "literal_error": "is none of the allowed words",
    "string_type": "must be text in quotation marks",
    "tuple_type": "must be a list in square brackets",
}
SHOWN = 8  # errors named at a time: more are mended in a second go
# the keys an entry of each section may have; "" for the file itself
_FIELDS: Mapping[str, Mapping[str, FieldInfo]] = {
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


def validate(data: Mapping[str, Any], lines: Lines, where: str) -> Codebook:
    """Make a codebook of what the file says.

    Raises
    ------
    CodebookError
        With one line an error, eight at most.
    """
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
        known = nearest(str(path[-1]), _FIELDS.get(str(path[0]) if len(path) > 1 else "", {}))
    elif entry["type"] == "missing":
        field = _FIELDS.get(str(path[0]) if len(path) > 1 else "", {}).get(str(path[-1]))
        words = get_args(field.annotation) if field else ()
        known = (
            f"; write {', '.join(map(repr, words))}"
            if words and all(isinstance(w, str) for w in words)
            else ""
        )
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


def refuse_sides(book: Codebook, lines: Lines, where: str) -> None:
    """Refuse a side that the codebook does not declare."""
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


def refuse_doubles(book: Codebook, lines: Lines, where: str) -> None:
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
