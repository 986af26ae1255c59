"""What things are made from, as hashes: the code, the codebook, the inputs, the files of hand corrections."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import fsspec

from analysis.errors import CodebookError, nearest

PACKAGE = Path(__file__).parent
# Files of hand corrections that may lie beside the articles.
CORRECTIONS = ("sources.csv", "outlets.csv", "aliases.csv", "places.csv", "stories.csv")
# The floors whose code decides what the layers say; figures and reports do not.
_LAYER_CODE = ("codebook", "corpus", "text", "actors", "places", "framing", "stories", "data")


def _hash_files(paths: list[Path], root: Path) -> str:
    sha = hashlib.sha256()
    for path in sorted(paths):
        sha.update(path.relative_to(root).as_posix().encode())
        sha.update(hashlib.sha256(path.read_bytes()).digest())
    return sha.hexdigest()[:20]


def _sources(*parts: str) -> list[Path]:
    found = []
    for part in parts:
        path = PACKAGE / part
        if path.is_dir():
            found += [file for file in path.rglob("*") if file.is_file() and "__pycache__" not in file.parts]
        elif path.is_file():
            found.append(path)
    return found


@cache
def code() -> str:
    """Hash the code and data that decide what the layers say."""
    return _hash_files(_sources("schemas", "language.py", "annotation", *_LAYER_CODE), PACKAGE)


@cache
def parsing_code() -> str:
    """Hash the code that decides what a parse looks like."""
    return _hash_files(_sources("language.py"), PACKAGE)


#: Where it is written what sentences and words the rules engine sees.
READING = (
    *(f"text/{name}.py" for name in ("plain", "cutting", "lexicon", "buffer", "keys", "tokens", "batches")),
    "data/text",
)


@cache
def reading_code() -> str:
    """Hash the code and lists that decide what sentences and words the rules engine sees."""
    return _hash_files(_sources(*READING), PACKAGE)


@cache
def package() -> str:
    """Hash the whole package: what a report depends on."""
    return _hash_files(
        [path for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts], PACKAGE
    )


def codebook(name_or_path: str) -> str:
    """Hash a codebook: the file at a path, or a shipped one with all it may extend."""
    shipped = [path.stem for path in _sources("data/codebooks")]
    if name_or_path in shipped:
        return _hash_files(_sources("data/codebooks"), PACKAGE)
    path = Path(name_or_path)
    if not path.is_file():
        raise CodebookError(
            f"there is no codebook {name_or_path!r}: neither a file nor a shipped one{nearest(name_or_path, shipped)}"
        )
    return hashlib.sha256(path.read_bytes()).hexdigest()[:20]


def inputs(source: str) -> str:
    """Hash everything that reading a source would read: the articles' files and the tables beside them.

    Raises
    ------
    ReadingError
        When there is nothing at the source.
    """
    from analysis.corpus.locating import locate

    files, sources = locate(source)
    sha = hashlib.sha256()
    for file in (*files, *sources):
        sha.update(file.path.encode())
        with file.open() as handle:
            sha.update(hashlib.file_digest(handle, "sha256").digest())  # type: ignore[arg-type]
    for name, data in sorted(beside(source).items()):
        sha.update(name.encode())
        sha.update(data)
    return sha.hexdigest()[:20]


def beside(source: str) -> dict[str, bytes]:
    """Read the files of hand corrections that lie beside the articles."""
    if "://" in source:
        fs, path = fsspec.core.url_to_fs(source)
        folder = path if fs.isdir(path) else path.rsplit("/", 1)[0]
        return {
            name: fs.cat_file(f"{folder}/{name}") for name in CORRECTIONS if fs.exists(f"{folder}/{name}")
        }
    folder_ = Path(source) if Path(source).is_dir() else Path(source).parent
    return {name: (folder_ / name).read_bytes() for name in CORRECTIONS if (folder_ / name).is_file()}
