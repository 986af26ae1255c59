"""What everything shown in a notebook has in common: the style, marked sentences, sources. All text is escaped."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from analysis.figures.escape import escaped
from analysis.figures.provenance import when


@cache
def part(name: str) -> str:
    """Return a file that stands beside this one: the style, or the script of tables."""
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def styled(markup: str, *, kind: str = "") -> str:
    """Wrap markup so that it looks right in a notebook, in light and dark.

    Examples
    --------
    >>> styled("<p>One article.</p>").startswith("<style>")
    True
    """
    classes = f"px {kind}".strip()
    return f'<style>{part("look.css")}</style><div class="{classes}">{markup}</div>'


def inner(markup: str, *, kind: str = "") -> str:
    """Wrap markup for a part of a panel, which holds the style once.

    Examples
    --------
    >>> inner("<p>One article.</p>")
    '<div class="px"><p>One article.</p></div>'
    """
    return f'<div class="{f"px {kind}".strip()}">{markup}</div>'


def marked(before: object, span: object, after: object) -> str:
    """Return a sentence with its span marked.

    Examples
    --------
    >>> marked("The ", "bridge", " <fell>.")
    'The <mark>bridge</mark> &lt;fell&gt;.'
    """
    return f"{escaped(before)}<mark>{escaped(span)}</mark>{escaped(after)}"


def origin(article: Mapping[str, Any]) -> str:
    """Say where an article comes from: outlet, day, headline.

    Examples
    --------
    >>> origin({"outlet": "Harbour Gazette", "published": "2023-03-04", "headline": "Bridge shut"})
    'Harbour Gazette · 4 March 2023 · Bridge shut'
    """
    facts = [str(article.get("outlet") or ""), when(article), str(article.get("headline") or "")]
    return escaped(" · ".join(fact for fact in facts if fact))


def number(value: float) -> str:
    """Write a number with its thousands set off.

    Examples
    --------
    >>> number(12345)
    '12,345'
    """
    return f"{value:,}"


def times(n: int, noun: str) -> str:
    """Write how many of something there are.

    Examples
    --------
    >>> times(1, "article"), times(12000, "article")
    ('1 article', '12,000 articles')
    """
    return f"{number(n)} {noun}{'' if n == 1 else 's'}"


def facts(pairs: list[tuple[object, str]]) -> str:
    """Show sizes in a row: the number large, its words beside it."""
    shown = [
        f"<span><b>{escaped(number(size) if isinstance(size, int | float) else size)}</b> {escaped(words)}</span>"
        for size, words in pairs
    ]
    return f'<div class="px-facts">{"".join(shown)}</div>'
