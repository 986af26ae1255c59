"""From articles to layers: only what changed is done again, nothing finished is lost, every offset holds."""

from __future__ import annotations

import hashlib
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pytest

from analysis import Corpus, annotate, executors, language, open_corpus
from analysis.annotation.chunks import SIZE
from analysis.errors import CodebookError, ReadingError, StoreError
from analysis.schemas import LAYERS

ARTICLES = {
    "gazette-1.txt": "Harbour council shuts bridge after inspection\n\n"
    "ODESA, 4 March 2023 – The council of Odesa said on Saturday that the old bridge would stay shut for a month.\n\n"
    "“We found cracks in two pillars,” said Marta Lind, the city's engineer. Ukrainian soldiers guarded the road.\n\n"
    "Also read: Ten recipes for rainy days in Lisbon\n",
    "wire-1.txt": "Residents of Kharkiv spent the night without power after shelling hit a substation, officials said.\n\n"
    "At least 12 people were wounded. Marta Lind, an engineer, said that repairs would take a week.\n",
    "state-1.txt": "The ministry in Moscow said the special military operation was going to plan.\n\n"
    "According to the ministry, two depots were destroyed near Kherson. The claim could not be verified.\n",
}


@pytest.fixture
def folder(tmp_path) -> Path:
    where = tmp_path / "articles"
    where.mkdir()
    for name, text in ARTICLES.items():
        (where / name).write_text(text, encoding="utf-8")
    (where / "sources.csv").write_text(
        "file,outlet,date\ngazette-1.txt,Harbour Gazette,2023-03-04\nwire-1.txt,Continental Wire,2023-03-05\n"
        "state-1.txt,State Channel One,2023-03-05\n",
        encoding="utf-8",
    )
    return where


@pytest.fixture
def store(tmp_path) -> str:
    return str(tmp_path / "store")


@pytest.fixture
def parsed(monkeypatch) -> list[str]:
    """The bodies that are really given to the language model."""
    seen: list[str] = []
    real = language.parse

    def counting(articles, **options):
        rows = list(articles)
        seen.extend(str(row["body"]) for row in rows if "lines" not in row)  # not the removed lines
        return real(rows, **options)

    monkeypatch.setattr(language, "parse", counting)
    return seen


def tree(store: str) -> dict[str, str]:
    return {
        path.relative_to(store).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(Path(store).rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def test_a_folder_becomes_articles_with_layers(folder, store):
    corpus = annotate(folder, store=store, codebook="ukraine-war")
    assert len(corpus) == 3
    assert corpus.outlets == ["Continental Wire", "Harbour Gazette", "State Channel One"]
    places = corpus.layer("places")
    assert {"Odesa", "Kharkiv", "Kherson"} <= set(places["place"])
    assert "Lisbon" not in set(places["place"])
    assert "Lisbon" in set(corpus.layer("contamination")["name"])
    assert "Marta Lind" in set(corpus.layer("mentions")["actor"])
    assert "special military operation" in set(corpus.layer("labels")["label"])


def test_every_span_of_every_layer_lies_in_its_body(folder, store):
    corpus = annotate(folder, store=store)
    bodies = corpus.articles.set_index("article_id")["body"]
    for name in LAYERS:
        for row in corpus.layer(name).itertuples():
            if pd.isna(row.start):
                assert name == "lines"
                assert not row.kept
                continue
            text = bodies[row.article_id][int(row.start) : int(row.end)]
            assert text, name
            if hasattr(row, "surface"):
                assert text == row.surface, name
            if name == "lines":
                assert text == row.text


def test_what_is_unchanged_is_not_done_again(folder, store, parsed):
    annotate(folder, store=store)
    assert len(parsed) == 3
    before = tree(store)
    annotate(folder, store=store)
    assert len(parsed) == 3
    assert tree(store) == before


def test_a_new_article_is_the_only_one_parsed(folder, store, parsed):
    annotate(folder, store=store)
    (folder / "gazette-2.txt").write_text(
        "The mayor of Odesa opened a library on Sunday. Readers queued in the rain for the first cards, she said.\n"
    )
    corpus = annotate(folder, store=store)
    assert len(corpus) == 4
    assert len(parsed) == 4
    assert "library" in parsed[-1]


def test_another_codebook_makes_layers_anew_but_parses_nothing(folder, store, parsed):
    annotate(folder, store=store, codebook="general")
    corpus = annotate(folder, store=store, codebook="ukraine-war")
    assert len(parsed) == 3
    assert corpus.settings["codebook"] == "ukraine-war"


def test_a_removed_article_leaves_no_trace(folder, store, tmp_path):
    annotate(folder, store=store)
    (folder / "wire-1.txt").unlink()
    annotate(folder, store=store)
    clean = str(tmp_path / "clean")
    annotate(folder, store=clean)
    assert tree(store) == tree(clean)


def test_an_interrupted_run_leaves_a_readable_store_and_goes_on_from_there(
    folder, store, tmp_path, monkeypatch, parsed
):
    monkeypatch.setitem(SIZE, "model", 1)  # an article a chunk

    class Interrupted(executors.InProcess):
        calls = 0

        def submit(self, fn, /, *args, **kwargs):
            self.calls += 1
            if self.calls == 3:
                raise KeyboardInterrupt
            return super().submit(fn, *args, **kwargs)

    with pytest.raises(KeyboardInterrupt):
        annotate(folder, store=store, executor=Interrupted(), window=1)
    partial = Corpus.open(store)
    assert not partial.complete
    assert len(partial) == 2
    assert len(parsed) == 2
    finished = annotate(folder, store=store)
    assert finished.complete
    assert len(parsed) == 3
    clean = str(tmp_path / "clean")
    annotate(folder, store=clean)
    assert tree(store) == tree(clean)


def test_one_bad_article_is_set_aside_and_the_others_stay(folder, store, monkeypatch):
    from analysis import framing

    real = framing.annotate_labels

    def failing(parses, **options):
        if any("Kharkiv" in item.body for item in parses):
            raise RuntimeError("a made-up mishap")
        return real(parses, **options)

    monkeypatch.setattr(framing, "annotate_labels", failing)
    corpus = annotate(folder, store=store)
    assert len(corpus) == 3
    (row,) = corpus.set_aside.to_dict("records")
    assert row["path"] == "wire-1.txt"
    assert row["reason"] == "not annotated"
    assert "made-up mishap" in row["detail"]
    assert "Odesa" in set(corpus.layer("places")["place"])


def test_two_writers_do_not_meet(folder, store):
    from analysis.corpus.store import Store

    with Store.at(store).writing(), pytest.raises(StoreError, match="another process is writing"):
        annotate(folder, store=store, patience=0)


def test_who_meets_another_writer_waits_and_takes_over_what_that_one_did(folder, store, parsed):
    stages: list[str] = []
    began, met = threading.Event(), threading.Event()

    def first(stage: str, done: int, total: int) -> None:
        if stage == "reading" and not began.is_set():
            began.set()
            assert met.wait(60)

    def second(stage: str, done: int, total: int) -> None:
        stages.append(stage)
        met.set()

    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(annotate, folder, store=store, progress=first)
        assert began.wait(60)
        other = pool.submit(annotate, folder, store=store, progress=second)
        assert one.result().articles.equals(other.result().articles)
    assert stages == ["waiting"]
    assert len(parsed) == len(ARTICLES)


def test_two_engines_read_the_same_articles_at_once(folder, store):
    with ThreadPoolExecutor(2) as pool:
        one = pool.submit(annotate, folder, store=store)
        other = pool.submit(annotate, folder, store=f"{store}-rules", engine="rules")
        assert one.result().articles.equals(other.result().articles)
    assert other.result().absent
    assert not one.result().absent


@pytest.mark.parametrize("engine", ["model", "rules"])
def test_threads_do_the_work_as_one_does(folder, store, tmp_path, monkeypatch, engine):
    monkeypatch.setitem(SIZE, engine, 1)  # an article a chunk
    alone = annotate(folder, store=store, engine=engine)
    assert "not annotated" not in set(alone.set_aside["reason"])
    for number in range(2):
        again = str(tmp_path / f"threads-{number}")
        with ThreadPoolExecutor(3) as pool:
            annotate(folder, store=again, engine=engine, executor=pool)
        assert tree(again) == tree(store)


def test_the_bytes_do_not_depend_on_who_does_the_work(folder, store, tmp_path, monkeypatch):
    distributed = pytest.importorskip("distributed", reason="Dask is an extra: pip install distributed")
    monkeypatch.setitem(SIZE, "model", 1)  # an article a chunk, so that they may be finished in another order
    annotate(folder, store=store)
    with executors.processes(1) as pool:  # who is done first does not matter either: see the threads above
        annotate(folder, store=str(tmp_path / "processes"), executor=pool)
    assert tree(str(tmp_path / "processes")) == tree(store)
    with (
        distributed.LocalCluster(
            n_workers=1,
            threads_per_worker=2,
            processes=False,
            protocol="tcp://",
            dashboard_address=None,
            local_directory=str(tmp_path),
        ) as local,
        executors.Cluster(local.scheduler_address) as pool,
    ):
        annotate(folder, store=str(tmp_path / "cluster"), executor=pool)
    assert tree(str(tmp_path / "cluster")) == tree(store)


def test_a_codebook_is_a_shipped_name_or_a_file_of_whatever_name(folder, store, tmp_path):
    with pytest.raises(CodebookError, match="neither a file nor a shipped one; did you mean 'ukraine-war'"):
        annotate(folder, store=store, codebook="ukrain-war")
    own = tmp_path / "own.codebook"
    own.write_text('name = "own"\ntitle = "Our own"\nextends = "general"\n', encoding="utf-8")
    before = annotate(folder, store=store, codebook=str(own)).settings
    own.write_text('name = "own"\ntitle = "Our own"\nextends = "ukraine-war"\n', encoding="utf-8")
    assert annotate(folder, store=store, codebook=str(own)).settings != before


def test_choosing_articles_takes_their_layers_along(folder, store):
    corpus = open_corpus(folder, store=store, outlets=["Harbour Gazette"])
    assert len(corpus) == 1
    assert set(corpus.layer("places")["article_id"]) == set(corpus.articles["article_id"])
    with pytest.raises(ReadingError, match="did you mean 'Harbour Gazette'"):
        open_corpus(folder, store=store, outlets=["Harbor Gazette"])
    assert len(open_corpus(folder, store=store, since="2023-03-05")) == 2
    with pytest.raises(ReadingError, match="not a day"):
        open_corpus(folder, store=store, since="last week")


def test_layers_of_a_corpus_that_was_only_read_are_missed_with_a_remedy(folder):
    corpus = Corpus.read(folder)
    assert len(corpus.layer("lines")) > 6
    with pytest.raises(StoreError, match="read but not annotated.*analysis.annotate"):
        corpus.layer("mentions")


def test_nothing_there_is_an_error_with_a_remedy(tmp_path, store):
    with pytest.raises(ReadingError, match="nowhere"):
        annotate(tmp_path / "nowhere", store=store)


def test_a_notebook_opened_in_its_own_folder_finds_the_articles_of_the_kit(folder, tmp_path, monkeypatch):
    (tmp_path / "notebooks" / "mine").mkdir(parents=True)
    (tmp_path / "notebooks" / "batches.toml").write_text("")
    monkeypatch.chdir(tmp_path / "notebooks" / "mine")
    with pytest.raises(ReadingError, match="no such file or folder"):
        open_corpus("elsewhere", engine="rules")
    assert Path.cwd() == tmp_path / "notebooks" / "mine"
    assert len(open_corpus(folder.name, engine="rules")) == len(ARTICLES)
    assert list((tmp_path / ".parallax").iterdir())
    assert Path.cwd() == tmp_path
