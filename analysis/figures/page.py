"""What a part of a page needs beside its markup: its style in JupyterLab, and the folder of the report being made.

While a report is made the environment names its folder, and parts then leave their data there: the numbers of each
table, the spans behind them, the articles these lie in. Outside of a run nothing is ever written.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.figures.escape import harmless

if TYPE_CHECKING:
    import pandas as pd

FOLDER = "PARALLAX_REPORT_DIR"
"""Name of the environment variable that holds the folder of the report being made."""
SENTENCES = "application/vnd.parallax.sentences+json"
"""The kind of output that carries the sentences behind the cells of a table into the page."""


def folder() -> Path | None:
    """Return the folder of the report being made, or None outside of a run."""
    named = os.environ.get(FOLDER)
    return Path(named) if named else None


@cache
def stylesheet() -> str:
    """Return the style of figures, tables and sentences, the same in reports and in JupyterLab."""
    from analysis.figures.palette import variables

    return variables() + Path(__file__).with_name("parts.css").read_text(encoding="utf-8")


def bundle(markup: str, text: str, sentences: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return what Jupyter shows: the markup (with its style where there is no report page around it) and a text.

    Parameters
    ----------
    markup : str
        The part, escaped.
    text : str
        The same in plain text, for terminals and for diffs.
    sentences : mapping, optional
        Sentences behind the cells, which a report page opens on a click.
    """
    if folder() is None:
        return {
            "text/html": f'<style>{stylesheet()}</style><div class="parallax">{markup}</div>',
            "text/plain": text,
        }
    shown: dict[str, Any] = {"text/html": f'<div class="parallax">{markup}</div>', "text/plain": text}
    if sentences and sentences.get("cells"):
        shown[SENTENCES] = dict(sentences)
    return shown


def keep_table(name: str, frame: pd.DataFrame) -> None:
    """Write the numbers of a table into the report's ``tables`` folder; outside of a run, do nothing."""
    base = folder()
    if base is not None:
        _write(base / "tables", name, ".csv", _csv(frame))


def keep_file(name: str, text: str) -> None:
    """Write a file into the report's ``tables`` folder; outside of a run, do nothing."""
    base = folder()
    if base is not None:
        (base / "tables").mkdir(parents=True, exist_ok=True)
        (base / "tables" / name).write_text(text, encoding="utf-8", newline="\n")


def keep_evidence(name: str, frame: pd.DataFrame) -> None:
    """Write the spans behind a finding, to become part of the report's ``evidence.csv``."""
    base = folder()
    if base is not None:
        place = base / ".parts" / "evidence"
        done = len(list(place.glob("*.csv"))) if place.is_dir() else 0
        _write(place, f"{done:03d}-{name}", ".csv", _csv(frame))


def keep_article(article: Mapping[str, Any]) -> None:
    """Write an article that sentences link to, to become a page beside the report."""
    base = folder()
    if base is None:
        return
    place = base / ".parts" / "articles"
    place.mkdir(parents=True, exist_ok=True)
    target = place / f"{page_name(article['article_id'], article['body'])}.json"
    if not target.exists():
        target.write_text(json.dumps(article, sort_keys=True, ensure_ascii=False), encoding="utf-8")


def page_name(article_id: str, body: str) -> str:
    """Return the name of an article's page, without suffix; an id is never trusted as a path.

    The text is part of the name, because a report may show an article both as pasted and as cleaned.

    Examples
    --------
    >>> page_name("00ff00ff00ff00ff", "A ferry sank.")
    '00ff00ff00ff00ff-0ad7'
    >>> page_name("../../etc", "A ferry sank.")
    'xbbc7da3e933c-0ad7'
    """
    text = hashlib.blake2s(body.encode(), digest_size=2).hexdigest()
    if re.fullmatch(r"[a-z0-9]{1,40}", article_id):
        return f"{article_id}-{text}"
    return f"x{hashlib.blake2s(article_id.encode(), digest_size=6).hexdigest()}-{text}"


def _csv(frame: pd.DataFrame) -> str:
    return frame.map(harmless).to_csv(index=False, lineterminator="\n", float_format="%.6g")


def _write(place: Path, name: str, suffix: str, text: str) -> None:
    """Write under the name, or under the next free one where another table already has it."""
    place.mkdir(parents=True, exist_ok=True)
    number = 1
    while True:
        target = place / f"{name}{'' if number == 1 else f'-{number}'}{suffix}"
        if not target.exists():
            target.write_text(text, encoding="utf-8", newline="")
            return
        if target.read_text(encoding="utf-8") == text:
            return
        number += 1
