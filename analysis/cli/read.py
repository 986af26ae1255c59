"""``analysis read``: articles into a store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from analysis.cli.shared import (
    CodebookOption,
    EngineOption,
    Source,
    StoreOption,
    progress_bar,
    say_what_was_read,
)

if TYPE_CHECKING:
    from concurrent.futures import Executor

WorkersOption = Annotated[
    int, typer.Option(min=1, help="Processes on this machine; each takes about 600 MB, 300 by rules.")
]


def read(
    path: Source = "seeds",
    store: StoreOption = "",
    codebook: CodebookOption = "ukraine-war",
    engine: EngineOption = "model",
    workers: WorkersOption = 1,
    cluster: Annotated[str, typer.Option(help="Address of a Dask scheduler, tcp://host:8786.")] = "",
    language: Annotated[str, typer.Option(help="Articles in another language are set aside.")] = "en",
    model: Annotated[str, typer.Option(help="Language model package; by default the pinned one.")] = "",
) -> None:
    """Read and annotate articles into a store; only what is new or changed is worked on."""
    from analysis.annotation import annotate

    with _executor(workers, cluster) as executor, progress_bar() as progress:
        corpus = annotate(
            path,
            store=store,
            codebook=codebook,
            engine=engine,
            model=model,
            language=language,
            executor=executor,
            progress=progress,
            window=max(2, 2 * workers) if not cluster else 32,
        )
    say_what_was_read(corpus)


@contextmanager
def _executor(workers: int, cluster: str) -> Iterator[Executor | None]:
    from analysis import executors

    if not cluster and workers == 1:
        yield None
        return
    executor = executors.Cluster(cluster) if cluster else executors.processes(workers)
    try:
        yield executor
    finally:
        executor.shutdown(cancel_futures=True)
