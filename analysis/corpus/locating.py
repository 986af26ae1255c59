"""Find the files of a corpus: a file, a folder, a glob, a zip or any fsspec address, in one fixed order."""

from __future__ import annotations

import fnmatch
import gzip
import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any

from analysis.corpus.reading.model import File
from analysis.errors import ReadingError

# What makes a folder a store.
STORE = "store.json"
# What says who published what; see `analysis.corpus.sources` and `analysis.corpus.outlets`.
_SOURCES = ("sources.csv", "outlets.csv")
# The answer key that makes a folder a teaching corpus.
_KEY = "answers.toml"
# Beside the articles, not of them.
_COMPANIONS = (
    "readme*",
    "sources.csv",
    "outlets.csv",
    "aliases.csv",
    "places.csv",
    "stories.csv",
    _KEY,
    "*.license",
    "license*",
    "thumbs.db",
    "desktop.ini",
    "~$*",
)


def is_companion(path: str) -> bool:
    """Tell whether a file accompanies the articles: a README, a licence, a hand-written table, a system's file.

    Examples
    --------
    >>> is_companion("seeds/README.md"), is_companion("seeds/.cache/a.txt"), is_companion("seeds/a.txt")
    (True, True, False)
    """
    parts = path.lower().split("/")
    if any(part.startswith((".", "__macosx")) and part not in (".", "..") for part in parts):
        return True
    return any(fnmatch.fnmatchcase(parts[-1], pattern) for pattern in _COMPANIONS)


def locate(path: str | Path, *, exclude: Sequence[str] = ()) -> tuple[tuple[File, ...], tuple[File, ...]]:
    """List the files of a corpus and the files that accompany it.

    Parameters
    ----------
    path : str or Path
        A file, a folder (read with its subfolders), a glob such as ``news/*.txt``, a zip, or an fsspec address.
    exclude : sequence of str, optional
        Patterns of relative paths to leave out, such as ``"teaching/*"``.

    Returns
    -------
    tuple of two tuples of File
        The articles' files, and those called ``sources.csv`` or ``outlets.csv``, each sorted by relative path.

    Raises
    ------
    ReadingError
        When nothing is there.

    Examples
    --------
    >>> locate("no/such/folder")
    Traceback (most recent call last):
    ...
    analysis.errors.ReadingError: no/such/folder: there is no such file or folder; give a file, a folder, ...
    """
    import fsspec

    address = str(path)
    try:
        system, root = fsspec.core.url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise ReadingError(f"{address}: this kind of address cannot be opened: {error}") from error
    if root.lower().endswith(".zip") and system.isfile(root):
        system, root = fsspec.filesystem("zip", fo=system.open(root, "rb")), ""
        found = _under(system, root)
    elif system.isfile(root):
        found = [(root.rsplit("/", 1)[-1], root, int(system.size(root) or 0))]
        for name in _SOURCES:
            beside = f"{root.rsplit('/', 1)[0]}/{name}" if "/" in root else name
            if beside != root and system.isfile(beside):
                found.append((name, beside, int(system.size(beside) or 0)))
    elif system.isdir(root):
        if system.isfile(f"{root}/{STORE}"):
            raise ReadingError(
                f"{address}: this is a store of annotations, not a folder of articles; open it with "
                f"Corpus.open({address!r}), or give the articles and store={address!r}"
            )
        found = _under(system, root)
    elif any(mark in root for mark in "*?["):
        found = _matching(system, root)
    else:
        raise ReadingError(
            f"{address}: there is no such file or folder; give a file, a folder, a glob in quotation marks or a zip"
        )
    kept = [item for item in found if not any(fnmatch.fnmatchcase(item[0], pattern) for pattern in exclude)]
    kept = _own_or_teaching(kept)
    listed = [File(name, _opener(system, full), size) for name, full, size in sorted(kept)]
    single = system.isfile(root) if root else False
    articles = tuple(
        file for file in listed if not is_companion(file.path) or (single and file.name not in _SOURCES)
    )
    if not articles:
        raise ReadingError(
            f"{address}: no articles there; put .txt, .html, .docx, .csv, .jsonl, ... files into it"
        )
    return articles, tuple(file for file in listed if file.name.lower() in _SOURCES)


def teaching_only(path: str | Path) -> bool:
    """Tell whether a folder holds no articles but those of a teaching corpus inside it.

    Examples
    --------
    >>> teaching_only("no/such/folder")
    False
    """
    root = Path(path)
    if not root.is_dir() or (root / _KEY).is_file():
        return False
    keys = [file.parent.relative_to(root).as_posix() for file in root.rglob(_KEY)]
    files, _ = locate(path)
    return bool(keys) and all(_inside(file.path, keys) for file in files)


def _own_or_teaching(found: list[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
    """Leave a teaching corpus out of a folder that also holds other articles: the two are never mixed.

    A folder is a teaching corpus when it holds an answer key. Named itself, it is read as any other.
    """
    keys = [name.removesuffix(f"/{_KEY}") for name, _, _ in found if name.endswith(f"/{_KEY}")]
    own = [item for item in found if not _inside(item[0], keys)]
    if any(not is_companion(name) for name, _, _ in own):
        return own
    return found


def _inside(name: str, folders: Sequence[str]) -> bool:
    return any(name.startswith(f"{folder}/") for folder in folders)


def _under(system: Any, root: str) -> list[tuple[str, str, int]]:
    base = root.rstrip("/")
    details = system.find(base, detail=True)
    return [
        (full.removeprefix(base).lstrip("/"), full, int(info.get("size") or 0))
        for full, info in details.items()
    ]


def _matching(system: Any, pattern: str) -> list[tuple[str, str, int]]:
    fixed = []
    for part in pattern.split("/")[:-1]:
        if any(mark in part for mark in "*?["):
            break
        fixed.append(part)
    base = "/".join(fixed)
    details = {
        full: info for full, info in system.glob(pattern, detail=True).items() if info.get("type") == "file"
    }
    for name in _SOURCES:
        companion = f"{base}/{name}" if base else name
        if details and companion not in details and system.isfile(companion):
            details[companion] = system.info(companion)
    return [
        (full.removeprefix(base).lstrip("/"), full, int(info.get("size") or 0))
        for full, info in details.items()
    ]


def _opener(system: Any, full: str) -> Callable[[], IO[bytes]]:
    def open_file() -> IO[bytes]:
        handle: IO[bytes] = system.open(full, "rb")
        if not full.lower().endswith(".gz"):
            return handle
        return io.BufferedReader(gzip.GzipFile(fileobj=handle))

    return open_file
