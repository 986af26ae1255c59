"""Peak memory of word measures, read from Parquet, over a corpus and over ten times as many articles."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

ARTICLES = 5000
TIMES = (1, 10)
Files = dict[int, Path]


def prepare(articles: pl.DataFrame) -> Files:
    """Write the articles once, and over and over under new ids."""
    import analysis.text.concordance
    import analysis.text.dispersion
    import analysis.text.keyness
    import analysis.text.similarity  # noqa: F401  imports are not what is measured

    half = pl.when(pl.int_range(pl.len()) % 2 == 0).then(pl.lit("A")).otherwise(pl.lit("B"))
    frame = articles.select(pl.col("article_id").cast(pl.String), "body", outlet=half)
    files = {}
    for times in TIMES:
        files[times] = Path(tempfile.gettempdir()) / f"memory-{len(frame)}-{times}.parquet"
        if not files[times].is_file():
            copies = (frame.with_columns(pl.col("article_id") + f"-{copy}") for copy in range(times))
            pl.concat(copies).write_parquet(files[times], row_group_size=1000)
    return files


def frequencies(path: Path, _: int) -> Any:
    from analysis.text.frequencies import frequencies

    return frequencies(path)


def dispersion(path: Path, times: int) -> Any:
    from analysis.text.dispersion import dispersion

    # the same words in both sizes
    return dispersion(path, minimum=5 * times)


def keyness(path: Path, times: int) -> Any:
    from analysis.text.keyness import keyness

    # the same words in both sizes
    return keyness(path, target="A", reference="B", minimum_documents=3 * times)


def similarity(path: Path, times: int) -> Any:
    from analysis.text.similarity import similarity

    return similarity(path, minimum_documents=3 * times)


def concordance(path: Path, _: int) -> Any:
    from analysis.text.concordance import concordance

    return concordance(path, '"red lines"')


def measure(files: Files, *, function: Callable[[Path, int], Any], times: int) -> str:
    return f"{len(function(files[times], times))} rows"


CONTENDERS = {
    f"{function.__name__}, {times} ×": partial(measure, function=function, times=times)
    for function in (frequencies, dispersion, keyness, similarity, concordance)
    for times in TIMES
}
