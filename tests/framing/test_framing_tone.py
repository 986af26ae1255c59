"""The tone model: sane on plain cases, silent about speakers, same answer twice, and as good as it says."""

import gzip
import importlib.util
import json
import random
from pathlib import Path

import pandas as pd
import pytest

from analysis.framing import quality
from analysis.framing.tone import LABELS, judge, tone_shares
from analysis.language import load_model
from analysis.schemas import conform

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


def test_shares_leave_out_what_others_say():
    body = "Quill left. “Quill is a fool.” Critics said Quill lies. Quill won."
    articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Hill Post"], "body": [body]})
    starts = [at for at in range(len(body)) if body.startswith("Quill", at)]
    tones = pd.DataFrame(
        {"article_id": "a", "start": starts, "end": [at + 5 for at in starts], "actor": "Quill"}
    )
    tones["tone"] = ["neutral", "negative", "negative", "positive"]
    said = pd.DataFrame(
        {"article_id": ["a"], "start": [starts[2]], "end": [starts[2] + 10], "form": ["indirect"]}
    )
    own = tone_shares(tones, articles, statements=said).set_index("item")
    assert own["k"].to_dict() == {"Quill: neutral": 1, "Quill: positive": 1}
    assert set(own["n"]) == {2}
    quoted = tone_shares(tones, articles, statements=said, voice="quoted")
    assert quoted[["item", "k", "n"]].to_numpy().tolist() == [["Quill: negative", 1, 1]]
    assert tone_shares(tones.head(0), articles, statements=said).empty


def test_the_layer_has_one_row_an_actor_and_sentence():
    from analysis.framing import annotate_tone
    from analysis.language import parse

    body = "Quill praised Dorn and Quill thanked him. Dorn is a disgrace."
    parses = list(parse([{"article_id": "a", "body": body}]))
    rows = [
        {
            "article_id": "a",
            "start": at,
            "end": at + len(name),
            "surface": name,
            "actor": name,
            "kind": "person",
        }
        for name in ("Quill", "Dorn")
        for at in range(len(body))
        if body.startswith(name, at)
    ]
    rows = [{**row, "sentence": int(row["start"] > 40), "quoted": False} for row in rows]
    layer = annotate_tone(parses, mentions=conform(rows, "mentions"))
    assert layer.select("actor", "sentence").rows() == [("Quill", 0), ("Dorn", 0), ("Dorn", 1)]
    assert layer["tone"].to_list()[2] == "negative"
    assert all(body[row["start"] : row["end"]] == row["surface"] for row in layer.iter_rows(named=True))


def test_targets_judged_together_are_judged_as_each_alone():
    """The network reads the sentences of an article end to end; none may see its neighbour."""
    from analysis.framing import annotate_tone
    from analysis.language import parse

    body = "Quill lied to the miners. Dorn, the brave mayor of Verrin, rescued two children. Marl waited."
    item = next(iter(parse([{"article_id": "a", "body": body}])))
    rows = [
        {"article_id": "a", "start": body.index(name), "end": body.index(name) + len(name), "surface": name}
        | {"actor": name, "kind": "person", "sentence": sentence, "quoted": False}
        for sentence, name in enumerate(("Quill", "Dorn", "Marl"))
    ]
    together = annotate_tone([item], mentions=conform(rows, "mentions"))
    for row in together.iter_rows(named=True):
        span = item.doc.char_span(row["start"], row["end"])
        label, score = judge(span, span.sent)
        assert row["tone"] == label
        assert row["score"] == pytest.approx(score, abs=1e-6)


def test_the_network_in_numpy_is_the_one_that_was_trained():
    """By hand: one token, the target, with no vector; only the bias of the output speaks."""
    import numpy as np

    from analysis.framing.tone_network import MARKS, Network, Reading, scores

    sizes = {"words": (2, 3), "words_bias": (3,), "value": (2, 3), "near": (3, 3, 3), "near_bias": (3,)}
    sizes |= {
        "attention": (3, 2),
        "hidden": (13, 4),
        "hidden_bias": (4,),
        "out": (4, 3),
        "direct": (1, 3),
        "bias": (3,),
    }
    weights = {name: np.zeros(size, np.float32) for name, size in sizes.items()}
    weights |= {f"mark{number}": np.zeros((size, 3), np.float32) for number, size in enumerate(MARKS)}
    weights["bias"] += np.array([0.1, 0.2, 0.3], np.float32)
    weights["direct"] += 1
    network = Network(["len"], np.array([1.0]), np.array([2.0]), weights)
    read = Reading(np.array([-1]), np.array([[0, 0, 6, 3, 0, 0]]), np.array([0.0], np.float32))
    found = scores(network, [read], [{"len": 2.0}], np.ones((1, 2), np.float32))
    assert found.tolist()[0] == pytest.approx([0.6, 0.7, 0.8])  # the number one, on its scale: (2 - 1) / 2


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
