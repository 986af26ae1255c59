"""What a user relies on in cleaning, each point with a few lines of its own."""

from __future__ import annotations

import polars as pl
import pytest

from analysis.corpus.cleaning import block, body_of, chrome, clean, headline_of, line_features, recurring

LEDE = (
    "The council voted on Monday to rebuild the pier, and the mayor said that work would begin in the spring."
)
NEXT = (
    "Opponents of the plan, who want the money for schools, said they would go to court if it was approved."
)
LAST = (
    "A decision on the first contract is expected in June, when the new budget has been passed by the region."
)
ARTICLE = [LEDE, NEXT, LAST]


def kinds(*lines: str) -> list[str]:
    return clean("\n".join(lines))["kind"].to_list()


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Share on Facebook", "share bar"),
        ("Facebook Twitter WhatsApp", "share bar"),
        ("Photo: Ada Holm", "image credit"),
        ("Ada Holm/Getty Images", "image credit"),
        ("Image 2 of 5", "image credit"),
        ("The pier before the storm. Pic: Ada Holm", "caption"),
        ("Workers repair the pier in Norrvik on Monday. (AP Photo/Ada Holm)", "caption"),
        ("Image caption The pier before the storm", "caption"),
        ("Also Read: Lighthouse keeper retires after four decades", "related link"),
        ("Read more: Lighthouse keeper retires after four decades", "related link"),
        ("Read more from Harbour Post:", "related link"),
        ("(Also see: the pier in pictures)", "related link"),
        ("Your browser does not support the video tag", "player notice"),
        ("Media playback is not supported on your device", "player notice"),
        ("Advertisement", "promotion"),
        ("Story continues below advertisement", "promotion"),
        ("Sign up for our morning newsletter", "promotion"),
        ("Join our Telegram channel", "promotion"),
        ("Leave a reply", "comment"),
        ("12 Comments", "comment"),
        ("© 2021 The Harbour Post. All rights reserved.", "footer"),
        ("Terms of use | Privacy policy", "footer"),
        ("By Ada Holm", "byline"),
        ("12 March 2021, 07:45 GMT", "timestamp"),
        ("Updated: 7:45 AM EST, Mon March 15, 2021", "timestamp"),
        ("3 hours ago", "timestamp"),
        ("News / Harbour", "section label"),
        ("Back to top", "navigation"),
    ],
)
def test_furniture_is_removed_under_its_name(line: str, kind: str) -> None:
    lines = clean("\n".join([LEDE, line, NEXT, LAST]))
    assert lines["kind"].to_list() == ["body", kind, "body", "body"]
    assert body_of(lines) == "\n".join(ARTICLE)


@pytest.mark.parametrize(
    "line",
    [
        "He shared the photo on Facebook and deleted it an hour later, she said.",
        "“Read more,” the minister told the students, and left.",
        "The advertisement was withdrawn in March.",
        "Copyright law does not protect recipes, the court found.",
        "By Monday the water had reached the school.",
        "The caption read: “We were here.”",
        "She said nothing.",
        "“No.”",
        "Photographs of the pier were found in the archive, among them one that shows the storm of 1912.",
    ],
)
def test_sentences_about_furniture_are_not_furniture(line: str) -> None:
    assert clean("\n".join([LEDE, line, NEXT, LAST]))["kept"].all()


def test_spliced_headlines_of_other_stories_go() -> None:
    spliced = [
        "Minister denies secret talks with rebel leader",
        "Grain convoy turned back at northern checkpoint",
    ]
    lines = clean(
        "\n".join([LEDE, NEXT, *spliced, LAST, "A second contract may follow, a spokeswoman said."])
    )
    assert lines.filter(~pl.col("kept"))["text"].to_list() == spliced
    assert set(lines.filter(~pl.col("kept"))["kind"]) == {"related link"}


def test_a_paragraph_broken_into_lines_is_no_row_of_headlines() -> None:
    broken = [
        '"We have asked the council for six years to replace the pumps under the bridge, and we have been told each',
        "year that the money would be there in the next. Nobody who lives in the lower town was",
        "surprised by what happened on the night of the storm, and nobody will be if it",
        'happens again," the letter said.',
    ]
    lines = clean(
        "\n\n".join([LEDE, NEXT, *broken, LAST, "A second contract may follow, a spokeswoman said."])
    )
    assert set(broken) <= set(lines.filter(pl.col("kept"))["text"])


def test_a_list_after_a_colon_stays() -> None:
    items = ["two million for the eastern pier and its lamps", "one million for the breakwater north of it"]
    lines = clean("\n".join([LEDE, "The council will spend the money as follows:", *items, NEXT, LAST]))
    assert lines["kept"].all()


def test_a_subheading_stays_and_is_called_so() -> None:
    lines = clean("\n".join([LEDE, NEXT, "A long quarrel", LAST, NEXT.replace("plan", "idea")]))
    assert lines["kept"].all()
    assert lines["kind"].to_list()[2] == "subheading"


def test_the_title_under_a_player_notice_is_a_video_title() -> None:
    notice = "Please use a modern browser to watch this video"
    assert kinds(LEDE, NEXT, notice, "Is this the end of the pier?", LAST)[2:4] == [
        "player notice",
        "video title",
    ]


def test_links_under_their_label_go_with_it() -> None:
    lines = clean(
        "\n".join([LEDE, NEXT, "Related stories", "Beavers return", "Who pays for the river", LAST])
    )
    assert lines["kept"].to_list() == [True, True, False, False, False, True]


def test_a_given_headline_is_known_under_other_quotes_and_blanks() -> None:
    lines = clean(
        "\n".join(["‘Rebuild it’:  pier to rise again", *ARTICLE, "'Rebuild it': pier to rise again"]),
        headline='"Rebuild it": pier to rise again',
    )
    assert lines["kind"].to_list() == ["headline", "body", "body", "body", "duplicate headline"]
    assert headline_of(lines) == "‘Rebuild it’:  pier to rise again"


def test_an_article_without_headline_has_none() -> None:
    assert headline_of(clean("\n".join(ARTICLE))) == ""


def test_pages_of_one_outlet_teach_each_other() -> None:
    motto = "Independent since the days of sail"
    pages = [("Harbour Post", f"{LEDE}\n{motto}\n{n} boats came in. {NEXT}") for n in range(4)]
    found = recurring(pages)["Harbour Post"]
    assert motto in found
    assert LEDE in found  # the same sentence in every article
    row = clean(pages[0][1], repeated=found).filter(pl.col("text") == motto).row(0, named=True)
    assert not row["kept"]
    assert row["rule"] == "recurring line"


def test_a_background_sentence_told_again_now_and_then_is_not_furniture() -> None:
    pages = [("Harbour Post", f"Story number {n} is quite another one.") for n in range(20)]
    pages += [("Harbour Post", f"{LEDE}\nAnd {n} more boats came in on the evening tide.") for n in range(3)]
    assert recurring(pages)["Harbour Post"] == frozenset()


def test_outlets_do_not_teach_each_other() -> None:
    pages = [(f"Outlet {n}", "The same line everywhere") for n in range(5)]
    assert not any(recurring(pages).values())


def test_an_empty_text_gives_an_empty_table() -> None:
    lines = clean(" \n\u00a0\n")
    assert len(lines) == 0
    assert body_of(lines) == ""
    assert headline_of(lines) == ""


def test_a_text_is_never_emptied_by_the_model_alone() -> None:
    assert body_of(clean("Two words")) == "Two words"


def test_shipped_rules_are_sound() -> None:
    rules = chrome.rules()
    names = [rule.name for rule in rules]
    assert len(names) == len(set(names))
    assert {rule.where for rule in rules} == {"whole", "start", "end", "any"}
    assert all(rule.reason and rule.kind in chrome.KINDS for rule in rules)


def test_word_classes_hold_no_word_twice_on_a_line() -> None:
    assert set(line_features.word_classes()) >= {"grammar-en", "grammar-de", "finite", "address", "first"}
    assert all(word == word.lower() for words in line_features.word_classes().values() for word in words)


def test_shipped_trees_fit_the_features() -> None:
    for trees in block.forests().values():
        assert trees.feature.max() < len(line_features.NAMES)
        assert len(trees.first_question) == len(trees.value)


def test_hostile_lines_are_only_text() -> None:
    lines = clean("\n".join([LEDE, "<script>alert(1)</script>", "\u202e{{ 7*7 }} $x$ ]]>", NEXT, LAST]))
    assert len(lines) == 5


def test_a_very_long_line_is_handled_in_time() -> None:
    lines = clean("word " * 200_000 + "\n" + "(" * 50_000 + "\n" + "a, " * 100_000)
    assert len(lines) == 3


def test_a_caption_ends_in_any_agencys_credit_in_brackets():
    text = (
        "The ferry left the quay at seven with forty cars on deck, the harbour master said.\n"
        "A child waits for the ferry at the quay of Verrin, Monday, March 4, 2024. (Corvane Press Photo/Ilse Brand)\n"
        "It returned at nine, when the wind had turned and the swell had gone down again.\n"
    )
    lines = clean(text)
    assert lines["kept"].to_list() == [True, False, True]
    assert lines["kind"].to_list()[1] == "caption"


@pytest.mark.parametrize(
    "notice", ["Media caption", "Play video", "Image copyright Port Studio", "Subscribe"]
)
def test_an_article_without_line_breaks_is_not_lost_to_the_notice_it_begins_with(notice: str) -> None:
    told = " ".join(
        f"The council of ward {n} voted on Monday to mend its bridge, the clerk said." for n in range(12)
    )
    lines = clean(f"{notice} {told}")
    assert told in body_of(lines)
    gallery = "Photos: the harbour " * 40
    assert "Photos" not in body_of(clean("\n".join([gallery, *told.split(". ")])))
