"""Parquet tables: one article a row, read batch by batch."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.corpus.reading.model import File, Options, SetAside, Source
from analysis.corpus.reading.rows import Row, articles_of

SUFFIXES = (".parquet", ".pq")

_BATCH = 512


def read(file: File, options: Options) -> Iterator[Source | SetAside]:
    """Read a Parquet table.

    Parameters
    ----------
    file : File
        The table.
    options : Options
        Limits, and the columns the user chose.

    Yields
    ------
    Source or SetAside
    """
    import pyarrow as pa
    from pyarrow import parquet

    if not file.size:
        yield SetAside(file.path, None, "empty", "the file has no bytes")
        return
    with file.open() as handle:
        try:
            table = parquet.ParquetFile(handle)
        except (pa.ArrowException, OSError) as error:
            yield SetAside(file.path, None, "unreadable", f"not a Parquet table: {error}")
            return
        header = [str(name) for name in table.schema_arrow.names]

        def rows() -> Iterator[Row]:
            for batch in table.iter_batches(batch_size=_BATCH):
                yield from batch.to_pylist()

        yield from articles_of(rows(), header, file=file, options=options)
