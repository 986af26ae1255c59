"""What the places say, in words made from the data: headings, leads and alternative texts of a report."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.corpus.overview import counted, from_outlets, largest_first, number
from analysis.places.measures import counts, located, share_unlocated, with_groups

LIMITS = (
    "Names are found by a gazetteer and weighed by what stands around them; on articles of American local papers 87 of "
    "100 names found are right, and 85 of 100 are found. Towns of fewer than 500 people are known only where the kit lists them.",
    "Which place of a name is meant is decided by the article and by the outlet's other articles; of names found, about "
    "nine in ten lie within 161 km of where readers put them. Doubtful ones are listed at the end: put the right place "
    "into places.csv.",
    "A place named is not a place reported on: where something happens is told from a mere mention by the words beside "
    "the name, rightly in about nine of ten. Nationalities, and capitals that stand for governments, are counted apart.",
)

_MOSTLY_COUNTRIES = 0.4
"""Share of located names under which towns and regions do not lead."""


def most_named(places: pd.DataFrame, articles: pd.DataFrame) -> str:
    """Say which place is named most: below the level of a country, unless most names are those of countries.

    Examples
    --------
    >>> most_named(pd.DataFrame(columns=["kind", "lat", "article_id", "role", "surface"]), pd.DataFrame({"article_id": []}))
    'No place could be located'
    """
    rows = located(places)
    if rows.empty:
        return "No place could be located"
    table = counts(places, articles.assign(_all="all"), by="_all")
    small = table[table["precision"] != "country"]
    # a war has its towns; diplomacy is told in the names of countries
    table = small if small["n"].sum() > _MOSTLY_COUNTRIES * table["n"].sum() else table
    first: Any = table.iloc[0]
    of = "Of towns and regions, " if table is small else ""
    return (
        f"{of}{first['place']} is named most: {int(first['n']):,} of {int(table['n'].sum()):,} located names"
    )


def unlocated_lead(places: pd.DataFrame) -> str:
    """Say how much of the naming the map leaves out."""
    missing, of = share_unlocated(places)
    countries = int((located(places)["precision"] == "country").sum())
    standing = int((places["kind"] == "metonym").sum())
    people = int((places["kind"] == "demonym").sum())
    return (
        f"Of {of:,} place names, {missing:,} could not be located and {countries:,} name a whole country; "
        f"{standing:,} capitals or countries stand for their government and {people:,} words for a people, counted apart."
    )


def map_described(places: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet", items: int = 4) -> str:
    """Write the alternative text of a map: the most named places of each group, with their numbers."""
    parts = []
    for group, table in counts(places, articles, by=by).groupby("group"):
        small = table[table["precision"] != "country"]
        small = (small if len(small) else table).head(items)
        names = ", ".join(f"{place} {n}" for place, n in zip(small["place"], small["n"], strict=True))
        parts.append(f"{group}: {names or 'none'}")
    return f"Map of places named, mentions by {by}. {'; '.join(parts)}."


def naming_claim(table: pd.DataFrame) -> str:
    """Say for the most mentioned contested place who writes which name.

    Parameters
    ----------
    table : pandas.DataFrame
        From `analysis.places.naming`.
    """
    if table.empty:
        return "No place with competing names is mentioned"
    varied = table.groupby("place", sort=False)["form"].nunique()
    several = varied[varied > 1]
    if len(varied) > 1 and not len(several):
        return f"Each of {len(varied)} places with competing names is written in one way"
    place = several.index[0] if len(several) else varied.index[0]
    rows = table[table["place"] == place]
    parts = []
    for form, part in rows.groupby("form"):
        users = ", ".join(
            f"{group} {k} of {n}" for group, k, n in zip(part["group"], part["k"], part["n"], strict=True)
        )
        parts.append(f"“{form}” ({users})")
    if len(several):
        return f"{place} is written in {len(parts)} ways: {' and '.join(parts)}"
    return f"{place} is written in one way: {parts[0]}"


def comparable_pair(places: pd.DataFrame, articles: pd.DataFrame) -> tuple[list[str], str]:
    """Name the two outlets with most articles, if both have enough to be compared on a map; else say why not.

    Examples
    --------
    >>> few = pd.DataFrame({"article_id": ["a"], "outlet": ["Harbour Gazette"]})
    >>> comparable_pair(pd.DataFrame(columns=["kind", "lat", "article_id"]), few)[1]
    'Fewer than two outlets locate a place: there is nothing to set side by side'
    """
    from analysis.text.estimates import MINIMUM_ARTICLES  # here, so that annotating does not load scipy

    names = with_groups(located(places), articles)["group"].unique()
    pair = [name for name in largest_first(articles) if name in names and name != "unknown"][:2]
    if len(pair) < 2:
        return [], "Fewer than two outlets locate a place: there is nothing to set side by side"
    sizes = articles["outlet"].value_counts()
    few = [f"{name} ({int(sizes[name])})" for name in pair if sizes[name] < MINIMUM_ARTICLES]
    if few:
        return [], (
            f"Too few articles for a map of differences: {' and '.join(few)}, where "
            f"{MINIMUM_ARTICLES} an outlet are the least"
        )
    return pair, f"What {pair[0]} and {pair[1]} name more than each other"


def maps_of(places: pd.DataFrame, articles: pd.DataFrame, *, limit: int = 6) -> str:
    """Say whose maps stand side by side, where there are more outlets than maps.

    Examples
    --------
    >>> maps_of(pd.DataFrame(columns=["kind", "lat", "article_id"]), pd.DataFrame({"article_id": ["a"], "outlet": ["East"]}))
    'No outlet locates a place'
    """
    names = set(with_groups(located(places), articles)["group"])
    names = names - {"unknown"} or names
    if not names:
        return "No outlet locates a place"
    if len(names) <= limit:
        return f"The maps of {from_outlets(names)}"
    return f"The maps of {number(limit)} of {from_outlets(names)}: those that locate most"


def over_weeks(table: pd.DataFrame) -> str:
    """Say how many places are followed over how many weeks or months.

    Parameters
    ----------
    table : pandas.DataFrame
        From `analysis.places.timeline`: weeks begin on a Monday, months on their first day.

    Examples
    --------
    >>> over_weeks(pd.DataFrame({"place": ["Kyiv", "Kyiv"], "period": pd.to_datetime(["2023-03-06", "2023-03-13"])}))
    'One place through two weeks'
    """
    if table.empty:
        return "No place is named in an article with a date"
    starts = pd.to_datetime(table["period"])
    unit = "week" if (starts.dt.day_of_week == 0).all() else "month"
    places = counted(table["place"].nunique(), "place")
    return f"{places[0].upper()}{places[1:]} through {counted(starts.nunique(), unit)}"


def timeline_described(table: pd.DataFrame) -> str:
    """Write the alternative text of the places by week."""
    if table.empty:
        return "No place is named in an article with a date."
    parts = []
    for place, rows in table.groupby("place", sort=False):
        weeks = rows.groupby("period")["n"].sum()
        parts.append(f"{place} {int(weeks.sum())}, most from {weeks.idxmax():%d %B %Y} ({int(weeks.max())})")
    return f"Mentions of places by week. {'; '.join(parts)}."
