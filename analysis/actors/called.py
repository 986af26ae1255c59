"""Which actor somebody means who writes a name."""

from __future__ import annotations

import pandas as pd

from analysis.actors.prominence import leading
from analysis.errors import MeasureError, nearest


def called(name: str, mentions: pd.DataFrame) -> str:
    """Find an actor by its name in the corpus, a spelling that was merged with it, or a part of either.

    Parameters
    ----------
    name : str
        Upper and lower case do not matter. A part of a name stands for the actor of most articles that has it.
    mentions : pandas.DataFrame
        Layer ``mentions``, as far as it is searched (see `names_only`).

    Returns
    -------
    str
        The actor's name in the corpus.

    Raises
    ------
    MeasureError
        When nobody has this name; it says who is called something like it.

    Examples
    --------
    >>> rows = pd.DataFrame({"article_id": ["a", "b"], "actor": ["Mara Berg", "Ivo Lindt"], "surface": ["Bergh", "Lindt"]})
    >>> called("bergh", rows), called("ivo", rows)
    ('Mara Berg', 'Ivo Lindt')
    """
    rows = mentions[mentions["actor"].fillna("") != ""]
    names = leading(rows, len(rows))
    if name in names:
        return name
    wanted = name.casefold().strip()
    surfaces = rows["surface"].str.casefold()
    spelled = rows.loc[surfaces == wanted, "actor"]
    if spelled.empty:
        part = f" {wanted} "
        named = [actor for actor in names if part in f" {actor.casefold()} "]
        if named:
            return named[0]
        spelled = rows.loc[(" " + surfaces + " ").str.contains(part, regex=False), "actor"]
    if spelled.empty:
        raise MeasureError(f"no actor is called {name!r} in this corpus{nearest(name, names, most=8)}")
    return str(spelled.value_counts().sort_index(kind="stable").idxmax())
