"""Which of a place's names the gazetteer takes, and the spellings news uses that GeoNames does not list.

GeoNames lists names in all scripts without their language. Names in Latin letters are taken as they are; Cyrillic ones are
put into Latin letters as English news does it, after the Russian and the Ukrainian way; Arabic names also go without
their article; "Saint" is also "St".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rapidfuzz.fuzz import ratio

from analysis.places.names import key_of

MIN_FOR_ALTERNATES = 5000  # unlike alternates of villages bring in more false names than places
CITY = 200_000  # whose short form, the first words of its name, counts as its name
ALIKE = 70  # of 100: a village's alternate that is another spelling of its name
LATIN = re.compile(r"^[A-ZÀ-ÖØ-ÞĀ-ſ][A-Za-zÀ-ÖØ-öø-ÿĀ-ſƀ-ɏḀ-ỿ' .’ʻʼ`()-]{2,}$")
CYRILLIC = re.compile(r"^[А-ЯЁІЇЄҐ][а-яёіїєґ' -]{2,}$", re.IGNORECASE)
ARTICLE = re.compile(r"^(?:Al|Ar|As|Ad|An|At|Az|Ash|Ath|Adh|El)[ -](?=[A-ZÀ-Þ]\w{3})")
SAINT = re.compile(r"^(?:Saint|Sankt|St\.?)([ -])")
RUSSIAN_READ = frozenset(["RU", "BY", "MD", "KZ", "KG", "UZ", "TJ", "TM", "AM", "AZ", "GE"])

_SHARED = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщъыьэюя",
        [
            "a",
            "b",
            "v",
            "g",
            "d",
            "e",
            "zh",
            "z",
            "i",
            "y",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "kh",
            "ts",
            "ch",
            "sh",
            "shch",
            "-",
            "y",
            "-",
            "e",
            "yu",
            "ya",
        ],
        strict=True,
    )
) | {"ъ": "", "ь": "", "'": "", " ": " ", "-": "-"}
RUSSIAN = _SHARED | {"ё": "yo"}
UKRAINIAN = _SHARED | {
    "г": "h",
    "ґ": "g",
    "и": "y",
    "і": "i",
    "ї": "i",
    "є": "ie",
    "й": "i",
    "ю": "iu",
    "я": "ia",
}
OF_OLD = UKRAINIAN | {
    "ї": "yi",
    "є": "ye",
    "й": "y",
    "ю": "yu",
    "я": "ya",
}  # before 2010, and much of the press
_VOWELS = "аеёиоуыэюяіїє"


def usable(name: str) -> bool:
    """Tell a name as news prints it from a search key ("kyyf") or an airport code ("KBP")."""
    return bool(LATIN.match(name)) and not (name.isupper() and len(name) <= 4)


def spellings(name: str, others: Iterable[str], country: str, population: int) -> set[str]:
    """Give the folded alternates of a town, without its main name; those that count as main begin with "="."""
    own, found = key_of(name), set()
    for other in others:
        if usable(other) and (population >= MIN_FOR_ALTERNATES or ratio(own, key_of(other)) >= ALIKE):
            found.add(other)
        elif CYRILLIC.match(other) and (country == "UA" or country in RUSSIAN_READ):
            found.update(romanised(other, ukrainian=country == "UA"))
    if population >= MIN_FOR_ALTERNATES:
        found.update(ARTICLE.sub("", form) for form in [name, *found])
    keys = {key_of(form) for form in found}
    saint = SAINT.match(name)
    short = "" if saint is None else key_of("St" + name[saint.end(1) - 1 :])
    if saint is not None:
        keys.add(key_of("Saint" + name[saint.end(1) - 1 :]))
    if population >= CITY:  # Frankfurt is Frankfurt am Main's name
        main = {key for key in keys if own.startswith(f"{key} ")}
        keys = keys - main | {f"={key}" for key in main}
    return {key for key in keys if len(key) > 2 and key not in (own, short)} | (
        {f"={short}"} if short not in ("", own) else set()
    )


def romanised(name: str, *, ukrainian: bool) -> Iterator[str]:
    """Spell a Cyrillic name in Latin letters, in the ways the press uses.

    >>> sorted(romanised("Часов Яр", ukrainian=False)), sorted(romanised("Гуляйполе", ukrainian=False))
    (['Chasov Yar'], ['Guliaipole', 'Gulyaipole', 'Gulyaypole'])
    """
    letters = name.lower()
    forms = set()
    if not set(letters) & set("іїєґ"):
        soft = re.sub(rf"(^|[ -]|[{_VOWELS}ьъ])е", r"\1@", letters)
        short = re.sub(r"[иы]й\b", "й", soft)
        for word, e in ((soft, "ye"), (short, "ye"), (short, "e")):
            forms.add(_spell(word, RUSSIAN | {"@": e}))
        forms.add(_spell(short, RUSSIAN | {"@": "e", "ё": "e", "й": "y"}))
        forms.add(_spell(soft, RUSSIAN | {"@": "e", "ё": "e", "й": "i"}))
        forms.add(_spell(soft, RUSSIAN | {"@": "e", "ё": "e", "й": "i", "я": "ia", "ю": "iu"}))
    if ukrainian and not set(letters) & set("ыэёъ"):
        first = re.sub(
            r"\b([їєйюя])",
            lambda match: {"ї": "yi", "й": "y", "є": "ye", "ю": "yu", "я": "ya"}[match[1]],
            letters,
        )
        for word in (first, re.sub(r"ий\b", "и", first)):
            forms |= {_spell(word, UKRAINIAN), _spell(word, OF_OLD)}
    yield from (re.sub(r"(^|[ -])(\w)", lambda match: match[1] + match[2].upper(), form) for form in forms)


def _spell(word: str, letters: dict[str, str]) -> str:
    return "".join(letters.get(letter, letter) for letter in word)
