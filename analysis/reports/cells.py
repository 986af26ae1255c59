"""The cells of an executed notebook: its title, the body of its page, and the sentences behind its numbers."""

from __future__ import annotations

import copy
import html
import json
import re
from collections.abc import Mapping
from typing import Any

from analysis.figures.escape import slug, visible
from analysis.figures.page import SENTENCES
from analysis.reports.page import TEMPLATE

TAG = re.compile(r"<[^>]+>")
HEADING = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>', re.DOTALL)
_H1 = re.compile(r"^#\s+(.+)$", re.MULTILINE)


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


def body_of(notebook: Any, *, drop_first: bool) -> str:
    """Convert the cells with our nbconvert template; the page around them is made apart."""
    from nbconvert.exporters.html import HTMLExporter
    from nbconvert.exporters.templateexporter import TemplateExporter
    from nbconvert.filters.highlight import Highlight2HTML
    from traitlets.config import Config

    cells = list(notebook.cells)
    if drop_first:
        first = next((i for i, cell in enumerate(cells) if cell.cell_type == "markdown"), None)
        cells = [cell for i, cell in enumerate(cells) if i != first]
    left_out = {id(cell) for cell in quiet(notebook)}
    shown = notebook.copy()
    shown["cells"] = _nested([cell for cell in cells if id(cell) not in left_out])
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
        name = slug(html.unescape(TAG.sub("", found.group(2))))
        number = 1
        anchor = name
        while anchor in taken:
            number += 1
            anchor = f"{name}-{number}"
        taken.add(anchor)
        return f'<h{found.group(1)} id="{anchor}">{found.group(2)}</h{found.group(1)}>'

    return re.sub(r"<h([23])>(.*?)</h\1>", named, body, flags=re.DOTALL)


def opens(cell: Any) -> bool:
    """Whether a cell shows the opening of the report."""
    shown = (output.get("data", {}).get("text/html", "") for output in cell.get("outputs", []))
    return any('<header class="opening">' in markup for markup in shown)


def _nested(cells: list[Any]) -> list[Any]:
    """Set claims one level lower where prose already opens a section; leave the opening without its code."""
    made = []
    below = False
    for cell in cells:
        if opens(cell):
            cell = copy.deepcopy(cell)
            cell.metadata["tags"] = [*cell.metadata.get("tags", []), "hide-input"]
        if cell.cell_type == "markdown":
            below = bool(re.search(r"^##\s", cell.source, re.MULTILINE))
        elif below:
            cell = copy.deepcopy(cell)
            for output in cell.outputs:
                markup = output.get("data", {}).get("text/html", "")
                if '<section class="finding"' in markup:
                    output.data["text/html"] = HEADING.sub(r'<h3 id="\1" class="claim">\2</h3>', markup)
        made.append(cell)
    return made


def quiet(notebook: Any) -> list[Any]:
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


def sentences(notebook: Any) -> tuple[list[Any], dict[str, Any]]:
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
