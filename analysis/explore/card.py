"""The corpus at a glance: outlets, period, articles, what was set aside, what was annotated."""

from __future__ import annotations

from analysis.corpus.corpus import Corpus
from analysis.corpus.overview import period
from analysis.explore.markup import facts, styled
from analysis.explore.tables import plain_html
from analysis.figures.escape import escaped
from analysis.figures.palette import dot, outlet_colours


class Card:
    """A short card of a corpus; shows itself in a notebook."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus

    def __repr__(self) -> str:
        return repr(self._corpus)

    def _repr_html_(self) -> str:
        corpus = self._corpus
        sizes: list[tuple[object, str]] = [
            (len(corpus), "article" if len(corpus) == 1 else "articles"),
            (len(corpus.outlets), "outlet" if len(corpus.outlets) == 1 else "outlets"),
            (len(corpus.set_aside), "set aside"),
        ]
        if "n_words" in corpus.articles:
            sizes.insert(2, (int(corpus.articles["n_words"].sum()), "words"))
        if "n_lines_removed" in corpus.articles:
            sizes.append((int(corpus.articles["n_lines_removed"].sum()), "lines removed"))
        dated = f"published {period(corpus.articles)}" if "published" in corpus.articles else ""
        colours = outlet_colours(corpus.all_outlets)
        key = " ".join(f"<span>{dot(name, colours)} {escaped(name)}</span>" for name in corpus.outlets[:12])
        settings = corpus.settings
        made = (
            f"annotated with {settings.get('model', 'a language model')}, codebook {settings.get('codebook', '')}"
            if settings
            else "read, not annotated"
        )
        notes = "".join(f'<p class="px-note">{escaped(note)}</p>' for note in corpus.notes)
        table = corpus.card() if {"n_words", "published", "n_lines_removed"} <= set(corpus.articles) else None
        return styled(
            f"<p><b>{escaped(corpus.source or 'corpus')}</b> {escaped(dated)}</p>{facts(sizes)}"
            f'<div class="px-bar">{key}</div>'
            f"{plain_html(table) if table is not None else ''}"
            f'<p class="px-note">{escaped(made)}{"" if corpus.complete else "; the run was interrupted: not all articles are here"}</p>{notes}'
        )
