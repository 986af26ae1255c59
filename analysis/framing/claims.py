"""Claims in words, computed from estimates: what a finding may say, and when it may say nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from analysis.corpus.overview import number
from analysis.framing.coding import coder_limits


def size(row: Any) -> str:
    """Write an estimate: k of n, share, interval.

    Parameters
    ----------
    row : Series or named tuple
        A row of estimates.

    Examples
    --------
    >>> size(pd.Series({"k": 6, "n": 10, "share": 0.6, "low": 0.312, "high": 0.83}))
    '6 of 10 (60 %, 95 % interval 31–83 %)'
    """
    if not row.n:
        return "none"
    if pd.isna(row.low) or pd.isna(row.high):
        return f"{int(row.k)} of {int(row.n)} ({100 * row.share:.0f} %)"
    interval = f"95 % interval {100 * row.low:.0f}–{100 * row.high:.0f} %"
    return f"{int(row.k)} of {int(row.n)} ({100 * row.share:.0f} %, {interval})"


def commonest(estimates: pd.DataFrame, *, of: str, nothing: str) -> str:
    """Name the item with most uses over all groups.

    Parameters
    ----------
    estimates : pandas.DataFrame
        As `analysis.text.estimates.shares` gives them.
    of : str
        What the items are words for: "the fighting".
    nothing : str
        What to say where nothing was counted.

    Examples
    --------
    >>> table = pd.DataFrame({"group": ["A", "A"], "item": ["war", "conflict"], "k": [6, 4], "n": [10, 10]})
    >>> commonest(table, of="the fighting", nothing="Nothing was counted")
    '“war” is the commonest word for the fighting: 6 of 10'
    """
    counted = estimates.groupby("item", sort=False)["k"].sum()
    total = int(estimates.drop_duplicates("group")["n"].sum()) if len(estimates) else 0
    if not total or not counted.max():
        return nothing
    most = counted[counted == counted.max()].index.sort_values()
    if len(most) > 1:
        named = " and ".join(f"“{name}”" for name in most[:2])
        return f"{named} are equally common for {of}: {int(counted.max()):,} of {total:,} each"
    return f"“{most[0]}” is the commonest word for {of}: {int(counted.max()):,} of {total:,}"


def contrast(
    differences: pd.DataFrame, *, of: str, noun: str = "the share of", comparisons: int | None = None
) -> str:
    """Say which difference between two groups stands, or that none does.

    Parameters
    ----------
    differences : pandas.DataFrame
        As `analysis.text.estimates.differences` gives them.
    of : str
        What is compared: "words for the fighting".
    noun : str, optional
        What the share is called.
    comparisons : int, optional
        For how many comparisons the table was corrected, where it is part of a larger one.

    Examples
    --------
    >>> contrast(pd.DataFrame(), of="words for the fighting")
    'No two outlets have enough articles to be compared in words for the fighting.'
    """
    if differences.empty or not differences["enough"].any():
        return f"No two outlets have enough articles to be compared in {of}."
    clear = differences.loc[differences["clear"]]
    if clear.empty:
        return (
            f"No difference between outlets in {of} stands after correction for {comparisons or len(differences):,} comparisons: "
            "they may well be alike."
        )
    row = clear.reindex(clear["difference"].abs().sort_values(ascending=False).index).iloc[0]
    more, less = (row["group"], row["against"]) if row["difference"] > 0 else (row["against"], row["group"])
    low, high = sorted((100 * abs(row["low"]), 100 * abs(row["high"])))
    others = f" The table has {number(len(clear) - 1)} more." if len(clear) > 1 else ""
    return (
        f"The widest difference that stands: {more} has {100 * abs(row['difference']):.0f} points more than {less} in "
        f"{noun} “{row['item']}” (95 % interval {low:.0f}–{high:.0f} points).{others}"
    )


def extremes(estimates: pd.DataFrame, *, item: str, what: str, nothing: str, groups: str = "outlets") -> str:
    """Say which group has most and which has least of an item, or why they are not ranked.

    Parameters
    ----------
    estimates : pandas.DataFrame
        As `analysis.text.estimates.shares` gives them.
    item : str
        The item.
    what : str
        What the item means, to follow the group's share: "of its harm events without a doer".
    nothing : str
        What to say where there is none.
    groups : str, optional
        What the groups are.

    Examples
    --------
    >>> table = pd.DataFrame({"group": ["A"], "item": ["hidden"], "k": [3], "n": [4], "share": [0.75],
    ...                       "low": [0.3], "high": [0.95], "enough": [False]})
    >>> extremes(table, item="hidden", what="of harm events name no doer", nothing="None")
    '3 of 4 of harm events name no doer; too few articles to rank the outlets'
    """
    rows = estimates.loc[(estimates["item"] == item) & (estimates["n"] > 0)]
    if rows.empty:
        return nothing
    known = rows.loc[rows["enough"]]
    total = f"{int(rows['k'].sum()):,} of {int(rows['n'].sum()):,} {what}"
    if len(known) < 2:
        return f"{total}; too few articles to rank the {groups}"
    ranked = known.sort_values(["share", "group"])
    top, bottom = ranked.iloc[-1], ranked.iloc[0]
    if top["low"] <= bottom["high"]:
        return f"{total}; the intervals of the {groups} overlap, so they are not ranked"
    return f"{total}: most in {top['group']} ({100 * top['share']:.0f} %), fewest in {bottom['group']} ({100 * bottom['share']:.0f} %)"


def cannot_say(
    *, counted: Sequence[tuple[str, int]], quality: pd.DataFrame, coded: pd.DataFrame | None = None
) -> list[str]:
    """Write the limits of a framing report from sizes, measured quality, and coders' agreement.

    Parameters
    ----------
    counted : sequence of (str, int)
        What was found, and how often: ``[("labels", 120), ("harm events", 31)]``.
    quality : pandas.DataFrame
        From `analysis.framing.quality`.
    coded : pandas.DataFrame, optional
        From `analysis.framing.coder_agreement`, where people have coded a sample of this corpus.

    Returns
    -------
    list of str
        Sentences for the box at the head of a report.
    """
    few = [f"{what} ({n})" for what, n in counted if n < 30]
    sentences = []
    if few:
        sentences.append(f"Fewer than thirty finds, an impression rather than a measure: {', '.join(few)}.")
    if len(quality):
        ranked = quality.sort_values(["value", "indicator"])
        low, high = ranked.iloc[0], ranked.iloc[-1]
        sentences.append(
            f"On labelled sentences the rules were right in {100 * low['value']:.0f} % ({low['indicator'].lower()}) to "
            f"{100 * high['value']:.0f} % ({high['indicator'].lower()}) of their finds; the figure stands below each finding."
        )
    if coded is None:
        sentences.append(
            "Nobody has coded a sample of this corpus by hand; the command “analysis codebook sample” draws one."
        )
    else:
        sentences.extend(coder_limits(coded))
    sentences.append(
        "A word says how a thing is told, not why. Nothing here is a score of an outlet, and a word in a quotation is "
        "its speaker's."
    )
    return sentences


def by_group(estimates: pd.DataFrame) -> str:
    """Write one item's estimates group by group, as a sentence.

    Examples
    --------
    >>> by_group(pd.DataFrame({"group": ["A"], "item": ["x"], "k": [1], "n": [2], "share": [0.5],
    ...                        "low": [0.1], "high": [0.9]}))
    'A 1 of 2 (50 %, 95 % interval 10–90 %).'
    """
    parts = [f"{row.group} {size(row)}" for row in estimates.itertuples() if row.n]
    return f"{'; '.join(parts)}." if parts else "not known here."


def widest(estimates: pd.DataFrame, *, nothing: str) -> str:
    """Name the item that most articles of all groups hold.

    Examples
    --------
    >>> widest(pd.DataFrame({"group": ["A"], "item": ["conflict: reproach"], "k": [3], "n": [4]}), nothing="None")
    '“conflict: reproach” is the most frequent item: in 3 of 4 articles'
    """
    counted = estimates.groupby("item", sort=False)["k"].sum()
    if counted.empty or not counted.max():
        return nothing
    total = int(estimates.drop_duplicates("group")["n"].sum())
    most = sorted(counted[counted == counted.max()].index)
    articles = f"in {int(counted.max())} of {total} articles"
    if len(most) > 2:
        return f"{len(most)} items are equally frequent: each {articles}"
    named = " and ".join(f"“{name}”" for name in most)
    return f"{named} {'are the most frequent items: each' if len(most) > 1 else 'is the most frequent item:'} {articles}"


def survivors(panel: pd.DataFrame) -> str:
    """Say how many of the recomputed findings survive, and which flips first.

    Examples
    --------
    >>> survivors(pd.DataFrame({"finding": ["a", "a"], "switch": ["s", "t"], "survives": ["yes", "no"]}))
    '1 of 2 recomputed findings read the same; “a” flips t'
    """
    tried = panel.loc[panel["survives"].isin(["yes", "no"])]
    if tried.empty:
        return "There was nothing to recompute"
    flips = tried.loc[tried["survives"] == "no"]
    kept = f"{len(tried) - len(flips)} of {len(tried)} recomputed findings read the same"
    if flips.empty:
        return kept
    first = flips.iloc[0]
    now = f" to “{first['with_switch']}”" if first.get("with_switch", "–") != "–" else ""
    return f"{kept}; “{first['finding']}” flips{now} {first['switch']}"


def same_story(table: pd.DataFrame, *, words: int = 3) -> str:
    """Say which words set an outlet apart on the stories it shares with others, or why none is named.

    Parameters
    ----------
    table : pandas.DataFrame
        From `analysis.framing.story_keyness`.
    words : int, optional
        Words named.

    Examples
    --------
    >>> table = pd.DataFrame({"group": ["East"], "form": ["rebels"], "n_stories": [4], "certain": [1.0], "q": [0.01], "enough": [False]})
    >>> same_story(table)
    'On the stories they share, 4 at most for an outlet, too few to say which words set outlets apart'
    """
    if table.empty:
        return "No word stands in enough stories that two outlets tell"
    if not table["enough"].any():
        most = int(table["n_stories"].max())
        return f"On the stories they share, {most} at most for an outlet, too few to say which words set outlets apart"
    sure = table[table["enough"].astype(bool) & (table["certain"] > 0) & (table["q"] < 0.05)]
    if sure.empty:
        return "No word sets an outlet apart from others on the same stories beyond chance"
    group = sure.sort_values(["certain", "form"], ascending=[False, True], kind="stable")["group"].iloc[0]
    forms = [f"“{form}”" for form in sure.loc[sure["group"] == group, "form"].head(words)]
    return f"On the same stories, {group} is set apart most by {', '.join(forms)}"


def attention(table: pd.DataFrame, *, to: str) -> str:
    """Say which two outlets divide their attention most differently, against what chance would give.

    Parameters
    ----------
    table : pandas.DataFrame
        From `analysis.framing.divergence`.
    to : str
        What they attend to: "actors".

    Examples
    --------
    >>> row = {"group": "East", "against": "West", "value": 0.3, "shuffled": 0.2, "beyond_chance": True, "enough": True}
    >>> attention(pd.DataFrame([row]), to="actors")
    'East and West divide their attention to actors most differently: 0.30 bits, where chance gives 0.20'
    """
    known = table[table["enough"].astype(bool)]
    if known.empty:
        return f"How differently outlets divide their attention to {to} is left open: too few articles"
    sure = known[known["beyond_chance"].astype(bool) & (known["value"] > known["shuffled"])]
    if sure.empty:
        return f"No two outlets divide their attention to {to} more differently than articles dealt by chance"
    top = sure.loc[(sure["value"] - sure["shuffled"]).sort_values(kind="stable").index[-1]]
    return (
        f"{top['group']} and {top['against']} divide their attention to {to} most differently: {top['value']:.2f} bits, "
        f"where chance gives {top['shuffled']:.2f}"
    )


def towards(estimates: pd.DataFrame) -> str:
    """Say where outlets differ in how many sentences about an actor are negative, or why nothing is said.

    Parameters
    ----------
    estimates : pandas.DataFrame
        From `analysis.framing.tone_shares`.

    Examples
    --------
    >>> rows = [("East", "Quill: negative", 8, 40, 0.2, 0.1, 0.3, True), ("West", "Quill: negative", 30, 40, 0.75, 0.6, 0.9, True)]
    >>> towards(pd.DataFrame(rows, columns=["group", "item", "k", "n", "share", "low", "high", "enough"]))
    'Of sentences about Quill, West has 75 % negative by the model, East 20 %'
    """
    known = estimates[estimates["enough"].astype(bool) & estimates["item"].str.endswith(": negative")]
    if known.empty:
        return "Tone towards actors: too few articles to compare the outlets"
    apart = []
    for item, rows in known.groupby("item", sort=True):
        ordered = rows.sort_values(["share", "group"], kind="stable")
        least, most = ordered.iloc[0], ordered.iloc[-1]
        if least["high"] < most["low"]:
            apart.append((most["low"] - least["high"], str(item).removesuffix(": negative"), most, least))
    if not apart:
        return "Outlets are not ranked by tone towards an actor: their intervals overlap"
    _, actor, most, least = max(apart, key=lambda one: one[:2])
    return (
        f"Of sentences about {actor}, {most['group']} has {100 * most['share']:.0f} % negative by the model, "
        f"{least['group']} {100 * least['share']:.0f} %"
    )
