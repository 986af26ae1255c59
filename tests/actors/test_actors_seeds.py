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
