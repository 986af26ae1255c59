"""Hand corrections beside the articles."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from analysis.errors import CodebookError
from analysis.stories import read_corrections

ARTICLES = pd.DataFrame({"article_id": ["a", "b"], "path": ["one.txt", "export.csv"], "row": [None, 2]})


def test_without_a_file_nothing_is_corrected(tmp_path: Path) -> None:
    assert read_corrections(tmp_path, ARTICLES).empty


def test_files_and_rows_are_named_as_in_the_articles_table(tmp_path: Path) -> None:
    text = "# mine\nfile,story\none.txt,bridge\nexport.csv#2,ferry\n"
    (tmp_path / "stories.csv").write_text(text, encoding="utf-8")
    found = read_corrections(tmp_path / "one.txt", ARTICLES)
    assert found.to_numpy().tolist() == [["a", "bridge"], ["b", "ferry"]]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("file,tale\none.txt,x\n", "'story'"),
        ("# mine\nfile,story\nonee.txt,x\n", "line 3.*did you mean 'one.txt'"),
    ],
)
def test_mistakes_are_named_with_their_line(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "stories.csv").write_text(text, encoding="utf-8")
    with pytest.raises(CodebookError, match=message):
        read_corrections(tmp_path, ARTICLES)
