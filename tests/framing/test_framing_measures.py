"""Measures of framing: shares, sides, claims and the panel, on small invented layers."""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis import framing
from analysis.codebook import load, parse
from analysis.errors import MeasureError
from analysis.framing.people import told_as

sys.path.insert(0, str(Path(__file__).parent))

OUTLETS = ("Harbour Gazette", "Hill Post")


@pytest.fixture
def articles():
    rows = [
        (f"{outlet[0:2]}{n}", outlet, "original", f"Text {n} of the war.")
        for outlet in OUTLETS
        for n in range(12)
    ]
    return pd.DataFrame(rows, columns=["article_id", "outlet", "kind", "body"])


@pytest.fixture
def labels(articles):
    """One paper says war, the other conflict; both quote the operation alike."""
    rows = []
    for row in articles.itertuples():
        word = "war" if row.outlet == OUTLETS[0] else "conflict"
        rows += [
            (row.article_id, 0, 3, word, "own", False),
            (row.article_id, 4, 9, "special military operation", "quoted", False),
        ]
    frame = pd.DataFrame(rows, columns=["article_id", "start", "end", "label", "voice", "scare"])
    return frame.assign(concept="the fighting", surface=frame["label"], sentence=0)


@pytest.fixture
def harms(articles):
    frame = pd.DataFrame({"article_id": articles["article_id"], "start": 0, "end": 4, "event": "kill"})
    return frame.assign(
        voice="passive agentless",
        agent="",
        agent_side="",
        victim="two",
        victim_side="ukraine",
        quoted=False,
        sentence=0,
    )


def test_a_planted_difference_in_own_voice_is_found(labels, articles):
    found = framing.label_differences(labels, articles, concept="the fighting")
    war = found.loc[found["item"] == "war"].iloc[0]
    assert war["clear"]
    assert war["difference"] == pytest.approx(1.0)
    assert "has 100 points more than" in framing.contrast(found, of="words for it")


def test_quoted_words_do_not_make_a_difference(labels, articles):
    found = framing.label_differences(labels, articles, concept="the fighting", voice="quoted")
    assert not found["clear"].any()
    assert "they may well be alike" in framing.contrast(found, of="words for it")


def test_an_unknown_voice_or_concept_is_named(labels, articles):
    with pytest.raises(MeasureError, match="did you mean 'own'"):
        framing.label_shares(labels, articles, concept="the fighting", voice="owns")
    with pytest.raises(MeasureError, match="did you mean 'the fighting'"):
        framing.label_shares(labels, articles, concept="the fightng")


def test_sides_are_groups_of_rows_not_of_articles(harms, articles):
    rates = framing.hidden_doer_rate(harms, articles, by="victim_side", sides=load("ukraine-war").sides)
    assert rates[["group", "k", "n"]].to_numpy().tolist() == [["Ukraine", 24, 24]]
    assert framing.hidden_doer_rate(harms.assign(victim_side=""), articles, by="victim_side").empty


def test_the_panel_says_what_flips(labels, harms, articles):
    reposted = articles.assign(
        kind=["repost" if outlet == OUTLETS[0] else "original" for outlet in articles["outlet"]]
    )
    labels = pd.concat([labels, labels.head(1).assign(start=30, end=33)])
    table = framing.panel(labels, harms, reposted, concept="the fighting").set_index(["finding", "switch"])
    key = ("commonest word for the fighting", "without reposts and rewritten copies")
    assert table.loc[key, "result"] == "war"
    assert table.loc[key, "with_switch"] == "conflict"
    assert table.loc[key, "survives"] == "no"
    assert "flips to “conflict” without reposts" in framing.survivors(table.reset_index())


def test_two_papers_written_alike_give_no_alarm():
    """Planted nulls: both papers draw from the same words; at most one run in ten may claim a difference."""
    alarms = 0
    for seed in range(20):
        rng = np.random.default_rng(seed)
        articles = pd.DataFrame({"article_id": [f"{n:02d}" for n in range(40)]})
        articles["outlet"] = [OUTLETS[n % 2] for n in range(40)]
        rows = [
            (f"{n:02d}", rng.choice(["war", "invasion", "conflict"], p=[0.5, 0.3, 0.2]))
            for n in range(40)
            for _ in range(3)
        ]
        labels = pd.DataFrame(rows, columns=["article_id", "label"]).assign(concept="c", voice="own")
        alarms += bool(framing.label_differences(labels, articles, concept="c")["clear"].any())
    assert alarms <= 2


def test_evaluative_words_stand_in_the_same_phrase():
    body = "The ruthless general Quill left. Brutal weather, said Quill."
    articles = pd.DataFrame({"article_id": ["a"], "body": [body]})
    mentions = pd.DataFrame(
        [("a", m, m + 5, "Quill", "Mara Quill", False) for m in (body.index("Quill"), body.rindex("Quill"))],
        columns=["article_id", "start", "end", "surface", "actor", "quoted"],
    )
    found = framing.evaluative_words(mentions, articles, codebook=load("general"))
    assert found[["surface", "leaning"]].to_numpy().tolist() == [["ruthless", "blaming"]]


def test_depth_is_missing_for_the_absent_and_zero_for_the_first():
    articles = pd.DataFrame(
        {
            "article_id": ["a", "b"],
            "outlet": "Hill Post",
            "body": ["Quill left.\nIt rained.", "It rained."],
            "headline": ["Quill goes", ""],
        }
    )
    mentions = pd.DataFrame(
        {"article_id": ["a"], "start": [0], "end": [5], "surface": ["Quill"], "actor": ["Mara Quill"]}
    )
    found = framing.positions(mentions, articles)
    assert found["depth"].tolist() == [0.0]
    assert found["in_headline"].tolist() == [True]


def test_a_surname_that_two_people_share_names_neither_in_a_headline():
    articles = pd.DataFrame(
        {
            "article_id": ["a", "b"],
            "body": ["Mara Quill met Ivo Dorn.", "Jon Quill stayed."],
            "headline": ["Quill meets Dorn", "Jon Quill stays"],
        }
    )
    rows = [("a", 0, 10, "Mara Quill"), ("a", 15, 23, "Ivo Dorn"), ("b", 0, 9, "Jon Quill")]
    mentions = pd.DataFrame(rows, columns=["article_id", "start", "end", "surface"])
    found = framing.positions(mentions.assign(actor=mentions["surface"]), articles).set_index("actor")
    assert found["in_headline"].to_dict() == {"Mara Quill": False, "Ivo Dorn": True, "Jon Quill": True}


def test_a_party_of_the_codebook_is_a_name_and_not_the_same_word_in_lower_case():
    book = parse(
        'name = "quay"\ntitle = "Quay"\nextends = "general"\n[sides]\nport = "The port"\n'
        '[[actors]]\nname = "Port Guard"\nkind = "organisation"\naliases = ["Harbour"]\nside = "port"\n'
    )
    bodies = ["The ferry stopped because of Harbour.", "The ferry stopped because of harbour silt."]
    articles = pd.DataFrame({"article_id": ["a", "b"], "body": bodies})
    sentences = articles[["article_id"]].assign(start=0, end=[len(body) for body in bodies])
    nothing = pd.DataFrame(columns=["article_id", "start", "end", "surface", "actor", "form"])
    found = framing.responsibility(
        articles, sentences=sentences, mentions=nothing, statements=nothing, codebook=book
    )
    assert found[["article_id", "kind", "party", "side"]].to_numpy().tolist() == [
        ["a", "cause", "Port Guard", "port"]
    ]


def test_salience_by_hand():
    """SAL1 to SAL4 on four articles whose numbers can be counted on fingers."""
    from analysis import actors

    bodies = [
        "Quill met Dorn.\nQuill left.",
        "It rained.\nDorn slept.",
        "Dorn spoke.\nDorn left.",
        "It snowed.",
    ]
    heads = ["Quill and Dorn", "Rain", "", "Snow"]
    articles = pd.DataFrame(
        {
            "article_id": list("abcd"),
            "outlet": [OUTLETS[0]] * 2 + [OUTLETS[1]] * 2,
            "body": bodies,
            "headline": heads,
        }
    )
    rows = [
        (article, at, at + len(name), name, name)
        for article, body in zip("abcd", bodies, strict=True)
        for name in ("Quill", "Dorn")
        for at in range(len(body))
        if body.startswith(name, at)
    ]
    mentions = pd.DataFrame(rows, columns=["article_id", "start", "end", "surface", "actor"]).assign(
        rule="model"
    )
    first = OUTLETS[0]
    shares = actors.mention_shares(mentions, articles).set_index(["group", "item"])  # SAL1
    assert shares.loc[(first, "Quill"), ["k", "n"]].tolist() == [2, 4]
    assert actors.article_shares(mentions, articles).set_index(["group", "item"]).loc[
        (first, "Dorn"), ["k", "n"]
    ].tolist() == [2, 2]
    where = actors.positions(mentions, articles)  # SAL2
    assert where["headline"].set_index(["group", "item"]).loc[(first, "Dorn"), ["k", "n"]].tolist() == [1, 2]
    assert where["lede"].set_index(["group", "item"]).loc[(OUTLETS[1], "Dorn"), ["k", "n"]].tolist() == [1, 2]
    found = framing.positions(mentions, articles).set_index(["article_id", "actor"])  # SAL3
    assert found.loc[("a", "Dorn"), "depth"] == pytest.approx(10 / 27)
    assert found.loc[("b", "Dorn"), ["depth", "in_lede", "in_headline"]].tolist() == [11 / 22, False, False]
    assert ("d", "Dorn") not in found.index
    # SAL4: half Quill, half Dorn against Dorn alone: entropy of the middle (1/4, 3/4) less half of 1 bit
    table = framing.divergence(mentions, articles, resamples=50)
    middle = -(0.25 * np.log2(0.25) + 0.75 * np.log2(0.75))
    assert table["value"].tolist() == [pytest.approx(middle - 0.5, abs=1e-6)]
    assert table[["n", "n_against"]].to_numpy().tolist() == [[4, 2]]


def test_attention_dealt_by_chance_does_not_differ_and_planted_attention_does():
    rng = np.random.default_rng(3)
    articles = pd.DataFrame({"article_id": [f"{n:02d}" for n in range(40)], "outlet": [*OUTLETS] * 20})
    alike = pd.DataFrame(
        {"article_id": np.repeat(articles["article_id"], 3), "actor": rng.choice(list("pqrst"), 120)}
    )
    table = framing.divergence(alike, articles).iloc[0]
    assert not table["beyond_chance"]
    assert 0 < table["shuffled"] < 0.2  # few articles always differ from each other
    other = articles["article_id"][articles["outlet"] == OUTLETS[0]]
    planted = alike.assign(actor=alike["actor"].where(~alike["article_id"].isin(other), "p"))
    assert framing.divergence(planted, articles).iloc[0]["beyond_chance"]
    assert framing.divergence(alike, articles.assign(outlet="one")).empty


def test_titles_are_capitalised_words_before_a_name():
    body = "General Quill met the economist Lind."
    articles = pd.DataFrame({"article_id": ["a"], "body": [body]})
    rows = [("Quill", "Mara Quill", "General"), ("Lind", "Teo Lind", "the economist")]
    mentions = pd.DataFrame(
        [("a", body.index(s), body.index(s) + len(s), s, actor, role, False) for s, actor, role in rows],
        columns=["article_id", "start", "end", "surface", "actor", "role", "quoted"],
    )
    found = framing.titles(mentions, articles)
    assert found[["surface", "actor"]].to_numpy().tolist() == [["General", "Mara Quill"]]
    assert body[found.at[0, "start"] : found.at[0, "end"]] == "General"


def test_a_report_without_two_large_outlets_compares_nothing(labels, articles):
    counted = [framing.Indicator("words", labels, "label")]
    assert framing.verdicts(counted, articles, minimum=100).empty
    assert framing.standing(framing.verdicts(counted, articles, minimum=100)).startswith("No two outlets")


def test_what_stands_is_said_and_written_side_by_side(labels, articles):
    own = labels[labels["voice"] == "own"]
    found = framing.verdicts([framing.Indicator("words", own, "label")], articles)
    assert framing.standing(found).startswith("2 of 2 differences between outlets stand")
    assert framing.side_by_side(found)["there"].tolist() == ["0 of 12", "12 of 12"]


def test_the_panel_by_finding_names_the_engine_that_was_not_run(labels, harms, articles):
    table = framing.panel(
        labels, harms, articles, concept="the fighting", others={"engine of rules": labels.head(0)}
    )
    summed = framing.by_finding(table).set_index("finding")
    assert summed.loc["commonest word for the fighting", "as reported"] == "conflict and war"
    assert summed["else"].str.contains("with the engine of rules: not run").all()
    switches = table["switch"].nunique()
    assert summed["survives"].str.endswith(f"of {switches - 1}").all()


def test_the_first_concept_of_ones_own_codebook_leads_where_the_texts_use_it(labels):
    own = parse(
        'name = "x"\ntitle = "X"\nextends = "general"\n[[concepts]]\nname = "tides"\n'
        '[concepts.labels]\nebb = ["ebb"]\nflood = ["flood"]\n'
    )
    assert framing.leading_concept(labels.assign(concept="tides"), own) == "tides"
    assert framing.leading_concept(labels, own) == "the fighting"
    assert framing.leading_concept(labels, own, concept="the ruler") == "the ruler"
    with pytest.raises(MeasureError, match="did you mean 'tides'"):
        framing.leading_concept(labels, own, concept="tide")


def test_captions_are_left_out_and_put_back(labels, harms, articles):
    lines = pd.DataFrame(
        {
            "article_id": [articles["article_id"].iloc[0]] * 2,
            "start": [0, None],
            "end": [9, None],
            "kind": "caption",
            "kept": [True, False],
            "text": ["Text 0 of", "Troops in the war zone"],
        }
    )
    table = framing.panel(labels, harms, articles, concept="the fighting", lines=lines)
    key = table["finding"].eq("commonest word for the fighting") & table["switch"].eq("without captions")
    assert table.loc[key, "with_switch"].tolist() == ["conflict"]
    back = framing.caption_labels(articles, lines, codebook=load("general"))
    assert {"war", "troops"} <= set(back["label"])


def test_war_and_peace_pairs_are_asked_of_conflict_stories_only():
    articles = pd.DataFrame(
        {
            "article_id": ["a", "b"],
            "body": ["Rebels and troops fought on.", "The bank and the union agreed on pay."],
        }
    )
    assert framing.conflict_stories(articles, codebook=load("general"))["article_id"].tolist() == ["a"]


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("A shell killed two people in Kharkiv.", "ukraine"),
        ("Drones hit a school in Belgorod.", "russia"),
        ("Shelling wounded a woman in Donetsk.", "russia"),
        ("A Russian soldier was killed in Kharkiv.", "russia"),
        ("Troops were ambushed near Kharkiv.", ""),
        ("A fire destroyed the warehouse.", ""),
    ],
)
def test_those_harmed_are_on_the_side_of_their_name_or_their_place(text, side):
    from labelled import annotated

    _, layers = annotated((text,))
    assert layers["harms"]["victim_side"].tolist() == [side]


@pytest.mark.parametrize(
    ("phrase", "told"),
    [
        ("two fighter jets", "thing"),
        ("a police station", "thing"),
        ("workers' flats", "thing"),
        ("police officers", "role"),
        ("dozens of Russian conscripts", "role"),
        ("a bus driver and his wife", "role"),
        ("hundreds of homes", "thing"),
    ],
)
def test_a_noun_for_people_counts_where_it_heads_the_phrase(phrase, told):
    assert told_as(phrase) == told


def test_the_house_of_a_named_person_is_no_person():
    assert told_as("Mara Quill's house", ["Mara Quill"]) == "thing"
    assert told_as("Mara Quill", ["Mara Quill"]) == "named"
