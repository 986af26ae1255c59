"""A first look over all inputs, for what only the whole tells: lines that recur at an outlet, and how dates are written."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from analysis.corpus.attribution import outlet_from_text
from analysis.corpus.dating.values import day_first
from analysis.corpus.reading.model import Found, SetAside, Source
from analysis.corpus.reading.pages import host_of

# so many articles of an outlet teach its furniture; more would only cost memory
ARTICLES_AN_OUTLET = 200
_LONGEST_FURNITURE = 300
_PROSE = 80


@dataclass(frozen=True)
class Survey:
    """What the first look found.

    Parameters
    ----------
    repeated : mapping of str to frozenset of str
        For each outlet the lines that recur in its articles.
    orders : mapping of str to bool
        For each table whether its dates write the day before the month; absent where nothing tells.
    """

    repeated: Mapping[str, frozenset[str]]
    orders: Mapping[str, bool]


def survey(items: Iterable[tuple[Source | SetAside, Mapping[str, Found]]]) -> Survey:
    """Look over all inputs once, holding none.

    Parameters
    ----------
    items : iterable of pairs
        Each input with what ``sources.csv`` says about it.

    Returns
    -------
    Survey
    """
    from analysis.corpus.cleaning import recurring

    dates: dict[str, set[bool]] = defaultdict(set)

    def pages() -> Iterator[tuple[str, str]]:
        taken: Counter[str] = Counter()
        prose: dict[str, set[int]] = defaultdict(set)
        for item, said in items:
            if isinstance(item, SetAside):
                continue
            written = item.fields.get("date")
            if written is not None and (order := day_first([written.value])) is not None:
                dates[item.path].add(order)
            outlet = outlet_before_cleaning(item, said)
            if taken[outlet] >= ARTICLES_AN_OUTLET:
                continue
            lines = [line.strip() for line in item.text.split("\n")]
            marks = {hash(line[:200]) for line in lines if len(line) >= _PROSE}
            # a copy of an article already seen would make its own sentences look like furniture
            if marks and len(marks & prose[outlet]) * 2 > len(marks):
                continue
            prose[outlet] |= marks
            taken[outlet] += 1
            yield outlet, "\n".join(line for line in lines if len(line) <= _LONGEST_FURNITURE)

    repeated = recurring(pages())
    return Survey(
        repeated, {path: next(iter(seen)) for path, seen in sorted(dates.items()) if len(seen) == 1}
    )


def outlet_before_cleaning(source: Source, said: Mapping[str, Found]) -> str:
    """Name the outlet whose other pages can teach about this one, as far as it is known before cleaning."""
    known = said.get("outlet") or source.fields.get("outlet")
    if known:
        return known.value
    if "url" in source.fields and (host := host_of(source.fields["url"].value)):
        return host
    return outlet_from_text(
        (line, False) for line in source.text.split("\n") if len(line) <= _LONGEST_FURNITURE
    ).value
