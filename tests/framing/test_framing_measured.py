"""The published quality of the framing rules is what the labelled sentences give, and the docs print the same."""

import sys
from pathlib import Path

import pandas as pd
import pytest

from analysis.framing import measured as said
from analysis.framing import quality, trusted

sys.path.insert(0, str(Path(__file__).parent))
import measured
from labelled import halves

# what the issue of the rules asks for, on sentences kept aside; a rule that falls below says so in the report
LEAST = {
    "Labels: whose word": 0.95,
    "Seven voices of harm": 0.80,
    "Cause, remedy, beginning, answer": 0.85,
    "Evaluative words beside a name": 0.85,
    "How those harmed are told": 0.85,
    "Side of those harmed": 0.85,
    "Claims of fact: attributed or own": 0.85,
    "Headline and lede": 0.95,
}


@pytest.mark.parametrize(("group", "name", "compare"), measured.GROUPS, ids=[g for g, *_ in measured.GROUPS])
def test_each_rule_is_as_precise_as_the_report_says(group, name, compare):
    pairs = compare(halves(name)[1])
    precision, recall, finds, labelled = measured.scores(pairs)
    printed = quality().set_index("indicator").loc[group]
    wrong = [pair for pair in pairs if pair[0] != pair[1]]
    assert labelled == printed.labelled
    # names and statements, which other rules rest on, get better meanwhile: never worse than printed by two finds
    assert precision >= printed.value - 2 / finds, wrong
    assert recall >= printed.recall - 2 / labelled, wrong
    assert precision >= LEAST.get(group, 0)


def test_voices_and_labels_reach_what_was_asked():
    figures = quality().set_index("indicator")
    assert figures.loc["Seven voices of harm", "macro_f1"] >= 0.85
    assert figures.loc["Labels: whose word", "value"] >= 0.95


@pytest.mark.parametrize("name", sorted({name for _, name, _ in measured.GROUPS}))
def test_every_set_has_sixty_sentences_and_a_half_kept_aside(name):
    working, kept = halves(name)
    assert len(working) + len(kept) >= 60
    assert len(kept) >= 24


def test_the_docs_print_the_table_of_the_report():
    _, table, _ = measured.between(measured.DOCS.read_text(encoding="utf-8"))
    figures = pd.read_csv(measured.QUALITY, sep="\t", comment="#").fillna({"item": ""})
    assert table == measured.as_markdown(figures[figures["figure"] == "precision"])


def test_only_precise_items_are_trusted():
    items = quality(items=True).set_index("item")
    for name in trusted():
        row = items.loc[name]
        assert row.n + row.n_working >= 5
    assert not {
        name for name in items.index if max(items.loc[name, "value"], items.loc[name, "working"]) < 0.75
    } & set(trusted())


def test_the_sentence_beside_a_figure_holds_its_numbers():
    row = quality().set_index("indicator").loc["Headline and lede"]
    assert f"of {row.n} finds were right" in said("Headline and lede")
