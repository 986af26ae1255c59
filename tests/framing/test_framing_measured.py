"""The measured quality of the framing rules holds on the project's own labelled sentences."""

import sys
from pathlib import Path

import pytest

from analysis.framing import quality

sys.path.insert(0, str(Path(__file__).parent))
import measured
import measured_texts


def printed(indicator):
    return quality().set_index("indicator").loc[indicator]


def right(pairs):
    return sum(gold == kit for gold, kit, *_ in pairs) / len(pairs)


@pytest.mark.parametrize(("name", "least"), [("framing_voices.txt", 0.90), ("framing_voices_held.txt", 0.90)])
def test_seven_voices_reach_their_level(name, least):
    cases = measured.read(name)
    pairs = measured.voices(cases, measured.annotated(cases))
    macro = measured.scores(pairs).row(-1, named=True)
    assert macro["f1"] >= least, [pair for pair in pairs if pair[0] != pair[1]]
    if "held" in name:
        assert macro["f1"] == pytest.approx(printed("Seven voices of harm").value, abs=0.006)


def test_labels_own_and_quoted_reach_their_level():
    cases = measured.read("framing_labels.txt")
    pairs = measured.label_voices(cases, measured.annotated(cases))
    held = measured.read("framing_labels_held.txt")
    pairs += measured.label_voices(held, measured.annotated(held))
    assert len(pairs) == printed("Voice of labels").n
    assert right(pairs) == pytest.approx(printed("Voice of labels").value, abs=0.006)
    assert right(pairs) >= 0.95


def test_frames_responsibility_and_victims_are_as_precise_as_the_report_says():
    for measure, indicator in (
        (measured_texts.frames, "Items of generic frames"),
        (measured_texts.responsible, "Responsibility"),
        (measured_texts.victims, "How victims are told"),
    ):
        value, *_, n = measure()
        assert value == pytest.approx(printed(indicator).value, abs=0.006), measure(show=True)
        assert n == printed(indicator).n
