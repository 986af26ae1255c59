"""Panels and verbs: what is clicked, what is shown, and what the code makes are the same."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_corpus import BODIES, made_corpus

import analysis
from analysis import Corpus
from analysis.errors import AnalysisError, MeasureError, ReadingError, StoreError
from analysis.explore.index import WordIndex
from analysis.explore.panels import KINDS, NothingToShow
from analysis.explore.panels.concordance import ConcordancePanel
from analysis.text.concordance import concordance

QUERIES = [
    "withdr*",
    "the",
    "ferry | bridge",
    '"the ferry"',
    "/with\\w+/",
    "@vell",
    "zebra",
    "u.s.",
    "harbour's",
]


@pytest.fixture
def news() -> Corpus:
    return made_corpus()


def made_by(code: str, news: Corpus) -> pd.DataFrame:
    """Run the code a panel gives, as a reader would in a cell."""
    found = eval(code.splitlines()[0], {"news": news})
    assert isinstance(found, pd.DataFrame)
    return found


@pytest.mark.parametrize("query", QUERIES)
def test_the_index_finds_what_the_concordance_finds(news: Corpus, query: str) -> None:
    index = WordIndex(news)
    found = index.find(query)
    every = concordance(news.articles, query, mentions=news.layer("mentions"))
    assert found.total == len(every)
    assert found.articles == every["article_id"].nunique()
    pages = [index.page(found, first, 3) for first in range(0, len(every), 3)]
    if pages:
        pd.testing.assert_frame_equal(pd.concat(pages, ignore_index=True), every, check_dtype=False)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.text(st.sampled_from("aAbß’'-*. \n\"U.S"), max_size=40), min_size=1, max_size=6),
    st.sampled_from(["a", "b", "a*", "ab", "u.s", "a'b", "aß"]),
)
def test_counted_hits_are_the_lines_there_are(bodies: list[str], query: str) -> None:
    ids = [f"{number:02d}" for number in range(len(bodies))]
    articles = pd.DataFrame({"article_id": ids[::-1], "outlet": "Harbour Gazette", "body": bodies})
    index = WordIndex(Corpus(articles, pd.DataFrame()))
    try:
        every = concordance(articles, query)
    except MeasureError:
        return
    found = index.find(query)
    assert found.total == len(every)
    if len(every):
        assert index.page(found, 0, 1)["start"].iloc[0] == every["start"].iloc[0]


@pytest.mark.parametrize("sort", ["left", "right", "node"])
def test_drawn_lines_are_those_the_code_draws(news: Corpus, sort: str) -> None:
    index = WordIndex(news)
    found = index.find("the")
    assert found.total > 4
    drawn = index.drawn(found, 4, sort=sort)
    same = concordance(news.articles, "the", sample=4, sort=sort)
    pd.testing.assert_frame_equal(drawn, pd.DataFrame(same), check_dtype=False)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_panel_opens_in_one_line_and_its_code_makes_its_frame(news: Corpus, kind: str) -> None:
    panel = news.explore(kind)
    assert not isinstance(panel, NothingToShow)
    assert "application/vnd.jupyter.widget-view+json" in panel._repr_mimebundle_()
    pd.testing.assert_frame_equal(
        pd.DataFrame(made_by(panel.code, news)), pd.DataFrame(panel.frame), check_dtype=False
    )


def test_a_query_changes_lines_code_and_frame(news: Corpus) -> None:
    panel = news.explore("concordance", query="ferry")
    before = panel._lines.value
    panel.query.value = "withdr*"
    panel.outlet.value = "Tidewater Post"
    assert panel._lines.value != before
    assert panel.code == "news.select(outlets=['Tidewater Post']).concordance('withdr*')"
    pd.testing.assert_frame_equal(pd.DataFrame(made_by(panel.code, news)), pd.DataFrame(panel.frame))
    assert set(panel.frame["group"]) == {"Tidewater Post"}


def test_a_wrong_query_is_said_and_not_raised(news: Corpus) -> None:
    panel = news.explore("concordance")
    panel.query.value = '"open'
    assert "does not close it" in panel.message.value
    panel.query.value = "ferry"
    assert "hits in" in panel.message.value


def test_a_phrase_is_searched_in_parts_and_says_so(news: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analysis.explore.panels.concordance.SEARCHED", 1)
    panel = ConcordancePanel(news, '"the ferry"')
    assert "were not searched yet" in panel.message.value
    assert panel.search_all.layout.display == ""
    panel.search_all.click()
    assert "were not searched yet" not in panel.message.value
    assert f"{len(panel.frame)} hits" in panel.message.value


def test_a_click_on_a_word_reads_its_sentences(news: Corpus) -> None:
    panel = news.explore("keyness", target="Harbour Gazette")
    table = panel.frame
    panel.choices._buttons[2].click()
    assert panel.word == table["form"].iloc[2]
    assert f"“{panel.word}”" in panel._sentences.value
    assert len(panel.sentences) == len(concordance(news.articles, panel.word))


def test_the_quick_comparison_gives_the_numbers_of_the_slow_one(news: Corpus) -> None:
    from analysis.text.keyness import keyness

    index = WordIndex(news)
    for reference in (None, "Tidewater Post"):
        options = {
            "target": "Harbour Gazette",
            "reference": reference,
            "resamples": 0,
            "minimum_documents": 1,
        }
        quick = keyness(index.two_sided("Harbour Gazette", reference), **options)
        pd.testing.assert_frame_equal(quick, keyness(news.articles, **options))


def test_an_actor_is_found_by_any_spelling(news: Corpus) -> None:
    for name in ("Anton Vell", "Vell", "vell", "the mayor Vell"):
        assert news.actors(name).name == "Anton Vell"
    rows = news.actors("Vell").statements()
    assert rows["span"].tolist() == ["We hold the line"]
    assert (rows["before"] + rows["span"] + rows["after"]).iloc[0] in BODIES[1].replace("\n", " ")
    with pytest.raises(MeasureError, match="Anton Vell"):
        news.actors("Anton Vel")


def test_an_actors_share_has_its_interval(news: Corpus) -> None:
    table = news.actors("Vell").by_outlet().set_index("outlet")
    assert table.loc["Harbour Gazette", ["k", "n"]].tolist() == [1, 2]
    assert table["low"].between(0, table["share"]).all()
    assert table["high"].between(table["share"], 1).all()


def test_days_narrow_the_map_and_the_code_says_so(news: Corpus) -> None:
    panel = news.explore("places")
    whole = len(panel.frame)
    panel.days.index = (0, 0)
    assert len(panel.frame) < whole
    assert "until='2023-03-01'" in panel.code
    panel.choices._buttons[0].click()
    assert "<mark>" in panel._sentences.value
    pd.testing.assert_frame_equal(pd.DataFrame(made_by(panel.code, news)), pd.DataFrame(panel.frame))
    sentences = eval(panel.code.splitlines()[2], {"news": news})
    assert len(sentences) == len(panel.sentences) > 0


def test_a_story_stands_side_by_side(news: Corpus) -> None:
    panel = news.explore("stories")
    assert {"same", "rephrased", "only left", "only right"} >= set(panel.frame["relation"])
    assert "px-sides" in panel._sides.value
    changed = panel.right.value
    panel.left.value, panel.right.value = panel.right.value, panel.left.value
    assert panel.left.value == changed or panel.right.value == panel.left.value


def test_a_corpus_without_anything_for_a_panel_says_so() -> None:
    alone = made_corpus().select(outlets=["Harbour Gazette"])
    panel = alone.explore("keyness")
    assert isinstance(panel, NothingToShow)
    assert "one only" in panel.message.value
    assert panel.frame.empty
    with pytest.raises(MeasureError, match="one only"):
        alone.explore("keyness", target="Tidewater Post")
    with pytest.raises(MeasureError, match="did you mean 'keyness'"):
        alone.explore("keynes")


def test_two_outlets_are_compared(news: Corpus) -> None:
    both = news.compare("Harbour Gazette", "Tidewater Post", resamples=50)
    assert {"form", "log_ratio", "low", "high"} <= set(both.words.columns)
    assert {"item", "difference", "low", "high"} <= set(both.places.columns)
    assert "Too few articles" in both._repr_html_()
    with pytest.raises(MeasureError, match="did you mean 'Tidewater Post'"):
        news.compare("Harbour Gazette", "Tidewater Pos")


def test_completion_offers_the_verbs_and_importing_stays_light(news: Corpus) -> None:
    import subprocess
    import sys

    assert {"concordance", "actors", "places", "words", "stories", "compare", "export"} <= set(dir(news))
    assert "withdr*" in (news.concordance.__doc__ or "")
    code = (
        "import sys; from analysis import Corpus; dir(Corpus); "
        "print([name for name in ('analysis.explore', 'ipywidgets', 'matplotlib') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    with pytest.raises(AttributeError, match="did you mean 'places'"):
        news.placs  # noqa: B018


def test_an_accessor_of_a_taken_name_is_refused() -> None:
    with pytest.raises(StoreError, match="another name"):
        Corpus.register_accessor("layer")(lambda corpus: None)


def test_messages_name_the_remedy() -> None:
    read = Corpus(made_corpus().articles, pd.DataFrame())
    with pytest.raises(StoreError, match="read but not annotated"):
        read.explore("actor")
    with pytest.raises(ReadingError):
        read.article("ffffffffffff")
    with pytest.raises(MeasureError, match="from 0"):
        read.article(99)
    assert issubclass(MeasureError, AnalysisError)
    assert analysis.Corpus is Corpus
