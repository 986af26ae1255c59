"""What stories a corpus holds: their title, time, place and actors, and which outlets cover them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.errors import MeasureError
from analysis.stories.prominence import actors_of, places_of

_TITLE_WORDS = 14


def describe(
    articles: pd.DataFrame,
    links: pd.DataFrame,
    *,
    mentions: pd.DataFrame | None = None,
    places: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Describe each story of a corpus.

    Parameters
    ----------
    articles : pandas.DataFrame
        The articles table.
    links : pandas.DataFrame
        As `analysis.stories.link` gives it for these articles.
    mentions, places : pandas.DataFrame, optional
        Layers of these articles; without them the columns of their names stay empty.

    Returns
    -------
    pandas.DataFrame
        One row a story, the widest covered first: ``story``, ``title`` (headline of the article that resembles the
        others most), ``first`` and ``last`` day of publication (of articles dated to the day), ``n_articles``, ``n_outlets``, ``outlets``,
        ``place`` and ``actors`` (of which half of its articles make much, see `analysis.stories.prominence`; empty
        where nothing stands out).
    """
    joined = _joined(articles, links)
    where = places_of(joined, places) if places is not None else {}
    who = actors_of(joined, mentions) if mentions is not None else {}
    rows: list[dict[str, Any]] = []
    for story, group in joined.groupby("story", sort=True):
        outlets = sorted(group["outlet"].unique())
        dated = exact_days(group).dropna()
        rows.append(
            {
                "story": story,
                "title": title_of(group),
                "first": dated.min() if len(dated) else pd.NaT,
                "last": dated.max() if len(dated) else pd.NaT,
                "n_articles": len(group),
                "n_outlets": len(outlets),
                "outlets": ", ".join(outlets),
                "place": where.get(str(story), ""),
                "actors": ", ".join(who.get(str(story), [])),
            }
        )
    columns = "story title first last n_articles n_outlets outlets place actors"
    found = pd.DataFrame(rows, columns=columns.split())
    return found.sort_values(
        ["n_outlets", "n_articles", "first", "story"], ascending=[False, False, True, True], ignore_index=True
    )


def exact_days(articles: pd.DataFrame) -> pd.Series:
    """Give the day of publication where it is known to the day, else nothing."""
    first = pd.to_datetime(articles["published"], errors="coerce")
    if "published_until" not in articles.columns:
        return first
    last = pd.to_datetime(articles["published_until"], errors="coerce")
    return first.where(last.isna() | (first == last))


def coverage(articles: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """Count the articles of each outlet on each story.

    Parameters
    ----------
    articles, links : pandas.DataFrame
        As for `describe`.

    Returns
    -------
    pandas.DataFrame
        ``story``, ``outlet``, ``k`` (articles on it), ``n`` (articles of the outlet), ``share``, ``first_day`` (day
        of its first article); a row also where an outlet has none.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["Hill Post", "Quay Star"],
    ...     "published": pd.to_datetime(["2024-08-19", "2024-08-21"])})
    >>> links = pd.DataFrame({"article_id": ["a", "b"], "story": ["s1", "s2"]})
    >>> coverage(articles, links)[["story", "outlet", "k", "n"]]
      story     outlet  k  n
    0    s1  Hill Post  1  1
    1    s1  Quay Star  0  1
    2    s2  Hill Post  0  1
    3    s2  Quay Star  1  1
    """
    joined = _joined(articles, links)
    size = joined.groupby("outlet").size()
    count = joined.groupby(["story", "outlet"]).size()
    every = pd.MultiIndex.from_product(
        [sorted(joined["story"].unique()), sorted(size.index)], names=["story", "outlet"]
    )
    days = joined.assign(day=exact_days(joined))
    first = days.groupby(["story", "outlet"])["day"].min()
    found = pd.DataFrame(
        {"k": count.reindex(every, fill_value=0), "first_day": first.reindex(every)}
    ).reset_index()
    found["n"] = found["outlet"].map(size)
    found["share"] = found["k"] / found["n"]
    return found[["story", "outlet", "k", "n", "share", "first_day"]]


def title_of(group: pd.DataFrame) -> str:
    """Name a story by the headline of its most central article, or by first words where none has a headline."""
    ranked = group.assign(
        _day=pd.to_datetime(group["published"], errors="coerce"), _central=group["belongs"].fillna(0.0)
    ).sort_values(["_central", "_day", "article_id"], ascending=[False, True, True])
    headed = ranked[ranked["headline"].fillna("").str.strip() != ""]
    if len(headed):
        return str(headed["headline"].iloc[0]).strip()
    words = str(ranked["body"].iloc[0]).split()
    return " ".join(words[:_TITLE_WORDS]) + (" …" if len(words) > _TITLE_WORDS else "")


def _joined(articles: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    for column in ("article_id", "story"):
        if column not in links.columns:
            raise MeasureError(f"links have no column {column!r}; take them from analysis.stories.link")
    wanted = [column for column in ("article_id", "story", "belongs") if column in links.columns]
    joined = articles.merge(links[wanted], on="article_id", how="inner", validate="one_to_one")
    return joined if "belongs" in joined.columns else joined.assign(belongs=float("nan"))
