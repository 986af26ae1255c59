"""What is shown and what is written: escaped, marked, the same bytes, readable by what comes next."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_corpus import BODIES, IDS, made_corpus

from analysis import Corpus
from analysis.errors import AnalysisError, StoreError
from analysis.explore import Rows, table_html
from analysis.explore.bibliography import bibliography
from analysis.explore.export import FORMATS
from analysis.explore.reader import _cut


@pytest.fixture(scope="module")
def news() -> Corpus:
    return made_corpus()


def data_of(markup: str) -> dict[str, object]:
    found = re.search(r'<script type="application/json">(.*?)</script>', markup, re.S)
    assert found
    loaded: dict[str, object] = json.loads(found[1])
    return loaded


def test_hostile_text_is_shown_and_never_markup(news: Corpus) -> None:
    hostile = pd.DataFrame({"a": ['</script><img src=x onerror="alert(1)">', "left \u202e right"]})
    markup = table_html(hostile)
    assert "<img" not in markup
    assert markup.count("</script>") == 2
    assert "[U+202E]" in markup
    assert "<b>left</b>" not in news.article(0)._repr_html_()
    assert "&lt;b&gt;left&lt;/b&gt;" in news.article(0)._repr_html_()
    assert "<b>" not in news.explore("concordance", query="left")._lines.value


def test_a_large_table_is_cut_and_says_so() -> None:
    markup = table_html(pd.DataFrame({"n": range(7000)}))
    assert len(data_of(markup)["rows"]) == 5000  # type: ignore[arg-type]
    assert "the first 5,000 are shown" in markup
    assert markup.count("<tr>") == 16


def test_what_is_taken_from_a_table_is_shown_as_well(news: Corpus) -> None:
    shown = news.show("places")
    assert isinstance(shown, Rows)
    assert isinstance(shown[shown["place"] == "Odesa"], Rows)
    assert isinstance(shown.sort_values("start").head(2), Rows)


def test_missing_values_and_dates_stay_readable() -> None:
    frame = pd.DataFrame(
        {"d": pd.to_datetime(["2023-03-01", None]), "n": [1.5, None], "t": ["x", None], "b": [True, False]}
    )
    assert data_of(table_html(frame))["rows"] == [["2023-03-01", 1.5, "x", "True"], ["", None, "", "False"]]


@given(st.integers(0, 60), st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=8))
def test_an_article_keeps_every_character_whatever_spans_overlap(
    start: int, spans: list[tuple[int, int]]
) -> None:
    import html

    body = "The mayor said <no> & left; the ferry went on without a word to him."
    rows = [(first, first + length, f"layer{i}", "why") for i, (first, length) in enumerate(spans)]
    shown = re.sub(r"<[^>]+>", "", _cut(body, start, len(body), rows))
    assert html.unescape(shown) == body[start:]


def test_removed_lines_stand_where_they_stood(news: Corpus) -> None:
    markup = news.article(IDS[0])._repr_html_()
    first, second = markup.index("on Monday"), markup.index("at noon")
    assert first < markup.index("Share &lt;this&gt;:") < second
    assert "share bar: names of networks only" in markup


def test_sentences_carry_their_marked_span(news: Corpus) -> None:
    rows = news.evidence(news.layer("labels"))
    assert (rows["span"] == "operation").all()
    whole = (rows["before"] + rows["span"] + rows["after"]).tolist()
    assert all(any(text in body.replace("\n", " ") for body in BODIES) for text in whole)
    assert "<mark>operation</mark>" in rows._repr_html_()


def test_every_format_is_written_and_the_same_twice(news: Corpus, tmp_path: Path) -> None:
    once, twice = news.export(tmp_path / "one", FORMATS), news.export(tmp_path / "two", FORMATS)
    assert [path.name for path in once] == [path.name for path in twice]
    assert all(a.read_bytes() == b.read_bytes() for a, b in zip(once, twice, strict=True))
    back = pd.read_parquet(tmp_path / "one" / "places.parquet")
    pd.testing.assert_frame_equal(back, news.layer("places"), check_dtype=False)
    sheets = pd.read_excel(tmp_path / "one" / "corpus.xlsx", sheet_name=None)
    assert {"articles", "places", "mentions"} <= set(sheets)
    assert len(sheets["mentions"]) == len(news.layer("mentions"))
    graph = ElementTree.parse(tmp_path / "one" / "actors.graphml").getroot()
    ids = {node.get("id") for node in graph.iter("{http://graphml.graphdrawing.org/xmlns}node")}
    assert ids == {"Anton Vell", "Ministry of Defence", "Port of Odesa"}
    features = json.loads((tmp_path / "one" / "places.geojson").read_text(encoding="utf-8"))["features"]
    assert {feature["properties"]["place"] for feature in features} == {"Odesa", "Bakhmut", "Lviv"}


def test_a_spreadsheet_takes_no_text_for_a_formula(tmp_path: Path) -> None:
    articles = pd.DataFrame({"article_id": ["a"], "outlet": ["=1+1"], "body": ["x" * 40_000]})
    corpus = Corpus(articles, pd.DataFrame({"reason": ["@cmd"]}))
    corpus.export(tmp_path, ["csv", "excel"])
    assert "'=1+1" in (tmp_path / "articles.csv").read_text(encoding="utf-8")
    assert "'@cmd" in (tmp_path / "set_aside.csv").read_text(encoding="utf-8")
    sheets = pd.read_excel(tmp_path / "corpus.xlsx", sheet_name=None)
    assert sheets["articles"]["outlet"].tolist() == ["'=1+1"]
    assert "1 cells of body were cut" in sheets["notes"]["note"].iloc[0]


def test_export_says_what_it_does_not_know(news: Corpus, tmp_path: Path) -> None:
    with pytest.raises(AnalysisError, match="did you mean 'parquet'"):
        news.export(tmp_path, ["parket"])
    with pytest.raises(StoreError):
        Corpus(news.articles, news.set_aside).export(tmp_path, ["geojson"])


def test_a_bibliography_is_no_more_precise_than_the_dates(news: Corpus) -> None:
    entries = {entry["id"][-8:]: entry for entry in json.loads(news.bibliography("csl-json"))}
    assert entries["b2b2b2b2"]["issued"] == {"date-parts": [[2023, 5]]}
    assert entries["d4d4d4d4"]["author"] == [{"literal": "Ina Marsh"}]
    assert entries["d4d4d4d4"]["URL"] == "https://example.org/a?b={c}"
    bibtex = news.bibliography()
    assert r"Bridge \& tunnel: 100 \% shut" in bibtex
    assert "%7Bc%7D" in bibtex
    assert bibtex.count("@article{") == 4
    keys = re.findall(r"@article\{([^,]+),", bibtex)
    assert len(set(keys)) == 4


@given(st.text(max_size=40))
def test_bibtex_braces_always_balance(headline: str) -> None:
    entry = bibliography(
        pd.DataFrame({"article_id": ["0" * 16], "outlet": ["O"], "headline": [headline], "body": [""]})
    )
    plain = entry.replace("\\{", "").replace("\\}", "")
    assert plain.count("{") == plain.count("}")


def test_the_methods_paragraph_names_settings_sources_and_the_report(news: Corpus, tmp_path: Path) -> None:
    text = news.methods(["words", "places"])
    assert "4 articles of 2 outlets (Harbour Gazette, Tidewater Post)" in text
    assert "Monroe, Colaresi & Quinn, 2008" in text
    assert "polars " in text
    assert "Kuhn" not in text
    parameters = {"actor": "Vell", "since": ""}
    made = {"key": "0123456789abcdef99", "notebook": {"path": "20-actors.ipynb"}, "parameters": parameters}
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps(made), encoding="utf-8")
    with_report = news.methods(["actors"], manifest=path)
    assert "20-actors.ipynb with actor='Vell'" in with_report
    assert "0123456789abcdef…" in with_report
    with pytest.raises(AnalysisError, match="did you mean 'words'"):
        news.methods(["word"])


def test_the_card_names_outlets_period_and_annotation(news: Corpus) -> None:
    markup = news._repr_html_()
    for words in ("Harbour Gazette", "1 March to 4 May 2023", "read, not annotated", "lines removed"):
        assert words in markup
