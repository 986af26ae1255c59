"""Tokens and sentences of a batch as places in its text: each distinct stretch between white space is cut once.

No token holds white space, and nine in ten stretches of a batch have been met before in it; what a stretch says of
the end of a sentence is found once as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from threading import Lock

import numpy as np
import numpy.typing as npt
import polars as pl

from analysis.text.buffer import Buffer
from analysis.text.keys import Codes, Numbers, Spans
from analysis.text.lexicon import Contents
from analysis.text.tokens import beyond_west, function_words, pieces, table_lines

# what a token, or a lone sign like "$", says of a sentence that ends before or behind it
_TOKEN, _DOTTED, _SHORT, _FRESH, _SMALL = 1, 2, 4, 8, 16
# what the signs between two of them say
_BREAK, _STOP, _MILD, _OPENS, _CLOSES = 1, 2, 4, 8, 16
Flags = npt.NDArray[np.uint8]
# stretches remembered, of which 10 MB of news hold 100,000
MOST = 1 << 18
_SOLID = pl.col("token").str.contains(r"^[\p{L}\p{N}\p{Sc}@#]")
_END = r"^[^\n]*?[.!?…][.!?…]*[\"'”’)\]»]*"


@dataclass(frozen=True)
class Extents:
    """Stretches of the bodies of a batch: the row of the article of each, its first character and its last."""

    row: Codes
    start: Codes
    end: Codes

    def bounds(self, articles: int) -> list[int]:
        """Give where the stretches of each article begin, and where the last end."""
        return [0, *np.cumsum(np.bincount(self.row, minlength=articles)).tolist()]


def tokens_and_sentences(bodies: pl.Series) -> tuple[Extents, Extents, Codes]:
    """Find the tokens of bodies, and their sentences by the rule of `analysis.text.sentences`.

    Parameters
    ----------
    bodies : polars.Series of str
        One an article.

    Returns
    -------
    tuple of Extents, Extents, array of int
        Tokens; sentences that hold a token; how many tokens each sentence holds.

    Examples
    --------
    >>> tokens, sentences, held = tokens_and_sentences(pl.Series(["Gen. Marsh left. He flew to the U.S. The talks go on."]))
    >>> sentences.start.tolist(), held.tolist()
    ([0, 17, 37], [3, 5, 4])
    """
    buffer = Buffer(bodies)
    first = buffer.characters(buffer.starts)
    spans = Spans(buffer.text, buffer.chunk_starts, buffer.chunk_ends)
    stretch, starts, ends, flags = _known().solids(spans)
    at = buffer.characters(buffer.chunk_starts)[stretch]
    starts, ends = at + starts, at + ends
    row = np.searchsorted(first, starts, side="right") - 1
    cuts = _cuts(buffer, starts, ends, flags, row)
    token = np.flatnonzero(flags & _TOKEN)
    tokens = Extents(row[token], starts[token] - first[row[token]], ends[token] - first[row[token]])
    sentences, held = _sentences(bodies, first, cuts, starts[token])
    return tokens, sentences, held


class _Met:
    """The distinct stretches met so far, and the tokens and lone signs in each: where they stand, what they say."""

    def __init__(self) -> None:
        self._one_at_a_time = Lock()
        self._forget()

    def _forget(self) -> None:
        self._numbers = Numbers()
        self._begin = np.zeros(1, dtype=np.int64)
        self._start = self._end = self._begin[:0]
        self._says = np.empty(0, dtype=np.uint8)

    def solids(self, spans: Spans) -> tuple[Codes, Codes, Codes, Flags]:
        """Give the tokens and lone signs of stretches: which stretch, first and last character in it, what they say."""
        with self._one_at_a_time:
            if self._numbers.known > MOST:
                self._forget()
            code, fresh = self._numbers.of(spans.keys)
            if len(fresh):
                self._learn(spans[fresh].strings())
            owner, which = Contents(self._begin, np.arange(self._begin[-1])).of(code)
            return owner, self._start[which], self._end[which], self._says[which]

    def _learn(self, stretches: pl.Series) -> None:
        # letters from afar need the pattern of all alphabets, which is slow
        far = beyond_west(stretches).to_numpy()
        parts = [_cut(stretches, np.flatnonzero(chosen)) for chosen in (~far, far) if chosen.any()]
        number, start, end, says = (np.concatenate(part) for part in zip(*parts, strict=True))
        order = np.argsort(number, kind="stable")
        sizes = np.bincount(number, minlength=len(stretches))
        self._begin = np.append(self._begin, self._begin[-1] + np.cumsum(sizes))
        self._start = np.append(self._start, start[order])
        self._end = np.append(self._end, end[order])
        self._says = np.append(self._says, says[order])


def _cut(stretches: pl.Series, chosen: Codes) -> tuple[Codes, Codes, Codes, Flags]:
    """Cut some stretches as one text, a line each, because each by itself takes four times as long."""
    lines = Buffer(stretches.gather(chosen))
    table = pieces(pl.DataFrame({"article_id": [0], "body": [lines.string]})).filter(_SOLID)
    first, start, end = lines.characters(lines.starts), table["start"].to_numpy(), table["end"].to_numpy()
    line = np.searchsorted(first, start, side="right") - 1
    return chosen[line], start - first[line], end - first[line], _said(table)


@cache
def _known() -> _Met:
    return _Met()


def _said(table: pl.DataFrame) -> Flags:
    """Say of tokens what matters where a sentence ends: initials, abbreviations, capitals, function words."""
    token = pl.col("token")
    small = token.str.to_lowercase()
    return _flags(
        table,
        {
            _TOKEN: pl.col("is_token"),
            _DOTTED: token.str.ends_with("."),
            _SHORT: small.is_in(list(abbreviations())) | (token.str.contains(r"^\p{Lu}$") & (token != "I")),
            _FRESH: token.str.contains(r"^\p{Sc}?[\p{Lu}\p{N}]"),
            _SMALL: small.is_in(list(function_words())),
        },
    )


def _flags(table: pl.DataFrame, conditions: dict[int, pl.Expr]) -> Flags:
    return (
        table.select(
            pl.sum_horizontal(
                pl.when(holds).then(bit).otherwise(0) for bit, holds in conditions.items()
            ).cast(pl.UInt8)
        )
        .to_series()
        .to_numpy()
    )


def _cuts(buffer: Buffer, starts: Codes, ends: Codes, flags: Flags, row: Codes) -> tuple[Codes, Codes]:
    """Give where sentences end and the next ones begin, inside of articles."""
    # behind most tokens stands a blank, with which a sentence ends only after initials
    looked_at = (flags & _DOTTED) > 0
    marked = np.searchsorted(starts, buffer.characters(buffer.stops), side="right") - 1
    looked_at[marked[marked >= 0]] = True
    left = np.flatnonzero(looked_at[:-1])
    left = left[(row[left] == row[left + 1]) & (ends[left] < starts[left + 1])]
    text, known = buffer.string, dict[str, int]()
    between = zip(ends[left].tolist(), starts[left + 1].tolist(), strict=True)
    gap = np.array([known.setdefault(text[a:b], len(known)) for a, b in between], dtype=np.int64)
    gaps = pl.DataFrame({"gap": list(known)}, schema={"gap": pl.String})
    says, before, after = _between(gaps)[gap], flags[left], flags[left + 1]
    fresh = ((after & _FRESH) | (says & _OPENS)) > 0
    stopped = ((says & _STOP) > 0) & fresh & ~(((says & _MILD) > 0) & ((before & _SHORT) > 0))
    again = ((before & _DOTTED) > 0) & ((says & _CLOSES) > 0) & ((after & _SMALL) > 0) & fresh
    cut = ((says & _BREAK) > 0) | stopped | again
    left, gap = left[cut], gap[cut]
    token = pl.col("gap")
    reach = gaps.select(
        end=pl.coalesce(token.str.extract(f"({_END})"), token.str.extract(r"^(\S*)")).str.len_chars(),
        next=token.str.extract(r"([^\s]*)$").str.len_chars(),
    ).cast(pl.Int64)
    return ends[left] + reach["end"].to_numpy()[gap], starts[left + 1] - reach["next"].to_numpy()[gap]


def _between(gaps: pl.DataFrame) -> Flags:
    """Say of the signs between two tokens whether a sentence can end with them."""
    gap = pl.col("gap")
    return _flags(
        gaps,
        {
            _BREAK: gap.str.contains("\n", literal=True),
            _STOP: gap.str.contains(_END + r"\s"),
            _MILD: gap.str.contains(r"^\.[\"'”’)\]»]*\s"),
            _OPENS: gap.str.contains(r"\s[\"“‘'(\[«]+$"),
            _CLOSES: gap.str.contains(r"^[\"'”’)\]]*\s"),
        },
    )


def _sentences(
    bodies: pl.Series, first: Codes, cuts: tuple[Codes, Codes], tokens: Codes
) -> tuple[Extents, Codes]:
    """Turn cuts into sentences, from the first dark character of an article to its last."""
    dark = (
        bodies.fill_null("")
        .to_frame("body")
        .select(
            start=pl.col("body").str.len_chars() - pl.col("body").str.strip_chars_start().str.len_chars(),
            end=pl.col("body").str.strip_chars_end().str.len_chars(),
        )
        .cast(pl.Int64)
    )
    starts = np.sort(np.concatenate([first + dark["start"].to_numpy(), cuts[1]]))
    ends = np.sort(np.concatenate([cuts[0], first + dark["end"].to_numpy()]))
    held = np.bincount(np.searchsorted(starts, tokens, side="right") - 1, minlength=len(starts))
    starts, ends, held = starts[held > 0], ends[held > 0], held[held > 0]
    row = np.searchsorted(first, starts, side="right") - 1
    return Extents(row, starts - first[row], ends - first[row]), held


@cache
def abbreviations() -> frozenset[str]:
    """Give abbreviations whose full stop does not end a sentence."""
    return frozenset(table_lines("abbreviations.tsv")[1:])
