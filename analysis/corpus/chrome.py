"""The readable half of cleaning: rules that recognise page furniture by its words and shape.

The rules are data (``analysis/data/cleaning/chrome.tsv``). A *sure* rule removes a line wherever it stands; a *cue*
only tells the model that something looks like furniture, and gives the line its kind once it is removed.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from analysis.errors import AnalysisError

KINDS = (
    "body", "subheading", "headline", "duplicate headline", "byline", "dateline", "timestamp", "section label",
    "caption", "image credit", "related link", "share bar", "player notice", "video title", "promotion", "comment",
    "navigation", "footer",
)  # fmt: skip
LONGEST_WHOLE = 200  # characters: longer lines are prose or a caption, never a label
_TAIL = 140  # characters at the end of a line in which a closing credit is looked for

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_MACROS = {
    "@DATE": (
        rf"(?:{_MONTH}\s*\d{{1,2}}(?:st|nd|rd|th)?,?\s*(?:19|20)\d\d|\d{{1,2}}(?:st|nd|rd|th)?[\s./-]*{_MONTH}[\s,./-]*"
        r"(?:19|20)\d\d|\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d|(?:19|20)\d\d\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{1,2}|(?:19|20)\d\d年\d{1,2}月\d{1,2}日)"
    ),
    "@TIME": (
        r"(?:\d{1,2}[:.h]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?)"
        r"(?:\s*\(?(?:[A-Z]{2,4}|gmt|utc|local time)(?:[+-]\d{1,2}(?::?\d\d)?)?\)?)?"
    ),
    "@DAY": r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?)",
}


@dataclass(frozen=True)
class Rule:
    """One rule: what it removes, how sure it is, and why in words."""

    name: str
    kind: str
    sure: bool
    where: str
    pattern: str
    reason: str


@dataclass(frozen=True)
class _Bank:
    """The rules of one place in the line, as one regular expression with a group each."""

    expression: re.Pattern[str]
    ranks: tuple[int, ...]


@cache
def rules() -> tuple[Rule, ...]:
    """Read the rules that ship with the kit, in the order in which they are tried.

    Returns
    -------
    tuple of Rule

    Raises
    ------
    AnalysisError
        When the shipped table is damaged.
    """
    text = (resources.files("analysis") / "data" / "cleaning" / "chrome.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    read = []
    for number, row in enumerate(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), 1):
        if (
            None in row
            or None in row.values()
            or row["kind"] not in KINDS
            or row["strength"] not in ("sure", "cue")
        ):
            raise AnalysisError(
                f"data/cleaning/chrome.tsv, rule {number}: not a well-formed row; restore the file"
            )
        read.append(
            Rule(
                row["rule"],
                row["kind"],
                row["strength"] == "sure",
                row["where"],
                row["pattern"],
                row["reason"],
            )
        )
    return tuple(read)


def _expand(pattern: str) -> str:
    for name, shape in _MACROS.items():
        pattern = pattern.replace(name, shape)
    return pattern


@cache
def _banks() -> dict[str, _Bank]:
    """Bundle the rules by place, so that a line is tried against one expression a place."""
    banks = {}
    for where in ("whole", "start", "end", "any"):
        chosen = [(rank, rule) for rank, rule in enumerate(rules()) if rule.where == where]
        groups = []
        for _, rule in chosen:
            pattern = _expand(rule.pattern)
            if re.compile(pattern).groups:
                raise AnalysisError(
                    f"data/cleaning/chrome.tsv, rule {rule.name!r}: write (?:...) for every group"
                )
            tail = r"\Z" if where in ("whole", "end") else ""
            groups.append(f"((?:{pattern}){tail})")
        banks[where] = _Bank(re.compile("|".join(groups), re.IGNORECASE), tuple(rank for rank, _ in chosen))
    return banks


def match(line: str) -> int | None:
    """Find the first rule that fits a line.

    Parameters
    ----------
    line : str
        One line without blanks at its ends.

    Returns
    -------
    int or None
        Position in `rules`, or None where no rule fits.

    Examples
    --------
    >>> rules()[match("Share on Facebook")].kind
    'share bar'
    >>> match("The council met on Tuesday to discuss the bridge.") is None
    True
    """
    banks = _banks()
    found = []
    if len(line) <= LONGEST_WHOLE:
        found.append((banks["whole"], banks["whole"].expression.match(line)))
    found.append((banks["start"], banks["start"].expression.match(line)))
    found.append((banks["end"], banks["end"].expression.search(line, max(0, len(line) - _TAIL))))
    found.append((banks["any"], banks["any"].expression.search(line)))
    ranks = [bank.ranks[hit.lastindex - 1] for bank, hit in found if hit is not None and hit.lastindex]
    return min(ranks) if ranks else None


def matches(lines: Iterable[str]) -> list[int | None]:
    """Find the first rule that fits each line; a text that occurs again is looked up, not matched again."""
    known: dict[str, int | None] = {}
    for line in lines:
        if line not in known:
            known[line] = match(line)
    return [known[line] for line in lines] if isinstance(lines, Sequence) else list(known.values())
