"""The five real articles: every person once, every spelling joined, the sources of the well-known statements."""

from __future__ import annotations

import pytest

from analysis import actors, open_corpus
from analysis.actors.names import surname

PEOPLE = {
    "Volodymyr Zelensky",
    "Vladimir Putin",
    "Oleksandr Syrskyi",
    "Alexander Lukashenko",
    "Serhiy Dobriak",
    "Vadym Filashkin",
    "Michael Clarke",
    "Yuri Ushakov",
    "Dmitry Peskov",
    "Sergei Shoigu",
    "Valery Gerasimov",
    "Lloyd Austin",
    "Valery Zaluzny",
    "Timofey Shadura",
    "Oleksiy Danilov",
    "Jens Stoltenberg",
    "Yevgeny Prigozhin",
    "António Guterres",
    "Oleksii Reznikov",
    "Kevin McCarthy",
}


@pytest.fixture(scope="module")
def news(real_seeds, tmp_path_factory):
    return open_corpus(str(real_seeds), store=str(tmp_path_factory.mktemp("store")), codebook="ukraine-war")


@pytest.mark.seeds
def test_every_person_is_found_once_under_one_name(news):
    people = news.layer("mentions").query("kind == 'person'")
    found = {surname(name): name for name in sorted(set(people["actor"]))}
    wanted = {surname(name) for name in PEOPLE}
    assert wanted <= set(found), sorted(wanted - set(found))
    assert len(found) == people["actor"].nunique(), sorted(set(people["actor"]))
    assert len(set(found) - wanted) <= 1, sorted(set(found) - wanted)


@pytest.mark.seeds
def test_transliterations_are_one_actor_and_stay_visible(news):
    aliases = news.layer("aliases")
    forms = set(aliases.loc[aliases["actor"] == "Volodymyr Zelensky", "surface"])
    assert {"Zelenskyy", "Zelensky"} <= {form.split()[-1] for form in forms}
    assert set(aliases.loc[aliases["actor"] == "Yevgeny Prigozhin", "surface"]) >= {
        "Yevgeny Prigozin",
        "Prigozhin",
    }


@pytest.mark.seeds
def test_statements_carry_relay_notes_and_sources(news):
    reported = actors.reported(news.layer("statements"))
    assert len(reported) >= 60
    assert "Interfax" in set(reported["relay"])
    assert (reported["verification"].fillna("") != "").sum() >= 1
    assert {"Volodymyr Zelensky", "Dmitry Peskov", "Jens Stoltenberg", "Government of Russia"} <= set(
        reported["actor"]
    )


SPOKEN = {
    "000": "Putin tell, officials say, Zelensky say, Zelensky urge, Syrskyi describe, Syrskyi say, Putin say, Putin add, "
    "Putin claim, states say, states warn, activists say, - say",
    "001": "Zelensky claim, Zelensky tell, Zelensky say, officials according to, Dobriak say, Filashkin say, Zelensky urge, "
    "Russia claim, Clarke say, - according to, Ushakov say, Ukraine demand",
    "002": "Peskov say, Peskov reject, Peskov stress, Peskov add, Russia according to, Ukraine denounce, Ukraine call, "
    "Russia claim, Syrskyi say, Prigozhin say, Ukraine deny, Russia say",
    "003": "Zelensky say, - advise, states concern, Austin say, Zelensky order, Ministry say, Shoigu say, Shoigu estimate, "
    "Ukraine say, Ukraine claim, - tell, - say, Danilov say, Ukraine identify as, states suggestion",
    "004": "Stoltenberg warn, Group claim, Group announce, Stoltenberg tell, - say, - add, Zelensky warning, Zelensky say, "
    "Shoigu warn, Prigozhin according to, Zelensky according to, Guterres stress, Guterres according to, "
    "supporters according to, Stoltenberg according to, - according to, Reznikov tell, McCarthy argue, Zelensky advise, "
    "Ukraine announce, - tell, Zelensky invite",
}
"""Listed by hand: who says (last word of the actor; a dash where it has no name), with which verb."""


@pytest.mark.seeds
@pytest.mark.parametrize("file", sorted(SPOKEN))
def test_every_statement_listed_by_hand_is_found(news, file):
    articles = news.articles
    key = articles.loc[articles["path"].str.contains(f"{file}_"), "article_id"].iloc[0]
    reported = actors.reported(news.layer("statements"))
    own = reported[reported["article_id"] == key]
    found = {
        f"{(actor or '-').split()[-1]} {cue}" for actor, cue in zip(own["actor"], own["cue"], strict=True)
    }
    wanted = set(SPOKEN[file].split(", "))
    assert wanted <= found, sorted(wanted - found)
    assert len(found - wanted) <= 3, sorted(found - wanted)


@pytest.mark.seeds
def test_speech_whose_marks_were_lost_stays_with_its_speaker(news):
    statements = news.layer("statements")
    lost = statements[statements["rule"].str.endswith("marks lost")]
    assert set(lost["actor"]) == {"Volodymyr Zelensky"}
    assert lost.groupby("article_id")["statement"].nunique().tolist() == [3]
