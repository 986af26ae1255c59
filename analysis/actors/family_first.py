"""Names whose family name comes first: "Kim Jong-un" and "Kim Jong Un" are one name, and his family name is Kim.

The given name has one syllable or two; two are written in one word, with a hyphen or apart, as an outlet pleases.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.actors.lexicons import mapping

# a syllable of Korean or Chinese in Latin letters
_SYLLABLE = r"(?:[bcdfghjklmnpqrstwxyz]|ch|sh|zh|h[wy]|wh|ts|[bgkmnpr]y|[gk]w|kk|tt|pp|ss|jj)?[aeiou]{1,3}(?:ng|[nmlktph])?"
_TWO = re.compile(rf"{_SYLLABLE}[ -]{_SYLLABLE}")
# in one word only what is hardly a European name: no Korean ends of a syllable, no silent e
_ONE_WORD = re.compile(
    r"(?!\w*ne$)(?:(?:[bcdfghjklmnpqrstwxyz]|[csz]h)?[aeiou]{1,3}(?:ng|n)?)?"
    r"(?:[csz]h|[bpmfdtnlgkhjqxzcsryw])[aeiou]{1,3}(?:ng|n|r)?"
)


def rearranged(parts: Sequence[str]) -> tuple[str, ...]:
    """Put a family name that comes first behind the given name, and write the given name in one word.

    Parameters
    ----------
    parts : sequence of str
        The words of a name, ASCII, lower case.

    Returns
    -------
    tuple of str
        The words, changed only where the first is a Korean or Chinese family name and the others are a given name.

    Examples
    --------
    >>> rearranged(["kim", "jong-un"]), rearranged(["kim", "jong", "un"]), rearranged(["xi", "jinping"])
    (('jongun', 'kim'), ('jongun', 'kim'), ('jinping', 'xi'))
    >>> rearranged(["kim", "basinger"]), rearranged(["lee", "ann", "marsh"]), rearranged(["tony", "kim"])
    (('kim', 'basinger'), ('lee', 'ann', 'marsh'), ('tony', 'kim'))
    """
    european = mapping("family_first", "word", "european").get(parts[0]) if len(parts) in (2, 3) else None
    if european is not None:
        given = " ".join(parts[1:])
        # where Europeans are called Lee and Kim, only two syllables apart show the order
        sure = (
            european == "no" and len(parts) == 2 and given not in mapping("family_first", "word", "european")
        )
        if _TWO.fullmatch(given) or (sure and _ONE_WORD.fullmatch(given)):
            return given.replace(" ", "").replace("-", ""), parts[0]
    return tuple(parts)
