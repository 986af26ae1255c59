"""Word documents: one article a file, with its headings as lines."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

from analysis.corpus.encoding import repair
from analysis.corpus.reading.model import File, Found, Options, SetAside, Source, digest

SUFFIXES = (".docx",)


def read(file: File, options: Options) -> Iterator[Source | SetAside]:
    """Read the paragraphs of a Word document; a paragraph styled as title is the headline.

    Parameters
    ----------
    file : File
        The document.
    options : Options
        Limits.

    Yields
    ------
    Source or SetAside
    """
    import docx
    from docx.opc.exceptions import OpcError

    with file.open() as handle:
        data = handle.read()
    try:
        with file.open() as handle:
            document = docx.Document(handle)
            paragraphs = [
                (part.text.strip(), str(part.style.name if part.style else ""))
                for part in document.paragraphs
            ]
    except (OpcError, zipfile.BadZipFile, KeyError, ValueError) as error:
        yield SetAside(file.path, None, "unreadable", f"not a Word document: {error}")
        return
    text, notes = repair("\n".join(text for text, _ in paragraphs if text))
    if len(text) > options.max_characters:
        yield SetAside(file.path, None, "too large", f"{len(text):,} characters; split it into articles")
        return
    title = next((text for text, style in paragraphs if text and style == "Title"), "")
    fields = {"headline": Found(repair(title)[0], "document title")} if title else {}
    yield Source(file.path, None, digest(data), text, fields, notes)
