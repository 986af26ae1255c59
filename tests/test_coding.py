"""Coding by people: drawing several indicators, answering with keys, stopping and going on, and what comes out."""

from __future__ import annotations

import os
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import codebook, framing
from analysis.codebook.sheets import CodingSheet, key_of, telling_words
from analysis.errors import CodebookError
from analysis.explore.sheets import draw

TEXT = "The Tidewater Post wrote of war. It rained for days. Nobody in the town spoke of it."


@pytest.fixture
def drawn():
    articles = pd.DataFrame(
        {
            "article_id": ["a", "b"],
            "outlet": ["Tidewater Post", "Harbour Gazette"],
            "body": [TEXT, TEXT.replace("war", "conflict")],
        }
    )
    rows, finds = [], []
    for row in articles.itertuples():
        at = 0
        for sentence in row.body.split(". "):
            rows.append((row.article_id, at, at + len(sentence)))
            at += len(sentence) + 2
        word = "war" if row.article_id == "a" else "conflict"
        finds.append((row.article_id, row.body.index(word), row.body.index(word) + len(word), word))
    sentences = pd.DataFrame(rows, columns=["article_id", "start", "end"])
    labels = pd.DataFrame(finds, columns=["article_id", "start", "end", "label"])
    one = codebook.sample(sentences, articles, rows=labels, item="label", n=4, indicator="labels")
    two = codebook.sample(
        sentences, articles, rows=labels, item="label", n=2, indicator="harms", choices=["hit"]
    )
    return codebook.join([one, two])


@pytest.fixture
def sheet(drawn, tmp_path):
    return codebook.save_sheet(drawn, tmp_path / "sheet.csv")


def test_several_indicators_share_one_sheet_without_an_outlet(drawn):
    assert drawn.sheet["code"].tolist() == [f"S{n:03d}" for n in range(1, 7)]
    assert drawn.sheet["code"].equals(drawn.key["code"])
    assert drawn.sheet.groupby("indicator")["choices"].first().to_dict() == {
        "labels": "conflict | war | none",
        "harms": "hit | none",
    }
    assert not drawn.sheet["sentence"].str.contains("Post|Tidewater|Gazette").any()
    assert drawn.sheet["sentence"].str.contains("█████").any()


def test_the_order_of_a_sheet_tells_neither_outlet_nor_find_and_the_seed_decides_on_it():
    bodies = {f"a{n:02}": "The war goes on. It rained." for n in range(12)}
    articles = pd.DataFrame({"article_id": list(bodies), "outlet": ["Hill Post"] * 6 + ["Quay Star"] * 6})
    articles = articles.assign(body=list(bodies.values()))
    spans = [(key, start, end) for key in bodies for start, end in ((0, 16), (17, 27))]
    sentences = pd.DataFrame(spans, columns=["article_id", "start", "end"])
    labels = pd.DataFrame(
        [(key, 4, 7, "war") for key in bodies], columns=["article_id", "start", "end", "label"]
    )
    one, again, other = (
        codebook.sample(sentences, articles, rows=labels, item="label", n=16, seed=seed) for seed in (1, 1, 2)
    )
    assert one.key["outlet"].tolist() not in (sorted(one.key["outlet"]), sorted(one.key["outlet"])[::-1])
    finds = [bool(kit) for kit in one.key["kit"]]
    assert sum(finds) == 8
    assert any(finds[:8])
    assert any(finds[8:])
    assert one.key.equals(again.key)
    assert not one.key.equals(other.key)


def test_a_name_that_is_a_word_of_the_language_is_not_blacked_out_alone():
    assert telling_words(["Evening Star"], ["It was evening."]) == ["Evening Star", "Star"]


def test_a_coded_sheet_is_never_drawn_over(drawn, sheet):
    codebook.record(sheet, "S001", "coder_1", "war")
    with pytest.raises(CodebookError, match="may hold codes"):
        codebook.save_sheet(drawn, sheet)
    assert codebook.read_sheet(sheet).sheet["coder_1"].tolist()[0] == "war"


def test_two_people_write_in_turns_and_nothing_is_lost(sheet):
    codebook.record(sheet, "S002", "coder_2", "none")
    codebook.record(sheet, "S002", "coder_1", "war")
    codebook.record(sheet, "S001", "coder_1", "war")
    codebook.record(sheet, "S001", "coder_1", "")
    table = codebook.read_sheet(sheet).sheet.set_index("code")
    assert table.loc["S002", ["coder_1", "coder_2"]].tolist() == ["war", "none"]
    assert table.loc["S001", "coder_1"] == ""
    assert sorted(path.name for path in sheet.parent.iterdir()) == ["sheet.csv", "sheet.key.csv"]


def test_a_full_disk_leaves_the_sheet_as_it_was(sheet, monkeypatch):
    before = sheet.read_bytes()

    def full(handle):
        raise OSError("no space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        codebook.record(sheet, "S001", "coder_1", "war")
    assert sheet.read_bytes() == before
    assert len(list(sheet.parent.iterdir())) == 2


def test_what_is_wrong_with_a_sheet_is_named(sheet, tmp_path):
    with pytest.raises(CodebookError, match="did you mean 'coder_1'"):
        codebook.record(sheet, "S001", "coder1", "war")
    with pytest.raises(CodebookError, match="'S999'"):
        codebook.record(sheet, "S999", "coder_1", "war")
    with pytest.raises(CodebookError, match="draws one"):
        codebook.read_sheet(tmp_path / "none.csv")
    (tmp_path / "odd.csv").write_text("code,text\nS001,x\n")
    with pytest.raises(CodebookError, match="no column 'indicator'"):
        codebook.read_sheet(tmp_path / "odd.csv")


@settings(deadline=None, max_examples=20)
@given(
    st.lists(st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00\r"), min_size=1))
)
def test_any_answer_comes_back_as_it_was_written(tmp_path_factory, answers):
    sheet = pd.DataFrame({"code": [f"S{n}" for n in range(len(answers) + 1)]}).assign(
        indicator="i", sentence="A, “b”\n", marked="", choices="x | none", coder_1="", coder_2=""
    )
    path = tmp_path_factory.mktemp("codes") / "s.csv"
    codebook.save_sheet(CodingSheet(sheet, pd.DataFrame()), path)
    for number, answer in enumerate(answers):
        codebook.record(path, f"S{number}", "coder_1", answer)
    key_of(path).unlink()  # a coder has no key
    assert codebook.read_sheet(path).sheet["coder_1"].tolist() == [*answers, ""]


def test_agreement_is_measured_for_each_indicator_and_with_the_kit(sheet):
    coded = codebook.read_sheet(sheet)
    assert framing.coder_limits(framing.coder_agreement(coded))[0].startswith("The coding sheet holds no")
    kit = coded.key["kit"].replace("", "none")
    labels = coded.sheet["indicator"] == "labels"
    filled = coded.sheet.assign(coder_1=kit, coder_2=kit.where(labels, ""))
    filled.loc[filled.index[labels][0], "coder_2"] = "something else"
    table = framing.coder_agreement(CodingSheet(filled, coded.key)).set_index(
        ["indicator", "pair", "measure"]
    )
    between = ("labels", "coder 1 / coder 2", "percent agreement")
    assert table.loc[between, ["value", "n"]].tolist() == [0.75, 4]
    assert table.loc[between, "low"] < 0.75 < table.loc[between, "high"]
    assert table.loc[("labels", "coder 1 / kit", "finds right"), ["value", "n"]].tolist() == [1, 2]
    assert ("harms", "coder 1 / coder 2", "kappa") not in table.index  # the second did not code it
    lines = framing.coder_limits(table.reset_index())
    assert (
        lines[0] == "harms, coded by people: no alpha between coders; the kit agrees with coder 1 in 100 %."
    )
    assert lines[1].startswith("labels, coded by people: alpha .")
    box = framing.cannot_say(counted=[], quality=framing.quality().head(0), coded=table.reset_index())
    assert lines[1] in box
    alone = framing.coder_agreement(CodingSheet(filled, coded.key.head(0)))  # a coder's machine has no key
    assert set(alone["pair"]) == {"coder 1 / coder 2"}


def test_a_person_codes_with_single_keys_and_goes_on_later(sheet):
    from analysis.explore.panels.coding import CodingPanel

    panel = CodingPanel(sheet)
    assert "outlet" not in panel.frame
    first = panel.choices[0]
    panel.key.value = "1"
    assert (panel.place, panel.key.value) == (1, "")
    panel.key.value = "9"  # no such answer
    assert panel.place == 1
    panel.key.value = "."
    assert panel.place == 2
    panel.key.value = ","
    panel.key.value = "2"
    again = CodingPanel(sheet)
    assert again.place == 2
    assert again.frame["answer"].tolist()[:2] == [first, panel.frame["answer"][1]]
    again.go(1)
    again.key.value = "-"
    assert codebook.read_sheet(sheet).sheet["coder_1"].tolist()[1] == ""
    again.coder.value = "coder_2"
    assert again.place == 0
    assert again.frame["answer"].tolist() == [""] * 6  # the other coder's answers stay hidden


def test_the_last_answer_ends_the_sheet(sheet):
    from analysis.explore.panels.coding import CodingPanel

    panel = CodingPanel(sheet, coder="coder_2")
    for _ in range(6):
        panel.answer("none")
    assert "complete" in panel._status.value
    assert set(codebook.read_sheet(sheet).sheet["coder_2"]) == {"none"}


def test_a_sentence_is_shown_as_text(sheet):
    from analysis.explore.panels.coding import _with_mark

    assert _with_mark("<b>War</b> came", "War") == "&lt;b&gt;<mark>War</mark>&lt;/b&gt; came"
    assert _with_mark("War came", "rain") == "War came"


def test_only_known_layers_are_drawn(tmp_path):
    with pytest.raises(CodebookError, match="did you mean 'labels'"):
        draw(None, tmp_path / "x.csv", layers=["lables"])  # type: ignore[arg-type]


def test_only_the_words_of_one_concept_are_drawn(tmp_path):
    articles = pd.DataFrame(
        {"article_id": ["a"], "outlet": ["Hill Post"], "body": ["War came. The rebels left."]}
    )
    layers = {
        "sentences": pd.DataFrame({"article_id": "a", "start": [0, 10], "end": [9, 26], "sentence": [0, 1]}),
        "labels": pd.DataFrame(
            {
                "article_id": "a",
                "start": [0, 14],
                "end": [3, 20],
                "label": ["war", "rebels"],
                "concept": ["the fighting", "the fighters"],
            }
        ),
    }
    news = SimpleNamespace(articles=articles, layer=layers.__getitem__)
    sheet = draw(news, tmp_path / "s.csv", layers=["labels"], n=2, concept="the fighting")  # type: ignore[arg-type]
    assert set(codebook.read_sheet(sheet).sheet["choices"]) == {"war | none"}
    with pytest.raises(CodebookError, match="did you mean 'the fighting'"):
        draw(news, tmp_path / "t.csv", layers=["labels"], concept="the fihgting")  # type: ignore[arg-type]


def test_a_slip_of_the_pen_is_named_and_capitals_are_not_minded(sheet):
    codes = codebook.read_sheet(sheet).sheet["code"]
    codebook.record(sheet, codes[0], "coder_1", " NONE ")
    codebook.record(sheet, codes[0], "coder_2", "none")
    agreed = framing.coder_agreement(codebook.read_sheet(sheet))
    assert agreed.loc[agreed["pair"] == "coder 1 / coder 2", "value"].iloc[0] == 1
    codebook.record(sheet, codes[0], "coder_2", "nnoe")
    with pytest.raises(
        CodebookError, match=f"{codes[0]}, coder_2: 'nnoe' is none of the codes.*did you mean 'none'"
    ):
        framing.coder_agreement(codebook.read_sheet(sheet))


def test_a_sheet_saved_with_semicolons_is_read(sheet):
    held = codebook.read_sheet(sheet).sheet
    held.to_csv(sheet, sep=";", index=False, encoding="utf-8-sig")
    pd.testing.assert_frame_equal(codebook.read_sheet(sheet).sheet, held)
