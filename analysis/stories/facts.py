"""The fact matrix: what of a story each outlet has, what it has not, and what it could have had."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

import numpy as np
import pandas as pd

from analysis.errors import MeasureError, nearest
from analysis.stories.alignment import sentence_similarity, shared_words
from analysis.stories.claims import line_up
from analysis.stories.clustering import average_link
from analysis.stories.overview import exact_days

KINDS = ("statement", "quantity", "action", "actor", "place")
_PRESENT, _ABSENT, _COULD = "present", "absent", "could have had it"
# Two statements of one source say the same from this similarity of their words and names; set on the teaching corpus,
# where other statements of one person in one story stay below .25.
_SAME_STATEMENT = 0.3
# A known source says few different things in one story, the fewer the more seldom it speaks in an article.
_ONE_SOURCE, _SELDOM = 0.2, 3
_LEAST_WORDS = 4
_LABEL = 90
_OCCURRENCE = ("kind", "fact", "article_id", "start", "end", "voice")


def fact_matrix(
    articles: pd.DataFrame,
    links: pd.DataFrame,
    layers: Mapping[str, pd.DataFrame],
    *,
    story: str,
    least: int = 2,
) -> pd.DataFrame:
    """Say for every fact of a story which outlets have it.

    A fact is absent from an outlet only in respect of its articles on this story. It *could have had it* where it
    published on the story on a later day than the one on which another outlet first had the fact: the least that
    can be asked before a silence means anything. The nearest sentence of the outlet is given beside every absence, so
    that a reader sees at once whether the fact stands there in other words.

    Parameters
    ----------
    articles : pandas.DataFrame
        The articles table.
    links : pandas.DataFrame
        As `analysis.stories.link` gives it.
    layers : mapping of str to pandas.DataFrame
        Any of ``mentions``, ``places``, ``statements``, ``quantities``, ``actions``; and ``sentences``, which is needed.
    story : str
        The story, as named in ``links``.
    least : int, optional
        Facts that fewer outlets have are left out; 1 shows also what stands in one outlet only.

    Returns
    -------
    pandas.DataFrame
        One row for each fact and outlet: ``kind``, ``fact``, ``outlet``, ``state``, ``k`` (articles that have it),
        ``n`` (articles of the outlet on the story), ``n_outlets`` (that have it), ``first_day`` (day on which it
        first stands anywhere); for what is present ``article_id``, ``start``, ``end``, ``depth`` (0 first word, 1
        last), ``voice`` (own, attributed); for what is not ``near_article``, ``near_start``, ``near_end``,
        ``near_similarity``. Source: omission with opportunity, our definition.

    Raises
    ------
    MeasureError
        When there is no such story, or no sentences are given.
    """
    if "sentences" not in layers:
        raise MeasureError("the fact matrix needs the layer 'sentences' for its counter-evidence")
    known = links["story"].astype(str)
    if story not in set(known):
        raise MeasureError(f"there is no story {story!r}{nearest(story, sorted(set(known))[:50])}")
    here = links.loc[known == story, "article_id"]
    told = articles[articles["article_id"].isin(here)].sort_values("article_id", ignore_index=True)
    inside = {
        name: layer[layer["article_id"].isin(here)].reset_index(drop=True) for name, layer in layers.items()
    }
    found = _occurrences(told, links, inside)
    columns = [
        *(
            "kind",
            "fact",
            "outlet",
            "state",
            "k",
            "n",
            "n_outlets",
            "first_day",
            "article_id",
            "start",
            "end",
        ),
        *("depth", "voice", "near_article", "near_start", "near_end", "near_similarity"),
    ]
    if found.empty:
        return pd.DataFrame(columns=columns)
    rows = _cells(found, told, least)
    matrix = pd.DataFrame(rows)
    if matrix.empty:
        return pd.DataFrame(columns=columns)
    matrix = _with_nearest(matrix, found, told, inside["sentences"])
    matrix["_kind"] = matrix["kind"].map({kind: number for number, kind in enumerate(KINDS)})
    matrix = matrix.sort_values(
        ["_kind", "n_outlets", "first_day", "fact", "outlet"], ascending=[True, False, True, True, True]
    )
    offsets = ["start", "end", "near_start", "near_end"]
    return matrix[columns].astype(dict.fromkeys(offsets, "Int64")).reset_index(drop=True)


def _occurrences(told: pd.DataFrame, links: pd.DataFrame, inside: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Every place where a fact of the story stands."""
    pieces = []
    if "mentions" in inside:
        named = inside["mentions"].query("actor != ''").assign(kind="actor")
        pieces.append(named.assign(fact=named["actor"], voice=_voice(named["quoted"])))
    if "places" in inside:
        named = inside["places"].query("place != '' and role != 'dateline'").assign(kind="place")
        pieces.append(named.assign(fact=named["place"], voice=_voice(named["quoted"])))
    if "actions" in inside:
        done = inside["actions"].query("agent != '' and patient != '' and not negated")
        label = done["agent"] + " · " + done["verb"] + " · " + done["patient"]
        pieces.append(
            done.assign(kind="action", fact=label, voice=_voice(done["attributed"].fillna("") != ""))
        )
    if "quantities" in inside:
        lined = line_up(inside["quantities"], links, told)
        lined = lined.assign(kind="quantity", voice=_voice(lined["claimant"].fillna("") != ""))
        pieces.append(_named_by_first(lined, told, "claim", _quantity_label))
    if "statements" in inside:
        pieces.append(_statements(inside["statements"], told))
    kept = [piece[list(_OCCURRENCE)] for piece in pieces if len(piece)]
    if not kept:
        return pd.DataFrame(columns=list(_OCCURRENCE))
    return pd.concat(kept, ignore_index=True)


def _voice(attributed: pd.Series) -> np.ndarray:
    voice: np.ndarray = np.where(attributed.fillna(value=False).astype(bool), "attributed", "own")
    return voice


def _quantity_label(row: Mapping[str, Any]) -> str:
    unit = row["unit"] or ""
    alone = unit and not row["counted"] and " " not in unit and row["low"] != 1
    if alone and unit not in ("percent", "ratio", "yuan", "calibre"):  # "31 days", but "a 31 day truce"
        unit = "feet" if unit == "foot" else f"{unit}s"
    return " ".join(str(part) for part in (row["qualifier"], row["surface"], unit, row["counted"]) if part)


def _statements(statements: pd.DataFrame, told: pd.DataFrame) -> pd.DataFrame:
    """Group what one source is reported to have said, across outlets and wordings."""
    long_enough = [len(str(surface).split()) >= _LEAST_WORDS for surface in statements["surface"]]
    said = statements[long_enough].reset_index(drop=True)
    if said.empty:
        return pd.DataFrame(columns=list(_OCCURRENCE))
    said = said.assign(kind="statement", voice="attributed", claim=group_statements(said))
    return _named_by_first(said, told, "claim", _statement_label)


def group_statements(said: pd.DataFrame) -> np.ndarray:
    """Group statements of different articles that say the same.

    Parameters
    ----------
    said : pandas.DataFrame
        Statements of one story: ``article_id``, ``surface``, ``actor``.

    Returns
    -------
    numpy.ndarray
        For each statement the number of the first of its group.
    """
    every = np.arange(len(said))
    close = sentence_similarity(said["surface"].tolist(), every, every)
    actor, article = said["actor"].fillna("").to_numpy(), said["article_id"].to_numpy()
    left, right = np.triu_indices(len(said), 1)
    one_source = (actor[left] == actor[right]) & (actor[left] != "")
    unknown = (actor[left] == "") | (actor[right] == "")
    often = said.groupby(["actor", "article_id"])["surface"].transform("size").fillna(1).to_numpy()
    seldom = np.maximum(often[left], often[right]) <= _SELDOM
    likeness = close[left, right] + np.where(one_source, np.where(seldom, _ONE_SOURCE, _ONE_SOURCE / 2), 0)
    shared = shared_words(said["surface"].tolist())[left, right] >= np.where(one_source, 1, 2)
    usable = (one_source | unknown) & shared & (article[left] != article[right])
    return average_link(len(said), left[usable], right[usable], likeness[usable], threshold=_SAME_STATEMENT)


def _statement_label(row: Mapping[str, Any]) -> str:
    words = " ".join(str(row["surface"]).split()).strip("“”\"' ,")
    short = words if len(words) <= _LABEL else words[:_LABEL].rsplit(" ", 1)[0] + " …"
    who = row["actor"] or row["source"] or "someone"
    return f"{who}: {short}"


def _named_by_first(rows: pd.DataFrame, told: pd.DataFrame, column: str, label: Any) -> pd.DataFrame:
    """Call each group by its first occurrence: the earliest article, then the first in it."""
    if rows.empty:
        return rows.assign(fact="")
    days = exact_days(told.set_index("article_id"))
    order = rows.assign(_day=rows["article_id"].map(days))
    order = order.sort_values(["_day", "article_id", "start"])
    names = {
        str(key): label(group.iloc[0].to_dict())
        for key, group in order.groupby(rows[column].astype(str), sort=True)
    }
    return rows.assign(fact=rows[column].astype(str).map(names))


def _cells(found: pd.DataFrame, told: pd.DataFrame, least: int) -> list[dict[str, Any]]:
    articles = told.set_index("article_id")
    days = exact_days(articles)
    length_of = articles["body"].str.len().to_dict()
    size = told.groupby("outlet").size()
    latest = days.groupby(articles["outlet"]).max()
    found = found.assign(
        outlet=found["article_id"].map(articles["outlet"]), day=found["article_id"].map(days)
    ).sort_values(["kind", "fact", "day", "article_id", "start"], kind="stable")
    rows: list[dict[str, Any]] = []
    # plain records: a frame for each fact and outlet would take ten times as long
    for (kind, fact), group in groupby(found.to_dict("records"), key=lambda row: (row["kind"], row["fact"])):
        occurrences = list(group)
        own_of = {name: [row for row in occurrences if row["outlet"] == name] for name in size.index}
        having = sum(bool(own) for own in own_of.values())
        if having < least:
            continue
        first_day = min((row["day"] for row in occurrences if pd.notna(row["day"])), default=pd.NaT)
        for outlet, own in own_of.items():
            row = {"kind": kind, "fact": fact, "outlet": outlet, "n": int(size[outlet])}
            row |= {"n_outlets": having, "first_day": first_day, "k": len({one["article_id"] for one in own})}
            if own:
                depth = float(own[0]["start"]) / max(1, int(length_of[own[0]["article_id"]]))
                voice = "own" if any(one["voice"] == "own" for one in own) else "attributed"
                row |= {"state": _PRESENT, "depth": depth, "voice": voice}
                row |= {name: own[0][name] for name in ("article_id", "start", "end")}
            else:
                later = pd.notna(first_day) and pd.notna(latest[outlet]) and latest[outlet] > first_day
                row |= {"state": _COULD if later else _ABSENT, "depth": np.nan, "voice": ""}
                row |= {"article_id": "", "start": pd.NA, "end": pd.NA}
            rows.append(row)
    return rows


def _with_nearest(
    matrix: pd.DataFrame, found: pd.DataFrame, told: pd.DataFrame, sentences: pd.DataFrame
) -> pd.DataFrame:
    """Add to every absence the sentence of the outlet that comes nearest to the fact's first sentence."""
    body = told.set_index("article_id")["body"]
    outlet = told.set_index("article_id")["outlet"]
    spans = sentences.sort_values(["article_id", "start"], ignore_index=True)
    places = spans[["article_id", "start", "end"]].to_numpy().tolist()
    texts = [body[article_id][start:end] for article_id, start, end in places]
    owner = spans["article_id"].map(outlet).to_numpy()
    first = _first_sentences(found, told, spans)
    asked = np.asarray(sorted(set(first.values())), dtype=np.int64)
    close = sentence_similarity(texts, asked, np.arange(len(texts)))
    row_of = {int(sentence): number for number, sentence in enumerate(asked)}
    near: list[dict[str, Any]] = []
    for kind, fact, whose, state in matrix[["kind", "fact", "outlet", "state"]].to_numpy().tolist():
        of_outlet = np.flatnonzero(owner == whose)
        if state == _PRESENT or (kind, fact) not in first or not len(of_outlet):
            near.append(
                {"near_article": "", "near_start": pd.NA, "near_end": pd.NA, "near_similarity": np.nan}
            )
            continue
        values = close[row_of[first[kind, fact]]][of_outlet]
        best = places[int(of_outlet[int(np.argmax(values))])]
        near.append(
            {
                "near_article": best[0],
                "near_start": best[1],
                "near_end": best[2],
                "near_similarity": float(values.max()),
            }
        )
    return pd.concat([matrix, pd.DataFrame(near, index=matrix.index)], axis=1)


def _first_sentences(
    found: pd.DataFrame, told: pd.DataFrame, spans: pd.DataFrame
) -> dict[tuple[str, str], int]:
    """For each fact, the number of the sentence in which it stands first."""
    day = exact_days(told.set_index("article_id"))
    order = found.assign(day=found["article_id"].map(day)).sort_values(["day", "article_id", "start"])
    by_article = {str(key): part for key, part in spans.groupby("article_id")}
    first: dict[tuple[str, str], int] = {}
    for kind, fact, article_id, start in order[["kind", "fact", "article_id", "start"]].itertuples(
        index=False
    ):
        if (kind, fact) in first or str(article_id) not in by_article:
            continue
        part = by_article[str(article_id)]
        position = int(np.searchsorted(part["start"].to_numpy(), start, side="right")) - 1
        first[kind, fact] = int(part.index[max(position, 0)])
    return first
