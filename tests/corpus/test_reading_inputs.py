import json

import pytest

from analysis.corpus.inputs import read_articles
from analysis.errors import CodebookError, ReadingError
from analysis.schemas import TABLES

STORY = (
    "The river port of Lysenk was without power on Tuesday after a night of heavy shelling, officials said.\n"
    "Engineers worked through the morning to bring back the pumps that supply the eastern districts with water.\n"
    "The mayor told reporters that the hospital had enough fuel for its generators for at least three days.\n"
)
OTHER = (
    "Farmers in the south of the country have begun to sow their fields although many of them are still mined.\n"
    "A spokesman for the ministry said that it was too early to say how large the harvest would be this year.\n"
    "In the villages along the road people have returned to houses that have neither windows nor roofs.\n"
)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(OTHER.replace("\n", "\r\n").encode("utf-16"))
    return tmp_path


def test_a_folder_becomes_tables_of_the_declared_shape(folder):
    reading = read_articles(folder)
    for name in ("articles", "lines", "dates", "set_aside"):
        assert dict(getattr(reading, name).schema) == TABLES[name].schema
    assert reading.articles["path"].to_list() == ["a.txt", "b.txt"]
    assert reading.articles["outlet"].to_list() == ["unknown", "unknown"]
    assert reading.summary == "2 read, 0 set aside"
    for article in reading.articles.to_dicts():
        kept = reading.lines.filter(
            (reading.lines["article_id"] == article["article_id"]) & reading.lines["kept"]
        )
        for line in kept.to_dicts():
            assert article["body"][line["start"] : line["end"]] == line["text"]


def test_what_is_no_article_is_set_aside_with_its_reason(folder):
    (folder / "copy.txt").write_text(STORY, encoding="utf-8")
    (folder / "empty.txt").write_text(" \n\n", encoding="utf-8")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    (folder / "huge.txt").write_text(STORY * 40, encoding="utf-8")
    (folder / "scan.xyz").write_text("?", encoding="utf-8")
    (folder / "german.txt").write_text(
        "Die Stadt war am Dienstag nach einer Nacht schweren Beschusses ohne Strom, wie die Behörden mitteilten.\n"
        "Techniker arbeiteten den ganzen Morgen daran, die Pumpen für die östlichen Viertel wieder anzuschalten.\n",
        encoding="utf-8",
    )
    (folder / "README.md").write_text("About these files.", encoding="utf-8")
    reading = read_articles(folder, max_characters=5_000)
    reasons = dict(zip(reading.set_aside["path"], reading.set_aside["reason"], strict=True))
    assert reasons == {
        "copy.txt": "duplicate",
        "empty.txt": "empty",
        "picture.txt": "binary",
        "huge.txt": "too large",
        "scan.xyz": "unreadable",
        "german.txt": "not English",
    }
    assert reading.articles.height == 2
    assert all(reading.set_aside["detail"].to_list())
    assert reading.summary.startswith("2 read, 6 set aside (1 binary, 1 duplicate,")


def test_sources_csv_overrules_what_is_inferred(folder):
    (folder / "sources.csv").write_text(
        "file,outlet,date,kind\na.txt,The Harbour Post,2023-03-07,wire\nc.txt,Nobody,,\n", encoding="utf-8"
    )
    reading = read_articles(folder)
    first = reading.articles.row(0, named=True)
    assert (first["outlet"], first["outlet_how"], first["kind"]) == (
        "The Harbour Post",
        "sources.csv",
        "wire",
    )
    assert str(first["published"]) == "2023-03-07"
    assert reading.notes == ("sources.csv, line 3: no article is called 'c.txt'",)


def test_a_hash_finds_an_article_under_another_name(folder):
    article = read_articles(folder / "a.txt").articles["article_id"][0]
    (folder / "sources.csv").write_text(f"sha256,outlet\n{article},The Harbour Post\n", encoding="utf-8")
    (folder / "a.txt").rename(folder / "renamed.txt")
    reading = read_articles(folder)
    assert reading.articles.filter(reading.articles["path"] == "renamed.txt")["outlet"].to_list() == [
        "The Harbour Post"
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("file,outlt\na.txt,X\n", "unknown column 'outlt'; did you mean 'outlet'?"),
        ("file,date\na.txt,7 March\n", "sources.csv, line 2, field date: '7 March' is no date"),
        ("file,kind\na.txt,copied\n", "line 2, field kind"),
        ("outlet\nX\n", "needs a column 'file' or 'sha256'"),
        ("file,outlet\na.txt,Post, The\n", "line 2: 3 values under 2 columns"),
    ],
)
def test_a_faulty_sources_csv_is_an_error_with_line_and_field(folder, content, message):
    (folder / "sources.csv").write_text(content, encoding="utf-8")
    with pytest.raises(CodebookError) as raised:
        read_articles(folder)
    assert message in str(raised.value)


def test_a_table_with_usual_column_names(tmp_path):
    rows = [
        {
            "Title": "Port dark",
            "story_text": STORY,
            "media_name": "Post",
            "publish_date": "7/23/17",
            "url": "x",
        },
        {
            "Title": "Sowing",
            "story_text": OTHER,
            "media_name": "Echo",
            "publish_date": None,
            "url": "https://www.echo.example/2017/08/02/s",
        },
        {"Title": "None", "story_text": "", "media_name": "Echo", "publish_date": "2017-08-03", "url": ""},
    ]
    path = tmp_path / "news.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows) + "{broken\n", encoding="utf-8")
    reading = read_articles(path)
    assert reading.articles["row"].to_list() == [1, 2]
    assert [str(day) for day in reading.articles["published"]] == ["2017-07-23", "2017-08-02"]
    assert "two-digit year" in reading.articles["published_how"][0]
    assert reading.articles["headline"].to_list() == ["Port dark", "Sowing"]
    assert dict(zip(reading.set_aside["row"], reading.set_aside["reason"], strict=True)) == {
        3: "empty",
        4: "unreadable",
    }


def test_a_table_without_text_lists_its_columns(tmp_path):
    (tmp_path / "a.csv").write_text("id,colour\n1,red\n", encoding="utf-8")
    with pytest.raises(ReadingError, match=r"Columns found: 'id', 'colour'"):
        read_articles(tmp_path / "a.csv")
    (tmp_path / "b.txt").write_text(STORY, encoding="utf-8")
    reading = read_articles(tmp_path)
    assert reading.set_aside["reason"].to_list() == ["no text"]
    chosen = read_articles(tmp_path / "a.csv", columns={"text": "colour"}, language="")
    assert chosen.articles.height + chosen.set_aside.height == 1


def test_an_empty_folder_says_so(tmp_path):
    with pytest.raises(ReadingError, match="no articles there"):
        read_articles(tmp_path)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("LYSENK, March 7 (Reuters) - The port was without power on Tuesday, officials said.", "wire"),
        ("LYSENK, Ukraine (AP) — The port was without power on Tuesday, officials said.", "wire"),
        ("LYSENK (Corvane Press) - The port was without power on Tuesday, officials said.", "wire"),
        ("LYSENK (Harbour Post) - The port was without power on Tuesday, officials said.", "unknown"),
        ("The port was without power on Tuesday (Reuters reported earlier) - officials said.", "unknown"),
    ],
)
def test_an_agency_in_the_dateline_makes_wire_copy(tmp_path, line, kind):
    (tmp_path / "a.txt").write_text(line + "\n" + STORY.split("\n", 1)[1], encoding="utf-8")
    (tmp_path / "sources.csv").write_text("file,outlet\na.txt,The Harbour Post\n", encoding="utf-8")
    assert read_articles(tmp_path).articles["kind"].to_list() == [kind]


def test_the_page_names_its_outlet_and_two_names_are_none(tmp_path):
    (tmp_path / "a.txt").write_text(
        STORY + "Read more from Harbour Post:\nFerry stuck in ice\n", encoding="utf-8"
    )
    (tmp_path / "b.txt").write_text(
        OTHER + "Join Tarn Whatsapp group\nFollow The Mill on Twitter\n", encoding="utf-8"
    )
    articles = read_articles(tmp_path).articles
    assert articles["outlet"].to_list() == ["Harbour Post", "unknown"]
    assert articles["outlet_how"][0].startswith("text, read more from")
    assert "Tarn and The Mill" in articles["outlet_how"][1]


def test_hostile_text_is_text(tmp_path):
    hostile = "He wrote <script>alert(1)</script> and {{ 7*7 }} and $x$ and ]]> on the wall of the town hall on Tuesday.\n"
    (tmp_path / "a<b>%2f..txt").write_text(hostile + STORY, encoding="utf-8")
    reading = read_articles(tmp_path)
    assert hostile.strip() in reading.articles["body"][0]
    assert reading.articles["path"][0] == "a<b>%2f..txt"


def test_a_line_that_recurs_at_an_outlet_is_furniture_but_copies_teach_nothing(tmp_path):
    rows = [
        {
            "text": f"{STORY.replace('Lysenk', name)}Tide tables and ferry times for {n % 1} piers",
            "outlet": "Post",
        }
        for n, name in enumerate(["Arn", "Berl", "Corv", "Dorn"])
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    for body in read_articles(tmp_path / "a.jsonl").articles["body"]:
        assert "without power on Tuesday" in body
