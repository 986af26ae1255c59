"""Whose noun is it: the day of an attack and its town did nothing, and who is possessed by a killing was killed."""

import pytest

from analysis.codebook import load
from analysis.framing import annotate_harms
from analysis.language import parse
from analysis.schemas import conform


@pytest.mark.parametrize(
    ("text", "noun", "agent", "victim"),
    [
        ("Sunday's attack left the square empty.", "attack", "", ""),
        ("Residents recalled last month's bombing of the market.", "bombing", "", "market"),
        ("Officials inspected the ruins after the Orla attack.", "attack", "", ""),
        ("The ambassador's assassination shocked the capital.", "assassination", "", "ambassador"),
        ("Marta Quill's killing was filmed.", "killing", "", "Marta Quill"),
        ("The brigade's shelling of Orla went on.", "shelling", "brigade", "Orla"),
        ("Harland's airstrikes went on for a week.", "airstrikes", "Harland", ""),
    ],
)
def test_the_doer_and_the_victim_of_a_noun(text, noun, agent, victim):
    parses = list(parse([{"article_id": "a", "body": text}]))
    rows = annotate_harms(
        parses,
        mentions=conform([], "mentions"),
        statements=conform([], "statements"),
        codebook=load("general"),
    ).to_dicts()
    (row,) = [row for row in rows if row["surface"] == noun]
    bare = [(row[name] or "").removeprefix("The ").removeprefix("the ") for name in ("agent", "victim")]
    assert bare == [agent, victim]


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("The court struck down key provisions of the law.", []),
        ("Senators killed the amendment before lunch.", []),
        ("The union called the ruling an attack on democracy.", []),
        ("After taking a beating in the polls, the mayor changed her tune.", []),
        ("The dockers have been on strike since May.", []),
        ("The tariff will hurt wages in the valley.", []),
        ("The flood destroyed the court and hurt three clerks.", ["destroyed", "hurt"]),
        ("A strike on the depot killed two guards.", ["killed"]),
        ("The attack on the ministry lasted an hour.", ["attack"]),
    ],
)
def test_laws_and_ideas_are_not_harmed(text, events):
    rows = annotate_harms(
        list(parse([{"article_id": "a", "body": text}])),
        mentions=conform([], "mentions"),
        statements=conform([], "statements"),
        codebook=load("general"),
    )
    assert rows["surface"].to_list() == events
