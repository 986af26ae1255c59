"""Which actor somebody means who writes a name."""

from __future__ import annotations

from difflib import get_close_matches

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
        raise MeasureError(
            f"no actor is called {name!r} in this corpus{_meant(wanted, surfaces, rows, names)}"
        )
    return str(spelled.value_counts().sort_index(kind="stable").idxmax())


def _meant(wanted: str, surfaces: pd.Series[str], rows: pd.DataFrame, names: list[str]) -> str:
    """Say whom a misspelt name may mean, by the spellings and by the words of names; else who is named most."""
    words = {word: actor for actor in reversed(names) for word in actor.casefold().split()}
    spelled = dict(zip(surfaces, rows["actor"], strict=True))
    close = get_close_matches(wanted, sorted({*words, *spelled}), n=3, cutoff=0.7)
    actors = list(dict.fromkeys(str(spelled.get(form, words.get(form))) for form in close))
    if actors:
        return f"; did you mean {' or '.join(map(repr, actors))}?"
    return nearest(wanted, names, most=8)
