"""Coding sheets: what people code, one CSV beside its key; every answer is written at once and whole."""

from __future__ import annotations

import difflib
import io
import os
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.errors import CodebookError, nearest

CODERS = ("coder_1", "coder_2")
NONE = "none"
SEPARATOR = " | "
_SHEET = ("code", "indicator", "sentence", "marked", "choices", *CODERS)
_KEY = ("code", "indicator", "article_id", "start", "end", "outlet", "kit")


class CodingSheet(NamedTuple):
    """What coders get, and what only the researcher keeps.

    Attributes
    ----------
    sheet : pandas.DataFrame
        ``code`` (a number that tells nothing), ``indicator`` (what is coded), ``sentence``, ``marked`` (the words in
        question, empty where the kit found none), ``choices`` (the codes, divided by bars), ``coder_1``, ``coder_2``.
    key : pandas.DataFrame
        ``code, indicator, article_id, start, end, outlet, kit``.
    """

    sheet: pd.DataFrame
    key: pd.DataFrame


def join(sheets: Sequence[CodingSheet]) -> CodingSheet:
    """Put sheets of several indicators into one, numbered through.

    Parameters
    ----------
    sheets : sequence of CodingSheet
        From `sample`.

    Returns
    -------
    CodingSheet

    Raises
    ------
    CodebookError
        When there is no sheet.
    """
    if not sheets:
        raise CodebookError("no sheet to join: choose at least one layer to be coded")
    both = [pd.concat([one[part] for one in sheets], ignore_index=True) for part in (0, 1)]
    codes = [f"S{number:03d}" for number in range(1, len(both[0]) + 1)]
    return CodingSheet(both[0].assign(code=codes), both[1].assign(code=codes))


def key_of(path: str | Path) -> Path:
    """Give the path of a sheet's key."""
    return Path(path).with_suffix(".key.csv")


def save_sheet(drawn: CodingSheet, path: str | Path) -> Path:
    """Write a sheet, and its key beside it.

    Parameters
    ----------
    drawn : CodingSheet
        From `sample` or `join`.
    path : str or pathlib.Path
        Where; the key gets the ending ``.key.csv``.

    Returns
    -------
    pathlib.Path

    Raises
    ------
    CodebookError
        When the file is there already: it may hold hours of coding.
    """
    target = Path(path)
    if target.exists():
        raise CodebookError(
            f"{target} is there already and may hold codes: give another name, or move it away"
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    _write(drawn.key, key_of(target))
    _write(drawn.sheet, target)
    return target


def read_sheet(path: str | Path) -> CodingSheet:
    """Read a sheet and the key beside it.

    Parameters
    ----------
    path : str or pathlib.Path
        The sheet.

    Returns
    -------
    CodingSheet
        An empty key where there is none, as on the machine of a coder.

    Raises
    ------
    CodebookError
        When there is no such file, it is no table, or a column is missing; the message names it.
    """
    sheet, key = _sheet(Path(path)), key_of(path)
    return CodingSheet(sheet, _read(key, _KEY) if key.is_file() else pd.DataFrame(columns=list(_KEY)))


def record(path: str | Path, code: str, coder: str, answer: str) -> pd.DataFrame:
    """Write one answer into a sheet.

    The file is read again first, so that two people can code the same file in turns, and replaced as a whole, so that
    it is never half written.

    Parameters
    ----------
    path : str or pathlib.Path
        The sheet.
    code : str
        The sentence.
    coder : {"coder_1", "coder_2"}
        Who answers.
    answer : str
        The answer; empty takes an answer back.

    Returns
    -------
    pandas.DataFrame
        The sheet as it now is.

    Raises
    ------
    CodebookError
        When there is no such sentence or coder.
    """
    if coder not in CODERS:
        raise CodebookError(f"there is no coder {coder!r}{nearest(coder, CODERS)}")
    sheet = _sheet(Path(path))
    at = sheet.index[sheet["code"] == code]
    if not len(at):
        raise CodebookError(
            f"there is no sentence {code!r} in {Path(path).name}{nearest(code, sheet['code'])}"
        )
    column = sheet[coder].where(sheet["code"] != code, answer)
    changed = sheet.assign(**{coder: column})
    _write(changed, Path(path))
    return changed


def answered(sheet: pd.DataFrame) -> pd.DataFrame:
    """Give the answers as the codes are written, whatever blanks and capitals a coder typed.

    Parameters
    ----------
    sheet : pandas.DataFrame
        With ``code``, ``choices`` and the two coders.

    Returns
    -------
    pandas.DataFrame

    Raises
    ------
    CodebookError
        When an answer is almost one of the codes of its sentence: a slip of the pen would count as disagreement. An
        answer that is like none of them stands as a code of the coder's own.

    Examples
    --------
    >>> row = {"code": "S001", "choices": "war | none", "coder_1": " War", "coder_2": ""}
    >>> answered(pd.DataFrame([row]))["coder_1"].tolist()
    ['war']
    """
    codes = [{code.strip().lower(): code.strip() for code in text.split("|")} for text in sheet["choices"]]
    changed = {}
    for coder in CODERS:
        column = []
        for name, known, answer in zip(sheet["code"], codes, sheet[coder].fillna(""), strict=True):
            given = answer.strip().lower()
            if given not in known and difflib.get_close_matches(given, known, n=1):
                raise CodebookError(
                    f"{name}, {coder}: {answer!r} is none of the codes of this sentence{nearest(given, known)}; "
                    "mend it in the sheet, or add it to the column 'choices'"
                )
            column.append(known.get(given, answer.strip()))
        changed[coder] = column
    return sheet.assign(**changed)


def mask(text: str, names: Sequence[str]) -> str:
    """Replace names of outlets by a black bar.

    Examples
    --------
    >>> mask("The Verrin Courier saw it; so did Verrin.", ["Verrin Courier", "Verrin"])
    'The █████ saw it; so did █████.'
    """
    if not names:
        return text
    pattern = "|".join(rf"\b{re.escape(name)}\b" for name in names)
    return re.sub(pattern, "█████", text, flags=re.IGNORECASE)


def telling_words(outlets: Sequence[str], bodies: Sequence[str]) -> list[str]:
    """Give the names of outlets, and those of their words that stand nowhere in lower case: they can only be names.

    Examples
    --------
    >>> telling_words(["Verrin Evening Courier"], ["The courier came. It was evening in Verrin."])
    ['Verrin Evening Courier', 'Verrin']
    """
    words = {word for outlet in outlets for word in re.findall(r"[^\W\d_]{3,}|\b[A-Z]{2}\b", outlet)}
    text = " ".join(bodies)
    telling = [word for word in words if not re.search(rf"\b{re.escape(word.lower())}", text)]
    return sorted({*outlets, *telling}, key=lambda name: (-len(name), name))


def _sheet(path: Path) -> pd.DataFrame:
    if not path.is_file():
        raise CodebookError(
            f"there is no coding sheet {path}; `analysis codebook sample --out {path.name}` draws one"
        )
    sheet = _read(path, _SHEET)
    twice = sheet["code"][sheet["code"].duplicated()]
    if len(twice):
        raise CodebookError(f"{path.name}: the sentence {twice.iloc[0]!r} occurs twice; keep one of the rows")
    return sheet


def _read(path: Path, columns: Sequence[str]) -> pd.DataFrame:
    data = path.read_bytes()
    head = data.partition(b"\n")[0]
    # a spreadsheet may save with semicolons or tabs, where its country writes decimals with a comma
    divider = max((",", ";", "\t"), key=lambda mark: head.count(mark.encode()))
    try:
        frame = pd.read_csv(
            io.BytesIO(data), sep=divider, dtype=str, keep_default_na=False, encoding="utf-8-sig"
        )
    except (ValueError, UnicodeDecodeError) as error:
        raise CodebookError(
            f"{path.name} is no table of codes ({error}); save the sheet as CSV in UTF-8, under the columns it was drawn with"
        ) from error
    for column in columns:
        if column not in frame.columns:
            raise CodebookError(f"{path.name}: no column {column!r}; it has {', '.join(frame.columns)}")
    return frame


def _write(frame: pd.DataFrame, path: Path) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            frame.to_csv(file, index=False, lineterminator="\n")
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
