"""The articles of a corpus as a bibliography: BibTeX and CSL-JSON, dates no more precise than they are known."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.errors import AnalysisError, nearest
from analysis.figures.escape import slug, visible

STYLES = ("bibtex", "csl-json")
# a backslash becomes braces too, so all signs are replaced in one pass
_SIGNS: Mapping[str, str] = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: rf"\{sign}" for sign in "&%$#_"},
}


def bibliography(articles: pd.DataFrame, *, style: str = "bibtex") -> str:
    r"""Give articles as a bibliography.

    Parameters
    ----------
    articles : pandas.DataFrame
        Articles with ``article_id`` and ``outlet``; where present ``headline, byline, published, published_until,
        published_precision, url, language, kind``.
    style : {"bibtex", "csl-json"}, optional
        The format.

    Returns
    -------
    str
        Entries by outlet, day and id. The key of an entry ends in the first characters of the article's id, so that
        an entry leads back to its row.

    Raises
    ------
    AnalysisError
        When the style is unknown.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["0123456789abcdef"], "outlet": ["Harbour Gazette"],
    ...                          "headline": ["Bridge & tunnel shut"], "published": ["2023-03-04"]})
    >>> print(bibliography(articles))
    @article{harbour-gazette-2023-01234567,
      title = {{Bridge \& tunnel shut}},
      journal = {Harbour Gazette},
      year = {2023},
      month = {3},
      day = {4},
      note = {article 0123456789abcdef of the corpus}
    }
    """
    if style not in STYLES:
        raise AnalysisError(f"there is no style {style!r}{nearest(style, STYLES)}")
    columns = [name for name in ("outlet", "published", "article_id") if name in articles]
    rows = articles.sort_values(columns, na_position="last").to_dict("records")
    if style == "csl-json":
        return json.dumps([_csl(row) for row in rows], ensure_ascii=False, indent=1)
    return "\n\n".join(_bibtex(row) for row in rows)


def _bibtex(row: Mapping[Any, Any]) -> str:
    dates = _dates(row)
    fields: list[tuple[str, str]] = []
    if _word(row, "byline"):
        fields.append(("author", f"{{{_plain(_word(row, 'byline'))}}}"))
    fields.append(("title", f"{{{_plain(title_of(row))}}}"))
    fields.append(("journal", _plain(_word(row, "outlet") or "unknown")))
    if dates:
        fields += [
            (name, str(value)) for name, value in zip(("year", "month", "day"), dates[0], strict=False)
        ]
    if _word(row, "url"):
        fields.append(("url", _word(row, "url").replace("{", "%7B").replace("}", "%7D")))
    note = f"article {row['article_id']} of the corpus"
    if len(dates) > 1:
        note += f"; published between {_iso(dates[0])} and {_iso(dates[1])}"
    if _word(row, "kind") in ("repost", "rewritten", "wire"):
        note += f"; {_word(row, 'kind')}"
    fields.append(("note", note))
    inside = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields)
    return f"@article{{{_key(row)},\n{inside}\n}}"


def _csl(row: Mapping[Any, Any]) -> dict[str, Any]:
    dates = _dates(row)
    entry: dict[str, Any] = {
        "id": _key(row),
        "type": "article-newspaper",
        "title": visible(title_of(row)),
        "container-title": visible(_word(row, "outlet") or "unknown"),
    }
    if _word(row, "byline"):
        entry["author"] = [{"literal": visible(_word(row, "byline"))}]
    if dates:
        entry["issued"] = {"date-parts": [list(parts) for parts in dates]}
    if _word(row, "url"):
        entry["URL"] = _word(row, "url")
    if _word(row, "language"):
        entry["language"] = _word(row, "language")
    entry["note"] = f"article {row['article_id']} of the corpus"
    return entry


def title_of(row: Mapping[Any, Any]) -> str:
    """Give the headline, or the first words of the body in brackets where there is none.

    Examples
    --------
    >>> title_of({"headline": "", "body": "The bridge over the river was shut on Monday after cracks were found"})
    '[The bridge over the river was shut on …]'
    """
    headline = _word(row, "headline")
    if headline:
        return headline
    words = _word(row, "body").split()
    return f"[{' '.join(words[:8])}{' …' if len(words) > 8 else ''}]" if words else "[without a headline]"


def _dates(row: Mapping[Any, Any]) -> list[tuple[int, ...]]:
    """Give the day of publication as numbers; two for a range, only year and month for a month."""
    first = _parts(row.get("published"))
    if not first:
        return []
    precision = row.get("published_precision")
    if precision == "month":
        return [first[:2]]
    last = _parts(row.get("published_until"))
    return [first, last] if precision == "range" and last and last != first else [first]


def _parts(value: Any) -> tuple[int, ...]:
    return () if value is None or pd.isna(value) else tuple(int(part) for part in str(value)[:10].split("-"))


def _iso(parts: tuple[int, ...]) -> str:
    return "-".join(f"{part:02d}" for part in parts)


def _key(row: Mapping[Any, Any]) -> str:
    dates = _dates(row)
    year = str(dates[0][0]) if dates else "undated"
    return f"{slug(_word(row, 'outlet') or 'unknown', limit=30)}-{year}-{str(row['article_id'])[:8]}"


def _word(row: Mapping[Any, Any], name: str) -> str:
    value = row.get(name)
    return value.strip() if isinstance(value, str) else ""


def _plain(text: str) -> str:
    joined = re.sub(r"\s+", " ", visible(text))
    return "".join(_SIGNS.get(sign, sign) for sign in joined)
