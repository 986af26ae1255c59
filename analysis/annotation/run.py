"""From articles to layers: read, parse, let each subject annotate, keep everything in the store.

An article is parsed again only if its body or the model changed, and annotated again only if the parse, the
codebook, the files of hand corrections or this code changed. The work is done a chunk of articles at a time by any
`concurrent.futures.Executor`; what is written does not depend on which.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from analysis import fingerprints
from analysis.annotation.chunks import SIZE, in_chunks, keep_articles, known_parses, tokens_at_hand
from analysis.annotation.whole import compare, failures_of
from analysis.annotation.work import LANES, MODEL, Settings, annotate_chunk
from analysis.corpus.corpus import Corpus
from analysis.corpus.store import Store, digest, to_bytes
from analysis.errors import AnalysisError, nearest
from analysis.executors import InProcess

Progress = Callable[[str, int, int], None]


def annotate(
    source: str | Path,
    *,
    store: str | Path = "",
    codebook: str = "general",
    engine: str = MODEL,
    model: str = "",
    language: str = "en",
    executor: Executor | None = None,
    progress: Progress | None = None,
    window: int = 4,
    patience: float = 300.0,
) -> Corpus:
    """Read the articles at a path and annotate what is new in them.

    Parameters
    ----------
    source : str or pathlib.Path
        A file, folder, glob, zip archive or fsspec URL.
    store : str or pathlib.Path, optional
        Folder or fsspec URL of the store; by default one under ``.parallax/`` named after the source.
    codebook : str, optional
        Name of a shipped codebook, or the path of a TOML file.
    engine : {"model", "rules"}, optional
        Who reads: spaCy's language model, or word lists and gazetteers alone, which is some thirty times faster and
        leaves out what needs grammar (see docs/scaling.md and `Corpus.absent`).
    model : str, optional
        Language model package; by default the pinned one.
    language : str, optional
        Articles in another language are set aside.
    executor : concurrent.futures.Executor, optional
        Who does the work; by default this process.
    progress : callable, optional
        Called with what is being done, how many articles are done, and of how many.
    window : int, optional
        Chunks handed to the executor at once: about twice its workers. Memory grows with it, not with the corpus.
    patience : float, optional
        Seconds to wait for another process that writes to the store; what it has annotated is then taken over.

    Returns
    -------
    Corpus
        Opened from the store.

    Raises
    ------
    ReadingError
        When nothing is there to be read.
    StoreError
        When another process goes on writing to the store.
    AnalysisError
        When there is no such engine.
    """
    if engine not in LANES:
        raise AnalysisError(f"there is no engine {engine!r}{nearest(engine, LANES)}")
    report = progress or (lambda stage, done, total: None)
    place = Store.at(str(store) or default_store(source, codebook=codebook, engine=engine, model=model))
    inputs = fingerprints.inputs(str(source))
    settings = _settings(str(source), codebook=codebook, engine=engine, model=model, language=language)
    if is_current(place, inputs=inputs, settings=settings):
        return Corpus.open(place.url)

    # what reads is loaded only when there is something to read
    from analysis.corpus.inputs import iter_batches

    with place.writing(patience=patience, waiting=lambda: report("waiting", 0, 0)):
        before = place.index() or {}
        if is_current(place, inputs=inputs, settings=settings):  # another process has done it meanwhile
            return Corpus.open(place.url)
        report("reading", 0, 0)
        chunks: list[dict[str, Any]] = []
        set_aside: list[pl.DataFrame] = []
        notes: list[str] = []
        for tables in in_chunks(
            iter_batches(str(source), language=language), set_aside, notes, size=SIZE[engine]
        ):
            chunks.append(keep_articles(place, tables, settings))
            report("reading", sum(chunk["n"] for chunk in chunks), 0)
        index = {
            "source": Path(str(source)).name,
            "inputs": inputs,
            "settings": dict(settings.keys),
            "chunks": chunks,
            "notes": notes,
            "absent": dict(LANES[engine].ABSENT),
            "corpus": "",
            "complete": False,
        }
        known = known_parses(place, before)
        done = 0
        total = sum(chunk["n"] for chunk in chunks)
        finished: list[dict[str, Any]] = []
        try:
            for chunk in _work(place, chunks, settings, known, executor or InProcess(), window):
                finished.append(chunk)
                done += chunk["n"]
                report("annotating", done, total)
        except BaseException:
            # keep what is finished: where there was no readable store before, leave a partial one that says so
            if not before and finished:
                order = {chunk["articles"]: number for number, chunk in enumerate(chunks)}
                finished.sort(key=lambda chunk: order[chunk["articles"]])
                place.write_index({**index, "inputs": "", "chunks": finished})
            raise
        report("comparing", total, total)
        failures = failures_of(place, chunks)
        index["corpus"] = compare(place, chunks, settings, [*set_aside, failures])
        index["complete"] = True
        index["outlets"] = _outlets(place, chunks)
        place.write_index(index)
        place.prune(
            {
                "articles": [chunk["articles"] for chunk in chunks],
                "parses": [chunk["parses"] for chunk in chunks],
                "layers": [chunk["layers"] for chunk in chunks],
                "corpus": [str(index["corpus"])],
            }
        )
    return Corpus.open(place.url)


def open_corpus(
    corpus: str | Path,
    *,
    store: str | Path = "",
    outlets: Iterable[str] = (),
    since: str = "",
    until: str = "",
    codebook: str = "general",
    engine: str = MODEL,
    model: str = "",
) -> Corpus:
    """Open a corpus with its layers, annotating first only what is new, and choose articles from it.

    The first line of every notebook. Parameters are those of `annotate` and `Corpus.select`. Where a notebook of the kit
    is opened in JupyterLab, its folder is not the kit's: paths are then meant from the kit's folder, as in reports, and
    that becomes the working folder.

    Returns
    -------
    Corpus
    """
    _to_the_kit(str(corpus))
    found = annotate(corpus, store=store, codebook=codebook, engine=engine, model=model)
    return found.select(outlets=list(outlets), since=since, until=until)


def _to_the_kit(corpus: str) -> None:
    """Work in the kit's folder if a notebook below its ``notebooks`` asks for articles that lie there and not here."""
    here = Path.cwd()
    if "://" in corpus or Path(corpus).exists():
        return
    for folder in here.parents:
        notebooks = folder / "notebooks"
        if (notebooks / "batches.toml").is_file() and here.is_relative_to(notebooks):
            if (folder / corpus).exists():
                os.chdir(folder)
            return


def default_store(
    source: str | Path, *, codebook: str = "general", engine: str = MODEL, model: str = ""
) -> str:
    """Name the store that a source has when none is named: ``.parallax/<name>-<hash>`` in this folder."""
    name = "".join(letter if letter.isalnum() else "-" for letter in Path(str(source)).name.lower()).strip(
        "-"
    )
    where = str(Path(str(source)).resolve()) if "://" not in str(source) else str(source)
    return str(
        Path(".parallax")
        / f"{name or 'corpus'}-{digest(where, codebook, model, *([engine] if engine != MODEL else []))[:8]}"
    )


def is_current(place: Store, *, inputs: str, settings: Settings) -> bool:
    """Whether a store already holds exactly this: the same inputs, settings and code."""
    index = place.index()
    return bool(
        index
        and index.get("complete")
        and index.get("inputs") == inputs
        and index.get("settings") == dict(settings.keys)
    )


def _settings(source: str, *, codebook: str, engine: str, model: str, language: str) -> Settings:
    from analysis import language as door

    beside = fingerprints.beside(source)
    keys = {
        "codebook": codebook if not codebook.endswith(".toml") else Path(codebook).name,
        "codebook_sha256": fingerprints.codebook(codebook),
        "engine": engine,
        "model": door.fingerprint(model) if engine == MODEL else "none: read by rules",
        "language": language,
        "code": fingerprints.code(),
        "corrections": digest(
            {name: data.decode("utf-8", "replace") for name, data in sorted(beside.items())}
        ),
    }
    return Settings(codebook, model, engine, *_corrections(beside), keys)


def _corrections(beside: Mapping[str, bytes]) -> tuple[Any, Any]:
    """Read ``places.csv`` and ``aliases.csv``, wherever the articles lie, by way of a local copy."""
    if not {"places.csv", "aliases.csv"} & set(beside):
        return None, None
    from analysis import actors, places

    with TemporaryDirectory() as folder:
        for name, data in beside.items():
            Path(folder, name).write_bytes(data)
        return (
            places.read_overrides(Path(folder, "places.csv")) if "places.csv" in beside else None,
            actors.read_overrides(Path(folder, "aliases.csv")) if "aliases.csv" in beside else None,
        )


def _outlets(place: Store, chunks: list[dict[str, Any]]) -> list[str]:
    if not chunks:
        return []
    rows = place.scan("articles", [chunk["articles"] for chunk in chunks]).select("outlet").unique().collect()
    return sorted(rows["outlet"].to_list())


# -- the work -------------------------------------------------------------------------------------------------


def _work(
    place: Store,
    chunks: list[dict[str, Any]],
    settings: Settings,
    known: Mapping[tuple[str, str, str], str],
    executor: Executor,
    window: int,
) -> Iterator[dict[str, Any]]:
    """Have every chunk annotated that is not there yet, a window of them at a time; yield each as it is finished."""
    running: dict[Future[Any], dict[str, Any]] = {}

    def collect(finished: Iterable[Future[Any]]) -> Iterator[dict[str, Any]]:
        for future in finished:
            chunk = running.pop(future)
            made = future.result()
            if not place.has("parses", chunk["parses"]):
                place.write("parses", chunk["parses"], made["parses"], made["parse_note"])
            place.write("layers", chunk["layers"], made["layers"], {"failures": made["failures"]})
            yield chunk

    try:
        for chunk in chunks:
            if place.has("layers", chunk["layers"]) and place.has("parses", chunk["parses"]):
                yield chunk
                continue
            articles = place.read("articles", chunk["articles"])
            tokens = tokens_at_hand(place, chunk, articles, known, settings)
            future = executor.submit(
                annotate_chunk,
                to_bytes(articles),
                to_bytes(place.read("lines", chunk["articles"])),
                to_bytes(tokens),
                settings,
            )
            running[future] = chunk
            if len(running) >= window:
                yield from collect(wait(running, return_when=FIRST_COMPLETED).done)
        while running:
            yield from collect(wait(running, return_when=FIRST_COMPLETED).done)
    finally:
        for future in running:
            future.cancel()
