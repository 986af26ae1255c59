"""Keyness within stories and within own voice: wording shows, topic and quotations do not."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import framing
from analysis.errors import MeasureError

EAST, WEST = "Harbour Gazette", "Hill Post"
COMMON = [
    "council",
    "met",
    "bridge",
    "repair",
    "money",
    "vote",
    "plan",
    "river",
    "town",
    "mayor",
    "road",
    "winter",
    "school",
    "court",
    "crew",
    "storm",
]


def corpus(*, stories=20, east_word="fighters", west_word="fighters", quoted="", extra=0):
    """Both papers on every story in like words; further articles of one paper are all on one subject."""
    rng = np.random.default_rng(5)
    rows = []
    for story in range(stories):
        subject = ["ferry", "flood", "strike", "trial"][story % 4]
        for outlet, word in ((EAST, east_word), (WEST, west_word)):
            often = 2 if (outlet == EAST) == (subject == "ferry") else 1  # one paper writes more on ferries
            for n in range(often):
                words = [*rng.choice(COMMON, 30), *[subject] * 3, *[word] * 2]
                body = f"{' '.join(rng.permutation(words))}. He said: “{quoted or 'no comment'}.”"
                rows.append((f"{outlet[:2]}{story:02d}{n}", outlet, body, f"s{story:02d}"))
    for n in range(extra):
        rows.append((f"x{n}", EAST, "Another flood took the harbour, a flood like any flood. " * 3, f"x{n}"))
    table = pd.DataFrame(rows, columns=["article_id", "outlet", "body", "story"])
    return table.drop(columns="story"), table[["article_id", "story"]]


def clear(table):
    return set(table.loc[table["enough"] & (table["certain"] != 0) & (table["q"] < 0.05), "form"])


def test_a_planted_wording_appears_on_both_sides():
    articles, stories = corpus(east_word="fighters", west_word="rebels")
    table = framing.story_keyness(articles, stories)
    assert clear(table) == {"fighters", "rebels"}
    row = table[(table["group"] == EAST) & (table["form"] == "fighters")].iloc[0]
    assert row["low"] > 0
    assert (row["stories"], row["stories_more"], row["n_stories"], row["n_against"]) == (20, 20, 20, 0)


def test_a_planted_topic_does_not_appear():
    from analysis.text.keyness import keyness

    articles, stories = corpus(extra=15)
    assert "flood" in clear(keyness(articles))  # a plain comparison takes the subject for style
    assert clear(framing.story_keyness(articles, stories)) == set()


def test_the_words_of_sources_are_not_the_outlets():
    articles, stories = corpus()
    east = articles["outlet"] == EAST
    quoted = articles["body"].where(~east, articles["body"].str.replace("no comment", "the regime lies"))
    assert clear(framing.story_keyness(articles.assign(body=quoted), stories)) == set()
    reported = articles.assign(
        body=articles["body"].where(~east, articles["body"] + " He called it sabotage.")
    )
    starts = reported["body"].str.find("He called")
    statements = pd.DataFrame(
        {"article_id": reported["article_id"], "start": starts, "end": reported["body"].str.len()}
    )[starts >= 0]
    assert "sabotage" in clear(framing.story_keyness(reported, stories))
    assert clear(framing.story_keyness(reported, stories, statements=statements)) == set()


def test_the_name_of_an_outlet_is_no_wording_of_it():
    articles, stories = corpus()
    named = articles["body"].where(
        articles["outlet"] == EAST, articles["body"] + " Gazette photographers came."
    )
    found = clear(framing.story_keyness(articles.assign(body=named), stories))
    assert "photographers" in found
    assert "gazette" not in found


def test_each_story_counts_alike_by_hand():
    # story 1: 2 of 4 against 1 of 4; story 2: 0 of 8 against 1 of 2: means (.5 + 0) / 2 and (.25 + .5) / 2
    articles = pd.DataFrame(
        {
            "article_id": list("abcd"),
            "outlet": [EAST, WEST, EAST, WEST],
            "body": ["war war rain rain", "war rain rain rain", "rain " * 8, "war rain"],
        }
    )
    stories = pd.DataFrame({"article_id": list("abcd"), "story": ["1", "1", "2", "2"]})
    table = framing.story_keyness(articles, stories, target=EAST, minimum_stories=1).set_index("form")
    assert table.loc["war", "log_ratio"] == pytest.approx(np.log2(0.25 / 0.375))
    assert table.loc["war", ["stories", "stories_more"]].tolist() == [2, 1]
    # dealt by chance: differences +.25 and −.5, so z = −.25 / √(.25² + .5²)
    assert table.loc["war", "p"] == pytest.approx(0.6547, abs=1e-4)
    assert not table["enough"].any()


def test_papers_written_alike_give_few_alarms():
    alarms = 0
    for seed in range(10):
        rng = np.random.default_rng(seed)
        rows = [
            (f"{story}{outlet}", outlet, " ".join(rng.choice(COMMON, 60)), str(story))
            for story in range(12)
            for outlet in (EAST, WEST)
        ]
        table = pd.DataFrame(rows, columns=["article_id", "outlet", "body", "story"])
        alarms += bool(clear(framing.story_keyness(table.drop(columns="story"), table, resamples=200)))
    assert alarms <= 1


def test_without_a_shared_story_there_is_nothing_to_compare():
    articles, _ = corpus(stories=4)
    alone = pd.DataFrame({"article_id": articles["article_id"], "story": articles["article_id"]})
    assert framing.story_keyness(articles, alone).empty
    assert framing.story_keyness(
        *corpus(stories=3), minimum_stories=9
    ).empty  # shared, and no word in enough of them
    with pytest.raises(MeasureError, match="did you mean 'Hill Post'"):
        framing.story_keyness(articles, alone, target="Hill Pst")
    with pytest.raises(MeasureError, match="'story'"):
        framing.story_keyness(articles, alone.drop(columns="story"))


@given(st.lists(st.text(alphabet='ab “”"\n’', max_size=20), min_size=1, max_size=4))
def test_own_words_keep_every_place(texts):
    articles = pd.DataFrame({"article_id": [str(n) for n in range(len(texts))], "body": texts})
    blanked = framing.own_words(articles)["body"]
    for before, after in zip(texts, blanked, strict=True):
        assert len(before) == len(after)
        assert all(b in (a, " ") for a, b in zip(before, after, strict=True))
