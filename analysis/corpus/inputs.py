"""From a path to the tables of articles, batch by batch, with what was set aside.

`iter_batches` streams, so that a file of a million articles is never held; `read_articles` joins its batches.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from analysis.corpus.catalogue import catalogues
from analysis.corpus.locating import locate
from analysis.corpus.outlets import NAME, note_on, read_outlets
from analysis.corpus.preparing import Prepared, prepare
from analysis.corpus.reading import File, Found, Options, SetAside, Source, readers, suffix_of
from analysis.corpus.sources import Sources
from analysis.corpus.survey import outlet_before_cleaning, survey
from analysis.errors import ReadingError
from analysis.schemas import conform

Progress = Callable[[int, str], None]
# What people have articles in, and what a word processor or a reader of PDF can save as text.
_PAPER = {".pdf", ".doc", ".odt", ".rtf"}


@dataclass(frozen=True)
class Reading:
    """What was read: polars frames that conform to the tables of `analysis.schemas`.

    Parameters
    ----------
    articles, lines, dates, set_aside : polars.DataFrame
        One row an article, a line, a candidate date, an input that is no article.
    notes : tuple of str
        What the analyst should know, such as lines of ``sources.csv`` that found no article.
    """

    articles: pl.DataFrame
    lines: pl.DataFrame
    dates: pl.DataFrame
    set_aside: pl.DataFrame
    notes: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """Counts in words: ``43 read, 3 set aside (2 duplicate, 1 empty)``."""
        reasons = Counter(self.set_aside["reason"].to_list())
        listed = ", ".join(f"{count:,} {reason}" for reason, count in sorted(reasons.items()))
        aside = f"{self.set_aside.height:,} set aside" + (f" ({listed})" if listed else "")
        return f"{self.articles.height:,} read, {aside}"


def read_articles(
    path: str | Path,
    *,
    sources: str | Path | None = None,
    language: str = "en",
    max_characters: int = 5_000_000,
    latest: date | None = None,
    columns: Mapping[str, str] | None = None,
    exclude: Sequence[str] = (),
    progress: Progress | None = None,
) -> Reading:
    """Read every article below a path.

    Parameters
    ----------
    path : str or Path
        A file, a folder (with its subfolders), a glob, a zip or an fsspec address.
    sources : str or Path, optional
        A ``sources.csv`` that does not lie beside the articles; it overrules those that do.
    language : str, optional
        ISO 639-1 code; articles in another language are set aside. ``""`` keeps all.
    max_characters : int, optional
        Longer texts are set aside.
    latest : datetime.date, optional
        Days of publication after it are refused. Without it, nothing here looks at the clock.
    columns : mapping of str to str, optional
        For tables with unusual column names: the column for a field, such as ``{"text": "Volltext"}``.
    exclude : sequence of str, optional
        Patterns of relative paths to leave out, such as ``"teaching/*"``.
    progress : callable, optional
        Called with the number of inputs done and the path of the last one.

    Returns
    -------
    Reading

    Raises
    ------
    ReadingError
        When nothing is there, or the only file is a table without a column of text.
    CodebookError
        When a ``sources.csv`` is not well formed; the message names file, line and field.
    """
    parts = list(
        iter_batches(
            path,
            sources=sources,
            language=language,
            max_characters=max_characters,
            latest=latest,
            columns=columns,
            exclude=exclude,
            progress=progress,
        )
    )
    return Reading(
        articles=pl.concat([part.articles for part in parts]),
        lines=pl.concat([part.lines for part in parts]),
        dates=pl.concat([part.dates for part in parts]),
        set_aside=pl.concat([part.set_aside for part in parts]),
        notes=tuple(note for part in parts for note in part.notes),
    )


def iter_batches(
    path: str | Path,
    *,
    sources: str | Path | None = None,
    language: str = "en",
    max_characters: int = 5_000_000,
    latest: date | None = None,
    columns: Mapping[str, str] | None = None,
    exclude: Sequence[str] = (),
    progress: Progress | None = None,
    size: int = 512,
) -> Iterator[Reading]:
    """Read the articles below a path, some at a time.

    Parameters
    ----------
    path, sources, language, max_characters, latest, columns, exclude, progress
        As for `read_articles`.
    size : int, optional
        Inputs a batch. The articles do not depend on it.

    Yields
    ------
    Reading
        At least one, in the order of the files and rows; the last carries the notes.
    """
    options = Options(max_characters=max_characters, columns=columns or {})
    located, companions = locate(path, exclude=exclude)
    names = read_outlets([file for file in companions if file.name.lower() == NAME])
    files, listed = catalogues(located)
    known = Sources.load([file for file in companions if file.name.lower() != NAME], sources, listed=listed)
    overview = survey((item, _said(known, item)) for item in read_sources(files, options))
    batch: list[Prepared] = []
    # numbers, not texts: a million articles are remembered in a hundred megabytes
    seen: dict[int, int] = {}
    begins: list[tuple[int, str]] = []
    matched: set[int] = set()
    outlets: set[str] = set()
    for done, item in enumerate(read_sources(files, options), start=1):
        if not begins or begins[-1][1] != item.path:
            begins.append((done, item.path))
        if isinstance(item, SetAside):
            prepared = Prepared(None, None, (), item)
        elif (code := int(item.sha256[:16], 16)) in seen:
            twin = f"the same bytes as {_where(begins, seen[code])}"
            prepared = Prepared(None, None, (), SetAside(item.path, item.row, "duplicate", twin))
            matched.update(known.lookup(item)[1])
        else:
            seen[code] = done
            said, rows = known.lookup(item)
            matched.update(rows)
            repeated = overview.repeated.get(outlet_before_cleaning(item, said), frozenset())
            order = overview.orders.get(item.path)
            try:
                prepared = prepare(
                    item,
                    said=said,
                    names=names,
                    language=language,
                    repeated=repeated,
                    options=options,
                    order=order,
                    latest=latest,
                )
            except Exception as error:  # whatever is odd about one article, the others are read
                detail = f"{type(error).__name__}: {error}; a fault of the kit, please report it"
                prepared = Prepared(None, None, (), SetAside(item.path, item.row, "unreadable", detail))
        batch.append(prepared)
        if prepared.article is not None:
            outlets.add(prepared.article["outlet"])
        if progress is not None:
            progress(done, item.path)
        if len(batch) >= size:
            yield _reading(batch)
            batch = []
    yield _reading(batch, (*known.unmatched(matched), *note_on(outlets)))


def _where(begins: Sequence[tuple[int, str]], number: int) -> str:
    """Name the input of a number: its file, and its row where the file has several."""
    index = bisect_right(begins, number, key=lambda begin: begin[0]) - 1
    first, path = begins[index]
    last = begins[index + 1][0] if index + 1 < len(begins) else None
    return path if last == first + 1 else f"{path}, row {number - first + 1}"


def _said(known: Sources, item: Source | SetAside) -> Mapping[str, Found]:
    return {} if isinstance(item, SetAside) else known.lookup(item)[0]


def read_sources(files: Sequence[File], options: Options) -> Iterator[Source | SetAside]:
    """Read the articles of files as they stand, before cleaning.

    Parameters
    ----------
    files : sequence of File
        In the order to read them.
    options : Options
        Limits, and columns the user chose.

    Yields
    ------
    Source or SetAside
        A file that cannot be read becomes a `SetAside` and the next one is read.

    Raises
    ------
    ReadingError
        When there is only one file and it is a table whose text column cannot be told.
    """
    for file in files:
        reader = readers().get(suffix_of(file.name))
        if reader is None:
            known = ", ".join(suffix for suffix in sorted(readers()) if suffix)
            save = "save it as .txt or .docx first; " if suffix_of(file.name) in _PAPER else ""
            detail = f"no reader for {suffix_of(file.name)} files; {save}there are readers for {known}"
            yield SetAside(file.path, None, "unreadable", detail)
            continue
        try:
            yield from reader(file, options)
        except ReadingError as error:
            if len(files) == 1:
                raise
            yield SetAside(file.path, None, "no text", str(error))
        except (OSError, EOFError, ValueError, RecursionError, MemoryError) as error:
            yield SetAside(file.path, None, "unreadable", f"{type(error).__name__}: {error}")


def _reading(batch: Sequence[Prepared], notes: tuple[str, ...] = ()) -> Reading:
    found = [item for item in batch if item.article is not None and item.lines is not None]
    lines = [item.lines for item in found if item.lines is not None]
    owners = [item.article["article_id"] for item in found if item.article for _ in range(_height(item))]
    asides = [item.set_aside for item in batch if item.set_aside is not None]
    return Reading(
        conform([item.article for item in batch if item.article is not None], "articles"),
        conform(pl.concat(lines).with_columns(pl.Series("article_id", owners)), "lines")
        if lines
        else conform([], "lines"),
        conform([row for item in batch for row in item.dates], "dates"),
        conform([vars(aside) for aside in asides], "set_aside"),
        notes,
    )


def _height(item: Prepared) -> int:
    return 0 if item.lines is None else item.lines.height
