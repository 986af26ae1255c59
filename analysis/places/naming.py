"""Which name an outlet chooses for a place that has several: Kyiv or Kiev, Derry or Londonderry."""

from __future__ import annotations

from functools import cache

import pandas as pd

from analysis.places.gazetteer import key_of
from analysis.places.lexicon import DATA, read_rows
from analysis.places.measures import with_groups


@cache
def _forms() -> dict[str, list[tuple[str, str, str, str]]]:
    """Index the table of contested names by folded form: pair, country, form, tradition."""
    forms: dict[str, list[tuple[str, str, str, str]]] = {}
    for row in read_rows(DATA / "contested.csv"):
        entry = (row["pair"], row["country"], row["form"], row["tradition"])
        forms.setdefault(key_of(row["form"]), []).append(entry)
    return forms


def contested_names() -> pd.DataFrame:
    """Show the table of contested names.

    Returns
    -------
    pandas.DataFrame
        ``pair, country, form, tradition, source``: one row a form. It is data, not a judgement: change it in
        ``analysis/data/gazetteer/contested.csv``.

    Examples
    --------
    >>> table = contested_names()
    >>> table[table["pair"] == "Derry"]["form"].to_list()
    ['Derry', 'Londonderry']
    """
    return pd.DataFrame(read_rows(DATA / "contested.csv"))


def naming(places: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet") -> pd.DataFrame:
    """Count which of its names each outlet uses for a place.

    All uses count, also quoted ones and names that stand for a government; ``n_quoted`` says how many stand inside
    quotation marks, where the word is a source's rather than the outlet's.

    Parameters
    ----------
    places : pandas.DataFrame
        The ``places`` layer.
    articles : pandas.DataFrame
        With ``article_id`` and the `by` column.
    by : str
        Column of `articles` that makes the groups.

    Returns
    -------
    pandas.DataFrame
        ``place, form, tradition, group, k, n, share, n_quoted, n_articles``: of *n* mentions of the place in the group,
        *k* use this form. Only places for which the corpus uses, or could have used, a second form; places by *n*
        over all groups. A share of few mentions is no house style: read it with `n_articles`.

    Raises
    ------
    MeasureError
        When the column is absent.

    Examples
    --------
    >>> from analysis.places import annotate_text
    >>> rows = [{"article_id": "a", "outlet": "Harbour Gazette", "body": "Shells fell on Kiev. Kiev was dark."}]
    >>> naming(annotate_text(rows).to_pandas(), pd.DataFrame(rows))[["place", "form", "k", "n"]]
      place  form  k  n
    0  Kyiv  Kiev  2  2
    """
    forms = _forms()
    rows = []
    for row in places[places["kind"] != "demonym"].itertuples():
        for pair, country, form, tradition in forms.get(key_of(str(row.surface)), []):
            if not country or country == row.country:
                rows.append((row.article_id, pair, form, tradition, bool(row.quoted)))
    used = pd.DataFrame(rows, columns=["article_id", "place", "form", "tradition", "quoted"])
    used = with_groups(used, articles, by=by)
    table = used.groupby(["place", "form", "tradition", "group"], as_index=False).agg(
        k=("quoted", "size"), n_quoted=("quoted", "sum"), n_articles=("article_id", "nunique")
    )
    totals = table.groupby(["place", "group"])["k"].sum().rename("n").reset_index()
    table = table.merge(totals, on=["place", "group"]).assign(share=lambda frame: frame["k"] / frame["n"])
    overall = table.groupby("place")["k"].sum()
    table = table.assign(_size=table["place"].map(overall))
    order = ["_size", "place", "form", "group"]
    table = table.sort_values(order, ascending=[False, True, True, True], ignore_index=True)
    return table[["place", "form", "tradition", "group", "k", "n", "share", "n_quoted", "n_articles"]]
