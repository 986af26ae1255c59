"""One article to read, with its layers switched on and off and the removed lines where they stood."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pandas as pd

from analysis.corpus.corpus import Corpus
from analysis.errors import StoreError
from analysis.explore.markup import origin, styled
from analysis.figures.escape import escaped

#: Layer by the name of its switch, and the column that says what a span is.
LAYERS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "actors": ("mentions", ("actor", "role")),
    "places": ("places", ("place", "precision")),
    "statements": ("statements", ("source", "cue", "form")),
    "labels": ("labels", ("concept", "label", "voice")),
    "harms": ("harms", ("event", "voice")),
    "quantities": ("quantities", ("counted", "claimant")),
}
_ON = ("actors", "places", "statements", "labels")


class Article:
    """One article: `body`, `facts`, `layer(name)`; shows itself as a page with switches.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Harbour Gazette"], "body": ["The bridge <fell>."]})
    >>> article = Article(Corpus(articles, pd.DataFrame()), "a")
    >>> "&lt;fell&gt;" in article._repr_html_()
    True
    """

    def __init__(self, corpus: Corpus, article_id: str) -> None:
        self.body = corpus.body(article_id)
        self.article_id = article_id
        self._corpus = corpus
        row = corpus.articles.loc[corpus.articles["article_id"] == article_id].iloc[0]
        self.facts: dict[str, Any] = {str(name): value for name, value in row.drop("body").items()}

    def layer(self, name: str) -> pd.DataFrame:
        """Give the rows of a layer that lie in this article; none where the corpus was not annotated."""
        try:
            rows = self._corpus.layer(name)
        except StoreError:
            return pd.DataFrame(columns=["article_id", "start", "end"])
        return rows[rows["article_id"] == self.article_id]

    def __repr__(self) -> str:
        return (
            f"Article({self.article_id!r}, {self.facts.get('outlet')!r}: {self.facts.get('headline', '')!r})"
        )

    def _repr_html_(self) -> str:
        spans = {name: self._spans(name) for name in LAYERS}
        switches = "".join(
            f'<label><input type="checkbox" class="on-{name}"{" checked" if name in _ON else ""}>'
            f'<span class="px-key {name}"></span>{name} ({len(rows)})</label>'
            for name, rows in spans.items()
            if rows
        )
        lines = self.layer("lines")
        removed = int((~lines["kept"].astype(bool)).sum()) if "kept" in lines else 0
        if removed:
            switches += (
                '<label><input type="checkbox" class="on-removed"><span class="px-key removed"></span>'
                f"removed lines ({removed})</label>"
            )
        return styled(
            f'<p class="px-source">{origin(self.facts)}</p><div class="px-bar">{switches}</div>'
            f'<div class="text">{self._text(lines, spans)}</div>',
            kind="px-reader",
        )

    def _spans(self, name: str) -> list[tuple[int, int, str, str]]:
        layer, columns = LAYERS[name]
        rows = self.layer(layer)
        known = [column for column in columns if column in rows]
        found = []
        for row in rows.to_dict("records"):
            words = [str(row[column]) for column in known if isinstance(row[column], str) and row[column]]
            found.append((int(row["start"]), int(row["end"]), name, f"{name}: {', '.join(words)}"))
        return found

    def _text(self, lines: pd.DataFrame, spans: Mapping[str, list[tuple[int, int, str, str]]]) -> str:
        every = [span for rows in spans.values() for span in rows]
        if "line" not in lines or lines.empty:
            return self._lines_of_body(every)
        shown = []
        for line in lines.sort_values("line").to_dict("records"):
            if line["kept"] and not pd.isna(line["start"]):
                shown.append(f"<p>{_cut(self.body, int(line['start']), int(line['end']), every)}</p>")
            elif not line["kept"]:
                why = escaped(f"{line['kind']}: {line['reason']}")
                shown.append(f'<p class="removed" title="{why}">{escaped(line["text"])} <i>({why})</i></p>')
        return "".join(shown)

    def _lines_of_body(self, spans: list[tuple[int, int, str, str]]) -> str:
        shown, start = [], 0
        for line in self.body.split("\n"):
            shown.append(f"<p>{_cut(self.body, start, start + len(line), spans)}</p>")
            start += len(line) + 1
        return "".join(shown)


def _cut(body: str, start: int, end: int, spans: list[tuple[int, int, str, str]]) -> str:
    """Cut a stretch wherever a span begins or ends: spans may overlap, elements may not."""
    here = [span for span in spans if span[0] < end and span[1] > start]
    edges = sorted({start, end, *(edge for span in here for edge in span[:2] if start < edge < end)})
    pieces = []
    for first, last in pairwise(edges):
        over = [span for span in here if span[0] <= first and span[1] >= last]
        text = escaped(body[first:last])
        if over:
            classes = " ".join(sorted({span[2] for span in over}))
            title = escaped("; ".join(dict.fromkeys(span[3] for span in over)))
            pieces.append(f'<span class="{classes}" title="{title}">{text}</span>')
        else:
            pieces.append(text)
    return "".join(pieces)
