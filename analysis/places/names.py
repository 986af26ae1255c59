"""How a place name is compared: folded character for character, so that offsets survive."""

from __future__ import annotations

import unicodedata
from functools import cache

# letters without a decomposition, each to the one letter that news in English prints for it
_LETTERS = {
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ı": "i",
    "ð": "d",
    "þ": "t",
    "ß": "s",
    "ħ": "h",
    "ŧ": "t",
    "ə": "e",
}
_APOSTROPHES = "’‘ʼʻ`´ʹ′ʿʾ"
_HYPHENS = "-‐‑"
_ASCII = frozenset(map(chr, range(128)))


@cache
def _table() -> dict[str, str]:
    """Map every accented Latin letter, apostrophe and hyphen to one plain character."""
    table: dict[str, str] = {}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        letter = chr(code).lower()
        base = _LETTERS.get(letter[0]) or unicodedata.normalize("NFKD", letter)[0]
        if base.isalpha() and base.isascii():
            table[chr(code)] = base
    table.update(dict.fromkeys(_APOSTROPHES, "'") | dict.fromkeys(_HYPHENS, " "))
    table["\xa0"] = " "
    return table


def fold(text: str) -> str:
    """Fold a text for comparison: lower case, no accents, one apostrophe, hyphens as spaces.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        Of exactly the same length, so that an offset in it is an offset in the text.

    Examples
    --------
    >>> fold("Chişinău, Côte d’Ivoire, Deir al-Balah")
    "chisinau, cote d'ivoire, deir al balah"
    """
    for sign in set(text) - _ASCII if not text.isascii() else ():
        plain = _table().get(sign)
        if plain is not None:  # a handful of signs a text; translating every letter takes four times as long
            text = text.replace(sign, plain)
    return text.lower().replace("-", " ").replace("`", "'")


def key_of(name: str) -> str:
    """Give the key under which a name is looked up: folded, without full stops and apostrophes.

    Examples
    --------
    >>> key_of("N’Djamena"), key_of("St. John's")
    ('ndjamena', 'st johns')
    """
    return fold(name).replace(".", "").replace("'", "")
