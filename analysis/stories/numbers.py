"""Read numbers as news writes them: digits and words, ranges, money, shares, vague plurals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from analysis.corpus.numerals import NUMERALS

_ONES = [
    *NUMERALS,
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SMALL = {word: value for value, word in enumerate(_ONES)} | {
    word: 10 * value for value, word in enumerate(_TENS, 2)
}
_SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "dozen": 12.0,
    "mn": 1e6,
    "m": 1e6,
    "bn": 1e9,
    "tn": 1e12,
    "k": 1e3,
}
_VAGUE = {
    "dozens": 24.0,
    "scores": 40.0,
    "hundreds": 200.0,
    "thousands": 2e3,
    "tens of thousands": 2e4,
    "hundreds of thousands": 2e5,
    "millions": 2e6,
    "tens of millions": 2e7,
    "hundreds of millions": 2e8,
    "billions": 2e9,
}
_FRACTIONS = {
    "half": 50.0,
    "a third": 100 / 3,
    "one third": 100 / 3,
    "one-third": 100 / 3,
    "two thirds": 200 / 3,
    "two-thirds": 200 / 3,
    "a quarter": 25.0,
    "one quarter": 25.0,
    "three quarters": 75.0,
    "three-quarters": 75.0,
    "a fifth": 20.0,
    "one fifth": 20.0,
    "one-fifth": 20.0,
    "a tenth": 10.0,
}
_CURRENCIES = {
    "$": "US dollar",
    "us$": "US dollar",
    "€": "euro",
    "£": "pound sterling",
    "₴": "hryvnia",
    "₽": "rouble",
}

_WORD = "(?:" + "|".join([*_ONES, *_TENS]) + ")"
_SCALE = "(?:hundred|thousand|million|billion|trillion|dozen)"
_DIGITS = r"\d{1,3}(?:[,\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SPELT = rf"(?:{_WORD}|an?(?=[\s-]{_SCALE}\b)|half an?(?=[\s-]{_SCALE}\b))(?:[\s-]+(?:and[\s-]+)?(?:{_WORD}|{_SCALE}))*"
# these are matched with a text in small letters, because to compare without regard to case is four times as slow
_VALUE = (
    rf"(?:(?P<money#>us\$|[$€£₴₽])\s?)?"
    rf"(?:(?P<digits#>{_DIGITS})(?:[\s-]?(?P<scale#>{_SCALE}|mn|bn|tn|k|m(?=\s[a-z]))(?![\w/]))?|(?P<spelt#>{_SPELT})\b)"
)
_NUMBER = re.compile(
    rf"(?<![\w.,/:$€£-])(?:{_VALUE.replace('#', '1')})"
    rf"(?:(?:\s?(?P<link>to|–|—|-|and|or)\s?|(?P<tally>-to-))(?:{_VALUE.replace('#', '2')}))?(?![:\d]|[.,/]\d)(?:(?!\w)|(?=(?:km²?|km2|mm|cm|kg|m|mph|kph|mw|kw|ft)(?!\w)))"
)
_LOOSE = re.compile(
    r"\b(?:(?P<vague>" + "|".join(sorted(_VAGUE, key=len, reverse=True)) + r")\b(?= of| more|\s[a-z])"
    r"|(?P<fraction>" + "|".join(sorted(_FRACTIONS, key=len, reverse=True)) + r")(?= of\b))"
)


# one of these stands in whatever the pattern above finds
_STEMS = (
    "dozens",
    "scores",
    "hundreds",
    "thousands",
    "illions",
    "half",
    "third",
    "quarter",
    "fifth",
    "tenth",
)
# "one in five drivers", not "one in 2014" and not "two in ten days"
_SHARE = re.compile(
    rf"\b(?P<part>{_WORD}|\d{{1,2}}) (?:in|out of)(?: every)? (?P<whole>{_WORD}|\d{{1,4}})\b"
    r"(?![.,]\d|[\s-](?:second|minute|hour|day|night|week|month|year|game|inning|match|lap|other|different|more)s?\b)"
)
# years and seasons: "1992–94", "from 2007 to 2011"
_YEARS = re.compile(r"(?:19|20)\d\d(?:\s?(?:–|—|-|/)\s?\d\d|\s?(?:–|—|-|to|and|or)\s?(?:19|20)\d\d)")
_BETWEEN = re.compile(r"\bbetween\s*$", re.IGNORECASE)
_OF_VOTES = re.compile(
    r"\s+(?:[a-z]+(?:-[a-z]+)?\s+)?(?:votes?|decision|ruling|tie|win|victory|lead|deficit|defeat|loss|majority|margin|split|"
    r"record|advantage|draw|verdict|against)\b|\s*$"
)


@dataclass(frozen=True)
class Number:
    """A number in a text: its span, value or range, and what its own form says about its unit."""

    start: int
    end: int
    low: float
    high: float | None
    unit: str = ""
    vague: bool = False
    spelt: bool = False
    ranged: bool = False


def read_word(text: str) -> float:
    """Read a number written in words.

    Examples
    --------
    >>> read_word("two hundred and fifty thousand")
    250000.0
    >>> read_word("half a million")
    500000.0
    """
    total, group = 0.0, 0.0
    for word in re.split(r"[\s-]+", text.lower()):
        if word in _SMALL:
            group += _SMALL[word]
        elif word in ("a", "an"):
            group = group or 1.0
        elif word == "half":
            group = 0.5
        elif word in ("hundred", "dozen"):
            group = (group or 1.0) * _SCALES[word]
        elif word in _SCALES:
            total += (group or 1.0) * _SCALES[word]
            group = 0.0
    return total + group


def find_numbers(text: str) -> Iterator[Number]:
    """Find the numbers of a text, in order.

    Parameters
    ----------
    text : str
        Any text; offsets are into it.

    Yields
    ------
    Number
        Ranges are one number; ``high`` is missing where the words leave it open ("dozens of").

    Examples
    --------
    >>> [(n.low, n.high, n.unit) for n in find_numbers("12,000 to 20,000 men, €1.5bn and half of the town")]
    [(12000.0, 20000.0, ''), (1500000000.0, 1500000000.0, 'euro'), (50.0, 50.0, 'percent')]
    """
    small = in_small(text)
    found = [*_plain(text, small), *_loose(small)]
    found.sort(key=lambda number: (number.start, -number.end))
    until = -1
    for number in found:
        if number.start >= until:
            until = number.end
            yield number


def in_small(text: str) -> str:
    """Write a text in small letters, each in its place.

    Examples
    --------
    >>> len("İzmir".lower()), len(in_small("İzmir"))
    (6, 5)
    """
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)


def _plain(text: str, small: str) -> Iterator[Number]:
    for match in _NUMBER.finditer(small):
        money = match["money1"] or match["money2"] or ""
        spelt = match["spelt1"] is not None
        link = match["link"] or match["tally"] or ""
        first, second = _value(match, 1), _value(match, 2) if link else None
        if second is not None and not match["scale1"] and match["scale2"] and first < 1000:
            scaled = first * _SCALES[match["scale2"]]
            one_range = link != "and" or _BETWEEN.search(text[: match.start()])
            first = scaled if one_range and scaled < second else first
        if _YEARS.fullmatch(match[0].strip()):
            continue
        kind = _linked(text, match, link, first, second)
        joined = kind != ""
        end = match.end() if joined or not link else match.start("link")
        end = match.start() + len(text[match.start() : end].rstrip())
        high = second if joined and second is not None else first
        unit = "ratio" if kind == "tally" else _CURRENCIES.get(money, "")
        yield Number(match.start(), end, first, high, unit, spelt=spelt, ranged=joined)
        if link and not joined:  # "60 and 120" are two numbers
            rest = match.start("link") + len(match["link"])
            further = text[rest : match.end()].rstrip()
            for number in _plain(further, in_small(further)):
                yield replace(number, start=number.start + rest, end=number.end + rest)


def _linked(text: str, match: re.Match[str], link: str, first: float, second: float | None) -> str:
    """Tell what two numbers make: a range, a tally of votes or goals, or nothing but two numbers."""
    if second is None:
        return ""
    before, after = text[: match.start()], text[match.end() :]
    if link == "-to-":
        return "tally"
    if link in ("to", "–", "—", "-"):
        measured = any(match[name] for name in ("money1", "money2", "scale1", "scale2"))
        if first > second:  # "lowered it from $16 to $14", "by 134 to 63"
            return "" if measured or re.search(r"\bfrom\s*$", before) else "tally"
        voted = (
            link == "-"
            and not measured
            and second < 1000
            and re.search(r"\b(?:voted|ruled|won|lost|split)\s*$", before)
        )
        of_votes = link == "-" and not measured and second < 1000 and _OF_VOTES.match(after) and after.strip()
        return "tally" if voted or of_votes else "range"
    if link == "and":
        return "range" if _BETWEEN.search(before) else ""
    return "range" if first < second <= 2.5 * first else ""


def _value(match: re.Match[str], part: int) -> float:
    digits = match[f"digits{part}"]
    if digits is None:
        return read_word(match[f"spelt{part}"] or "")
    value = float(re.sub(r"[,\u202f]", "", digits))
    return round(value * _SCALES.get(match[f"scale{part}"] or "", 1.0), 6)


def _loose(small: str) -> Iterator[Number]:
    for match in _SHARE.finditer(small) if " in " in small or " out of " in small else ():
        part, whole = (
            float(word) if word.isdigit() else read_word(word) for word in match.group("part", "whole")
        )
        if 0 < part < whole <= 1000 and (whole <= 10 or whole % 5 == 0 or whole == 12):
            share = round(100 * part / whole, 4)
            yield Number(match.start(), match.end(), share, share, "percent", spelt=True)
    for match in _LOOSE.finditer(small) if any(stem in small for stem in _STEMS) else ():
        if match["vague"]:
            yield Number(match.start(), match.end(), _VAGUE[match["vague"]], None, vague=True, spelt=True)
        else:
            share = _FRACTIONS[match["fraction"]]
            yield Number(match.start(), match.end(), share, share, "percent", spelt=True)
