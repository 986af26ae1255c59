import gzip
import json
import zipfile

import docx
import openpyxl
import pandas as pd
import pytest

from analysis.corpus.inputs import iter_batches, read_articles
from analysis.corpus.reading import readers, suffix_of

TEXT = (
    "The river port of Lysenk was without power on Tuesday after a night of heavy shelling, officials said.\n"
    "Engineers worked through the morning to bring back the pumps that supply the eastern districts with water.\n"
    "The mayor told reporters that the hospital had enough fuel for its generators for at least three days."
)
SECOND = TEXT.replace("Lysenk", "Orvatsk").replace("three days", "a week")


def _rows():
    return [
        {
            "headline": "Port dark",
            "body": TEXT,
            "source": "Post",
            "date": "2023-03-07",
            "author": "A. Writer",
        },
        {"headline": "Town dark", "body": SECOND, "source": "Echo", "date": "2023-03-08", "author": ""},
    ]


def _check(reading):
    articles = reading.articles
    assert articles["headline"].to_list() == ["Port dark", "Town dark"]
    assert articles["outlet"].to_list() == ["Post", "Echo"]
    assert [str(day) for day in articles["published"]] == ["2023-03-07", "2023-03-08"]
    assert articles["row"].to_list() == [1, 2]
    assert articles["byline"][0] == "A. Writer"
    assert "Lysenk" in articles["body"][0]
    assert "generators" in articles["body"][0]


def test_csv_tsv_and_semicolons(tmp_path):
    frame = pd.DataFrame(_rows())
    frame.to_csv(tmp_path / "comma.csv", index=False)
    frame.to_csv(tmp_path / "tab.tsv", index=False, sep="\t")
    frame.to_csv(tmp_path / "semi.csv", index=False, sep=";", encoding="utf-8-sig")
    frame.to_csv(tmp_path / "packed.csv.gz", index=False)
    for name in ("comma.csv", "tab.tsv", "semi.csv", "packed.csv.gz"):
        _check(read_articles(tmp_path / name))


def test_windows_csv_and_a_broken_row(tmp_path):
    lines = ["headline,body,source", f'Café shut,"{TEXT} “No,” he said.",Post', "Too,many,cells,here"]
    (tmp_path / "a.csv").write_bytes("\r\n".join(lines).encode("cp1252"))
    reading = read_articles(tmp_path / "a.csv")
    assert reading.articles["headline"].to_list() == ["Café shut"]
    assert reading.articles["body"][0].endswith("“No,” he said.")
    assert reading.set_aside["detail"][0].startswith("4 cells under 3 columns")


def test_json_lines_packed_or_not_and_lists(tmp_path):
    (tmp_path / "a.jsonl").write_text("\n".join(json.dumps(row) for row in _rows()), encoding="utf-8")
    with gzip.open(tmp_path / "b.jsonl.gz", "wt", encoding="utf-8") as handle:
        handle.write("\n".join(json.dumps(row) for row in _rows()))
    (tmp_path / "c.json").write_text(json.dumps({"status": "ok", "articles": _rows()}), encoding="utf-8")
    (tmp_path / "d.json").write_text(
        json.dumps([{**row, "source": {"name": row["source"]}} for row in _rows()])
    )
    for name in ("a.jsonl", "b.jsonl.gz", "c.json", "d.json"):
        _check(read_articles(tmp_path / name))


def test_parquet_and_workbook(tmp_path):
    pd.DataFrame(_rows()).to_parquet(tmp_path / "a.parquet")
    book = openpyxl.Workbook()
    book.active.append(["about", "this workbook"])
    sheet = book.create_sheet("articles")
    sheet.append(list(_rows()[0]))
    for row in _rows():
        sheet.append(list(row.values()))
    book.save(tmp_path / "b.xlsx")
    _check(read_articles(tmp_path / "a.parquet"))
    _check(read_articles(tmp_path / "b.xlsx"))


def test_the_same_row_has_the_same_id_in_every_text_format(tmp_path):
    pd.DataFrame(_rows()).to_csv(tmp_path / "a.csv", index=False)
    (tmp_path / "b.jsonl").write_text("\n".join(json.dumps(row) for row in _rows()), encoding="utf-8")
    reading = read_articles(tmp_path)
    assert reading.articles.height == 2
    assert reading.set_aside["reason"].to_list() == ["duplicate", "duplicate"]
    assert reading.set_aside["detail"][0] == "the same bytes as a.csv, row 1"


def test_a_saved_page(tmp_path):
    paragraphs = "".join(f"<p>{line}</p>" for line in (TEXT + "\n" + SECOND).split("\n"))
    (tmp_path / "page.html").write_text(
        "<html><head><title>Port dark - The Harbour Post</title>"
        '<meta property="og:site_name" content="The Harbour Post"><meta property="og:title" content="Port dark">'
        '<meta property="article:published_time" content="2023-03-07T18:00:00Z">'
        '<link rel="canonical" href="https://harbourpost.example/news/port-dark"></head>'
        f"<body><nav>Home News Sport</nav><article><h1>Port dark</h1>{paragraphs}</article></body></html>",
        encoding="utf-8",
    )
    (tmp_path / "empty.html").write_text("<html><body><nav>Home</nav></body></html>", encoding="utf-8")
    reading = read_articles(tmp_path)
    article = reading.articles.row(0, named=True)
    assert (article["outlet"], article["outlet_how"]) == ("The Harbour Post", "html, og:site_name")
    assert (str(article["published"]), article["published_how"]) == (
        "2023-03-07",
        "html metadata: 2023-03-07",
    )
    assert article["url"] == "https://harbourpost.example/news/port-dark"
    assert article["headline"] == "Port dark"
    assert reading.set_aside.select("path", "reason").rows() == [("empty.html", "no text")]


def test_a_word_document_and_a_markdown_file(tmp_path):
    document = docx.Document()
    document.add_heading("Port dark", level=0)
    for line in TEXT.split("\n"):
        document.add_paragraph(line)
    document.save(str(tmp_path / "a.docx"))
    (tmp_path / "b.md").write_text(
        f"---\ntitle: Town dark\ndate: 2023-03-08\noutlet: Echo\n---\n# Town dark\n\n{SECOND.replace('Orvatsk', '[Orvatsk](https://x.example)')}\n"
    )
    articles = read_articles(tmp_path).articles
    assert articles["headline"].to_list() == ["Port dark", "Town dark"]
    assert articles["outlet"].to_list() == ["unknown", "Echo"]
    assert str(articles["published"][1]) == "2023-03-08"
    assert "port of Orvatsk was" in articles["body"][1]


def test_damaged_files_are_set_aside(tmp_path):
    (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")
    for name in ("a.xlsx", "b.docx", "c.parquet", "d.csv.gz", "e.json", "f.html"):
        (tmp_path / name).write_bytes(b"\x00\x01 not what the name says \xff\xfe{")
    (tmp_path / "g.csv").write_bytes(b"")
    (tmp_path / "h.jsonl").write_bytes(b"\n\n")
    reading = read_articles(tmp_path)
    assert reading.articles.height == 1
    assert reading.set_aside.height == 8
    assert set(reading.set_aside["reason"]) <= {"unreadable", "binary", "empty", "no text"}


def test_a_zip_a_glob_and_an_address_read_the_same(tmp_path):
    folder = tmp_path / "news"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "deep" / "b.txt").write_text(SECOND, encoding="utf-8")
    (folder / "sources.csv").write_text("file,outlet\ndeep/b.txt,Echo\n", encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "news.zip", "w") as archive:
        for file in sorted(folder.rglob("*")):
            archive.write(file, file.relative_to(folder).as_posix())
    expected = read_articles(folder)
    assert expected.articles["path"].to_list() == ["a.txt", "deep/b.txt"]
    assert expected.articles["outlet"].to_list() == ["unknown", "Echo"]
    for path in (tmp_path / "news.zip", f"file://{folder.as_posix()}", f"{folder.as_posix()}/**/*.txt"):
        assert read_articles(path).articles.equals(expected.articles)
    assert read_articles(folder, exclude=["deep/*"]).articles.height == 1


def test_batches_hold_the_same_articles_as_the_whole(tmp_path):
    rows = [{"text": TEXT.replace("Lysenk", f"Lysenk-{n}"), "outlet": f"Post {n % 3}"} for n in range(23)]
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    whole = read_articles(path)
    seen = []
    batches = list(iter_batches(path, size=5, progress=lambda done, name: seen.append((done, name))))
    assert [batch.articles.height for batch in batches] == [5, 5, 5, 5, 3]
    joined = [article for batch in batches for article in batch.articles.to_dicts()]
    assert joined == whole.articles.to_dicts()
    assert seen[-1] == (23, "many.jsonl")


def test_day_first_is_learnt_from_the_whole_column(tmp_path):
    days = ["3/4/2017", "25/12/2016", "1/2/2017", "1/2/2999", "31/31/2017"]
    rows = [{"text": TEXT.replace("Lysenk", f"Lysenk-{n}"), "date": day} for n, day in enumerate(days)]
    (tmp_path / "a.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    articles = read_articles(tmp_path).articles
    assert [str(day) for day in articles["published"]] == [
        "2017-04-03",
        "2016-12-25",
        "2017-02-01",
        "None",
        "None",
    ]
    assert "31/31/2017" in articles["published_how"][4]


@pytest.mark.parametrize(
    "suffix", [".txt", ".md", ".html", ".csv", ".tsv", ".jsonl", ".parquet", ".xlsx", ".docx"]
)
def test_every_promised_format_has_a_reader(suffix):
    assert suffix in readers()
    assert suffix_of(f"A.B{suffix.upper()}") == suffix
