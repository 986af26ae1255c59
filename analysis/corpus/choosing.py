"""Which articles of a corpus are meant by outlets, kinds and days."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date

import pandas as pd

from analysis.errors import ReadingError, nearest


def chosen(
    articles: pd.DataFrame,
    *,
    outlets: str | Collection[str] = (),
    since: str | date = "",
    until: str | date = "",
    kinds: str | Collection[str] = (),
    where: Callable[[pd.DataFrame], pd.Series[bool]] | None = None,
) -> pd.Series[bool]:
    """Say of each article whether it is chosen; the parameters are those of `Corpus.select`.

    Examples
    --------
    >>> articles = pd.DataFrame({"outlet": ["Hill Post", "Quay Star"], "kind": "original",
    ...     "published": pd.to_datetime(["2024-08-19", None]), "published_until": pd.NaT})
    >>> chosen(articles, outlets="Quay Star").tolist(), chosen(articles, since="2024-08-01").tolist()
    ([False, True], [True, False])
    """
    keep = pd.Series(True, index=articles.index)
    for column, asked in (("outlet", outlets), ("kind", kinds)):
        wanted = [asked] if isinstance(asked, str) and asked else list(asked)
        if wanted:
            known = sorted(articles[column].dropna().unique())
            for value in wanted:
                if value not in known:
                    raise ReadingError(f"no article has {column} {value!r}{nearest(value, known)}")
            keep &= articles[column].isin(wanted)
    published = pd.to_datetime(articles["published"])
    if since:
        keep &= published >= _day(since, "since")
    if until:
        last = pd.to_datetime(articles["published_until"]).fillna(published)
        keep &= last <= _day(until, "until")
    if where is not None:
        keep &= where(articles)
    return keep


def _day(value: str | date, name: str) -> pd.Timestamp:
    try:
        return pd.Timestamp(value)
    except ValueError as error:
        raise ReadingError(f"{name}={value!r} is not a day; write it as 2024-08-19") from error
