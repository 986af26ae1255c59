"""The store: nothing half-written is ever read, nothing finished is ever lost."""

from __future__ import annotations

import json

import pandas as pd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.corpus.corpus import Corpus
from analysis.corpus.store import LAYOUT, Store, digest, from_bytes, to_bytes
from analysis.errors import StoreError
from analysis.schemas import conform


@pytest.fixture
def store(tmp_path):
    return Store.at(str(tmp_path / "store"))


def sentences(*rows: tuple[str, int, int]) -> pl.DataFrame:
    return conform(
        [
            {"article_id": a, "start": s, "end": e, "sentence": n, "paragraph": 0}
            for n, (a, s, e) in enumerate(rows)
        ],
        "sentences",
    )


def test_a_place_without_a_store_has_no_index(store):
    assert store.index() is None


def test_a_shard_counts_only_when_it_is_complete(store, tmp_path):
    store.write("parses", "k1", {"sentences": to_bytes(sentences(("a", 0, 4)))}, {"bodies": {"a": "x"}})
    assert store.has("parses", "k1")
    assert store.note("parses", "k1") == {"bodies": {"a": "x"}}
    (tmp_path / "store/parses/k1/shard.json").unlink()  # as if the run had been killed before the last step
    assert not store.has("parses", "k1")


def test_the_index_is_replaced_in_one_step(store, tmp_path):
    store.write_index({"chunks": [], "complete": True})
    assert store.index()["complete"] is True
    (tmp_path / "store/store.json.part").write_text("{ half a file")  # what a killed run may leave
    assert store.index()["complete"] is True


def test_an_older_layout_is_named_and_not_misread(store, tmp_path):
    (tmp_path / "store").mkdir()
    (tmp_path / "store/store.json").write_text(json.dumps({"layout": LAYOUT - 1}))
    with pytest.raises(StoreError, match=f"layout {LAYOUT - 1}.*writes layout {LAYOUT}.*read again"):
        store.index()


def test_a_damaged_index_and_a_damaged_shard_say_what_to_do(store, tmp_path):
    store.write("parses", "k1", {"sentences": to_bytes(sentences(("a", 0, 4)))})
    (tmp_path / "store/parses/k1/sentences.parquet").write_bytes(b"not parquet")
    with pytest.raises(StoreError, match="missing or damaged.*analysis read"):
        store.read("sentences", "k1")
    (tmp_path / "store/store.json").write_text("{")
    with pytest.raises(StoreError, match="not readable.*delete the folder"):
        store.index()


def test_only_one_process_writes_at_a_time(store):
    with (
        store.writing(),
        pytest.raises(StoreError, match="another process is writing"),
        Store.at(store.url).writing(),
    ):
        pass
    with store.writing():  # free again
        pass


def test_scanning_joins_shards_in_the_order_asked_for(store):
    store.write("parses", "k1", {"sentences": to_bytes(sentences(("a", 0, 4)))})
    store.write("parses", "k2", {"sentences": to_bytes(sentences(("b", 0, 9)))})
    assert store.scan("sentences", ["k2", "k1"]).collect()["article_id"].to_list() == ["b", "a"]


def test_a_table_that_an_older_store_lacks_is_named_with_what_to_do(store):
    store.write("layers", "k1", {"mentions": to_bytes(conform([], "mentions"))})
    assert store.scan("mentions", ["k1"]).collect().height == 0
    with pytest.raises(StoreError, match=r"no whole table 'harms'.*earlier version.*analysis read"):
        store.scan("harms", ["k1"])


def test_rows_that_begin_alike_keep_their_order():
    ids = [f"{number:04x}" for number in range(400)]
    rows = [
        {"article_id": one, "start": 0, "end": 4, "verb": f"verb {n}"}
        for one in reversed(ids)
        for n in range(50)
    ]
    articles = pd.DataFrame({"article_id": ids, "outlet": "Harbour Gazette"})
    corpus = Corpus(articles, pd.DataFrame(), layers={"actions": conform(rows, "actions")})
    for _ in range(5):
        verbs = corpus.scan("actions").collect()["verb"].to_list()
        assert verbs == [f"verb {n}" for _ in ids for n in range(50)]


def test_pruning_removes_what_no_index_names(store):
    for key in ("k1", "k2"):
        store.write("parses", key, {"sentences": to_bytes(sentences(("a", 0, 4)))})
    assert store.prune({"parses": ["k2"]}) == 1
    assert not store.has("parses", "k1")
    assert store.has("parses", "k2")


def test_a_store_may_lie_on_any_fsspec_path():
    store = Store.at("memory://somewhere/store")
    store.write("parses", "k1", {"sentences": to_bytes(sentences(("a", 0, 4)))})
    store.write_index({"chunks": [], "complete": True})
    assert store.index()["complete"]
    assert store.scan("sentences", ["k1"]).collect().height == 1
    with store.writing():
        assert store.prune({}) == 1


@given(st.lists(st.tuples(st.text(max_size=5), st.integers(0, 9), st.integers(0, 9)), max_size=5))
def test_frames_survive_the_round_trip_and_equal_frames_give_equal_bytes(rows):
    frame = sentences(*rows)
    assert from_bytes(to_bytes(frame)).equals(frame)
    assert to_bytes(frame) == to_bytes(frame.clone())


@given(st.lists(st.text(max_size=4), max_size=4), st.lists(st.text(max_size=4), max_size=4))
def test_a_digest_tells_lists_apart_that_join_to_the_same_text(left, right):
    assert (digest(left) == digest(right)) == (left == right)
