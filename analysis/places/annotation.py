"""Annotate articles with their places: find, resolve, give each a kind and a role."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from analysis.language import Parse
from analysis.places.gazetteer import Place, load
from analysis.places.overrides import Overrides
from analysis.places.recognition import Hit, propose
from analysis.places.resolution import Reading, resolve, words
from analysis.places.setting import Setting, setting_of_parse, setting_of_text
from analysis.places.syntax import with_entities
from analysis.places.weighing import keep
from analysis.schemas import conform, table
from analysis.text import plain
from analysis.text.plain import PlainText

_COLUMNS = tuple(column.name for column in table("places").columns)


def annotate(parses: Sequence[Parse], *, overrides: Overrides | None = None) -> pl.DataFrame:
    """Annotate parsed articles with their places.

    Parameters
    ----------
    parses : sequence of Parse
        See `analysis.language.parse`; the model itself is not run.
    overrides : Overrides, optional
        The analyst's ``places.csv``, see `analysis.places.read_overrides`.

    Returns
    -------
    polars.DataFrame
        The ``places`` layer, a row a mention: rows of kind ``demonym`` and ``metonym`` (a capital or a country that
        stands for its government) are place words too, and counted apart.
    """
    gazetteer = load()
    rows: list[tuple[Any, ...]] = []
    for parse in parses:
        hits = with_entities(parse.doc, propose(parse.body, gazetteer), gazetteer)
        hits = keep(parse.body, hits, gazetteer, parse.doc)
        readings = resolve(parse.body, hits, gazetteer)
        rows += _rows(parse.article_id, parse.body, readings, setting_of_parse(parse), overrides)
    return _frame(rows)


def annotate_text(
    articles: Iterable[Mapping[str, Any] | PlainText], *, overrides: Overrides | None = None
) -> pl.DataFrame:
    """Annotate articles with their places from the text alone, without a parse.

    The rules engine's way: some MB a second, for collections too large for a language model. Metonymy and roles are
    decided by the words beside a name and are rougher.

    Parameters
    ----------
    articles : iterable of mappings or of PlainText
        Rows with at least ``article_id`` and ``body``, or all of them as `analysis.text.plain.read` gave them.
    overrides : Overrides, optional
        The analyst's ``places.csv``.

    Returns
    -------
    polars.DataFrame
        The ``places`` layer, as `annotate` gives it.

    Examples
    --------
    >>> annotate_text([{"article_id": "a", "body": "Shells fell on Kherson, Ukraine."}])["place"].to_list()
    ['Kherson', 'Ukraine']
    """
    gazetteer = load()
    rows: list[tuple[Any, ...]] = []
    for text in _texts(articles):
        body = text.body
        readings = resolve(body, keep(body, propose(body, gazetteer), gazetteer), gazetteer)
        rows += _rows(text.article_id, body, readings, setting_of_text(text), overrides)
    return _frame(rows)


def _texts(articles: Iterable[Mapping[str, Any] | PlainText]) -> list[PlainText]:
    """Read the articles that have not been read yet."""
    given = list(articles)
    read = [article for article in given if isinstance(article, PlainText)]
    return read or plain.read(article for article in given if not isinstance(article, PlainText))


def _rows(
    article_id: str,
    body: str,
    readings: Sequence[Reading],
    setting: Setting,
    overrides: Overrides | None,
) -> Iterator[tuple[Any, ...]]:
    said: dict[int, str] = {}  # mentions of one name share their candidates
    kind, role = "", ""
    for index, reading in enumerate(readings):
        hit, place, rule, margin = reading.hit, reading.place, reading.rule, reading.margin
        surface = body[hit.start : hit.end]
        if overrides is not None:
            verdict = overrides.get(surface)
            if verdict is not None:
                if verdict.drop:
                    continue
                place, rule, margin = verdict.place or place, "places.csv", 9.0
        kind, role = setting.judge(body, readings, index, place, (kind, role))
        yield (
            article_id,
            hit.start,
            hit.end,
            surface,
            kind,
            role,
            *_located(place),
            round(margin, 2),
            said.get(id(reading.ranked)) or said.setdefault(id(reading.ranked), _candidates(reading)),
            _why(hit, rule) if place else hit.rule,
            setting.sentence(hit.start),
            setting.is_quoted(hit.start),
        )


def _frame(rows: Sequence[tuple[Any, ...]]) -> pl.DataFrame:
    layer = table("places")
    # column by column, which is several times faster than row by row
    columns = zip(*rows, strict=True) if rows else ((),) * len(_COLUMNS)
    return conform(pl.DataFrame(dict(zip(_COLUMNS, columns, strict=True)), schema=layer.schema), "places")


def _candidates(reading: Reading) -> str:
    return "; ".join(words(score, one) for score, one in reading.ranked[:3])


def _why(hit: Hit, rule: str) -> str:
    """Say why it is a place, and why this one: ``gazetteer, name of region; largest``."""
    return f"{hit.rule}, name of {hit.unit}; {rule}" if hit.unit else f"{hit.rule}; {rule}"


def _located(place: Place | None) -> tuple[Any, ...]:
    if place is None:
        return ("", "", "", "", None, None, "unresolved")
    return (place.place_id, place.name, place.country, place.region, place.lat, place.lon, place.precision)


__all__ = ["annotate", "annotate_text"]
