"""Tone towards the marked target of a sentence, as the tone benchmark wants it.

The open set ``newsmtsc_train2000`` is what the shipped weights were trained on: a run on it says nothing about
quality. The figure to trust is the cross-validated one that ``scripts/train_tone.py`` prints (.685 and .672 in two splits).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from analysis import language
from analysis.framing.tone import judge

SHOW = ("macro_f1", "accuracy", "labels.negative.f1", "labels.neutral.f1", "labels.positive.f1")


def predict(inputs: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield one line a target: ``{"id", "label"}``."""
    rows = list(inputs)
    texts = dict.fromkeys(row["text"] for row in rows)
    parsed = language.parse({"article_id": str(number), "body": text} for number, text in enumerate(texts))
    docs = {item.body: item.doc for item in parsed}
    for row in rows:
        doc = docs[row["text"]]
        target = doc.char_span(row["start"], row["end"], alignment_mode="expand")
        yield {"id": row["id"], "label": judge(target, doc[:])[0]}
