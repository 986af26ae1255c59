"""One source, two copies; the command that writes them; larger letters for a projector."""

from __future__ import annotations

import nbformat
import pytest
from typer.testing import CliRunner

from analysis import cli
from analysis.errors import MeasureError, ReadingError
from analysis.workshop import make, name_files, page, practice_folder, projector, teaching_corpus
from analysis.workshop.making import learner_copy

runner = CliRunner()


def notebook(*codes: str) -> dict:
    cells = [
        {"cell_type": "code", "id": f"cell-{at}", "metadata": {}, "source": code}
        for at, code in enumerate(codes)
    ]
    return {"cells": cells}


def test_a_solution_becomes_a_stub_with_the_names_that_are_needed_later() -> None:
    source = notebook(
        "### BEGIN SOLUTION\nhelper = 2\nanswer = helper * 21\n### END SOLUTION", "print(answer)"
    )
    copy = learner_copy(source)
    assert copy["cells"][0]["source"] == "# YOUR CODE HERE\nanswer = ..."
    assert "BEGIN SOLUTION" in source["cells"][0]["source"], "the source stays as it is"


def test_lines_around_a_solution_stay() -> None:
    copy = learner_copy(notebook("a = 1\n### BEGIN SOLUTION\nb = a\n### END SOLUTION\nb"))
    assert copy["cells"][0]["source"] == "a = 1\n# YOUR CODE HERE\nb = ...\nb"


def test_make_writes_both_copies_as_valid_notebooks(tmp_path) -> None:
    learner, teacher = make(3, tmp_path / "out")
    for path in (learner, teacher):
        nbformat.validate(nbformat.read(path, as_version=nbformat.NO_CONVERT))
    assert len(teacher.read_text(encoding="utf-8")) > len(learner.read_text(encoding="utf-8"))
    assert "teacher" in teacher.name


def test_an_unknown_lesson_is_an_error_that_lists_the_known(tmp_path) -> None:
    with pytest.raises(ReadingError, match="there is no lesson 12; there are 1, 2"):
        make(12, tmp_path)


def test_the_command_lists_and_makes(tmp_path) -> None:
    listed = runner.invoke(cli.app, ["workshop", "list"])
    assert listed.exit_code == 0
    assert "3  Lesson 3: Name" in listed.output
    made = runner.invoke(cli.app, ["workshop", "make", "--lesson", "2", "--out", str(tmp_path)])
    assert made.exit_code == 0, made.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["2-count.ipynb", "2-count.teacher.ipynb"]


def test_a_page_shows_every_line_with_its_reason() -> None:
    news = teaching_corpus()
    lines = page(news, "02.txt")
    assert lines["line"].is_monotonic_increasing
    assert set(lines["kept"]) == {"kept", "removed"}
    assert "export.csv#2" in set(name_files(news.articles))
    with pytest.raises(ReadingError, match="did you mean '02.txt'"):
        page(news, "02.tx")


def test_a_practice_folder_leaves_what_is_there(tmp_path) -> None:
    folder = practice_folder(tmp_path / "mine")
    (folder / "02.txt").write_text("my own", encoding="utf-8")
    practice_folder(folder)
    assert (folder / "02.txt").read_text(encoding="utf-8") == "my own"
    assert len(list(folder.glob("*.txt"))) == 5


def test_letters_on_a_projector_are_larger_and_never_absurd() -> None:
    assert "1.5rem" in projector(1.5)._repr_html_()
    with pytest.raises(MeasureError, match="from 1"):
        projector(15)
