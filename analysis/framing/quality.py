"""What the rules of framing were measured at: the numbers that stand beside their results."""

from __future__ import annotations

from importlib.resources import files

import pandas as pd


def quality() -> pd.DataFrame:
    """Give the measured quality of each indicator.

    Returns
    -------
    pandas.DataFrame
        ``indicator, figure, value, n, on``: which figure, its value, and on how many labelled cases of what. The
        tests recompute them from the project's labelled sentences.

    Examples
    --------
    >>> quality()["figure"].iloc[0]
    'share right'
    """
    with (files("analysis") / "data" / "framing" / "quality.tsv").open(encoding="utf-8") as handle:
        return pd.read_csv(handle, sep="\t", comment="#")
