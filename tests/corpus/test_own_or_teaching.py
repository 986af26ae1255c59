"""The user's own articles, else the teaching corpus; never both."""

from __future__ import annotations

import pytest

from analysis.corpus.locating import locate, teaching_only
from analysis.errors import ReadingError


def names(path) -> list[str]:
    return [file.path for file in locate(path)[0]]


def test_the_teaching_corpus_is_read_only_where_there_is_nothing_else(tmp_path):
    teaching = tmp_path / "teaching"
    teaching.mkdir()
    (teaching / "answers.toml").write_text("")
    (teaching / "01.txt").write_text("The bridge is shut.")
    (tmp_path / "README.md").write_text("A data card.")
    (tmp_path / "sources.csv").write_text("file,outlet\n")
    assert names(tmp_path) == ["teaching/01.txt"]
    assert teaching_only(tmp_path)
    assert names(teaching) == ["01.txt"]
    assert not teaching_only(teaching)

    (tmp_path / "mine.txt").write_text("The bridge is open again.")
    assert names(tmp_path) == ["mine.txt"]
    assert not teaching_only(tmp_path)


def test_a_store_given_for_a_folder_of_articles_is_refused_with_the_way_to_open_it(tmp_path):
    (tmp_path / "store.json").write_text("{}")
    with pytest.raises(ReadingError, match=r"store of annotations.*open it with Corpus.open"):
        locate(tmp_path)
