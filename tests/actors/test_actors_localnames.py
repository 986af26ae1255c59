"""Within one article: the fullest name of each actor, whatever else the article names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.actors.localnames import choose

ORGANISATIONS = {
    "Northshire Harbour Board": "Northshire Harbour Board",
    "NHB": "Northshire Harbour Board",
    "Northshire": "Northshire Harbour Board",
    "Harbour Board": "Northshire Harbour Board",
    "Alder Holdings Inc.": "Alder Holdings Inc.",
    "Alder Holdings": "Alder Holdings Inc.",
    "Alder": "Alder Holdings Inc.",
    "Lund & Marsh": "Lund & Marsh",
    "U.N.": "United Nations",
    "UN": "United Nations",
    "Quill Trust": "Quill Trust",
}
PEOPLE = {
    "Robert Lind": "Robert Lind",
    "Bob Lind": "Robert Lind",
    "Lind": "Robert Lind",
    "Bob": "Robert Lind",
    "Volodymyr Berg": "Volodymyr Berg",
    "Vladimir": "Volodymyr Berg",
    "W. Marsh": "W. Marsh",
    "Wilma": "W. Marsh",
    "MARSH": "W. Marsh",
    "Reed": "Reed",
}


@pytest.mark.parametrize(("kind", "names"), [("organisation", ORGANISATIONS), ("person", PEOPLE)])
def test_each_short_form_finds_its_full_name_among_others(kind, names):
    chosen = choose([(name, kind) for name in names], {})
    assert chosen == {(name, kind): full for name, full in names.items()}


@given(st.permutations(sorted(PEOPLE.items())), st.sets(st.sampled_from(sorted(PEOPLE))))
def test_the_order_and_the_other_people_change_no_full_name(named, left_out):
    full = {"Robert Lind", "Volodymyr Berg", "W. Marsh"}
    listed = [(name, "person") for name, _ in named if name in full or name not in left_out]
    chosen = choose([*((name, "person") for name in sorted(full)), *listed], {})
    assert chosen == {(name, "person"): PEOPLE[name] for name, _ in listed}


@given(st.lists(st.text(max_size=8), max_size=6))
def test_any_names_have_a_full_name(names):
    for kind in ("person", "organisation"):
        chosen = choose([(name, kind) for name in names], {})
        assert set(chosen) == {(name, kind) for name in names}
