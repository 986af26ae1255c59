"""What a report is made from decides whether it is made again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import made_up
import pytest

from analysis.reports import manifest
from analysis.reports.batch import remembered
from analysis.reports.job import Job
from analysis.reports.verify import causes


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


OTHERWISE: dict[str, tuple[dict[str, object], str]] = {
    "lock": ({"lock": "0"}, "package: requirements.lock has changed"),
    "packages": ({"packages": {"polars": "0.1"}}, "package: polars was 0.1, is "),
    "parameters": ({"parameters": {"seed": 8}}, "parameter: seed"),
    "data": ({"code": {"data": "0"}}, "code: the data files of the package have changed"),
    "module": ({"code": {"modules": {"analysis/gone.py": "0"}}}, "code: analysis/gone.py is gone"),
    "codebook": ({"codebook": {"sha256": "0"}}, "codebook: "),
    "notebook": ({"notebook": {"sha256": "0"}}, "notebook: 10-words.ipynb"),
}


@pytest.mark.parametrize("part", OTHERWISE)
def test_whatever_differs_from_the_manifest_is_named(job: Job, part: str) -> None:
    now = manifest.ingredients(job)
    changed, said = OTHERWISE[part]
    before = now | {
        name: now[name] | value if isinstance(value, dict) else value for name, value in changed.items()
    }
    if part == "module":
        before["code"]["modules"] = now["code"]["modules"] | {"analysis/gone.py": "0"}
    found = causes(before, now)
    assert len(found) == 1
    assert found[0].startswith(said)
    assert causes(now, now) == []


def test_outlets_are_asked_for_again_only_when_articles_have_come(job: Job) -> None:
    asked: list[int] = []

    def outlets() -> list[str]:
        asked.append(1)
        return ["Hill Post", "Quay Star"][: len(asked)]

    named = remembered(outlets, job.parameters, job.out)
    assert [named(), named()] == [["Hill Post"], ["Hill Post"]]
    CHANGES["inputs"](job)
    assert named() == ["Hill Post", "Quay Star"]
    assert len(asked) == 2
