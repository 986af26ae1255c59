"""Where a story is set and who is in it: names weighed by how much its articles make of them.

A name in a headline or in the first lines says more than one that comes up once: a report on a foreign war that quotes a
senator from Michigan is not set in Michigan.
"""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

_POINTS = {"story": str, "name": str, "points": float, "much": int, "share": float}
_AREA = "/"  # before the name of what lies in no country
_HEADLINE, _LEDE = 3.0, 2.0  # points beside the logarithm of the mentions
_OPENING = 400  # characters of the body in which a name stands in the first lines
_SHARE = 0.5  # of the articles of a story have to make much of a name
_MUCH = 2.0  # points from which they do
_WITHIN = 0.6  # share of a country's points from which the story is set in one of its regions or towns
# "the Russian plan" and "Moscow says" are less of a place than "in Russia"; "voters" less of an actor than a party
_WEIGHT = {"demonym": 0.5, "metonym": 0.5, "group": 0.4}


def places_of(joined: pd.DataFrame, places: pd.DataFrame) -> dict[str, str]:
    """Say where each story is set: the country its articles make most of, or a part of it that has most of its points.

    Parameters
    ----------
    joined : pandas.DataFrame
        Articles with ``article_id``, ``headline``, ``story``.
    places : pandas.DataFrame
        The layer of places.

    Returns
    -------
    dict of str to str
        Story → place; none where no place stands out in half of its articles.
    """
    rows = places[(places["place"].fillna("") != "") & ~places["role"].isin(["dateline", "comparison"])]
    country = rows["country"].fillna("")
    known = rows.assign(
        country=country.where(country != "", _AREA + rows["place"]),
        region=rows["region"].fillna(""),
        town=rows["place"].where(
            rows["precision"].isin(["town", "district"]) & (rows["kind"] != "metonym"), ""
        ),
    )
    found = _foremost(_points(joined, known, "country"))
    if found.empty:
        return {}
    called = _called(known, "country")
    found["place"] = [called.get(name, name.removeprefix(_AREA)) for name in found["name"]]
    for level, whole in (("region", "country"), ("town", "region")):
        parts = _points(joined, known[known[level] != ""], level)
        of = known.drop_duplicates(level).set_index(level)[whole].to_dict()
        parts = parts.assign(whole=[of[name] for name in parts["name"]]).merge(
            found.rename(columns={"name": "whole", "points": "most", "place": "wider"}).drop(columns="share"),
            on=["story", "whole"],
        )
        parts = _foremost(parts[parts["points"] >= _WITHIN * parts["most"]])
        if parts.empty:
            continue
        called = _called(known, level)
        wider = parts["wider" if level == "region" else "name"]
        parts["place"] = [called.get(name, other) for name, other in zip(parts["name"], wider, strict=True)]
        found = pd.concat([found[~found["story"].isin(parts["story"])], parts[found.columns]])
    return dict(zip(found["story"].astype(str), found["place"].astype(str), strict=True))


def _foremost(points: pd.DataFrame) -> pd.DataFrame:
    """Keep for each story the name with most points; an area such as a continent only where nothing else stands out."""
    rows = points[points["share"] >= _SHARE]
    rows = rows.assign(area=rows["name"].str.startswith(_AREA))
    rows = rows.sort_values(["story", "area", "points", "name"], ascending=[True, True, False, True])
    return rows.drop_duplicates("story").drop(columns=["area", "much"])


def actors_of(joined: pd.DataFrame, mentions: pd.DataFrame, *, most: int = 3) -> dict[str, list[str]]:
    """Give the actors the articles of each story make most of.

    Parameters
    ----------
    joined : pandas.DataFrame
        As for `places_of`.
    mentions : pandas.DataFrame
        The layer of mentions.
    most : int, optional
        Actors of a story.
    """
    rows = mentions[mentions["actor"].fillna("") != ""]
    points = _points(joined, rows, "actor")
    points = points[points["share"] >= _SHARE].sort_values(
        ["story", "points", "name"], ascending=[True, False, True]
    )
    return {str(story): group["name"].head(most).tolist() for story, group in points.groupby("story")}


def _called(places: pd.DataFrame, level: str) -> dict[str, str]:
    """Give the names of countries or regions that the layer itself holds under their codes."""
    rows = places[places["precision"] == level]
    common = rows.groupby([level, "place"]).size().reset_index(name="n")
    common = common.sort_values(["n", "place"], ascending=[False, True]).drop_duplicates(level)
    return dict(zip(common[level], common["place"], strict=True))


def _points(joined: pd.DataFrame, layer: pd.DataFrame, column: str) -> pd.DataFrame:
    """Weigh names by story: their points, and the share of its articles that make much of them."""
    rows = layer[["article_id", column, "surface", "start", "kind"]].rename(columns={column: "name"})
    rows = rows.merge(joined[["article_id", "story", "headline"]], on="article_id")
    if rows.empty:
        return pd.DataFrame({"story": [], "name": [], "points": [], "much": [], "share": []}).astype(_POINTS)
    rows["weight"] = np.array([_WEIGHT.get(kind, 1.0) for kind in rows["kind"]], dtype=float)
    said = rows.drop_duplicates(["article_id", "name", "surface"])
    inside = [
        surface in head and re.search(rf"(?<!\w){re.escape(surface)}(?!\w)", head) is not None
        for surface, head in zip(said["surface"], said["headline"].fillna(""), strict=True)
    ]
    headed = said[np.array(inside, dtype=bool)].groupby(["article_id", "name"])["weight"].max() * _HEADLINE
    first = rows[rows["start"] < _OPENING].groupby(["article_id", "name"])["weight"].max() * _LEDE
    every = rows.groupby(["story", "article_id", "name"])["weight"].sum().reset_index(name="points")
    keys = pd.MultiIndex.from_frame(every[["article_id", "name"]])
    every["points"] = np.log1p(every["points"])
    every["points"] += headed.reindex(keys, fill_value=0).to_numpy()
    every["points"] += first.reindex(keys, fill_value=0).to_numpy()
    size = joined.groupby("story").size()
    every["much"] = every["points"] >= _MUCH
    found = every.groupby(["story", "name"]).agg(points=("points", "sum"), much=("much", "sum")).reset_index()
    found["share"] = found["much"] / found["story"].map(size)
    return found
