"""The readable half of cleaning: rules that recognise page furniture by its words and shape.

The rules are data (``analysis/data/cleaning/chrome.tsv``). A *sure* rule removes a line wherever it stands; a *cue*
only tells the model that something looks like furniture, and gives the line its kind once it is removed.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import ahocorasick_rs

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
    hints: tuple[str, ...]


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
        hints = () if row["hints"] == "-" else tuple(row["hints"].split("  "))
        sure = row["strength"] == "sure"
        read.append(Rule(row["rule"], row["kind"], sure, row["where"], row["pattern"], row["reason"], hints))
    return tuple(read)


@cache
def _hints(where: str) -> tuple[ahocorasick_rs.AhoCorasick, tuple[tuple[int, ...], ...]]:
    """One automaton for the hints of all rules of a place, and the rules that each hint stands for."""
    of_hint: dict[str, list[int]] = {}
    for rank, rule in enumerate(rules()):
        if rule.where == where:
            for hint in rule.hints:
                of_hint.setdefault(hint, []).append(rank)
    return ahocorasick_rs.AhoCorasick(list(of_hint)), tuple(tuple(ranks) for ranks in of_hint.values())


@cache
def _single(rank: int) -> re.Pattern[str]:
    """One rule as an expression of its own."""
    rule = rules()[rank]
    tail = r"\Z" if rule.where == "end" else ""
    return re.compile(f"(?:{_expand(rule.pattern)}){tail}", re.IGNORECASE)


def _expand(pattern: str) -> str:
    for name, shape in _MACROS.items():
        pattern = pattern.replace(name, shape)
    return pattern


@cache
def _banks() -> dict[str, _Bank]:
    """Bundle the rules by place, so that a line is tried against one expression a place."""
    banks = {}
    for where in ("whole", "start"):
        chosen = [(rank, rule) for rank, rule in enumerate(rules()) if rule.where == where]
        chosen.sort(key=lambda item: not item[1].sure)
        groups = []
        for _, rule in chosen:
            pattern = _expand(rule.pattern)
            if re.compile(pattern).groups:
                raise AnalysisError(
                    f"data/cleaning/chrome.tsv, rule {rule.name!r}: write (?:...) for every group"
                )
            tail = r"\Z" if where == "whole" else ""
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
    return matches([line])[0]


def matches(lines: Sequence[str]) -> list[int | None]:
    """Find the first rule that fits each line.

    A text that occurs again is looked up. Rules that fit anywhere in a line, or at its end, are tried only where one of
    their hints occurs, which one automaton tells for all of them (Aho and Corasick, 1975).
    """
    known: dict[str, int | None] = {}
    for line in lines:
        if line not in known:
            low = line.lower()
            ranks = [
                _hinted(line, low, "any", 0),
                _hinted(line, low[-_TAIL:], "end", max(0, len(line) - _TAIL)),
                _anchored(line, "start"),
                _anchored(line, "whole") if len(line) <= LONGEST_WHOLE else None,
            ]
            known[line] = min((rank for rank in ranks if rank is not None), key=_precedence, default=None)
    return [known[line] for line in lines]


def _precedence(rank: int) -> tuple[bool, int]:
    """Sure rules before cues, then in the order of the table."""
    return not rules()[rank].sure, rank


def _anchored(line: str, where: str) -> int | None:
    bank = _banks()[where]
    hit = bank.expression.match(line)
    return bank.ranks[hit.lastindex - 1] if hit is not None and hit.lastindex else None


def _hinted(line: str, low: str, where: str, begin: int) -> int | None:
    automaton, of_hint = _hints(where)
    found = {hint for hint, _, _ in automaton.find_matches_as_indexes(low, overlapping=True)}
    for rank in sorted({rank for hint in found for rank in of_hint[hint]}, key=_precedence):
        if _single(rank).search(line, begin):
            return rank
    return None
