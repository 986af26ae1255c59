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
        ("Some 4,300 people still live in the town.", 4_300, "", "people remaining", "about"),
        (
            "More than 7,000 people have been evacuated from six districts.",
            7_000,
            "",
            "people evacuated",
            "more than",
        ),
        ("Two residents died in the night.", 2, "", "residents killed", ""),
        ("A shell killed three civilians near the market.", 3, "", "civilians killed", ""),
        ("The group holds more than 80 percent of the town.", 80, "percent", "town held", "more than"),
        ("The troops are only 10km from the station.", 10, "kilometre", "distance", "only"),
        ("The army needs 250,000 rounds a month.", 250_000, "per month", "rounds", ""),
        ("They have taken 640 square kilometres.", 640, "square kilometre", "land", ""),
        ("Ships carried 25 million tonnes of grain.", 25e6, "tonne", "grain", ""),
        ("The crash left seven dead.", 7, "", "people killed", ""),
        ("The couple paid $43 million in property taxes.", 43e6, "US dollar", "property taxes", ""),
        ("They paid an average tax rate of 31.5 percent.", 31.5, "percent", "average tax rate", ""),
        ("The mayor presided over two angry meetings.", 2, "", "angry meetings", ""),
        ("A court sentenced him to ten years in prison.", 10, "year", "prison", ""),
        ("Her campaign inspired millions to vote.", 2e6, "", "", ""),
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
        "The 2001 storms are remembered.",
        "They lost game 7 in lap 44.",
        "The law keeps drink from adults under 21.",
        "The tycoon, 70, stunned the town.",
        "Critics pointed to one serious mistake.",
        "Nothing has changed in the last 19 months.",
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


def test_a_rate_may_stand_at_the_end_of_its_clause() -> None:
    daily = ledger(
        "The mayor said 300 families were leaving the valley daily and that the school would close."
    )
    assert daily["unit"].to_list() == ["per day"]
    assert ledger("Some 300 reporters came to the daily briefing.")["unit"].to_list() == [""]


def test_a_date_of_another_clause_is_not_taken() -> None:
    body = "Water could be cut off within a week as floods are only 10km (six miles) from the pumps."
    rows = ledger(body)
    assert rows["when"].to_list() == ["", ""]
    assert rows["counted"].to_list() == ["distance", "distance"]
    dated = ledger("Orla, a mill town with 8,000 residents before the war, fell silent on Friday.")
    assert dated["when"].to_list() == ["before the war"]


def test_what_the_outlet_explains_is_not_the_claim_of_the_source() -> None:
    body = (
        'The rebels announced that they held "the whole bank of the Orla", a mill town with 8,000 residents.'
    )
    said = {
        "start": 29,
        "end": len(body) - 1,
        "actor": "the rebels",
        "source": "The rebels",
        "cue": "announce",
    }
    assert ledger(body, said=[said])["claimant"].to_list() == [""]
    claimed = body.replace(", a mill town with", " and had taken")
    said = said | {"end": len(claimed) - 1}
    assert ledger(claimed, said=[said])["claimant"].to_list() == ["the rebels"]


def test_a_plan_under_discussion_is_no_claim_and_a_demonym_no_place() -> None:
    body = "Ministers discussed sending two million euros worth of seed to Orla, as Lysenkan buses were late."
    said = {"start": 20, "end": len(body) - 1, "actor": "ministers", "source": "Ministers", "cue": "discuss"}
    start = body.index("Lysenkan")
    where = {"start": start, "end": start + 8, "surface": "Lysenkan", "place": "Lysenk", "kind": "demonym"}
    row = ledger(body, said=[said], where=[where | {"role": "mention", "sentence": 0}]).row(0, named=True)
    assert (row["claimant"], row["counted"], row["place"]) == ("", "seed", "")


def test_how_long_something_has_lasted_is_a_claim() -> None:
    row = ledger("The strike, the longest of its kind, has lasted nearly five months.").row(0, named=True)
    assert (row["low"], row["unit"], row["counted"], row["qualifier"]) == (5, "month", "strike", "almost")


def test_the_day_of_a_report_and_a_length_of_time_are_no_date_of_what_is_counted() -> None:
    body = "The harbour office said on Friday that 300 boats had sunk."
    said = {
        "start": 34,
        "end": len(body) - 1,
        "actor": "harbour office",
        "source": "harbour office",
        "cue": "say",
    }
    assert ledger(body, said=[said])["when"].to_list() == [""]
    assert ledger("After a 75-year lease, 300 boats remain.")["when"].to_list()[-1] == ""
    assert ledger("Some 300 boats sank on Friday.")["when"].to_list() == ["on Friday"]


def test_a_place_is_where_something_is_not_whose_it_is() -> None:
    body = "The senator, R-Orla, praised 300 farmers in Vell."
    where = [
        {
            "start": body.index(name),
            "end": body.index(name) + 4,
            "surface": name,
            "place": name,
            "role": "mention",
            "sentence": 0,
        }
        for name in ("Orla", "Vell")
    ]
    assert ledger(body, where=where)["place"].to_list() == ["Vell"]
    assert ledger(body, where=where[:1])["place"].to_list() == [""]
