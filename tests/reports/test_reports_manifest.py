"""What a report is made from decides whether it is made again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import made_up
import pytest

from analysis.reports import manifest
from analysis.reports.job import Job


@pytest.fixture
def job(tmp_path: Path) -> Job:
    corpus = made_up.corpus(tmp_path / "corpus")
    codebook = tmp_path / "own.toml"
    codebook.write_text('name = "own"\ntitle = "Our own"\nextends = "general"\n', encoding="utf-8")
    notebook = made_up.notebook(tmp_path / "10-words.ipynb")
    parameters = {"corpus": str(corpus), "codebook": str(codebook), "seed": 7}
    return Job(notebook=notebook, parameters=parameters, slug="10-words", out=tmp_path / "out")


def grown(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")


CHANGES: dict[str, Callable[[Job], object]] = {
    "inputs": lambda job: (Path(job.parameters["corpus"]) / "more.txt").write_text(
        "The quay was shut again."
    ),
    "codebook": lambda job: grown(Path(job.parameters["codebook"])),
    "notebook": lambda job: grown(job.notebook),
}


@pytest.mark.parametrize("part", CHANGES)
def test_a_change_of_what_a_report_is_made_from_is_seen_by_the_next_run(job: Job, part: str) -> None:
    before = manifest.ingredients(job)
    CHANGES[part](job)
    manifest.forget()  # as every run does at its beginning
    after = manifest.ingredients(job)
    assert [name for name in before if before[name] != after[name]] == [part]
    assert manifest.key(before) != manifest.key(after)


def test_another_parameter_is_another_report(job: Job) -> None:
    other = replace(job, parameters={**job.parameters, "seed": 8})
    assert manifest.key(manifest.ingredients(job)) != manifest.key(manifest.ingredients(other))
    assert manifest.key(manifest.ingredients(job)) == manifest.key(manifest.ingredients(replace(job)))
