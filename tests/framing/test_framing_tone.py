"""The tone model: sane on plain cases, silent about speakers, same answer twice, and as good as it says."""

import gzip
import importlib.util
import json
import random
from pathlib import Path

import pytest

from analysis.framing import quality
from analysis.framing.tone import LABELS, judge, tone_shares
from analysis.language import load_model

SET = Path(__file__).parents[3] / "shared" / "benchmarks" / "tone" / "newsmtsc_train2000"


def lines(path):
    with gzip.open(path, "rt", encoding="utf-8") as handle:
        return [json.loads(line) for line in handle]


def tone(text, name):
    doc = load_model()(text)
    start = text.index(name)
    return judge(doc.char_span(start, start + len(name)), doc[:])


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Quill is a corrupt liar and a disgrace to the office, the paper said.", "Quill", "negative"),
        ("The court convicted Quill of fraud and murder.", "Quill", "negative"),
        ("Quill won praise for her brave and brilliant rescue of the miners.", "Quill", "positive"),
        ("Quill arrived in Verrin on Tuesday.", "Quill", "neutral"),
    ],
)
def test_plain_cases(text, name, expected):
    assert tone(text, name)[0] == expected


def test_the_same_sentence_gives_the_same_answer_and_a_probability():
    first, second = (tone("Critics called Quill reckless.", "Quill") for _ in range(2))
    assert first == second
    assert first[0] in LABELS
    assert 1 / 3 <= first[1] <= 1


def test_shares_leave_out_quotations():
    import pandas as pd

    articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Hill Post"]})
    tones = pd.DataFrame(
        {"article_id": "a", "actor": "Quill", "tone": ["negative", "neutral"], "quoted": [True, False]}
    )
    assert tone_shares(tones, articles, actor="Quill")[["item", "k", "n"]].to_numpy().tolist() == [
        ["neutral", 1, 1]
    ]


@pytest.mark.skipif(not SET.is_dir(), reason="the labelled sentences of ../shared/benchmarks are not here")
def test_it_beats_majority_and_word_list_where_it_was_cross_validated():
    printed = quality().set_index("indicator").loc["Tone towards an actor"]
    assert printed.value > 0.53  # VADER on a window, the best plain lexicon there
    # the shipped weights have seen these sentences: this holds the plumbing, the cross-validated figure is printed
    spec = importlib.util.spec_from_file_location(
        "tone_task", Path(__file__).parents[2] / "benchmarks/tasks/tone.py"
    )
    task = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(task)
    rows = lines(SET / "inputs.jsonl.gz")
    gold = {row["id"]: row["label"] for row in lines(SET / "gold.jsonl.gz")}
    some = random.Random(0).sample(rows, 60)
    said = list(task.predict(some))
    assert sum(gold[row["id"]] == row["label"] for row in said) / len(said) > 0.7
