"""Dispersion strips: where in each article a word stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from analysis.errors import MeasureError
from analysis.figures.escape import visible
from analysis.figures.palette import LINE, SOFT, UNKNOWN, style

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Picture


def strips(
    hits: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    colours: Mapping[str, str],
    by: str = "outlet",
    limit: int = 12,
) -> Picture:
    """Draw each article as a line from its first word to its last, with a mark for every hit.

    Parameters
    ----------
    hits : pandas.DataFrame
        ``article_id`` and ``start``: a concordance, or rows of a layer.
    articles : pandas.DataFrame
        ``article_id``, ``body``, the `by` column and, where present, ``published``.
    colours : mapping of str to str
        From `outlet_colours`; groups stand in its order.
    by : str
        Column that makes the groups.
    limit : int
        Articles drawn of each group: those with the most hits, in order of publication. The label says how many articles have one.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    MeasureError
        When a column is missing or no article has a hit.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["East"], "body": ["A war and a war."]})
    >>> hits = pd.DataFrame({"article_id": ["a", "a"], "start": [2, 12]})
    >>> len(strips(hits, articles, colours={}).get_axes())
    1
    """
    for frame, name, column in (
        (hits, "hits", "article_id"),
        (hits, "hits", "start"),
        (articles, "articles", "body"),
        (articles, "articles", by),
    ):
        if column not in frame.columns:
            raise MeasureError(f"strips need the column {column!r} in {name}")
    known = articles.assign(group=articles[by].astype(str), length=articles["body"].str.len().clip(lower=1))
    found = hits.groupby("article_id").size().rename("hits")
    known = known.join(found, on="article_id").fillna({"hits": 0})
    if not known["hits"].sum():
        raise MeasureError("no article has a hit: show the finding without a picture")
    present = list(dict.fromkeys(known["group"]))
    groups = [name for name in colours if name in present] + sorted(set(present) - set(colours))
    days = "published" if "published" in known.columns else "article_id"
    lines: list[tuple[str, pd.DataFrame]] = []
    for group in groups:
        here = known[known["group"] == group]
        # an article without a hit is an empty line; a group without one keeps a single line, to be seen
        holding = here[here["hits"] > 0] if here["hits"].any() else here.head(1)
        most = holding.sort_values(["hits", "article_id"], ascending=[False, True], kind="stable").head(limit)
        lines.append((group, most.sort_values([days, "article_id"], kind="stable", na_position="last")))
    total = sum(len(part) for _, part in lines)
    with style():
        from matplotlib.figure import Figure

        picture = Figure(figsize=(6.6, 0.14 * total + 0.36 * len(groups) + 0.6))
        axes = picture.subplots()
        y = 0.0
        for group, part in lines:
            of_group = known.loc[known["group"] == group, "hits"]
            holding = int((of_group > 0).sum())
            drawn = f", {len(part)} drawn" if holding > len(part) else ""
            # two texts, because the lines of one are not set flush when a browser takes another font
            for words, shift in ((visible(group), 5), (f"in {holding} of {len(of_group)}{drawn}", -5)):
                axes.annotate(
                    words, (0, y + (len(part) - 1) / 2), xycoords=axes.get_yaxis_transform(), xytext=(-8, shift),
                    textcoords="offset points", ha="right", va="center", fontsize=8, color=SOFT, annotation_clip=False,
                )  # fmt: skip
            for row in part.to_dict("records"):
                axes.plot([0, 100], [y, y], color=LINE, linewidth=1, zorder=1)
                starts = hits.loc[hits["article_id"] == row["article_id"], "start"]
                places = 100 * starts / row["length"]
                axes.plot(
                    places,
                    [y] * len(places),
                    "|",
                    color=colours.get(group, UNKNOWN),
                    markersize=7,
                    markeredgewidth=1.4,
                    zorder=2,
                )
                y += 1
            y += 2
        axes.grid(visible=False)
        axes.set_xlim(-1, 101)
        axes.set_ylim(y - 1.2, -1)
        axes.set_yticks([])
        axes.set_xticks([0, 50, 100], ["start", "middle", "end of the article"])
    return picture
