"""Group the rows of a layer by their own side, and keep rows apart by whose voice they are in."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from analysis.errors import MeasureError, nearest
from analysis.framing.quotation import quotations
from analysis.schemas import conform
from analysis.text.estimates import MINIMUM_ARTICLES, SEED, shares

VOICES = ("own", "quoted", "reported", "all")


def counted(
    rows: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    item: str,
    by: str = "outlet",
    sides: Mapping[str, str] | None = None,
    seed: int = SEED,
    minimum: int = MINIMUM_ARTICLES,
) -> pd.DataFrame:
    """Estimate shares of items by a column of the articles, or by one of the rows, such as the victim's side.

    Parameters
    ----------
    rows : pandas.DataFrame
        A layer with ``article_id`` and the item.
    articles : pandas.DataFrame
        One row an article.
    item : str
        Column of `rows`.
    by : str, optional
        Column that makes the groups: of `articles` where it has it, else of `rows`; rows without a group are then
        left out, and a group's articles are those that have a row of it.
    sides : mapping of str to str, optional
        How to write the groups of rows; the codebook's ``sides``.
    seed, minimum : int, optional
        As in `analysis.text.estimates.shares`.

    Returns
    -------
    pandas.DataFrame
        Estimates, as `analysis.text.estimates.shares` gives them.
    """
    if by in articles or by not in rows:
        return shares(rows, articles, item=item, by=by, seed=seed, minimum=minimum)
    # an article belongs to as many groups as its rows do, so each (article, group) stands as an article of its own
    sided = rows.loc[(rows[by].fillna("") != "") & rows["article_id"].isin(articles["article_id"])]
    written = sided[by].map(lambda name: (sides or {}).get(name, name))
    pairs = sided["article_id"].astype(str) + " " + sided[by].astype(str)
    sided = sided.assign(article_id=pairs, **{by: written})
    holding = sided[["article_id", by]].drop_duplicates()
    if holding.empty:
        return conform([], "estimates").to_pandas().assign(n_articles=pd.Series(dtype="int64"))
    return shares(sided.drop(columns=by), holding, item=item, by=by, seed=seed, minimum=minimum)


def in_voice(rows: pd.DataFrame, voice: str) -> pd.DataFrame:
    """Keep the rows of one voice: "own", "quoted", "reported", or "all".

    Raises
    ------
    MeasureError
        When there is no such voice.
    """
    if voice not in VOICES:
        raise MeasureError(f"voice is {voice!r}{nearest(voice, VOICES)}")
    return rows if voice == "all" else rows.loc[rows["voice"] == voice]


def with_voice(rows: pd.DataFrame, articles: pd.DataFrame, statements: pd.DataFrame) -> pd.DataFrame:
    """Say of spans whose voice they are in, from the statements layer and the quotation marks of the body.

    Parameters
    ----------
    rows : pandas.DataFrame
        Spans: ``article_id``, ``start``, ``end``.
    articles : pandas.DataFrame
        ``article_id`` and ``body``.
    statements : pandas.DataFrame
        The statements layer.

    Returns
    -------
    pandas.DataFrame
        The rows with ``voice``: "quoted" in quotation marks or a direct statement, "reported" in another statement,
        else "own".
    """
    bodies = dict(zip(articles["article_id"], articles["body"], strict=True))
    told = dict(iter(statements.groupby("article_id"))) if len(statements) else {}
    holders = {
        article: _holder(str(bodies.get(article, "")), told.get(article))
        for article in rows["article_id"].unique()
    }
    voices = [
        holders[article](int(start), int(end))
        for article, start, end in zip(rows["article_id"], rows["start"], rows["end"], strict=True)
    ]
    return rows.assign(voice=pd.Series(voices, index=rows.index, dtype=str))


def _holder(body: str, statements: pd.DataFrame | None) -> Callable[[int, int], str]:
    """Give the voice of a span in one article."""
    marked = [(quote.start, quote.end) for quote in quotations(body)]
    direct = list(marked)
    other: list[tuple[int, int]] = []
    if statements is not None:
        for start, end, form in zip(statements["start"], statements["end"], statements["form"], strict=True):
            (direct if form == "direct" else other).append((int(start), int(end)))

    def voice(start: int, end: int) -> str:
        if any(low <= start and end <= high for low, high in direct):
            return "quoted"
        return "reported" if any(low <= start and end <= high for low, high in other) else "own"

    return voice
