"""Turn an executed notebook into a page that stands by itself, with its articles and its evidence beside it."""

from __future__ import annotations

import base64
import copy
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

from analysis.figures.escape import embedded, escaped, slug, visible
from analysis.figures.page import SENTENCES, stylesheet
from analysis.reports.job import Job

TEMPLATE = Path(__file__).with_name("template")
_HEADING = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>', re.DOTALL)
_CLAIM = re.compile(r'<h([23]) id="([^"]+)"[^>]*>(.*?)</h\1>', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_H1 = re.compile(r"^#\s+(.+)$", re.MULTILINE)
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
    pool, cells = _sentences(notebook)
    spans = _evidence(folder)
    articles = _articles(folder, title)
    body = _body(notebook, drop_first=opened)
    resources = {
        "title": title,
        "kicker": kicker,
        "opened": opened,
        "toc": [(anchor, _TAG.sub("", words)) for anchor, words in _HEADING.findall(body)],
        "code": [cell.source for cell in notebook.cells if cell in _quiet(notebook) or _opens(cell)],
        "rows": _made(made_from),
        "sentences": embedded({"cells": cells, "quotes": pool}) if cells else "",
        "files": _files(folder, spans=spans, articles=articles),
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


def headed(notebook: Any) -> tuple[str, str, bool]:
    """Return kicker, title, and whether the notebook has an `Opening` whose title takes the place of its first cell."""
    first = next((cell.source for cell in notebook.cells if cell.cell_type == "markdown"), "")
    found = _H1.search(first)
    kicker = found.group(1).strip() if found else "Report"
    for output in _outputs(notebook):
        opening = re.search(r'<header class="opening"><h1>(.*?)</h1>', output.get("text/html", ""), re.DOTALL)
        if opening:
            return kicker, html.unescape(opening.group(1)), True
    return "", kicker, False


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
            {"id": heading.group(2), "words": html.unescape(_TAG.sub("", heading.group(3))), **hashes}
        )
    return found


def sealed(page: str) -> str:
    """Let a page run only the scripts it was made with, and load nothing: a policy that browsers enforce."""
    hashes = []
    for script in _SCRIPT.findall(page):
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        hashes.append(f"'sha256-{digest}'")
    scripts = " ".join(dict.fromkeys(hashes)) or "'none'"
    policy = f"default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; script-src {scripts}; base-uri 'none'; form-action 'none'"
    return page.replace("@@POLICY@@", policy)


def environment() -> Any:
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(str(TEMPLATE)),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        finalize=lambda value: visible(value) if type(value) is str else value,
    )


def styles() -> dict[str, Any]:
    from markupsafe import Markup

    return {
        "css": Markup(stylesheet() + (TEMPLATE / "report.css").read_text(encoding="utf-8")),
        "js": Markup((TEMPLATE / "report.js").read_text(encoding="utf-8")),
    }


def _body(notebook: Any, *, drop_first: bool) -> str:
    """Convert the cells with our nbconvert template; the page around them is made apart."""
    from nbconvert.exporters.html import HTMLExporter
    from nbconvert.exporters.templateexporter import TemplateExporter
    from nbconvert.filters.highlight import Highlight2HTML
    from traitlets.config import Config

    cells = list(notebook.cells)
    if drop_first:
        first = next((i for i, cell in enumerate(cells) if cell.cell_type == "markdown"), None)
        cells = [cell for i, cell in enumerate(cells) if i != first]
    quiet = {id(cell) for cell in _quiet(notebook)}
    shown = notebook.copy()
    shown["cells"] = _nested([cell for cell in cells if id(cell) not in quiet])
    exporter: Any = HTMLExporter(  # type: ignore[no-untyped-call]
        config=Config(
            {
                "HTMLExporter": {"exclude_anchor_links": True},
                "TagRemovePreprocessor": {
                    "enabled": True,
                    "remove_cell_tags": ["parameters", "injected-parameters", "remove-cell"],
                },
            }
        ),
        template_name="template",
        extra_template_basedirs=[str(TEMPLATE.parent)],
    )
    exporter.register_filter("highlight_code", Highlight2HTML(pygments_lexer="python"))  # type: ignore[no-untyped-call]
    body: str
    # Not HTMLExporter's own method: it would parse the page and write it anew, which changes and slows much.
    body, _ = TemplateExporter.from_notebook_node(exporter, shown)
    return _anchored(body)


def _anchored(body: str) -> str:
    """Give headings of prose an id each, for the table of contents."""
    taken = set(re.findall(r'\bid="([^"]+)"', body))

    def named(found: re.Match[str]) -> str:
        name = slug(html.unescape(_TAG.sub("", found.group(2))))
        number = 1
        anchor = name
        while anchor in taken:
            number += 1
            anchor = f"{name}-{number}"
        taken.add(anchor)
        return f'<h{found.group(1)} id="{anchor}">{found.group(2)}</h{found.group(1)}>'

    return re.sub(r"<h([23])>(.*?)</h\1>", named, body, flags=re.DOTALL)


def _opens(cell: Any) -> bool:
    """Whether a cell shows the opening of the report."""
    shown = (output.get("data", {}).get("text/html", "") for output in cell.get("outputs", []))
    return any('<header class="opening">' in markup for markup in shown)


def _nested(cells: list[Any]) -> list[Any]:
    """Set claims one level lower where prose already opens a section; leave the opening without its code."""
    made = []
    below = False
    for cell in cells:
        if _opens(cell):
            cell = copy.deepcopy(cell)
            cell.metadata["tags"] = [*cell.metadata.get("tags", []), "hide-input"]
        if cell.cell_type == "markdown":
            below = bool(re.search(r"^##\s", cell.source, re.MULTILINE))
        elif below:
            cell = copy.deepcopy(cell)
            for output in cell.outputs:
                markup = output.get("data", {}).get("text/html", "")
                if '<section class="finding"' in markup:
                    output.data["text/html"] = _HEADING.sub(r'<h3 id="\1" class="claim">\2</h3>', markup)
        made.append(cell)
    return made


def _quiet(notebook: Any) -> list[Any]:
    """Return code cells that show nothing, such as imports: their code is told at the end of the report."""
    hidden = {"injected-parameters", "remove-cell", "hide-input"}
    return [
        cell
        for cell in notebook.cells
        if cell.cell_type == "code" and not cell.outputs and not hidden & set(cell.metadata.get("tags", []))
    ]


def _outputs(notebook: Any) -> list[Mapping[str, Any]]:
    return [
        output.data
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if output.output_type in {"display_data", "execute_result"}
    ]


def _sentences(notebook: Any) -> tuple[list[Any], dict[str, Any]]:
    """Gather the sentences behind all cells of all tables, each sentence once."""
    pool: dict[str, int] = {}
    quotes: list[Any] = []
    cells: dict[str, Any] = {}
    for data in _outputs(notebook):
        for name, cell in (data.get(SENTENCES) or {}).get("cells", {}).items():
            places = []
            for quote in cell["quotes"]:
                text = json.dumps(quote, sort_keys=True)
                if text not in pool:
                    pool[text] = len(quotes)
                    quotes.append({key: visible(value) for key, value in quote.items()})
                places.append(pool[text])
            cells[name] = {**cell, "quotes": places}
    return quotes, cells


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


def _files(folder: Path, *, spans: int, articles: int) -> list[tuple[str, str]]:
    tables = sorted(path.name for path in (folder / "tables").glob("*.csv"))
    files = [(f"tables/{name}", f"tables/{name}") for name in tables]
    if spans:
        files.insert(0, ("evidence.csv", f"evidence.csv ({spans:,} spans)".replace(",", "\u202f")))
    return files


__all__ = ["escaped", "failure", "report", "sealed", "sections", "slug"]
