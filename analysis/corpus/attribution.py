"""Who published an article, and whether it is wire copy, as far as the text itself says so.

Only phrases by which any site names itself are used; there is no list of outlets here.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from analysis.corpus.reading.model import Found

UNKNOWN = Found("unknown", "unknown")

# a name: up to five words that begin with a capital or digit, joined by spaces, "&" or "of the"
_WORD = r"[A-Z0-9][\w'&.!-]*"
_NAME = rf"(?P<name>(?:[Tt]he )?{_WORD}(?: (?:(?:of|the|and|&|for) )*{_WORD}){{0,4}})"
_SELF = tuple(
    (label, re.compile(pattern))
    for label, pattern in (
        ("read more from", rf"^(?:Read|See|Watch) [Mm]ore (?:from|on|at) {_NAME}\s*:?$"),
        ("website address", rf"^{_NAME}[’']s? (?:web)?site (?:can|may|is) (?:also )?(?:be )?(?:accessed|available|reached)\b"),
        ("join group", rf"^[Jj]oin (?:the |our )?{_NAME}(?:[’']s)? (?:on )?(?:Whats[Aa]pp|Telegram|Viber|Facebook)\b"),
        ("follow", rf"^[Ff]ollow {_NAME} (?:on|via) (?:Twitter|X|Facebook|Instagram|Telegram|Google News|Whats[Aa]pp|YouTube)\b"),
        ("newsletter", rf"^(?:[Ss]ubscribe|[Ss]ign up) (?:to|for) {_NAME}[’']s (?:daily |weekly |free |morning )*newsletters?\b"),
        ("app", rf"^(?:[Dd]ownload|[Gg]et) the {_NAME} (?:[Aa]pp|mobile app)\b"),
        ("copyright", rf"(?:©|\([Cc]\)|[Cc]opyright)\s*(?:©|\([Cc]\))?\s*(?:(?:19|20)\d\d(?:\s*[-–]\s*(?:(?:19|20)\d\d|\d\d))?,?\s*)?(?:by )?{_NAME}"),
        ("first published", rf"^(?:This|The) (?:article|story|post|report|piece) (?:was )?(?:originally|first) (?:published|appeared|ran) (?:in|on|at|by) {_NAME}"),
    )
)  # fmt: skip
_REPOSTED = re.compile(
    r"^(?:This|The) (?:article|story|post|report|piece) (?:was )?(?:originally|first) (?:published|appeared|ran)\b"
)
# what follows or precedes a name in a copyright line
_ENDINGS = re.compile(r"(?:[,.]? (?:[Aa]ll\b.*|[Rr]ights\b.*|Reserved\b.*|(?:19|20)\d\d.*)|[\s,.]+)$")
_BEGINNINGS = re.compile(
    r"^(?:(?:[Aa]ll )?[Rr]ights [Rr]eserved|Copyright|(?:19|20)\d\d\.?(?:\s*[-–]\s*(?:19|20)?\d\d)?|by|,)\s*"
)
# the notice of a site, not of a picture
_RESERVED = re.compile(r"(?i)(?:19|20)\d\d|rights reserved")
_FIRM = re.compile(
    r"[^A-Za-z]*(?:\([^)]*\) )?(?:Private |Pty )?(?:Inc|LLC|L\.L\.C|Ltd|Limited|Corp|GmbH|plc|PLC|Company|Co|S\.A|AG|Group|firm)\b"
)
# a company owns many outlets, so its name is not the outlet's
_COMPANY = re.compile(
    r"(?i)\b(?:inc|llc|ltd|limited|corp|corporation|gmbh|plc|holdings?|company|s\.?a|ag|b\.?v|group|interactive|broadcasting|"
    r"communications?|networks?|publishing|publications|enterprises|entertainment|partners|ventures|media|uk|usa)\.?$"
)
# PLACE, Country, March 8 2023 (Name) -
_FOREIGN = re.compile(
    r"^[A-Z][A-Z.’'-]{2,}[\w .,’'/-]{0,50}? ?\((?P<name>[A-Z][\w.&’' -]{1,30})\)\s*[-–—]+\s+(?=\S)"
)
# words that a site uses of itself without naming itself
_NOT_NAMES = re.compile(
    r"(?i)^(?:the )?(?:no|us|our|this|here|more|author|authors|site|website|newsletter|all|rights|reserved|latest|app|story|"
    r"top stories|news|home|world|author|photo|getty.*|ap|reuters|afp|associated press|terms.*|privacy.*|newsletters?|\d+)$"
)


def outlet_from_text(lines: Iterable[tuple[str, bool]]) -> Found:
    """Find the outlet's name in the furniture of the page.

    Parameters
    ----------
    lines : iterable of tuples of str and bool
        Each line, and whether it is part of the body; only what was removed can name the outlet.

    Returns
    -------
    Found
        The name and the line that says so, or ``unknown``. Two different names count as none.

    Examples
    --------
    >>> outlet_from_text([("Read more from Harbour Post:", False), ("A bridge fell.", True)])
    Found(value='Harbour Post', how='text, read more from: "Read more from Harbour Post:"')
    """
    found: dict[str, str] = {}
    votes: Counter[str] = Counter()
    owner = ""
    for text, kept in lines:
        if kept or len(text) > 300:
            continue
        for label, pattern in _SELF:
            match = pattern.search(text)
            name = _name(match.group("name")) if match else ""
            if label == "copyright" and match and not _RESERVED.search(text):
                continue
            if label == "copyright" and match and (_COMPANY.search(name) or _FIRM.match(text[match.end() :])):
                owner = owner or f"unknown, the copyright is held by {name}"
                break
            if name and not _NOT_NAMES.match(name):
                found.setdefault(name, f'text, {label}: "{text[:120]}"')
                votes[name] += 1
                break
    if not found:
        return Found("unknown", owner) if owner else UNKNOWN
    names = sorted(found, key=lambda name: (-votes[name], list(found).index(name)))
    if len(names) > 1 and votes[names[0]] == votes[names[1]]:
        return Found("unknown", f"unknown, the page names {names[0]} and {names[1]}")
    return Found(names[0], found[names[0]])


def _name(words: str) -> str:
    """Leave the name of what a phrase caught."""
    before = ""
    while before != words:
        before, words = words, _ENDINGS.sub("", _BEGINNINGS.sub("", words)).strip()
    # "BBC. The BBC is": the sentence has ended, while "St. Petersburg" goes on
    return re.split(r"(?<=[A-Za-z]{3})\. ", words)[0]


@cache
def agencies() -> Mapping[str, str]:
    """List the names that news agencies sign with, and the agency each stands for."""
    text = files("analysis").joinpath("data/reading/agencies.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return {row["name"]: row["agency"] for row in rows}


@cache
def _signed() -> tuple[re.Pattern[str], re.Pattern[str]]:
    names = "|".join(sorted((re.escape(name) for name in agencies()), key=lambda name: (-len(name), name)))
    dateline = re.compile(
        rf"^(?:[A-Z][\w .,'’/-]{{1,70}}?)?\(?\b(?P<open>\()?(?P<name>{names})\)?\s*(?:[-–—]+|:)\s+(?=\S)"
    )
    byline = re.compile(
        rf"(?:^|\b(?:[Bb]y|[Ff]rom|[Ss]ource:|via|with|/|,|–|-) ?)(?:The )?(?P<name>{names})(?:[,/.)]| and\b| staff| writers?|$)"
    )
    return dateline, byline


def _same_house(name: str, outlet: str) -> bool:
    """Tell whether a signature and an outlet share a word, as "CNN" and "CNN Business" do."""
    return bool(
        {word.lower() for word in name.split()}
        & {word.lower() for word in outlet.split()} - {"the", "news", "press"}
    )


def kind_from_text(lines: Iterable[tuple[str, str]], *, byline: str = "", outlet: str = "") -> Found:
    """Tell wire copy and reposts by their signs: an agency in the byline or dateline, "first published in".

    Parameters
    ----------
    lines : iterable of tuples of str and str
        Each line and its kind.
    byline, outlet : str, optional
        What is known of the article.

    Returns
    -------
    Found
        ``wire``, ``repost``, ``original`` (an agency's copy at the agency itself) or ``unknown``, and why.

    Examples
    --------
    >>> kind_from_text([("KHERSON, April 3 (Reuters) - A bridge fell.", "body")])
    Found(value='wire', how='dateline names Reuters: "KHERSON, April 3 (Reuters) -"')
    >>> kind_from_text([("Fighting went on, he told Reuters.", "body")])
    Found(value='unknown', how='unknown')
    """
    dateline, signed = _signed()
    listed = list(lines)
    evidence = ""
    agency = ""
    for text, kind in ((byline, "byline"), *listed):
        match = signed.search(text) if kind == "byline" and len(text) < 200 else None
        if match:
            agency, evidence = (
                agencies()[match.group("name")],
                f'byline names {match.group("name")}: "{text[:80]}"',
            )
            break
    if not agency:
        prose = [text for text, kind in listed if kind in ("body", "dateline", "headline")][:3]
        for text in prose:
            match = dateline.match(text)
            # without brackets "AP - " may be the end of anything, so the place must be in capitals before it
            if match and ("(" in match.group() or text.split(",")[0].isupper()):
                agency = agencies()[match.group("name")]
                evidence = f'dateline names {match.group("name")}: "{match.group().strip()}"'
                break
            # an agency that is not on the list signs the same way; without a known outlet it may be the outlet itself
            other = _FOREIGN.match(text)
            if other and outlet not in ("", "unknown") and not _same_house(other.group("name"), outlet):
                return Found(
                    "wire", f'dateline names {other.group("name")}, not the outlet: "{other.group().strip()}"'
                )
    if agency:
        own = (outlet and agency.lower() in outlet.lower()) or agencies().get(outlet) == agency
        return Found("original" if own else "wire", evidence + (", which is the outlet" if own else ""))
    for text, _ in listed:
        if _REPOSTED.match(text):
            return Found("repost", f'the page says so: "{text[:120]}"')
    return UNKNOWN
