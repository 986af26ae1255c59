"""The parts of a report: its opening, and findings, each in the same order: claim, picture, table, sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from analysis.errors import MeasureError
from analysis.figures import page
from analysis.figures.escape import escaped, slug, visible
from analysis.figures.evidence import Evidence
from analysis.figures.figure import Figure
from analysis.figures.table import Table

_OPEN_ROWS = 7
"""Rows up to which the table behind a picture stands open."""


@dataclass(frozen=True)
class Opening:
    """The head of a report: a title made from the data, the size of the corpus, and what can and can't be said.

    Parameters
    ----------
    title : str
        What the report found, in words; it becomes the page's one h1.
    standfirst : str
        A sentence on what was compared and when.
    facts : sequence of (number, words)
        Two to four sizes: ``[(148, "articles in four outlets")]``.
    limits : sequence of str
        What this can and can't say, with this corpus.

    Examples
    --------
    >>> Opening("Two outlets say “war”", facts=[(40, "articles")], limits=["Too few to compare."])
    Two outlets say “war”
    40 articles
    - Too few to compare.
    """

    title: str
    standfirst: str = field(kw_only=True, default="")
    facts: Sequence[tuple[object, str]] = field(kw_only=True, default=())
    limits: Sequence[str] = field(kw_only=True, default=())

    def __repr__(self) -> str:
        facts = [f"{number} {words}" for number, words in self.facts]
        limits = [f"- {limit}" for limit in self.limits]
        return visible("\n".join(part for part in [self.title, self.standfirst, *facts, *limits] if part))

    def html(self) -> str:
        """Return the opening as markup, without the page's style."""
        facts = "".join(
            f"<div><dt>{escaped(words)}</dt><dd>{_count(number)}</dd></div>" for number, words in self.facts
        )
        limits = "".join(f"<li>{escaped(limit)}</li>" for limit in self.limits)
        parts = [
            f'<header class="opening"><h1>{escaped(self.title)}</h1>',
            f'<p class="standfirst">{escaped(self.standfirst)}</p>' if self.standfirst else "",
            "</header>",
            f'<dl class="facts">{facts}</dl>' if facts else "",
            '<section class="limits" aria-labelledby="limits"><h2 id="limits">What this can and can’t say</h2>'
            f"<ul>{limits}</ul></section>"
            if limits
            else "",
        ]
        return "".join(parts)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return page.bundle(self.html(), repr(self))


@dataclass(frozen=True)
class Finding:
    """One finding: a claim, and all that carries it.

    Parameters
    ----------
    claim : str
        The finding in words computed from the data; it becomes the section's heading.
    lead : str
        The numbers in a sentence or two: share, k of n, interval; what is too few to compare.
    figure : Figure, optional
        The picture.
    table : Table, optional
        Its numbers; cells open the sentences of ``evidence`` where that has an item column.
    evidence : Evidence or sequence of Evidence, optional
        The sentences counted.
    against : Evidence, optional
        Sentences that speak against the claim.
    note : str
        How it was counted, in small print.

    Examples
    --------
    >>> Finding("Bridges fall", lead="One of two did.")
    Finding: Bridges fall
    One of two did.
    """

    claim: str
    lead: str = field(kw_only=True, default="")
    figure: Figure | None = field(kw_only=True, default=None)
    table: Table | None = field(kw_only=True, default=None)
    evidence: Evidence | Sequence[Evidence] | None = field(kw_only=True, default=None)
    against: Evidence | None = field(kw_only=True, default=None)
    note: str = field(kw_only=True, default="")

    def __post_init__(self) -> None:
        if not self.claim.strip():
            raise MeasureError("a finding needs a claim in words")

    def __repr__(self) -> str:
        parts = [self.lead, self.figure, self.table, *self._folds(), self.against, self.note]
        shown = [f"Finding: {self.claim}", *(str(part) for part in parts if part is not None and str(part))]
        return visible("\n".join(shown))

    def html(self) -> str:
        """Return the finding as a section, without the page's style."""
        table = self._table()
        anchor = slug(self.claim)
        against = self.against.html() if self.against is not None else ""
        parts = [
            f'<section class="finding" aria-labelledby="{anchor}"><h2 id="{anchor}">{escaped(self.claim)}</h2>',
            f'<p class="lead">{escaped(self.lead)}</p>' if self.lead else "",
            self.figure.html() if self.figure else "",
            self._numbers(table) if table else "",
            f'<p class="note">{escaped(self.note)}</p>' if self.note else "",
            *(fold.html(opened=i == 0) for i, fold in enumerate(self._folds())),
            against.replace('class="evidence"', 'class="evidence against"', 1),
            "</section>",
        ]
        return "".join(parts)

    def _numbers(self, table: Table) -> str:
        """Return the table; behind a picture that says the same, a long one is folded so that the page stays short."""
        if self.figure is None or table.folded or table.rows <= _OPEN_ROWS:
            return table.html()
        size = f'<span class="size">· {table.rows} rows</span>'
        return f'<details class="numbers"><summary>The numbers {size}</summary>{table.html()}</details>'

    def _folds(self) -> list[Evidence]:
        if self.evidence is None:
            return []
        return [self.evidence] if isinstance(self.evidence, Evidence) else list(self.evidence)

    def _table(self) -> Table | None:
        folds = self._folds()
        return self.table.opening(folds[0] if folds else None) if self.table is not None else None

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Mapping[str, Any]:
        table = self._table()
        if table is not None:
            table.keep()
        for fold in self._folds():
            fold.keep(self.claim)
        if self.against is not None:
            self.against.keep(self.claim, against=True)
        return page.bundle(self.html(), repr(self), table.sentences() if table is not None else None)


def _count(number: object) -> str:
    return f"{number:,}" if isinstance(number, int) else escaped(number)
