"""What a reader of pandas types first: it works, or the message says what to type instead."""

from __future__ import annotations

import pandas as pd
import pytest
from made_corpus import IDS, made_corpus

from analysis import Corpus
from analysis.errors import MeasureError, StoreError
from analysis.schemas import TABLES


@pytest.fixture(scope="module")
def news() -> Corpus:
    return made_corpus()


def test_every_table_is_a_frame_under_its_name(news: Corpus) -> None:
    listed = news.tables().set_index("table")
    assert {"articles", "set_aside", "mentions", "places", "statements"} <= set(listed.index)
    for name, rows in listed["rows"].items():
        assert type(news[name]) is pd.DataFrame
        assert len(news[name]) == rows
    assert listed.loc["places", "meaning"] == TABLES["places"].note
    assert set(listed.index) <= set(news._ipython_key_completions_())
    pd.testing.assert_frame_equal(news["labels"], news.layer("labels"))


def test_a_corpus_that_was_only_read_lists_what_it_has(news: Corpus) -> None:
    read = Corpus(news.articles, news.set_aside)
    assert read.tables()["table"].tolist() == ["articles", "set_aside"]


def test_a_frame_taken_from_a_corpus_can_be_changed_without_harm(news: Corpus) -> None:
    places = news["places"]
    places["place"] = "elsewhere"
    assert "elsewhere" not in set(news["places"]["place"])


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("statements", r"it is a table: corpus\['statements'\]"),
        ("keyness", r"corpus\.words\.keyness\(\)"),
        ("co_mentions", r"corpus\.actors\.co_mentions\(\)"),
        ("outlet", "did you mean 'outlets'"),
        ("zzz", "known are .*actors, all_outlets, article"),
    ],
)
def test_an_attribute_that_is_not_there_is_named_where_it_is(news: Corpus, asked: str, words: str) -> None:
    with pytest.raises(AttributeError, match=words):
        getattr(news, asked)
    assert not hasattr(news, "_repr_png_")


def test_a_number_is_no_table(news: Corpus) -> None:
    with pytest.raises(StoreError, match=r"corpus\.article\(0\)"):
        news[0]  # type: ignore[index]
    with pytest.raises(StoreError, match="did you mean 'places'"):
        news["placs"]


def test_one_outlet_may_be_a_word(news: Corpus) -> None:
    assert news.select(outlets="Tidewater Post").outlets == ["Tidewater Post"]
    assert len(news.select(outlets="Tidewater Post", kinds="original")) == 2


def test_an_actor_is_found_by_a_part_of_any_spelling(news: Corpus) -> None:
    assert news.actors["mayor"].name == "Anton Vell"
    assert news.actors("anton").name == "Anton Vell"
    assert "Anton Vell" in news.actors._ipython_key_completions_()
    with pytest.raises(MeasureError, match="known are"):
        news.actors("Qqq")


def test_a_place_has_its_sentences_names_and_outlets(news: Corpus) -> None:
    odesa = news.places("Odesa")
    assert news.places("698740").name == odesa.name == news.places["Odesa"].name == "Odesa"
    assert odesa.sentences()["span"].tolist() == ["Odesa", "Odesa"]
    assert odesa.names()[["form", "n"]].to_numpy().tolist() == [["Odesa", 1], ["Odesa", 1]]
    assert odesa.by_outlet()[["k", "n"]].to_numpy().tolist() == [[1, 2], [1, 2]]
    assert "articles that name it" in odesa._repr_html_()
    assert "Lviv" in news.places._ipython_key_completions_()
    with pytest.raises(MeasureError, match="did you mean 'Odesa'"):
        news.places("Odes")


def test_the_facts_of_a_story_stand_by_outlet(news: Corpus) -> None:
    story = news.stories.table()["story"].iloc[0]
    facts = news.stories.facts(story, least=1)
    assert {"kind", "fact", "outlet", "state"} <= set(facts.columns)
    assert set(facts["outlet"]) == {"Harbour Gazette", "Tidewater Post"}


def test_an_article_is_opened_by_number_id_or_file(news: Corpus) -> None:
    assert news.article("2.txt").article_id == news.article(2).article_id == IDS[2]
    assert news.article(IDS[2][:8]).article_id == IDS[2]
    inner = news.select()
    inner.articles["path"] = "harbour/" + inner.articles["path"].astype(str)
    assert inner.article("2.txt").article_id == inner.article("harbour/2.txt").article_id == IDS[2]
    with pytest.raises(MeasureError, match=r"no article comes from a file '2.tx'.*2\.txt"):
        inner.article("2.tx")
