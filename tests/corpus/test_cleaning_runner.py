"""The runner of the benchmarks: it finds sets, hands out inputs without answers, and prints what the scorer says."""

from __future__ import annotations

import gzip
import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCORER = """
import gzip, json, sys
gold = [json.loads(line) for line in gzip.open(sys.argv[1], "rt")]
mine = {row["id"]: row for row in map(json.loads, open(sys.argv[2]))}
print("a small table")
print(json.dumps({"lines": {"f1": float(all(mine[row["id"]]["keep"] == row["keep"] for row in gold))}}))
"""
PAGE = [
    "Home",
    "Share on Facebook",
    "The council voted on Monday to rebuild the pier, and the mayor said that work would begin in the spring.",
    "Opponents of the plan, who want the money for schools, said they would go to court if it was approved.",
    "All rights reserved",
]


@pytest.fixture(scope="module")
def quality(root: Path) -> ModuleType:
    specification = importlib.util.spec_from_file_location("quality", root / "benchmarks" / "quality.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules["quality"] = module
    specification.loader.exec_module(module)
    return module


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "held_out"
    folder.mkdir()
    (tmp_path / "score.py").write_text(SCORER, encoding="utf-8")
    with gzip.open(folder / "inputs.jsonl.gz", "wt", encoding="utf-8") as handle:
        handle.write(json.dumps({"id": "a", "url": "https://example.org/a", "lines": PAGE}) + "\n")
    with gzip.open(folder / "gold.jsonl.gz", "wt", encoding="utf-8") as handle:
        handle.write(json.dumps({"id": "a", "keep": [2, 3], "neutral": []}) + "\n")
    return tmp_path


@pytest.mark.parametrize("where", [".", "held_out"])
def test_a_set_or_a_folder_of_sets_is_measured(
    where: str,
    quality: ModuleType,
    data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(quality, "OUT", tmp_path / "out")
    quality.main(["cleaning", "--data", str(data / where)])
    printed = capsys.readouterr().out
    assert '{"lines": {"f1": 1.0}}' in printed
    assert "a small table" in printed


def test_values_to_be_computed_are_handed_out_without_their_answers(
    quality: ModuleType, tmp_path: Path
) -> None:
    item = {
        "id": "x",
        "measure": "dp",
        "input": [1, 2],
        "expected": 3,
        "tol_abs": 0,
        "tol_rel": 0,
        "status": "s",
    }
    (tmp_path / "golden.json").write_text(json.dumps([item]), encoding="utf-8")
    assert quality.sets_of(tmp_path, None) == [tmp_path]
    assert list(quality.inputs_of(tmp_path, html=False)) == [{"id": "x", "measure": "dp", "input": [1, 2]}]


def test_an_unknown_task_or_set_is_named(quality: ModuleType, data: Path) -> None:
    with pytest.raises(SystemExit, match="known are .*cleaning"):
        quality.load_task("clening")
    with pytest.raises(SystemExit, match="found held_out"):
        quality.sets_of(data, "other")


def test_a_missing_scorer_is_an_error_that_says_what_to_do(quality: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="--scorer"):
        quality.scorer_of(tmp_path / "lonely" / "set")
