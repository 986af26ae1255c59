"""Stories in words and in tables that a page can show: claims computed from the data, the matrix laid flat."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pandas as pd

from analysis.stories.alignment import quotations
from analysis.stories.features import features
from analysis.stories.overview import exact_days
from analysis.text import estimates

LIMITS = (
    "Articles are linked by what they share, not by what they mean: check a story by its headlines before you use it.",
    "A fact counts as absent only from an outlet's articles on this story in this corpus, and as one it could have "
    "had only when it published on a later day than the first outlet that has it.",
    "The sentence beside an absence is the nearest one found: the fact may stand there in other words.",
)
_LOOKED_AT = 8  # articles of a story among which a pair is looked for
_COPY = 0.9  # cosine from which one article is a copy of the other
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


def pair_of(articles: pd.DataFrame, links: pd.DataFrame, story: str) -> tuple[str, str]:
    """Choose two articles of a story to be read side by side: of different outlets where it has two, and most alike.

    Of the articles that belong to the story most, those two whose words resemble each other most show best what one
    has and the other leaves out. A copy shows nothing and comes last.
    """
    here = articles.merge(links[links["story"] == story], on="article_id")
    ranked = here.sort_values(["belongs", "article_id"], ascending=[False, True], na_position="last").head(
        _LOOKED_AT
    )
    if len(ranked) < 2:
        return "", ""
    words = features(ranked["body"].fillna("").tolist())[0].rows
    alike = (words @ words.T).toarray()
    outlets, ids = ranked["outlet"].tolist(), ranked["article_id"].astype(str).tolist()
    pairs = list(combinations(range(len(ids)), 2))
    apart = [pair for pair in pairs if outlets[pair[0]] != outlets[pair[1]]]
    first, second = max(apart or pairs, key=lambda pair: (alike[pair] < _COPY, round(alike[pair], 6)))
    return ids[first], ids[second]


def story_shares(
    articles: pd.DataFrame, links: pd.DataFrame, described: pd.DataFrame, *, most: int = 6
) -> pd.DataFrame:
    """Estimate the share of each outlet's articles that the widest covered stories have, with Wilson's intervals.

    Parameters
    ----------
    articles, links, described : pandas.DataFrame
        As `link` and `describe` give them.
    most : int, optional
        Stories shown; only those of two outlets and more.

    Returns
    -------
    pandas.DataFrame
        The ``estimates`` table; items are the titles of the stories.
    """
    wide = described[described["n_outlets"] > 1].head(most)
    titles = wide.set_index("story")["title"]
    # two stories may have one headline
    names = titles.where(~titles.duplicated(), titles + " (" + titles.index + ")")
    rows = links.assign(title=links["story"].map(names))[["article_id", "title"]]
    found = estimates.shares(rows, articles, item="title", unit="articles", items=names.tolist())
    return found.drop(columns="n_articles", errors="ignore")


def shares_claim(shares: pd.DataFrame) -> str:
    """Say which outlet gives one story the largest share of its articles, where any can be compared.

    Examples
    --------
    >>> shares_claim(pd.DataFrame(columns=["group", "item", "k", "share", "enough"]))
    'No story is covered by more than one outlet'
    """
    if shares.empty:
        return "No story is covered by more than one outlet"
    able = shares[shares["enough"].astype(bool) & (shares["k"] > 0)]
    if able.empty:
        return "Too few articles by outlet to compare how much room a story has"
    top = able.sort_values(["share", "group", "item"], ascending=[False, True, True]).iloc[0]
    return f"{top['group']} gives {100 * top['share']:.0f} % of its articles to “{top['item']}”"


def dated(articles: pd.DataFrame) -> bool:
    """Tell whether any article is dated to the day."""
    return bool(exact_days(articles).notna().any())


def days_claim(articles: pd.DataFrame, days: pd.DataFrame) -> str:
    """Say who was first in print, and of which day most articles speak."""
    first = exact_days(articles)
    if first.notna().sum() == 0:
        return "No article of this story is dated to the day"
    begin = first.min()
    names = sorted(articles.loc[first == begin, "outlet"].astype(str).unique())
    who = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    said = f"{who} {'is' if len(names) == 1 else 'are'} first, on {begin.day} {begin:%B %Y}"
    counted = days.drop_duplicates(["article_id", "day"])["day"].value_counts()
    if counted.empty:
        return said
    most = min(counted[counted == counted.max()].index)
    size = int(counted.max())
    return f"{said}; {size} of {len(articles)} articles {'speaks' if size == 1 else 'speak'} of {most.day} {most:%B}"


def days_table(articles: pd.DataFrame, days: pd.DataFrame) -> pd.DataFrame:
    """Lay out which days each article speaks of: outlet, published, day, words, days before publication."""
    known = articles[["article_id", "outlet"]].assign(published=exact_days(articles).dt.date.to_numpy())
    rows = days.merge(known, on="article_id").sort_values(["outlet", "published", "article_id", "start"])
    found = rows[["outlet", "published", "day", "surface", "days_before"]]
    return found.rename(columns={"surface": "words", "days_before": "days before"}).reset_index(drop=True)


def days_words(articles: pd.DataFrame, days: pd.DataFrame) -> str:
    """Describe the picture of days to a reader who does not see it."""
    parts = []
    for outlet, group in articles.assign(_day=exact_days(articles)).groupby("outlet", sort=True):
        out = ", ".join(f"{day.day} {day:%B}" for day in sorted(group["_day"].dropna().unique()))
        on = sorted(set(days.loc[days["article_id"].isin(group["article_id"]), "day"]))[-4:]
        of = ", ".join(f"{day.day} {day:%B}" for day in on)
        parts.append(f"{outlet}: published {out or 'on an unknown day'}; speaks of {of or 'no day'}.")
    return "Each article on its day, with the days it speaks of. " + " ".join(parts)


def conflicts(lined: pd.DataFrame) -> pd.DataFrame:
    """Take the quantities in which two claims contradict each other, with all their claims."""
    if lined.empty:
        return lined
    return lined[lined.groupby(["story", "claim"])["conflict"].transform("any").astype(bool)]


def claims_words(lined: pd.DataFrame) -> str:
    """Describe the picture of quantities to a reader who does not see it."""
    parts = []
    for _, group in lined.groupby(["story", "claim"], sort=False):
        values = [
            f"{row['outlet']}, {row['claimant'] or 'own voice'}: {row['qualifier']} {row['surface']}".replace(
                "  ", " "
            )
            for row in group.to_dict("records")
        ]
        parts.append(f"{group['counted'].iloc[0] or group['unit'].iloc[0]}: {'; '.join(values)}.")
    return "Values by outlet and claimant. " + " ".join(parts)


def quotations_of(articles: pd.DataFrame, left: str, right: str) -> pd.DataFrame:
    """Compare the quotations of two articles word for word: as `quotations` gives them."""
    bodies = articles.set_index("article_id")["body"]
    return quotations(str(bodies[left]), str(bodies[right]))


def quotations_claim(quoted: pd.DataFrame) -> str:
    """Say how many quotations stand the same in both texts."""
    if quoted.empty:
        return "The left article quotes nobody directly"
    same = int((quoted["change"] == "same").sum())
    rest = quoted.loc[quoted["change"] != "same", "change"].value_counts().sort_index()
    said = f"{same} of {len(quoted)} quotations {'stands' if same == 1 else 'stand'} in both word for word"
    return said + ("; " + ", ".join(f"{size} {change}" for change, size in rest.items()) if len(rest) else "")
