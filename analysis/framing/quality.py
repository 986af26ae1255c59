"""What the rules of framing were measured at: the numbers that stand beside their results."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import pandas as pd

PRECISE = 0.75  # below three right finds of four an item is a guess, and is left out of reports
FINDS = 5  # and with fewer finds nothing is known of it


def quality(*, items: bool = False) -> pd.DataFrame:
    """Give the measured quality of each indicator.

    Parameters
    ----------
    items : bool, optional
        The items of the schemes of frames instead of the indicators.

    Returns
    -------
    pandas.DataFrame
        ``indicator, item, figure, value, n, on``: which figure, its value, and on how many cases of what; for rules
        measured on our labelled sentences also ``recall``, ``labelled``, ``macro_f1``, and precision and finds on the
        half that the rules were mended on (``working``, ``n_working``). The tests recompute them.

    Examples
    --------
    >>> quality()["figure"].iloc[0]
    'precision'
    """
    table = _read()
    return table.loc[(table["item"] != "") == items].reset_index(drop=True)


@cache
def _read() -> pd.DataFrame:
    with (files("analysis") / "data" / "framing" / "quality.tsv").open(encoding="utf-8") as handle:
        return pd.read_csv(handle, sep="\t", comment="#").fillna({"item": ""})


def trusted() -> tuple[str, ...]:
    """Name the items of frames that are precise enough to be shown.

    Examples
    --------
    >>> "conflict: reproach" in trusted()
    True
    """
    table = quality(items=True)
    finds = table["n"] + table["n_working"]
    right = table["value"].fillna(0) * table["n"] + table["working"].fillna(0) * table["n_working"]
    return tuple(table.loc[(finds >= FINDS) & (right >= PRECISE * finds), "item"])


def measured(indicator: str) -> str:
    """Say in a sentence how precise an indicator was on sentences kept aside, to stand beside its figure.

    Parameters
    ----------
    indicator : str
        As `quality` names it.

    Examples
    --------
    >>> measured("Scare quotes").startswith("On labelled sentences kept aside")
    True
    """
    row = quality().set_index("indicator").loc[indicator]
    return (
        f"On labelled sentences kept aside, {round(row.value * row.n)} of {row.n} finds were right "
        f"(precision {row.value:.2f}) and {100 * row.recall:.0f} % of {row.labelled:.0f} cases were found."
    )
