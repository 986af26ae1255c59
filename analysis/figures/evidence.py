"""The sentences behind a number: each with its span marked, its outlet, date, headline, file and offsets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import pandas as pd

from analysis.errors import MeasureError
from analysis.figures import page
from analysis.figures.escape import escaped, slug, visible
from analysis.figures.palette import named, outlet_colours
from analysis.figures.provenance import file_of, when
from analysis.figures.spans import placed, spread

_LONGEST = 420
"""Characters of a sentence shown on a page; a list that was taken for one sentence is cut around its span."""


class Evidence:
    """Rows of a layer, ready to be shown as sentences.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of a layer: ``article_id``, ``start``, ``end`` and, where given, the ``item`` column. A column ``note``
        is shown under its sentence ("counted for the ministry, not for the outlet").
    articles : pandas.DataFrame
        ``article_id``, ``outlet``, ``body``; where present also ``headline``, ``published``, ``path``, ``row``.
    sentences : pandas.DataFrame, optional
        The ``sentences`` layer. Without it the line of the body around a span stands for its sentence.
    item : str, optional
        Column of ``rows`` that names what is counted, so that the cells of a table can find their sentences.
    by : str
        Column of ``articles`` that names the group, as in the estimates.
    title : str
        What the sentences are: "Sentences behind “special operation”".
    show : int
        How many stand on the page; the rest is in ``evidence.csv``.
    colours : mapping of str to str, optional
        From `outlet_colours` over the whole corpus; by default over ``articles``.
    first : str, optional
        The item of the claim above: its sentences are the ones shown.

    Raises
    ------
    MeasureError
        When a column is missing, or a span does not lie in its article.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a1"], "outlet": ["Harbour Gazette"], "body": ["The bridge fell."]})
    >>> rows = pd.DataFrame({"article_id": ["a1"], "start": [4], "end": [10]})
    >>> Evidence(rows, articles)
    Evidence: 1 sentence
    Harbour Gazette: The [bridge] fell.
    """

    def __init__(
        self,
        rows: pd.DataFrame,
        articles: pd.DataFrame,
        sentences: pd.DataFrame | None = None,
        *,
        item: str | None = None,
        by: str = "outlet",
        title: str = "Sentences behind this finding",
        show: int = 3,
        colours: Mapping[str, str] | None = None,
        first: str = "",
    ) -> None:
        wanted = ["article_id", "start", "end", *([item] if item else [])]
        _require(rows, wanted, "rows")
        _require(articles, ["article_id", "outlet", "body", by], "articles")
        self.title = title
        self.item = item
        self.by = by
        self.show = show
        self.first = first
        self.colours = (
            dict(colours) if colours is not None else outlet_colours(articles["outlet"].astype(str))
        )
        self._sentences = sentences
        self._kept: set[str] = set()
        self._articles = articles.drop_duplicates("article_id").set_index("article_id", drop=False)
        self.spans = placed(rows, self._articles, sentences, item=item, by=by)

    def __len__(self) -> int:
        return len(self.spans)

    def __repr__(self) -> str:
        count = f"Evidence: {len(self)} sentence{'' if len(self) == 1 else 's'}"
        shown = [self._quote(row) for row in spread(self._shown, self.show)]
        lines = [f"{quote['outlet']}: {quote['before']}[{quote['span']}]{quote['after']}" for quote in shown]
        return visible("\n".join([count, *lines]))

    def html(self, *, opened: bool = False) -> str:
        """Return the sentences as a fold, without the page's style."""
        if not len(self):
            return ""
        chosen = spread(self._shown, self.show)
        self._keep_articles(chosen)
        quotes = "".join(f"<li>{self._quote_html(self._quote(row))}</li>" for row in chosen)
        total = f"{len(self):,}"
        size = f"{len(chosen)} of {total} shown, all in evidence.csv" if len(chosen) < len(self) else total
        return (
            f'<details class="evidence"{" open" if opened else ""}><summary>{escaped(self.title)}'
            f' <span class="size">· {size}</span></summary><ul class="quotes">{quotes}</ul></details>'
        )

    def cell(self, item: str, group: str) -> list[Mapping[str, Any]]:
        """Return the spans that one cell of a table counts."""
        return self._cells.get((str(item), str(group)), [])

    @cached_property
    def _rows(self) -> list[Mapping[str, Any]]:
        return [{str(key): value for key, value in row.items()} for row in self.spans.to_dict("records")]

    @property
    def _shown(self) -> list[Mapping[str, Any]]:
        return [row for row in self._rows if self.first and row["item"] == self.first] or self._rows

    @cached_property
    def _cells(self) -> dict[tuple[str, str], list[Mapping[str, Any]]]:
        cells: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
        for row in self._rows:
            cells.setdefault((row["item"], row["group"]), []).append(row)
        return cells

    def quotes(self, spans: Sequence[Mapping[str, Any]], limit: int) -> list[dict[str, Any]]:
        """Return sentences for a page, as plain data, from as many outlets and articles as there are."""
        chosen = spread(spans, limit)
        self._keep_articles(chosen)
        return [self._quote(row) for row in chosen]

    def table(self, *, finding: str, against: bool = False) -> pd.DataFrame:
        """Return every span with its sentence and where it lies, as ``evidence.csv`` holds it."""
        spans = self.spans
        bodies = self._articles["body"]
        articles = self._articles.reindex(spans["article_id"])
        table = pd.DataFrame(
            {
                "finding": finding,
                "speaks": "against" if against else "for",
                "item": spans["item"].to_numpy(),
                "group": spans["group"].to_numpy(),
                "outlet": articles["outlet"].to_numpy(),
                "published": spans["published"].to_numpy(),
                "headline": _column(articles, "headline"),
                "path": _column(articles, "path"),
                "row": _column(articles, "row"),
                "article_id": spans["article_id"].to_numpy(),
                "start": spans["start"].to_numpy(),
                "end": spans["end"].to_numpy(),
            }
        )
        rows = list(spans[["article_id", "start", "end", "from", "until"]].itertuples(index=False, name=None))
        table["span"] = [bodies[key][start:end] for key, start, end, _, _ in rows]
        table["sentence"] = [bodies[key][first:last] for key, _, _, first, last in rows]
        return table

    def keep(self, finding: str, *, against: bool = False) -> None:
        """Leave the spans for ``evidence.csv`` when a report is being made."""
        if page.folder() is not None and len(self):
            page.keep_evidence(slug(finding), self.table(finding=finding, against=against))

    def _quote(self, row: Mapping[str, Any]) -> dict[str, Any]:
        article = self._records[row["article_id"]]
        body: str = article["body"]
        start, end = int(row["start"]), int(row["end"])
        first, last = int(row["from"]), int(row["until"])
        cut = last - first > _LONGEST
        if cut:
            first, last = max(first, start - _LONGEST // 3), min(last, max(end, start + _LONGEST // 2))
        before = ("… " if cut and first > row["from"] else "") + body[first:start]
        after = body[end:last] + (" …" if cut and last < row["until"] else "")
        return {
            "outlet": str(article["outlet"]),
            "date": when(article),
            "headline": str(article.get("headline") or ""),
            "file": file_of(article),
            "where": f"characters {start}–{end}",
            "page": f"{page.page_name(row['article_id'], body)}.html#c{int(row['from'])}",
            "before": " ".join(before.split("\n")),
            "span": " ".join(body[start:end].split("\n")),
            "after": " ".join(after.split("\n")),
            "note": str(row.get("note") or ""),
        }

    def _quote_html(self, quote: Mapping[str, Any]) -> str:
        outlet = named(quote["outlet"], self.colours)
        facts = [quote["date"], quote["headline"], quote["note"], quote["file"], quote["where"]]
        source = " · ".join([outlet, *(escaped(fact) for fact in facts if fact)])
        link = (
            f' · <a href="articles/{escaped(quote["page"])}">open in its article</a>' if page.folder() else ""
        )
        return (
            f"<blockquote>{escaped(quote['before'])}<mark>{escaped(quote['span'])}</mark>"
            f'{escaped(quote["after"])}</blockquote><p class="source">{source}{link}</p>'
        )

    def _keep_articles(self, rows: Sequence[Mapping[str, Any]]) -> None:
        if page.folder() is None:
            return
        for key in sorted({row["article_id"] for row in rows} - self._kept):
            article = self._records[key]
            page.keep_article(
                {
                    "article_id": key,
                    "outlet": str(article["outlet"]),
                    "headline": str(article.get("headline") or ""),
                    "published": when(article),
                    "file": file_of(article),
                    "body": article["body"],
                    "sentences": self._sentence_bounds.get(key, []),
                }
            )
            self._kept.add(key)

    @cached_property
    def _records(self) -> dict[str, dict[Any, Any]]:
        return {str(row["article_id"]): row for row in self._articles.to_dict("records")}

    @cached_property
    def _sentence_bounds(self) -> dict[str, list[list[int]]]:
        if self._sentences is None:
            return {}
        own = self._sentences[self._sentences["article_id"].isin(self._articles.index)]
        grouped = own.groupby("article_id", sort=False)[["start", "end"]]
        return {str(key): bounds.astype(int).to_numpy().tolist() for key, bounds in grouped}


def _require(frame: pd.DataFrame, columns: Sequence[str], what: str) -> None:
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        raise MeasureError(
            f"evidence needs the column {missing[0]!r} in {what}; there are {', '.join(map(str, frame.columns))}"
        )


def _column(frame: pd.DataFrame, name: str) -> Any:
    return frame[name].to_numpy() if name in frame else ""
