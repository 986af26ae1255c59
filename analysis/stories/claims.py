"""The same quantity across articles of a story, lined up: who gives which value, and where values contradict."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.stories import lexicons
from analysis.stories.features import features
from analysis.stories.lexicons import in_common_unit, table

# Two values of one thing differ by less than this factor; farther apart they count different things.
_FACTOR = 3.0
# Different values are taken for one quantity only where their sentences say the same: cosine of their words, the number
# left out. Looked at on three corpora of real coverage; where the same happened to those counted, less is enough.
_SAID_ALIKE, _PEOPLE_ALIKE, _BARE_ALIKE, _NEAR = 0.2, 0.3, 0.35, 0.04
_LITTLE = 1.3  # nor much is asked of "19 steps" and "23 steps"
_TOLERANCE = 0.05  # a conversion or a rounding is no contradiction; "about" allows twice as much
_LEAST = 10  # below, "two deaths" and "three deaths" are as often two events as one
_OPEN_UP = frozenset(("more than", "at least"))
_OPEN_DOWN = frozenset(("up to", "less than"))
_ROUGH = frozenset(("about", "almost"))
_REACH = 300  # characters about a number in which its sentence lies
_ENDS = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[A-Z\"“])|\n")


def line_up(quantities: pd.DataFrame, links: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Line up number claims that count the same thing in articles on the same event.

    Counted alike means: one story, one unit after conversion, the same head noun (residents, civilians and people
    are one), no other thing done to them (people killed are not people evacuated; but a number such as 121,000 is nobody's
    by chance, and needs none said). Different values count as one
    quantity where, besides, their sentences resemble each other, the values lie within a factor of three, and neither
    article gives several values of that thing, which then are parts, or told of different times.

    Parameters
    ----------
    quantities : pandas.DataFrame
        The ``quantities`` layer.
    links : pandas.DataFrame
        As `analysis.stories.link` gives it.
    articles : pandas.DataFrame
        Articles with ``article_id``, ``outlet``, ``published``, ``body``.

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
    bodies = dict(zip(articles["article_id"], articles["body"].fillna(""), strict=True))
    found: list[pd.DataFrame] = []
    for _, group in rows.groupby("story", sort=True):
        if len(set(group["article_id"])) > 1:
            own = group.reset_index(drop=True)
            found.append(_groups(own, _closeness(own, bodies)))
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


def _closeness(rows: pd.DataFrame, bodies: Mapping[str, str]) -> np.ndarray:
    """Compare the sentences of claims by their words, the numbers left out."""
    texts = [
        _around(bodies[article_id], start, end)
        for article_id, start, end in rows[["article_id", "start", "end"]].itertuples(index=False)
    ]
    words = features(texts)[0].rows
    close: np.ndarray = np.asarray((words @ words.T).toarray())
    return close


def _around(body: str, start: int, end: int) -> str:
    before, after = body[max(0, start - _REACH) : start], body[end : end + _REACH]
    return f"{_ENDS.split(before)[-1]} {_ENDS.split(after)[0]}"


def _groups(rows: pd.DataFrame, close: np.ndarray) -> pd.DataFrame:
    claims = [_read({str(name): value for name, value in row.items()}) for row in rows.to_dict("records")]
    several = [_one_of_several(claim, claims) for claim in claims]
    parent = list(range(len(claims)))

    def root(item: int) -> int:
        while parent[item] != item:
            item = parent[item]
        return item

    conflict = [False] * len(claims)
    for i, first in enumerate(claims):
        for j in range(i + 1, len(claims)):
            second = claims[j]
            if first["article_id"] == second["article_id"] or not _alike(first, second):
                continue
            if _overlap(first, second):
                together = _one_value(first, second, float(close[i, j]))
            else:
                together = not (several[i] or several[j]) and _one_quantity(first, second, float(close[i, j]))
                if together and _contradict(first, second) and not _part_of_whole(first, second, claims):
                    conflict[i] = conflict[j] = True
            if together:
                parent[max(root(i), root(j))] = min(root(i), root(j))
    roots = [root(item) for item in range(len(claims))]
    odd = [item for item, found in enumerate(conflict) if found]
    for item, claim in enumerate(
        claims
    ):  # whoever gives the same value as one side contradicts the other side too
        conflict[item] = conflict[item] or any(
            roots[item] == roots[other]
            and claim["article_id"] != claims[other]["article_id"]
            and _contradict(claim, claims[other])
            for other in odd
        )
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
    # people of whom nothing is told are any people, unless the number is one that nobody gives twice by chance
    people = "people" in (first["head"], second["head"]) and not (
        _overlap(first, second) and _is_telling(first)
    )
    fates = _fate(first["state"]), _fate(second["state"])
    if fates[0] != fates[1] and (people or all(fates)):
        return False
    small = max(first["low"], second["low"])
    if _overlap(first, second):
        return True
    if small < _LEAST and not first["unit"]:
        return False
    smaller, bigger = sorted((first, second), key=lambda claim: (claim["low"], claim["high"]))
    return bool(smaller["low"] > 0 and bigger["low"] / smaller["high"] < _FACTOR)


def _one_of_several(claim: dict[str, Any], claims: list[dict[str, Any]]) -> bool:
    """Tell whether its article gives another value of the same thing, from nobody else."""
    return any(
        other is not claim
        and other["article_id"] == claim["article_id"]
        and other["claimant"] in (claim["claimant"], "")
        and _alike(claim, other)
        and not _overlap(claim, other)
        for other in claims
    )


def _one_value(first: dict[str, Any], second: dict[str, Any], close: float) -> bool:
    """Tell whether equal values are one quantity: round and small numbers come together by chance."""
    return _is_telling(first) or close >= _NEAR or (first["state"] == second["state"] != "")


def _is_telling(claim: dict[str, Any]) -> bool:
    """Tell a number of three digits that count, such as 121,000, from a round or small one."""
    return len(f"{claim['low']:.6g}".replace(".", "").split("e")[0].rstrip("0")) > 2


def _one_quantity(first: dict[str, Any], second: dict[str, Any], close: float) -> bool:
    """Tell whether different values are of one quantity, by what their sentences say."""
    if first["state"] or second["state"]:
        return first["state"] != "" and second["state"] != "" and close >= _NEAR
    if "people" in (first["head"], second["head"]):  # of whom nothing is told
        return close >= _PEOPLE_ALIKE
    if not (first["head"] and second["head"]):
        # two sources who say how long it will last contradict each other; two sums may be for anything
        sources = {first["claimant"], second["claimant"]} - {""}
        measured = (
            lexicons.kinds()[first["unit"]].kind != "money" if first["unit"] in lexicons.kinds() else False
        )
        return close >= (_NEAR if measured and len(sources) == 2 else _BARE_ALIKE)
    smaller, bigger = sorted((first, second), key=lambda claim: (claim["low"], claim["high"]))
    little = bigger["low"] <= _LITTLE * smaller["high"] and first["unit"] != "percent"
    return close >= (_NEAR if little else _SAID_ALIKE)


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
    if _overlap(first, second) or np.isinf([first["high"], second["high"]]).any():
        return False  # "dozens" is no value
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
