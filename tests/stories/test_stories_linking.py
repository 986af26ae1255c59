"""Linking on the teaching corpus and on small corpora of our own."""

from __future__ import annotations

import csv
import re
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.errors import MeasureError
from analysis.stories import chances, explain, link, pairing
from analysis.stories.clustering import average_link, settle
from analysis.stories.evidence import weigh

FOLDER = Path(__file__).resolve().parents[2] / "seeds" / "teaching"


@pytest.fixture(scope="module")
def teaching() -> pd.DataFrame:
    """The articles of the teaching corpus as the key has them: without page furniture, rightly dated."""
    key = tomllib.loads((FOLDER / "answers.toml").read_text(encoding="utf-8"))
    with (FOLDER / "export.csv").open(encoding="utf-8", newline="") as handle:
        table = [row["text"] for row in csv.DictReader(handle)]
    rows = []
    for article in key["articles"]:
        if "row" in article:
            body = table[article["row"] - 1]
        elif "body_lines" in article:
            encoding = "cp1252" if article.get("encoding") == "windows-1252" else "utf-8-sig"
            lines = (FOLDER / article["file"]).read_bytes().decode(encoding).splitlines()
            body = "\n".join(lines[number - 1] for number in article["body_lines"])
        else:
            continue
        rows.append(
            {
                "article_id": f"{article['file']}#{article.get('row', 0)}",
                "headline": article.get("headline", ""),
                "body": body,
                "published": article["published"],
                "published_until": article["published"],
                "event": article["event"],
                "outlet": article["outlet"],
            }
        )
    return pd.DataFrame(rows)


def b_cubed(gold: pd.Series, found: pd.Series) -> float:
    both = pd.DataFrame({"gold": gold.to_numpy(), "found": found.to_numpy()})
    shared = both.groupby(["gold", "found"])["gold"].transform("size")
    precision = (shared / both.groupby("found")["found"].transform("size")).mean()
    recall = (shared / both.groupby("gold")["gold"].transform("size")).mean()
    return float(2 * precision * recall / (precision + recall))


def test_the_events_of_the_teaching_corpus_are_found(teaching: pd.DataFrame) -> None:
    found = link(teaching)
    assert found["article_id"].tolist() == teaching["article_id"].tolist()
    assert b_cubed(teaching["event"], found["story"]) >= 0.95


def test_the_order_of_the_rows_decides_nothing(teaching: pd.DataFrame) -> None:
    plain = link(teaching).set_index("article_id")
    shuffled = link(teaching.sample(frac=1, random_state=3)).set_index("article_id").loc[plain.index]
    pd.testing.assert_frame_equal(plain, shuffled)


def test_a_story_is_named_after_its_first_article(teaching: pd.DataFrame) -> None:
    found = link(teaching).merge(teaching)
    for story, group in found.groupby("story"):
        first = group.loc[group["article_id"] == story, "published"]
        assert first.iloc[0] == group["published"].min()


def test_hand_corrections_join_and_part(teaching: pd.DataFrame) -> None:
    grain = teaching.loc[teaching["event"] == "grain-renewal", "article_id"].tolist()
    train = teaching.loc[teaching["event"] == "pokrovsk-evacuation", "article_id"].tolist()
    corrections = pd.DataFrame(
        {"article_id": [grain[0], train[0], grain[1]], "story": ["mine", "mine", "another"]}
    )
    found = link(teaching, corrections=corrections).set_index("article_id")["story"]
    assert found[grain[0]] == found[train[0]]
    assert found[grain[1]] != found[grain[0]]


def test_resolved_names_link_what_spellings_part(teaching: pd.DataFrame) -> None:
    """The portal writes Artyomovsk where the others write Bakhmut."""
    other = {"Artyomovsk": "Bakhmut", "Lugansk": "Luhansk", "Kiev": "Kyiv", "Odessa": "Odesa"}
    where = pd.DataFrame(
        [
            {"article_id": article_id, "place": other.get(name, name), "role": "event"}
            for article_id, body in teaching[["article_id", "body"]].itertuples(index=False)
            for name in re.findall(r"(?<=[a-z,] )[A-Z][\w-]+", body)
        ]
    )
    portal = teaching.loc[teaching["body"].str.contains("ring around Artyomovsk"), "article_id"].iloc[0]
    resolved = link(teaching, places=where)
    assert b_cubed(teaching["event"], resolved["story"]) >= 0.95
    plain = link(teaching).set_index("article_id")
    assert resolved.set_index("article_id").loc[portal, "belongs"] > plain.loc[portal, "belongs"]
    assert (resolved["story"] == resolved.set_index("article_id").loc[portal, "story"]).sum() > 1
    named = teaching[["article_id"]].assign(actor="Somebody")
    assert link(teaching, mentions=named).shape == (len(teaching), 3)


def test_the_same_text_a_year_later_is_another_story(teaching: pd.DataFrame) -> None:
    twice = (
        teaching.head(2).iloc[[0, 0]].assign(article_id=["a", "b"], published=["2023-02-28", "2024-02-28"])
    )
    twice["published_until"] = twice["published"]
    assert link(twice)["story"].nunique() == 2
    assert link(twice.assign(published="2023-02-28", published_until="2023-02-28"))["story"].nunique() == 1


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(known=st.sets(st.integers(0, 43), min_size=1, max_size=43))
def test_a_grown_corpus_is_linked_as_if_from_nothing(
    teaching: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory, known: set[int]
) -> None:
    """Undated articles and ranges of days included."""
    vague = teaching.assign(published=teaching["published"].astype(object))
    vague.loc[vague.index[::9], ["published", "published_until"]] = None
    later = pd.to_datetime(teaching["published"]) + pd.Timedelta(days=25)
    vague.loc[vague.index[4::9], "published_until"] = later[4::9].dt.strftime("%Y-%m-%d")
    store = str(tmp_path_factory.mktemp("store"))
    link(vague.iloc[sorted(known)], store=store)
    pd.testing.assert_frame_equal(link(vague, store=store), link(vague))


def test_only_articles_near_a_new_one_are_read_again(
    teaching: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def counted(texts: list[str], *given: Any, **more: Any) -> Any:
        read.extend(texts)
        return weigh(texts, *given, **more)

    monkeypatch.setattr(pairing, "weigh", counted)
    dated = teaching.sort_values("published", ignore_index=True)
    last = dated["published"] == dated["published"].max()
    link(dated[~last], store=str(tmp_path))
    read.clear()
    link(dated, store=str(tmp_path))
    days_apart = pd.to_datetime(dated["published"].max()) - pd.to_datetime(dated["published"])
    assert last.sum() <= len(read) <= (days_apart.dt.days <= chances.WINDOW).sum() < len(dated)
    read.clear()
    link(dated, store=str(tmp_path))
    link(dated.head(20), store=str(tmp_path))
    assert not read
    changed = dated.assign(
        body=dated["body"].mask(dated.index == 0, dated["body"] + " The ferry runs again.")
    )
    pd.testing.assert_frame_equal(link(changed, store=str(tmp_path)), link(changed))
    assert read


def test_an_article_without_a_date_is_compared_with_few(
    teaching: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be of any day, but only what its first lines call up is read again."""
    read: list[str] = []

    def counted(texts: list[str], *given: Any, **more: Any) -> Any:
        read.extend(texts)
        return weigh(texts, *given, **more)

    monkeypatch.setattr(pairing, "weigh", counted)
    vague = teaching.assign(published=teaching["published"].astype(object))
    vague.loc[vague.index[-1], ["published", "published_until"]] = None
    link(vague.iloc[:-1], store=str(tmp_path))
    read.clear()
    grown = link(vague, store=str(tmp_path))
    assert 1 <= len(read) < len(vague)
    pd.testing.assert_frame_equal(grown, link(vague))


def test_a_store_that_cannot_be_written_does_no_harm(teaching: pd.DataFrame, tmp_path: Path) -> None:
    place = tmp_path / "store"
    place.write_text("a file where the folder should be")
    pd.testing.assert_frame_equal(link(teaching, store=str(place)), link(teaching))


def test_an_article_joined_early_moves_to_the_story_it_fits_better() -> None:
    """The first pair is the closest, but as a whole the item resembles the other group more."""
    left = np.array([0, 0, 0, 1, 1, 2, 2, 3])
    right = np.array([1, 2, 3, 2, 4, 3, 4, 4])
    value = np.array([0.95, 0.9, 0.9, 0.2, 0.94, 0.93, 0.1, 0.1])
    early = np.array([0, 0, 2, 2, 0])
    assert settle(early, left, right, value).tolist() == [0, 1, 0, 0, 1]
    assert settle(early, left, right, value, fixed=[0]).tolist() == early.tolist()


def test_small_and_broken_corpora() -> None:
    assert link(pd.DataFrame({"article_id": [], "headline": [], "body": [], "published": []})).empty
    one = pd.DataFrame({"article_id": ["a"], "headline": [None], "body": [""], "published": [None]})
    assert link(one)["story"].tolist() == ["a"]
    with pytest.raises(MeasureError, match="published"):
        link(one.drop(columns="published"))


def test_the_reasons_for_a_link_are_shown(teaching: pd.DataFrame) -> None:
    pair = teaching.loc[teaching["event"] == "grain-renewal", "article_id"].tolist()[:2]
    reasons = explain(teaching, *pair)
    assert reasons["evidence"].tolist()[-1] == "days between"
    assert "grain" in reasons.set_index("evidence").loc["words", "shared"]
    with pytest.raises(MeasureError, match="no article"):
        explain(teaching, pair[0], "nowhere")


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 9), st.integers(0, 2**32 - 1), st.floats(0.05, 0.95))
def test_average_link_agrees_with_scipy(n: int, seed: int, threshold: float) -> None:
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    left, right = np.triu_indices(n, 1)
    similarity = np.random.default_rng(seed).random(len(left))
    full = np.zeros((n, n))
    full[left, right] = full[right, left] = 1 - similarity
    expected = fcluster(linkage(squareform(full), "average"), 1 - threshold, "distance")
    found = average_link(n, left, right, similarity, threshold=threshold)
    assert len(set(zip(expected.tolist(), found.tolist(), strict=True))) == len(set(found.tolist()))
    assert len(set(expected.tolist())) == len(set(found.tolist()))
