"""Names for what cleaning decided: the kind of each line, the rule, and the reason in words."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.corpus.cleaning import chrome, line_features

Flags = NDArray[np.bool_]
Decision = tuple[str, str, str]  # kind, rule, reason

_COLUMN = {name: number for number, name in enumerate(line_features.NAMES)}


def verdict(
    number: int,
    features: line_features.Matrix,
    scores: line_features.Matrix,
    kept: Flags,
    ranks: Sequence[int | None],
    decided: Mapping[int, Decision],
) -> dict[str, Any]:
    """Put a decision in words."""
    row = features[number]
    if kept[number]:
        words = math.expm1(row[_COLUMN["n_words"]])
        heading = (
            row[_COLUMN["closed"]] == 0
            and row[_COLUMN["colon"]] == 0
            and 0 < words <= 14
            and not row[_COLUMN["bullet"]]
        )
        kind = "subheading" if heading and number + 1 < len(kept) and kept[number + 1] else "body"
        reason = (
            "a short line over a paragraph"
            if kind == "subheading"
            else "reads like a paragraph of the article"
        )
        return {"kind": kind, "kept": True, "rule": "article text", "reason": reason}
    kind, rule, reason = decided.get(number, ("", "", ""))
    if not rule:
        rule, reason = "model", _traits(row, scores[number])
    return {
        "kind": kind or _kind(number, features, kept, ranks),
        "kept": False,
        "rule": rule,
        "reason": reason,
    }


def _kind(number: int, features: line_features.Matrix, kept: Flags, ranks: Sequence[int | None]) -> str:
    """Name the kind of a removed line that no sure rule named."""
    rules = chrome.rules()
    rank = ranks[number]
    if rank is not None:
        return rules[rank].kind
    row = features[number]
    words = math.expm1(row[_COLUMN["n_words"]])
    inside = np.flatnonzero(kept)
    first, last = (int(inside[0]), int(inside[-1])) if len(inside) else (len(kept), len(kept))
    before = ranks[number - 1] if number else None
    if before is not None and rules[before].kind == "player notice" and words <= 14:
        return "video title"
    if number > last and any(
        rank is not None and rules[rank].kind == "comment" for rank in ranks[last + 1 : number]
    ):
        return "comment" if words >= 4 else "navigation"
    if number > last and row[_COLUMN["from_end"]] < 6 and words > 3:
        return "footer" if row[_COLUMN["prose"]] else "related link"
    if words <= 3:
        return "section label" if first - 6 <= number <= last else "navigation"
    if row[_COLUMN["prose"]] and first - 8 <= number <= last:
        return "caption" if row[_COLUMN["overlap"]] >= 0.4 else "promotion"
    return "related link"


def _traits(row: line_features.Matrix, score: float) -> str:
    """Say what in a line speaks against it, in the order of weight."""
    at = _COLUMN
    words = round(math.expm1(row[at["n_words"]]))
    traits = [
        ("not closed like a sentence", row[at["closed"]] == 0),
        (f"only {words} word{'s' if words != 1 else ''}", words < 6),
        ("few grammatical words", row[at["grammar"]] < 0.2 and words >= 4),
        ("most words capitalised", row[at["capitalised"]] > 0.6 and words >= 3),
        ("stands among short lines", row[at["run_short"]] >= 4),
        ("after the last long paragraph", row[at["prose_before"]] > 0.95),
        ("before the first long paragraph", row[at["prose_before"]] < 0.02),
        ("shares few words with the article", row[at["overlap"]] < 0.2 and words >= 4),
        ("stands several times on the page", row[at["repeats"]] > 0.7),
        ("beside other page furniture", row[at["sure_rule-1"]] + row[at["sure_rule+1"]] > 0),
    ]
    seen = [name for name, holds in traits if holds][:4]
    strength = "weighed together" if score > -2 else "clearly"
    return f"{strength}: " + ("; ".join(seen) if seen else "its place and shape are not those of a paragraph")
