"""Names that a gazetteer gets wrong when nothing around them is read: each line once went wrong somewhere."""

from __future__ import annotations

import pytest

from analysis.places import annotate_text


def found(text: str) -> list[tuple[str, str, str]]:
    frame = annotate_text([{"article_id": "a", "body": text}])
    unit = frame["region"].to_list()
    rows = zip(frame["surface"], frame["kind"], unit, frame["country"], strict=True)
    return [(surface, kind, region or country) for surface, kind, region, country in rows]


CASES = [
    ("Shells fell on Pokrovsk and Bakhmut.", [("Pokrovsk", "town", "UA.05"), ("Bakhmut", "town", "UA.05")]),
    (
        "The air base at Engels, once called Pokrovsk, in the Saratov region, burned.",
        [("Engels", "town", "RU.67"), ("Pokrovsk", "town", "RU.67"), ("Saratov", "region", "RU.67")],
    ),
    (
        "Fighters left Artemovsk for Kramatorsk.",
        [("Artemovsk", "town", "UA.05"), ("Kramatorsk", "town", "UA.05")],
    ),
    (
        "Talks in Paris covered Africa and Asia.",
        [("Paris", "town", "FR.11"), ("Africa", "area", ""), ("Asia", "area", "")],
    ),
    ("The Canadian envoy left the White House.", [("Canadian", "demonym", "CA")]),
    (
        "Strikes hit Idlib. People fled Idlib province.",
        [("Idlib", "town", "SY.12"), ("Idlib", "region", "SY.12")],
    ),
    (
        "The regions of Kherson and Luhansk lost power.",
        [("Kherson", "region", "UA.08"), ("Luhansk", "region", "UA.14")],
    ),
    (
        "Kherson and Zaporizhzhia regions lost power.",
        [("Kherson", "region", "UA.08"), ("Zaporizhzhia", "region", "UA.26")],
    ),
    ("They crossed the Dnieper near Dnipro.", [("Dnieper", "water", ""), ("Dnipro", "town", "UA.04")]),
    ("Georgia's parliament in Tbilisi voted.", [("Georgia", "country", "GE"), ("Tbilisi", "town", "GE.51")]),
    (
        "Georgia Governor Ann Example spoke in Atlanta.",
        [("Georgia", "region", "US.GA"), ("Atlanta", "town", "US.GA")],
    ),
    (
        "The fair moved from Springfield, Illinois, to Springfield in Missouri.",
        [
            ("Springfield", "town", "US.IL"),
            ("Illinois", "region", "US.IL"),
            ("Springfield", "town", "US.MO"),
            ("Missouri", "region", "US.MO"),
        ],
    ),
    ("Prices rose in Odessa, Texas.", [("Odessa", "town", "US.TX"), ("Texas", "region", "US.TX")]),
    (
        "Odessa was shelled again, as was Kherson.",
        [("Odessa", "town", "UA.17"), ("Kherson", "town", "UA.08")],
    ),
    (
        "Militias in Tripoli met others from Benghazi.",
        [("Tripoli", "town", "LY.77"), ("Benghazi", "town", "LY.69")],
    ),
    (
        "Refugees camped in Tripoli and in Beirut.",
        [("Tripoli", "town", "LB.09"), ("Beirut", "town", "LB.04")],
    ),
    ("Aid went from Rafah to Khan Younis.", [("Rafah", "town", "PS.GZ"), ("Khan Younis", "town", "PS.GZ")]),
    ("Namibia and Chad signed.", [("Namibia", "country", "NA"), ("Chad", "country", "TD")]),
    ("Michael Jordan flew to Jordan.", [("Jordan", "country", "JO")]),
    ("It told us that the US would help us.", [("US", "country", "US")]),
    ("She studied at Moscow State University.", []),
    ("He wrote for The New York Times in New York.", [("New York", "town", "US.NY")]),
    ("Crimea and Sevastopol were annexed.", [("Crimea", "region", "UA.11"), ("Sevastopol", "town", "UA.20")]),
    (
        "In the Glushkovo district of Kursk region a bridge over the Seym fell.",
        [("Glushkovo", "town", "RU.41"), ("Kursk", "region", "RU.41"), ("Seym", "water", "RU.41")],
    ),
    ("The Donbas is larger than Donetsk region.", [("Donbas", "area", "UA"), ("Donetsk", "region", "UA.05")]),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text[:40] for text, _ in CASES])
def test_each_trap(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It rained on Sunday. In August, May and March the roads were closed.",
        "Photo: Reuters. Credit: Planet Labs. Picture by Ann Lincoln for AP.",
        "Mr Houston said Mrs Washington had called.",
    ],
)
def test_no_place_at_all(text):
    assert found(text) == []


def test_a_late_name_keeps_its_offset_after_folding():
    body = "Ünïçödé — “quotes” … then Zürich, Łódź and São Paulo."
    frame = annotate_text([{"article_id": "a", "body": body}])
    assert [body[a:b] for a, b in zip(frame["start"], frame["end"], strict=True)] == [
        "Zürich",
        "Łódź",
        "São Paulo",
    ]
