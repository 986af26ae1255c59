"""Reading articles a few hundred at a time, from whatever holds them, so that memory does not grow with the corpus."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pandas as pd
import polars as pl

from analysis.errors import MeasureError, nearest

#: What a measure takes as its articles: a frame in memory, a lazy frame over a store, or the paths of its shards.
Articles = pd.DataFrame | pl.DataFrame | pl.LazyFrame | str | Path | Sequence[str | Path]

# 400 news articles are about 2.5 MB of text: large enough for polars, small enough for flat memory.
BATCH = 400
# rows of a file read at a time: a row group of most stores
_READ = 1000


def batches(articles: Articles, columns: Sequence[str], *, size: int = BATCH) -> Iterator[pl.DataFrame]:
    """Yield some columns of the articles, a batch of rows after the other.

    Parameters
    ----------
    articles : Articles
        A pandas or polars frame, a lazy frame, or one or more paths of Parquet files.
    columns : sequence of str
        The columns wanted; ``article_id`` becomes text, and a missing ``body`` an empty one.
    size : int, optional
        Rows of a batch.

    Yields
    ------
    polars.DataFrame
        At most `size` rows, in the order of the input.

    Raises
    ------
    MeasureError
        When a column is absent.

    Examples
    --------
    >>> frame = pd.DataFrame({"article_id": ["a", "b", "c"], "body": ["One.", None, "Three."]})
    >>> [batch["body"].to_list() for batch in batches(frame, ["article_id", "body"], size=2)]
    [['One.', ''], ['Three.']]
    """
    names = list(dict.fromkeys(columns))
    if not isinstance(articles, pd.DataFrame | pl.DataFrame | pl.LazyFrame):
        for path in [articles] if isinstance(articles, str | Path) else articles:
            yield from _shard(pl.scan_parquet(str(path)), names, size)
        return
    _check(
        articles.collect_schema().names() if isinstance(articles, pl.LazyFrame) else articles.columns, names
    )
    if isinstance(articles, pl.LazyFrame):
        for chunk in articles.select(names).collect_batches(chunk_size=size):
            yield from (_clean(part) for part in chunk.iter_slices(size))
    elif isinstance(articles, pl.DataFrame):
        yield from (_clean(part) for part in articles.select(names).iter_slices(size))
    else:
        for start in range(0, len(articles), size):
            yield _clean(
                pl.from_pandas(articles.iloc[start : start + size].loc[:, names], include_index=False)
            )


def _shard(shard: pl.LazyFrame, names: list[str], size: int) -> Iterator[pl.DataFrame]:
    """Read one file a stretch of rows at a time, because reading it as a stream fetches far ahead."""
    _check(shard.collect_schema().names(), names)
    rows = shard.select(pl.len()).collect().item()
    for start in range(0, rows, _READ):
        part = shard.select(names).slice(start, _READ).collect()
        yield from (_clean(piece) for piece in part.iter_slices(size))


def _check(present: Iterable[object], names: list[str]) -> None:
    known = list(map(str, present))
    for name in names:
        if name not in known:
            raise MeasureError(f"articles have no column {name!r}{nearest(name, known)}")


def _clean(frame: pl.DataFrame) -> pl.DataFrame:
    expressions = []
    if "article_id" in frame.columns:
        expressions.append(pl.col("article_id").cast(pl.String))
    if "body" in frame.columns:
        expressions.append(pl.col("body").cast(pl.String).fill_null(""))
    return frame.with_columns(expressions)


def group_names(column: pl.Series) -> pl.Series:
    """Write the values of a grouping column as text, missing ones as "unknown"."""
    return column.cast(pl.String).fill_null("unknown")
