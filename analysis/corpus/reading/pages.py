"""Saved web pages: the article by trafilatura, its day by htmldate, its outlet by what the page says of itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from analysis.corpus.encoding import looks_binary, repair
from analysis.corpus.reading.model import File, Found, Options, SetAside, Source, digest

SUFFIXES = (".html", ".htm", ".xhtml")

# htmldate's own bound is the clock; a fixed one keeps a run repeatable
_DATES = {
    "original_date": True,
    "extensive_search": False,
    "max_date": "2100-01-01",
    "outputformat": "%Y-%m-%d",
}


def read(file: File, options: Options) -> Iterator[Source | SetAside]:
    """Read one page as one article.

    Parameters
    ----------
    file : File
        The page.
    options : Options
        Limits.

    Yields
    ------
    Source or SetAside
    """
    import trafilatura
    from lxml import etree

    if file.size > options.max_bytes:
        yield SetAside(file.path, None, "too large", f"{file.size:,} bytes of markup")
        return
    with file.open() as handle:
        data = handle.read()
    if not data.strip():
        yield SetAside(file.path, None, "empty", "the file has no characters")
        return
    if kind := looks_binary(data):
        yield SetAside(file.path, None, "binary", f"the file is {kind}, not a page")
        return
    try:
        page = trafilatura.bare_extraction(
            data,
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            date_extraction_params=_DATES,
        )
        tree = trafilatura.load_html(data)
    except (ValueError, etree.LxmlError, RecursionError) as error:
        yield SetAside(file.path, None, "unreadable", f"the markup could not be parsed: {error}")
        return
    text, notes = repair(getattr(page, "text", "") or "")
    if not text.strip():
        yield SetAside(
            file.path, None, "no text", "no article was found in the page; paste its text into a .txt file"
        )
        return
    yield Source(file.path, None, digest(data), text, _fields(page, tree), notes)


def _fields(page: Any, tree: Any) -> dict[str, Found]:
    url = str(page.url or "")
    found = {
        "headline": Found(page.title or "", "page title"),
        "byline": Found(page.author or "", "page author"),
        "date": Found(page.date or "", "html metadata"),
        "url": Found(url, "canonical address"),
    }
    outlet = _outlet(tree)
    if not outlet.value and (host := host_of(url)):
        outlet = Found(host, "html, host name of the address")
    found["outlet"] = outlet
    clean = {name: Found(" ".join(repair(item.value)[0].split()), item.how) for name, item in found.items()}
    return {name: item for name, item in clean.items() if item.value}


def host_of(url: str) -> str:
    """Return the host of an address without ``www.``; empty where there is none.

    Examples
    --------
    >>> host_of("https://www.example.org/2023/a")
    'example.org'
    """
    try:
        return (urlsplit(url.strip()).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _outlet(tree: Any) -> Found:
    if tree is None:
        return Found("", "unknown")
    for attribute, name in (
        ("property", "og:site_name"),
        ("name", "og:site_name"),
        ("name", "application-name"),
    ):
        values = tree.xpath(f"//meta[@{attribute}='{name}']/@content")
        if values and str(values[0]).strip():
            return Found(str(values[0]).strip(), f"html, {name}")
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            named = _publisher(json.loads(script.text or ""))
        except (ValueError, RecursionError):
            continue
        if named:
            return Found(named, "html, publisher in JSON-LD")
    return Found("", "unknown")


def _publisher(data: Any) -> str:
    if isinstance(data, list):
        return next((name for part in data if (name := _publisher(part))), "")
    if not isinstance(data, dict):
        return ""
    publisher = data.get("publisher")
    if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
        return str(publisher["name"])
    return _publisher(data.get("@graph")) if "@graph" in data else ""
