"""The measured quality of labels and voices holds on the project's own labelled sentences."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import measured


@pytest.fixture(scope="module", params=["framing_voices.txt"])
def voice_pairs(request):
    cases = measured.read(request.param)
    return cases, measured.voices(cases, measured.annotated(cases))


def test_seven_voices_reach_their_level(voice_pairs):
    cases, pairs = voice_pairs
    assert len(cases) >= 60
    macro = measured.scores(pairs).row(-1, named=True)
    assert macro["f1"] >= 0.90, [pair for pair in pairs if pair[0] != pair[1]]


def test_labels_own_and_quoted_reach_their_level():
    cases = measured.read("framing_labels.txt")
    pairs = measured.label_voices(cases, measured.annotated(cases))
    assert len(pairs) >= 60
    right = sum(gold == kit for gold, kit, *_ in pairs) / len(pairs)
    assert right >= 0.95, [pair for pair in pairs if pair[0] != pair[1]]
