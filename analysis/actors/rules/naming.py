"""Names of people and organisations, decided by evidence and spread over each article."""

from __future__ import annotations

import re
from collections import defaultdict

import numpy as np
import numpy.typing as npt
import polars as pl

from analysis.actors.names import initials
from analysis.actors.rules.evidence import KINDS, evidence, score, why
from analysis.actors.rules.found import SCHEMA
from analysis.actors.rules.marks import Spans
from analysis.actors.rules.pages import BLANK, Numbers, Pages, coded
from analysis.actors.rules.runs import Names, names

# how much the other mentions of a name in the article weigh beside its own, and how far one of them can be sure
PULL = 0.6
LIMIT = 600
_LOWER_END = re.compile(r" (?:party|ministry|parliament|council|university)\b")
_BRACKETED = re.compile(r" \(([A-Z][A-Z.&]{1,7})\)")


def named(pages: Pages, places: Spans) -> pl.DataFrame:
    """Find people and organisations.

    Parameters
    ----------
    pages : Pages
        The articles.
    places : Spans
        Their places; words for peoples are left out.

    Returns
    -------
    polars.DataFrame
        Mentions as in `analysis.actors.rules.found`, in order, without overlaps; ``role`` is the office written before
        a person.
    """
    proposed = names(pages)
    scores = _smoothed(proposed, score(proposed, evidence(proposed, places)))
    kept = np.flatnonzero((scores > 0).any(axis=1))
    person = scores[kept, 1] >= scores[kept, 0]
    start, end = proposed.start[kept], proposed.end[kept]
    which = proposed.which[kept].tolist()
    rules = [
        why(proposed.words[n], proposed.title[n], human, shared)
        for n, human, shared in zip(which, person.tolist(), proposed.shared[kept].tolist(), strict=True)
    ]
    offices = [
        pages.text[at - proposed.office[n] : at].strip() if human and proposed.office[n] else ""
        for n, at, human in zip(which, start.tolist(), person.tolist(), strict=True)
    ]
    organisation = np.flatnonzero(~person)
    start[organisation], end[organisation] = _widened(pages, start[organisation], end[organisation])
    return pl.DataFrame(
        {
            "start": start,
            "end": end,
            "kind": pl.Series(KINDS[1:]).gather(person.astype(np.int64)),
            "rule": rules,
            "actor": "",
            "role": offices,
        },
        schema=SCHEMA,
    )


def _widened(pages: Pages, starts: Numbers, ends: Numbers) -> tuple[Numbers, Numbers]:
    """Let the names of organisations begin at their article ("told The Associated Press") and end at a small word."""
    text = pages.text
    headed = [
        text.startswith("The ", start - 4) and text[start - 6 : start - 4].strip().isalnum()
        for start in starts.tolist()
    ]
    spaced = np.flatnonzero(pages.codes[ends] == BLANK)
    stops = ends.copy()
    stops[spaced] = [
        match.end() if (match := _LOWER_END.match(text, end)) else end for end in ends[spaced].tolist()
    ]
    return starts - 4 * np.array(headed, dtype=np.int64), stops


def _smoothed(names: Names, scores: Numbers) -> npt.NDArray[np.float64]:
    """Draw the mentions of one name in an article together: who is a person twice is one the third time."""
    written = coded(names.words)
    _, together = np.unique(
        names.article * len(written.values) + written.numbers[names.which], return_inverse=True
    )
    own = np.clip(scores, -LIMIT, LIMIT).astype(np.float64)
    total = np.column_stack([np.bincount(together, side) for side in own.T])
    others = np.maximum(np.bincount(together) - 1, 1)
    pull: npt.NDArray[np.float64] = (total[together] - own) * (PULL / others)[together, None]
    return scores + pull


def acronyms(pages: Pages, found: pl.DataFrame) -> dict[int, dict[str, str]]:
    """Find acronyms that stand in brackets behind the name they shorten: "Border Guard Service (BGS)".

    Returns
    -------
    dict
        By the number of the article: the acronym and the full name.
    """
    out: dict[int, dict[str, str]] = defaultdict(dict)
    starts, ends = found["start"].to_numpy(), found["end"].to_numpy()
    bracketed = pages.codes[np.minimum(ends + 1, len(pages.codes) - 1)] == ord("(")
    spots = np.flatnonzero(bracketed & (found["kind"] == KINDS[1]).to_numpy())
    columns = (pages.article(starts[spots]).tolist(), starts[spots].tolist(), ends[spots].tolist())
    for article, start, end in zip(*columns, strict=True):
        name, short = pages.text[start:end], _BRACKETED.match(pages.text, end)
        if short and short[1].replace(".", "").lower() in initials(name):
            out[article][short[1]] = name
    return out
