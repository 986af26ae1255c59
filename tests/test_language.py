"""The door to the language model: offsets stay exact, and a stored parse is the parse."""

from __future__ import annotations

import polars as pl
import pytest

from analysis import language
from analysis.errors import LanguageModelError

BODIES = [
    "Officials in Harbour City said on Tuesday that the bridge had been hit.\nNobody was hurt, they added.",
    "“We waited for hours,” said Marta Lind, a baker.  Two spaces, a tab\tand a dash – here.\n\nEnd",
    "No closing stop\nThe second line starts a sentence of its own",
    "One word",
]


@pytest.fixture(scope="module")
def parses():
    return list(
        language.parse({"article_id": str(number), "body": body} for number, body in enumerate(BODIES))
    )


def test_the_parse_holds_the_body_unchanged(parses):
    assert [item.doc.text for item in parses] == BODIES


def test_a_line_break_ends_a_sentence(parses):
    assert [sentence.text.strip() for sentence in parses[2].sentences] == [
        "No closing stop",
        "The second line starts a sentence of its own",
    ]


def test_sentence_offsets_are_exact_and_trimmed(parses):
    for row in language.sentences_table(parses).iter_rows(named=True):
        text = BODIES[int(row["article_id"])][row["start"] : row["end"]]
        assert text
        assert text == text.strip()
        assert "\n" not in text


def test_a_stored_parse_is_rebuilt_exactly(parses):
    tokens = language.tokens_table(parses)
    for item in parses:
        again = language.rebuild(item.article, tokens.filter(pl.col("article_id") == item.article_id))
        assert again.doc.text == item.body
        for name in ("dep_", "lemma_", "tag_", "pos_", "idx", "ent_type_", "ent_iob_", "whitespace_"):
            assert [getattr(token, name) for token in again.doc] == [
                getattr(token, name) for token in item.doc
            ], name
        assert [token.head.i for token in again.doc] == [token.head.i for token in item.doc]
        assert [span.text for span in again.sentences] == [span.text for span in item.sentences]


def test_an_empty_body_is_no_problem():
    (item,) = language.parse([{"article_id": "x", "body": ""}])
    assert item.sentences == []
    assert language.tokens_table([item]).is_empty()


def test_a_missing_model_is_named_and_nothing_is_downloaded():
    with pytest.raises(LanguageModelError, match="tried en_core_web_nowhere.*requirements.lock"):
        language.load_model("en_core_web_nowhere")


def test_the_fingerprint_names_package_versions_and_weights():
    assert "spaCy 3." in language.fingerprint()
    assert language.fingerprint().count(",") == 2


def test_a_closing_mark_stays_with_the_sentence_it_closes():
    body = 'The mayor said: "We will rebuild the bridge. It will take a year." Residents cheered.\n"Nobody asked us."'
    (parse,) = language.parse([{"article_id": "a", "body": body}])
    texts = [span.text.strip() for span in parse.sentences]
    assert all(any(letter.isalpha() for letter in text) for text in texts)
    assert any(text.endswith('a year."') for text in texts)
    assert texts[-1] == '"Nobody asked us."'
