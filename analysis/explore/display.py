"""Every frame of a notebook as a sortable table."""

from __future__ import annotations

import pandas as pd

from analysis.errors import AnalysisError
from analysis.explore.tables import table_html


def rich_tables(on: bool = True) -> None:
    """Show every pandas frame in this notebook as a table to sort, search and page through, or stop doing so.

    Parameters
    ----------
    on : bool, optional
        False gives pandas' own display back.

    Raises
    ------
    AnalysisError
        Outside a notebook.
    """
    from IPython.core.getipython import get_ipython

    shell = get_ipython()
    if shell is None or shell.display_formatter is None:
        raise AnalysisError("rich_tables() works in a notebook; elsewhere use table_html(frame)")
    formatter = shell.display_formatter.formatters["text/html"]
    if on:
        formatter.for_type(pd.DataFrame, table_html)
    elif pd.DataFrame in formatter.type_printers:
        formatter.pop(pd.DataFrame)
