"""Figures, tables, sentences and findings: accessible, escaped, the same bytes each time."""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure as Picture

from analysis.errors import MeasureError
from analysis.figures import (
    Evidence,
    Figure,
    Finding,
    Opening,
    Table,
    dots,
    marks,
    outlet_colours,
    page,
    style,
)
from analysis.figures.escape import embedded, escaped, harmless, visible
from analysis.figures.palette import DARK, HUES, WORDS
from analysis.figures.provenance import when
from analysis.figures.spans import spread

HOSTILE = "<script>alert(1)</script> {{ 7*7 }} $E=mc^2$ ]]> \u202egnirts\u202c \"quoted\" & 'so'"
OUTLETS = ["Harbour Gazette", "Continental Wire", "State Channel One"]


@pytest.fixture
def shares() -> pd.DataFrame:
    rows = [
        {"group": outlet, "item": item, "k": 4 + i, "n": 20, "share": (4 + i) / 20, "low": 0.1, "high": 0.6}
        for item in ("war", "invasion")
        for i, outlet in enumerate(OUTLETS)
    ]
    return pd.DataFrame(rows).assign(enough=lambda frame: frame["group"] != "State Channel One")


@pytest.fixture
def articles() -> pd.DataFrame:
    bodies = [
        "The ferry sank. Nobody called it a war.\nThe council met about the war.",
        "It is a war, said the quay. A war it stayed.",
        f"{HOSTILE} after the war.",
    ]
    return pd.DataFrame(
        {
            "article_id": ["a1", "b2", "c3"],
            "outlet": OUTLETS,
            "headline": ["Ferry", "Quay", HOSTILE],
            "published": ["2023-03-04", "2023-03-01", None],
            "published_precision": ["day", "month", "unknown"],
            "path": ["one.txt", "two.csv", "three.txt"],
            "row": [None, 7, None],
            "body": bodies,
        }
    )


@pytest.fixture
def rows(articles: pd.DataFrame) -> pd.DataFrame:
    found = [
        {"article_id": key, "start": hit.start(), "end": hit.end(), "label": "war"}
        for key, body in zip(articles["article_id"], articles["body"], strict=True)
        for hit in re.finditer("war", body)
    ]
    return pd.DataFrame(found)


def _picture(shares: pd.DataFrame) -> Figure:
    return Figure(
        dots.dots(shares, colours=outlet_colours(OUTLETS)),
        alt="Dot plot of two labels by outlet.",
        caption="Dots are shares.",
    )


class _Words(HTMLParser):
    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words = ""
        self.tags: list[str] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.words += data


# -- words --------------------------------------------------------------------------------------------------------


@given(st.text(max_size=60))
def test_escaped_words_come_back_as_the_words_they_were(text: str) -> None:
    parsed = _Words(f"<p>{escaped(text)}</p>")
    assert parsed.tags == ["p"]
    assert parsed.words.replace("\r", "") == visible(text).replace("\r", "")


@given(st.recursive(st.text(max_size=20), lambda inner: st.lists(inner, max_size=3), max_leaves=8))
def test_embedded_values_never_end_their_script(value: Any) -> None:
    import json

    text = embedded(value)
    assert "<" not in text
    assert json.loads(text) == value


@pytest.mark.parametrize("cell", ["=cmd()", "+1+1", "@x", "\t=1", "-cmd"])
def test_cells_that_a_spreadsheet_would_run_are_made_words(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


# -- colours ------------------------------------------------------------------------------------------------------


def test_an_outlet_keeps_its_colour_and_mark_whatever_the_order() -> None:
    one = outlet_colours([*OUTLETS, "unknown"])
    other = outlet_colours(["unknown", *reversed(OUTLETS), *OUTLETS])
    assert one == other
    assert list(one)[-1] == "unknown"
    assert len({one[name] for name in OUTLETS}) == 3


def test_many_outlets_are_told_apart_by_colour_and_mark_together() -> None:
    names = [f"Outlet {i:02d}" for i in range(24)]
    colours = outlet_colours(names)
    shapes = marks(colours)
    assert len({(colours[name], shapes[name]) for name in names}) == 24


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted([_luminance(one), _luminance(other)], reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_words_in_an_outlets_colour_can_be_read_on_light_and_dark_paper() -> None:
    assert all(_contrast(word, "#fdfcfa") >= 4.5 for word in WORDS.values())
    assert all(_contrast(pale, "#161614") >= 4.5 for pale in DARK.values())
    assert set(HUES) <= set(WORDS)


# -- figures ------------------------------------------------------------------------------------------------------


def test_a_figure_is_inline_svg_with_alternative_text_and_caption(shares: pd.DataFrame) -> None:
    figure = _picture(shares)
    tree = ElementTree.fromstring(figure.svg)
    assert tree.get("role") == "img"
    described = next(element for element in tree.iter() if element.get("id") == tree.get("aria-labelledby"))
    assert described.text == "Dot plot of two labels by outlet."
    assert "<figcaption>Dots are shares.</figcaption>" in figure.html()
    assert "width=" not in figure.svg.split(">", 1)[0]
    assert "<style" not in figure.svg
    assert "Harbour Gazette" in figure.svg


def test_a_narrow_picture_comes_along_with_its_key_in_words(shares: pd.DataFrame) -> None:
    markup = _picture(shares).html()
    narrow = markup.split('<div class="narrow" hidden>')[1]
    assert "Harbour Gazette" not in narrow
    assert '<ul class="key only-narrow">' in markup
    ids = re.findall(r'\bid="([^"]+)"', markup)
    assert len(ids) == len(set(ids))


def test_inks_become_colours_of_the_page(shares: pd.DataFrame) -> None:
    svg = _picture(shares).svg
    assert "var(--px-ink,currentColor)" in svg
    assert "var(--px-word-" in svg
    assert "#222222" not in svg


def test_hostile_labels_are_words_in_a_picture(shares: pd.DataFrame) -> None:
    figure = Figure(
        dots.dots(shares.assign(item=HOSTILE), colours={}),
        alt=f"A picture of {HOSTILE}",
        caption=HOSTILE,
    )
    parsed = _Words(figure.html())
    assert "script" not in parsed.tags
    assert parsed.words.count("$E=mc^2$") >= 3
    assert "\u202e" not in figure.html()


def test_the_same_picture_has_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    code = (
        "import pandas as pd\nfrom analysis.figures import Figure, dots\n"
        "frame = pd.DataFrame({'group': ['A', 'B'], 'item': ['war', 'war'], 'k': [1, 2], 'n': [4, 4],"
        " 'share': [.25, .5], 'low': [.1, .2], 'high': [.5, .8]})\n"
        "print(Figure(dots.dots(frame, colours={'A': '#0072b2', 'B': '#d55e00'}), alt='Two outlets and one label.', caption='Invented.').html())"
    )
    made = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "99")
    }
    assert len(made) == 1


@pytest.mark.parametrize(("alt", "caption"), [("", "x"), ("short", "x"), ("A line that rises.", " ")])
def test_a_figure_without_words_is_refused(alt: str, caption: str) -> None:
    with style():
        picture = Picture()
        picture.subplots().plot([1, 2])
    with pytest.raises(MeasureError):
        Figure(picture, alt=alt, caption=caption)


# -- tables -------------------------------------------------------------------------------------------------------


def test_estimates_become_a_matrix_of_shares_with_size_and_interval(shares: pd.DataFrame) -> None:
    markup = Table(shares, caption="Labels", colours=outlet_colours(OUTLETS)).html()
    words = _Words(markup).words
    assert "20\u202f% 4 of 20" in words
    assert "10–60" in words
    assert words.count("too few to compare") == 1
    assert markup.count('scope="row"') == 2
    assert markup.count('scope="col"') == 4
    assert markup.count("<caption>") == 1


def test_a_plain_table_is_escaped_and_says_what_it_leaves_out() -> None:
    frame = pd.DataFrame({"line": [HOSTILE] * 5, "times": [1234.5, 2.0, 3.0, 4.0, 5.0], "kept": [True] * 5})
    markup = Table(frame, caption=HOSTILE, limit=2).html()
    parsed = _Words(markup)
    assert "script" not in parsed.tags
    assert "3 more rows are in its frame" in parsed.words
    assert "1,234" in parsed.words
    assert "yes" in parsed.words


def test_missing_values_and_no_cases_are_said(shares: pd.DataFrame) -> None:
    shares.loc[0, ["k", "n"]] = 0
    assert "no cases" in Table(shares, caption="Labels").html()
    assert ">nan<" not in Table(pd.DataFrame({"a": ["x"], "b": [float("nan")]}), caption="Gaps").html()


def test_outside_of_a_run_nothing_is_written(
    shares: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(page.FOLDER, raising=False)
    shown = Table(shares, caption="Labels")._repr_mimebundle_()
    assert list(tmp_path.iterdir()) == []
    assert "<style>" in shown["text/html"]
    monkeypatch.setenv(page.FOLDER, str(tmp_path))
    shown = Table(shares, caption="Labels")._repr_mimebundle_()
    assert [path.name for path in (tmp_path / "tables").iterdir()] == ["labels.csv"]
    assert "<style>" not in shown["text/html"]


# -- sentences ----------------------------------------------------------------------------------------------------


def test_sentences_come_from_several_outlets_with_their_span_marked(
    rows: pd.DataFrame, articles: pd.DataFrame
) -> None:
    evidence = Evidence(rows, articles, show=3, title="Sentences with “war”")
    markup = evidence.html()
    assert markup.count("<mark>war</mark>") == 3
    assert all(outlet in markup for outlet in OUTLETS)
    assert "two.csv, row 7" in markup
    assert "4 March 2023" in markup
    assert "March 2023" in markup
    assert "3 of 5 shown, all in evidence.csv" in markup
    assert "script" not in _Words(markup).tags


def test_a_sentence_layer_decides_where_a_sentence_ends(rows: pd.DataFrame, articles: pd.DataFrame) -> None:
    body = articles["body"][0]
    bounds = [(0, 15), (16, 39), (40, len(body))]
    sentences = pd.DataFrame([{"article_id": "a1", "start": a, "end": b} for a, b in bounds])
    table = Evidence(rows, articles, sentences, item="label").table(finding="War")
    own = table[table["article_id"] == "a1"]
    assert list(own["sentence"]) == ["Nobody called it a war.", "The council met about the war."]
    assert list(own["span"]) == ["war", "war"]


def test_a_cell_opens_its_own_sentences_only(
    rows: pd.DataFrame, articles: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(page.FOLDER, str(tmp_path))
    shares = pd.DataFrame(
        {
            "group": OUTLETS,
            "item": "war",
            "k": [2, 2, 1],
            "n": 5,
            "share": [0.4, 0.4, 0.2],
            "low": 0.1,
            "high": 0.6,
        }
    )
    finding = Finding(
        "War is said",
        table=Table(shares, caption="Labels"),
        evidence=Evidence(rows, articles, item="label"),
        against=Evidence(rows.head(1), articles, title="Against"),
    )
    shown = finding._repr_mimebundle_()
    cells = shown[page.SENTENCES]["cells"]
    assert len(cells) == 3
    first = next(cell for cell in cells.values() if "Harbour" in cell["title"])
    assert {quote["outlet"] for quote in first["quotes"]} == {"Harbour Gazette"}
    assert first["size"] == "40\u202f%, 2 of 5"
    assert all(f'data-cell="{name}"' in shown["text/html"] for name in cells)
    assert len(list((tmp_path / ".parts" / "evidence").iterdir())) == 2


def test_spans_that_do_not_lie_in_their_article_are_an_error(
    rows: pd.DataFrame, articles: pd.DataFrame
) -> None:
    with pytest.raises(MeasureError, match="does not lie in the body"):
        Evidence(rows.assign(end=10_000), articles)
    with pytest.raises(MeasureError, match="not among the articles"):
        Evidence(rows.assign(article_id="zz"), articles)
    with pytest.raises(MeasureError, match="needs the column 'end'"):
        Evidence(rows.drop(columns="end"), articles)


@settings(max_examples=25)
@given(st.data())
def test_what_is_shown_is_what_the_offsets_say(data: st.DataObject) -> None:
    body = data.draw(st.text(alphabet="ab .\n", min_size=3, max_size=60))
    start = data.draw(st.integers(0, len(body) - 1))
    end = data.draw(st.integers(start + 1, len(body)))
    articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Harbour Gazette"], "body": [body]})
    evidence = Evidence(pd.DataFrame({"article_id": ["a"], "start": [start], "end": [end]}), articles)
    row = evidence.table(finding="x").iloc[0]
    assert row["span"] == body[start:end]
    assert row["span"] in row["sentence"]


def test_articles_take_turns_before_any_is_quoted_twice(rows: pd.DataFrame, articles: pd.DataFrame) -> None:
    chosen = spread(Evidence(rows, articles).spans.to_dict("records"), 4)
    assert len({row["article_id"] for row in chosen[:3]}) == 3
    assert len(chosen) == 4


def test_a_day_is_told_no_more_exactly_than_it_is_known() -> None:
    assert when({"published": "2023-03-01", "published_precision": "range"}) == "1 March 2023 or later"
    assert when({"published": None}) == ""


# -- findings -----------------------------------------------------------------------------------------------------


def test_a_finding_shows_claim_picture_table_sentences_and_what_speaks_against(
    shares: pd.DataFrame, rows: pd.DataFrame, articles: pd.DataFrame
) -> None:
    markup = Finding(
        "Two outlets say <war>",
        lead="20 % (4 of 20).",
        figure=_picture(shares),
        table=Table(shares, caption="Labels"),
        evidence=Evidence(rows, articles, item="label", title="Behind it"),
        against=Evidence(rows, articles, title="Against it"),
    ).html()
    places = [
        markup.index(part)
        for part in ("Two outlets say &lt;war&gt;", "<svg", "<table>", "Behind it", "Against it")
    ]
    assert places == sorted(places)
    assert 'class="evidence against"' in markup


def test_a_finding_without_cases_still_stands(articles: pd.DataFrame) -> None:
    empty = pd.DataFrame({"article_id": [], "start": [], "end": []}).astype({"article_id": str})
    markup = Finding("Nothing was found", evidence=Evidence(empty, articles)).html()
    assert "<details" not in markup


def test_an_opening_says_what_can_and_cannot_be_said() -> None:
    markup = Opening("A & B", standfirst="Where", facts=[(1234, "articles")], limits=["Too few."]).html()
    assert markup.count("<h1>") == 1
    assert "1,234" in markup
    assert "What this can and can’t say" in markup


@pytest.mark.parametrize(("rows", "folded"), [(4, False), (20, True)])
def test_a_long_table_behind_a_picture_is_folded_and_a_short_one_stands_open(
    shares: pd.DataFrame, rows: int, folded: bool
) -> None:
    table = Table(pd.DataFrame({"word": [f"word {n}" for n in range(rows)]}), caption="Words")
    markup = Finding("Words differ", figure=_picture(shares), table=table).html()
    assert ('<details class="numbers">' in markup) is folded
    assert "<table>" in markup
    assert '<details class="numbers">' not in Finding("Words differ", table=table).html()


def test_a_table_without_rows_says_so_in_words() -> None:
    assert (
        Table(pd.DataFrame(columns=["path"]), caption="Set aside").html()
        == '<p class="note">Set aside: none.</p>'
    )
