"""What a picture shows, in words for a reader who does not see it."""

from __future__ import annotations

import pandas as pd


def described(estimates: pd.DataFrame, what: str, *, items: int = 4) -> str:
    """Write the alternative text of a picture from the numbers it draws.

    Parameters
    ----------
    estimates : pandas.DataFrame
        ``group item k n share`` in the order drawn.
    what : str
        The kind of picture and its subject: "Dot plot of actors by outlet, with 95 percent intervals".
    items : int, optional
        Items that are spelled out; the table beside the picture holds all.

    Returns
    -------
    str

    Examples
    --------
    >>> frame = pd.DataFrame({"group": ["Harbour Gazette", "Continental Wire"], "item": ["war", "war"],
    ...                       "k": [4, 1], "n": [10, 10], "share": [0.4, 0.1]})
    >>> described(frame, "Dot plot of labels by outlet")
    'Dot plot of labels by outlet. war: Harbour Gazette 40 percent, 4 of 10; Continental Wire 10 percent, 1 of 10.'
    """
    parts = []
    names = list(dict.fromkeys(estimates["item"].astype(str)))
    for name in names[:items]:
        rows = estimates[(estimates["item"].astype(str) == name) & (estimates["n"] > 0)]
        values = [
            f"{row['group']} {100 * row['share']:.0f} percent, {row['k']:.0f} of {row['n']:.0f}"
            for row in rows.to_dict("records")
        ]
        parts.append(f"{name}: {'; '.join(values)}." if values else f"{name}: no cases.")
    rest = len(names) - items
    more = f" {rest} more in the table." if rest > 0 else ""
    return f"{what}. {' '.join(parts)}{more}" if parts else f"{what}: nothing to draw."


def ties(table: pd.DataFrame, what: str, *, limit: int = 6) -> str:
    """Write the alternative text of a matrix or network: its strongest ties."""
    rows = [f"{row.source} and {row.target} {row.k}" for row in table.head(limit).itertuples()]
    return f"{what}. {'; '.join(rows)}." if rows else f"{what}: no ties."


def agency(table: pd.DataFrame, what: str, *, limit: int = 6) -> str:
    """Write the alternative text of a scatter of agency: the actors with most actions, as doers and as targets."""
    rows = table.assign(both=table["k_acts"] + table["k_undergoes"])
    rows = rows.sort_values(["both", "group", "item"], ascending=[False, True, True]).head(limit)
    told = [
        f"{row.item} in {row.group} acts in {row.k_acts} and is acted upon in {row.k_undergoes} of {row.n}"
        for row in rows.itertuples()
    ]
    return f"{what}. {'; '.join(told)}." if told else f"{what}: no actions."
