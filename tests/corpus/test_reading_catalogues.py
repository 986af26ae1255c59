"""What a newsroom's exports say about the articles: a table of files, odd columns, one outlet in several spellings."""

import pandas as pd
import pytest

from analysis.corpus.inputs import read_articles
from analysis.corpus.outlets import alike
from analysis.errors import CodebookError

STORY = (
    "The river port of Lysenk was without power on Tuesday after a night of heavy shelling, officials said.\n"
    "Engineers worked through the morning to bring back the pumps that supply the eastern districts with water.\n"
)
OTHER = (
    "Farmers in the south of the country have begun to sow their fields although many of them are still mined.\n"
    "A spokesman for the ministry said that it was too early to say how large the harvest would be this year.\n"
)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "texts" / "b.txt").write_text(OTHER, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("names", [("a.txt", "b.txt"), ("texts/a.txt", "texts/b.txt"), ("a", "b")])
def test_a_table_of_files_says_who_published_them_and_when(folder, names):
    rows = f"{names[0]};Harbour Post;03.02.2023;x\n{names[1]};Tarsk Today;25.02.2023;y\ngone.txt;Nobody;;z\n"
    (folder / "metadata.csv").write_text("Filename;Newspaper;Pub_Date;Coder\n" + rows, encoding="utf-8")
    reading = read_articles(folder)
    assert reading.articles["outlet"].to_list() == ["Harbour Post", "Tarsk Today"]
    assert [str(day) for day in reading.articles["published"]] == ["2023-02-03", "2023-02-25"]
    assert reading.articles["outlet_how"][0] == "column of metadata.csv"
    assert reading.set_aside.is_empty()
    assert reading.notes == ("metadata.csv, row 3: no article is called 'gone.txt'",)


def test_sources_csv_overrules_a_table_of_files(folder):
    (folder / "texts" / "list.csv").write_text(
        "file,outlet,date\na.txt,Harbour Post,soon\n", encoding="utf-8"
    )
    (folder / "sources.csv").write_text("file,outlet\na.txt,The Evening Quay\n", encoding="utf-8")
    article = read_articles(folder).articles.row(0, named=True)
    assert article["outlet"] == "The Evening Quay"
    assert "'soon', which is no possible date" in article["published_how"]


def test_a_table_that_lists_no_files_is_set_aside_as_before(folder):
    (folder / "numbers.csv").write_text("year,rain\n2021,12\n2022,14\n", encoding="utf-8")
    reading = read_articles(folder)
    assert reading.set_aside.select("path", "reason").rows() == [("numbers.csv", "no text")]
    assert reading.articles.height == 2


def test_the_column_with_the_articles_is_known_by_their_length(tmp_path):
    table = f'Nr,Teaser,Volltext\n1,"Port dark","{STORY * 3}"\n2,"Fields sown","{OTHER * 3}"\n'
    (tmp_path / "export.csv").write_text(table, encoding="utf-8")
    assert read_articles(tmp_path).articles["body"][0].startswith("The river port of Lysenk")


def test_outlets_csv_makes_one_outlet_of_its_spellings(tmp_path):
    rows = [("Harbour Post", STORY), ("HARBOUR POST", OTHER), ("harbourpost.com", STORY + OTHER)]
    table = "outlet,text\n" + "".join(f'{outlet},"{text}"\n' for outlet, text in rows)
    (tmp_path / "export.csv").write_text(table, encoding="utf-8")
    apart = read_articles(tmp_path)
    assert apart.articles["outlet"].n_unique() == 3
    assert "HARBOUR POST = Harbour Post = harbourpost.com" in apart.notes[0]
    (tmp_path / "outlets.csv").write_text(
        "# ours\nspelling,outlet\nharbourpost.com,Harbour Post\n", encoding="utf-8"
    )
    together = read_articles(tmp_path)
    assert together.articles["outlet"].unique().to_list() == ["Harbour Post"]
    assert together.articles["outlet_how"][2] == "column outlet: harbourpost.com; outlets.csv"
    assert together.notes == ()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("name,outlet\nHP,Harbour Post\n", "outlets.csv: needs the columns 'spelling' and 'outlet'"),
        ("spelling,outlet\nHP,\n", "outlets.csv, row 1: spelling and outlet must both be filled in"),
        (
            "spelling,outlet\nHP,Harbour Post\nhp,Horn Press\n",
            "row 2: 'hp' stands for 'Harbour Post' already",
        ),
    ],
)
def test_a_faulty_outlets_csv_says_which_row(folder, content, message):
    (folder / "outlets.csv").write_text(content, encoding="utf-8")
    with pytest.raises(CodebookError, match="outlets.csv") as raised:
        read_articles(folder)
    assert message in str(raised.value)


def test_outlets_that_share_only_common_words_are_not_alike():
    assert alike(["Sky News", "Tarsk News", "The News", "News Online", "unknown"]) == []


def test_a_workbook_that_lists_more_files_than_there_are_is_understood(folder):
    listed = ["a.txt", "b.txt", *(f"gone{number}.txt" for number in range(12))]
    table = pd.DataFrame(
        {"File name": listed, "Newspaper": "Harbour Post", "Date": pd.Timestamp("2015-01-02")}
    )
    table.to_excel(folder / "texts" / "list.xlsx", index=False)
    reading = read_articles(folder)
    assert reading.articles["outlet"].to_list() == ["Harbour Post", "Harbour Post"]
    assert str(reading.articles["published"][0]) == "2015-01-02"
    assert len(reading.notes) == 9
    assert reading.notes[-1] == "… and 4 more such lines"
