"""Bytes to clean characters: decode what news files are really written in, and repair only what is broken.

Every repair is named in a note, so that nobody has to wonder why a character of the file is not in the article.
r
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Any

# The first bytes of formats that people drop into a folder of texts by mistake.
_MAGIC = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"PAR1", "a Parquet table"),
    (b"SQLite format 3", "a database"),
    (b"{\\rtf", "a rich text document"),
)
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_ODD_CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13, 26, 27})

_LINE_ENDS = re.compile(r"\r\n|[\r\x0b\x0c\x1c-\x1e\u2028\u2029]")
_SPACES = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile(
    r"[\u00ad\u180e\u200b\u2060\ufeff]|(?<=[A-Za-z])[\u200c\u200d]|[\u200c\u200d](?=[A-Za-z])"
)
_BIDI = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x9f\ud800-\udfff]")
# characters that Windows-1252 puts where Unicode has a second set of controls
_WINDOWS = {code: bytes([code]).decode("cp1252", errors="ignore") for code in range(0x80, 0xA0)}
_WINDOWS_SEEN = re.compile(r"[\x80-\x9f]")
_ENTITY = re.compile(r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[A-Za-z]{2,8}\d{0,2});")
# A cheap sieve: nearly all mojibake of English news holds one of these, and nearly no sound text does.
_SUSPECT = re.compile(r"[ÂÃâðÐÑåæïË][\u0080-\u00ff\u0152-\u0161\u0178-\u02dc\u2013-\u2122]|\ufffd|[ÃÂ] ")
_TAGS = re.compile(
    r"</?(?:p|br|div|h[1-6]|li|ul|ol|b|i|em|strong|a|span|blockquote|img|figure|figcaption)\b[^<>]*>", re.I
)
_BREAKS = re.compile(r"\s*<(?:br|/p|/div|/h[1-6]|/li|/blockquote|/figure|/figcaption)\b[^<>]*>\s*", re.I)


class BinaryContentError(ValueError):
    """The bytes are not text; the message says what they look like."""


@dataclass(frozen=True)
class Decoded:
    """A text, the encoding it was read with, and what was repaired."""

    text: str
    encoding: str
    notes: tuple[str, ...]


def looks_binary(data: bytes) -> str:
    """Say what kind of binary file the bytes are; empty for text.

    Examples
    --------
    >>> looks_binary(b"%PDF-1.7 ...")
    'a PDF'
    >>> looks_binary("Fighting went on.".encode())
    ''
    """
    for magic, name in _MAGIC:
        if data.startswith(magic):
            return name
    head = data[:65536]
    if any(head.startswith(bom) for bom, _ in _BOMS) or _wide(head):
        return ""
    odd = len(head) - len(head.translate(None, _ODD_CONTROLS))
    return "full of control characters" if b"\x00" in head or odd > len(head) * 0.01 else ""


def _wide(head: bytes) -> str:
    """Recognise UTF-16 without its mark: in English text every other byte is zero."""
    sample = head[: len(head) // 2 * 2][:2000]
    if len(sample) < 8:
        return ""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) / 2
    if odd > half * 0.7 and even < half * 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.7 and odd < half * 0.05 else ""


def encoding_of(data: bytes) -> str:
    """Tell the encoding of a text's first bytes: UTF-8, UTF-16, UTF-32, Windows-1252 or another code page.

    Parameters
    ----------
    data : bytes
        The whole file, or a long beginning of it.

    Returns
    -------
    str
        A name that `bytes.decode` takes; ``"utf-8"`` with stray Windows-1252 bytes counts as ``"mixed"``.

    Examples
    --------
    >>> encoding_of("“No,” he said".encode("cp1252"))
    'cp1252'
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return name
    if wide := _wide(data):
        return wide
    try:
        data.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 3 and error.reason == "unexpected end of data":
            return "utf-8"
    high = sum(byte > 127 for byte in data)
    broken = data.decode("utf-8", errors="replace").count("\ufffd")
    if broken * 4 < high:
        return "mixed"
    # quotation marks, dashes and the euro sign of Windows-1252 are below 0xC0, the letters of other code pages above
    letters = sum(byte >= 0xC0 for byte in data)
    if letters > len(data) * 0.1:
        from charset_normalizer import from_bytes

        best = from_bytes(data[:200_000]).best()
        if best is not None:
            return str(best.encoding)
    return "cp1252"


def decode(data: bytes) -> Decoded:
    r"""Decode the bytes of a file and repair its characters.

    Parameters
    ----------
    data : bytes
        The file.

    Returns
    -------
    Decoded
        With line ends as ``"\n"``; the notes name the encoding unless it is UTF-8, and every repair.

    Raises
    ------
    BinaryContentError
        When the bytes are no text.

    Examples
    --------
    >>> decode("One\r\ntwo\xa0three".encode("utf-16")).text
    'One\ntwo three'
    """
    kind = looks_binary(data)
    if kind:
        raise BinaryContentError(kind)
    encoding = encoding_of(data)
    if encoding == "mixed":
        text = "".join(_decode_line(line) for line in data.splitlines(keepends=True))
        said = "bytes of Windows-1252 among UTF-8 read as such"
    else:
        text = data.decode(encoding, errors="replace")
        if encoding == "cp1252" and "\ufffd" in text:
            text = data.decode("latin-1")
        said = "" if encoding.startswith("utf-8") else f"read as {_spoken(encoding)}"
    text, notes = repair(text.removeprefix("\ufeff"))
    return Decoded(text, encoding, ((said, *notes) if said else notes))


def _spoken(encoding: str) -> str:
    return {"cp1252": "Windows-1252", "utf-16": "UTF-16", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}.get(
        encoding, encoding
    )


def _decode_line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")


def repair(text: str) -> tuple[str, tuple[str, ...]]:
    r"""Repair the characters of a decoded text: mojibake, invisible and direction controls, odd spaces and line ends.

    Curly quotation marks, dashes and ligatures are left as the author has them.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    tuple of str and tuple of str
        The repaired text and a note for every kind of repair that a reader of the file would not expect.

    Examples
    --------
    >>> repair("Zelensky donâ€™t agree")
    ('Zelensky don’t agree', ('mojibake repaired in 1 line',))
    >>> repair("pass\u202eword")
    ('password', ('1 direction control removed',))
    """
    notes: list[str] = []
    text = _LINE_ENDS.sub("\n", text)
    if _SUSPECT.search(text):
        text, lines = _unscramble(text)
        if lines:
            notes.append(f"mojibake repaired in {_counted(lines, 'line')}")
    if not text.isascii() or _CONTROLS.search(text):
        text, bidi = _BIDI.subn("", text)
        if bidi:
            notes.append(f"{_counted(bidi, 'direction control')} removed")
        text, windows = _WINDOWS_SEEN.subn(lambda match: _WINDOWS[ord(match.group())], text)
        if windows:
            notes.append(f"{_counted(windows, 'character')} read as Windows-1252")
        text, controls = _CONTROLS.subn("", text)
        if controls:
            notes.append(f"{_counted(controls, 'control character')} removed")
        text = _SPACES.sub(" ", _INVISIBLE.sub("", text))
        if not unicodedata.is_normalized("NFC", text):
            text = unicodedata.normalize("NFC", text)
            notes.append("accents joined to their letters (NFC)")
    if lost := text.count("\ufffd"):
        notes.append(f"{_counted(lost, 'character')} could not be decoded")
    if "&" in text:
        plain = _ENTITY.sub(_entity, text)
        if plain != text:
            notes.append("HTML entities decoded")
            text = _SPACES.sub(" ", _INVISIBLE.sub("", _BIDI.sub("", plain)))
    return text, tuple(notes)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _entity(match: re.Match[str]) -> str:
    plain = html.unescape(match.group())
    # "&notin;" would be a surprise in prose; an entity that stands for a control character would be worse
    return plain if len(plain) == 1 and (plain.isprintable() or plain == "\xa0") else match.group()


@cache
def _fixer() -> Any:
    import ftfy

    # only wrong decodings: no straight quotes, no split ligatures, no other width, no unescaped markup
    return ftfy.TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        remove_control_chars=False,
        normalization=None,
        explain=False,
    )


def _unscramble(text: str) -> tuple[str, int]:
    import ftfy

    lines = text.split("\n")
    fixed = [ftfy.fix_text(line, config=_fixer()) if _SUSPECT.search(line) else line for line in lines]
    changed = sum(old != new for old, new in zip(lines, fixed, strict=True))
    return "\n".join(line.replace("\n", " ") for line in fixed), changed


def plain_markup(text: str) -> tuple[str, tuple[str, ...]]:
    r"""Turn the paragraph tags that some data sets leave in a text column into line ends.

    Only common tags of running text are touched; a text that merely mentions ``<script>`` stays as it is.

    Parameters
    ----------
    text : str
        The text of one table row.

    Returns
    -------
    tuple of str and tuple of str
        The text, and a note if tags were removed.

    Examples
    --------
    >>> plain_markup("<p>One.</p><p>Two <b>and</b> three.</p>")
    ('One.\nTwo and three.', ('HTML tags removed',))
    """
    if not _BREAKS.search(text):
        return text, ()
    plain = _TAGS.sub("", _BREAKS.sub("\n", text)).strip("\n")
    return plain, ("HTML tags removed",)
