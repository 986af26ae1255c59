"""The teaching corpus in the classroom: open it from any folder, look at a page of it, ask what was planted."""

from __future__ import annotations

import shutil
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.errors import ReadingError, nearest

if TYPE_CHECKING:
    from analysis.corpus.corpus import Corpus

CODEBOOK = "ukraine-war"
_INSIDE = Path("seeds", "teaching")
#: Where a site for browsers keeps the layers: there is no language model to make them afresh.
PREPARED = "teaching-layers"
# what an answer of the key is about; the first five stand in tables of their own, the rest inside the articles
_TABLES = (
    "not_places",
    "differences",
    "nulls",
    "omissions",
    "conflicts",
    "copies",
    "events",
    "outlets",
    "only_in_removed_lines",
)
_IN_ARTICLES = ("labels", "harms", "quotes", "removed")
# five articles on one event, one an outlet: enough for somebody who has brought none
_PRACTICE = ("02.txt", "23.txt", "28.txt", "32.txt", "36.txt")


def project() -> Path:
    """Return the top folder of the kit, wherever a notebook was started.

    Raises
    ------
    ReadingError
        When neither this folder, nor one above it, nor the folder of the package holds the teaching corpus.
    """
    here = Path.cwd()
    for folder in (here, *here.parents, Path(__file__).resolve().parents[2]):
        if (folder / _INSIDE / "answers.toml").is_file():
            return folder
    raise ReadingError(
        f"there is no {_INSIDE.as_posix()}/answers.toml here or above: start the notebook inside the kit’s folder"
    )


def teaching_corpus() -> Corpus:
    """Open the teaching corpus with its layers, whatever lies beside it in ``seeds``.

    The first call on a machine annotates its 45 articles, which takes about half a minute; later calls take none.

    Returns
    -------
    Corpus

    Raises
    ------
    ReadingError
        When an article of it could not be annotated: a lesson on half of a corpus would teach the wrong numbers.
    """
    return _opened(str(project()))


@cache
def _opened(root: str) -> Corpus:
    if Path(root, PREPARED).is_dir():
        from analysis.corpus.corpus import Corpus

        return Corpus.open(Path(root, PREPARED))
    from analysis.annotation import open_corpus
    from analysis.annotation.run import default_store

    source = Path(root, _INSIDE)
    corpus = open_corpus(
        source, store=Path(root, default_store(source, codebook=CODEBOOK)), codebook=CODEBOOK
    )
    if len(corpus.set_aside):
        first = corpus.set_aside.iloc[0]
        raise ReadingError(
            f"{len(corpus.set_aside)} articles of the teaching corpus could not be read; {first['path']}: {first['detail']}. "
            f"Get the kit afresh: the files in {_INSIDE.as_posix()} or its code were changed"
        )
    return corpus


def name_files(articles: pd.DataFrame) -> pd.Series[str]:
    """Name each article by its file, and by its row where a file holds several.

    Parameters
    ----------
    articles : pandas.DataFrame
        ``path`` and ``row``.

    Returns
    -------
    pandas.Series
        One name an article, with the index of `articles`.

    Examples
    --------
    >>> name_files(pd.DataFrame({"path": ["teaching/01.txt", "export.csv"], "row": [None, 2.0]})).tolist()
    ['01.txt', 'export.csv#2']
    """
    names = [
        Path(str(path)).name + ("" if pd.isna(row) else f"#{int(row)}")
        for path, row in zip(articles["path"], articles["row"], strict=True)
    ]
    return pd.Series(names, index=articles.index, name="file", dtype=str)


def page(corpus: Corpus, file: str) -> pd.DataFrame:
    """Show one article line by line, as it was pasted: what was kept, what was removed, and why.

    Parameters
    ----------
    corpus : Corpus
        Any corpus.
    file : str
        Name of the file, such as ``"02.txt"``; ``"export.csv#2"`` is the second row of a table.

    Returns
    -------
    pandas.DataFrame
        ``line, kept, kind, text, reason``.

    Raises
    ------
    ReadingError
        When no article has that name; the message says which is nearest.
    """
    names = name_files(corpus.articles)
    found = corpus.articles.loc[names == file, "article_id"]
    if found.empty:
        raise ReadingError(f"no article comes from the file {file!r}{nearest(file, names)}")
    lines = corpus.layer("lines")
    own = lines[lines["article_id"] == found.iloc[0]].sort_values("line")
    shown: pd.DataFrame = own[["line", "kept", "kind", "text", "reason"]].reset_index(drop=True)
    shown["kept"] = shown["kept"].map({True: "kept", False: "removed"})
    return shown


def planted(what: str = "differences") -> pd.DataFrame:
    """Read the answer key of the teaching corpus.

    Parameters
    ----------
    what : str, optional
        ``differences`` (what sets an outlet apart), ``nulls`` (where nothing was planted), ``omissions``, ``conflicts``,
        ``copies``, ``events``, ``outlets``, ``only_in_removed_lines``; or, article by article with ``file`` and
        ``outlet``: ``labels``, ``harms``, ``quotes``, ``removed``.

    Returns
    -------
    pandas.DataFrame
        One row an entry of the key; empty cells where it says nothing.

    Raises
    ------
    ReadingError
        When the key has no such part.
    """
    if what not in (*_TABLES, *_IN_ARTICLES):
        raise ReadingError(f"the answer key has no part {what!r}{nearest(what, [*_TABLES, *_IN_ARTICLES])}")
    key = _key(str(project()))
    if what in _TABLES:
        return pd.DataFrame(key[what]).fillna("")
    rows = [
        {"file": _name(article), "outlet": article["outlet"], "event": article["event"], **entry}
        for article in key["articles"]
        for entry in article.get(what, [])
    ]
    return pd.DataFrame(rows)


@cache
def _key(root: str) -> dict[str, Any]:
    return tomllib.loads(Path(root, _INSIDE, "answers.toml").read_text(encoding="utf-8"))


def _name(article: dict[str, Any]) -> str:
    return f"{article['file']}#{article['row']}" if "row" in article else str(article["file"])


def practice_folder(folder: str | Path) -> Path:
    """Make a folder with five articles of the teaching corpus, for those who have brought none of their own.

    Parameters
    ----------
    folder : str or pathlib.Path
        Made if it is not there. Files that are there stay as they are.

    Returns
    -------
    pathlib.Path
        The folder, with five text files and a ``sources.csv``.
    """
    target, source = Path(folder), project() / _INSIDE
    target.mkdir(parents=True, exist_ok=True)
    for name in _PRACTICE:
        if not (target / name).exists():
            shutil.copyfile(source / name, target / name)
    sources = pd.read_csv(source / "sources.csv", dtype=str, keep_default_na=False)
    if not (target / "sources.csv").exists():
        sources[sources["file"].isin(_PRACTICE)].to_csv(target / "sources.csv", index=False)
    return target
