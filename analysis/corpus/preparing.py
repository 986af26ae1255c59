"""Make one article of what was read: clean it, attribute it, date it, or say why it is none."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from analysis.corpus.attribution import kind_from_text, outlet_from_text
from analysis.corpus.cleaning import body_of, clean, headline_of
from analysis.corpus.dating import Line, date_article
from analysis.corpus.outlets import named
from analysis.corpus.reading import Found, Options, SetAside, Source
from analysis.corpus.reading.pages import host_of
from analysis.corpus.screening import language_of


@dataclass(frozen=True)
class Prepared:
    """One article ready for the tables, or the reason why it is none."""

    article: Mapping[str, Any] | None
    lines: pl.DataFrame | None
    dates: tuple[Mapping[str, Any], ...]
    set_aside: SetAside | None


def prepare(
    source: Source,
    *,
    said: Mapping[str, Found],
    names: Mapping[str, str] | None = None,
    language: str = "en",
    repeated: Collection[str] = (),
    options: Options | None = None,
    order: bool | None = None,
    latest: date | None = None,
) -> Prepared:
    """Make one article of one source: clean it, attribute it, date it, or set it aside.

    Parameters
    ----------
    source : Source
        The article as read.
    said : mapping of str to Found
        What ``sources.csv`` says about it.
    names : mapping of str to str, optional
        The name of the outlet for each spelling that ``outlets.csv`` lists.
    language, options, latest
        As for `read_articles`.
    repeated : collection of str, optional
        Lines that recur in articles of its outlet.
    order : bool, optional
        Whether its table writes the day before the month.

    Returns
    -------
    Prepared
    """
    options = options or Options()
    if not source.text.strip():
        return _aside(source, "empty", "there are no characters but spaces")
    if len(source.text) > options.max_characters:
        return _aside(source, "too large", f"{len(source.text):,} characters; split it into articles")
    fields = {**source.fields, **said}
    headline = fields.get("headline", Found("", ""))
    lines = clean(source.text, headline=headline.value, repeated=repeated)
    body = body_of(lines)
    if not body.strip():
        return _aside(source, "no text", f"all {lines.height} lines were taken for page furniture")
    spoken, how = language_of(body)
    if language and spoken and spoken != language:
        return _aside(source, "not English" if language == "en" else f"not {language}", how)
    if not headline.value:
        found = headline_of(lines)
        headline = Found(found, "first headline in the text") if found else Found("", "none in the file")
    rows = list(zip(lines["line"], lines["kind"], lines["kept"], lines["text"], strict=True))
    outlet = named(_outlet(fields, rows), names or {})
    byline = fields.get("byline", Found("", "")).value or next(
        (text for _, kind, _, text in rows if kind == "byline"), ""
    )
    kind = fields.get("kind") or kind_from_text(
        ((text, kind) for _, kind, _, text in rows), byline=byline, outlet=outlet.value
    )
    dated = date_article(
        [Line(*row) for row in rows], given=fields, path=source.path, order=order, latest=latest
    )
    article = {
        "article_id": source.article_id,
        "path": source.path,
        "row": source.row,
        "outlet": outlet.value,
        "outlet_how": outlet.how,
        "headline": headline.value,
        "headline_how": headline.how,
        "byline": byline,
        "published": dated.start,
        "published_until": dated.end,
        "published_precision": dated.precision,
        "published_how": dated.how,
        "published_conflict": dated.conflict,
        "url": fields.get("url", Found("", "")).value,
        "language": spoken or language,
        "kind": kind.value.lower(),
        "kind_how": kind.how,
        "body": body,
        "n_words": len(body.split()),
        "n_lines_removed": sum(not kept for _, _, kept, _ in rows),
        "notes": "; ".join(source.notes if spoken else (*source.notes, f"language {how}")),
    }
    dates = tuple(candidate.record(source.article_id) for candidate in dated.candidates)
    return Prepared(article, lines, dates, None)


def _aside(source: Source, reason: str, detail: str) -> Prepared:
    return Prepared(None, None, (), SetAside(source.path, source.row, reason, detail))


def _outlet(fields: Mapping[str, Found], rows: Sequence[tuple[int, str, bool, str]]) -> Found:
    if fields.get("outlet"):
        return fields["outlet"]
    found = outlet_from_text((text, kept) for _, _, kept, text in rows)
    if found.value != "unknown":
        return found
    host = host_of(fields["url"].value) if "url" in fields else ""
    return Found(host, f"{fields['url'].how}, host name of the address") if host else found
