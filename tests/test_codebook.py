"""Codebooks: what a scholar may write, and what the kit says when it cannot be right."""

from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import codebook
from analysis.codebook import load, parse
from analysis.codebook.matching import Matcher
from analysis.errors import CodebookError
from analysis.framing.labels import label_matcher

SMALL = """\
name = "strike"
title = "A dock strike"
extends = "general"

[sides]
union = "The dockers' union"

[[actors]]
name = "Mara Quill"
kind = "person"
aliases = ["Quill", "M. Quill"]
side = "union"
source_class = "ngo"
roles = ["union leader"]

[[concepts]]
name = "the dispute"
question = "What is it called?"
[concepts.labels]
strike = ["strike", "strikes", "walkout*"]
action = ["industrial action"]
"""


@pytest.mark.parametrize("name", codebook.shipped())
def test_shipped_codebooks_load_and_every_verb_has_one_class(name):
    book = load(name)
    lemmas = [lemma for lemmas in book.reporting.values() for lemma in lemmas]
    assert len(lemmas) == len(set(lemmas)) >= 95
    assert set(book.reporting) == {"neutral", "endorsing", "distancing", "combative"}
    assert all(actor.side in {"", *book.sides} for actor in book.actors)


def test_spellings_of_one_president_are_one_actor():
    book = load("ukraine-war")
    names = (
        "Zelensky",
        "Volodymyr Zelenskyy",
        "Zelenskiy’s",
        "President Zelensky",
        "Ukrainian President Zelenskiy",
    )
    assert {book.actor_of(name).name for name in names} == {"Volodymyr Zelensky"}


def test_a_pronoun_is_not_a_country():
    book = load("ukraine-war")
    assert book.actor_of("us") is None
    assert book.actor_of("the US").name == "Government of the United States"


def test_extending_keeps_the_general_words_and_adds_ones_own():
    book = parse(SMALL)
    assert book.actor_of("union leader Quill").side == "union"
    assert book.cue_classes["claim"] == "distancing"
    assert book.concept("the dispute")
    assert book.concept("the killed")
    assert book.source_classes["expert"] == load("general").source_classes["expert"]


def test_the_digest_follows_the_content_and_not_the_comments():
    assert parse(SMALL).digest == parse("# a remark\n" + SMALL).digest
    assert parse(SMALL).digest != parse(SMALL.replace("walkout*", "stoppage*")).digest


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('kind = "person"', 'kind = "persn"', 10, "person"),
        ('side = "union"', 'side = "onion"', 12, "did you mean 'union'"),
        ('roles = ["union leader"]', 'role = ["union leader"]', 14, "role"),
        ('"walkout*"', '"Walkout*"', 20, "capitals"),
        ('"walkout*"', '"walk*out"', 20, "star"),
        ('action = ["industrial action"]', "action = []", 21, "action"),
        ('extends = "general"', 'extends = "genral"', 3, "did you mean 'general'"),
        ('title = "A dock strike"', 'titel = "A dock strike"', 2, "titel"),
    ],
)
def test_a_mistake_is_named_with_its_line(old, new, line, words):
    with pytest.raises(CodebookError) as caught:
        parse(SMALL.replace(old, new), where="strike.toml")
    assert f"strike.toml line {line}:" in str(caught.value)
    assert words in str(caught.value)


def test_a_word_for_two_things_is_refused_with_both_places():
    twice = SMALL + '\n[[actors]]\nname = "Jon Quill"\nkind = "person"\naliases = ["Quill"]\n'
    with pytest.raises(CodebookError, match=r"lines 11 and 26: 'Quill' stands as a name of Mara Quill and"):
        parse(twice)
    with pytest.raises(CodebookError, match=r"lines 20 and 21: 'strikes'"):
        parse(SMALL.replace('["industrial action"]', '["industrial action", "strikes"]'))


def test_two_concepts_may_ask_about_the_same_word():
    book = parse(
        SMALL + '\n[[concepts]]\nname = "unrest"\n[concepts.labels]\nstrike = ["strikes"]\nriot = ["riot*"]\n'
    )
    concepts = {match.value.concept for match in label_matcher(book).find("New strikes began.")}
    assert concepts == {"the dispute", "unrest"}


def test_a_section_that_is_a_table_where_a_list_is_meant_shows_the_brackets():
    with pytest.raises(CodebookError, match=r"line 16: concepts: begin each entry with \[\[concepts\]\]"):
        parse(SMALL.replace("[[concepts]]", "[concepts]"))


def test_text_that_is_no_toml_and_a_name_that_is_no_codebook():
    with pytest.raises(CodebookError, match="not TOML"):
        parse('name = "x')
    with pytest.raises(CodebookError, match="did you mean 'ukraine-war'"):
        load("ukraine_war")


BODIES = [
    "The strike goes on. Jon Marsh and Mara Quill spoke. Jon Marsh left early.",
    "Walkouts spread. The Harbour Board of Trade met Jon Marsh.",
]


@pytest.fixture
def articles():
    return pd.DataFrame(
        {"article_id": ["a", "b"], "outlet": ["Hill Post", "Harbour Gazette"], "body": BODIES}
    )


def test_checking_against_a_corpus_says_what_is_idle_and_what_is_missing(articles):
    tables = codebook.check(parse(SMALL), articles)
    nothing = tables["entries that match nothing"]
    assert "the dispute: action" in set(nothing["entry"])
    assert "the dispute: strike" not in set(nothing["entry"])
    assert tables["frequent names not in the codebook"].iloc[0].tolist() == ["Jon Marsh", 3, 2]
    assert tables["entries partly used"].query("entry == 'Mara Quill'")["idle"].tolist() == [1]


def test_overlapping_forms_are_listed_with_the_one_that_wins():
    book = parse(SMALL.replace('["industrial action"]', '["industrial action", "walkout leader"]'))
    overlap = codebook.check(book, pd.DataFrame({"article_id": [], "body": []}))["overlaps"].iloc[0]
    assert overlap[["form", "also matches", "counted as"]].tolist() == [
        "walkout*",
        "walkout leader",
        "action",
    ]


def test_a_coding_sheet_hides_outlets_and_is_the_same_each_time(articles):
    sentences = pd.DataFrame(
        [("a", 0, 19), ("a", 20, 52), ("a", 53, 73), ("b", 0, 16), ("b", 17, 58)],
        columns=["article_id", "start", "end"],
    )
    labels = pd.DataFrame({"article_id": ["a", "b"], "start": [4, 0], "end": [10, 8], "label": "strike"})
    one, two = (
        codebook.sample(sentences, articles, rows=labels, item="label", n=4, seed=7) for _ in range(2)
    )
    assert one.sheet.equals(two.sheet)
    assert "outlet" not in one.sheet
    assert not any("Post" in str(cell) for cell in one.sheet.to_numpy().ravel())
    assert sorted(one.key["outlet"].value_counts()) == [2, 2]
    assert sorted(one.key["kit"]) == ["", "", "strike", "strike"]
    with pytest.raises(CodebookError, match="no column 'lable'"):
        codebook.sample(sentences, articles, rows=labels, item="lable")


@given(
    st.lists(
        st.sampled_from(
            ["war", "Wars", "cold war", "anti-war", "warm", "war-torn", "full-scale war", ".", "\n"]
        ),
        max_size=12,
    )
)
def test_matches_lie_where_they_say_and_never_overlap(words):
    text = " ".join(words)
    found = Matcher(
        [("war", "w", "war"), ("wars", "w", "war"), ("full-scale war", "w", "full")], blocks=["cold war"]
    ).find(text)
    assert all(text[m.start : m.end].lower() in {"war", "wars", "full-scale war"} for m in found)
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert len(found) == sum(word in {"war", "Wars", "full-scale war"} for word in words)


def test_every_mistake_is_named_with_its_line():
    text = (
        'name = "dock strike"\ntitle = "T"\nextends = "general"\n[[actors]]\nname = "Mara Quill"\n'
        'kind = "persn"\nalias = ["Quill"]\n[[concepts]]\nname = "the dispute"\n[concepts.labels]\n'
        'strike = ["Strike"]\nblockade = ["blockade*"]\n'
    )
    with pytest.raises(CodebookError) as error:
        parse(text, where="mine.toml")
    told = str(error.value).splitlines()
    assert [line.split(":")[0] for line in told] == [f"mine.toml line {n}" for n in (1, 6, 7, 11)]
    assert "did you mean 'aliases'" in told[2]
    assert "needs more entries" not in str(error.value)


def test_a_lost_quotation_mark_is_named_with_its_line():
    with pytest.raises(CodebookError, match=r"mine.toml line 2: this is not TOML: a quotation mark"):
        parse('name = "dock-strike"\ntitle = "The strike\nextends = "general"\n', where="mine.toml")


def test_places_belong_to_declared_sides_and_a_name_goes_before_its_country():
    text = 'name = "mine"\ntitle = "M"\n[sides]\nport = "The port"\nunion = "The union"\n[control]\n'
    book = parse(text + 'port = ["XX"]\nunion = ["Orvane"]\n')
    assert book.side_in("Orvane", "XX.01", "XX") == "union"
    assert book.side_in("Verrin", "XX.01", "XX") == "port"
    assert book.side_in("Tarsk", "", "YY") == ""
    with pytest.raises(CodebookError, match="line 7: the side 'prt' under .control. .* did you mean 'port'"):
        parse(text + 'prt = ["XX"]\n', where="mine.toml")


def test_the_check_tells_ones_own_entries_from_those_it_extends():
    text = (
        'name = "mine"\ntitle = "M"\nextends = "general"\n[[actors]]\nname = "Mara Quill"\nkind = "person"\n'
        '[lists]\nthematik = ["trend"]\n'
    )
    articles = pd.DataFrame({"article_id": ["a"], "body": ["War came. The Kremlin and the Kremlin."]})
    found = codebook.check(parse(text), articles)
    nothing = found["entries that match nothing"]
    assert nothing.loc[0, ["entry", "of"]].tolist() == ["Mara Quill", "mine"]
    assert set(nothing["of"].iloc[1:]) == {"general"}
    assert found["unused sides and classes"]["reason"].tolist() == [
        "no measure reads a list of this name; did you mean 'thematic'?"
    ]


def test_forms_are_found_behind_letters_that_fold_to_two() -> None:
    matcher = Matcher([("strass*", "s", "street"), ("flood", "f", "flood"), ("ice storm", "f", "storm")])
    text = "Die Straße stand unter Wasser: a flood, no post-flood mud; an ICE storm, ice\nstorm, flood-prone."
    assert [text[match.start : match.end] for match in matcher.find(text)] == ["Straße", "flood", "ICE storm"]


def test_a_vocabulary_without_forms_finds_nothing() -> None:
    assert Matcher([]).find("A flood and an ice storm.") == []
