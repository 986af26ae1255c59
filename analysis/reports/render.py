"""Turn an executed notebook into a page that stands by itself, with its articles and its evidence beside it."""

from __future__ import annotations

import csv
import hashlib
import html
import io
import itertools
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis.figures.escape import embedded, visible
from analysis.reports.cells import HEADING, TAG, body_of, headed, opens, quiet, sentences
from analysis.reports.job import Job
from analysis.reports.page import environment, sealed, styles

_CLAIM = re.compile(r'<h([23]) id="([^"]+)"[^>]*>(.*?)</h\1>', re.DOTALL)
_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


def report(notebook: Any, folder: Path, *, job: Job, made_from: Mapping[str, Any]) -> dict[str, Any]:
    """Write ``report.html``, ``evidence.csv`` and the pages of articles into a report folder.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        Executed and normalised.
    folder : pathlib.Path
        Where the notebook's cells have left their parts.
    job : Job
        What was made.
    made_from : mapping
        From `manifest.ingredients`.

    Returns
    -------
    dict
        ``title kicker facts findings``: what the index and `verify` need to know.
    """
    kicker, title, opened = headed(notebook)
    pool, cells = sentences(notebook)
    spans = _evidence(folder)
    articles = _articles(folder, title)
    body = body_of(notebook, drop_first=opened)
    told_last = quiet(notebook)
    resources = {
        "title": title,
        "kicker": kicker,
        "opened": opened,
        "toc": [(anchor, TAG.sub("", words)) for anchor, words in HEADING.findall(body)],
        "code": [cell.source for cell in notebook.cells if cell in told_last or opens(cell)],
        "rows": _made(made_from),
        "sentences": embedded({"cells": cells, "quotes": pool}) if cells else "",
        "files": _files(folder, spans=spans),
        "notebook": job.notebook.name,
        "slug": job.slug,
    }
    from markupsafe import Markup

    page = environment().get_template("page.html.j2").render(body=Markup(body), **styles(), **resources)
    (folder / "report.html").write_text(sealed(page), encoding="utf-8", newline="\n")
    return {
        "title": title,
        "kicker": kicker,
        "facts": _facts(body),
        "findings": sections(body),
        "spans": spans,
        "articles": articles,
    }


def failure(notebook: Any, folder: Path, *, job: Job, message: str) -> None:
    """Write a page that says which cell of a report failed, and why."""
    broken = [
        cell for cell in notebook.cells if any(o.output_type == "error" for o in cell.get("outputs", []))
    ]
    trace = "\n".join(
        _ANSI.sub("", line) for cell in broken[:1] for o in cell.outputs for line in o.get("traceback", [])
    )
    page = (
        environment()
        .get_template("failed.html.j2")
        .render(
            title=f"{job.slug} failed",
            slug=job.slug,
            message=visible(message),
            source=broken[0].source if broken else "",
            trace=visible(trace),
            **styles(),
        )
    )
    (folder / "failed.html").write_text(sealed(page), encoding="utf-8", newline="\n")


def sections(body: str) -> list[dict[str, str]]:
    """Return each finding of a page with the hashes of its parts, so that `verify` can say which differs."""
    found = []
    for piece in body.split('<section class="finding"')[1:]:
        section = piece.split("</section>", 1)[0]
        heading = _CLAIM.search(section)
        if heading is None:
            continue
        picture = "".join(re.findall(r'<figure class="picture">.*?</figure>', section, re.DOTALL))
        table = "".join(re.findall(r"<table>.*?</table>", section, re.DOTALL))
        quotes = "".join(re.findall(r"<details class=\"evidence.*?</details>", section, re.DOTALL))
        lead = "".join(re.findall(r'<p class="lead">.*?</p>', section, re.DOTALL))
        parts = {
            "claim": heading.group(3),
            "lead": lead,
            "figure": picture,
            "table": table,
            "sentences": quotes,
        }
        hashes = {name: hashlib.sha256(text.encode()).hexdigest()[:16] for name, text in parts.items()}
        found.append(
            {"id": heading.group(2), "words": html.unescape(TAG.sub("", heading.group(3))), **hashes}
        )
    return found


def _evidence(folder: Path) -> int:
    """Join the spans that findings left behind into one file; return how many."""
    rows: list[list[str]] = []
    header: list[str] = []
    for part in sorted((folder / ".parts" / "evidence").glob("*.csv")):
        with part.open(encoding="utf-8", newline="") as handle:
            header, *more = list(csv.reader(handle))
        rows += more
    if header:
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="\n").writerows([header, *rows])
        (folder / "evidence.csv").write_text(buffer.getvalue(), encoding="utf-8", newline="")
    return len(rows)


def _articles(folder: Path, title: str) -> int:
    """Write a page for each article that a sentence links to."""
    parts = sorted((folder / ".parts" / "articles").glob("*.json"))
    template = environment().get_template("article.html.j2")
    look = styles()
    for part in parts:
        article = json.loads(part.read_text(encoding="utf-8"))
        page = template.render(
            article=article,
            paragraphs=_paragraphs(article["body"], article["sentences"]),
            report=title,
            title=article["headline"] or f"An article of {article['outlet']}",
            **look,
        )
        place = folder / "articles"
        place.mkdir(exist_ok=True)
        (place / f"{part.stem}.html").write_text(sealed(page), encoding="utf-8", newline="\n")
    return len(parts)


def _paragraphs(body: str, sentences: list[list[int]]) -> list[list[tuple[int, str]]]:
    """Cut a body into paragraphs of sentences, each with the character it begins at; nothing of the body is lost."""
    starts = {0, *(start for start, _ in sentences)}
    lines: list[list[tuple[int, str]]] = []
    at = 0
    for line in body.split("\n"):
        inner = sorted({at, *(start for start in starts if at <= start < at + len(line))})
        edges = [*inner, at + len(line)]
        lines.append([(a, body[a:b]) for a, b in itertools.pairwise(edges) if b > a])
        at += len(line) + 1
    return [line for line in lines if line]


def _facts(body: str) -> list[list[str]]:
    """Return the sizes of the opening, for the index."""
    found = re.findall(r"<div><dt>(.*?)</dt><dd>(.*?)</dd></div>", body)
    return [[html.unescape(number), html.unescape(words)] for words, number in found]


def _made(made_from: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Say in rows how a report was made."""
    inputs = made_from.get("inputs") or {}
    rows = [("Notebook", f"{made_from['notebook']['path']}, sha256 {made_from['notebook']['sha256'][:12]}…")]
    if inputs:
        files = f"{inputs['files']} file{'' if inputs['files'] == 1 else 's'}"
        rows.append(("Articles", f"{files} in {inputs['path']}, sha256 {inputs['sha256'][:12]}…"))
    if made_from.get("codebook"):
        rows.append(
            ("Codebook", f"{made_from['codebook']['name']}, hash {made_from['codebook']['sha256'][:12]}…")
        )
    for name, value in made_from["parameters"].items():
        if name not in {"corpus", "codebook", "store"}:
            rows.append((f"Parameter {name}", _told(value)))
    return rows


def _told(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "all"
    return "not set" if value in ("", None) else str(value)


def _files(folder: Path, *, spans: int) -> list[tuple[str, str]]:
    tables = sorted(path.name for path in (folder / "tables").glob("*.csv"))
    files = [(f"tables/{name}", f"tables/{name}") for name in tables]
    if spans:
        files.insert(0, ("evidence.csv", f"evidence.csv ({spans:,} spans)"))
    return files
