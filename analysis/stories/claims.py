"""The same quantity across articles of a story, lined up: who gives which value, and where values contradict."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from analysis.stories.lexicons import in_common_unit, table

# Two values of one thing differ by less than this factor; farther apart they count different things.
_FACTOR = 3.0
_TOLERANCE = 0.05  # a conversion or a rounding is no contradiction; "about" allows twice as much
_LEAST = 10  # below, "two deaths" and "three deaths" are as often two events as one
_OPEN_UP = frozenset(("more than", "at least"))
_OPEN_DOWN = frozenset(("up to", "less than"))
_ROUGH = frozenset(("about", "almost"))


def line_up(quantities: pd.DataFrame, links: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Line up number claims that count the same thing in articles on the same event.

    Counted alike means: one story, one unit after conversion, the same head noun (residents, civilians and people
    are one), no other thing done to them (people killed are not people evacuated), values within a factor of three.

    Parameters
    ----------
    quantities : pandas.DataFrame
        The ``quantities`` layer.
    links : pandas.DataFrame
        As `analysis.stories.link` gives it.
    articles : pandas.DataFrame
        Articles with ``article_id``, ``outlet``, ``published``.

    Returns
    -------
    pandas.DataFrame
        The claims that have a counterpart in another article, one row each: ``story``, ``claim`` (number of the
        group within the story), ``article_id``, ``outlet``, ``published``, ``start``, ``end``, ``surface``, ``low``,
        ``high``, ``unit`` (the common one), ``counted``, ``qualifier``, ``claimant``, ``verified``, ``conflict``
        (whether some other claim of the group cannot be true together with this one).
    """
    rows = quantities.merge(links[["article_id", "story"]], on="article_id").merge(
        articles[["article_id", "outlet", "published"]], on="article_id"
    )
    rows = rows.sort_values(["story", "article_id", "start"], ignore_index=True)
    found: list[pd.DataFrame] = []
    for _, group in rows.groupby("story", sort=True):
        if len(set(group["article_id"])) > 1:
            found.append(_groups(group.reset_index(drop=True)))
    columns = [
        *(
            "story",
            "claim",
            "article_id",
            "outlet",
            "published",
            "start",
            "end",
            "surface",
            "low",
            "high",
            "unit",
        ),
        *("counted", "qualifier", "claimant", "verified", "conflict"),
    ]
    if not found:
        return pd.DataFrame(columns=columns)
    return pd.concat(found, ignore_index=True)[columns]


def _groups(rows: pd.DataFrame) -> pd.DataFrame:
    claims = [_read({str(name): value for name, value in row.items()}) for row in rows.to_dict("records")]
    parent = list(range(len(claims)))

    def root(item: int) -> int:
        while parent[item] != item:
            item = parent[item]
        return item

    pairs = []
    for i, first in enumerate(claims):
        for j in range(i + 1, len(claims)):
            if _alike(first, claims[j]):
                pairs.append((i, j))
                parent[max(root(i), root(j))] = min(root(i), root(j))
    conflict = [False] * len(claims)
    for i, j in pairs:
        if _contradict(claims[i], claims[j]) and not _part_of_whole(claims[i], claims[j], claims):
            conflict[i] = conflict[j] = True
    roots = [root(item) for item in range(len(claims))]
    rows = rows.assign(
        low=[claim["low"] for claim in claims],
        high=[claim["high"] for claim in claims],
        unit=[claim["unit"] for claim in claims],
        conflict=conflict,
        _root=roots,
    )
    spread = rows.groupby("_root")["article_id"].transform("nunique")
    kept = rows[spread > 1].copy()
    kept["claim"] = kept["_root"].rank(method="dense").astype(int) if len(kept) else pd.Series(dtype=int)
    return kept.sort_values(["claim", "published", "article_id", "start"])


def _read(row: dict[str, Any]) -> dict[str, Any]:
    unit, rate = str(row["unit"] or ""), ""
    if " per " in f" {unit}" and unit not in ("mile per hour", "kilometre per hour"):
        unit, _, rate = f" {unit}".partition(" per ")
        unit = unit.strip()
    low, common = in_common_unit(float(row["low"]), unit)
    high = in_common_unit(float(row["high"]), unit)[0] if pd.notna(row["high"]) else float("inf")
    head, state = _counted(str(row["counted"] or ""))
    return {
        "article_id": row["article_id"],
        "low": low,
        "high": high,
        "unit": f"{common} per {rate}" if rate else common,
        "head": head,
        "state": state,
        "qualifier": str(row["qualifier"] or ""),
        "claimant": str(row["claimant"] or ""),
        "place": str(row["place"] or ""),
    }


def _counted(phrase: str) -> tuple[str, str]:
    """Split "border districts evacuated" into the head noun and what became of those counted."""
    words = phrase.split()
    states = {row["word"] for row in table("states.tsv")}
    state = words.pop() if words and words[-1] in states else ""
    if not words:
        return "", state
    noun = re.sub(r"(?:es|s)$", "", words[-1]) if len(words[-1]) > 3 else words[-1]
    same = {row["form"]: row["noun"] for row in table("same_counted.tsv")}
    return same.get(words[-1], same.get(noun, noun)), state


def _alike(first: dict[str, Any], second: dict[str, Any]) -> bool:
    if first["unit"] != second["unit"] or first["unit"] == "ratio":
        return False
    if not _one_thing(first, second):
        return False
    if first["state"] and second["state"] and _fate(first["state"]) != _fate(second["state"]):
        return False
    small = max(first["low"], second["low"])
    if _overlap(first, second):
        return True
    if small < _LEAST and not first["unit"]:
        return False
    smaller, bigger = sorted((first, second), key=lambda claim: (claim["low"], claim["high"]))
    return bool(smaller["low"] > 0 and bigger["low"] / smaller["high"] < _FACTOR)


def _fate(state: str) -> str:
    """Take together what the news counts as one: those who leave, flee and are evacuated."""
    return "leaving" if state in ("leaving", "fled", "evacuated", "displaced") else state


def _one_thing(first: dict[str, Any], second: dict[str, Any]) -> bool:
    if first["head"] and second["head"]:
        return str(first["head"]) == str(second["head"])
    # measures are often given without a noun: "extended by 120 days"
    return str(first["unit"]) not in ("", "percent")


def _overlap(first: dict[str, Any], second: dict[str, Any]) -> bool:
    rough = bool(_ROUGH & {first["qualifier"], second["qualifier"]})
    slack = _TOLERANCE * (2 if rough else 1) * max(first["low"], second["low"])
    return bool(first["low"] <= second["high"] + slack and second["low"] <= first["high"] + slack)


def _contradict(first: dict[str, Any], second: dict[str, Any]) -> bool:
    """Tell whether two claims cannot both be true; "more than 100" leaves room for 120."""
    if _overlap(first, second):
        return False
    if first["qualifier"] == second["qualifier"]:
        return True
    smaller, bigger = (first, second) if first["low"] < second["low"] else (second, first)
    return not (smaller["qualifier"] in _OPEN_UP or bigger["qualifier"] in _OPEN_DOWN)


def _part_of_whole(first: dict[str, Any], second: dict[str, Any], claims: list[dict[str, Any]]) -> bool:
    """Tell whether the article of one claim has the value of the other too, so that the two count different things.

    Different claimants are no such sign: an article that gives both sides' figures reports a contradiction.
    """
    if first["claimant"] and second["claimant"] and first["claimant"] != second["claimant"]:
        return False
    for one, other in ((first, second), (second, first)):
        for claim in claims:
            if claim["article_id"] == one["article_id"] and _alike(claim, other) and _overlap(claim, other):
                return True
    return False
