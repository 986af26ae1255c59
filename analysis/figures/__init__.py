"""Pictures, tables and sentences that are parts of a page: accessible, self-contained, the same bytes each time.

A report is an `Opening` and some findings. A `Finding` is a claim in words computed from the data, then a picture, its
table, the sentences it counts, and the sentences that speak against it::

    Opening("Two outlets say “war”", standfirst=..., facts=[(40, "articles")], limits=["..."])
    Finding(
        "One outlet says “special operation”",
        lead="46 % of its own-voice labels (32 of 70, interval 35–57).",
        figure=Figure(dots.dots(shares, colours=colours), alt="...", caption="..."),
        table=Table(shares, caption="Labels for the fighting, own voice"),
        evidence=Evidence(labels, articles, sentences, item="label", title="Sentences behind “special operation”"),
        against=Evidence(others, articles, sentences, title="Sentences where it wrote “war”"),
    )

Words passed in are text, never markup. Kinds of pictures live one module each, and each has the function of its name
(``from analysis.figures import dots``, ``dots.dots(...)``); they draw under `style` and return a matplotlib figure.
"""

from analysis.figures.download import Download
from analysis.figures.evidence import Evidence
from analysis.figures.figure import Figure
from analysis.figures.finding import Finding, Opening
from analysis.figures.palette import marks, outlet_colours, style
from analysis.figures.sides import SideBySide
from analysis.figures.table import Table

__all__ = [
    "Download",
    "Evidence",
    "Figure",
    "Finding",
    "Opening",
    "SideBySide",
    "Table",
    "marks",
    "outlet_colours",
    "style",
]
