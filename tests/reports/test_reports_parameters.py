"""Parameters are read without running anything, and checked before anything runs."""

from __future__ import annotations

from pathlib import Path

import made_up
import pytest

from analysis.errors import ReportError
from analysis.reports import batch, checked, jobs, manifest, read_parameters
from analysis.reports.parameters import from_words, parse_cell

CELL = """
corpus: str = "seeds"  # where the articles lie
outlets: list[str] = []  # empty: all
since: str | None = None  # first day
least: int = 10
share: float = 0.5  # from "0" to 1 # and no more
maps: bool = True
weights: dict[str, float] = {"a": 1.0}
"""


def test_names_types_defaults_and_help_are_read() -> None:
    parameters = parse_cell(CELL)
    assert [p.name for p in parameters] == ["corpus", "outlets", "since", "least", "share", "maps", "weights"]
    assert parameters[0].help == "where the articles lie"
    assert parameters[3].help == ""
    assert parameters[4].help == 'from "0" to 1 # and no more'
    assert parameters[2].type == "str | None"
    assert checked(parameters, {})["weights"] == {"a": 1.0}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("corpus = 'seeds'", "name: type = literal"),
        ("corpus: str = open('x').read()", "is not a literal"),
        ("n: int = 'ten'", "is not of type int"),
        ("import os", "name: type = literal"),
        ("n: int = (", "is not Python"),
        ("n: tuple[int, int] = (1, 2)", "is not of type"),
    ],
)
def test_a_cell_that_is_more_than_literals_is_refused(line: str, says: str) -> None:
    with pytest.raises(ReportError, match=says):
        parse_cell(line)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"outlet": ["A"]}, "did you mean 'outlets'"),
        ({"outlets": "A"}, r"outlets is list\[str\], and 'A' is str"),
        ({"outlets": ["A", 2]}, "outlets is list"),
        ({"least": True}, "least is int"),
        ({"least": "007"}, "least is int"),
        ({"maps": 1}, "maps is bool"),
        ({"since": 2023}, "since is str"),
        ({"since": "2023-13-01"}, "is not a day; write it as"),
        ({"since": "1 March"}, "is not a day; write it as"),
    ],
)
def test_an_unknown_name_or_another_type_is_refused(given: dict[str, object], says: str) -> None:
    with pytest.raises(ReportError, match=says):
        checked(parse_cell(CELL), given)


def test_words_of_a_command_line_take_the_type_of_their_parameter() -> None:
    words = ["outlets=Harbour Gazette, Tidewater Post", "since=2023-03-01", "least=5", "share=1", "maps=no"]
    assert from_words(parse_cell(CELL), words) == {
        "outlets": ["Harbour Gazette", "Tidewater Post"],
        "since": "2023-03-01",
        "least": 5,
        "share": 1.0,
        "maps": False,
    }
    with pytest.raises(ReportError, match="cannot be read as that; write digits, as in 5"):
        from_words(parse_cell(CELL), ["least=five"])
    with pytest.raises(ReportError, match="name=value"):
        from_words(parse_cell(CELL), ["least"])


def test_a_missing_notebook_names_the_nearest(tmp_path: Path) -> None:
    made_up.notebook(tmp_path / "40-words.ipynb")
    with pytest.raises(ReportError, match="did you mean '40-words.ipynb'"):
        read_parameters(tmp_path / "40-word.ipynb")
    (tmp_path / "x.ipynb").write_text("no")
    with pytest.raises(ReportError, match="is not a notebook"):
        read_parameters(tmp_path / "x.ipynb")


def test_every_combination_gets_a_folder_of_its_own(tmp_path: Path) -> None:
    notebook = made_up.notebook(tmp_path / "40-words.ipynb")
    work = jobs([notebook], each={"outlets": [["A.B"], ["A B"], []], "seed": [1, 2]}, out=tmp_path)
    slugs = [job.slug for job in work]
    assert len(set(slugs)) == 6
    assert slugs[0] == "40-words--a-b--1"
    assert slugs[4] == "40-words--1"
    assert (
        jobs([notebook], each={"outlets": [["..", "/etc/passwd"]]}, out=tmp_path)[0].folder.parent == tmp_path
    )


def _batch(tmp_path: Path, text: str) -> Path:
    made_up.notebook(tmp_path / "40-words.ipynb")
    file = tmp_path / "batches.toml"
    file.write_text(text.replace("NOTEBOOK", str(tmp_path / "40-words.ipynb")), encoding="utf-8")
    return file


def test_a_batch_is_a_matrix_of_notebooks_and_values(tmp_path: Path) -> None:
    file = _batch(
        tmp_path,
        """
        [reports.all]
        notebooks = ["NOTEBOOK"]
        [reports.outlets]
        notebooks = ["NOTEBOOK"]
        each = { outlets = "each" }
        parameters = { seed = 7 }
        slug = "one by one"
        """,
    )
    work = batch(
        file, parameters={"corpus": "mine", "worldview": "x"}, outlets=lambda: ["A", "B"], out=tmp_path
    )
    assert [job.slug for job in work] == ["40-words", "40-words--one-by-one--a", "40-words--one-by-one--b"]
    assert all(job.parameters["corpus"] == "mine" for job in work)
    assert [job.parameters["seed"] for job in work] == [2026, 7, 7]
    assert [job.slug for job in batch(file, only=["all"], out=tmp_path)] == ["40-words"]


def test_outlets_are_asked_for_once_until_the_articles_change(tmp_path: Path) -> None:
    text = "[reports.each]\nnotebooks = ['NOTEBOOK']\neach = { outlets = 'each' }"
    file = _batch(tmp_path, text)
    corpus = made_up.corpus(tmp_path / "corpus")
    asked: list[int] = []

    def outlets() -> list[str]:
        asked.append(1)
        return ["A", "B"]

    for _ in range(2):
        work = batch(file, parameters={"corpus": str(corpus)}, outlets=outlets, out=tmp_path / "out")
        assert [job.parameters["outlets"] for job in work] == [["A"], ["B"]]
    assert len(asked) == 1
    with (corpus / "articles.csv").open("a", encoding="utf-8") as more:
        more.write("\n")
    manifest.forget()
    batch(file, parameters={"corpus": str(corpus)}, outlets=outlets, out=tmp_path / "out")
    assert len(asked) == 2


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[reports.a]\nnotebooks = ['NOTEBOOK']\nslag = 'x'", "did you mean 'slug'"),
        ("[reports.a]\nnotebooks = 'NOTEBOOK'", "needs notebooks"),
        ("[reports.a]\nnotebooks = ['NOTEBOOK']\nparameters = { sead = 1 }", "did you mean 'seed'"),
        ("[reports.a]\nnotebooks = ['NOTEBOOK']\neach = { seed = 'each' }", "only outlets"),
        ("[report.a]\nnotebooks = ['NOTEBOOK']", r"\[reports.NAME\]"),
        ("reports = [", "is not TOML"),
    ],
)
def test_a_batch_file_with_a_mistake_says_where(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(ReportError, match=says):
        batch(_batch(tmp_path, text), outlets=lambda: ["A"], out=tmp_path)


def test_a_missing_batch_file_or_batch_is_said(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="there is no batch file"):
        batch(tmp_path / "none.toml")
    file = _batch(tmp_path, "[reports.standard]\nnotebooks = ['NOTEBOOK']")
    with pytest.raises(ReportError, match="did you mean 'standard'"):
        batch(file, only=["standart"])


def test_words_are_read_as_the_cell_declares_them_not_as_they_look():
    cell = parse_cell('since: str = ""\noutlets: list = []\nfew: list[int] = []')
    assert from_words(cell, ["since=2023", 'outlets=["Quay, Star", "Hill Post"]', "few=1,2"]) == {
        "since": "2023",
        "outlets": ["Quay, Star", "Hill Post"],
        "few": [1, 2],
    }
