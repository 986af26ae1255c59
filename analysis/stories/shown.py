"""Stories in words and in tables that a page can show: claims computed from the data, the matrix laid flat."""

from __future__ import annotations

from typing import Any

import pandas as pd

LIMITS = (
    "Articles are linked by what they share, not by what they mean: check a story by its headlines before you use it.",
    "A fact counts as absent only from an outlet's articles on this story in this corpus, and as one it could have "
    "had only when it published on a later day than the first outlet that has it.",
    "The sentence beside an absence is the nearest one found: the fact may stand there in other words.",
)
_MARKS = {"present": "●", "absent": "–", "could have had it": "○"}


def stories_claim(described: pd.DataFrame) -> str:
    """Say how many stories several outlets share.

    Parameters
    ----------
    described : pandas.DataFrame
        As `describe` gives it.

    Examples
    --------
    >>> stories_claim(pd.DataFrame({"n_outlets": [3, 2, 1]}))
    '2 of 3 stories are covered by more than one outlet'
    """
    shared = int((described["n_outlets"] > 1).sum())
    total = len(described)
    verb = "is" if shared == 1 else "are"
    return (
        f"{shared} of {total} {'story' if total == 1 else 'stories'} {verb} covered by more than one outlet"
    )


def stories_table(described: pd.DataFrame) -> pd.DataFrame:
    """Lay out the stories for a page: title, days, articles, outlets, place."""
    days = [_days(first, last) for first, last in zip(described["first"], described["last"], strict=True)]
    return pd.DataFrame(
        {
            "story": described["title"],
            "days": days,
            "articles": described["n_articles"],
            "outlets": described["n_outlets"],
            "place": described["place"],
        }
    )


def _days(first: Any, last: Any) -> str:
    if pd.isna(first):
        return "not dated to the day"
    begin = f"{first.day} {first:%b %Y}"
    return begin if first == last else f"{begin} – {last.day} {last:%b %Y}"


def widest(described: pd.DataFrame) -> str:
    """Give the story that most outlets cover; empty where there is none."""
    return str(described["story"].iloc[0]) if len(described) else ""


def matrix_claim(matrix: pd.DataFrame) -> str:
    """Say which outlet lacks most facts that it could have had.

    Parameters
    ----------
    matrix : pandas.DataFrame
        As `fact_matrix` gives it.
    """
    if matrix.empty:
        return "No fact of this story stands in two outlets"
    facts = matrix[["kind", "fact"]].drop_duplicates().shape[0]
    could = matrix.loc[matrix["state"] == "could have had it", "outlet"].value_counts()
    if could.empty:
        return f"{facts} facts stand in two outlets or more; nobody lacks one that it could have had"
    most = sorted(could[could == could.max()].index)[0]
    return f"Of {facts} shared facts, {most} lacks {int(could[most])} that it could have had"


def matrix_table(matrix: pd.DataFrame) -> pd.DataFrame:
    """Lay the fact matrix flat: one row a fact, one column an outlet.

    ● has it, ○ has it not though it published later than the first that has it, – has it not.
    """
    if matrix.empty:
        return pd.DataFrame(columns=["fact", "kind"])
    marked = matrix.assign(mark=matrix["state"].map(_MARKS))
    order = marked[["kind", "fact"]].drop_duplicates()
    flat = marked.pivot_table(index=["kind", "fact"], columns="outlet", values="mark", aggfunc="first")
    outlets = flat.columns.tolist()
    flat = flat.reindex(pd.MultiIndex.from_frame(order)).reset_index()
    flat.columns.name = None
    return flat[["fact", "kind", *outlets]]


def absences(matrix: pd.DataFrame) -> pd.DataFrame:
    """Give the nearest sentences of the absences that had an opportunity, as rows of evidence."""
    rows = matrix[(matrix["state"] == "could have had it") & (matrix["near_article"] != "")]
    note = "nearest sentence to: " + rows["fact"].astype(str)
    return pd.DataFrame(
        {
            "article_id": rows["near_article"],
            "start": rows["near_start"].astype("int64"),
            "end": rows["near_end"].astype("int64"),
            "fact": rows["fact"],
            "note": note,
        }
    ).reset_index(drop=True)


def presences(matrix: pd.DataFrame) -> pd.DataFrame:
    """Give the first place of every present fact in every outlet, as rows of evidence."""
    rows = matrix[matrix["state"] == "present"]
    return pd.DataFrame(
        {
            "article_id": rows["article_id"],
            "start": rows["start"].astype("int64"),
            "end": rows["end"].astype("int64"),
            "fact": rows["fact"],
        }
    ).reset_index(drop=True)


def claims_table(lined: pd.DataFrame, described: pd.DataFrame) -> pd.DataFrame:
    """Lay out contradicting number claims: story, what is counted, who gives which value."""
    rows = lined[lined["conflict"]].copy() if len(lined) else lined
    if rows.empty:
        return pd.DataFrame(columns=["story", "value", "counted", "outlet", "claimant"])
    titles = described.set_index("story")["title"]
    words = rows[["qualifier", "surface"]].fillna("").agg(" ".join, axis=1).str.strip()
    return pd.DataFrame(
        {
            "story": rows["story"].map(titles),
            "value": words,
            "counted": (rows["unit"].fillna("") + " " + rows["counted"].fillna("")).str.strip(),
            "outlet": rows["outlet"],
            "claimant": rows["claimant"].replace("", "own voice"),
        }
    ).reset_index(drop=True)


def claims_claim(lined: pd.DataFrame) -> str:
    """Say how many quantities are given with values that contradict each other."""
    if lined.empty or not lined["conflict"].any():
        return "No two outlets contradict each other in a number"
    count = lined.loc[lined["conflict"], ["story", "claim"]].drop_duplicates().shape[0]
    return f"{count} {'quantity is' if count == 1 else 'quantities are'} given with values that contradict each other"


def side_by_side(aligned: pd.DataFrame, *, left: str, right: str) -> pd.DataFrame:
    """Lay out two aligned articles as a two-column reader, with what each line is between them."""
    words = {
        "same": "same",
        "rephrased": "rephrased",
        "only left": "only here ◂",
        "only right": "▸ only here",
    }
    return pd.DataFrame(
        {left: aligned["left_text"], "": aligned["relation"].map(words), right: aligned["right_text"]}
    )


def pair_of(articles: pd.DataFrame, links: pd.DataFrame, story: str) -> tuple[str, str]:
    """Choose the two articles of a story, of different outlets where it has two, that belong to it most."""
    here = articles.merge(links[links["story"] == story], on="article_id")
    ranked = here.sort_values(["belongs", "article_id"], ascending=[False, True], na_position="last")
    best = ranked.drop_duplicates("outlet")
    chosen = (best if len(best) > 1 else ranked)["article_id"].head(2).astype(str).tolist()
    return (chosen[0], chosen[1]) if len(chosen) > 1 else ("", "")
