"""Wire copy and reposts are told by how agencies sign and pages say so, not by a name in a sentence."""

from __future__ import annotations

import pytest

from analysis.corpus.attribution import kind_from_text


@pytest.mark.parametrize(
    ("line", "kind", "value"),
    [
        ("By Ann Lee, Reuters", "byline", "wire"),
        ("Reuters staff", "byline", "wire"),
        ("KHERSON, April 3 (Reuters) - A bridge fell.", "body", "wire"),
        ("LYSENK (AP) — A bridge fell.", "body", "wire"),
        ("This article was first published in the Harbour Gazette", "footer", "repost"),
        ("The minister told Reuters that a bridge fell.", "body", "unknown"),
        ("The bridge, built in 1903 by a firm that owned an AP - a kind of pump.", "body", "unknown"),
        (
            "Our writers spent a year in the harbour. " * 6 + "They had been with Reuters.",
            "byline",
            "unknown",
        ),
    ],
)
def test_who_signs_decides_on_the_kind(line: str, kind: str, value: str) -> None:
    assert kind_from_text([(line, kind)]).value == value


def test_an_agency_is_no_wire_at_home_and_a_foreign_signature_is_one_elsewhere() -> None:
    signed = [("KHERSON, April 3 (Reuters) - A bridge fell.", "body")]
    assert kind_from_text(signed, outlet="Reuters").value == "original"
    assert kind_from_text(signed, outlet="Hill Post").value == "wire"
