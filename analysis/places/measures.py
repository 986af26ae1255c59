"""What the places layer says about coverage: how often, where, and how much of it could be located."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.errors import MeasureError, nearest
from analysis.places.gazetteer import load

NAMES = ("town", "district", "region", "country", "area", "water", "facility")
LOW_MARGIN = 0.5  # below this lead over the next candidate the analyst should look


def located(places: pd.DataFrame, *, metonyms: bool = False) -> pd.DataFrame:
    """Keep the rows that name a place and know where it is.

    Parameters
    ----------
    places : pandas.DataFrame
        The ``places`` layer.
    metonyms : bool
        Whether names that stand for a government ("Moscow said") count as their town too.

    Returns
    -------
    pandas.DataFrame
        Rows of `places`; demonyms never.

    Examples
    --------
    >>> places = pd.DataFrame({"place": ["Odesa", ""], "kind": "town", "lat": [46.48, None]})
    >>> located(places)["place"].tolist()
    ['Odesa']
    """
    kinds = (*NAMES, "metonym") if metonyms else NAMES
    return places[places["kind"].isin(kinds) & places["lat"].notna()]


def counts(
    places: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet", metonyms: bool = False
) -> pd.DataFrame:
    """Count mentions of each place in each group, as a map draws them.

    Parameters
    ----------
    places : pandas.DataFrame
        The ``places`` layer.
    articles : pandas.DataFrame
        With ``article_id`` and the `by` column.
    by : str
        Column of `articles` that makes the groups.
    metonyms : bool
        See `located`.

    Returns
    -------
    pandas.DataFrame
        ``group, place_id, place, precision, country, region, lat, lon, n, n_articles, n_event``: mentions, articles
        with one, mentions where something happens. By group, then most mentioned first.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["Hill Post", "Quay Star"]})
    >>> places = pd.DataFrame({"article_id": ["a"], "surface": "Odesa", "kind": "town", "role": "event", "place_id": "698740",
    ...     "place": "Odesa", "precision": "town", "country": "UA", "region": "UA.17", "lat": 46.48, "lon": 30.74})
    >>> counts(places, articles)[["group", "place", "n", "n_articles", "n_event"]]
           group  place  n  n_articles  n_event
    0  Hill Post  Odesa  1           1        1
    """
    rows = with_groups(located(places, metonyms=metonyms), articles, by=by)
    rows = rows.assign(event=rows["role"].eq("event"))
    keys = ["group", "place_id", "place", "precision", "country", "region", "lat", "lon"]
    table = rows.groupby(keys, dropna=False).agg(
        n=("surface", "size"), n_articles=("article_id", "nunique"), n_event=("event", "sum")
    )
    return table.reset_index().sort_values(
        ["group", "n", "place", "place_id"], ascending=[True, False, True, True], ignore_index=True
    )


def with_groups(rows: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet") -> pd.DataFrame:
    """Add to rows of the layer the group of their article, under the name ``group``.

    Parameters
    ----------
    rows : pandas.DataFrame
        With ``article_id``; a column ``group`` of its own is written over.
    articles : pandas.DataFrame
        With ``article_id`` and the `by` column; rows of other articles are left out.
    by : str
        Column of `articles` that makes the groups; an empty cell makes the group ``unknown``.

    Returns
    -------
    pandas.DataFrame

    Raises
    ------
    MeasureError
        When the column is absent.
    """
    if by not in articles:
        raise MeasureError(f"articles have no column {by!r}{nearest(by, articles.columns)}")
    groups = articles.set_index("article_id")[by].fillna("").replace("", "unknown")
    known = rows[rows["article_id"].isin(groups.index)]
    return known.assign(group=known["article_id"].map(groups))


def unlocated(
    places: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet", **options: Any
) -> pd.DataFrame:
    """Estimate the share of place names without coordinates, a row a group.

    Parameters
    ----------
    places, articles : pandas.DataFrame
        The layer, and the articles with the `by` column.
    by : str
        Column of `articles` that makes the groups.
    **options
        Passed to `analysis.text.estimates.shares`.

    Returns
    -------
    pandas.DataFrame
        Estimates, with ``item`` always ``"not located"``.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["Hill Post", "Quay Star"]})
    >>> places = pd.DataFrame({"article_id": ["a", "a"], "kind": "town", "lat": [46.48, None]})
    >>> unlocated(places, articles)[["group", "item", "k", "n"]]
           group         item  k  n
    0  Hill Post  not located  1  2
    1  Quay Star  not located  0  0
    """
    from analysis.text.estimates import shares  # here, so that annotating does not load scipy

    rows = places[places["kind"].isin(NAMES)]
    rows = rows.assign(state=rows["lat"].isna().map({True: "not located", False: "located"}))
    table = shares(rows, articles, item="state", by=by, **options)
    return table[table["item"] == "not located"].reset_index(drop=True)


def share_unlocated(places: pd.DataFrame) -> tuple[int, int]:
    """Give k of n: place names without coordinates, and all place names (demonyms and metonyms left out)."""
    rows = places[places["kind"].isin(NAMES)]
    return int(rows["lat"].isna().sum()), len(rows)


def by_region(
    places: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet", country: str = "", **options: Any
) -> pd.DataFrame:
    """Estimate each group's share of located names by first-order region, or by country.

    Parameters
    ----------
    places, articles : pandas.DataFrame
        The layer, and the articles with the `by` column.
    by : str
        Column of `articles` that makes the groups.
    country : str
        ISO code. When given, the regions of that country; names of the whole country are left out of *n*.
    **options
        Passed to `analysis.text.estimates.shares`.

    Returns
    -------
    pandas.DataFrame
        Estimates; ``item`` is the name of the region or country.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["Hill Post", "Quay Star"]})
    >>> places = pd.DataFrame({"article_id": ["a", "b"], "kind": "town", "lat": 46.5, "country": "UA", "region": ["UA.17", "UA.05"]})
    >>> by_region(places, articles, country="UA")[["group", "item", "k", "n"]].query("k > 0")
           group            item  k  n
    1  Quay Star  Donetsk region  1  1
    2  Hill Post    Odesa region  1  1
    """
    from analysis.text.estimates import shares  # here, so that annotating does not load scipy

    rows = located(places)
    code = "country"
    if country:
        code = "region"
        rows = rows[(rows["country"] == country) & rows["region"].ne("")]
    names = {key: name_of_unit(key) for key in rows[code].unique()}
    return shares(rows.assign(unit=rows[code].map(names)), articles, item="unit", by=by, **options)


def name_of_unit(code: str) -> str:
    """Name a country or first-order region by its code; an empty string for none.

    Examples
    --------
    >>> name_of_unit("UA.05"), name_of_unit("UA")
    ('Donetsk region', 'Ukraine')
    """
    unit = load().unit(code) if code else None
    if unit is None:
        return ""
    if unit.kind != "region":
        return unit.name
    bare = unit.name.removesuffix(" Oblast").removesuffix(" Region")
    town = any(c.place.kind == "town" and c.place.region == code for c in load().candidates(bare))
    return f"{bare} region" if town or bare != unit.name else bare


def doubtful(places: pd.DataFrame, *, margin: float = LOW_MARGIN) -> pd.DataFrame:
    """List the names an analyst should look at: not located, or with a close second candidate.

    Parameters
    ----------
    places : pandas.DataFrame
        The ``places`` layer.
    margin : float
        Leads below this are close.

    Returns
    -------
    pandas.DataFrame
        ``surface, place, region, candidates, margin, n, n_articles, why``, most frequent first. Put the right place
        into ``places.csv`` beside the articles.

    Examples
    --------
    >>> places = pd.DataFrame({"article_id": "a", "surface": ["Odesa", "Quillhaven"], "kind": "town", "place": ["Odesa", ""],
    ...     "region": "", "lat": [46.48, None], "margin": [0.2, 0.0], "candidates": ""})
    >>> doubtful(places)[["surface", "n", "why"]]
          surface  n                     why
    0       Odesa  1  close second candidate
    1  Quillhaven  1    not in the gazetteer
    """
    rows = places[places["kind"].isin(NAMES)]
    unknown = rows["lat"].isna()
    close = ~unknown & rows["margin"].lt(margin)
    rows = rows.assign(why=unknown.map({True: "not in the gazetteer", False: "close second candidate"}))
    table = rows[unknown | close].groupby(["surface", "place", "region", "why"], dropna=False)
    listed = table.agg(
        candidates=("candidates", "first"),
        margin=("margin", "min"),
        n=("surface", "size"),
        n_articles=("article_id", "nunique"),
    )
    order = ["surface", "place", "region", "candidates", "margin", "n", "n_articles", "why"]
    return listed.reset_index().sort_values(["n", "surface"], ascending=[False, True], ignore_index=True)[
        order
    ]


def timeline(
    places: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet", limit: int = 12, most: int = 20
) -> pd.DataFrame:
    """Follow the most mentioned places week by week, or month by month where there are many weeks.

    Parameters
    ----------
    places, articles : pandas.DataFrame
        The layer, and the articles with ``published`` and the `by` column. Undated articles are left out.
    by : str
        Column of `articles` that makes the groups.
    limit : int
        Number of places followed: those in most articles.
    most : int
        Weeks with articles; when there are more, periods are months.

    Returns
    -------
    pandas.DataFrame
        ``place, group, period, n, n_articles, articles``: first day of the period, mentions, articles of the group in
        the period that name the place, and all its articles of the period. Places by articles, then time.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["Hill Post", "Quay Star"],
    ...     "published": pd.to_datetime(["2024-08-19", "2024-08-21"])})
    >>> places = pd.DataFrame({"article_id": ["a", "b"], "surface": "Odesa", "place": "Odesa", "kind": "town",
    ...     "precision": "town", "lat": 46.48})
    >>> timeline(places, articles)[["place", "group", "period", "n", "articles"]]
       place      group     period  n  articles
    0  Odesa  Hill Post 2024-08-19  1         1
    1  Odesa  Quay Star 2024-08-19  1         1
    """
    dated = articles[articles["published"].notna()]
    if dated.empty:
        return pd.DataFrame(columns=["place", "group", "period", "n", "n_articles", "articles"])
    days = pd.to_datetime(dated["published"])
    weeks = days.dt.to_period("W")
    periods = (weeks if weeks.nunique() <= most else days.dt.to_period("M")).dt.start_time
    dated = dated.assign(period=periods.to_numpy())
    rows = located(places)
    rows = with_groups(rows[rows["precision"].ne("country")], dated, by=by)
    rows = rows.assign(period=rows["article_id"].map(dated.set_index("article_id")["period"]))
    known = rows.groupby("place")["article_id"].nunique().sort_values(ascending=False, kind="stable")
    order = {place: rank for rank, place in enumerate(known.index[:limit])}
    rows = rows[rows["place"].isin(order)]
    keys = ["place", "group", "period"]
    table = rows.groupby(keys).agg(n=("surface", "size"), n_articles=("article_id", "nunique")).reset_index()
    groups = dated[by].fillna("").replace("", "unknown")
    sizes = dated.assign(group=groups).groupby(["group", "period"]).size().rename("articles").reset_index()
    table = table.merge(sizes, on=["group", "period"])
    table = table.assign(_rank=table["place"].map(order))
    return table.sort_values(["_rank", "period", "group"], ignore_index=True).drop(columns="_rank")


def to_geojson(places: pd.DataFrame, articles: pd.DataFrame, *, by: str = "outlet") -> dict[str, Any]:
    """Export counted places as GeoJSON points, one feature a place and group.

    Parameters
    ----------
    places, articles : pandas.DataFrame
        The layer, and the articles with the `by` column.
    by : str
        Column of `articles` that makes the groups.

    Returns
    -------
    dict
        A FeatureCollection; ``json.dump`` writes it. The point of a region or country is only a label point:
        ``precision`` says so.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a", "b"], "outlet": ["Hill Post", "Quay Star"]})
    >>> places = pd.DataFrame({"article_id": ["a"], "surface": "Odesa", "kind": "town", "role": "event", "place_id": "698740",
    ...     "place": "Odesa", "precision": "town", "country": "UA", "region": "UA.17", "lat": 46.48, "lon": 30.74})
    >>> to_geojson(places, articles)["features"][0]["geometry"]
    {'type': 'Point', 'coordinates': [30.74, 46.48]}
    """
    features = []
    row: Any
    for row in counts(places, articles, by=by).itertuples():
        properties = {
            "group": row.group,
            "place": row.place,
            "place_id": row.place_id,
            "precision": row.precision,
            "country": row.country,
            "region": row.region,
            "mentions": int(row.n),
            "articles": int(row.n_articles),
            "events": int(row.n_event),
        }
        point = {"type": "Point", "coordinates": [round(float(row.lon), 4), round(float(row.lat), 4)]}
        features.append({"type": "Feature", "geometry": point, "properties": properties})
    return {"type": "FeatureCollection", "features": features}
