"""Every report is made also of what somebody pastes first: an article or two without an outlet and without a day."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"
REPORTS = sorted(path for path in NOTEBOOKS.glob("[1-9]*.ipynb"))
FIRST = (
    "The river port of Lysenk was without power after a night of heavy shelling, officials said.\n\n"
    "“We have water for two days,” said Anton Vell, the mayor, who asked the government in Kyiv for pumps.\n\n"
    "Engineers worked through the morning to bring back the lines that supply the eastern districts.\n"
)
SECOND = (
    "Farmers in the south of the country have begun to sow their fields although many of them are still mined.\n\n"
    "A spokesman for the ministry said that it was too early to say how large the harvest would be.\n"
)


@pytest.fixture(scope="module", params=["one article", "two outlets"])
def corpus(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    base = tmp_path_factory.mktemp("smallest")
    folder = base / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text(FIRST, encoding="utf-8")
    if request.param == "two outlets":
        (folder / "b.txt").write_text(SECOND, encoding="utf-8")
        rows = "file,outlet\na.txt,Harbour Post\nb.txt,Tarsk Today\n"
        (folder / "sources.csv").write_text(rows, encoding="utf-8")
    return folder, base / "store"


@pytest.mark.parametrize("report", REPORTS, ids=lambda path: path.stem)
def test_a_report_is_made_of_the_least(corpus: tuple[Path, Path], report: Path) -> None:
    folder, store = corpus
    run(report, corpus=folder, store=store)


def test_one_outlet_is_set_beside_the_others(tmp_path: Path) -> None:
    """The words that set it apart are drawn only where outlets have enough articles to differ."""
    names = run(NOTEBOOKS / "60-outlet.ipynb", corpus=NOTEBOOKS.parent / "seeds" / "teaching", store=tmp_path)
    assert len(names["apart"]) > 2


def run(report: Path, *, corpus: Path, store: Path) -> dict[str, Any]:
    """Run the cells of a report in this process, read by rule."""
    names: dict[str, Any] = {}
    for cell in nbformat.read(report, as_version=4).cells:
        if cell.cell_type == "code":
            exec(compile(cell.source, f"{report.name}, cell {cell.id}", "exec"), names)
            if cell.id == "parameters":
                names |= {
                    "corpus": str(corpus),
                    "store": str(store),
                    "codebook": "general",
                    "engine": "rules",
                }
    return names
