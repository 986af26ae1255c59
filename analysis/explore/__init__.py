"""Exploring in JupyterLab: verbs on a corpus, tables that sort, articles to read, panels to click, export.

Most of it is reached from a corpus: ``corpus.concordance("withdr*")``, ``corpus.actors("Zelensky").statements()``,
``corpus.places.map()``, ``corpus.compare("A", "B")``, ``corpus.explore("keyness")``, ``corpus.export("out")``.
"""

from analysis.explore import accessors
from analysis.explore.card import Card
from analysis.explore.compare import Comparison
from analysis.explore.display import rich_tables
from analysis.explore.reader import Article
from analysis.explore.sentences import with_sentences
from analysis.explore.tables import Rows, table_html

__all__ = [
    "Article",
    "Card",
    "Comparison",
    "Rows",
    "accessors",
    "rich_tables",
    "table_html",
    "with_sentences",
]
