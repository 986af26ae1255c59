"""Statements: form, source, cue, relay, notes, and what is no statement."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis import actors


def one(layers, **wanted):
    rows = [
        row for row in layers["statements"].rows(named=True) if all(row[k] == v for k, v in wanted.items())
    ]
    assert rows, layers["statements"].select("source", "cue", "surface", "rule").rows()
    return rows[0]


def test_forms_direct_partial_indirect(annotate):
    layers = annotate(
        "“The bridge will be open again by Monday morning,” engineer Mira Lund said.\n"
        "The mayor said the repair was “almost” finished.\n"
        "A spokesman said that the road would stay closed."
    )
    forms = actors.statements_once(layers["statements"])["form"].to_list()
    assert forms == ["direct", "partial", "indirect"]


def test_a_quotation_broken_by_its_verb_is_one_statement(annotate):
    layers = annotate("“We will stay here,” Mira Lund said, “until the water has gone down again.”")
    found = layers["statements"]
    assert found["statement"].n_unique() == 1
    assert found.height == 2
    assert actors.statements_once(found).height == 1


def test_inverted_order_and_pronoun(annotate):
    layers = annotate(
        "“The water has gone down by a metre since yesterday,” said Mira Lund. “It will not last,” she added."
    )
    assert layers["statements"]["actor"].unique().to_list() == ["Mira Lund"]
    assert layers["mentions"].filter(pl.col("rule").str.starts_with("pronoun"))["surface"].to_list() == [
        "she"
    ]


def test_relay_and_verification(annotate):
    layers = annotate(
        "According to Interfax, guard commander Ivo Lindt said that four boats had been sunk. "
        "The claim could not be independently verified."
    )
    row = one(layers, cue="say")
    assert (row["actor"], row["relay"]) == ("Ivo Lindt", "Interfax")
    assert "independently verified" in row["verification"]
    assert row["source_class"] == "military"


def test_sources_named_role_anonymous_document(annotate):
    layers = annotate(
        "Anna Bergskaya said the talks would go on.\n"
        "Residents said the power had failed twice.\n"
        "Some said the talks had failed.\n"
        "A report said the dam was sound."
    )
    kinds = actors.statements_once(layers["statements"])["explicitness"].to_list()
    assert kinds == ["named", "role", "anonymous", "document"]
    assert one(layers, explicitness="role")["source_class"] == "civilian"


def test_a_capital_that_speaks_is_its_government(annotate):
    layers = annotate("Port Aster said the border would open. The train left Port Aster at noon.")
    found = layers["mentions"].filter(pl.col("kind") == "government")
    assert found["surface"].to_list() == ["Port Aster"]
    assert one(layers, cue="say")["side"] == "harland"


def test_verb_classes_and_hedges(annotate):
    layers = annotate(
        "The guard claimed that nobody was hurt. Ivo Lindt reportedly told officials that he would resign."
    )
    assert one(layers, cue="claim")["cue_class"] == "distancing"
    assert "reportedly" in one(layers, cue="tell")["hedge"]


def test_a_deed_is_no_statement(annotate):
    layers = annotate("Harlandic forces defended the town for a week.")
    assert actors.statements_once(layers["statements"]).height == 0


def test_a_term_in_marks_is_nobodys_words(annotate):
    layers = annotate("The hill, known as “the Anvil”, lies behind the town.")
    assert layers["statements"].filter(pl.col("form") != "indirect").height == 0


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="abc .,\n\"“”‘’'SM", max_size=60))
def test_odd_marks_never_raise_and_offsets_hold(annotate, text):
    body = f"Mira Lund said {text}\nThe end."
    layers = annotate(body)
    for name in ("mentions", "statements"):
        for row in layers[name].rows(named=True):
            assert body[row["start"] : row["end"]] == row["surface"]


@pytest.mark.parametrize("body", ["", "\n\n", "“", "”””", "…", "said", "According to"])
def test_bodies_with_next_to_nothing(annotate, body):
    layers = annotate(body)
    assert layers["mentions"].columns[0] == "article_id"
