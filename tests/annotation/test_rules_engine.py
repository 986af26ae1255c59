"""The engine of rules, from files to a store: the same tables, honest about what it leaves out, no model loaded."""

from __future__ import annotations

import re

import pytest

import analysis.annotation.by_model as by_model
from analysis import Corpus, annotate, fingerprints, language
from analysis.annotation import default_store
from analysis.corpus import overview
from analysis.errors import AnalysisError, MeasureError
from analysis.schemas import LAYERS, table
from analysis.text.concordance import concordance

ARTICLES = {
    "gazette-1.txt": "Harbour council shuts bridge after inspection\n\n"
    "ODESA, 4 March 2023 – Marta Lind, the head of the city council, said on Saturday that the old bridge would stay shut.\n\n"
    "“We found cracks in two pillars,” Lind said. At least 12 people were wounded on Friday, according to the ministry.\n\n"
    "Also read: Ten recipes for rainy days in Lisbon\n",
    "state-1.txt": "Moscow said the special military operation was going to plan.\n\n"
    "The ministry claimed that two depots near Kherson had been destroyed. The claim could not be verified.\n",
}


@pytest.fixture
def folder(tmp_path):
    where = tmp_path / "articles"
    where.mkdir()
    for name, text in ARTICLES.items():
        (where / name).write_text(text, encoding="utf-8")
    (where / "sources.csv").write_text(
        "file,outlet,date\ngazette-1.txt,Harbour Gazette,2023-03-04\nstate-1.txt,State Channel One,2023-03-05\n",
        encoding="utf-8",
    )
    return where


@pytest.fixture
def corpus(folder, tmp_path):
    return annotate(folder, store=str(tmp_path / "store"), codebook="ukraine-war", engine="rules")


def test_all_layers_have_the_declared_columns_and_exact_spans(corpus):
    bodies = corpus.articles.set_index("article_id")["body"]
    for name in LAYERS:
        layer = corpus.layer(name)
        assert list(layer.columns) == [column.name for column in table(name).columns]
        for row in layer[layer["start"].notna()].itertuples():
            text = bodies[row.article_id][int(row.start) : int(row.end)]
            assert text
            assert text == getattr(row, "surface", text)


def test_names_places_statements_labels_and_numbers_are_found(corpus):
    mentions, statements = corpus.layer("mentions"), corpus.layer("statements")
    people = mentions[mentions["kind"] == "person"]
    assert set(people["actor"]) == {"Marta Lind"}
    assert "the head of the city council" in set(people["role"])
    assert {"Odesa", "Kherson"} <= set(corpus.layer("places")["place"])
    assert "special military operation" in set(corpus.layer("labels")["label"])
    assert set(corpus.layer("quantities")["counted"]) >= {"people wounded"}
    assert "direct" in set(statements["form"])
    assert {"say", "claim", "according to"} <= set(statements["cue"])
    claimed = statements[statements["cue"] == "claim"].iloc[0]
    assert claimed["cue_class"] == "distancing"
    assert "could not be verified" in claimed["verification"]
    assert "Lisbon" in set(corpus.layer("contamination")["name"])


def test_what_needs_grammar_is_absent_and_the_reason_is_kept(corpus):
    assert set(corpus.absent) == {"actions", "harms", "tone"}
    for layer in corpus.absent:
        assert corpus.layer(layer).empty
        assert corpus.why_empty(layer, "Nobody acts").startswith("Not measured: ")
    assert corpus.why_empty("labels", "No label") == "No label"
    assert any("Not measured: actions" in line for line in overview.limits(corpus, minimum=10))
    assert corpus.settings["engine"] == "rules"
    assert "without a language model" in corpus.methods()


def test_a_reopened_store_says_the_same(corpus):
    again = Corpus.open(corpus.store_url)
    assert again.absent == corpus.absent
    assert len(again.layer("statements")) == len(corpus.layer("statements"))


def test_engines_do_not_share_a_default_store(folder):
    assert default_store(folder) == default_store(folder, engine="model")
    assert default_store(folder) != default_store(folder, engine="rules")


def test_an_unknown_engine_is_named(folder, tmp_path):
    with pytest.raises(AnalysisError, match="no engine 'rule'.*did you mean 'rules'"):
        annotate(folder, store=str(tmp_path / "store"), engine="rule")


def test_a_second_run_changes_nothing_and_a_bad_article_is_set_aside(folder, tmp_path, monkeypatch):
    from analysis import actors

    real = actors.annotate_statements_text

    def failing(texts, **options):
        if any("Kherson" in text.body for text in texts):
            raise RuntimeError("a made-up mishap")
        return real(texts, **options)

    monkeypatch.setattr(actors, "annotate_statements_text", failing)
    corpus = annotate(folder, store=str(tmp_path / "store"), engine="rules")
    (row,) = corpus.set_aside.to_dict("records")
    assert (row["path"], row["reason"]) == ("state-1.txt", "not annotated")
    assert len(corpus.layer("statements"))


def test_no_language_model_is_needed(folder, tmp_path, monkeypatch):
    def missing(*_, **__):
        raise AssertionError("the rules engine asked for a language model")

    for name in ("load_model", "installed_model", "fingerprint", "parse", "rebuild"):
        monkeypatch.setattr(language, name, missing)
    corpus = annotate(folder, store=str(tmp_path / "store"), engine="rules")
    assert len(corpus.layer("mentions"))


def test_words_first_met_in_a_chunk_are_forgotten(folder, tmp_path, monkeypatch):
    strings = language.load_model().vocab.strings
    before = len(strings)
    monkeypatch.setattr(by_model, "AT_ONCE", 1)
    (folder / "odd.txt").write_text(
        "The Quorvexian delegates met in Zemblovar for the Ptarmigund talks, officials said.\n"
    )
    corpus = annotate(folder, store=str(tmp_path / "store"))
    assert len(corpus) == 3
    assert len(strings) == before
    assert corpus.absent == {}
    assert corpus.why_empty("actions", "Nobody acts") == "Nobody acts"


def test_dictionary_forms_are_refused_with_a_remedy(corpus):
    with pytest.raises(MeasureError, match=r"rules engine.*star"):
        concordance(corpus.articles, "lemma:say", tokens=corpus.layer("tokens"))


def test_whatever_cuts_a_text_decides_whether_it_is_read_again():
    # the modules of the room that the reader is made of, followed from one to the next
    room = fingerprints.PACKAGE / "text"
    needed, waiting = set(), ["plain"]
    while waiting:
        name = waiting.pop()
        needed.add(f"text/{name}.py")
        code = (room / f"{name}.py").read_text(encoding="utf-8")
        waiting += [
            other
            for other in re.findall(r"^from analysis\.text\.(\w+) import", code, flags=re.MULTILINE)
            if f"text/{other}.py" not in needed
        ]
    assert needed <= set(fingerprints.READING)
