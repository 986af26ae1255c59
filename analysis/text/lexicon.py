"""Words as numbers: each distinct stretch of text is cut and brought to its forms once, not once an occurrence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from string import ascii_letters, ascii_uppercase, digits
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from analysis.text.buffer import Buffer
from analysis.text.keys import PADDING, Codes, Numbers, Spans
from analysis.text.tokens import extract_all, initials, normalise

_LETTER, _DIGIT, _HYPHEN, _OTHER = 1, 2, 4, 8
# signs round a word that are part of no token; a stop may be, but not after letters or digits alone
_BEFORE, _AFTER = b"\"'([", b".,;:!?)]\"'"
_TRIMS = 3
# strings looked at at a time
_STEP = 1 << 14


@dataclass(frozen=True)
class Strings:
    """Articles of a batch and the strings in them: stretches of text, tokens, or forms.

    Attributes
    ----------
    articles : polars.DataFrame
        The batch.
    sizes : array of int
        How many strings each article has.
    spans : Spans
        The strings, article by article.
    """

    articles: pl.DataFrame
    sizes: Codes
    spans: Spans

    @property
    def rows(self) -> Codes:
        """The article of each string."""
        return np.repeat(np.arange(len(self.sizes)), self.sizes)


@dataclass(frozen=True)
class Contents:
    """The forms in each string: those of string 3 begin at ``begin[3]``."""

    begin: npt.NDArray[Any]
    inside: npt.NDArray[Any]

    @cached_property
    def sizes(self) -> Codes:
        """How many forms each string holds."""
        return np.diff(self.begin)

    @cached_property
    def single(self) -> Codes:
        """The form of a string that holds one, as most do; -1 for others."""
        return np.where(self.sizes == 1, np.append(self.inside, -1)[self.begin[:-1]], -1)

    def of(self, code: Codes) -> tuple[Codes, Codes]:
        """Give the forms in strings, one string after the other, and which string each is of."""
        length = self.sizes[code]
        owner = np.repeat(np.arange(len(code)), length)
        skipped = self.begin[code] - (np.cumsum(length) - length)
        return owner, self.inside[np.arange(len(owner)) + skipped[owner]]


def stretches(batch: pl.DataFrame) -> Strings:
    """Cut bodies at white space, which no token holds."""
    buffer = Buffer(batch["body"])
    upto = np.searchsorted(buffer.chunk_starts, np.append(buffer.starts, len(buffer.text)))
    spans = Spans(buffer.text, buffer.chunk_starts, buffer.chunk_ends)
    return Strings(batch.drop("body"), np.diff(upto), spans)


class Lexicon:
    """The distinct strings met so far, and the forms in each.

    Parameters
    ----------
    form : {"lower", "stem", "surface"} or None
        The form that is counted; None where the strings are forms already.
    whole : bool, optional
        Whether the strings are tokens, and need not be cut.
    """

    def __init__(self, form: str | None, *, whole: bool = False) -> None:
        self._form, self._whole = form, whole
        self._texts, self._forms = Numbers(), Numbers()
        self._names: list[pl.Series] = []
        self._begin, self._inside = np.zeros(1, dtype=np.int64), np.empty(0, dtype=np.int64)
        self._pending: list[Spans] = []
        odd = Spans.of(pl.Series(list(initials()), dtype=pl.String))
        self._initials = np.sort(odd.keys)

    def cells(self, strings: Strings) -> tuple[Codes, Codes, Codes]:
        """Count strings by article: row, number and count of every cell, in the order of rows."""
        code = self._number(strings.spans)
        bits = self._texts.known.bit_length()
        small = bits + len(strings.sizes).bit_length() <= 32
        row = np.arange(len(strings.sizes)) << bits
        # sorting numbers is several times faster than summing in a table, and that of short ones fastest
        key = np.repeat(row.astype(np.uint32 if small else np.int64), strings.sizes)
        np.bitwise_or(key, code, out=key, casting="unsafe")
        key.sort()
        first = changes(key)
        cell = key[first].astype(np.int64)
        return cell >> bits, cell & ((1 << bits) - 1), np.diff(np.append(first, len(key)))

    def sequence(self, strings: Strings) -> tuple[Codes, Codes]:
        """Give the row and the form, as a number, of each token in the order of the text."""
        code = self._number(strings.spans)
        self._learn()
        owner, form = Contents(self._begin, self._inside).of(code)
        return strings.rows[owner], form

    def forms(self) -> tuple[pl.Series, Contents]:
        """Give the forms met so far in alphabetical order, and which of them each string holds."""
        self._learn()
        names = pl.concat(self._names) if self._names else pl.Series([], dtype=pl.String)
        order = names.arg_sort().to_numpy()
        place = np.empty(len(order), dtype=np.int32)
        place[order] = np.arange(len(order))
        return names.gather(order).alias("form"), Contents(self._begin.astype(np.int32), place[self._inside])

    def _number(self, spans: Spans) -> Codes:
        code, fresh = self._texts.of(spans.keys)
        if len(fresh):
            self._pending.append(spans[fresh].packed())
        return code

    def _learn(self) -> None:
        """Find the forms of strings not met before; many at a time, because a regular expression is slow to start."""
        if not self._pending:
            return
        spans = Spans.joined(self._pending)
        self._pending.clear()
        if self._form is None:
            sizes, inside = np.ones(len(spans), dtype=np.int64), self._known(spans)
        else:
            steps = [self._plain(spans[start : start + _STEP]) for start in range(0, len(spans), _STEP)]
            plain = np.concatenate([marked for marked, _ in steps])
            rest = np.flatnonzero(~plain)
            sizes = plain.astype(np.int64)
            sizes[rest], forms = self._cut(spans[rest].strings())
            inside = np.empty(int(sizes.sum()), dtype=np.int64)
            simple = np.repeat(plain, sizes)
            inside[simple] = np.concatenate([self._known(core) for _, core in steps])
            inside[~simple] = self._known(Spans.of(forms))
        self._begin = np.append(self._begin, self._begin[-1] + np.cumsum(sizes))
        self._inside = np.append(self._inside, inside)

    def _plain(self, spans: Spans) -> tuple[npt.NDArray[np.bool_], Spans]:
        """Mark strings that are ASCII letters, single hyphens, or digits between signs; give the form of these.

        They are most of all strings, and need no regular expression.
        """
        if self._form == "stem" or not len(spans):
            return np.zeros(len(spans), dtype=bool), spans[:0]
        core = _trimmed(spans).packed()
        data, first = core.data, core.starts
        held = np.bitwise_or.reduceat(_KIND[data[: -len(PADDING)]], first)
        hyphen = data == _DASH
        edge = hyphen[first] | hyphen[core.ends - 1] | (_IS_CAPITAL[data[first + 1]])
        double = np.flatnonzero(hyphen[1:] & hyphen[:-1])
        edge[np.searchsorted(first, double, side="right") - 1] = True
        plain = (held == _LETTER) | (held == _DIGIT) | ((held == _LETTER | _HYPHEN) & ~edge)
        plain &= ~np.isin(core.keys, self._initials)
        core = core[np.flatnonzero(plain)].packed()
        if self._form == "lower":
            # this bit makes a letter small, and digits and the hyphen have it
            core = Spans((core.data | 0x20).tobytes(), core.starts, core.ends)
        return plain, core

    def _cut(self, texts: pl.Series) -> tuple[Codes, pl.Series]:
        form = self._form or "lower"
        if self._whole:
            return np.ones(len(texts), dtype=np.int64), normalise(texts, form=form)
        found = extract_all(texts)
        sizes = found.list.len().fill_null(0).to_numpy().astype(np.int64)
        return sizes, normalise(found.explode(empty_as_null=False, keep_nulls=False), form=form)

    def _known(self, spans: Spans) -> Codes:
        code, fresh = self._forms.of(spans.keys)
        if len(fresh):
            self._names.append(spans[fresh].strings())
        return code


def changes(key: npt.NDArray[Any]) -> Codes:
    """Give the places where a number differs from the one before."""
    return np.flatnonzero(np.append(True, key[1:] != key[:-1])) if len(key) else np.empty(0, np.int64)


def _trimmed(spans: Spans) -> Spans:
    """Leave out signs round a word, and a possessive."""
    data, starts, ends = spans.data, spans.starts.copy(), spans.ends.copy()
    for _ in range(_TRIMS):
        starts += _IS_BEFORE[data[starts]] & (ends - starts > 1)
        starts += 3 * (_curly(data, starts) & (ends - starts > 3))
        ends -= _IS_AFTER[data[ends - 1]] & (ends - starts > 1)
        ends -= 3 * (_curly(data, ends - 3) & (ends - starts > 3))
    owned = (data[ends - 1] | 0x20) == ord("s")
    straight = owned & (data[ends - 2] == ord("'")) & (ends - starts > 2)
    turned = owned & _curly(data, ends - 4, _APOSTROPHES) & (ends - starts > 4)
    return Spans(spans.text, starts, ends - 2 * straight - 4 * turned)


def _curly(data: npt.NDArray[np.uint8], at: Codes, ending: npt.NDArray[np.bool_] | None = None) -> Any:
    """Say where one of the signs of General Punctuation stands."""
    known = _CURLY if ending is None else ending
    return (data[at] == 0xE2) & (data[at + 1] == 0x80) & known[data[at + 2]]


def _table(signs: bytes) -> npt.NDArray[np.bool_]:
    found = np.zeros(256, dtype=bool)
    found[list(signs)] = True
    return found


def _kinds() -> npt.NDArray[np.uint8]:
    kind = np.full(256, _OTHER, dtype=np.uint8)
    kind[list(ascii_letters.encode())] = _LETTER
    kind[list(digits.encode())] = _DIGIT
    kind[_DASH], kind[_FEED] = _HYPHEN, 0
    return kind


_DASH, _FEED = ord("-"), ord("\n")
_IS_BEFORE, _IS_AFTER, _IS_CAPITAL = _table(_BEFORE), _table(_AFTER), _table(ascii_uppercase.encode())
# the last bytes of the quotation marks ‘ ’ “ ”, with which no address ends; of the two apostrophes among them
_CURLY, _APOSTROPHES = _table(b"\x98\x99\x9c\x9d"), _table(b"\x98\x99")
_KIND = _kinds()
