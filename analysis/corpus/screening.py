"""What is fit to be analysed: texts that are empty, too long or in another language are told apart here."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

# Texts of the length of an article that are at least this rich in the commonest function words of English are English
# without asking a classifier.
_RICH = 0.15
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# below this many letters a classifier guesses
_ENOUGH_LETTERS = 200


@cache
def function_words() -> frozenset[str]:
    """Read the commonest function words of English."""
    text = files("analysis").joinpath("data/reading/function_words.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


def language_of(text: str) -> tuple[str, str]:
    """Tell the language of a whole body.

    Parameters
    ----------
    text : str
        The body.

    Returns
    -------
    tuple of str and str
        ISO 639-1 code, empty where the text is too short to tell; and how it was told.

    Examples
    --------
    >>> language_of("The mayor of the town said that it was safe for the people to come back in the morning.")[0]
    'en'
    >>> language_of("Ja.")[0]
    ''
    """
    words = [word.lower() for word in _WORD.findall(text[:6000])]
    if not words:
        return "", "no words"
    common = function_words()
    share = sum(word in common for word in words) / len(words)
    if share >= _RICH and len(words) >= 8:
        return "en", f"{share:.0%} of the words are English function words"
    letters = sum(character.isalpha() for character in text)
    if letters < 20 or (letters < _ENOUGH_LETTERS and share > 0):
        return "", f"too short to tell ({letters} letters)"
    import py3langid

    language = str(py3langid.classify(text[:20_000])[0])
    return language, f"py3langid says {language}; {share:.0%} of the words are English function words"
