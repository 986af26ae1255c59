"""The command line: one readable line for each mistake, help that teaches, files where one asked for them."""

from __future__ import annotations

import subprocess
import sys

import pandas as pd
import pytest
from typer.testing import CliRunner

from analysis import cli
from analysis.errors import ReportError

runner = CliRunner()


@pytest.fixture
def folder(tmp_path):
    where = tmp_path / "articles"
    where.mkdir()
    (where / "a.txt").write_text(
        "The council of Odesa said on Saturday that the bridge would stay shut after the invasion.\n\n"
        "Residents said the war had reached the town. Soldiers guarded the road to Kherson.\n"
    )
    (where / "b.txt").write_text("")
    return where


def command(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "analysis", *words], capture_output=True, text=True, check=False
    )


def test_reading_says_how_many_were_read_and_what_was_set_aside_and_why(folder, tmp_path):
    done = runner.invoke(cli.app, ["read", str(folder), "--store", str(tmp_path / "store")])
    assert done.exit_code == 0, done.output
    assert "1 read, 1 set aside" in done.output
    assert "b.txt: empty" in done.output


def test_a_mistake_is_one_line_with_a_remedy_and_status_2(tmp_path):
    done = command("read", str(tmp_path / "nowhere"))
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "no such file or folder; give" in done.stderr


def test_where_nothing_can_be_written_the_place_and_the_options_are_named(
    folder, tmp_path, monkeypatch, capsys
):
    (tmp_path / "file").write_text("in the way")
    asked = ["read", str(folder), "--engine", "rules", "--store", str(tmp_path / "file" / "store")]
    monkeypatch.setattr(sys, "argv", ["analysis", *asked])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "--store" in said


def test_a_python_without_the_kit_says_how_to_come_to_one_with_it(root):
    done = subprocess.run(
        [sys.executable, "-S", "-m", "analysis", "read"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "make setup" in done.stderr
    assert "Traceback" not in done.stderr


def test_outside_the_folder_of_the_kit_the_missing_notebook_is_no_riddle(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = runner.invoke(cli.app, ["report", "10-corpus"])
    assert "in the folder of the kit" in str(done.exception)
    done = runner.invoke(cli.app, ["batch"])
    assert "in the folder of the kit" in str(done.exception)


def test_a_folder_of_which_nothing_could_be_read_makes_no_reports(tmp_path, root, monkeypatch):
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "scan.pdf").write_bytes(b"%PDF-1.4")
    monkeypatch.chdir(root)
    asked = ["report", "10-corpus", "--corpus", str(tmp_path / "articles"), "--engine", "rules"]
    done = runner.invoke(
        cli.app, [*asked, "--store", str(tmp_path / "store"), "--out", str(tmp_path / "out")]
    )
    assert "no article could be read" in str(done.exception)
    assert "save it as .txt" in done.output


def test_articles_without_an_outlet_are_counted_with_what_to_do(tmp_path):
    text = "The council of Odesa said on Saturday that the bridge would stay shut for a month."
    (tmp_path / "pasted.csv").write_text(f'title,text\nBridge,"{text}"\n')
    done = runner.invoke(
        cli.app,
        ["read", str(tmp_path / "pasted.csv"), "--engine", "rules", "--store", str(tmp_path / "store")],
    )
    assert "one article has no known outlet" in done.output
    assert "sources.csv" in done.output


@pytest.mark.parametrize(
    "words", [["--help"], ["read", "--help"], ["report", "--help"], ["codebook", "--help"]]
)
def test_help_is_there_for_every_command(words):
    done = runner.invoke(cli.app, words)
    assert done.exit_code == 0
    assert "Usage" in done.output


def test_the_parameters_of_a_notebook_are_listed_with_their_meaning(root, monkeypatch):
    monkeypatch.chdir(root)
    done = runner.invoke(cli.app, ["parameters", "corpus"])
    assert "seed: int = 2026  # of the random generator" in done.output


def test_an_unknown_parameter_is_named_before_anything_runs(root, monkeypatch):
    monkeypatch.chdir(root)
    done = runner.invoke(cli.app, ["report", "10-corpus", "--set", "sede=7"])
    assert isinstance(done.exception, ReportError)
    assert "seed" in str(done.exception)


def test_a_sheet_for_coders_hides_the_outlets(folder, tmp_path):
    out = tmp_path / "sheet.csv"
    done = runner.invoke(
        cli.app,
        [
            "codebook",
            "sample",
            "--corpus",
            str(folder),
            "--store",
            str(tmp_path / "s"),
            "--n",
            "2",
            "--out",
            str(out),
        ],
    )
    assert done.exit_code == 0, done.output
    sheet = pd.read_csv(out)
    assert "outlet" not in sheet.columns
    assert len(sheet) == 2
    assert out.with_suffix(".key.csv").is_file()
    again = runner.invoke(cli.app, ["codebook", "sample", "--out", str(out)])
    assert "may hold codes" in str(again.exception)
    sheet.assign(coder_1="none", coder_2="none").to_csv(out, index=False)
    done = runner.invoke(cli.app, ["codebook", "agreement", str(out)])
    assert "coder 1 / kit" in done.output, done.output
