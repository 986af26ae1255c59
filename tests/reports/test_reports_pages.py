"""The body of a page: its headings lie on levels, its quiet cells are told at the end, and scripts are sealed."""

from __future__ import annotations

import re
from typing import Any

from nbformat import v4

from analysis.reports.cells import body_of, headed, quiet
from analysis.reports.page import sealed

FINDING = '<section class="finding"><h2 id="{0}">{0}</h2><p>one of two</p></section>'
OPENING = '<header class="opening"><h1>Ferries &amp; quays</h1></header>'


def shown(source: str, markup: str) -> Any:
    output = v4.new_output("display_data", {"text/html": markup, "text/plain": "-"})
    return v4.new_code_cell(source, outputs=[output])


def notebook(*cells: Any) -> Any:
    return v4.new_notebook(cells=list(cells))


def levels(body: str) -> list[tuple[str, str]]:
    return re.findall(r'<h([23]) id="([^"]+)"', body)


def test_findings_below_a_heading_of_prose_lie_one_level_lower() -> None:
    body = body_of(
        notebook(
            shown("first", FINDING.format("first")),
            v4.new_markdown_cell("## Part one"),
            shown("second", FINDING.format("second")),
            v4.new_markdown_cell("Prose without a heading."),
            shown("third", FINDING.format("third")),
        ),
        drop_first=False,
    )
    assert levels(body) == [("2", "first"), ("2", "part-one"), ("3", "second"), ("2", "third")]


def test_headings_of_the_same_words_get_anchors_of_their_own() -> None:
    body = body_of(
        notebook(*(v4.new_markdown_cell("## Notes") for _ in range(2)), shown("x", FINDING.format("notes"))),
        drop_first=False,
    )
    anchors = [anchor for _, anchor in levels(body)]
    assert len(set(anchors)) == len(anchors) == 3


def test_the_title_of_an_opening_stands_before_that_of_the_notebook() -> None:
    title = v4.new_markdown_cell("# Actors")
    assert headed(notebook(title)) == ("", "Actors", False)
    assert headed(notebook(title, shown("open", OPENING))) == ("Actors", "Ferries & quays", True)


def test_cells_that_show_nothing_are_left_for_the_end() -> None:
    silent, loud = v4.new_code_cell("import pandas"), shown("table", FINDING.format("a"))
    hidden = v4.new_code_cell("x = 1", metadata={"tags": ["remove-cell"]})
    made = notebook(silent, loud, hidden)
    assert [cell.source for cell in quiet(made)] == ["import pandas"]
    assert "import pandas" not in body_of(made, drop_first=False)


def test_a_page_without_scripts_may_run_none() -> None:
    page = sealed('<meta content="@@POLICY@@"><p>words</p>')
    assert "script-src 'none'" in page
    two = sealed('<meta content="@@POLICY@@"><script>a()</script><script>b()</script>')
    assert len(set(re.findall(r"'sha256-[^']+'", two))) == 2
