"""Numbers as news writes them, and the units they are given in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.stories import lexicons
from analysis.stories.numbers import find_numbers, read_word


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,060 soldiers", [(1060, 1060, "")]),
        ("12,000 to 20,000 defenders", [(12000, 20000, "")]),
        ("between 60 and 120 days", [(60, 120, "")]),
        ("60 and 120 days", [(60, 60, ""), (120, 120, "")]),
        ("three hundred and twenty-one houses", [(321, 321, "")]),
        ("half a million people", [(500_000, 500_000, "")]),
        (
            "€2bn, $350 million and one billion euros",
            [(2e9, 2e9, "euro"), (3.5e8, 3.5e8, "US dollar"), (1e9, 1e9, "")],
        ),
        ("dozens of villages, tens of thousands of people", [(24, None, ""), (20_000, None, "")]),
        ("two-thirds of the town", [(200 / 3, 200 / 3, "percent")]),
        ("10km (six miles) away", [(10, 10, ""), (6, 6, "")]),
        ("the 30th brigade, the G7 and MH17", []),
        ("2 to 3 million tonnes", [(2e6, 3e6, "")]),
        ("passed by 34 to 21", [(34, 21, "ratio")]),
        ("a six-to-three decision", [(6, 3, "ratio")]),
        ("lowered from $16 million to $14 million", [(16e6, 16e6, "US dollar"), (14e6, 14e6, "US dollar")]),
        ("one in five drivers", [(20, 20, "percent")]),
        ("two in ten days", [(2, 2, ""), (10, 10, "")]),
        ("four or five times", [(4, 5, "")]),
        ("from 2007 to 2011 and in 1992–94", []),
    ],
)
def test_numbers_are_read(text: str, expected: list[tuple[float, float | None, str]]) -> None:
    assert [(number.low, number.high, number.unit) for number in find_numbers(text)] == expected


@given(st.text(alphabet="0123456789 ,.-–€$tomilnhundredk%", max_size=60))
def test_spans_lie_in_the_text_in_order_and_apart(text: str) -> None:
    until = 0
    for number in find_numbers(text):
        assert until <= number.start < number.end <= len(text)
        assert text[number.start : number.end].strip() == text[number.start : number.end]
        until = number.end


@given(st.integers(min_value=1000, max_value=10**12))
def test_grouped_digits_survive(value: int) -> None:
    (number,) = find_numbers(f"Some {value:,} people came.")
    assert number.low == number.high == value


@pytest.mark.parametrize(
    ("words", "value"), [("a dozen", 12), ("two hundred and fifty thousand", 250_000), ("ninety-nine", 99)]
)
def test_words_are_read(words: str, value: float) -> None:
    assert read_word(words) == value


def test_factors_agree_with_pint() -> None:
    pint = pytest.importorskip("pint")
    registry = pint.UnitRegistry(cache_folder=None)
    common = {
        "kilometre": "kilometer",
        "square kilometre": "kilometer ** 2",
        "tonne": "tonne",
        "litre": "liter",
        "day": "day",
        "kilometre per hour": "kilometer / hour",
    }
    checked = 0
    for unit in lexicons.units().values():
        if unit.common:
            factor = registry.Quantity(1, unit.pint).to(common[unit.common]).magnitude
            assert unit.factor == pytest.approx(factor, rel=1e-8)
            checked += 1
    assert checked > 30


@pytest.mark.parametrize("name", ["units.tsv", "states.tsv", "qualifiers.tsv"])
def test_word_lists_have_no_entry_twice(name: str) -> None:
    rows = lexicons.table(name)
    first = next(iter(rows[0]))
    assert len({row[first] for row in rows}) == len(rows) > 5


def test_capitals_and_letters_that_grow_when_small_keep_their_places() -> None:
    # the small form of the first letter of İzmir has two characters
    text = "İZMİR: TWO DOZEN BUSES, HALF OF THE FLEET, TOOK US$3 MILLION; Thousands of riders waited"
    found = list(find_numbers(text))
    assert [text[number.start : number.end] for number in found] == [
        "TWO DOZEN",
        "HALF",
        "US$3 MILLION",
        "Thousands",
    ]
    assert [number.unit for number in found] == ["", "percent", "US dollar", ""]
