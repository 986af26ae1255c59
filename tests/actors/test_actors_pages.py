"""Articles read side by side: each gets what it would get alone, and nothing of its neighbours."""

from __future__ import annotations

from itertools import pairwise

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import codebook
from analysis.actors import annotate_mentions_text
from analysis.actors.rules import mentions as rules
from analysis.actors.rules.evidence import evidence, of_words, score, weights
from analysis.actors.rules.found import Found, as_table, without_overlap
from analysis.actors.rules.marks import Spans
from analysis.actors.rules.pages import coded, pages_of
from analysis.actors.rules.runs import names
from analysis.places import annotate_text
from analysis.text.plain import read

BOOK = codebook.load("ukraine-war")
# bodies that begin or end where a neighbour would matter: a name, a title, a comma, a particle, a quotation left open
EDGES = [
    "Ivo Lind",
    "Lind spoke first",
    "Foreign Minister",
    "Marsh met Anna Berg, the mayor of Lindau",
    "al-Safi left. He said nothing",
    "The Ministry of",
    "Defence said that the bridge was closed.",
    "Anna Berg, a baker",
    "“We stay",
    "the president said. Officials in Moscow said",
    "Ukraine’s president Volodymyr Zelensky met NATO",
    "she said",
    "of the Border Guard Service (BGS)",
    "BGS officers stayed. İstanbul's mayor",
    " Berg.",
    "\n\nBerg said on Monday: “No.”",
    "and 46, said Berg’s",
    "",
]
BODY = st.lists(st.sampled_from(EDGES), max_size=4).map(" ".join) | st.text(max_size=40)


def mentions(rows, book=BOOK):
    return annotate_mentions_text(read(rows), places=annotate_text(rows), codebook=book)


@settings(max_examples=25, deadline=None)
@given(st.lists(BODY, min_size=1, max_size=5))
def test_articles_side_by_side_give_what_each_gives_alone(bodies):
    rows = [{"article_id": str(n), "body": body} for n, body in enumerate(bodies)]
    alone = pl.concat([mentions([row]) for row in rows])
    assert mentions(rows).equals(alone)


def test_more_articles_than_are_read_together(monkeypatch):
    rows = [{"article_id": str(n), "body": f"{EDGES[n % len(EDGES)]}. {EDGES[3]}"} for n in range(23)]
    together = mentions(rows)
    monkeypatch.setattr(rules, "_TOGETHER", 5)
    assert mentions(rows).equals(together)


def test_no_articles_have_no_mentions():
    assert mentions([]).is_empty()
    assert mentions([{"article_id": "a", "body": ""}]).is_empty()


@given(st.lists(st.text(max_size=3)))
def test_coded_columns_give_back_what_was_coded(column):
    numbers, values = coded(column)
    assert [values[number] for number in numbers] == column
    assert len(set(values)) == len(values)


SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 6)), max_size=12)


@given(SPANS)
def test_what_stays_does_not_overlap_and_no_longer_mention_goes(spans):
    found = [Found(start, start + size, "person", str(n)) for n, (start, size) in enumerate(spans)]
    kept = [Found(*row) for row in without_overlap(as_table(found)).iter_rows()]
    assert all(one.end <= other.start for one, other in pairwise(kept))
    for spot in found:
        over = [other for other in kept if other.start < spot.end and spot.start < other.end]
        assert spot in kept or any(other.end - other.start >= spot.end - spot.start for other in over)


def test_evidence_is_named_and_its_weights_add_up():
    body = "On Friday Gov. Anna Berg’s aide met Berg, 46, in Oslo. Rose wore a rose at the Alder Trust."
    pages = pages_of(read([{"article_id": "a", "body": body}]))
    proposed = names(pages)
    at = pages.text.index("Oslo")
    columns = evidence(proposed, Spans([at], [at + 4]))
    said = {}
    known = weights()
    for n, total in enumerate(score(proposed, columns)):
        parts = proposed.words[proposed.which[n]]
        signs = [column.values[column.numbers[n]] for column in columns]
        said[" ".join(parts), int(proposed.start[n])] = {*signs}
        pairs = [known[sign] for sign in [*of_words(parts), *signs] if sign in known]
        assert list(total) == [sum(pair[side] for pair in pairs) for side in (0, 1)]
    berg, again, oslo, rose = (
        said[words, pages.text.index(words, start)]
        for words, start in (("Anna Berg", 0), ("Berg", 25), ("Oslo", 0), ("Rose", 0))
    )
    assert {"office", "office gov", "possessive", "behind aide", "no place"} <= berg
    assert {"before met", "age behind", "family name in article"} <= again
    assert {"before in", "mark behind .", "lone place"} <= oslo
    assert {"lone opens", "lone behind wore", "small in article"} <= rose
