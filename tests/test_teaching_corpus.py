"""The teaching corpus agrees with its own answer key, and nobody real is quoted in it."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parent.parent / "seeds" / "teaching"
MARKED = re.compile(r"“[^”]*”|\"[^\"]*\"")


@pytest.fixture(scope="module")
def key() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "answers.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def texts(key: dict[str, Any]) -> dict[str, str]:
    """The source text of every article; of a table's row, its headline and text."""
    found = {}
    for article in key["articles"]:
        path = FOLDER / article["file"]
        if "row" in article:
            with path.open(encoding="utf-8", newline="") as handle:
                row = list(csv.DictReader(handle))[article["row"] - 1]
            found[_name(article)] = f"{row['title']}\n{row['text']}"
        else:
            encoding = "cp1252" if article.get("encoding") == "windows-1252" else "utf-8-sig"
            found[_name(article)] = path.read_bytes().decode(encoding).replace("\r\n", "\n")
    return found


def _name(article: dict[str, Any]) -> str:
    return f"{article['file']}#{article['row']}" if "row" in article else str(article["file"])


def _by_line(article: dict[str, Any], texts: dict[str, str]) -> list[str] | None:
    return (
        None if "row" in article or article["file"].endswith(".html") else texts[_name(article)].split("\n")
    )


def test_the_key_lists_every_file_and_every_count(key: dict[str, Any]) -> None:
    files = {path.name for path in FOLDER.iterdir()} - {"answers.toml", "sources.csv"}
    assert files == {article["file"] for article in key["articles"]}
    assert key["corpus"]["files"] == len(files)
    assert key["corpus"]["articles"] == len(key["articles"])
    outlets = Counter(article["outlet"] for article in key["articles"])
    assert outlets == {outlet["name"]: outlet["articles"] for outlet in key["outlets"]}
    events = Counter(article["event"] for article in key["articles"])
    assert events == {event["id"]: event["articles"] for event in key["events"]}


def test_two_outlets_are_large_enough_to_compare_and_three_are_not(key: dict[str, Any]) -> None:
    sizes = sorted(outlet["articles"] for outlet in key["outlets"])
    assert sum(size >= 10 for size in sizes) == 2
    assert all(size >= 7 for size in sizes)


def test_sources_csv_agrees_with_the_key_and_leaves_the_dating_exercises_open(key: dict[str, Any]) -> None:
    with (FOLDER / "sources.csv").open(encoding="utf-8", newline="") as handle:
        rows = {(row["file"], row["row"]): row for row in csv.DictReader(handle)}
    articles = {(article["file"], str(article.get("row", ""))): article for article in key["articles"]}
    assert rows.keys() == articles.keys()
    for name, article in articles.items():
        assert rows[name]["outlet"] == ("" if "row" in article else article["outlet"])
        assert rows[name]["kind"] == article["kind"]
        assert rows[name]["date"] == (str(article["published"]) if article["date_in_sources"] else "")
    assert sum(not article["date_in_sources"] for article in key["articles"]) >= 12


def test_every_planted_line_stands_where_the_key_says(key: dict[str, Any], texts: dict[str, str]) -> None:
    for article in key["articles"]:
        lines = _by_line(article, texts)
        for planted in article.get("removed", []):
            if lines is None:
                assert planted["text"] in texts[_name(article)]
            else:
                assert lines[planted["line"] - 1] == planted["text"], (article["file"], planted)
        if lines is not None:
            removed = {planted["line"] for planted in article["removed"]}
            headline = {article["headline_line"]} if "headline_line" in article else set()
            filled = {number for number, line in enumerate(lines, 1) if line.strip()}
            assert filled == removed | headline | set(article["body_lines"]), article["file"]
            assert not headline or lines[article["headline_line"] - 1] == article["headline"]


@pytest.mark.parametrize("what", ["quotes", "lost_quotes", "terms_in_marks"])
def test_every_planted_span_stands_on_its_line(key: dict[str, Any], texts: dict[str, str], what: str) -> None:
    for article in key["articles"]:
        lines = _by_line(article, texts)
        for planted in article.get(what, []):
            text = texts[_name(article)] if lines is None else lines[planted["line"] - 1]
            assert planted["text"] in text, (article["file"], planted)


def test_every_harm_word_stands_on_its_line(key: dict[str, Any], texts: dict[str, str]) -> None:
    for article in key["articles"]:
        lines = _by_line(article, texts)
        for harm in article.get("harms", []):
            text = texts[_name(article)] if lines is None else lines[harm["line"] - 1]
            assert re.search(rf"\b{harm['word']}\b", text), (article["file"], harm)


def test_labels_are_counted_right(key: dict[str, Any], texts: dict[str, str]) -> None:
    forms = {
        "invasion": r"invasion|invaded?",
        "liberated": r"liberated|liberation",
        "occupied": r"occupied|occupation",
    }
    for article in key["articles"]:
        body = _body(article, texts)
        unquoted = MARKED.sub(lambda found: " " * len(found[0]), body)
        for label in article.get("labels", []):
            pattern = re.compile(rf"\b(?:{forms.get(label['label'], label['label'])})\b", re.IGNORECASE)
            if label["label"] in {"mercenaries", "militants", "held"}:
                continue
            assert len(pattern.findall(unquoted)) == label["unquoted"], (article["file"], label)
            assert len(pattern.findall(body)) == label["unquoted"] + label["quoted"], (article["file"], label)


def _body(article: dict[str, Any], texts: dict[str, str]) -> str:
    lines = _by_line(article, texts)
    text = texts[_name(article)]
    if lines is not None:
        return "\n".join(lines[number - 1] for number in article["body_lines"])
    if article["file"].endswith(".html"):
        body = re.sub(r"<[^>]+>", "", text.split("<article>")[1].split("</article>")[0])
        for planted in article["removed"]:
            body = body.replace(planted["text"], "")
        return body.replace(article.get("headline", ""), "")
    return text.removeprefix(article["headline"])


def test_nobody_real_is_quoted(key: dict[str, Any], texts: dict[str, str]) -> None:
    """All marked words are listed, each with an invented or unnamed speaker, or as a term nobody speaks."""
    speakers = {speaker["name"]: speaker for speaker in key["speakers"]}
    real = {form for actor in key["actors"] for form in actor["spellings"]}
    assert all(speaker["fictional"] for speaker in speakers.values())
    assert not real & set(speakers)
    for article in key["articles"]:
        listed = Counter(planted["text"] for planted in article.get("quotes", []))
        listed.update(planted["text"] for planted in article.get("terms_in_marks", []))
        marked = Counter(MARKED.findall(_body(article, texts)))
        in_headline = Counter({text: n for text, n in listed.items() if text.startswith("‘")})
        assert marked == listed - in_headline, article["file"]
        assert {planted["speaker"] for planted in article.get("quotes", [])} <= set(speakers)


def test_rewritten_copies_have_lost_their_marks(key: dict[str, Any], texts: dict[str, str]) -> None:
    rewritten = [article for article in key["articles"] if article["kind"] == "rewritten"]
    assert len(rewritten) == 2
    for article in rewritten:
        assert article["lost_quotes"]
        assert not MARKED.findall(_body(article, texts))


def test_names_that_stand_only_in_page_furniture_do_so(key: dict[str, Any], texts: dict[str, str]) -> None:
    for article in key["articles"]:
        body = _body(article, texts)
        for planted in key["only_in_removed_lines"]:
            assert planted["text"] not in body
    for planted in key["only_in_removed_lines"]:
        assert all(planted["text"] in texts[file] for file in planted["files"])


def test_spellings_are_those_of_the_outlets(key: dict[str, Any], texts: dict[str, str]) -> None:
    written = {
        outlet["name"]: "\n".join(
            f"{article.get('headline', '')}\n{_body(article, texts)}"
            for article in key["articles"]
            if article["outlet"] == outlet["name"]
        )
        for outlet in key["outlets"]
    }
    for named in [*key["actors"], *key["places"]]:
        for outlet, forms in named["by_outlet"].items():
            for form in forms:
                assert form in written[outlet], (named["name"], outlet, form)
    assert (
        "Kiev" not in written["Verrin Courier"] + written["Channel Marrowgate"] + written["Lakeside Herald"]
    )
    assert "Kyiv" not in written["Tarsk Today"] + written["Daily Skim"]


def test_copies_share_what_the_key_says(key: dict[str, Any], texts: dict[str, str]) -> None:
    bodies = {_name(article): _body(article, texts) for article in key["articles"]}
    overlap = {
        (copy["source"], copy["copy"]): _shared(bodies[copy["source"]], bodies[copy["copy"]])
        for copy in key["copies"]
    }
    for copy in key["copies"]:
        share = overlap[copy["source"], copy["copy"]]
        if copy["kind"] in {"repost", "wire"}:
            assert share > 0.75
        elif copy["kind"] == "rewritten":
            assert share < 0.02
        else:
            assert 0.2 < share < 0.75


def _shared(source: str, copy: str, width: int = 5) -> float:
    """Share of the copy's word 5-grams that stand in its source."""
    first, second = (re.findall(r"\w+", text.lower()) for text in (source, copy))
    known = {tuple(first[i : i + width]) for i in range(len(first) - width + 1)}
    grams = {tuple(second[i : i + width]) for i in range(len(second) - width + 1)}
    return len(grams & known) / len(grams)


def test_claims_and_omissions_name_articles_that_bear_them_out(
    key: dict[str, Any], texts: dict[str, str]
) -> None:
    events = {_name(article): article["event"] for article in key["articles"]}
    for conflict in key["conflicts"]:
        for claim in conflict["claims"]:
            assert claim["text"].lower() in texts[claim["file"]].lower()
            assert events[claim["file"]] == conflict["event"]
    for omission in key["omissions"]:
        assert {events[file] for file in omission["present"] + omission.get("absent", [])} == {
            omission["event"]
        }
        assert not set(omission["present"]) & set(omission.get("absent", []))


def test_every_file_says_that_its_outlet_is_invented(texts: dict[str, str]) -> None:
    for name, text in texts.items():
        if not name.startswith("export.csv"):
            assert "is an invented" in text, name
