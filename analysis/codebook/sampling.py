"""Draw sentences for human coders: stratified, seeded, with the outlets hidden."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.codebook.sheets import NONE, SEPARATOR, CodingSheet, mask, telling_words
from analysis.errors import CodebookError


def sample(
    sentences: pd.DataFrame,
    articles: pd.DataFrame,
    *,
    rows: pd.DataFrame,
    item: str,
    n: int = 60,
    seed: int = 2026,
    indicator: str = "",
    choices: Sequence[str] = (),
) -> CodingSheet:
    """Draw sentences to be coded by people, half with a find of the kit and half without.

    Parameters
    ----------
    sentences : pandas.DataFrame
        The sentences layer.
    articles : pandas.DataFrame
        ``article_id``, ``outlet``, ``body``.
    rows : pandas.DataFrame
        The layer whose codes are to be checked.
    item : str
        Its column with the code, such as ``"label"`` or ``"voice"``.
    n : int, optional
        How many sentences. Outlets get equal parts as far as they have sentences; within an outlet, half of them
        hold a find.
    seed : int, optional
        Seed of the draw.
    indicator : str, optional
        What the sheet calls it; by default the column's name.
    choices : sequence of str, optional
        The codes to choose from; by default those that the layer holds. "none" is added.

    Returns
    -------
    CodingSheet
        Names of outlets in the sentences are masked.

    Raises
    ------
    CodebookError
        When the layer has no such column, or there are no sentences.

    Examples
    --------
    >>> articles = pd.DataFrame({"article_id": ["a"], "outlet": ["Hill Post"], "body": ["War came. It rained."]})
    >>> sentences = pd.DataFrame({"article_id": "a", "start": [0, 10], "end": [9, 20]})
    >>> labels = pd.DataFrame({"article_id": ["a"], "start": [0], "end": [3], "label": ["war"]})
    >>> drawn = sample(sentences, articles, rows=labels, item="label", n=2)
    >>> sorted(drawn.sheet["sentence"]), sorted(drawn.key["kit"])
    (['It rained.', 'War came.'], ['', 'war'])
    """
    if item not in rows:
        raise CodebookError(f"the layer has no column {item!r} to be coded; it has {', '.join(rows.columns)}")
    if sentences.empty:
        raise CodebookError("there are no sentences to draw from: annotate the corpus first")
    pool = _pool(sentences, articles, rows, item)
    drawn = _draw(pool, n, seed)
    order = np.random.default_rng(seed).permutation(len(drawn))
    drawn = drawn.iloc[order].reset_index(drop=True)
    codes = [f"S{number:03d}" for number in range(1, len(drawn) + 1)]
    named = indicator or item
    offered = list(choices) or sorted({str(code) for code in rows[item].dropna()} - {"", NONE})
    hidden = telling_words(sorted(articles["outlet"].dropna().unique()), articles["body"].fillna("").tolist())
    sheet = pd.DataFrame(
        {
            "code": codes,
            "indicator": named,
            "sentence": [mask(text, hidden) for text in drawn["text"]],
            "marked": drawn["surface"],
            "choices": SEPARATOR.join([*offered, NONE]),
            "coder_1": "",
            "coder_2": "",
        }
    )
    key = drawn[["article_id", "start", "end", "outlet", "kit"]].reset_index(drop=True)
    key.insert(0, "code", codes)
    key.insert(1, "indicator", named)
    return CodingSheet(sheet, key)


def _pool(sentences: pd.DataFrame, articles: pd.DataFrame, rows: pd.DataFrame, item: str) -> pd.DataFrame:
    """Give every sentence with its outlet, text and the kit's code for it; one row a find, one where there is none."""
    held = articles.set_index("article_id")
    pool = sentences[["article_id", "start", "end"]].drop_duplicates().sort_values(["article_id", "start"])
    pool = pool.loc[pool["article_id"].isin(held.index)].reset_index(drop=True)
    finds = rows.sort_values(["article_id", "start"])
    starts = {article: part["start"].to_numpy() for article, part in pool.groupby("article_id")}
    offsets = {article: int(part.index[0]) for article, part in pool.groupby("article_id")}
    kit = [""] * len(pool)
    surface = [""] * len(pool)
    for article, start, end, code in zip(
        finds["article_id"], finds["start"], finds["end"], finds[item], strict=True
    ):
        if article not in starts:
            continue
        at = int(np.searchsorted(starts[article], start, side="right")) - 1
        number = offsets[article] + max(at, 0)
        if not surface[number]:
            kit[number], surface[number] = str(code), str(held["body"][article])[start:end]
    texts = [
        " ".join(str(held["body"][article])[start:end].split())
        for article, start, end in zip(pool["article_id"], pool["start"], pool["end"], strict=True)
    ]
    return pool.assign(outlet=pool["article_id"].map(held["outlet"]), text=texts, kit=kit, surface=surface)


def _draw(pool: pd.DataFrame, n: int, seed: int) -> pd.DataFrame:
    """Take from each outlet in turn, a find and a non-find alternating, until there are enough."""
    queues = []
    for outlet in sorted(pool["outlet"].unique()):
        for found in (True, False):
            part = pool.loc[(pool["outlet"] == outlet) & ((pool["surface"] != "") == found)]
            salt = int(hashlib.sha256(f"{seed} {outlet} {found}".encode()).hexdigest()[:8], 16)
            queues.append(list(np.random.default_rng(salt).permutation(np.array(part.index))))
    taken: list[int] = []
    while len(taken) < n and any(queues):
        for queue in queues:
            if queue and len(taken) < n:
                taken.append(int(queue.pop()))
    return pool.loc[sorted(taken)]
