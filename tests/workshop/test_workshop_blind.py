"""Blind coding: nothing tells the outlet, the same seed gives the same sheet, and agreement is measured."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.corpus.corpus import Corpus
from analysis.errors import CodebookError
from analysis.workshop import BlindSheet, agree, another_coder, blind, read_sheets, reveal, teaching_corpus


@pytest.fixture(scope="module")
def news() -> Corpus:
    return teaching_corpus()


@pytest.fixture(scope="module")
def paper(news: Corpus) -> BlindSheet:
    return blind(news, n=20, seed=7)


def test_nothing_on_the_sheet_tells_the_outlet(news: Corpus, paper: BlindSheet) -> None:
    shown = " ".join([*paper.sheet.astype(str).to_numpy().ravel(), *paper.articles["body"]])
    for outlet in news.outlets:
        assert outlet.casefold() not in shown.casefold()
    for word in ("Verrin", "Marrowgate", "Tarsk"):
        assert word not in shown
    assert not set(paper.sheet.columns) & {"outlet", "kit", "marked", "article_id"}
    assert "Verrin" not in repr(paper)


def test_articles_are_shuffled_and_the_seed_decides(news: Corpus, paper: BlindSheet) -> None:
    again = blind(news, n=20, seed=7)
    pd.testing.assert_frame_equal(again.sheet, paper.sheet)
    assert not blind(news, n=20, seed=8).sheet.equals(paper.sheet)
    order = (
        paper.key.assign(article=paper.sheet["article"])
        .sort_values("article")["article_id"]
        .drop_duplicates()
    )
    assert order.tolist() != sorted(order)


def test_outlets_get_equal_parts_and_half_of_the_sentences_hold_nothing(paper: BlindSheet) -> None:
    assert paper.key["outlet"].value_counts().tolist() == [4, 4, 4, 4, 4]
    assert 8 <= (paper.key["kit"] == "none").sum() <= 12


def test_a_coder_who_is_the_kit_agrees_fully_and_one_with_slips_less(paper: BlindSheet) -> None:
    answers = {"Ada": another_coder(paper, slips=0), "Ben": another_coder(paper, slips=5)}
    table = agree(paper, answers).set_index(["coders", "measure"])["value"]
    assert table["Ada – the kit", "kappa"] == pytest.approx(1)
    assert table["Ben – the kit", "percent agreement"] == pytest.approx(0.75)
    assert table["all people", "alpha"] < 1


def test_one_coder_alone_is_compared_with_the_kit_only(paper: BlindSheet) -> None:
    table = agree(paper, {"Ada": another_coder(paper)})
    assert set(table["coders"]) == {"Ada – the kit"}


def test_the_reveal_shows_every_answer_and_where_all_agree(paper: BlindSheet) -> None:
    answers = {"Ada": another_coder(paper, slips=0), "Ben": another_coder(paper, slips=5)}
    shown = reveal(paper, answers)
    assert len(shown) == len(paper.sheet)
    assert (shown["all agree"] == "no").sum() == 5
    assert set(shown["outlet"]) == set(paper.key["outlet"])
    assert set(reveal(paper).columns) == {"code", "outlet", "sentence", "the kit", "all agree"}


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"Ada": {"S999": "war"}}, "no sentence 'S999'"),
        ({"Ada": {"S001": "wor"}}, "did you mean 'war'"),
        ({}, "nobody has coded"),
    ],
)
def test_a_slip_on_a_sheet_is_named_with_its_coder(paper: BlindSheet, answers: dict, words: str) -> None:
    with pytest.raises(CodebookError, match=words):
        agree(paper, answers)


def test_filled_sheets_of_a_class_are_read_back(paper: BlindSheet, tmp_path) -> None:
    for coder in ("ada", "ben"):
        file = paper.save(tmp_path / "sheets" / f"{coder}.csv")
        sheet = pd.read_csv(file, dtype=str, keep_default_na=False)
        assert (sheet["answer"] == "").all()
        given = another_coder(paper, slips=0 if coder == "ada" else 4)
        sheet.assign(answer=sheet["code"].map(given)).to_csv(file, index=False)
    answers = read_sheets(tmp_path / "sheets")
    assert set(answers) == {"ada", "ben"}
    assert agree(paper, answers)["n_units"].min() == 20
    with pytest.raises(CodebookError, match="no filled sheet"):
        read_sheets(tmp_path)


def test_labels_with_capital_letters_are_codes_like_others(news: Corpus) -> None:
    paper = blind(news, concept="the territory", n=30, seed=11)
    assert "added to Russia" in paper.codes
    right = another_coder(paper, slips=0)
    answers = {"Ada": right, "Ben": {code: label.upper() for code, label in right.items()}}
    table = agree(paper, answers)
    assert set(table.loc[table["measure"] == "percent agreement", "value"]) == {1.0}
    assert (reveal(paper, answers)["all agree"] == "yes").all()


def test_an_unknown_concept_is_named(news: Corpus) -> None:
    with pytest.raises(CodebookError, match="did you mean 'the fighting'"):
        blind(news, concept="the fightin")
