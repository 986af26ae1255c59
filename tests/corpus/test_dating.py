import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.corpus.dating import Line, date_article
from analysis.corpus.dating.anchors import anchors
from analysis.corpus.dating.stamps import stamps
from analysis.corpus.dating.values import date_in_path, read_date
from analysis.corpus.inputs import read_articles
from analysis.corpus.reading import Found

SHARED = Path(__file__).parents[3] / "shared"


def _page(*lines):
    return [
        Line(number, kind, kind in ("body", "subheading"), text)
        for number, (kind, text) in enumerate(lines, start=1)
    ]


OPENING = (
    "body",
    "The river port of Lysenk was without power after a night of shelling, officials said on Monday.",
)
MORE = (
    "body",
    "A ferry left the port on Monday with two hundred people, among them the crew of a grain ship, the mayor said.",
)


def test_the_columns_date_is_trusted_before_the_page():
    lines = _page(("timestamp", "Published 9 March 2023"), OPENING)
    given_ = {
        "date": Found("2023-03-07", "column date"),
        "url": Found("https://x.example/2023/03/08/a", "column url"),
    }
    dated = date_article(lines, given=given_)
    assert (dated.start, dated.precision, dated.conflict) == (date(2023, 3, 7), "day", "")
    assert {candidate.kind for candidate in dated.candidates} == {"column", "url", "stamp"}
    assert [candidate.kind for candidate in dated.candidates if candidate.chosen] == ["column"]
    assert all(candidate.reason for candidate in dated.candidates)


def test_what_the_analyst_wrote_comes_first_and_contradictions_are_named():
    lines = _page(("timestamp", "Published 9 March 2023"), OPENING)
    dated = date_article(lines, given={"date": Found("2022-12-01", "sources.csv")})
    assert dated.start == date(2022, 12, 1)
    assert "9 March 2023" in dated.conflict
    assert "98 days later" in dated.conflict


def test_months_and_ranges_of_the_analyst_keep_their_precision():
    assert date_article([], given={"date": Found("2023-02", "sources.csv")}).precision == "month"
    dated = date_article([], given={"date": Found("2023-03-08/2023-03-09", "sources.csv")})
    assert (dated.start, dated.end, dated.precision) == (date(2023, 3, 8), date(2023, 3, 9), "range")


def test_an_impossible_column_date_is_said_and_the_next_evidence_taken():
    dated = date_article(
        _page(OPENING),
        given={"date": Found("2023-02-31", "column date"), "url": Found("/2023/03/01/a", "column url")},
    )
    assert dated.start == date(2023, 3, 1)
    assert "'2023-02-31', which is no possible date" in dated.how
    future = date_article([], given={"date": Found("2031-01-01", "column date")}, latest=date(2026, 1, 1))
    assert future.precision == "unknown"


def test_the_stamp_beside_the_article_is_its_own():
    lines = _page(
        ("timestamp", "Friday, 22 March 2024"),
        ("navigation", "Home"),
        ("navigation", "News"),
        ("related link", "An older story of 3 January 2020"),
        ("headline", "Port without power"),
        ("byline", "By Ada Writer - 03/19/24 06:56 AM EST"),
        OPENING,
        ("comment", "reader on March 25, 2024 at 5:23 pm said:"),
    )
    dated = date_article(lines, given={})
    assert dated.start == date(2024, 3, 19)
    assert dated.how == 'stamp in line 6: "03/19/24"'


def test_an_ambiguous_numeric_stamp_is_a_range():
    dated = date_article(_page(("timestamp", "03/04/2023"), OPENING), given={})
    assert (dated.start, dated.end) == (date(2023, 3, 4), date(2023, 4, 3))


def test_a_stamp_yields_to_scenes_and_counting_that_agree():
    lines = _page(
        ("timestamp", "Tuesday, November 5, 2024"),
        ("headline", "Port without power"),
        OPENING,
        ("caption", "People wait for the ferry in Lysenk, Monday, August 19, 2024. (Photo: Agency)"),
        ("caption", "A picture from above shows the burnt pier of Lysenk, August 17, 2024."),
        MORE,
    )
    dated = date_article(lines, given={})
    assert (dated.start, dated.end, dated.precision) == (date(2024, 8, 19), date(2024, 8, 20), "range")
    assert "November 5, 2024" in dated.conflict
    chosen = [candidate for candidate in dated.candidates if candidate.chosen]
    assert len(chosen) == 1
    assert "stamp is that of a copy" in chosen[0].reason


def test_a_lone_archive_picture_does_not_overrule_a_stamp():
    lines = _page(
        ("timestamp", "Tuesday, November 5, 2024"),
        OPENING,
        ("caption", "FILE - The pier of Lysenk on Monday, August 19, 2024, file photo."),
    )
    assert date_article(lines, given={}).start == date(2024, 11, 5)


def test_a_headline_spliced_into_the_page_does_not_date_it():
    lines = _page(OPENING, ("related link", "Election of 5 November 2024: what to know"), MORE)
    dated = date_article(lines, given={})
    assert dated.start is None
    assert dated.precision == "unknown"


def test_counting_from_a_known_event_gives_an_honest_range():
    lines = _page(
        OPENING,
        ("body", "Thousands have fled since Russia invaded Ukraine a year ago, the mayor said on Tuesday."),
    )
    dated = date_article(lines, given={})
    assert dated.precision == "range"
    assert dated.start <= date(2023, 2, 28) <= dated.end
    assert (dated.end - dated.start).days <= 92
    assert "full-scale invasion of Ukraine" in dated.how


def test_seasons_and_months_narrow_a_range():
    lines = _page(
        (
            "body",
            "Its troops captured Lysychansk last summer, and losses rose again in February, the ministry said.",
        ),
        ("body", "New tanks are expected to arrive this spring, officials say."),
    )
    dated = date_article(lines, given={})
    assert (dated.start, dated.end) == (date(2023, 2, 1), date(2023, 5, 31))


def test_a_dateline_without_a_year_is_completed_inside_a_range():
    lines = _page(
        (
            "body",
            "LYSENK, March 8 (Agency) - The port was without power for a second night, officials said on Wednesday.",
        ),
        ("body", "It is the heaviest shelling since Russia invaded Ukraine a year ago."),
    )
    dated = date_article(lines, given={})
    assert (dated.start, dated.precision) == (date(2023, 3, 8), "day")


def test_a_day_that_must_have_passed_alone_dates_nothing():
    lines = _page(
        OPENING, ("body", "The bridge was built in 1998 and rebuilt after the flood of 3 May 2010.")
    )
    dated = date_article(lines, given={})
    assert dated.start is None
    assert "2010-05-03" in dated.how
    assert "nothing bounds it from above" in dated.how


def test_a_column_before_what_the_text_tells_is_a_conflict():
    lines = _page(OPENING, ("body", "The pier burnt down on 3 May 2021, the harbour master told the court."))
    dated = date_article(lines, given={"date": Found("2020-05-03", "column date")})
    assert '"3 May 2021" is after it' in dated.conflict


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2030, 12, 31)))
def test_every_way_to_write_a_day_is_read_back(day):
    for text in (
        day.isoformat(),
        f"{day.isoformat()}T23:59:00Z",
        f"{day:%d %B %Y}",
        f"{day:%B} {day.day}, {day.year}",
        f"{day:%a}, {day:%d %b %Y} 10:00:00 GMT",
        f"{day:%Y%m%d}",
        f"{day:%Y/%m/%d}",
    ):
        value = read_date(text)
        assert value is not None, text
        assert (value.start, value.end) == (day, day), text
    both = read_date(f"{day.month}/{day.day}/{day.year}")
    assert both is not None
    assert both.start <= day <= both.end
    assert read_date(f"{day.month}/{day.day}/{day.year}", order=False).start == day
    assert date_in_path(f"https://x.example/{day:%Y/%m/%d}/a-story")[0].start == day
    line = Line(1, "timestamp", False, f"Published {day:%A}, {day.day} {day:%B} {day.year} at 10:15")
    assert [stamp.start for stamp in stamps([line])] == [day]


@given(st.text(max_size=60))
def test_no_text_is_a_traceback(text):
    value = read_date(text)
    assert value is None or value.start <= value.end
    date_article(
        [Line(1, "timestamp", False, text), Line(2, "body", True, text)],
        given={"date": Found(text, "column d")},
        path=text,
    )


def test_the_table_of_events_is_well_formed():
    events = [anchor.event for anchor in anchors()]
    assert len(events) == len(set(events))
    for anchor in anchors():
        assert anchor.start <= anchor.end <= anchor.start + timedelta(days=90)
        assert all(word == word.lower() and word for words in anchor.keys for word in words)


@pytest.mark.seeds
def test_the_five_seeds_are_dated_rightly_or_honestly():
    if not (SHARED / "seeds").is_dir():
        pytest.skip("../shared/seeds is absent: the five real articles are not part of the project")
    with (SHARED / "benchmarks/seeds/facts.csv").open(encoding="utf-8") as handle:
        facts = {row["file"]: date.fromisoformat(row["published"]) for row in csv.DictReader(handle)}
    articles = read_articles(SHARED / "seeds").articles
    assert articles.height == 5
    for article in articles.to_dicts():
        assert article["published"] <= facts[article["path"]] <= article["published_until"], article["path"]
        assert (article["published_until"] - article["published"]).days <= 125
    copied = articles.filter(articles["published_conflict"] != "")
    assert copied["path"].to_list() == ["001_461cd2a70c075a02.txt"]
