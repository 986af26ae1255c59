"""Names as data: titles off, tokens, transliteration keys, and whether two names can be the same person."""

from __future__ import annotations

import gzip
import re
from collections.abc import Hashable, Mapping
from functools import cache, lru_cache
from importlib.resources import files

from anyascii import anyascii

from analysis.actors.family_first import rearranged
from analysis.actors.lexicons import groups, table, words

_EDGE = ' \t\n\r"“”„«»`.,:;!?()[]{}'
_LETTERS = re.compile(r"[A-Za-z]+(?: [A-Za-z]+)*")
_POSSESSIVE = re.compile(r"(?:['’‘`´]s?|s['’‘])$")
_SUFFIX = frozenset({"jr", "sr", "ii", "iii", "iv", "md", "phd", "qc", "kc", "mp", "esq"})
_GENERATION = re.compile(r"\b(Jr|Sr|II|III|IV)\b", re.IGNORECASE)
_PARTICLES = frozenset(
    {
        "al",
        "el",
        "bin",
        "ibn",
        "von",
        "van",
        "der",
        "den",
        "de",
        "da",
        "di",
        "du",
        "la",
        "le",
        "del",
        "abu",
        "ben",
        "ter",
    }
)


def bare(surface: str) -> str:
    """Return a surface form without quotation marks, leading article and trailing possessive.

    Examples
    --------
    >>> bare("the Kremlin’s")
    'Kremlin'
    >>> bare("Zelensky’")
    'Zelensky'
    """
    if _LETTERS.fullmatch(surface) and surface[:4].lower() != "the ":
        return surface  # most names have nothing to take off
    # an editor's brackets: "[Mira] Lund"
    text = re.sub(r"[\[\]]", "", " ".join(surface.split())).strip(_EDGE + "‘’'")
    if not re.search(r"[A-Za-z]['’]s?[A-Z]", text[-3:]):
        text = re.sub(r"['’‘`´]s$|['’‘`´]$", "", text)
    if len(text) > 4 and text[:4].lower() == "the " and not text[4].isspace():
        text = text[4:]
    return text.strip()


@cache
def _titles() -> tuple[frozenset[str], int]:
    names = frozenset(row["title"] for row in table("titles"))
    return names, max(len(name.split()) for name in names)


@lru_cache(maxsize=65536)
def split_title(surface: str) -> tuple[str, str]:
    """Split a surface form into title and name.

    Returns
    -------
    tuple of str
        Title as written ("" where there is none) and the rest. A title alone is a title.

    Examples
    --------
    >>> split_title("Lt. Gen. Anna Berg")
    ('Lt. Gen.', 'Anna Berg')
    >>> split_title("Anna Berg")
    ('', 'Anna Berg')
    """
    names, longest = _titles()
    words = surface.split()
    taken = 0
    while taken < len(words):
        for size in range(min(longest, len(words) - taken), 0, -1):
            key = " ".join(word.lower().rstrip(".") for word in words[taken : taken + size])
            if key in names:
                taken += size
                break
        else:
            break
    return " ".join(words[:taken]), " ".join(words[taken:])


@lru_cache(maxsize=65536)
def name_words(name: str) -> tuple[str, ...]:
    """Return the words of a personal name: ASCII, lower case, without suffixes such as Jr., the family name last.

    Examples
    --------
    >>> name_words("Nouri al-Maliki")
    ('nouri', 'al-maliki')
    >>> name_words("Gerald R. Ford, Jr.")
    ('gerald', 'r', 'ford')
    >>> name_words("Kim Jong-un") == name_words("Kim Jong Un")
    True
    """
    plain = (name if name.isascii() else anyascii(name)).lower().replace("`", "'")
    words = [word.strip(".,'\"()") for word in plain.split()]
    told = [word for word in words if word and word not in _SUFFIX] or [word for word in words if word]
    return rearranged(told)


@cache
def _foldings() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(row["pattern"]), row["replacement"]) for row in table("transliteration"))


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """Fold the spellings that different romanisations give one name into one key.

    Examples
    --------
    >>> {sound(w) for w in ("zelensky", "zelenskiy", "zelenskyy", "zelenskii", "zelenskyi")}
    {'zelenski'}
    >>> sound("prigozhin") == sound("prigozin")
    True
    >>> sound("trump") == sound("truss")
    False
    """
    for pattern, replacement in _foldings():
        word = pattern.sub(replacement, word)
    return word


@lru_cache(maxsize=65536)
def surname(name: str) -> str:
    """Return the surname's key: the last word, with a particle such as al- taken off.

    Examples
    --------
    >>> surname("Nouri al-Maliki") == surname("Maliki")
    True
    """
    words = name_words(name)
    if not words:
        return ""
    last = re.sub(r"^(?:al|el|ash|as|an|ad)-", "", words[-1])
    return sound(last)


@cache
def first_names() -> frozenset[str]:
    """Return the known first names, lower case, with their forms in other languages."""
    return words("first_names", "name") | frozenset(groups("given_names"))


@cache
def family_names() -> Mapping[str, int]:
    """Return how many notable people bear a family name, lower case, in steps: 1 for a few, 4 for very many."""
    packed = files("analysis").joinpath("data", "actors", "family_names.tsv.gz").read_bytes()
    lines = gzip.decompress(packed).decode("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {name: int(step) for name, step in list(rows)[1:]}


@lru_cache(maxsize=65536)
def given_keys(given: str) -> frozenset[Hashable]:
    """Return what two forms of one given name share: the sound, or a line in the lists of short and of foreign forms.

    Examples
    --------
    >>> given_keys("bob").isdisjoint(given_keys("robert")), given_keys("jim").isdisjoint(given_keys("john"))
    (False, True)
    """
    lines = [(name, line) for name in ("given_names", "short_names") for line in groups(name).get(given, ())]
    return frozenset({sound(given), *lines})


@lru_cache(maxsize=65536)
def same_given(one: str, other: str) -> bool:
    """Say whether two given names can belong to one person: equal, an initial, a short or a foreign form.

    Examples
    --------
    >>> same_given("volodymyr", "vladimir"), same_given("bob", "robert"), same_given("j", "john")
    (True, True, True)
    >>> same_given("jim", "john")
    False
    """
    short, long = sorted((one, other), key=len)
    initial = len(short) == 1 and long.startswith(short)
    return initial or not given_keys(one).isdisjoint(given_keys(other))


def fits(short: str, full: str) -> bool:
    """Say whether ``short`` can be a form of the personal name ``full``: the words of one occur in the other, in order.

    Both are names without titles. A lone word may be the surname or, weaker, the given name; the caller decides what
    to do with given names.

    Examples
    --------
    >>> fits("Zelenskyy", "Volodymyr Zelensky"), fits("Gerald R. Ford", "Gerald Ford"), fits("Jeb Bush", "George Bush")
    (True, True, False)
    >>> fits("George W. Bush", "George H. W. Bush"), fits("John Berg", "J. Edgar Berg"), fits("Ivo Berg Jr.", "Ivo Berg Sr.")
    (False, False, False)
    """
    a, b = name_words(short), name_words(full)
    if not a or not b:
        return False
    if len(a) > len(b):
        a, b = b, a
    if surname(" ".join(a)) != surname(" ".join(b)) or _told_apart(short, full):
        return False
    position = 0
    for word in a[:-1]:
        if word in _PARTICLES:
            continue
        while position < len(b) - 1 and not same_given(word, b[position]):
            position += 1
        if position >= len(b) - 1:
            return False
        position += 1
    return True


@lru_cache(maxsize=65536)
def generation(name: str) -> str:
    """Return what tells a son from his father: "jr", "sr", "iii", or "".

    Examples
    --------
    >>> generation("Ivo Berg Jr."), generation("Ivo Berg")
    ('jr', '')
    """
    found = _GENERATION.search(name)
    return found.group(1).lower() if found else ""


def namesakes(one: str, other: str) -> bool:
    """Say whether two names are those of father and son where one text has both.

    A name of three words loses its Jr. as often as not, so it says nothing.

    Examples
    --------
    >>> namesakes("Ivo Berg Jr.", "Ivo Berg"), namesakes("Ivo Marsh Berg Jr.", "Ivo Marsh Berg")
    (True, False)
    """
    if generation(one) == generation(other):
        return False
    spelt = [[word for word in name_words(name) if len(word) > 1] for name in (one, other)]
    return len(spelt[0]) == len(spelt[1]) == 2


def _told_apart(one: str, other: str) -> bool:
    """Say whether two names are made to differ: by their middle initials, Jr. and Sr., or the name somebody goes by."""
    a, b = name_words(one), name_words(other)
    middle = [[word for word in words[1:-1] if len(word) == 1] for words in (a, b)]
    if all(middle) and middle[0] != middle[1]:
        return True
    if generation(one) and generation(other) and generation(one) != generation(other):
        return True
    # "J. Edgar Berg" goes by Edgar and is no John Berg
    for long, short in ((a, b), (b, a)):
        if len(long) > len(short) > 1 and len(long[0]) == 1 < len(long[1]) and len(long) > 2:
            goes_by = len(short[0]) > 1 and not same_given(short[0], long[1])
            if goes_by and long[1] not in _PARTICLES:
                return True
    return False


@lru_cache(maxsize=65536)
def initials(name: str) -> frozenset[str]:
    """Return the acronyms a name can have: initials of its capitalised words, with and without the small words.

    Examples
    --------
    >>> "fsb" in initials("Federal Security Bureau"), "cair" in initials("Council on American-Islamic Relations")
    (True, True)
    """
    words = re.findall(r"[A-Za-z][A-Za-z.]*", anyascii(name))
    big = [word for word in words if word[0].isupper()]
    out = {"".join(w[0] for w in big).lower(), "".join(w[0] for w in words).lower()}
    suffixes = {"inc", "corp", "ltd", "co", "plc"}
    out.add("".join(w[0] for w in big if w.lower().rstrip(".") not in suffixes).lower())
    return frozenset(key for key in out if len(key) >= 2)
