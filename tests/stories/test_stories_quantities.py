"""The quantities ledger on sentences of our own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl
import pytest

from analysis import language
from analysis.schemas import conform
from analysis.stories import annotate_quantities


def ledger(
    body: str, *, said: Sequence[dict[str, Any]] = (), where: Sequence[dict[str, Any]] = ()
) -> pl.DataFrame:
    parses = list(language.parse([{"article_id": "a", "body": body}]))
    statements = conform([{"article_id": "a", **row} for row in said], "statements")
    places = conform([{"article_id": "a", **row} for row in where], "places")
    found = annotate_quantities(parses, places=places, statements=statements)
    for start, end, surface in found.select("start", "end", "surface").iter_rows():
        assert body[start:end] == surface
    return found


@pytest.mark.parametrize(
    ("sentence", "low", "unit", "counted", "qualifier"),
    [
        ("Some 53,000 people still live in the town.", 53_000, "", "people remaining", "about"),
        (
            "More than 121,000 people have been evacuated from nine districts.",
            121_000,
            "",
            "people evacuated",
            "more than",
        ),
        ("Two residents died in the night.", 2, "", "residents killed", ""),
        ("A shell killed three civilians near the market.", 3, "", "civilians killed", ""),
        ("The group holds more than 80 percent of the town.", 80, "percent", "town held", "more than"),
        ("The troops are only 10km from the station.", 10, "kilometre", "distance", "only"),
        ("The army needs 250,000 rounds a month.", 250_000, "per month", "rounds", ""),
        ("They have taken 1,250 square kilometres.", 1250, "square kilometre", "land", ""),
        ("Ships carried 25 million tonnes of grain.", 25e6, "tonne", "grain", ""),
    ],
)
def test_what_is_counted(sentence: str, low: float, unit: str, counted: str, qualifier: str) -> None:
    row = ledger(sentence).row(0, named=True)
    assert (row["low"], row["unit"], row["counted"], row["qualifier"]) == (low, unit, counted, qualifier)


@pytest.mark.parametrize(
    "sentence",
    [
        "The invasion began on 24 February 2022.",
        "The train leaves at 13:40.",
        "The guns fire 155mm shells.",
        "The guns fire 155-millimetre shells.",
        "Petro Savenchuk, 58, a former miner, stayed.",
        "A 19-year-old student came.",
        "The 30th brigade moved in.",
        "It was one of the hardest days.",
        "They crossed the border two weeks ago.",
        "No one came.",
    ],
)
def test_dates_ages_ordinals_and_calibres_claim_nothing(sentence: str) -> None:
    assert ledger(sentence).is_empty()


def test_the_source_of_the_statement_claims_the_number_and_the_note_is_kept() -> None:
    body = "The general staff said on Tuesday that 400 soldiers had been killed. The claim could not be independently verified."
    start = body.index("400")
    said = [
        {
            "start": start,
            "end": body.index("."),
            "actor": "General Staff",
            "source": "The general staff",
            "cue": "say",
        }
    ]
    row = ledger(body, said=said).row(0, named=True)
    assert row["claimant"] == "General Staff"
    assert row["cue"] == "say"
    assert row["verified"] == "could not be independently verified"


def test_a_bare_number_takes_over_the_unit_before_it() -> None:
    found = ledger("The ministry in the north says 120 days. The ministry in the south says 60.")
    assert found.select("low", "unit").rows() == [(120.0, "day"), (60.0, "day")]


def test_the_nearest_place_of_the_sentence_is_noted() -> None:
    body = "About 4,500 civilians remain in Bakhmut."
    at = body.index("Bakhmut")
    row = ledger(
        body,
        where=[
            {
                "start": at,
                "end": at + 7,
                "surface": "Bakhmut",
                "place": "Bakhmut",
                "role": "event",
                "sentence": 0,
            }
        ],
    ).row(0, named=True)
    assert row["place"] == "Bakhmut"


def test_a_loss_of_the_whole_time_below_one_of_a_month_is_flagged() -> None:
    body = (
        "The minister put the casualties at 11,000 in February.\n"
        "The staff said 1,060 enemy soldiers had been killed since February 24."
    )
    flags = ledger(body)["flag"].to_list()
    assert flags[0] == ""
    assert "less than" in flags[1]


def test_a_conversion_that_does_not_agree_is_flagged() -> None:
    good = ledger("The front is 10km (six miles) from the town.")
    bad = ledger("The front is 10km (16 miles) from the town.")
    assert set(good["flag"]) == {""}
    assert "is not" in bad["flag"][1]


def test_nothing_in_nothing_out() -> None:
    empty = annotate_quantities([], places=conform([], "places"), statements=conform([], "statements"))
    assert empty.is_empty()
    assert empty.schema == conform([], "quantities").schema
