"""Plain text and Markdown: one article a file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.corpus.encoding import BinaryContentError, decode
from analysis.corpus.reading.model import File, Found, Options, SetAside, Source, digest

SUFFIXES = (".txt", ".md", ".markdown", ".text", "")

_LINK = re.compile(r"!?\[([^\]\n]*)\]\((?:[^()\n]|\([^()\n]*\))*\)")
_FENCE = re.compile(r"\A---\n(.*?)\n---\n", re.S)
_FRONT = re.compile(
    r"^(title|headline|author|byline|date|published|outlet|source|url|kind)\s*:\s*(.+)$", re.I | re.M
)
_FRONT_NAMES = {"title": "headline", "author": "byline", "published": "date", "source": "outlet"}


def read(file: File, options: Options) -> Iterator[Source | SetAside]:
    """Read one text file as one article.

    Parameters
    ----------
    file : File
        The file.
    options : Options
        Limits.

    Yields
    ------
    Source or SetAside
    """
    if file.size > options.max_bytes:
        yield SetAside(file.path, None, "too large", f"{file.size:,} bytes; split it into articles")
        return
    with file.open() as handle:
        data = handle.read()
    try:
        decoded = decode(data)
    except BinaryContentError as error:
        yield SetAside(file.path, None, "binary", f"the file is {error}, not text")
        return
    text = decoded.text
    fields: dict[str, Found] = {}
    if file.name.lower().removesuffix(".gz").endswith((".md", ".markdown")):
        text, fields = _markdown(text)
    yield Source(file.path, None, digest(data), text, fields, decoded.notes)


def _markdown(text: str) -> tuple[str, dict[str, Found]]:
    """Take the front matter as metadata and leave the words of the marks."""
    fields: dict[str, Found] = {}
    front = _FENCE.match(text)
    if front:
        for name, value in _FRONT.findall(front.group(1)):
            key = _FRONT_NAMES.get(name.lower(), name.lower())
            fields[key] = Found(value.strip().strip("\"'"), "front matter")
        text = text[front.end() :]
    text = re.sub(r"^#{1,6}\s+", "", _LINK.sub(r"\1", text), flags=re.M)
    return re.sub(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", r"\2", text), fields
