"""Making reports: what stands in a folder, what a failure leaves, what is skipped, that bytes come out the same."""

from __future__ import annotations

import csv
import itertools
import json
import os
import platform
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import made_reports
import made_up
import pytest
from made_reports import Made

from analysis.errors import ReportError
from analysis.reports import jobs, manifest, run, verify

made = made_reports.made  # the fixture, found by its name in this module

ALL = "40-words"
TWO = "40-words--harbour-gazette-tidewater-post"


class _Structure(HTMLParser):
    """What a page is made of: its elements with their attributes, and its words."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {key: value or "" for key, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def page(made: Made) -> _Structure:
    return _Structure((made.out / ALL / "report.html").read_text(encoding="utf-8"))


def test_a_finished_report_holds_page_notebook_tables_evidence_articles_and_manifest(made: Made) -> None:
    assert made.outcomes[ALL].status == made.outcomes[TWO].status == "done"
    files = {path.relative_to(made.out / ALL).as_posix() for path in (made.out / ALL).rglob("*")}
    assert {"report.html", "40-words.ipynb", "evidence.csv", "manifest.json"} <= files
    assert {"tables/labels-by-outlet.csv", "tables/articles.csv"} <= files
    assert len([name for name in files if name.startswith("articles/0000000000000000-")]) == 1
    assert not any(".parts" in name for name in files)
    assert not (made.out / ".making").exists()


def test_the_manifest_seals_what_went_in_and_what_came_out(made: Made) -> None:
    sealed = manifest.read(made.out / ALL)
    assert sealed is not None
    assert sealed["outputs"] == manifest.outputs(made.out / ALL)
    assert sealed["parameters"] == {"corpus": str(made.corpus), "outlets": [], "seed": 2026}
    assert list(sealed["inputs"]["each"]) == ["articles.csv"]
    assert "analysis/figures/figure.py" in sealed["code"]["modules"]
    assert sealed["packages"]["matplotlib"] != "not installed"
    assert sealed["facts"] == [["24", "articles"], ["4", "outlets"]]
    assert sealed["findings"][0]["words"].startswith("“War” stands in")


def test_the_page_has_one_title_ordered_headings_and_a_table_of_contents(page: _Structure) -> None:
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(deeper - level <= 1 for level, deeper in itertools.pairwise(levels))
    anchors = {attributes["id"] for _, attributes in page.elements if "id" in attributes}
    linked = [a["href"][1:] for a in page.all("a") if a.get("href", "").startswith("#")]
    assert len(linked) >= 4
    assert set(linked) <= anchors


def test_ids_are_unique_and_every_picture_and_table_has_its_words(page: _Structure) -> None:
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    pictures = [svg for svg in page.all("svg") if svg.get("role") == "img"]
    assert pictures
    assert all(svg["aria-labelledby"] in ids for svg in pictures)
    assert page.all("html")[0]["lang"] == "en"
    assert all(th.get("scope") in {"row", "col"} for th in page.all("th"))
    assert len(page.all("caption")) == len(page.all("table"))


def test_the_page_asks_for_nothing_and_runs_only_its_own_script(made: Made, page: _Structure) -> None:
    for tag in ("link", "iframe", "object", "img", "video", "audio", "source"):
        assert page.all(tag) == []
    assert not any("src" in attributes for attributes in page.all("script"))
    text = (made.out / ALL / "report.html").read_text(encoding="utf-8")
    assert "http://" not in text
    assert "https://" not in text
    policy = next(m["content"] for m in page.all("meta") if m.get("http-equiv") == "Content-Security-Policy")
    assert "default-src 'none'" in policy
    assert "script-src 'sha256-" in policy
    assert not any(name.startswith("on") for _, attributes in page.elements for name in attributes)


def test_hostile_words_of_an_article_stay_words(made: Made) -> None:
    for path in (
        made.out / ALL / "report.html",
        *(made.out / ALL / "articles").glob("0000000000000001-*.html"),
    ):
        text = path.read_text(encoding="utf-8")
        assert "<script>window.hacked" not in text
        assert "<img" not in text
        assert "<b>war" not in text
        assert "\u202e" not in text
        page = _Structure(text)
        words = "".join(page.words)
        assert "{{ 7*7 }}" in words
        assert "$E=mc^2$" in words
        assert "]]>" in words
        assert "[U+202E]gnirts" in words


def test_evidence_csv_gives_every_span_with_its_sentence_and_place(made: Made) -> None:
    with (made.out / ALL / "evidence.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert {row["speaks"] for row in rows} == {"for", "against"}
    assert {row["item"] for row in rows if row["speaks"] == "for"} == {"war", "invasion", "conflict"}
    assert all(row["span"] in row["sentence"] for row in rows)
    assert all(row["path"] == "articles.csv" and int(row["row"]) > 0 for row in rows)
    assert all(int(row["end"]) - int(row["start"]) == len(row["span"]) for row in rows)
    assert not any(value.startswith("=") for row in rows for value in row.values())


def test_an_outlet_looks_the_same_in_every_report(made: Made) -> None:
    marks = []
    for slug in (ALL, TWO):
        text = (made.out / slug / "report.html").read_text(encoding="utf-8")
        marks.append(
            set(re.findall(r'<span class="outlet">(<svg(?:(?!</svg>).)*</svg>)Harbour Gazette', text))
        )
    assert len(marks[0]) == 1
    assert marks[0] == marks[1]


def test_a_failed_report_never_looks_finished_and_stops_no_other(made: Made) -> None:
    outcome = made.outcomes["90-stray"]
    assert outcome.status == "failed"
    assert "refused" in outcome.message
    files = sorted(path.name for path in outcome.job.folder.iterdir())
    assert files == ["90-stray.failed.ipynb", "failed.html", "manifest.json"]
    index = (made.out / "index.html").read_text(encoding="utf-8")
    assert "90-stray/failed.html" in index
    assert "90-stray/report.html" not in index
    assert "create_connection" in (outcome.job.folder / "failed.html").read_text(encoding="utf-8")


def test_no_report_left_the_machine_but_the_one_that_tried(made: Made) -> None:
    assert made.calls.read_text().splitlines() == ["192.0.2.1"]


def test_the_index_lists_every_report_with_its_sizes_and_status(made: Made) -> None:
    page = _Structure((made.out / "index.html").read_text(encoding="utf-8"))
    words = " ".join(page.words)
    assert "Harbour Gazette, Tidewater Post" in words
    assert "24 articles" in words
    assert "failed:" in words
    links = [a["href"] for a in page.all("a")]
    assert f"{ALL}/report.html" in links
    assert all((made.out / link).exists() for link in links if not link.startswith("#"))


def test_progress_is_told_from_begin_to_end(made: Made) -> None:
    for slug, status in ((ALL, "done"), (TWO, "done"), ("90-stray", "failed")):
        told = [what for name, what in made.events if name == slug]
        assert told == ["begun", status]


def test_what_is_unchanged_is_skipped_without_loading_anything_heavy(made: Made) -> None:
    sealed = manifest.read(made.out / ALL)
    manifest.code.cache_clear()
    if sealed is None or sealed["code"] != manifest.code():
        pytest.skip("the package was edited while the tests ran, so everything is to be made again")
    code = (
        "import sys, pathlib\n"
        "from analysis.reports import jobs, run\n"
        f"work = jobs([{str(made.notebook)!r}], parameters={{'corpus': {str(made.corpus)!r}}}, out={str(made.out)!r})\n"
        "outcomes = run(work, prepare=lambda stale: 1 / 0)\n"
        "print(outcomes[0].status, sorted({'pandas', 'matplotlib', 'papermill', 'nbconvert', 'spacy', 'numpy'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split(maxsplit=1) == ["unchanged", "[]\n"]


def test_made_again_under_another_hash_seed_every_byte_is_the_same(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONHASHSEED", "4711")
    monkeypatch.chdir(made.notebook.parent)
    (made.notebook.parent / "notebooks").mkdir(exist_ok=True)
    shutil.copy(made.notebook, made.notebook.parent / "notebooks")
    verdict = verify(made.out / ALL)
    assert str(verdict).endswith("every byte is the same")
    assert verdict.same


def test_a_changed_input_is_named_with_the_findings_it_changes(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "notebooks").mkdir()
    shutil.copy(made.notebook, tmp_path / "notebooks")
    shutil.copytree(made.out / ALL, tmp_path / "out" / ALL)
    sealed = json.loads((tmp_path / "out" / ALL / "manifest.json").read_text())
    other = made_up.corpus(tmp_path / "corpus")
    table = other / "articles.csv"
    table.write_text(
        table.read_text(encoding="utf-8").replace("called it an invasion", "called it a war"),
        encoding="utf-8",
    )
    sealed["parameters"]["corpus"] = str(other)
    (tmp_path / "out" / ALL / "manifest.json").write_text(json.dumps(sealed))
    (tmp_path / "out" / ALL / "tables" / "articles.csv").write_text("touched by hand\n")
    monkeypatch.chdir(tmp_path)
    verdict = verify(tmp_path / "out" / ALL)
    assert not verdict.same
    assert verdict.causes == ("input: articles.csv has changed",)
    assert verdict.touched == ("tables/articles.csv was changed",)
    assert any("table" in entry and "picture" in entry for entry in verdict.findings)
    assert "tables/labels-by-outlet.csv differs" in verdict.files


def test_verify_refuses_what_is_no_report(made: Made, tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="holds no report"):
        verify(tmp_path)
    with pytest.raises(ReportError, match="is a report that failed"):
        verify(made.out / "90-stray")


def test_a_folder_that_is_no_report_is_never_overwritten(made: Made, tmp_path: Path) -> None:
    mine = tmp_path / "out" / "90-stray"
    mine.mkdir(parents=True)
    (mine / "thesis.txt").write_text("keep me")
    broken = made_up.notebook(tmp_path / "90-stray.ipynb", last="1 / 0")
    outcomes = run(jobs([broken], parameters={"corpus": str(made.corpus)}, out=tmp_path / "out"), workers=1)
    assert outcomes[0].status == "failed"
    assert "move it away" in outcomes[0].message
    assert (mine / "thesis.txt").read_text() == "keep me"


def test_a_failed_run_keeps_the_good_report_of_an_earlier_one(made: Made, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(made.out / ALL, out / ALL)
    broken = made_up.notebook(tmp_path / "40-words.ipynb", last="1 / 0")
    given = jobs([broken], parameters={"corpus": str(made.corpus)}, out=out)
    failed = run(given, workers=1)[0]
    assert failed.status == "failed"
    assert "of an earlier run and was kept" in failed.message
    before = (made.out / ALL / "report.html").read_bytes()
    assert (out / ALL / "report.html").read_bytes() == before
    assert (out / f"{ALL}.failed" / "failed.html").is_file()
    index = (out / "index.html").read_text(encoding="utf-8")
    assert f"{ALL}/report.html" in index
    assert f"{ALL}.failed/failed.html" in index
    made_up.notebook(tmp_path / "40-words.ipynb", last="pass")
    assert run(given, workers=1)[0].status == "done"
    assert not (out / f"{ALL}.failed").exists()


def test_two_runs_at_once_do_not_disturb_each_other(made: Made, tmp_path: Path) -> None:
    out = tmp_path / "out"
    left = out / ".making" / f"{platform.node()}-{2**22 + 1}" / "40-words"  # of a run that was killed
    left.mkdir(parents=True)
    other = out / ".making" / f"{platform.node()}-{os.getpid()}" / "50-other"
    other.mkdir(parents=True)
    notebook = made_up.notebook(tmp_path / "90-brief.ipynb", last="pass")
    assert run(jobs([notebook], parameters={"corpus": str(made.corpus)}, out=out))[0].status == "done"
    assert other.is_dir()
    assert not left.exists()


def test_an_unreadable_corpus_fails_its_report_alone(made: Made, tmp_path: Path) -> None:
    outcomes = run(jobs([made.notebook], parameters={"corpus": str(tmp_path / "none")}, out=tmp_path / "out"))
    assert outcomes[0].status == "failed"
    assert "none" in outcomes[0].message


def test_the_environment_is_as_before(made: Made) -> None:
    assert "PARALLAX_REPORT_DIR" not in os.environ
