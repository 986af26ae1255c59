"""Rules that say when a number looks implausible; each names what it saw, none removes anything."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from analysis.stories.lexicons import in_common_unit, kinds

_PEOPLE_ALIVE = 8.3e9
# more than any army has lost in one day since 1945, by an order of magnitude: a total told as a day's
_DEAD_OF_A_DAY = 20_000
_MANY = 100  # fewer are the dead of an accident, and "the first since" a date is no sum
_LOSS = re.compile(r"\b(?:casualt\w+|losses|loss|killed|dead|deaths?|wounded|fatalit\w+|lost)\b")
_WHOLE = re.compile(
    r"\bsince\b|\bwar began\b|\binvasion\b|\bso far\b|\bover the war\b|\btotal\b", re.IGNORECASE
)
_ONE_DAY = re.compile(
    r"\b(?:day|daily|overnight|night|yesterday|today|24 hours|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
)
_ONE_MONTH = re.compile(
    r"\b(?:month|week|january|february|march|april|may|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)


def flag_article(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Add the ``flag`` column to the number claims of one article.

    Parameters
    ----------
    rows : sequence of mappings
        Rows of the ``quantities`` layer of one article, in order.

    Returns
    -------
    list of dict
        The same rows with ``flag``: why a number looks implausible, in words; empty where it does not.
    """
    flags = [_alone(row) for row in rows]
    for position, row in enumerate(rows):
        flags[position] = (
            flags[position] or _beside_shorter_span(row, rows) or _conversion(row, rows, position)
        )
    return [{**row, "flag": flag} for row, flag in zip(rows, flags, strict=True)]


def _alone(row: Mapping[str, Any]) -> str:
    high = row["high"] if row["high"] is not None else row["low"]
    if row["high"] is not None and row["high"] < row["low"] and row["unit"] != "ratio":
        return "the range runs backwards"
    if (
        row["unit"] == "percent"
        and high > 100
        and re.search(r"\b(?:of|held|town|city|land|people)\b", row["counted"])
    ):
        return "more than the whole"
    counted = str(row["counted"])
    if (
        re.search(r"\b(?:people|persons|civilians|residents|soldiers|children)\b", counted)
        and high > _PEOPLE_ALIVE
    ):
        return "more people than are alive"
    if _is_loss(row) and high >= _DEAD_OF_A_DAY and _is_one_day(row):
        return "losses of a war told as those of one day"
    return ""


def _is_loss(row: Mapping[str, Any]) -> bool:
    return bool(_LOSS.search(str(row["counted"]))) and not str(row["unit"]).startswith(("percent", "ratio"))


def _is_one_day(row: Mapping[str, Any]) -> bool:
    if str(row["unit"]).endswith("per day"):
        return True
    return bool(_ONE_DAY.search(str(row["when"]))) and not _WHOLE.search(str(row["when"]))


def _beside_shorter_span(row: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> str:
    """Losses of the whole time that are smaller than those of a month or a day in the same article."""
    if not _is_loss(row) or not _WHOLE.search(str(row["when"])) or (row["high"] or 0) < _MANY:
        return ""
    for other in rows:
        shorter = _is_one_day(other) or (
            bool(_ONE_MONTH.search(str(other["when"]))) and not _WHOLE.search(str(other["when"]))
        )
        if other is not row and _is_loss(other) and shorter and other["low"] > row["high"]:
            return (
                f"{row['surface']} for the whole time ({row['when']}) is less than "
                f"{other['surface']} for a part of it ({other['when']})"
            )
    return ""


def _conversion(row: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], position: int) -> str:
    """Two values of one kind side by side, "10km (six miles)", that do not agree within a fifth."""
    if not position or row["unit"] not in kinds() or kinds()[row["unit"]].kind not in ("length", "area"):
        return ""
    before = rows[position - 1]
    close = before["sentence"] == row["sentence"] and 0 <= row["start"] - before["end"] <= 16
    if not close or before["unit"] == row["unit"] or before["unit"] not in kinds():
        return ""
    first, unit = in_common_unit(float(before["low"]), str(before["unit"]))
    second, same = in_common_unit(float(row["low"]), str(row["unit"]))
    if unit == same and max(first, second) > 1.2 * min(first, second):
        return f"{row['surface']} {row['unit']} is not {before['surface']} {before['unit']}"
    return ""
