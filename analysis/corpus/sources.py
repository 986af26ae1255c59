"""``sources.csv``: what the analyst knows about the articles, which overrules whatever is inferred."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from analysis.corpus.encoding import encoding_of
from analysis.corpus.reading.model import File, Found, Source
from analysis.errors import CodebookError, nearest

NAME = "sources.csv"
KINDS = ("original", "repost", "rewritten", "wire", "unknown")
COLUMNS = ("file", "sha256", "row", "outlet", "date", "published", "headline", "url", "kind", "byline")
# An analyst's own remarks are welcome beside them.
_REMARKS = ("note", "notes", "comment", "comments", "remark")
_SHOWN = 8  # lines without an article that are named
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?(?:\s*/\s*\d{4}-\d{2}-\d{2})?")


@dataclass(frozen=True)
class SourceRow:
    """One line of a ``sources.csv``."""

    where: str
    folder: str
    file: str
    sha256: str
    row: int | None
    values: Mapping[str, str]
    how: str = NAME


@dataclass(frozen=True)
class Sources:
    r"""All lines that hold for a corpus, found by file name, path or hash.

    Examples
    --------
    >>> sources = Sources.parse("file,outlet\na.txt,The Example\n", where="sources.csv")
    >>> sources.rows[0].values
    {'outlet': 'The Example'}
    """

    rows: tuple[SourceRow, ...] = ()
    _index: Mapping[tuple[str, str], tuple[int, ...]] = field(default_factory=dict, repr=False)

    @classmethod
    def parse(cls, text: str, *, where: str, folder: str = "") -> Sources:
        """Read the text of a ``sources.csv`` and check every line.

        Parameters
        ----------
        text : str
            The file's text.
        where : str
            Its name for messages.
        folder : str, optional
            The folder it lies in, relative to the corpus; file names are relative to it.

        Returns
        -------
        Sources

        Raises
        ------
        CodebookError
            With file, line and field, when a column or a value is not understood.
        """
        lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
        start = next(
            (n for n, cells in enumerate(lines) if any(cells) and not cells[0].startswith("#")), None
        )
        if start is None:
            return cls()
        header = [name.strip().lower() for name in lines[start]]
        for name in header:
            if name and name not in COLUMNS and name not in _REMARKS:
                raise CodebookError(
                    f"{where}, line {start + 1}: unknown column {name!r}{nearest(name, COLUMNS)}"
                )
        if "file" not in header and "sha256" not in header:
            raise CodebookError(
                f"{where}, line {start + 1}: needs a column 'file' or 'sha256' to find the articles by"
            )
        rows = []
        for number, cells in enumerate(lines[start + 1 :], start=start + 2):
            if not any(cell.strip() for cell in cells) or cells[0].startswith("#"):
                continue
            if len(cells) > len(header):
                raise CodebookError(
                    f"{where}, line {number}: {len(cells)} values under {len(header)} columns; "
                    "put values with a comma in quotation marks"
                )
            record = {name: cell.strip() for name, cell in zip(header, cells, strict=False) if name}
            rows.append(_checked(record, f"{where}, line {number}", folder))
        return cls.of(rows)

    @classmethod
    def of(cls, rows: Iterable[SourceRow]) -> Sources:
        """Index lines for `lookup`."""
        kept = tuple(rows)
        index: dict[tuple[str, str], tuple[int, ...]] = {}
        for number, row in enumerate(kept):
            for key in _keys(row):
                index[key] = (*index.get(key, ()), number)
        return cls(kept, index)

    @classmethod
    def load(
        cls, files: Sequence[File], extra: str | Path | None = None, *, listed: Iterable[SourceRow] = ()
    ) -> Sources:
        """Read the ``sources.csv`` files of a corpus, and one that lies elsewhere, which comes last and so wins.

        What other tables have `listed` about the files holds where no ``sources.csv`` says otherwise.

        Raises
        ------
        CodebookError
            When a line is not understood, or the extra file does not exist.
        """
        rows = list(listed)
        for file in files:
            with file.open() as handle:
                folder = file.path.rpartition("/")[0]
                rows += cls.parse(_text(handle.read()), where=file.path, folder=folder).rows
        if extra is not None:
            path = Path(extra)
            if not path.is_file():
                raise CodebookError(
                    f"{path.name}: there is no such file; sources= takes the path of a CSV file"
                )
            rows += cls.parse(_text(path.read_bytes()), where=path.name).rows
        return cls.of(rows)

    def lookup(self, source: Source) -> tuple[dict[str, Found], tuple[int, ...]]:
        """Find what is said about an article.

        Parameters
        ----------
        source : Source
            The article as read.

        Returns
        -------
        tuple of dict of str to Found and tuple of int
            The fields that are given, and the numbers of the rows that matched; later rows and closer matches win.
        """
        path = source.path
        keys = (
            ("name", path.rsplit("/", 1)[-1]),
            ("path", path),
            ("sha", source.sha256),
            ("sha", source.article_id),
        )
        fields: dict[str, Found] = {}
        matched: list[int] = []
        for rank in ((False, False), (True, False), (True, True)):
            for key in keys:
                for number in self._index.get(key, ()):
                    row = self.rows[number]
                    closer = row.row is not None
                    if (row.how == NAME, closer) != rank or (closer and row.row != source.row):
                        continue
                    if not _holds(row, source):
                        continue
                    matched.append(number)
                    fields.update({name: Found(value, row.how) for name, value in row.values.items()})
        return fields, tuple(sorted(set(matched)))

    def unmatched(self, matched: Iterable[int]) -> tuple[str, ...]:
        """Say in words which lines found no article.

        A line with a sha256 waits for a file that may come; only a line that goes by name may be a slip.
        """
        seen = set(matched)
        slips = [row for number, row in enumerate(self.rows) if number not in seen and not row.sha256]
        said = [f"{row.where}: no article is called {row.file!r}" for row in slips[:_SHOWN]]
        return (*said, *([f"… and {len(slips) - _SHOWN:,} more such lines"] if len(slips) > _SHOWN else []))


def _holds(row: SourceRow, source: Source) -> bool:
    """Tell whether a row reaches so far: a bare file name holds only below the folder of its sources.csv."""
    return not row.folder or bool(row.sha256) or source.path.startswith(row.folder + "/")


def _keys(row: SourceRow) -> list[tuple[str, str]]:
    keys = []
    if row.file:
        keys.append(("path", f"{row.folder}/{row.file}" if row.folder else row.file))
        if "/" not in row.file:
            keys.append(("name", row.file))
    if row.sha256:
        keys.append(("sha", row.sha256[:16] if len(row.sha256) < 64 else row.sha256))
    return keys


def _checked(record: Mapping[str, str], where: str, folder: str) -> SourceRow:
    values: dict[str, str] = {}
    for name in ("outlet", "headline", "url", "byline"):
        if record.get(name):
            values[name] = record[name]
    date = record.get("date") or record.get("published") or ""
    if date:
        if not _DATE.fullmatch(date):
            raise CodebookError(
                f"{where}, field date: {date!r} is no date; write 2023-02-28, 2023-02 or 2023-02-27/2023-02-28"
            )
        values["date"] = date
    kind = record.get("kind", "").lower()
    if kind:
        if kind not in KINDS:
            raise CodebookError(f"{where}, field kind: {kind!r} is not known{nearest(kind, KINDS)}")
        values["kind"] = kind
    sha = record.get("sha256", "").lower().removeprefix("sha256:")
    if sha and not re.fullmatch(r"[0-9a-f]{16,64}", sha):
        raise CodebookError(f"{where}, field sha256: {sha!r} is not 16 to 64 hexadecimal digits")
    file = record.get("file", "").replace("\\", "/").removeprefix("./")
    if not file and not sha:
        raise CodebookError(f"{where}: neither file nor sha256 is given, so no article can be found")
    row = record.get("row", "")
    if row and not row.isdigit():
        raise CodebookError(f"{where}, field row: {row!r} is not a number")
    return SourceRow(where, folder, file, sha, int(row) if row else None, values)


def _text(data: bytes) -> str:
    encoding = encoding_of(data)
    return data.decode("utf-8" if encoding == "mixed" else encoding, errors="replace")
