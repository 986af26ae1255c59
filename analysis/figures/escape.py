"""Words of articles are hostile input: here they become plain text for a page, a picture or a table file.

Every word that came from outside passes one of these functions on its way out. Nothing else in the figures room
builds markup from strings it did not write itself.
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
from typing import Any

# Characters that are not seen but change what is: controls, and the marks that turn or isolate a line's direction.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]"
)
_FORMULA = re.compile(r"^(?:[=+@\t\r]|-(?![\d.\s]))")


def visible(text: object) -> str:
    r"""Return the text with hidden control characters written out, so that what is there is seen.

    Parameters
    ----------
    text : object
        Anything; it is turned into a string first.

    Returns
    -------
    str

    Examples
    --------
    >>> visible("left \u202e right")
    'left [U+202E] right'
    """
    return _HIDDEN.sub(lambda found: f"[U+{ord(found.group()):04X}]", str(text))


def escaped(text: object) -> str:
    """Return the text as it may stand in a page, in an element or between double quotes.

    Examples
    --------
    >>> escaped('<script>"&"')
    '&lt;script&gt;&quot;&amp;&quot;'
    """
    return html.escape(visible(text), quote=True)


def embedded(value: Any) -> str:
    r"""Return a value as JSON that may stand inside a script element without ending it.

    Examples
    --------
    >>> embedded({"a": "</script>"})
    '{"a":"\\u003c/script\\u003e"}'
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def harmless(cell: object) -> object:
    """Return a table cell that no spreadsheet takes for a formula: such text gets a leading apostrophe.

    Examples
    --------
    >>> harmless("=1+1"), harmless("plain"), harmless("-5"), harmless(3)
    ("'=1+1", 'plain', '-5', 3)
    """
    return "'" + cell if isinstance(cell, str) and _FORMULA.match(cell) else cell


def label(text: object, *, width: int = 26, lines: int = 2) -> str:
    r"""Return words for a picture: folded into short lines, and cut where they are too many.

    Examples
    --------
    >>> label("special military operation in the east")
    'special military operation\nin the east'
    >>> label("x" * 40, width=10, lines=1)
    'xxxxxxxxx…'
    """
    folded = [""]
    for word in visible(text).split():
        if folded[-1] and len(folded[-1]) + 1 + len(word) > width:
            folded.append(word)
        else:
            folded[-1] = f"{folded[-1]} {word}".strip()
    cut = [line if len(line) <= width else line[: width - 1] + "…" for line in folded[:lines]]
    if len(folded) > lines and not cut[-1].endswith("…"):
        cut[-1] = cut[-1][: width - 1].rstrip() + "…"
    return "\n".join(cut)


def slug(text: object, *, limit: int = 60) -> str:
    """Return a short name of letters, digits and hyphens for an anchor or a file.

    Examples
    --------
    >>> slug("Two outlets say “war”, one doesn't")
    'two-outlets-say-war-one-doesn-t'
    >>> slug("…")
    'part'
    """
    plain = unicodedata.normalize("NFKD", str(text)).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    return words[:limit].rstrip("-") or "part"
