"""Names: which spellings are one person, which are not."""

from __future__ import annotations

import pytest

from analysis.actors.lexicons import table
from analysis.actors.localnames import choose
from analysis.actors.names import bare, fits, initials, same_given, sound, split_title, surname
from analysis.actors.organisations import key_of, merge_organisations
from analysis.actors.people import merge_people


@pytest.mark.parametrize(
    "forms",
    [
        ("Zelensky", "Zelenskiy", "Zelenskyy", "Zelenskii"),
        ("Syrskyi", "Syrsky", "Syrskiy"),
        ("Prigozhin", "Prigozin"),
        ("Zaluzhny", "Zaluzhnyi", "Zaluzny"),
        ("Shoigu", "Shoygu"),
        ("al-Maliki", "Maliki", "Al-Maliki"),
    ],
)
def test_romanisations_share_a_key(forms):
    assert len({surname(form) for form in forms}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("Trump", "Truss"), ("Biden", "Bilden"), ("Lindt", "Lund"), ("Reed", "Reid")]
)
def test_other_surnames_do_not(one, other):
    assert surname(one) != surname(other)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Volodymyr Berg", "Vladimir Berg", True),
        ("Bob Berg", "Robert Berg", True),
        ("A. Berg", "Anna Berg", True),
        ("Anna K. Berg", "Anna Berg", True),
        ("Anna Berg", "Ivo Berg", False),
        ("Jim Berg", "John Berg", False),
    ],
)
def test_two_full_names(one, other, same):
    assert fits(one, other) is same


def test_titles_and_possessives_are_no_part_of_a_name():
    assert split_title("Defence Minister Anna Berg") == ("Defence Minister", "Anna Berg")
    assert bare("the Guard's") == "Guard"
    assert bare("O'Berg") == "O'Berg"


def test_two_people_with_one_surname_are_kept_apart_and_shown():
    decided = merge_people({"Anna Berg": 4, "Ivo Berg": 3, "Berg": 2, "Mira Lund": 1, "Lund": 1}, [])
    assert decided["Anna Berg"].actor != decided["Ivo Berg"].actor
    assert not decided["Berg"].merged
    assert decided["Berg"].evidence == "Anna Berg / Ivo Berg"
    assert decided["Lund"].actor == "Mira Lund"
    assert decided["Lund"].confidence < 1


def test_a_bare_surname_means_the_one_whom_nearly_all_articles_mean():
    decided = merge_people({"Anna Berg": 95, "Mira Berg": 2, "Berg": 40}, [])
    assert decided["Berg"].actor == "Anna Berg"
    assert decided["Berg"].evidence == "Anna Berg: 95 of 97 mentions in articles with a full name"
    assert decided["Mira Berg"].actor == "Mira Berg"
    assert not merge_people({"Anna Berg": 8, "Mira Berg": 2, "Berg": 40}, [])["Berg"].merged


def test_organisations_in_two_word_orders_and_spellings():
    assert key_of("Norway's Defence Ministry") == key_of("the Norwegian Ministry of Defense")
    assert key_of("Alder Corp.") == key_of("Alder")
    assert key_of("Alder Bank") != key_of("Alder")
    assert "bgs" in initials("Border Guard Service")


def test_given_names_of_two_languages():
    assert same_given("oleksandr", "alexander")
    assert not same_given("oleksandr", "oleksiy")


def test_folding_is_idempotent_enough_to_be_a_key():
    for word in ("zelensky", "kuznetsov", "medvedev", "klitschko", "lukashenka"):
        assert sound(sound(word)) == sound(sound(sound(word)))


@pytest.mark.parametrize(
    "name",
    [
        "titles",
        "group_nouns",
        "role_nouns",
        "metonymy",
        "first_names",
        "governments",
        "sourcing",
        "media",
        "not_actors",
        "not_speaking",
    ],
)
def test_word_lists_load_and_have_no_duplicates(name):
    rows = table(name)
    first = next(iter(rows[0]))
    keys = [(row[first], row.get("use", "")) for row in rows]
    assert len(keys) == len(set(keys)), [key for key in keys if keys.count(key) > 1]


def test_organisations_of_the_world_are_one_however_they_are_written_and_nobodys_short_form():
    names = {
        "U.N": 5,
        "United Nations": 2,
        "United Nations Security Council": 3,
        "ISIS": 4,
        "Alder Council": 1,
    }
    merged = merge_organisations(names, {}, {})
    assert {name: decision.actor for name, decision in merged.items()} == {
        "U.N": "United Nations",
        "United Nations": "United Nations",
        "United Nations Security Council": "United Nations Security Council",
        "ISIS": "Islamic State",
        "Alder Council": "Alder Council",
    }
    listed = [
        (name, "organisation")
        for name in ("United Nations Security Council", "United Nations", "White House", "House")
    ]
    chosen = choose(listed, {})
    assert chosen["United Nations", "organisation"] == "United Nations"
    assert chosen["House", "organisation"] == "House"
