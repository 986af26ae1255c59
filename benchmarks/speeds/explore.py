"""Clicks in the panels on 10,000 articles: four to six in each panel, of which none may take 300 ms.

The corpus is the articles, some of them twice to make ten thousand, with layers made up by a seeded generator: what a
panel does with a layer does not depend on who annotated it. What is counted once, when a panel opens, is no click; linking the
stories is in the seconds of the row, not in the clicks. All panels are clicked in one process, because the corpus takes
longer to make up than to click through; core-milliseconds stand beside those of the clock.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import polars as pl

from analysis.corpus.corpus import Corpus
from analysis.schemas import conform

ARTICLES = 10_000
CLICK = 0.3
Clicks = list[tuple[float, float]]
NAMES = 3000  # actors; their frequencies fall as names' do


def made_up(articles: pl.DataFrame) -> Corpus:
    again = articles.head(ARTICLES - len(articles)).with_columns(pl.col("article_id") + "-again")
    articles = pl.concat([articles, again]).with_columns(
        pl.col("published").str.slice(0, 10).str.to_date(strict=False),
        language=pl.lit("en"),
        kind=pl.lit("original"),
    )
    frame = articles.to_pandas()
    frame["published_until"] = frame["published"]
    rng = np.random.default_rng(2026)
    sentences = _sentences(articles)
    spans = sentences.filter(pl.col("end") - pl.col("start") > 30)
    return Corpus(
        frame,
        conform([], "set_aside").to_pandas(),
        source="ten thousand",
        layers={
            "sentences": sentences,
            "mentions": _mentions(spans, rng),
            "statements": _statements(spans, rng),
            "actions": _actions(spans, rng),
            "places": _places(spans, rng),
        },
    )


def _sentences(articles: pl.DataFrame) -> pl.DataFrame:
    """Lines for sentences: only their bounds matter here."""
    lines = articles.select("article_id", pl.col("body").str.split("\n")).explode("body")
    lengths = pl.col("body").str.len_chars().cast(pl.Int64) + 1
    placed = lines.with_columns(
        start=(lengths.cum_sum() - lengths).over("article_id"),
        sentence=pl.int_range(pl.len(), dtype=pl.Int64).over("article_id"),
    ).with_columns(end=pl.col("start") + lengths - 1, paragraph=pl.col("sentence"))
    return conform(placed.drop("body"), "sentences")


def _drawn(spans: pl.DataFrame, n: int, rng: np.random.Generator) -> pl.DataFrame:
    rows = np.sort(rng.integers(0, len(spans), n))
    at = rng.integers(0, 20, n)
    chosen = spans[rows].select("article_id", "sentence", start=pl.col("start") + at)
    return chosen.with_columns(end=pl.col("start") + 8)


def _names(n: int, rng: np.random.Generator) -> list[str]:
    ranks = np.minimum(rng.zipf(1.4, n), NAMES)
    return [f"Person {rank}" for rank in ranks]


def _mentions(spans: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    names = pl.Series(_names(300_000, rng))
    rows = _drawn(spans, len(names), rng).with_columns(actor=names, surface=names, kind=pl.lit("person"))
    return conform(rows.with_columns(role=pl.lit(""), rule=pl.lit("model"), quoted=pl.lit(False)), "mentions")


def _statements(spans: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    names = pl.Series(_names(100_000, rng))
    rows = _drawn(spans, len(names), rng).with_columns(actor=names, source=names, cue=pl.lit("say"))
    return conform(rows.with_columns(form=pl.lit("direct"), cue_class=pl.lit("neutral")), "statements")


def _actions(spans: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    agents, patients = pl.Series(_names(150_000, rng)), pl.Series(_names(150_000, rng))
    rows = _drawn(spans, len(agents), rng).with_columns(agent=agents, patient=patients, verb=pl.lit("meet"))
    return conform(rows.with_columns(voice=pl.lit("active"), negated=pl.lit(False)), "actions")


def _places(spans: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    n = 120_000
    rank = np.minimum(rng.zipf(1.3, n), 4000)
    rows = _drawn(spans, n, rng).with_columns(
        place=pl.Series([f"Place {value}" for value in rank]),
        surface=pl.Series([f"Place {value}" for value in rank]),
        place_id=pl.Series([str(value) for value in rank]),
        lat=pl.Series(44 + (rank * 7 % 1000) / 100),
        lon=pl.Series(22 + (rank * 13 % 1900) / 100),
        kind=pl.lit("town"),
        precision=pl.lit("town"),
        country=pl.lit("UA"),
        role=pl.lit("event"),
        quoted=pl.lit(False),
    )
    return conform(rows, "places")


def clicks(*steps: Callable[[], Any]) -> Clicks:
    """Make the clicks one after the other; give the milliseconds of each, by the clock and of the processors."""
    taken = []
    for step in steps:
        begin, busy = time.perf_counter(), time.process_time()
        step()
        taken.append((1000 * (time.perf_counter() - begin), 1000 * (time.process_time() - busy)))
    return taken


def concordance(corpus: Corpus) -> Clicks:
    panel = corpus.explore("concordance", query="ukraine")
    biggest = corpus.articles["outlet"].value_counts().index[0]
    return clicks(
        lambda: _set(panel.query, "government"),
        lambda: _set(panel.query, "withdr*"),
        lambda: panel.pager.forth.click(),
        lambda: _set(panel.query, "the"),
        lambda: _set(panel.outlet, biggest),
        lambda: _set(panel.unit, "sentence"),
    )


def concordance_sorted(corpus: Corpus) -> Clicks:
    panel = corpus.explore("concordance", query="ukraine")
    return clicks(
        lambda: _set(panel.sort, "right"),
        lambda: panel.pager.forth.click(),
        lambda: _set(panel.sort, "left"),
        lambda: _set(panel.query, "government"),
        lambda: _set(panel.query, '"prime minister"'),
    )


def keyness(corpus: Corpus) -> Clicks:
    one, two, three = corpus.articles["outlet"].value_counts().index[:3]
    panel = corpus.explore("keyness", target=one)
    return clicks(
        lambda: panel.choices._buttons[3].click(),
        lambda: panel.pager.forth.click(),
        lambda: _set(panel.reference, two),
        lambda: _set(panel.side, "less"),
        lambda: _set(panel.search, "wa"),
        lambda: _set(panel.target, three),
    )


def actor(corpus: Corpus) -> Clicks:
    panel = corpus.explore("actor", name="Person 1")
    return clicks(
        lambda: _set(panel.name, "Person 3"),
        lambda: _set(panel.name, "Person 40"),
        lambda: panel.pager.forth.click(),
        lambda: _set(panel.name, "Person 2"),
        lambda: _set(panel.outlet, corpus.articles["outlet"].value_counts().index[0]),
    )


def actor_views(corpus: Corpus) -> Clicks:
    panel = corpus.explore("actor", name="Person 1")
    return clicks(
        lambda: _set(panel.view, "statements"),
        lambda: _set(panel.view, "actions"),
        lambda: _set(panel.name, "Person 5"),
        lambda: _set(panel.view, "mentions"),
    )


def place_map(corpus: Corpus) -> Clicks:
    panel = corpus.explore("places")
    last = len(panel._periods) - 1
    return clicks(
        lambda: _set(panel.days, (0, last // 2), "index"),
        lambda: _set(panel.days, (last // 3, last), "index"),
        lambda: _set(panel.play, last // 2),
        lambda: panel.choices._buttons[1].click(),
        lambda: _set(panel.zoom, 4.0),
        lambda: _set(panel.outlet, corpus.articles["outlet"].value_counts().index[0]),
    )


def stories(corpus: Corpus) -> Clicks:
    panel = corpus.explore("stories")
    options = [value for _, value in panel.story.options]
    return clicks(
        lambda: _set(panel.story, options[1]),
        lambda: _set(panel.story, options[2]),
        lambda: _set(panel.right, panel.right.options[-1][1]),
        lambda: _set(panel.story, options[-1]),
    )


def _set(control: Any, value: Any, trait: str = "value") -> None:
    setattr(control, trait, value)


def panels(corpus: Corpus) -> str:
    """Click through all panels; what is counted when a panel first opens is counted before."""
    corpus.words.index.find("ukraine")
    corpus.explore("places").choose(0)
    corpus.explore("actor")
    told, slow = [], False
    for panel in (concordance, concordance_sorted, keyness, actor, actor_views, place_map, stories):
        wall, busy = (sorted(column) for column in zip(*panel(corpus), strict=True))
        slow = slow or min(wall[-1], busy[-1]) >= 1000 * CLICK  # the clock of a loaded machine says little
        told.append(
            f"{panel.__name__} {statistics.median(wall):.0f} ms, slowest {wall[-1]:.0f} "
            f"(core {statistics.median(busy):.0f}, {busy[-1]:.0f})"
        )
    return f"{'TOO SLOW: ' if slow else ''}{'; '.join(told)}"


prepare = made_up
CONTENDERS = {"all panels": panels}
REPEATS = 1
